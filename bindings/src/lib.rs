//! Gatehouse's core for Kotlin and Swift, through UniFFI.
//!
//! It converts types and has no rule: whoever looks for one finds it in `gatehouse-core`. `README.md` beside this
//! crate tells what crosses, what blocks and which errors there are.
//!
//! What can cross as the core has it is the core's own type, declared in `as_in_core`: enums, and records of plain
//! values, under a longer name where its own is one that Compose or SwiftUI has. The other records are mirrors, because
//! Kotlin and Swift know no unit and no id by its type: there a time is a number whose name ends in `_s` or `_ms`, and
//! an id is text. UniFFI is not derived in the core itself: that would put its types into a package of their own in
//! Kotlin and Swift, and the macro into every build of the server. Errors are variants by what a shell does. No match
//! here has a catch-all, so that a new variant does not compile until somebody has said what shells see of it.

#![forbid(unsafe_code)]

mod as_in_core;
mod error;
mod events;
mod platform;
mod records;
mod screens;
mod station;
mod wallet;
mod wallet_records;
mod words;

pub use error::{PlatformError, StationError, WalletError};
pub use events::{Notice, StationEvent, StationEvents};
pub use platform::{DeviceSigner, DeviceTime, SecretStore, TimeReading};
pub use records::{
    Advice, Check, Corner, Decided, Enrolled, Erase, ExpectedVisit, GuardHere, Outbox, Reason, Salvaged,
    ScanResult, ShiftState, Sight, SignedIn, SiteHere, StationStatus, StuckEntry, StuckPhoto, SyncReport,
    Visit,
};
pub use screens::{
    Countdown, Effect, GuardScreens, Input, MemberScreens, Moment, Screen, ScreenButton, ScreenKind,
    ScreenPicture, ScreenRow, StatusLine, Viewfinder, Wanted,
};
pub use station::GuardStation;
pub use wallet::{MemberWallet, draw_code};
pub use wallet_records::{
    CodePicture, CodeSent, Invalidated, Invitation, InvitationMade, Joined, LockState, MemberMessage,
    MemberSignedIn, NewInvitation, OwnInvitations, OwnMessages, RecentEntries, RecentEntry, WalletCode,
    WalletStatus,
};
pub use words::{
    CheckWords, Language, ProblemWords, ReasonWords, check_words, languages, problem_words, reason_words,
    speak, verdict_word, walk_up_word,
};

pub use gatehouse_core::{
    decision::{CheckState, Fact, Verdict},
    device::{BanNotice, CodeSource, Erased, LockAfter, PackHeld, Retried, ScannedBy},
    gatepack::PhotoPolicy,
    journal::EntryKind,
    messages::Severity as MessageSeverity,
    place::{Fix, GeofenceRule},
    screens::{
        Banner, CameraTrouble, CameraUse, CheckLine, CodeShown, Field as ScreenField, FieldName, Keyboard,
        Line as ScreenLine, Note as ToneNote, Says, Shape as VerdictShape, Side as ButtonSide,
        Weight as ButtonWeight, member::Unlocking,
    },
    visit::InvitationStatus,
    words::Direction,
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
