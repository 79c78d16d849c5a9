//! Photos: uploaded piece by piece under their hash, durable before they are acknowledged.
//!
//! Each file is sealed by a stream cipher under a key of its own, which the database keeps under the master key: so a
//! piece can be appended anywhere, and destroying the key erases the photo from every copy of the file. That nothing was
//! changed the hash says, which is the photo's name and is checked whenever it is read.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Read},
    os::unix::fs::{DirBuilderExt, FileExt, OpenOptionsExt},
    path::{Path, PathBuf},
    sync::PoisonError,
};

use chacha20::{
    XChaCha20,
    cipher::{KeyIvInit, StreamCipher, StreamCipherSeek},
};
use gatehouse_core::id::Digest32;
use gatehouse_core::photo::MAX_JPEG_BYTES;
use gatehouse_core::role::Role;

use super::{Principal, Scope, Service, ServiceError};
use crate::{
    secrets::random,
    store::{Changed, OrgId, StoreError, photo, photo::Progress},
};

fn failed(path: &Path) -> impl FnOnce(io::Error) -> ServiceError {
    let path = path.to_owned();
    |source| StoreError::of_file(path, source).into()
}

impl Service {
    /// How much of a photo is there.
    ///
    /// # Errors
    /// Neither a device's scope nor an admin's; [`ServiceError::PhotoUnknown`] where no entry of the organisation names
    /// it.
    pub fn photo_progress(&self, scope: &Scope, sha256: Digest32) -> Result<Progress, ServiceError> {
        scope.require_device()?;
        let found = self.store.read(|db| photo::progress(db, scope.org, sha256))?;
        found.ok_or(ServiceError::PhotoUnknown)
    }

    /// Appends bytes to a photo and says how much of it is there then. The last piece checks the whole.
    ///
    /// # Errors
    /// Neither a device's scope nor an admin's;
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
        let (part, path) = (path.with_extension("part"), path.with_extension(SEALED));
        // What begins anew gets a new key: no two contents are sealed by the same stream.
        let kept = if offset == 0 { None } else { self.photo_key(scope.org, sha256)? };
        let key = match kept {
            Some(key) => key,
            None if offset == 0 => random()?,
            None => {
                return Err(ServiceError::PhotoOffset(Progress { size: None, received: 0, complete: false }));
            }
        };
        let mut sealed = bytes.to_vec();
        apply_stream(&key, offset, &mut sealed)?;
        write_piece(&part, offset, &sealed)?;
        let complete = received == size;
        if complete && Digest32::of(&open_file(&part, &key)?) != sha256 {
            fs::remove_file(&part).map_err(failed(&part))?;
            self.note_progress(scope, sha256, Progress { size: None, received: 0, complete: false }, None)?;
            return Err(ServiceError::PhotoMismatch);
        }
        if complete {
            fs::rename(&part, &path).map_err(failed(&path))?;
            sync_parent(&path)?;
        }
        let progress = Progress { size: Some(size), received, complete };
        let key = self.store.master().seal(&key_context(scope.org, sha256), &key)?;
        self.note_progress(scope, sha256, progress, Some(key))?;
        Ok(progress)
    }

    /// The key of a photo's file; none while the file is plain, or not begun.
    fn photo_key(&self, org: OrgId, sha256: Digest32) -> Result<Option<[u8; 32]>, ServiceError> {
        let Some(sealed) = self.store.read(|db| photo::key(db, org, sha256))? else { return Ok(None) };
        let key = self.store.master().open(&key_context(org, sha256), &sealed)?;
        Ok(Some(<[u8; 32]>::try_from(key).map_err(|_| StoreError::Corrupt("photo's key"))?))
    }

    /// Seals the files of photos that were kept plain by earlier versions. What is interrupted goes on at the next start.
    ///
    /// # Errors
    /// The database's, and those of the files.
    pub fn seal_photos(&self) -> Result<(), ServiceError> {
        let _turn = self.photos.lock().unwrap_or_else(PoisonError::into_inner);
        for (org, sha256) in self.store.read(photo::plain)? {
            let plain = self.photo_path(org, sha256);
            let mut bytes = match fs::read(&plain) {
                Ok(bytes) => bytes,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(failed(&plain)(error)),
            };
            let key: [u8; 32] = random()?;
            apply_stream(&key, 0, &mut bytes)?;
            let path = plain.with_extension(SEALED);
            write_piece(&path, 0, &bytes)?;
            let key = self.store.master().seal(&key_context(org, sha256), &key)?;
            let sealed = self
                .store
                .write(move |tx| Ok::<_, ServiceError>(photo::set_sealed(tx, org, sha256, &key)?))?;
            remove(if sealed { &plain } else { &path })?;
        }
        // Of one that is not whole the phone has all: it begins anew.
        for (org, sha256) in self.store.read(photo::plain_parts)? {
            remove(&self.photo_path(org, sha256).with_extension("part"))?;
            let nothing = Progress { size: None, received: 0, complete: false };
            self.store.write(move |tx| {
                Ok::<_, ServiceError>(photo::set_progress(tx, org, sha256, nothing, None)?)
            })?;
        }
        Ok(())
    }

    /// Removes the files of a photo whose key is destroyed.
    pub(super) fn remove_photo(&self, org: OrgId, sha256: Digest32) -> Result<(), ServiceError> {
        let _turn = self.photos.lock().unwrap_or_else(PoisonError::into_inner);
        let path = self.photo_path(org, sha256);
        for file in [path.with_extension(SEALED), path.with_extension("part"), path] {
            remove(&file)?;
        }
        Ok(())
    }

    fn note_progress(
        &self,
        scope: &Scope,
        sha256: Digest32,
        progress: Progress,
        key: Option<Vec<u8>>,
    ) -> Result<(), ServiceError> {
        let org = scope.org;
        self.store.write(move |tx| {
            photo::set_progress(tx, org, sha256, progress, key.as_deref())?;
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
    /// Not an admin's scope; [`ServiceError::PhotoUnknown`] where it is not there whole.
    pub fn photo(&self, scope: &Scope, sha256: Digest32) -> Result<Vec<u8>, ServiceError> {
        scope.require(Role::Admin)?;
        if !self.photo_progress(scope, sha256)?.complete {
            return Err(ServiceError::PhotoUnknown);
        }
        let path = self.photo_path(scope.org, sha256);
        let Some(key) = self.photo_key(scope.org, sha256)? else {
            return fs::read(&path).map_err(failed(&path));
        };
        let jpeg = open_file(&path.with_extension(SEALED), &key)?;
        if Digest32::of(&jpeg) == sha256 { Ok(jpeg) } else { Err(StoreError::Corrupt("photo").into()) }
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

/// What the file of a photo is called behind its hash.
const SEALED: &str = "sealed";

fn key_context(org: OrgId, sha256: Digest32) -> Vec<u8> {
    [b"photo".as_slice(), &org.get().to_be_bytes(), &sha256.0].concat()
}

/// Seals bytes that stand at `offset` of a photo, or opens them: it is the same. No key seals two photos, so that the
/// nonce need not differ.
fn apply_stream(key: &[u8; 32], offset: u64, bytes: &mut [u8]) -> Result<(), ServiceError> {
    let mut stream = XChaCha20::new(&(*key).into(), &[0; 24].into());
    let sought = stream
        .try_seek(offset)
        .and_then(|()| stream.try_apply_keystream(bytes).map_err(|_| chacha20::cipher::StreamCipherError));
    sought.map_err(|_| ServiceError::BadRequest("a photo has at most 1,000,000 bytes"))
}

fn open_file(path: &Path, key: &[u8; 32]) -> Result<Vec<u8>, ServiceError> {
    let mut bytes = Vec::new();
    let limit = MAX_JPEG_BYTES as u64 + 1;
    File::open(path).and_then(|file| file.take(limit).read_to_end(&mut bytes)).map_err(failed(path))?;
    apply_stream(key, 0, &mut bytes)?;
    Ok(bytes)
}

/// Removes a file, for good.
fn remove(path: &Path) -> Result<(), ServiceError> {
    match fs::remove_file(path) {
        Ok(()) => sync_parent(path),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(failed(path)(error)),
    }
}
