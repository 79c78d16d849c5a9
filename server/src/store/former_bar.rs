//! Bars that stood against somebody and were lifted: bans, and revocations that were taken back. A grant of that time may
//! come to be known only afterwards.

use gatehouse_core::{
    decision::{Bar, Stood},
    id::SubjectId,
    time::UnixMillis,
};
use rusqlite::{Connection, params};

use super::{OrgId, StoreError, Tx, sql};

/// Notes a bar that is lifted now.
pub fn note(
    tx: &Tx<'_>,
    org: OrgId,
    subject: SubjectId,
    bar: Bar,
    since: UnixMillis,
    until: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO former_bar (org, subject, bar, since, until) VALUES (?1, ?2, ?3, ?4, ?5)
         ON CONFLICT DO UPDATE SET until = max(until, excluded.until)",
        params![org.0, subject.0, bar.code().word(), since.get(), until.get()],
    )?;
    Ok(())
}

/// Every bar that stood against somebody and does no more.
pub fn of(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Vec<Stood>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT bar, since, until FROM former_bar WHERE org = ?1 AND subject = ?2")?;
    let mut rows = statement.query(params![org.0, subject.0])?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        let word: String = row.get(0)?;
        let bar = Bar::ALL.into_iter().find(|bar| bar.code().word() == word);
        let bar = bar.ok_or(StoreError::Corrupt("former_bar"))?;
        found.push(Stood { bar, since: Some(sql::millis(row, 1)?), until: Some(sql::millis(row, 2)?) });
    }
    Ok(found)
}
