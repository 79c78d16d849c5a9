//! Signing in and out.

use axum::{
    Form, Json,
    extract::{State, rejection::FormRejection},
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
};
use gatehouse_core::phrase;
use serde::Deserialize;

use super::admin::{Own, bare_problem, rendered};
use crate::{
    http::{
        App, Failure, blocking,
        browser::{ended_cookie, session_cookie, session_token},
        lanes::{Room, run_blocking},
        limit::Source,
        member::send_code,
    },
    service::{
        ServiceError,
        auth::{BrowserSession, Channel, code::TypedCode},
        dashboard::is_email,
    },
    web::view::{SignIn, SignInCode, SignInLink, SignedOut, Words},
    words::{problem, wait as wait_of},
};

fn page_of(words: Words, status: StatusCode, page: &impl askama::Template) -> Response {
    match rendered(page) {
        Ok(mut response) => {
            *response.status_mut() = status;
            response
        }
        Err(error) => refused(words, &Failure::from(error)),
    }
}

fn refused(words: Words, failure: &Failure) -> Response {
    bare_problem(words, failure.status(), failure.code())
}

fn unreadable(words: Words) -> Response {
    bare_problem(words, StatusCode::BAD_REQUEST, "bad_request")
}

/// The page at `/sign-in`. Who is signed in has no use for it.
pub async fn page(words: Words, own: Result<Own, Response>) -> Response {
    match own {
        Ok(_) => Redirect::to("/").into_response(),
        Err(_) => page_of(words, StatusCode::OK, &SignIn { words, ..SignIn::default() }),
    }
}

/// The form at `/sign-in`.
#[derive(Deserialize)]
pub struct Address {
    email: String,
}

/// Sends a code, and asks for it. The answer is the same whether or not the address is known.
pub async fn send(
    State(app): State<App>,
    words: Words,
    form: Result<Form<Address>, FormRejection>,
) -> Response {
    let Ok(Form(Address { email })) = form else { return unreadable(words) };
    if !is_email(&email) {
        let error = Some("email_invalid".to_owned());
        return page_of(words, StatusCode::UNPROCESSABLE_ENTITY, &SignIn { words, email, error, wait: None });
    }
    let room = match Room::take() {
        Ok(room) => room,
        Err(failure) => return refused(words, &failure),
    };
    match app.limits.count_sign_in(&email, None) {
        Ok(()) => {
            send_code(&app, room, email.clone(), None);
            page_of(words, StatusCode::OK, &SignInCode { words, email, error: None, wait: None })
        }
        // The code that was made a moment ago is good.
        Err(error) => not_now(words, email, &error),
    }
}

/// The form that asks for the code.
#[derive(Deserialize)]
pub struct Tried {
    email: String,
    code: String,
}

/// Signs in with the code.
pub async fn code(
    State(app): State<App>,
    source: Source,
    words: Words,
    form: Result<Form<Tried>, FormRejection>,
) -> Response {
    let Ok(Form(Tried { email, code })) = form else { return unreadable(words) };
    let failed = |status, email, code: &str| {
        page_of(words, status, &SignInCode { words, email, error: Some(code.to_owned()), wait: None })
    };
    // What cannot be a code is no try.
    if let Err(error) = TypedCode::new(&code) {
        return failed(StatusCode::UNPROCESSABLE_ENTITY, email, error.code());
    }
    let tried = match app.limits.count_try(&email, None, source) {
        Ok(tried) => tried,
        Err(error) => return not_now(words, email, &error),
    };
    let (service, address) = (app.service.clone(), email.clone());
    let outcome = run_blocking(move || service.sign_in_browser(&address, &code)).await;
    match outcome {
        Ok(Ok(session)) => {
            app.limits.was_right(&tried);
            signed_in(&app, &session)
        }
        Ok(Err(ServiceError::CodeInvalid)) => failed(StatusCode::UNPROCESSABLE_ENTITY, email, "code_wrong"),
        Ok(Err(error @ ServiceError::TooManyTries { .. })) => not_now(words, email, &error),
        Ok(Err(error)) => refused(words, &error.into()),
        Err(failure) => refused(words, &failure),
    }
}

/// The page for the code, which says how long to wait.
fn not_now(words: Words, email: String, error: &ServiceError) -> Response {
    let wait = match error {
        ServiceError::TooManyTries { wait } => {
            words.text(phrase!("sign_in-try_again_in", wait = wait_of(*wait)))
        }
        ServiceError::ResendTooSoon { wait } => {
            words.text(phrase!("sign_in-another_in", wait = wait_of(*wait)))
        }
        _ => return bare_problem(words, StatusCode::SERVICE_UNAVAILABLE, error.code()),
    };
    let page = SignInCode { words, email, error: Some(error.code().to_owned()), wait: Some(wait) };
    page_of(words, StatusCode::TOO_MANY_REQUESTS, &page)
}

fn signed_in(app: &App, session: &BrowserSession) -> Response {
    let mut response = Redirect::to("/").into_response();
    response.headers_mut().extend(session_cookie(app, session).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// What the page of a link sends: its secret, or the whole link as it was pasted.
#[derive(Deserialize)]
pub struct Token {
    token: String,
}

impl Token {
    fn secret(self) -> String {
        let start = self.token.rfind("ghl_").unwrap_or_default();
        let secret = self.token.get(start..).unwrap_or_default();
        secret.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
    }
}

fn link_expired(words: Words) -> Response {
    bare_problem(words, StatusCode::GONE, "link_expired")
}

/// The page at `/sign-in/link`, which signs nobody in by itself: a preview of the link must not use it up. The secret
/// stands behind the `#`, and is not sent with the address.
pub async fn link(words: Words) -> Response {
    page_of(words, StatusCode::OK, &SignInLink { words })
}

/// Says whom a link would sign in, for the page's script.
pub async fn whose(
    State(app): State<App>,
    words: Words,
    form: Result<Form<Token>, FormRejection>,
) -> Response {
    let Ok(Form(token)) = form else { return unreadable(words) };
    match blocking(move || app.service.peek_link(&token.secret())).await {
        Ok(Some((name, organisation))) => {
            let welcome = words.text(phrase!("sign_in-welcome", organisation = &organisation));
            let button = words.text(phrase!("sign_in-link_as", name = &name));
            Json(serde_json::json!({
                "name": name, "organisation": organisation, "welcome": welcome, "button": button,
            }))
            .into_response()
        }
        Ok(None) => {
            let problem = problem("link_expired").words;
            let said =
                serde_json::json!({ "title": words.text(problem.title), "text": words.text(problem.text) });
            (StatusCode::GONE, Json(said)).into_response()
        }
        Err(failure) => failure.into_response(),
    }
}

/// Signs in with a link.
pub async fn use_link(
    State(app): State<App>,
    words: Words,
    form: Result<Form<Token>, FormRejection>,
) -> Response {
    let Ok(Form(token)) = form else { return unreadable(words) };
    let service = app.service.clone();
    match blocking(move || service.use_link(&token.secret())).await {
        Ok(session) => signed_in(&app, &session),
        Err(failure) if failure.status() == StatusCode::UNAUTHORIZED => link_expired(words),
        Err(failure) => refused(words, &failure),
    }
}

/// Ends the session.
pub async fn sign_out(State(app): State<App>, words: Words, headers: HeaderMap) -> Response {
    if let Some(token) = session_token(&app, &headers) {
        let service = app.service.clone();
        if let Err(failure) = blocking(move || service.sign_out(&token, Channel::Cookie)).await {
            return refused(words, &failure);
        }
    }
    let mut response = Redirect::to("/signed-out").into_response();
    response.headers_mut().extend(ended_cookie(&app).map(|cookie| (header::SET_COOKIE, cookie)));
    response
}

/// The page after signing out.
pub async fn signed_out(words: Words) -> Response {
    page_of(words, StatusCode::OK, &SignedOut { words })
}
