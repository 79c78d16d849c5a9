//! Settings: small values by name, sealed.

use rusqlite::{OptionalExtension, params};
use serde::{Serialize, de::DeserializeOwned};

use super::{StoreError, Write};
use crate::device::vault::random;

/// Whose station this is.
pub const ENROLMENT: &str = "enrolment";
/// The server takes nothing more from this device: its journal was forked or lost its end, or it was revoked.
pub const MUST_ENROL_ANEW: &str = "must-enrol-anew";
/// Set beside [`MUST_ENROL_ANEW`] where that rests on nothing but the server's not knowing this device, or not wanting
/// it: a server that takes it again takes that back.
pub const NOT_KNOWN_THERE: &str = "not-known-there";
/// What was saved of a damaged database.
pub const SALVAGED: &str = "salvaged";
/// Where the journal ends, noted apart from it: after damage that tells whether its end is there.
pub const HEAD: &str = "journal-head";

impl Write<'_> {
    /// A setting's bytes.
    pub fn setting_bytes(&self, name: &str) -> Result<Option<Vec<u8>>, StoreError> {
        let sealed: Option<Vec<u8>> = self
            .sql
            .query_row("SELECT sealed FROM setting WHERE name = ?1", [name], |row| row.get(0))
            .optional()?;
        match sealed {
            None => Ok(None),
            Some(sealed) => self.vault.open(name, &sealed).map(Some).ok_or(StoreError::WrongKey),
        }
    }

    /// Keeps a setting's bytes.
    pub fn put_setting_bytes(&self, name: &str, bytes: &[u8]) -> Result<(), StoreError> {
        let sealed = self.vault.seal(name, random()?, bytes);
        self.sql.execute(
            "INSERT INTO setting (name, sealed) VALUES (?1, ?2)
             ON CONFLICT (name) DO UPDATE SET sealed = excluded.sealed",
            params![name, sealed],
        )?;
        Ok(())
    }

    /// A setting kept as JSON. One written by a version that laid it out otherwise counts as absent.
    pub fn setting<T: DeserializeOwned>(&self, name: &str) -> Result<Option<T>, StoreError> {
        Ok(self.setting_bytes(name)?.and_then(|bytes| serde_json::from_slice(&bytes).ok()))
    }

    /// Keeps a setting as JSON.
    pub fn put_setting(&self, name: &str, value: &impl Serialize) -> Result<(), StoreError> {
        // The values are plain structs with text keys; they always serialise.
        self.put_setting_bytes(name, &serde_json::to_vec(value).unwrap_or_default())
    }

    /// Forgets a setting.
    pub fn delete_setting(&self, name: &str) -> Result<(), StoreError> {
        self.sql.execute("DELETE FROM setting WHERE name = ?1", [name])?;
        Ok(())
    }
}
