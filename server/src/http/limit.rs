//! How often one account or device may ask, and how often codes may be guessed. What a station does is never limited by
//! the network that it is in: the guards of a site share one.

mod source;

use std::{
    cmp::Ordering,
    collections::HashMap,
    hash::{BuildHasher, Hash, RandomState},
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

use gatehouse_core::id::{DeviceId, PersonId};

pub use source::{Provider, Source};

use crate::service::{Principal, Scope, ServiceError};

/// Requests that may come at once.
const BURST: f64 = 120.0;
/// Requests a second in the long run.
const RATE: f64 = 20.0;
/// Requests for a code that may be made for an address at once, and a second in the long run.
const CODE_BURST: f64 = 1.0;
const CODE_RATE: f64 = 1.0 / 30.0;
/// Codes that may be tried for an address at once, and a second in the long run: 20 in any hour.
const TRY_BURST: f64 = 5.0;
const TRY_RATE: f64 = 15.0 / 3600.0;
/// Wrong codes that may come from one network address at once, and a second in the long run.
const SOURCE_BURST: f64 = 30.0;
const SOURCE_RATE: f64 = 1.0 / 60.0;
/// Wrong codes that may come from one provider's network at once, and a second in the long run: whoever rents a network
/// of many addresses has as many sources as they like.
const PROVIDER_BURST: f64 = 150.0;
const PROVIDER_RATE: f64 = 1.0 / 12.0;
/// Wrong codes that may come from one enrolled device at once, over all addresses, and a second in the long run: a
/// stolen phone guesses at nobody's account for long, and keeps no other phone from work.
const DEVICE_BURST: f64 = 30.0;
const DEVICE_RATE: f64 = 1.0 / 60.0;
/// Wrong codes that may come from everywhere at once, and a second in the long run. Beyond these, only who has guessed
/// nothing wrong lately gets one try, and only from a provider's network from which nobody has.
const ALL_BURST: f64 = 500.0;
const ALL_RATE: f64 = 1.0 / 6.0;
/// Keys that are remembered before full buckets are thrown out.
const REMEMBERED: usize = 10_000;
/// Keys beyond which the fuller half of the buckets is thrown out. Among so many that takes a few milliseconds.
const MOST: usize = 200_000;
/// How long from one throwing out to the next.
const SWEEP: Duration = Duration::from_secs(1);

struct Bucket {
    left: f64,
    at: Instant,
}

struct Table<K> {
    buckets: HashMap<K, Bucket>,
    swept: Option<Instant>,
}

struct Buckets<K> {
    kept: Mutex<Table<K>>,
    burst: f64,
    rate: f64,
}

impl<K: Copy + Eq + Hash> Buckets<K> {
    fn new(burst: f64, rate: f64) -> Self {
        Self { kept: Mutex::new(Table { buckets: HashMap::new(), swept: None }), burst, rate }
    }

    fn take(&self, key: K, now: Instant) -> Result<(), ServiceError> {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        let Table { buckets, swept } = &mut *kept;
        let (burst, rate) = (self.burst, self.rate);
        let filled = |bucket: &Bucket| {
            (bucket.left + now.saturating_duration_since(bucket.at).as_secs_f64() * rate).min(burst)
        };
        if buckets.len() >= REMEMBERED && swept.is_none_or(|at| now.saturating_duration_since(at) >= SWEEP) {
            buckets.retain(|_, bucket| filled(bucket) < burst);
            *swept = Some(now);
        }
        if buckets.len() >= MOST && !buckets.contains_key(&key) {
            // Whoever asks for so many names must not keep others out. The fullest half says least: forgetting a bucket
            // gives back no more than it lacks.
            let mut levels: Vec<f64> = buckets.values().map(&filled).collect();
            let middle = levels.len() / 2;
            let (lower, limit, _) = levels.select_nth_unstable_by(middle, f64::total_cmp);
            let limit = *limit;
            let mut equals = lower.iter().filter(|level| **level >= limit).count();
            buckets.retain(|_, bucket| match filled(bucket).total_cmp(&limit) {
                Ordering::Less => true,
                Ordering::Equal if equals > 0 => {
                    equals -= 1;
                    true
                }
                _ => false,
            });
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

    fn give_back(&self, key: K) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bucket) = kept.buckets.get_mut(&key) {
            bucket.left = (bucket.left + 1.0).min(self.burst);
        }
    }

    /// Whether nothing is missing from a bucket.
    fn is_full(&self, key: K, now: Instant) -> bool {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.buckets.get(&key).is_none_or(|bucket| {
            let since = now.saturating_duration_since(bucket.at).as_secs_f64();
            bucket.left + since * self.rate >= self.burst
        })
    }
}

/// A try to sign in that was counted. Given back where it was right.
pub struct Counted {
    address: u64,
    elsewhere: u64,
    source: Option<Source>,
    device: Option<(i64, DeviceId)>,
}

/// The limits of one server process.
pub struct Limits {
    principals: Buckets<(i64, [u8; 16])>,
    codes: Buckets<u64>,
    tries: Buckets<u64>,
    sources: Buckets<Source>,
    providers: Buckets<Provider>,
    devices: Buckets<(i64, DeviceId)>,
    all: Buckets<()>,
    /// What addresses are remembered by: of one size, however long they are.
    hasher: RandomState,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            principals: Buckets::new(BURST, RATE),
            codes: Buckets::new(CODE_BURST, CODE_RATE),
            tries: Buckets::new(TRY_BURST, TRY_RATE),
            sources: Buckets::new(SOURCE_BURST, SOURCE_RATE),
            providers: Buckets::new(PROVIDER_BURST, PROVIDER_RATE),
            devices: Buckets::new(DEVICE_BURST, DEVICE_RATE),
            all: Buckets::new(ALL_BURST, ALL_RATE),
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

    /// Counts a request for a code to sign in as `address`, known or not. What is asked for on an enrolled device is
    /// counted apart: strangers who know an address keep nobody from work.
    ///
    /// # Errors
    /// [`ServiceError::ResendTooSoon`].
    pub fn count_sign_in(&self, address: &str, device: Option<&Scope>) -> Result<(), ServiceError> {
        self.codes.take(self.key(address, device), Instant::now()).map_err(|error| match error {
            ServiceError::TooManyTries { wait } => ServiceError::ResendTooSoon { wait },
            error => error,
        })
    }

    /// Counts a try to sign in as `address` with a code, of each device and of all others apart. Known or not, every
    /// address bears the same number of tries, so that nobody learns from them which are known. Without a device the
    /// network address counts, too, and so do all of them together: guessing a little at each of many accounts is
    /// guessing.
    ///
    /// # Errors
    /// [`ServiceError::TooManyTries`].
    pub fn count_try(
        &self,
        address: &str,
        device: Option<&Scope>,
        source: Source,
    ) -> Result<Counted, ServiceError> {
        let (now, key) = (Instant::now(), self.key(address, device));
        let source = device.is_none().then_some(source);
        let device = device.and_then(device_of);
        if let Some(device) = device {
            self.devices.take(device, now).inspect_err(|_| alarm("one enrolled device"))?;
        }
        if let Some(source) = source {
            let provider = source.provider();
            let is_new = self.sources.is_full(source, now) && self.providers.is_full(provider, now);
            self.sources.take(source, now).inspect_err(|_| alarm("one network address"))?;
            self.providers.take(provider, now).inspect_err(|_| alarm("one provider's network"))?;
            if let Err(error) = self.all.take((), now) {
                alarm("many network addresses");
                if !is_new {
                    return Err(error);
                }
            }
        }
        self.tries.take(key, now)?;
        Ok(Counted { address: key, elsewhere: self.key(address, None), source, device })
    }

    /// Gives a try back that was right: the owner of the address has signed in, and may ask for a code at once.
    pub fn was_right(&self, tried: &Counted) {
        self.tries.forget(tried.address);
        self.codes.forget(tried.address);
        self.codes.forget(tried.elsewhere);
        if let Some(device) = tried.device {
            self.devices.give_back(device);
        }
        if let Some(source) = tried.source {
            self.sources.give_back(source);
            self.providers.give_back(source.provider());
            self.all.give_back(());
        }
    }

    fn key(&self, address: &str, device: Option<&Scope>) -> u64 {
        let address: String = address.trim().chars().take(254).collect();
        self.hasher.hash_one((address.to_lowercase(), device.and_then(device_of)))
    }
}

const fn device_of(scope: &Scope) -> Option<(i64, DeviceId)> {
    match scope.principal {
        Principal::Device(device) => Some((scope.org.get(), device)),
        Principal::Person(_) | Principal::Local => None,
    }
}

/// Tells whoever runs the server, once a minute.
fn alarm(from: &str) {
    static TOLD: Mutex<Option<Instant>> = Mutex::new(None);
    let (now, mut told) = (Instant::now(), TOLD.lock().unwrap_or_else(PoisonError::into_inner));
    if told.is_none_or(|at| now.saturating_duration_since(at) >= Duration::from_secs(60)) {
        *told = Some(now);
        tracing::warn!("sign-ins are slowed down: too many wrong codes from {from}");
    }
}

#[cfg(test)]
mod tests {
    use std::net::IpAddr;

    use super::*;

    #[test]
    fn an_address_runs_out_by_itself() {
        let limits = Limits::default();
        limits.count_sign_in("A@example.org", None).expect("the first");
        let refused = limits.count_sign_in("a@example.org", None).expect_err("too soon");
        let ServiceError::ResendTooSoon { wait } = refused else { panic!("{refused:?}") };
        assert!((29..=30).contains(&wait.as_secs()), "the next one is there in half a minute: {wait:?}");
        assert!(limits.count_sign_in("b@example.org", None).is_ok());
    }

    #[test]
    fn tries_are_forgotten_after_a_right_one() {
        let (limits, mut tried) = (Limits::default(), None);
        for _ in 0..5 {
            tried = limits.count_try("a@example.org", None, Source::UNKNOWN).ok();
        }
        assert!(limits.count_try(" A@example.org", None, Source::UNKNOWN).is_err());
        limits.was_right(&tried.expect("within the burst"));
        assert!(limits.count_try("a@example.org", None, Source::UNKNOWN).is_ok());
    }

    #[test]
    fn a_crowd_of_keys_keeps_no_new_one_out_and_frees_nobody_who_ran_out() {
        let buckets = Buckets::new(2.0, 1.0);
        let start = Instant::now();
        for _ in 0..2 {
            buckets.take(MOST, start).expect("within the burst");
        }
        assert!(buckets.take(MOST, start).is_err());
        for key in 0..2 * MOST {
            if key != MOST {
                buckets.take(key, start).expect("there is room");
            }
        }
        assert!(buckets.kept.lock().expect("the table").buckets.len() <= MOST);
        assert!(buckets.take(MOST, start).is_err(), "who ran out is remembered");
        assert!(buckets.take(2 * MOST, start + SWEEP).is_ok(), "full buckets were thrown out");
    }

    #[test]
    fn a_device_has_tries_of_its_own() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = crate::store::Store::create_or_open(folder.path()).expect("a store");
        let org = store.write(|tx| {
            let code = "oak".parse().expect("a code");
            crate::store::organisation::add(tx, &code, "Oak", "UTC", gatehouse_core::time::UnixMillis::new(1))
        });
        let org = org.expect("a store").expect("a free code");
        let device = |id| Scope { org, principal: Principal::Device(DeviceId([id; 16])), role: None };
        let limits = Limits::default();
        let count = |device: Option<&Scope>| limits.count_try("a@example.org", device, Source::UNKNOWN);
        while count(None).is_ok() {}
        for id in [1, 2] {
            for _ in 0..5 {
                count(Some(&device(id))).expect("within the burst");
            }
            assert!(count(Some(&device(id))).is_err());
        }
    }

    #[test]
    fn guessing_at_many_accounts_is_slowed_down_by_where_it_comes_from_and_in_all() {
        let limits = Limits::default();
        // Each from a provider's network of its own.
        let from = |number: u16| Source::of(IpAddr::from([(number >> 8) as u8 + 1, number as u8, 2, 1]));
        let guess = |account: u32, source| limits.count_try(&format!("{account}@a.example"), None, source);
        let free = (0..1000).take_while(|account| guess(*account, from(1)).is_ok()).count();
        assert_eq!(free, 30, "one network address");
        assert!(guess(1000, from(2)).is_ok(), "another is free");
        // A crowd of them uses up what all have together: then each new one has a single try.
        let mut crowd = 3..2000;
        let used_up = crowd.find(|last| {
            let _ = guess(2000 + u32::from(*last), from(*last));
            guess(5000 + u32::from(*last), from(*last)).is_err()
        });
        let next = crowd.next().expect("one more");
        assert!(used_up.is_some_and(|last| last < 400));
        assert!(guess(9000, from(next)).is_ok());
        assert!(guess(9001, from(next)).is_err());
        // What is right costs nothing.
        let right = guess(9002, from(next + 1)).expect("a new one");
        limits.was_right(&right);
        assert!(guess(9003, from(next + 1)).is_ok());
    }

    #[test]
    fn whoever_rents_a_network_has_no_more_tries_by_its_many_addresses() {
        let rented = |host: u32| {
            let (high, low) = ((host >> 16) as u16, host as u16);
            Source::of(IpAddr::from([0x2001, 0xdb8, high, low, 0, 0, 0, 1]))
        };
        let limits = Limits::default();
        let guess =
            |number: u32, source| limits.count_try(&format!("{number}@a.example"), None, source).is_ok();
        let free = (0..20_000).filter(|number| guess(*number, rented(*number))).count();
        assert_eq!(free, 150, "one provider's network");
        assert!(guess(30_000, Source::of(IpAddr::from([192, 0, 2, 1]))), "others sign in");
        // Where all together have used theirs up, who comes from a network that guessed has not one try more.
        for number in 0..1000 {
            let elsewhere = Source::of(IpAddr::from([0x2a00 + number as u16, 1, 0, 0, 0, 0, 0, 1]));
            let _ = guess(40_000 + number, elsewhere);
        }
        let neighbour = Source::of(IpAddr::from([0x2a00, 1, 7, 7, 0, 0, 0, 1]));
        assert!(!guess(50_000, neighbour));
        assert!(guess(50_001, Source::of(IpAddr::from([0x3a00, 1, 0, 0, 0, 0, 0, 1]))));
    }
}
