//! Scanning one code that is given, or one after the other as a scanner reads them.

use std::{ffi::OsString, path::PathBuf};

use gatehouse_core::{device::GuardStation, message, place::Fix, typed::Misread};

use super::{Choice, CliError, Status, print, read_file, refused, scanning, send};
use crate::cli::language::word;

#[derive(clap::Args)]
pub struct Args {
    /// A PNG or JPEG picture of the code
    #[arg(long, value_name = "FILE", conflicts_with = "code")]
    image: Option<PathBuf>,
    /// The code's text
    #[arg(long, value_name = "TEXT", allow_hyphen_values = true)]
    code: Option<OsString>,
    /// A PNG or JPEG photo of an invited visitor, kept if the scan is granted
    #[arg(long, value_name = "FILE", requires = "outcome")]
    photo: Option<PathBuf>,
    /// Without the bell, which else rings once for VERIFIED, twice for CAUTION, three times for DENIED
    #[arg(long)]
    quiet: bool,
    #[command(flatten)]
    choice: Choice,
}

pub fn run(station: GuardStation, json: bool, fix: Option<Fix>, args: Args) -> Result<Status, CliError> {
    let (result, misread) = match (&args.image, &args.code) {
        (Some(image), _) => (station.scan_picture(read_file(image)?, fix), None),
        (None, Some(code)) => {
            let code = code.to_string_lossy();
            (
                station.scan(code.clone().into_owned(), fix),
                Misread::of(gatehouse_core::typed::unframed(&code)),
            )
        }
        (None, None) if args.choice.granted().is_some() => {
            return Err(CliError::new("usage", word(message!("scan-choice_without_code"))));
        }
        (None, None) => return scanning::run(station, json, args.quiet, fix).map(|()| Status::Done),
    };
    let result = result.map_err(refused)?;
    print::print_scan(json, &result, misread)?;
    if let Some(granted) = args.choice.granted() {
        let photo = args.photo.map(|path| read_file(&path)).transpose()?;
        let decided = station.decide(&result, granted, args.choice.reason, photo, fix).map_err(refused)?;
        print::print_decided(json, &decided)?;
    }
    if result.online {
        send(&station);
    }
    Ok(result.verdict.map_or(Status::Done, Status::Verdict))
}
