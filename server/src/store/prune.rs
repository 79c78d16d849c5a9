//! Rows that have done their work, removed a few at a time so that no write waits long for it.

use gatehouse_core::time::UnixMillis;
use rusqlite::params;

use super::{StoreError, Tx};

/// Most rows that one transaction removes of a kind.
pub const AT_ONCE: usize = 500;

const DAY_MS: u64 = 86_400_000;

/// A kind of rows, by the statement that removes up to so many that are older than a time, and that age.
struct Kind {
    sql: &'static str,
    kept_ms: u64,
}

const KINDS: [Kind; 8] = [
    // Links that were used or have lapsed sign nobody in.
    Kind {
        sql: "DELETE FROM sign_in_link WHERE hash IN
              (SELECT hash FROM sign_in_link WHERE expires_at < ?1 LIMIT ?2)",
        kept_ms: DAY_MS,
    },
    // A lost answer to an enrolment is asked for again only while its code is good.
    Kind {
        sql: "DELETE FROM enrolment_code WHERE hash IN
              (SELECT hash FROM enrolment_code WHERE expires_at < ?1 LIMIT ?2)",
        kept_ms: 30 * DAY_MS,
    },
    Kind {
        sql: "DELETE FROM one_time_code WHERE rowid IN
              (SELECT rowid FROM one_time_code WHERE expires_at < ?1 LIMIT ?2)",
        kept_ms: DAY_MS,
    },
    Kind {
        sql: "DELETE FROM session WHERE hash IN (SELECT hash FROM session WHERE expires_at < ?1 LIMIT ?2)",
        kept_ms: DAY_MS,
    },
    // Wrong tries that are forgiven.
    Kind {
        sql: "DELETE FROM sign_in_try WHERE rowid IN
              (SELECT rowid FROM sign_in_try WHERE forgotten_at < ?1 LIMIT ?2)",
        kept_ms: DAY_MS,
    },
    // Who signed in and out, and whose codes were wrong.
    Kind {
        sql: "DELETE FROM audit WHERE no IN (SELECT no FROM audit WHERE at < ?1
              AND action IN ('session.begin', 'session.end', 'sign_in.failed', 'sign_in.alarm') ORDER BY no LIMIT ?2)",
        kept_ms: 180 * DAY_MS,
    },
    // Messages that are over are shown to nobody. Their end is in seconds.
    Kind {
        sql: "DELETE FROM message WHERE rowid IN
              (SELECT rowid FROM message WHERE until_s < ?1 / 1000 LIMIT ?2)",
        kept_ms: 90 * DAY_MS,
    },
    // What admins did is kept for as long as anybody asks for it.
    Kind {
        sql: "DELETE FROM audit WHERE no IN (SELECT no FROM audit WHERE at < ?1 ORDER BY no LIMIT ?2)",
        kept_ms: 3 * 366 * DAY_MS,
    },
];

/// Removes what is past its time, up to [`AT_ONCE`] rows of each kind; false where there may be more.
pub fn lapsed(tx: &Tx<'_>, now: UnixMillis) -> Result<bool, StoreError> {
    let mut all = true;
    for kind in &KINDS {
        let before = now.get().saturating_sub(kind.kept_ms);
        let removed = tx.prepare_cached(kind.sql)?.execute(params![before, AT_ONCE])?;
        all &= removed < AT_ONCE;
    }
    Ok(all)
}
