use super::{
    GuardStation, Knowledge, Moment, Shift,
    decision::{keep, prepare},
    result::{BanNotice, CheckResult, Kept, ScanResult, ScannedBy, repeated},
};
use crate::{
    decision::{
        Background, Bearer, Code, Decision, Evidence, UseId, decide_expected, decide_namesake, reasons,
    },
    device::StationError,
    gatepack::{ExpectedVisit, PhotoPolicy},
    id::{EntryId, SiteNumber, SubjectId},
    journal::{Body, Personal, ScanBody},
    keys::KeySet,
    name::FullName,
    place::{Fix, Whereabouts},
    time::UnixMillis,
};

/// An expected visitor who is not decided yet is the same event when picked again within this time.
const SAME_EVENT_MS: u64 = 120_000;

impl GuardStation {
    /// Registers a visitor without a code. Grant or deny follows by [`Self::decide`]. `site` is another site than the
    /// shift's, for a guard of several. A name on the ban list cautions and shows the entry: it may be a namesake.
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
        let mut body = Body::WalkUp(shift.actor());
        if let Some(pack) = &known.pack {
            // How old the list of bans is that says nothing of this name.
            result.facts_from = Some(pack.issued_at);
            let bans = pack.content.bans_by_name(name.as_str());
            if !bans.is_empty() {
                let decision = decide_namesake();
                let keys = known.keys()?;
                let evidence = evidence(&known, &moment, &keys, &shift, fix.as_ref());
                judge(&mut result, &decision, &evidence, &Background::default());
                result.bans = bans.into_iter().map(BanNotice::from).collect();
                let found = ScanBody::of(&decision, Some(pack.seq), false, None);
                body = Body::JudgedWalkUp(shift.actor(), Box::new(found));
            }
        }
        let mut access = self.store.access();
        let write = access.write()?;
        let personal =
            Personal { name: result.name.clone(), note: None, fix, photo: keep(&write, photo.as_ref())? };
        self.same_shift(&write, &shift)?;
        self.append(&write, &*known.enrolment()?, &moment, result.event, &body, &personal)?;
        let kept = Kept { result, bearer: None, judged: None, reported: false };
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
        let pack = known.pack.clone().ok_or(StationError::NotExpected)?;
        let visit = pack.content.invitation(invitation).ok_or(StationError::NotExpected)?;
        let policy = known.photo_policy(shift.site, ScannedBy::Expected);
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        let use_id = UseId::Invitation(invitation).to_bytes();
        let mut access = self.store.access();
        let write = access.write()?;
        self.same_shift(&write, &shift)?;
        let now = moment.now.millis();
        let since = UnixMillis::new(now.get().saturating_sub(SAME_EVENT_MS));
        if let Some(event) = write.open_event(&use_id, shift.id, since, now)? {
            return repeated(&event);
        }
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
        let id = Self::fresh_id(&moment)?;
        let mut result = ScanResult {
            photo: policy,
            name: Some(visit.name.clone()),
            host: visit.host.clone(),
            subject: Some(invitation),
            expires_at: Some(visit.until),
            last_used: past.last,
            facts_from: Some(pack.issued_at),
            departure_of: departs,
            has_photo: photo.is_some(),
            face: match known.site(shift.site).filter(|site| site.show_face) {
                Some(_) => write.face_of(invitation)?,
                None => None,
            },
            ..without_code(id, ScannedBy::Expected, shift.site, now)
        };
        judge(&mut result, &decision, &evidence, &background);
        let personal =
            Personal { name: result.name.clone(), note: None, fix, photo: keep(&write, photo.as_ref())? };
        let body = Body::JudgedWalkUp(shift.actor(), Box::new(found(&visit, &decision, pack.seq, departs)));
        self.append(&write, &*known.enrolment()?, &moment, id, &body, &personal)?;
        let bearer = Bearer { subject: invitation, token: None, issued_at: None };
        let kept = Kept { result, bearer: Some(bearer), judged: None, reported: false };
        Self::add_event(&write, &shift, &moment, Some(use_id), &kept)?;
        write.commit()?;
        Ok(kept.result)
    }
}

/// What is known offline about whoever stands at the gate of the shift.
fn evidence<'a>(
    known: &'a Knowledge,
    moment: &Moment,
    keys: &'a KeySet,
    shift: &Shift,
    fix: Option<&Fix>,
) -> Evidence<'a> {
    let geofence = known.site(shift.site).and_then(|site| site.geofence);
    Evidence {
        now: moment.now,
        keys,
        pack: known.pack.as_deref(),
        policy: known.policy,
        online: None,
        site: Some(shift.site),
        whereabouts: geofence.map_or(Whereabouts::NotChecked, |fence| fence.locate(fix)),
        uses: None,
    }
}

fn judge(result: &mut ScanResult, decision: &Decision, evidence: &Evidence<'_>, background: &Background<'_>) {
    result.verdict = Some(decision.verdict);
    result.code = decision.code.clone();
    result.checks = CheckResult::all(decision);
    result.reasons = reasons(decision, evidence, background);
}

/// What the journal says of an expected visitor without a code.
fn found(visit: &ExpectedVisit, decision: &Decision, pack_seq: u64, departs: Option<EntryId>) -> ScanBody {
    ScanBody {
        kind: Some(2),
        subject: Some(visit.subject),
        ..ScanBody::of(decision, Some(pack_seq), false, departs)
    }
}

fn without_code(event: EntryId, kind: ScannedBy, site: SiteNumber, at: UnixMillis) -> ScanResult {
    ScanResult {
        event,
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
