//! One-time codes: asked for, tried, and counted where they were wrong.

use gatehouse_core::{
    fold,
    id::{DeviceId, OrgCode},
    role::Role,
    time::{Span, UnixMillis},
    wire::{SignInAnswer, SignInRequest},
};
use subtle::ConstantTimeEq;

use super::{BROWSER_LIFE_MS, BrowserSession, Fresh, RESEND_MS, SignedIn, budget::TRIES, failure, tied_to};
use crate::{
    secrets::random_text,
    service::{Scope, Service, ServiceError, people},
    store::{
        OrgId, Store, Tx, account,
        one_time_code::{self, Account, CodeRow},
        organisation, person,
        session::SessionKind,
    },
};

/// How long a one-time code is good for. Milliseconds.
const CODE_LIFE_MS: u64 = 10 * 60_000;
/// Wrong tries that a code bears.
const MOST_TRIES: u32 = 5;
/// Digits of a code, and of one that opens more than a gate.
const DIGITS: usize = 6;
const ADMIN_DIGITS: usize = 8;

/// Digits that somebody typed and that can be a one-time code. Whose it could be plays no part.
#[derive(Debug, Clone)]
pub struct TypedCode(String);

impl TypedCode {
    /// Folds what was typed.
    ///
    /// # Errors
    /// What cannot be a code: it must be counted as no try.
    pub fn new(typed: &str) -> Result<Self, ServiceError> {
        let digits = fold::digits(typed).filter(|digits| [DIGITS, ADMIN_DIGITS].contains(&digits.len()));
        digits.map(Self).ok_or(ServiceError::Invalid {
            field: "code",
            code: "code_malformed",
            message: "a one-time code has 6 digits, or 8 where the account is an admin's",
        })
    }
}

/// For whom a code is asked or tried, and where they would be signed in.
struct For {
    account: Account,
    /// Nobody, where the address is unknown or may not sign in: everything is done all the same, and leads nowhere.
    member: Option<(OrgId, gatehouse_core::id::PersonId, Role)>,
    /// Whether the person is an admin anywhere, so that the code is longer.
    is_admin: bool,
}

impl For {
    fn look_up(
        tx: &Tx<'_>,
        store: &Store,
        email: &str,
        only: Option<Option<OrgId>>,
    ) -> Result<Self, ServiceError> {
        let stray = Account::stray(store.master().address_mac(email));
        let Some(identity) = account::find(tx, email)? else {
            // What is read for an address that somebody has is read for this one, too.
            let _ = (account::memberships(tx, i64::MIN)?, person::find_nobody(tx)?);
            return Ok(Self { account: stray, member: None, is_admin: false });
        };
        let (mut member, mut is_admin) = (None, false);
        for (org, id, role) in account::memberships(tx, identity)? {
            if !person::get(tx, org, id)?.is_some_and(|person| person.is_active()) {
                continue;
            }
            is_admin |= role >= Role::Admin;
            if member.is_none() && only.is_none_or(|only| only == Some(org)) {
                member = Some((org, id, role));
            }
        }
        let account = if member.is_some() { Account::of(identity) } else { stray };
        Ok(Self { account, member, is_admin })
    }
}

/// What came of a try. A wrong one must be committed, so it is no error.
enum Tried {
    In(SignedIn),
    Wrong,
    Wait(u64),
}

impl Service {
    /// Makes a one-time code for an address. Nothing where it signs nobody in, after the same work, or where one was
    /// made less than 30 s ago. Callers must not let the difference show.
    pub fn request_code(&self, typed: &str) -> Result<Option<String>, ServiceError> {
        self.request_code_on(typed, None)
    }

    /// As [`Self::request_code`], asked for on an enrolled device: the code is that device's, and asking elsewhere
    /// replaces it as little as guessing elsewhere uses its tries up.
    pub fn request_code_on(
        &self,
        typed: &str,
        device: Option<&Scope>,
    ) -> Result<Option<String>, ServiceError> {
        let Ok(email) = people::email(typed) else { return Ok(None) };
        let code = random_text(b"0123456789", ADMIN_DIGITS)?;
        let (now, store, tied) = (self.now(), self.store.clone(), tied_to(device));
        self.store.write(move |tx| {
            let asked = For::look_up(tx, &store, &email, tied.map(|(org, _)| Some(org)))?;
            let asker = tied.map(|(_, device)| device);
            let last = one_time_code::get(tx, asked.account, asker)?;
            if last.is_some_and(|last| Span::new(last.sent_at, RESEND_MS).counts(now)) {
                return Ok(None);
            }
            let length = if asked.is_admin { ADMIN_DIGITS } else { DIGITS };
            let code: String = code.chars().take(length).collect();
            let mac = store.master().code_mac(asked.account.number(), &code);
            let row = CodeRow { mac, tries: 0, sent_at: now, expires_at: now.plus(CODE_LIFE_MS) };
            one_time_code::set(tx, asked.account, asker, &row)?;
            Ok(asked.member.map(|_| code))
        })
    }

    /// Signs someone in on a phone or station. With the device, the session is tied to it and to its organisation, and
    /// good for work at a gate; else the organisation that the request names counts, and the session is a member's.
    ///
    /// # Errors
    /// [`ServiceError::CodeInvalid`], for an unknown address too; [`ServiceError::TooManyTries`];
    /// [`ServiceError::NotAGuard`] for a member on a station.
    pub fn sign_in(
        &self,
        request: &SignInRequest,
        device: Option<&Scope>,
    ) -> Result<SignInAnswer, ServiceError> {
        let (code, wanted) = (TypedCode::new(&request.code)?, request.org.as_ref());
        let (token, signed_in) =
            self.try_code(&request.email, code, tied_to(device), wanted, SessionKind::Guard)?;
        Ok(SignInAnswer {
            token,
            person: signed_in.person,
            name: signed_in.name,
            role: signed_in.role.word().to_owned(),
            server_time: self.now(),
        })
    }

    /// Signs someone in at the dashboard by a one-time code.
    ///
    /// # Errors
    /// As [`Self::sign_in`].
    pub fn sign_in_browser(&self, email: &str, code: &str) -> Result<BrowserSession, ServiceError> {
        let code = TypedCode::new(code)?;
        let (token, signed_in) = self.try_code(email, code, None, None, SessionKind::Browser)?;
        Ok(BrowserSession { token, seconds: BROWSER_LIFE_MS / 1000, signed_in })
    }

    fn try_code(
        &self,
        typed: &str,
        TypedCode(code): TypedCode,
        tied: Option<(OrgId, DeviceId)>,
        wanted: Option<&OrgCode>,
        kind: SessionKind,
    ) -> Result<(String, SignedIn), ServiceError> {
        let email = people::email(typed).map_err(|_| ServiceError::CodeInvalid)?;
        let (now, store, fresh, wanted) = (self.now(), self.store.clone(), Fresh::new()?, wanted.cloned());
        let (tried, fresh) = self.store.write(move |tx| {
            let only = match (tied, &wanted) {
                (Some((org, _)), _) => Some(Some(org)),
                (None, Some(code)) => Some(organisation::by_code(tx, code)?.map(|found| found.id)),
                (None, None) => None,
            };
            let device = tied.map(|(_, device)| device);
            let tried = For::look_up(tx, &store, &email, only)?;
            // Read for everyone: the tries without a device bind a code that was asked for without one.
            let here = one_time_code::tries_forgotten_at(tx, tried.account, device)?;
            let elsewhere = one_time_code::tries_forgotten_at(tx, tried.account, None)?;
            if let Some(wait) = TRIES.wait_ms(here, now) {
                return Ok((Tried::Wait(wait), fresh));
            }
            let bears_more = TRIES.wait_ms(elsewhere, now).is_none();
            let right = is_right(tx, &store, tried.account, device, &code, bears_more, now)?;
            let Some((org, person, role)) = tried.member.filter(|_| right) else {
                one_time_code::count_try(tx, tried.account, device, TRIES.spent(here, now), now)?;
                let org = tried.member.map(|(org, _, _)| org).or(only.flatten());
                failure::note(tx, org, tried.member.map(|(_, id, _)| id), device, now)?;
                return Ok((Tried::Wrong, fresh));
            };
            if device.is_some() && role < Role::Guard {
                return Err(ServiceError::NotAGuard);
            }
            one_time_code::forget(tx, tried.account, device)?;
            let signed_in = fresh.begin(tx, (org, person), device, kind, now)?;
            Ok((signed_in.map_or(Tried::Wrong, Tried::In), fresh))
        })?;
        match tried {
            Tried::In(signed_in) => Ok((fresh.token, signed_in)),
            Tried::Wrong => Err(ServiceError::CodeInvalid),
            Tried::Wait(wait_ms) => Err(ServiceError::wait_ms(wait_ms)),
        }
    }
}

/// Whether a code is one that was sent to the account: on the device that asks, or without a device. The tries of an
/// account as a whole bind only those without a device, so that nobody is kept out of work by strangers.
fn is_right(
    tx: &Tx<'_>,
    store: &Store,
    account: Account,
    device: Option<DeviceId>,
    code: &str,
    bears_more: bool,
    now: UnixMillis,
) -> Result<bool, ServiceError> {
    let mac = store.master().code_mac(account.number(), code);
    let mut right = false;
    for asker in device.map(Some).into_iter().chain([None]) {
        let row = one_time_code::get(tx, account, asker)?;
        let row = row.filter(|row| row.life().counts(now) && row.tries < MOST_TRIES);
        let row = row.filter(|_| asker.is_some() || bears_more);
        right |= row.is_some_and(|row| bool::from(mac.ct_eq(&row.mac)));
    }
    Ok(right)
}
