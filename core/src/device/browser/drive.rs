//! What stands under calls that block, and how work that does not waits.

use js_sys::{Function, Promise};
use std::time::Duration;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::WorkerGlobalScope;

use crate::{
    device::Network,
    network::{SignerError, Step, Steps},
};

/// Takes one step after another until the work is done, without waiting: a pause is over when it begins.
pub fn drive<T>(network: &dyn Network, mut steps: Steps<'_, T>) -> T {
    let mut now_ms = 0;
    loop {
        steps = match steps.next(now_ms) {
            Step::Ask(question, mut steps) => {
                let within = Duration::from_millis(question.until_ms.saturating_sub(now_ms));
                let outcome = network.exchange(question.request, within);
                // It is waited for: nothing else was asked since.
                let _ = steps.answer(question.number, outcome);
                steps
            }
            Step::Key(question, mut steps) => {
                // It answers later, and nobody here can wait for that.
                let _ = steps.key_answered(question.number, Err(SignerError::nobody()));
                steps
            }
            Step::Wait(until_ms, steps) => {
                now_ms = now_ms.max(until_ms);
                steps
            }
            Step::Done(done) => return done,
        }
    }
}

/// Lets so many milliseconds pass.
pub async fn pause(millis: u64) {
    let promise = Promise::new(&mut |over, _| {
        if set_timeout(&over, millis).is_none() {
            // Who cannot be woken must not sleep.
            let _ = over.call0(&wasm_bindgen::JsValue::UNDEFINED);
        }
    });
    // It is only ever fulfilled.
    let _ = JsFuture::from(promise).await;
}

/// Has something called after so many milliseconds, and gives the number by which that is taken back.
pub fn set_timeout(call: &Function, millis: u64) -> Option<i32> {
    // More than 2^31 would be none at all.
    let millis = i32::try_from(millis).unwrap_or(i32::MAX);
    scope().set_timeout_with_callback_and_timeout_and_arguments_0(call, millis).ok()
}

/// The worker.
pub fn scope() -> WorkerGlobalScope {
    js_sys::global().unchecked_into()
}
