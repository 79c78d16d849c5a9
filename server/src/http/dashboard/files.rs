//! Files: the pages' own, and photos from the gates.

use axum::{
    extract::{Path, Query, rejection::PathRejection, rejection::QueryRejection},
    http::{StatusCode, header},
    response::{IntoResponse, Response},
};
use gatehouse_core::id::Digest32;
use serde::Deserialize;

use super::{
    admin::{Admin, bare_problem},
    id,
};
use crate::web::{assets, view::Words};

/// Photos never change, but they outlast no session: not even the browser's own cache holds them.
const PHOTO_CACHE: &str = "no-store";

/// The query of a file's address.
#[derive(Deserialize)]
pub struct Version {
    v: Option<String>,
}

/// A file of the pages.
pub async fn asset(
    words: Words,
    path: Result<Path<String>, PathRejection>,
    query: Result<Query<Version>, QueryRejection>,
) -> Response {
    let Some(asset) = path.ok().and_then(|Path(name)| assets::asset(&name)) else {
        return bare_problem(words, StatusCode::NOT_FOUND, "not_found");
    };
    let version = query.ok().and_then(|Query(version)| version.v);
    let cached = assets::cache_control(asset.name, version.as_deref());
    ([(header::CONTENT_TYPE, asset.content_type), (header::CACHE_CONTROL, cached)], asset.bytes)
        .into_response()
}

/// A photo that a guard took.
pub async fn photo(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let photo = admin.service().photo(admin.scope(), id::<Digest32>(path, "photo")?)?;
            let headers = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, PHOTO_CACHE)];
            Ok((headers, photo).into_response())
        })
        .await
}
