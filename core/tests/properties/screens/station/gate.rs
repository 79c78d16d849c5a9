//! Scans and decisions of the small station.

use gatehouse_core::{
    decision::{CheckState, Fact, Reason},
    device::{
        CheckResult, Decided, ScanResult, ScannedBy, Seen, StationError, SyncReport, TurnedAway, Visit,
    },
    name,
    screens::guard::Answer,
};

use super::{super::super::*, DAY, Event, Outcome, Station};

impl Station {
    pub(super) fn unjudged(&self, kind: ScannedBy, name: &str) -> Result<ScanResult, StationError> {
        self.at_work()?;
        let mut event = [0; 16];
        event[8..].copy_from_slice(&(self.entries + 1).to_be_bytes());
        Ok(ScanResult {
            event: EntryId(event),
            judgement: 1,
            verdict: Some(Verdict::Caution),
            code: Code::Offline,
            checks: Vec::new(),
            reasons: Vec::new(),
            kind,
            name: Some(name.to_owned()),
            host: None,
            subject: None,
            site: site(1),
            expires_at: None,
            at: self.now,
            online: self.online,
            last_used: None,
            last_used_site: None,
            last_used_by: None,
            facts_from: None,
            departure_of: None,
            again: false,
            photo: self.photo,
            has_photo: false,
            face: None,
            bans: Vec::new(),
            station_revoked: self.revoked,
        })
    }

    pub(super) fn keep(&mut self, code: &str, result: ScanResult) -> Result<Box<ScanResult>, StationError> {
        self.record()?;
        let shown = result.judgement;
        let event = Event {
            code: code.to_owned(),
            result: result.clone(),
            shown,
            granted: None,
            closed: false,
            reported: false,
            corrected: false,
            departed: None,
            shift: self.shifts,
        };
        self.events.insert(result.event, event);
        Ok(Box::new(result))
    }

    /// Codes of the trials begin with what they are: `member`, `visitor`, `used`, `banned`; anything else is none of ours.
    pub(super) fn scan(&mut self, code: &str) -> Result<Box<ScanResult>, StationError> {
        self.at_work()?;
        let open = self.events.values().find(|event| {
            event.code == code && event.granted.is_none() && !event.closed && event.shift == self.shifts
        });
        if let Some(event) = open.map(|event| event.result.event) {
            let event = self.open(event)?;
            event.shown = event.result.judgement;
            return Ok(Box::new(ScanResult { again: true, ..event.result.clone() }));
        }
        let (kind, name) = code.split_once(' ').unwrap_or((code, ""));
        let online = self.online && !self.revoked;
        let check = |check, code: Code| CheckResult {
            check,
            state: if code == Code::Ok { CheckState::Passed } else { CheckState::Failed },
            code: Some(code),
        };
        let result = match kind {
            "member" | "visitor" => {
                let by = if kind == "member" { ScannedBy::Member } else { ScannedBy::Visitor };
                let stay = self.inside.iter().find(|visit| visit.name.as_deref() == Some(name));
                let offline = Reason {
                    check: Check::Online,
                    code: Code::Offline,
                    fact: Fact::GatePack,
                    as_of: Some(UnixMillis::new(DAY - 7_800_000)),
                    age_s: Some(self.now.since(UnixMillis::new(DAY - 7_800_000)) / 1000),
                    number: Some(7),
                };
                let (verdict, code, reasons) = if online {
                    (Verdict::Verified, Code::Ok, Vec::new())
                } else {
                    (Verdict::Caution, Code::Offline, vec![offline])
                };
                ScanResult {
                    verdict: Some(verdict),
                    host: (kind == "visitor").then(|| "Hugo Host".to_owned()),
                    checks: vec![check(Check::Signature, Code::Ok), check(Check::Online, code.clone())],
                    code,
                    reasons,
                    departure_of: stay.map(|visit| visit.stay),
                    ..self.unjudged(by, name)?
                }
            }
            "used" => ScanResult {
                code: Code::AlreadyUsed,
                checks: vec![check(Check::Signature, Code::Ok), check(Check::Uses, Code::AlreadyUsed)],
                last_used: Some(UnixMillis::new(DAY - 600_000)),
                last_used_site: Some("South".to_owned()),
                last_used_by: Some("Max Guard".to_owned()),
                ..self.unjudged(ScannedBy::Member, name)?
            },
            "banned" => ScanResult {
                verdict: Some(Verdict::Denied),
                code: Code::Banned,
                checks: vec![check(Check::Signature, Code::Ok), check(Check::Access, Code::Banned)],
                ..self.unjudged(ScannedBy::Visitor, name)?
            },
            _ => ScanResult {
                verdict: Some(Verdict::Denied),
                code: Code::Malformed,
                checks: vec![check(Check::Format, Code::Malformed)],
                name: None,
                photo: PhotoPolicy::Off,
                ..self.unjudged(ScannedBy::Unreadable, "")?
            },
        };
        self.keep(code, result)
    }

    pub(super) fn decide(&mut self, seen: Seen, granted: bool, reason: bool, photo: bool) -> Outcome {
        self.at_work()?;
        let event = self.open(seen.event)?.clone();
        let result = &event.result;
        if seen.judgement.is_some_and(|judgement| judgement != result.judgement) {
            return Err(StationError::VerdictChanged { now: "otherwise".to_owned() });
        }
        if result.departure_of.is_some() {
            return Err(StationError::DepartureOpen);
        }
        let flagged = granted && result.verdict == Some(Verdict::Denied);
        if flagged && !reason {
            return Err(StationError::ReasonRequired);
        }
        let enters = granted && result.begins_stay();
        if enters && result.photo == PhotoPolicy::Required && !photo {
            return Err(StationError::PhotoRequired);
        }
        self.record()?;
        self.decisions += 1;
        self.open(seen.event)?.granted = Some(granted);
        if enters {
            self.inside.push(Visit {
                stay: seen.event,
                name: result.name.clone(),
                site: site(1),
                since: self.now,
            });
        }
        self.rested = Some(event.code);
        Ok(Answer::Decided(Decided { event: seen.event, granted, flagged, on_site: enters }))
    }

    pub(super) fn turned_away(&self, name: &str, since: UnixMillis) -> Vec<TurnedAway> {
        let denied = self.events.values().rev().filter(|event| event.granted == Some(false));
        let away = denied.filter(|event| event.result.at >= since).filter_map(|event| {
            let called =
                event.result.name.clone().filter(|called| name::is_among(name, [called.as_str()]))?;
            let (at, code) = (event.result.at, event.result.code.clone());
            Some(TurnedAway { name: called, at, code, by: Some("Grace Guard".to_owned()) })
        });
        away.take(3).collect()
    }

    pub(super) fn correct(&mut self, event: EntryId, granted: bool, reason: &str) -> Outcome {
        self.at_work()?;
        let kept = self.events.get(&event).ok_or(StationError::UnknownEvent)?.clone();
        let stands = kept.granted.ok_or(StationError::NotDecided)?;
        let flagged = granted && kept.result.verdict == Some(Verdict::Denied);
        let enters = granted && kept.result.begins_stay() && kept.departed.is_none();
        let decided = Decided { event, granted, flagged, on_site: enters };
        if stands == granted {
            return Ok(Answer::Decided(decided));
        }
        if kept.shift != self.shifts {
            return Err(StationError::OtherShift);
        }
        if kept.departed.is_some() {
            return Err(StationError::HasLeft);
        }
        let mut inside = self.inside.iter().filter_map(|visit| self.events.get(&visit.stay));
        if enters && !kept.code.is_empty() && inside.any(|other| other.code == kept.code) {
            return Err(StationError::InsideAlready);
        }
        if reason.trim().is_empty() {
            return Err(StationError::WhyRequired);
        }
        self.record()?;
        if let Some(corrected) = self.events.get_mut(&event) {
            (corrected.granted, corrected.corrected) = (Some(granted), true);
        }
        self.inside.retain(|visit| visit.stay != event);
        if enters {
            let (name, since) = (kept.result.name, kept.result.at);
            self.inside.push(Visit { stay: event, name, site: site(1), since });
        }
        Ok(Answer::Decided(decided))
    }

    /// Everything undecided comes to something worse: what is learned by this.
    pub fn learns(&mut self) {
        for event in self.events.values_mut().filter(|event| event.granted.is_none() && !event.closed) {
            event.result.judgement += 1;
            (event.result.verdict, event.result.code) = (Some(Verdict::Denied), Code::Revoked);
        }
    }

    pub(super) fn sync(&mut self) -> SyncReport {
        if !self.online {
            let problem = Some("unreachable".to_owned());
            return SyncReport { waiting: self.waiting, problem, ..SyncReport::default() };
        }
        let sent = std::mem::take(&mut self.waiting);
        self.last_sync = Some(self.now);
        let changed = self.events.values().filter(|event| {
            event.granted.is_none() && !event.closed && event.shown != event.result.judgement
        });
        SyncReport {
            sent,
            changed: changed.map(|event| event.result.clone()).collect(),
            ..SyncReport::default()
        }
    }
}
