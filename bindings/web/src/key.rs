//! The key that seals the secrets. The browser keeps another one, which no script can read (WebCrypto), and this one
//! encrypted under that: it is asked for once, when the worker starts.

use js_sys::{Array, Uint8Array};
use wasm_bindgen::JsValue;

use super::{
    cabinet::Cabinet,
    js::{call, get, object, promised},
};

const KEY: usize = 32;
const NONCE: usize = 12;

/// The key of this name, which is made and kept where there is none. It is on the disk when it is given.
pub async fn key(name: &str) -> Result<[u8; KEY], JsValue> {
    let cabinet = Cabinet::open().await?;
    let crypto = get(&js_sys::global(), "crypto")?;
    let subtle = get(&crypto, "subtle")?;
    if let Some(found) = cabinet.find(name).await? {
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
    cabinet.keep(name, &record).await?;
    key.to_vec().try_into().map_err(|_| "a key of another size".into())
}

fn under(nonce: &JsValue) -> Result<JsValue, JsValue> {
    object(&[("name", "AES-GCM".into()), ("iv", nonce.clone())])
}
