//! The outbox by hand: send, see what is stuck, try it again.

use gatehouse_core::{
    device::{GuardStation, StuckEntry, StuckPhoto, SyncReport},
    words::ProblemWords,
};

use super::{
    CliError, PATIENCE_MS, Status,
    print::{print_done, print_report, say},
    print_json, refused,
    times::moment,
};
use crate::cli::language::word;

#[derive(clap::Args)]
pub struct SyncArgs {
    /// How long to try, in seconds
    #[arg(long, value_name = "N", default_value_t = 30)]
    seconds: u32,
    /// Only if it is due: for a timer, which then neither hammers the server nor waits too long
    #[arg(long)]
    if_due: bool,
}

/// Synchronises, and says what is left.
pub fn sync(station: &GuardStation, json: bool, args: &SyncArgs) -> Result<Status, CliError> {
    let deadline_ms = args.seconds.saturating_mul(1000);
    if !args.if_due {
        return told(station, json, &station.sync_once(deadline_ms).map_err(refused)?);
    }
    match station.sync_if_due(deadline_ms).map_err(refused)? {
        Some(report) => told(station, json, &report),
        None => {
            let next = station.next_sync().map_err(refused)?;
            print_done(json, &serde_json::json!({"due": false, "next_try_in_ms": next}), || match next {
                Some(ms) => format!("Not due before {} s from now.", ms.div_ceil(1000)),
                None => "It waits for somebody to sign in, enrol or retry.".to_owned(),
            })?;
            Ok(Status::Done)
        }
    }
}

/// Lists what is stuck, one a line.
pub fn list(station: &GuardStation, json: bool) -> Result<(), CliError> {
    let entries = station.stuck().map_err(refused)?;
    let photos = station.stuck_photos().map_err(refused)?;
    if json {
        entries.iter().try_for_each(print_json)?;
        return photos.iter().try_for_each(print_json);
    }
    if entries.is_empty() && photos.is_empty() {
        return say("Nothing is stuck.");
    }
    entries.iter().try_for_each(|entry| say(&entry_line(entry)))?;
    photos.iter().try_for_each(|photo: &StuckPhoto| {
        say(&format!(
            "photo {}  {} ({})",
            photo.sha256,
            word(ProblemWords::of(&photo.code).title),
            photo.code
        ))
    })
}

/// Puts back what is stuck, and synchronises at once.
pub fn retry(station: &GuardStation, json: bool) -> Result<Status, CliError> {
    let retried = station.retry_stuck().map_err(refused)?;
    print_done(json, &retried, || {
        let left = if retried.left > 0 { format!("; {} stay stuck", retried.left) } else { String::new() };
        format!("{} entries and {} photos are tried again{left}.", retried.entries, retried.photos)
    })?;
    told(station, json, &station.sync_once(PATIENCE_MS).map_err(refused)?)
}

fn told(station: &GuardStation, json: bool, report: &SyncReport) -> Result<Status, CliError> {
    print_report(json, report)?;
    let photos = station.status().map_err(refused)?.outbox.photos;
    if photos > 0 && !json {
        say(&format!("{photos} photos wait, too."))?;
    }
    let done = report.problem.is_none() && report.waiting + photos == 0;
    Ok(if done { Status::Done } else { Status::Wrong })
}

fn entry_line(entry: &StuckEntry) -> String {
    let id = entry.id.map_or_else(|| "unreadable".to_owned(), |id| id.to_string());
    let written = entry.written.map(moment).unwrap_or_default();
    let former = if entry.former.is_some() { ", of a former journal" } else { "" };
    let title = word(ProblemWords::of(&entry.code).title);
    format!("entry {}  {id}  {written}{former}  {title} ({})", entry.number, entry.code)
}
