//! What came back from a call, and what it means.

use serde::de::DeserializeOwned;

use super::{ClientError, Distrust};
use crate::wire::Problem;

/// Why no answer came back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Failure {
    /// There is no way to the server, nobody listens there, or the connection broke.
    NoWay {
        /// What the transport said.
        reason: String,
    },
    /// The answer was not there, whole, when the time was over.
    TimedOut,
    /// The answer is longer than was to be read.
    TooLong,
    /// What answers at the address does not prove that it is the server, so nothing was said to it.
    Untrusted(Distrust),
    /// The address cannot be used.
    Address {
        /// Why.
        reason: String,
    },
}

/// What became of a request.
pub type Outcome = Result<Answer, Failure>;

impl Failure {
    /// What it means for whoever asked the server at `base`.
    #[must_use]
    pub fn of_server(self, base: &str) -> ClientError {
        let address = base.to_owned();
        let unreachable =
            |reason: &str| ClientError::Unreachable { address: address.clone(), reason: reason.to_owned() };
        match self {
            Self::NoWay { reason } => unreachable(&reason),
            Self::TimedOut => unreachable("no answer in time"),
            Self::TooLong => unreachable("its answer is too long"),
            Self::Untrusted(distrust) => ClientError::Untrusted { address, distrust },
            Self::Address { reason } => ClientError::Address { reason },
        }
    }
}

/// An answer as it came, of whoever gave it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    /// HTTP status.
    pub status: u16,
    /// The header `Retry-After`.
    pub retry_after: Option<String>,
    /// The header `Upload-Offset`.
    pub upload_offset: Option<String>,
    /// The header `Content-Type`.
    pub content_type: Option<String>,
    /// The header `Location`.
    pub location: Option<String>,
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Answer {
    /// The answer of the server at `base`, if its status is that of a success.
    ///
    /// # Errors
    /// As [`Self::successful`]; [`ClientError::LeadsElsewhere`] for a redirection to another server. Nobody is sent
    /// there unasked.
    pub fn of_server(self, base: &str) -> Result<Self, ClientError> {
        let elsewhere = if (300..400).contains(&self.status) { self.leads_from(base) } else { None };
        match elsewhere {
            Some(to) => Err(ClientError::LeadsElsewhere { address: base.to_owned(), to }),
            None => self.successful(),
        }
    }

    /// Scheme and host of an absolute address that it leads to, unless that is where it came from.
    fn leads_from(&self, base: &str) -> Option<String> {
        let (scheme, rest) = self.location.as_deref()?.split_once("://")?;
        let place = rest.split(['/', '?', '#']).next().unwrap_or_default();
        // What stands before an @ is no host, and may only look like a good one.
        let host = place.rsplit('@').next().filter(|host| !host.is_empty())?;
        let plain = |text: &str| text.bytes().all(|c| c.is_ascii_alphanumeric() || b"+-._:[]%".contains(&c));
        let to = format!("{scheme}://{host}");
        (plain(scheme) && plain(host) && !to.eq_ignore_ascii_case(base)).then_some(to)
    }

    /// The answer, if its status is that of a success.
    ///
    /// # Errors
    /// The server's refusal, or [`ClientError::NotGatehouse`] for what is none of ours.
    pub fn successful(self) -> Result<Self, ClientError> {
        if (200..300).contains(&self.status) && !self.is_page() { Ok(self) } else { Err(self.refusal()) }
    }

    /// The body as JSON of the kind that was asked for.
    ///
    /// # Errors
    /// [`ClientError::NotGatehouse`] for anything else.
    pub fn json<A: DeserializeOwned>(&self) -> Result<A, ClientError> {
        serde_json::from_slice(&self.body).map_err(|_| ClientError::NotGatehouse)
    }

    /// Bytes of an upload that the server has.
    ///
    /// # Errors
    /// [`ClientError::NotGatehouse`] where the answer does not tell.
    pub fn uploaded(&self) -> Result<u64, ClientError> {
        self.upload_offset.as_ref().and_then(|value| value.parse().ok()).ok_or(ClientError::NotGatehouse)
    }

    /// A page for people: what captive portals answer with, and never what the API does.
    fn is_page(&self) -> bool {
        let kind = self.content_type.as_deref().unwrap_or_default().trim_start();
        kind.get(..9).is_some_and(|start| start.eq_ignore_ascii_case("text/html"))
    }

    fn refusal(self) -> ClientError {
        let status = self.status;
        // Our server never redirects and asks nobody to sign in to a network (RFC 6585): captive portals do.
        if matches!(status, ..400 | 511) {
            return ClientError::NotGatehouse;
        }
        let retry_after = self.retry_after.and_then(|value| value.parse().ok());
        match serde_json::from_slice::<Problem>(&self.body) {
            Ok(Problem { code, title, .. }) => {
                ClientError::Refused { status, code, title, retry_after, ours: true }
            }
            // An answer to HEAD has no body, and proxies refuse what is too large or too much in words of their own;
            // what else is no problem document says nothing about what was sent.
            Err(_) if self.body.is_empty() || matches!(status, 408 | 413 | 425 | 429 | 500..) => {
                ClientError::Refused {
                    status,
                    code: format!("http_{status}"),
                    title: format!("The server answered with status {status}."),
                    retry_after,
                    ours: false,
                }
            }
            Err(_) => ClientError::NotGatehouse,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_captive_portal_is_no_refusal() {
        let html = b"<html>Welcome to AirportWifi".to_vec();
        let problem = br#"{"type":"about:blank","title":"Gone","status":302,"code":"moved"}"#.to_vec();
        for (status, body) in
            [(302, Vec::new()), (307, html.clone()), (302, problem), (511, Vec::new()), (403, html)]
        {
            let error = Answer { status, body, ..Answer::default() }.successful().expect_err("no success");
            assert!(error.is_offline(), "{status}: {error:?}");
        }
        let page = Some("Text/HTML; charset=utf-8".to_owned());
        let portal = Answer { status: 200, content_type: page, ..Answer::default() };
        assert!(matches!(portal.successful(), Err(ClientError::NotGatehouse)));
        let moved = |to: &str| Answer { status: 302, location: Some(to.to_owned()), ..Answer::default() };
        let leads = |to: &str| match moved(to).of_server("https://gate.example") {
            Err(ClientError::LeadsElsewhere { to, .. }) => Some(to),
            Err(ClientError::NotGatehouse) => None,
            other => panic!("{other:?}"),
        };
        for elsewhere in ["http://portal.example/login?to=1", "http://gate.example@portal.example:80#top"] {
            let to = leads(elsewhere).expect("it leads elsewhere");
            assert!(to.starts_with("http://portal.example"), "{to}");
        }
        for nowhere in ["/sign-in", "https://gate.example/", "https://", "http://<b>", "mailto:a@b.example"] {
            assert_eq!(leads(nowhere), None, "{nowhere}");
        }
        let login = Answer { status: 200, body: b"<html>".to_vec(), ..Answer::default() };
        let read = login.successful().expect("a success by its status").json::<serde_json::Value>();
        assert!(matches!(read, Err(ClientError::NotGatehouse)), "{read:?}");
    }
}
