//! Names of people at gates: each spelling once, however many events bear it, with the keys under which it is found.

use std::collections::HashSet;

use gatehouse_core::name::search;
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError};

/// Behind every text that begins with what stands before it.
const LAST: char = '\u{10ffff}';

/// The number of a name, which is kept if it is new.
pub fn number(tx: &Connection, org: OrgId, name: &str) -> Result<i64, StoreError> {
    let known = tx
        .prepare_cached("SELECT no FROM event_name WHERE org = ?1 AND name = ?2")?
        .query_row(params![org.0, name], |row| row.get(0))
        .optional()?;
    if let Some(known) = known {
        return Ok(known);
    }
    let no = tx
        .prepare_cached("INSERT INTO event_name (org, name) VALUES (?1, ?2) RETURNING no")?
        .query_row(params![org.0, name], |row| row.get(0))?;
    add_keys(tx, org, no, name)?;
    Ok(no)
}

fn add_keys(tx: &Connection, org: OrgId, no: i64, name: &str) -> Result<(), StoreError> {
    let mut add = tx.prepare_cached("INSERT INTO event_name_key (org, key, name) VALUES (?1, ?2, ?3)")?;
    for key in search::keys(name) {
        add.execute(params![org.0, key, no])?;
    }
    Ok(())
}

/// Forgets a name that no event bears any more.
pub fn release(tx: &Connection, org: OrgId, no: i64) -> Result<(), StoreError> {
    let borne = tx
        .prepare_cached("SELECT 1 FROM event WHERE org = ?1 AND name = ?2 LIMIT 1")?
        .exists(params![org.0, no])?;
    if borne {
        return Ok(());
    }
    let gone: Option<String> = tx
        .prepare_cached("DELETE FROM event_name WHERE org = ?1 AND no = ?2 RETURNING name")?
        .query_row(params![org.0, no], |row| row.get(0))
        .optional()?;
    let mut remove =
        tx.prepare_cached("DELETE FROM event_name_key WHERE org = ?1 AND key = ?2 AND name = ?3")?;
    for key in search::keys(gone.as_deref().unwrap_or_default()) {
        remove.execute(params![org.0, key, no])?;
    }
    Ok(())
}

/// The numbers of all names that a search finds; nothing where it asks for nothing.
pub fn found(db: &Connection, org: OrgId, search: &str) -> Result<Option<HashSet<i64>>, StoreError> {
    let mut asked = search::beginnings(search);
    // The longest word is likely the rarest: what it leaves over is what the others have to be held against.
    asked.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    let mut found: Option<HashSet<i64>> = None;
    let mut statement = db.prepare_cached(FIND)?;
    for word in asked {
        let rows = statement.query_map(params![org.0, word, format!("{word}{LAST}")], |row| row.get(0))?;
        let begun: HashSet<i64> = match &found {
            Some(before) => rows
                .filter(|no| no.as_ref().map_or(true, |no| before.contains(no)))
                .collect::<Result<_, _>>()?,
            None => rows.collect::<Result<_, _>>()?,
        };
        let none = begun.is_empty();
        found = Some(begun);
        if none {
            break;
        }
    }
    Ok(found)
}

/// The names with a key between two texts.
pub(super) const FIND: &str = "SELECT name FROM event_name_key WHERE org = ?1 AND key >= ?2 AND key < ?3";

/// Makes all keys anew, by the rules as they are now.
pub fn index_anew(tx: &Connection) -> Result<(), StoreError> {
    tx.execute("DELETE FROM event_name_key", [])?;
    let mut names = tx.prepare("SELECT no, org, name FROM event_name")?;
    let mut rows = names.query([])?;
    while let Some(row) = rows.next()? {
        add_keys(tx, OrgId(row.get(1)?), row.get(0)?, &row.get::<_, String>(2)?)?;
    }
    Ok(())
}
