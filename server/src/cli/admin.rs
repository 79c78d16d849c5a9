//! A way back in for an admin, whoever can read the server's data.

use clap::Subcommand;
use gatehouse_core::{message, phrase, role::Role};
use serde_json::json;

use super::{
    language::{said, word},
    local::Local,
    output::{CliError, Status},
};
use crate::{serve::link_address, store::person::Person};

#[derive(Subcommand)]
pub enum Command {
    /// Make a link that signs an admin in once, within 30 minutes; the one before stops working
    ///
    /// Without a name it is for the only admin, or the first owner. Works beside a running server.
    Link(LinkArgs),
}

#[derive(clap::Args)]
pub struct LinkArgs {
    /// The admin's id or e-mail address
    id: Option<String>,
    /// The address under which a browser reaches the server; without it, the one that the server last ran under
    #[arg(long, value_name = "PUBLIC_URL")]
    url: Option<String>,
    #[command(flatten)]
    local: Local,
}

pub fn run(command: &Command) -> Result<Status, CliError> {
    let Command::Link(args) = command;
    let (service, scope) = args.local.open()?;
    let admin = match &args.id {
        Some(id) => Some(service.find_user(&scope, id)?),
        None => {
            let admins = service.users(&scope, Role::Admin)?;
            let mut active = admins.into_iter().filter(Person::is_active).collect::<Vec<_>>();
            active.sort_by_key(|admin| std::cmp::Reverse(admin.role));
            active.into_iter().next()
        }
    };
    if let Some(admin) = admin.as_ref().filter(|admin| admin.role < Some(Role::Admin)) {
        let sentence = phrase!("admin-not_an_admin", name = &admin.name);
        return Err(CliError::new("not_an_admin", said(&sentence)));
    }
    let url = match &args.url {
        Some(url) => url.trim().trim_end_matches('/').to_owned(),
        None => service
            .public_url()?
            .ok_or_else(|| CliError::new("url_needed", word(message!("admin-address_needed"))))?,
    };
    let (name, token) = match admin {
        Some(admin) => (admin.name, service.sign_in_link(&scope, admin.id)?),
        None => {
            let token = service.first_admin_link(scope.org)?;
            let none = || CliError::new("not_found", word(message!("admin-none")));
            (word(message!("admin-first")), token.ok_or_else(none)?)
        }
    };
    let link = link_address(&url, &token);
    args.local.print(&json!({ "name": name, "link": link }), || {
        format!("{}\n{link}", said(&phrase!("admin-link", name = &name)))
    })
}
