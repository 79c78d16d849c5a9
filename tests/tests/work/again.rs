//! The same code, the same visitor, once more.

use super::*;

impl Oakwood {
    /// A visitor's invitation: id and code.
    fn invited(&self, more: &[&str]) -> (SubjectId, String) {
        let arguments = [&["invitation", "add", "--name", "Vera Visitor"], more].concat();
        let made = self.server.local(&arguments);
        (text(&made, "id").parse().expect("an id"), text(&made, "code").to_owned())
    }
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, StationError>) -> String {
    outcome.expect_err("refused").code().to_owned()
}

#[test]
fn a_code_that_stays_in_the_frame_is_one_scan_also_when_it_is_decided() {
    let mut oakwood = Oakwood::new();
    let (_, code) = oakwood.invited(&[]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    oakwood.cut();
    let frame = picture::luma(&qr::png(&code, qr::Correction::Medium, 5).expect("drawn")).expect("a frame");
    let seen = || station.scan_frame(&frame, None).expect("a frame");
    let clocks = &oakwood.phone.clocks;

    let scan = seen().expect("a scan");
    clocks.pass(1_900);
    let again = seen().expect("still there");
    assert_eq!((again.event, again.again), (scan.event, true));
    station.decide(scan.event, true, None, None, None).expect("granted");
    for _ in 0..5 {
        clocks.pass(1_900);
        assert_eq!(seen(), None, "the visitor who was let in is not asked to leave");
    }
    clocks.pass(2_100);
    let leaving = seen().expect("held up anew");
    assert_eq!(leaving.departure_of, Some(scan.event));
    station.depart(scan.event, None, 500).expect("departed");
    assert_eq!(seen(), None);
    // What is no code of ours is one entry for as long as it is held up.
    let junk = picture::luma(&qr::png("JUNK", qr::Correction::Medium, 8).expect("drawn")).expect("a frame");
    let events = || station.undecided().expect("undecided").len();
    let mut told = 0;
    for _ in 0..25 {
        // Another's code is told where a thorough look, at one frame in a few, finds none of ours beside it.
        if let Some(scan) = station.scan_frame(&junk, None).expect("a frame") {
            assert_eq!(scan.kind, ScannedBy::Unreadable);
            told += 1;
        }
        clocks.pass(300);
    }
    assert!(told > 1, "told {told} times");
    assert_eq!(events(), 1);
}

#[test]
fn a_grant_that_comes_too_late_needs_another_scan() {
    let mut oakwood = Oakwood::new();
    let (_, code) = oakwood.invited(&["--max-uses", "1"]);
    let many = oakwood.invited(&[]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    oakwood.cut();
    let scan = || station.scan(code.clone(), None).expect("a scan");
    let first = scan();
    oakwood.phone.clocks.pass(121_000);
    let second = scan();
    assert_ne!(first.event, second.event, "two minutes later it is another scan");
    oakwood.phone.clocks.pass(1_000);
    station.decide(second.event, true, None, None, None).expect("granted");
    oakwood.phone.clocks.pass(1_000);
    // One use is one grant, and there is one stay.
    assert_eq!(code_of(station.decide(first.event, true, None, None, None)), "scan_again");
    station.decide(first.event, false, None, None, None).expect("a denial is never too late");

    station.depart(second.event, None, 500).expect("departed");
    let (_, code) = many;
    let older = station.scan(code.clone(), None).expect("a scan");
    oakwood.phone.clocks.pass(121_000);
    let newer = station.scan(code.clone(), None).expect("a scan");
    oakwood.phone.clocks.pass(1_000);
    station.decide(older.event, true, None, None, None).expect("granted from the list of what is undecided");
    oakwood.phone.clocks.pass(1_000);
    assert_eq!(code_of(station.decide(newer.event, true, None, None, None)), "scan_again");
    let leaving = station.scan(code, None).expect("a scan");
    assert_eq!(
        leaving.departure_of,
        Some(older.event),
        "what nobody can grant any more stands in no one's way"
    );

    let late = station.scan(oakwood_code(&station), None).expect("a scan");
    oakwood.phone.clocks.pass(10 * 60_000 + 1_000);
    let reason = Some("Known".to_owned());
    assert_eq!(code_of(station.decide(late.event, true, reason, None, None)), "scan_again");
    let walk_up = station.walk_up("Wim".to_owned(), None, None, None).expect("a walk-up");
    oakwood.phone.clocks.pass(3_600_000);
    assert!(station.decide(walk_up.event, true, None, None, None).expect("no verdict grows old").on_site);
}

fn oakwood_code(_: &GuardStation) -> String {
    "GH1:NOTHING".to_owned()
}

#[test]
fn who_is_found_by_name_and_then_shows_a_code_is_judged_by_the_code() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.invited(&[]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let named = station.arrive(visitor, None, None).expect("found by name");
    let scan = station.scan(code, None).expect("a scan");
    assert_ne!(scan.event, named.event);
    assert_eq!((scan.kind, scan.verdict), (ScannedBy::Visitor, Some(Verdict::Verified)));
    let open = station.undecided().expect("undecided");
    assert_eq!(open.iter().map(|event| event.event).collect::<Vec<_>>(), [scan.event]);
    // The other way round the code has said more already.
    let again = station.arrive(visitor, None, None).expect("the name");
    assert_eq!((again.event, again.again), (scan.event, true));
    station.decide(scan.event, true, None, None, None).expect("granted");
    synced(&station);
    assert_eq!(oakwood.event(named.event)["granted"], Value::Null);
}

#[test]
fn a_visit_that_ended_at_another_gate_has_ended_here() {
    let mut oakwood = Oakwood::new();
    let (_, code) = oakwood.invited(&[]);
    let other = Phone::enrolled(&oakwood.server, &oakwood.folder.path().join("other"));
    let (here, there) = (oakwood.phone.at_work(&oakwood.server, GRACE), other.at_work(&oakwood.server, GUS));
    let first = here.scan(code.clone(), None).expect("a scan");
    here.decide(first.event, true, None, None, None).expect("granted");
    synced(&here);
    synced(&there);
    there.depart(first.event, None, PATIENCE_MS).expect("departed");
    // Only this gate knows yet: nobody is inside, whatever the server says.
    assert!(there.on_site(PATIENCE_MS).expect("a list").is_empty());
    synced(&there);
    // In again by the other gate, and out by this one: it is that visit which ends.
    other.clocks.pass(3_000);
    let second = there.scan(code.clone(), None).expect("a scan");
    assert_eq!(second.departure_of, None, "{second:?}");
    there.decide(second.event, true, None, None, None).expect("granted");
    synced(&there);
    let leaving = here.scan(code.clone(), None).expect("a scan");
    assert_eq!(leaving.departure_of, Some(second.event));
    here.depart(second.event, None, PATIENCE_MS).expect("departed");
    synced(&here);
    synced(&there);
    oakwood.cut();
    for station in [&here, &there] {
        assert!(station.on_site(500).expect("a list").is_empty(), "no ghost comes back without a network");
    }
    let arrival = there.scan(code, None).expect("a scan");
    assert_eq!((arrival.online, arrival.departure_of), (false, None));
}

#[test]
fn a_visitor_who_left_and_is_barred_since_can_be_turned_away() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.invited(&[]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    let scan = station.scan(code.clone(), None).expect("a scan");
    station.decide(scan.event, true, None, None, None).expect("granted");
    synced(&station);
    station.depart(scan.event, None, PATIENCE_MS).expect("departed");
    let _ = oakwood.server.local(&["invitation", "cancel", &visitor.to_string()]);
    // The server has not heard of the departure.
    let back = station.scan(code, None).expect("a scan");
    assert_eq!((back.online, back.verdict, &back.code), (true, Some(Verdict::Denied), &Code::Cancelled));
    assert_eq!(back.departure_of, None);
    station.decide(back.event, false, None, None, None).expect("turned away");
    synced(&station);
    assert_eq!(oakwood.event(back.event)["granted"], false);
}

// covers: S4-44, S4-45, S4-46
#[test]
fn where_a_photo_is_required_nobody_needs_one_to_be_turned_away() {
    let oakwood = Oakwood::new();
    let _ = oakwood.server.local(&["site", "add", "--name", "Third", "--walk-up-photo", "required"]);
    let _ = oakwood.server.local(&["user", "assign", GRACE, "--site", "3"]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let sites = station.sites().expect("sites");
    let names: Vec<_> = sites.iter().map(|site| (site.name.as_str(), site.assigned)).collect();
    assert_eq!(names, [("Main gate", true), ("Third", true), ("Back gate", false)]);
    let walk_up =
        |name: &str| station.walk_up(name.to_owned(), Some(site(3)), None, None).expect("a walk-up");
    let (refused, entered) = (walk_up("Will"), walk_up("Wim"));
    assert_eq!(refused.photo, sites[1].walk_up_photo);
    station.decide(refused.event, false, None, None, None).expect("turned away");
    assert_eq!(code_of(station.decide(entered.event, true, None, None, None)), "photo_required");
    let photo = qr::png("A face", qr::Correction::Medium, 8).expect("a picture");
    station.decide(entered.event, true, None, Some(photo), None).expect("let in");
    synced(&station);
    let inside = station.on_site(PATIENCE_MS).expect("a list");
    assert_eq!(inside.iter().map(|visit| visit.site).collect::<Vec<_>>(), [site(3)]);
    // The stay stands where the visitor is, not where the guard's shift began.
    let listed = oakwood.server.local(&["site", "list"]);
    assert!(listed.is_array(), "{listed}");
}

// covers: S0-125
#[test]
fn uses_count_over_all_gates_as_far_as_the_gate_pack_tells() {
    let mut oakwood = Oakwood::new();
    let (_, once) = oakwood.invited(&["--max-uses", "1"]);
    let (_, twice) = oakwood.invited(&["--max-uses", "2"]);
    let other = Phone::enrolled(&oakwood.server, &oakwood.folder.path().join("other"));
    let (here, there) = (oakwood.phone.at_work(&oakwood.server, GRACE), other.at_work(&oakwood.server, GUS));
    let visit = |station: &GuardStation, clocks: &gatehouse_tests::phone::Clocks, code: &String| {
        clocks.pass(1_000);
        let scan = station.scan(code.clone(), None).expect("a scan");
        let outcome = (scan.online, scan.verdict.expect("a verdict"), scan.code.word().to_owned());
        if scan.verdict == Some(Verdict::Denied) {
            station.decide(scan.event, false, None, None, None).expect("denied");
        } else {
            station.decide(scan.event, true, None, None, None).expect("granted");
            clocks.pass(1_000);
            station.depart(scan.event, None, 500).expect("departed");
        }
        outcome
    };
    for code in [&once, &twice] {
        let (_, verdict, _) = visit(&there, &other.clocks, code);
        assert_eq!(verdict, Verdict::Verified);
    }
    synced(&there);
    synced(&here);
    oakwood.cut();
    let used_up = (false, Verdict::Denied, "used_up".to_owned());
    assert_eq!(visit(&here, &oakwood.phone.clocks, &once), used_up);
    let (_, verdict, _) = visit(&here, &oakwood.phone.clocks, &twice);
    assert_eq!(verdict, Verdict::Caution);
    assert_eq!(visit(&here, &oakwood.phone.clocks, &twice), used_up);
}

#[test]
fn a_code_that_was_refused_by_mistake_is_not_held_up_by_its_own_reservation() {
    let oakwood = Oakwood::new();
    let (_, code) = oakwood.invited(&["--max-uses", "1"]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    for refuse in [true, false] {
        let scan = station.scan(code.clone(), None).expect("a scan");
        assert_eq!((scan.online, scan.verdict), (true, Some(Verdict::Verified)), "{scan:?}");
        if refuse {
            station.decide(scan.event, false, None, None, None).expect("a slip of the finger");
        } else {
            station.abandon(scan.event).expect("left");
        }
    }
    let scan = station.scan(code, None).expect("a scan");
    assert_eq!(scan.verdict, Some(Verdict::Verified), "{scan:?}");
}

#[test]
fn a_code_that_was_granted_here_is_known_from_here_before_the_server_has_heard_of_it() {
    let oakwood = Oakwood::new();
    let other = Phone::enrolled(&oakwood.server, &oakwood.folder.path().join("other"));
    let (here, there) = (oakwood.phone.at_work(&oakwood.server, GRACE), other.at_work(&oakwood.server, GUS));
    synced(&here);
    synced(&there);
    let code = oakwood.member_code();
    let first = here.scan(code.clone(), None).expect("a scan");
    assert_eq!((first.online, first.verdict), (true, Some(Verdict::Verified)));
    oakwood.phone.clocks.pass(1_000);
    here.decide(first.event, true, None, None, None).expect("granted");
    oakwood.phone.clocks.pass(3_000);
    let again = here.scan(code.clone(), None).expect("a scan");
    assert_eq!((again.online, &again.code), (true, &Code::AlreadyUsed));
    let whose = (again.last_used_site.as_deref(), again.last_used_by.as_deref());
    assert_eq!(whose, (Some("Main gate"), Some("Grace")));
    // Another phone has the server's word only, which knows of a scan.
    let elsewhere = there.scan(code, None).expect("a scan");
    assert_eq!((elsewhere.online, &elsewhere.code), (true, &Code::AlreadyUsed));
    assert_eq!((elsewhere.last_used.is_some(), elsewhere.last_used_site), (true, None));
}
