//! Passes that were signed, who holds uses of them, and what must not pass any more.

use gatehouse_core::{
    decision::{Code, Findings, PastUses, Verdict},
    gatepack::{List, RevokedBuilder},
    id::{DeviceId, EntryId, PersonId, SiteNumber, SubjectId, TokenId},
    time::{UnixMillis, UnixSeconds},
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, device::OWN, host, sql};

/// How long past its expiry a pass is kept: a phone whose clock lags must still find what was revoked. Seconds.
const KEPT_PAST_EXPIRY_S: u64 = 86_400;
/// The longest life of anything that is issued to a member, a phone's certificate, and a day. Seconds.
const LONGEST_MEMBER_PASS_S: u64 = 31 * 86_400;

/// A pass that was signed.
#[derive(Debug, Clone)]
pub struct Issued {
    /// This very pass.
    pub token: TokenId,
    /// Who or what it speaks for.
    pub subject: SubjectId,
    /// When it was made.
    pub issued_at: UnixSeconds,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// The code's text under the master key, where it must be shown again.
    pub sealed: Option<Vec<u8>>,
}

/// Notes a pass before it is handed out.
pub fn add(tx: &Tx<'_>, org: OrgId, pass: &Issued) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO issued_pass (org, token, subject, issued_s, expires_s, sealed) VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
    )?
    .execute(params![
        org.0,
        pass.token.0,
        pass.subject.0,
        pass.issued_at.get(),
        pass.expires_at.get(),
        pass.sealed
    ])?;
    Ok(())
}

/// The newest pass of a subject whose text is kept.
pub fn newest_kept(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Option<Issued>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT token, issued_s, expires_s, sealed FROM issued_pass
         WHERE org = ?1 AND subject = ?2 AND sealed IS NOT NULL ORDER BY issued_s DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(Issued {
            token: TokenId(row.get(0)?),
            subject,
            issued_at: sql::seconds(row, 1)?,
            expires_at: sql::seconds(row, 2)?,
            sealed: row.get(3)?,
        })
    };
    Ok(statement.query_row(params![org.0, subject.0], read).optional()?)
}

/// Forgets passes that nobody could be let in with any more.
pub fn prune(tx: &Tx<'_>, org: OrgId, now: UnixSeconds) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM issued_pass WHERE +org = ?1 AND expires_s < ?2 AND sealed IS NULL")?
        .execute(params![org.0, now.minus(KEPT_PAST_EXPIRY_S).get()])?;
    Ok(())
}

/// Everything that a pass which is still valid could be refused for. Fresh revocations are listed even where no such
/// pass is known: the database may come from a backup that is older than the pass.
pub fn revocations(db: &Connection, org: OrgId, now: UnixSeconds) -> Result<RevokedBuilder, StoreError> {
    let alive = now.minus(KEPT_PAST_EXPIRY_S).get();
    let fresh = now.minus(LONGEST_MEMBER_PASS_S);
    let mut lists = RevokedBuilder::default();
    let mut people = db.prepare_cached(
        "SELECT id, revoked_at IS NOT NULL, access_enabled, superseded_before_s FROM person p
         WHERE org = ?1 AND (revoked_at IS NOT NULL OR access_enabled = 0 OR superseded_before_s IS NOT NULL)
           AND (revoked_at >= ?3 OR superseded_before_s >= ?4
             OR EXISTS (SELECT 1 FROM issued_pass i WHERE i.org = p.org AND i.subject = p.id AND i.expires_s >= ?2))",
    )?;
    let mut rows = people.query(params![org.0, alive, fresh.to_millis().get(), fresh.get()])?;
    while let Some(row) = rows.next()? {
        let id: [u8; 16] = row.get(0)?;
        if row.get(1)? {
            lists.add(List::Revoked, &id);
        }
        if !row.get::<_, bool>(2)? {
            lists.add(List::Disabled, &id);
        }
        if let Some(time) = sql::optional_seconds(row, 3)? {
            lists.supersede(&id, time);
        }
    }
    let mut tokens = db.prepare_cached(
        "SELECT token FROM issued_pass WHERE org = ?1 AND revoked_at IS NOT NULL AND expires_s >= ?2",
    )?;
    let mut rows = tokens.query(params![org.0, alive])?;
    while let Some(row) = rows.next()? {
        lists.add(List::Revoked, &row.get(0)?);
    }
    let mut invitations = db.prepare_cached(
        &format!(
            "SELECT id FROM invitation v WHERE org = ?1 AND (status = 'cancelled' OR {}) AND (until_s >= ?2
           OR EXISTS (SELECT 1 FROM issued_pass i WHERE i.org = v.org AND i.subject = v.id AND i.expires_s >= ?2))",
            host::is_stopped()
        ),
    )?;
    let mut rows = invitations.query(params![org.0, alive])?;
    while let Some(row) = rows.next()? {
        lists.add(List::Cancelled, &row.get(0)?);
    }
    Ok(lists)
}

/// Whose scan of a code is looked at.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The event, whose own use does not count.
    pub event: EntryId,
    /// The device that asks.
    pub device: Option<DeviceId>,
    /// Events of that device that its guard has closed without a grant, as the server will learn from its journal.
    pub closed: &'a [EntryId],
}

/// A reservation that counts at ?5, by the rule of `time::Span`: one that a clock far ahead has made does not.
const RESERVED: &str = "(until_ms > ?5 AND used_at - ?5 < until_ms - used_at)";

/// Grants and live reservations of a code by other events than the one that is asked about.
pub fn past_uses(
    db: &Connection,
    org: OrgId,
    use_id: &[u8],
    asking: &Asking<'_>,
    now: UnixMillis,
) -> Result<PastUses, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT event, used_at, granted = 0 AND device IN own FROM code_use
         WHERE org = ?1 AND use_id = ?3 AND event != ?4 AND (granted = 1 OR {RESERVED})"
    ))?;
    let asked = params![org.0, asking.device.map(|id| id.0), use_id, asking.event.0, now.get()];
    let mut rows = statement.query(asked)?;
    let mut past = PastUses::default();
    while let Some(row) = rows.next()? {
        let (event, at) = (EntryId(row.get(0)?), sql::millis(row, 1)?);
        let own: Option<bool> = row.get(2)?;
        if own == Some(true) && asking.closed.contains(&event) {
            continue;
        }
        past = PastUses { grants: past.grants.saturating_add(1), last: past.last.max(Some(at)) };
    }
    Ok(past)
}

/// Where a code's grant of this time was, and which guard was at work there.
pub fn whose_use(
    db: &Connection,
    org: OrgId,
    use_id: &[u8],
    at: UnixMillis,
) -> Result<Option<(SiteNumber, PersonId)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT e.site, o.guard FROM code_use u JOIN event e ON e.org = u.org AND e.id = u.event
             JOIN event_origin o ON o.no = e.origin
         WHERE u.org = ?1 AND u.use_id = ?2 AND u.granted = 1 AND u.used_at = ?3 LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok((sql::site(row, 0)?, PersonId(row.get(1)?)));
    Ok(statement.query_row(params![org.0, use_id, at.get()], read).optional()?)
}

/// Lets passes of a subject fail that were issued from `from` until before `until` and that still live: their time of
/// issue alone would spare them.
pub fn withdraw(
    tx: &Tx<'_>,
    org: OrgId,
    subject: SubjectId,
    (from, until): (UnixSeconds, UnixSeconds),
    since: UnixMillis,
    now: UnixSeconds,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "UPDATE issued_pass SET revoked_at = coalesce(revoked_at, ?6)
         WHERE org = ?1 AND subject = ?2 AND issued_s >= ?3 AND issued_s < ?4 AND expires_s >= ?5",
    )?
    .execute(params![
        org.0,
        subject.0,
        from.get(),
        until.get(),
        now.minus(KEPT_PAST_EXPIRY_S).get(),
        since.get()
    ])?;
    Ok(())
}

/// When a single pass was revoked, if it was.
pub fn revoked_at(db: &Connection, org: OrgId, token: TokenId) -> Result<Option<UnixMillis>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT revoked_at FROM issued_pass WHERE org = ?1 AND token = ?2")?;
    let found =
        statement.query_row(params![org.0, token.0], |row| sql::optional_millis(row, 0)).optional()?;
    Ok(found.flatten())
}

/// Number of grants of a code.
pub fn grants(db: &Connection, org: OrgId, use_id: &[u8]) -> Result<u64, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT count(*) FROM code_use WHERE org = ?1 AND use_id = ?2 AND granted = 1")?;
    Ok(statement.query_row(params![org.0, use_id], |row| row.get(0))?)
}

/// Reserves a use for an event until `until`, for the device that asked; a grant that is there stays one.
pub fn reserve(
    tx: &Tx<'_>,
    org: OrgId,
    use_id: &[u8],
    event: EntryId,
    device: Option<DeviceId>,
    (now, until): (UnixMillis, UnixMillis),
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO code_use (org, use_id, event, granted, used_at, until_ms, device)
         VALUES (?1, ?2, ?3, 0, ?4, ?5, ?6)
         ON CONFLICT DO UPDATE SET used_at = ?4, until_ms = ?5 WHERE granted = 0",
    )?
    .execute(params![org.0, use_id, event.0, now.get(), until.get(), device.map(|id| id.0)])?;
    Ok(())
}

/// A grant of a code.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// Its event.
    pub event: EntryId,
    /// When it was granted.
    pub at: UnixMillis,
    /// Whether that time was known for sure.
    pub surely: bool,
    /// Whether the guard was told then that the use was one too many, or the verdict was DENIED anyhow.
    pub was_seen: bool,
}

/// How many grants of a code were made before the one of this time and event, when the last of them was, and whether
/// that was known for sure.
pub fn uses_before(
    db: &Connection,
    org: OrgId,
    use_id: &[u8],
    (at, event): (UnixMillis, EntryId),
) -> Result<(u32, Option<(UnixMillis, bool)>), StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM code_use
         WHERE org = ?1 AND use_id = ?2 AND granted = 1 AND (used_at, event) < (?3, ?4)",
    )?;
    let count = statement.query_row(params![org.0, use_id, at.get(), event.0], |row| row.get(0))?;
    let mut statement = db.prepare_cached(
        "SELECT u.used_at, e.decided_surely FROM code_use u JOIN event e ON e.org = u.org AND e.id = u.event
         WHERE u.org = ?1 AND u.use_id = ?2 AND u.granted = 1 AND (u.used_at, u.event) < (?3, ?4)
         ORDER BY u.used_at DESC, u.event DESC LIMIT 1",
    )?;
    let read = |row: &rusqlite::Row<'_>| Ok((sql::millis(row, 0)?, row.get(1)?));
    let last = statement.query_row(params![org.0, use_id, at.get(), event.0], read).optional()?;
    Ok((count, last))
}

/// The grants of a code from the one of this time and event on, in order. `code` is what a guard is told of one too
/// many.
pub fn uses_from(
    db: &Connection,
    org: OrgId,
    use_id: &[u8],
    (at, event): (UnixMillis, EntryId),
    code: &Code,
) -> Result<Vec<Use>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT u.event, u.used_at, e.decided_surely, e.verdict, e.findings
         FROM code_use u JOIN event e ON e.org = u.org AND e.id = u.event
         WHERE u.org = ?1 AND u.use_id = ?2 AND u.granted = 1 AND (u.used_at, u.event) >= (?3, ?4)
         ORDER BY u.used_at, u.event",
    )?;
    let rows = statement.query_map(params![org.0, use_id, at.get(), event.0], |row| {
        let verdict = row.get::<_, Option<u64>>(3)?.and_then(Verdict::from_number);
        let findings = row.get::<_, Option<Vec<u8>>>(4)?.and_then(|bytes| Findings::from_bytes(&bytes));
        let told = findings
            .is_some_and(|found| found.checks.iter().any(|(_, outcome)| outcome.code() == Some(code)));
        Ok(Use {
            event: EntryId(row.get(0)?),
            at: sql::millis(row, 1)?,
            surely: row.get(2)?,
            was_seen: verdict == Some(Verdict::Denied) || told,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Turns an event's reservation into a grant, or notes the grant that no reservation came before.
pub fn grant(
    tx: &Tx<'_>,
    org: OrgId,
    use_id: &[u8],
    event: EntryId,
    at: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO code_use (org, use_id, event, granted, used_at) VALUES (?1, ?2, ?3, 1, ?4)
         ON CONFLICT DO UPDATE SET granted = 1, used_at = ?4, until_ms = NULL",
    )?
    .execute(params![org.0, use_id, event.0, at.get()])?;
    Ok(())
}

/// Gives back the use of a grant that was put right to a denial, or what the event had reserved. Grants that were found
/// to be one too many while it counted stay marked: that was so when they were made.
pub fn give_back(tx: &Tx<'_>, org: OrgId, event: EntryId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM code_use WHERE org = ?1 AND event = ?2")?
        .execute(params![org.0, event.0])?;
    Ok(())
}

/// Frees what an event had reserved.
pub fn free(tx: &Tx<'_>, org: OrgId, event: EntryId) -> Result<(), StoreError> {
    tx.prepare_cached("DELETE FROM code_use WHERE org = ?1 AND event = ?2 AND granted = 0")?
        .execute(params![org.0, event.0])?;
    Ok(())
}
