//! The outbox by hand: send, see what is stuck, try it again.

use gatehouse_core::{
    device::{GuardStation, Retried, StuckEntry, StuckPhoto, SyncReport},
    message, phrase,
    words::{Phrase, ProblemWords},
};

use super::{
    CliError, PATIENCE_MS, Status,
    print::{print_done, print_report, say},
    print_json, refused,
    times::moment,
};
use crate::cli::language::{said, word};

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
                Some(ms) => said(&phrase!("sync-not_due", count = ms.div_ceil(1000))),
                None => word(message!("sync-waits")),
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
        return say(&word(message!("stuck-nothing")));
    }
    entries.iter().try_for_each(|entry| say(&entry_line(entry)))?;
    photos.iter().try_for_each(|photo: &StuckPhoto| {
        let which = said(&phrase!("stuck-photo", digest = photo.sha256.to_string()));
        say(&format!("{which}  {} ({})", word(ProblemWords::of(&photo.code).title), photo.code))
    })
}

/// Puts back what is stuck, and synchronises at once.
pub fn retry(station: &GuardStation, json: bool) -> Result<Status, CliError> {
    let retried = station.retry_stuck().map_err(refused)?;
    print_done(json, &retried, || said(&tried_again(&retried)))?;
    told(station, json, &station.sync_once(PATIENCE_MS).map_err(refused)?)
}

fn told(station: &GuardStation, json: bool, report: &SyncReport) -> Result<Status, CliError> {
    print_report(json, report)?;
    let photos = station.status().map_err(refused)?.outbox.photos;
    if photos > 0 && !json {
        say(&said(&phrase!("sync-photos_wait", count = photos)))?;
    }
    let done = report.problem.is_none() && report.waiting + photos == 0;
    Ok(if done { Status::Done } else { Status::Wrong })
}

fn tried_again(retried: &Retried) -> Phrase<'static> {
    let entries = phrase!("counted-entries", count = retried.entries);
    let photos = phrase!("counted-photos", count = retried.photos);
    match retried.left {
        0 => phrase!("stuck-retried", entries = entries, photos = photos),
        left => phrase!("stuck-retried_but", entries = entries, photos = photos, count = left),
    }
}

fn entry_line(entry: &StuckEntry) -> String {
    let which = said(&phrase!("stuck-entry", number = entry.number.to_string()));
    let id = entry.id.map_or_else(|| word(message!("stuck-unreadable")), |id| id.to_string());
    let written = entry.written.map(moment).unwrap_or_default();
    let written = match entry.former {
        Some(_) => said(&phrase!("stuck-former", time = written)),
        None => written,
    };
    let title = word(ProblemWords::of(&entry.code).title);
    format!("{which}  {id}  {written}  {title} ({})", entry.code)
}
