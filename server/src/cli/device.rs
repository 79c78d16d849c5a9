//! `gatehouse device`: enrolling stations and revoking them.

use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::{id::DeviceId, message, phrase};
use serde_json::json;

use super::{
    choose,
    language::{joined, said, word},
    local::{Local, terminal_qr, time_text, write_png},
    output::{CliError, Status},
};

/// Where `serve` listens unless it is told otherwise.
pub const DEFAULT_URL: &str = "http://127.0.0.1:8080";

#[derive(Subcommand)]
pub enum Command {
    /// Make a code that enrols one phone or station within 15 minutes
    Code(CodeArgs),
    /// Revoke a device; nothing from it is taken any more
    Revoke(RevokeArgs),
    /// List the devices
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct CodeArgs {
    /// What the device is to be called
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Id or name of the device that this one replaces: it is revoked once the code is used, and only the new one goes on
    /// from its journal
    #[arg(long, value_name = "DEVICE")]
    replaces: Option<String>,
    /// Also draw the code as a QR picture
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// The server's public address, which the code carries; without it, the one that `serve` last ran with
    #[arg(long, value_name = "URL", env = "GATEHOUSE_URL")]
    url: Option<String>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct RevokeArgs {
    /// The device's id, or the beginning of it, or its name
    id: String,
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
        Command::Code(args) => code(&args),
        Command::Revoke(args) => revoke(&args),
        Command::List(args) => list(&args),
    }
}

fn code(args: &CodeArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let replaces =
        args.replaces.as_deref().map(|typed| choose::device(&service, &scope, typed)).transpose()?;
    let url = match &args.url {
        Some(url) => url.clone(),
        None => service.public_url()?.unwrap_or_else(|| DEFAULT_URL.to_owned()),
    };
    let (code, expires_at) = service.enrolment_code_instead(&scope, args.name.as_deref(), &url, replaces)?;
    let (text, expires_at) = (code.to_text(), expires_at.to_seconds());
    if let Some(path) = &args.png {
        write_png(path, &text)?;
    }
    let answer = json!({ "code": text, "url": code.url, "expires_at": expires_at });
    let drawn = if args.local.json { String::new() } else { terminal_qr(&text)? };
    args.local.print(&answer, || {
        let good = phrase!("device-code_good", url = &code.url, time = time_text(expires_at));
        format!("{drawn}{text}\n{}", said(&good))
    })
}

fn revoke(args: &RevokeArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let id = choose::device(&service, &scope, &args.id)?;
    service.revoke_device(&scope, id)?;
    args.local.print(&json!({ "id": id, "revoked": true }), || {
        said(&phrase!("device-is_revoked", id = id.to_string()))
    })
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let devices = service.devices(&scope)?;
    let counted = service.doubts(&scope)?;
    let doubts =
        |id: DeviceId| counted.iter().find(|(device, _)| *device == id).map_or(0, |(_, number)| *number);
    let answer: Vec<_> = devices
        .iter()
        .map(|device| {
            json!({
                "id": device.id,
                "name": device.name,
                "entries": device.head.number,
                "revoked": device.revoked_at.is_some(),
                "forked": device.forked_at.is_some(),
                "continues": device.continues,
                "replaces": device.replaces,
                "doubts": doubts(device.id),
            })
        })
        .collect();
    let name = |id: DeviceId| devices.iter().find(|device| device.id == id).map(|device| device.name.clone());
    let lines = devices.iter().map(|device| {
        let goes_on = |id: DeviceId| {
            let name = name(id).unwrap_or_default();
            said(&phrase!("device-goes_on_from", name = name, id = id.to_string()))
        };
        let mut parts = vec![format!("{}: {}", device.name, device.id)];
        if device.revoked_at.is_some() {
            parts.push(word(message!("device-revoked")));
        }
        if device.forked_at.is_some() {
            parts.push(word(message!("device-cut_off")));
        }
        parts.extend(device.continues.map(goes_on));
        match doubts(device.id) {
            0 => {}
            count => parts.push(said(&phrase!("device-do_not_fit", count = count))),
        }
        joined(parts)
    });
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}
