//! A random day at a gate on a real station, beside a small model of what must be true of it.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::PathBuf,
    sync::Arc,
};

use gatehouse_core::{
    decision::{Code, Verdict},
    device::{FileSecrets, GuardStation, ScanResult, ScannedBy, StationError, StationStatus},
    id::{EntryId, ShiftId, SiteNumber},
    pass::PREFIX,
    qr,
    time::UnixMillis,
};

use crate::{Random, clocks::Clocks};

/// What a code deserves at best.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Worth {
    /// VERIFIED, as long as it has uses left.
    Good {
        /// Most uses, if limited.
        max_uses: Option<u32>,
    },
    /// An invitation that was cancelled before the day: DENIED as soon as anyone knows.
    Cancelled,
    /// Not the organisation's, or no code at all: DENIED, always.
    Bad,
}

/// A code that someone at the gate shows.
#[derive(Debug, Clone)]
pub struct Shown {
    /// Its text.
    pub text: String,
    /// What it deserves.
    pub worth: Worth,
    /// The invitation, for visitors.
    pub invitation: Option<String>,
}

/// What the model knows of an event.
#[derive(Debug, Clone)]
pub struct Seen {
    /// Which of the codes; nothing for a walk-up.
    pub code: Option<usize>,
    /// Granted or denied, once decided.
    pub granted: Option<bool>,
    /// Whether the visit is over.
    pub departed: bool,
    /// Whether a photo was taken.
    pub photo: bool,
    verdict: Option<Verdict>,
    departs: Option<EntryId>,
    shift: ShiftId,
    at: UnixMillis,
    /// When its code was last held up, by the station's time.
    judged_at: UnixMillis,
    /// Number of the judgement that was shown last.
    judgement: u32,
    /// When it was granted, by the station's time.
    granted_at: Option<UnixMillis>,
    /// Left undecided for good, because the code was scanned anew.
    abandoned: bool,
}

impl Seen {
    /// Whether a visitor is inside by it.
    #[must_use]
    pub fn inside(&self) -> bool {
        self.stays() && self.granted == Some(true) && !self.departed
    }

    fn stays(&self) -> bool {
        self.departs.is_none()
    }
}

/// Milliseconds that calls of the station wait for the network.
const PATIENCE_MS: u32 = 500;
/// As in the station: a shift ends by itself, and a scan is the same event, for so long.
const LONGEST_SHIFT_MS: u64 = 14 * 3_600_000;
const SAME_EVENT_MS: u64 = 120_000;
/// As in the station: a verdict may be granted for so long.
const GRANTED_WITHIN_MS: u64 = 10 * 60_000;
const DAY_MS: i64 = 86_400_000;

/// The station, the people before it, and the model.
pub struct Day {
    station: GuardStation,
    folder: PathBuf,
    clocks: Arc<Clocks>,
    random: Random,
    codes: Vec<Shown>,
    /// Every event that was shown.
    pub events: BTreeMap<EntryId, Seen>,
    shift: Option<(ShiftId, UnixMillis)>,
    /// How often each operation was done.
    pub done: BTreeMap<&'static str, u64>,
    /// Verdicts shown.
    pub verdicts: BTreeMap<&'static str, u64>,
}

fn open(folder: &std::path::Path, clocks: &Arc<Clocks>) -> GuardStation {
    let secrets = FileSecrets::open(folder.join("secrets")).expect("a secret store");
    let path = folder.to_str().expect("UTF-8").to_owned();
    GuardStation::open(path, Arc::new(secrets), clocks.clone()).expect("the station opens")
}

fn site() -> SiteNumber {
    SiteNumber::new(1).expect("not 0")
}

/// The stable code of a refusal, or `ok`.
fn word<T>(outcome: &Result<T, StationError>) -> String {
    outcome.as_ref().map_or_else(|error| error.code().to_owned(), |_| "ok".to_owned())
}

impl Day {
    /// A day at the station in `folder`, which is made if it is not there.
    #[must_use]
    pub fn new(folder: PathBuf, codes: Vec<Shown>, random: Random) -> Self {
        let clocks = Arc::new(Clocks::default());
        let station = open(&folder, &clocks);
        Self {
            station,
            folder,
            clocks,
            random,
            codes,
            events: BTreeMap::new(),
            shift: None,
            done: BTreeMap::new(),
            verdicts: BTreeMap::new(),
        }
    }

    /// The station.
    #[must_use]
    pub fn station(&self) -> &GuardStation {
        &self.station
    }

    fn status(&self) -> StationStatus {
        self.station.status().expect("a status")
    }

    fn one_in(&mut self, many: u64) -> bool {
        self.random.below(many) == 0
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> Option<T> {
        if from.is_empty() { None } else { Some(from[self.random.below(from.len() as u64) as usize]) }
    }

    /// An event that was shown, mostly a late one.
    fn some_event(&mut self) -> EntryId {
        let all: Vec<EntryId> = self.events.keys().copied().collect();
        let late = all.len().saturating_sub(6);
        let among = if self.one_in(4) { &all[..] } else { &all[late..] };
        self.pick(among).unwrap_or(EntryId([7; 16]))
    }

    /// One random thing that happens at the gate, held against the model.
    pub fn step(&mut self) {
        let inside: Vec<EntryId> =
            self.events.iter().filter(|(_, seen)| seen.inside()).map(|(id, _)| *id).collect();
        let (name, many) = match self.random.below(100) {
            0..32 => {
                let code = self.random.below(self.codes.len() as u64) as usize;
                self.scan(code);
                ("scan", 1)
            }
            32..60 => {
                let event = self.some_event();
                let (granted, reason) = (!self.one_in(3), self.one_in(2));
                self.decide(event, granted, reason);
                ("decide", 1)
            }
            60..68 => {
                self.walk_up();
                ("walk-up", 1)
            }
            68..76 => {
                let stay = if self.one_in(3) { self.some_event() } else { EntryId([7; 16]) };
                let stay = self.pick(&inside).unwrap_or(stay);
                self.depart(stay);
                ("departure", 1)
            }
            76..84 => {
                self.sync();
                ("sync", 1)
            }
            84..88 => {
                self.list();
                ("on-site", 1)
            }
            88..90 => {
                self.end_shift();
                ("shift end", 1)
            }
            90..94 => {
                self.restart();
                ("restart", 1)
            }
            94..97 => {
                self.set_clock();
                ("clock", 1)
            }
            _ => ("shift start", 0),
        };
        *self.done.entry(name).or_insert(0) += many;
        if self.running().is_none() || many == 0 {
            self.start_shift();
        }
    }

    /// The shift that must be running now, by the time that the station goes by.
    fn running(&self) -> Option<ShiftId> {
        let now = self.status().now;
        self.shift.filter(|(_, started)| now < started.plus(LONGEST_SHIFT_MS)).map(|(shift, _)| shift)
    }

    fn start_shift(&mut self) {
        let running = self.running();
        let outcome = self.station.start_shift(site(), None, PATIENCE_MS);
        match (&outcome, running) {
            (Err(StationError::ShiftRunning { .. }), Some(_)) => {}
            (Ok(shift), None) => self.shift = Some((shift.shift, shift.started)),
            // A refusal that came over the network stands: the server may know better.
            (Err(StationError::Client(_) | StationError::SessionEnded), None) => self.shift = None,
            (_, running) => panic!("a shift starts with {running:?} running: {outcome:?}"),
        }
        *self.done.entry("shift start").or_insert(0) += 1;
    }

    fn end_shift(&mut self) {
        let running = self.running();
        let outcome = word(&self.station.end_shift(None));
        assert_eq!(outcome, if running.is_some() { "ok" } else { "no_shift" });
        self.shift = None;
    }

    /// Holds up a code.
    pub fn scan(&mut self, code: usize) {
        let running = self.running();
        let before = self.status();
        let shown = self.codes[code].clone();
        // covers: S4-12
        let outcome = self.station.scan(shown.text.clone(), None);
        let Some(shift) = running else {
            assert_eq!(word(&outcome), "no_shift");
            return;
        };
        let result = outcome.expect("a scan");
        let after = self.status();
        *self.verdicts.entry(result.verdict.map_or("none", Verdict::word)).or_insert(0) += 1;
        let same_clock = before.clock_trusted == after.clock_trusted;
        let open: Vec<EntryId> = self
            .events
            .iter()
            .filter(|(_, seen)| seen.code == Some(code) && seen.shift == shift && self.undecided(seen))
            .map(|(event, _)| *event)
            .collect();
        if result.again {
            assert!(open.contains(&result.event), "a decided or unknown event came again: {result:?}");
            self.shown_anew(&result);
            return;
        }
        assert!(!self.events.contains_key(&result.event), "an event came twice: {result:?}");
        let recent = |event: &EntryId| {
            let at = self.events[event].judged_at;
            at <= before.now && before.now < at.plus(SAME_EVENT_MS - 10_000)
        };
        let late: Vec<EntryId> =
            open.iter().copied().filter(|id| self.scan_again(*id, &self.events[id], before.now)).collect();
        if shown.worth != Worth::Bad && same_clock {
            let wrong = open.iter().any(|event| recent(event) && !late.contains(event));
            assert!(!wrong, "one scan became two events: {result:?}");
        }
        // What can no longer be granted may give way to the new scan.
        let undecided = self.station.undecided().expect("undecided");
        for event in &undecided {
            if self.events.contains_key(&event.event) {
                self.shown_anew(event);
            }
        }
        for event in late {
            let left = !undecided.iter().any(|open| open.event == event);
            self.events.get_mut(&event).expect("seen").abandoned |= left;
        }
        self.judge(code, &shown, &result, &after);
        let seen = Seen {
            code: Some(code),
            granted: None,
            departed: false,
            photo: false,
            verdict: result.verdict,
            departs: result.departure_of,
            shift,
            at: result.at,
            judged_at: result.at,
            judgement: result.judgement,
            granted_at: None,
            abandoned: false,
        };
        self.events.insert(result.event, seen);
    }

    /// An event that was shown before is shown as it stands now: another verdict has another number.
    fn shown_anew(&mut self, result: &ScanResult) {
        let seen = self.events.get_mut(&result.event).expect("seen before");
        assert!(result.judgement >= seen.judgement, "{result:?}");
        if result.judgement == seen.judgement {
            assert_eq!((result.verdict, result.departure_of), (seen.verdict, seen.departs), "{result:?}");
        }
        (seen.verdict, seen.departs, seen.judgement) =
            (result.verdict, result.departure_of, result.judgement);
        seen.judged_at = result.at;
    }

    /// Whether a scan still waits: for a decision, or for the departure that it opened.
    fn undecided(&self, seen: &Seen) -> bool {
        let departed = |stay: EntryId| self.events.get(&stay).is_some_and(|stay| stay.departed);
        seen.granted.is_none() && !seen.abandoned && !seen.departs.is_some_and(departed)
    }

    /// No verdict is better than what the code deserves and the station can know.
    fn judge(&self, code: usize, shown: &Shown, result: &ScanResult, status: &StationStatus) {
        let verdict = result.verdict.expect("a scan has a verdict");
        let inside = self.events.iter().find(|(_, seen)| seen.code == Some(code) && seen.inside());
        let inside = inside.map(|(stay, _)| *stay).filter(|_| shown.invitation.is_some());
        assert_eq!(result.departure_of, inside, "{result:?}");
        // covers: S4-50, S4-65
        if verdict == Verdict::Verified {
            assert!(result.online && status.clock_trusted, "VERIFIED without the server: {result:?}");
        }
        match shown.worth {
            Worth::Bad => {
                // covers: S4-59, S4-63
                assert_eq!((verdict, result.kind), (Verdict::Denied, ScannedBy::Unreadable));
                assert!(result.name.is_none() && result.subject.is_none() && !result.online);
            }
            Worth::Cancelled => {
                assert_ne!(verdict, Verdict::Verified);
                assert!(!result.online || verdict == Verdict::Denied, "{result:?}");
            }
            Worth::Good { max_uses } => {
                let grants = self.grants(code);
                let used_up = max_uses.is_some_and(|most| grants >= u64::from(most)) && inside.is_none();
                if used_up {
                    assert_ne!(verdict, Verdict::Verified, "used up and VERIFIED: {result:?}");
                    assert!(result.online || verdict == Verdict::Denied, "used up and let pass: {result:?}");
                }
            }
        }
        assert_eq!(verdict == Verdict::Verified, result.code == Code::Ok, "{result:?}");
    }

    /// Uses of a code: grants that began a visit.
    #[must_use]
    pub fn grants(&self, code: usize) -> u64 {
        let granted = |seen: &&Seen| seen.code == Some(code) && seen.granted == Some(true) && seen.stays();
        self.events.values().filter(granted).count() as u64
    }

    fn decide(&mut self, event: EntryId, granted: bool, with_reason: bool) {
        let running = self.running();
        let reason = with_reason.then(|| "Host vouched by phone".to_owned());
        let before = self.status().now;
        let mut outcome = self.station.decide(event, granted, reason.clone(), None, None);
        if word(&outcome) == "verdict_changed" {
            // What was learned since is shown first, and is something else.
            let now = self.station.look(event).expect("it waits");
            assert!(now.judgement > self.events[&event].judgement, "nothing changed: {now:?}");
            self.shown_anew(&now);
            outcome = self.station.decide(event, granted, reason, None, None);
        }
        let expected = match (running, self.events.get(&event)) {
            (None, _) => "no_shift",
            (_, None) => "unknown_event",
            (_, Some(seen)) if seen.departs.is_some() => "departure_open",
            (_, Some(seen)) if seen.abandoned => "abandoned",
            (_, Some(Seen { granted: Some(before), .. })) if *before != granted => "already_decided",
            (_, Some(Seen { granted: Some(_), .. })) => "ok",
            // Judged anew before its shift ended, which nobody was shown, it may have opened a departure.
            (Some(shift), Some(seen)) if seen.shift != shift && word(&outcome) == "departure_open" => {
                assert!(seen.code.is_some_and(|code| self.codes[code].invitation.is_some()));
                "departure_open"
            }
            (Some(shift), Some(seen)) if seen.shift != shift => "other_shift",
            (_, Some(seen)) if seen.verdict == Some(Verdict::Denied) && granted && !with_reason => {
                "reason_required"
            }
            (_, Some(seen)) if granted && self.scan_again(event, seen, before) => "scan_again",
            _ => "ok",
        };
        assert_eq!(word(&outcome), expected, "{event}: {outcome:?}");
        if let (Ok(decided), Some(seen)) = (outcome, self.events.get_mut(&event)) {
            if seen.granted.is_none() {
                seen.granted_at = granted.then_some(before);
            }
            seen.granted = Some(granted);
            let denied = seen.verdict == Some(Verdict::Denied);
            assert_eq!((decided.event, decided.granted), (event, granted));
            assert_eq!(decided.flagged, granted && denied);
            let visitor =
                seen.code.is_none_or(|code| self.codes[code].invitation.is_some()) && seen.departs.is_none();
            assert_eq!(decided.on_site, granted && visitor, "{decided:?}");
            // Only visitors stay; the model keeps that of others as departed at once.
            seen.departed = seen.departed || !visitor;
        }
    }

    /// Whether a verdict is too old to be granted, or another scan of the code was granted since. One by a clock that was
    /// ahead and is set back by more than a verdict counts is as good as old.
    fn scan_again(&self, event: EntryId, seen: &Seen, now: UnixMillis) -> bool {
        let Some(code) = seen.code else { return false };
        let since =
            |other: &Seen| other.granted_at.is_some_and(|granted| granted > seen.at && granted <= now);
        let granted =
            |(id, other): (&EntryId, &Seen)| *id != event && other.code == Some(code) && since(other);
        now.apart(seen.judged_at) > GRANTED_WITHIN_MS || self.events.iter().any(granted)
    }

    fn walk_up(&mut self) {
        let running = self.running();
        let name = format!("Walker {}", self.events.len());
        let drawn = qr::png(&name, qr::Correction::Low, 3).expect("drawn");
        let photo = self.one_in(2).then_some(drawn);
        let taken = photo.is_some();
        let outcome = self.station.walk_up(name, None, photo, None);
        let Some(shift) = running else {
            assert_eq!(word(&outcome), "no_shift");
            return;
        };
        let result = outcome.expect("a walk-up");
        assert_eq!((result.kind, result.verdict, result.has_photo), (ScannedBy::WalkUp, None, taken));
        let seen = Seen {
            code: None,
            granted: None,
            departed: false,
            photo: taken,
            verdict: None,
            departs: None,
            shift,
            at: result.at,
            judged_at: result.at,
            judgement: result.judgement,
            granted_at: None,
            abandoned: false,
        };
        assert!(self.events.insert(result.event, seen).is_none(), "an event came twice");
    }

    fn depart(&mut self, stay: EntryId) {
        let running = self.running();
        let outcome = word(&self.station.depart(stay, None, PATIENCE_MS));
        // The scan that opened a departure names it as well.
        let stay = self.events.get(&stay).and_then(|seen| seen.departs).unwrap_or(stay);
        let visit = self.events.get_mut(&stay);
        match (running, visit) {
            (None, _) => assert_eq!(outcome, "no_shift"),
            (_, None) => assert!(["unknown_event", "server_needed"].contains(&outcome.as_str()), "{outcome}"),
            (_, Some(seen)) => {
                let visitor = seen.code.is_none_or(|code| self.codes[code].invitation.is_some());
                let began = visitor && seen.departs.is_none() && seen.granted == Some(true);
                assert_eq!(outcome, if began { "ok" } else { "unknown_event" }, "{stay}");
                seen.departed = seen.departed || began;
            }
        }
    }

    fn list(&mut self) {
        let listed: BTreeSet<EntryId> =
            self.station.on_site(PATIENCE_MS).expect("a list").iter().map(|visit| visit.stay).collect();
        let inside = self.events.iter().filter(|(_, seen)| seen.inside()).map(|(stay, _)| *stay);
        // covers: S4-40, S4-41, S4-81
        assert_eq!(listed, inside.collect(), "who is inside");
    }

    fn sync(&mut self) {
        let report = self.station.sync_once(PATIENCE_MS).expect("whatever the network does is no error");
        assert_eq!(report.stuck, 0, "{report:?}");
    }

    /// The app is ended and started again.
    fn restart(&mut self) {
        self.station = open(&self.folder, &self.clocks);
    }

    /// Someone sets the wall clock, or the phone restarts, or both.
    fn set_clock(&mut self) {
        let floor = self.status();
        match self.random.below(4) {
            0 => self.clocks.set_wall_ahead(-DAY_MS),
            1 => self.clocks.set_wall_ahead(DAY_MS / 4),
            2 => self.clocks.set_wall_ahead(0),
            _ => {
                self.clocks.reboot();
                self.restart();
                assert!(!self.status().clock_trusted, "trusted time outlived a restart");
            }
        }
        if floor.clock_trusted {
            // What was known for sure to have passed has passed, give or take the time since it was written down.
            assert!(self.status().now.plus(60_000) >= floor.now, "time went back");
        }
    }

    /// With the network whole: everything is sent.
    pub fn finish(&mut self) {
        let mut last = None;
        for _ in 0..40 {
            let report = self.station.sync_once(20_000).expect("synchronised");
            let status = self.status();
            if report.problem.is_none() && status.outbox.waiting == 0 && status.outbox.photos == 0 {
                return;
            }
            // A day is played faster than the server lets a device ask.
            std::thread::sleep(std::time::Duration::from_secs(report.retry_after.unwrap_or(0).min(2)));
            last = Some(report);
        }
        panic!("not in step: {last:?}, {:?}", self.status().outbox);
    }
}

/// A text that looks like a code of ours and is not: one character of it is another.
#[must_use]
pub fn forged(text: &str) -> String {
    let body = text.strip_prefix(PREFIX).expect("a code");
    let place = body.len() / 2;
    let other = if body.as_bytes()[place] == b'A' { 'B' } else { 'A' };
    format!("{PREFIX}{}{other}{}", &body[..place], &body[place + 1..])
}
