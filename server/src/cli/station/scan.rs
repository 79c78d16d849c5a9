use std::{
    ffi::OsString,
    io::{BufRead, IsTerminal, Read},
    path::PathBuf,
    sync::{Arc, mpsc},
    thread,
    time::{Duration, Instant},
};

use gatehouse_core::{
    device::{GuardStation, ScanResult},
    id::EntryId,
    place::Fix,
};

use super::{Choice, CliError, Status, print, read_file, refused, send, visit};
use crate::cli::verify::skip_line;

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
    #[command(flatten)]
    choice: Choice,
}

/// Longest line that a scanner may type; of anything longer the rest is passed over, and it is no code either way.
const LONGEST_LINE: u64 = 4096;
/// Nobody decides this soon after seeing a verdict: what comes so early was typed by the code, not by the guard.
const TOO_SOON: Duration = Duration::from_millis(300);

pub fn run(station: GuardStation, json: bool, fix: Option<Fix>, args: Args) -> Result<Status, CliError> {
    let result = match (&args.image, &args.code) {
        (Some(image), _) => station.scan_picture(read_file(image)?, fix),
        (None, Some(code)) => station.scan(code.to_string_lossy().into_owned(), fix),
        (None, None) if args.choice.granted().is_some() => {
            return Err(CliError::new("usage", "--grant and --deny go with --code or --image."));
        }
        (None, None) => return wedge(station, json, fix).map(|()| Status::Done),
    };
    let result = result.map_err(refused)?;
    print::print_scan(json, &result)?;
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

/// Reads standard input as a keyboard-wedge scanner types it, until it ends.
fn wedge(station: GuardStation, json: bool, fix: Option<Fix>) -> Result<(), CliError> {
    let station = Arc::new(station);
    // Sending goes on beside the scanning: nobody at the gate waits for it.
    let (something, wanted) = mpsc::channel::<()>();
    let sender = {
        let station = Arc::clone(&station);
        thread::spawn(move || {
            while wanted.recv().is_ok() {
                // Whatever came meanwhile goes along.
                while wanted.try_recv().is_ok() {}
                send(&station);
            }
        })
    };
    let outcome = read_lines(&station, json, fix, &something);
    drop(something);
    let _ = sender.join();
    outcome
}

fn read_lines(
    station: &GuardStation,
    json: bool,
    fix: Option<Fix>,
    something: &mpsc::Sender<()>,
) -> Result<(), CliError> {
    let mut input = std::io::stdin().lock();
    let at_a_keyboard = input.is_terminal();
    let mut last: Option<EntryId> = None;
    let mut shown = Instant::now();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', &mut line);
        if read.map_err(|error| CliError::new("input", error))? == 0 {
            return Ok(());
        }
        if !line.ends_with(b"\n") && line.len() as u64 == LONGEST_LINE {
            skip_line(&mut input).map_err(|error| CliError::new("input", error))?;
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        let outcome = match command(text) {
            Typed::Nothing => continue,
            Typed::Decision { .. } if at_a_keyboard && shown.elapsed() < TOO_SOON => Err(CliError::new(
                "too_soon",
                "That came before anyone could read the verdict; it was passed over.",
            )),
            Typed::Decision { granted, reason } => decide(station, json, fix, last, (granted, reason)),
            Typed::Code => {
                // If this scan fails, a decision must not fall on the one before it.
                last = None;
                let result = scan(station, json, fix, text);
                shown = Instant::now();
                result.map(|result| last = Some(result.event))
            }
        };
        match outcome {
            Ok(()) => {
                // The receiver lives as long as the scanning.
                let _ = something.send(());
            }
            Err(error) if error.code() == "output_closed" => return Err(error),
            Err(error) => eprintln!("{error}"),
        }
    }
}

enum Typed<'a> {
    Nothing,
    Code,
    Decision { granted: bool, reason: &'a str },
}

fn command(text: &str) -> Typed<'_> {
    let (word, rest) = text.split_once(char::is_whitespace).unwrap_or((text, ""));
    match (word, rest) {
        ("", _) => Typed::Nothing,
        // Without a reason: no line can grant against DENIED, whoever typed it.
        ("g", "") => Typed::Decision { granted: true, reason: "" },
        ("d", reason) => Typed::Decision { granted: false, reason },
        _ => Typed::Code,
    }
}

fn scan(station: &GuardStation, json: bool, fix: Option<Fix>, text: &str) -> Result<ScanResult, CliError> {
    let result = station.scan(text.to_owned(), fix).map_err(refused)?;
    print::print_scan(json, &result)?;
    Ok(result)
}

fn decide(
    station: &GuardStation,
    json: bool,
    fix: Option<Fix>,
    last: Option<EntryId>,
    (granted, reason): (bool, &str),
) -> Result<(), CliError> {
    let event = last.ok_or_else(|| CliError::new("unknown_event", "There is no scan to decide yet."))?;
    let reason = (!reason.is_empty()).then(|| reason.to_owned());
    let outcome = station.decide(event, granted, reason, None, fix);
    print::print_decided(json, &visit::looked_at(station, json, event, outcome)?)
}
