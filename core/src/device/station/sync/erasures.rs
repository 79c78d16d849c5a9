//! Forgetting whom the server was told to forget.

use super::{GuardStation, knowledge};
use crate::{
    device::{StationError, StoreError, station::Erase},
    network::{Client, ClientError, Deadline},
    time::UnixMillis,
    wire::{ErasureOrder, ErasuresAnswer, ErasuresDone, path},
};

/// How often it is asked where nothing was sent. Milliseconds.
const ASKED_MS: u64 = 15 * 60_000;

impl GuardStation {
    /// Asks whom to forget, forgets them, and confirms that. What the server does not have yet goes once it is sent.
    ///
    /// Asked whenever entries were `sent`, and now and then besides.
    pub(super) async fn fetch_erasures(
        &self,
        client: &Client,
        deadline: Deadline,
        sent: bool,
    ) -> Result<(), StationError> {
        match self.erasures_are_due(sent) {
            Ok(true) => {}
            // On a full disk there is no room for the note of when it was asked; nothing is lost by asking later.
            Ok(false) | Err(StationError::Store(StoreError::Full)) => return Ok(()),
            Err(error) => return Err(error),
        }
        let answer: ErasuresAnswer = match client.get(path::ERASURES, deadline).await {
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
            let _: serde_json::Value = client.post(path::ERASURES, &ErasuresDone { done }, deadline).await?;
        }
        Ok(())
    }

    fn erasures_are_due(&self, sent: bool) -> Result<bool, StationError> {
        let now = self.moment(&self.knowledge()?)?.now.millis();
        let mut access = self.store.access();
        let write = access.write_spare()?;
        let asked: Option<UnixMillis> = write.setting(knowledge::ERASURES_ASKED)?;
        let due = sent || asked.is_some_and(|asked| now < asked || now >= asked.plus(ASKED_MS));
        if due || asked.is_none() {
            write.put_setting(knowledge::ERASURES_ASKED, &now)?;
            write.commit()?;
        }
        Ok(due)
    }
}
