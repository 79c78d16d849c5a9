use clap::Subcommand;
use serde_json::json;

use super::{
    local::{Local, now, time_text},
    output::{CliError, Status},
    visit::Visit,
};
use crate::{service::invitations::NewVisit, store::invitation::Filter};

#[derive(Subcommand)]
pub enum Command {
    /// Invite a visitor, and print the code
    Add(AddArgs),
    /// Cancel an invitation; its code is denied from now on
    Cancel(CancelArgs),
    /// List the newest invitations
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    #[command(flatten)]
    visit: Visit,
    /// The host's e-mail address or id
    #[arg(long, value_name = "E")]
    host: Option<String>,
    /// The visitor's e-mail address
    #[arg(long, value_name = "E")]
    email: Option<String>,
    /// A note for the guard
    #[arg(long, value_name = "T", default_value = "")]
    note: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct CancelArgs {
    /// The invitation's id or reference
    id: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ListArgs {
    /// How many
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => add(args),
        Command::Cancel(args) => cancel(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let host = match &args.host {
        Some(host) => Some(service.find_user(&scope, host)?.id),
        None => None,
    };
    let (from, until) = args.visit.window();
    let visit = NewVisit {
        sites: args.visit.sites(),
        name: args.visit.name,
        email: args.email,
        host,
        from,
        until,
        max_uses: args.visit.max_uses,
        note: args.note,
    };
    let made = service.invite(&scope, &visit)?;
    let answer = json!({
        "id": made.id,
        "reference": made.reference,
        "code": made.code,
        "from": from,
        "until": until,
    });
    args.local.print(&answer, || {
        let (from, until) = (time_text(from), time_text(until));
        format!("{} for {}, {from} to {until}\n{}", made.reference, visit.name, made.code)
    })
}

fn cancel(args: &CancelArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let found = service.find_invitation(&scope, &args.id)?;
    let (at, _) = service.cancel_invitation(&scope, found.id)?;
    let at = at.to_seconds();
    let answer =
        json!({ "id": found.id, "reference": found.reference, "status": "cancelled", "cancelled_at": at });
    args.local.print(&answer, || format!("{} was cancelled at {}", found.reference, time_text(at)))
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let (rows, _) = service.invitations(&scope, &Filter::default(), None, args.limit)?;
    let now = now();
    let answer: Vec<_> = rows
        .iter()
        .map(|row| {
            json!({
                "id": row.id,
                "reference": row.reference,
                "name": row.visitor,
                "host": row.host,
                "from": row.from,
                "until": row.until,
                "uses": row.uses,
                "max_uses": row.max_uses,
                "status": row.status(now),
            })
        })
        .collect();
    let lines = rows.iter().map(|row| {
        let until = time_text(row.until);
        format!("{} {} {}, until {until}", row.reference, row.status(now).word(), row.visitor)
    });
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}
