//! Exporting journals for anyone to check.

use std::io::{self, Write};

use gatehouse_core::{
    id::DeviceId,
    journal::{EntryKey, Export},
    role::Role,
};

use super::{Scope, Service, ServiceError, project};
use crate::store::{StoreError, device, journal};

fn broken(error: io::Error) -> ServiceError {
    StoreError::File { path: "the export".into(), source: error }.into()
}

impl Service {
    /// Writes a device's journal as the server has it, with its certificate and a receipt; `disclose` adds the keys
    /// of the sealed parts that are still there.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown device; a reader that goes away.
    pub fn export_journal(
        &self,
        scope: &Scope,
        id: DeviceId,
        disclose: bool,
        out: &mut impl Write,
    ) -> Result<(), ServiceError> {
        scope.require(Role::Admin)?;
        let head = self.store.read(|db| {
            let device = device::get(db, scope.org, id)?.ok_or(ServiceError::NotFound("device"))?;
            let first = Export::head(id, &device.public_key, Some(&device.certificate));
            writeln!(out, "{first}").map_err(broken)?;
            journal::for_each(db, scope.org, id, |entry| {
                let key = match (&entry.key, disclose) {
                    (Some(sealed), true) => {
                        let key = self.store.master().open(&project::key_context(entry.id), sealed)?;
                        let key = <[u8; 32]>::try_from(key).map_err(|_| StoreError::Corrupt("entry key"))?;
                        Some(EntryKey::new(key))
                    }
                    _ => None,
                };
                writeln!(out, "{}", Export::entry(&entry.envelope, key.as_ref())).map_err(broken)
            })?;
            Ok::<_, ServiceError>(device.head)
        })?;
        if let Some(receipt) = self.receipt(scope.org, id, head)? {
            writeln!(out, "{}", Export::receipt(&receipt)).map_err(broken)?;
        }
        Ok(())
    }
}
