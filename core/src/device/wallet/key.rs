//! The phone's key as the wallet goes by it, wherever it is: what it gives is checked.

use std::sync::Arc;

use super::{DeviceSigner, MemberWallet, WalletError};
use crate::{
    network::{Deadline, KeyOutcome, KeyTask, Line},
    pass::DeviceKey,
};

/// How long a key that answers later is waited for where the member waits for nothing else. Milliseconds.
pub(super) const KEY_MS: u32 = 5_000;

/// Where the phone's key is.
pub(super) enum Key {
    /// In a signer, which has done it when the call returns.
    Called(Arc<dyn DeviceSigner>),
    /// With whoever takes the steps. Until it answers others may sign out, invalidate, or see its time pass.
    Asked,
}

impl Key {
    async fn does(&self, line: &Line, task: KeyTask, deadline: Deadline) -> KeyOutcome {
        match (self, task) {
            (Self::Asked, task) => line.ask_key(task, deadline).await,
            (Self::Called(signer), KeyTask::PublicKey) => signer.public_key(),
            (Self::Called(signer), KeyTask::Sign(message)) => signer.sign(message),
            (Self::Called(signer), KeyTask::Forget) => signer.forget().map(|()| Vec::new()),
        }
    }
}

impl MemberWallet {
    /// The key, which is made where there is none: only to be asked for on behalf of somebody who is signed in.
    pub(super) async fn device_key(&self, line: &Line, deadline: Deadline) -> Result<DeviceKey, WalletError> {
        let public = self.key.does(line, KeyTask::PublicKey, deadline).await?;
        DeviceKey::from_public(&public).ok_or(WalletError::DeviceKey)
    }

    /// The key's signature, which must hold: a broken key, or one that is another by now, is found here and not at the
    /// gate.
    pub(super) async fn signature(
        &self,
        line: &Line,
        key: &DeviceKey,
        message: Vec<u8>,
        deadline: Deadline,
    ) -> Result<[u8; 64], WalletError> {
        let made = self.key.does(line, KeyTask::Sign(message.clone()), deadline).await?;
        key.signature_of(&message, &made).ok_or(WalletError::SignatureBroken)
    }

    /// Destroys the key.
    pub(super) async fn forget_key(&self, line: &Line) -> Result<(), WalletError> {
        self.key.does(line, KeyTask::Forget, line.in_ms(KEY_MS)).await?;
        Ok(())
    }
}
