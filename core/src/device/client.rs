//! The HTTP client: blocking, with a deadline for every call and a limit for every answer.

use std::{
    fmt,
    time::{Duration, Instant},
};

use serde::{Serialize, de::DeserializeOwned};
use ureq::{Agent, http};

use super::{Answer, Distrust, trust};
use crate::words::Language;

/// Why a call brought nothing.
#[derive(Debug, thiserror::Error)]
pub enum ClientError {
    /// No answer in time: no network, no server, or too slow.
    Unreachable {
        /// Where it was looked for.
        address: String,
        /// What the transport said.
        reason: String,
    },
    /// What answers at the address does not prove that it is the server, so nothing was said to it.
    Untrusted {
        /// Where.
        address: String,
        /// Why not.
        distrust: Distrust,
    },
    /// The address only leads elsewhere. Nobody is sent there unasked: whoever owns a network can answer so.
    LeadsElsewhere {
        /// Where the server was looked for.
        address: String,
        /// Scheme and host that it leads to.
        to: String,
    },
    /// The server refused.
    Refused {
        /// HTTP status.
        status: u16,
        /// The stable code.
        code: String,
        /// One line for a person.
        title: String,
        /// Seconds that the server asks to wait.
        retry_after: Option<u64>,
        /// Whether a Gatehouse server said so, in a problem document, and not something on the way.
        ours: bool,
    },
    /// Something answered that is not a Gatehouse server: a captive portal, a proxy.
    NotGatehouse,
    /// The address cannot be used.
    Address {
        /// Why.
        reason: String,
    },
}

impl fmt::Display for ClientError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&Language::English.say(&self.phrase()))
    }
}

impl ClientError {
    /// The stable code; the server's own where it refused.
    #[must_use]
    pub fn code(&self) -> &str {
        match self {
            Self::Unreachable { .. } => "unreachable",
            Self::Untrusted { distrust, .. } => distrust.code(),
            Self::LeadsElsewhere { .. } => "leads_elsewhere",
            Self::Refused { code, .. } => code,
            Self::NotGatehouse => "not_gatehouse",
            Self::Address { .. } => "address_unusable",
        }
    }

    /// Whether the server could not be asked at all, so that the offline result stands.
    #[must_use]
    pub const fn is_offline(&self) -> bool {
        matches!(
            self,
            Self::Unreachable { .. }
                | Self::Untrusted { .. }
                | Self::LeadsElsewhere { .. }
                | Self::NotGatehouse
                | Self::Refused { ours: false, .. }
        )
    }
}

/// Largest answer that is read: a gate pack of a large organisation.
const LARGEST_ANSWER: u64 = 32 << 20;

/// A point in time by which a call must be over.
#[derive(Debug, Clone, Copy)]
pub struct Deadline(Instant);

impl Deadline {
    /// So many milliseconds from now.
    pub fn after_ms(millis: u32) -> Self {
        Self(Instant::now() + Duration::from_millis(millis.into()))
    }

    /// The earlier of this and so many milliseconds from now.
    pub fn at_most_ms(self, millis: u32) -> Self {
        Self(self.0.min(Instant::now() + Duration::from_millis(millis.into())))
    }

    /// When half of the time that is left will be over.
    pub fn half(self) -> Self {
        Self(Instant::now() + self.left() / 2)
    }

    /// Whether it has passed.
    pub fn passed(self) -> bool {
        self.left().is_zero()
    }

    fn left(self) -> Duration {
        self.0.saturating_duration_since(Instant::now())
    }
}

/// Talks to one server.
#[derive(Debug, Clone)]
pub struct Client {
    agent: Agent,
    base: String,
    bearer: Option<String>,
    device: Option<String>,
}

impl Client {
    /// A client without a server yet: [`Self::at`] makes clients that share its open connections.
    #[must_use]
    pub fn idle() -> Self {
        Self::new("")
    }

    /// A client of the server at `url`, over the same connections.
    #[must_use]
    pub fn at(&self, url: &str) -> Self {
        let base = url.trim_end_matches('/').to_owned();
        Self { agent: self.agent.clone(), base, bearer: None, device: None }
    }

    /// A client of the server at `url`.
    #[must_use]
    pub fn new(url: &str) -> Self {
        let agent = Agent::config_builder()
            .tls_config(trust::tls())
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .user_agent(concat!("gatehouse/", env!("CARGO_PKG_VERSION")))
            .build()
            .new_agent();
        Self { agent, base: url.trim_end_matches('/').to_owned(), bearer: None, device: None }
    }

    /// The same client with this bearer token.
    #[must_use]
    pub fn with_bearer(&self, token: &str) -> Self {
        Self { bearer: Some(token.to_owned()), ..self.clone() }
    }

    /// The same client naming the device that a session is for.
    #[must_use]
    pub fn for_device(&self, token: &str) -> Self {
        Self { device: Some(token.to_owned()), ..self.clone() }
    }

    /// Gets JSON.
    ///
    /// # Errors
    /// No answer, a refusal, or an answer that is no such JSON.
    pub fn get<A: DeserializeOwned>(&self, path: &str, deadline: Deadline) -> Result<A, ClientError> {
        self.call("GET", path, &[], Vec::new(), deadline)?.json()
    }

    /// Gets bytes.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub fn get_bytes(&self, path: &str, deadline: Deadline) -> Result<Vec<u8>, ClientError> {
        Ok(self.call("GET", path, &[], Vec::new(), deadline)?.body)
    }

    /// Posts JSON and gets JSON.
    ///
    /// # Errors
    /// No answer, a refusal, or an answer that is no such JSON.
    pub fn post<A: DeserializeOwned>(
        &self,
        path: &str,
        body: &impl Serialize,
        deadline: Deadline,
    ) -> Result<A, ClientError> {
        let body = serde_json::to_vec(body).map_err(|_| ClientError::NotGatehouse)?;
        let headers = [("content-type", "application/json".to_owned())];
        self.call("POST", path, &headers, body, deadline)?.json()
    }

    /// The number of bytes of an upload that the server has.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub fn upload_offset(&self, path: &str, deadline: Deadline) -> Result<u64, ClientError> {
        self.call("HEAD", path, &[], Vec::new(), deadline)?.uploaded()
    }

    /// Appends to an upload of `length` bytes in all, and gives the number of bytes that the server has then.
    ///
    /// # Errors
    /// No answer or a refusal.
    pub fn upload(
        &self,
        path: &str,
        offset: u64,
        length: u64,
        bytes: Vec<u8>,
        deadline: Deadline,
    ) -> Result<u64, ClientError> {
        let headers = [
            ("content-type", "application/offset+octet-stream".to_owned()),
            ("upload-offset", offset.to_string()),
            ("upload-length", length.to_string()),
        ];
        self.call("PATCH", path, &headers, bytes, deadline)?.uploaded()
    }

    fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, String)],
        body: Vec<u8>,
        deadline: Deadline,
    ) -> Result<Answer, ClientError> {
        let left = deadline.left();
        if left.is_zero() {
            return Err(self.unreachable("no time left"));
        }
        #[cfg(feature = "faults")]
        let fault = super::faults::call(left);
        #[cfg(feature = "faults")]
        if fault == super::faults::Call::RequestLost {
            return Err(self.unreachable("cut off by a test"));
        }
        let address = |error: http::Error| ClientError::Address { reason: error.to_string() };
        let mut request = http::Request::builder().method(method).uri(format!("{}{path}", self.base));
        for (name, value) in headers {
            request = request.header(*name, value);
        }
        if let Some(token) = &self.bearer {
            request = request.header("authorization", format!("Bearer {token}"));
        }
        if let Some(token) = &self.device {
            request = request.header("x-gatehouse-device", token);
        }
        let request = request.body(body).map_err(address)?;
        let request = self.agent.configure_request(request).timeout_global(Some(left)).build();
        let failed = |error: ureq::Error| match (Distrust::of(&error), error) {
            (Some(distrust), _) => ClientError::Untrusted { address: self.base.clone(), distrust },
            (None, ureq::Error::BadUri(reason)) => ClientError::Address { reason },
            (None, error) => self.unreachable(&error.to_string()),
        };
        let (parts, mut body) = self.agent.run(request).map_err(failed)?.into_parts();
        let bytes = body.with_config().limit(LARGEST_ANSWER).read_to_vec().map_err(failed)?;
        #[cfg(feature = "faults")]
        if fault == super::faults::Call::AnswerLost {
            return Err(self.unreachable("cut off by a test"));
        }
        let header = |name| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
        let answer = Answer {
            status: parts.status.as_u16(),
            retry_after: header("retry-after"),
            upload_offset: header("upload-offset"),
            content_type: header("content-type"),
            body: bytes,
        };
        match header("location").and_then(|to| elsewhere(&self.base, &to)) {
            Some(to) if (300..400).contains(&answer.status) => {
                Err(ClientError::LeadsElsewhere { address: self.base.clone(), to })
            }
            _ => answer.successful(),
        }
    }

    fn unreachable(&self, reason: &str) -> ClientError {
        ClientError::Unreachable { address: self.base.clone(), reason: reason.to_owned() }
    }
}

/// Scheme and host of an absolute address, unless that is where the answer came from.
fn elsewhere(base: &str, to: &str) -> Option<String> {
    let to: http::Uri = to.parse().ok()?;
    let to = format!("{}://{}", to.scheme_str()?, to.authority()?);
    (!to.eq_ignore_ascii_case(base)).then_some(to)
}
