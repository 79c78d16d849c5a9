//! What admins did, for good.

use gatehouse_core::time::UnixMillis;
use rusqlite::params;

use super::{OrgId, StoreError, Tx};

/// Notes one action. `detail` is JSON without personal data.
///
/// # Errors
/// The database's.
pub fn note(
    tx: &Tx<'_>,
    org: OrgId,
    actor: &str,
    action: &str,
    subject: &str,
    detail: &serde_json::Value,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO audit (org, at, actor, action, subject, detail) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![org.0, now.get(), actor, action, subject, detail.to_string()])?;
    Ok(())
}
