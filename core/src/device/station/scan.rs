use std::collections::BTreeMap;

use super::{
    GuardStation, Knowledge, Moment, Shift,
    decision::is_stale,
    result::{CheckResult, Kept, ScanResult, ScannedBy, repeated},
};
use crate::{
    decision::{
        Background, Bearer, Check, Code, Decision, Evidence, OnlineAnswer, Outcome, Reason, UseId, Verdict,
        code_digest, decide, reasons,
    },
    device::{
        StationError,
        client::Deadline,
        store::{Event, Write},
    },
    id::{Digest32, EntryId, SiteNumber, SubjectId},
    journal::{Body, Personal, ScanBody},
    keys::KeySet,
    pass::{self, Kind},
    place::{Fix, Whereabouts},
    qr,
    time::UnixMillis,
    wire::{MOST_CLOSED, VerifyAnswer, VerifyRequest, path},
};

/// A code that is not decided yet is the same event when it is scanned again within this time.
const SAME_EVENT_MS: u64 = 120_000;
/// Longer than any server reserves a use. Milliseconds.
const RESERVED_MS: u64 = 10 * 60_000;
/// What is no code of ours says nothing of who showed it: after this time it may be another's.
const SAME_UNREADABLE_MS: u64 = 2_000;

impl GuardStation {
    /// Decides the text of a code and writes the scan down before returning.
    ///
    /// # Errors
    /// No shift; a store that fails, in which case nothing may be shown.
    pub fn scan(&self, code: String, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let keys = known.keys()?;
        let opened = pass::open(&code, &keys).ok();
        let (use_id, same_ms) = match &opened {
            Some(opened) => (UseId::of(opened).to_bytes(), SAME_EVENT_MS),
            None => ([&[0], code_digest(&code).as_bytes().as_slice()].concat(), SAME_UNREADABLE_MS),
        };
        let since = UnixMillis::new(moment.now.millis().get().saturating_sub(same_ms));
        let (asked, known_there) = {
            let mut access = self.store.access();
            let write = access.write()?;
            if let Some(event) = write.open_event(&use_id, shift.id, since, moment.now.millis())?
                && !is_superseded(&write, &event, moment.now.millis())?
            {
                return repeated(&event);
            }
            let leaving = write.visit_inside(&use_id)?.map(|visit| visit.id);
            let closed = write.refused_since(&use_id, reserved_since(&moment), MOST_CLOSED)?;
            let known_there = leaving.map(|visit| write.is_sent(visit)).transpose()? == Some(true);
            (Asked { leaving, closed }, known_there)
        };
        let id = Self::fresh_id(&moment)?;
        // A text whose signatures do not hold is no business of the server's.
        let answer = match &opened {
            Some(_) => self.ask(&known, id, &code, shift.site, asked)?,
            None => None,
        };
        // A server that has not heard of a departure yet judged the code of someone who is still inside. What it says
        // of someone who is barred stands all the same, but opens no departure.
        let answer = match answer {
            Some(answer) if self.departed_here(answer.stay)? => {
                bars(&answer.checks).then_some(VerifyAnswer { stay: None, ..answer })
            }
            answer => answer,
        };
        let moment = match &answer {
            Some(answer) => {
                self.anchor(answer.server_time)?;
                self.moment(&self.knowledge()?)?
            }
            None => moment,
        };
        let invitation = opened.as_ref().and_then(|opened| match opened.claims.kind {
            Kind::Visitor { .. } => Some(opened.claims.subject),
            Kind::Member | Kind::Device(_) => None,
        });
        let sought = Sought { id, use_id, since, text: &code, fix, invitation, known_there };
        self.record_scan(&known, &moment, &shift, &keys, &sought, answer.as_ref())
    }

    /// Finds the code in a PNG or JPEG picture and decides it. Of several the first of ours counts.
    ///
    /// # Errors
    /// A picture that cannot be read or shows no code, and as [`Self::scan`].
    pub fn scan_picture(&self, picture: Vec<u8>, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        let code = chosen(qr::codes_in_picture(&picture)?).ok_or(StationError::NoCode)?;
        self.scan(code, fix)
    }

    /// The server's answer, if it comes in time and is about this scan.
    fn ask(
        &self,
        known: &Knowledge,
        event: EntryId,
        code: &str,
        site: SiteNumber,
        Asked { leaving, closed }: Asked,
    ) -> Result<Option<VerifyAnswer>, StationError> {
        let (Some(enrolment), Some(guard)) = (known.enrolment.as_ref(), known.guard.as_ref()) else {
            return Ok(None);
        };
        let code_text = pass::trimmed(code).to_owned();
        let request = VerifyRequest { event, code: code_text, site, leaving, closed };
        let deadline = Deadline::after_ms(known.policy.online_timeout_ms);
        let outcome = self.guard_client(enrolment, guard).post(path::VERIFY, &request, deadline);
        let answer: Option<VerifyAnswer> = self.heard(guard, outcome)?.ok();
        Ok(answer.filter(|answer| OnlineAnswer::accept(answer, event, code).is_some()))
    }

    fn departed_here(&self, stay: Option<EntryId>) -> Result<bool, StationError> {
        let Some(stay) = stay else { return Ok(false) };
        let mut access = self.store.access();
        let write = access.write()?;
        let own = write.event(stay)?.is_some_and(|event| event.departed.is_some());
        Ok(own || write.is_foreign_departure(stay)?)
    }

    /// Decides with everything that is known, and writes scan, outbox and event down in one transaction.
    fn record_scan(
        &self,
        known: &Knowledge,
        moment: &Moment,
        shift: &Shift,
        keys: &KeySet,
        sought: &Sought<'_>,
        answer: Option<&VerifyAnswer>,
    ) -> Result<ScanResult, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        // Another process may have seen the same code while the server was asked.
        let now = moment.now.millis();
        let open = write.open_event(&sought.use_id, shift.id, sought.since, now)?;
        if let Some(event) = &open
            && !is_superseded(&write, event, now)?
        {
            return repeated(event);
        }
        self.same_shift(&write, shift)?;
        if let Some(event) = open {
            // Nobody can grant that one any more, or the code says more than a name did: it is judged by itself.
            self.leave_undecided(&write, known, moment, shift, &event)?;
        }
        let mut inside = write.visit_inside(&sought.use_id)?.map(|visit| visit.id);
        if let (Some(visit), Some(answer), true) = (inside, answer, sought.known_there)
            && answer.stay != Some(visit)
        {
            // The server knew of the visit before it was asked, and knows that it is over: departed elsewhere.
            write.depart_event(visit, now)?;
            inside = None;
        }
        let elsewhere = match (answer, sought.invitation) {
            (Some(answer), _) => answer.stay,
            (None, Some(invitation)) => Self::inside_by_pack(&write, known, invitation)?,
            (None, None) => None,
        };
        let departs = inside.or(elsewhere);
        let past = write.past_uses(&sought.use_id)?;
        // What the server itself counts is fresher than what its last gate pack says.
        let past = match (answer, sought.invitation) {
            (None, Some(invitation)) => Self::uses_by_pack(&write, known, invitation, past)?,
            _ => past,
        };
        let geofence = known.site(shift.site).and_then(|site| site.geofence);
        let online = answer.and_then(|answer| OnlineAnswer::accept(answer, sought.id, sought.text));
        let evidence = Evidence {
            now: moment.now,
            keys,
            pack: known.pack.as_deref(),
            policy: known.policy,
            online: online.as_ref(),
            site: Some(shift.site),
            whereabouts: geofence.map_or(Whereabouts::NotChecked, |fence| fence.locate(sought.fix.as_ref())),
            // A visitor on the way out uses nothing up.
            uses: departs.is_none().then_some(past),
        };
        let (decision, answer) = decide_heard(sought.text, &evidence, answer);
        let evidence = Evidence { online: evidence.online.filter(|_| answer.is_some()), ..evidence };
        let last_used = answer.and_then(|answer| answer.last_used).or(past.last);
        let background = Background {
            earliest: Some(known.time.earliest(&moment.reading)),
            last_used,
            fix: sought.fix.as_ref(),
        };
        let shows = known.site(shift.site).is_some_and(|site| site.show_face);
        let face = match decision.opened.as_ref().filter(|_| shows) {
            Some(opened) => write.face_of(opened.claims.subject)?,
            None => None,
        };
        let shown = Shown {
            shift,
            face,
            at: moment.now.millis(),
            answer,
            departs,
            last_used,
            reasons: reasons(&decision, &evidence, &background),
        };
        let result = shown.result(known, sought.id, &decision);
        let pack_seq = known.pack.as_ref().map(|pack| pack.seq);
        let body =
            Body::Scan(shift.actor(), Box::new(ScanBody::of(&decision, pack_seq, answer.is_some(), departs)));
        let personal = Personal { name: result.name.clone(), fix: sought.fix, ..Personal::default() };
        self.append(&write, &*known.enrolment()?, moment, sought.id, &body, &personal)?;
        let bearer = decision.opened.as_ref().map(|opened| Bearer::of(&opened.claims));
        let kept = Kept { result, bearer, judged: None, reported: false };
        Self::add_event(&write, shift, moment, Some(sought.use_id.clone()), &kept)?;
        write.commit()?;
        Ok(kept.result)
    }
}

/// Whether a scan takes the place of an undecided event of the same code: one of a visitor found by name, whose code
/// nobody had seen, or one that is too late to be granted.
fn is_superseded(write: &Write<'_>, event: &Event, now: UnixMillis) -> Result<bool, StationError> {
    Ok(Kept::of(event)?.result.kind == ScannedBy::Expected || is_stale(write, event, now)?)
}

/// Whether the server bars the person or the pass, which does not depend on what it knows of visits and uses.
fn bars(checks: &BTreeMap<Check, Code>) -> bool {
    [Check::Revocation, Check::Access]
        .iter()
        .any(|check| checks.get(check).is_some_and(|code| *code != Code::Ok))
}

/// Decides, with the server's answer unless that cannot be right: grants that wait in the outbox are known to this
/// phone alone, and where they matter the server has judged too early.
fn decide_heard<'a>(
    text: &str,
    evidence: &Evidence<'_>,
    answer: Option<&'a VerifyAnswer>,
) -> (Decision, Option<&'a VerifyAnswer>) {
    let heard = decide(text, evidence);
    let used = evidence.uses.is_some_and(|past| past.grants > 0);
    // A denial stands whatever else the server did not know.
    let used = used && heard.verdict != Verdict::Denied;
    if used && evidence.online.is_some() && *heard.outcome(Check::Uses) == Outcome::Passed {
        let alone = decide(text, &Evidence { online: None, ..*evidence });
        if matches!(alone.outcome(Check::Uses), Outcome::Cautions(_) | Outcome::Denies(_)) {
            return (alone, None);
        }
    }
    (heard, answer)
}

/// What becomes of a decision on the guard's screen.
struct Shown<'a> {
    shift: &'a Shift,
    face: Option<Digest32>,
    at: UnixMillis,
    answer: Option<&'a VerifyAnswer>,
    departs: Option<EntryId>,
    last_used: Option<UnixMillis>,
    reasons: Vec<Reason>,
}

impl Shown<'_> {
    fn result(self, known: &Knowledge, event: EntryId, decision: &Decision) -> ScanResult {
        let opened = decision.opened.as_ref();
        let claims = opened.map(|opened| &opened.claims);
        let kind = match (claims.map(|claims| &claims.kind), opened.and_then(|opened| opened.proof_time)) {
            (None, _) => ScannedBy::Unreadable,
            (Some(_), Some(_)) | (Some(Kind::Device(_)), None) => ScannedBy::Device,
            (Some(Kind::Member), None) => ScannedBy::Member,
            (Some(Kind::Visitor { .. }), None) => ScannedBy::Visitor,
        };
        let pack = known.pack.as_ref();
        let expected =
            claims.and_then(|claims| pack.and_then(|pack| pack.content.invitation(claims.subject)));
        let used = matches!(decision.outcome(Check::Uses), Outcome::Cautions(_) | Outcome::Denies(_));
        ScanResult {
            event,
            verdict: Some(decision.verdict),
            code: decision.code.clone(),
            checks: CheckResult::all(decision),
            reasons: self.reasons,
            kind,
            name: claims.and_then(|claims| {
                let whole = self.answer.and_then(|answer| answer.name.clone());
                let whole = whole.or_else(|| expected.as_ref().map(|visit| visit.name.clone()));
                whole.or_else(|| claims.name.as_ref().map(ToString::to_string))
            }),
            host: self
                .answer
                .and_then(|answer| answer.host.clone())
                .or_else(|| expected.and_then(|visit| visit.host)),
            subject: claims.map(|claims| claims.subject),
            site: self.shift.site,
            expires_at: claims.map(|claims| claims.expires_at),
            at: self.at,
            online: self.answer.is_some(),
            last_used: self.last_used.filter(|_| used),
            facts_from: pack.filter(|_| self.answer.is_none()).map(|pack| pack.issued_at),
            departure_of: self.departs,
            again: false,
            photo: known.photo_policy(self.shift.site, kind),
            has_photo: false,
            face: self.face,
            bans: Vec::new(),
        }
    }
}

/// Of several codes in a picture the first of ours, else the first.
pub(super) fn chosen(codes: Vec<String>) -> Option<String> {
    let ours = qr::first_pass(&codes).map(str::to_owned);
    ours.or_else(|| codes.into_iter().next())
}

/// What the server should know to answer a question about a code.
struct Asked {
    /// The visit inside by it.
    leaving: Option<EntryId>,
    /// Events that no longer hold what was reserved for them.
    closed: Vec<EntryId>,
}

/// Before this the server has let go of what it reserved.
fn reserved_since(moment: &Moment) -> UnixMillis {
    UnixMillis::new(moment.now.millis().get().saturating_sub(RESERVED_MS))
}

/// What is looked for.
struct Sought<'a> {
    id: EntryId,
    use_id: Vec<u8>,
    since: UnixMillis,
    text: &'a str,
    fix: Option<Fix>,
    /// The invitation, if it is one's code.
    invitation: Option<SubjectId>,
    /// Whether the server had the decision that began the visit inside, before it was asked.
    known_there: bool,
}
