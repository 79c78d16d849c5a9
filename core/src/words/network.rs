//! Why a call to the server brought nothing, in words.

use super::{Arg, Phrase, Problem};
use crate::{
    message,
    network::{ClientError, Distrust},
    phrase,
};

impl ClientError {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(&self) -> Phrase<'_> {
        match self {
            Self::Unreachable { address, reason } => {
                phrase!("client-unreachable", address = address, reason = reason)
            }
            Self::Untrusted { address, distrust } => {
                phrase!("client-untrusted", distrust = distrust.phrase(), address = address)
            }
            Self::LeadsElsewhere { address, to } => {
                phrase!("client-leads_elsewhere", address = address, to = to)
            }
            Self::Refused { code, title, .. } => {
                // The server says it in English, with what it knows of this very case.
                let title = match Problem::from_code(code) {
                    Some(problem) => Arg::english(title, problem.words().title),
                    None => Arg::from(title),
                };
                phrase!("client-refused", title = title, code = code)
            }
            Self::NotGatehouse => message!("client-not_gatehouse").into(),
            Self::Address { reason } => phrase!("client-address", reason = reason),
        }
    }
}

impl Distrust {
    /// What happened and what to do.
    #[must_use]
    pub fn phrase(self) -> Phrase<'static> {
        match self {
            Self::UnknownIssuer => message!("distrust-unknown_issuer"),
            Self::Expired => message!("distrust-expired"),
            Self::NotYetValid => message!("distrust-not_yet_valid"),
            Self::OtherName => message!("distrust-other_name"),
            Self::Revoked => message!("distrust-revoked"),
            Self::Unusable => message!("distrust-unusable"),
            Self::NobodyTrusted => message!("distrust-nobody_trusted"),
            Self::NoHttps => message!("distrust-no_https"),
        }
        .into()
    }
}
