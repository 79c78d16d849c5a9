//! Brings a database to this build's version, step by step, each in the same transaction as its version number.

use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Every step there ever was, in order. A step that has been released is never changed.
const STEPS: &[&str] =
    &[include_str!("migrations/0001_first.sql"), include_str!("migrations/0002_amendment.sql"), include_str!("migrations/0003_packs.sql")];

/// Runs the steps that are missing.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::NewerDatabase { found, known });
    }
    for (version, step) in (1..=known).zip(STEPS).skip_while(|(version, _)| *version <= found) {
        tx.execute_batch(step)?;
        tx.pragma_update(None, "user_version", version)?;
    }
    tx.commit()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrate(&mut connection).expect("first");
        migrate(&mut connection).expect("again");
        connection.pragma_update(None, "user_version", 999).expect("set");
        assert!(matches!(migrate(&mut connection), Err(StoreError::NewerDatabase { found: 999, .. })));
    }
}
