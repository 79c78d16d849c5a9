//! The HTTP side: requests become calls of the services, answers become JSON. No rule lives here.

mod app;
mod auth;
mod body;
pub mod browser;
mod dashboard;
mod gate;
mod lanes;
mod limit;
mod member;
mod messages;
mod people;
mod photos;
mod problem;
mod wallet;

use std::{sync::Arc, time::Duration};

use axum::{
    Router,
    extract::{Request, State},
    http::{HeaderValue, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
    routing::{get, head, post},
};
use gatehouse_core::wire::path;
use tokio::sync::watch;
use tower_http::catch_panic::CatchPanicLayer;

pub use body::Room;
pub use lanes::{Lanes, blocking};
pub use limit::Limits;
pub use problem::Failure;

use self::{
    body::{ENTRIES_LIMIT, JSON_LIMIT, OPEN_LIMIT, PIECE_LIMIT, limited},
    lanes::{Lane, blocking_in},
};
use crate::{service::Service, web::app::WebApp};

/// Longest time for a request; entries of a slow phone included.
const TIMEOUT: Duration = Duration::from_secs(30);

/// For two years; other names below this one are not ours to speak for (RFC 6797, section 6.1).
const ONLY_HTTPS: &str = "max-age=63072000";

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
    /// Room for large bodies.
    pub room: Arc<Room>,
    /// How much is done at once, and for whom.
    pub lanes: Arc<Lanes>,
    /// The app that browsers run.
    pub web: Arc<WebApp>,
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
    let open = Router::new()
        .route(path::ENROL, post(gate::enrol))
        .route(path::CODE, post(member::request_code))
        .route(path::SIGN_IN, post(member::sign_in))
        .route(path::SIGN_OUT, post(wallet::sign_out))
        .route(&format!("{}/{{code}}", path::ORGANISATIONS), get(wallet::organisation));
    let json = Router::new()
        .route(path::GENERATE_ID, post(member::generate_id))
        .route(path::INVALIDATE_ID, post(wallet::invalidate_id))
        .route(path::DEVICE_CERTIFICATE, post(wallet::certify))
        .route(path::MY_ENTRIES, get(wallet::my_entries))
        .route(path::STANDING, get(wallet::standing))
        .route(path::VERIFY, post(gate::verify))
        .route(path::GATE_PACK, get(gate::gate_pack))
        .route(path::KEYS, get(gate::keys))
        .route(path::ERASURES, get(gate::erasures).post(gate::erasures_done))
        .route(path::FACES, get(gate::faces))
        .route(&format!("{}/{{sha256}}", path::FACES), get(gate::face))
        .route(path::SHIFTS, post(gate::start_shift))
        .route(path::ON_SITE, get(gate::on_site))
        .route(path::EVENTS, get(member::events))
        .merge(people::routes())
        .merge(messages::routes())
        .route(path::INVITATIONS, get(member::invitations).post(member::invite))
        .route(&format!("{}/{{id}}", path::INVITATIONS), get(member::invitation))
        .route(&format!("{}/{{id}}/cancel", path::INVITATIONS), post(member::cancel));
    let photos = Router::new()
        .route(&format!("{}/{{sha256}}", path::PHOTOS), head(photos::progress).patch(photos::append));
    let entries = Router::new().route(path::ENTRIES, post(gate::entries));
    limited(open, OPEN_LIMIT)
        .merge(limited(json, JSON_LIMIT))
        .merge(limited(photos, PIECE_LIMIT))
        .merge(limited(entries, ENTRIES_LIMIT))
        .route("/healthz", get(health))
        .merge(app::routes())
        .merge(dashboard::routes(&app))
        .fallback(dashboard::fallback)
        .method_not_allowed_fallback(|| async { Failure::method_not_allowed() })
        .layer(middleware::from_fn_with_state(app.clone(), lanes::of_caller))
        .layer(middleware::from_fn(in_time))
        .layer(CatchPanicLayer::custom(|_: Box<dyn std::any::Any + Send>| {
            tracing::error!("a handler panicked");
            Failure::server_error().into_response()
        }))
        .layer(middleware::from_fn_with_state(app.clone(), secured))
        .with_state(app)
}

/// Ends a request that takes too long: its body trickles in, or its caller has gone.
async fn in_time(request: Request, next: Next) -> Response {
    match tokio::time::timeout(TIMEOUT, next.run(request)).await {
        Ok(response) => response,
        Err(_) => Failure::unavailable().into_response(),
    }
}

/// What every answer carries: no cache keeps it, for it may name people and carry codes; its type is what it says; and
/// where the public address is HTTPS, browsers take no other.
async fn secured(State(app): State<App>, request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers.entry(header::X_CONTENT_TYPE_OPTIONS).or_insert(HeaderValue::from_static("nosniff"));
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    if app.is_https() {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HeaderValue::from_static(ONLY_HTTPS));
    }
    response
}

/// `ok`, and a line for each thing that somebody should look after.
async fn health(State(app): State<App>) -> Result<String, Failure> {
    // In the way that everybody shares: it is well when a guard's token can be looked up.
    let doubts = blocking_in(Lane::Tokens, move || {
        app.service.organisations()?;
        app.service.clock_doubts()
    });
    let lines = doubts.await?.into_iter().map(|doubt| format!("clock: {doubt}\n"));
    Ok(std::iter::once("ok\n".to_owned()).chain(lines).collect())
}
