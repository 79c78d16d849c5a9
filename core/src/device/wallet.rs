//! A member's phone: shows the access ID, online or not, and what became of it.
//!
//! [`MemberWallet`] is the sister of [`super::GuardStation`]: the same sealed store, clocks and client, for one member
//! of one organisation. Calls block; those that wait for the network take a deadline in milliseconds.

mod carry;
mod code;
mod error;
#[cfg(test)]
mod formats;
mod invalidate;
mod invitations;
mod key;
mod lock;
mod look;
mod messages;
mod offline;
mod recent;
mod sign_in;
mod signer;
mod standing;
mod state;
mod status;

use std::{
    future::Future,
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU64},
    },
};

pub use code::{CodeSource, WalletCode, refresh_in_s};
pub use error::{OfflineProblem, WalletError};
pub use invalidate::Invalidated;
pub use invitations::OwnInvitations;
pub use lock::{LastUse, LockAfter, LockState, is_locked};
pub use look::JoinOffer;
pub use messages::OwnMessages;
pub use recent::RecentEntries;
pub use sign_in::{CodeSent, Joined, MemberSignedIn, SignedOut};
pub use signer::{DeviceSigner, SignerError, SoftwareSigner};
pub use status::WalletStatus;

use super::{DeviceTime, Network, SecretStore, platform, store::Store};
use serde::{Serialize, de::DeserializeOwned};

use crate::{
    envelope::PublicKey,
    keys::KeySet,
    network::{ClientError, Deadline, Line, Steps},
    pass::{self, Opened, PassError},
    time::{ClockReading, Now, TimeKeeper, UnixMillis, Word},
    wire::{KeysAnswer, path},
};
use key::Key;
use signer::CODE_KEY;
use state::WalletState;

/// A member's phone. Any number of threads may call, and several processes may work on the same folder. Each call that
/// asks the server, or the phone's key, has a sister that asks through a [`Line`] and does not block, as those of
/// [`super::GuardStation`] have.
pub struct MemberWallet {
    store: Store,
    time: Arc<dyn DeviceTime>,
    key: Key,
    network: Arc<dyn Network>,
    minted: Mutex<Option<offline::Minted>>,
    /// The monotonic clock's time before which a certificate that holds is left alone; 0 for none.
    renew_after_ms: AtomicU64,
    /// Unlocked in this process, and not left since.
    present: AtomicBool,
}

impl MemberWallet {
    /// Opens the wallet in `folder`, or makes a new one there. Without a signer of the phone's hardware, codes without a
    /// network are signed by a [`SoftwareSigner`] on `secrets`, which must not be a station's: the keys of an enrolled
    /// station in it would read as data that was lost.
    ///
    /// # Errors
    /// A folder or secret store that cannot be used; data that another secret store sealed.
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        signer: Option<Arc<dyn DeviceSigner>>,
    ) -> Result<Self, WalletError> {
        Self::open_with(folder, secrets, time, signer, platform::network())
    }

    /// The same with another network than this machine's, for the calls that block.
    ///
    /// # Errors
    /// As [`Self::open`].
    pub fn open_with(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
        signer: Option<Arc<dyn DeviceSigner>>,
        network: Arc<dyn Network>,
    ) -> Result<Self, WalletError> {
        let store = Store::open(Path::new(&folder), secrets.as_ref(), time.read()?.wall)?;
        let signer = signer.unwrap_or_else(|| Arc::new(SoftwareSigner::new(secrets)));
        Ok(Self::with(store, time, Key::Called(signer), network))
    }

    /// Opens the wallet of a phone whose key answers later, as a browser's does: work asks for it by [`Step::Key`]. In
    /// calls that block there is no such key. One in software that was used before is forgotten.
    ///
    /// # Errors
    /// As [`Self::open`].
    ///
    /// [`Step::Key`]: crate::network::Step::Key
    pub fn open_asking(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
    ) -> Result<Self, WalletError> {
        let store = Store::open(Path::new(&folder), secrets.as_ref(), time.read()?.wall)?;
        if secrets.load(CODE_KEY.to_owned())?.is_some() {
            secrets.delete(CODE_KEY.to_owned())?;
        }
        Ok(Self::with(store, time, Key::Asked, platform::network()))
    }

    fn with(store: Store, time: Arc<dyn DeviceTime>, key: Key, network: Arc<dyn Network>) -> Self {
        Self {
            store,
            time,
            key,
            network,
            minted: Mutex::new(None),
            renew_after_ms: AtomicU64::new(0),
            present: AtomicBool::new(false),
        }
    }

    /// The network through which the calls that block ask.
    #[must_use]
    pub const fn network(&self) -> &Arc<dyn Network> {
        &self.network
    }

    fn state(&self) -> Result<WalletState, WalletError> {
        Ok(self.store.access().write()?.setting(state::STATE)?.unwrap_or_default())
    }

    /// Changes what is held, in one transaction with whatever another process may be doing.
    fn change<T>(
        &self,
        change: impl FnOnce(&mut WalletState) -> Result<T, WalletError>,
    ) -> Result<T, WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        let outcome = change(&mut state)?;
        write.put_setting(state::STATE, &state)?;
        write.commit()?;
        Ok(outcome)
    }

    /// The time by which the wallet goes.
    fn now(&self) -> Result<Now, WalletError> {
        let reading = self.time.read()?;
        let keeper: TimeKeeper = self.store.access().write()?.setting(state::TIME)?.unwrap_or_default();
        Ok(keeper.now(&reading))
    }

    /// The time by which the wallet goes, and keeps what is known to have passed: no restart brings a certificate back
    /// whose end was seen.
    fn now_kept(&self) -> Result<Now, WalletError> {
        let reading = self.time.read()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut keeper: TimeKeeper = write.setting(state::TIME)?.unwrap_or_default();
        // What happened to the clock is for a guard's journal; a wallet has none.
        let _ = keeper.observe(&reading);
        write.put_setting(state::TIME, &keeper)?;
        write.commit()?;
        Ok(keeper.now(&reading))
    }

    /// The server's time, from an answer that has just arrived.
    fn anchor(&self, server: UnixMillis) -> Result<(), WalletError> {
        let reading = self.time.read()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let mut keeper: TimeKeeper = write.setting(state::TIME)?.unwrap_or_default();
        keeper.anchor(server, &reading);
        write.put_setting(state::TIME, &keeper)?;
        Ok(write.commit()?)
    }

    /// Does it step by step, and waits for the network where it asks.
    fn wait<'a, T, F>(&self, work: impl FnOnce(Line) -> F) -> T
    where
        F: Future<Output = T> + Send + 'a,
    {
        platform::drive(self.network.as_ref(), Steps::new(work))
    }

    /// What came of a call on behalf of the member. A session that the server no longer knows is over here as well.
    fn note_outcome<A>(
        &self,
        state: &WalletState,
        outcome: Result<A, ClientError>,
    ) -> Result<A, WalletError> {
        match outcome {
            Err(error) if error.is_token_unknown() => {
                self.end_session(state.epoch)?;
                Err(WalletError::SessionEnded)
            }
            other => Ok(other?),
        }
    }

    /// Gets JSON on behalf of the member.
    async fn get<A: DeserializeOwned>(
        &self,
        line: &Line,
        state: &WalletState,
        path: &str,
        deadline: Deadline,
    ) -> Result<A, WalletError> {
        let outcome = state.client(line)?.get(path, deadline).await;
        self.note_outcome(state, outcome)
    }

    /// Posts JSON on behalf of the member.
    async fn post<A: DeserializeOwned>(
        &self,
        line: &Line,
        state: &WalletState,
        path: &str,
        body: &(impl Serialize + Sync),
        deadline: Deadline,
    ) -> Result<A, WalletError> {
        let outcome = state.client(line)?.post(path, body, deadline).await;
        self.note_outcome(state, outcome)
    }

    /// Opens a code of this member's own. Keys that were changed meanwhile are fetched.
    async fn open_own(
        &self,
        line: &Line,
        state: &WalletState,
        text: &str,
        deadline: Deadline,
    ) -> Result<Opened, WalletError> {
        let keys = self.keys(state)?;
        let opened = match (pass::open(text, &keys), line.has_passed(deadline)) {
            (Err(PassError::UnknownKey), false) => {
                pass::open(text, &self.fetch_keys(line, state, deadline).await?)
            }
            (opened, _) => opened,
        };
        let own = state.account()?.person.into();
        opened.ok().filter(|opened| opened.claims.subject == own).ok_or(WalletError::CodeRefused)
    }

    fn keys(&self, state: &WalletState) -> Result<KeySet, WalletError> {
        let bytes = self.store.access().write()?.setting_bytes(state::KEYS)?.unwrap_or_default();
        Ok(KeySet::open(&bytes, &PublicKey::new(state.server()?.root))?)
    }

    async fn fetch_keys(
        &self,
        line: &Line,
        state: &WalletState,
        deadline: Deadline,
    ) -> Result<KeySet, WalletError> {
        let asked = self.time.read()?;
        let answer: KeysAnswer = self.get(line, state, path::KEYS, deadline).await?;
        self.take_keys(&answer, &asked)
    }

    /// After the server's clock was set back its own time is believed at once, but only until the phone is restarted:
    /// what lowers the floor is the server's next key set. That is fetched where the two differ; should it fail, the
    /// next answer tries again.
    async fn follow_clock(
        &self,
        line: &Line,
        state: &WalletState,
        deadline: Deadline,
    ) -> Result<(), WalletError> {
        let reading = self.time.read()?;
        let keeper: TimeKeeper = self.store.access().write()?.setting(state::TIME)?.unwrap_or_default();
        match keeper.floor_ahead_ms(&reading) {
            Some(_) => self.fetch_keys(line, state, line.sooner(deadline, FOLLOW_MS)).await.map(drop),
            None => Ok(()),
        }
    }

    /// Takes a key set over, or refuses it, as the pinned root demands.
    fn take_keys(&self, answer: &KeysAnswer, asked: &ClockReading) -> Result<KeySet, WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        let server = state.server.as_mut().ok_or(WalletError::NotJoined)?;
        let bytes = write.setting_bytes(state::KEYS)?.unwrap_or_default();
        let current = KeySet::open(&bytes, &PublicKey::new(server.root)).ok();
        let held_version = current.as_ref().map(|set| set.version);
        let current = current.as_ref().map(|set| (set, bytes.as_slice()));
        let (next, pin) = KeySet::succeed(current, server.pin, &answer.keys, &PublicKey::new(answer.root))?;
        if next.org != server.org {
            return Err(WalletError::WrongServer);
        }
        (server.pin, server.root) = (pin, answer.root);
        let mut keeper: TimeKeeper = write.setting(state::TIME)?.unwrap_or_default();
        // A wallet has no pack. A key set may be older than the question; that it lowers the floor takes the server's
        // own word that it is earlier now.
        let reading = self.time.read()?;
        let earlier = answer.server_time.is_some_and(|time| time < keeper.earliest(&reading));
        let is_later = held_version.is_some_and(|state| next.version > state) && earlier;
        // A wallet has no journal that could tell of it.
        let _ = keeper.heed(Word { issued_at: next.issued_at, is_later }, asked, &reading);
        write.put_setting(state::TIME, &keeper)?;
        write.put_setting(state::STATE, &state)?;
        write.put_setting_bytes(state::KEYS, &answer.keys)?;
        write.commit()?;
        Ok(next)
    }

    fn forget_minted(&self) {
        *self.minted.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}

/// How long a call for a code goes on to learn how the server's clock was set back. Milliseconds.
const FOLLOW_MS: u32 = 1_000;
