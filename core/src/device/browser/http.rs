//! HTTP by `fetch`: a call's deadline covers every byte of the answer; whoever gives a call up, or lets go of it, ends it.
//!
//! A browser says nothing of a redirection but that it was one, and nothing of why there is no way to a server:
//! certificates are its own affair.

use std::{cell::Cell, rc::Rc, time::Duration};

use js_sys::{Object, Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue, closure::Closure};
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, Headers, ReadableStreamDefaultReader, ReferrerPolicy, RequestCache, RequestCredentials,
    RequestInit, RequestRedirect, Response, ResponseType,
};

use super::drive::{scope, set_timeout};
use crate::network::{Answer, Failure, Method, Outcome, Request};

/// The status that is told of a redirection, since the browser tells none.
const SOME_REDIRECTION: u16 = 302;

/// A browser that says it has no network is believed for so long after a call that found none, in milliseconds. A call
/// that can only fail takes several of them, in the way of a verdict. That there is none is never believed on its word
/// alone: browsers overlook networks, above all one that is only within the machine.
const BELIEVED_MS: f64 = 10_000.0;

/// Carries requests.
#[derive(Debug, Default)]
pub struct Http {
    /// When a call found no way to its server, unless one was answered since.
    no_way_at: Rc<Cell<Option<f64>>>,
}

/// A call on its way. Let go of, it ends.
#[derive(Debug)]
pub struct Call {
    give_up: GiveUp,
    no_way_at: Rc<Cell<Option<f64>>>,
    answer: JsFuture,
    largest: u64,
    clock: Option<i32>,
    _ring: Closure<dyn FnMut()>,
}

/// By this a call is given up, as at its deadline.
#[derive(Debug, Clone)]
pub struct GiveUp {
    controller: AbortController,
    given_up: Rc<Cell<bool>>,
}

impl GiveUp {
    /// Gives the call up.
    pub fn now(&self) {
        self.given_up.set(true);
        self.controller.abort();
    }

    fn failure(&self, error: &JsValue) -> Failure {
        if self.given_up.get() {
            return Failure::TimedOut;
        }
        Failure::NoWay { reason: String::from(js_sys::Error::from(error.clone()).message()) }
    }
}

impl Http {
    /// Sends a request off.
    ///
    /// # Errors
    /// A request that cannot be sent at all.
    pub fn begin(&self, request: Request, within: Duration) -> Result<Call, Failure> {
        if within.is_zero() {
            return Err(Failure::TimedOut);
        }
        let found_none = self.no_way_at.get().is_some_and(|at| now_ms() - at < BELIEVED_MS);
        if found_none && !scope().navigator().on_line() {
            return Err(Failure::NoWay { reason: "the browser has no network".to_owned() });
        }
        let unusable = |error: JsValue| Failure::Address { reason: said(error) };
        let controller = AbortController::new().map_err(unusable)?;
        let give_up = GiveUp { controller, given_up: Rc::default() };
        let call = web_sys::Request::new_with_str_and_init(&request.url(), &init(&request, &give_up)?);
        let answer = JsFuture::from(scope().fetch_with_request(&call.map_err(unusable)?));
        let deadline = give_up.clone();
        let ring = Closure::new(move || deadline.now());
        let millis = u64::try_from(within.as_millis()).unwrap_or(u64::MAX);
        let clock = set_timeout(ring.as_ref().unchecked_ref(), millis);
        let no_way_at = Rc::clone(&self.no_way_at);
        Ok(Call { give_up, no_way_at, answer, largest: request.largest_answer, clock, _ring: ring })
    }
}

impl Call {
    /// By what it is given up.
    #[must_use]
    pub fn give_up(&self) -> GiveUp {
        self.give_up.clone()
    }

    /// Waits for the answer, or until the deadline.
    ///
    /// # Errors
    /// No answer.
    pub async fn wait(mut self) -> Outcome {
        let response = (&mut self.answer).await.map_err(|error| {
            let failure = self.give_up.failure(&error);
            if let Failure::NoWay { .. } = failure {
                self.no_way_at.set(Some(now_ms()));
            }
            failure
        })?;
        self.no_way_at.set(None);
        let response: Response = response.unchecked_into();
        if response.type_() == ResponseType::Opaqueredirect {
            return Ok(Answer { status: SOME_REDIRECTION, ..Answer::default() });
        }
        let headers = response.headers();
        let header = |name| headers.get(name).ok().flatten();
        let answer = Answer {
            status: response.status(),
            retry_after: header("retry-after"),
            upload_offset: header("upload-offset"),
            content_type: header("content-type"),
            location: header("location"),
            body: Vec::new(),
        };
        let Some(stream) = response.body() else { return Ok(answer) };
        let reader: ReadableStreamDefaultReader = stream.get_reader().unchecked_into();
        let body = self.body(&reader).await;
        Ok(Answer { body: body?, ..answer })
    }

    /// The body, as long as it may be at most.
    async fn body(&self, reader: &ReadableStreamDefaultReader) -> Result<Vec<u8>, Failure> {
        let failure = |error: JsValue| self.give_up.failure(&error);
        let mut body = Vec::new();
        loop {
            let next = JsFuture::from(reader.read()).await.map_err(failure)?;
            if Reflect::get(&next, &"done".into()).is_ok_and(|done| done.is_truthy()) {
                return Ok(body);
            }
            let piece: Uint8Array = Reflect::get(&next, &"value".into()).map_err(failure)?.unchecked_into();
            let at = body.len();
            if at as u64 + u64::from(piece.length()) > self.largest {
                return Err(Failure::TooLong);
            }
            body.resize(at + piece.length() as usize, 0);
            if let Some(room) = body.get_mut(at..) {
                piece.copy_to(room);
            }
        }
    }
}

impl Drop for Call {
    fn drop(&mut self) {
        if let Some(clock) = self.clock {
            scope().clear_timeout_with_handle(clock);
        }
        self.give_up.controller.abort();
    }
}

/// How a request is to be made, following nothing, with no cookie, out of no cache and telling nobody from where.
fn init(request: &Request, give_up: &GiveUp) -> Result<RequestInit, Failure> {
    let unusable = |error: JsValue| Failure::Address { reason: said(error) };
    let headers = Headers::new().map_err(unusable)?;
    for (name, value) in &request.headers {
        headers.set(name, value).map_err(unusable)?;
    }
    let init = RequestInit::new();
    init.set_method(request.method.name());
    init.set_headers(&headers);
    if let Method::Post | Method::Patch = request.method {
        init.set_body(&Uint8Array::from(request.body.as_slice()));
    }
    init.set_redirect(RequestRedirect::Manual);
    init.set_credentials(RequestCredentials::Omit);
    init.set_cache(RequestCache::NoStore);
    init.set_referrer_policy(ReferrerPolicy::NoReferrer);
    init.set_signal(Some(&give_up.controller.signal()));
    Ok(init)
}

/// The running clock.
fn now_ms() -> f64 {
    scope().performance().map_or(0.0, |clock| clock.now())
}

fn said(error: JsValue) -> String {
    String::from(Object::from(error).to_string())
}
