//! The gate's calls: devices and guards.

use axum::{
    Json,
    extract::{
        FromRequest, Path, Query, Request, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::header,
    response::IntoResponse,
};
use gatehouse_core::{
    id::Digest32,
    wire::{
        EnrolAnswer, EnrolRequest, EntriesAnswer, EntriesRequest, EntryUpload, ErasuresAnswer, ErasuresDone,
        FacesAnswer, KeysAnswer, OnSiteVisit, ShiftAnswer, ShiftRequest, VerifyAnswer, VerifyRequest,
    },
};

use super::{
    App, Failure,
    auth::{ByAnyone, ByDevice, ByPerson},
    blocking,
    body::ENTRIES_LIMIT,
};
use crate::service::{
    ServiceError,
    ingest::{LARGEST_ENTRY, MOST_ENTRIES},
};

type Body<T> = Result<Json<T>, JsonRejection>;

/// Enrols a device by the code that its request was signed over.
pub async fn enrol(State(app): State<App>, body: Body<EnrolRequest>) -> Result<Json<EnrolAnswer>, Failure> {
    let Json(request) = body?;
    blocking(move || app.service.enrol(&request)).await.map(Json)
}

/// Takes journal entries in.
pub async fn entries(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    request: Request,
) -> Result<Json<EntriesAnswer>, Failure> {
    let held = app.room.enter(&scope, request.headers(), ENTRIES_LIMIT).await?;
    let Json(request) = Json::<EntriesRequest>::from_request(request, &()).await?;
    let large = |upload: &EntryUpload| upload.envelope.len() > LARGEST_ENTRY;
    if request.entries.len() > MOST_ENTRIES || request.entries.iter().any(large) {
        return Err(Failure::too_large());
    }
    blocking(move || {
        let answer = app.service.ingest(&scope, request);
        drop(held);
        answer
    })
    .await
    .map(Json)
}

/// What a device says of itself when it asks for a gate pack.
#[derive(serde::Deserialize)]
pub struct Since {
    /// The number of the pack that it has; without one it has none.
    #[serde(default)]
    since: u64,
}

/// A fresh gate pack: what changed since the one that the device has where that is known and shorter, else all of it.
pub async fn gate_pack(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    query: Result<Query<Since>, QueryRejection>,
) -> Result<impl IntoResponse, Failure> {
    let Query(Since { since }) = query?;
    let pack = blocking(move || app.service.gate_pack(&scope, since)).await?;
    Ok(([(header::CONTENT_TYPE, "application/cose")], pack))
}

/// The organisation's keys.
pub async fn keys(State(app): State<App>, ByAnyone(scope): ByAnyone) -> Result<Json<KeysAnswer>, Failure> {
    blocking(move || Ok(app.service.keyring(scope.org)?.answer(app.service.now()))).await.map(Json)
}

/// The online check of a scan.
pub async fn verify(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<VerifyRequest>,
) -> Result<Json<VerifyAnswer>, Failure> {
    let Json(request) = body?;
    blocking(move || app.service.verify(&signed_in.scope, signed_in.device, &request)).await.map(Json)
}

/// Begins a shift.
pub async fn start_shift(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<ShiftRequest>,
) -> Result<Json<ShiftAnswer>, Failure> {
    let Json(request) = body?;
    blocking(move || app.service.start_shift(&signed_in.scope, signed_in.device, &request)).await.map(Json)
}

/// Visitors inside now.
pub async fn on_site(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
) -> Result<Json<Vec<OnSiteVisit>>, Failure> {
    blocking(move || app.service.on_site(&signed_in.scope)).await.map(Json)
}

/// Faces that the device may show beside a verdict.
pub async fn faces(State(app): State<App>, ByDevice(scope): ByDevice) -> Result<Json<FacesAnswer>, Failure> {
    blocking(move || app.service.faces(&scope)).await.map(Json)
}

/// Whom the device is to forget.
pub async fn erasures(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
) -> Result<Json<ErasuresAnswer>, Failure> {
    blocking(move || app.service.erasures(&scope)).await.map(Json)
}

/// Whom it has forgotten.
pub async fn erasures_done(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    body: Body<ErasuresDone>,
) -> Result<Json<serde_json::Value>, Failure> {
    let Json(request) = body?;
    blocking(move || app.service.erasures_done(&scope, &request.done)).await?;
    Ok(Json(serde_json::json!({})))
}

/// One of them.
pub async fn face(
    State(app): State<App>,
    ByDevice(scope): ByDevice,
    Path(sha256): Path<String>,
) -> Result<impl IntoResponse, Failure> {
    let sha256: Digest32 = sha256.parse().map_err(|_| ServiceError::NotFound("face"))?;
    let jpeg = blocking(move || app.service.face(&scope, sha256)).await?;
    Ok(([(header::CONTENT_TYPE, "image/jpeg")], jpeg))
}
