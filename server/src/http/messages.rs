//! Calls about messages to members: of admins who write them, and of those whom they are for.

use axum::{
    Json, Router,
    extract::{
        Path, Query, State,
        rejection::{JsonRejection, QueryRejection},
    },
    http::StatusCode,
    routing::{delete, get, post},
};
use gatehouse_core::{
    id::MessageId,
    messages::{Severity, Window},
    time::UnixMillis,
    wire::{MessagesRead, MyMessages, path},
};
use serde::{Deserialize, Serialize};

use super::{
    App, Failure,
    auth::ByPerson,
    blocking,
    people::{PEOPLE, id},
};
use crate::{
    service::{ServiceError, messages::NewMessage},
    store::message::Message,
};

/// The routes.
pub fn routes() -> Router<App> {
    Router::new()
        .route(path::MY_MESSAGES, get(mine))
        .route(path::MESSAGES_READ, post(read))
        .route(&format!("{PEOPLE}/{{id}}/messages"), get(list).post(send))
        .route(&format!("{PEOPLE}/{{id}}/messages/{{message}}"), delete(remove))
}

/// A message as admins see it.
#[derive(Serialize)]
struct MessageView {
    id: MessageId,
    severity: Severity,
    title: String,
    body: String,
    #[serde(flatten)]
    window: Window,
    sent_at: UnixMillis,
    read_at: Option<UnixMillis>,
}

impl From<Message> for MessageView {
    fn from(message: Message) -> Self {
        Self {
            id: message.id,
            severity: message.severity,
            title: message.title,
            body: message.body,
            window: message.window,
            sent_at: message.sent_at,
            read_at: message.read_at,
        }
    }
}

type Body<T> = Result<Json<T>, JsonRejection>;

#[derive(Deserialize)]
struct Written {
    severity: Severity,
    title: String,
    #[serde(default)]
    body: String,
    #[serde(flatten)]
    window: Window,
}

async fn send(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
    body: Body<Written>,
) -> Result<(StatusCode, Json<MessageView>), Failure> {
    let Json(Written { severity, title, body, window }) = body?;
    let sent = blocking(move || {
        let new = NewMessage { severity, title, body, window };
        app.service.send_message(&signed_in.scope, id(&person)?, &new)
    });
    Ok((StatusCode::CREATED, Json(sent.await?.into())))
}

/// Every message to a person, the newest first.
async fn list(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path(person): Path<String>,
) -> Result<Json<Vec<MessageView>>, Failure> {
    blocking(move || {
        let messages = app.service.messages_to(&signed_in.scope, id(&person)?)?;
        Ok(messages.into_iter().map(MessageView::from).collect())
    })
    .await
    .map(Json)
}

async fn remove(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    Path((person, message)): Path<(String, String)>,
) -> Result<Json<MessageView>, Failure> {
    blocking(move || {
        let message: MessageId = message.parse().map_err(|_| ServiceError::NotFound("message"))?;
        app.service.remove_message(&signed_in.scope, id(&person)?, message).map(MessageView::from)
    })
    .await
    .map(Json)
}

/// What the caller knows already.
#[derive(Deserialize)]
struct Since {
    since: Option<String>,
}

/// The messages that are shown to the caller.
async fn mine(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    since: Result<Query<Since>, QueryRejection>,
) -> Result<Json<MyMessages>, Failure> {
    let since = since?.0.since;
    blocking(move || app.service.my_messages(&signed_in.scope, since.as_deref())).await.map(Json)
}

/// Notes what the caller has read.
async fn read(
    State(app): State<App>,
    ByPerson(signed_in): ByPerson,
    body: Body<MessagesRead>,
) -> Result<Json<serde_json::Value>, Failure> {
    let Json(told) = body?;
    blocking(move || app.service.read_messages(&signed_in.scope, &told.read)).await?;
    Ok(Json(serde_json::json!({})))
}
