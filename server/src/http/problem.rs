//! Failures as RFC 9457 problem details with a stable code.

use axum::{
    Json,
    extract::rejection::{JsonRejection, QueryRejection},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use gatehouse_core::wire::Problem;

use crate::{listen::TooSlow, service::ServiceError, store::StoreError};

/// How soon to come back to a server that is busy. Seconds.
const RETRY_S: u64 = 2;
/// How soon to come back to a server whose disk is full. Seconds.
const DISK_RETRY_S: u64 = 300;

/// A failure on its way to the caller.
#[derive(Debug)]
pub struct Failure {
    status: StatusCode,
    code: &'static str,
    title: String,
    headers: Vec<(&'static str, String)>,
}

impl Failure {
    fn new(status: StatusCode, code: &'static str, title: impl Into<String>) -> Self {
        Self { status, code, title: title.into(), headers: Vec::new() }
    }

    /// There is nothing at this address.
    #[must_use]
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "not_found", "there is nothing at this address")
    }

    /// An address that is used in another way.
    #[must_use]
    pub fn method_not_allowed() -> Self {
        Self::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "this address is used in another way")
    }

    /// Not now.
    #[must_use]
    pub fn unavailable() -> Self {
        let busy = Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "unavailable",
            "the server is busy; try again in a while",
        );
        busy.retry_after(RETRY_S)
    }

    /// A body that trickled in.
    #[must_use]
    pub fn too_slow() -> Self {
        Self::new(StatusCode::REQUEST_TIMEOUT, "too_slow", "the request came too slowly; try again")
    }

    /// The same, to be tried again after so many seconds.
    #[must_use]
    pub fn retry_after(mut self, seconds: u64) -> Self {
        self.headers.push(("retry-after", seconds.to_string()));
        self
    }

    /// A body above its limit.
    #[must_use]
    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "too_large", "the request is too large")
    }

    /// A request that cannot be read.
    #[must_use]
    pub fn bad_request(title: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "bad_request", title)
    }

    /// Something that should not happen; the log knows more.
    #[must_use]
    pub fn server_error() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "server_error", "something went wrong on the server")
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        self.code
    }

    /// The HTTP status.
    #[must_use]
    pub const fn status(&self) -> StatusCode {
        self.status
    }
}

impl From<ServiceError> for Failure {
    fn from(error: ServiceError) -> Self {
        let status = match &error {
            ServiceError::Unauthorized | ServiceError::DeviceRevoked | ServiceError::CodeInvalid => {
                StatusCode::UNAUTHORIZED
            }
            ServiceError::Forbidden
            | ServiceError::NotAssigned
            | ServiceError::NotAGuard
            | ServiceError::NotAtStation
            | ServiceError::EnrolmentCodeInvalid => StatusCode::FORBIDDEN,
            ServiceError::NotFound(_) | ServiceError::NoneSuch { .. } | ServiceError::PhotoUnknown => {
                StatusCode::NOT_FOUND
            }
            ServiceError::BadRequest(_) | ServiceError::NoPicture => StatusCode::BAD_REQUEST,
            ServiceError::Invalid { .. }
            | ServiceError::BeyondLimit { field: Some(_), .. }
            | ServiceError::PhotoMismatch => StatusCode::UNPROCESSABLE_ENTITY,
            ServiceError::TooManyTries { .. }
            | ServiceError::ResendTooSoon { .. }
            | ServiceError::QuotaReached { .. } => StatusCode::TOO_MANY_REQUESTS,
            ServiceError::Conflict { .. }
            | ServiceError::BeyondLimit { field: None, .. }
            | ServiceError::NotBefore(_)
            | ServiceError::PhotoOffset(_) => StatusCode::CONFLICT,
            ServiceError::Store(StoreError::DiskFull) => StatusCode::INSUFFICIENT_STORAGE,
            ServiceError::Store(inner) if inner.is_passing() => StatusCode::SERVICE_UNAVAILABLE,
            ServiceError::Store(_) | ServiceError::Core(_) => StatusCode::INTERNAL_SERVER_ERROR,
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR {
            // The inside stays inside.
            tracing::error!(%error, "a request failed");
            return Self::server_error();
        }
        let mut failure = Self::new(status, error.code(), error.to_string());
        match error {
            ServiceError::PhotoOffset(progress) => {
                failure.headers.push(("upload-offset", progress.received.to_string()));
                failure.headers.extend(progress.size.map(|size| ("upload-length", size.to_string())));
            }
            ServiceError::NotBefore(_) => failure.headers.push(("retry-after", "1".to_owned())),
            ServiceError::TooManyTries { wait }
            | ServiceError::ResendTooSoon { wait }
            | ServiceError::QuotaReached { wait } => {
                // Whole seconds, rounded up: who comes back then is let in.
                failure.headers.push(("retry-after", (wait.as_secs() + 1).to_string()));
            }
            ServiceError::Store(StoreError::DiskFull) => {
                failure.headers.push(("retry-after", DISK_RETRY_S.to_string()));
            }
            ServiceError::Store(error) if error.is_passing() => {
                failure.headers.push(("retry-after", RETRY_S.to_string()));
            }
            _ => {}
        }
        failure
    }
}

impl From<JsonRejection> for Failure {
    fn from(rejection: JsonRejection) -> Self {
        if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE {
            return Self::too_large();
        }
        if is_too_slow(&rejection) {
            return Self::too_slow();
        }
        Self::bad_request(rejection.body_text())
    }
}

/// Whether a body could not be read because it trickled in.
pub fn is_too_slow(error: &(dyn std::error::Error + 'static)) -> bool {
    std::iter::successors(Some(error), |error| error.source()).any(|error| error.is::<TooSlow>())
}

impl From<QueryRejection> for Failure {
    fn from(rejection: QueryRejection) -> Self {
        Self::bad_request(rejection.body_text())
    }
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        let problem = Problem {
            kind: "about:blank".to_owned(),
            title: self.title,
            status: self.status.as_u16(),
            code: self.code.to_owned(),
        };
        let mut response = (self.status, Json(problem)).into_response();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/problem+json"));
        if self.status == StatusCode::UNAUTHORIZED {
            headers.insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        for (name, value) in self.headers {
            if let Ok(value) = HeaderValue::from_str(&value) {
                headers.insert(name, value);
            }
        }
        response
    }
}
