//! Enrolling the station, once whoever does it has seen whose server it is.

use std::io::IsTerminal;

use gatehouse_core::{
    device::{EnrolmentEffect, EnrolmentOffer, GuardStation},
    typed, wire,
};

use super::{CliError, PATIENCE_MS, print::print_done, refused};
use crate::cli::{output::tell, picture::text_or_picture};

#[derive(clap::Args)]
pub struct Args {
    /// The code's text, or a PNG or JPEG picture of it
    code: String,
    /// What admins will call this station
    #[arg(long)]
    name: Option<String>,
    /// Do not ask whether the server is the right one
    #[arg(long)]
    yes: bool,
}

pub fn run(station: &GuardStation, json: bool, args: Args) -> Result<(), CliError> {
    let code = text_or_picture(&args.code, wire::ENROLMENT_PREFIX, "enrolment code")?;
    let offer = station.look_at_code(&code, PATIENCE_MS).map_err(refused)?;
    if !json {
        tell(&format!("{}\n", sentence(&offer)));
    }
    let asks = !args.yes && !json && std::io::stdin().is_terminal() && offer.does != EnrolmentEffect::Nothing;
    if asks && !confirmed()? {
        return Err(CliError::new("cancelled", "Nothing was changed."));
    }
    let enrolled = station.enrol(code, args.name, PATIENCE_MS).map_err(refused)?;
    // The first gate pack is fetched at once, so that the station can work offline from now on.
    station.sync_once(PATIENCE_MS).map_err(refused)?;
    print_done(json, &enrolled, || match &enrolled.moved_from {
        Some(_) => format!("{} is found at {} from now on.", enrolled.organisation, offer.server),
        None => format!("Enrolled with {}.", enrolled.organisation),
    })
}

fn sentence(offer: &EnrolmentOffer) -> String {
    let EnrolmentOffer { organisation, server, .. } = offer;
    let what = match &offer.does {
        EnrolmentEffect::Enrols => format!("Enrolling with {organisation} at {server}."),
        EnrolmentEffect::EnrolsAnew => format!("Enrolling anew with {organisation} at {server}."),
        EnrolmentEffect::Moves { from } => format!("{organisation} has moved from {from} to {server}."),
        EnrolmentEffect::Changes { from } => format!("Leaving {from} for {organisation} at {server}."),
        EnrolmentEffect::Nothing => format!("This code is of {organisation} at {server}."),
    };
    if offer.open_to_others {
        format!(
            "{what}\nWarning: without HTTPS anyone on the way can read along and answer in the server's place."
        )
    } else {
        what
    }
}

fn confirmed() -> Result<bool, CliError> {
    tell("Is this right? [y/N] ");
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| CliError::new("input", error))?;
    Ok(matches!(typed::unframed(&line).to_lowercase().as_str(), "y" | "yes"))
}
