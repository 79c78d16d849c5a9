//! Strangers before the server: connections that say nothing, or say it slowly, keep nobody from work.

use std::{
    fs,
    io::{Read, Write},
    net::TcpStream,
    os::unix::fs::PermissionsExt,
    path::Path,
    time::Duration,
};

use gatehouse_tests::{json_lines, run, server::Server, station::Station};

use super::{GUARD, text};

/// Files that the server may have open: far fewer than strangers have connections.
const FILES: u32 = 256;
const STRANGERS: usize = 1_100;

fn oakwood_with_few_files(folder: &Path) -> Server {
    // The strangers are this process's own.
    let files = rlimit::increase_nofile_limit(u64::MAX).expect("a limit");
    assert!(files > STRANGERS as u64 + 100, "this machine lets a process open {files} files");
    let server = Server::start_with_files(&folder.join("server"), FILES);
    let _ = server.local(&["site", "add", "--name", "Main gate"]);
    let guard = server.local(&["user", "add", "--email", GUARD, "--role", "guard", "--name", "Grace"]);
    let _ = server.local(&["user", "assign", text(&guard, "id"), "--site", "1"]);
    server
}

/// A connection that has sent this and waits.
fn held(server: &Server, sent: &[u8]) -> TcpStream {
    let mut stream = TcpStream::connect(("127.0.0.1", server.port())).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("set");
    // Who has been shown the door meanwhile cannot send any more.
    let _ = stream.write_all(sent);
    stream
}

/// Whether a scan is answered by the server: nothing is VERIFIED without its word.
fn scans_online(server: &Server, station: &Station) -> bool {
    let invitation = server.local(&["invitation", "add", "--name", "Vera Visitor", "--site", "1"]);
    let scan = json_lines(&station.run(&["scan", "--code", text(&invitation, "code"), "--deny"])).remove(0);
    text(&scan, "verdict") == "VERIFIED"
}

/// The machine may be busy: one of several scans must get through while the strangers hold on.
fn a_scan_gets_through(server: &Server, station: &Station) -> bool {
    (0..5).any(|_| scans_online(server, station))
}

#[test]
fn silent_and_half_open_connections_keep_no_guard_out() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood_with_few_files(folder.path());
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    for sent in ["", "POST /api/access-control/verify HTTP/1.1\r\nHost: gate\r\nX-Filler: "] {
        let strangers: Vec<_> = (0..STRANGERS).map(|_| held(&server, sent.as_bytes())).collect();
        assert!(a_scan_gets_through(&server, &station), "after {sent:?}");
        drop(strangers);
    }
    // Bodies of strangers that trickle in, small enough to be taken.
    let head = "POST /api/auth/sign-in HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: 4000\r\n\r\n{";
    let strangers: Vec<_> = (0..STRANGERS).map(|_| held(&server, head.as_bytes())).collect();
    assert!(a_scan_gets_through(&server, &station), "after bodies that do not come");
    drop(strangers);
}

#[test]
fn large_bodies_are_refused_before_they_are_read_and_cost_no_memory() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with_files(&folder.path().join("server"), 1024);
    let _ = rlimit::increase_nofile_limit(u64::MAX).expect("a limit");
    let before = server.memory_kb();
    let body = vec![b' '; (1 << 20) - 1];
    let mut held_back = Vec::new();
    for path in ["/api/auth/sign-in", "/api/access-control/entries", "/sign-in", "/api/access-control/verify"]
    {
        for _ in 0..100 {
            let head = format!(
                "POST {path} HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n",
                1 << 20
            );
            let mut stream = held(&server, head.as_bytes());
            stream.set_nonblocking(true).expect("set");
            let _ = stream.write(&body);
            held_back.push(stream);
        }
    }
    // Whatever was taken of the bodies has been taken once a later request is answered.
    let health = ureq::get(format!("{}/healthz", server.url)).call().expect("answered");
    assert_eq!(health.status().as_u16(), 200);
    let grown = server.memory_kb().saturating_sub(before);
    assert!(grown < 100_000, "400 bodies of a megabyte took {grown} kB");
    drop(held_back);
}

#[test]
fn who_asks_for_too_much_is_answered_and_cut_off() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with_files(&folder.path().join("server"), FILES);
    // A request that asks for too much is answered and its connection closed, whatever else it would have sent.
    let mut stream = held(
        &server,
        b"POST /api/enrol HTTP/1.1\r\nHost: gate\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n",
    );
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer, and the end");
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("\"code\":\"too_large\""), "{answer}");
}

#[test]
fn a_folder_has_one_server_and_as_many_commands_as_you_like() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("server");
    let mut server = Server::start(&data, 0);
    let second = || {
        let data = data.to_str().expect("UTF-8");
        run(&["serve", "--org", "oak", "--name", "Oak", "--listen", "127.0.0.1:0", "--data", data])
    };
    let refused = second();
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("data_in_use") && said.contains("another Gatehouse server is running"), "{said}");
    let _ = server.local(&["site", "add", "--name", "Main gate"]);
    server.kill();
    // The hold goes with the process, however that ended.
    // What others could read meanwhile is closed, and said.
    fs::set_permissions(&data, fs::Permissions::from_mode(0o755)).expect("set");
    let server = Server::start(&data, 0);
    assert!(server.says("others on this machine could read"));
    assert_eq!(fs::metadata(&data).expect("there").permissions().mode() & 0o777, 0o700);
}

#[test]
fn what_is_secret_is_for_its_owner_alone() {
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("set");
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("server");
    let server = Server::start(&data, 0);
    let picture = folder.path().join("enrol.png");
    let named = picture.to_str().expect("UTF-8");
    fs::write(&picture, "somebody else's").expect("written");
    set(&picture, 0o644);
    let _ = server.local(&["device", "code", "--url", &server.url, "--png", named]);
    assert_eq!(mode(&picture), 0o600, "a code that enrols a device");

    set(&data, 0o755);
    set(&data.join("gatehouse.db"), 0o644);
    let closing =
        gatehouse_tests::gatehouse(&["site", "list", "--data"]).arg(&data).output().expect("it runs");
    let said = String::from_utf8_lossy(&closing.stderr).into_owned();
    assert!(said.contains("could read") && said.contains("gatehouse.db"), "{said}");
    assert_eq!((mode(&data), mode(&data.join("gatehouse.db"))), (0o700, 0o600));

    // A folder with other things in it is not ours to close, nor a place for secrets.
    let shared = folder.path().join("shared");
    fs::create_dir(&shared).expect("made");
    fs::write(shared.join("notes.txt"), "theirs").expect("written");
    set(&shared, 0o755);
    let refused = run(&[
        "serve",
        "--org",
        "oak",
        "--name",
        "Oak",
        "--listen",
        "127.0.0.1:0",
        "--data",
        shared.to_str().expect("UTF-8"),
    ]);
    let said = String::from_utf8_lossy(&refused.stderr).into_owned();
    assert!(said.contains("data_open_to_others") && said.contains("chmod 700"), "{said}");
    assert_eq!(mode(&shared), 0o755);
    assert!(!shared.join("gatehouse.db").exists());

    // The same for the folder of a station.
    let station = Station { data: folder.path().join("station") };
    station.done(&["status"]);
    set(&station.data, 0o755);
    station.done(&["status"]);
    assert_eq!(mode(&station.data), 0o700);
}
