//! Where the station finds its server: what an enrolment code would do here, and the way to another address of the same
//! organisation, which changes nothing else. The journal goes on, and what waits is sent there.

use serde::Serialize;

use super::{Enrolled, GuardStation, Knowledge, knowledge, knowledge::Enrolment};
use crate::{
    address::Address,
    device::StationError,
    envelope::PublicKey,
    id::OrgCode,
    keys::KeysError,
    network::{Client, Line},
    time::UnixSeconds,
    wire::{EnrolmentCode, OrganisationAnswer},
};

/// What an enrolment code would do on this station. For the guard to look at before it is used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct EnrolmentOffer {
    /// The organisation's name, as its server says.
    pub organisation: String,
    /// Its code.
    pub org: OrgCode,
    /// Scheme, host and port of the server.
    pub server: String,
    /// Whether others can read along and answer in its place: no HTTPS.
    pub open_to_others: bool,
    /// What would change.
    pub does: EnrolmentEffect,
}

/// What enrolment changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum EnrolmentEffect {
    /// The station becomes the organisation's.
    Enrols,
    /// It goes on as a new device of the same organisation, and takes along what waits.
    EnrolsAnew,
    /// It finds the same organisation's server at another address from now on.
    Moves {
        /// Where it was.
        from: String,
    },
    /// It leaves another organisation.
    Changes {
        /// Which.
        from: String,
    },
    /// Nothing: it is enrolled there already, or with another organisation that it has not to leave.
    Nothing,
}

impl GuardStation {
    /// Looks at an enrolment code: asks the server that it names who it is. Changes nothing, and tells the server
    /// nothing of this station.
    ///
    /// # Errors
    /// A text that is no enrolment code; a server that cannot be reached or is not the one in the code.
    pub fn look_at_code(&self, code: &str, deadline_ms: u32) -> Result<EnrolmentOffer, StationError> {
        self.wait(|line| self.look_at_code_through(line, code, deadline_ms))
    }

    /// As [`Self::look_at_code`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::look_at_code`].
    pub async fn look_at_code_through(
        &self,
        line: Line,
        code: &str,
        deadline_ms: u32,
    ) -> Result<EnrolmentOffer, StationError> {
        let known = self.knowledge()?;
        let must = self.store.access().write()?.setting::<bool>(knowledge::MUST_ENROL_ANEW)? == Some(true);
        let code = EnrolmentCode::parse(code).ok_or(StationError::EnrolmentCode)?;
        let address = Address::parse(&code.url).ok_or(StationError::EnrolmentCode)?;
        let answer = Self::organisation_at(&line, &address, &code.org, deadline_ms).await?;
        if PublicKey::new(answer.keys.root).digest() != code.root {
            return Err(StationError::WrongServer);
        }
        let does = match known.enrolment.as_deref() {
            None => EnrolmentEffect::Enrols,
            Some(former) if must && Self::goes_elsewhere(&known, &code) => {
                EnrolmentEffect::Changes { from: former.organisation.clone() }
            }
            Some(_) if must => EnrolmentEffect::EnrolsAnew,
            Some(former) if moves(&known, former, &code, &address) => {
                EnrolmentEffect::Moves { from: former.url.clone() }
            }
            Some(_) => EnrolmentEffect::Nothing,
        };
        Ok(EnrolmentOffer {
            organisation: answer.name,
            org: code.org,
            server: address.as_str().to_owned(),
            open_to_others: address.is_open_to_others(),
            does,
        })
    }

    /// Follows an enrolment code of the same organisation to another address of its server, which must prove by its
    /// keys that it is there: anyone can print a code.
    pub(super) async fn follow(
        &self,
        line: &Line,
        known: &Knowledge,
        former: &Enrolment,
        code: &EnrolmentCode,
        deadline_ms: u32,
    ) -> Result<Enrolled, StationError> {
        let address = Address::parse(&code.url).ok_or(StationError::EnrolmentCode)?;
        if !moves(known, former, code, &address) {
            return Err(StationError::AlreadyEnrolled);
        }
        let asked = self.time.read()?;
        let answer = Self::organisation_at(line, &address, &code.org, deadline_ms).await?;
        self.take_keys(&answer.keys, &asked).map_err(|error| match error {
            StationError::Keys(KeysError::WrongRoot | KeysError::WrongOrg) => StationError::WrongServer,
            error => error,
        })?;
        let keys = self.knowledge()?.keys()?;
        if !answer.proves(&address, &keys, self.at_least(known)?) {
            return Err(StationError::AddressUnproven { address: address.as_str().to_owned() });
        }
        {
            let mut access = self.store.access();
            let write = access.write()?;
            let former: Enrolment = write.setting(knowledge::ENROLMENT)?.ok_or(StationError::NotEnrolled)?;
            let (url, organisation) = (address.as_str().to_owned(), answer.name.clone());
            write.put_setting(knowledge::ENROLMENT, &Enrolment { url, organisation, ..former })?;
            write.delete_setting(knowledge::BACKOFF)?;
            write.commit()?;
        }
        self.forget_known();
        self.anchor(answer.server_time)?;
        let moved_from = Some(former.url.clone());
        Ok(Enrolled { organisation: answer.name, device: former.device, moved_from })
    }

    /// The organisation as the server at an address shows it to everyone.
    async fn organisation_at(
        line: &Line,
        address: &Address,
        org: &OrgCode,
        deadline_ms: u32,
    ) -> Result<OrganisationAnswer, StationError> {
        let client = Client::new(line, address.as_str());
        Ok(client.get(&OrganisationAnswer::path(org, address), line.in_ms(deadline_ms)).await?)
    }

    /// The time that it is at least: the server's, or else what is known to have passed.
    fn at_least(&self, known: &Knowledge) -> Result<UnixSeconds, StationError> {
        let moment = self.moment(known)?;
        let trusted = moment.now.trusted();
        Ok(trusted.unwrap_or_else(|| known.time.earliest(&moment.reading)).to_seconds())
    }
}

/// Whether a code leads to the same organisation at another address.
fn moves(known: &Knowledge, former: &Enrolment, code: &EnrolmentCode, address: &Address) -> bool {
    let same_place = Address::parse(&former.url).is_some_and(|before| before == *address);
    !same_place && !GuardStation::goes_elsewhere(known, code)
}
