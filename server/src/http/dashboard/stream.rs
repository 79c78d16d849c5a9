//! What happens, as it happens: server-sent events.

use std::{collections::HashSet, convert::Infallible, sync::Arc, time::Duration};

use axum::{
    Extension,
    extract::{Query, rejection::QueryRejection},
    http::{HeaderMap, HeaderName, StatusCode, Uri},
    response::{
        IntoResponse, Response,
        sse::{Event, Sse},
    },
};
use gatehouse_core::id::EntryId;
use tokio::{sync::mpsc, time::Instant};
use tokio_stream::wrappers::ReceiverStream;

use super::{
    activity::read_query,
    admin::Admin,
    feed::{Feed, Place},
    filter::{self, PageQuery},
    rows,
    streams::{Crowded, Streams, holds},
    times::Times,
};
use crate::{
    http::{App, Failure, blocking, lanes::in_callers_lane},
    service::{Scope, ServiceError},
    store::Changed,
    web::view::{ActivityRowPage, Filter, Words},
};

/// A line goes out at least this often, so that no proxy takes the connection for dead.
const BEAT: Duration = Duration::from_secs(15);
/// How soon a browser asks again after the connection broke.
const RETRY: Duration = Duration::from_secs(2);
/// Events on their way to a slow reader.
const QUEUE: usize = 16;
/// Streams within a shared one.
const MOST_LINES: usize = 32;
/// How long someone waits who has too many streams.
const CROWDED: Duration = Duration::from_secs(9);
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");

/// The stream at `/activity/stream`. Someone who is not signed in gets an empty answer: then browsers stop asking.
pub async fn stream(
    Extension(feed): Extension<Arc<Feed>>,
    Extension(streams): Extension<Arc<Streams>>,
    admin: Result<Admin, Response>,
    headers: HeaderMap,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Response {
    let admin = match admin {
        Ok(admin) => admin,
        Err(refusal) => return refused(refusal),
    };
    let mut asked = match read_query(query) {
        Ok(asked) => asked,
        Err(error) => return Failure::from(error).into_response(),
    };
    // After a break the browser names the last event that it saw, which is newer than what the address says.
    let last = headers.get(LAST_EVENT_ID).and_then(|id| id.to_str().ok());
    asked.after = last.map(str::to_owned).or(asked.after);
    open(&feed, &streams, &admin, vec![(String::new(), asked)])
}

/// The stream at `/live`: several in one, so that all tabs of a browser share a connection. Each is asked for by
/// `line=NAME:QUERY` with a number as its name, under which its events come, and the query of a single stream.
pub async fn shared(
    Extension(feed): Extension<Arc<Feed>>,
    Extension(streams): Extension<Arc<Streams>>,
    admin: Result<Admin, Response>,
    query: Result<Query<Vec<(String, String)>>, QueryRejection>,
) -> Response {
    let admin = match admin {
        Ok(admin) => admin,
        Err(refusal) => return refused(refusal),
    };
    let lines = read_query(query).and_then(|pairs| {
        let lines = pairs.iter().filter(|(name, _)| name == "line");
        // The newest of a browser with more tabs than anyone looks at.
        let skipped = lines.clone().count().saturating_sub(MOST_LINES);
        lines.skip(skipped).map(|(_, line)| part(line)).collect::<Result<Vec<_>, _>>()
    });
    match lines {
        Ok(lines) => open(&feed, &streams, &admin, lines),
        Err(error) => Failure::from(error).into_response(),
    }
}

/// One of the streams in a shared one: how its events are named, and what is asked for.
fn part(line: &str) -> Result<(String, PageQuery), ServiceError> {
    let unreadable = || ServiceError::BadRequest("the address cannot be read");
    let (name, query) = line.split_once(':').ok_or_else(unreadable)?;
    let name: u32 = name.parse().map_err(|_| unreadable())?;
    let address: Uri = format!("/?{query}").parse().map_err(|_| unreadable())?;
    let Query(asked) = Query::<PageQuery>::try_from_uri(&address).map_err(|_| unreadable())?;
    Ok((format!("{name}."), asked))
}

/// Who may not look at all is told to ask no more; every other refusal is for now.
fn refused(refusal: Response) -> Response {
    let status = refusal.status();
    if status.is_redirection() || matches!(status, StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN) {
        return StatusCode::NO_CONTENT.into_response();
    }
    refusal
}

fn open(
    feed: &Arc<Feed>,
    streams: &Arc<Streams>,
    admin: &Admin,
    parts: Vec<(String, PageQuery)>,
) -> Response {
    let scope = *admin.scope();
    let Some(person) = scope.person_id() else { return StatusCode::NO_CONTENT.into_response() };
    let share = match streams.enter(scope.org, person, admin.token()) {
        Ok(share) => Arc::new(share),
        Err(Crowded::Person) => {
            return Failure::from(ServiceError::TooManyTries { wait: CROWDED }).into_response();
        }
        Err(Crowded::Organisation) => return Failure::unavailable().into_response(),
    };
    let (to, events) = mpsc::channel(QUEUE);
    for (name, asked) in parts {
        let line = Line {
            app: admin.app().clone(),
            feed: feed.clone(),
            scope,
            token: admin.token().to_owned(),
            zone: admin.organisation().time_zone.clone(),
            words: admin.words(),
            filter: asked.filter(),
            on_site: asked.topic.as_deref() == Some("on-site"),
            name,
        };
        let place = asked.after.as_deref().and_then(|place| place.parse().ok());
        let place = place.unwrap_or_else(|| feed.cursor(scope.org));
        let (to, share, mut holds) = (to.clone(), share.clone(), share.holds.clone());
        let mut stopping = admin.app().stopping.clone();
        tokio::spawn(in_callers_lane(async move {
            let _share = share;
            let over = tokio::select! {
                ended = line.run(place, &to) => matches!(ended, Err(Ended::Session)),
                _ = holds.wait_for(|holds| !holds) => true,
                () = to.closed() => false,
                _ = stopping.wait_for(|stop| *stop) => false,
            };
            if over {
                // Who has gone needs no word.
                let _ = send(&to, line.named("ended").data("signed out")).await;
            }
        }));
    }
    let headers = [("x-accel-buffering", "no"), ("cache-control", "no-store")];
    (headers, Sse::new(ReceiverStream::new(events))).into_response()
}

type Out = mpsc::Sender<Result<Event, Infallible>>;

/// Why a stream is over.
enum Ended {
    /// The reader has gone, or is to ask again.
    Line,
    /// The session may see no more.
    Session,
}

async fn send(to: &Out, event: Event) -> Result<(), Ended> {
    to.send(Ok(event)).await.map_err(|_| Ended::Line)
}

/// One open stream, or one of several in a shared one.
struct Line {
    app: App,
    feed: Arc<Feed>,
    scope: Scope,
    token: String,
    zone: String,
    words: Words,
    filter: Filter,
    on_site: bool,
    /// What its events' names begin with.
    name: String,
}

impl Line {
    fn named(&self, event: &str) -> Event {
        Event::default().event(format!("{}{event}", self.name))
    }

    async fn run(&self, mut place: Place, to: &Out) -> Result<(), Ended> {
        let mut wakes = self.feed.wakes();
        let mut beat = tokio::time::interval_at(Instant::now() + BEAT, BEAT);
        send(to, Event::default().retry(RETRY).comment("open")).await?;
        loop {
            let events = match self.feed.since(self.scope.org, place) {
                Some((changes, next)) => {
                    place = next;
                    self.events(changes).await?
                }
                None => {
                    place = self.feed.cursor(self.scope.org);
                    vec![self.named(if self.on_site { "on-site" } else { "stale" }).data("all")]
                }
            };
            let mut events = events.into_iter().peekable();
            while let Some(event) = events.next() {
                // Only the last of them moves the place on: whoever misses it gets all of them again.
                let last = events.peek().is_none();
                send(to, if last { event.id(place.to_string()) } else { event }).await?;
            }
            tokio::select! {
                woken = wakes.changed() => woken.map_err(|_| Ended::Line)?,
                _ = beat.tick() => send(to, Event::default().comment("still here")).await?,
            }
        }
    }

    /// What changes come to. A failure ends the stream: the browser asks again from the last place that it knows.
    async fn events(&self, changes: Vec<Changed>) -> Result<Vec<Event>, Ended> {
        if self.on_site {
            let any = changes.contains(&Changed::OnSite);
            return Ok(any.then(|| self.named("on-site").data("changed")).into_iter().collect());
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
        let (app, scope, filter, token) =
            (self.app.clone(), self.scope, self.filter.clone(), self.token.clone());
        let times = Times::new(&self.zone, app.service.now(), self.words);
        let rows = blocking(move || {
            let rows = ids.into_iter().map(|id| event(&app, &scope, &filter, &times, id));
            let rows = rows.collect::<Result<Vec<_>, _>>()?;
            // Last, so that no name goes out that was read after the session ended.
            Ok(holds(&app.service, &token)?.then_some(rows))
        });
        let rows = rows.await.map_err(|_| Ended::Line)?.ok_or(Ended::Session)?;
        Ok(rows.into_iter().map(|(name, data)| self.named(name).data(data)).collect())
    }
}

/// An event as a row, or the word that the filter keeps it out: an event's name and its data.
fn event(
    app: &App,
    scope: &Scope,
    filter: &Filter,
    times: &Times,
    id: EntryId,
) -> Result<(&'static str, String), ServiceError> {
    let Some(found) = app.service.event_row(scope, &filter::stored(filter, times), id)? else {
        return Ok(("gone", id.to_string()));
    };
    let row = ActivityRowPage { words: times.words, row: rows::row(&found, times) };
    let data = row.data().map_err(|error| ServiceError::Core(error.to_string()))?;
    Ok(("activity", data))
}
