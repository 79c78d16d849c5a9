//! `gatehouse pass`: issuing a code to show or print.

use std::path::PathBuf;

use chrono_tz::Tz;
use clap::{ArgGroup, Subcommand};
use gatehouse_core::{
    phrase,
    print::{self, Paper, Written},
    time::UnixSeconds,
};
use serde_json::json;

use super::{
    choose,
    language::{language, said},
    local::{Local, now, time_text, undrawn, write_png},
    output::{CliError, Status},
};
use crate::{
    folder::write_private,
    service::{Scope, Service, ServiceError},
    store::{invitation::Invitation, organisation::Organisation},
    web::view::Moment,
};

#[derive(Subcommand)]
pub enum Command {
    /// Draw a person's code: a fresh access ID of a member, or an invitation's code
    Issue(IssueArgs),
}

#[derive(clap::Args)]
#[command(group = ArgGroup::new("whose").required(true).args(["member", "invitation"]))]
#[command(group = ArgGroup::new("drawn").required(true).multiple(true).args(["png", "card", "badge"]))]
pub struct IssueArgs {
    /// A member's id or e-mail address; the access ID is good for two minutes
    #[arg(long, value_name = "ID")]
    member: Option<String>,
    /// An invitation's id or reference
    #[arg(long, value_name = "ID")]
    invitation: Option<String>,
    /// Where to put the QR picture
    #[arg(long, value_name = "FILE")]
    png: Option<PathBuf>,
    /// Where to put an invitation's card for a wallet (SVG, 85.6 by 54 mm), to be printed at 100 %
    #[arg(long, value_name = "FILE", conflicts_with = "member")]
    card: Option<PathBuf>,
    /// Where to put an invitation's badge to be worn (SVG, 3.5 by 2.25 inches), to be printed at 100 %
    #[arg(long, value_name = "FILE", conflicts_with = "member")]
    badge: Option<PathBuf>,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    let Command::Issue(args) = command;
    let (service, scope) = args.local.open()?;
    let mut visit = None;
    let (code, expires_at) = match (&args.member, &args.invitation) {
        (Some(member), _) => {
            let person = choose::user(&service, &scope, member)?.id;
            let answer = member_pass(&service, &scope, person)?;
            (answer.code, answer.expires_at)
        }
        (None, Some(invitation)) => {
            let found = choose::invitation(&service, &scope, invitation)?;
            let answer = service.invitation_code(&scope, found.id)?;
            visit = Some(found);
            answer
        }
        (None, None) => return Err(CliError::new("usage", "give --member or --invitation")),
    };
    if let Some(path) = &args.png {
        write_png(path, &code)?;
    }
    if let Some(visit) = &visit {
        let organisation = service.organisation(scope.org)?;
        let papers = [(Paper::Card, &args.card), (Paper::Badge, &args.badge)];
        for (paper, path) in papers.into_iter().filter_map(|(paper, path)| Some((paper, path.as_ref()?))) {
            let drawn = printed(paper, visit, &organisation, &code, expires_at)?;
            write_private(path, drawn.as_bytes()).map_err(|error| CliError::unwritable(path, &error))?;
        }
    }
    let file = |path: &Option<PathBuf>| path.as_ref().map(|path| path.display().to_string());
    let mut answer = json!({ "code": code, "expires_at": expires_at });
    if let Some(answer) = answer.as_object_mut() {
        for (name, path) in [("png", &args.png), ("card", &args.card), ("badge", &args.badge)] {
            answer.extend(file(path).map(|path| (name.to_owned(), path.into())));
        }
    }
    args.local.print(&answer, || {
        let good = phrase!("code-good_until", time = time_text(expires_at));
        format!("{code}\n{}", said(&good))
    })
}

/// A card or badge of an invitation.
fn printed(
    paper: Paper,
    visit: &Invitation,
    organisation: &Organisation,
    code: &str,
    until: UnixSeconds,
) -> Result<String, CliError> {
    let host = visit.host.as_ref().map(|host| said(&phrase!("print-host", host = host)));
    let zone: Tz = organisation.time_zone.parse().unwrap_or(Tz::UTC);
    let at_ms = until.to_millis().get() as i64;
    let time = Moment::of_day(language(), at_ms, at_ms, &zone).minute;
    let good = said(&phrase!("code-good_until", time = time));
    let more: Vec<String> = host.into_iter().chain([good]).collect();
    let written = Written { organisation: &organisation.name, name: &visit.visitor, more: &more };
    print::svg(paper, code, written).map_err(|error| undrawn(&error))
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
