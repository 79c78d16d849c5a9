//! A verdict is never older than what the phone knows now: codes held up again, and news while one is on the screen.

use super::*;

impl Oakwood {
    /// A visitor who is invited and of whom the station knows.
    fn expected(&self, name: &str) -> (SubjectId, String) {
        let made = self.server.local(&["invitation", "add", "--name", name]);
        (text(&made, "id").parse().expect("an id"), text(&made, "code").to_owned())
    }

    fn ban(&self, whom: &[&str]) {
        let arguments = [&["ban", "add", "--reason", "Threatened a guard"], whom].concat();
        let _ = self.server.local(&arguments);
    }
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, StationError>) -> String {
    outcome.expect_err("refused").code().to_owned()
}

/// The judgements after the first that the journal has of an event, and what the decision names.
fn judged(
    oakwood: &Oakwood,
    station: &GuardStation,
    event: EntryId,
) -> (Vec<(u32, Option<Code>)>, Option<u32>) {
    let bodies = oakwood.journal(station);
    let anew = bodies.iter().filter_map(|body| match body {
        Body::JudgedAnew { event: of, judgement, found, .. } if *of == event => {
            Some((*judgement, found.as_ref().map(|found| found.code.clone())))
        }
        _ => None,
    });
    let decided = bodies.iter().find_map(|body| match body {
        Body::Decision { event: of, judgement, .. } if *of == event => Some(*judgement),
        _ => None,
    });
    (anew.collect(), decided)
}

// covers: S4-6
#[test]
fn a_code_held_up_again_is_judged_by_what_is_so_now_within_its_event() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.expected("Vera Visitor");
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let scan = || station.scan(code.clone(), None).expect("a scan");
    let first = scan();
    assert_eq!((first.verdict, first.judgement, first.again), (Some(Verdict::Verified), 1, false));
    let _ = oakwood.server.local(&["invitation", "cancel", &visitor.to_string()]);
    oakwood.phone.clocks.pass(1_900);
    let typed_twice = scan();
    assert_eq!(
        (typed_twice.verdict, typed_twice.judgement),
        (Some(Verdict::Verified), 1),
        "never out of sight"
    );
    oakwood.phone.clocks.pass(8_000);
    let second = scan();
    assert_eq!((second.event, second.judgement, second.again), (first.event, 2, true));
    assert_eq!(
        (second.verdict, &second.code, second.online),
        (Some(Verdict::Denied), &Code::Cancelled, true)
    );
    // The first judgement was shown, but is not the last one any more.
    assert_eq!(code_of(station.decide(&first, true, None, None, None)), "verdict_changed");
    assert_eq!(code_of(station.decide(&second, true, None, None, None)), "reason_required");
    // Nothing else is so after another eight seconds, and the age of the facts is that of now.
    oakwood.phone.clocks.pass(8_000);
    let third = scan();
    assert_eq!((third.judgement, third.at > second.at), (2, true));
    station.decide(&third, false, None, None, None).expect("turned away");
    synced(&station);
    assert_eq!(judged(&oakwood, &station, first.event), (vec![(2, Some(Code::Cancelled))], Some(2)));
    let event = oakwood.event(first.event);
    assert_eq!((text(&event, "verdict"), text(&event, "code")), ("DENIED", "cancelled"));
    assert_eq!(event["granted"], false);
}

#[test]
fn news_changes_what_is_on_the_screen_and_nobody_decides_on_what_was_there() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    let (cancelled, cancelled_code) = oakwood.expected("Cora Cancelled");
    let (banned, banned_code) = oakwood.expected("Bo Banned");
    let (_, named_code) = oakwood.expected("Nora Namesake");
    let (_, good_code) = oakwood.expected("Gina Good");
    let invalidated_code = oakwood.member_code();
    synced(&station);
    let scan = |code: &String| station.scan(code.clone(), None).expect("a scan");
    let scans = [&cancelled_code, &banned_code, &named_code, &good_code, &invalidated_code].map(scan);
    assert!(scans.iter().all(|scan| scan.verdict == Some(Verdict::Verified)), "{scans:?}");
    let typed = station.walk_up("Wanda Walker".to_owned(), None, None, None).expect("a walk-up");
    assert_eq!(typed.verdict, None);

    let _ = oakwood.server.local(&["invitation", "cancel", &cancelled.to_string()]);
    oakwood.ban(&["--id", &banned.to_string()]);
    oakwood.ban(&["--name", "Namesake Nora"]);
    oakwood.ban(&["--name", "Wanda Walker"]);
    let _ = oakwood.server.local(&["user", "invalidate", MEMBER]);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    let report = station.sync_once(PATIENCE_MS).expect("a report");
    let mut changed: Vec<_> = report
        .changed
        .iter()
        .map(|now| (now.event, now.judgement, now.verdict.expect("a verdict"), now.code.clone()))
        .collect();
    changed.sort_by_key(|(event, ..)| *event);
    assert_eq!(
        changed,
        [
            (scans[0].event, 2, Verdict::Denied, Code::Cancelled),
            (scans[1].event, 2, Verdict::Denied, Code::Banned),
            (scans[2].event, 2, Verdict::Caution, Code::NameBanned),
            (scans[4].event, 2, Verdict::Denied, Code::Superseded),
            (typed.event, 2, Verdict::Caution, Code::NameBanned),
        ],
        "what did not change is not judged anew"
    );
    let status = station.status().expect("status");
    assert_eq!(status.unseen.len(), 5);
    for event in [&scans[0], &scans[1], &scans[2], &scans[4], &typed] {
        // By its id as well: nobody was shown what it comes to now.
        assert_eq!(code_of(station.decide(event.event, true, None, None, None)), "verdict_changed");
        assert_eq!(code_of(station.decide(event, false, None, None, None)), "verdict_changed");
        let now = station.look(event.event).expect("shown");
        assert_eq!(code_of(station.decide(event, true, None, None, None)), "verdict_changed");
        match now.verdict {
            Some(Verdict::Denied) => {
                assert_eq!(code_of(station.decide(&now, true, None, None, None)), "reason_required");
                station.decide(&now, false, None, None, None).expect("turned away");
            }
            _ => {
                assert_eq!(now.bans.len(), 1, "{now:?}");
                station.decide(now.event, true, None, None, None).expect("somebody else, who was looked at");
            }
        }
    }
    station.decide(&scans[3], true, None, None, None).expect("nothing changed");
    assert!(station.status().expect("status").unseen.is_empty());
    synced(&station);
    assert_eq!(judged(&oakwood, &station, typed.event), (vec![(2, Some(Code::NameBanned))], Some(2)));
    assert_eq!(judged(&oakwood, &station, scans[3].event), (Vec::new(), Some(1)));
}

#[test]
fn news_of_something_else_leaves_what_the_server_told_of_an_earlier_use() {
    let oakwood = Oakwood::new();
    let (here, _, scan) = oakwood.used_elsewhere();
    assert_eq!((&scan.code, scan.last_used_site.as_deref()), (&Code::AlreadyUsed, Some("Main gate")));
    let told = (scan.last_used, scan.last_used_site.clone(), scan.last_used_by.clone());

    let _ = oakwood.server.local(&["user", "invalidate", MEMBER]);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    synced(&here);
    let now = here.look(scan.event).expect("shown");
    assert_eq!((now.judgement, &now.code), (2, &Code::Superseded));
    assert_eq!((now.last_used, now.last_used_site, now.last_used_by), told);
}

#[test]
fn news_that_another_process_fetched_counts_at_the_decision() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.expected("Vera Visitor");
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let scan = station.scan(code, None).expect("a scan");
    let by_name = station.arrive(oakwood.expected("Vera Visitor").0, None, None);
    assert_eq!(code_of(by_name), "not_expected");
    oakwood.ban(&["--id", &visitor.to_string()]);
    std::thread::sleep(std::time::Duration::from_millis(1_100));
    // As the command line does it: another process on the same folder.
    let other = oakwood.phone.open();
    assert_eq!(other.sync_once(PATIENCE_MS).expect("a report").changed.len(), 1);
    assert_eq!(code_of(station.decide(&scan, true, None, None, None)), "verdict_changed");
    let now = &station.undecided().expect("undecided")[0];
    assert_eq!((now.verdict, &now.code, now.judgement), (Some(Verdict::Denied), &Code::Banned, 2));
    station.decide(now.event, false, None, None, None).expect("turned away");
}

#[test]
fn who_was_found_by_name_and_is_cancelled_since_is_not_let_in() {
    let mut oakwood = Oakwood::new();
    let (visitor, _) = oakwood.expected("Vera Visitor");
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let found = station.arrive(visitor, None, None).expect("found by name");
    assert_eq!((found.verdict, &found.code), (Some(Verdict::Caution), &Code::Unproven));
    oakwood.ban(&["--name", "Vera Visitor"]);
    synced(&station);
    let named = station.arrive(visitor, None, None).expect("found by name again");
    assert_eq!((named.event, named.judgement, named.bans.len()), (found.event, 2, 1));
    let access = named.checks.iter().find(|check| check.check == Check::Access).expect("checked");
    assert_eq!(access.code, Some(Code::NameBanned));
    let _ = oakwood.server.local(&["invitation", "cancel", &visitor.to_string()]);
    synced(&station);
    oakwood.cut();
    assert_eq!(code_of(station.decide(&named, true, None, None, None)), "verdict_changed");
    let now = station.arrive(visitor, None, None).expect("the same event, as it stands");
    assert_eq!((now.event, now.verdict, &now.code), (found.event, Some(Verdict::Denied), &Code::Cancelled));
}

#[test]
fn a_banned_name_cautions_on_a_code_as_on_a_name_that_is_typed() {
    let mut oakwood = Oakwood::new();
    let (_, code) = oakwood.expected("José Álvarez");
    let member = oakwood.member_code();
    oakwood.ban(&["--name", "alvarez jose"]);
    oakwood.ban(&["--name", "Mia"]);
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let online = station.scan(code.clone(), None).expect("a scan");
    assert_eq!((online.verdict, &online.code), (Some(Verdict::Caution), &Code::NameBanned), "{online:?}");
    assert_eq!(online.bans.len(), 1);
    let typed = station.walk_up("Jose Alvarez".to_owned(), None, None, None).expect("a walk-up");
    assert_eq!((typed.verdict, &typed.code, &typed.bans), (online.verdict, &online.code, &online.bans));
    // A member's account says who that is.
    assert_eq!(station.scan(member, None).expect("a scan").verdict, Some(Verdict::Verified));
    oakwood.cut();
    oakwood.phone.clocks.pass(3_000);
    let offline = station.scan(code, None).expect("a scan");
    assert_eq!((offline.event, offline.online, &offline.code), (online.event, false, &Code::NameBanned));
    assert_eq!(offline.bans, online.bans);
}

#[test]
fn the_signatures_of_a_code_are_checked_once_on_the_way_to_its_verdict() {
    let mut oakwood = Oakwood::new();
    let (visitor, code) = oakwood.expected("Vera Visitor");
    let member = oakwood.member_code();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let checked = |act: &dyn Fn()| {
        let before = counted::signatures();
        act();
        counted::signatures() - before
    };
    let scan = |code: &str, verdict: Verdict| {
        let result = station.scan(code.to_owned(), None).expect("a scan");
        assert_eq!(result.verdict, Some(verdict), "{result:?}");
    };
    let clocks = &oakwood.phone.clocks;
    assert_eq!(checked(&|| scan(&code, Verdict::Verified)), 1, "with the server's answer");
    clocks.pass(1_000);
    assert_eq!(checked(&|| scan(&code, Verdict::Verified)), 0, "never out of sight");
    clocks.pass(60_000);
    assert_eq!(checked(&|| scan(&code, Verdict::Verified)), 1, "held up anew");
    assert_eq!(checked(&|| scan("GH1:NOTHING", Verdict::Denied)), 0, "nothing is signed");
    // Within the signature, with which a code ends; a smaller digit can always be read.
    let digit = code.rfind(|digit| digit != '0').expect("a signature");
    let forged = format!("{}0{}", &code[..digit], &code[digit + 1..]);
    assert_eq!(checked(&|| scan(&forged, Verdict::Denied)), 1);

    // What came meanwhile speaks against it: what was opened is judged by it without being opened again.
    let _ = oakwood.server.local(&["invitation", "cancel", &visitor.to_string()]);
    assert_eq!(checked(&|| synced(&station)), 0);
    clocks.pass(60_000);
    oakwood.cut();
    assert_eq!(checked(&|| scan(&code, Verdict::Denied)), 1, "without the server");
    assert_eq!(checked(&|| scan(&member, Verdict::Caution)), 1, "without the server");
}
