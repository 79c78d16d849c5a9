//! Who has a store's folder open. SQLite keeps writers apart by itself; this tells whether anybody else is there at
//! all, before files are looked at as they lie or moved.

use std::{
    fs::{File, OpenOptions},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use rustix::{
    fs::{FlockOperation, flock},
    io::Errno,
};

use crate::device::StoreError;

/// A hold on the folder, given up when dropped or when the process ends.
#[derive(Debug)]
pub struct Lock {
    file: File,
    alone: bool,
}

impl Lock {
    /// Takes the folder for oneself if nobody has it, else beside the others.
    pub fn take(folder: &Path) -> Result<Self, StoreError> {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .mode(0o600)
            .open(folder.join("lock"))?;
        match flock(&file, FlockOperation::NonBlockingLockExclusive) {
            Ok(()) => Ok(Self { file, alone: true }),
            Err(Errno::WOULDBLOCK) => {
                // Until who is alone there has finished opening.
                flock(&file, FlockOperation::LockShared).map_err(std::io::Error::from)?;
                Ok(Self { file, alone: false })
            }
            Err(error) => Err(std::io::Error::from(error).into()),
        }
    }

    /// Whether nobody else has the folder open.
    pub const fn is_alone(&self) -> bool {
        self.alone
    }

    /// Lets others in.
    pub fn share(&mut self) -> Result<(), StoreError> {
        flock(&self.file, FlockOperation::LockShared).map_err(std::io::Error::from)?;
        self.alone = false;
        Ok(())
    }
}
