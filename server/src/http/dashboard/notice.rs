//! What the last action did, told once on the next page: a word in a short-lived cookie, never a request's text.

use axum::http::{HeaderMap, HeaderValue, header};

use crate::{
    web::view::Notice,
    words::{self, Done},
};

const COOKIE: &str = "gatehouse_notice";
/// Long enough for a slow page, too short to surprise anyone later. Seconds.
const LIFE_S: u32 = 60;

/// What the request's cookie says was done.
pub fn told(headers: &HeaderMap) -> Option<Notice> {
    let cookies = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok());
    let mut pairs =
        cookies.flat_map(|cookies| cookies.split(';')).filter_map(|pair| pair.trim().split_once('='));
    let (_, key) = pairs.find(|(name, _)| *name == COOKIE)?;
    let done = Done::ALL.into_iter().find(|done| done.key() == key)?;
    Some(Notice { text: words::done(done), failed: done.failed() })
}

/// The value of `Set-Cookie` that lets the next page tell what was done.
pub fn tell(done: Done) -> Option<HeaderValue> {
    cookie(done.key(), LIFE_S)
}

/// The value of `Set-Cookie` after it was told.
pub fn forget() -> Option<HeaderValue> {
    cookie("", 0)
}

fn cookie(value: &str, seconds: u32) -> Option<HeaderValue> {
    let cookie = format!("{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={seconds}");
    HeaderValue::from_str(&cookie).ok()
}
