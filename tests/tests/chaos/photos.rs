//! Photos on bad lines: large ones go in pieces and on from where they were, one that fails holds up no other, and a
//! phone keeps none for ever.

use std::sync::{Arc, Mutex};

use gatehouse_tests::{
    between::{Act, Between, Request},
    json_lines, noisy_picture,
};
use serde_json::Value;

use super::{
    Gate, fs,
    outbox::{gate_with_something_between, problem, sync},
};

const PHOTOS: &str = "/api/access-control/photos/";

impl Gate {
    /// Registers a visitor without a code and a photo of so many noisy pixels, without a network.
    fn photographed(&self, name: &str, side: u32) {
        let picture = self.folder.path().join("noise.png");
        noisy_picture(&picture, side, u64::from(side));
        let picture = picture.to_str().expect("UTF-8");
        let args = ["walk-up", "--name", name, "--photo", picture, "--grant"];
        let down = ("GATEHOUSE_FAULT_NETWORK", "down");
        let walked = self.station.command(&args).envs([down]).output().expect("ran");
        assert!(walked.status.success(), "{walked:?}");
    }

    /// Bytes of the photos that the phone keeps.
    fn photo_bytes(&self) -> u64 {
        let sql = rusqlite::Connection::open(self.database()).expect("open");
        sql.query_row("SELECT coalesce(sum(length(sealed)), 0) FROM photo", [], |row| row.get(0))
            .expect("counted")
    }
}

/// Pieces that were offered: where each begins, and how long it is.
type Pieces = Arc<Mutex<Vec<(u64, usize)>>>;

/// Notes every piece, and does with it what `act` says.
fn pieces(between: &Between, mut act: impl FnMut(usize, &Request) -> Act + Send + 'static) -> Pieces {
    let seen = Pieces::default();
    let noted = Arc::clone(&seen);
    between.rule(move |request| match (request.method.as_str(), request.offset) {
        ("PATCH", Some(offset)) => {
            let mut noted = noted.lock().expect("noted");
            noted.push((offset, request.body.len()));
            act(noted.len(), request)
        }
        _ => Act::Pass,
    });
    seen
}

#[test]
fn a_photo_cut_off_between_pieces_goes_on_where_it_was_and_in_the_size_that_goes() {
    let (gate, between) = gate_with_something_between();
    gate.photographed("Nora Noise", 640);
    let length = gate.photo_bytes();
    assert!(length > 200_000, "{length} bytes");
    // The second piece meets a dead line, and so does everything behind it.
    let seen = pieces(&between, |number, _| if number == 1 { Act::Pass } else { Act::HangUp });
    let report = sync(&gate);
    assert_eq!((&report["waiting"], &report["photos"]), (&0.into(), &0.into()), "{report}");
    assert_eq!(report["problem"], "unreachable", "{report}");
    let first = seen.lock().expect("noted")[0];
    assert!(first.0 == 0 && first.1 < 100_000, "a small piece first: {first:?}");

    // On the way there is a limit that the station has to find out.
    let seen = pieces(&between, |_, request| match request.body.len() {
        ..=40_000 => Act::Pass,
        _ => Act::Answer("413 Too Large\r\ncontent-type: text/html", b"<html>".to_vec()),
    });
    let report = sync(&gate);
    assert_eq!((&report["photos"], &report["problem"]), (&1.into(), &Value::Null), "{report}");
    let seen = seen.lock().expect("noted").clone();
    assert_eq!(seen[0].0, first.1 as u64, "it goes on where it was: {seen:?}");
    let refused = seen.iter().filter(|(_, length)| *length > 40_000).count();
    assert!(refused == 1 && seen.len() > 4, "found out once: {seen:?}");
    let _ = gate.journal_at_server();
}

#[test]
fn a_photo_at_which_the_server_fails_holds_up_no_other() {
    for (head, code) in [("500 Broken", "server_error"), ("409 Elsewhere", "photo_offset")] {
        let (gate, between) = gate_with_something_between();
        for (name, side) in [("Petra", 60), ("Paul", 61), ("Pia", 62)] {
            gate.photographed(name, side);
        }
        let mut broken: Option<String> = None;
        let status: u16 = head[..3].parse().expect("a status");
        between.rule(move |request| {
            if !request.path.starts_with(PHOTOS) {
                return Act::Pass;
            }
            let broken = broken.get_or_insert_with(|| request.path.clone());
            if *broken == request.path && request.method == "PATCH" {
                let head = if status == 500 {
                    "500 Broken\r\ncontent-type: application/problem+json"
                } else {
                    "409 Elsewhere\r\ncontent-type: application/problem+json"
                };
                return Act::Answer(head, problem(status, code));
            }
            Act::Pass
        });
        let report = sync(&gate);
        assert_eq!((&report["photos"], &report["problem"]), (&2.into(), &code.into()), "{report}");
        assert_eq!(gate.status()["outbox"]["photos"], 1, "it is tried again");
        between.rule(|_| Act::Pass);
        assert_eq!(sync(&gate)["photos"], 1);
        let _ = gate.journal_at_server();
    }
}

#[test]
fn a_photo_goes_from_the_phone_once_the_server_has_it_and_asks_no_more() {
    let gate = Gate::open();
    gate.photographed("Nora Noise", 100);
    gate.station.done(&["sync"]);
    assert!(gate.photo_bytes() > 0, "nothing has been said since it was sent");
    let _ = gate.scan_some("LATER", 1);
    gate.station.done(&["sync"]);
    assert_eq!(gate.photo_bytes(), 0);
    let _ = gate.journal_at_server();

    // A server that lost it all the same cannot have it back, and that is seen.
    let sql = rusqlite::Connection::open(gate.server.data.join("gatehouse.db")).expect("open");
    sql.execute("UPDATE photo SET complete = 0, received = 0, size = NULL", []).expect("lost");
    drop(sql);
    fs::remove_dir_all(gate.server.data.join("photos")).expect("lost");
    let _ = gate.scan_some("LATEST", 1);
    let report = json_lines(&gate.station.run(&["sync"])).remove(0);
    assert_eq!((&report["stuck_photos"], &report["problem"]), (&1.into(), &"photo_gone".into()), "{report}");
}
