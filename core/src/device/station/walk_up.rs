//! Visitors without a code: walk-ups, and expected visitors whom the guard finds by name.

use super::{
    AtWork, GuardStation, Shift,
    decision::{keep, prepare},
    grounds::{Grounds, Shown},
    judgement::Fresh,
    result::{EventRecord, ScanResult, ScannedBy},
    scan::SAME_EVENT_MS,
};
use crate::{
    decision::{Background, Bearer, Evidence, UseId, decide_expected, decide_walk_up},
    device::{StationError, store::Event},
    gatepack::PhotoPolicy,
    id::{SiteNumber, SubjectId},
    journal::{Body, Personal, ScanBody},
    keys::KeySet,
    name::{self, FullName},
    place::Fix,
    shift::may_begin_offline,
    time::UnixMillis,
};

/// A visitor without a code, as the guard writes them down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct WalkUp {
    /// What they are called.
    pub name: String,
    /// Whom they say they visit.
    pub host: Option<String>,
    /// Why they come.
    pub reason: Option<String>,
}

/// Nothing but a name.
impl From<String> for WalkUp {
    fn from(name: String) -> Self {
        Self { name, ..Self::default() }
    }
}

impl GuardStation {
    /// Registers a visitor without a code. Grant or deny follows by [`Self::decide`]. `site` is another site than the
    /// shift's, for a guard of several. A name on the ban list cautions and shows the entry: it may be a namesake. A site
    /// that blocks whoever is not there denies.
    ///
    /// # Errors
    /// No shift, no name, a photo that cannot be read, a site that the guard is not assigned to.
    pub fn walk_up(
        &self,
        visitor: impl Into<WalkUp>,
        site: Option<SiteNumber>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let at = self.at_work()?.at(site)?;
        let WalkUp { name, host, reason } = visitor.into();
        let name = FullName::from_typed(&name)?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let policy = at.known.photo_policy(at.shift.site, ScannedBy::WalkUp);
        // Where one is required nobody is let in without, but may be turned away.
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        let mut result = ScanResult {
            photo: policy,
            name: Some(name.as_str().to_owned()),
            host: host.as_deref().and_then(name::bounded),
            has_photo: photo.is_some(),
            ..ScanResult::unjudged(
                Self::fresh_id(&at.moment)?,
                ScannedBy::WalkUp,
                at.shift.site,
                at.moment.now.millis(),
            )
        };
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let known = &at.known;
        let mut body = Body::WalkUp(at.actor());
        // How old the list of bans is that says nothing of this name.
        result.facts_from = known.pack.as_ref().map(|pack| pack.issued_at);
        result.station_revoked = known.revoked;
        let keys = known.keys()?;
        let evidence = at.evidence(&keys, fix.as_ref());
        if let Some(decision) = decide_walk_up(name.as_str(), &evidence) {
            let background = Background { fix: fix.as_ref(), ..Background::default() };
            result.judge(known, &decision, &evidence, &background);
            let found = ScanBody::of(&decision, at.pack_seq(), false, None);
            body = Body::JudgedWalkUp(at.actor(), Box::new(found));
        }
        let grounds = Grounds::of(known, at.moment.now, fix, None, Shown::WalkUp);
        let personal = Personal {
            name: result.name.clone(),
            note: reason,
            fix,
            photo: keep(&write, photo.as_ref())?,
            host: result.host.clone(),
        };
        self.record(&write, &at, result.event, &body, &personal)?;
        let kept = EventRecord::new(result, None, grounds);
        Self::add_event(&write, &at, None, &kept)?;
        write.commit()?;
        Ok(kept.result)
    }

    /// Registers an expected visitor who shows no code, as found by name. The invitation's rules count; that this is
    /// the invited person is the guard's word, so the best verdict is CAUTION `unproven`. Grant or deny follows by
    /// [`Self::decide`]. For a visitor who is inside, the departure is opened.
    ///
    /// # Errors
    /// No shift; an invitation that the gate pack does not have; a photo that cannot be read.
    pub fn arrive(
        &self,
        invitation: SubjectId,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let at = self.at_work()?;
        let policy = at.known.photo_policy(at.shift.site, ScannedBy::Expected);
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        let use_id = UseId::Invitation(invitation).to_bytes();
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let (known, now) = (&at.known, at.moment.now.millis());
        let since = UnixMillis::new(now.get().saturating_sub(SAME_EVENT_MS));
        let again = write.open_event(&use_id, at.shift.id, since, now)?;
        let visit = known.pack.as_ref().and_then(|pack| pack.content.invitation(invitation));
        let (again, visit) = match (again, visit) {
            (Some(event), visit) => match visit.filter(|_| is_by_name(&event)) {
                Some(visit) => (Some(event), visit),
                // Its code has said more already, or the visit is expected no longer.
                None => {
                    let result = self.show(&write, &at, event)?;
                    write.commit()?;
                    return Ok(result);
                }
            },
            (None, visit) => (None, visit.ok_or(StationError::NotExpected)?),
        };
        let departs = match write.visit_inside(&use_id)? {
            Some(visit) => Some(visit.id),
            None => Self::inside_by_pack(&write, known, invitation)?,
        };
        let past = Self::uses_by_pack(&write, known, invitation, write.past_uses(&use_id)?)?;
        let keys = known.keys()?;
        let evidence =
            Evidence { uses: departs.is_none().then_some(past), ..at.evidence(&keys, fix.as_ref()) };
        let decision = decide_expected(&visit, &evidence);
        let background = Background {
            earliest: Some(known.time.earliest(&at.moment.reading)),
            last_used: past.last,
            fix: fix.as_ref(),
        };
        let id = again.as_ref().map_or_else(|| Self::fresh_id(&at.moment), |event| Ok(event.id))?;
        let before = again.as_ref().map(EventRecord::of).transpose()?;
        let mut result = ScanResult {
            photo: policy,
            name: Some(visit.name.clone()),
            host: visit.host.clone(),
            subject: Some(invitation),
            expires_at: Some(visit.until),
            departure_of: departs,
            // One that was taken with it before stays taken.
            has_photo: photo.is_some() || before.is_some_and(|kept| kept.result.has_photo),
            face: match known.site(at.shift.site).filter(|site| site.show_face) {
                Some(_) => write.face_of(invitation)?,
                None => None,
            },
            ..ScanResult::unjudged(id, ScannedBy::Expected, at.shift.site, now)
        };
        result.judge(known, &decision, &evidence, &background);
        let used_by = result.tell_last_use(&write, known, &use_id, None)?;
        result.station_revoked = known.revoked;
        let photo = keep(&write, photo.as_ref())?;
        let personal = Personal { name: result.name.clone(), fix, photo, ..Personal::default() };
        let found = ScanBody::of(&decision, at.pack_seq(), false, departs).by_name(invitation);
        let bearer = Bearer { subject: invitation, token: None, issued_at: None };
        let grounds = Grounds::of(known, at.moment.now, fix, None, Shown::expected(&visit));
        let kept = EventRecord { used_by, ..EventRecord::new(result, Some(bearer), grounds) };
        let result = match again {
            Some(event) => {
                let fresh = Fresh { kept, found: Some(found), at: Some(now), personal };
                let event = self.judge_anew(&write, &at, event, fresh)?;
                self.show(&write, &at, event)?
            }
            None => {
                let body = Body::JudgedWalkUp(at.actor(), Box::new(found));
                self.record(&write, &at, id, &body, &personal)?;
                Self::add_event(&write, &at, Some(use_id), &kept)?;
                kept.result
            }
        };
        write.commit()?;
        Ok(result)
    }
}

/// Whether an event is of a visitor found by name, of whom nobody has seen a code.
fn is_by_name(event: &Event) -> bool {
    EventRecord::of(event).is_ok_and(|kept| kept.result.kind == ScannedBy::Expected)
}

impl AtWork {
    /// The same guard, at work at another site of theirs.
    fn at(self, site: Option<SiteNumber>) -> Result<Self, StationError> {
        let Some(site) = site.filter(|site| *site != self.shift.site) else { return Ok(self) };
        let guard = self.known.pack.as_ref().and_then(|pack| pack.content.guard(self.shift.guard));
        if may_begin_offline(guard.as_ref(), site) {
            Ok(Self { shift: Shift { site, ..self.shift }, ..self })
        } else {
            Err(StationError::NotAssigned { site: site.get() })
        }
    }

    /// What is known offline about whoever stands at the gate of the shift.
    fn evidence<'a>(&'a self, keys: &'a KeySet, fix: Option<&Fix>) -> Evidence<'a> {
        Evidence {
            now: self.moment.now,
            keys,
            pack: self.known.pack.as_deref(),
            policy: self.known.policy,
            online: None,
            site: Some(self.shift.site),
            whereabouts: self.whereabouts(fix),
            uses: None,
        }
    }
}
