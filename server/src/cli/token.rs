//! Tokens for the API.

use clap::Subcommand;
use gatehouse_core::{message, phrase};
use serde_json::json;

use super::{
    language::{said, word},
    local::{Local, time_text},
    output::{CliError, Status},
};
use crate::{
    service::{
        ServiceError,
        tokens::{SessionView, TOKEN_DAYS},
    },
    store::session::SessionId,
};

#[derive(Subcommand)]
pub enum Command {
    /// Make a token for a person; it may do what their role may, except work at a gate
    Add(AddArgs),
    /// List the tokens that are good, with their last use
    List(ListArgs),
    /// End a token
    End(EndArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// The person's id or e-mail address
    person: String,
    /// What the token is for
    #[arg(long, value_name = "N", default_value = "")]
    name: String,
    /// Days that it is good for, at most 366
    #[arg(long, value_name = "DAYS", default_value_t = TOKEN_DAYS)]
    days: u32,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ListArgs {
    /// Only this person's, by id or e-mail address
    person: Option<String>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct EndArgs {
    /// The token's id, as the list has it; the token itself does, too
    id: String,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: &Command) -> Result<Status, CliError> {
    match command {
        Command::Add(args) => add(args),
        Command::List(args) => list(args),
        Command::End(args) => end(args),
    }
}

fn add(args: &AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = service.find_user(&scope, &args.person)?;
    let (token, made) = service.new_token(&scope, person.id, &args.name, args.days)?;
    let answer = json!({
        "id": made.id,
        "person": made.person,
        "name": made.name,
        "token": token,
        "expires_at": made.expires_at.to_seconds(),
    });
    args.local.print(&answer, || {
        let until = time_text(made.expires_at.to_seconds());
        let id = made.id.to_string();
        let sentence = phrase!("token-made", id = id, name = &person.name, time = until);
        format!("{}\n{token}", said(&sentence))
    })
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = args.person.as_deref().map(|person| service.find_user(&scope, person)).transpose()?;
    let mut tokens = service.sessions(&scope, person.map(|person| person.id))?;
    tokens.retain(|session| session.kind == "api");
    let answer: Vec<_> = tokens.iter().map(in_json).collect();
    args.local.print(&answer, || lines(&tokens))
}

fn end(args: &EndArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let unknown = || CliError::from(ServiceError::NotFound("token; `gatehouse token list` shows them"));
    let id: SessionId = match args.id.trim().parse() {
        Ok(id) => id,
        Err(_) => service.token_id(&scope, &args.id)?.ok_or_else(unknown)?,
    };
    let ended = service.end_session(&scope, id)?;
    args.local.print(&json!({ "id": ended.id, "person": ended.person, "ended": true }), || {
        said(&phrase!("token-ended", id = ended.id.to_string(), name = &ended.person_name))
    })
}

/// A session as JSON, its times in seconds as everywhere on the command line.
pub fn in_json(session: &SessionView) -> serde_json::Value {
    json!({
        "id": session.id,
        "person": session.person,
        "person_name": session.person_name,
        "kind": session.kind,
        "name": session.name,
        "device": session.device,
        "created_at": session.created_at.to_seconds(),
        "used_at": session.used_at.map(|at| at.to_seconds()),
        "expires_at": session.expires_at.to_seconds(),
    })
}

/// Sessions as lines for people.
pub fn lines(sessions: &[SessionView]) -> String {
    let line = |session: &SessionView| {
        let used = match session.used_at {
            Some(at) => phrase!("session-last_used", time = time_text(at.to_seconds())),
            None if session.kind == "guard" => message!("session-use_not_noted").into(),
            None => message!("session-never_used").into(),
        };
        said(&phrase!(
            "session-line",
            id = session.id.to_string(),
            name = &session.person_name,
            what = crate::words::session(session.kind, session.name.clone()),
            used = used,
            until = time_text(session.expires_at.to_seconds()),
        ))
    };
    if sessions.is_empty() {
        word(message!("token-none"))
    } else {
        sessions.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
