//! What the station prints, as JSON or for a person.

use gatehouse_core::{
    decision::{Code, Fact, Reason, Verdict},
    device::{Decided, Erased, GuardHere, ScanResult, ScannedBy, SiteHere, SyncReport, Visit},
    gatepack::{ExpectedVisit, PhotoPolicy},
    id::EntryId,
    message, phrase,
    time::UnixMillis,
    typed::{Misread, Word},
    words::{self, Arg, Id, Phrase, ProblemWords},
};
use serde::Serialize;

use super::{
    CliError,
    colour::Tone,
    print_json,
    times::{clock, said_with_age},
};
use crate::cli::{
    language::{joined, said, word},
    output::{print_line, print_painted},
};

/// As wide as a verdict and the space behind it.
const INDENT: &str = "          ";

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
        (None, ScannedBy::Unreadable) => word(message!("scan-unreadable")),
        (None, _) => word(message!("look-no_name")),
    };
    let visiting = visiting(&who, result.host.as_ref());
    let headed = |tone: Tone, head: Id, line: &str| {
        print_painted(&tone.paint(&format!("{:<9}", word(head))), &format!(" {line}"))
    };
    let tone = Tone::of(result.verdict);
    match result.verdict {
        _ if result.departure_of.is_some() => headed(Tone::Plain, message!("scan-departure"), &visiting)?,
        None => headed(tone, message!("scan-walk_up"), &who)?,
        Some(verdict) => {
            headed(tone, words::verdict(verdict), &format!("{visiting}   [{}]", result.code))?;
        }
    }
    match misread {
        Some(misread) => indented(&word(words::misread(misread)))?,
        None => indented(&sentence(result))?,
    }
    // Nobody asks the server about someone who shows no code.
    let asked = !matches!(result.kind, ScannedBy::Expected | ScannedBy::WalkUp);
    for reason in result.reasons.iter().filter(|reason| asked || reason.code != Code::Offline) {
        indented(&basis(reason, result.at))?;
    }
    if result.station_revoked {
        indented(&trouble("device_revoked"))?;
    }
    for ban in &result.bans {
        indented(&said(&words::ban(&ban.names, &ban.reason)))?;
    }
    if result.face.is_some() {
        let command = format!("gatehouse station face {} --out FILE", result.event);
        indented(&said(&phrase!("scan-compare_face", command = command)))?;
    }
    if result.photo == PhotoPolicy::Required && !result.has_photo && result.departure_of.is_none() {
        indented(&word(message!("scan-photo_required")))?;
    }
    let event = result.event.to_string();
    indented(&said(&match result.departure_of {
        Some(visit) => phrase!("scan-event_and_visit", event = event, visit = visit.to_string()),
        None => phrase!("scan-event", event = event),
    }))
}

/// Somebody with the host, where there is one.
fn visiting(name: &str, host: Option<&String>) -> String {
    match host {
        Some(host) => said(&phrase!("scan-visiting", name = name, host = host)),
        None => name.to_owned(),
    }
}

/// What the guard can type now.
pub fn how_to_decide(result: &ScanResult, word: Word) -> String {
    let word = word.to_string();
    let how = match (result.departure_of, result.verdict) {
        (Some(_), _) => phrase!("scan-type_departure", word = word),
        (None, Some(Verdict::Denied)) => phrase!("scan-type_denied", word = word),
        (None, _) => phrase!("scan-type_decision", word = word),
    };
    format!("{INDENT}{}", said(&how))
}

/// Prints that a visitor left.
pub fn print_departed(json: bool, stay: EntryId) -> Result<(), CliError> {
    print_done(json, &serde_json::json!({"departed": stay}), || word(message!("visits-departed")))
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
        return say(&word(message!("visits-nobody")));
    }
    visits.iter().try_for_each(|visit| {
        let name = visit.name.clone().unwrap_or_else(|| word(message!("look-no_name")));
        let since = said(&phrase!("on_site-since", time = clock(visit.since, now)));
        let site = said(&phrase!("visits-site", number = visit.site.to_string()));
        say(&format!("{}  {name}  {since}  {site}", visit.stay))
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
        return say(&word(message!("visits-not_expected")));
    }
    visits.iter().try_for_each(|visit| {
        let (from, until) = (clock(visit.from.to_millis(), now), clock(visit.until.to_millis(), now));
        let window = said(&phrase!("visits-window", from = from, until = until));
        say(&format!("{}  {}  {window}", visit.subject, visiting(&visit.name, visit.host.as_ref())))
    })
}

/// Prints the guards who signed in here.
pub fn print_guards(json: bool, guards: &[GuardHere]) -> Result<(), CliError> {
    if json {
        return guards.iter().try_for_each(print_json);
    }
    if guards.is_empty() {
        return say(&word(message!("guards-nobody")));
    }
    guards.iter().try_for_each(|guard| {
        let pin = if guard.has_pin { message!("guards-has_pin") } else { message!("guards-has_no_pin") };
        say(&format!("{}  {}  {}", guard.person, guard.name, word(pin)))
    })
}

/// Prints what a synchronisation did.
pub fn print_report(json: bool, report: &SyncReport) -> Result<(), CliError> {
    print_done(json, report, || {
        let mut lines = vec![said(&sent(report))];
        if let Some(code) = &report.problem {
            lines.push(format!("{} ({code})", trouble(code)));
            let next = report.next_try_in_ms.map(|ms| phrase!("sync-next_try", count = ms.div_ceil(1000)));
            lines.extend(next.iter().map(said));
        }
        lines.extend(report.changed.iter().map(changed));
        lines.join("\n")
    })
}

fn sent(report: &SyncReport) -> Phrase<'static> {
    phrase!(
        "sync-report",
        entries = phrase!("counted-entries", count = report.sent),
        photos = phrase!("counted-photos", count = report.photos),
        waiting = phrase!("sync-waiting", count = report.waiting),
        stuck = phrase!("sync-stuck", count = report.stuck + report.stuck_photos),
    )
}

/// An event whose verdict is another one now.
fn changed(result: &ScanResult) -> String {
    let who = result.name.as_ref().map_or_else(|| message!("look-no_name").into(), Arg::from);
    let now = result.verdict.map_or(message!("look-no_verdict"), words::verdict);
    let (code, event) = (result.code.word(), result.event.to_string());
    said(&phrase!("look-again", who = who, verdict = now, code = code, event = event))
}

/// Prints the sites that a station knows of.
pub fn print_sites(json: bool, sites: &[SiteHere]) -> Result<(), CliError> {
    if json {
        return sites.iter().try_for_each(print_json);
    }
    if sites.is_empty() {
        return say(&word(message!("site-none_known")));
    }
    sites.iter().try_for_each(|site| {
        let named = said(&phrase!("site-named", number = site.number.to_string(), name = &site.name));
        if site.assigned {
            return say(&named);
        }
        say(&format!("{named}  {}", word(message!("site-unassigned"))))
    })
}

/// Prints what an erasure did.
pub fn print_erased(json: bool, erased: &Erased) -> Result<(), CliError> {
    print_done(json, erased, || {
        let entries = phrase!("counted-entries", count = erased.entries);
        let photos = phrase!("counted-photos", count = erased.photos);
        let mut text = said(&phrase!("erased-here", entries = entries, photos = photos));
        if erased.waiting > 0 {
            text.push(' ');
            text.push_str(&said(&phrase!("erased-later", count = erased.waiting)));
        }
        if !erased.files_set_aside.is_empty() {
            let files = joined(erased.files_set_aside.iter().cloned());
            text.push('\n');
            text.push_str(&said(&phrase!("erased-copies", files = files)));
        }
        text
    })
}

/// A problem in two sentences: what happened, and what to do.
pub fn trouble(code: &str) -> String {
    said(&ProblemWords::of(code).sentence())
}

/// Prints a line that belongs to the one above it.
pub fn indented(line: &str) -> Result<(), CliError> {
    say(&format!("{INDENT}{line}"))
}

/// Prints a line for a person.
pub fn say(line: &str) -> Result<(), CliError> {
    print_line(line)
}
