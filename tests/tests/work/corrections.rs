//! A decision that is put right: at the gate, at the server, on its page, and in the journal.

use gatehouse_core::wire;
use gatehouse_tests::station::Station;

use super::*;

impl Oakwood {
    /// An invitation that lets in once.
    fn single_use(&self) -> (SubjectId, String) {
        let made = self.server.local(&["invitation", "add", "--name", "Vera Visitor", "--max-uses", "1"]);
        (text(&made, "id").parse().expect("an id"), text(&made, "code").to_owned())
    }

    fn ask(&self, path: &str) -> Value {
        let mut answer = ureq::get(format!("{}{path}", self.server.url))
            .header("authorization", format!("Bearer {}", self.admin))
            .call()
            .expect("an answer");
        answer.body_mut().read_json().expect("JSON")
    }

    /// What the server has of an event and its invitation: what stands, what was decided first, who is inside, and how
    /// often the invitation was used.
    fn stands(&self, event: EntryId, visitor: SubjectId) -> (Value, Value, Vec<String>, Value) {
        let row = self.event(event);
        let inside = self.ask(wire::path::ON_SITE);
        let inside = inside.as_array().expect("a list").iter().map(|visit| text(visit, "stay").to_owned());
        let invited = self.ask(wire::path::INVITATIONS);
        let mut invited = invited.as_array().expect("a list").iter();
        let invited = invited.find(|one| text(one, "id") == visitor.to_string()).expect("the invitation");
        (row["granted"].clone(), row["first_granted"].clone(), inside.collect(), invited["uses"].clone())
    }

    /// The page of an event.
    fn page(&self, event: EntryId) -> String {
        let mut answer = ureq::get(format!("{}/activity/{event}", self.server.url))
            .header("cookie", self.server.cookie())
            .header("accept-language", "en")
            .call()
            .expect("a page");
        answer.body_mut().read_to_string().expect("text")
    }
}

fn code_of<T: std::fmt::Debug>(outcome: Result<T, StationError>) -> String {
    outcome.expect_err("refused").code().to_owned()
}

fn why(reason: &str) -> Option<String> {
    Some(reason.to_owned())
}

/// How often the journal at the server says that an event's decision was put right, and to what.
fn corrections(oakwood: &Oakwood, station: &GuardStation, of: EntryId) -> Vec<bool> {
    let bodies = oakwood.journal(station).into_iter();
    let said = bodies.filter_map(|body| match body {
        Body::Corrected { event, granted, .. } if event == of => Some(granted),
        _ => None,
    });
    said.collect()
}

#[test]
fn somebody_who_was_denied_by_a_slip_and_came_in_is_inside_everywhere() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.single_use();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let event = station.scan(code.clone(), None).expect("a scan").event;
    station.decide(event, false, None, None, None).expect("the wrong button");
    synced(&station);
    assert_eq!(oakwood.stands(event, visitor), (Value::from(false), Value::Null, vec![], Value::from(0)));
    oakwood.phone.clocks.pass(5_000);
    for nothing in [None, why("  ")] {
        assert_eq!(code_of(station.correct(event, true, nothing, None)), "reason_required");
    }
    let decided = station.correct(event, true, why(" Tapped Deny by mistake "), None).expect("put right");
    assert_eq!((decided.granted, decided.flagged, decided.on_site), (true, false, true));
    let past = station.history(10).expect("the shift").remove(0);
    assert_eq!((past.granted, past.corrected, past.correction()), (Some(true), true, Some(false)));
    let counts = station.shift_counts().expect("the shift");
    assert_eq!((counts.events, counts.granted, counts.denied), (1, 1, 0));

    let put_right = (Value::from(true), Value::from(false), vec![event.to_string()], Value::from(1));
    // The same said again, and the same sent again, change nothing.
    station.correct(event, true, why("Said again"), None).expect("as it stands");
    for _ in 0..2 {
        synced(&station);
        assert_eq!(oakwood.stands(event, visitor), put_right);
    }
    assert_eq!(corrections(&oakwood, &station, event), [true]);
    let page = oakwood.page(event);
    for told in ["Put right by", "Grace", "denied → granted", "Tapped Deny by mistake"] {
        assert!(page.contains(told), "{told}: {page}");
    }

    // The visitor is inside, so the code opens the departure; after that nothing is put right any more.
    oakwood.phone.clocks.pass(3_000);
    assert_eq!(station.scan(code, None).expect("a scan").departure_of, Some(event));
    station.depart(event, None, PATIENCE_MS).expect("departed");
    assert_eq!(code_of(station.correct(event, false, why("Too late"), None)), "has_left");
    synced(&station);
    let left = oakwood.event(event);
    assert_eq!((&left["granted"], left["departed_at"].is_u64()), (&Value::from(true), true));
}

#[test]
fn a_grant_that_was_none_counts_no_use() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.single_use();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let first = station.scan(code.clone(), None).expect("a scan").event;
    station.decide(first, true, None, None, None).expect("granted");
    synced(&station);
    let inside = vec![first.to_string()];
    assert_eq!(oakwood.stands(first, visitor), (Value::from(true), Value::Null, inside, Value::from(1)));
    oakwood.phone.clocks.pass(5_000);
    let decided = station.correct(first, false, why("She was not there any more"), None).expect("put right");
    assert_eq!((decided.granted, decided.on_site), (false, false));
    assert!(station.on_site(PATIENCE_MS).expect("a list").is_empty());
    synced(&station);
    let nobody = (Value::from(false), Value::from(true), vec![], Value::from(0));
    assert_eq!(oakwood.stands(first, visitor), nobody);

    // The one use is there again, and is used.
    oakwood.phone.clocks.pass(5_000);
    let second = station.scan(code, None).expect("a scan");
    assert_eq!((second.online, second.verdict, second.departure_of), (true, Some(Verdict::Verified), None));
    station.decide(second.event, true, None, None, None).expect("granted");
    assert_eq!(code_of(station.correct(first, true, why("And before"), None)), "inside_already");
    synced(&station);
    let inside = vec![second.event.to_string()];
    assert_eq!(
        oakwood.stands(second.event, visitor),
        (Value::from(true), Value::Null, inside, Value::from(1))
    );
}

#[test]
fn what_is_put_right_without_a_network_waits_and_is_told_in_order() {
    let mut oakwood = Oakwood::new();
    let (visitor, code) = oakwood.single_use();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let port = oakwood.cut();
    let scan = station.scan(code.clone(), None).expect("a scan");
    assert_eq!((scan.online, scan.verdict), (false, Some(Verdict::Caution)));
    let event = scan.event;
    station.decide(event, false, None, None, None).expect("denied");
    station.correct(event, true, why("The wrong button"), None).expect("put right");
    drop(station);
    // Kept over a restart.
    let station = oakwood.phone.open();
    let inside = station.on_site(500).expect("a list");
    assert_eq!(inside.iter().map(|visit| visit.stay).collect::<Vec<_>>(), [event]);
    station.correct(event, false, why("No, it was right"), None).expect("put right");
    assert!(station.on_site(500).expect("a list").is_empty());
    oakwood.phone.clocks.pass(3_000);
    let again = station.scan(code.clone(), None).expect("a scan");
    assert_eq!((again.verdict, again.departure_of), (Some(Verdict::Caution), None), "no use and no visit");
    station.abandon(again.event).expect("left");
    station.correct(event, true, why("She is in, I saw her"), None).expect("put right");
    oakwood.phone.clocks.pass(3_000);
    assert_eq!(station.scan(code, None).expect("a scan").departure_of, Some(event));
    oakwood.mend(port);
    synced(&station);
    let put_right = (Value::from(true), Value::from(false), vec![event.to_string()], Value::from(1));
    assert_eq!(oakwood.stands(event, visitor), put_right);
    assert_eq!(corrections(&oakwood, &station, event), [true, false, true]);
    let page = oakwood.page(event);
    let at = |told: &str| page.find(told).unwrap_or_else(|| panic!("{told}: {page}"));
    assert!(
        at("The wrong button") < at("No, it was right")
            && at("No, it was right") < at("She is in, I saw her")
    );
}

#[test]
fn only_what_was_decided_here_and_in_this_shift_is_put_right() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.single_use();
    let other = Phone::enrolled(&oakwood.server, &oakwood.folder.path().join("other"));
    let (here, there) = (oakwood.phone.at_work(&oakwood.server, GRACE), other.at_work(&oakwood.server, GUS));
    let event = here.scan(code, None).expect("a scan").event;
    let refused = |station: &GuardStation, event: EntryId| {
        code_of(station.correct(event, true, why("It was so"), None))
    };
    assert_eq!(refused(&here, event), "not_decided");
    here.decide(event, false, None, None, None).expect("denied");
    synced(&here);
    synced(&there);
    assert_eq!(refused(&there, event), "unknown_event");
    let left = here.walk_up("Wim".to_owned(), None, None, None).expect("a walk-up").event;
    here.abandon(left).expect("left");
    assert_eq!(refused(&here, left), "not_decided");
    here.end_shift(None).expect("ended");
    assert_eq!(refused(&here, event), "no_shift");
    here.start_shift(site(1), None, PATIENCE_MS).expect("the next shift");
    assert_eq!(refused(&here, event), "other_shift");
    synced(&here);
    synced(&there);
    assert_eq!(oakwood.stands(event, visitor), (Value::from(false), Value::Null, vec![], Value::from(0)));
}

#[test]
fn a_laptop_puts_a_decision_right_by_a_command() {
    let oakwood = Oakwood::new();
    let (visitor, code) = oakwood.single_use();
    let laptop = Station::at_work(&oakwood.server, &oakwood.folder.path().join("laptop"), GUS);
    laptop.done(&["sync"]);
    let scan = laptop.answer(&["scan", "--code", &code]);
    let event = text(&scan, "event");
    laptop.done(&["decide", event, "--deny"]);
    for wrong in [
        &["correct", event, "--grant"][..],
        &["correct", event, "--reason", "The wrong button"],
        &["correct", event, "--grant", "--deny", "--reason", "The wrong button"],
        &["correct", event, "--grant", "--reason", " "],
    ] {
        assert_eq!(laptop.run(wrong).status.code(), Some(2), "{wrong:?}");
    }
    let decided = laptop.answer(&["correct", event, "--grant", "--reason", "The wrong button"]);
    assert_eq!((&decided["granted"], &decided["on_site"]), (&Value::from(true), &Value::from(true)));
    laptop.send_all();
    let event: EntryId = event.parse().expect("an id");
    let put_right = (Value::from(true), Value::from(false), vec![event.to_string()], Value::from(1));
    assert_eq!(oakwood.stands(event, visitor), put_right);
}
