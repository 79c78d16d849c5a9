//! How much blocking work of each kind is done at once. Strangers, dashboards and photos each have a lane of their own
//! beside the gate's, so that none of them, however many come and whatever they wait for, holds up a guard.

use std::{
    future::Future,
    sync::{Arc, OnceLock},
    time::Duration,
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{App, Failure};
use crate::{listen::Place, service::ServiceError};

/// A kind of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lane {
    /// Looking up whose a token is; it only reads, and everybody's way in leads through it.
    Tokens,
    /// What is done for people who have not signed in.
    Strangers,
    /// What is done for people who have: dashboards, members, scripts.
    Desk,
    /// What is done for devices, and for guards on them.
    Gate,
    /// Taking photos in, which waits for the disk.
    Photos,
}

struct Track {
    running: Arc<Semaphore>,
    /// Whoever runs or waits.
    inside: Arc<Semaphore>,
    patience: Duration,
}

impl Track {
    fn new(running: usize, waiting: usize, patience_s: u64) -> Self {
        Self {
            running: Arc::new(Semaphore::new(running)),
            inside: Arc::new(Semaphore::new(running + waiting)),
            patience: Duration::from_secs(patience_s),
        }
    }

    fn room(&self) -> Result<OwnedSemaphorePermit, Failure> {
        self.inside.clone().try_acquire_owned().map_err(|_| Failure::unavailable())
    }

    async fn enter(&self, inside: OwnedSemaphorePermit) -> Result<[OwnedSemaphorePermit; 2], Failure> {
        let running = timeout(self.patience, self.running.clone().acquire_owned()).await;
        let running = running.map_err(|_| Failure::unavailable())?.map_err(|_| Failure::unavailable())?;
        Ok([running, inside])
    }
}

/// The lanes of one server. All of them together stay below the threads that the runtime has for blocking work (512).
pub struct Lanes {
    tokens: Track,
    strangers: Track,
    desk: Track,
    gate: Track,
    photos: Track,
}

impl Default for Lanes {
    fn default() -> Self {
        Self {
            tokens: Track::new(64, 4096, 10),
            strangers: Track::new(16, 256, 5),
            desk: Track::new(64, 1024, 10),
            gate: Track::new(192, 4096, 10),
            photos: Track::new(8, 256, 10),
        }
    }
}

impl Lanes {
    const fn track(&self, lane: Lane) -> &Track {
        match lane {
            Lane::Tokens => &self.tokens,
            Lane::Strangers => &self.strangers,
            Lane::Desk => &self.desk,
            Lane::Gate => &self.gate,
            Lane::Photos => &self.photos,
        }
    }
}

/// Who asks, as far as the order of work goes: a stranger until a token was found good.
#[derive(Clone)]
struct Caller {
    lanes: Arc<Lanes>,
    place: Option<Arc<Place>>,
    known: Arc<OnceLock<Lane>>,
}

tokio::task_local! {
    static CALLER: Caller;
}

/// Middleware: everything that a request leads to is done in its caller's lane.
pub async fn of_caller(State(app): State<App>, request: Request, next: Next) -> Response {
    let place = request.extensions().get::<Arc<Place>>().cloned();
    let caller = Caller { lanes: app.lanes.clone(), place, known: Arc::default() };
    CALLER.scope(caller, next.run(request)).await
}

/// Notes that the caller's token is good, and which work it is for.
pub fn caller_is_known(lane: Lane) {
    // Outside of a request there is no lane, and nobody to be put ahead.
    let _ = CALLER.try_with(|caller| {
        let _ = caller.known.set(lane);
        if let Some(place) = &caller.place {
            place.is_of_someone_known();
        }
    });
}

/// A future that does its work in the lane of the request that makes it, also on a task of its own.
pub fn in_callers_lane<F: Future>(future: F) -> impl Future<Output = F::Output> {
    let caller = CALLER.try_with(Caller::clone);
    async move {
        match caller {
            Ok(caller) => CALLER.scope(caller, future).await,
            Err(_) => future.await,
        }
    }
}

/// Room in the caller's lane for work that is answered before it is done.
pub struct Room {
    lane: Lane,
    /// Outside of a request there is no lane.
    inside: Option<OwnedSemaphorePermit>,
}

impl Room {
    /// # Errors
    /// [`Failure::unavailable`] where too much waits.
    pub fn take() -> Result<Self, Failure> {
        Self::in_lane(callers_lane())
    }

    fn in_lane(lane: Lane) -> Result<Self, Failure> {
        let lanes = CALLER.try_with(|caller| caller.lanes.clone()).ok();
        let inside = lanes.map(|lanes| lanes.track(lane).room()).transpose()?;
        Ok(Self { lane, inside })
    }

    /// Runs a call where blocking does no harm, in this room.
    ///
    /// # Errors
    /// As [`blocking`].
    pub async fn blocking<T, F>(self, call: F) -> Result<T, Failure>
    where
        F: FnOnce() -> Result<T, ServiceError> + Send + 'static,
        T: Send + 'static,
    {
        run(self, call).await?.map_err(Failure::from)
    }
}

fn callers_lane() -> Lane {
    CALLER.try_with(|caller| caller.known.get().copied()).ok().flatten().unwrap_or(Lane::Strangers)
}

/// Runs a call that blocks on the database where blocking does no harm, in the caller's lane.
///
/// # Errors
/// The call's own, and [`Failure::unavailable`] where too much waits.
pub async fn blocking<T, F>(call: F) -> Result<T, Failure>
where
    F: FnOnce() -> Result<T, ServiceError> + Send + 'static,
    T: Send + 'static,
{
    blocking_in(callers_lane(), call).await
}

/// The same in a lane of choice.
///
/// # Errors
/// As [`blocking`].
pub async fn blocking_in<T, F>(lane: Lane, call: F) -> Result<T, Failure>
where
    F: FnOnce() -> Result<T, ServiceError> + Send + 'static,
    T: Send + 'static,
{
    run(Room::in_lane(lane)?, call).await?.map_err(Failure::from)
}

/// Runs a call in the caller's lane and gives what it came to.
///
/// # Errors
/// [`Failure::unavailable`] where too much waits; a call that did not come to its end.
pub async fn run_blocking<T, F>(call: F) -> Result<T, Failure>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    run(Room::take()?, call).await
}

async fn run<T, F>(room: Room, call: F) -> Result<T, Failure>
where
    F: FnOnce() -> T + Send + 'static,
    T: Send + 'static,
{
    let lanes = CALLER.try_with(|caller| caller.lanes.clone()).ok();
    let held = match (&lanes, room.inside) {
        (Some(lanes), Some(inside)) => Some(lanes.track(room.lane).enter(inside).await?),
        _ => None,
    };
    let done = tokio::task::spawn_blocking(move || {
        let result = call();
        // Whoever asked may have gone meanwhile; the lane is free only now.
        drop(held);
        result
    });
    done.await.map_err(|error| {
        tracing::error!(%error, "a call did not come to its end");
        Failure::server_error()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn room_is_there_before_an_answer_or_not_at_all() {
        let lanes = Lanes { strangers: Track::new(1, 1, 5), ..Lanes::default() };
        let caller = Caller { lanes: Arc::new(lanes), place: None, known: Arc::default() };
        let taken = CALLER.scope(caller.clone(), async { [Room::take(), Room::take(), Room::take()] }).await;
        let [first, second, third] = taken;
        assert_eq!(third.err().map(|failure| failure.code()), Some("unavailable"));
        for room in [first, second].into_iter().flatten() {
            let done = CALLER.scope(caller.clone(), room.blocking(|| Ok(7))).await;
            assert!(matches!(done, Ok(7)));
        }
        assert!(CALLER.scope(caller, async { Room::take() }).await.is_ok(), "it is free again");
    }
}
