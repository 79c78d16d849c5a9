//! Messages to members.

use gatehouse_core::{
    id::{MessageId, PersonId},
    messages::{Severity, Window},
    time::{UnixMillis, UnixSeconds},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OrgId, StoreError, Tx, sql};

/// A message to a member.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Its id.
    pub id: MessageId,
    /// Whom it is for.
    pub person: PersonId,
    /// How much it matters.
    pub severity: Severity,
    /// What it is called.
    pub title: String,
    /// What it says.
    pub body: String,
    /// While it is shown.
    pub window: Window,
    /// When it was written.
    pub sent_at: UnixMillis,
    /// When the server learned that the person has read it.
    pub read_at: Option<UnixMillis>,
}

const SELECT: &str =
    "SELECT id, person, severity, title, body, from_s, until_s, sent_at, read_at FROM message";

fn read(row: &Row<'_>) -> rusqlite::Result<Message> {
    Ok(Message {
        id: MessageId(row.get(0)?),
        person: PersonId(row.get(1)?),
        severity: sql::word(row, 2, "severity")?,
        title: row.get(3)?,
        body: row.get(4)?,
        window: Window { from: sql::optional_seconds(row, 5)?, until: sql::optional_seconds(row, 6)? },
        sent_at: sql::millis(row, 7)?,
        read_at: sql::optional_millis(row, 8)?,
    })
}

/// Adds a message.
pub fn add(tx: &Tx<'_>, org: OrgId, message: &Message) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO message (org, id, person, severity, title, body, from_s, until_s, sent_at, read_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)",
        params![
            org.0,
            message.id.0,
            message.person.0,
            message.severity.word(),
            message.title,
            message.body,
            message.window.from.map(UnixSeconds::get),
            message.window.until.map(UnixSeconds::get),
            message.sent_at.get(),
            message.read_at.map(UnixMillis::get),
        ],
    )?;
    Ok(())
}

/// A message to a person.
pub fn get(
    db: &Connection,
    org: OrgId,
    person: PersonId,
    id: MessageId,
) -> Result<Option<Message>, StoreError> {
    let sql = format!("{SELECT} WHERE org = ?1 AND person = ?2 AND id = ?3");
    Ok(db.prepare_cached(&sql)?.query_row(params![org.0, person.0, id.0], read).optional()?)
}

/// Every message to a person, the newest first.
pub fn of_person(db: &Connection, org: OrgId, person: PersonId) -> Result<Vec<Message>, StoreError> {
    let sql = format!("{SELECT} WHERE org = ?1 AND person = ?2 ORDER BY sent_at DESC, id");
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(params![org.0, person.0], read)?.collect::<Result<_, _>>()?)
}

/// Those that are not over at `now`, the newest first: the rule of [`Window::is_over`].
pub fn not_over(
    db: &Connection,
    org: OrgId,
    person: PersonId,
    now: UnixSeconds,
) -> Result<Vec<Message>, StoreError> {
    let sql = format!(
        "{SELECT} WHERE org = ?1 AND person = ?2 AND (until_s IS NULL OR until_s > ?3) ORDER BY sent_at DESC, id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_map(params![org.0, person.0, now.get()], read)?.collect::<Result<_, _>>()?)
}

/// Notes that a person has read a message. The first time stays; of what is not there, or another's, nothing is noted.
pub fn mark_read(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    id: MessageId,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE message SET read_at = ?4 WHERE org = ?1 AND person = ?2 AND id = ?3 AND read_at IS NULL",
    )?
    .execute(params![org.0, person.0, id.0, now.get()])?;
    Ok(())
}

/// Removes a message.
pub fn remove(tx: &Tx<'_>, org: OrgId, person: PersonId, id: MessageId) -> Result<(), StoreError> {
    tx.execute(
        "DELETE FROM message WHERE org = ?1 AND person = ?2 AND id = ?3",
        params![org.0, person.0, id.0],
    )?;
    Ok(())
}
