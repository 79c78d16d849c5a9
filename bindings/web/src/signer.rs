//! The key by which a member's phone makes codes without a network: P-256 of WebCrypto, which signs and which no script
//! can read. WebCrypto answers later, so it is asked as the server is.

use std::cell::RefCell;

use gatehouse_core::{
    device::pause,
    network::{KeyOutcome, KeyTask, SignerError},
};
use js_sys::{Array, Promise, Uint8Array};
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, future_to_promise};

use super::{
    cabinet::Cabinet,
    js::{get, object, promised, said},
};

/// Under this the browser keeps both halves of the key.
const NAME: &str = "code-key";

thread_local! {
    /// What the key was asked for last.
    static LAST: RefCell<Option<Promise>> = const { RefCell::new(None) };
}

/// Has the key do something, after whatever it was asked for before: one that is to be gone must not be made meanwhile.
pub async fn carry(task: KeyTask, within_ms: u64) -> KeyOutcome {
    let before = LAST.take();
    let doing = future_to_promise(async move {
        if let Some(before) = before {
            // Whoever asked for it hears what came of it.
            let _ = JsFuture::from(before).await;
        }
        done(task).await
    });
    LAST.set(Some(doing.clone()));
    let late = future_to_promise(async move {
        pause(within_ms).await;
        Err::<JsValue, JsValue>(SignerError::late().reason.into())
    });
    let first = JsFuture::from(Promise::race(&Array::of2(&doing, &late))).await;
    match first {
        Ok(bytes) => Ok(Uint8Array::new(&bytes).to_vec()),
        Err(error) => Err(SignerError { reason: said(error) }),
    }
}

async fn done(task: KeyTask) -> Result<JsValue, JsValue> {
    let subtle = get(&get(&js_sys::global(), "crypto")?, "subtle")?;
    let cabinet = Cabinet::open().await?;
    match task {
        KeyTask::PublicKey => {
            let pair = match cabinet.find(NAME).await? {
                Some(pair) => pair,
                None => made(&subtle, &cabinet).await?,
            };
            promised(&subtle, "exportKey", &[&"raw".into(), &get(&pair, "publicKey")?]).await
        }
        KeyTask::Sign(message) => {
            let pair = cabinet.find(NAME).await?.ok_or("there is no key")?;
            let algorithm = object(&[("name", "ECDSA".into()), ("hash", "SHA-256".into())])?;
            let message = Uint8Array::from(message.as_slice());
            promised(&subtle, "sign", &[&algorithm, &get(&pair, "privateKey")?, &message]).await
        }
        KeyTask::Forget => {
            cabinet.remove(NAME).await?;
            Ok(Uint8Array::new_with_length(0).into())
        }
    }
}

/// Makes a key. It is on the disk before anything is told of it.
async fn made(subtle: &JsValue, cabinet: &Cabinet) -> Result<JsValue, JsValue> {
    let algorithm = object(&[("name", "ECDSA".into()), ("namedCurve", "P-256".into())])?;
    let uses: Array = ["sign", "verify"].into_iter().map(JsValue::from).collect();
    let made = promised(subtle, "generateKey", &[&algorithm, &JsValue::FALSE, &uses]).await?;
    let halves = ["privateKey", "publicKey"];
    let [private, public] = halves.map(|half| get(&made, half).map(|key| (half, key)));
    let pair = object(&[private?, public?])?;
    cabinet.keep(NAME, &pair).await?;
    Ok(pair)
}
