//! What came back from an HTTP call, and what it means. Knows no network, so that hostile answers can be tried out.

use serde::de::DeserializeOwned;

use super::ClientError;
use crate::wire::Problem;

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
    /// The body, whole.
    pub body: Vec<u8>,
}

impl Answer {
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
        let login = Answer { status: 200, body: b"<html>".to_vec(), ..Answer::default() };
        let read = login.successful().expect("a success by its status").json::<serde_json::Value>();
        assert!(matches!(read, Err(ClientError::NotGatehouse)), "{read:?}");
    }
}
