//! Texts that the keyboard between scanner and station has spoilt, and codes of ours that are for another place.

use crate::{pass, wire};

/// Nothing shorter is a pass, however it was spoilt.
const SHORTEST_PASS: usize = 60;

/// Why a text that was meant to be a code for the gate is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Misread {
    /// Capitals and small letters have changed places: caps lock is on at the scanner or this computer.
    CapsLock,
    /// Begins nearly as a pass does: scanner and computer go by different keyboards.
    KeyboardLayout,
    /// A code that enrols a phone or station.
    EnrolmentCode,
    /// The code by which members' phones find their organisation.
    MemberCode,
}

impl Misread {
    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::CapsLock => "caps_lock",
            Self::KeyboardLayout => "keyboard_layout",
            Self::EnrolmentCode => "enrolment_code",
            Self::MemberCode => "member_code",
        }
    }

    /// What happened to an [unframed](super::unframed) text; nothing for a pass, and for what never was one.
    #[must_use]
    pub fn of(text: &str) -> Option<Self> {
        let begins = |prefix: &str| text.starts_with(prefix);
        if begins(pass::PREFIX) {
            return None;
        }
        if begins(wire::ENROLMENT_PREFIX) {
            return Some(Self::EnrolmentCode);
        }
        if begins(wire::MEMBER_PREFIX) {
            return Some(Self::MemberCode);
        }
        let head = |length| text.get(..length).unwrap_or_default();
        let swapped = |prefix: &str| head(prefix.len()) == prefix.to_ascii_lowercase();
        if [pass::PREFIX, wire::ENROLMENT_PREFIX, wire::MEMBER_PREFIX].into_iter().any(swapped) {
            return Some(Self::CapsLock);
        }
        // The letters G and H lie in the same place on nearly every keyboard; digits and the colon do not.
        let alike = head(2).eq_ignore_ascii_case("GH") && text.chars().count() >= SHORTEST_PASS;
        (alike && !text.contains(char::is_control)).then_some(Self::KeyboardLayout)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_keyboard_did_is_named() {
        let pass = format!("GH1:{}", "6BFOXN%TS3DH".repeat(8));
        assert_eq!(Misread::of(&pass), None);
        assert_eq!(Misread::of(&pass.to_lowercase()), Some(Misread::CapsLock));
        // A German keyboard, and a French one, under a scanner that thinks of an American one.
        let german = pass.replace(':', "Ö");
        assert_eq!(Misread::of(&german), Some(Misread::KeyboardLayout));
        let french = pass.replacen("GH1:", "GH&M", 1);
        assert_eq!(Misread::of(&french), Some(Misread::KeyboardLayout));
        assert_eq!(Misread::of("GHE1:{}"), Some(Misread::EnrolmentCode));
        assert_eq!(Misread::of("GHM1:{}"), Some(Misread::MemberCode));
        for other in ["https://example.org/GH1:", "4006381333931", "ghosts", "", "é"] {
            assert_eq!(Misread::of(other), None, "{other}");
        }
    }
}
