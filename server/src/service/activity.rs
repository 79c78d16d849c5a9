//! What happened at the gates, and who is inside: for dashboards and the API.

use gatehouse_core::{
    id::{EntryId, PersonId, SubjectId},
    role::Role,
    time::UnixMillis,
    visit::{begun_lately, is_stale},
    wire::{EventView, OnSiteVisit},
};
use serde_json::json;

use super::{
    Principal, Scope, Service, ServiceError, audit,
    judgements::{self, Earlier},
};
use crate::store::{
    Changed,
    activity::{self, Cursor, EventDetail, EventRow, Filter, Totals},
    invitation, person, stay,
    stay::{Inside, Stay, Witness},
};

/// Most rows of a page.
const LONGEST_PAGE: u32 = 500;

/// A page of events.
#[derive(Debug, Clone)]
pub struct Page {
    /// Newest first.
    pub rows: Vec<EventRow>,
    /// Where the next older page begins, if there is one.
    pub older: Option<Cursor>,
}

impl Service {
    /// A page of events, newest first, those older than `before`.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn activity(
        &self,
        scope: &Scope,
        filter: &Filter,
        before: Option<Cursor>,
        limit: u32,
    ) -> Result<Page, ServiceError> {
        scope.require(Role::Admin)?;
        let limit = limit.clamp(1, LONGEST_PAGE);
        let mut rows = self.store.read_page(|db| activity::page(db, scope.org, filter, before, limit + 1))?;
        let more = rows.len() > limit as usize;
        rows.truncate(limit as usize);
        let last = rows.last().map(|row| Cursor { listed_at: row.listed_at, no: row.no });
        Ok(Page { rows, older: last.filter(|_| more) })
    }

    /// Numbers over the events that the filter lets through, whatever was decided.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn totals(&self, scope: &Scope, filter: &Filter) -> Result<Totals, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(activity::totals(db, scope.org, filter)?))
    }

    /// Whether there is any event at all.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn any_activity(&self, scope: &Scope) -> Result<bool, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(activity::any(db, scope.org)?))
    }

    /// What to call a member or an invitation by; one that is not known, by its id.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn subject_name(&self, scope: &Scope, subject: SubjectId) -> Result<String, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| {
            if let Some(person) = person::get(db, scope.org, PersonId(subject.0))? {
                return Ok(person.name);
            }
            let invitation = invitation::get(db, scope.org, subject)?;
            Ok(invitation.map_or_else(|| subject.to_string(), |found| found.visitor))
        })
    }

    /// One event as a row, if the filter lets it through.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn event_row(
        &self,
        scope: &Scope,
        filter: &Filter,
        id: EntryId,
    ) -> Result<Option<EventRow>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read_page(|db| Ok(activity::row_if(db, scope.org, filter, id)?))
    }

    /// What an event was judged as before it was judged anew, the first judgement first.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn earlier_judgements(&self, scope: &Scope, id: EntryId) -> Result<Vec<Earlier>, ServiceError> {
        scope.require(Role::Admin)?;
        self.store.read(|db| Ok(judgements::earlier(db, scope.org, id)?))
    }

    /// Everything about one event.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown event.
    pub fn event(&self, scope: &Scope, id: EntryId) -> Result<EventDetail, ServiceError> {
        scope.require(Role::Admin)?;
        let found = self.store.read_page(|db| activity::detail(db, scope.org, id))?;
        found.ok_or(ServiceError::NotFound("event"))
    }

    /// The newest events as the API gives them.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn event_views(&self, scope: &Scope, limit: u32) -> Result<Vec<EventView>, ServiceError> {
        let page = self.activity(scope, &Filter::default(), None, limit)?;
        Ok(page.rows.into_iter().map(view).collect())
    }

    /// Everyone inside, the longest first.
    ///
    /// # Errors
    /// Not a guard's scope.
    pub fn stays(&self, scope: &Scope) -> Result<Vec<Stay>, ServiceError> {
        scope.require(Role::Guard)?;
        self.store.read(|db| Ok(stay::open(db, scope.org)?))
    }

    /// How many are inside, at each site where anyone is.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn inside(&self, scope: &Scope) -> Result<Vec<Inside>, ServiceError> {
        scope.require(Role::Admin)?;
        let lately = begun_lately(self.now());
        self.store.read_page(|db| Ok(stay::inside(db, scope.org, lately)?))
    }

    /// A page of those inside, the longest first, and where the next one begins.
    ///
    /// # Errors
    /// Not an admin's scope.
    pub fn stays_page(
        &self,
        scope: &Scope,
        filter: &stay::Filter,
        after: Option<stay::Cursor>,
        limit: usize,
    ) -> Result<(Vec<Stay>, Option<stay::Cursor>), ServiceError> {
        scope.require(Role::Admin)?;
        let asked = limit.saturating_add(1);
        let mut stays = self.store.read_page(|db| stay::page(db, scope.org, filter, after, asked))?;
        let more = stays.len() > limit;
        stays.truncate(limit);
        let last = stays.last().map(|stay| stay::Cursor { since: stay.since, no: stay.no });
        Ok((stays, last.filter(|_| more)))
    }

    /// Everyone inside, as the API gives it.
    ///
    /// # Errors
    /// Not a guard's scope.
    pub fn on_site(&self, scope: &Scope) -> Result<Vec<OnSiteVisit>, ServiceError> {
        let now = self.now();
        let visit = |stay: Stay| OnSiteVisit {
            stay: stay.id,
            name: stay.name,
            subject: stay.subject,
            site: stay.site,
            since: stay.since,
            stale: is_stale(stay.since, now),
        };
        Ok(self.stays(scope)?.into_iter().map(visit).collect())
    }

    /// Marks a visitor as departed, at an admin's word. Says when, and whether that was now.
    ///
    /// # Errors
    /// Not an admin's scope; an unknown stay.
    pub fn depart(&self, scope: &Scope, id: EntryId) -> Result<(UnixMillis, bool), ServiceError> {
        scope.require(Role::Admin)?;
        let (scope, now) = (*scope, self.now());
        let witness = match scope.principal {
            Principal::Person(person) => Witness::Person(person),
            Principal::Device(_) | Principal::Local => Witness::Local,
        };
        self.store.write(move |tx| {
            if !stay::exists(tx, scope.org, id)? {
                return Err(ServiceError::NotFound("visit"));
            }
            if !stay::depart(tx, scope.org, id, witness, now)? {
                return Ok((stay::departed_at(tx, scope.org, id)?.unwrap_or(now), false));
            }
            audit::note(tx, &scope, "visit.depart", &id.to_string(), &json!({}), now)?;
            tx.changed(scope.org, Changed::OnSite);
            tx.changed(scope.org, Changed::Activity(id));
            Ok((now, true))
        })
    }
}

fn view(row: EventRow) -> EventView {
    EventView {
        event: row.id,
        kind: row.kind.word().to_owned(),
        verdict: row.verdict,
        code: row.code,
        granted: row.granted,
        first_granted: row.first_granted,
        flagged: row.flagged,
        reported: row.reported,
        judged_again: row.judged,
        name: row.name,
        site: row.site,
        happened_at: row.happened_at,
        received_at: row.received_at,
        departed_at: row.departed_at,
        photo: row.photo.filter(|_| row.photo_complete),
    }
}
