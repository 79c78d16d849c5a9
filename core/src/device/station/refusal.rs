use serde::{Deserialize, Serialize};

use super::{DEVICE_REVOKED, GuardStation, knowledge, knowledge::Guard};
use crate::device::{ClientError, StationError, store::Write};

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
    /// Keeps what the server's answer to a guard's call means for the calls that follow. A scan goes on offline where
    /// the server refuses the guard, and somebody must learn why.
    pub(super) fn heard<T>(
        &self,
        guard: &Guard,
        outcome: Result<T, ClientError>,
    ) -> Result<Result<T, ClientError>, StationError> {
        let refused = match &outcome {
            Ok(_) => None,
            Err(ClientError::Refused { status: 401, ours: true, code, .. }) if code != DEVICE_REVOKED => {
                Some(SESSION_ENDED.to_owned())
            }
            Err(ClientError::Refused { status: 401 | 403, ours: true, code, .. }) => Some(code.clone()),
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
