//! Erasing people.

use clap::Subcommand;
use gatehouse_core::{id::EntryId, message, phrase};

use super::{
    language::{said, word},
    local::Local,
    output::{CliError, Status},
};
use crate::service::erasure::{Erased, Whom};

#[derive(Subcommand)]
pub enum Command {
    /// Erase a member, guard, admin or visitor: name, addresses, picture, photos, what entries sealed of them
    Person(PersonArgs),
    /// Erase the visitor of an invitation
    Invitation(InvitationArgs),
    /// Erase whoever a scan or walk-up was about
    Event(EventArgs),
}

#[derive(clap::Args)]
pub struct PersonArgs {
    /// The person's id, or the e-mail address of a member or visitor
    id: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct InvitationArgs {
    /// The invitation's id or reference
    id: String,
    #[command(flatten)]
    local: Local,
}

#[derive(clap::Args)]
pub struct EventArgs {
    /// The event's id
    id: EntryId,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: &Command) -> Result<Status, CliError> {
    match command {
        Command::Person(args) => {
            let (service, scope) = args.local.open()?;
            let mut all = Erased::default();
            for id in service.people_by(&scope, &args.id)? {
                add(&mut all, service.erase(&scope, Whom::Person(id))?);
            }
            tell(&args.local, &all)
        }
        Command::Invitation(args) => {
            let (service, scope) = args.local.open()?;
            let found = service.find_invitation(&scope, &args.id)?;
            tell(&args.local, &service.erase(&scope, Whom::Invitation(found.id))?)
        }
        Command::Event(args) => {
            let (service, scope) = args.local.open()?;
            tell(&args.local, &service.erase(&scope, Whom::Event(args.id))?)
        }
    }
}

fn add(all: &mut Erased, one: Erased) {
    all.people += one.people;
    all.invitations += one.invitations;
    all.events += one.events;
    all.entries += one.entries;
    all.photos += one.photos;
    all.bans_by_name.extend(one.bans_by_name);
    all.scrubbed = one.scrubbed;
}

fn tell(local: &Local, erased: &Erased) -> Result<Status, CliError> {
    local.print(erased, || {
        let all = phrase!(
            "erased-everywhere",
            people = phrase!("counted-people", count = erased.people),
            invitations = phrase!("counted-invitations", count = erased.invitations),
            events = phrase!("counted-events", count = erased.events),
            entries = phrase!("counted-entries", count = erased.entries),
            photos = phrase!("counted-photos", count = erased.photos),
        );
        let mut lines = vec![said(&all)];
        for ban in &erased.bans_by_name {
            lines.push(said(&phrase!("erased-ban_left", command = format!("ban lift {ban}"))));
        }
        if !erased.scrubbed {
            lines.push(word(message!("erased-log_left")));
        }
        lines.join("\n")
    })
}
