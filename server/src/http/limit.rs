//! How often one account or device may ask. Never by address: the guards of a site share one.

use std::{
    collections::HashMap,
    hash::Hash,
    sync::{Mutex, PoisonError},
    time::Instant,
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
/// Accounts that are remembered before full buckets are thrown out.
const REMEMBERED: usize = 10_000;

struct Bucket {
    left: f64,
    at: Instant,
}

struct Buckets<K>(Mutex<HashMap<K, Bucket>>);

impl<K: Eq + Hash> Buckets<K> {
    fn take(&self, key: K, burst: f64, rate: f64) -> Result<(), ServiceError> {
        let now = Instant::now();
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let filled =
            |bucket: &Bucket| (bucket.left + now.duration_since(bucket.at).as_secs_f64() * rate).min(burst);
        if buckets.len() >= REMEMBERED {
            buckets.retain(|_, bucket| filled(bucket) < burst);
        }
        let bucket = buckets.entry(key).or_insert(Bucket { left: burst, at: now });
        *bucket = Bucket { left: filled(bucket), at: now };
        if bucket.left < 1.0 {
            return Err(ServiceError::TooManyTries);
        }
        bucket.left -= 1.0;
        Ok(())
    }
}

/// The limits of one server process.
pub struct Limits {
    principals: Buckets<(i64, [u8; 16])>,
    addresses: Buckets<String>,
}

impl Default for Limits {
    fn default() -> Self {
        Self { principals: Buckets(Mutex::default()), addresses: Buckets(Mutex::default()) }
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
        self.principals.take((scope.org.get(), id), BURST, RATE)
    }

    /// Counts a request that has to do with signing in as `address`, known or not.
    ///
    /// # Errors
    /// [`ServiceError::TooManyTries`].
    pub fn count_sign_in(&self, address: &str) -> Result<(), ServiceError> {
        let address: String = address.trim().to_lowercase().chars().take(254).collect();
        self.addresses.take(address, CODE_BURST, CODE_RATE)
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
        assert!(limits.count_sign_in("a@example.org").is_err());
        assert!(limits.count_sign_in("b@example.org").is_ok());
    }
}
