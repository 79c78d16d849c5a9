//! An outbox whose server refuses, stammers, or is something else: nothing is marked that was not sent, nothing good
//! is held up for good by something bad, and what is refused is seen.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicBool, Ordering},
};

use gatehouse_core::{
    device::{Erase, FileSecrets, GuardStation, SystemTime},
    id::EntryId,
    journal::EntryKind,
};
use gatehouse_tests::{
    between::{Act, Between, Request},
    json_lines,
    station::End,
};
use serde_json::{Value, json};

use super::{BTreeMap, Gate, fs, missing};

pub const ENTRIES: &str = "/api/access-control/entries";

/// A gate whose station talks to the server through something between them.
pub fn gate_with_something_between() -> (Gate, Between) {
    let mut between = None;
    let gate = Gate::open_behind(|url| between.insert(Between::start(url)).url.clone());
    gate.station.done(&["sync"]);
    (gate, between.expect("it was started"))
}

fn entries_in(request: &Request) -> usize {
    let body: Value = serde_json::from_slice(&request.body).expect("JSON");
    body["entries"].as_array().map_or(0, Vec::len)
}

pub fn problem(status: u16, code: &str) -> Vec<u8> {
    json!({"type": "about:blank", "title": "no", "status": status, "code": code}).to_string().into_bytes()
}

pub fn sync(gate: &Gate) -> Value {
    json_lines(&gate.station.run(&["sync"])).remove(0)
}

fn scans(gate: &Gate, word: &str, count: u64) -> super::Shown {
    let lines = (0..count).flat_map(|n| [format!("{word} {n}"), "d".to_owned()]).collect();
    gate.station.type_in(lines, &[("GATEHOUSE_FAULT_NETWORK", "down".to_owned())], End::Whole)
}

#[test]
fn answers_that_are_not_the_servers_mark_nothing() {
    let (gate, between) = gate_with_something_between();
    let seen: Arc<Mutex<Vec<u8>>> = Arc::default();
    let all = scans(&gate, "FIRST", 2);
    let waiting = gate.station.answer(&["status"])["outbox"]["waiting"].clone();
    let answer = |head: &'static str, body: &[u8]| {
        let body = body.to_vec();
        move |request: &Request| match request.path.as_str() {
            ENTRIES => Act::Answer(head, body.clone()),
            _ => Act::Pass,
        }
    };
    let accepted = json!({"results": vec![json!({"result": "accepted"}); 4], "server_time": 1}).to_string();
    type Rule = Box<dyn FnMut(&Request) -> Act + Send>;
    let rules: Vec<(&str, Rule)> = vec![
        ("a captive portal", Box::new(answer("200 OK\r\ncontent-type: text/html", b"<html>Sign in</html>"))),
        (
            "a portal for everything",
            Box::new(|_| Act::Answer("200 OK\r\ncontent-type: text/html", b"<html>Sign in</html>".to_vec())),
        ),
        ("a redirect", Box::new(answer("302 Found\r\nlocation: http://127.0.0.1:1/", b""))),
        ("other JSON", Box::new(answer("200 OK\r\ncontent-type: application/json", b"{\"ok\":true}"))),
        (
            "success without a receipt",
            Box::new(answer("200 OK\r\ncontent-type: application/json", accepted.as_bytes())),
        ),
        ("a gateway's error", Box::new(answer("502 Bad Gateway\r\ncontent-type: text/html", b"<html>"))),
        ("a proxy's sign-in", Box::new(answer("401 Unauthorized\r\ncontent-type: text/html", b"<html>"))),
        ("overrun", Box::new(answer("429 Too Many Requests\r\nretry-after: 1234", b""))),
    ];
    for (what, rule) in rules {
        between.rule(rule);
        let report = sync(&gate);
        assert_eq!(
            (&report["sent"], &report["waiting"], &report["stuck"]),
            (&0.into(), &waiting, &0.into()),
            "{what}: {report}"
        );
        assert!(report["problem"].is_string() && report["next_try_in_ms"].is_u64(), "{what}: {report}");
    }
    assert!(sync(&gate)["next_try_in_ms"].as_u64() >= Some(1_200_000), "the server's wish is a lower bound");
    let due = gate.station.answer(&["sync", "--if-due"]);
    assert_eq!(due["due"], false, "also over a restart: {due}");

    // What the server took and the station did not hear is sent again and is not doubled.
    for (what, act) in [
        ("cut", Act::Cut),
        ("too few", Act::Change(Arc::new(|body| with_results(body, |results| drop(results.pop()))))),
        (
            "too many",
            Act::Change(Arc::new(|body| {
                with_results(body, |results| results.push(json!({"result": "accepted"})))
            })),
        ),
    ] {
        between.rule(move |request| if request.path == ENTRIES { act.clone() } else { Act::Pass });
        let report = sync(&gate);
        assert_eq!((&report["sent"], &report["waiting"]), (&0.into(), &waiting), "{what}: {report}");
    }
    let keep = Arc::clone(&seen);
    let listen: Act = Act::Change(Arc::new(move |body| {
        keep.lock().expect("kept").clone_from(&body);
        body
    }));
    between.rule(move |request| if request.path == ENTRIES { listen.clone() } else { Act::Pass });
    assert_eq!(sync(&gate)["waiting"], 0);

    // An answer of a moment ago, word for word: its receipt does not reach what is sent now.
    let mut all = all;
    super::gather(&mut all, scans(&gate, "SECOND", 2));
    let again = seen.lock().expect("kept").clone();
    assert!(!again.is_empty());
    between.rule(answer("200 OK\r\ncontent-type: application/json", &again));
    let report = sync(&gate);
    assert_eq!((&report["sent"], &report["problem"]), (&0.into(), &"not_gatehouse".into()), "{report}");

    // A server that has no time for keys and packs takes entries all the same, and says when to come back.
    between.rule(|request| match request.path.as_str() {
        ENTRIES => Act::Pass,
        _ => Act::Answer("503 Busy\r\nretry-after: 2345", Vec::new()),
    });
    let report = sync(&gate);
    assert_eq!((&report["waiting"], &report["problem"]), (&0.into(), &"http_503".into()), "{report}");
    assert!(report["next_try_in_ms"].as_u64() >= Some(2_300_000), "{report}");
    between.rule(|_| Act::Pass);
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

fn with_results(body: Vec<u8>, change: impl FnOnce(&mut Vec<Value>)) -> Vec<u8> {
    let mut answer: Value = serde_json::from_slice(&body).expect("JSON");
    if let Some(results) = answer["results"].as_array_mut() {
        change(results);
    }
    answer.to_string().into_bytes()
}

#[test]
fn a_batch_that_is_too_large_is_halved_until_it_goes() {
    let (gate, between) = gate_with_something_between();
    let all = scans(&gate, "MANY", 30);
    between.rule(|request| match request.path.as_str() {
        ENTRIES if entries_in(request) > 7 => {
            Act::Answer("413 Too Large\r\ncontent-type: text/html", b"<html>".to_vec())
        }
        _ => Act::Pass,
    });
    let report = sync(&gate);
    assert_eq!((&report["waiting"], &report["problem"]), (&0.into(), &Value::Null), "{report}");
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

#[test]
fn an_entry_that_no_request_carries_is_seen_and_goes_once_the_server_is_mended() {
    let (gate, between) = gate_with_something_between();
    let all = scans(&gate, "GOOD", 12);
    let poison: Arc<Mutex<Option<String>>> = Arc::default();
    let chosen = Arc::clone(&poison);
    between.rule(move |request| {
        if request.path != ENTRIES {
            return Act::Pass;
        }
        let body: Value = serde_json::from_slice(&request.body).expect("JSON");
        let envelopes: Vec<&str> = body["entries"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(|entry| entry["envelope"].as_str())
            .collect();
        let mut poison = chosen.lock().expect("chosen");
        let poison = poison.get_or_insert_with(|| envelopes[8].to_owned());
        match envelopes.contains(&poison.as_str()) {
            true => {
                Act::Answer("400 Bad\r\ncontent-type: application/problem+json", problem(400, "bad_request"))
            }
            false => Act::Pass,
        }
    });
    for _ in 0..2 {
        let report = sync(&gate);
        assert_eq!((&report["stuck"], &report["problem"]), (&1.into(), &"bad_request".into()), "{report}");
        assert_eq!(report["waiting"], 15, "what lies before it went: {report}");
    }
    let stuck = json_lines(&gate.station.run(&["stuck"]));
    assert_eq!((stuck.len(), &stuck[0]["code"]), (1, &"bad_request".into()), "{stuck:?}");
    assert!(
        stuck[0]["id"].is_string() && stuck[0]["kind"].is_u64() && stuck[0]["written"].is_u64(),
        "{stuck:?}"
    );
    assert_eq!(gate.station.answer(&["status"])["must_enrol_anew"], false, "it is no fork");
    between.rule(|_| Act::Pass);
    let retried = json_lines(&gate.station.run(&["retry"]));
    assert_eq!((&retried[0]["entries"], &retried[1]["waiting"]), (&1.into(), &0.into()), "{retried:?}");
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

#[test]
fn a_photo_that_arrives_broken_twice_is_set_aside_and_can_be_sent_again() {
    let (gate, between) = gate_with_something_between();
    let picture = gate.folder.path().join("face.png");
    let picture = picture.to_str().expect("UTF-8");
    let invitation = gate.server.local(&["invitation", "add", "--name", "Pia Picture", "--site", "1"]);
    let _ = gate.server.local(&[
        "pass",
        "issue",
        "--invitation",
        invitation["id"].as_str().expect("id"),
        "--png",
        picture,
    ]);
    let broken = Arc::new(AtomicBool::new(false));
    let twice = Arc::clone(&broken);
    between.rule(move |request| match request.method.as_str() {
        "PATCH" => {
            twice.store(true, Ordering::Relaxed);
            Act::Answer("422 No\r\ncontent-type: application/problem+json", problem(422, "photo_mismatch"))
        }
        _ => Act::Pass,
    });
    gate.station.done(&["walk-up", "--name", "Wanda Walker", "--photo", picture, "--grant"]);
    let _ = gate.station.run(&["sync"]);
    assert!(broken.load(Ordering::Relaxed));
    let outbox = gate.station.answer(&["status"])["outbox"].clone();
    assert_eq!(
        (&outbox["photos"], &outbox["stuck_photos"], &outbox["waiting"]),
        (&0.into(), &1.into(), &0.into()),
        "{outbox}"
    );
    let stuck = json_lines(&gate.station.run(&["stuck"]));
    assert_eq!(stuck[0]["code"], "photo_mismatch", "{stuck:?}");
    between.rule(|_| Act::Pass);
    let retried = json_lines(&gate.station.run(&["retry"]));
    assert_eq!((&retried[0]["photos"], &retried[1]["photos"]), (&1.into(), &1.into()), "{retried:?}");
}

#[test]
fn a_grant_made_offline_is_judged_by_the_new_pack_although_nothing_can_be_sent() {
    let (gate, between) = gate_with_something_between();
    let invitation = gate.server.local(&["invitation", "add", "--name", "Carl Cancelled", "--site", "1"]);
    let code = invitation["code"].as_str().expect("text");
    gate.station.done(&["sync"]);
    let down = [("GATEHOUSE_FAULT_NETWORK", "down")];
    let scanned =
        gate.station.command(&["scan", "--code", code, "--grant"]).envs(down).output().expect("ran");
    assert_eq!(json_lines(&scanned)[1]["granted"], true, "{scanned:?}");
    let before = gate.station.answer(&["status"])["outbox"]["entries"].as_u64().expect("a count");
    let _ = gate.server.local(&["invitation", "cancel", invitation["id"].as_str().expect("id")]);
    between.rule(|request| match request.path.as_str() {
        ENTRIES => Act::Answer("503 Busy", Vec::new()),
        _ => Act::Pass,
    });
    let report = sync(&gate);
    assert_eq!((&report["sent"], &report["problem"]), (&0.into(), &"http_503".into()), "{report}");
    assert_eq!(gate.station.answer(&["status"])["outbox"]["entries"], before + 1, "an amendment");
    between.rule(|_| Act::Pass);
    let kinds: Vec<EntryKind> =
        gate.journal_at_server().into_iter().map(|signed| signed.entry.kind).collect();
    assert!(kinds.contains(&EntryKind::Amendment), "{kinds:?}");
}

#[test]
fn a_pack_that_does_not_get_through_holds_up_no_entry() {
    let (gate, between) = gate_with_something_between();
    let all = scans(&gate, "WAITING", 3);
    between.rule(|request| {
        if request.path.starts_with("/api/access-control/gate-pack") {
            std::thread::sleep(std::time::Duration::from_millis(6_500));
        }
        Act::Pass
    });
    let report = json_lines(&gate.station.run(&["sync", "--seconds", "12"])).remove(0);
    assert_eq!((&report["waiting"], &report["problem"]), (&0.into(), &"unreachable".into()), "{report}");
    between.rule(|_| Act::Pass);
    assert_eq!(missing(&all, &gate.journal_at_server()), Vec::<String>::new());
}

#[test]
fn whom_the_server_erases_its_phones_forget() {
    let gate = Gate::open();
    let add =
        ["invitation", "add", "--name", "Quirin Quarkhausen", "--email", "q@quark.example", "--site", "1"];
    let invitation = gate.server.local(&add);
    let code = invitation["code"].as_str().expect("text");
    let scanned = json_lines(&gate.station.run(&["scan", "--code", code, "--grant"])).remove(0);
    gate.station.done(&["sync"]);
    let event: EntryId = scanned["event"].as_str().expect("id").parse().expect("an id");
    let key_length = || -> usize {
        let sql = rusqlite::Connection::open(gate.station.data.join("station.db")).expect("open");
        let query = "SELECT length(sealed_key) FROM entry WHERE id = ?1";
        sql.query_row(query, [event.as_bytes()], |row| row.get(0)).expect("there")
    };
    let at_server = || {
        let files = ["gatehouse.db", "gatehouse.db-wal"].map(|name| gate.server.data.join(name));
        let bytes: Vec<u8> = files.iter().flat_map(|file| fs::read(file).unwrap_or_default()).collect();
        let bytes = bytes.to_ascii_lowercase();
        ["quarkhausen", "quark.example"]
            .iter()
            .filter(|word| bytes.windows(word.len()).any(|found| found == word.as_bytes()))
            .count()
    };
    assert!(key_length() > 0 && at_server() == 2);
    let erased = gate.server.local(&["erase", "invitation", invitation["reference"].as_str().expect("text")]);
    assert_eq!(
        (&erased["people"], &erased["events"], &erased["scrubbed"]),
        (&1.into(), &1.into(), &true.into())
    );
    assert_eq!(at_server(), 0);
    assert!(key_length() > 0, "the phone does not know yet");
    let _ = gate.scan_some("MORE", 1);
    gate.station.done(&["sync"]);
    assert_eq!((key_length(), at_server()), (0, 0));
}

#[test]
fn a_person_is_erased_from_the_phone_once_the_server_has_what_was_written() {
    let gate = Gate::open();
    let picture = gate.folder.path().join("face.png");
    let picture = picture.to_str().expect("UTF-8");
    let invitation = gate.server.local(&["invitation", "add", "--name", "Pia Picture", "--site", "1"]);
    let id = invitation["id"].as_str().expect("id").to_owned();
    let _ = gate.server.local(&["pass", "issue", "--invitation", &id, "--png", picture]);
    let code = invitation["code"].as_str().expect("text");
    let scanned = json_lines(&gate.station.run(&["scan", "--code", code, "--grant"])).remove(0);
    gate.station.done(&["sync"]);
    let down = [("GATEHOUSE_FAULT_NETWORK", "down")];
    let walked = gate
        .station
        .command(&["walk-up", "--name", "Wanda Walker", "--photo", picture, "--grant"])
        .envs(down)
        .output()
        .expect("ran");
    let walked = json_lines(&walked).remove(0);
    let (scan, walk) = (scanned["event"].as_str().expect("id"), walked["event"].as_str().expect("id"));
    let sealed = |event: &str| -> Vec<Vec<u8>> {
        let event: EntryId = event.parse().expect("an id");
        let sql = rusqlite::Connection::open(gate.station.data.join("station.db")).expect("open");
        let one = |query: &str| {
            sql.query_row(query, [event.as_bytes()], |row| row.get::<_, Vec<u8>>(0)).expect("there")
        };
        vec![
            one("SELECT sealed_key FROM entry WHERE id = ?1"),
            one("SELECT sealed_result FROM event WHERE id = ?1"),
        ]
    };
    let on_disk = |sealed: &[Vec<u8>]| {
        let files = fs::read_dir(&gate.station.data).expect("read").map(|file| file.expect("file").path());
        let files = files.filter(|file| file.is_file() && !file.ends_with("reserve"));
        let bytes: Vec<u8> = files.flat_map(|file| fs::read(file).expect("read")).collect();
        sealed.iter().filter(|sealed| bytes.windows(24).any(|piece| piece == &sealed[..24])).count()
    };
    let (of_scan, of_walk) = (sealed(scan), sealed(walk));
    assert_eq!((on_disk(&of_scan), on_disk(&of_walk)), (2, 2), "the search finds what is there");

    let open = || {
        let secrets = FileSecrets::open(gate.station.data.join("secrets")).expect("secrets");
        let folder = gate.station.data.to_string_lossy().into_owned();
        GuardStation::open(folder, Arc::new(secrets), Arc::new(SystemTime)).expect("open")
    };
    // Somebody who is reading keeps the log from being emptied: that is said, and done later.
    let station = open();
    let reader = rusqlite::Connection::open(gate.station.data.join("station.db")).expect("open");
    let reading = || reader.execute_batch("BEGIN; SELECT count(*) FROM entry;").expect("reading");
    reading();
    let erased = station.erase(&Erase::Subject(id.parse().expect("an id"))).expect("erased");
    assert!(erased.entries >= 3 && erased.waiting == 0, "scan, decision, arrival: {erased:?}");
    assert_eq!(erased.files_set_aside, ["station.db-wal"]);
    assert!(on_disk(&of_scan) > 0);
    reader.execute_batch("COMMIT").expect("read");

    let erased = station.erase(&Erase::Events(vec![walk.parse().expect("an id")])).expect("noted");
    assert!(erased.entries == 0 && erased.waiting >= 2 && erased.files_set_aside.is_empty(), "{erased:?}");
    assert_eq!((on_disk(&of_scan), on_disk(&of_walk)), (0, 2), "the server must have it first");
    reading();
    assert_eq!(station.sync_once(20_000).expect("a report").problem, None);
    assert!(on_disk(&of_walk) > 0);
    reader.execute_batch("COMMIT").expect("read");
    assert_eq!(station.sync_once(20_000).expect("a report").problem, None);
    assert_eq!(on_disk(&of_walk), 0);
    drop((station, reader));
    let sql = rusqlite::Connection::open(gate.station.data.join("station.db")).expect("open");
    let photos: i64 = sql.query_row("SELECT count(*) FROM photo", [], |row| row.get(0)).expect("counted");
    drop(sql);
    assert_eq!(photos, 0);
    let inside: BTreeMap<String, Value> = json_lines(&gate.station.run(&["depart"]))
        .into_iter()
        .map(|visit| (visit["stay"].as_str().expect("id").to_owned(), visit["name"].clone()))
        .collect();
    assert!(inside.contains_key(scan), "the visit is still known: {inside:?}");
    let entries = gate.journal_at_server();
    assert!(
        entries.iter().any(|signed| signed.entry.id.to_string() == scan),
        "the chain holds, entry and all"
    );
}
