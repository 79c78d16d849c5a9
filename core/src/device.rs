//! What a guard's phone or station does: it decides on its own, writes it down durably, and lets the server catch up.
//!
//! [`GuardStation`] is the object that the shells and the command line use. Its calls
//! take owned arguments, block, and have a deadline wherever they wait for a network, so that they can cross a
//! foreign-function border.

#[cfg(target_arch = "wasm32")]
mod browser;
mod clock;
mod error;
#[cfg(test)]
mod examples;
#[cfg(feature = "faults")]
pub mod faults;
#[cfg(not(target_arch = "wasm32"))]
mod native;
mod network;
mod offline;
mod outbox;
mod pin;
mod secrets;
mod station;
mod store;
mod vault;
mod wallet;

#[cfg(target_arch = "wasm32")]
use browser as platform;
#[cfg(target_arch = "wasm32")]
pub use browser::{Call, GiveUp, Http, SealedSecrets, SystemTime, drive, pause};
pub use clock::{DeviceTime, TimeError};
pub use error::StationError;
#[cfg(not(target_arch = "wasm32"))]
use native as platform;
#[cfg(not(target_arch = "wasm32"))]
pub use native::{Call, FileSecrets, GiveUp, Http, SystemTime, drive, drive_unless};
pub use network::Network;
pub use outbox::{
    Backoff, Next, classify, classify_answer, classify_batch, classify_failure, classify_photo,
};
pub use secrets::{SecretError, SecretStore};
pub use station::{
    BanNotice, CheckResult, Decided, Enrolled, EnrolmentEffect, EnrolmentOffer, Erase, Erased, GuardHere,
    GuardStation, PackHeld, PastEvent, Pending, Retried, ScanResult, ScannedBy, Seen, ShiftCounts,
    ShiftState, Sight, SignedIn, SiteHere, StationStatus, StuckEntry, StuckPhoto, SyncReport, TurnedAway,
    Visit, WalkUp,
};
#[cfg(feature = "faults")]
pub use store::{ReadDamaged, read_damaged};
pub use store::{Salvaged, StoreError};
pub use wallet::{
    CodeSent, CodeSource, DeviceSigner, Invalidated, JoinOffer, Joined, LastUse, LockAfter, LockState,
    MemberSignedIn, MemberWallet, OfflineProblem, OwnInvitations, OwnMessages, RecentEntries, SignedOut,
    SignerError, SoftwareSigner, WalletCode, WalletError, WalletStatus, is_locked, refresh_in_s,
};
