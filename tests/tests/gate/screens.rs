//! A guard's phone and a member's at a real server, as `tests/scenarios` tells it. What each screen shows is kept there,
//! so that every shell can be held against the same: this one is none, but the core alone. `GATEHOUSE_BLESS=1` writes
//! anew what is kept; Kotlin and Swift only read it.

#[path = "screens/clock.rs"]
mod clock;
#[path = "screens/drawn.rs"]
mod drawn;
#[path = "screens/guard.rs"]
mod guard;
#[path = "screens/member.rs"]
mod member;
#[path = "screens/phone.rs"]
mod phone;
#[path = "screens/scenario.rs"]
mod scenario;
#[path = "screens/world.rs"]
mod world;

use std::{fmt::Write as _, fs, path::Path};

use self::{
    clock::Clock,
    drawn::drawn,
    guard::AtGate,
    member::AtHand,
    phone::{Phone, Side},
    scenario::{Act, Replaced, Scenario, Told, read, scenarios},
    world::World,
};

fn play<S: Side>(name: &str) {
    let scenario: Scenario = read(&scenarios().join(format!("{name}.json")));
    println!("{}", scenario.about);
    let replaced = Replaced::read();
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = World::set_up(folder.path(), &scenario.set_up, scenario.codes);
    let (clock, at) = (Clock::start(), folder.path().join("phone"));
    let mut phone = Phone::<S>::open(&at, &clock);
    let mut played = String::new();
    for Told { step, acts, then } in &scenario.steps {
        for act in acts {
            if matches!(act, Act::Reopen) {
                drop(phone);
                phone = Phone::open(&at, &clock);
            } else {
                phone.does(act, &mut world);
            }
        }
        let drawn = replaced.say(&drawn(&phone.screen(), &phone.wanted(), &phone.handed_on()));
        write!(played, "## {step}\n{drawn}\n").expect("written");
        phone.holds(then, step, &replaced);
    }
    kept(&scenarios().join("kept").join(format!("{name}.txt")), &played);
}

fn kept(path: &Path, now: &str) {
    if std::env::var_os("GATEHOUSE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, now).expect("written");
        return;
    }
    let before = fs::read_to_string(path).unwrap_or_default();
    let differs = before.lines().zip(now.lines()).zip(1..).find(|((before, now), _)| before != now);
    if let Some(((before, now), line)) = differs {
        panic!(
            "{}, line {line}, is no longer\n  {before}\nbut\n  {now}\nIf that is meant: GATEHOUSE_BLESS=1",
            path.display()
        );
    }
    let (before, now) = (before.lines().count(), now.lines().count());
    assert_eq!(before, now, "{} has another number of lines", path.display());
}

#[test]
fn a_guards_day_shows_what_is_kept() {
    play::<AtGate>("guard-day");
}

#[test]
fn a_guards_phone_has_the_manners_that_are_kept() {
    play::<AtGate>("guard-manners");
}

#[test]
fn a_members_day_shows_what_is_kept() {
    play::<AtHand>("member-day");
}

#[test]
fn a_members_phone_has_the_manners_that_are_kept() {
    play::<AtHand>("member-manners");
}
