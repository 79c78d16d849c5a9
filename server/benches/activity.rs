//! What the list of events costs with two million of them: bytes an event; how long each filter and search takes over
//! HTTP; and whether gates are answered while eight people search at once.
//!
//! `GATEHOUSE_EVENTS` is another number of events, `GATEHOUSE_SEED` another history. It prints and judges nothing.
#![allow(
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a bench stops at the first surprise"
)]

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "../tests/common/history.rs"]
mod history;

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
    time::{Duration, Instant},
};

use common::{Server, now, site};
use gatehouse_core::{
    id::EntryId,
    role::Role,
    wire::{VerifyRequest, path},
};
use gatehouse_server::{secrets::random, service::invitations::NewVisit, store::StoreError};

const TIMES: usize = 60;
const SCANS: usize = 200;
const SEARCHERS: usize = 8;
/// After so long a phone goes on without the server.
const IN_TIME: Duration = Duration::from_millis(1500);
/// What is counted to an event: its row, what it shares with others, and every index.
const PARTS: &str = "('event', 'event_origin', 'event_name', 'event_name_key', 'facet', 'tally')";

fn number(variable: &str, default: u64) -> u64 {
    std::env::var(variable).ok().and_then(|value| value.parse().ok()).unwrap_or(default)
}

fn main() {
    let (events, seed) = (number("GATEHOUSE_EVENTS", 2_000_000), number("GATEHOUSE_SEED", 1));
    let server = Server::start();
    for _ in 0..4 {
        server.add_site("oak");
    }
    let guard = |number| server.user("oak", &format!("guard{number}@oak.example"), Role::Guard);
    let guards: Vec<_> = (0..12).map(guard).collect();
    let ids: Vec<_> = guards.iter().map(|(id, _)| *id).collect();
    let start = Instant::now();
    history::fill(server.service(), server.scope("oak").org, &ids, seed, events, now());
    println!("{events} events made in {:.0} s", start.elapsed().as_secs_f64());
    sizes(&server, events);
    let cookies: Vec<_> = (0..16).map(|number| sign_in(&server, number)).collect();
    println!("over HTTP, milliseconds");
    let subject = history::member(3);
    for (what, query) in [
        ("first page", String::new()),
        ("granted", "decision=granted".to_owned()),
        ("denied", "decision=denied".to_owned()),
        ("undecided", "decision=undecided".to_owned()),
        ("on the way out", "decision=leaving".to_owned()),
        ("verdict DENIED", "verdict=denied".to_owned()),
        ("kind", "kind=walk-up".to_owned()),
        ("site", "site=2".to_owned()),
        ("site of few", "site=5".to_owned()),
        ("today", "period=today".to_owned()),
        ("30 days", "period=month".to_owned()),
        ("against DENIED", "mark=against-denied".to_owned()),
        ("reported", "mark=reported".to_owned()),
        ("subject", format!("subject={subject}")),
        ("rare together", "site=5&decision=denied&kind=member".to_owned()),
        ("none together", "mark=reported&decision=denied&site=5".to_owned()),
        ("search gra sm", "q=gra+sm".to_owned()),
        ("search s", "q=s".to_owned()),
        ("search rare", "q=quirina".to_owned()),
        ("search none", "q=nobodyhere".to_owned()),
        ("search two rare", "q=quirina+jansen".to_owned()),
        ("search unspaced", "q=%E5%B0%8F%E6%98%8E".to_owned()),
        ("search and denied", "q=gra+sm&decision=denied".to_owned()),
        ("search and site", "q=smith&site=5".to_owned()),
        ("search today", "q=smith&period=today".to_owned()),
        ("a year back", format!("before={}-0", now().get() - 365 * 86_400_000)),
        ("search a year back", format!("q=smith&before={}-0", now().get() - 365 * 86_400_000)),
    ] {
        page_times(&server, &cookies, what, &format!("/activity?{query}"));
        page_times(&server, &cookies, "  its totals", &format!("/activity/totals?{query}"));
    }
    page_times(&server, &cookies, "home", "/");
    page_times(&server, &cookies, "on site", "/on-site");
    gates(&server, &cookies, &guards.into_iter().map(|(_, token)| token).collect::<Vec<_>>());
}

fn sizes(server: &Server, events: u64) {
    let sql = format!(
        "SELECT d.name, sum(d.pgsize) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name
         WHERE s.tbl_name IN {PARTS} GROUP BY d.name ORDER BY 2 DESC"
    );
    let parts: Vec<(String, u64)> = server
        .service()
        .store()
        .read(|db| {
            let mut statement = db.prepare(&sql)?;
            let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
            rows.collect::<Result<_, _>>().map_err(StoreError::from)
        })
        .expect("sizes");
    let all: u64 = parts.iter().map(|(_, bytes)| bytes).sum();
    println!(
        "{} bytes an event: its row, names, facets, numbers and all their indexes, without the journal's",
        all / events
    );
    for (part, bytes) in parts {
        println!("  {part:<32} {:>6.1}", bytes as f64 / events as f64);
    }
}

fn sign_in(server: &Server, number: usize) -> String {
    let (admin, _) = server.user("oak", &format!("admin{number}@oak.example"), Role::Admin);
    let link = server.service().sign_in_link(&server.scope("oak"), admin).expect("a link");
    let session = server.service().use_link(&link).expect("signed in");
    format!("gatehouse_session={}", session.token)
}

fn get(agent: &ureq::Agent, server: &Server, cookie: &str, address: &str) -> usize {
    let url = format!("{}{address}", server.running.url);
    let answer = agent.get(&url).header("cookie", cookie).call().expect(address);
    answer.into_body().read_to_string().expect("a page").len()
}

fn report(what: &str, mut times: Vec<Duration>, more: &str) {
    times.sort_unstable();
    let at = |share: f64| times[((times.len() - 1) as f64 * share).round() as usize].as_secs_f64() * 1e3;
    println!("  {what:<20} p50 {:>7.1}   p95 {:>7.1}   p99 {:>7.1}{more}", at(0.5), at(0.95), at(0.99));
}

fn page_times(server: &Server, cookies: &[String], what: &str, address: &str) {
    let agent = ureq::Agent::new_with_defaults();
    let mut bytes = 0;
    let times = cookies.iter().cycle().take(TIMES).map(|cookie| {
        let start = Instant::now();
        bytes = get(&agent, server, cookie, address);
        start.elapsed()
    });
    let times = times.collect();
    report(what, times, &format!("   {:>4} kB", bytes / 1000));
}

/// Scans at a gate while eight people search without a pause.
fn gates(server: &Server, cookies: &[String], guards: &[String]) {
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: None,
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(36_000),
        max_uses: None,
        note: String::new(),
    };
    let code = server.service().invite(&server.scope("oak"), &visit).expect("invited").code;
    let (done, searched) = (AtomicBool::new(false), AtomicUsize::new(0));
    let (done, searched) = (&done, &searched);
    let times: Vec<_> = thread::scope(|threads| {
        for searcher in 0..SEARCHERS {
            threads.spawn(move || {
                let agent = ureq::Agent::config_builder().http_status_as_error(false).build().new_agent();
                for (turn, search) in
                    ["gra", "s", "smith", "van de", "quirina", "a"].iter().cycle().enumerate()
                {
                    if done.load(Ordering::SeqCst) {
                        break;
                    }
                    let cookie = &cookies[(searcher + turn * SEARCHERS) % cookies.len()];
                    get(&agent, server, cookie, &format!("/activity?q={}", search.replace(' ', "+")));
                    searched.fetch_add(1, Ordering::SeqCst);
                }
            });
        }
        let agent = ureq::Agent::new_with_defaults();
        let scans = guards.iter().cycle().take(SCANS).map(|token| {
            let event = EntryId::timed(now(), random().expect("random"));
            let (code, closed) = (code.clone(), Vec::new());
            let request = VerifyRequest { event, code, site: site(), leaving: None, closed };
            let start = Instant::now();
            let url = format!("{}{}", server.running.url, path::VERIFY);
            let asked = agent.post(&url).header("authorization", format!("Bearer {token}"));
            asked.send_json(&request).expect("an answer");
            start.elapsed()
        });
        let times = scans.collect();
        done.store(true, Ordering::SeqCst);
        times
    });
    let in_time = times.iter().filter(|time| **time <= IN_TIME).count();
    println!(
        "{in_time} of {SCANS} scans answered in time while {SEARCHERS} people made {} searches",
        searched.load(Ordering::SeqCst)
    );
    report("scan", times, "");
}
