//! Data folders as earlier versions left them: brought forward, they say what they said.

use std::{
    collections::BTreeMap,
    fs,
    path::Path,
    process::Command,
    time::{SystemTime, UNIX_EPOCH},
};

use gatehouse_core::id::Digest32;
use gatehouse_tests::{gatehouse, here, json_lines, server::Server, station::Station};
use serde_json::Value;

/// Unpacks what is kept of a version: the folders of a server and a station, and what that version said of them.
fn unpack(name: &str, folder: &Path) {
    let status = Command::new("tar")
        .args(["--strip-components=1", "-xzf"])
        .arg(here().join(format!("kept/{name}.tar.gz")))
        .arg("-C")
        .arg(folder)
        .status()
        .expect("tar");
    assert!(status.success(), "{name} does not unpack");
}

fn get(server: &Server, token: &str, path: &str) -> ureq::Body {
    ureq::get(format!("{}/api/access-control/{path}", server.url))
        .header("authorization", format!("Bearer {token}"))
        .call()
        .unwrap_or_else(|error| panic!("{path}: {error}"))
        .into_body()
}

fn list(server: &Server, token: &str, path: &str) -> Vec<Value> {
    get(server, token, path).read_json().expect("JSON")
}

/// What was said of each before is said of it now; there may be more words.
fn assert_still_said(key: &str, before: &[Value], now: &[Value]) {
    let now: BTreeMap<&str, &Value> =
        now.iter().map(|value| (value[key].as_str().expect("an id"), value)).collect();
    assert_eq!(now.len(), before.len());
    for value in before {
        let found = now[value[key].as_str().expect("an id")];
        for (member, said) in value.as_object().expect("an object") {
            assert_eq!(&found[member], said, "{member} of {}", value[key]);
        }
    }
}

#[test]
fn a_server_of_schema_7_is_brought_forward_and_says_what_it_said() {
    let folder = tempfile::tempdir().expect("a folder");
    unpack("of-schema-7", folder.path());
    let read = |name: &str| -> Vec<Value> {
        serde_json::from_slice(&fs::read(folder.path().join(name)).expect("read")).expect("JSON")
    };
    let server = Server::start_as_it_is(&folder.path().join("server"));
    let admin =
        server.local(&["user", "add", "--email", "now@oakwood.example", "--role", "admin", "--token"]);
    let token = admin["token"].as_str().expect("a token");

    let events = list(&server, token, "events?limit=500");
    assert_still_said("event", &read("events.json"), &events);
    let mut inside = read("on-site.json");
    // How long somebody has been inside goes on.
    inside.iter_mut().for_each(|visit| drop(visit.as_object_mut().expect("an object").remove("stale")));
    assert_still_said("stay", &inside, &list(&server, token, "on-site"));

    let photos: Vec<&str> = events.iter().filter_map(|event| event["photo"].as_str()).collect();
    assert!(photos.len() > 5, "{photos:?}");
    let cookie = server.cookie();
    for photo in photos {
        assert_eq!(Digest32::of(&server.photo(&cookie, photo)).to_string(), photo);
    }

    let root = fs::read_to_string(folder.path().join("root.hex")).expect("read");
    for file in fs::read_dir(folder.path().join("journals")).expect("read") {
        let path = file.expect("a file").path();
        let device = path.file_stem().and_then(|name| name.to_str()).expect("a name");
        let export = gatehouse(&["journal", "export", "--device", device, "--data"])
            .arg(&server.data)
            .output()
            .expect("exported");
        let before = fs::read_to_string(&path).expect("read");
        let now = String::from_utf8(export.stdout).expect("text");
        let entries = |text: &str| -> Vec<String> {
            text.lines().filter(|line| !line.starts_with('{')).map(str::to_owned).collect()
        };
        assert!(entries(&before).len() > 10);
        assert_eq!(entries(&now), entries(&before), "{device}");
        let exported = folder.path().join("now.journal");
        fs::write(&exported, &now).expect("written");
        let verified = gatehouse(&["journal", "verify", "--root", &root, "--keys"])
            .arg(folder.path().join("keys.bin"))
            .arg(&exported)
            .output()
            .expect("verified");
        let verdict = json_lines(&verified).remove(0);
        assert_eq!((&verdict["ok"], &verdict["certified"]), (&true.into(), &true.into()), "{verdict}");
        assert_eq!(verdict["receipted"], verdict["entries"], "{verdict}");
    }
}

#[test]
fn a_station_of_format_4_is_brought_forward_and_goes_on_without_a_network() {
    let folder = tempfile::tempdir().expect("a folder");
    unpack("of-schema-7", folder.path());
    let events: Vec<Value> =
        serde_json::from_slice(&fs::read(folder.path().join("events.json")).expect("read")).expect("JSON");
    let last = events.iter().filter_map(|event| event["happened_at"].as_i64()).max().expect("events");
    let station = Station { data: folder.path().join("station") };
    // On the evening of that day, by a clock that nobody vouches for: the shift runs and the visitors are expected.
    let answer = |args: &[&str]| {
        let now = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis();
        let ahead = last - i64::try_from(now).expect("small") + 60_000;
        let mut command = station.command(args);
        command
            .env("GATEHOUSE_FAULT_WALL_MS", ahead.to_string())
            .env("GATEHOUSE_FAULT_BOOT", "another:60000");
        let output = command.output().expect("the station runs");
        assert!(output.status.success(), "{args:?}: {output:?}");
        json_lines(&output)
    };
    let status = answer(&["status"]).remove(0);
    assert_eq!((&status["outbox"]["entries"], &status["salvaged"]), (&32.into(), &Value::Null), "{status}");
    assert_eq!(
        (&status["guard"], &status["shift"]["site"]),
        (&"Samuel Adeyemi".into(), &1.into()),
        "{status}"
    );
    let inside = answer(&["on-site"]);
    assert!(inside.iter().any(|visit| visit["name"] == "Wanda Walker"), "{inside:?}");
    let found = answer(&["search", "saoirse"]);
    assert!(found.iter().any(|guest| guest["name"] == "Saoirse Byrne"), "{found:?}");
}
