//! A guard's work on one phone, in this process: what happens offline, over restarts, and when the clock is set.

#[path = "work/again.rs"]
mod again;
#[path = "work/clock.rs"]
mod clock;
#[path = "work/corrections.rs"]
mod corrections;
#[path = "work/devices.rs"]
mod devices;
#[path = "work/erased.rs"]
mod erased;
#[path = "work/judged.rs"]
mod judged;
#[path = "work/shifts.rs"]
mod shifts;
#[path = "work/steps.rs"]
mod steps;
#[path = "work/turned_away.rs"]
mod turned_away;

use std::path::Path;

use gatehouse_core::{
    decision::{Check, Code, Fact, Verdict},
    device::{GuardStation, ScanResult, ScannedBy, StationError},
    envelope::PublicKey,
    hex,
    id::{Digest32, EntryId, PersonId, SubjectId},
    journal::{Body, SignedEntry, verify_export},
    pass::counted,
    picture,
    place::Fix,
    qr,
};
use gatehouse_tests::{
    phone::{PATIENCE_MS, Phone, site},
    run,
    server::Server,
};
use serde_json::Value;

const GRACE: &str = "grace@oakwood.example";
const GUS: &str = "gus@oakwood.example";
const MEMBER: &str = "mia@oakwood.example";

struct Oakwood {
    folder: tempfile::TempDir,
    server: Server,
    phone: Phone,
    admin: String,
}

impl Oakwood {
    fn new() -> Self {
        Self::ahead(0)
    }

    /// With a server whose clock is so many milliseconds ahead.
    fn ahead(ahead_ms: i64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::start_ahead(&folder.path().join("server"), 0, ahead_ms);
        for name in ["Main gate", "Back gate"] {
            let _ = server.local(&["site", "add", "--name", name]);
        }
        for (email, role, name) in
            [(GRACE, "guard", "Grace"), (GUS, "guard", "Gus"), (MEMBER, "member", "Mia")]
        {
            let person = server.local(&["user", "add", "--email", email, "--role", role, "--name", name]);
            let _ = server.local(&["user", "assign", text(&person, "id"), "--site", "1"]);
        }
        let admin =
            server.local(&["user", "add", "--email", "a@oakwood.example", "--role", "admin", "--token"]);
        let phone = Phone::enrolled(&server, &folder.path().join("phone"));
        Self { admin: text(&admin, "token").to_owned(), folder, server, phone }
    }

    fn cut(&mut self) -> u16 {
        let port = self.server.port();
        self.server.kill();
        port
    }

    fn mend(&mut self, port: u16) {
        self.server = Server::start(&self.server.data.clone(), port);
    }

    fn events(&self) -> Vec<Value> {
        let mut answer = ureq::get(format!("{}/api/access-control/events", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin))
            .call()
            .expect("events");
        answer.body_mut().read_json().expect("JSON")
    }

    fn event(&self, id: EntryId) -> Value {
        let found = self.events().into_iter().find(|event| text(event, "event") == id.to_string());
        found.unwrap_or_else(|| panic!("no {id} at the server"))
    }

    fn member_code(&self) -> String {
        let png = self.folder.path().join("member.png");
        let issued =
            self.server.local(&["pass", "issue", "--member", MEMBER, "--png", png.to_str().expect("UTF-8")]);
        text(&issued, "code").to_owned()
    }

    /// A code is scanned here by which Gus let somebody in at another station: this station, that one, and the scan.
    fn used_elsewhere(&self) -> (GuardStation, GuardStation, ScanResult) {
        let other = Phone::enrolled(&self.server, &self.folder.path().join("other"));
        let (here, there) = (self.phone.at_work(&self.server, GRACE), other.at_work(&self.server, GUS));
        let code = self.member_code();
        let used = there.scan(code.clone(), None).expect("a scan");
        there.decide(used.event, true, None, None, None).expect("granted");
        synced(&there);
        synced(&here);
        let scan = here.scan(code, None).expect("a scan");
        (here, there, scan)
    }

    /// The bodies of every entry that the server has of the phone, out of an export that verifies.
    fn journal(&self, station: &GuardStation) -> Vec<Body> {
        let device = station.status().expect("status").device.expect("a device").to_string();
        let output = run(&["journal", "export", "--device", &device, "--data", path(&self.server.data)]);
        assert!(output.status.success(), "{output:?}");
        verify_export(&output.stdout, None).expect("the chain holds");
        let text = String::from_utf8(output.stdout).expect("text");
        let head: Value = serde_json::from_str(text.lines().next().expect("a head")).expect("JSON");
        let key = hex::decode(head["public_key"].as_str().expect("a key")).expect("hex");
        let key = PublicKey::new(key.try_into().expect("32 bytes"));
        text.lines()
            .skip(1)
            .filter(|line| !line.starts_with('{'))
            .map(|line| {
                let digits = line.split(' ').next().unwrap_or_default();
                let envelope = hex::decode(digits).expect("hex");
                let entry = SignedEntry::open(&envelope, &key).expect("an entry").entry;
                Body::from_value(entry.kind, &entry.body).expect("a body of this version")
            })
            .collect()
    }
}

fn path(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}"))
}

fn synced(station: &GuardStation) {
    let report = station.sync_once(PATIENCE_MS).expect("a report");
    assert_eq!((report.waiting, report.stuck, report.problem), (0, 0, None));
}

// covers: S4-12
#[test]
fn guards_change_on_a_shared_phone_without_a_network() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GUS);
    station.set_pin("271828".to_owned()).expect("a PIN");
    oakwood.phone.sign_in(&oakwood.server, &station, GRACE);
    assert!(station.status().expect("status").shift.is_none(), "Gus's shift ended when Grace took over");
    assert_eq!(station.set_pin("123456".to_owned()).expect_err("refused").code(), "pin_unsuitable");
    station.set_pin("314159".to_owned()).expect("a PIN");
    station.start_shift(site(1), None, PATIENCE_MS).expect("Grace's shift");
    oakwood.cut();

    station.lock().expect("locked");
    let code = oakwood_scan(&station, "GH1:NOTHING");
    assert_eq!(code.expect_err("locked").code(), "locked");
    let guards = station.guards().expect("guards");
    assert_eq!(guards.iter().map(|guard| guard.name.as_str()).collect::<Vec<_>>(), ["Grace", "Gus"]);
    let [grace, gus]: [PersonId; 2] = [guards[0].person, guards[1].person];

    // Wrong tries count over restarts of the app, and a restart gives none back.
    for left in (5..10).rev() {
        match oakwood.phone.open().unlock(grace, "000001".to_owned()) {
            Err(StationError::WrongPin { left: told }) => assert_eq!(told, left),
            other => panic!("{other:?}"),
        }
    }
    let station = oakwood.phone.open();
    assert!(matches!(station.unlock(grace, "314159".to_owned()), Err(StationError::PinWait { seconds: 60 })));
    // Setting the clock forward does not shorten the wait, since the time is the server's.
    oakwood.phone.clocks.set(3_600_000);
    assert_eq!(station.unlock(grace, "314159".to_owned()).expect_err("wait").code(), "pin_wait");
    oakwood.phone.clocks.set(-3_600_000);
    oakwood.phone.clocks.pass(60_000);
    assert_eq!(station.unlock(grace, "314159".to_owned()).expect("unlocked").name, "Grace");
    // Her shift went on; scanning does too.
    oakwood_scan(&station, "GH1:NOTHING").expect("a scan");

    // Gus takes over, still without a network: Grace's shift ends, and he starts his own by the gate pack.
    station.unlock(gus, "271828".to_owned()).expect("unlocked");
    assert_eq!(oakwood_scan(&station, "GH1:NOTHING").expect_err("no shift").code(), "no_shift");
    assert_eq!(station.start_shift(site(2), None, 500).expect_err("not there").code(), "not_assigned");
    station.start_shift(site(1), None, 500).expect("Gus's shift");
}

fn oakwood_scan(
    station: &GuardStation,
    code: &str,
) -> Result<gatehouse_core::device::ScanResult, StationError> {
    station.scan(code.to_owned(), None)
}

// covers: S4-6, S4-100
#[test]
fn an_expected_visitor_without_a_code_is_found_by_name_and_counts_as_the_invitation() {
    let mut oakwood = Oakwood::new();
    let invitation = oakwood.server.local(&["invitation", "add", "--name", "Zoë Łukasz", "--max-uses", "1"]);
    let subject: SubjectId = text(&invitation, "id").parse().expect("an id");
    let code = text(&invitation, "code").to_owned();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let port = oakwood.cut();

    let here = Fix { latitude_e6: 52_370_216, longitude_e6: 4_895_168, accuracy_m: 8 };
    let arrival = station.arrive(subject, None, Some(here)).expect("an arrival");
    assert_eq!((arrival.verdict, &arrival.code), (Some(Verdict::Caution), &Code::Unproven));
    assert_eq!((arrival.kind, arrival.name.as_deref()), (ScannedBy::Expected, Some("Zoë Łukasz")));
    assert_eq!(arrival.reasons[0].fact, Fact::Guard);
    let pack = arrival.reasons.iter().find(|reason| reason.check == Check::Online).expect("offline");
    assert_eq!((pack.fact, pack.number), (Fact::GatePack, station.status().expect("status").pack_seq));
    assert!(station.arrive(subject, None, None).expect("the same").again);
    assert!(station.decide(arrival.event, true, None, None, None).expect("granted").on_site);
    // Inside now: the code opens the departure, and so does the name.
    assert_eq!(station.scan(code.clone(), None).expect("a scan").departure_of, Some(arrival.event));
    assert_eq!(station.arrive(subject, None, None).expect("the name").departure_of, Some(arrival.event));
    station.depart(arrival.event, None, 500).expect("departed");
    let again = station.arrive(subject, None, None).expect("once more");
    assert_eq!((again.verdict, again.code), (Some(Verdict::Denied), Code::UsedUp));

    station.abandon(again.event).expect("left");

    oakwood.mend(port);
    synced(&station);
    let event = oakwood.event(arrival.event);
    assert_eq!(
        (text(&event, "kind"), &event["granted"], text(&event, "code")),
        ("visitor", &true.into(), "unproven")
    );
    assert!(event["departed_at"].is_u64(), "{event}");
    // covers: S4-3
    let guard = station.status().expect("status").guard_id;
    let decided = oakwood.journal(&station).into_iter().find_map(|body| match body {
        Body::Decision { actor, event, .. } if event == arrival.event => Some(actor.guard),
        _ => None,
    });
    assert!(guard.is_some() && decided == guard);
    // covers: S4-5
    let database = rusqlite::Connection::open(oakwood.server.data.join("gatehouse.db")).expect("opened");
    let place = |event: EntryId| -> [Option<i64>; 3] {
        let query = "SELECT latitude_e6, longitude_e6, accuracy_m FROM event WHERE id = ?1";
        let found =
            database.query_row(query, [event.as_bytes()], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?]));
        found.expect("the event")
    };
    let told: [i64; 3] = [here.latitude_e6.into(), here.longitude_e6.into(), here.accuracy_m.into()];
    assert_eq!((place(arrival.event), place(again.event)), (told.map(Some), [None; 3]));
    // covers: S4-47
    let walk_up = station.walk_up("Wim".to_owned(), None, None, Some(here)).expect("a walk-up");
    station.decide(walk_up.event, false, None, None, None).expect("turned away");
    synced(&station);
    let event = oakwood.event(walk_up.event);
    assert_eq!((text(&event, "kind"), &event["granted"]), ("walk_up", &false.into()));
    assert_eq!(event["happened_at"], walk_up.at.get());
    assert_eq!(place(walk_up.event), told.map(Some));
    let registered = oakwood.journal(&station).into_iter().find_map(|body| match body {
        Body::WalkUp(actor) => Some(actor.guard),
        _ => None,
    });
    assert_eq!(registered, guard);
    // The server counted the use, too.
    let online = station.scan(code, None).expect("online");
    assert!(online.online, "{online:?}");
    assert_eq!((online.verdict, online.code), (Some(Verdict::Denied), Code::UsedUp));
    assert_eq!(online.reasons[0].fact, Fact::Server);
}

// covers: S4-62
#[test]
fn a_report_reaches_admins_and_an_undecided_scan_survives_a_restart() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    let scan = station.scan(oakwood.member_code(), None).expect("a scan");
    drop(station);

    let station = oakwood.phone.open();
    let open = station.undecided().expect("undecided");
    assert_eq!(open.iter().map(|event| event.event).collect::<Vec<_>>(), [scan.event]);
    station.report(scan.event, Some("  Wore a mask.  ".to_owned()), None, None).expect("reported");
    station.abandon(scan.event).expect("left");
    station.abandon(scan.event).expect("and left again");
    assert_eq!(station.decide(scan.event, true, None, None, None).expect_err("too late").code(), "abandoned");
    assert!(station.undecided().expect("undecided").is_empty());
    // The same code is a new event now, and what the other one had reserved is free.
    let again = station.scan(oakwood.member_code(), None).expect("a scan");
    assert_ne!(again.event, scan.event);
    station.decide(again.event, true, None, None, None).expect("granted");
    assert_eq!(station.abandon(again.event).expect_err("decided").code(), "already_decided");
    assert_eq!(
        station.report(EntryId([7; 16]), None, None, None).expect_err("unknown").code(),
        "unknown_event"
    );

    synced(&station);
    let event = oakwood.event(scan.event);
    assert_eq!((&event["reported"], &event["granted"]), (&true.into(), &Value::Null));
    assert_eq!(oakwood.event(again.event)["reported"], false);
}

#[test]
fn an_offline_grant_is_judged_again_once_and_only_by_what_was_so_before() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let early = oakwood.member_code();
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let _ = oakwood.server.local(&["user", "invalidate", MEMBER]);
    // The invalidation takes effect with the second after it.
    std::thread::sleep(std::time::Duration::from_millis(2_100));
    oakwood.phone.clocks.pass(3_200);
    let late = oakwood.member_code();
    let port = oakwood.cut();
    let grant = |code: String| {
        let scan = station.scan(code, None).expect("a scan");
        assert_eq!((scan.verdict, &scan.code), (Some(Verdict::Caution), &Code::Offline));
        station.decide(scan.event, true, None, None, None).expect("granted");
        scan.event
    };
    let (wrong, right) = (grant(early), grant(late));

    oakwood.mend(port);
    synced(&station);
    synced(&station);
    assert_eq!(oakwood.event(wrong)["judged_again"], true);
    assert_eq!(oakwood.event(right)["judged_again"], false);
    let judged: Vec<_> = oakwood
        .journal(&station)
        .into_iter()
        .filter_map(|body| match body {
            Body::JudgedAgain { event, found } => {
                Some((event, found.verdict, found.code, found.since.is_some()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(judged, [(wrong, Verdict::Denied, Code::Superseded, true)]);
}

// covers: S4-21, S4-23
#[test]
fn the_journal_tells_when_the_clock_was_set_and_no_code_lives_again_by_it() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let code = oakwood.member_code();
    let port = oakwood.cut();
    let judged = |station: &GuardStation| {
        let scan = station.scan(code.clone(), None).expect("a scan");
        station.abandon(scan.event).expect("left");
        (scan.verdict.expect("a verdict"), scan.code.word().to_owned())
    };
    assert_eq!(judged(&station), (Verdict::Caution, "offline".to_owned()));
    oakwood.phone.clocks.pass(130_000);
    assert_eq!(judged(&station), (Verdict::Denied, "expired".to_owned()));
    oakwood.phone.clocks.set(-600_000);
    assert_eq!(judged(&station), (Verdict::Denied, "expired".to_owned()));

    // Restarted without a network and set back: what had expired stays so.
    oakwood.phone.clocks.restart("second", 20_000);
    let station = oakwood.phone.open();
    assert_eq!(judged(&station), (Verdict::Denied, "expired".to_owned()));
    let status = station.status().expect("status");
    assert!(!status.clock_trusted);
    let walk_up = station.walk_up("Wim".to_owned(), Some(site(1)), None, None).expect("a walk-up");
    station.decide(walk_up.event, false, None, None, None).expect("denied");

    oakwood.mend(port);
    synced(&station);
    let changes: Vec<_> = oakwood
        .journal(&station)
        .into_iter()
        .filter_map(|body| if let Body::ClockChange(change) = body { Some(change) } else { None })
        .collect();
    assert_eq!(changes.len(), 4, "{changes:?}");
    // The test's clocks ran faster than the server's: that shows once the server is heard again.
    assert!(changes[2].ahead_ms.is_some_and(|ahead| ahead < -60_000) && !changes[2].restarted);
    // So did what the phone held to have passed, until the server's next gate pack.
    assert!(changes[3].lowered_ms.is_some_and(|lowered| lowered > 60_000));
    assert_eq!((changes[0].moved_ms, changes[0].restarted), (Some(-600_000), false));
    assert_eq!((changes[1].moved_ms, changes[1].restarted), (None, true));
}

#[test]
fn a_face_stands_beside_the_verdict_only_where_the_site_says_so_and_no_longer_than_it_is_there() {
    let mut oakwood = Oakwood::new();
    let shown = oakwood.server.local(&["site", "add", "--name", "Side gate", "--show-face"]);
    assert_eq!(shown["number"], 3, "{shown}");
    for email in [GRACE, MEMBER] {
        let _ = oakwood.server.local(&["user", "assign", email, "--site", "3"]);
    }
    let picture = oakwood.folder.path().join("mia.png");
    let code = qr::png("A picture of Mia", qr::Correction::Medium, 40).expect("a picture");
    std::fs::write(&picture, code).expect("written");
    let kept = oakwood.server.local(&["user", "photo", MEMBER, path(&picture)]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let scan = |code: String| {
        let scan = station.scan(code, None).expect("a scan");
        station.decide(scan.event, false, None, None, None).expect("denied");
        scan.face
    };
    assert_eq!(scan(oakwood.member_code()), None, "site 1 shows no faces");
    station.end_shift(None).expect("ended");
    station.start_shift(site(3), None, PATIENCE_MS).expect("a shift");
    let code = oakwood.member_code();
    let port = oakwood.cut();
    let face = scan(code).expect("a face, without a network");
    assert_eq!(face.to_string(), text(&kept, "photo"));
    let jpeg = station.face(face).expect("the store works").expect("the face is here");
    assert_eq!(Digest32::of(&jpeg), face);
    let small = picture::luma(&jpeg).expect("a JPEG");
    assert_eq!(small.width.max(small.height), 256);

    oakwood.mend(port);
    synced(&station);
    let _ = oakwood.server.local(&["user", "photo", MEMBER]);
    drop(station);
    // As if a quarter of an hour had passed: the server's clock cannot be set from here.
    let sql = rusqlite::Connection::open(oakwood.folder.path().join("phone/station.db")).expect("the store");
    let forgotten = sql.execute("DELETE FROM setting WHERE name = 'faces-listed'", []).expect("deleted");
    assert_eq!(forgotten, 1);
    drop(sql);
    let station = oakwood.phone.open();
    synced(&station);
    assert!(station.face(face).expect("the store works").is_none());
}

#[test]
fn a_denial_of_the_servers_stands_though_the_phone_knows_of_uses_that_the_server_does_not() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let code = oakwood.member_code();
    let port = oakwood.cut();
    let scan = station.scan(code.clone(), None).expect("a scan");
    station.decide(scan.event, true, None, None, None).expect("granted");
    oakwood.mend(port);
    let _ = oakwood.server.local(&["user", "revoke", MEMBER]);
    let again = station.scan(code, None).expect("a scan");
    assert_eq!((again.online, again.verdict, again.code), (true, Some(Verdict::Denied), Code::Revoked));
}
