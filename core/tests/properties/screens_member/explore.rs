//! Random steps of a member, a phone and a network against the small wallet: there is no dead end, no screen without a
//! way on, no work asked twice for one tap, and no code that has lapsed or belongs behind the lock.
//!
//! `GATEHOUSE_FULL=1` makes 100,000 steps; `GATEHOUSE_SEED=N` begins with another seed.

use gatehouse_core::screens::{
    FieldName,
    member::{Action, CameraSays, CameraTrouble, Input, Kind, Unlocking, When, Work},
};
use gatehouse_core::{
    id::MessageId,
    messages::{Severity, Window},
    wire::{MyEntry, MyMessage},
    words::Language,
};

use super::{
    super::*,
    phone::Phone,
    wallet::{Wallet, join_code},
};
use crate::chance::Random;

const STEPS: u64 = 10_000;

fn texts(field: FieldName) -> Vec<String> {
    let texts = match field {
        FieldName::Code => {
            return vec![join_code("https://gate.example"), "nonsense".to_owned(), String::new()];
        }
        FieldName::Address => ["mia@example.org", "mia"],
        FieldName::Digits => ["274951", "000000"],
        FieldName::Name => ["Vera Visitor", " "],
        _ => ["A ladder", ""],
    };
    texts.map(str::to_owned).to_vec()
}

fn step(phone: &mut Phone, random: &mut Random) {
    match random.below(20) {
        0..=7 => {
            let screen = phone.screen();
            let buttons = screen.buttons.iter().filter(|button| button.enabled).map(|button| button.action);
            let rows = screen.rows.iter().filter_map(|row| row.action);
            let all: Vec<Action> = buttons.chain(rows).collect();
            if !all.is_empty() {
                phone.tap(all[random.below(all.len())]);
            }
        }
        // A finger that does not look.
        8 => phone.tap_now(
            [Action::Back, Action::InvalidateNow, Action::SignOutNow, Action::Create, Action::Unlock]
                [random.below(5)],
        ),
        9 => {
            phone.wait(400);
            phone.take(Input::Back);
        }
        10 | 11 => {
            let fields = phone.screen().fields;
            if !fields.is_empty() {
                let field = fields[random.below(fields.len())].name;
                let texts = texts(field);
                phone.type_in(field, &texts[random.below(texts.len())]);
            }
        }
        12 => phone.wait([50, 200, 1_600, 20_000, 70_000][random.below(5)]),
        13 => {
            let online = !phone.wallet.online;
            phone.network(online);
        }
        14 => match random.below(9) {
            0 => phone.wallet.full = !phone.wallet.full,
            1 => phone.wallet.ended = !phone.wallet.ended,
            2 => phone.wallet.session_ended = true,
            3 => phone.wallet.prepared = false,
            4 => {
                phone.take(Input::Battery(Some(5)));
                let at = phone.wallet.now;
                phone.wallet.entries.push(MyEntry {
                    event: EntryId([u8::try_from(random.below(9)).expect("small"); 16]),
                    site: site(1),
                    site_name: "North gate".to_owned(),
                    at,
                    offline_code: false,
                    verdict: None,
                    granted: None,
                });
            }
            5 => phone.now.wall = phone.wallet.now.plus(400_000),
            6 => phone.now.wall = phone.wallet.now,
            7 => {
                let number = u8::try_from(random.below(4)).expect("small");
                phone.wallet.messages.retain(|message| message.id != MessageId([number; 16]));
                if random.one_in(2) {
                    let until = random.one_in(2).then(|| phone.wallet.now.to_seconds().plus(30));
                    phone.wallet.messages.push(MyMessage {
                        id: MessageId([number; 16]),
                        severity: Severity::ALL[random.below(3)],
                        title: "Water".to_owned(),
                        body: "Mia\n\nNone.".to_owned(),
                        window: Window { from: None, until },
                        sent_at: phone.wallet.now,
                        read: false,
                    });
                }
            }
            _ => phone.take(Input::Line(join_code("http://gate.example"))),
        },
        15 => {
            phone.slow = !phone.slow;
            if !phone.slow {
                phone.finish();
            }
        }
        16 => phone.finish_one(),
        17 => match random.below(5) {
            0 => phone.take(Input::Foreground(false)),
            1 => phone.show(&join_code("https://gate.example")),
            2 => phone.take(Input::Camera(CameraSays::Fails(CameraTrouble::Gone))),
            3 => {
                phone.work.clear();
                phone.wallet.present = false;
                phone.take(Input::Restarted);
            }
            _ => phone.leave([1_000, 400_000][random.below(2)], random.one_in(2)),
        },
        18 => {
            let holders = [None, Some(Unlocking::Yes), Some(Unlocking::No), Some(Unlocking::Cannot)];
            phone.holder = holders[random.below(4)];
        }
        _ => phone.take(Input::Foreground(true)),
    }
}

/// What holds whatever happened.
fn holds(phone: &Phone) {
    let screen = phone.screen();
    assert!(!screen.title.is_empty());
    let moves = screen.buttons.iter().any(|button| button.enabled)
        || screen.rows.iter().any(|row| row.action.is_some());
    assert!(moves || !phone.work.is_empty() || screen.kind == Kind::Opening, "a dead end: {screen:?}");
    assert!(screen.buttons.iter().all(|button| !button.label.is_empty()));
    // A code is on the screen while it is good, on its own screens, and the platform knows.
    if screen.code.is_some() {
        assert!(matches!(screen.kind, Kind::Pass | Kind::Invitation), "{screen:?}");
    }
    assert_eq!((phone.bright, phone.awake), (screen.code.is_some(), screen.code.is_some()));
    if let (Kind::Pass, Some(countdown)) = (screen.kind, &screen.countdown) {
        assert!(countdown.until_ms + 1_000 > phone.now.running_ms, "{countdown:?}");
        assert!(!phone.wallet.untold || !phone.work.is_empty(), "invalidated");
    }
    // Nothing of the member's shows behind the lock.
    if matches!(screen.kind, Kind::Locked | Kind::Opening) {
        assert!(!phone.says("Mia") && screen.rows.is_empty() && screen.status.is_none());
    }
    // Nor does a message before its start, or after its end.
    if let Kind::Message = screen.kind {
        assert!(phone.wallet.heard.iter().any(|heard| heard.window.is_open(phone.wallet.now.to_seconds())));
    }
    let many = |wanted: fn(&Work) -> bool| phone.work.iter().filter(|(_, work)| wanted(work)).count();
    assert!(many(|work| *work == Work::Status) <= 2);
    assert!(many(|work| matches!(work, Work::Code | Work::FreshCode)) <= 1);
    assert!(many(|work| *work == Work::OfflineCode) <= 1);
    assert!(many(|work| matches!(work, Work::Invalidate)) <= 1);
    assert!(many(|work| matches!(work, Work::Invite(_))) <= 1);
    assert!(many(|work| *work == Work::Messages) <= 1);
    assert!(many(|work| matches!(work, Work::SignOut)) <= 1);
    assert!(many(|work| matches!(work, Work::Join { .. } | Work::LookAtCode { .. })) <= 1);
}

/// From wherever the member is, the access ID or the way to it can be reached again.
fn finds_home(phone: &mut Phone, seed: u64) {
    (phone.slow, phone.holder) = (false, Some(Unlocking::Yes));
    (phone.wallet.full, phone.wallet.online, phone.wallet.ended) = (false, true, false);
    phone.now.wall = phone.wallet.now;
    phone.finish();
    phone.take(Input::Foreground(true));
    phone.take(Input::Online(true));
    for _ in 0..40 {
        let kind = phone.screen().kind;
        if matches!(kind, Kind::Pass | Kind::SignIn) || (kind == Kind::Join && !phone.wallet.joined) {
            return;
        }
        let ways = [Action::GoOn, Action::Back, Action::No, Action::Stay, Action::Again, Action::Unlock];
        let Some(way) = ways.into_iter().find(|way| phone.can(*way)) else { break };
        phone.tap(way);
    }
    panic!("seed {seed}: no way home from {:?}", phone.screen());
}

#[test]
fn random_steps_find_no_dead_end_and_show_nothing_that_has_lapsed() {
    let full = std::env::var_os("GATEHOUSE_FULL").is_some();
    let steps = if full { 100_000 } else { STEPS };
    let first = std::env::var("GATEHOUSE_SEED").map_or(1, |seed| seed.parse().expect("a number"));
    let mut kinds = BTreeSet::new();
    let mut made = 0;
    let mut seed = first;
    while made < steps {
        let mut random = Random(seed);
        let mut phone = if random.one_in(4) { Phone::new(Wallet::default()) } else { Phone::at_home() };
        for _ in 0..200 {
            step(&mut phone, &mut random);
            // Time passes at least this often, and with it what is shown is looked at again.
            phone.wait(10);
            made += 1;
            kinds.insert(phone.screen().kind);
            holds(&phone);
            if random.one_in(60) {
                let before = phone.wallet.invitations.len();
                phone = phone.kill();
                assert_eq!(phone.wallet.invitations.len(), before, "seed {seed}");
                holds(&phone);
            }
        }
        finds_home(&mut phone, seed);
        let before = (phone.wallet.joined, phone.wallet.signed_in);
        let phone = phone.kill();
        let kind = phone.screen().kind;
        match before {
            (false, _) => assert_eq!(kind, Kind::Join, "seed {seed}"),
            (true, false) => assert_eq!(kind, Kind::SignIn, "seed {seed}"),
            (true, true) => {
                assert!(matches!(kind, Kind::Pass | Kind::Stop), "seed {seed}: {:?}", phone.screen());
            }
        }
        seed += 1;
    }
    assert!(kinds.len() >= 16, "only {kinds:?} were seen");
}

#[test]
fn a_day_in_any_language_makes_the_same_screens() {
    let mut random = Random(7);
    let mut phone = Phone::at_home();
    phone.tap(Action::Invite);
    phone.tap(Action::When(When::Today));
    for _ in 0..300 {
        step(&mut phone, &mut random);
        let english = phone.screen();
        for language in Language::ALL {
            let theirs = phone.member.screen(language);
            assert_eq!((theirs.kind, theirs.number), (english.kind, english.number));
            assert_eq!(theirs.buttons.len(), english.buttons.len());
            assert_eq!(theirs.lines.len(), english.lines.len());
            assert_eq!((theirs.rows.len(), theirs.code), (english.rows.len(), english.code.clone()));
        }
    }
}
