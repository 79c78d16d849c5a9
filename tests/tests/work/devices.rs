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
