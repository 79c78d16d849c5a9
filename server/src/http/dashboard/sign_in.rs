//! Signing in and out.

use axum::{
    Form,
    extract::{Query, State, rejection::FormRejection, rejection::QueryRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use serde::Deserialize;

use super::admin::{Admin, bare_problem, rendered};
use crate::{
    http::{
        App, Failure, blocking,
        browser::{ended_cookie, session_cookie, session_token},
        member::send_code,
    },
    service::{auth::BrowserSession, dashboard::is_email},
    web::view::{SignIn, SignInCode, SignInLink, SignedOut},
};

fn page_of(status: StatusCode, page: &impl askama::Template) -> Response {
    match rendered(page) {
        Ok(mut response) => {
            *response.status_mut() = status;
            response
        }
        Err(error) => refused(&Failure::from(error)),
    }
}

fn refused(failure: &Failure) -> Response {
    bare_problem(failure.status(), failure.code())
}

fn unreadable() -> Response {
    bare_problem(StatusCode::BAD_REQUEST, "bad_request")
}

/// The page at `/sign-in`. Who is signed in has no use for it.
pub async fn page(admin: Result<Admin, Response>) -> Response {
    match admin {
        Ok(_) => Redirect::to("/").into_response(),
        Err(_) => page_of(StatusCode::OK, &SignIn::default()),
    }
}

/// The form at `/sign-in`.
#[derive(Deserialize)]
pub struct Address {
    email: String,
}

/// Sends a code, and asks for it. The answer is the same whether or not the address is known.
pub async fn send(State(app): State<App>, form: Result<Form<Address>, FormRejection>) -> Response {
    let Ok(Form(Address { email })) = form else { return unreadable() };
    if !is_email(&email) {
        let error = Some("email_invalid".to_owned());
        return page_of(StatusCode::UNPROCESSABLE_ENTITY, &SignIn { email, error });
    }
    if app.limits.count_sign_in(&email, None).is_err() {
        let error = Some("too_many_tries".to_owned());
        return page_of(StatusCode::TOO_MANY_REQUESTS, &SignIn { email, error });
    }
    send_code(&app, email.clone(), None);
    page_of(StatusCode::OK, &SignInCode { email, error: None })
}

/// The form that asks for the code.
#[derive(Deserialize)]
pub struct Tried {
    email: String,
    code: String,
}

/// Signs in with the code.
pub async fn code(State(app): State<App>, form: Result<Form<Tried>, FormRejection>) -> Response {
    let Ok(Form(Tried { email, code })) = form else { return unreadable() };
    if app.limits.count_try(&email, None).is_err() {
        let error = Some("too_many_tries".to_owned());
        return page_of(StatusCode::TOO_MANY_REQUESTS, &SignIn { email, error });
    }
    let (service, address) = (app.service.clone(), email.clone());
    match blocking(move || service.sign_in_browser(&address, &code)).await {
        Ok(session) => {
            app.limits.forget_tries(&email, None);
            signed_in(&app, &session)
        }
        Err(failure) if failure.status() == StatusCode::UNAUTHORIZED => {
            let error = Some("code_wrong".to_owned());
            page_of(StatusCode::UNPROCESSABLE_ENTITY, &SignInCode { email, error })
        }
        Err(failure) => refused(&failure),
    }
}

fn signed_in(app: &App, session: &BrowserSession) -> Response {
    let mut response = Redirect::to("/").into_response();
    response.headers_mut().extend(session_cookie(app, session).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// What a link carries, in its address and in its form.
#[derive(Deserialize)]
pub struct Token {
    token: String,
}

fn link_expired() -> Response {
    bare_problem(StatusCode::GONE, "link_expired")
}

/// The page at `/sign-in/link`, which signs nobody in by itself: a preview of the link must not use it up.
pub async fn link(State(app): State<App>, query: Result<Query<Token>, QueryRejection>) -> Response {
    let Ok(Query(Token { token })) = query else { return link_expired() };
    let (service, asked) = (app.service, token.clone());
    match blocking(move || service.peek_link(&asked)).await {
        Ok(Some((name, organisation))) => page_of(StatusCode::OK, &SignInLink { name, organisation, token }),
        Ok(None) => link_expired(),
        Err(failure) => refused(&failure),
    }
}

/// Signs in with a link.
pub async fn use_link(State(app): State<App>, form: Result<Form<Token>, FormRejection>) -> Response {
    let Ok(Form(Token { token })) = form else { return unreadable() };
    let service = app.service.clone();
    match blocking(move || service.use_link(&token)).await {
        Ok(session) => signed_in(&app, &session),
        Err(failure) if failure.status() == StatusCode::UNAUTHORIZED => link_expired(),
        Err(failure) => refused(&failure),
    }
}

/// Ends the session.
pub async fn sign_out(State(app): State<App>, headers: HeaderMap) -> Response {
    if let Some(token) = session_token(&app, &headers) {
        let service = app.service.clone();
        if let Err(failure) = blocking(move || service.sign_out(&token)).await {
            return refused(&failure);
        }
    }
    let mut response = Redirect::to("/signed-out").into_response();
    response.headers_mut().extend(ended_cookie(&app).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// The page after signing out.
pub async fn signed_out() -> Response {
    page_of(StatusCode::OK, &SignedOut {})
}
