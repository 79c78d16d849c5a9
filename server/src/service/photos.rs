//! Photos: uploaded piece by piece under their hash, durable before they are acknowledged.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::PoisonError,
};

use gatehouse_core::id::Digest32;
use gatehouse_core::photo::MAX_JPEG_BYTES;

use super::{Principal, Scope, Service, ServiceError};
use crate::store::{Changed, OrgId, StoreError, photo, photo::Progress};

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ServiceError {
    let path = path.to_owned();
    |source| StoreError::File { path, source }.into()
}

impl Service {
    /// How much of a photo is there.
    ///
    /// # Errors
    /// [`ServiceError::PhotoUnknown`] where no entry of the organisation names it.
    pub fn photo_progress(&self, scope: &Scope, sha256: Digest32) -> Result<Progress, ServiceError> {
        let found = self.store.read(|db| photo::progress(db, scope.org, sha256))?;
        found.ok_or(ServiceError::PhotoUnknown)
    }

    /// Appends bytes to a photo and says how much of it is there then. The last piece checks the whole.
    ///
    /// # Errors
    /// [`ServiceError::PhotoUnknown`] where no entry of the device, or of the one that it goes on from, names it;
    /// [`ServiceError::PhotoOffset`] where the piece does not begin at the end;
    /// [`ServiceError::PhotoMismatch`] where the whole does not have its hash, after which it begins anew.
    pub fn append_photo(
        &self,
        scope: &Scope,
        sha256: Digest32,
        offset: u64,
        size: Option<u64>,
        bytes: &[u8],
    ) -> Result<Progress, ServiceError> {
        // One at a time: two senders of the same photo must not write over each other.
        let _turn = self.photos.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.photo_progress(scope, sha256)?;
        if let Principal::Device(device) = scope.principal
            && !self.store.read(|db| photo::is_named_by(db, scope.org, sha256, device))?
        {
            return Err(ServiceError::PhotoUnknown);
        }
        if now.complete {
            return Ok(now);
        }
        let size = match (now.size, size) {
            // A length counts once a byte has come with it.
            (_, Some(said)) if now.received == 0 => said,
            (Some(known), Some(said)) if known != said => {
                return Err(ServiceError::BadRequest("another length was given before"));
            }
            (known, said) => known.or(said).ok_or(ServiceError::BadRequest("Upload-Length is missing"))?,
        };
        if size == 0 || size > MAX_JPEG_BYTES as u64 {
            return Err(ServiceError::BadRequest("a photo has at most 1,000,000 bytes"));
        }
        if offset != now.received {
            return Err(ServiceError::PhotoOffset(now));
        }
        let received = offset + bytes.len() as u64;
        if received > size {
            return Err(ServiceError::BadRequest("more bytes than the length given"));
        }
        self.admit_piece(scope, offset, bytes)?;
        let path = self.photo_path(scope.org, sha256);
        let part = path.with_extension("part");
        write_piece(&part, offset, bytes)?;
        let complete = received == size;
        if complete && file_digest(&part)? != sha256 {
            fs::remove_file(&part).map_err(failed(&part))?;
            self.note_progress(scope, sha256, Progress { size: None, received: 0, complete: false })?;
            return Err(ServiceError::PhotoMismatch);
        }
        if complete {
            fs::rename(&part, &path).map_err(failed(&path))?;
            sync_parent(&path)?;
        }
        let progress = Progress { size: Some(size), received, complete };
        self.note_progress(scope, sha256, progress)?;
        Ok(progress)
    }

    fn note_progress(&self, scope: &Scope, sha256: Digest32, progress: Progress) -> Result<(), ServiceError> {
        let org = scope.org;
        self.store.write(move |tx| {
            photo::set_progress(tx, org, sha256, progress)?;
            if progress.complete {
                for event in photo::events(tx, org, sha256)? {
                    tx.changed(org, Changed::Activity(event));
                }
            }
            Ok(())
        })
    }

    /// A photo's JPEG file.
    ///
    /// # Errors
    /// [`ServiceError::PhotoUnknown`] where it is not there whole.
    pub fn photo(&self, scope: &Scope, sha256: Digest32) -> Result<Vec<u8>, ServiceError> {
        if !self.photo_progress(scope, sha256)?.complete {
            return Err(ServiceError::PhotoUnknown);
        }
        let path = self.photo_path(scope.org, sha256);
        fs::read(&path).map_err(failed(&path))
    }

    /// Each organisation's photos lie apart, so that one's deletion never touches another's.
    fn photo_path(&self, org: OrgId, sha256: Digest32) -> PathBuf {
        let name = sha256.to_string();
        let (first, rest) = name.split_at(2);
        self.store.dir().join("photos").join(org.get().to_string()).join(first).join(rest)
    }
}

fn write_piece(part: &Path, offset: u64, bytes: &[u8]) -> Result<(), ServiceError> {
    let Some(parent) = part.parent() else { return Ok(()) };
    if !parent.is_dir() {
        fs::DirBuilder::new().recursive(true).mode(0o700).create(parent).map_err(failed(parent))?;
        sync_parent(parent)?;
    }
    let file = OpenOptions::new().write(true).create(true).truncate(false).mode(0o600).open(part);
    let file = file.map_err(failed(part))?;
    // What lies beyond was never acknowledged.
    file.set_len(offset).map_err(failed(part))?;
    file.write_all_at(bytes, offset).map_err(failed(part))?;
    file.sync_all().map_err(failed(part))?;
    sync_parent(part)
}

fn sync_parent(path: &Path) -> Result<(), ServiceError> {
    let Some(parent) = path.parent() else { return Ok(()) };
    File::open(parent).and_then(|dir| dir.sync_all()).map_err(failed(parent))
}

fn file_digest(path: &Path) -> Result<Digest32, ServiceError> {
    let mut bytes = Vec::new();
    let limit = MAX_JPEG_BYTES as u64 + 1;
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed(path))?;
    Ok(Digest32::of(&bytes))
}
