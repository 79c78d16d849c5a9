//! `gatehouse organisation`: organisations on this server.

use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::id::OrgCode;
use serde_json::json;

use super::output::{CliError, Status, print_json, print_line};
use crate::{
    serve::StartError,
    service::{Service, organisations::code_of_name},
    store::{Store, organisation::Organisation},
};

#[derive(Subcommand)]
pub enum Command {
    /// Add another organisation to this server; the organisations see nothing of each other
    Add(AddArgs),
    /// List the organisations
    List(Folder),
}

#[derive(clap::Args)]
pub struct Folder {
    /// The server's data folder
    #[arg(long, value_name = "DIR", default_value = "gatehouse-data", env = "GATEHOUSE_DATA")]
    data: PathBuf,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// Its name
    #[arg(long, value_name = "NAME")]
    name: String,
    /// Its code: 2 to 24 of a-z, 0-9 and -; it can never change. Without one it is made of the name
    #[arg(long, value_name = "ID")]
    org: Option<OrgCode>,
    /// Its time zone
    #[arg(long, value_name = "ZONE", default_value = "UTC")]
    time_zone: String,
    #[command(flatten)]
    folder: Folder,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => {
            let service = Service::new(Store::open(&args.folder.data)?);
            let code = args.org.or_else(|| code_of_name(&args.name)).ok_or(StartError::NoCode)?;
            let made = service.create_organisation(&code, &args.name, &args.time_zone)?;
            print(&args.folder, &[made])
        }
        Command::List(folder) => {
            let service = Service::new(Store::open(&folder.data)?);
            print(&folder, &service.organisations()?)
        }
    }
}

fn print(folder: &Folder, organisations: &[Organisation]) -> Result<Status, CliError> {
    for Organisation { code, name, time_zone, .. } in organisations {
        if folder.json {
            print_json(&json!({ "org": code, "name": name, "time_zone": time_zone }))?;
        } else {
            print_line(format_args!("{code}: {name}"))?;
        }
    }
    Ok(Status::Done)
}
