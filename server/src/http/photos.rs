//! Photos, piece by piece.

use axum::{
    body::Bytes,
    extract::{FromRequest, Path, Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse, Response},
};
use gatehouse_core::id::Digest32;

use super::{
    App, Failure,
    auth::ByDevice,
    blocking,
    body::PIECE_LIMIT,
    lanes::{Lane, blocking_in},
    problem::is_too_slow,
};
use crate::{service::ServiceError, store::photo::Progress};

const OFFSET: HeaderName = HeaderName::from_static("upload-offset");
const LENGTH: HeaderName = HeaderName::from_static("upload-length");

fn digest(text: &str) -> Result<Digest32, Failure> {
    text.parse().map_err(|_| ServiceError::PhotoUnknown.into())
}

fn number(headers: &HeaderMap, name: &HeaderName) -> Result<Option<u64>, Failure> {
    let Some(value) = headers.get(name) else { return Ok(None) };
    let number = value.to_str().ok().and_then(|value| value.trim().parse().ok());
    number.map(Some).ok_or_else(|| Failure::bad_request(format!("{name} is not a number")))
}

fn progress_response(status: StatusCode, progress: Progress) -> Response {
    let mut response = status.into_response();
    let headers = response.headers_mut();
    headers.insert(OFFSET, HeaderValue::from(progress.received));
    if let Some(size) = progress.size {
        headers.insert(LENGTH, HeaderValue::from(size));
    }
    response
}

/// How much of a photo is there.
pub async fn progress(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    Path(sha256): Path<String>,
) -> Result<Response, Failure> {
    let sha256 = digest(&sha256)?;
    let progress = blocking(move || app.service.photo_progress(&scope, sha256)).await?;
    Ok(progress_response(StatusCode::OK, progress))
}

/// Appends a piece.
pub async fn append(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    Path(sha256): Path<String>,
    request: Request,
) -> Result<Response, Failure> {
    let sha256 = digest(&sha256)?;
    let offset = number(request.headers(), &OFFSET)?;
    let offset = offset.ok_or_else(|| Failure::bad_request("Upload-Offset is missing"))?;
    let size = number(request.headers(), &LENGTH)?;
    let held = app.room.enter(&scope, request.headers(), PIECE_LIMIT).await?;
    let bytes = Bytes::from_request(request, &()).await.map_err(|rejection| match rejection.status() {
        StatusCode::PAYLOAD_TOO_LARGE => Failure::too_large(),
        _ if is_too_slow(&rejection) => Failure::too_slow(),
        _ => Failure::bad_request("the photo's bytes did not arrive"),
    })?;
    let appended = blocking_in(Lane::Photos, move || {
        let progress = app.service.append_photo(&scope, sha256, offset, size, &bytes);
        drop((bytes, held));
        progress
    });
    let progress = appended.await?;
    Ok(progress_response(StatusCode::NO_CONTENT, progress))
}
