//! Forgetting whom the server was told to forget.

use super::GuardStation;
use crate::{
    device::{Client, ClientError, StationError, client::Deadline, station::Erase},
    wire::{ErasureOrder, ErasuresAnswer, ErasuresDone, path},
};

impl GuardStation {
    /// Asks whom to forget, forgets them, and confirms that. What the server does not have yet goes once it is sent.
    pub(super) fn fetch_erasures(&self, client: &Client, deadline: Deadline) -> Result<(), StationError> {
        let answer: ErasuresAnswer = match client.get(path::ERASURES, deadline) {
            Ok(answer) => answer,
            // A server from before there were any.
            Err(ClientError::Refused { status: 404 | 405, .. }) => return Ok(()),
            Err(error) => return Err(error.into()),
        };
        let mut done = Vec::new();
        for ErasureOrder { order, subject, events } in answer.erasures {
            if let Some(subject) = subject {
                self.erase(&Erase::Subject(subject))?;
            }
            if !events.is_empty() {
                self.erase(&Erase::Events(events))?;
            }
            done.push(order);
        }
        if !done.is_empty() {
            let _: serde_json::Value = client.post(path::ERASURES, &ErasuresDone { done }, deadline)?;
        }
        Ok(())
    }
}
