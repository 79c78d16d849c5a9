//! Scanning a code: what it says, what the server says of it, and one transaction that writes both down.

use std::collections::BTreeSet;

use super::{
    AtWork, GuardStation, Moment,
    asking::RESERVED_MS,
    beside::Beside,
    decision::too_late,
    grounds::{Grounds, Shown},
    judgement::Fresh,
    question::{Question, ServerWord},
    result::{EventRecord, ScanResult, ScannedBy},
    used::tells_of_use,
};
use crate::{
    decision::{Background, Bearer, Evidence, UseId, code_digest, decide_scan},
    device::{
        StationError,
        store::{Event, Write},
    },
    id::{Digest32, EntryId, SubjectId},
    journal::{Body, Personal, ScanBody},
    keys::KeySet,
    network::Line,
    pass::{self, Kind, Opened, PassError},
    place::Fix,
    qr,
    time::UnixMillis,
    typed,
    wire::MOST_CLOSED,
};

/// A code that is not decided yet is the same event when it is held up again within this time.
pub(super) const SAME_EVENT_MS: u64 = 120_000;
/// What is no code of ours says nothing of who showed it: after this time it may be another's.
const SAME_UNREADABLE_MS: u64 = 2_000;

impl GuardStation {
    /// Decides the text of a code and writes the scan down before returning. A code that is not decided yet is the same
    /// event; it is judged anew if it was out of sight, or if the station learned something since. What scanners put
    /// around it is passed over.
    ///
    /// # Errors
    /// No shift; a store that fails, in which case nothing may be shown.
    pub fn scan(&self, code: String, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        self.wait(|line| self.scan_through(line, code, fix))
    }

    /// As [`Self::scan`], asking through `line`. Nothing is recorded before the question has its answer or is given up;
    /// left in the middle, it never was.
    ///
    /// # Errors
    /// As [`Self::scan`].
    pub async fn scan_through(
        &self,
        line: Line,
        code: String,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let code = typed::unframed(&code).to_owned();
        let in_sight = self.in_sight(&code_digest(&code), &self.time.read()?);
        self.scan_in_sight(&line, &code, fix, in_sight).await
    }

    /// Finds the code in a PNG or JPEG picture and decides it. Others' codes beside one of ours do not matter.
    ///
    /// # Errors
    /// A picture that cannot be read, shows no code or several of ours, and as [`Self::scan`].
    pub fn scan_picture(&self, picture: Vec<u8>, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        self.wait(|line| self.scan_picture_through(line, picture, fix))
    }

    /// As [`Self::scan_picture`], asking through `line`.
    ///
    /// # Errors
    /// As [`Self::scan_picture`].
    pub async fn scan_picture_through(
        &self,
        line: Line,
        picture: Vec<u8>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let code = chosen(qr::codes_in_picture(&picture)?)?.ok_or(StationError::NoCode)?;
        self.scan_through(line, code, fix).await
    }

    /// Scans a code that was in sight until now as the event `in_sight`, or that was in sight of nobody.
    pub(super) async fn scan_in_sight(
        &self,
        line: &Line,
        text: &str,
        fix: Option<Fix>,
        in_sight: Option<EntryId>,
    ) -> Result<ScanResult, StationError> {
        let at = self.at_work()?;
        let digest = code_digest(text);
        if let Some(event) = in_sight
            && let Some(result) = self.still_shown(event, &digest, &at)?
        {
            return Ok(result);
        }
        let AtWork { known, moment, shift } = at;
        let keys = known.keys()?;
        let opened = pass::open(text, &keys);
        let (use_id, same_ms) = match &opened {
            Ok(opened) => (UseId::of(opened).to_bytes(), SAME_EVENT_MS),
            Err(_) => ([&[0], digest.as_bytes().as_slice()].concat(), SAME_UNREADABLE_MS),
        };
        let since = UnixMillis::new(moment.now.millis().get().saturating_sub(same_ms));
        let (again, question, known_there) = {
            let mut access = self.store.access();
            let write = access.write()?;
            let now = moment.now.millis();
            let open = match in_sight.map(|event| write.event(event)).transpose()?.flatten() {
                Some(event) if event.is_open(shift.id) => Some(event),
                _ => write.open_event(&use_id, shift.id, since, now)?,
            };
            let again = match open {
                Some(event) if !is_superseded(&write, &event, now)? => Some(event.id),
                _ => None,
            };
            let leaving = write.visit_inside(&use_id)?.map(|visit| visit.id);
            let closed = write.refused_since(&use_id, reserved_since(&moment), MOST_CLOSED)?;
            let known_there = leaving.map(|visit| write.is_sent(visit)).transpose()? == Some(true);
            (again, Question { leaving, closed }, known_there)
        };
        let id = match again {
            Some(event) => event,
            None if opened.is_err() => Self::fresh_id(&moment)?,
            None => self.event_to_ask_about(&use_id, shift.id, &moment)?,
        };
        // A text whose signatures do not hold is no business of the server's.
        let answer = match &opened {
            Ok(_) => self.ask(line, &known, id, text, shift.site, question).await?,
            Err(_) => None,
        };
        // A server that has not heard of a departure yet judged the code of someone who is still inside. What it says
        // of someone who is barred stands all the same, but opens no departure.
        let answer = match answer {
            Some(answer) if self.departed_here(answer.said.stay)? => answer.without_stay(),
            answer => answer,
        };
        let at = match &answer {
            Some(answer) => {
                self.anchor(answer.said.server_time)?;
                let (known, moment) = self.present()?;
                AtWork { known, moment, shift }
            }
            None => AtWork { known, moment, shift },
        };
        let invitation = opened.as_ref().ok().and_then(|opened| match opened.claims.kind {
            Kind::Visitor { .. } => Some(opened.claims.subject),
            Kind::Member | Kind::Device(_) => None,
        });
        let opened = ReadText { opened, keys: keys.version };
        let lookup = Lookup { id, again, use_id, since, text, digest, fix, invitation, known_there };
        let result = self.record_scan(at, opened, &lookup, answer)?;
        self.forget_question(id);
        self.note_sighting(digest, result.event)?;
        Ok(result)
    }

    /// A code that has not left since it was judged, and of which nothing was learned meanwhile: nothing is to be judged.
    fn still_shown(
        &self,
        event: EntryId,
        code: &Digest32,
        at: &AtWork,
    ) -> Result<Option<ScanResult>, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        let at = self.still_at_work(&write, at.clone())?;
        let Some(event) = write.event(event)?.filter(|event| event.is_open(at.shift.id)) else {
            return Ok(None);
        };
        let grounds = EventRecord::of(&event)?.grounds;
        let news = grounds.is_none_or(|grounds| !grounds.are_of(code) || !grounds.hold_still(&at.known));
        if news || too_late(&write, &event, at.moment.now.millis())? {
            return Ok(None);
        }
        let unseen = event.shown != event.judgement;
        let result = self.show(&write, &at, event)?;
        if unseen {
            write.commit()?;
        }
        Ok(Some(result))
    }

    /// Decides with everything that is known, and writes scan, outbox and event down in one transaction.
    fn record_scan(
        &self,
        at: AtWork,
        read: ReadText,
        lookup: &Lookup<'_>,
        answer: Option<ServerWord>,
    ) -> Result<ScanResult, StationError> {
        let mut access = self.store.access();
        let write = access.write()?;
        // What came while the server was asked counts as well.
        let at = self.still_at_work(&write, at)?;
        let (known, shift) = (&at.known, &at.shift);
        let keys = known.keys()?;
        let opened = read.under(lookup.text, &keys);
        let answer = answer.filter(|_| !known.revoked);
        // Another process may have seen the same code meanwhile, or decided on it.
        let now = at.moment.now.millis();
        let again = lookup.again.map(|event| write.event(event)).transpose()?.flatten();
        let again = again.filter(|event| event.is_open(shift.id));
        let (id, answer) = match (lookup.again, &again) {
            (Some(_), None) => (Self::fresh_id(&at.moment)?, None),
            // What was asked about is recorded already: the code was held up again while the server was asked.
            (None, _) if write.event(lookup.id)?.is_some() => (Self::fresh_id(&at.moment)?, None),
            _ => (lookup.id, answer),
        };
        let said = answer.as_ref().map(|answer| &answer.said);
        if again.is_none()
            && let Some(event) = write.open_event(&lookup.use_id, shift.id, lookup.since, now)?
        {
            if !is_superseded(&write, &event, now)? {
                let result = self.show(&write, &at, event)?;
                write.commit()?;
                return Ok(result);
            }
            // Nobody can grant that one any more, or the code says more than a name did: it is judged by itself.
            self.leave_undecided(&write, &at, &event)?;
        }
        let mut inside = write.visit_inside(&lookup.use_id)?.map(|visit| visit.id);
        if let (Some(visit), Some(answer), true) = (inside, said, lookup.known_there)
            && answer.stay != Some(visit)
        {
            // The server knew of the visit before it was asked, and knows that it is over: departed elsewhere.
            write.depart_event(visit, now)?;
            inside = None;
        }
        let elsewhere = match (said, lookup.invitation) {
            (Some(answer), _) => answer.stay,
            (None, Some(invitation)) => Self::inside_by_pack(&write, known, invitation)?,
            (None, None) => None,
        };
        let departs = inside.or(elsewhere);
        let past = write.past_uses(&lookup.use_id)?;
        // What the server itself counts is fresher than what its last gate pack says.
        let past = match (said, lookup.invitation) {
            (None, Some(invitation)) => Self::uses_by_pack(&write, known, invitation, past)?,
            _ => past,
        };
        let evidence = Evidence {
            now: at.moment.now,
            keys: &keys,
            pack: known.pack.as_deref(),
            policy: known.policy,
            online: answer.as_ref().map(|answer| &answer.online),
            site: Some(shift.site),
            whereabouts: at.whereabouts(lookup.fix.as_ref()),
            // A visitor on the way out uses nothing up.
            uses: departs.is_none().then_some(past),
        };
        let shown = Shown::code(lookup.digest, opened.as_ref().ok());
        let (decision, answered) = decide_scan(opened, &evidence);
        let evidence = Evidence { online: evidence.online.filter(|_| answered), ..evidence };
        let said = said.filter(|_| answered);
        let tells = tells_of_use(said, past.last);
        let last_used = tells.and_then(|answer| answer.last_used).or(past.last);
        let background = Background {
            earliest: Some(known.time.earliest(&at.moment.reading)),
            last_used,
            fix: lookup.fix.as_ref(),
        };
        let shows = known.site(shift.site).is_some_and(|site| site.show_face);
        let face = match decision.opened.as_ref().filter(|_| shows) {
            Some(opened) => write.face_of(opened.claims.subject)?,
            None => None,
        };
        let beside = Beside { site: shift.site, face, at: now, answer: said, departs };
        let mut result = beside.result(known, id, &decision);
        result.judge(known, &decision, &evidence, &background);
        let used_by = result.tell_last_use(&write, known, &lookup.use_id, tells)?;
        let found = ScanBody::of(&decision, at.pack_seq(), answered, departs);
        let personal = Personal { name: result.name.clone(), fix: lookup.fix, ..Personal::default() };
        let bearer = decision.opened.as_ref().map(|opened| Bearer::of(&opened.claims));
        let grounds = Grounds::of(known, at.moment.now, lookup.fix, evidence.online.cloned(), shown);
        let kept = EventRecord { used_by, ..EventRecord::new(result, bearer, grounds) };
        let result = match again {
            Some(event) => {
                let fresh = Fresh { kept, found: Some(found), at: Some(now), personal };
                let event = self.judge_anew(&write, &at, event, fresh)?;
                self.show(&write, &at, event)?
            }
            None => {
                let body = Body::Scan(at.actor(), Box::new(found));
                self.record(&write, &at, id, &body, &personal)?;
                Self::add_event(&write, &at, Some(lookup.use_id.clone()), &kept)?;
                kept.result
            }
        };
        write.commit()?;
        Ok(result)
    }
}

/// A text that was opened, and the version of the key set by which.
struct ReadText {
    opened: Result<Opened, PassError>,
    keys: u64,
}

impl ReadText {
    /// The same by a key set that may have come meanwhile. What was signed then is signed still; only what no key was
    /// known for is opened again.
    fn under(self, text: &str, keys: &KeySet) -> Result<Opened, PassError> {
        match self.opened {
            opened if self.keys == keys.version => opened,
            Ok(opened) => opened.under(keys),
            Err(_) => pass::open(text, keys),
        }
    }
}

/// Whether a scan takes the place of an undecided event of the same code: one of a visitor found by name, whose code
/// nobody had seen, or one that is too late to be granted.
fn is_superseded(write: &Write<'_>, event: &Event, now: UnixMillis) -> Result<bool, StationError> {
    Ok(EventRecord::of(event)?.result.kind == ScannedBy::Expected || too_late(write, event, now)?)
}

/// Of the codes in a picture the one of ours, else the first. Of several of ours none: one is perhaps another person's.
pub(super) fn chosen(codes: Vec<String>) -> Result<Option<String>, StationError> {
    let ours: BTreeSet<&str> = codes
        .iter()
        .map(|code| typed::unframed(code))
        .filter(|code| code.starts_with(pass::PREFIX))
        .collect();
    if ours.len() > 1 {
        return Err(StationError::SeveralCodes { count: ours.len() });
    }
    let ours = ours.into_iter().next().map(str::to_owned);
    Ok(ours.or_else(|| codes.into_iter().next()))
}

/// Before this the server has let go of what it reserved.
fn reserved_since(moment: &Moment) -> UnixMillis {
    UnixMillis::new(moment.now.millis().get().saturating_sub(RESERVED_MS))
}

/// What a scan looks for in the store.
struct Lookup<'a> {
    id: EntryId,
    /// The undecided event that the code is already.
    again: Option<EntryId>,
    use_id: Vec<u8>,
    since: UnixMillis,
    text: &'a str,
    digest: Digest32,
    fix: Option<Fix>,
    /// The invitation, if it is one's code.
    invitation: Option<SubjectId>,
    /// Whether the server had the decision that began the visit inside, before it was asked.
    known_there: bool,
}
