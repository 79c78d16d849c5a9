//! Photos that wait to be sent, sealed.

use rusqlite::params;

use super::{StoreError, Write, journal::OTHER_ORGANISATION};
use crate::{device::vault::random, id::Digest32};

/// A photo ready to be kept and sent.
#[derive(Debug, Clone)]
pub struct NewPhoto {
    /// SHA-256 of the JPEG.
    pub sha256: Digest32,
    /// The JPEG.
    pub jpeg: Vec<u8>,
}

/// A photo that the server does not have.
#[derive(Debug, Clone)]
pub enum OutgoingPhoto {
    /// It can be sent.
    Whole(NewPhoto),
    /// It is not here any more, and this is why.
    Lost(Digest32, &'static str),
}

/// The server had it, asks for it again, and it is not kept here any more.
const GONE: &str = "photo_gone";
/// Its seal does not open any more.
const UNREADABLE: &str = "photo_unreadable";

impl Write<'_> {
    /// Keeps a photo, to be sent.
    pub fn add_photo(&self, photo: &NewPhoto) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&photo.sha256.to_string(), random()?, &photo.jpeg);
        self.leave_to_entries(sealed.len());
        self.sql.execute(
            "INSERT INTO photo (sha256, sealed) VALUES (?1, ?2) ON CONFLICT (sha256) DO UPDATE
                 SET sealed = excluded.sealed, state = 0, problem = NULL WHERE sealed = x''",
            params![photo.sha256.0, sealed],
        )?;
        Ok(())
    }

    /// A photo that the server does not have, behind those in `except`.
    pub fn outgoing_photo(&self, except: &[Digest32]) -> Result<Option<OutgoingPhoto>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT sha256, sealed FROM photo WHERE state <> 1 AND state = 0 ORDER BY rowid",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sha256 = Digest32(row.get(0)?);
            if !except.contains(&sha256) {
                let sealed: Vec<u8> = row.get(1)?;
                let lost = if sealed.is_empty() { GONE } else { UNREADABLE };
                let jpeg = self.vault.open(&sha256.to_string(), &sealed);
                return Ok(Some(match jpeg {
                    Some(jpeg) => OutgoingPhoto::Whole(NewPhoto { sha256, jpeg }),
                    None => OutgoingPhoto::Lost(sha256, lost),
                }));
            }
        }
        Ok(None)
    }

    /// The server lacks a photo that it once had. One that is set aside stays so.
    pub fn send_photo_again(&self, sha256: Digest32) -> Result<(), StoreError> {
        self.sql.execute("UPDATE photo SET state = 0 WHERE sha256 = ?1 AND state = 1", [sha256.0])?;
        Ok(())
    }

    /// The server does not ask for any photo that it once had whole: their bytes go, and only their names stay.
    pub fn drop_sent_photos(&self) -> Result<(), StoreError> {
        self.sql.execute("UPDATE photo SET sealed = x'' WHERE state = 1 AND sealed <> x''", [])?;
        Ok(())
    }

    /// The server has the photo whole.
    pub fn mark_photo_sent(&self, sha256: Digest32) -> Result<(), StoreError> {
        self.sql.execute("UPDATE photo SET state = 1 WHERE sha256 = ?1", [sha256.0])?;
        Ok(())
    }

    /// The server refuses the photo.
    pub fn mark_photo_stuck(&self, sha256: Digest32, problem: &str) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE photo SET state = 2, problem = ?2 WHERE sha256 = ?1",
            params![sha256.0, problem],
        )?;
        Ok(())
    }

    /// Photos that are set aside, and why.
    pub fn stuck_photos(&self) -> Result<Vec<(Digest32, String)>, StoreError> {
        let mut statement = self.sql.prepare(
            "SELECT sha256, coalesce(problem, '') FROM photo WHERE state <> 1 AND state = 2 ORDER BY rowid",
        )?;
        let mut rows = statement.query([])?;
        let mut stuck = Vec::new();
        while let Some(row) = rows.next()? {
            stuck.push((Digest32(row.get(0)?), row.get(1)?));
        }
        Ok(stuck)
    }

    /// Puts the photos that are set aside back into the outbox.
    pub fn retry_stuck_photos(&self) -> Result<u64, StoreError> {
        let sql = "UPDATE photo SET state = 0, problem = NULL
             WHERE state <> 1 AND state = 2 AND problem IS NOT ?1";
        Ok(self.sql.execute(sql, [OTHER_ORGANISATION])? as u64)
    }
}
