//! Sessions: who a token belongs to, over which channel it is good, and how it ends.

mod budget;
pub mod code;
mod failure;
pub mod link;

pub use failure::Alarm;

use std::{collections::HashSet, sync::PoisonError, thread};

use gatehouse_core::{
    id::{DeviceId, PersonId},
    role::Role,
    time::UnixMillis,
    words::Language,
};
use rusqlite::Connection;
use serde_json::json;

use super::{Principal, Scope, Service, ServiceError, audit};
use crate::{
    secrets::{TokenKind, new_token, random},
    store::{
        OrgId, Tx, account, device, link as links, one_time_code, person, session,
        session::{Session, SessionId, SessionKind},
    },
};

/// How long until another code may be sent, and in what time all wrong tries are forgotten. Milliseconds.
pub(super) const RESEND_MS: u64 = 30_000;
pub(super) const TRIES_MS: u64 = budget::TRIES.whole_ms();
/// How long a link to sign in is good for. Milliseconds.
pub(super) const LINK_LIFE_MS: u64 = 30 * 60_000;
/// How long a browser stays signed in. Milliseconds.
const BROWSER_LIFE_MS: u64 = 12 * 3_600_000;
/// How long a phone or station stays signed in. Milliseconds.
const GUARD_LIFE_MS: u64 = 30 * 86_400_000;
/// How much a session's last use may have grown older before it is noted anew. Milliseconds.
const USE_NOTED_MS: u64 = 3_600_000;

/// How a session's secret came: what was made for one way is worth nothing on another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Channel {
    /// In a browser's cookie.
    Cookie,
    /// As a bearer token of the API.
    Bearer,
}

impl Channel {
    /// Whether sessions of this kind are good here.
    const fn takes(self, kind: SessionKind) -> bool {
        match kind {
            SessionKind::Browser => matches!(self, Self::Cookie),
            SessionKind::Api | SessionKind::Guard => matches!(self, Self::Bearer),
        }
    }
}

/// Someone who is signed in.
#[derive(Debug, Clone)]
pub struct SignedIn {
    /// For whom calls are made.
    pub scope: Scope,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Their role.
    pub role: Role,
    /// The device that the session is tied to.
    pub device: Option<DeviceId>,
    /// What the session is for.
    pub kind: SessionKind,
    /// What the session is called in lists.
    pub session: SessionId,
    /// The language that they chose.
    pub language: Option<Language>,
}

/// A browser's new session.
#[derive(Debug, Clone)]
pub struct BrowserSession {
    /// The cookie's value.
    pub token: String,
    /// How long it lasts, in seconds.
    pub seconds: u64,
    /// Who has signed in.
    pub signed_in: SignedIn,
}

impl Service {
    /// Who a session's token belongs to, as things stand now.
    ///
    /// # Errors
    /// [`ServiceError::Unauthorized`], also for what was made for another channel; [`ServiceError::DeviceRevoked`].
    pub fn session(&self, token: &str, channel: Channel) -> Result<SignedIn, ServiceError> {
        let hash = TokenKind::Session.hash(token).ok_or(ServiceError::Unauthorized)?;
        let now = self.now();
        let (session, signed_in) = self.store.read(|db| {
            let session = session::get(db, &hash, now)?.filter(|session| channel.takes(session.kind));
            let session = session.ok_or(ServiceError::Unauthorized)?;
            if let Some(id) = session.device {
                let device = device::get(db, session.org, id)?.ok_or(ServiceError::Unauthorized)?;
                if device.revoked_at.is_some() {
                    return Err(ServiceError::DeviceRevoked);
                }
            }
            let signed_in = who(db, &session)?.ok_or(ServiceError::Unauthorized)?;
            Ok((session, signed_in))
        })?;
        self.note_use(&session, now);
        Ok(signed_in)
    }

    /// Notes once an hour that a browser or script was there, beside the request: nobody waits for it.
    fn note_use(&self, session: &Session, now: UnixMillis) {
        let noted = session.used_at.is_some_and(|used| now.get().abs_diff(used.get()) < USE_NOTED_MS);
        let (org, id, service) = (session.org, session.id, self.clone());
        let busy = move |service: &Self, change: fn(&mut HashSet<SessionId>, SessionId) -> bool| {
            change(&mut service.noting.lock().unwrap_or_else(PoisonError::into_inner), id)
        };
        if noted || session.kind == SessionKind::Guard || !busy(self, HashSet::insert) {
            return;
        }
        let note = move || {
            let written: Result<(), ServiceError> =
                service.store.write(move |tx| Ok(session::used(tx, org, id, now)?));
            if let Err(error) = written {
                tracing::warn!(%error, "the last use of a session could not be noted");
            }
            busy(&service, |noting, id| noting.remove(&id));
        };
        // Without a thread to be had it is noted another time.
        if thread::Builder::new().spawn(note).is_err() {
            self.noting.lock().unwrap_or_else(PoisonError::into_inner).remove(&id);
        }
    }

    /// Ends a session. Asked twice, it has ended.
    pub fn sign_out(&self, token: &str, channel: Channel) -> Result<(), ServiceError> {
        let Some(hash) = TokenKind::Session.hash(token) else { return Ok(()) };
        let now = self.now();
        self.store.write(move |tx| {
            let session = session::get(tx, &hash, now)?.filter(|session| channel.takes(session.kind));
            let Some(session) = session else { return Ok(()) };
            session::end(tx, session.org, session.id)?;
            let scope = Scope::person(session.org, session.person, Role::Member);
            let (subject, detail) = (session.person.to_string(), json!({ "session": session.kind.word() }));
            audit::note(tx, &scope, "session.end", &subject, &detail, now)
        })
    }

    /// The scope of a device by its token.
    ///
    /// # Errors
    /// [`ServiceError::Unauthorized`], [`ServiceError::DeviceRevoked`].
    pub fn device_scope(&self, token: &str) -> Result<Scope, ServiceError> {
        let hash = TokenKind::Device.hash(token).ok_or(ServiceError::Unauthorized)?;
        let device = self.store.read(|db| device::by_token(db, &hash))?.ok_or(ServiceError::Unauthorized)?;
        if device.revoked_at.is_some() {
            return Err(ServiceError::DeviceRevoked);
        }
        Ok(Scope { org: device.org, principal: Principal::Device(device.id), role: None })
    }
}

/// A session about to begin: its row, its token and the token's hash.
struct Fresh {
    id: SessionId,
    token: String,
    hash: [u8; 32],
}

impl Fresh {
    fn new() -> Result<Self, ServiceError> {
        let (token, hash) = new_token(TokenKind::Session)?;
        Ok(Self { id: SessionId(random()?), token, hash })
    }

    /// Begins the session, and says who is signed in by it; nothing for someone who may not be.
    fn begin(
        &self,
        tx: &Tx<'_>,
        (org, person): (OrgId, PersonId),
        device: Option<DeviceId>,
        kind: SessionKind,
        now: UnixMillis,
    ) -> Result<Option<SignedIn>, ServiceError> {
        let life = if kind == SessionKind::Browser { BROWSER_LIFE_MS } else { GUARD_LIFE_MS };
        let session = Session {
            id: self.id,
            org,
            person,
            device,
            kind,
            name: String::new(),
            created_at: now,
            expires_at: now.plus(life),
            used_at: None,
        };
        let Some(signed_in) = who(tx, &session)? else { return Ok(None) };
        session::add(tx, &self.hash, &session)?;
        account::signed_in(tx, org, person, now)?;
        let detail = json!({ "session": kind.word(), "device": device });
        audit::note(tx, &signed_in.scope, "session.begin", &person.to_string(), &detail, now)?;
        Ok(Some(signed_in))
    }
}

/// Ends all by which a person gets in: sessions, API tokens, links and one-time codes.
pub(super) fn end_access(tx: &Tx<'_>, org: OrgId, id: PersonId) -> Result<usize, ServiceError> {
    links::end(tx, org, id)?;
    if let Some(identity) = account::of_person(tx, org, id)? {
        one_time_code::drop_all(tx, identity)?;
    }
    Ok(session::end_all(tx, org, id)?)
}

fn tied_to(device: Option<&Scope>) -> Option<(OrgId, DeviceId)> {
    match device {
        Some(Scope { org, principal: Principal::Device(device), .. }) => Some((*org, *device)),
        _ => None,
    }
}

fn who(db: &Connection, session: &Session) -> Result<Option<SignedIn>, ServiceError> {
    let found = person::get(db, session.org, session.person)?.filter(person::Person::is_active);
    Ok(found.and_then(|found| {
        let role = found.role?;
        // Work at a gate is done on a station that an admin enrolled. On their own phone everybody is a member: what
        // is stolen with it opens nothing more.
        // An admin at a station is a guard there: what a station holds must not rule the organisation.
        let role = match (session.kind, session.device) {
            (SessionKind::Guard, None) => role.min(Role::Member),
            (SessionKind::Guard, Some(_)) => role.min(Role::Guard),
            _ => role,
        };
        Some(SignedIn {
            scope: Scope::person(session.org, found.id, role),
            person: found.id,
            name: found.name,
            role,
            device: session.device,
            kind: session.kind,
            session: session.id,
            language: found.language,
        })
    }))
}
