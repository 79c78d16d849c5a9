//! Where the phone is: how long a fix counts, and how far the sites are.

use gatehouse_core::{
    screens::guard::{Action, Effect, Input, Work},
    words::Language,
};

use super::{super::*, phone::Phone, station::Station};

const HERE: Fix = Fix { latitude_e6: 1, longitude_e6: 2, accuracy_m: 12 };

/// The fix of a scan, so long after the phone last told where it is, by each of its clocks.
fn fix_of_scan(running_ms: u64, wall: impl Fn(UnixMillis) -> UnixMillis) -> Option<Fix> {
    let mut phone = Phone::at_work();
    phone.slow = true;
    phone.now.running_ms += running_ms;
    phone.now.wall = wall(phone.now.wall);
    phone.take(Input::Line("member Mia".to_owned()));
    let scan = phone.work.iter().find_map(|(_, work)| match work {
        Work::Scan { fix, .. } => Some(*fix),
        _ => None,
    });
    scan.expect("a scan")
}

#[test]
fn a_fix_counts_for_two_minutes_by_either_clock() {
    assert_eq!(fix_of_scan(120_000, |wall| wall.plus(120_000)), Some(HERE));
    assert_eq!(fix_of_scan(120_001, |wall| wall), None);
    // The running clock stands still while a phone sleeps.
    assert_eq!(fix_of_scan(0, |wall| wall.plus(120_001)), None);
    // Set back: nobody knows how long ago it was.
    assert_eq!(fix_of_scan(0, |wall| wall.minus(3_600_000)), None);
}

#[test]
fn a_fix_that_was_kept_counts_from_when_it_was_taken_and_takes_the_place_of_no_later_one() {
    let there = Fix { latitude_e6: 7, ..HERE };
    let scanned = |inputs: &[(u64, Input)]| {
        let mut phone = Phone::at_work();
        phone.take(Input::Fix(None));
        for (after_ms, input) in inputs {
            phone.wait(*after_ms);
            phone.take(input.clone());
        }
        phone.slow = true;
        phone.take(Input::Line("member Mia".to_owned()));
        let scan = phone.work.iter().find_map(|(_, work)| match work {
            Work::Scan { fix, .. } => Some(*fix),
            _ => None,
        });
        scan.expect("a scan")
    };
    let earlier = |age_ms| Input::EarlierFix { fix: there, age_ms };
    assert_eq!(scanned(&[(0, earlier(120_000))]), Some(there));
    assert_eq!(scanned(&[(0, earlier(120_001))]), None);
    assert_eq!(scanned(&[(0, earlier(100_000)), (20_001, Input::Tick)]), None);
    let here = Input::Fix(Some(HERE));
    assert_eq!(scanned(&[(0, here.clone()), (1_000, earlier(1_500))]), Some(HERE));
    assert_eq!(scanned(&[(0, here), (1_000, earlier(500))]), Some(there));
    // As a page says it.
    let said = json!({ "earlier_fix": { "fix": there, "age_ms": 500 } });
    assert!(serde_json::from_value::<Input>(said.clone()).is_ok(), "{said}");
}

#[test]
fn a_phone_that_rests_is_asked_where_it_is_before_its_fix_is_old() {
    let mut phone = Phone::at_work();
    let asked = |phone: &Phone| phone.effects.iter().filter(|effect| **effect == Effect::AskForFix).count();
    phone.wait(59_000);
    assert_eq!(asked(&phone), 0);
    phone.wait(1_000);
    phone.wait(30_000);
    assert_eq!(asked(&phone), 1, "once, and not with every tick");
    phone.wait(30_000);
    assert_eq!(asked(&phone), 2, "nothing came");
    phone.take(Input::Fix(Some(HERE)));
    phone.wait(59_000);
    assert_eq!(asked(&phone), 2);
}

#[test]
fn the_nearest_site_of_the_guard_comes_first() {
    let station = Station { enrolled: true, signed_in: true, ..Station::default() };
    let mut phone = Phone::new(station);
    let sites = |phone: &Phone, language| {
        let rows = phone.guard.screen(language).rows.into_iter();
        rows.map(|row| (row.text, row.detail.unwrap_or_default())).collect::<Vec<_>>()
    };
    let first = |phone: &Phone| sites(phone, Language::English).swap_remove(0);
    assert_eq!(
        first(&phone),
        ("Lodge".to_owned(), String::new()),
        "by name where nothing says where the phone is"
    );
    phone.take(Input::Fix(Some(HERE)));
    let named = |sites: Vec<(String, String)>| sites.into_iter().map(|(name, _)| name).collect::<Vec<_>>();
    assert_eq!(
        named(sites(&phone, Language::English)),
        ["North", "Lodge", "South"],
        "others' sites come last"
    );
    let [north, lodge, south] = sites(&phone, Language::English).try_into().expect("three sites");
    assert_eq!(north.1, "20 m");
    assert!(lodge.1.starts_with("2.4 km, ") && south.1.starts_with("350 m, "), "{lodge:?} {south:?}");
    assert!(sites(&phone, Language::French)[1].1.starts_with("2,4 km"));
    // What is only roughly known says nothing of who is nearest.
    phone.take(Input::Fix(Some(Fix { accuracy_m: 4_000, ..HERE })));
    assert_eq!(first(&phone), ("Lodge".to_owned(), String::new()));
    phone.take(Input::Fix(Some(HERE)));
    phone.wait(120_001);
    assert_eq!(first(&phone), ("Lodge".to_owned(), String::new()), "nor does where the phone was");
    assert!(phone.can(Action::StartAt(site(3))) && !phone.can(Action::StartAt(site(2))));
}
