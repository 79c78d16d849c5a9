//! `gatehouse keys`: the key set, for whoever verifies.

use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::hex;
use serde_json::json;

use super::{
    local::Local,
    output::{CliError, Status},
};

#[derive(Subcommand)]
pub enum Command {
    /// Write the key set as it is now to a file, and print the root's public key
    ///
    /// With both, anyone can check codes and journals: `gatehouse verify`, `gatehouse journal verify`. Neither is
    /// secret.
    Export(ExportArgs),
}

#[derive(clap::Args)]
pub struct ExportArgs {
    /// The file
    #[arg(long, value_name = "FILE")]
    keys: PathBuf,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    let Command::Export(args) = command;
    let (service, scope) = args.local.open()?;
    let ring = service.keyring(scope.org)?;
    let answer = ring.answer(service.now());
    std::fs::write(&args.keys, &answer.keys).map_err(|error| CliError::unwritable(&args.keys, &error))?;
    let root = hex::encode(&answer.root);
    let (version, expires) = (ring.set.version, ring.set.expires);
    args.local.print(&json!({ "root": root, "version": version, "expires": expires }), || root.clone())
}
