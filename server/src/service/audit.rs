//! Notes of what admins did, in the transaction that does it.

use serde_json::Value;

use super::{Principal, Scope, ServiceError};
use crate::store::{Tx, audit};

/// Notes an action of whoever the scope names.
pub fn note(
    tx: &Tx<'_>,
    scope: &Scope,
    action: &str,
    subject: &str,
    detail: &Value,
    now: gatehouse_core::time::UnixMillis,
) -> Result<(), ServiceError> {
    let actor = match scope.principal {
        Principal::Person(person) => person.to_string(),
        Principal::Device(device) => format!("device {device}"),
        Principal::Local => "local".to_owned(),
    };
    Ok(audit::note(tx, scope.org, &actor, action, subject, detail, now)?)
}
