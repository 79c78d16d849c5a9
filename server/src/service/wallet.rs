//! What a member's phone asks besides its codes: the organisation, invalidation, and where the codes were used.

use gatehouse_core::{
    address::{Address, AddressNotice},
    id::{Digest32, OrgCode},
    keys::KeyPurpose,
    role::Role,
    wire::{InvalidateIdAnswer, MemberCode, MyEntries, MyEntry, OrganisationAnswer, StandingAnswer},
};
use serde_json::json;

use super::{Scope, Service, ServiceError, audit, enrol::address, people};
use crate::store::{
    activity::{self, EventKind, Filter, Kind},
    organisation, person, setting,
};

/// Entries that a member sees.
const SHOWN: u32 = 50;

impl Service {
    /// What an organisation shows to its members, so that their phones find and trust this server.
    ///
    /// # Errors
    /// Not an admin's scope; an address that is none.
    pub fn member_code(&self, scope: &Scope, url: &str) -> Result<MemberCode, ServiceError> {
        scope.require(Role::Admin)?;
        let ring = self.keyring(scope.org)?;
        let url = address(url)?.as_str().to_owned();
        let told = url.clone();
        self.store.write(move |tx| setting::add_address(tx, &told).map_err(ServiceError::from))?;
        Ok(MemberCode { url, org: ring.org.clone(), root: ring.root.digest() })
    }

    /// An organisation as everyone may see it: phones hold its keys against what they pin before anyone signs in.
    /// `found_at` is the address that somebody found the server at; the answer confirms only what an admin told phones.
    ///
    /// # Errors
    /// [`ServiceError::NotFound`].
    pub fn organisation_answer(
        &self,
        code: &OrgCode,
        found_at: Option<&Address>,
    ) -> Result<OrganisationAnswer, ServiceError> {
        let found = self.store.read(|db| organisation::by_code(db, code))?;
        let found = found.ok_or(ServiceError::NotFound("organisation"))?;
        let (ring, now) = (self.keyring(found.id)?, self.now());
        let own = match found_at {
            Some(address) => self.store.read(|db| setting::is_address(db, address.as_str()))?,
            None => false,
        };
        let notice = match found_at.filter(|_| own) {
            Some(address) => {
                let (org, url, issued_at) = (ring.org.clone(), address.as_str().to_owned(), now.to_seconds());
                let signer = ring.signer(KeyPurpose::Packs, issued_at)?;
                Some(AddressNotice { org, url, issued_at }.sign(signer))
            }
            None => None,
        };
        Ok(OrganisationAnswer { name: found.name, keys: ring.answer(now), address: notice, server_time: now })
    }

    /// Lets every code and certificate of the person who asks fail that was issued up to now. Fresh ones come from the
    /// next second on.
    ///
    /// # Errors
    /// Not a person's scope.
    pub fn invalidate_own(&self, scope: &Scope) -> Result<InvalidateIdAnswer, ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let (scope, service) = (*scope, self.clone());
        self.store.write(move |tx| {
            // Read in the writer's order: every code signed before this one is of this second or an earlier one.
            let now = service.time_in_writer();
            let time = people::supersede(tx, scope.org, person, now)?;
            let detail = json!({ "before": time, "own": true });
            audit::note(tx, &scope, "user.invalidate", &person.to_string(), &detail, now)?;
            Ok(InvalidateIdAnswer { superseded_before: time, server_time: now })
        })
    }

    /// How the codes of the person who asks stand.
    ///
    /// # Errors
    /// Not a person's scope; somebody who may have no code.
    pub fn standing(&self, scope: &Scope) -> Result<StandingAnswer, ServiceError> {
        let id = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let found = self.store.read(|db| person::get(db, scope.org, id))?;
        let found = found.filter(|found| found.role.is_some() && found.is_active());
        let superseded_before = found.ok_or(ServiceError::Forbidden)?.superseded_before;
        Ok(StandingAnswer { superseded_before, server_time: self.now() })
    }

    /// Where the codes of the person who asks were used, newest first; nothing where that is what `since` names.
    ///
    /// # Errors
    /// Not a person's scope.
    pub fn my_entries(&self, scope: &Scope, since: Option<&str>) -> Result<MyEntries, ServiceError> {
        let person = scope.person_id().ok_or(ServiceError::Forbidden)?;
        let filter =
            Filter { subject: Some(person.into()), kind: Some(EventKind::Member), ..Filter::default() };
        let rows = self.store.read_page(|db| activity::page(db, scope.org, &filter, None, SHOWN))?;
        let entries: Vec<_> = rows
            .into_iter()
            .map(|row| MyEntry {
                event: row.id,
                site: row.site,
                site_name: row.site_name,
                at: row.listed_at,
                offline_code: row.kind == Kind::Device,
                verdict: row.verdict,
                granted: row.granted,
            })
            .collect();
        let list = serde_json::to_vec(&entries).map_err(|error| ServiceError::Core(error.to_string()))?;
        // Not a place in the list but its whole state: a decision changes an entry that was there before.
        let cursor = gatehouse_core::hex::encode(&Digest32::of(&list).prefix::<8>());
        let entries = (since != Some(cursor.as_str())).then_some(entries);
        let found = self.store.read(|db| person::get(db, scope.org, person))?;
        let superseded_before = found.and_then(|found| found.superseded_before);
        Ok(MyEntries { cursor, entries, superseded_before, server_time: self.now() })
    }
}
