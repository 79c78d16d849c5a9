//! Signing in with a one-time code.

use serde::{Deserialize, Serialize};

use crate::{
    id::{OrgCode, PersonId},
    time::UnixMillis,
};

/// Someone asks for a one-time code. The answer is the same whether or not the address is known.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CodeRequest {
    /// The e-mail address.
    pub email: String,
}

/// Someone signs in with the code.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInRequest {
    /// The e-mail address.
    pub email: String,
    /// Six digits, or eight where the account is an admin's.
    pub code: String,
    /// Where to sign in; without it, where the role is highest. A device's own organisation comes before it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub org: Option<OrgCode>,
}

/// Signed in.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct SignInAnswer {
    /// The bearer token of the session.
    pub token: String,
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The role: `owner`, `admin`, `guard` or `member`.
    pub role: String,
    /// The server's time.
    pub server_time: UnixMillis,
}
