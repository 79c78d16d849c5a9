//! Pictures of people that guards' phones show beside a verdict.

use gatehouse_core::{
    id::{Digest32, PersonId, SubjectId},
    wire::{Face, MOST_FACES},
};
use rusqlite::{Connection, OptionalExtension, Row, params};

use super::{OrgId, StoreError, Tx};

/// Sets or removes a person's picture: the digest of its JPEG, and the JPEG sealed.
pub fn set(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    face: Option<(&Digest32, &[u8])>,
) -> Result<(), StoreError> {
    tx.execute(
        "UPDATE person SET photo_sha256 = ?3, face = ?4, photo = NULL WHERE org = ?1 AND id = ?2",
        params![org.0, person.0, face.map(|(sha256, _)| sha256.0), face.map(|(_, sealed)| sealed)],
    )?;
    Ok(())
}

/// A picture that an earlier version kept plain, of a person whom no other start has sealed.
pub type Plain = (OrgId, PersonId, Digest32, Vec<u8>);

/// The next of the pictures that are plain.
pub fn next_plain(db: &Connection) -> Result<Option<Plain>, StoreError> {
    let mut statement = db.prepare(
        "SELECT org, id, photo_sha256, photo FROM person
         WHERE photo IS NOT NULL AND photo_sha256 IS NOT NULL LIMIT 1",
    )?;
    let read =
        |row: &Row<'_>| Ok((OrgId(row.get(0)?), PersonId(row.get(1)?), Digest32(row.get(2)?), row.get(3)?));
    Ok(statement.query_row([], read).optional()?)
}

/// Whose picture guards may see: members who may be let in at a site that shows faces.
const SHOWN: &str = "person p JOIN membership m ON m.org = p.org AND m.person = p.id
    WHERE p.photo_sha256 IS NOT NULL AND p.revoked_at IS NULL AND p.access_enabled = 1 AND p.deleted_at IS NULL
        AND EXISTS (SELECT 1 FROM site s WHERE s.org = p.org AND s.show_face = 1
            AND (p.everywhere = 1 OR EXISTS (SELECT 1 FROM site_grant g
                WHERE g.org = p.org AND g.person = p.id AND g.site = s.number)))";

/// Members with a picture who may go to a site that shows faces, those seen last at a gate first.
pub fn list(db: &Connection, org: OrgId) -> Result<Vec<Face>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT p.id, p.photo_sha256 FROM {SHOWN} AND p.org = ?1
         ORDER BY (SELECT max(e.listed_at) FROM event e WHERE e.org = p.org AND e.subject = p.id) DESC, p.id
         LIMIT ?2"
    ))?;
    let rows = statement.query_map(params![org.0, MOST_FACES], |row| {
        Ok(Face { subject: SubjectId(row.get(0)?), sha256: Digest32(row.get(1)?) })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// The sealed JPEG with this digest, if it is that of somebody who is listed.
pub fn get(db: &Connection, org: OrgId, sha256: Digest32) -> Result<Option<Vec<u8>>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "SELECT p.face FROM {SHOWN} AND p.org = ?1 AND p.photo_sha256 = ?2 LIMIT 1"
    ))?;
    Ok(statement.query_row(params![org.0, sha256.0], |row| row.get(0)).optional()?)
}
