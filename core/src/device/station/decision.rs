use serde::Serialize;

use super::{GuardStation, scan::ScanResult, scan::ScannedBy, scan::stored_result};
use crate::{
    decision::{Code, Verdict},
    device::{
        StationError,
        store::{NewPhoto, Write},
    },
    gatepack::PhotoPolicy,
    id::{Digest32, EntryId},
    journal::{Body, Personal},
    pass::Name,
    photo,
    place::Fix,
};

/// A decision that is written down.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Decided {
    /// The scan or walk-up.
    pub event: EntryId,
    /// Granted or denied.
    pub granted: bool,
    /// Granted against DENIED.
    pub flagged: bool,
    /// Whether the visitor is inside now.
    pub on_site: bool,
}

impl GuardStation {
    /// Grants or denies a scan or walk-up. The guard's decision is apart from the verdict: granting against DENIED
    /// needs a reason and is flagged. For an invited visitor a photo may be taken along.
    ///
    /// # Errors
    /// No such event, a decision that was made otherwise before, a missing reason or photo.
    pub fn decide(
        &self,
        event: EntryId,
        granted: bool,
        reason: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<Decided, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let enrolment = known.enrolment()?;
        let photo = prepare(photo)?;
        let reason = reason.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
        let mut access = self.store.access();
        let write = access.write()?;
        self.same_shift(&write, &shift)?;
        let kept = write.event(event)?.ok_or(StationError::UnknownEvent)?;
        let result = stored_result(&kept)?;
        if result.departure_of.is_some() {
            return Err(StationError::DepartureOpen);
        }
        let flagged = granted && result.verdict == Some(Verdict::Denied);
        let decided = Decided { event, granted, flagged, on_site: granted && kept.visitor };
        match kept.granted {
            Some(before) if before == granted => return Ok(decided),
            Some(_) => return Err(StationError::AlreadyDecided),
            None => {}
        }
        if kept.shift != shift.id {
            return Err(StationError::OtherShift);
        }
        if flagged && reason.is_none() {
            return Err(StationError::ReasonRequired);
        }
        let policy = known.site(kept.site).map_or(PhotoPolicy::Optional, |site| match result.kind {
            ScannedBy::WalkUp => site.walk_up_photo,
            _ => site.arrival_photo,
        });
        if decided.on_site && policy == PhotoPolicy::Required && photo.is_none() && !result.has_photo {
            return Err(StationError::PhotoRequired);
        }
        let photo = photo.filter(|_| policy != PhotoPolicy::Off);
        let personal = Personal { note: reason, fix, ..Personal::default() };
        let body = Body::Decision { actor: shift.actor(), event, granted, against: result.verdict };
        self.append(&write, &enrolment, &moment, Self::fresh_id(&moment)?, &body, &personal)?;
        // An arrival tells the photo; a walk-up whose photo was taken at registration has told it already.
        if decided.on_site && (result.kind == ScannedBy::Visitor || photo.is_some()) {
            let personal = Personal { photo: keep(&write, photo.as_ref())?, fix, ..Personal::default() };
            let body = Body::Arrival { actor: shift.actor(), event };
            self.append(&write, &enrolment, &moment, Self::fresh_id(&moment)?, &body, &personal)?;
        }
        write.decide_event(event, granted, moment.now.millis())?;
        self.keep_time(&write, &moment)?;
        write.commit()?;
        Ok(decided)
    }

    /// Registers a visitor without a code. Grant or deny follows by [`Self::decide`].
    ///
    /// # Errors
    /// No shift, no name, a photo that the site demands and that is missing or cannot be read.
    pub fn walk_up(
        &self,
        name: String,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let known = self.knowledge()?;
        let moment = self.moment(&known)?;
        let shift = self.active_shift(&known, &moment)?;
        let name = Name::from_typed(&name).ok_or(StationError::NameRequired)?;
        let policy = known.site(shift.site).map_or(PhotoPolicy::Optional, |site| site.walk_up_photo);
        let photo = prepare(photo)?.filter(|_| policy != PhotoPolicy::Off);
        if policy == PhotoPolicy::Required && photo.is_none() {
            return Err(StationError::PhotoRequired);
        }
        let result = ScanResult {
            event: Self::fresh_id(&moment)?,
            verdict: None,
            code: Code::Ok,
            checks: Vec::new(),
            kind: ScannedBy::WalkUp,
            name: Some(name.as_str().to_owned()),
            host: None,
            subject: None,
            site: shift.site,
            expires_at: None,
            at: moment.now.millis(),
            online: false,
            last_used: None,
            facts_from: None,
            departure_of: None,
            again: false,
            has_photo: photo.is_some(),
        };
        let mut access = self.store.access();
        let write = access.write()?;
        let personal =
            Personal { name: result.name.clone(), note: None, fix, photo: keep(&write, photo.as_ref())? };
        self.same_shift(&write, &shift)?;
        let body = Body::WalkUp(shift.actor());
        self.append(&write, &*known.enrolment()?, &moment, result.event, &body, &personal)?;
        self.add_event(&write, &shift, &moment, None, &result)?;
        self.keep_time(&write, &moment)?;
        write.commit()?;
        Ok(result)
    }
}

fn prepare(photo: Option<Vec<u8>>) -> Result<Option<NewPhoto>, StationError> {
    let Some(bytes) = photo else { return Ok(None) };
    let jpeg = photo::prepare(&bytes)?.jpeg;
    Ok(Some(NewPhoto { sha256: Digest32::of(&jpeg), jpeg }))
}

fn keep(write: &Write<'_>, photo: Option<&NewPhoto>) -> Result<Option<Digest32>, StationError> {
    let Some(photo) = photo else { return Ok(None) };
    write.add_photo(photo)?;
    Ok(Some(photo.sha256))
}
