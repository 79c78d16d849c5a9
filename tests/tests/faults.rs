//! A gate where the network does what networks do. Whatever was shown reaches the server once, and nothing is shown
//! that is better than what is known.

use std::{collections::BTreeMap, fs, path::Path};

use gatehouse_core::{
    device::StationError,
    envelope::PublicKey,
    hex,
    id::EntryId,
    journal::{Body, EntryKind, SignedEntry, verify_export},
    keys::KeySet,
    wire::{EventView, InvitationView},
};
use gatehouse_tests::{
    Random,
    day::{Day, Shown, Worth, forged},
    figure, gatehouse,
    proxy::{Fault, Plan, Proxy},
    seed,
    server::Server,
    trials,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

const GUARD: &str = "guard@oakwood.example";
const PATIENCE_MS: u32 = 10_000;

struct Gate {
    _folder: tempfile::TempDir,
    server: Server,
    proxy: Proxy,
    day: Day,
    codes: Vec<Shown>,
    admin_token: String,
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_else(|| panic!("no {key} in {value}")).to_owned()
}

impl Gate {
    fn open(seed: u64) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let server = Server::start(&folder.path().join("server"), 0);
        let proxy = Proxy::start(&server.url);
        let _ = server.local(&["site", "add", "--name", "Main gate"]);
        let guard = server.local(&["user", "add", "--email", GUARD, "--role", "guard", "--name", "Grace"]);
        let _ = server.local(&["user", "assign", &text(&guard, "id"), "--site", "1"]);
        let admin =
            server.local(&["user", "add", "--email", "admin@oakwood.example", "--role", "admin", "--token"]);
        let codes = shown_codes(&server, folder.path());
        let day = Day::new(folder.path().join("station"), codes.clone(), Random::new(seed));
        let gate = Self { _folder: folder, server, proxy, day, codes, admin_token: text(&admin, "token") };
        gate.enrol();
        gate
    }

    /// Enrols the station although the server's first answer is lost: the same code again gets the same device.
    fn enrol(&self) {
        let station = self.day.station();
        let code = text(&self.server.local(&["device", "code", "--url", &self.proxy.url]), "code");
        self.proxy.plan(Plan::Always(Fault::LoseAnswer));
        let lost = station.enrol(code.clone(), None, PATIENCE_MS);
        assert!(matches!(lost, Err(StationError::Client(_))), "{lost:?}");
        self.proxy.plan(Plan::Whole);
        station.enrol(code, None, PATIENCE_MS).expect("the same again");
        let devices = self.server.local(&["device", "list"]);
        assert_eq!(devices.as_array().map(Vec::len), Some(1), "{devices}");
        station.request_code(GUARD.to_owned(), PATIENCE_MS).expect("a code");
        let one_time = self.server.one_time_code(GUARD);
        station.sign_in(GUARD.to_owned(), one_time, PATIENCE_MS).expect("signed in");
        station.sync_once(PATIENCE_MS).expect("a first pack");
    }

    fn get<T: DeserializeOwned>(&self, path: &str) -> T {
        let mut answer = ureq::get(format!("{}/api/access-control/{path}", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin_token))
            .call()
            .expect("an answer");
        answer.body_mut().read_json().expect("JSON")
    }

    fn entries(&self) -> Vec<SignedEntry> {
        let status = self.day.station().status().expect("a status");
        let device = status.device.expect("a device").to_string();
        let export = gatehouse(&["journal", "export", "--device", &device, "--data"])
            .arg(&self.server.data)
            .output()
            .expect("exported");
        let keys: gatehouse_core::wire::KeysAnswer = self.get("keys");
        let keys = KeySet::open(&keys.keys, &PublicKey::new(keys.root)).expect("keys");
        let verified = verify_export(&export.stdout, Some(&keys)).expect("a chain that holds");
        assert_eq!(verified.certified, Some(true));
        assert_eq!(
            (verified.entries, verified.receipted),
            (status.outbox.entries, Some(status.outbox.entries))
        );
        let text = String::from_utf8(export.stdout).expect("text");
        let head: Value = serde_json::from_str(text.lines().next().expect("a head")).expect("JSON");
        let key =
            PublicKey::new(hex::decode_array(head["public_key"].as_str().expect("hex")).expect("a key"));
        text.lines()
            .filter(|line| !line.starts_with('{'))
            .map(|line| SignedEntry::open(&hex::decode(line).expect("hex"), &key).expect("an entry"))
            .collect()
    }

    /// The network is whole again: everything shown is at the server, once, as it was decided.
    fn close(mut self) {
        self.proxy.plan(Plan::Whole);
        self.day.finish();
        let (mut shown, mut decided) = (BTreeMap::<EntryId, u64>::new(), BTreeMap::new());
        let mut departed = BTreeMap::<EntryId, u64>::new();
        for SignedEntry { entry, .. } in self.entries() {
            if matches!(entry.kind, EntryKind::Scan | EntryKind::WalkUp) {
                *shown.entry(entry.id).or_insert(0) += 1;
            }
            match Body::from_value(entry.kind, &entry.body) {
                Some(Body::Decision { event, granted, .. }) => {
                    assert_eq!(decided.insert(event, granted), None, "{event} was decided twice");
                }
                Some(Body::Departure { stay, .. }) => *departed.entry(stay).or_insert(0) += 1,
                _ => {}
            }
        }
        let views: Vec<EventView> = self.get("events?limit=500");
        assert!(views.len() < 500, "more events than a page shows");
        assert_eq!(views.len(), self.day.events.len(), "events at the server");
        for (event, seen) in &self.day.events {
            assert_eq!(shown.get(event), Some(&1), "{event} in the journal");
            assert_eq!(decided.get(event), seen.granted.as_ref(), "decision on {event} in the journal");
            let mut found = views.iter().filter(|view| view.event == *event);
            let (view, none) = (found.next().expect("at the server"), found.next());
            assert_eq!((view.granted, none), (seen.granted, None), "{event} at the server");
            assert_eq!(view.photo.is_some(), seen.photo, "photo of {event}");
            let visitor = seen.code.is_none_or(|code| self.codes[code].invitation.is_some());
            let over = visitor && seen.granted == Some(true) && seen.departed;
            assert_eq!(view.departed_at.is_some(), over, "departure of {event} at the server");
            assert_eq!(departed.get(event).copied().unwrap_or(0), u64::from(over), "departures of {event}");
        }
        let invitations: Vec<InvitationView> = self.get("invitations?limit=500");
        for (number, shown) in self.codes.iter().enumerate() {
            let Some(id) = &shown.invitation else { continue };
            let row = invitations.iter().find(|row| row.id.to_string() == *id).expect("listed");
            assert_eq!(row.uses, self.day.grants(number), "uses of {}", row.reference);
        }
    }
}

/// Visitors with and without limits, a cancelled invitation, a member, forgeries and junk.
fn shown_codes(server: &Server, folder: &Path) -> Vec<Shown> {
    let mut codes = Vec::new();
    let mut invite = |name: &str, max_uses: Option<u32>| {
        let uses = max_uses.map(|most| most.to_string());
        let mut args = vec!["invitation", "add", "--name", name, "--site", "1"];
        args.extend(uses.iter().flat_map(|most| ["--max-uses", most.as_str()]));
        let made = server.local(&args);
        let (text, invitation) = (text(&made, "code"), Some(text(&made, "id")));
        codes.push(Shown { text, worth: Worth::Good { max_uses }, invitation });
    };
    for (name, most) in
        [("Vera", None), ("Vito", Some(1)), ("Vlad", Some(2)), ("Viola", Some(3)), ("Void", None)]
    {
        invite(name, most);
    }
    let cancelled = codes.last_mut().expect("invited");
    cancelled.worth = Worth::Cancelled;
    let _ = server.local(&["invitation", "cancel", cancelled.invitation.as_deref().expect("an id")]);
    let _ =
        server.local(&["user", "add", "--email", "m@oakwood.example", "--role", "member", "--name", "Mo"]);
    let picture = folder.join("member.png");
    let picture = picture.to_str().expect("UTF-8");
    let member = server.local(&["pass", "issue", "--member", "m@oakwood.example", "--png", picture]);
    let _ = fs::remove_file(picture);
    let member = text(&member, "code");
    let bad = [forged(&member), forged(&codes[0].text), "NOT A CODE".to_owned(), "GH1:".to_owned()];
    codes.push(Shown { text: member, worth: Worth::Good { max_uses: None }, invitation: None });
    codes.extend(bad.map(|text| Shown { text, worth: Worth::Bad, invitation: None }));
    codes
}

/// Steps of a day without faults, and of how many days.
const STEPS: u64 = 500;

// covers: S4-48
#[test]
fn a_station_does_what_its_model_does() {
    let first = seed("days without faults", 100);
    for seed in (first..).take(usize::try_from(trials(10)).expect("small")) {
        let mut gate = Gate::open(seed);
        for _ in 0..STEPS {
            gate.day.step();
        }
        println!("day {seed}: {STEPS} steps, {:?}, verdicts {:?}", gate.day.done, gate.day.verdicts);
        assert!(gate.day.verdicts.len() == 3, "a verdict was never shown");
        gate.close();
    }
}

/// Faults that one day meets: few enough for its events to fit on a page.
const FAULTS_A_DAY: u64 = 100;

#[test]
fn whatever_the_network_does_all_is_shown_once_and_rightly() {
    let mut all = BTreeMap::<String, u64>::new();
    let (first, days) = (seed("days with faults", 200), trials(1_000).div_ceil(FAULTS_A_DAY));
    for seed in (first..).take(usize::try_from(days).expect("small")) {
        let mut gate = Gate::open(seed);
        gate.proxy.plan(Plan::Random(Random::new(!seed), 60));
        let mut steps = 0;
        while gate.proxy.faults() < FAULTS_A_DAY {
            gate.day.step();
            steps += 1;
        }
        for (fault, times) in gate.proxy.counts() {
            *all.entry(fault).or_insert(0) += times;
        }
        println!("day {seed}: {steps} steps, {:?}, verdicts {:?}", gate.day.done, gate.day.verdicts);
        gate.close();
    }
    figure(&format!("{} faults of the network: {all:?}", all.values().sum::<u64>()));
}
