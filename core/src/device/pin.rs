//! A guard's own PIN on a shared phone: how it is kept, and how often it may be guessed.

use argon2::{Algorithm, Argon2, Params, Version};
use serde::{Deserialize, Serialize};
use subtle::ConstantTimeEq;
use zeroize::{Zeroize, ZeroizeOnDrop};

use crate::{
    fold, hex,
    time::{Span, UnixMillis},
};

/// 6 to 12 digits that may be somebody's PIN, folded from what was typed.
#[derive(Zeroize, ZeroizeOnDrop)]
pub struct Pin(String);

impl Pin {
    /// Takes what somebody typed to unlock a station. What cannot be a PIN is none, and must cost no try.
    pub fn typed(typed: &str) -> Option<Self> {
        fold::digits(typed).filter(|digits| (6..=12).contains(&digits.len())).map(Self)
    }

    /// Takes a PIN that may be set: its digits are not all the same and not just counted up or down.
    pub fn new(typed: &str) -> Option<Self> {
        let pin = Self::typed(typed)?;
        let digits = pin.0.as_bytes();
        let runs = |step: i16| digits.array_windows().all(|[a, b]| i16::from(*b) - i16::from(*a) == step);
        (!runs(0) && !runs(1) && !runs(-1)).then_some(pin)
    }
}

/// What is kept of a PIN: Argon2id (RFC 9106) with 19 MiB and two passes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PinHash {
    #[serde(with = "hex::serde_bytes")]
    salt: [u8; 16],
    #[serde(with = "hex::serde_bytes")]
    hash: [u8; 32],
}

impl PinHash {
    /// The hash of a PIN under a fresh random salt; nothing if there is no memory for it.
    pub fn of(pin: &Pin, salt: [u8; 16]) -> Option<Self> {
        Some(Self { salt, hash: stretch(pin.0.as_bytes(), &salt)? })
    }

    /// Whether this is the PIN.
    pub fn matches(&self, pin: &Pin) -> bool {
        stretch(pin.0.as_bytes(), &self.salt).is_some_and(|hash| hash.ct_eq(&self.hash).into())
    }
}

fn stretch(secret: &[u8], salt: &[u8; 16]) -> Option<[u8; 32]> {
    let params = Params::new(19 * 1024, 2, 1, Some(32)).ok()?;
    let mut hash = [0; 32];
    Argon2::new(Algorithm::Argon2id, Version::V0x13, params)
        .hash_password_into(secret, salt, &mut hash)
        .ok()?;
    Some(hash)
}

/// Wrong tries in a row, kept over restarts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Tries {
    wrong: u32,
    /// No try counts before this time.
    not_before: UnixMillis,
}

/// Whether a PIN may be tried now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MayTry {
    /// Yes, and so often in a row before the PIN is void.
    Yes {
        /// Tries left, this one included.
        left: u32,
    },
    /// Only after so many milliseconds.
    After(u64),
    /// Never: the guard signs in with a one-time code instead.
    Void,
}

/// Tries before the PIN is void, and before each further one has to wait.
const MOST_TRIES: u32 = 10;
const FREE_TRIES: u32 = 5;
/// The wait after the fifth wrong try; it doubles with each further one. Milliseconds.
const FIRST_WAIT_MS: u64 = 60_000;

impl Tries {
    /// Whether a try is allowed at `now`.
    pub fn may_try(&self, now: UnixMillis) -> MayTry {
        if self.wrong >= MOST_TRIES {
            MayTry::Void
        } else {
            match Span::until(self.not_before, Self::wait_ms(self.wrong)).left_ms(now) {
                0 => MayTry::Yes { left: MOST_TRIES - self.wrong },
                wait => MayTry::After(wait),
            }
        }
    }

    /// Counts a try before it is made, so that nobody gains one by pulling the plug.
    #[must_use]
    pub fn counted(self, now: UnixMillis) -> Self {
        let wrong = self.wrong.saturating_add(1);
        Self { wrong, not_before: now.plus(Self::wait_ms(wrong)) }
    }

    fn wait_ms(wrong: u32) -> u64 {
        match wrong.checked_sub(FREE_TRIES) {
            None => 0,
            Some(further) => FIRST_WAIT_MS << further.min(MOST_TRIES),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_is_not_what_everybody_would_guess() {
        for weak in ["", "12345", "1234567890123", "000000", "123456", "987654", "12a456"] {
            assert!(Pin::new(weak).is_none(), "{weak}");
        }
        let typed = |text| Pin::typed(text).unwrap();
        let pin = Pin::new("274951").unwrap();
        let kept = PinHash::of(&pin, [7; 16]).unwrap();
        assert!(kept.matches(&typed(" ٢٧٤-９５１")));
        assert!(!kept.matches(&typed("274952")));
        assert_ne!(kept, PinHash::of(&pin, [8; 16]).unwrap());
    }

    #[test]
    fn five_tries_are_free_then_each_waits_and_the_tenth_is_the_last() {
        let (mut tries, mut now) = (Tries::default(), UnixMillis::new(1_000));
        let mut waits = Vec::new();
        while let state @ (MayTry::Yes { .. } | MayTry::After(_)) = tries.may_try(now) {
            match state {
                MayTry::After(ms) => {
                    waits.push(ms / 60_000);
                    now = now.plus(ms);
                }
                _ => tries = tries.counted(now),
            }
        }
        assert_eq!(waits, [1, 2, 4, 8, 16]);
        assert_eq!(tries.may_try(now.plus(u64::MAX / 2)), MayTry::Void);
    }

    #[test]
    fn a_clock_that_was_ahead_locks_nobody_out() {
        let ahead = UnixMillis::new(7_200_000);
        let once = Tries::default().counted(ahead);
        assert_eq!(once.may_try(UnixMillis::new(0)), MayTry::Yes { left: 9 });
        let five = (0..5).fold(Tries::default(), |tries, _| tries.counted(ahead));
        assert_eq!(five.may_try(ahead), MayTry::After(60_000));
        assert_eq!(five.may_try(UnixMillis::new(0)), MayTry::Yes { left: 5 });
    }
}
