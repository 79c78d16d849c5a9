//! What a scan found, in a few bytes, for those who keep millions of them.
//!
//! The bytes are the deciding code, then a byte for each check: its number from the specification above two bits of
//! state, followed by the code where it failed. A code is its number in [`CODES`], or 0, a length and its word.

use super::{Check, Code, Outcome};

/// The words of codes by their numbers, from 1. Numbers are kept for good: new words go to the end, and one that is not
/// here is written out.
const CODES: [&str; 33] = [
    "ok",
    "malformed",
    "unknown_key",
    "wrong_purpose",
    "bad_signature",
    "proof_invalid",
    "wrong_org",
    "lifetime_too_long",
    "not_yet_valid",
    "expired",
    "clock_untrusted",
    "revoked",
    "superseded",
    "cancelled",
    "access_disabled",
    "banned",
    "lockdown",
    "no_access",
    "not_assigned",
    "used_up",
    "already_used",
    "proof_expired",
    "proof_old",
    "keys_stale",
    "keys_expired",
    "pack_absent",
    "pack_stale",
    "pack_expired",
    "offline",
    "unproven",
    "name_banned",
    "outside_geofence",
    "location_unknown",
];

/// The code that decided, and every check with its outcome.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Findings {
    /// The deciding code.
    pub code: Code,
    /// Every check, in the order in which they were made.
    pub checks: Vec<(Check, Outcome)>,
}

impl Findings {
    /// The bytes.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut bytes = Vec::with_capacity(2 + self.checks.len());
        put_code(&mut bytes, &self.code);
        for (check, outcome) in &self.checks {
            let (state, code) = match outcome {
                Outcome::Skipped => (0, None),
                Outcome::Passed => (1, None),
                Outcome::Cautions(code) => (2, Some(code)),
                Outcome::Denies(code) => (3, Some(code)),
            };
            // There are thirteen checks, and each is made once.
            bytes.push(u8::try_from(check.number() << 2 | state).unwrap_or(u8::MAX));
            if let Some(code) = code {
                put_code(&mut bytes, code);
            }
        }
        bytes
    }

    /// What the bytes say; nothing where they are none that [`Self::to_bytes`] makes.
    #[must_use]
    pub fn from_bytes(mut bytes: &[u8]) -> Option<Self> {
        let code = take_code(&mut bytes)?;
        let mut checks = Vec::new();
        while let Some((byte, rest)) = bytes.split_first() {
            bytes = rest;
            let outcome = match byte & 3 {
                0 => Outcome::Skipped,
                1 => Outcome::Passed,
                2 => Outcome::Cautions(take_code(&mut bytes)?),
                _ => Outcome::Denies(take_code(&mut bytes)?),
            };
            checks.push((Check::from_number(u64::from(byte >> 2))?, outcome));
        }
        Some(Self { code, checks })
    }
}

fn put_code(bytes: &mut Vec<u8>, code: &Code) {
    let word = code.word();
    let number = CODES.iter().position(|known| *known == word).and_then(|at| u8::try_from(at + 1).ok());
    match number {
        Some(number) => bytes.push(number),
        None => {
            // Unknown codes are cut to 40 characters where they are read.
            let word = word.get(..255).unwrap_or(word).as_bytes();
            bytes.extend([0, u8::try_from(word.len()).unwrap_or(0)]);
            bytes.extend_from_slice(word);
        }
    }
}

fn take_code(bytes: &mut &[u8]) -> Option<Code> {
    let (number, rest) = bytes.split_first()?;
    if let Some(at) = usize::from(*number).checked_sub(1) {
        *bytes = rest;
        return CODES.get(at).map(|word| Code::from_word(word));
    }
    let (length, rest) = rest.split_first()?;
    let (word, rest) = rest.split_at_checked(usize::from(*length))?;
    *bytes = rest;
    std::str::from_utf8(word).ok().map(Code::from_word)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn code() -> impl Strategy<Value = Code> {
        prop_oneof![
            9 => prop::sample::select(Code::ALL),
            1 => "[a-z0-9_]{0,40}".prop_map(|word| Code::from_word(&word)),
        ]
    }

    fn outcome() -> impl Strategy<Value = Outcome> {
        prop_oneof![
            Just(Outcome::Passed),
            Just(Outcome::Skipped),
            code().prop_map(Outcome::Cautions),
            code().prop_map(Outcome::Denies),
        ]
    }

    proptest! {
        #[test]
        fn whatever_was_found_is_read_again(
            code in code(),
            checks in prop::collection::vec((prop::sample::select(Check::ALL), outcome()), 0..20),
        ) {
            let findings = Findings { code, checks };
            prop_assert_eq!(Findings::from_bytes(&findings.to_bytes()), Some(findings));
        }

        #[test]
        fn no_bytes_panic(bytes in prop::collection::vec(any::<u8>(), 0..60)) {
            let _ = Findings::from_bytes(&bytes);
        }
    }

    #[test]
    fn the_bytes_are_the_ones_that_are_kept() {
        let findings = Findings {
            code: Code::Offline,
            checks: vec![
                (Check::Format, Outcome::Passed),
                (Check::Access, Outcome::Skipped),
                (Check::Online, Outcome::Cautions(Code::Offline)),
                (Check::Location, Outcome::Denies(Code::from_word("moon"))),
            ],
        };
        let bytes = [29, 1, 5 << 2, 11 << 2 | 2, 29, 12 << 2 | 3, 0, 4, b'm', b'o', b'o', b'n'];
        assert_eq!(findings.to_bytes(), bytes);
        let usual = Check::ALL.iter().map(|check| (*check, Outcome::Passed)).collect();
        assert_eq!(Findings { code: Code::Ok, checks: usual }.to_bytes().len(), 14);
    }
}
