//! A small station that answers the screens' work as the real one does: what it returns it has written down, it decides
//! each event once, and it finds again after a kill what it had.

mod gate;
mod standing;

use std::sync::Arc;

use gatehouse_core::{
    device::{
        Enrolled, EnrolmentEffect, EnrolmentOffer, PastEvent, Retried, ScanResult, ScannedBy, ShiftCounts,
        SignedIn, StationError, StoreError, Visit,
    },
    gatepack::expected::Host,
    screens::guard::{Answer, Work},
};

use super::super::{packs::id, *};

pub const GUARD: PersonId = PersonId([1; 16]);
pub const DAY: u64 = 1_790_060_400_000;

/// An event as it is written down.
#[derive(Debug, Clone)]
pub struct Event {
    pub code: String,
    pub result: ScanResult,
    /// The judgement that was given out last.
    pub shown: u32,
    pub granted: Option<bool>,
    pub closed: bool,
    pub reported: bool,
    pub corrected: bool,
    pub departed: Option<UnixMillis>,
    pub shift: u8,
}

/// The station, and what is true of the world around it.
#[derive(Debug)]
pub struct Station {
    pub now: UnixMillis,
    pub enrolled: bool,
    pub signed_in: bool,
    pub has_pin: bool,
    pub locked: bool,
    pub shift: Option<UnixMillis>,
    pub shifts: u8,
    pub online: bool,
    pub full: bool,
    pub revoked: bool,
    pub photo: PhotoPolicy,
    pub events: BTreeMap<EntryId, Event>,
    pub inside: Vec<Visit>,
    pub waiting: u64,
    pub stuck: u64,
    pub decisions: u32,
    pub reports: u32,
    /// Why those without a code came.
    pub reasons: Vec<String>,
    pub last_sync: Option<UnixMillis>,
    /// The code that is in sight and was decided.
    pub rested: Option<String>,
    pub entries: u64,
}

impl Default for Station {
    fn default() -> Self {
        Self {
            now: UnixMillis::new(DAY),
            enrolled: false,
            signed_in: false,
            has_pin: false,
            locked: false,
            shift: None,
            shifts: 0,
            online: true,
            full: false,
            revoked: false,
            photo: PhotoPolicy::Off,
            events: BTreeMap::new(),
            inside: Vec::new(),
            waiting: 0,
            stuck: 0,
            decisions: 0,
            reports: 0,
            reasons: Vec::new(),
            last_sync: None,
            rested: None,
            entries: 0,
        }
    }
}

type Outcome = Result<Answer, StationError>;

impl Station {
    pub fn does(&mut self, work: &Work) -> Result<Answer, Arc<StationError>> {
        self.work(work).map_err(Arc::new)
    }

    fn work(&mut self, work: &Work) -> Outcome {
        match work {
            Work::Status => Ok(Answer::Status(Box::new(self.status()))),
            Work::Sites => Ok(Answer::Sites(self.sites())),
            Work::Guards => Ok(Answer::Guards(self.guards())),
            Work::LookAtCode { code } => {
                let code = EnrolmentCode::parse(code).ok_or(StationError::EnrolmentCode)?;
                self.server()?;
                Ok(Answer::Offer(EnrolmentOffer {
                    organisation: "Oakwood".to_owned(),
                    org: org(),
                    open_to_others: code.url.starts_with("http:"),
                    server: code.url,
                    does: EnrolmentEffect::Enrols,
                }))
            }
            Work::Enrol { .. } => {
                self.server()?;
                (self.enrolled, self.revoked) = (true, false);
                let device = DeviceId(id(7));
                Ok(Answer::Enrolled(Enrolled {
                    organisation: "Oakwood".to_owned(),
                    device,
                    moved_from: None,
                }))
            }
            Work::RequestCode { .. } => self.server().map(|()| Answer::Done),
            Work::SignIn { code, .. } => {
                self.server()?;
                if code != "274951" {
                    return Err(StationError::SessionEnded);
                }
                (self.signed_in, self.locked) = (true, false);
                Ok(self.somebody())
            }
            Work::Unlock { pin, .. } => {
                if !self.has_pin || pin != "483920" {
                    return Err(StationError::WrongPin { left: 9 });
                }
                (self.signed_in, self.locked) = (true, false);
                Ok(self.somebody())
            }
            Work::SetPin { pin } if pin.len() < 6 => Err(StationError::PinUnsuitable),
            Work::SetPin { .. } => {
                self.has_pin = true;
                Ok(Answer::Done)
            }
            Work::Lock if !self.has_pin => Err(StationError::PinBeforeLock),
            Work::Lock => {
                (self.signed_in, self.locked) = (false, true);
                Ok(Answer::Done)
            }
            Work::StartShift { .. } => {
                if !self.signed_in {
                    return Err(StationError::NotSignedIn);
                }
                if self.shift.is_some() {
                    return Err(StationError::ShiftRunning { site: "North".to_owned() });
                }
                self.record()?;
                self.shift = Some(self.now);
                self.shifts += 1;
                Ok(Answer::Shift(self.shift_state().expect("just begun")))
            }
            Work::EndShift { .. } => {
                self.at_work()?;
                self.record()?;
                self.shift = None;
                Ok(Answer::Done)
            }
            Work::EndOverdueShift => {
                let over = self.shift.is_some_and(|since| self.now.since(since) > 14 * 3_600_000);
                if over {
                    self.shift = None;
                }
                Ok(Answer::Ended(over))
            }
            Work::Undecided => {
                self.at_work()?;
                let open = self.events.values_mut();
                let open = open
                    .filter(|event| event.granted.is_none() && !event.closed && event.shift == self.shifts);
                let shown = open.map(|event| {
                    event.shown = event.result.judgement;
                    ScanResult { again: true, ..event.result.clone() }
                });
                Ok(Answer::Undecided(shown.collect()))
            }
            Work::ScanSeen { codes, .. } => {
                if codes.len() > 1 {
                    return Err(StationError::SeveralCodes { count: codes.len() });
                }
                let code = codes.first().ok_or(StationError::NoCode)?;
                if self.rested.as_ref() == Some(code) {
                    return Ok(Answer::Seen(None));
                }
                self.scan(code).map(|result| Answer::Seen(Some(result)))
            }
            Work::Scan { code, .. } => self.scan(code).map(Answer::Judged),
            Work::Look { event } => {
                self.at_work()?;
                let kept = self.open(*event)?;
                kept.shown = kept.result.judgement;
                Ok(Answer::Judged(Box::new(ScanResult { again: true, ..kept.result.clone() })))
            }
            Work::Decide { seen, granted, reason, photo, .. } => {
                self.decide(*seen, *granted, reason.is_some(), photo.is_some())
            }
            Work::Correct { event, granted, reason, .. } => self.correct(*event, *granted, reason),
            Work::Abandon { event } => {
                self.at_work()?;
                let code = self.open(*event)?.code.clone();
                self.record()?;
                self.open(*event)?.closed = true;
                self.rested = Some(code);
                Ok(Answer::Done)
            }
            Work::Depart { stay, .. } => {
                self.at_work()?;
                let opened =
                    self.events.get(stay).and_then(|event| event.result.departure_of).unwrap_or(*stay);
                if !self.inside.iter().any(|visit| visit.stay == opened) {
                    return Err(StationError::UnknownEvent);
                }
                self.record()?;
                self.inside.retain(|visit| visit.stay != opened);
                if let Some(visit) = self.events.get_mut(&opened) {
                    visit.departed = Some(self.now);
                }
                if let Some(event) = self.events.get_mut(stay) {
                    self.rested = Some(event.code.clone());
                    event.closed = true;
                }
                Ok(Answer::Done)
            }
            Work::WalkUp { visitor, .. } => {
                let result = ScanResult {
                    verdict: None,
                    code: Code::Ok,
                    host: visitor.host.clone(),
                    ..self.unjudged(ScannedBy::WalkUp, &visitor.name)?
                };
                self.reasons.extend(visitor.reason.clone());
                self.keep("", result).map(Answer::Judged)
            }
            Work::Hosts { query } => {
                let hugo = Host { of: SubjectId(id(5)), name: "Hugo Host".to_owned() };
                let fits = !query.is_empty() && "hugo host".contains(&query.to_lowercase());
                Ok(Answer::Hosts(fits.then_some(hugo).into_iter().collect()))
            }
            Work::TurnedAway { name, since } => {
                self.at_work()?;
                Ok(Answer::TurnedAway(self.turned_away(name, *since)))
            }
            Work::Arrive { invitation, .. } => {
                let result = ScanResult {
                    code: Code::Unproven,
                    subject: Some(*invitation),
                    ..self.unjudged(ScannedBy::Expected, "Wim Expected")?
                };
                self.keep("", result).map(Answer::Judged)
            }
            Work::Expected { query, .. } => {
                let visit = ExpectedVisit {
                    subject: SubjectId(id(5)),
                    name: "Wim Expected".to_owned(),
                    host: Some("Hugo Host".to_owned()),
                    sites: None,
                    from: UnixMillis::new(DAY).to_seconds(),
                    until: UnixMillis::new(DAY + 7_200_000).to_seconds(),
                    max_uses: Some(1),
                    photo: None,
                    uses: 0,
                };
                let fits = "wim expected".contains(&query.to_lowercase());
                Ok(Answer::Expected(if fits { vec![visit] } else { Vec::new() }))
            }
            Work::OnSite { .. } => Ok(Answer::Inside(self.inside.clone())),
            Work::Report { event, .. } => {
                self.at_work()?;
                if !self.events.contains_key(event) {
                    return Err(StationError::UnknownEvent);
                }
                self.record()?;
                self.reports += 1;
                if let Some(reported) = self.events.get_mut(event) {
                    reported.reported = true;
                }
                Ok(Answer::Done)
            }
            Work::History { most } => {
                self.at_work()?;
                Ok(Answer::Past(self.past().into_iter().take(*most).collect()))
            }
            Work::Counts => {
                self.at_work()?;
                let past = self.past();
                let count = |is: fn(&PastEvent) -> bool| past.iter().filter(|past| is(past)).count() as u64;
                Ok(Answer::Counts(ShiftCounts {
                    events: count(|_| true),
                    granted: count(|past| past.granted == Some(true)),
                    denied: count(|past| past.granted == Some(false)),
                    reported: count(|past| past.reported),
                }))
            }
            Work::Sync => Ok(Answer::Synced(Box::new(self.sync()))),
            Work::Stuck => Ok(Answer::Stuck(Vec::new())),
            Work::Retry => {
                let retried = Retried { entries: std::mem::take(&mut self.stuck), photos: 0, left: 0 };
                self.waiting += retried.entries;
                Ok(Answer::Retried(retried))
            }
        }
    }

    /// This shift's, the newest first.
    fn past(&self) -> Vec<PastEvent> {
        let of_shift = self.events.values().filter(|event| event.shift == self.shifts);
        let mut past: Vec<_> = of_shift
            .map(|event| PastEvent {
                result: event.result.clone(),
                granted: event.granted,
                closed: event.closed,
                departed: event.departed,
                reported: event.reported,
                corrected: event.corrected,
                found: None,
            })
            .collect();
        past.sort_by_key(|past| std::cmp::Reverse((past.result.at, past.result.event)));
        past
    }

    fn server(&self) -> Result<(), StationError> {
        if self.online { Ok(()) } else { Err(StationError::WrongServer) }
    }

    fn at_work(&self) -> Result<(), StationError> {
        if !self.enrolled {
            Err(StationError::NotEnrolled)
        } else if self.locked {
            Err(StationError::Locked)
        } else if !self.signed_in {
            Err(StationError::NotSignedIn)
        } else if self.shift.is_none() {
            Err(StationError::NoShift)
        } else {
            Ok(())
        }
    }

    fn record(&mut self) -> Result<(), StationError> {
        if self.full {
            return Err(StationError::Store(StoreError::Full));
        }
        self.entries += 1;
        self.waiting += 1;
        Ok(())
    }

    fn somebody(&self) -> Answer {
        Answer::SignedIn(SignedIn { person: GUARD, name: "Grace Guard".to_owned() })
    }

    fn open(&mut self, event: EntryId) -> Result<&mut Event, StationError> {
        let event = self.events.get_mut(&event).ok_or(StationError::UnknownEvent)?;
        if event.granted.is_some() {
            Err(StationError::AlreadyDecided)
        } else if event.closed {
            Err(StationError::Abandoned)
        } else if event.shift != self.shifts {
            Err(StationError::OtherShift)
        } else {
            Ok(event)
        }
    }
}
