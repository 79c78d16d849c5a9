//! Erasing people: clearing every column that tells of them. Entries stay as they were signed; the keys of their sealed
//! parts go.

use std::collections::BTreeSet;

use gatehouse_core::{
    id::{DeviceId, Digest32, EntryId, PersonId, SubjectId},
    name,
    time::UnixMillis,
    wire::ErasureOrder,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, event};

/// What stands in the place of an erased person's name.
pub const ERASED: &str = "Erased";
/// Forgets that visitors without a code said they visit somebody of this name. For one who is erased; a namesake's
/// visitors lose it, too.
pub const FORGET_HOST: &str = "UPDATE event SET host = NULL WHERE org = ?1 AND host = ?2 COLLATE NOCASE";
/// Most orders in one answer.
const MOST_ORDERS: u32 = 100;

/// Whether somebody or something was erased.
pub fn is_erased(db: &Connection, org: OrgId, id: &[u8; 16]) -> Result<bool, StoreError> {
    Ok(db.prepare_cached("SELECT 1 FROM erased WHERE org = ?1 AND id = ?2")?.exists(params![org.0, id])?)
}

/// Notes that a member, an invitation, a scan or a walk-up was erased; false where it had been.
pub fn note(tx: &Tx<'_>, org: OrgId, id: &[u8; 16], now: UnixMillis) -> Result<bool, StoreError> {
    let added = tx
        .prepare_cached("INSERT INTO erased (org, id, erased_at) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING")?
        .execute(params![org.0, id, now.get()])?;
    Ok(added == 1)
}

/// The person, and every visitor of the same e-mail address: each invitation has a row of its own.
pub fn people_like(db: &Connection, org: OrgId, person: PersonId) -> Result<BTreeSet<PersonId>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT p.id FROM person p JOIN person q ON q.org = p.org AND q.id = ?2
         WHERE p.org = ?1 AND (p.id = q.id OR (p.email = q.email AND p.visitor = 1))",
    )?;
    let rows = statement.query_map(params![org.0, person.0], |row| Ok(PersonId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Visitors and members of an e-mail address.
pub fn people_of_address(db: &Connection, org: OrgId, email: &str) -> Result<Vec<PersonId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM person WHERE org = ?1 AND email = ?2")?;
    let rows = statement.query_map(params![org.0, email], |row| Ok(PersonId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The invitations of a visitor.
pub fn invitations_of(db: &Connection, org: OrgId, visitor: PersonId) -> Result<Vec<SubjectId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM invitation WHERE org = ?1 AND visitor = ?2")?;
    let rows = statement.query_map(params![org.0, visitor.0], |row| Ok(SubjectId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The visitor of an invitation.
pub fn visitor_of(
    db: &Connection,
    org: OrgId,
    invitation: SubjectId,
) -> Result<Option<PersonId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT visitor FROM invitation WHERE org = ?1 AND id = ?2")?;
    let read = |row: &rusqlite::Row<'_>| Ok(PersonId(row.get(0)?));
    Ok(statement.query_row(params![org.0, invitation.0], read).optional()?)
}

/// An entry as an erasure looks at it.
#[derive(Debug)]
pub struct Looked {
    /// Where it stands in the store: later ones stand behind it. No entry is ever deleted, so that writing the database
    /// anew moves none.
    pub place: i64,
    /// What it is kept under.
    pub id: EntryId,
    /// The envelope.
    pub envelope: Vec<u8>,
    /// The sealed key of its sealed part, unless destroyed.
    pub key: Option<Vec<u8>>,
}

/// The next entries of the organisation whose key is there, in the order in which they came.
pub fn entries_after(
    db: &Connection,
    org: OrgId,
    place: i64,
    most: usize,
) -> Result<Vec<Looked>, StoreError> {
    // The sign keeps the index of an organisation's entries out: it would sort all of them for each piece.
    let mut statement = db.prepare_cached(
        "SELECT e.rowid, e.id, e.envelope, k.sealed FROM journal_entry e
         JOIN entry_key k ON k.org = e.org AND k.entry = e.id
         WHERE e.rowid > ?2 AND +e.org = ?1 ORDER BY e.rowid LIMIT ?3",
    )?;
    let rows = statement.query_map(params![org.0, place, most], |row| {
        Ok(Looked { place: row.get(0)?, id: EntryId(row.get(1)?), envelope: row.get(2)?, key: row.get(3)? })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The events of a member or an invitation.
pub fn events_of(db: &Connection, org: OrgId, subject: SubjectId) -> Result<Vec<EntryId>, StoreError> {
    let mut statement = db.prepare_cached("SELECT id FROM event WHERE org = ?1 AND subject = ?2")?;
    let rows = statement.query_map(params![org.0, subject.0], |row| Ok(EntryId(row.get(0)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Destroys the key of an entry's sealed part; false where it was gone.
pub fn destroy_key(tx: &Tx<'_>, org: OrgId, entry: EntryId) -> Result<bool, StoreError> {
    let gone = tx
        .prepare_cached("DELETE FROM entry_key WHERE org = ?1 AND entry = ?2")?
        .execute(params![org.0, entry.0])?;
    Ok(gone == 1)
}

/// Clears what an event and its amendments tell of a person, and gives the photos that they named.
pub fn clear_event(tx: &Tx<'_>, org: OrgId, id: EntryId) -> Result<Vec<Digest32>, StoreError> {
    let mut photos = tx.prepare_cached(
        "SELECT photo FROM event WHERE org = ?1 AND id = ?2 AND photo IS NOT NULL
         UNION SELECT photo FROM amendment WHERE org = ?1 AND event = ?2 AND photo IS NOT NULL",
    )?;
    let named = photos.query_map(params![org.0, id.0], |row| Ok(Digest32(row.get(0)?)))?;
    let named = named.collect::<Result<_, _>>()?;
    event::forget(tx, org, id)?;
    tx.prepare_cached("UPDATE amendment SET note = NULL, photo = NULL WHERE org = ?1 AND event = ?2")?
        .execute(params![org.0, id.0])?;
    Ok(named)
}

/// Forgets a photo that nobody else's event names; false where one does, or it was gone.
pub fn forget_photo(tx: &Tx<'_>, org: OrgId, sha256: Digest32) -> Result<bool, StoreError> {
    let gone = tx.execute(
        "DELETE FROM photo WHERE org = ?1 AND sha256 = ?2
             AND NOT EXISTS (SELECT 1 FROM event WHERE org = ?1 AND photo = ?2)
             AND NOT EXISTS (SELECT 1 FROM amendment WHERE org = ?1 AND photo = ?2)",
        params![org.0, sha256.0],
    )?;
    Ok(gone == 1)
}

/// Clears an invitation whose visitor is erased. An open one is cancelled: nobody can say any more whom it is for.
pub fn clear_invitation(
    tx: &Tx<'_>,
    org: OrgId,
    id: SubjectId,
    by: Option<PersonId>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    super::invitation::cancel(tx, org, id, by, now)?;
    tx.execute("UPDATE invitation SET note = '' WHERE org = ?1 AND id = ?2", params![org.0, id.0])?;
    tx.execute("DELETE FROM invitation_request WHERE org = ?1 AND invitation = ?2", params![org.0, id.0])?;
    // The text of a code holds the name; that it was issued must stay known for as long as it could be shown.
    tx.execute("UPDATE issued_pass SET sealed = NULL WHERE org = ?1 AND subject = ?2", params![org.0, id.0])?;
    fold_again(tx, org, "v.id = ?2", &id.0)
}

/// Clears a person, and everything by which they sign in or are let in.
pub fn clear_person(tx: &Tx<'_>, org: OrgId, id: PersonId, now: UnixMillis) -> Result<(), StoreError> {
    let person = params![org.0, id.0];
    let read = |row: &rusqlite::Row<'_>| Ok((row.get(0)?, row.get(1)?));
    let known: Option<(String, Option<String>)> =
        tx.query_row("SELECT name, email FROM person WHERE org = ?1 AND id = ?2", person, read).optional()?;
    let identity: Option<i64> = tx
        .query_row("SELECT identity FROM membership WHERE org = ?1 AND person = ?2", person, |row| row.get(0))
        .optional()?
        .flatten();
    tx.execute(
        "UPDATE person SET name = ?3, email = NULL, mobile = NULL, notes = '', external_id = NULL, person_type = NULL,
             photo = NULL, photo_sha256 = NULL, face = NULL, language = NULL, access_enabled = 0,
             revoked_at = coalesce(revoked_at, ?4), deleted_at = coalesce(deleted_at, ?4)
         WHERE org = ?1 AND id = ?2",
        params![org.0, id.0, ERASED, now.get()],
    )?;
    for table in [
        "session",
        "sign_in_link",
        "site_grant",
        "membership",
        "message",
        "invitation_request",
        "member_certificate",
    ] {
        tx.execute(&format!("DELETE FROM {table} WHERE org = ?1 AND person = ?2"), person)?;
    }
    tx.execute("UPDATE issued_pass SET sealed = NULL WHERE org = ?1 AND subject = ?2", person)?;
    super::ban::forget(tx, org, id.into())?;
    tx.execute("DELETE FROM former_bar WHERE org = ?1 AND subject = ?2", person)?;
    if let Some(identity) = identity {
        // One who signs in elsewhere, too, is another organisation's to erase.
        let alone = "SELECT 1 FROM membership WHERE identity = ?1";
        if !tx.prepare(alone)?.exists([identity])? {
            tx.execute("DELETE FROM one_time_code WHERE account = ?1", [identity])?;
            tx.execute("DELETE FROM sign_in_try WHERE account = ?1", [identity])?;
            tx.execute("DELETE FROM identity WHERE id = ?1", [identity])?;
        }
    }
    // No note of what admins did needs a name or an address; should one hold it as such, that goes. What merely has the
    // same letters somewhere in it is another's trail.
    if let Some((name, email)) = known {
        tx.execute(FORGET_HOST, params![org.0, name])?;
        for text in [Some(name), email].into_iter().flatten() {
            tx.execute(
                "UPDATE audit SET subject = '' WHERE org = ?1 AND lower(subject) = lower(?2)",
                params![org.0, text],
            )?;
            tx.execute(
                "UPDATE audit SET detail = '{}' WHERE org = ?1 AND json_valid(detail) AND EXISTS
                     (SELECT 1 FROM json_tree(audit.detail) t WHERE t.type = 'text' AND lower(t.atom) = lower(?2))",
                params![org.0, text],
            )?;
        }
    }
    // Where the person is the host, searches look in their name, too.
    fold_again(tx, org, "v.host = ?2 OR v.visitor = ?2", &id.0)
}

/// Writes anew what a search looks in, of invitations for which a condition on `?2` holds.
fn fold_again(tx: &Tx<'_>, org: OrgId, which: &str, id: &[u8; 16]) -> Result<(), StoreError> {
    let mut statement = tx.prepare(&format!(
        "SELECT v.id, v.reference, p.name, coalesce(h.name, ''), coalesce(p.email, '')
         FROM invitation v JOIN person p ON p.org = v.org AND p.id = v.visitor
         LEFT JOIN person h ON h.org = v.org AND h.id = v.host WHERE v.org = ?1 AND ({which})"
    ))?;
    let rows = statement.query_map(params![org.0, id], |row| {
        let texts: [String; 4] = [row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?];
        Ok((row.get::<_, [u8; 16]>(0)?, name::folded(&texts.join(" "))))
    })?;
    for row in rows.collect::<Result<Vec<_>, _>>()? {
        let (invitation, search) = row;
        tx.execute(
            "UPDATE invitation SET search = ?3 WHERE org = ?1 AND id = ?2",
            params![org.0, invitation, search],
        )?;
    }
    Ok(())
}

/// Lifts the ban of an invitation whose visitor is erased: what it says of them goes, and its code is denied anyway.
pub fn clear_ban(tx: &Tx<'_>, org: OrgId, subject: SubjectId) -> Result<(), StoreError> {
    super::ban::forget(tx, org, subject)
}

/// Forgets what gate packs were sent: they name everybody who was expected or inside. Phones get full ones next.
pub fn forget_packs(tx: &Tx<'_>, org: OrgId) -> Result<(), StoreError> {
    tx.execute("DELETE FROM pack_sent WHERE org = ?1", [org.0])?;
    tx.execute("DELETE FROM pack_content WHERE org = ?1", [org.0])?;
    Ok(())
}

/// Orders every device to forget a member or an invitation, or a scan or walk-up.
pub fn order(
    tx: &Tx<'_>,
    org: OrgId,
    subject: Option<SubjectId>,
    event: Option<EntryId>,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO erasure_order (org, subject, event, ordered_at) VALUES (?1, ?2, ?3, ?4)",
        params![org.0, subject.map(|id| id.0), event.map(|id| id.0), now.get()],
    )?;
    Ok(())
}

/// What a device has not confirmed yet, the oldest first.
pub fn open_orders(db: &Connection, org: OrgId, device: DeviceId) -> Result<Vec<ErasureOrder>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT o.no, o.subject, o.event FROM erasure_order o WHERE o.org = ?1
             AND NOT EXISTS (SELECT 1 FROM erasure_done d WHERE d.org = ?1 AND d.device = ?2 AND d.no = o.no)
         ORDER BY o.no LIMIT ?3",
    )?;
    let rows = statement.query_map(params![org.0, device.0, MOST_ORDERS], |row| {
        let event: Option<[u8; 16]> = row.get(2)?;
        Ok(ErasureOrder {
            order: row.get(0)?,
            subject: row.get::<_, Option<[u8; 16]>>(1)?.map(SubjectId),
            events: event.map(EntryId).into_iter().collect(),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that a device has forgotten as it was ordered.
pub fn done(
    tx: &Tx<'_>,
    org: OrgId,
    device: DeviceId,
    order: u64,
    now: UnixMillis,
) -> Result<(), StoreError> {
    let Ok(order) = i64::try_from(order) else { return Ok(()) };
    tx.prepare_cached(
        "INSERT INTO erasure_done (org, device, no, done_at)
         SELECT ?1, ?2, no, ?4 FROM erasure_order WHERE org = ?1 AND no = ?3 ON CONFLICT DO NOTHING",
    )?
    .execute(params![org.0, device.0, order, now.get()])?;
    Ok(())
}
