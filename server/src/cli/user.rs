use std::path::PathBuf;

use clap::Subcommand;
use gatehouse_core::{id::SiteNumber, role::Role};
use serde_json::json;

use super::{
    local::{Local, time_text},
    output::{CliError, Status},
    verify::read_file,
};
use crate::service::people::NewUser;

#[derive(Subcommand)]
pub enum Command {
    /// Add a person with a role
    Add(AddArgs),
    /// Assign a person to sites, beside those they have
    Assign(AssignArgs),
    /// Make every access ID fail that a person has shown so far; a fresh one works
    Invalidate(OneArgs),
    /// Revoke a person's access for good, and sign them out
    Revoke(OneArgs),
    /// Set or remove the picture that guards see beside a person's verdict, at sites that show it
    Photo(PhotoArgs),
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
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct AssignArgs {
    /// The person's id or e-mail address
    id: String,
    /// A site's number; more than once for several
    #[arg(long, value_name = "N", required = true)]
    site: Vec<SiteNumber>,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct OneArgs {
    /// The person's id or e-mail address
    id: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct PhotoArgs {
    /// The person's id or e-mail address
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
        Command::Assign(args) => assign(&args),
        Command::Invalidate(args) => invalidate(&args),
        Command::Revoke(args) => revoke(&args),
        Command::Photo(args) => photo(&args),
        Command::List(args) => list(&args),
    }
}

fn add(args: &AddArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let user = NewUser { email: args.email.clone(), role: args.role, name: args.name.clone() };
    let person = service.add_user(&scope, &user)?;
    let token = if args.token { Some(service.api_token(&scope, person.id)?) } else { None };
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
        let line = format!("{} {}: {}", args.role, person.name, person.id);
        token.map_or_else(|| line.clone(), |token| format!("{line}\nToken, shown once: {token}"))
    })
}

fn assign(args: &AssignArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = service.find_user(&scope, &args.id)?;
    let sites = service.assign(&scope, person.id, &args.site)?;
    args.local.print(&json!({ "id": person.id, "sites": sites }), || match sites {
        None => format!("{} may go to every site", person.name),
        Some(sites) => {
            let sites: Vec<_> = sites.iter().map(ToString::to_string).collect();
            format!("{} is assigned to site {}", person.name, sites.join(", "))
        }
    })
}

fn invalidate(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = service.find_user(&scope, &args.id)?;
    let time = service.invalidate(&scope, person.id)?;
    args.local.print(&json!({ "id": person.id, "superseded_before": time }), || {
        format!("Access IDs of {} from before {} fail", person.name, time_text(time))
    })
}

fn revoke(args: &OneArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = service.find_user(&scope, &args.id)?;
    let at = service.revoke(&scope, person.id)?.to_seconds();
    args.local.print(&json!({ "id": person.id, "revoked_at": at }), || {
        format!("Access of {} was revoked at {}", person.name, time_text(at))
    })
}

fn photo(args: &PhotoArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let person = service.find_user(&scope, &args.id)?;
    let picture = args.file.as_deref().map(read_file).transpose()?;
    let sha256 = service.set_face(&scope, person.id, picture.as_deref())?;
    args.local.print(&json!({ "id": person.id, "photo": sha256 }), || match sha256 {
        Some(_) => format!("{} has a picture now", person.name),
        None => format!("{} has no picture any more", person.name),
    })
}

fn list(args: &ListArgs) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let people = service.users(&scope, Role::Member)?;
    let role = |role: Option<Role>| role.map_or("visitor", Role::word);
    let answer: Vec<_> = people
        .iter()
        .map(|person| {
            json!({
                "id": person.id,
                "email": person.email,
                "role": role(person.role),
                "name": person.name,
                "active": person.is_active(),
            })
        })
        .collect();
    let lines = people.iter().map(|person| {
        let email = person.email.as_deref().unwrap_or("-");
        format!("{} {} {email}: {}", role(person.role), person.name, person.id)
    });
    args.local.print(&answer, || lines.collect::<Vec<_>>().join("\n"))
}
