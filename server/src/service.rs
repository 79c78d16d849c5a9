//! What the server does: each call takes a [`Scope`] that says for whom and within which organisation.
//!
//! Calls block on the database; async code runs them on a thread for blocking work. Codes, journals and verdicts are
//! judged by the core; here they are only brought together with what the database knows.
//!
//! A call begins with whether the scope may make it. One that says nothing of its errors fails as the database does.

pub mod activity;
mod against;
mod audit;
pub mod auth;
pub mod bans;
mod claims;
pub mod clock;
pub mod dashboard;
pub mod enrol;
pub mod erasure;
pub mod faces;
pub mod gatepack;
mod hindsight;
pub mod ingest;
pub mod invitations;
pub mod issue;
pub mod journals;
pub mod judgements;
pub mod keyring;
pub mod messages;
pub mod organisations;
pub mod people;
pub mod photos;
pub mod policy;
mod project;
pub mod quota;
mod revoked_devices;
pub mod shifts;
pub mod sites;
mod succession;
mod suggest;
pub mod tokens;
pub mod verify;
pub mod wallet;

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
    time::Duration,
};

use gatehouse_core::{
    address::Address,
    id::{DeviceId, PersonId},
    role::Role,
    time::{UnixMillis, UnixSeconds},
    words::Language,
};

use crate::{
    clock::Clock,
    secrets::SecretError,
    store::{OrgId, Store, StoreError, session::SessionId, setting},
    words,
};

/// Why the server did not do what was asked. Every variant has a stable code.
#[derive(Debug, thiserror::Error)]
pub enum ServiceError {
    /// Nobody has signed in, or no longer.
    #[error("sign in first")]
    Unauthorized,
    /// The device was revoked.
    #[error("this device was revoked; enrol it again")]
    DeviceRevoked,
    /// Not with this role.
    #[error("your role does not allow this")]
    Forbidden,
    /// The guard is not assigned to the site.
    #[error("not assigned to this site")]
    NotAssigned,
    /// A member on a station.
    #[error("this is a guards' station; members sign in on their own phone")]
    NotAGuard,
    /// Work at a gate, not from a station.
    #[error("work at a gate is done on an enrolled phone or station, by a guard who signed in there")]
    NotAtStation,
    /// Not here, or another organisation's.
    #[error("there is no such {0}")]
    NotFound(&'static str),
    /// Not here, with what is.
    #[error("there is no {what} {asked}; {hint}")]
    NoneSuch {
        /// What was asked for.
        what: &'static str,
        /// By which name.
        asked: String,
        /// What there is instead.
        hint: String,
    },
    /// What was sent does not make sense.
    #[error("{0}")]
    BadRequest(&'static str),
    /// One field of what was sent.
    #[error("{message}")]
    Invalid {
        /// The field.
        field: &'static str,
        /// The stable code.
        code: &'static str,
        /// One line for a person.
        message: &'static str,
    },
    /// One field of what was sent is beyond a limit that the organisation set, which the sentence names.
    #[error("{message}")]
    BeyondLimit {
        /// The field; nothing where it is what is there already.
        field: Option<&'static str>,
        /// The stable code.
        code: &'static str,
        /// One line for a person.
        message: String,
    },
    /// The enrolment code is unknown, used or too old.
    #[error("the enrolment code is unknown, used or too old; ask for a new one")]
    EnrolmentCodeInvalid,
    /// The one-time code is wrong or too old.
    #[error("the code is wrong or too old")]
    CodeInvalid,
    /// Too many calls or tries.
    #[error("too many tries; wait {} before the next one", wait_text(*wait))]
    TooManyTries {
        /// Until the next one is allowed.
        wait: Duration,
    },
    /// A device has sent as much as it may for now.
    #[error("this device has sent as much as it may for now; the rest waits on it and goes on later")]
    QuotaReached {
        /// Until it is worth asking again.
        wait: Duration,
    },
    /// What is sent as a photo is none.
    #[error("these bytes are not the beginning of a JPEG picture")]
    NoPicture,
    /// Another code, too soon after the last one.
    #[error("a code was made a moment ago, use that one; another can be made in {}", wait_text(*wait))]
    ResendTooSoon {
        /// Until another may be made.
        wait: Duration,
    },
    /// Something else is there already, or has happened.
    #[error("{message}")]
    Conflict {
        /// The stable code.
        code: &'static str,
        /// One line for a person.
        message: &'static str,
    },
    /// To be asked again at this time.
    #[error("ask again in a second")]
    NotBefore(UnixSeconds),
    /// No entry of the organisation names the photo.
    #[error("no entry names this photo")]
    PhotoUnknown,
    /// The photo's bytes do not have its hash.
    #[error("the photo's bytes do not have that hash; send it again from the start")]
    PhotoMismatch,
    /// More of the photo, or less, is there than the sender thinks.
    #[error("the photo goes on at another offset")]
    PhotoOffset(crate::store::photo::Progress),
    /// The database's word.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A value that the core does not sign or draw.
    #[error("{0}")]
    Core(String),
}

impl ServiceError {
    /// The stable code.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Unauthorized => "unauthorized",
            Self::DeviceRevoked => "device_revoked",
            Self::Forbidden => "forbidden",
            Self::NotAssigned => "not_assigned",
            Self::NotAGuard => "not_a_guard",
            Self::NotAtStation => "not_at_station",
            Self::NotFound(_) | Self::NoneSuch { .. } => "not_found",
            Self::BadRequest(_) => "bad_request",
            Self::Invalid { code, .. } | Self::BeyondLimit { code, .. } | Self::Conflict { code, .. } => code,
            Self::EnrolmentCodeInvalid => "enrolment_code_invalid",
            Self::CodeInvalid => "code_invalid",
            Self::TooManyTries { .. } => "too_many_tries",
            Self::QuotaReached { .. } => "quota_reached",
            Self::NoPicture => "no_picture",
            Self::Store(StoreError::DiskFull) => "disk_full",
            Self::ResendTooSoon { .. } => "resend_too_soon",
            Self::NotBefore(_) | Self::PhotoOffset(_) => "conflict",
            Self::PhotoUnknown => "photo_unknown",
            Self::PhotoMismatch => "photo_mismatch",
            Self::Store(error) if error.is_passing() => "unavailable",
            Self::Store(_) | Self::Core(_) => "server_error",
        }
    }
}

/// A wait as people say it.
fn wait_text(wait: Duration) -> String {
    Language::English.say_bare(&words::wait(wait))
}

impl ServiceError {
    /// Too many tries; so many milliseconds until the next.
    const fn wait_ms(wait_ms: u64) -> Self {
        Self::TooManyTries { wait: Duration::from_millis(wait_ms) }
    }
}

impl From<rusqlite::Error> for ServiceError {
    fn from(error: rusqlite::Error) -> Self {
        Self::Store(error.into())
    }
}

impl From<SecretError> for ServiceError {
    fn from(error: SecretError) -> Self {
        Self::Store(error.into())
    }
}

/// Who asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Principal {
    /// A person, signed in or by an API token.
    Person(PersonId),
    /// A device by its own token.
    Device(DeviceId),
    /// Whoever can read the data directory: the command line and the server itself.
    Local,
}

/// For whom and within which organisation a call is made. Nothing outside the organisation can be seen or changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Scope {
    /// The organisation.
    pub org: OrgId,
    /// Who asks.
    pub principal: Principal,
    /// The person's role; devices have none.
    pub role: Option<Role>,
}

impl Scope {
    /// The scope of the command line and of the server itself: everything within one organisation.
    #[must_use]
    pub const fn local(org: OrgId) -> Self {
        Self { org, principal: Principal::Local, role: Some(Role::Owner) }
    }

    /// The scope of a person.
    #[must_use]
    pub const fn person(org: OrgId, person: PersonId, role: Role) -> Self {
        Self { org, principal: Principal::Person(person), role: Some(role) }
    }

    /// Goes on only with this role or a higher one.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn require(&self, role: Role) -> Result<(), ServiceError> {
        if self.role >= Some(role) { Ok(()) } else { Err(ServiceError::Forbidden) }
    }

    /// Goes on only for a device that is enrolled, or for an admin.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn require_device(&self) -> Result<(), ServiceError> {
        match self.principal {
            Principal::Device(_) => Ok(()),
            Principal::Person(_) | Principal::Local => self.require(Role::Admin),
        }
    }

    /// Goes on only for the person themselves, or for an admin.
    ///
    /// # Errors
    /// [`ServiceError::Forbidden`].
    pub fn require_self(&self, person: PersonId) -> Result<(), ServiceError> {
        if self.person_id() == Some(person) { Ok(()) } else { self.require(Role::Admin) }
    }

    /// The person who asks, if it is one.
    #[must_use]
    pub const fn person_id(&self) -> Option<PersonId> {
        match self.principal {
            Principal::Person(person) => Some(person),
            Principal::Device(_) | Principal::Local => None,
        }
    }
}

/// How long things are good for. Seconds.
#[derive(Debug, Clone, Copy)]
pub struct Settings {
    /// Until a phone should fetch the next gate pack.
    pub pack_next_update_s: u64,
    /// Until a gate pack counts as expired.
    pub pack_hard_expiry_s: u64,
    /// A member's access ID.
    pub member_pass_s: u64,
    /// The certificate of a member's phone; what a pass of that kind may live at most is not exceeded.
    pub member_certificate_s: u64,
    /// A reservation of a code's use.
    pub reservation_s: u64,
    /// What one device may send.
    pub quota: quota::Quota,
    /// What is left free on the disk.
    pub reserve: quota::Reserve,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            pack_next_update_s: 3600,
            pack_hard_expiry_s: 72 * 3600,
            member_pass_s: 120,
            member_certificate_s: 7 * 86_400,
            reservation_s: 120,
            quota: quota::Quota::default(),
            reserve: quota::Reserve::default(),
        }
    }
}

/// The server's rules on one database. Cheap to clone.
#[derive(Clone)]
pub struct Service {
    store: Store,
    clock: Clock,
    settings: Settings,
    watch: Arc<clock::Watch>,
    rings: Arc<Mutex<HashMap<OrgId, Arc<keyring::Keyring>>>>,
    /// Sessions whose last use is being noted.
    noting: Arc<Mutex<HashSet<SessionId>>>,
    /// Held while a photo's file changes.
    photos: Arc<Mutex<()>>,
}

impl Service {
    /// The rules on `store`, by the machine's clock.
    #[must_use]
    pub fn new(store: Store) -> Self {
        Self {
            store,
            clock: Clock::System,
            settings: Settings::default(),
            watch: Arc::default(),
            rings: Arc::default(),
            noting: Arc::default(),
            photos: Arc::default(),
        }
    }

    /// The same by another clock.
    #[must_use]
    pub fn with_clock(&self, clock: Clock) -> Self {
        Self { clock, watch: Arc::default(), rings: Arc::default(), ..self.clone() }
    }

    /// The same with other settings.
    #[must_use]
    pub fn with_settings(&self, settings: Settings) -> Self {
        Self { settings, ..self.clone() }
    }

    /// The database.
    #[must_use]
    pub const fn store(&self) -> &Store {
        &self.store
    }

    /// The settings.
    #[must_use]
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Notes the public address that an admin chose. It stays until another is chosen.
    pub fn choose_public_url(&self, url: &Address) -> Result<(), ServiceError> {
        let url = url.as_str().to_owned();
        self.store.write(move |tx| Ok(setting::set_public_url(tx, &url)?))
    }

    /// Notes where the server listens, for the codes that the command line makes while no address is chosen.
    pub fn note_listen_url(&self, url: &str) -> Result<(), ServiceError> {
        let url = url.to_owned();
        self.store.write(move |tx| Ok(setting::set_listen_url(tx, &url)?))
    }

    /// The public address that an admin chose.
    pub fn chosen_url(&self) -> Result<Option<String>, ServiceError> {
        self.store.read(|db| Ok(setting::public_url(db)?))
    }

    /// The address under which phones and people find the server: the one that was chosen, or else where it last
    /// listened.
    pub fn public_url(&self) -> Result<Option<String>, ServiceError> {
        self.store.read(|db| match setting::public_url(db)? {
            Some(chosen) => Ok(Some(chosen)),
            None => Ok(setting::listen_url(db)?),
        })
    }

    /// Forgets some of what is past its time; false where there may be more.
    pub fn prune(&self) -> Result<bool, ServiceError> {
        let Some(by) = self.time_to_forget_by()? else { return Ok(true) };
        Ok(self.store.prune(by)?)
    }

    /// The server's time. Where that went back since it was last asked for, what was written in the future is taken
    /// back first.
    #[must_use]
    pub fn now(&self) -> UnixMillis {
        let now = self.clock.now();
        self.notice_clock(now);
        now
    }

    /// The server's time for work on the writer's own thread, which cannot wait for itself.
    fn time_in_writer(&self) -> UnixMillis {
        self.clock.now()
    }
}
