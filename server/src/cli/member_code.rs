//! `gatehouse member-code`: the code by which members' phones find the server.

use std::path::PathBuf;

use serde_json::json;

use super::{
    device::DEFAULT_URL,
    local::{Local, terminal_qr, write_png},
    output::{CliError, Status},
};

#[derive(clap::Args)]
pub struct Args {
    /// Also draw the code as a QR picture
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// The server's public address, which the code carries; without it, the one that `serve` last ran with
    #[arg(long, value_name = "URL", env = "GATEHOUSE_URL")]
    url: Option<String>,
    #[command(flatten)]
    local: Local,
}

pub fn run(args: &Args) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let url = match &args.url {
        Some(url) => url.clone(),
        None => service.public_url()?.unwrap_or_else(|| DEFAULT_URL.to_owned()),
    };
    let code = service.member_code(&scope, &url)?;
    let text = code.to_text();
    if let Some(path) = &args.png {
        write_png(path, &text)?;
    }
    let drawn = if args.local.json { String::new() } else { terminal_qr(&text)? };
    args.local.print(&json!({ "code": text, "url": code.url }), || format!("{drawn}{text}"))
}
