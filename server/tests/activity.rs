//! The list of events over real HTTP: what it finds, how its numbers add up, and that no gate waits for it.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test stops at the first surprise"
)]

mod common;
#[path = "common/history.rs"]
mod history;

use std::{
    collections::HashSet,
    sync::atomic::{AtomicUsize, Ordering},
    thread,
};

use common::{Device, Server, named, now, site};
use gatehouse_core::{
    id::EntryId,
    journal::{Body, Personal},
    role::Role,
    time::UnixMillis,
    wire::{VerifyAnswer, VerifyRequest, path},
};
use gatehouse_server::{
    secrets::random,
    service::ServiceError,
    store::{StoreError, facet},
};

const EVENTS: u64 = 4_000;

/// Someone who looks at the dashboard.
struct Browser<'a> {
    server: &'a Server,
    cookie: String,
}

impl<'a> Browser<'a> {
    fn sign_in(server: &'a Server, email: &str) -> Self {
        let (admin, _) = server.user("oak", email, Role::Admin);
        let link = server.service().sign_in_link(&server.scope("oak"), admin).expect("a link");
        let session = server.service().use_link(&link).expect("signed in");
        Self { server, cookie: format!("gatehouse_session={}", session.token) }
    }

    fn page(&self, address: &str) -> String {
        let url = format!("{}{address}", self.server.running.url);
        let answer = ureq::get(&url).header("cookie", &self.cookie).call().expect(address);
        let mut body = answer.into_body();
        body.read_to_string().expect("a page")
    }
}

/// What stands between two texts, each time.
fn between<'a>(page: &'a str, start: &str, end: &str) -> Vec<&'a str> {
    page.split(start).skip(1).filter_map(|rest| Some(rest.split_once(end)?.0)).collect()
}

fn total(page: &str, which: &str) -> u64 {
    let cell = between(page, &format!("id=\"total-{which}\""), "</a>");
    let number = between(cell.first().expect(which), "<bdi>", "</bdi>");
    number.first().expect("a number").replace(',', "").parse().expect(which)
}

fn events(page: &str) -> Vec<&str> {
    between(page, "<tr id=\"event-", "\"")
}

fn guards(server: &Server) -> Vec<gatehouse_core::id::PersonId> {
    (0..3).map(|number| server.user("oak", &format!("guard{number}@oak.example"), Role::Guard).0).collect()
}

/// All pages from one on, by their links.
fn all_pages(browser: &Browser<'_>, first: &str) -> Vec<String> {
    let (mut address, mut ids) = (first.to_owned(), Vec::new());
    loop {
        let page = browser.page(&address);
        ids.extend(events(&page).into_iter().map(str::to_owned));
        let foot = page.split("list-foot").nth(1).unwrap_or_default();
        let older = between(foot, "href=\"", "\"").into_iter().find(|href| href.contains("before="));
        match older {
            Some(older) => address = older.replace("&#38;", "&").replace("&amp;", "&"),
            None => return ids,
        }
    }
}

#[test]
fn a_walk_up_tells_whom_they_visit_and_why() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let (host, note) = (Some("Hugo Host".to_owned()), Some("The boiler".to_owned()));
    let personal = Personal { host, note, ..named("Wim Walker") };
    let (entry, event) = device.write(&Body::WalkUp(device.actor), &personal);
    device.send(&server, vec![entry]);
    let browser = Browser::sign_in(&server, "admin@oak.example");
    let page = browser.page(&format!("/activity/{event}"));
    assert!(page.contains("Hugo Host") && page.contains("The boiler"), "{page}");
    assert!(browser.page("/activity").contains("Hugo Host"));
}

// covers: S4-68
#[test]
fn every_filter_finds_what_a_look_at_all_events_finds() {
    let server = Server::start();
    let guards = guards(&server);
    for _ in 0..3 {
        server.add_site("oak");
    }
    let org = server.scope("oak").org;
    history::fill(server.service(), org, &guards, 7, EVENTS, now());
    let store = server.service().store();
    assert_eq!(store.read(facet::disagreements).expect("counted"), 0);
    let browser = Browser::sign_in(&server, "admin@oak.example");
    let subject = history::member(3);
    for (query, condition) in [
        ("", "1"),
        ("decision=denied", "granted = 0"),
        ("decision=undecided", "granted IS NULL AND departs IS NULL"),
        ("decision=leaving", "granted IS NULL AND departs IS NOT NULL"),
        ("verdict=denied&kind=member", "verdict = 3 AND kind IN (1, 3)"),
        ("kind=walk-up&site=2", "kind = 4 AND site = 2"),
        ("kind=unreadable&decision=granted", "kind = 5 AND granted = 1"),
        ("mark=against-denied", "flagged = 1"),
        ("mark=reported", "reported = 1"),
        ("mark=judged-again&verdict=verified", "judged = 1 AND verdict = 1"),
        (&format!("subject={subject}"), &format!("subject = x'{subject}'")),
        (
            "q=gra%20sm&decision=granted",
            "name IN (SELECT no FROM event_name WHERE name LIKE 'Gra% Sm%') AND granted = 1",
        ),
        ("q=zonneveld", "name IN (SELECT no FROM event_name WHERE name = 'Quirina Zonneveld')"),
    ] {
        let found = all_pages(&browser, &format!("/activity?{query}"));
        let sql =
            format!("SELECT lower(hex(id)) FROM event WHERE {condition} ORDER BY listed_at DESC, no DESC");
        let wanted: Vec<String> = store
            .read(|db| {
                let mut rows = db.prepare(&sql)?;
                let ids = rows.query_map([], |row| row.get(0))?.collect::<Result<_, _>>();
                ids.map_err(StoreError::from)
            })
            .expect("rows");
        assert!(found == wanted, "{query}: {} and not {}", found.len(), wanted.len());
        let page = browser.page(&format!("/activity?{query}"));
        let parts = ["granted", "denied", "undecided", "leaving"].map(|which| total(&page, which));
        assert_eq!(parts.iter().sum::<u64>(), total(&page, "events"), "{query}: {parts:?}");
    }
    // The phones whose clocks were years ahead top nothing, and a day is reached in one step.
    let page = browser.page("/activity?on=2026-01-01");
    let newest: u64 = between(&page, "<time datetime=\"", "-")[0].parse().expect("a year");
    assert!(newest <= 2026, "{newest}");
}

#[test]
fn a_clock_that_runs_ahead_tops_nothing_and_its_word_is_told() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "g@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let browser = Browser::sign_in(&server, "admin@oak.example");
    let years = UnixMillis::new(now().get() + 9 * 365 * 86_400_000);
    let walk_up = Body::WalkUp(device.actor);
    let (ahead, of_2035) = device.write_at(&walk_up, years, false);
    let (granted, _) = device.write_at(&device.decision(of_2035, true), years, false);
    device.send(&server, vec![ahead, granted]);
    let (entry, later) = device.write(&Body::WalkUp(device.actor), &named("Later"));
    device.send(&server, vec![entry]);
    let page = browser.page("/activity");
    assert_eq!(events(&page), [later.to_string(), of_2035.to_string()]);
    let year = years.get() / 31_556_952_000 + 1970;
    assert!(!page.contains(&year.to_string()), "a list says when it was received at the latest");
    let page = browser.page(&format!("/activity/{of_2035}"));
    assert!(page.contains("ahead of the arrival") && page.contains(&year.to_string()), "its own page tells");
    let page = browser.page("/on-site");
    assert!(page.contains("since <time") && !page.contains(&year.to_string()), "the visit has begun");
}

// covers: S4-78, S4-79
#[test]
fn those_inside_come_a_hundred_at_once_and_all_of_them_for_a_muster() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "g@oak.example", Role::Guard);
    let mut device = Device::enrol(&server, "oak", guard);
    let mut entries = Vec::new();
    for number in 0..130 {
        let name = if number == 120 { "Gré Zonneveld".to_owned() } else { format!("Visitor {number}") };
        let (walk_up, event) = device.write(&Body::WalkUp(device.actor), &named(&name));
        let (granted, _) = device.write(&device.decision(event, true), &Personal::default());
        entries.extend([walk_up, granted]);
    }
    while !entries.is_empty() {
        let rest = entries.split_off(entries.len().min(200));
        device.send(&server, entries);
        entries = rest;
    }
    let browser = Browser::sign_in(&server, "admin@oak.example");
    let visits = |page: &str| -> HashSet<String> {
        between(page, "<li id=\"visit-", "\"").into_iter().map(str::to_owned).collect()
    };
    let first = browser.page("/on-site");
    let foot = first.split("list-foot").nth(1).expect("there are more");
    let next =
        between(foot, "href=\"", "\"").into_iter().find(|href| href.contains("after=")).expect("a link");
    let second = visits(&browser.page(next));
    assert_eq!((visits(&first).len(), second.len()), (100, 30));
    assert!(visits(&first).is_disjoint(&second));
    assert!(first.contains("<strong class=\"figures\" data-say=\"130 visitors on site\">130</strong>"));
    let muster = browser.page("/on-site?all=yes");
    assert_eq!(visits(&muster).len(), 130);
    assert!(muster.contains("data-print") && !first.contains("data-print"), "only a whole list is printed");
    assert_eq!(visits(&browser.page("/on-site?q=zonn%20gre")).len(), 1);
}

#[test]
fn a_scan_is_answered_while_every_page_is_slow() {
    const PAGES: usize = 12;
    const ENDLESS: &str =
        "WITH RECURSIVE n (i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n";
    let server = Server::start();
    let (_, token) = server.user("oak", "g@oak.example", Role::Guard);
    let (begun, ended) = (AtomicUsize::new(0), AtomicUsize::new(0));
    thread::scope(|threads| {
        for _ in 0..PAGES {
            threads.spawn(|| {
                let page: Result<i64, ServiceError> = server.service().store().read_page(|db| {
                    begun.fetch_add(1, Ordering::SeqCst);
                    Ok(db.query_row(ENDLESS, [], |row| row.get(0))?)
                });
                ended.fetch_add(1, Ordering::SeqCst);
                // Told to come again, and not kept for ever.
                assert_eq!(page.expect_err("ended").code(), "unavailable");
            });
        }
        while begun.load(Ordering::SeqCst) == 0 {
            thread::yield_now();
        }
        let request = VerifyRequest {
            event: EntryId::timed(now(), random().expect("random")),
            code: "no code of ours".to_owned(),
            site: site(),
            leaving: None,
            closed: Vec::new(),
        };
        let _: VerifyAnswer = server.post(path::VERIFY, &token, &request).read();
        assert!(ended.load(Ordering::SeqCst) < PAGES, "the scan waited for the pages");
    });
}
