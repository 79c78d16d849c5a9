//! The words of messages to members.

use super::Id;
use crate::{message, messages::Severity};

/// How much a message matters.
#[must_use]
pub const fn severity(severity: Severity) -> Id {
    match severity {
        Severity::Information => message!("severity-information"),
        Severity::Notice => message!("severity-notice"),
        Severity::Critical => message!("severity-critical"),
    }
}
