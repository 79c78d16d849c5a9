//! Gatehouse's core for Kotlin and Swift, through UniFFI.
//!
//! It converts types and has no rule: whoever looks for one finds it in `gatehouse-core`. `README.md` beside this
//! crate tells what crosses, what blocks and which errors there are.

#![forbid(unsafe_code)]

mod error;
mod events;
mod platform;
mod records;
mod station;
mod wallet;
mod wallet_records;
mod words;

pub use error::{PlatformError, StationError, WalletError};
pub use events::{Notice, StationEvent, StationEvents};
pub use platform::{DeviceSigner, DeviceTime, SecretStore, TimeReading};
pub use records::{
    BanNotice, Check, CheckState, Decided, Enrolled, EntryKind, Erase, Erased, ExpectedVisit, Fact, Fix,
    GeofenceRule, GuardHere, Outbox, PhotoPolicy, Reason, Retried, Salvaged, ScanResult, ScannedBy,
    ShiftState, SignedIn, SiteHere, StationStatus, StuckEntry, StuckPhoto, SyncReport, Verdict, Visit,
};
pub use station::GuardStation;
pub use wallet::{MemberWallet, draw_code};
pub use wallet_records::{
    CodePicture, CodeSent, CodeSource, Invalidated, Invitation, InvitationMade, InvitationStatus, Joined,
    LockAfter, LockState, MemberSignedIn, NewInvitation, OwnInvitations, RecentEntries, RecentEntry,
    WalletCode, WalletStatus,
};
pub use words::{
    CheckWords, Language, ProblemWords, ReasonWords, check_words, languages, problem_words, reason_words,
    speak, verdict_word, walk_up_word,
};

uniffi::setup_scaffolding!();

/// What a library was built as; for an "about" screen and for reports of faults.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BuildInfo {
    /// The version of the core.
    pub version: String,
    /// The processor and the system that it was built for, such as `aarch64-android`.
    pub target: String,
    /// Whether this is a build for development: far slower, and not for a gate.
    pub debug: bool,
}

/// What this library was built as.
#[uniffi::export]
#[must_use]
pub fn core_build() -> BuildInfo {
    BuildInfo {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        target: format!("{}-{}", std::env::consts::ARCH, std::env::consts::OS),
        debug: cfg!(debug_assertions),
    }
}
