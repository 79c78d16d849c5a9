//! Bodies of requests: how long they may be, and room for the large ones, which are read only for devices that have
//! shown who they are.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{DefaultBodyLimit, Request},
    http::{HeaderMap, header},
    middleware::{self, Next},
    response::{IntoResponse, Response},
};
use gatehouse_core::id::DeviceId;
use tokio::{
    sync::{OwnedSemaphorePermit, Semaphore},
    time::timeout,
};

use super::{App, Failure};
use crate::service::{Principal, Scope, ServiceError};

/// Largest body from whoever has not signed in.
pub const OPEN_LIMIT: usize = 8 << 10;
/// Largest body of any other request in JSON.
pub const JSON_LIMIT: usize = 64 << 10;
/// Largest piece of a photo.
pub const PIECE_LIMIT: usize = 1 << 20;
/// Largest body with journal entries.
pub const ENTRIES_LIMIT: usize = 4 << 20;

/// Kibibytes of large bodies that are in memory at once.
const ROOM_KIB: usize = 128 << 10;
/// Large bodies of one device at once: its entries and a piece of a photo.
const MOST_OF_ONE: usize = 2;
/// How long a large body waits for room.
const PATIENCE: Duration = Duration::from_secs(5);

/// Routes whose bodies have at most so many bytes.
pub fn limited(routes: Router<App>, limit: usize) -> Router<App> {
    routes
        .layer(DefaultBodyLimit::max(limit))
        .layer(middleware::from_fn(move |request, next| refuse_early(limit, request, next)))
}

/// Refuses a body that says itself that it is too long, before reading any of it.
async fn refuse_early(limit: usize, request: Request, next: Next) -> Response {
    if said_length(request.headers()).is_some_and(|length| length > limit as u64) {
        return Failure::too_large().into_response();
    }
    next.run(request).await
}

fn said_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(header::CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

/// Room for large bodies.
pub struct Room {
    kib: Arc<Semaphore>,
    of: Arc<Mutex<HashMap<DeviceId, usize>>>,
}

impl Default for Room {
    fn default() -> Self {
        Self { kib: Arc::new(Semaphore::new(ROOM_KIB)), of: Arc::default() }
    }
}

impl Room {
    /// Waits for room for a device's body, of the length that its headers say and of `most` bytes where they don't.
    ///
    /// # Errors
    /// Not a device; one that has too many bodies on their way; no room.
    pub async fn enter(&self, scope: &Scope, headers: &HeaderMap, most: usize) -> Result<BodyRoom, Failure> {
        let Principal::Device(device) = scope.principal else { return Err(ServiceError::Forbidden.into()) };
        let turn = self.turn(device)?;
        let length = said_length(headers).map_or(most, |length| usize::try_from(length).unwrap_or(most));
        let kib = u32::try_from(length.min(most).div_ceil(1 << 10)).unwrap_or(u32::MAX);
        let room = timeout(PATIENCE, self.kib.clone().acquire_many_owned(kib)).await;
        let room = room.map_err(|_| Failure::unavailable())?.map_err(|_| Failure::unavailable())?;
        Ok(BodyRoom { _turn: turn, _room: room })
    }

    fn turn(&self, device: DeviceId) -> Result<Turn, Failure> {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        let count = of.entry(device).or_default();
        if *count >= MOST_OF_ONE {
            return Err(ServiceError::TooManyTries { wait: Duration::ZERO }.into());
        }
        *count += 1;
        Ok(Turn { device, of: self.of.clone() })
    }
}

/// Room that a body has until this is dropped.
pub struct BodyRoom {
    _turn: Turn,
    _room: OwnedSemaphorePermit,
}

struct Turn {
    device: DeviceId,
    of: Arc<Mutex<HashMap<DeviceId, usize>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        let mut of = self.of.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = of.get_mut(&self.device) {
            *count -= 1;
            if *count == 0 {
                of.remove(&self.device);
            }
        }
    }
}
