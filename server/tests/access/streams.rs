//! Live streams: whose they are, how many, and that they end with their session.

use std::{
    io::{Read, Write},
    net::TcpStream,
    time::Duration,
};

use gatehouse_core::{decision::Verdict, id::SubjectId, role::Role};
use gatehouse_server::service::auth::Channel;

use gatehouse_server::clock::Clock;

use crate::common::{Device, Server, named};

/// An admin's browser, signed in.
fn browser(server: &Server, email: &str) -> (gatehouse_core::id::PersonId, String) {
    let (person, _) = server.user("oak", email, Role::Admin);
    let link = server.service().sign_in_link(&server.scope("oak"), person).expect("a link");
    (person, server.service().use_link(&link).expect("signed in").token)
}

fn open(server: &Server, path: &str, token: &str) -> TcpStream {
    let mut stream = TcpStream::connect(server.running.address).expect("connected");
    stream.set_read_timeout(Some(Duration::from_secs(60))).expect("set");
    let head = format!("GET {path} HTTP/1.1\r\nHost: gate\r\nCookie: gatehouse_session={token}\r\n\r\n");
    stream.write_all(head.as_bytes()).expect("asked");
    stream
}

/// What comes until it holds `word`; all of it where the stream ends before that.
fn until(stream: &mut TcpStream, word: &str) -> String {
    let (mut said, mut piece) = (String::new(), [0; 4096]);
    while !said.contains(word) {
        match stream.read(&mut piece).expect("more") {
            0 => break,
            read => said.push_str(&String::from_utf8_lossy(&piece[..read])),
        }
    }
    said
}

#[test]
fn no_name_goes_out_on_a_stream_whose_session_has_ended() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let (_, watching) = browser(&server, "watching@oak.example");
    let (_, leaving) = browser(&server, "leaving@oak.example");
    let (demoted, other) = browser(&server, "demoted@oak.example");
    let mut control = open(&server, "/activity/stream", &watching);
    let mut ended = open(&server, "/activity/stream", &leaving);
    let mut shared = open(&server, "/live?line=3:decision%3Dgranted&line=4:topic%3Don-site", &other);
    for stream in [&mut control, &mut ended, &mut shared] {
        assert!(until(stream, ": open").starts_with("HTTP/1.1 200"));
    }
    server.service().sign_out(&leaving, Channel::Cookie).expect("signed out");
    server.service().revoke(&server.scope("oak"), demoted).expect("revoked");

    let scan = device.scan(2, SubjectId([9; 16]), Verdict::Verified);
    let (upload, _) = device.write(&scan, &named("Vera Visitor"));
    device.send(&server, vec![upload]);
    assert!(until(&mut control, "Vera Visitor").contains("Vera Visitor"), "who is signed in sees it");
    for (stream, word) in [(&mut ended, "event: ended"), (&mut shared, "event: 3.ended")] {
        let said = until(stream, word);
        assert!(said.contains(word) && !said.contains("Vera"), "{said}");
    }
}

#[test]
fn a_crowd_of_streams_is_told_to_come_back_and_holds_up_no_other() {
    let server = Server::start();
    let (_, token) = browser(&server, "admin@oak.example");
    let (_, other) = browser(&server, "other@oak.example");
    let mut streams: Vec<_> = (0..8).map(|_| open(&server, "/activity/stream", &token)).collect();
    for stream in &mut streams {
        assert!(until(stream, ": open").starts_with("HTTP/1.1 200"));
    }
    let refused = until(&mut open(&server, "/live?line=1:", &token), "too_many_tries").to_lowercase();
    assert!(refused.starts_with("http/1.1 429") && refused.contains("retry-after: 10"), "{refused}");
    assert!(until(&mut open(&server, "/activity/stream", &other), ": open").starts_with("HTTP/1.1 200"));
    drop(streams);
    // A share is free again once the server has seen its reader go.
    let again = (0..200).any(|_| {
        std::thread::sleep(Duration::from_millis(50));
        until(&mut open(&server, "/live?line=1:", &token), "\r\n\r\n").starts_with("HTTP/1.1 200")
    });
    assert!(again);
    assert!(until(&mut open(&server, "/live?line=1:", "ghs_nobody"), "\r\n\r\n").starts_with("HTTP/1.1 204"));
}

#[test]
fn private_answers_are_kept_nowhere_and_say_what_they_are() {
    let server = Server::start();
    let (_, token) = browser(&server, "admin@oak.example");
    for path in ["/activity", "/photos/00", "/sign-in", "/healthz", "/api/access-control/keys", "/nowhere"] {
        let head = until(&mut open(&server, path, &token), "\r\n\r\n").to_lowercase();
        for header in ["x-content-type-options: nosniff", "cache-control: no-store"] {
            assert!(head.contains(header), "{path}: {head}");
        }
        assert!(!head.contains("strict-transport"), "the public address is plain HTTP: {head}");
    }
    let secure = Server::start_at(Some("https://gate.example.org"), Clock::System);
    for path in ["/sign-in", "/healthz", "/api/nothing", "/assets/app.css"] {
        let head = until(&mut open(&secure, path, ""), "\r\n\r\n").to_lowercase();
        assert!(head.contains("strict-transport-security: max-age=63072000"), "{path}: {head}");
    }
    let page = until(&mut open(&server, "/activity", &token), "\r\n\r\n").to_lowercase();
    for header in ["cross-origin-opener-policy: same-origin", "frame-ancestors 'none'", "referrer-policy: "] {
        assert!(page.contains(header), "{header}: {page}");
    }
}
