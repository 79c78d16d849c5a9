//! Certificates of members' phones, kept so that one that is asked for again is not made anew.

use gatehouse_core::{
    id::{Digest32, PersonId, TokenId},
    time::UnixSeconds,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx};

/// The newest certificate of a phone's key.
#[derive(Debug, Clone)]
pub struct StoredCertificate {
    /// The very pass.
    pub token: TokenId,
    /// SHA-256 of what it says of the member.
    pub content: Digest32,
    /// When it was made.
    pub issued_at: UnixSeconds,
    /// When it lapses.
    pub expires_at: UnixSeconds,
    /// The envelope under the master key.
    pub sealed: Vec<u8>,
}

/// The certificate that a key has, unless it was revoked.
pub fn get(
    db: &Connection,
    org: OrgId,
    person: PersonId,
    key: Digest32,
) -> Result<Option<StoredCertificate>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT c.token, c.content, c.issued_s, c.expires_s, c.sealed FROM member_certificate c
         JOIN issued_pass i ON i.org = c.org AND i.token = c.token AND i.revoked_at IS NULL
         WHERE c.org = ?1 AND c.person = ?2 AND c.key = ?3",
    )?;
    let read = |row: &rusqlite::Row<'_>| {
        Ok(StoredCertificate {
            token: TokenId(row.get(0)?),
            content: Digest32(row.get(1)?),
            issued_at: super::sql::seconds(row, 2)?,
            expires_at: super::sql::seconds(row, 3)?,
            sealed: row.get(4)?,
        })
    };
    Ok(statement.query_row(params![org.0, person.0, key.0], read).optional()?)
}

/// Keeps a key's certificate in the place of the one before, and forgets what has lapsed.
pub fn keep(
    tx: &Tx<'_>,
    org: OrgId,
    person: PersonId,
    key: Digest32,
    kept: &StoredCertificate,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO member_certificate (org, person, key, token, content, issued_s, expires_s, sealed)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
         ON CONFLICT (org, person, key) DO UPDATE SET token = excluded.token, content = excluded.content,
             issued_s = excluded.issued_s, expires_s = excluded.expires_s, sealed = excluded.sealed",
    )?
    .execute(params![
        org.0,
        person.0,
        key.0,
        kept.token.0,
        kept.content.0,
        kept.issued_at.get(),
        kept.expires_at.get(),
        kept.sealed
    ])?;
    tx.prepare_cached("DELETE FROM member_certificate WHERE org = ?1 AND person = ?2 AND expires_s <= ?3")?
        .execute(params![org.0, person.0, kept.issued_at.get()])?;
    Ok(())
}

/// How many keys of a person got a certificate since.
pub fn count_since(
    db: &Connection,
    org: OrgId,
    person: PersonId,
    since: UnixSeconds,
) -> Result<u64, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT count(*) FROM member_certificate WHERE org = ?1 AND person = ?2 AND issued_s >= ?3",
    )?;
    Ok(statement.query_row(params![org.0, person.0, since.get()], |row| row.get(0))?)
}
