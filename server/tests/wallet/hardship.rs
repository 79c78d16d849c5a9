//! A wallet whose network, key store or server behaves badly.

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use gatehouse_core::{
    device::{CodeSource, DeviceSigner, FileSecrets, SecretError, SecretStore, SignerError, SoftwareSigner},
    role::Role,
    wire::path,
};

use crate::{
    MEMBER,
    common::Server,
    front::{Fate, Front, answer, cut, problem},
    hour,
    phone::{Hardware, Making, PATIENCE_MS, Phone},
};

#[test]
fn whatever_answers_in_the_servers_place_the_wallet_falls_back_or_keeps_the_wish() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let front = Front::of(&server);
    let phone = Phone::new(None);
    phone.sign_in_at(&server, &front.url, "oak", MEMBER);
    phone.wallet.renew_certificate(PATIENCE_MS).expect("certified");
    let html = answer("200 OK", "text/html", "<html>Sign in to this network</html>");
    let fates = [
        problem("500 Internal Server Error", "server_error"),
        problem("429 Too Many Requests", "too_many_tries"),
        problem("503 Service Unavailable", "unavailable"),
        answer("502 Bad Gateway", "text/html", "<html>"),
        answer("401 Unauthorized", "text/html", "<html>"),
        answer("200 OK", "application/json", "{}"),
        html,
        cut(),
    ];
    // covers: S4-17
    assert_eq!(path::GENERATE_ID, "/api/access-control/generate-id");
    for fate in &fates {
        front.only(path::GENERATE_ID, fate.clone());
        let shown = phone.wallet.fresh_code(PATIENCE_MS).expect("a code of its own");
        assert_eq!(shown.source, CodeSource::Offline);
    }
    // Who is told to come back in a second does, and shows nothing that the second may have made void.
    front.only(path::GENERATE_ID, problem("409 Conflict", "conflict"));
    assert_eq!(phone.wallet.fresh_code(PATIENCE_MS).expect_err("refused").code(), "conflict");

    front.pass_on();
    let kept = phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    for fate in &fates {
        front.only(path::GENERATE_ID, fate.clone());
        let shown = phone.wallet.fresh_code(PATIENCE_MS).expect("what is kept");
        assert_eq!((shown.source, &shown.text), (CodeSource::Kept, &kept.text));
    }
    // A certificate that does not come costs the one that is there as little as the code.
    for fate in &fates {
        front.only(path::DEVICE_CERTIFICATE, fate.clone());
        assert!(phone.wallet.renew_certificate(PATIENCE_MS).is_err());
        assert_eq!(phone.wallet.fresh_code(PATIENCE_MS).expect("a code").source, CodeSource::Online);
        assert_eq!(phone.wallet.offline_code().expect("still certified").source, CodeSource::Offline);
    }
    let refusal = problem("409 Conflict", "conflict");
    for fate in fates.iter().chain([&refusal]) {
        front.only(path::INVALIDATE_ID, fate.clone());
        let told = phone.wallet.invalidate(PATIENCE_MS).is_ok_and(|outcome| outcome.done);
        assert!(!told && phone.wallet.status().expect("status").invalidation_pending);
        assert!(phone.wallet.code(PATIENCE_MS).is_err(), "nothing is shown until the server knows");
    }
    front.pass_on();
    assert_eq!(phone.wallet.code(PATIENCE_MS).expect("a code").source, CodeSource::Online);
    assert!(!phone.wallet.status().expect("status").invalidation_pending);
}

#[test]
fn a_code_of_the_servers_does_not_wait_for_a_certificate() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let front = Front::of(&server);
    let phone = Phone::new(None);
    phone.sign_in_at(&server, &front.url, "oak", MEMBER);
    front.only(path::DEVICE_CERTIFICATE, Fate::Kept);
    // The certificate never comes, and the time for the call is never over either.
    assert_eq!(phone.wallet.code(u32::MAX).expect("a code").source, CodeSource::Online);
    front.pass_on();
    phone.wallet.fresh_code(PATIENCE_MS).expect("a code");
    phone.wallet.renew_certificate(PATIENCE_MS).expect("certified");
    // Half of its life is over.
    phone.clocks.pass_s(4 * 86_400);
    front.only(path::DEVICE_CERTIFICATE, Fate::Kept);
    let before = phone.wallet.status().expect("status").offline_until;
    assert!(before.is_some());
    assert_eq!(phone.wallet.fresh_code(u32::MAX).expect("a code").source, CodeSource::Online);
    assert_eq!(phone.wallet.status().expect("status").offline_until, before);
}

/// A key store that signs when it is told to.
struct Slow {
    hardware: Hardware,
    waits: AtomicBool,
    entered: Mutex<Sender<()>>,
    go: Mutex<Receiver<()>>,
}

impl DeviceSigner for Slow {
    fn public_key(&self) -> Result<Vec<u8>, SignerError> {
        self.hardware.public_key()
    }

    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError> {
        if self.waits.load(Ordering::SeqCst) {
            self.entered.lock().expect("a sender").send(()).expect("heard");
            self.go.lock().expect("a receiver").recv().expect("told");
        }
        self.hardware.sign(message)
    }

    fn forget(&self) -> Result<(), SignerError> {
        Ok(())
    }
}

#[test]
fn no_code_comes_out_after_codes_were_invalidated() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let ((entered, heard), (tell, go)) = (channel(), channel());
    let signer = Arc::new(Slow {
        hardware: Hardware::new(Making::Raw),
        waits: AtomicBool::new(false),
        entered: Mutex::new(entered),
        go: Mutex::new(go),
    });
    let phone = Phone::new(Some(Arc::clone(&signer) as Arc<dyn DeviceSigner>));
    phone.sign_in(&server, "oak", MEMBER);
    phone.wallet.renew_certificate(PATIENCE_MS).expect("certified");
    signer.waits.store(true, Ordering::SeqCst);
    thread::scope(|threads| {
        let minting = threads.spawn(|| phone.wallet.offline_code());
        heard.recv().expect("signing");
        // Does not wait for the key store, and holds for what that is still to sign.
        assert!(!phone.wallet.invalidate(0).expect("noted").done);
        tell.send(()).expect("told");
        let refused = minting.join().expect("no panic").expect_err("too late");
        assert_eq!(refused.code(), "invalidation_pending");
    });
}

/// Secrets that take their time.
struct SlowSecrets(FileSecrets);

impl SecretStore for SlowSecrets {
    fn load(&self, name: String) -> Result<Option<Vec<u8>>, SecretError> {
        let found = self.0.load(name);
        thread::sleep(Duration::from_millis(20));
        found
    }

    fn store(&self, name: String, secret: Vec<u8>) -> Result<(), SecretError> {
        self.0.store(name, secret)
    }

    fn delete(&self, name: String) -> Result<(), SecretError> {
        self.0.delete(name)
    }
}

#[test]
fn all_who_ask_for_a_new_key_get_the_one_that_is_kept() {
    let folder = tempfile::tempdir().expect("a folder");
    let secrets = FileSecrets::open(folder.path().join("secrets")).expect("secrets");
    let signer = SoftwareSigner::new(Arc::new(SlowSecrets(secrets)));
    let keys: Vec<_> = thread::scope(|threads| {
        let asking: Vec<_> = (0..8).map(|_| threads.spawn(|| signer.public_key().expect("a key"))).collect();
        asking.into_iter().map(|asked| asked.join().expect("no panic")).collect()
    });
    let kept = signer.public_key().expect("a key");
    assert!(keys.iter().all(|key| *key == kept));
}

#[test]
fn a_status_promises_only_what_the_phones_own_key_can_do() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let phone = Phone::new(Some(Arc::new(Hardware::new(Making::Raw))));
    phone.sign_in(&server, "oak", MEMBER);
    phone.wallet.renew_certificate(PATIENCE_MS).expect("certified");
    assert!(phone.wallet.status().expect("status").offline_until.is_some());
    // The app comes back with another key store.
    let phone = phone.reopened();
    assert_eq!(phone.wallet.offline_code().expect_err("another's").code(), "device_key_changed");
    assert_eq!(phone.wallet.status().expect("status").offline_until, None);
}

#[test]
fn a_cancelled_invitation_takes_only_its_own_wish_along() {
    let server = Server::start();
    let _ = server.user("oak", MEMBER, Role::Member);
    let (from, until) = hour();
    let relay = crate::phone::Relay::to(&server);
    let lossy = Phone::new(None);
    lossy.sign_in_at(&server, &relay.url, "oak", MEMBER);
    let lost = |name: &str| {
        relay.swallow_answers(true);
        let outcome = lossy.wallet.invite(name.to_owned(), None, from, until, None, None, PATIENCE_MS);
        assert_eq!(outcome.expect_err("lost").code(), "unreachable");
        relay.swallow_answers(false);
    };
    lost("Wanda");
    lost("Wim");
    let listed = lossy.wallet.invitations(PATIENCE_MS).expect("listed").invitations;
    let id_of = |name: &str| listed.iter().find(|one| one.name == name).expect("made").id;
    lossy.wallet.cancel(id_of("Wanda"), PATIENCE_MS).expect("cancelled");
    let again = |name: &str| lossy.wallet.invite(name.to_owned(), None, from, until, None, None, PATIENCE_MS);
    assert_eq!(again("Wim").expect("found").id, id_of("Wim"), "that wish is still known");
    assert_ne!(again("Wanda").expect("made").id, id_of("Wanda"), "and that one is another now");
}
