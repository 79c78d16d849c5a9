//! Random steps of a guard, a phone and a network against the small station: there is no dead end, no screen without a
//! way on, no work asked twice for one tap, and nothing shown that is not written down.
//!
//! `GATEHOUSE_FULL=1` makes 100,000 steps; `GATEHOUSE_SEED=N` begins with another seed.

use gatehouse_core::qr::Why;
use gatehouse_core::screens::{
    FieldName,
    guard::{Action, CameraSays, CameraTrouble, Frame, Input, Kind, Usual, Work},
};
use gatehouse_core::words::Language;

use super::{super::*, phone::Phone, station::Station};
use crate::chance::Random;

const STEPS: u64 = 6_000;

const CODES: [&str; 6] =
    ["member Mia", "member Max", "visitor Vera", "visitor Wim", "banned Bo", "https://example.org"];

const TEXTS: [(FieldName, &[&str]); 9] = [
    (FieldName::Code, &["", "member Mia", "nonsense"]),
    (FieldName::Address, &["grace@example.org", "grace"]),
    (FieldName::Digits, &["274951", "000000"]),
    (FieldName::Pin, &["483920", "1", ""]),
    (FieldName::Name, &["Willem Walkup", " "]),
    (FieldName::Host, &["hugo", "nobody", ""]),
    (FieldName::Search, &["wim", "nobody", ""]),
    (FieldName::Reason, &["A reason", ""]),
    (FieldName::Note, &["Shouted", ""]),
];

fn enrolment() -> String {
    let url = "https://gate.example".to_owned();
    EnrolmentCode { url, org: org(), code: "7K2M-Q9XA".to_owned(), root: public(ROOT).digest() }.to_text()
}

fn step(phone: &mut Phone, random: &mut Random) {
    match random.below(24) {
        0..=7 => {
            let screen = phone.screen();
            let buttons = screen.buttons.iter().filter(|button| button.enabled).map(|button| button.action);
            let rows = screen.rows.iter().filter_map(|row| row.action);
            let all: Vec<Action> = buttons.chain(rows).collect();
            if !all.is_empty() {
                let action = all[random.below(all.len())];
                let held = screen.buttons.iter().any(|button| button.action == action && button.held);
                if held { phone.hold(action) } else { phone.tap(action) }
            }
        }
        // A finger that does not look.
        8 => phone.tap_now(
            [Action::Grant, Action::Deny, Action::Back, Action::Reason(Usual::Known), Action::EndNow]
                [random.below(5)],
        ),
        9 => {
            phone.wait(400);
            phone.take(Input::Back);
        }
        10..=12 => {
            let code =
                if random.one_in(6) { enrolment() } else { CODES[random.below(CODES.len())].to_owned() };
            phone.station.rested = phone.station.rested.take().filter(|rested| *rested == code);
            phone.show(&code);
        }
        13 => {
            phone.clear();
            phone.take(Input::Frame(Frame { why: Some(Why::Glare), ..Frame::default() }));
        }
        14 | 15 => {
            let fields = phone.screen().fields;
            if !fields.is_empty() {
                let field = &fields[random.below(fields.len())];
                let (_, texts) =
                    TEXTS.iter().find(|(name, _)| *name == field.name).expect("a text for each field");
                phone.type_in(field.name, texts[random.below(texts.len())]);
            }
        }
        16 => phone.wait([50, 200, 1_600, 20_000, 70_000][random.below(5)]),
        17 => {
            phone.station.online = !phone.station.online;
            let online = phone.station.online;
            phone.take(Input::Online(online));
        }
        18 => match random.below(8) {
            0 => phone.station.full = !phone.station.full,
            1 => phone.station.learns(),
            2 => {
                phone.station.photo =
                    [PhotoPolicy::Off, PhotoPolicy::Optional, PhotoPolicy::Required][random.below(3)]
            }
            3 if random.one_in(4) => phone.station.revoked = true,
            4 if random.one_in(3) => phone.wait(15 * 3_600_000),
            5 => phone.station.stuck = random.next() % 3,
            6 => phone.take(Input::Kept(random.one_in(2))),
            _ => phone.take(Input::Battery(Some(5))),
        },
        19 => {
            let says = [
                CameraSays::Runs { torch: true, another: true },
                CameraSays::Runs { torch: false, another: false },
                CameraSays::Fails(CameraTrouble::Gone),
            ];
            phone.take(Input::Camera(says[random.below(3)]));
        }
        20 => {
            phone.slow = !phone.slow;
            if !phone.slow {
                phone.finish();
            }
        }
        21 => phone.finish_one(),
        22 => match random.below(6) {
            0 => phone.take(Input::Foreground(false)),
            1 => phone.take(Input::Mirrored(random.one_in(2))),
            2 => phone.take(Input::Fix(None)),
            3 if random.one_in(2) => {
                phone.work.clear();
                phone.take(Input::Restarted);
            }
            4 => {
                let fix = Fix { latitude_e6: 1, longitude_e6: 2, accuracy_m: 12 };
                phone.take(Input::EarlierFix { fix, age_ms: 90_000 });
            }
            _ => phone.take(Input::Line("member Lina".to_owned())),
        },
        _ => phone.take(Input::Foreground(true)),
    }
}

/// What holds whatever happened.
fn holds(phone: &Phone) {
    let screen = phone.screen();
    assert!(!screen.title.is_empty());
    let moves = screen.buttons.iter().any(|button| button.enabled)
        || screen.rows.iter().any(|row| row.action.is_some());
    assert!(moves || !phone.work.is_empty(), "a dead end: {screen:?}");
    assert!(screen.buttons.iter().all(|button| !button.label.is_empty()));
    // What is shown is written down, and undecided.
    if let (Kind::Verdict | Kind::Leaving, Some(_)) = (screen.kind, &screen.verdict) {
        assert!(!phone.station.events.is_empty());
    }
    let decided = |granted| phone.station.events.values().any(|event| event.granted == Some(granted));
    let says = |word: &str| screen.lines.iter().any(|line| line.text.contains(word));
    assert!(screen.kind != Kind::Camera || !says(": granted ") || decided(true));
    assert!(screen.kind != Kind::Camera || !says(": denied ") || decided(false));
    // Of one event at a time one thing is asked.
    let mut decisions = BTreeSet::new();
    for (_, work) in &phone.work {
        let event = match work {
            Work::Decide { seen, .. } => seen.event,
            Work::Abandon { event } | Work::Look { event } | Work::Correct { event, .. } => *event,
            _ => continue,
        };
        assert!(decisions.insert(event), "asked twice: {:?}", phone.work);
    }
    let many = |wanted: fn(&Work) -> bool| phone.work.iter().filter(|(_, work)| wanted(work)).count();
    assert!(many(|work| *work == Work::Status) <= 1);
    assert!(many(|work| *work == Work::Sync) <= 1);
    assert!(many(|work| matches!(work, Work::StartShift { .. } | Work::EndShift { .. })) <= 1);
    assert!(many(|work| matches!(work, Work::ScanSeen { .. })) <= 1);
}

/// From wherever the guard is, the camera or the way to it can be reached again.
fn finds_home(phone: &mut Phone, seed: u64) {
    (phone.slow, phone.station.full, phone.station.online) = (false, false, true);
    phone.finish();
    phone.take(Input::Foreground(true));
    phone.station.photo = PhotoPolicy::Off;
    for _ in 0..40 {
        let kind = phone.screen().kind;
        if matches!(kind, Kind::Camera | Kind::Start | Kind::SignIn)
            || (kind == Kind::Enrol && !phone.station.enrolled)
        {
            return;
        }
        let ways = [
            Action::Deny,
            Action::Departure,
            Action::Look,
            Action::GoOn,
            Action::Back,
            Action::Leave,
            Action::No,
            Action::Stay,
            Action::Again,
        ];
        let Some(way) = ways.into_iter().find(|way| phone.can(*way)) else { break };
        phone.tap(way);
    }
    panic!("seed {seed}: no way home from {:?}", phone.screen());
}

#[test]
fn random_steps_find_no_dead_end_and_lose_nothing() {
    let full = std::env::var_os("GATEHOUSE_FULL").is_some();
    let steps = if full { 100_000 } else { STEPS };
    let first = std::env::var("GATEHOUSE_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut kinds = BTreeSet::new();
    let mut made = 0;
    let mut seed = first;
    while made < steps {
        let mut random = Random(seed);
        let mut phone = if random.one_in(4) { Phone::new(Station::default()) } else { Phone::at_work() };
        for _ in 0..200 {
            step(&mut phone, &mut random);
            made += 1;
            kinds.insert(phone.screen().kind);
            holds(&phone);
            if random.one_in(60) {
                let before = phone.station.events.len();
                phone = phone.kill();
                assert_eq!(phone.station.events.len(), before, "seed {seed}");
                holds(&phone);
            }
        }
        finds_home(&mut phone, seed);
        assert!(phone.photos.is_empty(), "seed {seed}: a photo is kept for nobody");
        // Nothing that was recorded is forgotten by the screens: what is undecided comes back after a kill.
        let at_work = phone.station.shift.is_some() && phone.station.signed_in && !phone.station.locked;
        let open = phone
            .station
            .events
            .values()
            .any(|event| event.granted.is_none() && !event.closed && event.shift == phone.station.shifts);
        let phone = phone.kill();
        if at_work && open {
            assert!(
                matches!(phone.screen().kind, Kind::Verdict | Kind::Leaving),
                "seed {seed}: {:?}",
                phone.screen()
            );
        }
        seed += 1;
    }
    assert!(kinds.len() >= 17, "only {kinds:?} were seen");
}

#[test]
fn a_day_in_any_language_makes_the_same_screens() {
    let mut random = Random(7);
    let mut phone = Phone::at_work();
    for _ in 0..300 {
        step(&mut phone, &mut random);
        let english = phone.screen();
        for language in Language::ALL {
            let theirs = phone.guard.screen(language);
            assert_eq!((theirs.kind, theirs.number), (english.kind, english.number));
            assert_eq!(theirs.buttons.len(), english.buttons.len());
            assert_eq!(theirs.lines.len(), english.lines.len());
        }
    }
}
