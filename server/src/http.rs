//! The HTTP side: requests become calls of the services, answers become JSON. No rule lives here.

mod auth;
pub mod browser;
mod dashboard;
mod gate;
mod limit;
mod member;
mod photos;
mod problem;
mod wallet;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, head, post},
};
use gatehouse_core::wire::path;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;

pub use limit::Limits;
pub use problem::{Failure, blocking};

use crate::service::Service;

/// Largest body of a JSON request.
const JSON_LIMIT: usize = 1 << 20;
/// Largest body with journal entries.
const ENTRIES_LIMIT: usize = 4 << 20;
/// Longest time for a request; entries of a slow phone included.
const TIMEOUT: Duration = Duration::from_secs(30);

/// What every handler can reach.
#[derive(Clone)]
pub struct App {
    /// The rules.
    pub service: Service,
    /// The address under which people and phones reach the server, without a slash at the end.
    pub url: Arc<str>,
    /// True from the moment on when the server is to stop; streams must end then.
    pub stopping: watch::Receiver<bool>,
    /// Who asks too often.
    pub limits: Arc<Limits>,
}

impl App {
    /// Whether the public address is HTTPS, so that cookies may demand it.
    #[must_use]
    pub fn is_https(&self) -> bool {
        self.url.starts_with("https://")
    }
}

/// Every route of the server.
pub fn router(app: App) -> Router {
    let entries = Router::new()
        .route(path::ENTRIES, post(gate::entries).layer(DefaultBodyLimit::max(ENTRIES_LIMIT)))
        .layer(middleware::from_fn(|request, next| refuse_early(ENTRIES_LIMIT, request, next)));
    let json = Router::new()
        .route(path::ENROL, post(gate::enrol))
        .route(path::CODE, post(member::request_code))
        .route(path::SIGN_IN, post(member::sign_in))
        .route(path::SIGN_OUT, post(wallet::sign_out))
        .route(&format!("{}/{{code}}", path::ORGANISATIONS), get(wallet::organisation))
        .route(path::GENERATE_ID, post(member::generate_id))
        .route(path::INVALIDATE_ID, post(wallet::invalidate_id))
        .route(path::DEVICE_CERTIFICATE, post(wallet::certify))
        .route(path::MY_ENTRIES, get(wallet::my_entries))
        .route(path::VERIFY, post(gate::verify))
        .route(path::GATE_PACK, get(gate::gate_pack))
        .route(path::KEYS, get(gate::keys))
        .route(path::FACES, get(gate::faces))
        .route(&format!("{}/{{sha256}}", path::FACES), get(gate::face))
        .route(path::SHIFTS, post(gate::start_shift))
        .route(path::ON_SITE, get(gate::on_site))
        .route(path::EVENTS, get(member::events))
        .route(path::INVITATIONS, get(member::invitations).post(member::invite))
        .route(&format!("{}/{{id}}", path::INVITATIONS), get(member::invitation))
        .route(&format!("{}/{{id}}/cancel", path::INVITATIONS), post(member::cancel))
        .route(&format!("{}/{{sha256}}", path::PHOTOS), head(photos::progress).patch(photos::append))
        .layer(DefaultBodyLimit::max(JSON_LIMIT))
        .layer(middleware::from_fn(|request, next| refuse_early(JSON_LIMIT, request, next)));
    json.merge(entries)
        .route("/healthz", get(health))
        .layer(middleware::map_response(never_store))
        .merge(dashboard::routes(&app))
        .layer(middleware::from_fn(in_time))
        .fallback(dashboard::fallback)
        .method_not_allowed_fallback(|| async { Failure::method_not_allowed() })
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            Failure::server_error().into_response()
        }))
        .with_state(app)
}

/// Refuses a body that says itself that it is too long, before reading any of it.
async fn refuse_early(limit: usize, request: Request, next: Next) -> Response {
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()).and_then(|length| length.parse::<u64>().ok());
    if length.is_some_and(|length| length > limit as u64) {
        return Failure::too_large().into_response();
    }
    next.run(request).await
}

/// Ends a request that takes too long: its body trickles in, or its caller has gone.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::unavailable().into_response(),
    }
}

/// Answers name people and carry codes: no cache keeps them.
async fn never_store(mut response: Response) -> Response {
    response.headers_mut().entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

async fn health(State(app): State<App>) -> Result<&'static str, Failure> {
    blocking(move || app.service.organisations()).await.map(|_| "ok\n")
}
