//! Who asks: extractors for bearer tokens.

use axum::{
    extract::FromRequestParts,
    http::{HeaderMap, header, request::Parts},
};

use super::{
    App, Failure,
    lanes::{Lane, blocking_in, caller_is_known},
};
use crate::service::{
    Scope, ServiceError,
    auth::{Channel, SignedIn},
};

/// The header in which a device's token comes along when a guard signs in on it.
pub const DEVICE_HEADER: &str = "x-gatehouse-device";

/// The bearer token of a request.
pub(super) fn bearer(headers: &HeaderMap) -> Result<String, Failure> {
    let value = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok());
    let token =
        value.and_then(|value| value.split_once(' ')).filter(|(kind, _)| kind.eq_ignore_ascii_case("bearer"));
    token.map(|(_, token)| token.trim().to_owned()).ok_or_else(|| ServiceError::Unauthorized.into())
}

/// A device, by its own token.
pub struct ByDevice(pub Scope);

impl FromRequestParts<App> for ByDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let (token, app) = (bearer(&parts.headers)?, app.clone());
        let scope = blocking_in(Lane::Tokens, move || {
            let scope = app.service.device_scope(&token)?;
            app.limits.count(&scope)?;
            Ok(scope)
        })
        .await?;
        caller_is_known(Lane::Gate);
        Ok(Self(scope))
    }
}

/// A person, by a session's or API token.
pub struct ByPerson(pub SignedIn);

impl FromRequestParts<App> for ByPerson {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let (token, app) = (bearer(&parts.headers)?, app.clone());
        let signed_in = blocking_in(Lane::Tokens, move || {
            let signed_in = app.service.session(&token, Channel::Bearer)?;
            app.limits.count(&signed_in.scope)?;
            Ok(signed_in)
        })
        .await?;
        caller_is_known(if signed_in.device.is_some() { Lane::Gate } else { Lane::Desk });
        Ok(Self(signed_in))
    }
}

/// A device or a person.
pub struct ByAnyone(pub Scope);

impl FromRequestParts<App> for ByAnyone {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        match ByDevice::from_request_parts(parts, app).await {
            Ok(ByDevice(scope)) => Ok(Self(scope)),
            Err(failure) if failure.code() == ServiceError::Unauthorized.code() => {
                let ByPerson(signed_in) = ByPerson::from_request_parts(parts, app).await?;
                Ok(Self(signed_in.scope))
            }
            Err(failure) => Err(failure),
        }
    }
}

/// The device that a guard signs in on, where its token came along.
pub struct OnDevice(pub Option<Scope>);

impl FromRequestParts<App> for OnDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Some(value) = parts.headers.get(DEVICE_HEADER) else { return Ok(Self(None)) };
        let token = value.to_str().map_err(|_| ServiceError::Unauthorized)?.trim().to_owned();
        let app = app.clone();
        let scope = blocking_in(Lane::Tokens, move || app.service.device_scope(&token)).await?;
        caller_is_known(Lane::Gate);
        Ok(Self(Some(scope)))
    }
}

/// The device that asks, where its own token is good; whoever else asks is anyone.
pub struct PerhapsDevice(pub Option<Scope>);

impl FromRequestParts<App> for PerhapsDevice {
    type Rejection = Failure;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Failure> {
        let Ok(token) = bearer(&parts.headers) else { return Ok(Self(None)) };
        let app = app.clone();
        let scope = blocking_in(Lane::Tokens, move || match app.service.device_scope(&token) {
            Ok(scope) => Ok(Some(scope)),
            Err(ServiceError::Unauthorized | ServiceError::DeviceRevoked) => Ok(None),
            Err(error) => Err(error),
        })
        .await?;
        if scope.is_some() {
            caller_is_known(Lane::Gate);
        }
        Ok(Self(scope))
    }
}
