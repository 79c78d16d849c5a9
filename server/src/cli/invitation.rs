//! `gatehouse invitation`: invitations made, listed, cancelled and taken over.

use clap::Subcommand;
use gatehouse_core::{decision::Bar, message, phrase, words};
use serde_json::json;

use super::{
    choose,
    language::{said, word},
    local::{Local, now, time_text},
    output::{CliError, Status, tell},
    visit::Visit,
};
use crate::{
    service::invitations::NewVisit,
    store::invitation::{Cursor, Filter},
};

#[derive(Subcommand)]
pub enum Command {
    /// Invite a visitor, and print the code
    Add(AddArgs),
    /// Cancel an invitation; its code is denied from now on
    Cancel(CancelArgs),
    /// Name another host; an invitation that stopped because of its host holds again
    Host(HostArgs),
    /// List invitations, the newest first
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    #[command(flatten)]
    visit: Visit,
    /// The host's e-mail address, id or name
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
pub struct HostArgs {
    /// The invitation's id or reference
    id: String,
    /// The new host's e-mail address or id
    #[arg(value_name = "E")]
    host: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ListArgs {
    /// Only open ones that stopped because their host is revoked, switched off, banned or deleted
    #[arg(long)]
    stopped: bool,
    /// How many at most; where there are more, the way to the next ones is told
    #[arg(long, value_name = "N", default_value_t = 100)]
    limit: u32,
    /// Begin behind this one, by id or reference
    #[arg(long, value_name = "REFERENCE")]
    before: Option<String>,
    /// All of them
    #[arg(long, conflicts_with_all = ["limit", "before"])]
    all: bool,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => add(args),
        Command::Cancel(args) => cancel(&args),
        Command::Host(args) => host(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let host = match &args.host {
        Some(host) => Some(choose::user(&service, &scope, host)?.id),
        None => None,
    };
    let (from, until) = args.visit.window();
    let visit = NewVisit {
        sites: args.visit.sites(|typed| choose::site(&service, &scope, typed))?,
        name: args.visit.name,
        email: args.email,
        host,
        from,
        until,
        max_uses: args.visit.max_uses,
        note: args.note,
    };
    let made = service.invite(&scope, &visit)?;
    let mut answer = json!({
        "id": made.id,
        "reference": made.reference,
        "code": made.code,
        "from": from,
        "until": until,
        "name_banned": made.name_banned,
    });
    if let (Some(name), Some(answer)) = (&made.name_in_code, answer.as_object_mut()) {
        answer.insert("name_in_code".to_owned(), name.as_str().into());
    }
    args.local.print(&answer, || {
        let invited = phrase!(
            "invited-for",
            reference = &made.reference,
            name = &visit.name,
            from = time_text(from),
            until = time_text(until),
        );
        let mut lines = vec![said(&invited), made.code.clone()];
        if let Some(name) = &made.name_in_code {
            lines.push(said(&phrase!("invited-short_name", name = name.as_str())));
        }
        if made.name_banned {
            lines.push(word(message!("invited-name_banned")));
        }
        lines.join("\n")
    })
}

fn host(args: &HostArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let found = service.find_invitation(&scope, &args.id)?;
    let host = service.find_user(&scope, &args.host)?;
    let found = service.take_over_invitation(&scope, found.id, host.id)?;
    let answer = json!({ "id": found.id, "reference": found.reference, "host": found.host });
    args.local
        .print(&answer, || said(&phrase!("invited-by", reference = &found.reference, name = &host.name)))
}

fn cancel(args: &CancelArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let found = choose::invitation(&service, &scope, &args.id)?;
    let (at, _) = service.cancel_invitation(&scope, found.id)?;
    let at = at.to_seconds();
    let answer =
        json!({ "id": found.id, "reference": found.reference, "status": "cancelled", "cancelled_at": at });
    args.local.print(&answer, || {
        said(&phrase!("invited-cancelled", reference = &found.reference, time = time_text(at)))
    })
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let filter = Filter { host_stopped: args.stopped, ..Filter::default() };
    let before = args.before.as_deref().map(|text| service.find_invitation(&scope, text)).transpose()?;
    let before = before.map(|last| Cursor { created_at: last.created_at, id: last.id });
    let limit = if args.all { u32::MAX } else { args.limit };
    // One more than is shown tells whether there are more.
    let (mut rows, total) = service.invitations(&scope, &filter, before, limit.saturating_add(1))?;
    let more = rows.len() > limit as usize;
    rows.truncate(limit as usize);
    if let Some(last) = rows.last().filter(|_| more) {
        // Not in the list, which scripts read.
        let (shown, reference) = (rows.len(), &last.reference);
        let next = phrase!("invited-more", shown = shown, total = total, reference = reference);
        tell(&format!("{}\n", said(&next)));
    }
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
                "host_stopped": row.host_stopped().map(Bar::code),
            })
        })
        .collect();
    let lines = rows.iter().map(|row| {
        let (reference, name, until) = (&row.reference, &row.visitor, time_text(row.until));
        let status = words::invitation_status(row.status(now));
        said(&match row.host_stopped() {
            None => {
                phrase!("invited-line", reference = reference, status = status, name = name, until = until)
            }
            Some(bar) => phrase!(
                "invited-line_stopped",
                reference = reference,
                status = status,
                name = name,
                until = until,
                why = words::host_stopped(bar),
            ),
        })
    });
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}
