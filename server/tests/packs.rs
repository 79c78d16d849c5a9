//! Gate packs by delta: the real server, and the real station that takes them over.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;

use std::{num::NonZeroU32, sync::Arc};

use common::{Device, Server, enrol_request, now, site};
use ed25519_dalek::SigningKey;
use gatehouse_core::{
    decision::Verdict,
    device::{FileSecrets, GuardStation, SystemTime},
    envelope::PublicKey,
    gatepack::{GatePack, List, PackError, Policy, Update, prefix},
    id::{PersonId, SubjectId},
    journal::Personal,
    keys::KeySet,
    role::Role,
    wire::{EnrolAnswer, EnrolRequest, KeysAnswer, path},
};
use gatehouse_server::{
    clock::Clock,
    service::{Principal, Scope, invitations::NewVisit},
    store::{StoreError, policy::Chosen},
};

/// A phone that keeps what it was sent.
struct Phone<'a> {
    server: &'a Server,
    device: Device,
    keys: KeySet,
}

impl<'a> Phone<'a> {
    fn enrol(server: &'a Server, guard: PersonId) -> Self {
        let device = Device::enrol(server, "oak", guard);
        let keys: KeysAnswer = server.get(path::KEYS, &device.token).read();
        let keys = KeySet::open(&keys.keys, &PublicKey::new(keys.root)).expect("a key set");
        Self { server, device, keys }
    }

    /// The pack's envelope over HTTP.
    fn fetch(&self, since: u64) -> Vec<u8> {
        let agent = ureq::Agent::config_builder().build().new_agent();
        let mut answer = agent
            .get(format!("{}{}?since={since}", self.server.running.url, path::GATE_PACK))
            .header("authorization", format!("Bearer {}", self.device.token))
            .call()
            .expect("a pack");
        assert_eq!(answer.headers()["content-type"], "application/cose");
        answer.body_mut().read_to_vec().expect("a body")
    }

    /// Takes over what comes, and tells whether it was a delta.
    fn take(&self, current: Option<&GatePack>, bytes: &[u8]) -> (Result<GatePack, PackError>, bool) {
        let delta = matches!(Update::open(bytes, &self.keys).expect("it opens"), Update::Delta(_));
        (GatePack::succeed(current, self.device.id, bytes, &self.keys), delta)
    }

    fn sync(&self, current: Option<&GatePack>) -> (GatePack, bool) {
        let bytes = self.fetch(current.map_or(0, |pack| pack.seq));
        let (pack, delta) = self.take(current, &bytes);
        (pack.expect("it fits"), delta)
    }
}

fn invite(server: &Server, name: &str) -> SubjectId {
    let visit = NewVisit {
        name: name.to_owned(),
        email: None,
        host: None,
        sites: Some(vec![site()]),
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: Some(1),
        note: String::new(),
    };
    server.service().invite(&server.scope("oak"), &visit).expect("invited").id
}

#[test]
fn a_phone_is_told_what_changed_since() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (member, token) = server.user("oak", "member@oak.example", Role::Member);
    assert_eq!(server.post(path::GENERATE_ID, &token, &serde_json::json!({})).status, 200);
    for number in 0..20 {
        invite(&server, &format!("Vera {number}"));
    }
    let visit = invite(&server, "Nadia Visser");
    let phone = Phone::enrol(&server, guard);
    let (first, delta) = phone.sync(None);
    assert!(!delta && first.content.invitation(visit).is_some());

    // Nothing happened: the same content, issued anew, in next to no bytes.
    let idle = phone.fetch(first.seq);
    let (second, delta) = phone.take(Some(&first), &idle);
    let second = second.expect("it fits");
    assert!(delta && idle.len() < 400, "{}", idle.len());
    assert_eq!((second.content_hash, second.seq > first.seq), (first.content_hash, true));

    // What protects the gate arrives by delta.
    let named = prefix(member.as_bytes());
    let revoked = |pack: &GatePack| {
        pack.content.revoked.as_ref().is_some_and(|lists| lists.contains(List::Revoked, &named))
    };
    let full = server.service().gate_pack(&scope, 0).expect("a pack").len();
    server.service().revoke(&scope, member).expect("revoked");
    server.service().ban(&scope, visit, "Climbed the fence").expect("banned");
    let by_name =
        server.service().ban_by_name(&scope, &["Jörg Weiß".to_owned()], "Made threats").expect("banned");
    let bytes = phone.fetch(second.seq);
    let (third, delta) = phone.take(Some(&second), &bytes);
    let third = third.expect("it fits");
    assert!(delta && bytes.len() < full / 2, "{} of {full}", bytes.len());
    assert!(!revoked(&second) && revoked(&third));
    let ban = third.content.ban(visit).expect("banned");
    assert_eq!((ban.reason.as_str(), ban.names), ("Climbed the fence", vec!["Nadia Visser".to_owned()]));
    assert_eq!(third.content.bans_by_name("weiss, jorg").len(), 1);

    // The answer got lost: the phone asks again with what it has, and either answer fits.
    let again = phone.fetch(second.seq);
    let (fourth, delta) = phone.take(Some(&second), &again);
    assert!(delta && fourth.expect("it fits").content == third.content);
    assert_eq!(phone.take(Some(&third), &again).0, Err(PackError::MissingBase));

    // It lost its pack, or names one that it was never sent.
    let (fifth, delta) = phone.sync(None);
    assert!(!delta && fifth.content == third.content);
    assert!(!phone.take(None, &phone.fetch(fifth.seq + 1)).1);
    // A number that is another device's is none of this one's.
    let other = Phone::enrol(&server, guard);
    let (others, _) = other.sync(None);
    assert!(!phone.take(None, &phone.fetch(others.seq)).1);

    // Whoever is unbanned and called off goes the same way.
    server.service().lift_ban(&scope, by_name).expect("lifted");
    server.service().cancel_invitation(&scope, visit).expect("cancelled");
    let (sixth, delta) = other.sync(Some(&others));
    assert!(delta && sixth.content.bans_by_name("Jörg Weiß").is_empty());
    assert!(sixth.content.invitation(visit).is_none() && sixth.content.ban(visit).is_some());

    // A phone that is ahead of a server restored from a backup is not told lower numbers for ever.
    let ahead = phone.fetch(1_000_000);
    assert!(phone.take(None, &ahead).0.expect("it fits").seq > 1_000_000);
    assert_eq!(
        server.get(&format!("{}?since=x", path::GATE_PACK), &phone.device.token).code(),
        "bad_request"
    );
}

#[test]
fn a_station_takes_deltas_over_and_asks_for_all_where_one_does_not_fit() {
    let server = Server::start();
    let scope = server.scope("oak");
    for number in 0..20 {
        invite(&server, &format!("Vera {number}"));
    }
    let folder = tempfile::tempdir().expect("a folder");
    let open = || {
        let secrets = FileSecrets::open(folder.path().join("secrets")).expect("secrets");
        let folder = folder.path().join("station").to_str().expect("UTF-8").to_owned();
        GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).expect("a station")
    };
    let station = open();
    let (code, _) = server.service().enrolment_code(&scope, None, &server.running.url).expect("a code");
    let device = station.enrol(code.to_text(), None, 10_000).expect("enrolled").device;
    let scope_of_device = Scope { org: scope.org, principal: Principal::Device(device), role: None };
    let sync = |station: &GuardStation| {
        let report = station.sync_once(20_000).expect("synchronised");
        assert_eq!(report.problem, None);
        report.pack_seq.expect("a pack")
    };
    let expected = |station: &GuardStation, name: &str| {
        station
            .expected(name.to_owned(), None)
            .expect("a list")
            .into_iter()
            .map(|visit| visit.name)
            .collect::<Vec<_>>()
    };
    let first = sync(&station);
    assert_eq!(expected(&station, "vera").len(), 20);

    let soren = invite(&server, "Søren Ångström");
    // What the server answers now is a delta, and the station is left to fetch its own.
    let bytes = server.service().gate_pack(&scope_of_device, first).expect("a pack");
    assert!(bytes.len() < 1_000, "{}", bytes.len());
    let second = sync(&station);
    assert!(second > first);
    assert_eq!(expected(&station, "angstrom soren"), ["Søren Ångström"]);
    drop(station);
    let station = open();
    assert_eq!(station.status().expect("a status").pack_seq, Some(second), "kept over a restart");
    assert_eq!(expected(&station, "angstrom"), ["Søren Ångström"]);

    // The server is wrong about what this station has: it leaves out that a visitor is to go.
    let wrong: Result<(), StoreError> = server.service().store().write(move |tx| {
        tx.execute(
            "UPDATE pack_content SET content = (SELECT c.content FROM pack_content c
                 JOIN pack_sent s ON s.org = c.org AND s.hash = c.hash WHERE s.seq = ?1)",
            [first],
        )?;
        Ok(())
    });
    wrong.expect("damaged");
    server.service().cancel_invitation(&scope, soren).expect("cancelled");
    let third = sync(&station);
    assert_eq!(third, second + 2, "one number for the delta that did not fit, one for the full pack");
    assert_eq!((expected(&station, "angstrom").len(), expected(&station, "").len()), (0, 20));
    assert_eq!(sync(&station), third + 1, "and the next one fits again");
}

#[test]
fn a_pack_tells_the_uses_so_far_and_what_the_organisation_decided() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let visit = invite(&server, "Vera");
    let mut phone = Phone::enrol(&server, guard);
    let (first, _) = phone.sync(None);
    assert_eq!(first.content.invitation(visit).expect("expected").uses, 0);
    let device = &mut phone.device;
    let (scan, event) = device.write(&device.scan(2, visit, Verdict::Verified), &Personal::default());
    let granted = device.write(&device.decision(event, true), &Personal::default()).0;
    device.send(&server, vec![scan, granted]);
    let (second, delta) = phone.sync(Some(&first));
    let expected = second.content.invitation(visit).expect("expected");
    assert!(delta && (expected.uses, expected.uses_with(2)) == (1, 3));

    let wanted = Chosen {
        deny_absent_pack: Some(true),
        online_timeout_ms: Some(700),
        longest_shift_minutes: NonZeroU32::new(480),
        next_update_s: Some(120),
        ..Chosen::default()
    };
    assert!(!second.content.policy().deny_absent_pack);
    server.service().set_policy(&scope, &wanted).expect("set");
    server
        .service()
        .set_policy(&scope, &Chosen { deny_expired_keys: Some(true), ..Chosen::default() })
        .expect("set");
    let (third, _) = phone.sync(Some(&second));
    let told = Policy {
        deny_expired_pack: false,
        deny_absent_pack: true,
        deny_expired_keys: true,
        online_timeout_ms: 700,
        longest_shift_minutes: NonZeroU32::new(480).expect("not 0"),
    };
    assert_eq!(third.content.policy(), told);
    assert_eq!(
        (third.next_update.since(third.issued_at), third.hard_expiry),
        (120, third.issued_at.plus(72 * 3600))
    );
    // A phone without a pack has it from its enrolment.
    let (code, _) = server.service().enrolment_code(&scope, None, "http://x").expect("a code");
    let request = enrol_request(&SigningKey::from_bytes(&[8; 32]), &code.org, &code.code);
    let answer: EnrolAnswer = server.post(path::ENROL, "", &EnrolRequest { request, name: None }).read();
    assert_eq!(answer.policy, told);
    for senseless in [
        Chosen { next_update_s: Some(1), ..Chosen::default() },
        Chosen { hard_expiry_s: Some(119), ..Chosen::default() },
        Chosen { hard_expiry_s: Some(31 * 86_400), ..Chosen::default() },
        Chosen { online_timeout_ms: Some(60_000), ..Chosen::default() },
        Chosen { online_timeout_ms: Some(0), ..Chosen::default() },
        Chosen { longest_shift_minutes: NonZeroU32::new(59), ..Chosen::default() },
        Chosen { longest_shift_minutes: NonZeroU32::new(2881), ..Chosen::default() },
    ] {
        assert!(server.service().set_policy(&scope, &senseless).is_err(), "{senseless:?}");
    }
}

#[test]
fn a_pack_lists_what_was_revoked_lately_also_of_passes_that_a_restored_database_does_not_know() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let people = ["gone", "invalid", "still"]
        .map(|name| server.user("oak", &format!("{name}@oak.example"), Role::Member));
    let [gone, invalid, still] = [0, 1, 2].map(|index| people[index].0);
    let visit = invite(&server, "Vera");
    let forget = || {
        let outcome: Result<(), StoreError> = server.service().store().write(|tx| {
            tx.execute("DELETE FROM issued_pass", [])?;
            Ok(())
        });
        outcome.expect("forgotten");
    };
    let lists = || {
        let keys = server.service().keyring(scope.org).expect("keys");
        let pack = server.service().gate_pack(&scope, 0).expect("a pack");
        let lists = GatePack::open(&pack, &keys.set).expect("it opens").content.revoked;
        let has = |list, id: &[u8; 16]| lists.as_ref().is_some_and(|lists| lists.contains(list, &prefix(id)));
        let superseded =
            lists.as_ref().and_then(|lists| lists.superseded_before(&prefix(invalid.as_bytes())));
        (has(List::Revoked, gone.as_bytes()), superseded.is_some(), has(List::Cancelled, visit.as_bytes()))
    };
    server.service().revoke(&scope, gone).expect("revoked");
    server.service().invalidate(&scope, invalid).expect("invalidated");
    server.service().cancel_invitation(&scope, visit).expect("cancelled");
    forget();
    assert_eq!(lists(), (true, true, true));
    clock.set(start.plus(32 * 86_400_000));
    assert_eq!(lists(), (false, false, false), "nothing is valid any more that they could refuse");

    // What was issued is forgotten when it has long lapsed, also where no phone asks for packs.
    let count = || {
        let counted: Result<u64, StoreError> = server
            .service()
            .store()
            .read(|db| Ok(db.query_row("SELECT count(*) FROM issued_pass", [], |row| row.get(0))?));
        counted.expect("counted")
    };
    let issue = || server.service().member_pass(&scope, still).expect("issued");
    issue();
    assert_eq!(count(), 1);
    clock.set(start.plus(34 * 86_400_000));
    issue();
    assert_eq!(count(), 1);
}
