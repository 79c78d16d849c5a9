//! What crosses as values between a wallet and its shell; for names and units see [`crate::records`].

mod invitation;
mod message;

pub use invitation::{Invitation, InvitationMade, NewInvitation, OwnInvitations};
pub use message::{MemberMessage, OwnMessages};

use gatehouse_core::{
    decision::Verdict,
    device::{self, CodeSource, LockAfter},
    wire,
};

use crate::records::{millis, seconds, whole};

/// The organisation that the wallet belongs to now.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Joined {
    /// The organisation's name.
    pub organisation: String,
    /// Its code.
    pub org: String,
    /// The server's address.
    pub server: String,
}

impl From<device::Joined> for Joined {
    fn from(joined: device::Joined) -> Self {
        Self { organisation: joined.organisation, org: joined.org.to_string(), server: joined.server }
    }
}

/// A one-time code is on its way, if the address is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct CodeSent {
    /// Seconds until another may be asked for.
    pub resend_in_s: i64,
    /// Seconds for which it is good.
    pub good_for_s: i64,
}

impl From<device::CodeSent> for CodeSent {
    fn from(sent: device::CodeSent) -> Self {
        Self { resend_in_s: whole(sent.resend_in_s), good_for_s: whole(sent.good_for_s) }
    }
}

/// A member is signed in.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MemberSignedIn {
    /// Who.
    pub person: String,
    /// Their name.
    pub name: String,
    /// `owner`, `admin`, `guard` or `member`.
    pub role: String,
}

impl From<device::MemberSignedIn> for MemberSignedIn {
    fn from(signed_in: device::MemberSignedIn) -> Self {
        Self { person: signed_in.person.to_string(), name: signed_in.name, role: signed_in.role }
    }
}

/// A code to show.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WalletCode {
    /// The text of the QR, for [`crate::draw_code`].
    pub text: String,
    /// Where it comes from.
    pub source: CodeSource,
    /// When it was made.
    pub issued_at_s: i64,
    /// The first second in which it must not be shown any more.
    pub expires_at_s: i64,
    /// Seconds until then, for the countdown.
    pub seconds_left: i64,
    /// Seconds after which to ask for the next.
    pub refresh_in_s: i64,
}

impl From<device::WalletCode> for WalletCode {
    fn from(code: device::WalletCode) -> Self {
        Self {
            text: code.text,
            source: code.source,
            issued_at_s: seconds(code.issued_at),
            expires_at_s: seconds(code.expires_at),
            seconds_left: whole(code.seconds_left),
            refresh_in_s: whole(code.refresh_in_s),
        }
    }
}

/// A code as modules, with its quiet zone.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CodePicture {
    /// Modules in a row and in a column.
    pub side: u32,
    /// A byte for each module, row after row: 0 is dark, 255 light.
    pub luma: Vec<u8>,
}

/// Whether an invalidation has reached the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq, uniffi::Record)]
pub struct Invalidated {
    /// Whether the server knows. If not, gates still take earlier codes, and the wallet tells it first thing next time.
    pub done: bool,
    /// Every code issued before this fails, once the server knows.
    pub before_s: Option<i64>,
}

impl From<device::Invalidated> for Invalidated {
    fn from(invalidated: device::Invalidated) -> Self {
        Self { done: invalidated.done, before_s: invalidated.before.map(seconds) }
    }
}

/// How the lock stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LockState {
    /// The member's choice.
    pub after: LockAfter,
    /// Whether the app must be unlocked before it shows anything.
    pub locked: bool,
    /// Milliseconds until it locks itself, once the app was left.
    pub locks_in_ms: Option<i64>,
}

impl From<device::LockState> for LockState {
    fn from(lock: device::LockState) -> Self {
        Self { after: lock.after, locked: lock.locked, locks_in_ms: lock.locks_in_ms.map(whole) }
    }
}

/// How the wallet stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WalletStatus {
    /// The organisation's code.
    pub org: Option<String>,
    /// The organisation's name.
    pub organisation: Option<String>,
    /// The server's address.
    pub server: Option<String>,
    /// The member who is signed in.
    pub person: Option<String>,
    /// Their name.
    pub name: Option<String>,
    /// The role.
    pub role: Option<String>,
    /// Until when the kept code is good, if it still is.
    pub code_until_s: Option<i64>,
    /// Until when codes can be minted without a network, if they can.
    pub offline_until_s: Option<i64>,
    /// Whether the server is still to be told of an invalidation.
    pub invalidation_pending: bool,
    /// Every code issued before this was invalidated, by an admin or here, as far as this phone has heard.
    pub invalidated_before_s: Option<i64>,
    /// The app's lock.
    pub lock: LockState,
    /// Whether the time is the server's.
    pub clock_trusted: bool,
    /// The time by which the wallet goes.
    pub now_ms: i64,
}

impl From<device::WalletStatus> for WalletStatus {
    fn from(status: device::WalletStatus) -> Self {
        Self {
            org: status.org.map(|org| org.to_string()),
            organisation: status.organisation,
            server: status.server,
            person: status.person.map(|person| person.to_string()),
            name: status.name,
            role: status.role,
            code_until_s: status.code_until.map(seconds),
            offline_until_s: status.offline_until.map(seconds),
            invalidation_pending: status.invalidation_pending,
            invalidated_before_s: status.invalidated_before.map(seconds),
            lock: status.lock.into(),
            clock_trusted: status.clock_trusted,
            now_ms: millis(status.now),
        }
    }
}

/// One use of one's own code.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecentEntry {
    /// The scan.
    pub event: String,
    /// Where.
    pub site: u32,
    /// The site's name.
    pub site_name: String,
    /// When.
    pub at_ms: i64,
    /// Whether this phone had minted the code itself.
    pub offline_code: bool,
    /// What the check said.
    pub verdict: Option<Verdict>,
    /// Granted or denied; nothing if the guard has not decided.
    pub granted: Option<bool>,
}

impl From<wire::MyEntry> for RecentEntry {
    fn from(entry: wire::MyEntry) -> Self {
        Self {
            event: entry.event.to_string(),
            site: entry.site.get(),
            site_name: entry.site_name,
            at_ms: millis(entry.at),
            offline_code: entry.offline_code,
            verdict: entry.verdict,
            granted: entry.granted,
        }
    }
}

/// Where and when the member's codes were used.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecentEntries {
    /// Newest first.
    pub entries: Vec<RecentEntry>,
    /// When the server said so; nothing if it was never asked.
    pub as_of_ms: Option<i64>,
    /// How old that is; nothing also where the device's time cannot be trusted.
    pub age_ms: Option<i64>,
    /// Whether the server answered just now.
    pub live: bool,
}

impl From<device::RecentEntries> for RecentEntries {
    fn from(recent: device::RecentEntries) -> Self {
        Self {
            entries: recent.entries.into_iter().map(RecentEntry::from).collect(),
            as_of_ms: recent.as_of.map(millis),
            age_ms: recent.age_ms.map(whole),
            live: recent.live,
        }
    }
}
