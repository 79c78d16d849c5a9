//! Calls of a member's phone besides those for its codes' text.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::HeaderMap,
};
use gatehouse_core::{
    address::Address,
    hex,
    id::OrgCode,
    wire::{
        CertificateAnswer, CertificateRequest, InvalidateIdAnswer, MyEntries, OrganisationAnswer,
        StandingAnswer,
    },
};
use serde::Deserialize;

use super::{
    App, Failure,
    auth::{ByPerson, bearer},
    blocking,
    member::after_invalidation,
};
use crate::service::{ServiceError, auth::Channel};

/// An organisation as everyone may see it.
pub async fn organisation(
    State(app): State<App>,
    Path(code): Path<String>,
    found_at: Result<Query<FoundAt>, QueryRejection>,
) -> Result<Json<OrganisationAnswer>, Failure> {
    let code: OrgCode = code.parse().map_err(|_| ServiceError::NotFound("organisation"))?;
    let address = found_at?.0.address.and_then(|hex| String::from_utf8(hex::decode(&hex)?).ok());
    let address = address.as_deref().and_then(Address::parse);
    blocking(move || app.service.organisation_answer(&code, address.as_ref())).await.map(Json)
}

/// Where the caller found the server, in hexadecimal: it may hold anything.
#[derive(Deserialize)]
pub struct FoundAt {
    address: Option<String>,
}

/// Ends the session that the bearer token names.
pub async fn sign_out(
    State(app): State<App>,
    headers: HeaderMap,
) -> Result<Json<serde_json::Value>, Failure> {
    let token = bearer(&headers)?;
    blocking(move || app.service.sign_out(&token, Channel::Bearer)).await?;
    Ok(Json(serde_json::json!({})))
}

/// Lets every earlier code of the caller fail.
pub async fn invalidate_id(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
) -> Result<Json<InvalidateIdAnswer>, Failure> {
    blocking(move || app.service.invalidate_own(&signed_in.scope)).await.map(Json)
}

/// How the caller's codes stand.
pub async fn standing(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
) -> Result<Json<StandingAnswer>, Failure> {
    blocking(move || app.service.standing(&signed_in.scope)).await.map(Json)
}

/// Certifies the key of a member's phone.
pub async fn certify(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Result<Json<CertificateRequest>, JsonRejection>,
) -> Result<Json<CertificateAnswer>, Failure> {
    let Json(request) = body?;
    after_invalidation(app.clone(), move || app.service.certify(&signed_in.scope, &request)).await
}

/// What the caller knows already.
#[derive(Deserialize)]
pub struct Since {
    since: Option<String>,
}

/// Where the caller's own codes were used.
pub async fn my_entries(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Json<MyEntries>, Failure> {
    let since = since?.0.since;
    blocking(move || app.service.my_entries(&signed_in.scope, since.as_deref())).await.map(Json)
}
