//! Faces as they are kept, sealed.

use rusqlite::{OptionalExtension, params};

use super::{StoreError, Write};
use crate::{
    device::vault::random,
    id::{Digest32, SubjectId},
    wire::Face,
};

impl Write<'_> {
    /// Keeps these faces and no others; what was fetched of them before stays.
    pub fn keep_faces(&self, faces: &[Face]) -> Result<(), StoreError> {
        let mut known = Vec::new();
        {
            let mut statement = self.sql.prepare_cached("SELECT subject, sha256 FROM face")?;
            let mut rows = statement.query([])?;
            while let Some(row) = rows.next()? {
                known.push(Face { subject: SubjectId(row.get(0)?), sha256: Digest32(row.get(1)?) });
            }
        }
        for gone in known.iter().filter(|face| !faces.contains(face)) {
            self.forget_face(gone.subject)?;
        }
        for new in faces.iter().filter(|face| !known.contains(face)) {
            self.sql.execute(
                "INSERT INTO face (subject, sha256) VALUES (?1, ?2) ON CONFLICT (subject) DO NOTHING",
                params![new.subject.0, new.sha256.0],
            )?;
        }
        Ok(())
    }

    /// A face that is still to be fetched, behind those in `except`.
    pub fn missing_face(&self, except: &[Digest32]) -> Result<Option<Digest32>, StoreError> {
        let mut statement = self.sql.prepare_cached("SELECT sha256 FROM face WHERE sealed IS NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let sha256 = Digest32(row.get(0)?);
            if !except.contains(&sha256) {
                return Ok(Some(sha256));
            }
        }
        Ok(None)
    }

    /// Keeps a face that was fetched.
    pub fn put_face(&self, sha256: Digest32, jpeg: &[u8]) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&context(sha256), random()?, jpeg);
        self.sql.execute("UPDATE face SET sealed = ?2 WHERE sha256 = ?1", params![sha256.0, sealed])?;
        Ok(())
    }

    /// The digest of someone's face, if it is here.
    pub fn face_of(&self, subject: SubjectId) -> Result<Option<Digest32>, StoreError> {
        let found = self.sql.query_row(
            "SELECT sha256 FROM face WHERE subject = ?1 AND sealed IS NOT NULL",
            [subject.0],
            |row| row.get(0).map(Digest32),
        );
        Ok(found.optional()?)
    }

    /// The JPEG of a face.
    pub fn face(&self, sha256: Digest32) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .sql
            .query_row(
                "SELECT sealed FROM face WHERE sha256 = ?1 AND sealed IS NOT NULL LIMIT 1",
                [sha256.0],
                |row| row.get(0),
            )
            .optional()?;
        // One whose seal does not open is as good as none.
        Ok(sealed.and_then(|sealed| self.vault.open(&context(sha256), &sealed)))
    }

    /// Forgets someone's face.
    pub fn forget_face(&self, subject: SubjectId) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM face WHERE subject = ?1", [subject.0])?;
        Ok(())
    }
}

fn context(sha256: Digest32) -> String {
    format!("face {sha256}")
}
