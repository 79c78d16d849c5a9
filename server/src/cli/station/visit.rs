//! `gatehouse station`: deciding, walk-ups, arrivals by name and departures.

use std::path::PathBuf;

use gatehouse_core::{
    device::{self, Decided, GuardStation, ScanResult, Seen, StationError},
    id::{EntryId, SiteNumber, SubjectId},
    message,
    place::Fix,
};

use super::{Choice, CliError, choose, print, print::print_done, read_file, refused, send};
use crate::cli::language::word;

#[derive(clap::Args)]
pub struct WalkUp {
    /// The visitor's name
    #[arg(long)]
    name: String,
    /// Whom they say they visit
    #[arg(long, value_name = "NAME")]
    host: Option<String>,
    /// Why they come
    #[arg(long, value_name = "T")]
    purpose: Option<String>,
    /// Another site than the shift's, for a guard of several, by number or name
    #[arg(long, value_name = "SITE")]
    site: Option<String>,
    /// A PNG or JPEG photo
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

#[derive(clap::Args)]
pub struct Arrive {
    /// The invitation, as `search` names it
    invitation: SubjectId,
    /// A PNG or JPEG photo
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

#[derive(clap::Args)]
pub struct Decide {
    /// The event, as the scan named it
    event: EntryId,
    /// Number of the judgement that the guard looked at; without it, the last one that this station showed
    #[arg(long, value_name = "N")]
    judgement: Option<u32>,
    /// A PNG or JPEG photo of an invited visitor
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
    #[command(flatten)]
    choice: Choice,
}

#[derive(clap::Args)]
pub struct Correct {
    /// The event, as the scan named it
    event: EntryId,
    #[command(flatten)]
    outcome: Outcome,
    /// Why the decision is put right
    #[arg(long, value_name = "T")]
    reason: String,
}

/// What a decision comes to.
#[derive(clap::Args)]
#[group(required = true, multiple = false)]
struct Outcome {
    /// The visitor was let in
    #[arg(long)]
    grant: bool,
    /// The visitor was not let in
    #[arg(long)]
    deny: bool,
}

impl Outcome {
    /// One of the two was given, and never both.
    const fn granted(&self) -> bool {
        self.grant && !self.deny
    }
}

#[derive(clap::Args)]
pub struct Report {
    /// The event, as the scan named it
    event: EntryId,
    /// What seems wrong
    #[arg(long, value_name = "T")]
    note: Option<String>,
    /// A PNG or JPEG photo
    #[arg(long, value_name = "FILE")]
    photo: Option<PathBuf>,
}

pub fn walk_up(station: &GuardStation, json: bool, fix: Option<Fix>, args: WalkUp) -> Result<(), CliError> {
    let photo = args.photo.map(|path| read_file(&path)).transpose()?;
    let site = args.site.map(|site| choose::site(station, &site)).transpose()?;
    let visitor = device::WalkUp { name: args.name, host: args.host, reason: args.purpose };
    let result = station.walk_up(visitor, site, photo, fix).map_err(refused)?;
    registered(station, json, fix, &result, args.choice)
}

pub fn arrive(station: &GuardStation, json: bool, fix: Option<Fix>, args: Arrive) -> Result<(), CliError> {
    let photo = args.photo.map(|path| read_file(&path)).transpose()?;
    let result = station.arrive(args.invitation, photo, fix).map_err(refused)?;
    registered(station, json, fix, &result, args.choice)
}

fn registered(
    station: &GuardStation,
    json: bool,
    fix: Option<Fix>,
    result: &ScanResult,
    choice: Choice,
) -> Result<(), CliError> {
    print::print_scan(json, result, None)?;
    if let Some(granted) = choice.granted() {
        let decided = station.decide(result, granted, choice.reason, None, fix).map_err(refused)?;
        print::print_decided(json, &decided)?;
    }
    send(station);
    Ok(())
}

/// What came of a decision. Where the verdict has changed since it was shown, the new one is shown.
pub fn looked_at(
    station: &GuardStation,
    json: bool,
    event: EntryId,
    outcome: Result<Decided, StationError>,
) -> Result<Decided, CliError> {
    if let Err(StationError::VerdictChanged { .. }) = &outcome {
        print::print_scan(json, &station.look(event).map_err(refused)?, None)?;
    }
    outcome.map_err(refused)
}

pub fn decide(station: &GuardStation, json: bool, fix: Option<Fix>, args: Decide) -> Result<(), CliError> {
    let granted = args.choice.granted();
    let granted = granted.ok_or_else(|| CliError::new("usage", word(message!("scan-choice_missing"))))?;
    let photo = args.photo.map(|path| read_file(&path)).transpose()?;
    let seen = Seen { event: args.event, judgement: args.judgement };
    let outcome = station.decide(seen, granted, args.choice.reason, photo, fix);
    print::print_decided(json, &looked_at(station, json, args.event, outcome)?)?;
    send(station);
    Ok(())
}

pub fn correct(station: &GuardStation, json: bool, fix: Option<Fix>, args: Correct) -> Result<(), CliError> {
    let granted = args.outcome.granted();
    let decided = station.correct(args.event, granted, Some(args.reason), fix).map_err(refused)?;
    print::print_decided(json, &decided)?;
    send(station);
    Ok(())
}

pub fn report(station: &GuardStation, json: bool, fix: Option<Fix>, args: Report) -> Result<(), CliError> {
    let photo = args.photo.map(|path| read_file(&path)).transpose()?;
    station.report(args.event, args.note, photo, fix).map_err(refused)?;
    print_done(json, &serde_json::json!({"reported": args.event}), || word(message!("scan-reported")))?;
    send(station);
    Ok(())
}

pub fn search(
    station: &GuardStation,
    json: bool,
    name: String,
    site: Option<SiteNumber>,
) -> Result<(), CliError> {
    let visits = station.expected(name, site).map_err(refused)?;
    print::print_expected(json, &visits, station.status().map_err(refused)?.now)
}
