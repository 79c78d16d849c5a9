//! Whose organisation a code is of, before the phone joins it.

use serde::Serialize;

use super::{MemberWallet, WalletError};
use crate::{
    address::Address,
    envelope::PublicKey,
    id::OrgCode,
    network::{Client, Line},
    wire::{MemberCode, OrganisationAnswer},
};

/// Whose organisation a code is of, before it is joined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct JoinOffer {
    /// The organisation's name.
    pub organisation: String,
    /// Its code.
    pub org: OrgCode,
    /// The server's address.
    pub server: String,
    /// Whether everyone on the way to it can read along.
    pub open_to_others: bool,
}

impl MemberWallet {
    /// Asks the server that a code names whose it is, so that the member can say whether that is right. Nothing is kept.
    ///
    /// # Errors
    /// A text that is no such code; a server that cannot be reached or is not the one in the code.
    pub fn look_at_code(&self, code: String, deadline_ms: u32) -> Result<JoinOffer, WalletError> {
        self.wait(|line| self.look_at_code_through(line, code, deadline_ms))
    }

    /// As [`Self::look_at_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::look_at_code`].
    pub async fn look_at_code_through(
        &self,
        line: Line,
        code: String,
        deadline_ms: u32,
    ) -> Result<JoinOffer, WalletError> {
        let code = MemberCode::parse(&code).ok_or(WalletError::MemberCode)?;
        let address = Address::parse(&code.url).ok_or(WalletError::MemberCode)?;
        let path = OrganisationAnswer::path(&code.org, &address);
        let answer: OrganisationAnswer =
            Client::new(&line, &code.url).get(&path, line.in_ms(deadline_ms)).await?;
        // Of whoever is signed in the root may have been succeeded since the code was printed: joining finds out.
        let signed_in = self.state()?.account.is_some();
        if !signed_in && PublicKey::new(answer.keys.root).digest() != code.root {
            return Err(WalletError::WrongServer);
        }
        Ok(JoinOffer {
            organisation: answer.name,
            org: code.org,
            server: address.as_str().to_owned(),
            open_to_others: address.is_open_to_others(),
        })
    }
}
