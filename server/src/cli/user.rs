//! People with a role.

mod messages;

use std::{io::IsTerminal, path::PathBuf};

use clap::Subcommand;
use gatehouse_core::{
    id::SiteNumber,
    message, phrase,
    role::Role,
    words::{self, Id},
};
use serde_json::json;

use super::{
    choose,
    language::{joined, said, word},
    local::{Local, time_text},
    output::{CliError, Status, tell},
    token,
    verify::read_file,
};
use crate::{
    service::{
        people::{Correction, NewUser},
        tokens::TOKEN_DAYS,
    },
    store::person::Person,
};

#[derive(Subcommand)]
pub enum Command {
    /// Add a person with a role
    Add(AddArgs),
    /// Correct a person's name, address or role; with another address or role they sign in anew
    Change(ChangeArgs),
    /// Assign a person to sites, beside those they have
    Assign(AssignArgs),
    /// Take assignments to sites back
    Unassign(AssignArgs),
    /// Make every access ID fail that a person has shown so far; a fresh one works
    Invalidate(OneArgs),
    /// Revoke a person's access, and sign them out; `restore` gives it back
    Revoke(RevokeArgs),
    /// Give a person whose access was revoked their access back
    Restore(OneArgs),
    /// Sign a person out everywhere: browsers, phones, stations, API tokens and links
    SignOut(OneArgs),
    /// List where a person is signed in, API tokens included
    Sessions(OneArgs),
    /// Set or remove the picture that guards see beside a person's verdict, at sites that show it
    Photo(PhotoArgs),
    /// Write a message to a person, who sees it in their app
    Message(messages::SendArgs),
    /// List the messages to a person, those that are over included
    Messages(OneArgs),
    /// Remove a message to a person
    RemoveMessage(messages::RemoveArgs),
    /// List people with a role
    List(ListArgs),
}

#[derive(clap::Args)]
pub struct AddArgs {
    /// The e-mail address to sign in with
    #[arg(long, value_name = "E")]
    email: String,
    /// What the person is: owner, admin, guard or member
    #[arg(long, value_name = "ROLE")]
    role: Role,
    /// The name to show; without one it is what stands before the @
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// Also print a bearer token for the API
    #[arg(long)]
    token: bool,
    /// Days that the token is good for, at most 366
    #[arg(long, value_name = "DAYS", default_value_t = TOKEN_DAYS)]
    token_days: u32,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct ChangeArgs {
    /// The person's id or e-mail address
    id: String,
    /// The address to sign in with
    #[arg(long, value_name = "E")]
    email: Option<String>,
    /// The name to show
    #[arg(long, value_name = "N")]
    name: Option<String>,
    /// What the person is: owner, admin, guard or member
    #[arg(long, value_name = "ROLE")]
    role: Option<Role>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct RevokeArgs {
    /// The person's id or e-mail address
    id: String,
    /// Do not ask first; without a terminal nothing is asked
    #[arg(long)]
    yes: bool,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct AssignArgs {
    /// The person's id, e-mail address or name
    id: String,
    /// A site's number or name; more than once for several
    #[arg(long, value_name = "SITE", required = true)]
    site: Vec<String>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct OneArgs {
    /// The person's id, e-mail address or name
    id: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct PhotoArgs {
    /// The person's id, e-mail address or name
    id: String,
    /// A PNG or JPEG file; without it the picture is removed
    file: Option<PathBuf>,
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
        Command::Add(args) => add(&args),
        Command::Change(args) => change(&args),
        Command::Assign(args) => assign(&args),
        Command::Unassign(args) => unassign(&args),
        Command::Invalidate(args) => invalidate(&args),
        Command::Revoke(args) => revoke(&args),
        Command::Restore(args) => restore(&args),
        Command::SignOut(args) => sign_out(&args),
        Command::Sessions(args) => sessions(&args),
        Command::Photo(args) => photo(&args),
        Command::Message(args) => messages::send(&args),
        Command::Messages(args) => messages::list(&args),
        Command::RemoveMessage(args) => messages::remove(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: &AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let user = NewUser { email: args.email.clone(), role: args.role, name: args.name.clone() };
    let person = service.add_user(&scope, &user)?;
    let made = args.token.then(|| service.new_token(&scope, person.id, "", args.token_days));
    let token = made.transpose()?.map(|(token, _)| token);
    let mut answer = json!({
        "id": person.id,
        "email": person.email,
        "role": args.role.word(),
        "name": person.name,
    });
    if let (Some(token), Some(answer)) = (&token, answer.as_object_mut()) {
        answer.insert("token".to_owned(), token.as_str().into());
    }
    args.local.print(&answer, || {
        let (role, id) = (words::role(args.role), person.id.to_string());
        let mut lines = vec![said(&phrase!("user-added", role = role, name = &person.name, id = id))];
        lines.extend(token.iter().map(|token| said(&phrase!("user-token", token = token))));
        lines.join("\n")
    })
}

fn change(args: &ChangeArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let change = Correction { email: args.email.clone(), name: args.name.clone(), role: args.role };
    if change.email.is_none() && change.name.is_none() && change.role.is_none() {
        return Err(CliError::new("usage", word(message!("user-what_to_change"))));
    }
    let person = service.correct(&scope, person.id, &change)?;
    args.local.print(&in_json(&person), || line(&person))
}

fn assign(args: &AssignArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let sites = service.assign(&scope, person.id, &choose::sites(&service, &scope, &args.site)?)?;
    print_sites(&args.local, &person, sites)
}

fn unassign(args: &AssignArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let sites = service.unassign(&scope, person.id, &choose::sites(&service, &scope, &args.site)?)?;
    print_sites(&args.local, &person, sites)
}

fn print_sites(local: &Local, person: &Person, sites: Option<Vec<SiteNumber>>) -> Result<Status, CliError> {
    local.print(&json!({ "id": person.id, "sites": sites }), || match sites {
        None => said(&phrase!("user-every_site", name = &person.name)),
        Some(sites) if sites.is_empty() => said(&phrase!("user-no_site", name = &person.name)),
        Some(sites) => {
            let sites = joined(sites.iter().map(ToString::to_string));
            said(&phrase!("user-sites", name = &person.name, sites = sites))
        }
    })
}

fn invalidate(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let time = service.invalidate(&scope, person.id)?;
    args.local.print(&json!({ "id": person.id, "superseded_before": time }), || {
        said(&phrase!("user-invalidated", name = &person.name, time = time_text(time)))
    })
}

fn revoke(args: &RevokeArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    if !args.yes && std::io::stdin().is_terminal() && !confirmed(&person)? {
        return Err(CliError::new("not_confirmed", word(message!("user-unchanged"))));
    }
    let at = service.revoke(&scope, person.id)?.to_seconds();
    args.local.print(&json!({ "id": person.id, "revoked_at": at }), || {
        said(&phrase!("user-revoked", name = &person.name, time = time_text(at)))
    })
}

/// Asks before access is revoked.
fn confirmed(person: &Person) -> Result<bool, CliError> {
    let email = person.email.clone().unwrap_or_else(|| word(message!("user-no_address")));
    let question = phrase!("user-ask_revoke", name = &person.name, email = email);
    tell(&format!("{} ", said(&question)));
    let mut answer = String::new();
    std::io::stdin().read_line(&mut answer).map_err(|error| CliError::new("input", error))?;
    Ok(answer.trim().eq_ignore_ascii_case("yes"))
}

fn restore(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let person = service.restore(&scope, person.id)?;
    args.local.print(&in_json(&person), || match person.email {
        Some(_) => said(&phrase!("user-restored", name = &person.name)),
        None => said(&phrase!("user-restored_without_address", name = &person.name)),
    })
}

fn sign_out(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let ended = service.sign_out_everywhere(&scope, person.id)?;
    args.local.print(&json!({ "id": person.id, "ended": ended }), || {
        said(&phrase!("user-signed_out", name = &person.name, count = ended))
    })
}

fn sessions(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let sessions = service.sessions(&scope, Some(person.id))?;
    let answer: Vec<_> = sessions.iter().map(token::in_json).collect();
    args.local.print(&answer, || token::lines(&sessions))
}

fn photo(args: &PhotoArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = choose::user(&service, &scope, &args.id)?;
    let picture = args.file.as_deref().map(read_file).transpose()?;
    let sha256 = service.set_face(&scope, person.id, picture.as_deref())?;
    args.local.print(&json!({ "id": person.id, "photo": sha256 }), || match sha256 {
        Some(_) => said(&phrase!("user-has_picture", name = &person.name)),
        None => said(&phrase!("user-no_picture", name = &person.name)),
    })
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let people = service.users(&scope, Role::Member)?;
    let answer: Vec<_> = people.iter().map(in_json).collect();
    args.local.print(&answer, || people.iter().map(line).collect::<Vec<_>>().join("\n"))
}

fn role(person: &Person) -> &'static str {
    person.role.map_or("visitor", Role::word)
}

fn in_json(person: &Person) -> serde_json::Value {
    json!({
        "id": person.id,
        "email": person.email,
        "role": role(person),
        "name": person.name,
        "active": person.is_active(),
    })
}

fn line(person: &Person) -> String {
    let role: Id = person.role.map_or(message!("kind-visitor"), words::role);
    let (name, id) = (&person.name, person.id.to_string());
    let email = person.email.as_deref().unwrap_or("-");
    if person.is_active() {
        said(&phrase!("user-line", role = role, name = name, email = email, id = id))
    } else {
        said(&phrase!("user-line_revoked", role = role, name = name, email = email, id = id))
    }
}
