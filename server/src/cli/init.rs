//! The first minutes in one command.

use std::path::PathBuf;

use gatehouse_core::address::Address;
use serde_json::json;

use super::{
    device::DEFAULT_URL,
    first,
    output::{CliError, Status, print_json, print_line},
};
use crate::{
    serve::{StartError, link_address},
    service::Service,
    store::Store,
};

#[derive(clap::Args)]
pub struct Args {
    /// Folder for the database, its master key and photos; made where it is missing
    #[arg(long, value_name = "DIR", default_value = "gatehouse-data", env = "GATEHOUSE_DATA")]
    data: PathBuf,
    /// Address under which people and phones will reach the server, like https://gate.example.org
    #[arg(long, value_name = "PUBLIC_URL", env = "GATEHOUSE_URL")]
    url: Option<String>,
    #[command(flatten)]
    first: first::First,
    /// Print JSON
    #[arg(long)]
    json: bool,
}

pub fn run(args: &Args) -> Result<Status, CliError> {
    let url = args.url.as_deref().map(|url| Address::parse(url).ok_or(StartError::Url)).transpose()?;
    let founded = args.first.found(&args.data)?;
    let service = Service::new(Store::open(&args.data)?);
    if let Some(url) = &url {
        service.choose_public_url(url)?;
    }
    let url = service.public_url()?.unwrap_or_else(|| DEFAULT_URL.to_owned());
    let link = founded.link.as_deref().map(|token| link_address(&url, token));
    let organisation = &founded.organisation;
    if args.json {
        print_json(&json!({
            "org": organisation.code,
            "name": organisation.name,
            "url": url,
            "site": founded.site,
            "admin": founded.admin.as_ref().map(|admin| admin.id),
            "sign_in": link,
        }))?;
        return Ok(Status::Done);
    }
    let data = args.data.display();
    print_line(format_args!("{} ({}) is ready in {data}.", organisation.name, organisation.code))?;
    if let (Some(number), Some(name)) = (founded.site, &args.first.site) {
        print_line(format_args!("Site {number}: {name}"))?;
    }
    if let Some(admin) = &founded.admin {
        print_line(format_args!("Owner: {}", admin.email.as_deref().unwrap_or(admin.name.as_str())))?;
    }
    print_line(format_args!("\nNow start the server:  gatehouse serve --data {data}"))?;
    if let Some(link) = link {
        print_line(format_args!("Then sign in once, within 30 minutes: {link}"))?;
    }
    Ok(Status::Done)
}
