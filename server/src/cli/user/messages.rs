//! Messages to a person: written, listed and removed.

use gatehouse_core::{
    id::MessageId,
    message,
    messages::{Severity, Window},
    phrase,
    time::UnixSeconds,
    words::{self, Phrase},
};
use serde_json::json;

use super::{
    super::{
        choose,
        language::said,
        local::{Local, now, parse_time, time_text},
        output::{CliError, Status},
    },
    OneArgs,
};
use crate::{service::messages::NewMessage, store::message::Message};

#[derive(clap::Args)]
pub struct SendArgs {
    /// The person's id, e-mail address or name
    id: String,
    /// How much it matters: information, notice or critical
    #[arg(long, value_name = "SEVERITY", default_value_t = Severity::Information)]
    severity: Severity,
    /// What it is called, in at most 120 characters
    #[arg(long, value_name = "TEXT")]
    title: String,
    /// What it says, in at most 2000 characters
    #[arg(long, value_name = "TEXT", default_value = "")]
    body: String,
    /// From when on it is shown: seconds since 1970 or RFC 3339; without it at once
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    from: Option<UnixSeconds>,
    /// Until when, likewise; without it until it is removed
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    until: Option<UnixSeconds>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct RemoveArgs {
    /// The person's id, e-mail address or name
    id: String,
    /// The message's id, as the list has it
    message: MessageId,
    #[command(flatten)]
    local: Local,
}

pub fn send(args: &SendArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let new = NewMessage {
        severity: args.severity,
        title: args.title.clone(),
        body: args.body.clone(),
        window: Window { from: args.from, until: args.until },
    };
    let sent = service.send_message(&scope, person.id, &new)?;
    args.local.print(&in_json(&sent), || {
        said(&phrase!("user-message_sent", name = &person.name, id = sent.id.to_string()))
    })
}

pub fn list(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let messages = service.messages_to(&scope, person.id)?;
    let answer: Vec<_> = messages.iter().map(in_json).collect();
    args.local.print(&answer, || match messages.as_slice() {
        [] => said(&phrase!("user-no_messages", name = &person.name)),
        messages => messages.iter().map(line).collect::<Vec<_>>().join("\n"),
    })
}

pub fn remove(args: &RemoveArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let removed = service.remove_message(&scope, person.id, args.message)?;
    args.local
        .print(&in_json(&removed), || said(&phrase!("user-message_removed", id = removed.id.to_string())))
}

/// A message as JSON, its times in seconds as everywhere on the command line.
fn in_json(message: &Message) -> serde_json::Value {
    json!({
        "id": message.id,
        "person": message.person,
        "severity": message.severity,
        "title": message.title,
        "body": message.body,
        "from": message.window.from,
        "until": message.window.until,
        "sent_at": message.sent_at.to_seconds(),
        "read_at": message.read_at.map(|at| at.to_seconds()),
    })
}

fn line(message: &Message) -> String {
    said(&phrase!(
        "user-message_line",
        id = message.id.to_string(),
        severity = words::severity(message.severity),
        standing = standing(message, now()),
        title = &message.title,
    ))
}

/// Whether it is shown, and whether it was read.
fn standing(message: &Message, now: UnixSeconds) -> Phrase<'static> {
    match message.window {
        window if window.is_over(now) => message!("user-message_over").into(),
        window @ Window { from: Some(from), .. } if window.is_ahead(now) => {
            phrase!("user-message_ahead", time = time_text(from))
        }
        _ if message.read_at.is_some() => message!("user-message_read").into(),
        _ => message!("user-message_unread").into(),
    }
}
