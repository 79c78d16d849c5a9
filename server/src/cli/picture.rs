//! Codes that a command takes as text or as a picture of it.

use std::path::Path;

use gatehouse_core::{
    message, phrase, qr, typed,
    wire::{ENROLMENT_PREFIX, MEMBER_PREFIX},
    words::{Id, Phrase},
};

use super::{
    language::{said, word},
    output::CliError,
    verify::{read_file, unreadable_picture},
};

/// Which code is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    /// One that enrols a phone or station.
    Enrolment,
    /// One by which members' phones find the organisation.
    Member,
}

impl Wanted {
    const fn prefix(self) -> &'static str {
        match self {
            Self::Enrolment => ENROLMENT_PREFIX,
            Self::Member => MEMBER_PREFIX,
        }
    }

    const fn none(self) -> Id {
        match self {
            Self::Enrolment => message!("picture-no_enrolment_code"),
            Self::Member => message!("picture-no_member_code"),
        }
    }

    fn several(self, count: usize) -> Phrase<'static> {
        match self {
            Self::Enrolment => phrase!("picture-enrolment_codes", count = count),
            Self::Member => phrase!("picture-member_codes", count = count),
        }
    }
}

/// The text of a code of that kind, given as it is or as a PNG or JPEG picture.
///
/// # Errors
/// A picture that cannot be read, or that shows none or several of them.
pub fn text_or_picture(given: &str, wanted: Wanted) -> Result<String, CliError> {
    let (text, prefix) = (typed::unframed(given), wanted.prefix());
    if text.starts_with(prefix) {
        return Ok(text.to_owned());
    }
    let picture = read_file(Path::new(given))?;
    let codes = qr::codes_in_picture(&picture).map_err(|error| unreadable_picture(&error))?;
    let mut codes: Vec<_> = codes.into_iter().filter(|code| code.starts_with(prefix)).collect();
    codes.sort_unstable();
    codes.dedup();
    match (codes.pop(), codes.len()) {
        (Some(code), 0) => Ok(code),
        (None, _) => Err(CliError::new("no_code", word(wanted.none()))),
        (Some(_), others) => Err(CliError::new("several_codes", said(&wanted.several(others + 1)))),
    }
}
