//! Somebody is forgotten on a phone whose results tell of them.

use gatehouse_core::device::Erase;

use super::*;

#[test]
fn an_earlier_use_is_forgotten_with_its_member_and_who_let_them_in_with_that_guard() {
    let oakwood = Oakwood::new();
    let (here, there, scan) = oakwood.used_elsewhere();
    here.decide(scan.event, false, None, None, None).expect("turned away");
    synced(&here);
    let told = || {
        let past = here.history(10).expect("a history");
        let found = past.into_iter().find(|past| past.result.event == scan.event).expect("the scan").result;
        (found.last_used.is_some(), found.last_used_site, found.last_used_by)
    };
    let (site, gus) = (Some("Main gate".to_owned()), Some("Gus".to_owned()));
    assert_eq!(told(), (true, site.clone(), gus));

    let guard = there.status().expect("status").guard_id.expect("a guard");
    here.erase(&Erase::Subject(guard.into())).expect("erased");
    assert_eq!(told(), (true, site, None));
    here.erase(&Erase::Subject(scan.subject.expect("a member"))).expect("erased");
    assert_eq!(told(), (false, None, None));
}

#[test]
fn who_let_a_visitor_in_is_forgotten_where_they_come_again_by_name() {
    let oakwood = Oakwood::new();
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera Visitor", "--max-uses", "1"]);
    let visitor: SubjectId = text(&made, "id").parse().expect("an id");
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let arrival = station.arrive(visitor, None, None).expect("an arrival");
    station.decide(arrival.event, true, None, None, None).expect("granted");
    station.depart(arrival.event, None, PATIENCE_MS).expect("departed");
    let again = station.arrive(visitor, None, None).expect("once more");
    assert_eq!((&again.code, again.last_used_by.as_deref()), (&Code::UsedUp, Some("Grace")));
    station.decide(again.event, false, None, None, None).expect("turned away");
    synced(&station);

    let guard = station.status().expect("status").guard_id.expect("a guard");
    station.erase(&Erase::Subject(guard.into())).expect("erased");
    let past = station.history(10).expect("a history");
    let found = past.into_iter().find(|past| past.result.event == again.event).expect("the arrival");
    assert_eq!(found.result.last_used_by, None);
}
