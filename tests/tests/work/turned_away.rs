//! Whoever was turned away comes back under a name like theirs.

use gatehouse_core::{
    device::{Erase, TurnedAway},
    time::UnixMillis,
};

use super::*;

/// Somebody comes without a code, a little later than whoever came before.
fn comes(oakwood: &Oakwood, station: &GuardStation, name: &str, granted: bool) -> ScanResult {
    oakwood.phone.clocks.pass(1_000);
    let walk_up = station.walk_up(name.to_owned(), None, None, None).expect("a walk-up");
    station.decide(walk_up.event, granted, None, None, None).expect("decided");
    walk_up
}

fn begun(station: &GuardStation) -> UnixMillis {
    station.status().expect("status").shift.expect("a shift").started
}

fn found(station: &GuardStation, name: &str) -> Vec<TurnedAway> {
    station.turned_away(name, begun(station)).expect("looked for")
}

fn names(station: &GuardStation, name: &str) -> Vec<String> {
    found(station, name).into_iter().map(|away| away.name).collect()
}

#[test]
fn who_was_turned_away_is_found_by_a_like_name_and_nobody_else_is() {
    let oakwood = Oakwood::new();
    let _ = oakwood.server.local(&["ban", "add", "--reason", "Threatened a guard", "--name", "Bo Banned"]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let jose = comes(&oakwood, &station, "José Álvarez", false);
    let gina = comes(&oakwood, &station, "Gina Good", true);
    comes(&oakwood, &station, "Bo Banned", false);
    let left = station.walk_up("Lena Left".to_owned(), None, None, None).expect("a walk-up");
    station.abandon(left.event).expect("left undecided");
    let scan = station.scan(oakwood.member_code(), None).expect("a scan");
    station.decide(scan.event, false, None, None, None).expect("turned away");

    for name in ["José Álvarez", "alvarez JOSE", "Jose María Álvarez", "joseálvarez", " Álvarez,José "]
    {
        assert_eq!(names(&station, name), ["José Álvarez"], "{name}");
    }
    for name in ["Josefa Álvarez", "José", "José Alvares", "Gina Good", "Lena Left", "", " - "] {
        assert_eq!(names(&station, name), [""; 0], "{name}");
    }
    assert_eq!(names(&station, "mia"), ["Mia"], "with a code");
    let told = |name: &str| found(&station, name).remove(0);
    let grace = Some("Grace".to_owned());
    let away =
        TurnedAway { name: "José Álvarez".to_owned(), at: jose.at, code: Code::Ok, by: grace.clone() };
    assert_eq!(told("jose alvarez"), away);
    assert_eq!((told("bo banned").code, told("bo banned").by), (Code::NameBanned, grace));
    let later = station.turned_away("jose alvarez", jose.at.plus(1)).expect("looked for");
    assert!(later.is_empty(), "who came before is of another day: {later:?}");

    // A decision that was put right counts as what it is now.
    let why = || Some("The wrong button".to_owned());
    station.correct(jose.event, true, why(), None).expect("put right");
    station.correct(gina.event, false, why(), None).expect("put right");
    assert_eq!((names(&station, "jose alvarez").len(), names(&station, "gina good").len()), (0, 1));

    for name in ["Wim Wijs", "Wijs, Wim", "WIM WIJS", "Wim van Wijs"] {
        comes(&oakwood, &station, name, false);
    }
    assert_eq!(names(&station, "wim wijs"), ["Wim van Wijs", "WIM WIJS", "Wijs, Wim"], "the latest three");
}

#[test]
fn who_is_erased_is_not_found_nor_is_the_guard_who_turned_somebody_away() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let scan = station.scan(oakwood.member_code(), None).expect("a scan");
    station.decide(scan.event, false, None, None, None).expect("turned away");
    synced(&station);
    let bo = comes(&oakwood, &station, "Bo Burly", false);
    comes(&oakwood, &station, "Wim Wijs", false);
    assert_eq!(["mia", "bo burly", "wim wijs"].map(|name| names(&station, name).len()), [1; 3]);

    station.erase(&Erase::Subject(scan.subject.expect("a member"))).expect("erased");
    let erased = station.erase(&Erase::Events(vec![bo.event])).expect("noted");
    assert!(erased.waiting > 0, "the server does not have it yet");
    let nobody = || ["mia", "bo burly"].map(|name| names(&station, name).len());
    assert_eq!(nobody(), [0; 2]);
    synced(&station);
    assert_eq!(nobody(), [0; 2]);

    let by = || found(&station, "wim wijs").remove(0).by;
    assert_eq!(by(), Some("Grace".to_owned()));
    let guard = station.status().expect("status").guard_id.expect("a guard");
    station.erase(&Erase::Subject(guard.into())).expect("erased");
    assert_eq!(by(), None);
}
