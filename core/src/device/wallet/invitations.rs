//! The member's own invitations: made, shown again, cancelled, and kept for when there is no network.

use serde::{Deserialize, Serialize};

use super::{MemberWallet, WalletError, state};
use crate::{
    device::vault::random,
    id::{PersonId, RequestId, SiteNumber, SubjectId},
    name::{FullName, NameError},
    network::Line,
    time::{UnixMillis, UnixSeconds},
    wire::{InvitationAnswer, InvitationRequest, InvitationView, path},
};

/// The member's own invitations.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OwnInvitations {
    /// Newest first.
    pub invitations: Vec<InvitationView>,
    /// When the server said so; nothing if it was never asked.
    pub as_of: Option<UnixMillis>,
    /// How old that is, in milliseconds; nothing also where the clock cannot be trusted.
    pub age_ms: Option<u64>,
    /// Whether the server answered just now.
    pub live: bool,
}

#[derive(Serialize, Deserialize)]
pub(super) struct KeptInvitations {
    person: PersonId,
    invitations: Vec<InvitationView>,
    as_of: UnixMillis,
}

/// Wishes whose answer is not known. Beyond these the oldest are forgotten.
const MOST_WISHES: usize = 20;

impl MemberWallet {
    /// Invites a visitor, with the member as host. If the answer is lost, the same call again finds the invitation that
    /// was made and makes no second one.
    ///
    /// # Errors
    /// Nobody signed in; no name or no window; a server that cannot be reached, or refuses: sites that the member may
    /// not go to, for example.
    // The list is that of the form which the member fills in.
    #[allow(clippy::too_many_arguments)]
    pub fn invite(
        &self,
        name: String,
        sites: Option<Vec<SiteNumber>>,
        from: UnixSeconds,
        until: UnixSeconds,
        max_uses: Option<u32>,
        note: Option<String>,
        deadline_ms: u32,
    ) -> Result<InvitationAnswer, WalletError> {
        let asked = InvitationRequest { request: None, name, sites, from, until, max_uses, note };
        self.wait(|line| self.invite_through(line, asked, deadline_ms))
    }

    /// As [`Self::invite`], asking through `line`. Which wish it is, the wallet says.
    ///
    /// # Errors
    /// As [`Self::invite`].
    pub async fn invite_through(
        &self,
        line: Line,
        asked: InvitationRequest,
        deadline_ms: u32,
    ) -> Result<InvitationAnswer, WalletError> {
        let state = self.state()?;
        state.account()?;
        let name = match FullName::from_typed(&asked.name) {
            Err(NameError::Invisible) => return Err(WalletError::InvitationIncomplete),
            _ if asked.from >= asked.until => return Err(WalletError::InvitationIncomplete),
            Ok(name) => name.into(),
            // The server says so, and how long a name may be.
            Err(NameError::TooLong) => asked.name,
        };
        let request = self.wish(InvitationRequest { request: None, name, ..asked })?;
        let deadline = line.in_ms(deadline_ms);
        let outcome = self.post(&line, &state, path::INVITATIONS, &request, deadline).await;
        match &outcome {
            // Whether it was made is not known: the wish stays, and asking again is the same wish.
            Err(error) if error.leaves_offline() || matches!(error, WalletError::SessionEnded) => {}
            _ => self.forget_wishes(|wish| wish.request == request.request)?,
        }
        outcome
    }

    /// The member's own invitations, newest first. Without the server, what it said last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn invitations(&self, deadline_ms: u32) -> Result<OwnInvitations, WalletError> {
        self.wait(|line| self.invitations_through(line, deadline_ms))
    }

    /// As [`Self::invitations`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::invitations`].
    pub async fn invitations_through(
        &self,
        line: Line,
        deadline_ms: u32,
    ) -> Result<OwnInvitations, WalletError> {
        let state = self.state()?;
        let person = state.account()?.person;
        let path = format!("{}?own=true", path::INVITATIONS);
        let asked = self.get(&line, &state, &path, line.in_ms(deadline_ms)).await;
        let (invitations, as_of, live) = match asked {
            Ok(invitations) => {
                let as_of = self.now()?.millis();
                let fresh = KeptInvitations { person, invitations, as_of };
                self.keep_list(&state, state::INVITATIONS, &fresh)?;
                (fresh.invitations, Some(as_of), true)
            }
            Err(error) if error.leaves_offline() => {
                let kept: Option<KeptInvitations> =
                    self.store.access().write()?.setting(state::INVITATIONS)?;
                let kept = kept.filter(|kept| kept.person == person);
                let as_of = kept.as_ref().map(|kept| kept.as_of);
                (kept.map(|kept| kept.invitations).unwrap_or_default(), as_of, false)
            }
            Err(error) => return Err(error),
        };
        Ok(OwnInvitations { invitations, as_of, age_ms: self.age_of(as_of)?, live })
    }

    /// The code of one of the member's own invitations, to be shown or sent again.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached, or refuses.
    pub fn invitation_code(&self, id: SubjectId, deadline_ms: u32) -> Result<InvitationAnswer, WalletError> {
        self.wait(|line| self.invitation_code_through(line, id, deadline_ms))
    }

    /// As [`Self::invitation_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::invitation_code`].
    pub async fn invitation_code_through(
        &self,
        line: Line,
        id: SubjectId,
        deadline_ms: u32,
    ) -> Result<InvitationAnswer, WalletError> {
        let path = format!("{}/{id}", path::INVITATIONS);
        self.get(&line, &self.state()?, &path, line.in_ms(deadline_ms)).await
    }

    /// Cancels one of the member's own invitations.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached, or refuses.
    pub fn cancel(&self, id: SubjectId, deadline_ms: u32) -> Result<InvitationView, WalletError> {
        self.wait(|line| self.cancel_through(line, id, deadline_ms))
    }

    /// As [`Self::cancel`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::cancel`].
    pub async fn cancel_through(
        &self,
        line: Line,
        id: SubjectId,
        deadline_ms: u32,
    ) -> Result<InvitationView, WalletError> {
        let path = format!("{}/{id}/cancel", path::INVITATIONS);
        let cancelled: InvitationView =
            self.post(&line, &self.state()?, &path, &(), line.in_ms(deadline_ms)).await?;
        // Inviting the same visitor again is another wish from here on, also where the first answer was lost.
        self.forget_wishes(|wish| is_of(wish, &cancelled))?;
        Ok(cancelled)
    }

    /// The wish under its own id: that of an equal one whose answer was lost, else a new one, kept before it is sent.
    fn wish(&self, asked: InvitationRequest) -> Result<InvitationRequest, WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut wishes: Vec<InvitationRequest> = write.setting(state::WISHES)?.unwrap_or_default();
        let same = |wish: &InvitationRequest| InvitationRequest { request: None, ..wish.clone() } == asked;
        if let Some(wish) = wishes.iter().find(|wish| same(wish)) {
            return Ok(wish.clone());
        }
        let wish = InvitationRequest { request: Some(RequestId(random()?)), ..asked };
        if wishes.len() >= MOST_WISHES {
            wishes.remove(0);
        }
        wishes.push(wish.clone());
        write.put_setting(state::WISHES, &wishes)?;
        write.commit()?;
        Ok(wish)
    }

    fn forget_wishes(&self, gone: impl Fn(&InvitationRequest) -> bool) -> Result<(), WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut wishes: Vec<InvitationRequest> = write.setting(state::WISHES)?.unwrap_or_default();
        wishes.retain(|wish| !gone(wish));
        write.put_setting(state::WISHES, &wishes)?;
        Ok(write.commit()?)
    }
}

/// Whether an invitation is what was wished for. A wish without sites was for whatever the server made of it.
fn is_of(wish: &InvitationRequest, made: &InvitationView) -> bool {
    let sorted = |sites: &[SiteNumber]| {
        let mut sites = sites.to_vec();
        sites.sort_unstable();
        sites.dedup();
        sites
    };
    let wanted = wish.sites.as_deref().map(sorted);
    // Where none was asked for, the server gives as many uses as a member's invitation may have.
    let uses = wish.max_uses.is_none() || wish.max_uses == made.max_uses;
    uses && (&wish.name, wish.from, wish.until) == (&made.name, made.from, made.until)
        && wish.note.as_deref().unwrap_or_default() == made.note
        && (wanted.is_none() || wanted == made.sites.as_deref().map(sorted))
}
