//! A gate as people use it: the real server, the real station, real pictures, and what goes wrong.

#[path = "gate/address.rs"]
mod address;
#[path = "gate/kept.rs"]
mod kept;
#[path = "gate/scanning.rs"]
mod scanning;
#[path = "gate/screens.rs"]
mod screens;
#[path = "gate/station.rs"]
mod station;
#[path = "gate/wall.rs"]
mod wall;
#[path = "gate/wallet.rs"]
mod wallet;

use std::{fs, io::Write, net::TcpStream, path::Path, time::Duration};

use gatehouse_tests::{json_lines, run, server::Server, station::Station};
use serde_json::Value;

const GUARD: &str = "guard@oakwood.example";

fn oakwood(folder: &Path) -> Server {
    let server = Server::start(&folder.join("server"), 0);
    let _ = server.local(&["site", "add", "--name", "Main gate"]);
    let _ = server.local(&["site", "add", "--name", "Back gate"]);
    let guard = server.local(&["user", "add", "--email", GUARD, "--role", "guard", "--name", "Grace"]);
    let _ = server.local(&["user", "assign", guard["id"].as_str().expect("id"), "--site", "1"]);
    server
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

/// The checksum of a PNG chunk (RFC 2083, section 15).
fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(!0, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    })
}

// covers: S4-6, S4-23, S4-52, S4-54, S4-55, S4-58, S4-59, S4-98, S4-100
#[test]
fn the_demo_does_what_it_says() {
    let output = run(&["demo", "--once", "--json", "--listen", "127.0.0.1:0"]);
    assert!(output.status.success(), "{output:?}");
    let lines = json_lines(&output);
    let code = |step: &Value| format!("{} {}", step["verdict"].as_str().unwrap_or("-"), text(step, "code"));
    let seen: Vec<String> = lines.iter().filter(|line| line.get("step").is_some()).map(code).collect();
    for wanted in [
        "VERIFIED ok",
        "CAUTION offline",
        "CAUTION not_assigned",
        "DENIED bad_signature",
        "DENIED expired",
        "DENIED superseded",
        "DENIED revoked",
        "DENIED cancelled",
    ] {
        assert!(seen.iter().any(|code| code == wanted), "no {wanted} in {seen:?}");
    }
    assert_eq!(seen.iter().filter(|code| *code == "DENIED revoked").count(), 2, "online and offline");
    assert!(lines.iter().all(|line| line.get("ok").is_none_or(|ok| ok == true)), "{lines:#?}");
}

// covers: S4-2, S4-54, S4-64
#[test]
fn a_picture_scanned_with_the_server_down_is_caution_and_durable() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = oakwood(folder.path());
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
    let picture = folder.path().join("code.png");
    let picture = picture.to_str().expect("UTF-8");
    let _ = server.local(&["pass", "issue", "--invitation", text(&invitation, "id"), "--png", picture]);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let port = server.port();
    server.kill();

    let output = station.run(&["scan", "--image", picture]);
    assert_eq!(output.status.code(), Some(10), "{output:?}");
    let scan = json_lines(&output).remove(0);
    assert_eq!((text(&scan, "verdict"), text(&scan, "code")), ("CAUTION", "offline"));
    assert_eq!(text(&scan, "name"), "Vera Visitor");
    let before = station.answer(&["status"])["outbox"]["waiting"].as_u64().expect("a count");
    assert!(before >= 1);

    // The same code again is the same event until it is decided.
    let again = json_lines(&station.run(&["scan", "--image", picture])).remove(0);
    assert_eq!((&again["event"], &again["again"]), (&scan["event"], &Value::Bool(true)));
    assert_eq!(station.answer(&["status"])["outbox"]["waiting"].as_u64(), Some(before));

    let server = Server::start(&server.data.clone(), port);
    let report = station.answer(&["sync"]);
    assert_eq!((&report["waiting"], &report["stuck"]), (&0.into(), &0.into()), "{report}");
    drop(server);
}

// covers: S0-125, S4-15, S4-38
#[test]
fn a_visit_goes_from_scan_to_departure() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--max-uses", "1"]);
    let code = text(&invitation, "code");

    let output = station.run(&["scan", "--code", code, "--grant"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let lines = json_lines(&output);
    assert_eq!((text(&lines[0], "verdict"), &lines[1]["on_site"]), ("VERIFIED", &Value::Bool(true)));
    let inside = json_lines(&station.run(&["depart"]));
    assert_eq!(inside[0]["name"], "Vera Visitor");

    // On the way out the used-up code opens the departure instead of being denied.
    let out = json_lines(&station.run(&["scan", "--code", code])).remove(0);
    assert_eq!(out["departure_of"], lines[0]["event"], "{out}");
    assert_ne!(text(&out, "verdict"), "DENIED");
    station.done(&["depart", text(&out, "departure_of")]);
    assert!(json_lines(&station.run(&["depart"])).is_empty());

    // Back again: once was all.
    let back = station.run(&["scan", "--code", code]);
    assert_eq!(back.status.code(), Some(20), "{back:?}");
    let back = json_lines(&back).remove(0);
    assert_eq!(text(&back, "code"), "used_up");
    let event = text(&back, "event").to_owned();

    // Granting against DENIED needs a reason.
    let mut process =
        station.command(&["scan"]).stdin(std::process::Stdio::piped()).spawn().expect("scanning");
    writeln!(process.stdin.take().expect("stdin"), "{code}\ng").expect("typed");
    process.wait().expect("ended");
    let refused = station.run(&["scan", "--code", code, "--grant"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("reason_required: "), "{refused:?}");
    let granted = station.run(&["scan", "--code", code, "--grant", "--reason", "Host vouched by phone"]);
    let decided = json_lines(&granted).remove(1);
    assert_eq!((&decided["flagged"], text(&decided, "event")), (&Value::Bool(true), event.as_str()));
}

#[test]
fn what_a_station_may_not_do_it_refuses_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let fresh = Station { data: folder.path().join("fresh") };
    let code_of = |output: std::process::Output| {
        assert_eq!(output.status.code(), Some(2), "{output:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        text.split(": ").next().unwrap_or_default().to_owned()
    };
    assert_eq!(code_of(fresh.run(&["scan", "--code", "X"])), "not_enrolled");
    assert_eq!(code_of(fresh.run(&["sync"])), "not_enrolled");
    assert_eq!(code_of(fresh.run(&["enrol", "GHE1:{}"])), "enrolment_code_malformed");

    let enrolment = server.local(&["device", "code", "--url", &server.url]);
    let enrolment = text(&enrolment, "code");
    // Another root than the one in the code: some other server.
    let mut other: Value =
        serde_json::from_str(enrolment.strip_prefix("GHE1:").expect("prefix")).expect("JSON");
    other["root"] = "00".repeat(32).into();
    assert_eq!(code_of(fresh.run(&["enrol", &format!("GHE1:{other}")])), "wrong_server");
    fresh.done(&["enrol", enrolment]);
    let second = Station { data: folder.path().join("second") };
    assert_eq!(code_of(second.run(&["enrol", enrolment])), "enrolment_code_invalid");
    assert_eq!(code_of(fresh.run(&["shift", "start", "--site", "1"])), "not_signed_in");
    fresh.done(&["sign-in", "--email", GUARD]);
    let code = server.one_time_code(GUARD);
    let wrong = if code == "000000" { "000001" } else { "000000" };
    assert_eq!(code_of(fresh.run(&["sign-in", "--email", GUARD, "--code", wrong])), "code_invalid");
    fresh.done(&["sign-in", "--email", GUARD, "--code", &code]);
    assert_eq!(code_of(fresh.run(&["shift", "start", "--site", "2"])), "not_assigned");
    fresh.done(&["shift", "start", "--site", "1"]);

    // Another secret store than the one that sealed the data: refused, and nothing is overwritten.
    let secrets = fresh.data.join("secrets/store-key");
    let kept = fs::read(&secrets).expect("the key");
    fs::write(&secrets, [7; 32]).expect("another key");
    assert_eq!(code_of(fresh.run(&["status"])), "storage_wrong_key");
    fs::write(&secrets, kept).expect("the key again");
    fresh.done(&["status"]);
}

#[test]
fn hostile_input_is_refused_early_and_in_words() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);

    let long = station.run(&["scan", "--code", &"A".repeat(1025)]);
    assert_eq!(long.status.code(), Some(20), "{long:?}");
    assert_eq!(text(&json_lines(&long)[0], "code"), "malformed");

    // A PNG header that promises 100,000 by 100,000 pixels.
    let header =
        [b"IHDR".as_slice(), &100_000u32.to_be_bytes(), &100_000u32.to_be_bytes(), &[8, 2, 0, 0, 0]].concat();
    let bomb = [b"\x89PNG\r\n\x1a\n\0\0\0\r".as_slice(), &header, &crc32(&header).to_be_bytes()].concat();
    let file = folder.path().join("bomb.png");
    fs::write(&file, &bomb).expect("written");
    let output = station.run(&["scan", "--image", file.to_str().expect("UTF-8")]);
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("picture_too_large: "), "{output:?}");

    // A body that claims to be larger than any request is refused before it is read.
    let address = server.url.strip_prefix("http://").expect("http");
    let mut stream = TcpStream::connect(address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(10))).expect("set");
    let head = "POST /api/enrol HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: 999999999\r\n\r\n";
    stream.write_all(head.as_bytes()).expect("sent");
    let mut answer = [0; 12];
    std::io::Read::read_exact(&mut stream, &mut answer).expect("answered");
    assert_eq!(&answer, b"HTTP/1.1 413");

    for (path, body) in [
        ("/api/enrol", "{"),
        ("/api/enrol", "{\"request\":\"00\"}"),
        ("/api/auth/sign-in", "[]"),
        ("/api/access-control/entries", "{\"entries\":[]}"),
        ("/api/access-control/verify", "\u{0}"),
        ("/api/nothing/here", "{}"),
    ] {
        let agent: ureq::Agent = ureq::Agent::config_builder().http_status_as_error(false).build().into();
        let mut answer = agent
            .post(format!("{}{path}", server.url))
            .header("content-type", "application/json")
            .header("accept", "application/json")
            .send(body)
            .expect("answered");
        let status = answer.status().as_u16();
        let problem: Value = answer.body_mut().read_json().unwrap_or_else(|error| panic!("{path}: {error}"));
        assert!((400..500).contains(&status), "{path}: {status}");
        assert_eq!(problem["status"], status, "{path}: {problem}");
        assert!(problem["code"].as_str().is_some_and(|code| !code.is_empty()), "{path}: {problem}");
    }
}

#[test]
fn a_station_restored_from_a_backup_goes_on_as_a_new_device_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    station.done(&["sync"]);
    let restored = Station { data: folder.path().join("restored") };
    let copied = std::process::Command::new("cp")
        .args(["-a".as_ref(), station.data.as_os_str(), restored.data.as_os_str()])
        .status()
        .expect("copied");
    assert!(copied.success());

    let scan = |station: &Station, code: &str| {
        text(&json_lines(&station.run(&["scan", "--code", code, "--deny"]))[0], "event").to_owned()
    };
    let original = scan(&station, "BEFORE");
    station.done(&["sync"]);
    let kept = [scan(&restored, "AFTER"), scan(&restored, "AFTER ALL")];
    let refused = restored.run(&["sync"]);
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("forked: "), "{refused:?}");
    let former = text(&restored.answer(&["status"]), "device").to_owned();

    let enrolment = server.local(&["device", "code", "--url", &server.url]);
    restored.done(&["enrol", text(&enrolment, "code")]);
    restored.done(&["sync"]);
    let status = restored.answer(&["status"]);
    assert_ne!(text(&status, "device"), former);
    assert_eq!(
        (&status["outbox"]["waiting"], &status["outbox"]["stuck"]),
        (&0.into(), &0.into()),
        "{status}"
    );

    let admin = server.local(&["user", "add", "--email", "a@oakwood.example", "--role", "admin", "--token"]);
    let mut answer = ureq::get(format!("{}/api/access-control/events", server.url))
        .header("authorization", format!("Bearer {}", text(&admin, "token")))
        .call()
        .expect("events");
    let events: Vec<Value> = answer.body_mut().read_json().expect("JSON");
    for event in kept.iter().chain([&original]) {
        assert_eq!(events.iter().filter(|seen| text(seen, "event") == event).count(), 1, "{event}");
    }
}

#[test]
fn a_policy_is_set_by_the_command_line_and_holds_at_the_gate() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = oakwood(folder.path());
    let shown = server.local(&["policy"]);
    assert_eq!((&shown["deny_expired_pack"], &shown["next_update_s"]), (&false.into(), &3600.into()));
    let _ = server.local(&["policy", "--deny-expired-pack", "true", "--next-update", "60"]);
    let set = server.local(&["policy", "--hard-expiry", "60"]);
    assert_eq!((&set["deny_expired_pack"], &set["hard_expiry_s"]), (&true.into(), &60.into()));
    assert_eq!(server.local(&["policy"]), set);
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    station.done(&["sync"]);
    server.kill();
    // Two minutes later, after the phone was started again.
    let mut later = station.command(&["scan", "--code", text(&invitation, "code")]);
    later.env("GATEHOUSE_FAULT_BOOT", "another:1000").env("GATEHOUSE_FAULT_WALL_MS", "120000");
    let scan = json_lines(&later.output().expect("a scan")).remove(0);
    assert_eq!((text(&scan, "verdict"), text(&scan, "code")), ("DENIED", "pack_expired"), "{scan}");
}

#[test]
fn a_departure_at_one_gate_ends_the_visit_at_every_gate() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let other = "second@oakwood.example";
    let second = server.local(&["user", "add", "--email", other, "--role", "guard"]);
    let _ = server.local(&["user", "assign", text(&second, "id"), "--site", "1"]);
    let front = Station::at_work(&server, &folder.path().join("front"), GUARD);
    let back = Station::at_work(&server, &folder.path().join("back"), other);
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--max-uses", "1"]);
    let code = text(&invitation, "code");

    let arrival = json_lines(&front.run(&["scan", "--code", code, "--grant"])).remove(0);
    front.done(&["sync"]);
    let leaving = json_lines(&back.run(&["scan", "--code", code])).remove(0);
    assert_eq!(leaving["departure_of"], arrival["event"], "{leaving}");
    for _ in 0..2 {
        back.done(&["depart", text(&arrival, "event")]);
    }
    back.done(&["sync"]);
    let entries = back.answer(&["status"])["outbox"]["entries"].as_u64();
    assert_eq!(entries, Some(3), "a shift, a scan and one departure");

    let again = front.run(&["scan", "--code", code]);
    assert_eq!(again.status.code(), Some(20), "{again:?}");
    let again = json_lines(&again).remove(0);
    assert_eq!((text(&again, "code"), again.get("departure_of")), ("used_up", None));
    assert!(json_lines(&front.run(&["depart"])).is_empty());
}

// covers: S4-49, S4-52
#[test]
fn another_shift_is_another_scan() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let _ = server.local(&["user", "assign", GUARD, "--site", "1", "--site", "2"]);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
    let code = text(&invitation, "code");
    let first = json_lines(&station.run(&["scan", "--code", code])).remove(0);
    assert_eq!(text(&first, "verdict"), "VERIFIED");
    station.done(&["shift", "end"]);
    station.done(&["shift", "start", "--site", "2"]);
    let second = json_lines(&station.run(&["scan", "--code", code])).remove(0);
    assert_eq!((text(&second, "verdict"), text(&second, "code")), ("CAUTION", "not_assigned"));
    assert_ne!(first["event"], second["event"]);
}

#[test]
fn codes_are_drawn_and_read_from_the_command_line() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = |name: &str| folder.path().join(name).to_string_lossy().into_owned();
    let (png, svg, none) = (path("a.png"), path("a.svg"), path("none.png"));
    let drawn = run(&["qr", "draw", "GH1:A CODE", "--png", &png, "--svg", &svg]);
    assert!(drawn.status.success(), "{drawn:?}");
    assert!(fs::read_to_string(&svg).expect("an SVG").starts_with("<svg "));

    let read = run(&["qr", "read", "--json", "--effort", "thorough", &png]);
    assert!(read.status.success(), "{read:?}");
    let line = &json_lines(&read)[0];
    assert_eq!((text(line, "file"), text(line, "text")), (png.as_str(), "GH1:A CODE"));
    assert!(line["milliseconds"].as_f64().is_some());
    // Four modules of eight pixels are around it.
    let corner = &line["corners"][0];
    let near = |value: &Value| value.as_f64().is_some_and(|at| (at - 32.0).abs() < 2.0);
    assert!(near(&corner[0]) && near(&corner[1]), "{line}");

    // A file that is not there, or no picture, is a line like any other, and the status says so.
    let read = run(&["qr", "read", "--json", &none, &svg, &png]);
    assert_eq!(read.status.code(), Some(1), "{read:?}");
    let lines = json_lines(&read);
    assert_eq!(
        lines.iter().filter_map(|line| line["why"].as_str()).collect::<Vec<_>>(),
        ["file_unreadable", "picture_unsupported"]
    );
    assert_eq!(text(&lines[2], "text"), "GH1:A CODE");
    let read = run(&["qr", "read", &png]);
    assert_eq!(String::from_utf8_lossy(&read.stdout), format!("{png}: GH1:A CODE\n"));
    assert_eq!(run(&["qr", "draw", "A"]).status.code(), Some(2), "nowhere to draw");
}
