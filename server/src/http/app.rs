//! The app in a browser: the guard's page at `/gate/`, the member's at `/id/`, and their files. They hold nothing of
//! anybody and are open to everyone; what the app asks for goes to the API, by its own tokens.

use askama::Template;
use axum::{
    Router,
    body::Bytes,
    extract::{Path, State, rejection::PathRejection},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, Uri, header},
    middleware,
    response::{Html, IntoResponse, Redirect, Response},
    routing::get,
};

use super::{App, Failure};
use crate::web::{
    app::{CONTENT_SECURITY_POLICY, PERMISSIONS_POLICY, Program, ProgramFile, SERVICE_WORKER, own},
    assets::CACHE_FOREVER,
    view::{AppKind, AppPage, Words},
};

/// For an answer that is asked for anew each time, and is not sent again where it is known.
const ASK_FIRST: &str = "no-cache";
const JS: &str = "text/javascript; charset=utf-8";

/// The routes of both apps.
pub fn routes() -> Router<App> {
    let mut routes = Router::new();
    for kind in AppKind::ALL {
        let prefix = kind.prefix();
        routes = routes
            .route(prefix, get(move |uri: Uri| async move { to_folder(prefix, &uri) }))
            .route(
                &format!("{prefix}/"),
                get(move |State(app): State<App>, words: Words, headers: HeaderMap| async move {
                    page(&app, kind, words, &headers).await
                }),
            )
            .route(&format!("{prefix}/{{file}}"), get(current_file))
            .route(&format!("{prefix}/{{version}}/{{file}}"), get(versioned_file));
    }
    routes.layer(middleware::map_response(guard))
}

/// The page's own addresses are relative to its folder.
fn to_folder(prefix: &str, uri: &Uri) -> Redirect {
    let query = uri.query().map(|query| format!("?{query}")).unwrap_or_default();
    Redirect::temporary(&format!("{prefix}/{query}"))
}

async fn page(app: &App, kind: AppKind, words: Words, asked: &HeaderMap) -> Response {
    let version = app.web.program().await.map(|program| program.version().to_owned());
    let page = AppPage { words, kind, version };
    let Ok(html) = page.render() else { return Failure::server_error().into_response() };
    match page.version {
        Some(version) => {
            let headers = [(header::VARY, "accept-language")];
            known_or(asked, &format!("{version}-{}", words.tag()), (headers, Html(html)))
        }
        // Nothing that a browser should keep.
        None => (StatusCode::SERVICE_UNAVAILABLE, Html(html)).into_response(),
    }
}

/// A file as it is now.
async fn current_file(
    State(app): State<App>,
    headers: HeaderMap,
    path: Result<Path<String>, PathRejection>,
) -> Response {
    let Ok(Path(name)) = path else { return Failure::not_found().into_response() };
    let program = app.web.program().await;
    if name == SERVICE_WORKER {
        // Without a program there is nothing to keep.
        let Some(program) = program else { return Failure::not_found().into_response() };
        let headers = [(header::CACHE_CONTROL, ASK_FIRST), (header::CONTENT_TYPE, JS)];
        return (headers, program.service_worker()).into_response();
    }
    match (found(program, &name, &headers), program) {
        (Some(file), Some(program)) => known_or(&headers, program.version(), file),
        (Some(file), None) => file,
        (None, _) => Failure::not_found().into_response(),
    }
}

/// A file of a version: of another than the one that is here there is nothing, so that no page is mixed of two.
async fn versioned_file(
    State(app): State<App>,
    headers: HeaderMap,
    path: Result<Path<(String, String)>, PathRejection>,
) -> Response {
    let missing = || Failure::not_found().into_response();
    let Ok(Path((version, name))) = path else { return missing() };
    let Some(program) = app.web.program().await else { return missing() };
    if version != program.version() || name == SERVICE_WORKER {
        return missing();
    }
    match found(Some(program), &name, &headers) {
        Some(mut file) => {
            file.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static(CACHE_FOREVER));
            file
        }
        None => missing(),
    }
}

/// A file of the page or of the program.
fn found(program: Option<&Program>, name: &str, asked: &HeaderMap) -> Option<Response> {
    if let Some(file) = own(name) {
        return Some(([(header::CONTENT_TYPE, file.content_type)], file.bytes).into_response());
    }
    let file = program?.file(name)?;
    let (coding, bytes) = smallest(file, asked);
    let headers = [(header::CONTENT_TYPE, file.content_type), (header::VARY, "accept-encoding")];
    let mut response = (headers, bytes).into_response();
    if let Some(coding) = coding {
        response.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(coding));
    }
    Some(response)
}

/// The bytes of a file in the smallest coding that the browser takes.
fn smallest(file: &ProgramFile, asked: &HeaderMap) -> (Option<&'static str>, Bytes) {
    let taken = file.coded.iter().find(|(coding, _)| takes(asked, coding));
    taken.map_or_else(|| (None, file.plain.clone()), |(coding, bytes)| (Some(*coding), bytes.clone()))
}

/// Whether a browser takes a coding (RFC 9110, section 12.5.3).
fn takes(asked: &HeaderMap, coding: &str) -> bool {
    let values = asked.get_all(header::ACCEPT_ENCODING).iter().filter_map(|value| value.to_str().ok());
    values.flat_map(|value| value.split(',')).any(|range| {
        let mut parts = range.split(';').map(str::trim);
        let is = parts.next().is_some_and(|name| name.eq_ignore_ascii_case(coding));
        let weight = parts.find_map(|part| part.strip_prefix("q=").or_else(|| part.strip_prefix("Q=")));
        is && weight.is_none_or(|weight| weight.parse::<f32>().is_ok_and(|weight| weight > 0.0))
    })
}

/// An answer with its tag, or only that the browser has it already.
fn known_or(asked: &HeaderMap, tag: &str, answer: impl IntoResponse) -> Response {
    let tag = format!("W/\"{tag}\"");
    let asked = asked.get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok());
    let known = asked.is_some_and(|tags| tags.split(',').any(|asked| asked.trim() == tag));
    let mut response = if known { StatusCode::NOT_MODIFIED.into_response() } else { answer.into_response() };
    let headers = response.headers_mut();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(ASK_FIRST));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        headers.insert(header::ETAG, tag);
    }
    response
}

/// What every answer carries.
async fn guard(mut response: Response) -> Response {
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "same-origin"),
        (header::X_FRAME_OPTIONS, "DENY"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("permissions-policy"), PERMISSIONS_POLICY),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_coding_is_taken_where_the_browser_says_so() {
        let takes = |value: &'static str| {
            takes(&[(header::ACCEPT_ENCODING, HeaderValue::from_static(value))].into_iter().collect(), "br")
        };
        for taken in ["br", "gzip, deflate, br, zstd", "gzip;q=1, BR;q=0.5"] {
            assert!(takes(taken), "{taken}");
        }
        for not in ["", "gzip", "br;q=0", "brotli", "gzip;q=1, br;q=0.000"] {
            assert!(!takes(not), "{not}");
        }
    }
}
