//! Enrolling the station, once whoever does it has seen whose server it is.

use std::io::IsTerminal;

use gatehouse_core::{
    device::{EnrolmentEffect, EnrolmentOffer, GuardStation},
    message, phrase, typed,
};

use super::{CliError, PATIENCE_MS, print::print_done, refused};
use crate::cli::{
    language::{said, word},
    output::tell,
    picture::{Wanted, text_or_picture},
};

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
    let code = text_or_picture(&args.code, Wanted::Enrolment)?;
    let offer = station.look_at_code(&code, PATIENCE_MS).map_err(refused)?;
    if !json {
        tell(&format!("{}\n", sentence(&offer)));
    }
    let asks = !args.yes && !json && std::io::stdin().is_terminal() && offer.does != EnrolmentEffect::Nothing;
    if asks && !confirmed()? {
        return Err(CliError::new("cancelled", word(message!("enrol-unchanged"))));
    }
    let enrolled = station.enrol(code, args.name, PATIENCE_MS).map_err(refused)?;
    // The first gate pack is fetched at once, so that the station can work offline from now on.
    station.sync_once(PATIENCE_MS).map_err(refused)?;
    let organisation = &enrolled.organisation;
    print_done(json, &enrolled, || match &enrolled.moved_from {
        Some(_) => said(&phrase!("enrol-moved", organisation = organisation, server = &offer.server)),
        None => said(&phrase!("enrol-done", organisation = organisation)),
    })
}

fn sentence(offer: &EnrolmentOffer) -> String {
    let what = said(&offer.phrase());
    if offer.open_to_others { format!("{what}\n{}", word(message!("enrol-open_to_others"))) } else { what }
}

fn confirmed() -> Result<bool, CliError> {
    tell(&format!("{} ", word(message!("enrol-is_it_right"))));
    let mut line = String::new();
    std::io::stdin().read_line(&mut line).map_err(|error| CliError::new("input", error))?;
    Ok(matches!(typed::unframed(&line).to_lowercase().as_str(), "y" | "yes"))
}
