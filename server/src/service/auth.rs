//! Signing in: one-time codes, links, sessions, and who a token belongs to.

use gatehouse_core::{
    id::{DeviceId, OrgCode, PersonId},
    role::Role,
    time::{Span, UnixMillis},
    wire::{SignInAnswer, SignInRequest},
};
use subtle::ConstantTimeEq;

use super::{Principal, Scope, Service, ServiceError, people};
use crate::{
    secrets::{TokenKind, new_token, random_text},
    store::{
        OrgId, Store, Tx, account, device, organisation, person, session,
        session::{Session, SessionKind},
    },
};

/// How long a one-time code is good for. Milliseconds.
const CODE_LIFE_MS: u64 = 10 * 60_000;
/// How long until another code may be sent. Milliseconds.
pub(super) const RESEND_MS: u64 = 30_000;
/// Wrong tries that a code bears.
const MOST_TRIES: u32 = 5;
/// Wrong tries that an account bears in [`TRIES_MS`], whichever codes they were for.
const MOST_ACCOUNT_TRIES: u32 = 20;
pub(super) const TRIES_MS: u64 = 3_600_000;
/// How long a link to sign in is good for. Milliseconds.
pub(super) const LINK_LIFE_MS: u64 = 30 * 60_000;
/// How long a browser stays signed in. Milliseconds.
const BROWSER_LIFE_MS: u64 = 12 * 3_600_000;
/// How long a phone or station stays signed in. Milliseconds.
const GUARD_LIFE_MS: u64 = 30 * 86_400_000;

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
    /// Makes a one-time code for an address that can sign in. Nothing where it can't, or where one was sent less than
    /// 30 s ago. Callers must not let the difference show.
    ///
    /// # Errors
    /// The database's.
    pub fn request_code(&self, typed: &str) -> Result<Option<String>, ServiceError> {
        self.request_code_on(typed, None)
    }

    /// As [`Self::request_code`], asked for on an enrolled device: the code is that device's, and asking elsewhere
    /// replaces it as little as guessing elsewhere uses its tries up.
    ///
    /// # Errors
    /// The database's.
    pub fn request_code_on(
        &self,
        typed: &str,
        device: Option<&Scope>,
    ) -> Result<Option<String>, ServiceError> {
        let Ok(email) = people::email(typed) else { return Ok(None) };
        let (code, now, store) = (random_text(b"0123456789", 6)?, self.now(), self.store.clone());
        let tied = tied_to(device);
        self.store.write(move |tx| {
            let Some(identity) = account::find(tx, &email)? else { return Ok(None) };
            if choose(tx, identity, tied.map(|(org, _)| org))?.is_none() {
                return Ok(None);
            }
            let asker = tied.map(|(_, device)| device);
            let last = account::code(tx, identity, asker)?;
            if last.is_some_and(|last| Span::new(last.sent_at, RESEND_MS).counts(now)) {
                return Ok(None);
            }
            let mac = store.master().code_mac(identity, &code);
            let expires_at = now.plus(CODE_LIFE_MS);
            let row = account::CodeRow { mac, tries: 0, sent_at: now, expires_at };
            account::set_code(tx, identity, asker, &row)?;
            Ok(Some(code))
        })
    }

    /// Signs someone in on a phone or station. With the device, the session is tied to it and to its organisation, and
    /// good for work at a gate; else the organisation that the request names counts, and the session is a member's.
    ///
    /// # Errors
    /// [`ServiceError::CodeInvalid`], for an unknown address and after too many tries too.
    pub fn sign_in(
        &self,
        request: &SignInRequest,
        device: Option<&Scope>,
    ) -> Result<SignInAnswer, ServiceError> {
        let tied = tied_to(device);
        let wanted = request.org.as_ref();
        let (token, signed_in) =
            self.try_code(&request.email, &request.code, tied, wanted, SessionKind::Guard)?;
        Ok(SignInAnswer {
            token,
            person: signed_in.person,
            name: signed_in.name,
            role: signed_in.role.word().to_owned(),
            server_time: self.now(),
        })
    }

    /// Signs someone in at the dashboard by a one-time code.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub fn sign_in_browser(&self, email: &str, code: &str) -> Result<BrowserSession, ServiceError> {
        let (token, signed_in) = self.try_code(email, code, None, None, SessionKind::Browser)?;
        Ok(BrowserSession { token, seconds: BROWSER_LIFE_MS / 1000, signed_in })
    }

    fn try_code(
        &self,
        typed: &str,
        code: &str,
        tied: Option<(OrgId, DeviceId)>,
        wanted: Option<&OrgCode>,
        kind: SessionKind,
    ) -> Result<(String, SignedIn), ServiceError> {
        let email = people::email(typed).map_err(|_| ServiceError::CodeInvalid)?;
        let (code, now, store) = (code.trim().to_owned(), self.now(), self.store.clone());
        let (token, hash) = new_token(TokenKind::Session)?;
        let wanted = wanted.cloned();
        // A wrong try must be committed, so it is no error in here.
        let tried = self.store.write(move |tx| {
            let tries = Tries { since: Span::starts(now, TRIES_MS), now };
            let Some(identity) = account::find(tx, &email)? else {
                // The same work and the same write as for a wrong code: time must not tell who is known.
                let _ = store.master().code_mac(0, &code);
                account::count_stray(tx)?;
                return Ok(None);
            };
            if !is_right(tx, &store, identity, tied.map(|(_, device)| device), &code, tries)? {
                return Ok(None);
            }
            account::drop_code(tx, identity)?;
            let only = match (tied, &wanted) {
                (Some((org, _)), _) => Some(org),
                (None, Some(code)) => match organisation::by_code(tx, code)? {
                    Some(found) => Some(found.id),
                    None => return Ok(None),
                },
                (None, None) => None,
            };
            let Some((org, person)) = choose(tx, identity, only)? else { return Ok(None) };
            let life = if kind == SessionKind::Browser { BROWSER_LIFE_MS } else { GUARD_LIFE_MS };
            let device = tied.map(|(_, device)| device);
            let session = Session { org, person, device, kind, expires_at: now.plus(life) };
            session::add(tx, &hash, &session, now)?;
            account::signed_in(tx, org, person, now)?;
            who(tx, &session)
        })?;
        Ok((token, tried.ok_or(ServiceError::CodeInvalid)?))
    }

    /// A one-time token for a link that signs a person in at the dashboard.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it; an unknown person.
    pub fn sign_in_link(&self, scope: &Scope, id: PersonId) -> Result<String, ServiceError> {
        scope.require(Role::Admin)?;
        scope.require(self.person(scope, id)?.role.ok_or(ServiceError::NotFound("user"))?)?;
        let (org, now) = (scope.org, self.now());
        let (token, hash) = new_token(TokenKind::Link)?;
        self.store.write(move |tx| account::add_link(tx, org, id, &hash, now.plus(LINK_LIFE_MS)))?;
        Ok(token)
    }

    /// Whom a link would sign in, and the organisation's name; nothing for one that was used or has lapsed.
    ///
    /// # Errors
    /// The database's.
    pub fn peek_link(&self, token: &str) -> Result<Option<(String, String)>, ServiceError> {
        let (Some(hash), now) = (TokenKind::Link.hash(token), self.now()) else { return Ok(None) };
        self.store.read(|db| {
            let Some((org, id)) = account::link(db, &hash, Span::ends(now, LINK_LIFE_MS))? else {
                return Ok(None);
            };
            let Some(person) = person::get(db, org, id)? else { return Ok(None) };
            Ok(Some((person.name, organisation::get(db, org)?.name)))
        })
    }

    /// Signs in by a link, once.
    ///
    /// # Errors
    /// [`ServiceError::CodeInvalid`] for one that was used or has lapsed.
    pub fn use_link(&self, link: &str) -> Result<BrowserSession, ServiceError> {
        let link = TokenKind::Link.hash(link).ok_or(ServiceError::CodeInvalid)?;
        let (now, (token, hash)) = (self.now(), new_token(TokenKind::Session)?);
        let signed_in = self.store.write(move |tx| {
            let (org, person) =
                account::link(tx, &link, Span::ends(now, LINK_LIFE_MS))?.ok_or(ServiceError::CodeInvalid)?;
            account::use_link(tx, &link, now)?;
            let expires_at = now.plus(BROWSER_LIFE_MS);
            let session = Session { org, person, device: None, kind: SessionKind::Browser, expires_at };
            session::add(tx, &hash, &session, now)?;
            account::signed_in(tx, org, person, now)?;
            who(tx, &session)?.ok_or(ServiceError::CodeInvalid)
        })?;
        Ok(BrowserSession { token, seconds: BROWSER_LIFE_MS / 1000, signed_in })
    }

    /// Who a session's token belongs to, as things stand now.
    ///
    /// # Errors
    /// [`ServiceError::Unauthorized`], [`ServiceError::DeviceRevoked`].
    pub fn session(&self, token: &str) -> Result<SignedIn, ServiceError> {
        let hash = TokenKind::Session.hash(token).ok_or(ServiceError::Unauthorized)?;
        let now = self.now();
        self.store.read(|db| {
            let session = session::get(db, &hash, now)?.ok_or(ServiceError::Unauthorized)?;
            if let Some(id) = session.device {
                let device = device::get(db, session.org, id)?.ok_or(ServiceError::Unauthorized)?;
                if device.revoked_at.is_some() {
                    return Err(ServiceError::DeviceRevoked);
                }
            }
            who(db, &session)?.ok_or(ServiceError::Unauthorized)
        })
    }

    /// Ends a session. Asked twice, it has ended.
    ///
    /// # Errors
    /// The database's.
    pub fn sign_out(&self, token: &str) -> Result<(), ServiceError> {
        let Some(hash) = TokenKind::Session.hash(token) else { return Ok(()) };
        self.store.write(move |tx| Ok(session::end(tx, &hash)?))
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

fn tied_to(device: Option<&Scope>) -> Option<(OrgId, DeviceId)> {
    match device {
        Some(Scope { org, principal: Principal::Device(device), .. }) => Some((*org, *device)),
        _ => None,
    }
}

/// When a code is tried, and since when earlier tries count.
#[derive(Clone, Copy)]
struct Tries {
    since: (UnixMillis, UnixMillis),
    now: UnixMillis,
}

/// Whether a code is one that was sent to the identity: on the device that asks, or without a device. A wrong one is
/// counted against all that it might have been; the tries of an account as a whole bind only those without a device,
/// so that nobody is kept out of work by strangers.
fn is_right(
    tx: &Tx<'_>,
    store: &Store,
    identity: i64,
    device: Option<DeviceId>,
    code: &str,
    Tries { since, now }: Tries,
) -> Result<bool, ServiceError> {
    let mac = store.master().code_mac(identity, code);
    let bears_more = account::tries(tx, identity, since)? < MOST_ACCOUNT_TRIES;
    // The device's own code first: that bears its own tries, whatever happens elsewhere.
    let mut right = false;
    for asker in device.map(Some).into_iter().chain([None]) {
        let row = account::code(tx, identity, asker)?;
        // Answered like any wrong code: whether the address is known must not show.
        let row = row.filter(|row| row.life().counts(now) && row.tries < MOST_TRIES);
        let row = row.filter(|_| asker.is_some() || bears_more);
        right |= row.is_some_and(|row| bool::from(mac.ct_eq(&row.mac)));
    }
    if !right {
        account::count_try(tx, identity, device, since, now)?;
    }
    Ok(right)
}

/// Where someone signs in: in the device's organisation, else where their role is highest. Only active people do.
fn choose(
    tx: &Tx<'_>,
    identity: i64,
    only: Option<OrgId>,
) -> Result<Option<(OrgId, PersonId)>, ServiceError> {
    for (org, id, _) in account::memberships(tx, identity)? {
        let fits = only.is_none_or(|only| only == org);
        if fits && person::get(tx, org, id)?.is_some_and(|person| person.is_active()) {
            return Ok(Some((org, id)));
        }
    }
    Ok(None)
}

fn who(db: &rusqlite::Connection, session: &Session) -> Result<Option<SignedIn>, ServiceError> {
    let found = person::get(db, session.org, session.person)?.filter(person::Person::is_active);
    Ok(found.and_then(|found| {
        let role = found.role?;
        // Work at a gate is done on a station that an admin enrolled. On their own phone everybody is a member: what
        // is stolen with it opens nothing more.
        let own_phone = session.kind == SessionKind::Guard && session.device.is_none();
        let role = if own_phone { role.min(Role::Member) } else { role };
        Some(SignedIn {
            scope: Scope::person(session.org, found.id, role),
            person: found.id,
            name: found.name,
            role,
            device: session.device,
            kind: session.kind,
        })
    }))
}
