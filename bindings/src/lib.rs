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

pub use error::{PlatformError, StationError, WalletError};
pub use events::{Notice, StationEvent, StationEvents};
pub use platform::{DeviceSigner, DeviceTime, SecretStore, TimeReading};
pub use records::{
    BanNotice, Check, CheckState, Decided, Enrolled, ExpectedVisit, Fact, Fix, GuardHere, Outbox, Reason,
    Retried, ScanResult, ScannedBy, ShiftState, SignedIn, StationStatus, StuckEntry, SyncReport, Verdict,
    Visit,
};
pub use station::GuardStation;
pub use wallet::{MemberWallet, draw_code};
pub use wallet_records::{
    CodePicture, CodeSent, CodeSource, Invalidated, Invitation, InvitationMade, InvitationStatus, Joined,
    LockAfter, LockState, MemberSignedIn, NewInvitation, OwnInvitations, RecentEntries, RecentEntry,
    WalletCode, WalletStatus,
};

uniffi::setup_scaffolding!();

/// The version of the core.
#[uniffi::export]
#[must_use]
pub fn core_version() -> String {
    env!("CARGO_PKG_VERSION").to_owned()
}
