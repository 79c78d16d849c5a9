//! Joining an organisation, signing in and out.

use serde::Serialize;

use super::{
    MemberWallet, WalletError,
    state::{self, Account, RequestedCode, Server, WalletState},
};
use crate::{
    address::Address,
    device::store::{StoreError, Write},
    envelope::PublicKey,
    fold,
    id::{OrgCode, PersonId},
    keys::KeySet,
    network::{Client, Line},
    time::{ClockReading, TimeKeeper, Word},
    wire::{CodeRequest, MemberCode, OrganisationAnswer, SignInAnswer, SignInRequest, path},
};

/// The phone knows an organisation now.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Joined {
    /// The organisation's name.
    pub organisation: String,
    /// Its code.
    pub org: OrgCode,
    /// The server's address.
    pub server: String,
}

/// A one-time code is on its way, if the address is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct CodeSent {
    /// Seconds until another may be asked for.
    pub resend_in_s: u64,
    /// Seconds for which it is good.
    pub good_for_s: u64,
}

/// A member is signed in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MemberSignedIn {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The role: `owner`, `admin`, `guard` or `member`.
    pub role: String,
}

/// The member is signed out of this phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct SignedOut {
    /// Whether the server knows; else its session ends by itself later, and nothing here can use it.
    pub server_told: bool,
}

/// As the server has it (M1): it sends no other within 30 s, and answers before it sends one. Seconds.
const RESEND_S: u64 = 32;
const GOOD_FOR_S: u64 = 600;

impl MemberWallet {
    /// Learns server and organisation from the code that the organisation shows (`GHM1:`), and pins its root. Nothing
    /// is sent to a server whose root is another one. A phone where nobody is signed in may join another organisation;
    /// one where somebody is follows its own organisation to another address.
    ///
    /// # Errors
    /// A text that is no such code, somebody signed in elsewhere, a server that cannot be reached or is not the one in
    /// the code.
    pub fn join(&self, code: String, deadline_ms: u32) -> Result<Joined, WalletError> {
        self.wait(|line| self.join_through(line, code, deadline_ms))
    }

    /// As [`Self::join`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::join`].
    pub async fn join_through(
        &self,
        line: Line,
        code: String,
        deadline_ms: u32,
    ) -> Result<Joined, WalletError> {
        let code = MemberCode::parse(&code).ok_or(WalletError::MemberCode)?;
        let state = self.state()?;
        let same =
            state.server.as_ref().is_some_and(|server| server.org == code.org && server.url == code.url);
        let address = Address::parse(&code.url).ok_or(WalletError::MemberCode)?;
        let moves = !same
            && state.account.is_some()
            && state.server.as_ref().is_some_and(|server| server.org == code.org && server.pin == code.root);
        if state.account.is_some() && !same && !moves {
            return Err(WalletError::AlreadySignedIn);
        }
        let path = OrganisationAnswer::path(&code.org, &address);
        let asked = self.time.read()?;
        let answer: OrganisationAnswer =
            Client::new(&line, &code.url).get(&path, line.in_ms(deadline_ms)).await?;
        let joined =
            Joined { organisation: answer.name.clone(), org: code.org.clone(), server: code.url.clone() };
        // Who is signed in keeps the pin, which may have moved on to a root that came after the code's.
        if moves {
            self.follow(&address, &answer, &asked)?;
        } else if same && state.account.is_some() {
            self.take_keys(&answer.keys, &asked)?;
        } else {
            let root = PublicKey::new(answer.keys.root);
            if root.digest() != code.root {
                return Err(WalletError::WrongServer);
            }
            let (keys, pin) = KeySet::succeed(None, code.root, &answer.keys.keys, &root)?;
            if keys.org != code.org {
                return Err(WalletError::WrongServer);
            }
            let (url, organisation, former) = (code.url, answer.name, state.server);
            let server = Server { url, org: code.org, organisation, pin, root: answer.keys.root };
            let mut access = self.store.access();
            let write = access.write()?;
            let before: WalletState = write.setting(state::STATE)?.unwrap_or_default();
            let known = former.filter(|_| same).and_then(|former| {
                let bytes = write.setting_bytes(state::KEYS).ok().flatten()?;
                KeySet::open(&bytes, &PublicKey::new(former.root)).ok()
            });
            // Another organisation's server never said what the former one's did, and its clock may have been wrong.
            let mut keeper: TimeKeeper =
                if same { write.setting(state::TIME)? } else { None }.unwrap_or_default();
            let is_later =
                known.is_some_and(|state| keys.version > state.version && keys.issued_at < state.issued_at);
            let _ = keeper.heed(Word { issued_at: keys.issued_at, is_later }, &asked, &self.time.read()?);
            write.put_setting(state::TIME, &keeper)?;
            let fresh = if same {
                WalletState { server: Some(server), ..before }
            } else {
                forget_lists(&write)?;
                WalletState { server: Some(server), epoch: before.epoch + 1, ..WalletState::default() }
            };
            write.put_setting(state::STATE, &fresh)?;
            write.put_setting_bytes(state::KEYS, &answer.keys.keys)?;
            write.commit()?;
        }
        self.anchor(answer.server_time)?;
        Ok(joined)
    }

    /// Goes by another address of the same organisation from now on. Its server must prove by its keys that it is there
    /// before it is told who asks: anyone can print a code.
    fn follow(
        &self,
        address: &Address,
        answer: &OrganisationAnswer,
        asked: &ClockReading,
    ) -> Result<(), WalletError> {
        let keys = self.take_keys(&answer.keys, asked)?;
        let (reading, now) = (self.time.read()?, self.now()?);
        let keeper: TimeKeeper = self.store.access().write()?.setting(state::TIME)?.unwrap_or_default();
        let at_least = now.trusted().unwrap_or_else(|| keeper.earliest(&reading)).to_seconds();
        if !answer.proves(address, &keys, at_least) {
            return Err(WalletError::AddressUnproven { address: address.as_str().to_owned() });
        }
        self.change(|state| {
            let server = state.server.as_mut().ok_or(WalletError::NotJoined)?;
            (server.url, server.organisation) = (address.as_str().to_owned(), answer.name.clone());
            Ok(())
        })
    }

    /// Has a one-time code sent to the member.
    ///
    /// # Errors
    /// Another one within half a minute; a server that cannot be reached or refuses.
    pub fn request_code(&self, email: String, deadline_ms: u32) -> Result<CodeSent, WalletError> {
        self.wait(|line| self.request_code_through(line, email, deadline_ms))
    }

    /// As [`Self::request_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::request_code`].
    pub async fn request_code_through(
        &self,
        line: Line,
        email: String,
        deadline_ms: u32,
    ) -> Result<CodeSent, WalletError> {
        let state = self.state()?;
        let (server, reading) = (state.server()?, self.time.read()?);
        let email = email.trim().to_owned();
        let last = state
            .code_request
            .as_ref()
            .filter(|asked| asked.email == email && asked.boot_id == reading.boot_id);
        let since = last.and_then(|asked| reading.monotonic_ms.checked_sub(asked.monotonic_ms));
        if let Some(wait_ms) =
            since.and_then(|since| (RESEND_S * 1000).checked_sub(since)).filter(|wait| *wait > 0)
        {
            return Err(WalletError::ResendTooSoon { wait_s: wait_ms.div_ceil(1000) });
        }
        let request = CodeRequest { email: email.clone() };
        let client = Client::new(&line, &server.url);
        let _: serde_json::Value = client.post(path::CODE, &request, line.in_ms(deadline_ms)).await?;
        // The answer may have taken its time, and the server counts from when it was asked.
        let reading = self.time.read()?;
        let asked = RequestedCode { email, monotonic_ms: reading.monotonic_ms, boot_id: reading.boot_id };
        self.change(|state| {
            state.code_request = Some(asked);
            Ok(())
        })?;
        Ok(CodeSent { resend_in_s: RESEND_S, good_for_s: GOOD_FOR_S })
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
        self.wait(|line| self.sign_in_through(line, email, code, deadline_ms))
    }

    /// As [`Self::sign_in`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub async fn sign_in_through(
        &self,
        line: Line,
        email: String,
        code: String,
        deadline_ms: u32,
    ) -> Result<MemberSignedIn, WalletError> {
        let state = self.state()?;
        let server = state.server()?;
        let email = email.trim().to_owned();
        if state.account.as_ref().is_some_and(|account| account.email != email) {
            return Err(WalletError::AlreadySignedIn);
        }
        let request =
            SignInRequest { email: email.clone(), code: fold::code(&code), org: Some(server.org.clone()) };
        let answer: SignInAnswer =
            Client::new(&line, &server.url).post(path::SIGN_IN, &request, line.in_ms(deadline_ms)).await?;
        let signed_in =
            MemberSignedIn { person: answer.person, name: answer.name.clone(), role: answer.role.clone() };
        let account = Account {
            person: answer.person,
            name: answer.name,
            email,
            role: answer.role,
            token: answer.token,
        };
        // The key of whoever had this phone before.
        if state.key_remains || state.last_person.is_some_and(|person| person != account.person) {
            self.forget_key(&line).await?;
        }
        self.take_account(state.epoch, account)?;
        self.forget_minted();
        self.anchor(answer.server_time)?;
        Ok(signed_in)
    }

    /// Signs the member out: forgets token, codes, key and lists, whether or not the server can be told.
    ///
    /// # Errors
    /// A store or signer that fails.
    pub fn sign_out(&self, deadline_ms: u32) -> Result<SignedOut, WalletError> {
        self.wait(|line| self.sign_out_through(line, deadline_ms))
    }

    /// As [`Self::sign_out`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::sign_out`].
    pub async fn sign_out_through(&self, line: Line, deadline_ms: u32) -> Result<SignedOut, WalletError> {
        let state = self.state()?;
        self.erase()?;
        self.forget_minted();
        let mut forgotten = self.forget_key(&line).await;
        if forgotten.is_ok() {
            forgotten = self.change(|state| {
                state.key_remains = false;
                Ok(())
            });
        }
        let server_told = match (state.server, state.account) {
            (Some(server), Some(account)) => {
                let client = Client::new(&line, &server.url).with_bearer(&account.token);
                let deadline = line.in_ms(deadline_ms);
                let mut told = true;
                // This is the last chance for an invalidation that the server has not heard of.
                for path in
                    state.invalidation.map(|_| path::INVALIDATE_ID).into_iter().chain([path::SIGN_OUT])
                {
                    told &= client.post::<serde_json::Value>(path, &(), deadline).await.is_ok();
                }
                told
            }
            _ => true,
        };
        forgotten?;
        Ok(SignedOut { server_told })
    }

    /// After the server ended the session: nothing that it gave may be shown any more.
    pub(super) fn end_session(&self, epoch: u64) -> Result<(), WalletError> {
        self.forget_minted();
        self.change(|state| {
            // A sign-in that came meanwhile stays.
            if state.epoch == epoch {
                state.account = None;
                state.forget_codes();
            }
            Ok(())
        })
    }

    /// Keeps the account that an answer brought, unless somebody joined, signed in or out meanwhile.
    fn take_account(&self, epoch: u64, account: Account) -> Result<(), WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let mut state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        if state.epoch != epoch {
            return Err(WalletError::AlreadySignedIn);
        }
        // After the server ended a session its owner finds everything again, and nobody else does. A wish to
        // invalidate, too, concerns one person only.
        if state.last_person.is_some_and(|person| person != account.person) {
            forget_lists(&write)?;
            (state.invalidation, state.superseded_before) = (None, None);
        }
        state.forget_codes();
        (state.code_request, state.last_person, state.key_remains) = (None, Some(account.person), false);
        state.account = Some(account);
        write.put_setting(state::STATE, &state)?;
        Ok(write.commit()?)
    }

    fn erase(&self) -> Result<(), WalletError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let state: WalletState = write.setting(state::STATE)?.unwrap_or_default();
        let (server, epoch) = (state.server, state.epoch + 1);
        let left = WalletState { server, epoch, key_remains: true, ..WalletState::default() };
        write.put_setting(state::STATE, &left)?;
        forget_lists(&write)?;
        Ok(write.commit()?)
    }
}

fn forget_lists(write: &Write<'_>) -> Result<(), StoreError> {
    [state::RECENT, state::INVITATIONS, state::MESSAGES, state::WISHES]
        .into_iter()
        .try_for_each(|list| write.delete_setting(list))
}
