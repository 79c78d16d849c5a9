//! What one caller may take of the server: bytes, room on the disk, and the writer's time.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
};

use gatehouse_core::{
    decision::Verdict,
    id::{Digest32, SubjectId},
    journal::Personal,
    role::Role,
    wire::path,
};
use gatehouse_server::clock::Clock;
use gatehouse_server::service::{
    Principal, Scope, Service, ServiceError, Settings,
    quota::{Quota, Reserve},
};

use crate::common::{Device, Server, named, now};

fn device(server: &Server) -> Device {
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    Device::enrol(server, "oak", guard)
}

/// An entry whose photo the server then wants.
fn name_photo(server: &Server, device: &mut Device, photo: &[u8]) -> Digest32 {
    let sha256 = Digest32::of(photo);
    let scan = device.scan(2, SubjectId([9; 16]), Verdict::Verified);
    let personal = Personal { photo: Some(sha256), ..named("Vera") };
    let (upload, _) = device.write(&scan, &personal);
    assert_eq!(device.send(server, vec![upload]).photos, [sha256]);
    sha256
}

fn scope_of(server: &Server, device: &Device) -> Scope {
    Scope { principal: Principal::Device(device.id), role: None, ..server.scope("oak") }
}

fn tighter(server: &Server, change: impl FnOnce(&mut Settings)) -> Service {
    let mut settings = *server.service().settings();
    change(&mut settings);
    server.service().with_settings(settings)
}

#[test]
fn what_is_no_picture_is_refused_with_its_first_bytes() {
    let server = Server::start();
    let mut device = device(&server);
    let (picture, junk) = ([&[0xff, 0xd8, 0xff, 0xe0][..], &[7; 500]].concat(), vec![7; 500_000]);
    let (wanted, refused) = (name_photo(&server, &mut device, &picture), Digest32::of(&junk));
    let scan = device.scan(2, SubjectId([8; 16]), Verdict::Verified);
    let (upload, _) = device.write(&scan, &Personal { photo: Some(refused), ..named("Vera") });
    device.send(&server, vec![upload]);
    let send = |sha256: Digest32, offset: usize, piece: &[u8], length: usize| {
        let (offset, length) = (offset.to_string(), length.to_string());
        let headers = [("upload-offset", offset.as_str()), ("upload-length", length.as_str())];
        server.call("PATCH", &format!("{}/{sha256}", path::PHOTOS), &device.token, &headers, piece)
    };
    let answer = send(refused, 0, &junk[..100_000], junk.len());
    assert_eq!((answer.status, answer.code()), (400, "no_picture"), "{}", answer.body);
    let progress = server.service().photo_progress(&scope_of(&server, &device), refused).expect("known");
    assert_eq!(progress.received, 0, "nothing of it is kept");
    assert_eq!(send(wanted, 0, &picture[..2], picture.len()).status, 204);
    assert_eq!(send(wanted, 2, &picture[2..], picture.len()).status, 204);
}

#[test]
fn a_device_that_has_sent_its_share_waits_and_nobody_else_does() {
    let server = Server::start();
    let (mut one, (guard, _)) = (device(&server), server.user("oak", "other@oak.example", Role::Guard));
    let other = Device::enrol(&server, "oak", guard);
    let quota = Quota { entries_a_day: 3, photo_bytes_a_day: 100, ..Quota::default() };
    let service = tighter(&server, |settings| settings.quota = quota);
    let photo = [&[0xff, 0xd8, 0xff][..], &[1; 200]].concat();
    let sha256 = name_photo(&server, &mut one, &photo);
    let scope = scope_of(&server, &one);
    let piece = |from: usize, to: usize| {
        service.append_photo(&scope, sha256, from as u64, Some(203), &photo[from..to])
    };
    piece(0, 90).expect("within the share");
    assert!(matches!(piece(90, 203), Err(ServiceError::QuotaReached { .. })));

    let send = |device: &mut Device| {
        let scan = device.scan(2, SubjectId([9; 16]), Verdict::Verified);
        let head = device.head;
        let (upload, _) = device.write(&scan, &named("Vera"));
        let request = gatehouse_core::wire::EntriesRequest { entries: vec![upload] };
        let answer = service.ingest(&scope_of(&server, device), request);
        if answer.is_err() {
            device.head = head;
        }
        answer
    };
    let mut other = other;
    send(&mut one).expect("the second");
    send(&mut one).expect("the third");
    let refused = send(&mut one).expect_err("used up");
    assert_eq!(refused.code(), "quota_reached");
    send(&mut other).expect("another device has a share of its own");
    // The next day, or here with the usual share, the journal goes on where it was.
    let scan = one.scan(2, SubjectId([9; 16]), Verdict::Verified);
    let (upload, _) = one.write(&scan, &named("Vera"));
    let answer = one.send(&server, vec![upload]);
    assert_eq!(answer.results, [gatehouse_core::wire::EntryResult::Accepted]);
}

#[test]
fn a_disk_that_fills_up_refuses_photos_first_and_entries_last() {
    let server = Server::start();
    let mut device = device(&server);
    let photo = [&[0xff, 0xd8, 0xff][..], &[1; 200]].concat();
    let sha256 = name_photo(&server, &mut device, &photo);
    let scope = scope_of(&server, &device);
    // A tenth and a hundredth of this disk are free unless it really is full; more is never asked for.
    let service = tighter(&server, |settings| {
        settings.reserve = Reserve { photos: u64::MAX, entries: 0 };
    });
    match service.append_photo(&scope, sha256, 0, Some(203), &photo) {
        Ok(_) => {}
        Err(error) => assert_eq!(error.code(), "disk_full"),
    }
    let scan = device.scan(2, SubjectId([9; 16]), Verdict::Verified);
    let (upload, _) = device.write(&scan, &named("Vera"));
    let request = gatehouse_core::wire::EntriesRequest { entries: vec![upload] };
    assert!(service.ingest(&scope, request).is_ok());
}

#[test]
fn an_entry_of_a_megabyte_is_refused() {
    let server = Server::start();
    let mut device = device(&server);
    let scan = device.scan(2, SubjectId([9; 16]), Verdict::Verified);
    let note = Personal { note: Some("x".repeat(1 << 20)), ..named("Vera") };
    let (upload, _) = device.write(&scan, &note);
    let request = gatehouse_core::wire::EntriesRequest { entries: vec![upload] };
    let answer = server.post(path::ENTRIES, &device.token, &request);
    assert_eq!((answer.status, answer.code()), (413, "too_large"));
}

#[test]
fn strangers_who_wait_for_another_process_hold_up_no_read() {
    let server = Server::start();
    let device = device(&server);
    let held =
        rusqlite::Connection::open(server.service().store().dir().join("gatehouse.db")).expect("opened");
    held.execute_batch("BEGIN IMMEDIATE").expect("held");
    let done = Arc::new(AtomicBool::new(false));
    let url = server.running.url.clone();
    let strangers: Vec<_> = (0..700)
        .map(|number| {
            let (url, done) = (url.clone(), done.clone());
            thread::Builder::new()
                .stack_size(256 << 10)
                .spawn(move || {
                    let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
                    while !done.load(Ordering::Relaxed) {
                        let body = format!(r#"{{"email":"s{number}@x.example","code":"123456"}}"#);
                        let asked = agent
                            .post(format!("{url}{}", path::SIGN_IN))
                            .header("content-type", "application/json")
                            .send(body);
                        drop(asked);
                    }
                })
                .expect("a thread")
        })
        .collect();
    thread::sleep(std::time::Duration::from_secs(2));
    for _ in 0..5 {
        assert_eq!(server.get(path::KEYS, &device.token).status, 200, "a read waits for no writer");
    }
    done.store(true, Ordering::Relaxed);
    held.execute_batch("ROLLBACK").expect("given back");
    for stranger in strangers {
        stranger.join().expect("ended");
    }
    assert_eq!(server.get(path::KEYS, &device.token).status, 200);
}

#[test]
fn what_has_lapsed_is_forgotten_and_what_holds_is_kept() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (admin, _) = server.user("oak", "admin@oak.example", Role::Admin);
    let count = |table: &str| {
        let sql = format!("SELECT count(*) FROM {table}");
        let read = |db: &rusqlite::Connection| db.query_row(&sql, [], |row| row.get::<_, u64>(0));
        server.service().store().read(|db| read(db).map_err(ServiceError::from)).expect("counted")
    };
    for _ in 0..1_200 {
        server.service().enrolment_code(&scope, None, "http://x").expect("a code");
    }
    let link = server.service().sign_in_link(&scope, admin).expect("a link");
    let noted = count("audit");
    while !server.service().prune().expect("looked") {}
    assert_eq!(count("enrolment_code"), 1_200, "all of them are still good");
    assert!(server.service().peek_link(&link).expect("looked").is_some());
    let later = Clock::at(now().plus(60 * 86_400_000));
    let service = server.service().with_clock(later);
    assert!(!service.prune().expect("looked"), "a few at a time");
    while !service.prune().expect("looked") {}
    assert_eq!((count("enrolment_code"), count("sign_in_link")), (0, 0));
    assert_eq!(count("audit"), noted, "what admins did is kept for years");
}
