//! A server whose clock was wrong and is set right, and what phones and the server itself make of it.

use gatehouse_core::{
    decision::{Code, Verdict},
    journal::Body,
};
use gatehouse_tests::{
    phone::{PATIENCE_MS, site},
    server::Server,
};

use super::{GRACE, Oakwood, synced};

const THREE_DAYS_MS: i64 = 3 * 86_400_000;

impl Oakwood {
    /// The server again on the same port, its clock this machine's.
    fn set_right(&mut self) {
        let port = self.cut();
        self.mend(port);
    }
}

#[test]
fn codes_of_today_are_good_on_a_phone_that_followed_a_server_three_days_ahead() {
    let mut oakwood = Oakwood::ahead(THREE_DAYS_MS);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    oakwood.set_right();
    synced(&station);
    let code = oakwood.member_code();
    let port = oakwood.cut();

    // Restarted without a network: nothing but what is kept tells the time, and the phone's own clock is right.
    oakwood.phone.clocks.restart("second", 1_000);
    let station = oakwood.phone.open();
    let status = station.status().expect("status");
    assert!(!status.clock_trusted);
    let scan = station.scan(code, None).expect("a scan");
    assert_eq!((scan.verdict, &scan.code), (Some(Verdict::Caution), &Code::ClockUntrusted), "{scan:?}");
    station.abandon(scan.event).expect("left");

    oakwood.mend(port);
    synced(&station);
    let lowered: Vec<_> = oakwood
        .journal(&station)
        .into_iter()
        .filter_map(|body| if let Body::ClockChange(change) = body { change.lowered_ms } else { None })
        .collect();
    assert_eq!(lowered.len(), 1, "once, with the word that lowered it: {lowered:?}");
    assert!(lowered[0].abs_diff(THREE_DAYS_MS.unsigned_abs()) < 600_000, "{lowered:?}");
}

#[test]
fn a_server_says_so_where_devices_clocks_or_its_own_past_contradict_it() {
    let mut oakwood = Oakwood::ahead(THREE_DAYS_MS);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    synced(&station);
    let health = |oakwood: &Oakwood| {
        let mut answer = ureq::get(format!("{}/healthz", oakwood.server.url)).call().expect("it is well");
        answer.body_mut().read_to_string().expect("text")
    };
    let said = health(&oakwood);
    assert!(
        said.starts_with("ok\n") && said.contains("3 days ahead of the clock of its one device"),
        "{said}"
    );

    // Started again as it was, it says so at once; set right, it says what became of it.
    let port = oakwood.cut();
    oakwood.server = Server::start_ahead(&oakwood.server.data.clone(), port, THREE_DAYS_MS);
    assert!(health(&oakwood).contains("3 days ahead"));
    oakwood.set_right();
    synced(&station);
    let said = health(&oakwood);
    assert!(said.contains("was set back by 3 days") && !said.contains("ahead of"), "{said}");
    assert!(oakwood.server.said().contains("was set back by 3 days"));

    // Behind, it is told by devices alone.
    let port = oakwood.cut();
    oakwood.server = Server::start_ahead(&oakwood.server.data.clone(), port, -THREE_DAYS_MS);
    assert!(health(&oakwood).contains("was set back by 3 days"));
    synced(&station);
    synced(&station);
    assert!(health(&oakwood).contains("3 days behind the clock of its one device"));
    // And a gate where it is behind still works.
    station.walk_up("Wim".to_owned(), Some(site(1)), None, None).expect("a walk-up");
    station.sync_once(PATIENCE_MS).expect("a report");
}
