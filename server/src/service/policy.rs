//! What an organisation decides about its gates, for phones that have no network or an old gate pack, and about its
//! hosts.

use std::ops::RangeInclusive;

use gatehouse_core::{gatepack, role::Role, visit::HostLimits};
use rusqlite::Connection;
use serde::Serialize;
use serde_json::json;

use super::{Scope, Service, ServiceError, Settings, audit};
use crate::store::{
    OrgId,
    policy::{self, Chosen},
};

/// Longest time that a scan may wait for the server: a guard and a visitor stand there. Milliseconds.
const LONGEST_WAIT_MS: u32 = 10_000;
/// Less than this and no server answers in time: nothing would ever be VERIFIED. Milliseconds.
const SHORTEST_WAIT_MS: u32 = 200;
/// Shortest and longest time after which a shift may end by itself. Minutes.
const SHIFT_MINUTES: RangeInclusive<u32> = 60..=48 * 60;
/// Longest life of a gate pack. Seconds.
const LONGEST_PACK_S: u64 = 30 * 86_400;
/// Shortest time until the next gate pack. Seconds.
const SOONEST_PACK_S: u64 = 60;

/// Longest time ahead and longest life of an invitation that an organisation may allow its hosts. Days.
const INVITATION_DAYS: RangeInclusive<u32> = 1..=400;
/// Most uses of an invitation, and most open ones, that it may allow.
const INVITATION_COUNTS: RangeInclusive<u32> = 1..=10_000;

/// What holds for an organisation's gates and hosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct GatePolicy {
    /// What phones are told.
    #[serde(flatten)]
    pub told: gatepack::Policy,
    /// Until a phone should fetch the next gate pack. Seconds.
    pub next_update_s: u64,
    /// Until a gate pack counts as expired. Seconds.
    pub hard_expiry_s: u64,
    /// What hosts who are no admins may invite to at most.
    pub invitations: HostLimits,
}

impl GatePolicy {
    /// What an organisation chose, and the default for the rest.
    fn of(chosen: &Chosen, settings: &Settings) -> Self {
        let default = gatepack::Policy::default();
        let told = gatepack::Policy {
            deny_expired_pack: chosen.deny_expired_pack.unwrap_or(default.deny_expired_pack),
            deny_absent_pack: chosen.deny_absent_pack.unwrap_or(default.deny_absent_pack),
            deny_expired_keys: chosen.deny_expired_keys.unwrap_or(default.deny_expired_keys),
            online_timeout_ms: chosen.online_timeout_ms.unwrap_or(default.online_timeout_ms),
            longest_shift_minutes: chosen.longest_shift_minutes.unwrap_or(default.longest_shift_minutes),
        };
        Self {
            told,
            next_update_s: chosen.next_update_s.unwrap_or(settings.pack_next_update_s),
            hard_expiry_s: chosen.hard_expiry_s.unwrap_or(settings.pack_hard_expiry_s),
            invitations: host_limits(chosen),
        }
    }

    fn checked(self) -> Result<Self, ServiceError> {
        if !(SHORTEST_WAIT_MS..=LONGEST_WAIT_MS).contains(&self.told.online_timeout_ms) {
            return Err(ServiceError::BadRequest(
                "a scan waits for the server 200 ms at least and 10,000 ms at most",
            ));
        }
        if !SHIFT_MINUTES.contains(&self.told.longest_shift_minutes.get()) {
            return Err(ServiceError::BadRequest("a shift ends by itself after 60 to 2,880 minutes"));
        }
        if self.next_update_s < SOONEST_PACK_S
            || self.next_update_s > self.hard_expiry_s
            || self.hard_expiry_s > LONGEST_PACK_S
        {
            let message = "the next gate pack is due after 60 s at least and before the old one expires, \
                           which is after 30 days at most";
            return Err(ServiceError::BadRequest(message));
        }
        let HostLimits { ahead_days, length_days, uses, open } = self.invitations;
        if !INVITATION_DAYS.contains(&ahead_days) || !INVITATION_DAYS.contains(&length_days) {
            return Err(ServiceError::BadRequest(
                "members' invitations begin at most 1 to 400 days ahead and are good for at most 1 to 400 days",
            ));
        }
        if !INVITATION_COUNTS.contains(&uses) || !INVITATION_COUNTS.contains(&open) {
            return Err(ServiceError::BadRequest(
                "members' invitations have at most 1 to 10,000 uses, and 1 to 10,000 of them may be open at once",
            ));
        }
        Ok(self)
    }
}

fn host_limits(chosen: &Chosen) -> HostLimits {
    let default = HostLimits::default();
    HostLimits {
        ahead_days: chosen.invitation_ahead_days.unwrap_or(default.ahead_days),
        length_days: chosen.invitation_length_days.unwrap_or(default.length_days),
        uses: chosen.invitation_uses.unwrap_or(default.uses),
        open: chosen.invitations_open.unwrap_or(default.open),
    }
}

/// What holds for an organisation's gates.
pub(super) fn read(db: &Connection, org: OrgId, settings: &Settings) -> Result<GatePolicy, ServiceError> {
    let policy = GatePolicy::of(&policy::get(db, org)?, settings);
    // Half of it may be a default that has changed since, and phones refuse a pack that expires before its next.
    Ok(GatePolicy { next_update_s: policy.next_update_s.min(policy.hard_expiry_s), ..policy })
}

impl Service {
    /// What holds for the organisation's gates.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn policy(&self, scope: &Scope) -> Result<GatePolicy, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| read(db, scope.org, &self.settings))
    }

    /// Changes what `wanted` names and leaves the rest. Phones learn of it with their next gate pack.
    ///
    /// # Errors
    /// Not an admin's scope; times that make no sense.
    pub fn set_policy(&self, scope: &Scope, wanted: &Chosen) -> Result<GatePolicy, ServiceError> {
        scope.require(Role::Admin)?;
        let (scope, settings, wanted, now) = (*scope, self.settings, *wanted, self.now());
        self.store.write(move |tx| {
            let chosen = wanted.or(policy::get(tx, scope.org)?);
            let outcome = GatePolicy::of(&chosen, &settings).checked()?;
            policy::set(tx, scope.org, &chosen)?;
            audit::note(tx, &scope, "policy.set", "policy", &json!(outcome), now)?;
            Ok(outcome)
        })
    }
}
