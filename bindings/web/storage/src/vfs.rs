//! The pool as SQLite's file system.
//!
//! Locks are none: one connection at a time has a database, and nobody else has the pool. There is no shared memory
//! either, so a write-ahead log needs `locking_mode = EXCLUSIVE` before the database is first used. Asked whether
//! somebody writes to a database (`xCheckReservedLock`), it says that nobody does, so that what a crash left half
//! written is rolled back.

use std::{marker::PhantomData, rc::Rc, time::Duration};

use rsqlite_vfs::{
    OsCallback, RegisterVfsError, SQLiteIoMethods, SQLiteVfs, SQLiteVfsFile, VfsError, VfsFile, VfsResult,
    VfsStore,
    ffi::{
        SQLITE_CANTOPEN, SQLITE_FULL, SQLITE_IOCAP_POWERSAFE_OVERWRITE, SQLITE_IOERR_DELETE,
        SQLITE_IOERR_FSTAT, SQLITE_IOERR_FSYNC, SQLITE_IOERR_READ, SQLITE_IOERR_TRUNCATE, SQLITE_IOERR_WRITE,
        sqlite3_file, sqlite3_vfs,
    },
    register_vfs,
};

use super::{Handle, Pool, Trouble};

/// Gives a pool to SQLite under a name, or as its file system where none is named. It stays for good.
///
/// # Errors
/// SQLite does not take it.
pub fn register<H: Handle + 'static, O: OsCallback + 'static>(
    name: &str,
    pool: Rc<Pool<H>>,
    always: bool,
) -> Result<(), RegisterVfsError> {
    register_vfs::<Methods<H>, System<H, O>>(name, pool, always).map(drop)
}

/// A database's file, for one call.
struct Open<H> {
    pool: Rc<Pool<H>>,
    name: String,
}

struct Store<H>(PhantomData<H>);
struct Methods<H>(PhantomData<H>);
struct System<H, O>(PhantomData<(H, O)>);

/// A trouble as SQLite's code for it. A full disk is told as one whatever was done: only then is the reserve used.
fn failed(code: i32) -> impl Fn(Trouble) -> VfsError {
    move |trouble| {
        let code = if trouble == Trouble::Full { SQLITE_FULL } else { code };
        VfsError::new(code, trouble.to_string())
    }
}

impl<H: Handle> VfsFile for Open<H> {
    fn read(&self, buf: &mut [u8], offset: usize) -> VfsResult<bool> {
        let read = self.pool.read_at(&self.name, buf, offset as u64).map_err(failed(SQLITE_IOERR_READ))?;
        let rest = buf.get_mut(read..).unwrap_or_default();
        rest.fill(0);
        Ok(rest.is_empty())
    }

    fn write(&mut self, buf: &[u8], offset: usize) -> VfsResult<()> {
        self.pool.write_at(&self.name, buf, offset as u64).map_err(failed(SQLITE_IOERR_WRITE))
    }

    fn truncate(&mut self, size: usize) -> VfsResult<()> {
        self.pool.truncate(&self.name, size as u64).map_err(failed(SQLITE_IOERR_TRUNCATE))
    }

    fn flush(&mut self) -> VfsResult<()> {
        self.pool.flush(&self.name).map_err(failed(SQLITE_IOERR_FSYNC))
    }

    fn size(&self) -> VfsResult<usize> {
        let length = self.pool.length(&self.name).map_err(failed(SQLITE_IOERR_FSTAT))?;
        usize::try_from(length).map_err(|_| VfsError::new(SQLITE_IOERR_FSTAT, "too long".to_owned()))
    }
}

impl<H: Handle + 'static> Store<H> {
    #[allow(unsafe_code)]
    fn pool(vfs: *mut sqlite3_vfs) -> &'static Rc<Pool<H>> {
        // SAFETY: SQLite hands over the file system that it was given by `register`, whose data is a pool of these
        // handles and is never let go of.
        unsafe { <Self as VfsStore<Open<H>, Rc<Pool<H>>>>::app_data(vfs) }
    }

    #[allow(unsafe_code)]
    fn open(file: &SQLiteVfsFile) -> Open<H> {
        // SAFETY: the name was put there when the file was opened, and stays until it is closed, which has not begun.
        let name = unsafe { file.name() }.to_owned();
        Open { pool: Rc::clone(Self::pool(file.vfs)), name }
    }
}

impl<H: Handle + 'static> VfsStore<Open<H>, Rc<Pool<H>>> for Store<H> {
    fn add_file(vfs: *mut sqlite3_vfs, file: &str, _: i32) -> VfsResult<()> {
        Self::pool(vfs).create(file).map_err(failed(SQLITE_CANTOPEN))
    }

    fn contains_file(vfs: *mut sqlite3_vfs, file: &str) -> VfsResult<bool> {
        Ok(Self::pool(vfs).exists(file))
    }

    fn delete_file(vfs: *mut sqlite3_vfs, file: &str) -> VfsResult<()> {
        Self::pool(vfs).remove(file).map_err(failed(SQLITE_IOERR_DELETE))
    }

    fn with_file<F: Fn(&Open<H>) -> VfsResult<i32>>(file: &SQLiteVfsFile, f: F) -> VfsResult<i32> {
        f(&Self::open(file))
    }

    fn with_file_mut<F: Fn(&mut Open<H>) -> VfsResult<i32>>(file: &SQLiteVfsFile, f: F) -> VfsResult<i32> {
        f(&mut Self::open(file))
    }
}

#[allow(unsafe_code)]
impl<H: Handle + 'static> SQLiteIoMethods for Methods<H> {
    type File = Open<H>;
    type AppData = Rc<Pool<H>>;
    type Store = Store<H>;

    const VERSION: i32 = 1;

    // SAFETY: nothing is read or written through the pointer.
    unsafe extern "C" fn xSectorSize(_: *mut sqlite3_file) -> i32 {
        4096
    }

    // SAFETY: nothing is read or written through the pointer.
    unsafe extern "C" fn xDeviceCharacteristics(_: *mut sqlite3_file) -> i32 {
        // As SQLite says of the same disks by itself: what lies beside a write that was cut is not harmed.
        SQLITE_IOCAP_POWERSAFE_OVERWRITE
    }
}

impl<H: Handle + 'static, O: OsCallback> SQLiteVfs<Methods<H>> for System<H, O> {
    const VERSION: i32 = 2;

    fn sleep(time: Duration) {
        O::sleep(time);
    }

    fn random(bytes: &mut [u8]) {
        O::random(bytes);
    }

    fn epoch_timestamp_in_ms() -> i64 {
        O::epoch_timestamp_in_ms()
    }
}
