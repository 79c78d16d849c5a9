//! A member's phone against a real server: the wallet's calls over HTTP, and what nobody else may do with them.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use common::{Server, now, site};
use gatehouse_core::{
    device::{
        CodeSource, DeviceSigner, DeviceTime, FileSecrets, LockAfter, MemberWallet, SecretStore, SignerError,
        TimeError, WalletError,
    },
    id::{PersonId, SiteNumber},
    role::Role,
    time::{ClockReading, UnixMillis},
    wire::MemberCode,
};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};

const PATIENCE_MS: u32 = 10_000;

/// Clocks that a test turns.
struct Clocks {
    ahead_ms: AtomicU64,
    wall_behind_ms: AtomicU64,
    boot: Mutex<String>,
    start: std::time::Instant,
}

impl Clocks {
    fn new() -> Arc<Self> {
        let boot = Mutex::new("first".to_owned());
        let start = std::time::Instant::now();
        Arc::new(Self { ahead_ms: AtomicU64::new(0), wall_behind_ms: AtomicU64::new(0), boot, start })
    }

    fn pass_s(&self, seconds: u64) {
        self.ahead_ms.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    fn reboot(&self) {
        "second".clone_into(&mut self.boot.lock().expect("boot"));
    }
}

impl DeviceTime for Clocks {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let ahead = self.ahead_ms.load(Ordering::SeqCst);
        let monotonic_ms =
            1_000_000 + ahead + u64::try_from(self.start.elapsed().as_millis()).expect("short");
        let wall = now().plus(ahead).get().saturating_sub(self.wall_behind_ms.load(Ordering::SeqCst));
        let boot_id = self.boot.lock().expect("boot").clone();
        Ok(ClockReading { wall: UnixMillis::new(wall), monotonic_ms, boot_id })
    }
}

/// A phone with a wallet.
struct Phone {
    wallet: MemberWallet,
    clocks: Arc<Clocks>,
    folder: tempfile::TempDir,
}

impl Phone {
    fn new(signer: Option<Arc<dyn DeviceSigner>>) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let clocks = Clocks::new();
        let wallet = open(folder.path(), &clocks, signer);
        Self { wallet, clocks, folder }
    }

    /// The same phone after the app was closed and opened.
    fn reopened(self) -> Self {
        let Self { wallet, clocks, folder } = self;
        drop(wallet);
        Self { wallet: open(folder.path(), &clocks, None), clocks, folder }
    }

    fn sign_in(&self, server: &Server, org: &str, email: &str) {
        self.wallet.join(code_of(server, org).to_text(), PATIENCE_MS).expect("joined");
        let code = server.service().request_code(email).expect("asked").expect("a code");
        self.wallet.sign_in(email.to_owned(), code, PATIENCE_MS).expect("signed in");
    }
}

fn open(
    folder: &std::path::Path,
    clocks: &Arc<Clocks>,
    signer: Option<Arc<dyn DeviceSigner>>,
) -> MemberWallet {
    let secrets: Arc<dyn SecretStore> = Arc::new(FileSecrets::open(folder.join("secrets")).expect("secrets"));
    let folder = folder.to_str().expect("UTF-8").to_owned();
    MemberWallet::open(folder, secrets, Arc::clone(clocks) as Arc<dyn DeviceTime>, signer).expect("a wallet")
}

fn code_of(server: &Server, org: &str) -> MemberCode {
    server.service().member_code(&server.scope(org), &server.running.url).expect("a code")
}

#[test]
fn a_member_signs_in_and_shows_a_code_that_is_kept_and_replaced_in_time() {
    let server = Server::start();
    let _ = server.user("oak", "member@oak.example", Role::Member);
    let phone = Phone::new(None);
    phone.sign_in(&server, "oak", "member@oak.example");

    let first = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!((first.source, first.refresh_in_s > 80), (CodeSource::Online, true), "{first:?}");
    assert!(first.qr_svg().expect("drawn").contains("<svg"));
    // Kept: no network is needed, also after the app was closed.
    let phone = phone.reopened();
    let kept = phone.wallet.code(0).expect("a code");
    assert_eq!((kept.source, &kept.text), (CodeSource::Kept, &first.text));
    phone.clocks.pass_s(95);
    let second = phone.wallet.code(PATIENCE_MS).expect("a code");
    assert_eq!(second.source, CodeSource::Online);
    assert_ne!(second.text, first.text);
}
