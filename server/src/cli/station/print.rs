//! What the station prints, as JSON or for a person.

use chrono::{DateTime, Local};
use gatehouse_core::{
    decision::Code,
    device::{Decided, GuardHere, ScanResult, ScannedBy, StationStatus, SyncReport, Visit},
    gatepack::ExpectedVisit,
    time::{UnixMillis, UnixSeconds},
};
use serde::Serialize;

use super::{CliError, print_json};
use crate::words;

/// Prints an answer as JSON, or its sentence.
pub fn print_done(
    json: bool,
    answer: &impl Serialize,
    sentence: impl FnOnce() -> String,
) -> Result<(), CliError> {
    if json { print_json(answer) } else { say(&sentence()) }
}

/// Prints what the guard sees of a scan or walk-up.
pub fn print_scan(json: bool, result: &ScanResult) -> Result<(), CliError> {
    if json {
        return print_json(result);
    }
    let who = match (&result.name, result.kind) {
        (Some(name), _) => name.clone(),
        (None, ScannedBy::Unreadable) => "unreadable code".to_owned(),
        (None, _) => "no name".to_owned(),
    };
    let host = result.host.as_ref().map(|host| format!(", visiting {host}")).unwrap_or_default();
    match result.verdict {
        _ if result.departure_of.is_some() => say(&format!("DEPARTURE {who}{host}"))?,
        None => say(&format!("WALK-UP   {who}"))?,
        Some(verdict) => say(&format!("{:<9} {who}{host}   [{}]", verdict.word(), result.code))?,
    }
    say(&format!("          {}", sentence(result)))?;
    for ban in &result.bans {
        say(&format!("          ban list: {} ({})", ban.names.join(", "), ban.reason))?;
    }
    say(&format!("          event {}", result.event))
}

/// One sentence why, with the facts that it rests on.
fn sentence(result: &ScanResult) -> String {
    if result.departure_of.is_some() {
        return "This visitor is inside: record the departure.".to_owned();
    }
    let at = |time: Option<String>| time.map(|time| format!(" ({time})")).unwrap_or_default();
    let detail = match result.code {
        Code::AlreadyUsed | Code::UsedUp => {
            at(result.last_used.map(|time| format!("used at {}", clock(time))))
        }
        Code::Offline | Code::PackStale | Code::PackExpired => {
            at(result.facts_from.map(|time: UnixSeconds| format!("data from {}", clock(time.to_millis()))))
        }
        _ => String::new(),
    };
    if result.verdict.is_none() {
        return "Grant or deny.".to_owned();
    }
    format!("{}{detail}", words::reason(result.code.word()).guard)
}

/// Prints a decision.
pub fn print_decided(json: bool, decided: &Decided) -> Result<(), CliError> {
    print_done(json, decided, || {
        let word = if decided.granted { "Granted" } else { "Denied" };
        let flagged = if decided.flagged { ", against DENIED" } else { "" };
        let inside = if decided.on_site { "; the visitor is on site" } else { "" };
        format!("{word}{flagged}{inside}.")
    })
}

/// Prints the visitors inside.
pub fn print_visits(json: bool, visits: &[Visit]) -> Result<(), CliError> {
    if json {
        return visits.iter().try_for_each(print_json);
    }
    if visits.is_empty() {
        return say("No visitor is inside.");
    }
    visits.iter().try_for_each(|visit| {
        let name = visit.name.as_deref().unwrap_or("no name");
        say(&format!("{}  {}  since {}  site {}", visit.stay, name, clock(visit.since), visit.site))
    })
}

/// Prints expected visits.
pub fn print_expected(json: bool, visits: &[ExpectedVisit]) -> Result<(), CliError> {
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
        let window = (clock(visit.from.to_millis()), clock(visit.until.to_millis()));
        say(&format!("{}  {}{host}  {} to {}", visit.subject, visit.name, window.0, window.1))
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
        let explain = |code: &String| {
            let problem = words::problem(code);
            format!("\n{}. {} ({code})", problem.title, problem.text)
        };
        let trouble = problem.map(explain).unwrap_or_default();
        let next = match report.next_try_in_ms {
            Some(ms) if problem.is_some() => format!("\nThe next try is due in {} s.", ms.div_ceil(1000)),
            _ => String::new(),
        };
        format!(
            "Sent {} entries and {} photos; {} wait, {} are stuck.{trouble}{next}",
            report.sent,
            report.photos,
            report.waiting,
            report.stuck + report.stuck_photos
        )
    })
}

/// Prints how the station stands.
pub fn print_status(json: bool, status: &StationStatus) -> Result<(), CliError> {
    print_done(json, status, || {
        let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "none".to_owned());
        let shift = status.shift.as_ref();
        let shift = shift.map(|shift| format!("{} since {}", shift.site_name, clock(shift.started)));
        let time = |time: Option<UnixMillis>| time.map_or_else(|| "never".to_owned(), clock);
        let mut warnings = Vec::new();
        if status.storage_low {
            warnings.push(words::problem("storage_low"));
        }
        if let Some(salvaged) = &status.salvaged {
            let code = if salvaged.complete { "storage_salvaged" } else { "journal_damaged" };
            warnings.push(words::problem(code));
        } else if status.must_enrol_anew {
            warnings.push(words::problem("must_enrol_anew"));
        }
        let warnings: String = warnings
            .iter()
            .map(|warning| format!("\n{}. {} ({})", warning.title, warning.text, warning.code))
            .collect();
        format!(
            "Organisation  {}\nServer        {}\nGuard         {}\nShift         {}\nWaiting       {} entries \
             and {} photos of {} entries; {} stuck\nLast in step  {}\nGate pack     {}\nClock         {}{warnings}",
            text(&status.organisation),
            text(&status.server),
            text(&status.guard),
            text(&shift),
            status.outbox.waiting,
            status.outbox.photos,
            status.outbox.entries,
            status.outbox.stuck + status.outbox.stuck_photos,
            time(status.outbox.last_sync),
            status.pack_age,
            if status.clock_trusted { "the server's" } else { "this device's own, not confirmed" },
        )
    })
}

/// Day and time, by this machine's time zone.
pub fn moment(time: UnixMillis) -> String {
    local(time, "%Y-%m-%d %H:%M")
}

fn clock(time: UnixMillis) -> String {
    local(time, "%H:%M")
}

fn local(time: UnixMillis, format: &str) -> String {
    let time = i64::try_from(time.get()).ok().and_then(DateTime::from_timestamp_millis);
    time.map(|time| time.with_timezone(&Local).format(format).to_string()).unwrap_or_default()
}

/// Prints a line for a person.
pub fn say(line: &str) -> Result<(), CliError> {
    use std::io::Write;
    writeln!(std::io::stdout().lock(), "{line}").map_err(|error| CliError::new("output_closed", error))
}
