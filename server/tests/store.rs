//! The database under several callers, another process, and a lost master key.
#![allow(clippy::expect_used, clippy::panic, reason = "a test stops at the first surprise")]

use std::{fs, os::unix::fs::PermissionsExt, path::Path, thread, time::Duration};

use gatehouse_core::{id::OrgCode, role::Role};
use gatehouse_server::{
    service::{Scope, Service, ServiceError, people::NewUser},
    store::{Store, StoreError, audit},
};

fn open(dir: &Path) -> (Service, Scope) {
    let service = Service::new(Store::create_or_open(dir).expect("a store"));
    let code: OrgCode = "oak".parse().expect("a code");
    let _ = service.create_organisation(&code, "Oak", "UTC");
    let org = service.organisations().expect("organisations").first().expect("one").id;
    (service, Scope::local(org))
}

fn notes(service: &Service) -> u32 {
    service
        .store()
        .read(|db| {
            let count = db.query_row("SELECT count(*) FROM audit", [], |row| row.get(0));
            count.map_err(StoreError::from)
        })
        .expect("counted")
}

#[test]
fn one_callers_failure_is_not_anothers() {
    let folder = tempfile::tempdir().expect("a folder");
    let (service, scope) = open(folder.path());
    thread::scope(|threads| {
        for caller in 0..32_u32 {
            let (service, org) = (&service, scope.org);
            threads.spawn(move || {
                let now = service.now();
                let outcome: Result<u32, ServiceError> = service.store().write(move |tx| {
                    audit::note(tx, org, "test", "note", &caller.to_string(), &serde_json::json!({}), now)?;
                    match caller % 3 {
                        0 => Ok(caller),
                        1 => Err(ServiceError::Forbidden),
                        _ => panic!("a caller's own mistake"),
                    }
                });
                match caller % 3 {
                    0 => assert_eq!(outcome.expect("committed"), caller),
                    1 => assert!(matches!(outcome, Err(ServiceError::Forbidden))),
                    _ => assert!(matches!(outcome, Err(ServiceError::Store(StoreError::NotCommitted)))),
                }
            });
        }
    });
    assert_eq!(notes(&service), 11);
}

#[test]
fn two_processes_worth_of_stores_write_side_by_side() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, scope) = open(folder.path());
    let second = Service::new(Store::open(folder.path()).expect("opened beside"));
    thread::scope(|threads| {
        for (service, letter) in [(&first, 'a'), (&second, 'b')] {
            threads.spawn(move || {
                for number in 0..25 {
                    let email = format!("{letter}{number}@oak.example");
                    let user = NewUser { email, role: Role::Member, name: None };
                    service.add_user(&scope, &user).expect("added");
                }
            });
        }
    });
    assert_eq!(second.users(&scope, Role::Member).expect("people").len(), 50);
}

#[test]
fn a_database_without_its_master_key_is_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    let dir = folder.path().join("data");
    drop(open(&dir));
    for (path, mode) in
        [(dir.clone(), 0o700), (dir.join("master.key"), 0o600), (dir.join("gatehouse.db"), 0o600)]
    {
        let found = fs::metadata(&path).expect("there").permissions().mode() & 0o777;
        assert_eq!(found, mode, "{}", path.display());
    }
    let key = fs::read(dir.join("master.key")).expect("a key");
    fs::remove_file(dir.join("master.key")).expect("removed");
    assert!(matches!(Store::create_or_open(&dir), Err(StoreError::MasterKeyMissing(_))));
    fs::write(dir.join("master.key"), [7; 32]).expect("written");
    assert!(matches!(Store::open(&dir), Err(StoreError::MasterKeyWrong(_))));
    fs::write(dir.join("master.key"), key).expect("written");
    assert!(Store::open(&dir).is_ok());
    assert!(matches!(Store::open(folder.path()), Err(StoreError::NoData(_))));
}

#[test]
fn another_processs_changes_are_noticed() {
    let folder = tempfile::tempdir().expect("a folder");
    let (first, scope) = open(folder.path());
    first.store().watch().expect("watching");
    let mut changes = first.store().changes();
    let second = Store::open(folder.path()).expect("opened beside");
    let org = scope.org;
    second
        .write(move |tx| {
            tx.execute_batch(
                "INSERT INTO device (org, id, name, public_key, certificate, token_hash, enrolled_at, last_contact,
                     head_hash)
                 VALUES (1, zeroblob(16), 'd', zeroblob(32), x'00', x'00', 0, 0, zeroblob(32));
                 INSERT INTO journal_entry VALUES (1, zeroblob(16), 1, zeroblob(16), 3, zeroblob(32), x'00', 0, 1);
                 INSERT INTO event (org, id, origin, facet, listed_at, kind, online, site, happened_at, clock_trusted,
                     received_at)
                 VALUES (1, zeroblob(16), 1, 1, 0, 4, 0, 1, 0, 1, 0);",
            )?;
            Ok::<_, StoreError>(())
        })
        .expect("written");
    for _ in 0..50 {
        if let Ok(change) = changes.try_recv() {
            assert_eq!(change.org, org);
            return;
        }
        thread::sleep(Duration::from_millis(100));
    }
    panic!("nothing was noticed");
}
