//! Signing keys over the years: a new one in time, the old one known for as long as it is needed and no longer.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

mod common;

use std::collections::BTreeSet;

use common::{Server, now};
use gatehouse_core::{
    gatepack::GatePack,
    keys::{KeyPurpose, KeySet},
    pass,
    role::Role,
    time::UnixSeconds,
};
use gatehouse_server::{clock::Clock, service::invitations::NewVisit, store::StoreError};

const DAY: u64 = 86_400;

#[test]
fn keys_are_replaced_in_time_for_every_phone_and_forgotten_when_nothing_needs_them() {
    let start = now().to_seconds();
    let clock = Clock::at(start.to_millis());
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let (member, _) = server.user("oak", "member@oak.example", Role::Member);
    let private_halves = || {
        let counted: Result<u32, StoreError> = server.service().store().read(|db| {
            let sql = "SELECT count(*) FROM signing_key WHERE sealed IS NOT NULL AND purpose != 'root'";
            Ok(db.query_row(sql, [], |row| row.get(0))?)
        });
        counted.expect("counted")
    };
    let keys = |set: &KeySet, purpose| -> BTreeSet<[u8; 4]> {
        set.keys.iter().filter(|key| key.allows(purpose)).map(|key| key.public.id().0).collect()
    };
    let mut sets: Vec<KeySet> = Vec::new();
    let mut codes: Vec<(UnixSeconds, String)> = Vec::new();
    // Every ten days for almost seven years.
    for day in (0..2_525).step_by(10) {
        let at = start.plus(day * DAY);
        clock.set(at.to_millis());
        let set = server.service().keyring(scope.org).expect("keys").set.clone();
        // A phone that has not heard from the server for as long as its set is fresh reads all that is signed now.
        sets.retain(|before| at < before.expires);
        sets.push(set.clone());
        let pass = server.service().member_pass(&scope, member).expect("a pass").code;
        let pack = server.service().gate_pack(&scope, 0).expect("a pack");
        for known in &sets {
            assert!(pass::open(&pass, known).is_ok(), "day {day}");
            assert!(GatePack::open(&pack, known).is_ok(), "day {day}");
        }
        // And what was signed for long is good to its end.
        let visit = NewVisit {
            name: "Vera".to_owned(),
            email: None,
            host: None,
            sites: None,
            from: at,
            until: at.plus(399 * DAY),
            max_uses: None,
            note: String::new(),
        };
        codes.retain(|(until, _)| at < *until);
        codes.push((visit.until, server.service().invite(&scope, &visit).expect("invited").code));
        assert!(codes.iter().all(|(_, code)| pass::open(code, &set).is_ok()), "day {day}");
        assert!(private_halves() <= 4, "day {day}");
    }
    let last = sets.last().expect("a set");
    assert_eq!(keys(last, KeyPurpose::Packs).len(), 4, "journals may be checked for ever");
    assert_eq!(keys(last, KeyPurpose::Passes).len(), 2, "two have gone with all that they signed");

    // A server that was off for years goes on at once.
    let at = start.plus(20 * 365 * DAY);
    clock.set(at.to_millis());
    let pass = server.service().member_pass(&scope, member).expect("a pass").code;
    let set = server.service().keyring(scope.org).expect("keys").set.clone();
    assert!(pass::open(&pass, &set).is_ok());
    assert_eq!(private_halves(), 2);
}

#[test]
fn a_clock_that_was_far_ahead_for_a_while_leaves_nobody_without_keys() {
    let start = now().to_seconds();
    let clock = Clock::at(start.to_millis());
    let server = Server::start_by(clock.clone());
    let scope = server.scope("oak");
    let (member, _) = server.user("oak", "member@oak.example", Role::Member);
    for at in [start, start.plus(10 * 365 * DAY), start.plus(DAY), start.plus(800 * DAY)] {
        clock.set(at.to_millis());
        let pass = server.service().member_pass(&scope, member).expect("a pass").code;
        let pack = server.service().gate_pack(&scope, 0).expect("a pack");
        let set = server.service().keyring(scope.org).expect("keys").set.clone();
        assert!(pass::open(&pass, &set).is_ok() && GatePack::open(&pack, &set).is_ok(), "{at:?}");
    }
}
