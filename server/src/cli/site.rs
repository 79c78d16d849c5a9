//! `gatehouse site`: sites, their places and what they ask for.

use clap::Subcommand;
use gatehouse_core::{
    gatepack::PhotoPolicy,
    id::SiteNumber,
    phrase,
    place::{Geofence, GeofenceRule},
};
use serde_json::json;

use super::{
    language::said,
    local::Local,
    location,
    output::{CliError, Status},
};
use crate::store::site::NewSite;

#[derive(Subcommand)]
pub enum Command {
    /// Add a site: a place with one or more gates
    Add(AddArgs),
    /// List the sites
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// Its name
    #[arg(long, value_name = "N")]
    name: String,
    /// Where it lies: degrees north, degrees east, radius in metres
    #[arg(long, value_name = "LAT,LON,RADIUS", value_parser = location::circle, allow_hyphen_values = true)]
    location: Option<(i32, i32, u32)>,
    /// What happens to scans from elsewhere
    #[arg(long, value_name = "RULE", value_parser = ["ignore", "flag", "block"], default_value = "flag")]
    geofence: String,
    /// Metres around that circle which still count as there
    #[arg(long, value_name = "METRES", default_value_t = Geofence::DEFAULT_BUFFER_M)]
    buffer: u32,
    /// Its time zone; without one the organisation's
    #[arg(long, value_name = "ZONE")]
    time_zone: Option<String>,
    /// Photos of invited visitors on arrival
    #[arg(long, value_name = "POLICY", value_parser = ["off", "optional", "required"], default_value = "optional")]
    arrival_photo: String,
    /// Photos of visitors without a code
    #[arg(long, value_name = "POLICY", value_parser = ["off", "optional", "required"], default_value = "optional")]
    walk_up_photo: String,
    /// Show guards a photo of the person beside the verdict
    #[arg(long)]
    show_face: bool,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ListArgs {
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => add(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: &AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let rule = match args.geofence.as_str() {
        "ignore" => GeofenceRule::Ignore,
        "block" => GeofenceRule::Block,
        _ => GeofenceRule::Flag,
    };
    let buffer_m = args.buffer;
    let fence = |(latitude_e6, longitude_e6, radius_m)| Geofence {
        latitude_e6,
        longitude_e6,
        radius_m,
        rule,
        buffer_m,
    };
    let time_zone = match &args.time_zone {
        Some(zone) => zone.clone(),
        None => service.organisation(scope.org)?.time_zone,
    };
    let site = NewSite {
        name: args.name.clone(),
        time_zone,
        geofence: args.location.map(fence),
        arrival_photo: photo_policy(&args.arrival_photo),
        walk_up_photo: photo_policy(&args.walk_up_photo),
        show_face: args.show_face,
    };
    let number = service.add_site(&scope, &site)?;
    let answer = json!({ "number": number, "name": site.name.trim() });
    args.local.print(&answer, || named(number, site.name.trim()))
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let sites = service.sites(&scope)?;
    let answer: Vec<_> =
        sites.iter().map(|site| json!({ "number": site.number, "name": site.name })).collect();
    let lines = sites.iter().map(|site| named(site.number, &site.name));
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}

fn named(number: SiteNumber, name: &str) -> String {
    said(&phrase!("site-named", number = number.to_string(), name = name))
}

fn photo_policy(word: &str) -> PhotoPolicy {
    match word {
        "off" => PhotoPolicy::Off,
        "required" => PhotoPolicy::Required,
        _ => PhotoPolicy::Optional,
    }
}
