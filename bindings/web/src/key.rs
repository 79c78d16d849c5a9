//! The key that seals the secrets. The browser keeps another one, which no script can read (WebCrypto, in IndexedDB), and
//! this one encrypted under that: it is asked for once, when the worker starts.

use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get, object, promised};

const DATABASE: &str = "gatehouse";
const STORE: &str = "keys";
const KEY: usize = 32;
const NONCE: usize = 12;

/// The key of this name, which is made and kept where there is none. It is on the disk when it is given.
pub async fn key(name: &str) -> Result<[u8; KEY], JsValue> {
    let database = database().await?;
    let kept = kept(&database, name).await;
    call(&database, "close", &[])?;
    kept
}

async fn kept(database: &JsValue, name: &str) -> Result<[u8; KEY], JsValue> {
    let crypto = get(&js_sys::global(), "crypto")?;
    let subtle = get(&crypto, "subtle")?;
    let store = store(database, "readonly")?.0;
    let found = finished(&call(&store, "get", &[&name.into()])?).await?;
    if !found.is_undefined() {
        let under = under(&get(&found, "nonce")?)?;
        let (wrapping, wrapped) = (get(&found, "wrapping")?, get(&found, "wrapped")?);
        let key = promised(&subtle, "decrypt", &[&under, &wrapping, &wrapped]).await?;
        return Uint8Array::new(&key).to_vec().try_into().map_err(|_| "a key of another size".into());
    }
    let (key, nonce) = (Uint8Array::new_with_length(KEY as u32), Uint8Array::new_with_length(NONCE as u32));
    call(&crypto, "getRandomValues", &[&key])?;
    call(&crypto, "getRandomValues", &[&nonce])?;
    let algorithm = object(&[("name", "AES-GCM".into()), ("length", 256.into())])?;
    let uses: Array = ["encrypt", "decrypt"].into_iter().map(JsValue::from).collect();
    let wrapping = promised(&subtle, "generateKey", &[&algorithm, &JsValue::FALSE, &uses]).await?;
    let wrapped = promised(&subtle, "encrypt", &[&under(&nonce)?, &wrapping, &key]).await?;
    let record = object(&[("wrapping", wrapping), ("wrapped", wrapped), ("nonce", nonce.into())])?;
    let (store, transaction) = self::store(database, "readwrite")?;
    // Another worker's that came first would stay: only one is ever at work.
    call(&store, "add", &[&record, &name.into()])?;
    came(&transaction, "oncomplete", "onabort").await?;
    key.to_vec().try_into().map_err(|_| "a key of another size".into())
}

fn under(nonce: &JsValue) -> Result<JsValue, JsValue> {
    object(&[("name", "AES-GCM".into()), ("iv", nonce.clone())])
}

async fn database() -> Result<JsValue, JsValue> {
    let request = call(&get(&js_sys::global(), "indexedDB")?, "open", &[&DATABASE.into(), &1.into()])?;
    let opening = request.clone();
    let upgrade = Closure::once_into_js(move || {
        let database = get(&opening, "result")?;
        call(&database, "createObjectStore", &[&STORE.into()])
    });
    js_sys::Reflect::set(&request, &"onupgradeneeded".into(), &upgrade)?;
    finished(&request).await
}

/// The store of keys, in a transaction that is on the disk when it is over.
fn store(database: &JsValue, mode: &str) -> Result<(JsValue, JsValue), JsValue> {
    let strict = object(&[("durability", "strict".into())])?;
    let transaction = call(database, "transaction", &[&STORE.into(), &mode.into(), &strict])?;
    Ok((call(&transaction, "objectStore", &[&STORE.into()])?, transaction))
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
