//! What a failed check rests on, and how old that is, so that a guard can weigh it.

use serde::{Deserialize, Serialize};

use super::{Check, Code, Decision, Evidence, Outcome};
use crate::{
    place::Fix,
    time::{UnixMillis, UnixSeconds},
};

/// What a failed check rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Fact {
    /// What the code itself says.
    Code,
    /// The server's answer to this scan.
    Server,
    /// The gate pack; `number` is its number.
    GatePack,
    /// The key set; `number` is its version.
    KeySet,
    /// What this device recorded itself.
    OwnRecords,
    /// The device's clock, which nobody confirmed; `as_of` is the earliest that it can be.
    DeviceClock,
    /// The device's location fix; `number` is its accuracy in metres.
    Location,
    /// The guard's word.
    Guard,
    /// Nothing: the fact is missing.
    Missing,
}

/// Why a check failed: which fact it rests on and how old that is, so that a guard can weigh it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The check.
    pub check: Check,
    /// Why it failed.
    pub code: Code,
    /// What that rests on.
    pub fact: Fact,
    /// The time of the fact: when it was issued, recorded or last known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_of: Option<UnixMillis>,
    /// How old the fact is, in seconds; for an end that has passed, how long ago that was.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub age_s: Option<u64>,
    /// A number that belongs to the fact, see [`Fact`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
}

/// Facts that a decision does not carry.
#[derive(Debug, Clone, Copy, Default)]
pub struct Background<'a> {
    /// The earliest that it can be, where the time is not trusted.
    pub earliest: Option<UnixMillis>,
    /// When the same code was used last.
    pub last_used: Option<UnixMillis>,
    /// Where the phone was.
    pub fix: Option<&'a Fix>,
}

/// Every failed check with what it rests on, those that deny first, otherwise in the order of the checks. The first
/// is the one that decided.
#[must_use]
pub fn reasons(decision: &Decision, evidence: &Evidence<'_>, background: &Background<'_>) -> Vec<Reason> {
    let failed = |denies: bool| {
        decision.checks.iter().filter_map(move |(check, outcome)| match outcome {
            Outcome::Denies(code) if denies => Some((*check, code)),
            Outcome::Cautions(code) if !denies => Some((*check, code)),
            _ => None,
        })
    };
    let explain = |(check, code): (Check, &Code)| {
        let (fact, as_of, number) = fact(decision, evidence, background, check, code);
        Reason {
            check,
            code: code.clone(),
            fact,
            as_of,
            age_s: as_of.map(|time| evidence.now.seconds().since(time.to_seconds())),
            number,
        }
    };
    failed(true).chain(failed(false)).map(explain).collect()
}

fn fact(
    decision: &Decision,
    evidence: &Evidence<'_>,
    background: &Background<'_>,
    check: Check,
    code: &Code,
) -> (Fact, Option<UnixMillis>, Option<u64>) {
    let millis = |time: Option<UnixSeconds>| time.map(UnixSeconds::to_millis);
    let claims = decision.opened.as_ref().map(|opened| &opened.claims);
    let server = evidence.online.map(|answer| (Fact::Server, Some(answer.server_time), None));
    let pack = || match evidence.pack {
        Some(pack) => (Fact::GatePack, Some(pack.issued_at.to_millis()), Some(pack.seq)),
        None => (Fact::Missing, None, None),
    };
    let of_code = |time| (Fact::Code, millis(time), None);
    match check {
        Check::Signature if *code == Code::Unproven => (Fact::Guard, None, None),
        Check::Format | Check::Signature | Check::Issuer => of_code(None),
        Check::Time => match code {
            Code::ClockUntrusted => (Fact::DeviceClock, background.earliest, None),
            Code::NotYetValid => of_code(claims.map(|claims| claims.not_before)),
            Code::Expired => of_code(claims.map(|claims| claims.expires_at)),
            _ => of_code(claims.map(|claims| claims.issued_at)),
        },
        Check::Revocation | Check::Access => server.unwrap_or_else(pack),
        Check::Site => server.unwrap_or_else(|| match claims {
            Some(claims) => of_code(Some(claims.issued_at)),
            None => pack(),
        }),
        Check::Uses if server.is_some() => (Fact::Server, background.last_used, None),
        Check::Uses => (Fact::OwnRecords, background.last_used, None),
        Check::Proof => of_code(decision.opened.as_ref().and_then(|opened| opened.proof_time)),
        Check::Keys => (Fact::KeySet, Some(evidence.keys.issued_at.to_millis()), Some(evidence.keys.version)),
        Check::Pack => pack(),
        // What stands in for the server's answer.
        Check::Online => server.unwrap_or_else(pack),
        Check::Location => match background.fix {
            Some(fix) => (Fact::Location, None, Some(fix.accuracy_m.into())),
            None => (Fact::Missing, None, None),
        },
    }
}
