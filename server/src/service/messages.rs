//! Messages to members: written and removed by admins, read by whom they are for.

use gatehouse_core::{
    hex,
    id::{Digest32, MessageId, PersonId},
    messages::{Body, MessageError, Severity, Title, Window},
    wire::{MyMessage, MyMessages},
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit};
use crate::{
    secrets::random,
    store::{
        message::{self, Message},
        person,
    },
};

/// Most messages to one person that are not over: so many are sent to a phone at once.
const MOST: usize = 50;

/// A message about to be written.
#[derive(Debug, Clone)]
pub struct NewMessage {
    /// How much it matters.
    pub severity: Severity,
    /// What it is called, as somebody typed it.
    pub title: String,
    /// What it says, as somebody typed it.
    pub body: String,
    /// While it is shown.
    pub window: Window,
}

impl Service {
    /// Writes a message to a person, who sees it in their app.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it; an unknown person; a title or body that is none or too long; a window
    /// that is reversed or over; too many messages.
    pub fn send_message(
        &self,
        scope: &Scope,
        person: PersonId,
        new: &NewMessage,
    ) -> Result<Message, ServiceError> {
        let (scope, now) = (self.admin_of(scope, person)?, self.now());
        let message = Message {
            id: MessageId(random()?),
            person,
            severity: new.severity,
            title: Title::from_typed(&new.title).map_err(invalid)?.into(),
            body: Body::from_typed(&new.body).map_err(invalid)?.into(),
            window: new.window,
            sent_at: now,
            read_at: None,
        };
        if new.window.is_reversed() {
            let message = "the end is before the start";
            return Err(ServiceError::Invalid { field: "until", code: "window_reversed", message });
        }
        if new.window.is_over(now.to_seconds()) {
            let message = "the window is already over";
            return Err(ServiceError::Invalid { field: "until", code: "window_past", message });
        }
        self.store.write(move |tx| {
            // Nothing is written to somebody who was erased since, or is no user any more.
            let found = person::get(tx, scope.org, person)?;
            found.and_then(|found| found.role).ok_or(ServiceError::NotFound("user"))?;
            if message::not_over(tx, scope.org, person, now.to_seconds())?.len() >= MOST {
                let message = "this person has 50 messages that are not over; remove one first";
                return Err(ServiceError::Conflict { code: "too_many_messages", message });
            }
            message::add(tx, scope.org, &message)?;
            let detail = json!({ "message": message.id, "severity": message.severity.word() });
            audit::note(tx, &scope, "user.message", &person.to_string(), &detail, now)?;
            Ok(message)
        })
    }

    /// Every message to a person, the newest first.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it; an unknown person.
    pub fn messages_to(&self, scope: &Scope, person: PersonId) -> Result<Vec<Message>, ServiceError> {
        let org = self.admin_of(scope, person)?.org;
        self.store.read_page(|db| Ok(message::of_person(db, org, person)?))
    }

    /// Removes a message: phones show it until they ask the next time.
    ///
    /// # Errors
    /// Not an admin's scope, or a person above it; an unknown person; no such message to them.
    pub fn remove_message(
        &self,
        scope: &Scope,
        person: PersonId,
        id: MessageId,
    ) -> Result<Message, ServiceError> {
        let (scope, now) = (self.admin_of(scope, person)?, self.now());
        self.store.write(move |tx| {
            let removed = message::get(tx, scope.org, person, id)?;
            let removed = removed.ok_or(ServiceError::NotFound("message"))?;
            message::remove(tx, scope.org, person, id)?;
            let detail = json!({ "message": id });
            audit::note(tx, &scope, "user.message_remove", &person.to_string(), &detail, now)?;
            Ok(removed)
        })
    }

    /// The messages to the person who asks that are shown now, newest first; nothing where that is what `since` names.
    ///
    /// # Errors
    /// Not a person's scope.
    pub fn my_messages(&self, scope: &Scope, since: Option<&str>) -> Result<MyMessages, ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let now = self.now();
        let rows = self.store.read(|db| message::not_over(db, scope.org, person, now.to_seconds()))?;
        let shown = rows.into_iter().filter(|row| row.window.is_open(now.to_seconds()));
        let messages: Vec<_> = shown
            .map(|row| MyMessage {
                id: row.id,
                severity: row.severity,
                title: row.title,
                body: row.body,
                window: row.window,
                sent_at: row.sent_at,
                read: row.read_at.is_some(),
            })
            .collect();
        let list = serde_json::to_vec(&messages).map_err(|error| ServiceError::Core(error.to_string()))?;
        let cursor = hex::encode(&Digest32::of(&list).prefix::<8>());
        let messages = (since != Some(cursor.as_str())).then_some(messages);
        Ok(MyMessages { cursor, messages, server_time: now })
    }

    /// Notes what the person who asks has read. What is not there, or another's, is passed over.
    ///
    /// # Errors
    /// Not a person's scope.
    pub fn read_messages(&self, scope: &Scope, ids: &[MessageId]) -> Result<(), ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let (org, now, ids) = (scope.org, self.now(), ids.iter().copied().take(MOST).collect::<Vec<_>>());
        self.store.write(move |tx| {
            ids.into_iter().try_for_each(|id| Ok(message::mark_read(tx, org, person, id, now)?))
        })
    }
}

const fn invalid(error: MessageError) -> ServiceError {
    let (field, code, message) = match error {
        MessageError::NoTitle => {
            ("title", "title_required", "a title is missing, or holds nothing that can be seen")
        }
        MessageError::TitleTooLong => ("title", "title_too_long", "a title has at most 120 characters"),
        MessageError::BodyTooLong => ("body", "body_too_long", "a body has at most 2000 characters"),
    };
    ServiceError::Invalid { field, code, message }
}
