//! What the station prints, as JSON or for a person.

use gatehouse_core::{
    decision::{Code, Fact, Reason, Verdict},
    device::{Decided, Erased, GuardHere, ScanResult, ScannedBy, SiteHere, StationStatus, SyncReport, Visit},
    gatepack::{ExpectedVisit, PhotoPolicy},
    id::EntryId,
    message, phrase,
    time::UnixMillis,
    typed::{Misread, Word},
    words::{self, Arg, ProblemWords},
};
use serde::Serialize;

use super::{
    CliError,
    colour::Tone,
    print_json,
    times::{clock, clock_and_age, said_with_age},
};
use crate::cli::{
    language::{said, word},
    output::{print_line, print_painted},
};

/// Prints an answer as JSON, or its sentence.
pub fn print_done(
    json: bool,
    answer: &impl Serialize,
    sentence: impl FnOnce() -> String,
) -> Result<(), CliError> {
    if json { print_json(answer) } else { say(&sentence()) }
}

/// A scan with what is known of how its text was spoilt.
#[derive(Serialize)]
struct Scanned<'a> {
    #[serde(flatten)]
    result: &'a ScanResult,
    #[serde(skip_serializing_if = "Option::is_none")]
    misread: Option<&'static str>,
}

/// Prints what the guard sees of a scan or walk-up.
pub fn print_scan(json: bool, result: &ScanResult, misread: Option<Misread>) -> Result<(), CliError> {
    if json {
        return print_json(&Scanned { result, misread: misread.map(Misread::word) });
    }
    let who = match (&result.name, result.kind) {
        (Some(name), _) => name.clone(),
        (None, ScannedBy::Unreadable) => "unreadable code".to_owned(),
        (None, _) => "no name".to_owned(),
    };
    let host = result.host.as_ref().map(|host| format!(", visiting {host}")).unwrap_or_default();
    let tone = Tone::of(result.verdict);
    match result.verdict {
        _ if result.departure_of.is_some() => {
            print_painted(&Tone::Plain.paint("DEPARTURE"), &format!(" {who}{host}"))?;
        }
        None => print_painted(&tone.paint("WALK-UP  "), &format!(" {who}"))?,
        Some(verdict) => {
            let painted = tone.paint(&format!("{:<9}", word(words::verdict(verdict))));
            print_painted(&painted, &format!(" {who}{host}   [{}]", result.code))?;
        }
    }
    match misread {
        Some(misread) => say(&format!("          {}", word(words::misread(misread))))?,
        None => say(&format!("          {}", sentence(result)))?,
    }
    // Nobody asks the server about someone who shows no code.
    let asked = !matches!(result.kind, ScannedBy::Expected | ScannedBy::WalkUp);
    for reason in result.reasons.iter().filter(|reason| asked || reason.code != Code::Offline) {
        say(&format!("          {}", basis(reason, result.at)))?;
    }
    if result.station_revoked {
        say(&format!("          {}", trouble("device_revoked")))?;
    }
    for ban in &result.bans {
        say(&format!("          {}", said(&words::ban(&ban.names, &ban.reason))))?;
    }
    if result.face.is_some() {
        say(&format!("          compare the face: gatehouse station face {} --out FILE", result.event))?;
    }
    if result.photo == PhotoPolicy::Required && !result.has_photo && result.departure_of.is_none() {
        say(&format!("          {}", word(message!("scan-photo_required"))))?;
    }
    match result.departure_of {
        Some(visit) => say(&format!("          event {}, visit {visit}", result.event)),
        None => say(&format!("          event {}", result.event)),
    }
}

/// What the guard can type now.
pub fn how_to_decide(result: &ScanResult, word: Word) -> String {
    match (result.departure_of, result.verdict) {
        (Some(_), _) => format!("          To record the departure type:  d {word}"),
        (None, Some(Verdict::Denied)) => {
            format!("          To deny type:  d {word} REASON     To grant all the same:  g {word} REASON")
        }
        (None, _) => format!("          To grant type:  g {word}     To deny:  d {word} REASON"),
    }
}

/// Prints that a visitor left.
pub fn print_departed(json: bool, stay: EntryId) -> Result<(), CliError> {
    print_done(json, &serde_json::json!({"departed": stay}), || "Departure recorded.".to_owned())
}

/// One sentence why.
fn sentence(result: &ScanResult) -> String {
    if result.departure_of.is_some() {
        return word(message!("scan-inside"));
    }
    if result.verdict.is_none() {
        return word(message!("scan-decide"));
    }
    let why = words::reason(&result.code).guard;
    match result.last_used.filter(|_| matches!(result.code, Code::AlreadyUsed | Code::UsedUp)) {
        Some(time) => said(&phrase!("scan-used_at", sentence = why, time = said_with_age(time, result.at))),
        None => word(why),
    }
}

/// What a failed check rests on, and from when that is: a guard must see that data is three days old.
fn basis(reason: &Reason, now: UnixMillis) -> String {
    let time = reason.as_of.map(|time| match reason.fact {
        Fact::Code | Fact::DeviceClock => phrase!("time-clock", clock = clock(time, now)),
        _ => said_with_age(time, now),
    });
    format!("- {}", said(&words::basis(reason, time)))
}

/// Prints a decision.
pub fn print_decided(json: bool, decided: &Decided) -> Result<(), CliError> {
    print_done(json, decided, || word(words::outcome(decided.granted, decided.flagged, decided.on_site)))
}

/// Prints the visitors inside.
pub fn print_visits(json: bool, visits: &[Visit], now: UnixMillis) -> Result<(), CliError> {
    if json {
        return visits.iter().try_for_each(print_json);
    }
    if visits.is_empty() {
        return say("No visitor is inside.");
    }
    visits.iter().try_for_each(|visit| {
        let name = visit.name.as_deref().unwrap_or("no name");
        let since = clock(visit.since, now);
        say(&format!("{}  {name}  since {since}  site {}", visit.stay, visit.site))
    })
}

/// Prints expected visits.
pub fn print_expected(json: bool, visits: &[ExpectedVisit], now: UnixMillis) -> Result<(), CliError> {
    if json {
        return visits.iter().try_for_each(|visit| {
            print_json(&serde_json::json!({
                "invitation": visit.subject,
                "name": visit.name,
                "host": visit.host,
                "sites": visit.sites,
                "from": visit.from,
                "until": visit.until,
                "max_uses": visit.max_uses,
            }))
        });
    }
    if visits.is_empty() {
        return say("Nobody of that name is expected within a day, as far as this station knows.");
    }
    visits.iter().try_for_each(|visit| {
        let host = visit.host.as_ref().map(|host| format!(", visiting {host}")).unwrap_or_default();
        let (from, until) = (clock(visit.from.to_millis(), now), clock(visit.until.to_millis(), now));
        say(&format!("{}  {}{host}  {from} to {until}", visit.subject, visit.name))
    })
}

/// Prints the guards who signed in here.
pub fn print_guards(json: bool, guards: &[GuardHere]) -> Result<(), CliError> {
    if json {
        return guards.iter().try_for_each(print_json);
    }
    if guards.is_empty() {
        return say("No guard has signed in on this station yet.");
    }
    guards.iter().try_for_each(|guard| {
        let pin = if guard.has_pin { "PIN set" } else { "no PIN" };
        say(&format!("{}  {}  {pin}", guard.person, guard.name))
    })
}

/// Prints what a synchronisation did.
pub fn print_report(json: bool, report: &SyncReport) -> Result<(), CliError> {
    print_done(json, report, || {
        let problem = report.problem.as_ref();
        let explain = |code: &String| format!("\n{} ({code})", trouble(code));
        let trouble = problem.map(explain).unwrap_or_default();
        let next = match report.next_try_in_ms {
            Some(ms) if problem.is_some() => format!("\nThe next try is due in {} s.", ms.div_ceil(1000)),
            _ => String::new(),
        };
        let changed = report.changed.iter().map(|result| {
            let who = result.name.as_ref().map_or_else(|| message!("look-no_name").into(), Arg::from);
            let now = result.verdict.map_or(message!("look-no_verdict"), words::verdict);
            let (code, event) = (result.code.word(), result.event.to_string());
            format!(
                "
{}",
                said(&phrase!("look-again", who = who, verdict = now, code = code, event = event))
            )
        });
        let changed: String = changed.collect();
        format!(
            "Sent {} entries and {} photos; {} wait, {} are stuck.{trouble}{next}{changed}",
            report.sent,
            report.photos,
            report.waiting,
            report.stuck + report.stuck_photos
        )
    })
}

/// Prints the sites that a station knows of.
pub fn print_sites(json: bool, sites: &[SiteHere]) -> Result<(), CliError> {
    if json {
        return sites.iter().try_for_each(print_json);
    }
    if sites.is_empty() {
        return say("This station knows of no site yet: it has no gate pack.");
    }
    sites.iter().try_for_each(|site| {
        let assigned = if site.assigned { "" } else { "  (not assigned)" };
        say(&format!("Site {}: {}{assigned}", site.number, site.name))
    })
}

/// Prints what an erasure did.
pub fn print_erased(json: bool, erased: &Erased) -> Result<(), CliError> {
    print_done(json, erased, || {
        let later = match erased.waiting {
            0 => String::new(),
            waiting => format!(" What {waiting} of them hold goes once the server has them."),
        };
        let aside = match erased.files_set_aside.as_slice() {
            [] => String::new(),
            files => format!("\nOlder copies are in {}: delete them, too.", files.join(", ")),
        };
        format!("Erased in {} entries, and {} photos.{later}{aside}", erased.entries, erased.photos)
    })
}

/// Prints how the station stands.
pub fn print_status(json: bool, status: &StationStatus) -> Result<(), CliError> {
    if json { print_json(status) } else { say(&standing(status)) }
}

fn standing(status: &StationStatus) -> String {
    let now = status.now;
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
    let shift = status.shift.as_ref();
    let shift = shift.map(|shift| format!("{} since {}", shift.site_name, clock(shift.started, now)));
    let oldest = status.outbox.oldest.filter(|_| status.outbox.waiting > 0);
    let oldest = oldest.map(|time| format!(", the oldest of {}", clock_and_age(time, now)));
    let pack = match (status.pack_seq, status.pack_issued_at) {
        (Some(number), Some(issued)) => {
            format!("{}, {number} of {}", status.pack_age, clock_and_age(issued.to_millis(), now))
        }
        _ => status.pack_age.to_owned(),
    };
    format!(
        "Organisation  {}\nServer        {}\nGuard         {}\nShift         {}\nWaiting       {} entries \
         and {} photos of {} entries{}; {} stuck\nLast in step  {}\nGate pack     {pack}\nClock         {}{}",
        text(&status.organisation),
        text(&status.server),
        if status.locked { "locked; unlock it by PIN or sign in".to_owned() } else { text(&status.guard) },
        text(&shift),
        status.outbox.waiting,
        status.outbox.photos,
        status.outbox.entries,
        oldest.unwrap_or_default(),
        status.outbox.stuck + status.outbox.stuck_photos,
        status.outbox.last_sync.map_or_else(|| "never".to_owned(), |time| clock_and_age(time, now)),
        if status.clock_trusted { "the server's" } else { "this device's own, not confirmed" },
        warnings(status),
    )
}

/// What somebody should do something about, each on lines of its own.
fn warnings(status: &StationStatus) -> String {
    // Once is enough: a revoked station refuses its guards as well.
    let refused = status.guard_refused.iter().map(String::as_str);
    let mut codes: Vec<&str> = refused.filter(|code| !status.revoked || *code != "device_revoked").collect();
    if status.revoked {
        codes.push("device_revoked");
    }
    if !status.unseen.is_empty() {
        codes.push("verdict_changed");
    }
    if status.storage_low {
        codes.push("storage_low");
    }
    match &status.salvaged {
        Some(salvaged) if salvaged.complete => codes.push("storage_salvaged"),
        Some(_) => codes.push("journal_damaged"),
        None if status.must_enrol_anew && !status.revoked => codes.push("must_enrol_anew"),
        None => {}
    }
    let mut text = String::new();
    for code in codes {
        text.push_str(&format!("\n{} ({code})", trouble(code)));
    }
    if let Some(saved) = &status.salvaged {
        text.push_str(&format!(
            "\nSaved {}: {} entries, {} of them apart, {} scans and walk-ups, {} photos. The damaged files are {}*.",
            clock_and_age(saved.at, status.now),
            saved.entries + saved.apart,
            saved.apart,
            saved.events,
            saved.photos,
            saved.set_aside,
        ));
    }
    text
}

/// A problem in two sentences: what happened, and what to do.
fn trouble(code: &str) -> String {
    said(&ProblemWords::of(code).sentence())
}

/// Prints a line for a person.
pub fn say(line: &str) -> Result<(), CliError> {
    print_line(line)
}
