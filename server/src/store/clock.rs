//! What this server's clock wrote down, and what becomes of it once the clock was set back.

use gatehouse_core::time::UnixMillis;
use rusqlite::{Connection, OptionalExtension, params};

use super::{StoreError, Tx, facet, sql};

const SEEN: &str = "clock_seen";
/// How far a clock had got that was set back: what rows say up to there proves nothing.
const DISPROVED: &str = "clock_disproved";

fn noted(db: &Connection, name: &str) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached("SELECT value FROM setting WHERE name = ?1")?;
    let noted: Option<Vec<u8>> = statement.query_row([name], |row| row.get(0)).optional()?;
    Ok(noted.and_then(|bytes| bytes.try_into().ok()).map_or(0, u64::from_be_bytes))
}

fn put(tx: &Tx<'_>, name: &str, time: u64) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO setting (name, value) VALUES (?1, ?2) ON CONFLICT (name) DO UPDATE SET value = excluded.value",
        params![name, time.to_be_bytes()],
    )?;
    Ok(())
}

/// The last time that the server noted, and the newest that it stored with anything it received or did: where its
/// clock had got to. What a clock wrote that was set back since stays in the rows that nobody changes (key sets,
/// audit, events), and is passed over: else each start would find the clock set back again until that day has come.
pub fn reached(db: &Connection) -> Result<UnixMillis, StoreError> {
    let (seen, disproved) = (noted(db, SEEN)?, noted(db, DISPROVED)?);
    // Of the long tables the last rows: no index is by time alone.
    let newest = db
        .prepare_cached(
            "SELECT max(at) FROM (
                 SELECT issued_s * 1000 AS at FROM key_set
                 UNION ALL SELECT last_contact FROM device
                 UNION ALL SELECT created_at FROM session
                 UNION ALL SELECT at FROM (SELECT at FROM audit ORDER BY no DESC LIMIT 100)
                 UNION ALL SELECT received_at FROM (SELECT received_at FROM event ORDER BY no DESC LIMIT 100))
             WHERE at <= ?1 OR at > ?2",
        )?
        .query_row(params![seen, disproved], |row| sql::optional_millis(row, 0))?;
    Ok(UnixMillis::new(seen).max(newest.unwrap_or_default()))
}

/// Notes the time, so that the next start knows where the clock had got to.
pub fn note(tx: &Tx<'_>, now: UnixMillis) -> Result<(), StoreError> {
    put(tx, SEEN, now.get())
}

/// How long things live that are stored by their end alone, and how long a wait is. Milliseconds.
#[derive(Debug, Clone, Copy)]
pub struct Lengths {
    /// A link that signs in.
    pub link: u64,
    /// An enrolment code.
    pub enrolment: u64,
    /// Until the next one-time code may be sent.
    pub resend: u64,
    /// For as long wrong tries count.
    pub tries: u64,
}

/// A clock that had got to `was` was set back to `now`.
#[derive(Debug, Clone, Copy)]
pub struct SetBack {
    /// Where it had got to.
    pub was: UnixMillis,
    /// What it says now.
    pub now: UnixMillis,
}

/// What had ended by then has ended: nothing that lapsed lives again.
const ENDED: [&str; 4] = [
    "DELETE FROM session WHERE expires_at <= ?2 AND expires_at > ?1",
    "DELETE FROM one_time_code WHERE expires_at <= ?2 AND expires_at > ?1",
    "UPDATE sign_in_link SET expires_at = ?1 WHERE expires_at <= ?2 AND expires_at > ?1",
    "UPDATE enrolment_code SET expires_at = ?1 WHERE expires_at <= ?2 AND expires_at > ?1",
];

/// What lets somebody in and began in what is the future now has begun now, by the rule of `time::Span`.
const BEGUN_NOW: [&str; 2] = [
    "UPDATE session SET expires_at = ?1 + (expires_at - created_at), created_at = ?1 WHERE created_at > ?1",
    "UPDATE code_use SET until_ms = ?1 + (until_ms - used_at), used_at = ?1 WHERE granted = 0 AND used_at > ?1",
];

/// The same of what is stored by its end alone, and of its length.
const LINKS: &str = "UPDATE sign_in_link SET expires_at = min(expires_at, ?1 + ?2)";
const ENROLMENT_CODES: &str = "UPDATE enrolment_code SET expires_at = min(expires_at, ?1 + ?2)";
/// Nobody waits for the next code because this one was sent in the future.
const ONE_TIME_CODES: &str =
    "UPDATE one_time_code SET expires_at = ?1 + (expires_at - sent_at), sent_at = ?1 - ?2
    WHERE sent_at > ?1";
/// Wrong tries that a clock far ahead has counted would count again once it is that late.
const TRIES: &str = "DELETE FROM sign_in_try WHERE forgotten_at > ?1 + ?2";
/// A certificate from tomorrow opens nothing today, and counts against no limit.
const CERTIFICATES: &str = "DELETE FROM member_certificate WHERE issued_s > ?1 / 1000";
/// Nor does anybody wait for what was reserved then.
const RESERVATIONS: &str =
    "DELETE FROM code_use WHERE granted = 0 AND until_ms > ?1 AND used_at - ?1 >= until_ms - used_at";

/// Facts since when something is so. Nothing is so only from tomorrow on: what has happened is held against whoever
/// comes after it.
const HAPPENED: [(&str, &str); 21] = [
    ("person", "revoked_at"),
    ("person", "deleted_at"),
    ("ban", "banned_at"),
    ("invitation", "created_at"),
    ("invitation", "cancelled_at"),
    ("issued_pass", "revoked_at"),
    ("device", "revoked_at"),
    ("device", "forked_at"),
    ("device", "enrolled_at"),
    ("device", "last_contact"),
    ("device", "trusted_ms"),
    ("membership", "signed_in_at"),
    ("pack_sent", "sent_at"),
    ("stay", "since_ms"),
    ("departure", "departed_at"),
    ("shift", "started_at"),
    ("code_use", "used_at"),
    ("guard_here", "since"),
    ("departure_waiting", "received_at"),
    ("message", "sent_at"),
    ("message", "read_at"),
];

/// Takes back what a clock wrote that was ahead and was set back.
pub fn take_back(tx: &Tx<'_>, back: SetBack, lengths: &Lengths) -> Result<(), StoreError> {
    let (now, was) = (back.now.get(), back.was.get());
    for statement in ENDED {
        tx.execute(statement, params![now, was])?;
    }
    tx.execute(RESERVATIONS, [now])?;
    tx.execute(CERTIFICATES, [now])?;
    for statement in BEGUN_NOW {
        tx.execute(statement, [now])?;
    }
    for (statement, length) in [
        (LINKS, lengths.link),
        (ENROLMENT_CODES, lengths.enrolment),
        (ONE_TIME_CODES, lengths.resend),
        (TRIES, lengths.tries),
    ] {
        tx.execute(statement, params![now, length])?;
    }
    for (table, column) in HAPPENED {
        tx.execute(&format!("UPDATE {table} SET {column} = ?1 WHERE {column} > ?1"), [now])?;
    }
    facet::relist(tx, back.now)?;
    // A clock that was off says nothing of those of devices.
    tx.execute("UPDATE device SET wall_ahead_ms = NULL, wall_read_at = NULL", [])?;
    let disproved = noted(tx, DISPROVED)?.max(was);
    put(tx, DISPROVED, disproved)?;
    note(tx, back.now)
}
