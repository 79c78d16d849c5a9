//! `gatehouse pass`: issuing a code to show or print.

use std::path::PathBuf;

use clap::{ArgGroup, Subcommand};
use gatehouse_core::phrase;
use serde_json::json;

use super::{
    choose,
    language::said,
    local::{Local, now, time_text, write_png},
    output::{CliError, Status},
};
use crate::service::{Scope, Service, ServiceError};

#[derive(Subcommand)]
pub enum Command {
    /// Draw a person's code: a fresh access ID of a member, or an invitation's code
    Issue(IssueArgs),
}

#[derive(clap::Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["member", "invitation"]))]
pub struct IssueArgs {
    /// A member's id or e-mail address; the access ID is good for two minutes
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// An invitation's id or reference
    #[arg(long, value_name = "ID")]
    invitation: Option<String>,
    /// Where to put the QR picture
    #[arg(long, value_name = "FILE")]
    png: PathBuf,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    let Command::Issue(args) = command;
    let (service, scope) = args.local.open()?;
    let (code, expires_at) = match (&args.member, &args.invitation) {
        (Some(member), _) => {
            let person = choose::user(&service, &scope, member)?.id;
            let answer = member_pass(&service, &scope, person)?;
            (answer.code, answer.expires_at)
        }
        (None, Some(invitation)) => {
            let found = choose::invitation(&service, &scope, invitation)?;
            service.invitation_code(&scope, found.id)?
        }
        (None, None) => return Err(CliError::new("usage", "give --member or --invitation")),
    };
    write_png(&args.png, &code)?;
    let answer = json!({ "code": code, "expires_at": expires_at, "png": args.png.display().to_string() });
    args.local.print(&answer, || {
        let good = phrase!("code-good_until", time = time_text(expires_at));
        format!("{code}\n{}", said(&good))
    })
}

/// Waits out the second after an invalidation.
fn member_pass(
    service: &Service,
    scope: &Scope,
    person: gatehouse_core::id::PersonId,
) -> Result<gatehouse_core::wire::GenerateIdAnswer, CliError> {
    match service.member_pass(scope, person) {
        Err(ServiceError::NotBefore(time)) => {
            std::thread::sleep(std::time::Duration::from_secs(time.since(now()).clamp(1, 2)));
            Ok(service.member_pass(scope, person)?)
        }
        other => Ok(other?),
    }
}
