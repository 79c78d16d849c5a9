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
