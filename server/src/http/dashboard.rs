//! The dashboard: pages for admins, filled from the services. No rule lives here.

mod account;
mod activity;
mod admin;
mod event;
mod feed;
mod files;
mod filter;
mod home;
mod invitations;
mod invite;
mod notice;
mod on_site;
mod rows;
mod sign_in;
mod stream;
mod streams;
mod times;

use std::{str::FromStr, sync::Arc};

use axum::{
    Extension, Router,
    extract::{DefaultBodyLimit, Path, rejection::PathRejection},
    http::{HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};

use self::{
    admin::{Admin, bare_problem},
    feed::Feed,
    streams::Streams,
};
use super::{App, Failure, body::OPEN_LIMIT, browser::own_pages_only};
use crate::{
    listen::most_connections,
    service::ServiceError,
    web::{assets, view::Words},
};

const CROSS_ORIGIN_OPENER_POLICY: HeaderName = HeaderName::from_static("cross-origin-opener-policy");
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");
const PERMISSIONS_POLICY: HeaderName = HeaderName::from_static("permissions-policy");
/// Largest form.
const FORM_LIMIT: usize = 64 << 10;

/// The routes for browsers. Must be called within the runtime that serves them.
pub fn routes(app: &App) -> Router<App> {
    let feed = Arc::new(Feed::new(app.service.now()));
    tokio::spawn(feed::follow(feed.clone(), app.service.store().changes(), app.stopping.clone()));
    let streams = Arc::new(Streams::for_connections(most_connections()));
    let (service, commits) = (app.service.clone(), app.service.store().commits());
    tokio::spawn(streams::follow(streams.clone(), service, commits, app.stopping.clone()));
    let pages = Router::new()
        .route("/", get(home::page))
        .route("/activity", get(activity::page))
        .route("/activity/totals", get(activity::totals))
        .route("/activity/stream", get(stream::stream))
        .route("/live", get(stream::shared))
        .route("/activity/{id}", get(event::page))
        .route("/activity/{id}/erase", post(event::erase))
        .route("/on-site", get(on_site::page))
        .route("/on-site/{id}/depart", post(on_site::depart))
        .route("/invitations", get(invitations::page).post(invite::create))
        .route("/invitations/new", get(invite::form))
        .route("/invitations/{id}", get(invitations::detail))
        .route("/invitations/{id}/code.png", get(invitations::code))
        .route("/invitations/{id}/cancel", post(invitations::cancel))
        .route("/invitations/{id}/host", post(invitations::host))
        .route("/invitations/{id}/erase", post(invitations::erase))
        .route("/photos/{sha256}", get(files::photo))
        .layer(DefaultBodyLimit::max(FORM_LIMIT));
    let open = Router::new()
        .route("/sign-in", get(sign_in::page).post(sign_in::send))
        .route("/sign-in/code", post(sign_in::code))
        .route("/sign-in/link", get(sign_in::link).post(sign_in::use_link))
        .route("/sign-in/link/whose", post(sign_in::whose))
        .route("/account", get(account::page).post(account::introduce))
        .route("/account/language", post(account::language))
        .route("/account/sign-out", post(account::sign_out_everywhere))
        .route("/account/sessions/{id}/end", post(account::end))
        .route("/sign-out", post(sign_in::sign_out))
        .route("/signed-out", get(sign_in::signed_out))
        .layer(DefaultBodyLimit::max(OPEN_LIMIT));
    pages
        .merge(open)
        .method_not_allowed_fallback(|words, admin| missing(words, admin, StatusCode::METHOD_NOT_ALLOWED))
        .layer(Extension(feed))
        .layer(Extension(streams))
        .layer(middleware::from_fn(|words: Words, request, next| {
            own_pages_only(request, next, move || cross_site(words))
        }))
        .route("/assets/{name}", get(files::asset))
        .layer(middleware::map_response(guard))
}

/// What there is not: a page for people, a problem for programs.
pub async fn fallback(uri: Uri, words: Words, admin: Result<Admin, Response>) -> Response {
    if uri.path().starts_with("/api/") {
        return Failure::not_found().into_response();
    }
    guard(missing(words, admin, StatusCode::NOT_FOUND).await).await
}

async fn missing(words: Words, admin: Result<Admin, Response>, status: StatusCode) -> Response {
    match admin {
        Ok(admin) => admin.problem(status, "not_found"),
        Err(_) => bare_problem(words, status, "not_found"),
    }
}

fn cross_site(words: Words) -> Response {
    bare_problem(words, StatusCode::FORBIDDEN, "cross_site")
}

/// What every answer to a browser carries.
async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, assets::CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        // Nothing of ours is opened by other sites' windows, framed by them, or loaded into their pages.
        (CROSS_ORIGIN_OPENER_POLICY, "same-origin"),
        (CROSS_ORIGIN_RESOURCE_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (PERMISSIONS_POLICY, "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// An id from the address; what is none names nothing.
fn id<T: FromStr>(path: Result<Path<String>, PathRejection>, what: &'static str) -> Result<T, ServiceError> {
    let Path(text) = path.map_err(|_| ServiceError::NotFound(what))?;
    text.parse().map_err(|_| ServiceError::NotFound(what))
}
