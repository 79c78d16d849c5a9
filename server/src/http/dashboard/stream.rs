//! What happens, as it happens: server-sent events.

use std::{collections::HashSet, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{Query, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, StatusCode},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use gatehouse_core::id::EntryId;
use tokio::{sync::mpsc, time::Instant};
use tokio_stream::wrappers::ReceiverStream;

use super::{
    activity::asked,
    admin::{Admin, is_admin},
    feed::{Feed, Place},
    filter::{self, Asked},
    rows,
    times::Times,
};
use crate::{
    http::{App, Failure, blocking},
    service::{Scope, ServiceError},
    store::Changed,
    web::view::{ActivityRowPage, Filter},
};

/// A line goes out at least this often, so that no proxy takes the connection for dead. The session is looked at
/// then, too.
const BEAT: Duration = Duration::from_secs(15);
/// How soon a browser asks again after the connection broke.
const RETRY: Duration = Duration::from_secs(2);
/// Events on their way to a slow reader.
const QUEUE: usize = 16;
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The stream at `/activity/stream`. Someone who is not signed in gets an empty answer: then browsers stop asking.
pub async fn stream(
    Extension(feed): Extension<Arc<Feed>>,
    admin: Result<Admin, Response>,
    headers: HeaderMap,
    query: Result<Query<Asked>, QueryRejection>,
) -> Response {
    let admin = match admin {
        Ok(admin) => admin,
        Err(refusal) if refusal.status().is_server_error() => return refusal,
        Err(_) => return StatusCode::NO_CONTENT.into_response(),
    };
    let asked = match asked(query) {
        Ok(asked) => asked,
        Err(error) => return Failure::from(error).into_response(),
    };
    let Some(permit) = feed.permit() else { return StatusCode::SERVICE_UNAVAILABLE.into_response() };
    let org = admin.scope().org;
    // After a break the browser names the last event that it saw, which is newer than what the address says.
    let last = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
    let place = last.or(asked.after.as_deref()).and_then(|place| place.parse().ok());
    let line = Line {
        app: admin.app().clone(),
        feed: feed.clone(),
        scope: *admin.scope(),
        token: admin.token().to_owned(),
        zone: admin.organisation().time_zone.clone(),
        filter: asked.filter(),
        on_site: asked.topic.as_deref() == Some("on-site"),
    };
    let place = place.unwrap_or_else(|| feed.cursor(org));
    let (to, events) = mpsc::channel(QUEUE);
    let mut stopping = admin.app().stopping.clone();
    tokio::spawn(async move {
        let _permit = permit;
        tokio::select! {
            _ = line.run(place, &to) => {}
            () = to.closed() => {}
            _ = stopping.wait_for(|stop| *stop) => {}
        }
    });
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    (headers, Sse::new(ReceiverStream::new(events))).into_response()
}

type Out = mpsc::Sender<Result<Event, Infallible>>;

/// The reader has gone.
struct Gone;

async fn send(to: &Out, event: Event) -> Result<(), Gone> {
    to.send(Ok(event)).await.map_err(|_| Gone)
}

/// One open stream.
struct Line {
    app: App,
    feed: Arc<Feed>,
    scope: Scope,
    token: String,
    zone: String,
    filter: Filter,
    on_site: bool,
}

impl Line {
    async fn run(&self, mut place: Place, to: &Out) -> Result<(), Gone> {
        let mut wakes = self.feed.wakes();
        let mut beat = tokio::time::interval_at(Instant::now() + BEAT, BEAT);
        send(to, Event::default().retry(RETRY).comment("open")).await?;
        loop {
            let events = match self.feed.since(self.scope.org, place) {
                Some((changes, next)) => {
                    place = next;
                    self.events(changes).await
                }
                None => {
                    place = self.feed.cursor(self.scope.org);
                    Ok(vec![
                        Event::default().event(if self.on_site { "on-site" } else { "stale" }).data("all"),
                    ])
                }
            };
            // A failure ends the stream: the browser asks again from the last place that it knows.
            let mut events = events.map_err(|_| Gone)?.into_iter().peekable();
            while let Some(event) = events.next() {
                // Only the last of them moves the place on: whoever misses it gets all of them again.
                let last = events.peek().is_none();
                send(to, if last { event.id(place.to_string()) } else { event }).await?;
            }
            tokio::select! {
                woken = wakes.changed() => woken.map_err(|_| Gone)?,
                _ = beat.tick() => {
                    if self.has_ended().await {
                        return send(to, Event::default().event("ended").data("signed out")).await;
                    }
                    send(to, Event::default().comment("still here")).await?;
                }
            }
        }
    }

    /// Whether the session is over, or no longer an admin's.
    async fn has_ended(&self) -> bool {
        let (service, token) = (self.app.service.clone(), self.token.clone());
        match blocking(move || service.session(&token)).await {
            Ok(signed_in) => !is_admin(&signed_in),
            Err(failure) => failure.status() == StatusCode::UNAUTHORIZED,
        }
    }

    async fn events(&self, changes: Vec<Changed>) -> Result<Vec<Event>, Failure> {
        if self.on_site {
            let any = changes.contains(&Changed::OnSite);
            return Ok(any.then(|| Event::default().event("on-site").data("changed")).into_iter().collect());
        }
        let mut seen = HashSet::new();
        let ids: Vec<_> = changes
            .into_iter()
            .filter_map(|change| match change {
                Changed::Activity(id) => seen.insert(id).then_some(id),
                Changed::OnSite => None,
            })
            .collect();
        if ids.is_empty() {
            return Ok(Vec::new());
        }
        let (app, scope, filter) = (self.app.clone(), self.scope, self.filter.clone());
        let times = Times::new(&self.zone, app.service.now());
        blocking(move || ids.into_iter().map(|id| event(&app, &scope, &filter, &times, id)).collect()).await
    }
}

/// An event as a row, or the word that the filter keeps it out.
fn event(
    app: &App,
    scope: &Scope,
    filter: &Filter,
    times: &Times,
    id: EntryId,
) -> Result<Event, ServiceError> {
    let Some(found) = app.service.event_row(scope, &filter::stored(filter, times), id)? else {
        return Ok(Event::default().event("gone").data(id.to_string()));
    };
    let row = ActivityRowPage { row: rows::row(&found, times) };
    let data = row.data().map_err(|error| ServiceError::Core(error.to_string()))?;
    Ok(Event::default().event("activity").data(data))
}
