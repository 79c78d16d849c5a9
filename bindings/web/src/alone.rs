//! One worker for one origin's station: two could not share its files.

use js_sys::Promise;
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;

use super::js::{call, get, object};

/// How long is waited for a worker that is about to end, as after a page was loaded anew. Milliseconds.
const WAIT_MS: u32 = 3_000;

/// Takes the place of the only worker under this name, for as long as this one lives. False where another has it.
pub async fn is_alone(name: &str) -> bool {
    match take(name) {
        Ok(taken) => JsFuture::from(taken).await.is_ok(),
        // Without locks it is for the files themselves to say: each is opened once.
        Err(_) => true,
    }
}

fn take(name: &str) -> Result<Promise, JsValue> {
    let locks = get(&get(&js_sys::global(), "navigator")?, "locks")?;
    let signal = web_sys::AbortSignal::timeout_with_u32(WAIT_MS);
    let options = object(&[("signal", signal.into())])?;
    let mut outcome = Err(JsValue::UNDEFINED);
    let taken = Promise::new(&mut |taken, refused| {
        // It is given back when what is promised here has come: never.
        let hold = Closure::once_into_js(move || {
            let _ = taken.call0(&JsValue::UNDEFINED);
            Promise::new(&mut |_, _| {})
        });
        outcome = call(&locks, "request", &[&name.into(), &options, &hold]).map(|request| {
            let refusal = Closure::once_into_js(move |error: JsValue| {
                let _ = refused.call1(&JsValue::UNDEFINED, &error);
            });
            let _ = call(&request, "catch", &[refusal.unchecked_ref()]);
        });
    });
    outcome.map(|()| taken)
}
