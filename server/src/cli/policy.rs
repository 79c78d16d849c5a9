//! `gatehouse policy`: what an organisation decides about its gates.

use std::num::NonZeroU32;

use gatehouse_core::{message, phrase};

use super::{
    language::said,
    local::Local,
    output::{CliError, Status},
};
use crate::store::policy::Chosen;

#[derive(clap::Args)]
pub struct Args {
    /// Whether an expired gate pack denies instead of cautioning
    #[arg(long, value_name = "BOOL")]
    deny_expired_pack: Option<bool>,
    /// Whether having no gate pack denies instead of cautioning
    #[arg(long, value_name = "BOOL")]
    deny_absent_pack: Option<bool>,
    /// Whether an expired key set denies instead of cautioning
    #[arg(long, value_name = "BOOL")]
    deny_expired_keys: Option<bool>,
    /// How long a scan waits for the server before the offline result stands
    #[arg(long, value_name = "MS")]
    online_timeout_ms: Option<u32>,
    /// Minutes until a shift ends by itself, 60 to 2880
    #[arg(long, value_name = "MINUTES")]
    longest_shift: Option<NonZeroU32>,
    /// Seconds until phones should fetch the next gate pack
    #[arg(long, value_name = "S")]
    next_update: Option<u64>,
    /// Seconds until a gate pack counts as expired
    #[arg(long, value_name = "S")]
    hard_expiry: Option<u64>,
    /// Days that a member's invitation may begin ahead at most
    #[arg(long, value_name = "DAYS")]
    invitation_ahead: Option<u32>,
    /// Days that a member's invitation may be good for at most
    #[arg(long, value_name = "DAYS")]
    invitation_length: Option<u32>,
    /// How often a member's invitation may be used at most
    #[arg(long, value_name = "N")]
    invitation_uses: Option<u32>,
    /// How many of a member's invitations may be open at once
    #[arg(long, value_name = "N")]
    invitations_open: Option<u32>,
    #[command(flatten)]
    local: Local,
}

pub fn run(args: &Args) -> Result<Status, CliError> {
    let (service, scope) = args.local.open()?;
    let wanted = Chosen {
        deny_expired_pack: args.deny_expired_pack,
        deny_absent_pack: args.deny_absent_pack,
        deny_expired_keys: args.deny_expired_keys,
        online_timeout_ms: args.online_timeout_ms,
        longest_shift_minutes: args.longest_shift,
        next_update_s: args.next_update,
        hard_expiry_s: args.hard_expiry,
        invitation_ahead_days: args.invitation_ahead,
        invitation_length_days: args.invitation_length,
        invitation_uses: args.invitation_uses,
        invitations_open: args.invitations_open,
    };
    let policy = if wanted == Chosen::default() {
        service.policy(&scope)?
    } else {
        service.set_policy(&scope, &wanted)?
    };
    args.local.print(&policy, || {
        let does =
            |denies: bool| if denies { message!("policy-denies") } else { message!("policy-cautions") };
        let (told, hosts) = (policy.told, policy.invitations);
        let sentences = [
            phrase!(
                "policy-old_facts",
                pack = does(told.deny_expired_pack),
                absent = does(told.deny_absent_pack),
                keys = does(told.deny_expired_keys),
            ),
            phrase!(
                "policy-waiting",
                wait = told.online_timeout_ms.to_string(),
                shift = phrase!("length-minutes", count = told.longest_shift_minutes.get()),
            ),
            phrase!(
                "policy-packs",
                next = policy.next_update_s.to_string(),
                expiry = policy.hard_expiry_s.to_string(),
            ),
            phrase!(
                "policy-members",
                ahead = phrase!("length-days", count = hosts.ahead_days),
                length = phrase!("length-days", count = hosts.length_days),
                uses = phrase!("counted-uses", count = hosts.uses),
                open = hosts.open.to_string(),
            ),
        ];
        sentences.each_ref().map(said).join("\n")
    })
}
