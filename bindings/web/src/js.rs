//! The worker's JavaScript, as far as `web-sys` lacks it or is more work than this.

use js_sys::{Array, Function, Promise, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;

/// A field of an object.
pub fn get(object: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(object, &name.into())
}

/// An object with these fields.
pub fn object(fields: &[(&str, JsValue)]) -> Result<JsValue, JsValue> {
    let object = js_sys::Object::new();
    for (name, value) in fields {
        Reflect::set(&object, &(*name).into(), value)?;
    }
    Ok(object.into())
}

/// Calls a method.
pub fn call(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let method: Function = get(object, method)?.dyn_into()?;
    method.apply(object, &arguments.iter().copied().collect::<Array>())
}

/// Calls a method, and waits for what it promises.
pub async fn promised(object: &JsValue, method: &str, arguments: &[&JsValue]) -> Result<JsValue, JsValue> {
    let promise = Promise::resolve(&call(object, method, arguments)?);
    JsFuture::from(promise).await
}

/// What an error says.
pub fn said(error: JsValue) -> String {
    String::from(js_sys::Object::from(error).to_string())
}
