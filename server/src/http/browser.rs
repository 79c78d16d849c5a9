//! What the pages for browsers stand on: the session's cookie, and the refusal of other sites' requests.

use axum::{
    extract::{FromRequestParts, Request},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header, request::Parts},
    middleware::Next,
    response::{IntoResponse, Redirect, Response},
};

use super::{
    App,
    lanes::{Lane, blocking_in, caller_is_known},
};
use crate::service::auth::{BrowserSession, Channel, SignedIn};

const COOKIE: &str = "gatehouse_session";
/// With HTTPS the browser itself sees to it that no other host and no plain page can set the cookie.
const COOKIE_HTTPS: &str = "__Host-gatehouse_session";

fn cookie_name(app: &App) -> &'static str {
    if app.is_https() { COOKIE_HTTPS } else { COOKIE }
}

/// The session's token, if the browser sent one.
#[must_use]
pub fn session_token(app: &App, headers: &HeaderMap) -> Option<String> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    pairs.find(|(name, _)| *name == cookie_name(app)).map(|(_, token)| token.to_owned())
}

/// The value of `Set-Cookie` for a new session.
#[must_use]
pub fn session_cookie(app: &App, session: &BrowserSession) -> Option<HeaderValue> {
    cookie(app, &session.token, session.seconds)
}

/// The value of `Set-Cookie` that ends the session in the browser.
#[must_use]
pub fn ended_cookie(app: &App) -> Option<HeaderValue> {
    cookie(app, "", 0)
}

fn cookie(app: &App, token: &str, seconds: u64) -> Option<HeaderValue> {
    let secure = if app.is_https() { "; Secure" } else { "" };
    let name = cookie_name(app);
    let value = format!("{name}={token}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}{secure}");
    HeaderValue::from_str(&value).ok()
}

/// Someone who is signed in with a browser; anyone else is sent to the page for signing in.
pub struct Signed(pub SignedIn);

impl FromRequestParts<App> for Signed {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Response> {
        let sign_in = || Redirect::to("/sign-in").into_response();
        let token = session_token(app, &parts.headers).ok_or_else(sign_in)?;
        let service = app.service.clone();
        match blocking_in(Lane::Tokens, move || service.session(&token, Channel::Cookie)).await {
            Ok(signed_in) => {
                caller_is_known(Lane::Desk);
                Ok(Self(signed_in))
            }
            Err(failure) if failure.status() == StatusCode::UNAUTHORIZED => Err(sign_in()),
            Err(failure) => Err(failure.into_response()),
        }
    }
}

/// Whether a request was made by our own pages, or by the person alone. Browsers say so in `Sec-Fetch-Site`; older
/// ones name the page's origin, which must be this host.
#[must_use]
pub fn is_same_origin(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).and_then(|value: &HeaderValue| value.to_str().ok());
    if let Some(site) = text(header::HeaderName::from_static("sec-fetch-site")) {
        return matches!(site, "same-origin" | "none");
    }
    let Some(origin) = text(header::ORIGIN) else { return true };
    let host = origin.split_once("://").map(|(_, host)| host);
    host.is_some() && host == text(header::HOST)
}

/// Middleware for the pages: what changes anything must come from our own pages. `refuse` makes the answer.
pub async fn own_pages_only(request: Request, next: Next, refuse: impl FnOnce() -> Response) -> Response {
    let reads = matches!(*request.method(), Method::GET | Method::HEAD | Method::OPTIONS);
    if reads || is_same_origin(request.headers()) { next.run(request).await } else { refuse() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(pairs: &[(&'static str, &'static str)]) -> bool {
        let pairs = pairs
            .iter()
            .map(|(name, value)| (header::HeaderName::from_static(name), HeaderValue::from_static(value)));
        is_same_origin(&pairs.collect())
    }

    #[test]
    fn only_own_pages_may_post() {
        assert!(same(&[("sec-fetch-site", "same-origin")]));
        assert!(!same(&[("sec-fetch-site", "cross-site"), ("origin", "http://a"), ("host", "a")]));
        assert!(!same(&[("sec-fetch-site", "same-site")]));
        assert!(same(&[("origin", "http://a:8080"), ("host", "a:8080")]));
        assert!(!same(&[("origin", "http://b"), ("host", "a")]));
        assert!(!same(&[("origin", "null"), ("host", "a")]));
        assert!(same(&[("host", "a")]));
    }
}
