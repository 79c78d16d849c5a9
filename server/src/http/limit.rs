//! How often one account or device may ask. Never by address: the guards of a site share one.

use std::{
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use gatehouse_core::id::{DeviceId, PersonId};

use crate::service::{Principal, Scope, ServiceError};

/// Requests that may come at once.
const BURST: f64 = 120.0;
/// Requests a second in the long run.
const RATE: f64 = 20.0;
/// Requests for a code that an address may make at once, and a second in the long run.
const CODE_BURST: f64 = 10.0;
const CODE_RATE: f64 = 1.0 / 30.0;
/// Codes that may be tried for an address at once, and a second in the long run: 20 in any hour.
const TRY_BURST: f64 = 5.0;
const TRY_RATE: f64 = 15.0 / 3600.0;
/// Keys that are remembered before full buckets are thrown out.
const REMEMBERED: usize = 10_000;
/// Keys beyond which new ones are refused. Throwing out among so many takes a few milliseconds.
const MOST: usize = 200_000;
/// How long from one throwing out to the next.
const SWEEP: Duration = Duration::from_secs(1);

struct Bucket {
    left: f64,
    at: Instant,
}

struct Kept<K> {
    buckets: HashMap<K, Bucket>,
    swept: Option<Instant>,
}

struct Buckets<K> {
    kept: Mutex<Kept<K>>,
    burst: f64,
    rate: f64,
}

impl<K: Copy + Eq + Hash> Buckets<K> {
    fn new(burst: f64, rate: f64) -> Self {
        Self { kept: Mutex::new(Kept { buckets: HashMap::new(), swept: None }), burst, rate }
    }

    fn take(&self, key: K, now: Instant) -> Result<(), ServiceError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Kept { buckets, swept } = &mut *kept;
        let (burst, rate) = (self.burst, self.rate);
        let filled = |bucket: &Bucket| {
            (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * rate).min(burst)
        };
        if buckets.len() >= REMEMBERED && swept.is_none_or(|at| now.saturating_duration_since(at) >= SWEEP) {
            buckets.retain(|_, bucket| filled(bucket) < burst);
            *swept = Some(now);
        }
        if buckets.len() >= MOST && !buckets.contains_key(&key) {
            return Err(ServiceError::TooManyTries { wait: SWEEP });
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: burst, at: now });
        *bucket = Bucket { left: filled(bucket), at: now };
        if bucket.left < 1.0 {
            return Err(ServiceError::TooManyTries {
                wait: Duration::from_secs_f64((1.0 - bucket.left) / rate),
            });
        }
        bucket.left -= 1.0;
        Ok(())
    }

    fn forget(&self, key: K) {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).buckets.remove(&key);
    }
}

/// The limits of one server process.
pub struct Limits {
    principals: Buckets<(i64, [u8; 16])>,
    codes: Buckets<u64>,
    tries: Buckets<u64>,
    /// What addresses are remembered by: of one size, however long they are.
    hasher: RandomState,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            principals: Buckets::new(BURST, RATE),
            codes: Buckets::new(CODE_BURST, CODE_RATE),
            tries: Buckets::new(TRY_BURST, TRY_RATE),
            hasher: RandomState::new(),
        }
    }
}

impl Limits {
    /// Counts a request of whoever the scope names.
    ///
    /// # Errors
    /// [`ServiceError::TooManyTries`].
    pub fn count(&self, scope: &Scope) -> Result<(), ServiceError> {
        let id = match scope.principal {
            Principal::Person(PersonId(id)) | Principal::Device(DeviceId(id)) => id,
            Principal::Local => return Ok(()),
        };
        self.principals.take((scope.org.get(), id), Instant::now())
    }

    /// Counts a request for a code to sign in as `address`, known or not.
    ///
    /// # Errors
    /// [`ServiceError::TooManyTries`].
    pub fn count_sign_in(&self, address: &str) -> Result<(), ServiceError> {
        self.codes.take(self.key(address), Instant::now())
    }

    /// Counts a try to sign in as `address` with a code. Known or not, every address bears the same number of tries, so
    /// that nobody learns from them which are known.
    ///
    /// # Errors
    /// [`ServiceError::TooManyTries`].
    pub fn count_try(&self, address: &str) -> Result<(), ServiceError> {
        self.tries.take(self.key(address), Instant::now())
    }

    /// Forgets the tries of an address, whose owner has signed in.
    pub fn forget_tries(&self, address: &str) {
        self.tries.forget(self.key(address));
    }

    fn key(&self, address: &str) -> u64 {
        let address: String = address.trim().chars().take(254).collect();
        self.hasher.hash_one(address.to_lowercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_runs_out_by_itself() {
        let limits = Limits::default();
        for _ in 0..10 {
            limits.count_sign_in("A@example.org").expect("within the burst");
        }
        let refused = limits.count_sign_in("a@example.org").expect_err("used up");
        let ServiceError::TooManyTries { wait } = refused else { panic!("{refused:?}") };
        assert!((29..=30).contains(&wait.as_secs()), "the next one is there in half a minute: {wait:?}");
        assert!(limits.count_sign_in("b@example.org").is_ok());
    }

    #[test]
    fn tries_are_forgotten_after_a_right_one() {
        let limits = Limits::default();
        for _ in 0..5 {
            limits.count_try("a@example.org").expect("within the burst");
        }
        assert!(limits.count_try(" A@example.org").is_err());
        limits.forget_tries("A@Example.org");
        assert!(limits.count_try("a@example.org").is_ok());
    }

    #[test]
    fn new_keys_are_refused_when_there_are_too_many() {
        let buckets = Buckets::new(2.0, 1.0);
        let start = Instant::now();
        for key in 0..MOST {
            buckets.take(key, start).expect("there is room");
        }
        assert!(buckets.take(MOST, start).is_err());
        assert!(buckets.take(0, start).is_ok(), "who is known goes on");
        assert!(buckets.take(MOST, start + SWEEP).is_ok(), "full buckets were thrown out");
    }
}
