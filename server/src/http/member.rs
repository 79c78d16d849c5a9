//! Calls of people: signing in, access IDs, invitations, events.

use axum::{
    Json,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::{HeaderMap, HeaderValue, StatusCode, header},
};
use gatehouse_core::{
    decision::Bar,
    id::SubjectId,
    wire::{
        CodeRequest, EventView, GenerateIdAnswer, InvitationAnswer, InvitationRequest, InvitationView,
        SignInAnswer, SignInRequest, path,
    },
};
use serde::Deserialize;

use super::{
    App, Failure,
    auth::{ByPerson, OnDevice, PerhapsDevice},
    blocking,
    lanes::{Room, in_callers_lane, run_blocking},
    limit::Source,
};
use crate::{
    service::{Scope, ServiceError, auth::code::TypedCode},
    store::invitation::{Filter, Invitation},
};

type Body<T> = Result<Json<T>, JsonRejection>;

/// Sends a one-time code. The answer comes before the work, which is the same whoever is known: neither the answer nor
/// its time tells, nor does the time of whatever comes next.
pub async fn request_code(
    State(app): State<App>,
    PerhapsDevice(device): PerhapsDevice,
    body: Body<CodeRequest>,
) -> Result<(StatusCode, Json<serde_json::Value>), Failure> {
    let Json(request) = body?;
    let room = Room::take()?;
    app.limits.count_sign_in(&request.email, device.as_ref())?;
    send_code(&app, room, request.email, device);
    Ok((StatusCode::ACCEPTED, Json(serde_json::json!({}))))
}

/// Makes a one-time code in the background and sends it: in room that was taken before the answer, so that whoever is told
/// of a code gets one.
pub fn send_code(app: &App, room: Room, email: String, device: Option<Scope>) {
    let service = app.service.clone();
    let made = room.blocking(move || {
        // Mail does not exist yet: whoever runs the server reads the code here.
        if let Some(code) = service.request_code_on(&email, device.as_ref())? {
            tracing::info!("one-time code for {}: {code}", email.trim());
        }
        Ok(())
    });
    tokio::spawn(in_callers_lane(async {
        if let Err(failure) = made.await {
            tracing::error!(code = failure.code(), "a one-time code could not be made");
        }
    }));
}

/// Signs in with a one-time code.
pub async fn sign_in(
    State(app): State<App>,
    OnDevice(device): OnDevice,
    source: Source,
    body: Body<SignInRequest>,
) -> Result<Json<SignInAnswer>, Failure> {
    let Json(request) = body?;
    // What cannot be a code is no try.
    TypedCode::new(&request.code)?;
    let tried = app.limits.count_try(&request.email, device.as_ref(), source)?;
    blocking(move || {
        let signed_in = app.service.sign_in(&request, device.as_ref());
        if matches!(signed_in, Ok(_) | Err(ServiceError::NotAGuard)) {
            app.limits.was_right(&tried);
        }
        signed_in
    })
    .await
    .map(Json)
}

/// A fresh access ID. In the second after an invalidation this waits for the next one.
pub async fn generate_id(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
) -> Result<Json<GenerateIdAnswer>, Failure> {
    after_invalidation(app.clone(), move || app.service.generate_id(&signed_in.scope)).await
}

/// Asks for something to be signed. In the second after an invalidation this waits for the next one.
pub(super) async fn after_invalidation<T, F>(app: App, ask: F) -> Result<Json<T>, Failure>
where
    T: Send + 'static,
    F: Fn() -> Result<T, ServiceError> + Clone + Send + 'static,
{
    const LONGEST_WAIT_MS: u64 = 1100;
    match run_blocking(ask.clone()).await? {
        Err(ServiceError::NotBefore(time)) => {
            let wait = time.to_millis().get().saturating_sub(app.service.now().get());
            tokio::time::sleep(std::time::Duration::from_millis(wait.min(LONGEST_WAIT_MS))).await;
            blocking(ask).await.map(Json)
        }
        result => result.map(Json).map_err(Failure::from),
    }
}

/// How many rows.
#[derive(Deserialize)]
pub struct Limit {
    limit: Option<u32>,
}

/// The newest events.
pub async fn events(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    limit: Result<Query<Limit>, QueryRejection>,
) -> Result<Json<Vec<EventView>>, Failure> {
    let limit = limit?.limit.unwrap_or(100);
    blocking(move || app.service.event_views(&signed_in.scope, limit)).await.map(Json)
}

/// Makes an invitation. Sent again under the same request id, it is found.
pub async fn invite(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<InvitationRequest>,
) -> Result<(StatusCode, Json<InvitationAnswer>), Failure> {
    let Json(request) = body?;
    let once = request.request;
    let made = blocking(move || app.service.invite_once(&signed_in.scope, &request.into(), once)).await?;
    Ok((StatusCode::CREATED, Json(made)))
}

/// Which invitations, and how many.
#[derive(Deserialize)]
pub struct Which {
    limit: Option<u32>,
    /// The last one that the caller has.
    before: Option<SubjectId>,
    #[serde(default)]
    own: bool,
}

/// Most invitations in an answer.
const MOST_INVITATIONS: u32 = 500;

/// Invitations, the newest first; of members their own. Where there are more, the header `link` names the next ones
/// (RFC 8288), and `x-total-count` says how many there are.
pub async fn invitations(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    which: Result<Query<Which>, QueryRejection>,
) -> Result<(HeaderMap, Json<Vec<InvitationView>>), Failure> {
    let Which { limit, own, before } = which?.0;
    let limit = limit.unwrap_or(100).clamp(1, MOST_INVITATIONS);
    blocking(move || {
        let filter = Filter { host: own.then_some(signed_in.person), ..Filter::default() };
        let now = app.service.now().to_seconds();
        let place = |id| app.service.place_in_list(&signed_in.scope, &filter, id);
        let before = before.map(place).transpose()?;
        let (mut rows, total) =
            app.service.invitations(&signed_in.scope, &filter, before, limit.saturating_add(1))?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let mut headers = HeaderMap::new();
        headers.insert("x-total-count", total.into());
        if let Some(last) = rows.last().filter(|_| more) {
            let (path, last) = (path::INVITATIONS, last.id);
            let next = format!("<{path}?limit={limit}&own={own}&before={last}>; rel=\"next\"");
            headers.extend(HeaderValue::from_str(&next).ok().map(|next| (header::LINK, next)));
        }
        Ok((headers, Json(rows.into_iter().map(|row| view(row, now)).collect())))
    })
    .await
}

/// The code of an invitation, to be shown again.
pub async fn invitation(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(id): Path<String>,
) -> Result<Json<InvitationAnswer>, Failure> {
    let id: SubjectId = id.parse().map_err(|_| ServiceError::NotFound("invitation"))?;
    blocking(move || app.service.invitation_again(&signed_in.scope, id)).await.map(Json)
}

/// Cancels an invitation.
pub async fn cancel(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(id): Path<String>,
) -> Result<Json<InvitationView>, Failure> {
    let id: SubjectId = id.parse().map_err(|_| ServiceError::NotFound("invitation"))?;
    blocking(move || {
        app.service.cancel_invitation(&signed_in.scope, id)?;
        let now = app.service.now().to_seconds();
        Ok(view(app.service.invitation(&signed_in.scope, id)?, now))
    })
    .await
    .map(Json)
}

fn view(row: Invitation, now: gatehouse_core::time::UnixSeconds) -> InvitationView {
    let host_stopped = row.host_stopped().map(Bar::code);
    InvitationView {
        id: row.id,
        status: row.status(now),
        host_stopped,
        reference: row.reference,
        name: row.visitor,
        host: row.host,
        sites: row.sites,
        from: row.from,
        until: row.until,
        max_uses: row.max_uses,
        uses: row.uses,
        note: row.note,
    }
}
