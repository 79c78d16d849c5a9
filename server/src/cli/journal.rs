//! `gatehouse journal`: exporting a device's journal and verifying an export.

use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::journal::{ExportFault, Verified, verify_export_from};
use serde::Serialize;

use super::{
    choose,
    local::Local,
    output::{CliError, Status, print_json},
    verify::{parse_root, read_keys},
};

#[derive(Subcommand)]
pub enum Command {
    /// Check an exported journal: signatures, numbers, chain; with keys also certificate and receipt
    ///
    /// Prints one JSON object. Exit status: 0 all holds, 1 the first bad line is named, 2 wrong usage or a refused
    /// key set.
    Verify(VerifyArgs),
    /// Write a device's journal as the server has it to standard output, for anyone to check
    Export(ExportArgs),
}

#[derive(clap::Args)]
pub struct ExportArgs {
    /// The device's id, the beginning of it, or its name
    #[arg(long, value_name = "DEVICE")]
    device: String,
    /// Add the keys of the sealed parts: names, notes, places and photos can be read then
    #[arg(long)]
    disclose: bool,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct VerifyArgs {
    /// The export
    file: PathBuf,
    /// The organisation's root public key, 64 hexadecimal digits
    #[arg(long, value_name = "HEX", value_parser = parse_root, requires = "keys")]
    root: Option<[u8; 32]>,
    /// The organisation's key set
    #[arg(long, value_name = "FILE", requires = "root")]
    keys: Option<PathBuf>,
    /// Changes nothing: the answer is JSON anyway. Accepted as everywhere else
    #[arg(long, hide = true)]
    json: bool,
}

#[derive(Serialize)]
struct Good<'a> {
    ok: bool,
    #[serde(flatten)]
    verified: &'a Verified,
}

#[derive(Serialize)]
struct Bad<'a> {
    ok: bool,
    #[serde(flatten)]
    fault: &'a ExportFault,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Verify(args) => verify(&args),
        Command::Export(args) => export(&args),
    }
}

fn export(args: &ExportArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let device = choose::device(&service, &scope, &args.device)?;
    service.export_journal(&scope, device, args.disclose, &mut out)?;
    std::io::Write::flush(&mut out).map_err(|error| CliError::new("output_closed", error))?;
    Ok(Status::Done)
}

fn verify(args: &VerifyArgs) -> Result<Status, CliError> {
    let keys = match (&args.keys, args.root) {
        (Some(path), Some(root)) => Some(read_keys(path, root)?),
        _ => None,
    };
    let unreadable = |error: std::io::Error| CliError::file(&args.file, &error);
    let file = std::io::BufReader::new(std::fs::File::open(&args.file).map_err(unreadable)?);
    match verify_export_from(file, keys.as_ref()).map_err(unreadable)? {
        Ok(verified) => {
            print_json(&Good { ok: true, verified: &verified })?;
            Ok(Status::Done)
        }
        Err(fault) => {
            print_json(&Bad { ok: false, fault: &fault })?;
            Ok(Status::Wrong)
        }
    }
}
