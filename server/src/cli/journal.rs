use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::journal::{ExportFault, Verified, verify_export};
use serde::Serialize;

use super::{
    output::{CliError, Status, print_json},
    verify::{parse_root, read_file, read_keys},
};

#[derive(Subcommand)]
pub enum Command {
    /// Check an exported journal: signatures, numbers, chain; with keys also certificate and receipt
    ///
    /// Prints one JSON object. Exit status: 0 all holds, 1 the first bad line is named, 2 wrong usage or a refused
    /// key set.
    Verify(VerifyArgs),
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
    }
}

fn verify(args: &VerifyArgs) -> Result<Status, CliError> {
    let keys = match (&args.keys, args.root) {
        (Some(path), Some(root)) => Some(read_keys(path, root)?),
        _ => None,
    };
    match verify_export(&read_file(&args.file)?, keys.as_ref()) {
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
