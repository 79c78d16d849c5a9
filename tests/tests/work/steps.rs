//! Work step by step: whoever has the steps carries what they ask, sees to other things meanwhile, loses answers,
//! doubles them, or loses interest.

use std::{
    io::{ErrorKind, Read},
    net::{TcpListener, TcpStream},
    sync::mpsc,
    thread,
    time::{Duration, Instant},
};

use gatehouse_core::{
    device::{Http, Network, ScanResult, SyncReport},
    network::{Failure, Line, Method, Outcome, Question, Step, Steps, Unasked},
    wire::{VerifyRequest, path},
};
use gatehouse_tests::{figure, station::Station};

use super::*;

const LONG: Duration = Duration::from_secs(20);

type Scan<'a> = Steps<'a, Result<ScanResult, StationError>>;
type Sync<'a> = Steps<'a, Result<SyncReport, StationError>>;

fn scan<'a>(station: &'a GuardStation, code: &str) -> Scan<'a> {
    let code = code.to_owned();
    Steps::new(|line: Line| station.scan_through(line, code, None))
}

fn sync(station: &GuardStation) -> Sync<'_> {
    Steps::new(|line: Line| station.sync_through(line, 20_000))
}

fn asked<T>(step: Step<'_, T>) -> (Question, Steps<'_, T>) {
    match step {
        Step::Ask(question, steps) => (question, steps),
        Step::Key(..) => panic!("a station has no such key"),
        Step::Wait(until, _) => panic!("it waits until {until}"),
        Step::Done(_) => panic!("it is done"),
    }
}

fn done<T>(step: Step<'_, Result<T, StationError>>) -> T {
    match step {
        Step::Done(done) => done.expect("no error"),
        Step::Ask(question, _) => panic!("it asks {question:?}"),
        Step::Key(..) => panic!("a station has no such key"),
        Step::Wait(until, _) => panic!("it waits until {until}"),
    }
}

/// Carries what is asked to the server, and brings its answer.
fn carried(question: &Question) -> Outcome {
    Http::default().exchange(question.request.clone(), LONG)
}

/// Answers questions until one is asked that `wanted` names, or it is done.
#[allow(clippy::result_large_err, reason = "one report in a test")]
fn until<'a>(
    mut steps: Sync<'a>,
    now_ms: u64,
    wanted: impl Fn(&Question) -> bool,
) -> Result<(Question, Sync<'a>), SyncReport> {
    loop {
        match steps.next(now_ms) {
            Step::Ask(question, rest) if wanted(&question) => return Ok((question, rest)),
            Step::Ask(question, mut rest) => {
                rest.answer(question.number, carried(&question)).expect("it is waited for");
                steps = rest;
            }
            step => return Err(done(step)),
        }
    }
}

fn sends_entries(question: &Question) -> bool {
    question.request.method == Method::Post && question.request.path == path::ENTRIES
}

fn walk_ups(station: &GuardStation, count: usize) -> Vec<EntryId> {
    let walk_up = |number| {
        let event = station.walk_up(format!("Walker {number}"), None, None, None).expect("a walk-up").event;
        station.decide(event, true, None, None, None).expect("granted");
        event
    };
    (0..count).map(walk_up).collect()
}

#[test]
fn a_scan_goes_on_with_its_own_answer_or_without_and_is_one_entry_whatever_comes() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let entries = || station.status().expect("status").outbox.entries;
    let before = entries();
    let [vera, victor] = ["Vera", "Victor"]
        .map(|name| text(&oakwood.server.local(&["invitation", "add", "--name", name]), "code").to_owned());

    // Two at once, each with the other's answer: neither believes it.
    let (of_vera, mut veras) = asked(scan(&station, &vera).next(0));
    let (of_victor, mut victors) = asked(scan(&station, &victor).next(0));
    assert_eq!((of_vera.until_ms, entries()), (1_500, before), "nothing is written before it is known");
    assert_eq!(veras.answer(of_victor.number, carried(&of_victor)), Err(Unasked::NeverAsked));
    veras.answer(of_vera.number, carried(&of_victor)).expect("it is waited for");
    let foreign = done(veras.next(10));
    assert_eq!((foreign.verdict, &foreign.code), (Some(Verdict::Caution), &Code::Offline));
    // Doubled: the first counts.
    victors.answer(of_victor.number, carried(&of_victor)).expect("it is waited for");
    assert_eq!(victors.answer(of_victor.number, Err(Failure::TimedOut)), Err(Unasked::Answered));
    let own = done(victors.next(20));
    assert_eq!((own.verdict, own.online), (Some(Verdict::Verified), true));
    assert_eq!(entries(), before + 2);
    for event in [foreign.event, own.event] {
        station.abandon(event).expect("left");
    }

    // Never: at the policy's time-out what is known offline counts, and is on the disk when it is shown.
    let code = oakwood.member_code();
    let (never, steps) = asked(scan(&station, &code).next(100));
    let Step::Wait(until, steps) = steps.next(never.until_ms - 1) else { panic!("it waits") };
    assert_eq!(until, never.until_ms);
    let offline = done(steps.next(never.until_ms));
    assert_eq!((offline.verdict, offline.online), (Some(Verdict::Caution), false));
    assert_eq!(oakwood.phone.open().undecided().expect("undecided")[0].event, offline.event);
    // The server did hear of it, under the same event: granted offline and sent, it is one.
    carried(&never).expect("the server answers nobody");
    station.decide(offline.event, true, None, None, None).expect("granted");
    synced(&station);
    assert_eq!(oakwood.event(offline.event)["granted"], true);
}

#[test]
fn who_takes_the_steps_needs_no_network_of_the_station() {
    let oakwood = Oakwood::new();
    drop(oakwood.phone.at_work(&oakwood.server, GRACE));
    let station = oakwood.phone.open_unplugged();
    let report = station.sync_once(PATIENCE_MS).expect("a report");
    assert_eq!(report.problem.as_deref(), Some("unreachable"));
    let (question, mut steps) = asked(scan(&station, &oakwood.member_code()).next(0));
    steps.answer(question.number, carried(&question)).expect("it is waited for");
    let scan = done(steps.next(1));
    assert_eq!((scan.verdict, scan.online), (Some(Verdict::Verified), true));
    station.decide(scan.event, true, None, None, None).expect("granted");
    let report = until(sync(&station), 0, |_| false).expect_err("done");
    assert_eq!((report.waiting, report.stuck, report.problem), (0, 0, None));
    assert_eq!(oakwood.event(scan.event)["granted"], true);
}

#[test]
fn a_scan_given_up_in_the_middle_of_its_question_never_was_and_holds_nothing_against_the_next() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let made = oakwood.server.local(&["invitation", "add", "--name", "Vera", "--max-uses", "1"]);
    let code = text(&made, "code");
    let entries = station.status().expect("status").outbox.entries;
    let (question, steps) = asked(scan(&station, code).next(0));
    // The server reserves the only use, and nobody hears of it.
    carried(&question).expect("an answer");
    drop(steps);
    assert_eq!(station.status().expect("status").outbox.entries, entries);
    assert!(station.undecided().expect("undecided").is_empty());

    let scan = station.scan(code.to_owned(), None).expect("a scan");
    assert_eq!((scan.verdict, &scan.code), (Some(Verdict::Verified), &Code::Ok), "{scan:?}");
    station.decide(scan.event, true, None, None, None).expect("granted");
    synced(&station);
    let events = oakwood.events();
    let of_vera: Vec<_> = events.iter().filter(|event| event["name"] == "Vera").collect();
    assert_eq!((of_vera.len(), &of_vera[0]["granted"]), (1, &true.into()), "{events:?}");
}

/// The event that a question about a scan is about.
fn event_of(question: &Question) -> EntryId {
    let asked: VerifyRequest =
        serde_json::from_slice(&question.request.body).expect("a question about a scan");
    asked.event
}

#[test]
fn a_code_held_up_again_while_the_server_is_asked_is_one_event_until_it_is_decided() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let code = oakwood.member_code();
    let (question, mut waiting) = asked(scan(&station, &code).next(0));
    let shown = station.scan(code.clone(), None).expect("shown meanwhile");
    assert_eq!(shown.event, event_of(&question), "the server is asked about one event");
    waiting.answer(question.number, carried(&question)).expect("it is waited for");
    let same = done(waiting.next(1));
    assert_eq!((same.event, same.again), (shown.event, true));
    station.abandon(shown.event).expect("left");

    let invited = oakwood.server.local(&["invitation", "add", "--name", "Vera"]);
    let code = text(&invited, "code");
    let (question, mut waiting) = asked(scan(&station, code).next(0));
    let granted = station.scan(code.to_owned(), None).expect("shown meanwhile");
    assert_eq!(granted.event, event_of(&question));
    station.decide(granted.event, true, None, None, None).expect("granted");
    waiting.answer(question.number, carried(&question)).expect("it is waited for");
    let anew = done(waiting.next(1));
    assert_ne!(anew.event, granted.event, "that one is decided");
    assert_eq!(anew.departure_of, Some(granted.event), "{anew:?}");
    station.abandon(anew.event).expect("left");
    synced(&station);
    assert_eq!(oakwood.event(granted.event)["granted"], true);
}

#[test]
fn a_sync_left_half_way_is_taken_up_by_another_process_and_its_late_answers_do_no_harm() {
    let oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let other_process = Station { data: oakwood.folder.path().join("phone") };

    // Left where the server has the entries and nobody heard it say so.
    let first = walk_ups(&station, 3);
    let (question, steps) = until(sync(&station), 0, sends_entries).expect("entries are sent");
    carried(&question).expect("the server takes them");
    drop(steps);
    assert!(station.status().expect("status").outbox.waiting > 0);
    let report = other_process.answer(&["sync"]);
    assert_eq!((&report["waiting"], &report["problem"]), (&0.into(), &Value::Null), "{report}");

    // Held while the other process does it all and more is written down: then its answer comes.
    let second = walk_ups(&station, 3);
    let (question, mut steps) = until(sync(&station), 0, sends_entries).expect("entries are sent");
    let answer = carried(&question);
    let third = walk_ups(&station, 2);
    let report = other_process.answer(&["sync"]);
    assert_eq!((&report["waiting"], &report["problem"]), (&0.into(), &Value::Null), "{report}");
    steps.answer(question.number, answer.clone()).expect("it is waited for");
    assert_eq!(steps.answer(question.number, answer), Err(Unasked::Answered));
    let report = until(steps, 1, |_| false).expect_err("done");
    assert_eq!((report.waiting, report.stuck, report.problem), (0, 0, None));

    // Its first question had no answer in time, and then one for the second is all that is there.
    let fourth = walk_ups(&station, 1);
    let (keys, steps) = asked(sync(&station).next(0));
    assert_eq!(keys.request.path, path::KEYS);
    let (entries, mut steps) = asked(steps.next(keys.until_ms));
    assert!(sends_entries(&entries), "a slow link does not keep it from sending: {entries:?}");
    assert_eq!(steps.answer(keys.number, carried(&entries)), Err(Unasked::TooLate));
    assert_eq!(steps.answer(keys.number, carried(&keys)), Err(Unasked::TooLate));
    let swapped = carried(&keys);
    steps.answer(entries.number, swapped).expect("it is waited for");
    let report = until(steps, keys.until_ms, |_| false).expect_err("done");
    assert!(report.waiting > 0, "keys are no receipt: {report:?}");
    synced(&station);

    for event in [first, second, third, fourth].concat() {
        assert_eq!(oakwood.event(event)["granted"], true);
    }
    let bodies = oakwood.journal(&station);
    let walk_ups =
        bodies.iter().filter(|body| matches!(body, Body::WalkUp(_) | Body::JudgedWalkUp(..))).count();
    assert_eq!(walk_ups, 9, "each stands in the journal once");
}

/// A server that takes requests and never answers.
struct Dead {
    requests: mpsc::Receiver<TcpStream>,
}

impl Dead {
    fn at(port: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("the server's port");
        let (seen, requests) = mpsc::channel();
        thread::spawn(move || {
            for mut stream in listener.incoming().map_while(Result::ok) {
                let mut head = Vec::new();
                let mut piece = [0; 1024];
                while !head.windows(4).any(|four| four == b"\r\n\r\n") {
                    match stream.read(&mut piece) {
                        Ok(read) if read > 0 => head.extend_from_slice(&piece[..read]),
                        _ => break,
                    }
                }
                if seen.send(stream).is_err() {
                    return;
                }
            }
        });
        Self { requests }
    }

    /// The connection of the next request, which has arrived.
    fn asked(&self) -> TcpStream {
        self.requests.recv_timeout(LONG).expect("a request")
    }
}

/// Whether whoever asked on it is still there.
fn is_waited_on(stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).expect("set");
    matches!(stream.peek(&mut [0]), Err(error) if error.kind() == ErrorKind::WouldBlock)
}

/// What a walk-up takes until it is on the disk, in the middle of so many, in milliseconds.
fn walk_up_ms(station: &GuardStation) -> f64 {
    let mut took: Vec<_> = (0..15)
        .map(|_| {
            let start = Instant::now();
            station.walk_up("Wim".to_owned(), None, None, None).expect("a walk-up");
            start.elapsed()
        })
        .collect();
    took.sort_unstable();
    took[took.len() / 2].as_secs_f64() * 1e3
}

#[test]
fn a_walk_up_is_durable_while_a_sync_waits_for_a_dead_server() {
    let mut oakwood = Oakwood::new();
    let station = oakwood.phone.at_work(&oakwood.server, GRACE);
    synced(&station);
    let dead = Dead::at(oakwood.cut());
    let is_durable = |event: EntryId| {
        let seen = oakwood.phone.open().undecided().expect("undecided");
        seen.iter().any(|walk_up| walk_up.event == event)
    };
    let alone = walk_up_ms(&station);

    // One thread for everything, as in a browser's worker.
    let (question, mut steps) = asked(sync(&station).next(0));
    let http = Http::default();
    let call = http.begin(question.request.clone(), LONG).expect("sent off");
    let held = dead.asked();
    let walk_up = station.walk_up("Wilma".to_owned(), None, None, None).expect("a walk-up");
    assert!(is_durable(walk_up.event));
    let stepped = walk_up_ms(&station);
    assert!(is_waited_on(&held), "the sync still waits");
    // Whoever loses interest lets go of the call, and the connection with it.
    drop(call);
    held.set_nonblocking(false).expect("set");
    held.set_read_timeout(Some(LONG)).expect("set");
    assert_eq!(held.peek(&mut [0]).expect("it ends"), 0);
    steps.answer(question.number, Err(Failure::TimedOut)).expect("it is waited for");
    let report = done(steps.next(1));
    assert_eq!(report.problem.as_deref(), Some("unreachable"));

    // The blocking call: on this thread first, where a walk-up comes behind it, then on another.
    let start = Instant::now();
    station.sync_once(1_000).expect("a report");
    station.walk_up("Wim".to_owned(), None, None, None).expect("a walk-up");
    let behind = start.elapsed().as_secs_f64() * 1e3;
    while dead.requests.try_recv().is_ok() {}
    let beside = thread::scope(|threads| {
        let syncing = threads.spawn(|| station.sync_once(20_000));
        let held = dead.asked();
        let walk_up = station.walk_up("Walter".to_owned(), None, None, None).expect("a walk-up");
        assert!(is_durable(walk_up.event));
        let beside = walk_up_ms(&station);
        assert!(is_waited_on(&held) && !syncing.is_finished(), "the sync still waits");
        drop((held, dead));
        let report = syncing.join().expect("no panic").expect("a report");
        assert_eq!(report.problem.as_deref(), Some("unreachable"));
        beside
    });
    figure(&format!(
        "a walk-up while a sync waits for a dead server: {stepped:.1} ms step by step on one thread, {beside:.1} ms \
         beside another thread, {alone:.1} ms without any; behind a blocking sync of 1 s on one thread {behind:.0} ms"
    ));
}
