//! Wrong codes, as admins see them: in the audit log, and as an alarm where there are many.

use gatehouse_core::{
    id::{DeviceId, PersonId},
    role::Role,
    time::UnixMillis,
};
use serde_json::json;

use crate::{
    service::{Scope, Service, ServiceError},
    store::{OrgId, Tx, audit, organisation},
};

/// What the audit log calls a wrong code, and many of them.
const FAILED: &str = "sign_in.failed";
const ALARM: &str = "sign_in.alarm";
/// Wrong codes within an hour that no forgetful person explains.
const ALARMING: u64 = 20;
const HOUR_MS: u64 = 3_600_000;
/// How long admins are shown an alarm. Milliseconds.
const SHOWN_MS: u64 = 24 * HOUR_MS;

/// Many wrong codes were tried lately.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Alarm {
    /// How many in the last 24 hours.
    pub wrong: u64,
    /// When there were too many last.
    pub at: UnixMillis,
}

/// Notes a wrong code in the organisation's audit log. What was tried for an address that nobody has is the oldest
/// organisation's: it costs the same, and whoever runs the server should see it.
pub(super) fn note(
    tx: &Tx<'_>,
    org: Option<OrgId>,
    person: Option<PersonId>,
    device: Option<DeviceId>,
    now: UnixMillis,
) -> Result<(), ServiceError> {
    let oldest = organisation::list(tx)?.first().map(|found| found.id);
    let Some(org) = org.or(oldest) else { return Ok(()) };
    let subject = person.map_or_else(|| "unknown address".to_owned(), |person| person.to_string());
    let actor = device.map_or_else(|| "anyone".to_owned(), |device| format!("device {device}"));
    audit::note(tx, org, &actor, FAILED, &subject, &json!({}), now)?;
    let hour = (before(now, HOUR_MS), now);
    let wrong = audit::count(tx, org, FAILED, hour)?;
    if wrong >= ALARMING && audit::last(tx, org, ALARM, hour)?.is_none() {
        audit::note(tx, org, "local", ALARM, "sign-in", &json!({ "wrong": wrong }), now)?;
        tracing::warn!(wrong, "many wrong one-time codes within an hour; somebody may be guessing");
    }
    Ok(())
}

impl Service {
    /// The last alarm for wrong codes, as long as admins are shown it.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn sign_in_alarm(&self, scope: &Scope) -> Result<Option<Alarm>, ServiceError> {
        scope.require(Role::Admin)?;
        let (org, now) = (scope.org, self.now());
        let day = (before(now, SHOWN_MS), now);
        self.store.read(|db| {
            let Some(at) = audit::last(db, org, ALARM, day)? else { return Ok(None) };
            Ok(Some(Alarm { wrong: audit::count(db, org, FAILED, day)?, at }))
        })
    }
}

fn before(now: UnixMillis, millis: u64) -> UnixMillis {
    UnixMillis::new(now.get().saturating_sub(millis))
}
