//! Stations that are enrolled anew: with the same organisation nothing is lost or doubled, and another gets nothing.

use std::sync::Arc;

use gatehouse_core::device::{Erase, FileSecrets, GuardStation, SystemTime};
use gatehouse_tests::{between::Act, json_lines, server::Server};
use serde_json::Value;

use super::{
    Gate,
    outbox::{ENTRIES, gate_with_something_between, sync},
};

impl Gate {
    fn revoked(&self) {
        let status = self.status();
        let _ = self.server.local(&["device", "revoke", status["device"].as_str().expect("a device")]);
        let report = sync(self);
        assert_eq!(report["problem"], "device_revoked", "{report}");
        assert_eq!(self.status()["must_enrol_anew"], true);
    }

    fn enrolment_code(&self) -> String {
        let code = self.server.local(&["device", "code", "--url", &self.server.url]);
        code["code"].as_str().expect("the code's text").to_owned()
    }
}

#[test]
fn a_server_that_does_not_know_the_device_any_more_can_have_it_again() {
    let gate = Gate::open();
    let all = gate.scan_some("BEFORE", 3);
    let sql = rusqlite::Connection::open(gate.server.data.join("gatehouse.db")).expect("open");
    let read = |row: &rusqlite::Row<'_>| row.get::<_, Vec<u8>>(0);
    let known = sql.query_row("SELECT token_hash FROM device", [], read).expect("a device");
    let knows = |hash: &[u8]| {
        assert_eq!(sql.execute("UPDATE device SET token_hash = ?1", [hash]).expect("updated"), 1);
    };
    // A server that only was not itself for a while takes that back.
    knows(&vec![7; known.len()]);
    assert_eq!(sync(&gate)["problem"], "unauthorized");
    assert_eq!(gate.status()["must_enrol_anew"], true);
    knows(&known);
    assert_eq!(sync(&gate)["problem"], Value::Null);
    assert_eq!(gate.status()["must_enrol_anew"], false);

    let mut all = all;
    super::gather(&mut all, gate.scan_some("AFTER", 2));
    knows(&vec![7; known.len()]);
    let report = sync(&gate);
    assert_eq!(
        (&report["problem"], &report["next_try_in_ms"]),
        (&"unauthorized".into(), &Value::Null),
        "{report}"
    );
    assert_eq!(gate.status()["must_enrol_anew"], true);
    gate.enrol_anew();
    let events = gate.events();
    assert!(all.scans.len() == 5 && all.scans.iter().all(|event| events.contains(event)));
    let _ = gate.journal_at_server();
}

#[test]
fn lost_acknowledgements_cost_no_second_enrolment_however_many_there_were() {
    let (gate, between) = gate_with_something_between();
    let all = gate.scan_some("BEFORE", 60);
    between.rule(|request| if request.path == ENTRIES { Act::Cut } else { Act::Pass });
    assert_eq!(sync(&gate)["sent"], 0);
    between.rule(|_| Act::Pass);
    gate.revoked();
    // The phone cannot know that the server has the first hundred, and takes them along: the server does.
    gate.station.done(&["enrol", &gate.enrolment_code()]);
    gate.station.done(&["sync"]);
    let devices = gate.server.local(&["device", "list"]);
    assert_eq!(devices.as_array().map(Vec::len), Some(2), "{devices}");
    assert_eq!(json_lines(&gate.station.run(&["stuck"])), Vec::<Value>::new());
    let mut events = gate.events();
    events.sort();
    let all_scans = all.scans;
    let mut shown = all_scans.clone();
    shown.sort();
    assert_eq!(events, shown, "each is there, and once");
    let _ = gate.journal_at_server();
    let secrets = FileSecrets::open(gate.station.data.join("secrets")).expect("secrets");
    let folder = gate.station.data.to_string_lossy().into_owned();
    let station = GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).expect("open");
    let first = all_scans[0].parse().expect("an id");
    let erased = station.erase(&Erase::Events(vec![first])).expect("erased");
    assert!(erased.entries >= 2 && erased.waiting == 0, "scan and decision: {erased:?}");
}

#[test]
fn another_organisation_gets_nothing_of_the_one_before() {
    let gate = Gate::open();
    let all = gate.scan_some("BEFORE", 2);
    let walked = gate.station.run(&["walk-up", "--name", "Wanda Walker", "--grant"]);
    assert!(walked.status.success(), "{walked:?}");
    let _ = gate.scan_some("LATER", 1);
    gate.revoked();
    // It even bears the same name; only its root is another.
    let other = Server::start(&gate.folder.path().join("other"), 0);
    let _ = other.local(&["site", "add", "--name", "Elsewhere"]);
    let code = other.local(&["device", "code", "--url", &other.url]);
    let code = code["code"].as_str().expect("the code's text");
    let refused = gate.station.run(&["enrol", code]);
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("other_organisation: "), "{refused:?}");
    assert_eq!(other.local(&["device", "list"]).as_array().map(Vec::len), Some(0));

    gate.enrol_anew();
    assert!(all.scans.iter().all(|event| gate.events().contains(event)));
    gate.revoked();
    // One that the former organisation refused stays as evidence, and stays here.
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    let refuse = "UPDATE entry SET state = 2, problem = 'bad_request' WHERE number = 1";
    assert_eq!(sql.execute(refuse, []).expect("refused"), 1);
    drop(sql);
    gate.station.done(&["enrol", code]);
    let status = gate.status();
    assert_eq!((&status["guard"], &status["shift"]), (&Value::Null, &Value::Null), "{status}");
    assert_eq!(
        (&status["outbox"]["entries"], &status["outbox"]["stuck"]),
        (&0.into(), &1.into()),
        "{status}"
    );
    assert!(json_lines(&gate.station.run(&["guard", "list"])).is_empty(), "nobody's PIN is good here");
    let sql = rusqlite::Connection::open(gate.database()).expect("open");
    for table in ["event", "face", "foreign_departure", "photo"] {
        let count: i64 =
            sql.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get(0)).expect("counted");
        assert_eq!(count, 0, "{table}");
    }
    drop(sql);
    let retried = json_lines(&gate.station.run(&["retry"]));
    assert_eq!((&retried[0]["entries"], &retried[0]["left"]), (&0.into(), &1.into()), "{retried:?}");
    let devices = other.local(&["device", "list"]);
    assert_eq!(devices[0]["entries"], 0, "{devices}");
}
