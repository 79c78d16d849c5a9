//! Where the server is to be found: what it remembers, how phones follow it, and whom they trust.

use std::{path::Path, process::Output};

use gatehouse_core::{picture::Luma, qr};
use gatehouse_tests::{
    between::{Act, Between},
    gatehouse, json_lines, run,
    server::Server,
    station::Station,
};
use serde_json::{Value, json};

use super::{GUARD, oakwood, text};

fn refused(output: &Output) -> (String, String) {
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    let last = text.lines().rfind(|line| line.contains(": ")).unwrap_or_default();
    (last.split(": ").next().unwrap_or_default().to_owned(), text)
}

fn code_at(server: &Server, url: &str) -> String {
    text(&server.local(&["device", "code", "--url", url]), "code").to_owned()
}

/// A code like the server's, printed by someone who wants phones to go elsewhere.
fn forged(code: &str, url: &str) -> String {
    let (prefix, rest) = code.split_once(':').expect("a prefix");
    let mut told: Value = serde_json::from_str(rest).expect("JSON");
    told["url"] = url.into();
    format!("{prefix}:{told}")
}

#[test]
fn only_a_server_that_proves_itself_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let before = Between::start(&server.url);
    let station = Station { data: folder.path().join("station") };
    station.done(&["enrol", &code_at(&server, &before.url)]);
    station.done(&["sign-in", "--email", GUARD]);
    station.done(&["sign-in", "--email", GUARD, "--code", &server.one_time_code(GUARD)]);
    station.done(&["shift", "start", "--site", "Main gate"]);
    let device = station.answer(&["status"])["device"].clone();

    // The server is gone from there, and what is written down waits.
    before.rule(|_| Act::HangUp);
    assert_eq!(station.run(&["scan", "--code", "JUNK-1", "--deny"]).status.code(), Some(20));
    assert_eq!(station.run(&["sync"]).status.code(), Some(1), "something waits");
    let waiting = station.answer(&["status"])["outbox"]["waiting"].as_u64().expect("a count");
    assert!(waiting > 0);

    // Somebody who passes everything on to the true server, and is none of its addresses.
    let between = Between::start(&server.url);
    let seen = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
    let note = std::sync::Arc::clone(&seen);
    between.rule(move |request| {
        note.lock().expect("seen").push_str(&format!("{} {}\n", request.method, request.path));
        Act::Pass
    });
    let code = code_at(&server, &server.url);
    let (error, _) = refused(&station.run(&["enrol", &forged(&code, &between.url)]));
    assert_eq!(error, "address_unproven");
    let seen = seen.lock().expect("seen").clone();
    assert!(seen.lines().all(|line| line.starts_with("GET /api/organisations/")), "{seen}");
    assert_eq!(station.answer(&["status"])["server"], before.url.as_str());

    // Another organisation's code is refused as before.
    let other = Server::start(&folder.path().join("other"), 0);
    let (error, _) = refused(&station.run(&["enrol", &code_at(&other, &other.url)]));
    assert_eq!(error, "already_enrolled");

    let moved = station.answer(&["enrol", &code]);
    assert_eq!((&moved["device"], text(&moved, "moved_from")), (&device, before.url.as_str()));
    let status = station.answer(&["status"]);
    assert_eq!((&status["device"], text(&status, "server")), (&device, server.url.as_str()));
    assert_eq!(status["outbox"]["waiting"], 0, "what waited went along: {status}");
    // The guard's session and shift go on, and the code was not used up.
    assert_eq!(json_lines(&station.run(&["scan", "--code", "JUNK-2", "--deny"])).len(), 2);
    let fresh = Station { data: folder.path().join("fresh") };
    fresh.done(&["enrol", &code]);
    assert_eq!(refused(&station.run(&["enrol", &code])).0, "already_enrolled");
}

#[test]
fn a_members_phone_follows_its_own_organisation() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let before = Between::start(&server.url);
    let email = "mia@oakwood.example";
    let _ = server.local(&["user", "add", "--email", email, "--role", "member", "--name", "Mia"]);
    let _ = server.local(&["user", "assign", "Mia", "--site", "main gate"]);
    let wallet = |args: &[&str]| {
        let mut command = gatehouse(&["wallet"]);
        command.args(args).arg("--json").arg("--data").arg(folder.path().join("wallet"));
        command.output().expect("it runs")
    };
    let join = |url: &str| text(&server.local(&["member-code", "--url", url]), "code").to_owned();
    let first = wallet(&["sign-in", "--join", &join(&before.url), "--email", email]);
    assert!(first.status.success(), "{first:?}");
    let code = server.one_time_code(email);
    assert!(wallet(&["sign-in", "--email", email, "--code", &code]).status.success());
    before.rule(|_| Act::HangUp);
    let here = join(&server.url);
    let between = Between::start(&server.url);
    let evil = wallet(&["sign-in", "--join", &forged(&here, &between.url), "--email", email]);
    assert_eq!(refused(&evil).0, "address_unproven");
    let moved = wallet(&["join", &here]);
    assert!(moved.status.success(), "{moved:?}");
    let code = wallet(&["code", "--fresh"]);
    assert!(code.status.success(), "the session goes on there: {code:?}");
    assert_eq!(text(&json_lines(&wallet(&["status"]))[0], "server"), server.url);
}

#[test]
fn a_redirect_is_named_and_not_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let leads = Between::start(&server.url);
    let to = Between::start(&server.url);
    to.rule(|_| panic!("nobody was sent there"));
    let head: &'static str = format!("308 Moved\r\nlocation: {}/api/x", to.url).leak();
    leads.rule(move |_| Act::Answer(head, Vec::new()));
    let station = Station { data: folder.path().join("station") };
    let (error, words) = refused(&station.run(&["enrol", &code_at(&server, &leads.url)]));
    assert_eq!(error, "leads_elsewhere");
    assert!(words.contains(&to.url) && words.contains(&leads.url), "{words}");
}

#[test]
fn the_platform_says_which_certificates_are_good_and_the_guard_learns_why_not() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let key = include_bytes!("tls/server.key");
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/tls/authority.pem");
    let enrol = |certificate: &[u8], authority: Option<&Path>| {
        let front = Between::with_certificate(&server.url, certificate, key);
        let station = Station { data: folder.path().join(front.url.rsplit(':').next().expect("a port")) };
        let mut command = station.command(&["enrol", &code_at(&server, &front.url)]);
        command.env_remove("SSL_CERT_DIR").env("SSL_CERT_FILE", authority.unwrap_or(Path::new("/dev/null")));
        (station, command.output().expect("it runs"))
    };
    let good = include_bytes!("tls/good.pem");
    let (_, output) = enrol(good, Some(&own));
    assert!(output.status.success(), "{output:?}");
    let (_, output) = enrol(good, None);
    assert_eq!(refused(&output).0, "no_certificate_authorities");
    // An authority that is trusted, and another than this one's.
    let (_, output) =
        enrol(good, Some(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/gate/tls/another.pem")));
    assert_eq!(refused(&output).0, "certificate_unknown_issuer");
    let (_, output) = enrol(include_bytes!("tls/ended.pem"), Some(&own));
    let (error, words) = refused(&output);
    assert_eq!(error, "certificate_expired");
    assert!(words.contains("clock"), "{words}");
    let (_, output) = enrol(include_bytes!("tls/other-name.pem"), Some(&own));
    assert_eq!(refused(&output).0, "certificate_other_name");
    // HTTPS is asked of what speaks plain HTTP.
    let station = Station { data: folder.path().join("plain") };
    let https = server.url.replace("http://", "https://");
    let mut command = station.command(&["enrol", &code_at(&server, &https)]);
    let (error, words) = refused(&command.env("SSL_CERT_FILE", &own).output().expect("it runs"));
    assert_eq!(error, "no_https", "{words}");
    assert!(words.contains(&https), "the address that was tried: {words}");
}

/// What a server says at its start, until it listens.
fn begins(data: &Path, args: &[&str]) -> Result<Vec<String>, (String, String)> {
    use std::{
        io::{BufRead, BufReader},
        process::Stdio,
    };
    let mut command = gatehouse(&["serve", "--listen", "127.0.0.1:0", "--data"]);
    command.arg(data).args(args).stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
    let mut process = command.spawn().expect("it starts");
    let mut lines = BufReader::new(process.stdout.take().expect("stdout")).lines();
    let Some(first) = lines.next() else { return Err(refused(&process.wait_with_output().expect("ended"))) };
    let mut said = vec![first.expect("a line")];
    // The address, or that there is none, is said in every case.
    said.push(lines.next().expect("a second line").expect("a line"));
    process.kill().expect("killed");
    process.wait().expect("gone");
    Ok(said)
}

#[test]
fn an_address_that_was_chosen_stays_and_a_mistyped_organisation_makes_none() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("data");
    let local =
        |args: &[&str]| gatehouse(args).arg("--data").arg(&data).arg("--json").output().expect("it runs");
    let init = ["init", "--name", "Oakwood Park", "--site", "North gate", "--admin", "ada@example.org"];
    let made = json_lines(&local(&init)).remove(0);
    assert_eq!((&made["org"], &made["site"]), (&json!("oakwood-park"), &json!(1)), "{made}");
    assert!(text(&made, "sign_in").contains("/sign-in/link#token="), "{made}");
    assert_eq!(json_lines(&local(&init)).remove(0)["sign_in"], Value::Null, "run again it changes nothing");
    let users = json_lines(&local(&["user", "list"])).remove(0);
    assert_eq!((text(&users[0], "email"), text(&users[0], "role")), ("ada@example.org", "owner"), "{users}");

    let url = || text(&json_lines(&local(&["device", "code"]))[0], "url").to_owned();
    let said = begins(&data, &[]).expect("it starts");
    assert!(said.iter().any(|line| line.contains("No public address is chosen")), "{said:?}");
    assert!(url().starts_with("http://127.0.0.1:"), "while none is chosen, where it listens");
    let said = begins(&data, &["--url", "https://gate.example.org/"]).expect("it starts");
    assert!(said.iter().any(|line| line.contains("https://gate.example.org")), "{said:?}");
    assert_eq!(url(), "https://gate.example.org");
    let _ = begins(&data, &[]).expect("it starts");
    assert_eq!(url(), "https://gate.example.org", "a start without --url chose nothing");

    for wrong in [&["--org", "okwood", "--name", "Oakwood Park"][..], &["--name", "Okwood Park"]] {
        let (error, words) = begins(&data, wrong).expect_err("another organisation");
        assert_eq!(error, "other_organisation");
        assert!(words.contains("oakwood-park (Oakwood Park)"), "{words}");
    }
    assert_eq!(json_lines(&local(&["organisation", "list"])).len(), 1);
    assert!(local(&["organisation", "add", "--name", "Elm Court"]).status.success());
    assert_eq!(json_lines(&local(&["organisation", "list"])).len(), 2);
}

#[test]
fn what_is_not_there_is_answered_with_what_is() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let local = |args: &[&str]| {
        let output = gatehouse(args).arg("--data").arg(&server.data).output().expect("it runs");
        refused(&output)
    };
    let (error, words) = local(&["user", "assign", GUARD, "--site", "Mane gate"]);
    assert_eq!(error, "site_unknown");
    assert!(words.contains("1 Main gate") && words.contains("2 Back gate"), "{words}");
    let (_, words) = local(&["user", "revoke", "graze@oakwood.example"]);
    assert!(words.contains(GUARD), "{words}");
    let (_, words) = local(&["device", "revoke", "Laptop"]);
    assert!(words.contains("no device yet"), "{words}");
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let (_, words) = local(&["device", "revoke", "Lapdog"]);
    assert!(words.contains("Laptop"), "{words}");
    let (_, words) = refused(&station.run(&["shift", "start", "--site", "Mane gate"]));
    assert!(words.contains("1 Main gate"), "{words}");
    let wrong = run(&["serve", "--org", "Not A Code"]);
    assert_eq!(wrong.status.code(), Some(2));
}

#[test]
fn a_member_at_a_guards_station_changes_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let email = "mia@oakwood.example";
    let _ = server.local(&["user", "add", "--email", email, "--role", "member", "--name", "Mia"]);
    let mut server = server;
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    station.done(&["sign-in", "--email", email]);
    let sign_in = station.run(&["sign-in", "--email", email, "--code", &server.one_time_code(email)]);
    let (error, words) = refused(&sign_in);
    assert_eq!(error, "not_a_guard");
    assert!(words.contains("guards' station"), "{words}");
    let status = station.answer(&["status"]);
    assert_eq!((text(&status, "guard"), status["shift"].is_object()), ("Grace", true), "{status}");

    // Without a PIN nobody could unlock the station while the server is away.
    server.kill();
    let (error, _) = refused(&station.run(&["guard", "lock"]));
    assert_eq!(error, "pin_before_lock");
    assert_eq!(station.run(&["scan", "--code", "JUNK-1", "--deny"]).status.code(), Some(20));
    let fresh = Station { data: folder.path().join("fresh") };
    for args in [&["scan", "--code", "X"][..], &["shift", "start", "--site", "1"], &["undecided"]] {
        assert_eq!(refused(&fresh.run(args)).0, "not_enrolled", "{args:?}");
    }
}

#[test]
fn of_two_codes_in_one_picture_none_is_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let codes: Vec<_> = ["Vera Visitor", "Victor Visitor"]
        .map(|name| text(&server.local(&["invitation", "add", "--name", name]), "code").to_owned())
        .into();
    let picture = folder.path().join("two.png");
    beside(&picture, &codes);
    let (error, words) =
        refused(&station.run(&["scan", "--image", picture.to_str().expect("UTF-8"), "--grant"]));
    assert_eq!(error, "several_codes");
    assert!(words.contains("2 codes"), "{words}");
    assert!(json_lines(&station.run(&["undecided"])).is_empty());
    beside(&picture, &[codes[0].clone(), "https://example.org/menu".to_owned()]);
    let one = station.run(&["scan", "--image", picture.to_str().expect("UTF-8")]);
    assert_eq!(text(&json_lines(&one)[0], "name"), "Vera Visitor", "{one:?}");
}

/// Draws codes side by side.
fn beside(path: &Path, codes: &[String]) {
    const DOT: usize = 6;
    let drawn: Vec<_> =
        codes.iter().map(|code| qr::modules(code, qr::Correction::Medium).expect("drawn")).collect();
    let side = |code: &Luma| code.width as usize;
    let (height, width) =
        (drawn.iter().map(side).max().expect("codes") * DOT, drawn.iter().map(side).sum::<usize>() * DOT);
    let mut pixels = vec![255_u8; width * height];
    let mut left = 0;
    for code in &drawn {
        for (index, pixel) in code.pixels.iter().enumerate() {
            let (x, y) = (index % side(code), index / side(code));
            for dy in 0..DOT {
                let at = (y * DOT + dy) * width + left + x * DOT;
                pixels[at..at + DOT].fill(*pixel);
            }
        }
        left += side(code) * DOT;
    }
    let file = std::fs::File::create(path).expect("made");
    let mut encoder = png::Encoder::new(file, width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.write_header().expect("a header").write_image_data(&pixels).expect("written");
}
