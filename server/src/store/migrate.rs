//! Brings a database to this build's version, step by step, each in the same transaction as its version number.

use gatehouse_core::name;
use rusqlite::{Connection, TransactionBehavior};

use super::StoreError;

/// Every step there ever was, in order. A step that has been released is never changed.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_amendment.sql"),
    include_str!("migrations/0003_packs.sql"),
    include_str!("migrations/0004_wallet.sql"),
    include_str!("migrations/0005_faces.sql"),
    include_str!("migrations/0006_continued_journals.sql"),
    include_str!("migrations/0007_longest_shift.sql"),
    include_str!("migrations/0008_host_limits.sql"),
    include_str!("migrations/0009_usage.sql"),
    include_str!("migrations/0010_held_against.sql"),
    include_str!("migrations/0011_erasure.sql"),
    include_str!("migrations/0012_device_clocks.sql"),
    include_str!("migrations/0013_judgements.sql"),
];

/// Work on a database that SQL cannot do.
type Fill = fn(&Connection) -> Result<(), StoreError>;

/// What a step needs besides its SQL, by the step's number.
const FILLS: &[(u32, Fill)] = &[(3, fold_search)];

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
        for (_, fill) in FILLS.iter().filter(|(number, _)| *number == version) {
            fill(&tx)?;
        }
        tx.pragma_update(None, "user_version", version)?;
    }
    tx.commit()?;
    Ok(())
}

/// Folds what searches look in as they fold what they look for.
fn fold_search(db: &Connection) -> Result<(), StoreError> {
    for table in ["invitation", "event"] {
        let mut select = db.prepare(&format!("SELECT rowid, search FROM {table} WHERE search != ''"))?;
        let mut update = db.prepare(&format!("UPDATE {table} SET search = ?2 WHERE rowid = ?1"))?;
        let mut rows = select.query([])?;
        let mut folded: Vec<(i64, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            folded.push((row.get(0)?, name::folded(&row.get::<_, String>(1)?)));
        }
        for (row, search) in folded {
            update.execute((row, search))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_before_is_found_as_what_is_written_now() {
        let mut connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch(STEPS.first().expect("a first step")).expect("first");
        connection.pragma_update(None, "user_version", 1).expect("set");
        connection.pragma_update(None, "foreign_keys", false).expect("set");
        connection
            .execute(
                "INSERT INTO invitation (org, id, reference, visitor, status, any_site, from_s, until_s, search, created_at)
                 VALUES (1, zeroblob(16), 'V-1', zeroblob(16), 'pending', 1, 0, 1, 'v-1' || char(10) || 'zoë møller', 0)",
                [],
            )
            .expect("an invitation");
        migrate(&mut connection).expect("the rest");
        let search: String =
            connection.query_row("SELECT search FROM invitation", [], |row| row.get(0)).expect("a row");
        assert_eq!(search, "v 1 zoe moller");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrate(&mut connection).expect("first");
        migrate(&mut connection).expect("again");
        connection.pragma_update(None, "user_version", 999).expect("set");
        assert!(matches!(migrate(&mut connection), Err(StoreError::NewerDatabase { found: 999, .. })));
    }
}
