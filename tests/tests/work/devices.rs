//! A phone that is enrolled anew.

use super::*;

#[test]
fn a_phone_enrolled_anew_twice_in_a_row_speaks_for_what_it_was_at_first() {
    let oakwood = Oakwood::new();
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera Visitor", "--max-uses", "1"]);
    let code = text(&made, "code").to_owned();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    let scan = station.scan(code.clone(), None).expect("a scan");
    synced(&station);
    oakwood.phone.clocks.pass(1_000);
    station.decide(scan.event, true, None, None, None).expect("granted");
    for _ in 0..2 {
        let device = station.status().expect("status").device.expect("a device").to_string();
        let _ = oakwood.server.local(&["device", "revoke", &device]);
        let report = station.sync_once(PATIENCE_MS).expect("a report");
        assert_eq!(report.problem.as_deref(), Some("device_revoked"));
        let code = oakwood.server.local(&["device", "code"]);
        station.enrol(text(&code, "code").to_owned(), None, PATIENCE_MS).expect("enrolled anew");
    }
    synced(&station);
    synced(&station);
    assert_eq!(oakwood.event(scan.event)["granted"], true);
    let inside = oakwood.server.local(&["invitation", "list"]);
    assert_eq!(inside[0]["uses"], 1, "{inside}");
    // On the phone the use counts once, too: whoever leaves and comes again is used up, and nobody else.
    oakwood.phone.sign_in(&oakwood.server, &station, GUS);
    station.start_shift(site(1), None, PATIENCE_MS).expect("a shift");
    assert_eq!(station.scan(code, None).expect("a scan").departure_of, Some(scan.event));
}

#[test]
fn a_revoked_station_says_so_finds_nothing_verified_and_marks_what_it_records() {
    let oakwood = Oakwood::new();
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera Visitor"]);
    let code = text(&made, "code").to_owned();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let before = station.scan(code.clone(), None).expect("a scan");
    assert_eq!((before.verdict, before.station_revoked), (Some(Verdict::Verified), false));
    let device = station.status().expect("status").device.expect("a device").to_string();
    let _ = oakwood.server.local(&["device", "revoke", &device]);
    // It learns it by the next question, and says so with the answer to that.
    let mia = station.scan(oakwood.member_code(), None).expect("a scan");
    assert_eq!((mia.verdict, mia.online, mia.station_revoked), (Some(Verdict::Caution), false, true));
    assert!(station.status().expect("status").revoked);
    // What was VERIFIED before is so no longer.
    let refused = station.decide(&before, true, None, None, None).expect_err("it changed");
    assert_eq!(refused.code(), "verdict_changed");
    let now = station.look(before.event).expect("shown");
    assert_eq!((now.verdict, now.station_revoked), (Some(Verdict::Caution), true));
    station.decide(&now, true, None, None, None).expect("the gate goes on");
    station.decide(&mia, true, None, None, None).expect("the gate goes on");
    let walk_up = station.walk_up("Wim".to_owned(), None, None, None).expect("a walk-up");
    assert!(walk_up.station_revoked);

    let enrolment = oakwood.server.local(&["device", "code"]);
    station.enrol(text(&enrolment, "code").to_owned(), None, PATIENCE_MS).expect("enrolled anew");
    let status = station.status().expect("status");
    assert_eq!((status.revoked, status.must_enrol_anew), (false, false));
    assert_eq!(status.guard_refused.as_deref(), Some("session_ended"), "what is left to do");
    assert!(!station.scan(oakwood.member_code(), None).expect("a scan").online, "the old session is no good");
    assert!(!station.status().expect("status").revoked, "and says nothing of the new device");
    oakwood.phone.clocks.pass(1_000);
    oakwood.phone.sign_in(&oakwood.server, &station, GUS);
    assert_eq!(station.status().expect("status").guard_refused, None);
    station.start_shift(site(1), None, PATIENCE_MS).expect("a shift");
    let after = station.scan(oakwood.member_code(), None).expect("a scan");
    assert_eq!((after.verdict, after.station_revoked), (Some(Verdict::Verified), false));
    synced(&station);
    synced(&station);
    let doubts = rusqlite::Connection::open(oakwood.server.data.join("gatehouse.db")).expect("the database");
    let doubted = |event: EntryId| -> i64 {
        let sql = "SELECT count(DISTINCT event) FROM doubt WHERE event = ?1 AND what = 'after_revocation'";
        doubts.query_row(sql, [event.as_bytes()], |row| row.get(0)).expect("counted")
    };
    let found = [before.event, mia.event, walk_up.event, after.event].map(doubted);
    assert_eq!(
        found,
        [1, 1, 1, 0],
        "its decision came after the revocation, and what came before is not doubted"
    );
}
