//! Shifts whose guard, place or clock is not what it was.

use super::*;

#[test]
fn a_guard_whom_the_server_no_longer_answers_is_told_so_and_the_shift_ends() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let code = oakwood.member_code();
    assert_eq!(station.status().expect("status").guard_refused, None);
    let _ = oakwood.server.local(&["user", "revoke", GRACE]);
    let scan = station.scan(code, None).expect("a scan");
    assert_eq!((scan.online, scan.verdict), (false, Some(Verdict::Caution)), "the gate goes on offline");
    let status = station.status().expect("status");
    assert_eq!(status.guard_refused.as_deref(), Some("session_ended"));
    assert!(status.shift.is_some());
    // The next gate pack does not know her, if it is of a later second than her shift.
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    synced(&station);
    assert!(station.status().expect("status").shift.is_none());
    let refused = station.start_shift(site(1), None, PATIENCE_MS).expect_err("refused");
    assert_eq!(refused.code(), "session_ended");
    // Somebody else signs in, and all is well.
    oakwood.phone.sign_in(&oakwood.server, &station, GUS);
    assert_eq!(station.status().expect("status").guard_refused, None);
    station.start_shift(site(1), None, PATIENCE_MS).expect("Gus's shift");
    assert!(station.scan(oakwood.member_code(), None).expect("a scan").online);
}

#[test]
fn a_shift_that_began_by_a_clock_ahead_of_time_does_not_last_longer_for_it() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.open();
    oakwood.phone.sign_in(&oakwood.server, &station, GRACE);
    synced(&station);
    let port = oakwood.cut();
    drop(station);
    oakwood.phone.clocks.restart("second", 5_000);
    oakwood.phone.clocks.set(30 * 86_400_000);
    let station = oakwood.phone.open();
    station.start_shift(site(1), None, 500).expect("a shift by the gate pack");
    oakwood.mend(port);
    synced(&station);
    station.scan(oakwood.member_code(), None).expect("the shift goes on");
    let status = station.status().expect("status");
    assert!(status.clock_trusted && status.shift.expect("a shift").started <= status.now);
    oakwood.phone.clocks.pass(14 * 3_600_000);
    assert!(station.end_overdue_shift().expect("looked at"), "fourteen hours are over");
}

#[test]
fn a_shift_ends_by_itself_when_the_organisation_says() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    let _ = oakwood.server.local(&["policy", "--longest-shift", "90"]);
    synced(&station);
    let code = oakwood.member_code();
    oakwood.cut();
    drop(station);
    // Remembered over a restart without a network.
    let station = oakwood.phone.open();
    oakwood.phone.clocks.pass(89 * 60_000);
    assert!(!station.end_overdue_shift().expect("looked at"));
    oakwood.phone.clocks.pass(60_000);
    let refused = station.scan(code, None).expect_err("no shift");
    assert_eq!(refused.code(), "no_shift");
    assert!(station.status().expect("status").shift.is_none());
}

#[test]
fn a_shift_far_from_a_site_that_blocks_begins_nowhere() {
    let oakwood = Oakwood::new();
    let add = ["site", "add", "--name", "Far", "--location", "10,10,100", "--geofence", "block"];
    let _ = oakwood.server.local(&add);
    let add = ["site", "add", "--name", "Near", "--location", "52.370216,4.895168,100"];
    let _ = oakwood.server.local(&add);
    for number in ["3", "4"] {
        let _ = oakwood.server.local(&["user", "assign", GRACE, "--site", number]);
    }
    let station = oakwood.phone.open();
    oakwood.phone.sign_in(&oakwood.server, &station, GRACE);
    synced(&station);
    let here = Fix { latitude_e6: 52_370_216, longitude_e6: 4_895_168, accuracy_m: 8 };
    let refused = station.start_shift(site(3), Some(here), PATIENCE_MS).expect_err("elsewhere");
    assert_eq!(refused.code(), "outside_geofence");
    let coarse = Fix { accuracy_m: 5_000, ..here };
    for unknown in [None, Some(coarse)] {
        let refused = station.start_shift(site(3), unknown, PATIENCE_MS).expect_err("nobody knows where");
        assert_eq!(refused.code(), "outside_geofence", "switching location off must not help");
    }
    // The server was not told of a shift that never began, so it ended none of hers on another phone.
    let sql = rusqlite::Connection::open(oakwood.server.data.join("gatehouse.db")).expect("the database");
    let shifts: i64 = sql.query_row("SELECT count(*) FROM shift", [], |row| row.get(0)).expect("counted");
    assert_eq!(shifts, 0);
    let shift = station.start_shift(site(4), Some(here), PATIENCE_MS).expect("a shift");
    assert_eq!(shift.location, None);
    station.end_shift(None).expect("ended");
    let shift = station.start_shift(site(4), None, PATIENCE_MS).expect("a shift");
    assert_eq!(shift.location, Some(Code::LocationUnknown));
}

#[test]
fn a_synchronisation_with_nothing_to_send_brings_the_time() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let code = oakwood.member_code();
    drop(station);
    oakwood.phone.clocks.restart("second", 5_000);
    let station = oakwood.phone.open();
    assert!(!station.status().expect("status").clock_trusted);
    synced(&station);
    oakwood.cut();
    assert!(station.status().expect("status").clock_trusted);
    let scan = station.scan(code, None).expect("a scan");
    assert_eq!((scan.verdict, &scan.code), (Some(Verdict::Caution), &Code::Offline));
}

#[test]
fn what_was_granted_by_a_clock_ahead_of_time_keeps_nobody_out_later() {
    let mut oakwood = Oakwood::new();
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera Visitor"]);
    let code = text(&made, "code").to_owned();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let port = oakwood.cut();
    drop(station);
    oakwood.phone.clocks.restart("second", 5_000);
    oakwood.phone.clocks.set(3_600_000);
    let station = oakwood.phone.open();
    let visit = || {
        let scan = station.scan(code.clone(), None).expect("a scan");
        assert_eq!(scan.departure_of, None);
        station.decide(scan.event, true, None, None, None).expect("granted");
        oakwood.phone.clocks.pass(1_000);
        station.depart(scan.event, None, 500).expect("departed");
        oakwood.phone.clocks.pass(1_000);
    };
    visit();
    let server = Server::start(&oakwood.server.data.clone(), port);
    synced(&station);
    assert!(station.status().expect("status").clock_trusted);
    visit();
    drop(server);
}

// covers: S4-45
#[test]
fn where_a_site_blocks_nothing_passes_from_a_phone_that_is_not_shown_to_be_there() {
    let oakwood = Oakwood::new();
    let fence = ["--location", "52.370216,4.895168,100", "--geofence", "block"];
    let _ = oakwood.server.local(&[&["site", "add", "--name", "Fort"][..], &fence].concat());
    let _ = oakwood.server.local(&["user", "assign", GRACE, "--site", "3"]);
    let _ = oakwood.server.local(&["user", "assign", MEMBER, "--site", "3"]);
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "3"]);
    let visitor: SubjectId = text(&made, "id").parse().expect("an id");
    let station = oakwood.phone.open();
    oakwood.phone.sign_in(&oakwood.server, &station, GRACE);
    synced(&station);
    let here = Fix { latitude_e6: 52_370_216, longitude_e6: 4_895_168, accuracy_m: 8 };
    station.start_shift(site(3), Some(here), PATIENCE_MS).expect("a shift");
    let elsewhere = Fix { latitude_e6: 53_000_000, ..here };
    for fix in [None, Some(Fix { accuracy_m: 5_000, ..here }), Some(elsewhere), Some(here)] {
        oakwood.phone.clocks.pass(3_000);
        let scan = station.scan(oakwood.member_code(), fix).expect("a scan");
        let named = station.arrive(visitor, None, fix).expect("found by name");
        let typed = station.walk_up("Wim".to_owned(), None, None, fix).expect("a walk-up");
        for result in [&scan, &named, &typed] {
            if fix == Some(here) {
                assert_ne!(result.verdict, Some(Verdict::Denied), "{result:?}");
            } else {
                assert_eq!((result.verdict, &result.code), (Some(Verdict::Denied), &Code::OutsideGeofence));
            }
        }
        assert_eq!(typed.verdict.is_none(), fix == Some(here));
    }
}
