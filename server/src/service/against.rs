//! What stands against a member or an invitation, and since when: for scans as they are made, and for grants that are
//! judged again.

use gatehouse_core::{
    decision::{Bar, Stood},
    id::{PersonId, SubjectId, TokenId},
    name,
    time::{UnixMillis, UnixSeconds},
    visit::InvitationStatus,
};
use rusqlite::Connection;

use super::ServiceError;
use crate::store::{OrgId, ban, former_bar, invitation::Invitation, pass, person::Person};

/// The pass that was shown, where that is known.
#[derive(Debug, Clone, Copy, Default)]
pub struct Shown {
    /// The very pass.
    pub token: Option<TokenId>,
    /// When it was issued.
    pub issued_at: Option<UnixSeconds>,
}

/// Everything that stands against somebody, or did, each with the time since when, where somebody noted that.
#[derive(Debug, Clone, Default)]
pub struct Against(Vec<Stood>);

impl Against {
    /// What stands against a member; whoever is none is taken for revoked.
    pub fn member(
        db: &Connection,
        org: OrgId,
        id: PersonId,
        person: Option<&Person>,
        shown: Shown,
    ) -> Result<Self, ServiceError> {
        let mut against = Self::of_pass(db, org, id.into(), shown)?;
        let Some(person) = person.filter(|person| person.role.is_some()) else {
            against.add(Bar::Revoked, None);
            return Ok(against);
        };
        if let Some(since) = person.revoked_at {
            against.add(Bar::Revoked, Some(since));
        }
        let before = person.superseded_before;
        if let Some(before) = before.filter(|before| shown.issued_at.is_some_and(|issued| issued < *before)) {
            against.add(Bar::Superseded, Some(before.to_millis()));
        }
        if !person.enabled {
            against.add(Bar::Disabled, None);
        }
        Ok(against)
    }

    /// What stands against an invitation. One that was signed by us and is not known comes from a later life of the
    /// database than this one: nobody can vouch for it.
    pub fn visitor(
        db: &Connection,
        org: OrgId,
        subject: SubjectId,
        invitation: Option<&Invitation>,
        shown: Shown,
    ) -> Result<Self, ServiceError> {
        let mut against = Self::of_pass(db, org, subject, shown)?;
        let Some(found) = invitation else {
            against.add(Bar::Revoked, None);
            return Ok(against);
        };
        if found.noted_status == InvitationStatus::Cancelled {
            against.add(Bar::Cancelled, found.cancelled_at);
        }
        for (_, since) in found.host_bars.iter().filter(|(bar, _)| bar.stops_host()) {
            against.add(Bar::Cancelled, *since);
        }
        if let Some(host) = found.host_id {
            let former = former_bar::of(db, org, host.into())?;
            let stopped = former.into_iter().filter(|stood| stood.bar.stops_host());
            against.0.extend(stopped.map(|stood| Stood { bar: Bar::Cancelled, ..stood }));
        }
        Ok(against)
    }

    /// What holds for members and visitors alike.
    fn of_pass(db: &Connection, org: OrgId, subject: SubjectId, shown: Shown) -> Result<Self, ServiceError> {
        let mut against = Self::default();
        let withdrawn = shown.token.map(|token| pass::revoked_at(db, org, token)).transpose()?.flatten();
        if let Some(since) = withdrawn {
            against.add(Bar::Revoked, Some(since));
        }
        if let Some(since) = ban::since(db, org, subject)? {
            against.add(Bar::Banned, Some(since));
        }
        against.0.extend(former_bar::of(db, org, subject)?);
        Ok(against)
    }

    fn add(&mut self, bar: Bar, since: Option<UnixMillis>) {
        self.0.push(Stood::still(bar, since));
    }

    /// What stands today.
    pub fn bars(&self) -> Vec<Bar> {
        self.0.iter().filter(|stood| stood.until.is_none()).map(|stood| stood.bar).collect()
    }

    /// What stands and what stood, with the times.
    pub fn over_time(&self) -> impl Iterator<Item = Stood> + '_ {
        self.0.iter().copied()
    }
}

/// Whether somebody on the ban list has this name.
pub fn is_name_banned(db: &Connection, org: OrgId, typed: &str) -> Result<bool, ServiceError> {
    Ok(name::is_among(typed, ban::names(db, org)?.iter().map(String::as_str)))
}
