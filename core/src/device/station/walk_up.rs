use super::{
    GuardStation, Knowledge, Moment, Shift,
    decision::{keep, prepare},
    grounds::{Grounds, Shown},
    judgement::Fresh,
    result::{Kept, ScanResult, ScannedBy},
};
use crate::{
    decision::{Background, Bearer, Code, Decision, Evidence, UseId, decide_expected, decide_walk_up},
    device::{StationError, store::Event},
    gatepack::{ExpectedVisit, PhotoPolicy},
    id::{EntryId, SiteNumber, SubjectId},
    journal::{Body, FIRST_JUDGEMENT, Personal, ScanBody},
    keys::KeySet,
    name::FullName,
    place::Fix,
    time::UnixMillis,
};

/// An expected visitor who is not decided yet is the same event when picked again within this time.
const SAME_EVENT_MS: u64 = 120_000;

impl GuardStation {
    /// Registers a visitor without a code. Grant or deny follows by [`Self::decide`]. `site` is another site than the
    /// shift's, for a guard of several. A name on the ban list cautions and shows the entry: it may be a namesake. A site
    /// that blocks whoever is not there denies.
    ///
    /// # Errors
    /// No shift, no name, a photo that cannot be read, a site that the guard is not assigned to.
    pub fn walk_up(
        &self,
        name: String,
        site: Option<SiteNumber>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?.at(site, &known)?;
        let name = FullName::from_typed(&name)?;
        let policy = known.photo_policy(shift.site, ScannedBy::WalkUp);
        // Where one is required nobody is let in without, but may be turned away.
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        let mut result = ScanResult {
            photo: policy,
            name: Some(name.as_str().to_owned()),
            has_photo: photo.is_some(),
            ..without_code(Self::fresh_id(&moment)?, ScannedBy::WalkUp, shift.site, moment.now.millis())
        };
        let mut access = self.store.access();
        let write = access.write()?;
        let known = self.known_within(&write)?;
        let mut body = Body::WalkUp(shift.actor());
        // How old the list of bans is that says nothing of this name.
        result.facts_from = known.pack.as_ref().map(|pack| pack.issued_at);
        result.station_revoked = known.revoked;
        let keys = known.keys()?;
        let evidence = evidence(&known, &moment, &keys, &shift, fix.as_ref());
        if let Some(decision) = decide_walk_up(name.as_str(), &evidence) {
            let background = Background { fix: fix.as_ref(), ..Background::default() };
            result.judge(&known, &decision, &evidence, &background);
            let pack_seq = known.pack.as_ref().map(|pack| pack.seq);
            let found = ScanBody::of(&decision, pack_seq, false, None);
            body = Body::JudgedWalkUp(shift.actor(), Box::new(found));
        }
        let grounds = Grounds::of(&known, moment.now, fix, None, Shown::WalkUp);
        let personal =
            Personal { name: result.name.clone(), note: None, fix, photo: keep(&write, photo.as_ref())? };
        self.same_shift(&write, &shift)?;
        self.append(&write, &*known.enrolment()?, &moment, result.event, &body, &personal)?;
        let kept = Kept::new(result, None, grounds);
        Self::add_event(&write, &shift, &moment, None, &kept)?;
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
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let policy = known.photo_policy(shift.site, ScannedBy::Expected);
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        let use_id = UseId::Invitation(invitation).to_bytes();
        let mut access = self.store.access();
        let write = access.write()?;
        let known = self.known_within(&write)?;
        self.same_shift(&write, &shift)?;
        let now = moment.now.millis();
        let since = UnixMillis::new(now.get().saturating_sub(SAME_EVENT_MS));
        let again = write.open_event(&use_id, shift.id, since, now)?;
        let visit = known.pack.as_ref().and_then(|pack| pack.content.invitation(invitation));
        let (again, visit) = match (again, visit) {
            (Some(event), visit) => match visit.filter(|_| is_by_name(&event)) {
                Some(visit) => (Some(event), visit),
                // Its code has said more already, or the visit is expected no longer.
                None => {
                    let result = self.show(&write, &known, &moment, &shift, event)?;
                    write.commit()?;
                    return Ok(result);
                }
            },
            (None, visit) => (None, visit.ok_or(StationError::NotExpected)?),
        };
        let departs = match write.visit_inside(&use_id)? {
            Some(visit) => Some(visit.id),
            None => Self::inside_by_pack(&write, &known, invitation)?,
        };
        let past = Self::uses_by_pack(&write, &known, invitation, write.past_uses(&use_id)?)?;
        let keys = known.keys()?;
        let evidence = Evidence {
            uses: departs.is_none().then_some(past),
            ..evidence(&known, &moment, &keys, &shift, fix.as_ref())
        };
        let decision = decide_expected(&visit, &evidence);
        let background = Background {
            earliest: Some(known.time.earliest(&moment.reading)),
            last_used: past.last,
            fix: fix.as_ref(),
        };
        let id = again.as_ref().map_or_else(|| Self::fresh_id(&moment), |event| Ok(event.id))?;
        let before = again.as_ref().map(Kept::of).transpose()?;
        let mut result = ScanResult {
            photo: policy,
            name: Some(visit.name.clone()),
            host: visit.host.clone(),
            subject: Some(invitation),
            expires_at: Some(visit.until),
            last_used: past.last,
            departure_of: departs,
            // One that was taken with it before stays taken.
            has_photo: photo.is_some() || before.is_some_and(|kept| kept.result.has_photo),
            face: match known.site(shift.site).filter(|site| site.show_face) {
                Some(_) => write.face_of(invitation)?,
                None => None,
            },
            ..without_code(id, ScannedBy::Expected, shift.site, now)
        };
        result.judge(&known, &decision, &evidence, &background);
        result.station_revoked = known.revoked;
        let personal =
            Personal { name: result.name.clone(), note: None, fix, photo: keep(&write, photo.as_ref())? };
        let found = found(&visit, &decision, known.pack.as_ref().map(|pack| pack.seq), departs);
        let bearer = Bearer { subject: invitation, token: None, issued_at: None };
        let grounds = Grounds::of(&known, moment.now, fix, None, Shown::expected(&visit));
        let kept = Kept::new(result, Some(bearer), grounds);
        let result = match again {
            Some(event) => {
                let fresh = Fresh { kept, found: Some(found), at: Some(now), personal };
                let event = self.judge_anew(&write, &known, &moment, &shift, event, fresh)?;
                self.show(&write, &known, &moment, &shift, event)?
            }
            None => {
                let body = Body::JudgedWalkUp(shift.actor(), Box::new(found));
                self.append(&write, &*known.enrolment()?, &moment, id, &body, &personal)?;
                Self::add_event(&write, &shift, &moment, Some(use_id), &kept)?;
                kept.result
            }
        };
        write.commit()?;
        Ok(result)
    }
}

/// Whether an event is of a visitor found by name, of whom nobody has seen a code.
fn is_by_name(event: &Event) -> bool {
    Kept::of(event).is_ok_and(|kept| kept.result.kind == ScannedBy::Expected)
}

/// What is known offline about whoever stands at the gate of the shift.
fn evidence<'a>(
    known: &'a Knowledge,
    moment: &Moment,
    keys: &'a KeySet,
    shift: &Shift,
    fix: Option<&Fix>,
) -> Evidence<'a> {
    Evidence {
        now: moment.now,
        keys,
        pack: known.pack.as_deref(),
        policy: known.policy,
        online: None,
        site: Some(shift.site),
        whereabouts: known.whereabouts(shift.site, fix),
        uses: None,
    }
}

/// What the journal says of an expected visitor without a code.
fn found(
    visit: &ExpectedVisit,
    decision: &Decision,
    pack_seq: Option<u64>,
    departs: Option<EntryId>,
) -> ScanBody {
    ScanBody {
        kind: Some(2),
        subject: Some(visit.subject),
        ..ScanBody::of(decision, pack_seq, false, departs)
    }
}

fn without_code(event: EntryId, kind: ScannedBy, site: SiteNumber, at: UnixMillis) -> ScanResult {
    ScanResult {
        event,
        judgement: FIRST_JUDGEMENT,
        verdict: None,
        code: Code::Ok,
        checks: Vec::new(),
        reasons: Vec::new(),
        kind,
        name: None,
        host: None,
        subject: None,
        site,
        expires_at: None,
        at,
        online: false,
        last_used: None,
        facts_from: None,
        departure_of: None,
        again: false,
        photo: PhotoPolicy::Optional,
        has_photo: false,
        face: None,
        bans: Vec::new(),
        station_revoked: false,
    }
}

impl Shift {
    /// The same shift, at work at another site of the guard's.
    fn at(self, site: Option<SiteNumber>, known: &Knowledge) -> Result<Self, StationError> {
        let Some(site) = site.filter(|site| *site != self.site) else { return Ok(self) };
        let guard = known.pack.as_ref().and_then(|pack| pack.content.guard(self.guard));
        if guard.is_some_and(|guard| guard.works_at(site)) {
            Ok(Self { site, ..self })
        } else {
            Err(StationError::NotAssigned { site: site.get() })
        }
    }
}
