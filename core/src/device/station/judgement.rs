//! The judgements of an undecided event. It is judged anew when its code is held up again, and whenever the station
//! learned something; each judgement that came to something else stands in the journal, and a decision goes by the last
//! one that the guard was shown.

use super::{
    AtWork, GuardStation, Knowledge,
    grounds::{Shown, kept_visit},
    result::{BanNotice, CheckResult, EventRecord, ScanResult, ScannedBy},
};
use crate::{
    decision::{
        Background, Check, Code, Decision, Evidence, Outcome, UseId, decide_anew, decide_expected,
        decide_walk_up, reasons,
    },
    device::{
        StationError,
        store::{Event, NewJudgement, Write},
    },
    id::{EntryId, SubjectId},
    journal::{Body, Personal, ScanBody},
    pass::Kind,
    time::UnixMillis,
};

/// Which judgement of an event a guard decides by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    /// The scan or walk-up.
    pub event: EntryId,
    /// Number of the judgement; nothing for the last one that this station gave out.
    pub judgement: Option<u32>,
}

impl From<EntryId> for Seen {
    fn from(event: EntryId) -> Self {
        Self { event, judgement: None }
    }
}

impl From<&ScanResult> for Seen {
    fn from(result: &ScanResult) -> Self {
        Self { event: result.event, judgement: Some(result.judgement) }
    }
}

/// A judgement about to take the place of an event's last one.
pub(super) struct Fresh {
    pub kept: EventRecord,
    /// What the journal says of it; nothing where nothing speaks against a walk-up.
    pub found: Option<ScanBody>,
    /// When the code was held up again; nothing where the station judges by itself.
    pub at: Option<UnixMillis>,
    pub personal: Personal,
}

impl GuardStation {
    /// Gives an undecided event out as it stands now, judged anew if something was learned since: the same event again,
    /// which the guard has been shown from here on.
    pub(super) fn show(
        &self,
        write: &Write<'_>,
        at: &AtWork,
        event: Event,
    ) -> Result<ScanResult, StationError> {
        let event = self.up_to_date(write, at, event)?;
        write.show_event(event.id)?;
        Ok(ScanResult { again: true, ..EventRecord::of(&event)?.result })
    }

    /// Shows an undecided event of the running shift as it stands now: after it was said that it changed.
    ///
    /// # Errors
    /// No shift; no such event, or one that is decided or left.
    pub fn look(&self, event: EntryId) -> Result<ScanResult, StationError> {
        let at = self.at_work()?;
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at)?;
        let event = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        if event.granted.is_some() {
            return Err(StationError::AlreadyDecided);
        }
        if event.closed {
            return Err(StationError::Abandoned);
        }
        if event.shift != at.shift.id {
            return Err(StationError::OtherShift);
        }
        let result = self.show(&write, &at, event)?;
        write.commit()?;
        Ok(result)
    }

    /// Judges every undecided event of the running shift anew by what is known now, and gives those that came to
    /// something else, as they stand.
    pub(super) fn judge_undecided(&self) -> Result<Vec<ScanResult>, StationError> {
        let (known, moment) = self.present()?;
        let Some(shift) = self.settle_shift(&known, &moment)? else { return Ok(Vec::new()) };
        let mut access = self.store.access();
        let write = access.write()?;
        let at = AtWork { known: self.known_within(&write)?, moment, shift };
        let mut changed = Vec::new();
        for event in write.open_events(at.shift.id)? {
            let before = event.judgement;
            let event = self.up_to_date(&write, &at, event)?;
            if event.judgement != before {
                changed.push(EventRecord::of(&event)?.result);
            }
        }
        write.commit()?;
        Ok(changed)
    }

    /// An undecided event as it stands by what is known now.
    pub(super) fn up_to_date(
        &self,
        write: &Write<'_>,
        at: &AtWork,
        event: Event,
    ) -> Result<Event, StationError> {
        let known = &at.known;
        let kept = EventRecord::of(&event)?;
        let Some(grounds) = kept.grounds.clone().filter(|grounds| !grounds.hold_still(known)) else {
            return Ok(event);
        };
        let keys = known.keys()?;
        let site = kept.result.site;
        // What is known of the person, whether or not there is a code.
        let (invitation, use_id) = match &grounds.shown {
            Shown::Code { pass: Some(pass), .. } => {
                let Some(opened) = pass.opened() else { return Ok(event) };
                let visitor = matches!(opened.claims.kind, Kind::Visitor { .. });
                (visitor.then_some(opened.claims.subject), Some(UseId::of(&opened)))
            }
            Shown::Expected(record) => {
                let Some(visit) = kept_visit(record) else { return Ok(event) };
                (Some(visit.subject), Some(UseId::Invitation(visit.subject)))
            }
            Shown::Code { pass: None, .. } | Shown::WalkUp => (None, None),
        };
        let (departs, uses) = match use_id {
            Some(use_id) => {
                let (departs, past) = Self::of_use(write, known, &use_id.to_bytes(), invitation)?;
                let departs = departs.or(kept.result.departure_of);
                (departs, departs.is_none().then_some(past))
            }
            None => (None, None),
        };
        let fresh_grounds = grounds.renewed(known);
        let evidence = fresh_grounds.evidence(known, &keys, site, kept.result.at, uses);
        let decision = match &fresh_grounds.shown {
            // Nothing that is learned makes a text that was none of ours better, but its being held up again may.
            Shown::Code { pass: None, .. } => None,
            Shown::Code { pass: Some(pass), .. } => {
                pass.opened().map(|opened| decide_anew(opened.under(&keys), &evidence))
            }
            Shown::Expected(record) => {
                let listed = invitation.and_then(|subject| {
                    known.pack.as_ref().and_then(|pack| pack.content.invitation(subject))
                });
                listed.or_else(|| kept_visit(record)).map(|visit| decide_expected(&visit, &evidence))
            }
            Shown::WalkUp => decide_walk_up(kept.result.name.as_deref().unwrap_or_default(), &evidence),
        };
        let own = uses.and_then(|past| past.last);
        // What the server told of the last use is told for as long as its answer counts, unless there was one here since.
        let told = kept.result.last_used.filter(|told| evidence.online.is_some() && own <= Some(*told));
        let background = Background {
            earliest: Some(known.time.earliest(&at.moment.reading)),
            last_used: told.or(own),
            fix: fresh_grounds.fix(),
        };
        let mut result = kept.result.clone();
        result.station_revoked = known.revoked;
        let (mut found, mut used_by) = (None, kept.used_by);
        match &decision {
            Some(decision) => {
                (result.online, result.departure_of) = (evidence.online.is_some(), departs);
                result.judge(known, decision, &evidence, &background);
                if let Some(use_id) = use_id
                    && (told.is_none() || result.last_used.is_none())
                {
                    used_by = result.tell_last_use(write, known, &use_id.to_bytes(), None)?;
                }
                let online = evidence.online.is_some();
                let body = ScanBody::of(decision, at.pack_seq(), online, departs);
                found = Some(match (&fresh_grounds.shown, invitation) {
                    (Shown::Expected(_), Some(invitation)) => body.by_name(invitation),
                    _ => body,
                });
            }
            None if matches!(fresh_grounds.shown, Shown::WalkUp) => result.clear(known),
            None => {}
        }
        let kept = EventRecord { result, used_by, grounds: Some(fresh_grounds), ..kept };
        let fresh = Fresh { kept, found, at: None, personal: Personal::default() };
        self.judge_anew(write, at, event, fresh)
    }

    /// The visit inside by a code, as far as it is known here, and what counts as its uses.
    fn of_use(
        write: &Write<'_>,
        known: &Knowledge,
        use_id: &[u8],
        invitation: Option<SubjectId>,
    ) -> Result<(Option<EntryId>, crate::decision::PastUses), StationError> {
        let own = write.visit_inside(use_id)?.map(|visit| visit.id);
        let past = write.past_uses(use_id)?;
        let Some(invitation) = invitation else { return Ok((own, past)) };
        let elsewhere = Self::inside_by_pack(write, known, invitation)?;
        Ok((own.or(elsewhere), Self::uses_by_pack(write, known, invitation, past)?))
    }

    /// Keeps a judgement in the place of the last one, and writes it down if it says something else.
    pub(super) fn judge_anew(
        &self,
        write: &Write<'_>,
        work: &AtWork,
        event: Event,
        fresh: Fresh,
    ) -> Result<Event, StationError> {
        let before = EventRecord::of(&event)?;
        let Fresh { mut kept, found, at, personal } = fresh;
        let same = before.result.says_the_same_as(&kept.result)
            && before.bearer == kept.bearer
            && personal.photo.is_none();
        let number = event.judgement.saturating_add(u32::from(!same));
        kept.result.judgement = number;
        (kept.judged, kept.reported) = (before.judged, before.reported);
        if !same {
            let body = Body::JudgedAnew {
                actor: work.shift.actor_at(kept.result.site),
                event: event.id,
                judgement: number,
                found: found.map(Box::new),
            };
            self.record_fresh(write, work, &body, &personal)?;
        }
        let (visitor, departs) = (kept.result.begins_stay(), kept.result.departure_of);
        let result = kept.to_bytes();
        write.judge_event(event.id, &NewJudgement { number, at, visitor, departs, result: &result })?;
        Ok(Event { judgement: number, judged_at: at.unwrap_or(event.judged_at), visitor, result, ..event })
    }
}

impl ScanResult {
    /// Shows a decision and what it rests on.
    pub(super) fn judge(
        &mut self,
        known: &Knowledge,
        decision: &Decision,
        evidence: &Evidence<'_>,
        background: &Background<'_>,
    ) {
        self.verdict = Some(decision.verdict);
        self.code = decision.code.clone();
        self.checks = CheckResult::all(decision);
        self.reasons = reasons(decision, evidence, background);
        // An earlier use matters where the code is held against it.
        let used = matches!(decision.outcome(Check::Uses), Outcome::Cautions(_) | Outcome::Denies(_));
        self.last_used = background.last_used.filter(|_| used);
        self.facts_from =
            known.pack.as_ref().filter(|_| evidence.online.is_none()).map(|pack| pack.issued_at);
        let named = *decision.outcome(Check::Access) == Outcome::Cautions(Code::NameBanned);
        self.bans = if named { self.bans_of_name(known) } else { Vec::new() };
        if decision.opened.is_none()
            && matches!(self.kind, ScannedBy::Member | ScannedBy::Visitor | ScannedBy::Device)
        {
            // Its signatures hold no longer, so nothing in it may be shown.
            self.kind = ScannedBy::Unreadable;
            (self.name, self.host, self.subject, self.face) = (None, None, None, None);
            self.expires_at = None;
        }
    }

    /// Nothing speaks against a walk-up any more.
    fn clear(&mut self, known: &Knowledge) {
        (self.verdict, self.code) = (None, Code::Ok);
        (self.checks, self.reasons, self.bans) = (Vec::new(), Vec::new(), Vec::new());
        self.facts_from = known.pack.as_ref().map(|pack| pack.issued_at);
    }

    fn bans_of_name(&self, known: &Knowledge) -> Vec<BanNotice> {
        let Some((pack, name)) = known.pack.as_ref().zip(self.name.as_deref()) else { return Vec::new() };
        pack.content.bans_by_name(name).into_iter().map(BanNotice::from).collect()
    }
}
