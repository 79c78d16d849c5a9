//! The admin's side of the demo: the organisation, its people and invitations, through the server's own services.

use gatehouse_core::{
    device::GuardStation,
    gatepack::PhotoPolicy,
    id::{PersonId, SiteNumber, SubjectId},
    place::{Geofence, GeofenceRule},
    role::Role,
    time::UnixSeconds,
};

use super::{DemoError, PATIENCE_MS, cast};
use crate::{
    service::{Scope, Service, invitations::NewVisit, people::NewUser},
    store::site::NewSite,
};

/// Where the two sites lie: latitude and longitude in millionths of a degree.
const PLACES: [(i32, i32); 2] = [(52_379_189, 4_899_431), (52_400_850, 4_893_610)];

/// An organisation with sites and people.
pub struct Office {
    service: Service,
    scope: Scope,
    /// The sites, in the order of the cast.
    pub sites: Vec<SiteNumber>,
    members: Vec<PersonId>,
    admin: PersonId,
}

impl Office {
    /// Fills the organisation with everyone in the cast.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn found(service: Service) -> Result<Self, DemoError> {
        let org = service.organisations()?.into_iter().next().ok_or(DemoError::Script("organisation"))?;
        let scope = Scope::local(org.id);
        let sites = cast::SITES.into_iter().zip(PLACES).map(|(name, (latitude_e6, longitude_e6))| {
            // A laptop does not know where it is, so the demo's sites do not ask.
            let fence = Geofence {
                latitude_e6,
                longitude_e6,
                radius_m: 150,
                buffer_m: Geofence::DEFAULT_BUFFER_M,
                rule: GeofenceRule::Ignore,
            };
            let (name, time_zone) = (name.to_owned(), cast::TIME_ZONE.to_owned());
            service.add_site(
                &scope,
                &NewSite {
                    name,
                    time_zone,
                    geofence: Some(fence),
                    arrival_photo: PhotoPolicy::Required,
                    walk_up_photo: PhotoPolicy::Optional,
                    show_face: false,
                },
            )
        });
        let sites = sites.collect::<Result<Vec<_>, _>>()?;
        let add = |(name, email): (&str, &str), role| {
            let (name, email) = (Some(name.to_owned()), email.to_owned());
            service.add_user(&scope, &NewUser { email, role, name })
        };
        let admin = add(cast::ADMIN, Role::Owner)?.id;
        for (guard, site) in cast::GUARDS.into_iter().zip(&sites) {
            service.assign(&scope, add(guard, Role::Guard)?.id, &[*site])?;
        }
        let mut members = Vec::new();
        for (index, (name, numbers)) in cast::MEMBERS.into_iter().enumerate() {
            let member = add((name, &cast::member_email(index)), Role::Member)?.id;
            let assigned: Vec<_> =
                numbers.iter().filter_map(|number| SiteNumber::new((*number).into())).collect();
            service.assign(&scope, member, &assigned)?;
            members.push(member);
        }
        Ok(Self { service, scope, sites, members, admin })
    }

    /// The same organisation on a server that was started anew.
    #[must_use]
    pub fn moved_to(self, service: Service) -> Self {
        Self { service, ..self }
    }

    /// Invites those who are expected later today.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn expect_visitors(&self) -> Result<(), DemoError> {
        for (name, host) in cast::EXPECTED {
            self.invite(name, host, self.sites.first().copied(), 10)?;
        }
        Ok(())
    }

    /// Enrols a station, signs the first guard in and starts the shift.
    ///
    /// # Errors
    /// A server or station that refuses.
    pub fn put_to_work(&self, station: &GuardStation, url: &str) -> Result<(), DemoError> {
        let [(_, email), _] = cast::GUARDS;
        station.enrol(self.enrolment_code(url)?, Some("Gate laptop".to_owned()), PATIENCE_MS)?;
        station.sync_once(PATIENCE_MS)?;
        station.sign_in(email.to_owned(), self.one_time_code(email)?, PATIENCE_MS)?;
        let site = self.sites.first().copied().ok_or(DemoError::Script("site"))?;
        station.start_shift(site, None, PATIENCE_MS)?;
        Ok(())
    }

    /// The text of an enrolment code for a server at `url`.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn enrolment_code(&self, url: &str) -> Result<String, DemoError> {
        Ok(self.service.enrolment_code(&self.scope, None, url)?.0.to_text())
    }

    /// The text of the code by which members' phones find a server at `url`.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn join_code(&self, url: &str) -> Result<String, DemoError> {
        Ok(self.service.member_code(&self.scope, url)?.to_text())
    }

    /// The one-time code that would be sent to a guard.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn one_time_code(&self, email: &str) -> Result<String, DemoError> {
        self.service.request_code(email)?.ok_or(DemoError::Script("one-time code"))
    }

    /// A fresh access ID of a member of the cast.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn member_code(&self, index: usize) -> Result<String, DemoError> {
        Ok(self.service.member_pass(&self.scope, self.member(index)?)?.code)
    }

    /// Invalidates every code of a member.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn invalidate(&self, index: usize) -> Result<(), DemoError> {
        self.service.invalidate(&self.scope, self.member(index)?)?;
        Ok(())
    }

    /// Revokes a member.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn revoke(&self, index: usize) -> Result<(), DemoError> {
        self.service.revoke(&self.scope, self.member(index)?)?;
        Ok(())
    }

    /// Invites a visitor for the next `hours`; `host` is a member of the cast. Gives the invitation and its code.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn invite(
        &self,
        name: &str,
        host: usize,
        site: Option<SiteNumber>,
        hours: u64,
    ) -> Result<(SubjectId, String), DemoError> {
        let now = self.service.now().to_seconds();
        let visit = NewVisit {
            name: name.to_owned(),
            email: None,
            host: Some(self.member(host)?),
            sites: site.map(|site| vec![site]),
            from: UnixSeconds::minus(now, 60),
            until: now.plus(hours * 3600),
            max_uses: Some(1),
            note: String::new(),
        };
        let answer = self.service.invite(&self.scope, &visit)?;
        Ok((answer.id, answer.code))
    }

    /// Cancels an invitation.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn cancel(&self, id: SubjectId) -> Result<(), DemoError> {
        self.service.cancel_invitation(&self.scope, id)?;
        Ok(())
    }

    /// A bearer token of the admin's.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn admin_token(&self) -> Result<String, DemoError> {
        Ok(self.service.api_token(&self.scope, self.admin)?)
    }

    /// The token of a link that signs the admin in, once.
    ///
    /// # Errors
    /// A server that refuses.
    pub fn sign_in_token(&self) -> Result<String, DemoError> {
        Ok(self.service.sign_in_link(&self.scope, self.admin)?)
    }

    fn member(&self, index: usize) -> Result<PersonId, DemoError> {
        self.members.get(index).copied().ok_or(DemoError::Script("such member"))
    }
}
