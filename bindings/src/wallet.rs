//! The member's wallet as shells hold it: core's calls, with ids and times as they cross.

use std::sync::Arc;

use gatehouse_core::{
    device::{self, LockAfter},
    id::{InvalidId, SiteNumber},
    qr,
    time::UnixSeconds,
};

use crate::{
    CodePicture, CodeSent, DeviceSigner, DeviceTime, Invalidated, Invitation, InvitationMade, Joined,
    LockState, MemberSignedIn, NewInvitation, OwnInvitations, OwnMessages, RecentEntries, SecretStore,
    WalletCode, WalletError, WalletStatus,
    platform::{Secrets, Signer, Time},
};

/// A member's phone. Every call blocks, so shells make it on a thread for that; those that wait for the network take a
/// deadline in milliseconds. Any number of threads may call.
#[derive(uniffi::Object)]
pub struct MemberWallet {
    core: device::MemberWallet,
}

#[uniffi::export]
impl MemberWallet {
    /// Opens the wallet in `folder`, or makes a new one there. Without a `signer`, codes without a network are signed by
    /// a key that lies in the secret store.
    ///
    /// # Errors
    /// A folder or secret store that cannot be used; data that another secret store sealed.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        signer: Option<Arc<dyn DeviceSigner>>,
    ) -> Result<Self, WalletError> {
        let signer = signer.map(|signer| Arc::new(Signer(signer)) as Arc<dyn device::DeviceSigner>);
        let core =
            device::MemberWallet::open(folder, Arc::new(Secrets(secrets)), Arc::new(Time(time)), signer)?;
        Ok(Self { core })
    }

    /// Learns server and organisation from the code that the organisation shows.
    ///
    /// # Errors
    /// A text that is no such code, somebody signed in elsewhere, a server that cannot be reached or is not the one in
    /// the code.
    pub fn join(&self, code: String, deadline_ms: u32) -> Result<Joined, WalletError> {
        Ok(self.core.join(code, deadline_ms)?.into())
    }

    /// Has a one-time code sent to the member.
    ///
    /// # Errors
    /// Another one so soon; a server that cannot be reached or refuses.
    pub fn request_code(&self, email: String, deadline_ms: u32) -> Result<CodeSent, WalletError> {
        Ok(self.core.request_code(email, deadline_ms)?.into())
    }

    /// Signs the member in with the one-time code.
    ///
    /// # Errors
    /// Somebody else signed in; a server that cannot be reached, or refuses the code.
    pub fn sign_in(
        &self,
        email: String,
        code: String,
        deadline_ms: u32,
    ) -> Result<MemberSignedIn, WalletError> {
        Ok(self.core.sign_in(email, code, deadline_ms)?.into())
    }

    /// Signs the member out: forgets token, codes, key and lists. True if the server knows; else its session ends by
    /// itself later, and nothing here can use it.
    ///
    /// # Errors
    /// A store or signer that fails.
    pub fn sign_out(&self, deadline_ms: u32) -> Result<bool, WalletError> {
        Ok(self.core.sign_out(deadline_ms)?.server_told)
    }

    /// The access ID to show now: the kept one, a new one from the server, or one that this phone mints.
    ///
    /// # Errors
    /// Nobody signed in; neither a server nor a certificate that holds; a signer that fails or lies.
    pub fn code(&self, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        Ok(self.core.code(deadline_ms)?.into())
    }

    /// As [`Self::code`], but the server is asked for a new one whatever is kept.
    ///
    /// # Errors
    /// As [`Self::code`].
    pub fn fresh_code(&self, deadline_ms: u32) -> Result<WalletCode, WalletError> {
        Ok(self.core.fresh_code(deadline_ms)?.into())
    }

    /// A code that this phone mints by itself.
    ///
    /// # Errors
    /// Nobody signed in; codes that are being invalidated; no certificate that holds; a signer that fails or lies.
    pub fn offline_code(&self) -> Result<WalletCode, WalletError> {
        Ok(self.core.offline_code()?.into())
    }

    /// Has the phone's key certified, and says until when; [`Self::code`] does this by itself in time.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached or refuses; a signer that fails or lies.
    pub fn renew_certificate(&self, deadline_ms: u32) -> Result<i64, WalletError> {
        Ok(crate::records::seconds(self.core.renew_certificate(deadline_ms)?))
    }

    /// Lets every earlier code fail. Here they are forgotten at once; the server is told now, or first thing next time.
    ///
    /// # Errors
    /// Nobody signed in; a server that refuses; a store that fails.
    pub fn invalidate(&self, deadline_ms: u32) -> Result<Invalidated, WalletError> {
        Ok(self.core.invalidate(deadline_ms)?.into())
    }

    /// Invites a visitor, with the member as host. If the answer is lost, the same call again makes no second one.
    ///
    /// # Errors
    /// Nobody signed in; no name or no window; a server that cannot be reached, or refuses.
    pub fn invite(&self, invitation: NewInvitation, deadline_ms: u32) -> Result<InvitationMade, WalletError> {
        let NewInvitation { name, sites, from_s, until_s, max_uses, note } = invitation;
        let site =
            |site: u32| SiteNumber::new(site.into()).ok_or(WalletError::malformed(InvalidId("site number")));
        let sites = sites.map(|sites| sites.into_iter().map(site).collect()).transpose()?;
        let (from, until) = (time(from_s)?, time(until_s)?);
        Ok(self.core.invite(name, sites, from, until, max_uses, note, deadline_ms)?.into())
    }

    /// The member's own invitations. Without the server, what it said last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn invitations(&self, deadline_ms: u32) -> Result<OwnInvitations, WalletError> {
        Ok(self.core.invitations(deadline_ms)?.into())
    }

    /// The code of one of the member's own invitations, to be shown or sent again.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached, or refuses.
    pub fn invitation_code(&self, id: String, deadline_ms: u32) -> Result<InvitationMade, WalletError> {
        let id = id.parse().map_err(WalletError::malformed)?;
        Ok(self.core.invitation_code(id, deadline_ms)?.into())
    }

    /// Cancels one of the member's own invitations.
    ///
    /// # Errors
    /// Nobody signed in; a server that cannot be reached, or refuses.
    pub fn cancel(&self, id: String, deadline_ms: u32) -> Result<Invitation, WalletError> {
        let id = id.parse().map_err(WalletError::malformed)?;
        Ok(self.core.cancel(id, deadline_ms)?.into())
    }

    /// Where and when the member's codes were used. Without the server, what it said last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn recent(&self, deadline_ms: u32) -> Result<RecentEntries, WalletError> {
        Ok(self.core.recent(deadline_ms)?.into())
    }

    /// Messages to the member that are shown now. Without the server, what it said last, with its age.
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a store that fails.
    pub fn messages(&self, deadline_ms: u32) -> Result<OwnMessages, WalletError> {
        Ok(self.core.messages(deadline_ms)?.into())
    }

    /// Notes that the member has read a message. True if the server knows; else it is told with the next [`Self::messages`].
    ///
    /// # Errors
    /// Nobody signed in, or no longer; a server that refuses; a store that fails.
    pub fn read_message(&self, id: String, deadline_ms: u32) -> Result<bool, WalletError> {
        let id = id.parse().map_err(WalletError::malformed)?;
        Ok(self.core.read_message(id, deadline_ms)?)
    }

    /// How the wallet stands. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn status(&self) -> Result<WalletStatus, WalletError> {
        Ok(self.core.status()?.into())
    }

    /// How the app's lock stands. How it is unlocked (face, finger, the phone's code) is the shell's business.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_lock(&self) -> Result<LockState, WalletError> {
        Ok(self.core.app_lock()?.into())
    }

    /// The member unlocked the app, and is looking at it.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_unlocked(&self) -> Result<(), WalletError> {
        Ok(self.core.app_unlocked()?)
    }

    /// The member left the app: from now on time counts.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn app_left(&self) -> Result<(), WalletError> {
        Ok(self.core.app_left()?)
    }

    /// Chooses after how long the app locks itself. Not while it is locked.
    ///
    /// # Errors
    /// The app is locked; a store or clock that fails.
    pub fn set_app_lock(&self, after: LockAfter) -> Result<(), WalletError> {
        Ok(self.core.set_app_lock(after)?)
    }
}

/// The text of a code as modules, for a shell to draw as large as it likes.
///
/// # Errors
/// No text, or more than a code can hold.
#[uniffi::export]
pub fn draw_code(text: &str) -> Result<CodePicture, WalletError> {
    let modules = qr::modules(text, qr::Correction::Medium).map_err(device::WalletError::from)?;
    Ok(CodePicture { side: modules.width, luma: modules.pixels })
}

fn time(seconds: i64) -> Result<UnixSeconds, WalletError> {
    let seconds = u64::try_from(seconds).ok().and_then(UnixSeconds::new);
    Ok(seconds.ok_or(device::WalletError::InvitationIncomplete)?)
}
