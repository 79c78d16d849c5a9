//! What the server refused a guard, kept so that somebody learns why scans go on offline.

use serde::{Deserialize, Serialize};

use super::{GuardStation, knowledge, knowledge::Guard};
use crate::{
    device::{StationError, store::Write},
    network::ClientError,
};

/// What the server refused a guard, under this session.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Refusal {
    token: String,
    code: String,
}

/// Where a session has ended.
const SESSION_ENDED: &str = "session_ended";

/// Why the server does not answer this guard, if it last said so.
pub(super) fn refusal(write: &Write<'_>, guard: &Guard) -> Result<Option<String>, StationError> {
    let refused = write.setting::<Refusal>(knowledge::GUARD_REFUSED)?;
    Ok(refused.filter(|refused| refused.token == guard.token).map(|refused| refused.code))
}

impl GuardStation {
    /// Notes that a guard's session has ended, so that the guard is told how to go on.
    pub(super) fn note_session_ended(write: &Write<'_>, guard: &Guard) -> Result<(), StationError> {
        let refused = Refusal { token: guard.token.clone(), code: SESSION_ENDED.to_owned() };
        Ok(write.put_setting(knowledge::GUARD_REFUSED, &refused)?)
    }

    /// Whether a guard signed in on the device that this station is now.
    fn is_by_this_device(&self, guard: &Guard) -> Result<bool, StationError> {
        let known = self.knowledge()?;
        let device = known.enrolment.as_ref().map(|enrolment| enrolment.device);
        Ok(guard.device.is_none() || guard.device == device)
    }

    /// Keeps what the server's answer to a guard's call means for the calls that follow. A scan goes on offline where
    /// the server refuses the guard, and somebody must learn why.
    pub(super) fn note_outcome<T>(
        &self,
        guard: &Guard,
        outcome: Result<T, ClientError>,
    ) -> Result<Result<T, ClientError>, StationError> {
        let refused = match &outcome {
            Ok(_) => None,
            Err(error @ ClientError::Refused { status: 401, ours: true, code, .. })
                if error.is_device_revoked() =>
            {
                if !self.is_by_this_device(guard)? {
                    // The session is of what this station was before it was enrolled anew.
                    Some(SESSION_ENDED.to_owned())
                } else {
                    self.note_revoked()?;
                    Some(code.clone())
                }
            }
            Err(ClientError::Refused { status: 401, ours: true, .. }) => Some(SESSION_ENDED.to_owned()),
            Err(ClientError::Refused { status: 403, ours: true, code, .. }) => Some(code.clone()),
            // Says nothing about the guard.
            Err(_) => return Ok(outcome),
        };
        let mut access = self.store.access();
        let write = access.write()?;
        if refusal(&write, guard)? == refused {
            return Ok(outcome);
        }
        match refused {
            Some(code) => {
                write.put_setting(knowledge::GUARD_REFUSED, &Refusal { token: guard.token.clone(), code })?;
            }
            None => write.delete_setting(knowledge::GUARD_REFUSED)?,
        }
        write.commit()?;
        Ok(outcome)
    }
}
