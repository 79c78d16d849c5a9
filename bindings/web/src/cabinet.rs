//! Where the browser keeps keys that no script can read: IndexedDB.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get, object};

const DATABASE: &str = "gatehouse";
const STORE: &str = "keys";

/// The keys, each under a name.
pub struct Cabinet {
    database: JsValue,
}

impl Cabinet {
    /// Opens it, or makes it. Let go of, it is closed.
    pub async fn open() -> Result<Self, JsValue> {
        let request = call(&get(&js_sys::global(), "indexedDB")?, "open", &[&DATABASE.into(), &1.into()])?;
        let opening = request.clone();
        let upgrade = Closure::once_into_js(move || {
            let database = get(&opening, "result")?;
            call(&database, "createObjectStore", &[&STORE.into()])
        });
        js_sys::Reflect::set(&request, &"onupgradeneeded".into(), &upgrade)?;
        Ok(Self { database: finished(&request).await? })
    }

    /// What is kept under this name.
    pub async fn find(&self, name: &str) -> Result<Option<JsValue>, JsValue> {
        let found = finished(&call(&self.store("readonly")?.0, "get", &[&name.into()])?).await?;
        Ok(Some(found).filter(|found| !found.is_undefined()))
    }

    /// Keeps something under a name that is free. It is on the disk then.
    pub async fn keep(&self, name: &str, kept: &JsValue) -> Result<(), JsValue> {
        let (store, transaction) = self.store("readwrite")?;
        // Another worker's that came first would stay: only one is ever at work.
        call(&store, "add", &[kept, &name.into()])?;
        came(&transaction, "oncomplete", "onabort").await
    }

    /// Removes what is kept under a name, if there is anything. It is gone from the disk then.
    pub async fn remove(&self, name: &str) -> Result<(), JsValue> {
        let (store, transaction) = self.store("readwrite")?;
        call(&store, "delete", &[&name.into()])?;
        came(&transaction, "oncomplete", "onabort").await
    }

    /// The store of keys, in a transaction that is on the disk when it is over.
    fn store(&self, mode: &str) -> Result<(JsValue, JsValue), JsValue> {
        let strict = object(&[("durability", "strict".into())])?;
        let transaction = call(&self.database, "transaction", &[&STORE.into(), &mode.into(), &strict])?;
        Ok((call(&transaction, "objectStore", &[&STORE.into()])?, transaction))
    }
}

impl Drop for Cabinet {
    fn drop(&mut self) {
        // One that cannot be closed ends with the worker.
        let _ = call(&self.database, "close", &[]);
    }
}

/// What a request of IndexedDB comes to.
async fn finished(request: &JsValue) -> Result<JsValue, JsValue> {
    came(request, "onsuccess", "onerror").await?;
    get(request, "result")
}

/// Waits until one of two things happens to an object of IndexedDB; an error where it is the second.
async fn came(object: &JsValue, well: &str, ill: &str) -> Result<(), JsValue> {
    let failing = object.clone();
    let happens = Promise::new(&mut |done, failed| {
        let failing = failing.clone();
        let ending = Closure::once_into_js(move || {
            let _ = failed.call1(&JsValue::UNDEFINED, &get(&failing, "error").unwrap_or_default());
        });
        let _ = js_sys::Reflect::set(object, &well.into(), done.unchecked_ref());
        let _ = js_sys::Reflect::set(object, &ill.into(), &ending);
    });
    JsFuture::from(happens).await.map(drop)
}
