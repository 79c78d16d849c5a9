//! Messages to the member: kept for when there is no network, and read here before the server knows of it.

use serde::{Deserialize, Serialize};

use super::{
    MemberWallet, WalletError,
    state::{self, WalletState},
};
use crate::{
    device::store::{StoreError, Write},
    id::{MessageId, PersonId},
    messages,
    network::{ClientError, Deadline, Line},
    time::UnixMillis,
    wire::{MessagesRead, MyMessage, MyMessages, path},
};

/// Messages to the member.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnMessages {
    /// Those that are shown now, as they are to be read: what matters most first, then what was not read.
    pub messages: Vec<MyMessage>,
    /// When the server said so; nothing if it was never asked.
    pub as_of: Option<UnixMillis>,
    /// How old that is, in milliseconds; nothing also where the clock cannot be trusted.
    pub age_ms: Option<u64>,
    /// Whether the server answered just now.
    pub live: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct KeptMessages {
    person: PersonId,
    cursor: String,
    messages: Vec<MyMessage>,
    as_of: UnixMillis,
    /// Read here, and the server does not know yet.
    untold: Vec<MessageId>,
}

impl MemberWallet {
    /// Messages to the member. The server is told first what was read here without it. Without the server, what it said
    /// last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn messages(&self, deadline_ms: u32) -> Result<OwnMessages, WalletError> {
        self.wait(|line| self.messages_through(line, deadline_ms))
    }

    /// As [`Self::messages`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::messages`].
    pub async fn messages_through(&self, line: Line, deadline_ms: u32) -> Result<OwnMessages, WalletError> {
        let state = self.state()?;
        let person = state.account()?.person;
        let kept = kept(&self.store.access().write()?, person)?;
        let asked = self.ask_messages(&line, &state, kept.as_ref(), line.in_ms(deadline_ms)).await;
        let (kept, live) = match asked {
            Ok(answer) => {
                self.anchor(answer.server_time)?;
                (Some(self.keep_messages(state.epoch, person, answer)?), true)
            }
            Err(error) if error.leaves_offline() => {
                (self::kept(&self.store.access().write()?, person)?, false)
            }
            // A server from before there were messages.
            Err(WalletError::Client(ClientError::Refused { status: 404 | 405, .. })) => (None, true),
            Err(error) => return Err(error),
        };
        let as_of = kept.as_ref().map(|kept| kept.as_of);
        let now = self.now()?.seconds();
        let shown = kept.iter().flat_map(|kept| messages::listed(&kept.messages, now)).cloned().collect();
        Ok(OwnMessages { messages: shown, as_of, age_ms: self.age_of(as_of)?, live })
    }

    /// Notes that the member has read a message, and tells the server: now, or before it is asked for the next list. True
    /// if it knows.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a server that refuses; a store that fails.
    pub fn read_message(&self, id: MessageId, deadline_ms: u32) -> Result<bool, WalletError> {
        self.wait(|line| self.read_message_through(line, id, deadline_ms))
    }

    /// As [`Self::read_message`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::read_message`].
    pub async fn read_message_through(
        &self,
        line: Line,
        id: MessageId,
        deadline_ms: u32,
    ) -> Result<bool, WalletError> {
        let state = self.state()?;
        let untold = self.note_read(state.account()?.person, id)?;
        match self.tell_read(&line, &state, untold, line.in_ms(deadline_ms)).await {
            Ok(()) => Ok(true),
            Err(error) if error.leaves_offline() => Ok(false),
            Err(error) => Err(error),
        }
    }

    async fn ask_messages(
        &self,
        line: &Line,
        state: &WalletState,
        kept: Option<&KeptMessages>,
        deadline: Deadline,
    ) -> Result<MyMessages, WalletError> {
        let untold = kept.map(|kept| kept.untold.clone()).unwrap_or_default();
        self.tell_read(line, state, untold, deadline).await?;
        let since = kept.map(|kept| format!("?since={}", kept.cursor)).unwrap_or_default();
        self.get(line, state, &format!("{}{since}", path::MY_MESSAGES), deadline).await
    }

    /// Tells the server what was read here. Told twice, it is the same.
    async fn tell_read(
        &self,
        line: &Line,
        state: &WalletState,
        untold: Vec<MessageId>,
        deadline: Deadline,
    ) -> Result<(), WalletError> {
        if untold.is_empty() {
            return Ok(());
        }
        let told = MessagesRead { read: untold };
        let _: serde_json::Value = self.post(line, state, path::MESSAGES_READ, &told, deadline).await?;
        let person = state.account()?.person;
        self.change_kept(person, |kept| kept.untold.retain(|id| !told.read.contains(id)))?;
        Ok(())
    }

    /// Notes it here, and gives all that the server is still to be told.
    fn note_read(&self, person: PersonId, id: MessageId) -> Result<Vec<MessageId>, WalletError> {
        let kept = self.change_kept(person, |kept| {
            let unread = kept.messages.iter_mut().find(|message| message.id == id && !message.read);
            if let Some(message) = unread {
                message.read = true;
                kept.untold.push(id);
            }
        })?;
        Ok(kept.map(|kept| kept.untold).unwrap_or_default())
    }

    /// Changes what is kept of this person's messages, where there is any.
    fn change_kept(
        &self,
        person: PersonId,
        change: impl FnOnce(&mut KeptMessages),
    ) -> Result<Option<KeptMessages>, WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut kept = kept(&write, person)?;
        if let Some(kept) = &mut kept {
            change(kept);
            write.put_setting(state::MESSAGES, &*kept)?;
        }
        write.commit()?;
        Ok(kept)
    }

    /// Keeps what the server said, unless codes were taken away meanwhile; whoever signed in since is told nothing of it.
    /// What was read here stays read, also where the answer was on its way by then.
    fn keep_messages(
        &self,
        epoch: u64,
        person: PersonId,
        answer: MyMessages,
    ) -> Result<KeptMessages, WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let (known, mut untold) = match kept(&write, person)? {
            Some(kept) => (kept.messages, kept.untold),
            None => (Vec::new(), Vec::new()),
        };
        let read = |id: MessageId| known.iter().any(|message| message.id == id && message.read);
        let messages: Vec<MyMessage> = match answer.messages {
            Some(fresh) => fresh
                .into_iter()
                .map(|message| MyMessage { read: message.read || read(message.id), ..message })
                .collect(),
            None => known,
        };
        untold.retain(|id| messages.iter().any(|message| message.id == *id));
        let fresh =
            KeptMessages { person, cursor: answer.cursor, messages, as_of: answer.server_time, untold };
        let state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        state.is_still_of(person)?;
        if state.epoch == epoch {
            write.put_setting(state::MESSAGES, &fresh)?;
        }
        write.commit()?;
        Ok(fresh)
    }
}

/// What is kept of this person's messages.
fn kept(write: &Write<'_>, person: PersonId) -> Result<Option<KeptMessages>, StoreError> {
    let kept: Option<KeptMessages> = write.setting(state::MESSAGES)?;
    Ok(kept.filter(|kept| kept.person == person))
}
