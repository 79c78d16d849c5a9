//! The pool in the origin private file system.

use std::{cell::RefCell, future::Future, rc::Rc};

use js_sys::{Array, AsyncIterator, IteratorNext, Promise};
use sqlite_wasm_rs::WasmOsCallback;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DomException, FileSystemDirectoryHandle, FileSystemFileHandle, FileSystemGetDirectoryOptions,
    FileSystemGetFileOptions, FileSystemReadWriteOptions, FileSystemSyncAccessHandle, StorageEstimate,
    StorageManager, WorkerGlobalScope,
};

use super::{Handle, Pool, Trouble, vfs};

/// So many files without a name are to be there after opening: a database and what is made beside it when it is brought
/// forward or found damaged, the pieces of a reserve, and what is written beside and renamed.
const SPARE: usize = 12;

/// So often it is tried to open what another worker has, which may be about to end.
const TRIES: u32 = 15;
const BETWEEN_TRIES_MS: i32 = 200;

const NO_FILES: &str = "this browser keeps no files";

/// An open file of the browser.
#[derive(Debug)]
pub struct OpfsHandle(FileSystemSyncAccessHandle);

fn trouble(error: JsValue) -> Trouble {
    let name = error.dyn_ref::<DomException>().map(DomException::name).unwrap_or_default();
    match name.as_str() {
        "QuotaExceededError" => Trouble::Full,
        "NoModificationAllowedError" => Trouble::InUse,
        _ => {
            let said = js_sys::Error::from(error);
            Trouble::Failed(format!("{name} {}", said.to_string()).trim().to_owned())
        }
    }
}

/// A place or length in a file, as JavaScript has it: whole up to 2^53.
fn number(value: u64) -> f64 {
    value as f64
}

fn at(place: u64) -> FileSystemReadWriteOptions {
    let options = FileSystemReadWriteOptions::new();
    options.set_at(number(place));
    options
}

impl Handle for OpfsHandle {
    fn read_at(&self, bytes: &mut [u8], place: u64) -> Result<usize, Trouble> {
        let read = self.0.read_with_u8_array_and_options(bytes, &at(place)).map_err(trouble)?;
        Ok(read as usize)
    }

    fn write_at(&self, bytes: &[u8], place: u64) -> Result<(), Trouble> {
        let written = self.0.write_with_u8_array_and_options(bytes, &at(place)).map_err(trouble)?;
        // What does not fit whole is left out by some.
        if written as usize == bytes.len() { Ok(()) } else { Err(Trouble::Full) }
    }

    fn truncate(&self, size: u64) -> Result<(), Trouble> {
        self.0.truncate_with_f64(number(size)).map_err(trouble)
    }

    fn flush(&self) -> Result<(), Trouble> {
        self.0.flush().map_err(trouble)
    }

    fn size(&self) -> Result<u64, Trouble> {
        Ok(self.0.get_size().map_err(trouble)? as u64)
    }

    fn close(&self) {
        self.0.close();
    }
}

/// What this worker has open.
struct Opened {
    folder: FileSystemDirectoryHandle,
    pool: Rc<Pool<OpfsHandle>>,
    /// Bytes for which there was room when that was asked last.
    room: Option<u64>,
}

thread_local! {
    static OPENED: RefCell<Option<Opened>> = const { RefCell::new(None) };
}

/// Opens the files in a folder of the origin, and gives them to SQLite. Once in a worker.
///
/// # Errors
/// No such file system here; another tab or worker that has the files open.
pub async fn open(folder: &str) -> Result<(), Trouble> {
    let root: FileSystemDirectoryHandle = wait(storage()?.get_directory()).await?;
    let options = FileSystemGetDirectoryOptions::new();
    options.set_create(true);
    let folder: FileSystemDirectoryHandle =
        wait(root.get_directory_handle_with_options(folder, &options)).await?;
    let mut tries = TRIES;
    let found = loop {
        match open_all(&folder, keys(&folder).await?).await {
            Err(Trouble::InUse) if tries > 1 => tries -= 1,
            outcome => break outcome?,
        }
        pause().await;
    };
    let pool = Rc::new(Pool::load(found)?);
    // Looked for before SQLite knows the pool: what fails here is found out without harm.
    top_up(&folder, &pool).await?;
    vfs::register::<_, WasmOsCallback>("opfs", Rc::clone(&pool), true)
        .map_err(|error| Trouble::Failed(error.to_string()))?;
    OPENED.set(Some(Opened { folder, pool, room: None }));
    measure().await;
    Ok(())
}

/// The files of this worker.
///
/// # Errors
/// They were not opened.
pub fn pool() -> Result<Rc<Pool<OpfsHandle>>, Trouble> {
    OPENED
        .with_borrow(|opened| opened.as_ref().map(|opened| Rc::clone(&opened.pool)).ok_or(Trouble::NotThere))
}

/// Opens again what was closed to give its room back, makes files where few are left without a name, and asks how much
/// room there is. To be called now and then while nothing else is done.
///
/// # Errors
/// A file that cannot be made or opened.
pub async fn tend() -> Result<(), Trouble> {
    let opened = OPENED
        .with_borrow(|opened| opened.as_ref().map(|opened| (opened.folder.clone(), Rc::clone(&opened.pool))));
    let (folder, pool) = opened.ok_or(Trouble::NotThere)?;
    for (key, handle) in open_all(&folder, pool.closed()).await? {
        pool.add(key, handle)?;
    }
    top_up(&folder, &pool).await?;
    measure().await;
    Ok(())
}

/// Asks how much room there is, for [`room`].
pub async fn measure() {
    let Ok(estimate) = storage().and_then(|storage| storage.estimate().map_err(trouble)) else { return };
    let room = wait::<StorageEstimate>(estimate).await.ok().and_then(|estimate| {
        let (quota, usage) = (estimate.get_quota()?, estimate.get_usage()?);
        Some((quota - usage).max(0.0) as u64)
    });
    OPENED.with_borrow_mut(|opened| opened.iter_mut().for_each(|opened| opened.room = room));
}

/// Bytes for which there was room when [`measure`] asked last, if the browser told.
#[must_use]
pub fn room() -> Option<u64> {
    OPENED.with_borrow(|opened| opened.as_ref()?.room)
}

/// Makes files until enough are without a name.
async fn top_up(folder: &FileSystemDirectoryHandle, pool: &Pool<OpfsHandle>) -> Result<(), Trouble> {
    let missing = SPARE.saturating_sub(pool.spare());
    if missing == 0 {
        return Ok(());
    }
    let known = keys(folder).await?;
    let keys = (0..).map(|number| format!("{number:04}")).filter(|key| !known.contains(key));
    for (key, handle) in open_all(folder, keys.take(missing).collect()).await? {
        pool.add(key, handle)?;
    }
    Ok(())
}

/// What lies in a folder.
async fn keys(folder: &FileSystemDirectoryHandle) -> Result<Vec<String>, Trouble> {
    let (keys, mut found): (AsyncIterator, _) = (folder.keys(), Vec::new());
    loop {
        let next: IteratorNext = wait(keys.next().map_err(trouble)?).await?;
        if next.done() {
            return Ok(found);
        }
        found.extend(next.value().as_string());
    }
}

/// Opens files, made where they are not there, all at the same time. Where one cannot be opened, none stays open.
async fn open_all(
    folder: &FileSystemDirectoryHandle,
    keys: Vec<String>,
) -> Result<Vec<(String, OpfsHandle)>, Trouble> {
    let options = FileSystemGetFileOptions::new();
    options.set_create(true);
    let opening = keys.iter().map(|key| {
        let file = folder.get_file_handle_with_options(key, &options);
        wasm_bindgen_futures::future_to_promise(async move {
            let file: FileSystemFileHandle = JsFuture::from(file).await?.unchecked_into();
            // A call of what is not there would end the worker.
            if !js_sys::Reflect::has(&file, &"createSyncAccessHandle".into())? {
                return Err(js_sys::Error::new(NO_FILES).into());
            }
            JsFuture::from(file.create_sync_access_handle()).await
        })
    });
    let outcomes: Array = wait(Promise::all_settled(&opening.collect::<Array>())).await?;
    let (mut opened, mut refused) = (Vec::new(), None);
    for (key, outcome) in keys.into_iter().zip(outcomes.iter()) {
        let field = |name: &str| js_sys::Reflect::get(&outcome, &name.into()).unwrap_or_default();
        if field("status") == "fulfilled" {
            opened.push((key, OpfsHandle(field("value").unchecked_into())));
        } else {
            refused = Some(trouble(field("reason")));
        }
    }
    match refused {
        Some(refused) => {
            opened.iter().for_each(|(_, handle)| handle.close());
            Err(refused)
        }
        None => Ok(opened),
    }
}

/// Lets a moment pass.
async fn pause() {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let passed = Promise::new(&mut |over, _| {
        if scope.set_timeout_with_callback_and_timeout_and_arguments_0(&over, BETWEEN_TRIES_MS).is_err() {
            let _ = over.call0(&JsValue::UNDEFINED);
        }
    });
    let _ = JsFuture::from(passed).await;
}

fn storage() -> Result<StorageManager, Trouble> {
    let scope: WorkerGlobalScope = js_sys::global().unchecked_into();
    let storage = js_sys::Reflect::get(&scope.navigator(), &"storage".into()).unwrap_or_default();
    // As above.
    if storage.is_object() && js_sys::Reflect::has(&storage, &"getDirectory".into()).unwrap_or_default() {
        Ok(storage.unchecked_into())
    } else {
        Err(Trouble::Failed(NO_FILES.to_owned()))
    }
}

fn wait<T: JsCast>(promise: Promise) -> impl Future<Output = Result<T, Trouble>> {
    let promise = JsFuture::from(promise);
    async move { Ok(promise.await.map_err(trouble)?.unchecked_into()) }
}
