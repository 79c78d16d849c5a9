//! The guard's station as shells hold it: core's calls, with ids and times as they cross.

use std::sync::Arc;

use gatehouse_core::{
    device::{self, Erased, Retried},
    id::{InvalidId, SiteNumber},
    place::Fix,
    qr,
};

use crate::{
    Decided, DeviceTime, Enrolled, Erase, ExpectedVisit, GuardHere, ScanResult, SecretStore, ShiftState,
    Sight, SignedIn, SiteHere, StationError, StationEvents, StationStatus, StuckEntry, StuckPhoto,
    SyncReport, Visit,
    events::Board,
    platform::{Secrets, Time},
};

/// A guard's station. Every call blocks, so shells make it on a thread for that; those that wait for the network take a
/// deadline in milliseconds. Any number of threads may call.
#[derive(uniffi::Object)]
pub struct GuardStation {
    core: device::GuardStation,
    board: Arc<Board>,
}

impl GuardStation {
    /// Tells what a call changed, also where it failed. Not for those that change nothing that is told: it looks at
    /// the whole station, and that is work on the disk.
    fn announce<T>(&self, result: Result<T, device::StationError>) -> Result<T, StationError> {
        self.tell(&mut self.board.look(), false);
        Ok(result?)
    }

    /// A station that cannot say how it stands says so to whoever asks; the difference is told at the next call.
    fn tell(&self, seen: &mut crate::events::Seen<'_>, ended_here: bool) {
        if let Ok(status) = self.core.status() {
            self.board.tell(seen, status.into(), ended_here);
        }
    }
}

#[uniffi::export]
impl GuardStation {
    /// Opens the station in `folder`, or makes a new one there.
    ///
    /// # Errors
    /// A folder or secret store that cannot be used; data that another secret store sealed.
    #[uniffi::constructor]
    pub fn open(
        folder: String,
        secrets: Arc<dyn SecretStore>,
        time: Arc<dyn DeviceTime>,
    ) -> Result<Self, StationError> {
        let core = device::GuardStation::open(folder, Arc::new(Secrets(secrets)), Arc::new(Time(time)))?;
        let station = Self { core, board: Arc::default() };
        station.tell(&mut station.board.look(), false);
        Ok(station)
    }

    /// Enrols the station by the text of an admin's enrolment code. `name` is what admins will call it.
    ///
    /// # Errors
    /// A text that is no enrolment code, a server that cannot be reached, refuses, or is not the one in the code.
    pub fn enrol(
        &self,
        code: String,
        name: Option<String>,
        deadline_ms: u32,
    ) -> Result<Enrolled, StationError> {
        Ok(self.announce(self.core.enrol(code, name, deadline_ms))?.into())
    }

    /// Has a one-time code sent to a guard.
    ///
    /// # Errors
    /// A server that cannot be reached or refuses.
    pub fn request_code(&self, email: String, deadline_ms: u32) -> Result<(), StationError> {
        Ok(self.core.request_code(email, deadline_ms)?)
    }

    /// Signs a guard in with the one-time code. Another guard's running shift ends.
    ///
    /// # Errors
    /// A server that cannot be reached or refuses the code.
    pub fn sign_in(&self, email: String, code: String, deadline_ms: u32) -> Result<SignedIn, StationError> {
        Ok(self.announce(self.core.sign_in(email, code, deadline_ms))?.into())
    }

    /// Guards who signed in on this station before, by name.
    ///
    /// # Errors
    /// A store that fails.
    pub fn guards(&self) -> Result<Vec<GuardHere>, StationError> {
        Ok(self.core.guards()?.into_iter().map(GuardHere::from).collect())
    }

    /// Sets the PIN with which the guard who is signed in unlocks this station from now on.
    ///
    /// # Errors
    /// Nobody is signed in; a PIN that anyone would guess.
    pub fn set_pin(&self, pin: String) -> Result<(), StationError> {
        Ok(self.core.set_pin(pin)?)
    }

    /// Locks the station: nothing is scanned until a guard unlocks it or signs in. A running shift goes on.
    ///
    /// # Errors
    /// A store that fails.
    pub fn lock(&self) -> Result<(), StationError> {
        self.announce(self.core.lock())
    }

    /// Unlocks the station for a guard who signed in here before, by PIN and without a network. Another guard's
    /// running shift ends.
    ///
    /// # Errors
    /// No such guard or PIN; a wrong PIN, too many of them, or a try before its time; a guard whom the gate pack does
    /// not name.
    pub fn unlock(&self, person: String, pin: String) -> Result<SignedIn, StationError> {
        Ok(self.announce(self.core.unlock(id(&person)?, pin))?.into())
    }

    /// Sites by name, those where the guard works first. Needs no network; without a gate pack no site is known.
    ///
    /// # Errors
    /// A store that fails.
    pub fn sites(&self) -> Result<Vec<SiteHere>, StationError> {
        Ok(self.core.sites()?.into_iter().map(SiteHere::from).collect())
    }

    /// Starts the guard's shift at a site.
    ///
    /// # Errors
    /// No guard, a running shift, a site that the guard is not assigned to or is not at.
    pub fn start_shift(
        &self,
        site: u32,
        fix: Option<Fix>,
        deadline_ms: u32,
    ) -> Result<ShiftState, StationError> {
        Ok(self.announce(self.core.start_shift(site_number(site)?, fix, deadline_ms))?.into())
    }

    /// Ends the shift.
    ///
    /// # Errors
    /// No shift.
    pub fn end_shift(&self, fix: Option<Fix>) -> Result<(), StationError> {
        // Nobody looks between the end and its being known as the guard's own.
        let mut seen = self.board.look();
        let result = self.core.end_shift(fix);
        self.tell(&mut seen, result.is_ok());
        Ok(result?)
    }

    /// Decides the text of a code, from a scanner or typed, and writes the scan down before returning.
    ///
    /// # Errors
    /// No shift; a store that fails, in which case nothing may be shown.
    pub fn scan(&self, code: String, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        Ok(self.announce(self.core.scan(code, fix))?.into())
    }

    /// Finds the code in a frame of the running camera and decides it; nothing where the frame shows none. `luma` is
    /// the grey plane (Y), `row_stride` the bytes from one row to the next. The bytes are borrowed, not copied over:
    /// Kotlin passes a direct `ByteBuffer`.
    ///
    /// # Errors
    /// Fewer bytes than the measures promise, and as [`Self::scan`].
    pub fn scan_frame(
        &self,
        luma: &[u8],
        width: u32,
        height: u32,
        row_stride: u32,
        fix: Option<Fix>,
    ) -> Result<Option<ScanResult>, StationError> {
        Ok(self.see_frame(luma, width, height, row_stride, 0, fix)?.scan)
    }

    /// As [`Self::scan_frame`], and what the viewfinder shows: where codes are, and what helps where none is read.
    /// `turn` says by how many degrees the frame must be turned clockwise to be shown upright; corners are those of the
    /// frame so turned.
    ///
    /// # Errors
    /// As [`Self::scan_frame`].
    pub fn see_frame(
        &self,
        luma: &[u8],
        width: u32,
        height: u32,
        row_stride: u32,
        turn: u32,
        fix: Option<Fix>,
    ) -> Result<Sight, StationError> {
        let frame = qr::Frame::new(luma, width, height, row_stride).map_err(device::StationError::from)?;
        match self.core.see(&frame.turned(qr::Turn::from_degrees(turn)), fix) {
            // Most frames: nothing happened.
            Ok(sight) if sight.scan.is_none() => Ok(sight.into()),
            result => Ok(self.announce(result)?.into()),
        }
    }

    /// The small JPEG that stands beside a verdict, by the digest that the verdict names; nothing where it is not here
    /// any more.
    ///
    /// # Errors
    /// A store that fails.
    pub fn face(&self, sha256: String) -> Result<Option<Vec<u8>>, StationError> {
        // A text that is no digest names no face.
        let Ok(sha256) = sha256.parse() else { return Ok(None) };
        Ok(self.core.face(sha256)?)
    }

    /// Finds the code in a PNG or JPEG picture and decides it.
    ///
    /// # Errors
    /// A picture that cannot be read or shows no code, and as [`Self::scan`].
    pub fn scan_picture(&self, picture: &[u8], fix: Option<Fix>) -> Result<ScanResult, StationError> {
        Ok(self.announce(self.core.scan_picture(picture.to_vec(), fix))?.into())
    }

    /// Grants or denies a scan or walk-up. Granting against DENIED needs a reason. For an invited visitor a photo may
    /// be taken along. `judgement` is the number of the result that stood on the screen; without it, it is the last one
    /// that the station gave out, by whichever call.
    ///
    /// # Errors
    /// No such event, a decision that was made otherwise before, a missing reason or photo; a verdict that has changed
    /// since it was shown.
    #[uniffi::method(default(judgement = None))]
    pub fn decide(
        &self,
        event: String,
        granted: bool,
        reason: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
        judgement: Option<u32>,
    ) -> Result<Decided, StationError> {
        let seen = device::Seen { event: id(&event)?, judgement };
        Ok(self.announce(self.core.decide(seen, granted, reason, photo, fix))?.into())
    }

    /// Puts a decision of the running shift right: it counts as granted or denied from here on, and why is written down
    /// beside what was decided first. A reason is always needed. To say what stands already changes nothing.
    ///
    /// # Errors
    /// No shift; no such event; one that nobody decided, of another shift, or of a visitor who left since; a visitor who
    /// is inside by another event; a missing reason.
    pub fn correct(
        &self,
        event: String,
        granted: bool,
        reason: Option<String>,
        fix: Option<Fix>,
    ) -> Result<Decided, StationError> {
        Ok(self.announce(self.core.correct(id(&event)?, granted, reason, fix))?.into())
    }

    /// Shows an undecided event of the running shift as it stands now.
    ///
    /// # Errors
    /// No shift; no such event, or one that is decided or left.
    pub fn look(&self, event: String) -> Result<ScanResult, StationError> {
        Ok(self.announce(self.core.look(id(&event)?))?.into())
    }

    /// Registers a visitor without a code. Grant or deny follows by [`Self::decide`]. `site` is another site than the
    /// shift's, for a guard of several.
    ///
    /// # Errors
    /// No shift, no name, a photo that the site demands and that is missing or cannot be read, a site that the guard
    /// is not assigned to.
    pub fn walk_up(
        &self,
        name: String,
        host: Option<String>,
        reason: Option<String>,
        site: Option<u32>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        let site = site.map(site_number).transpose()?;
        let visitor = device::WalkUp { name, host, reason };
        Ok(self.announce(self.core.walk_up(visitor, site, photo, fix))?.into())
    }

    /// Registers an expected visitor who shows no code, as found by name. Grant or deny follows by [`Self::decide`].
    ///
    /// # Errors
    /// No shift; an invitation that the gate pack does not have; a photo that cannot be read.
    pub fn arrive(
        &self,
        invitation: String,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<ScanResult, StationError> {
        Ok(self.announce(self.core.arrive(id(&invitation)?, photo, fix))?.into())
    }

    /// Reports an event as suspicious, with a note and a photo if wanted.
    ///
    /// # Errors
    /// No shift; no such event on this station; a photo that cannot be read.
    pub fn report(
        &self,
        event: String,
        note: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<(), StationError> {
        self.announce(self.core.report(id(&event)?, note, photo, fix))
    }

    /// Events of the running shift that nobody decided yet, the newest first: from here the guard goes on after the
    /// app was ended in the middle of a scan.
    ///
    /// # Errors
    /// No shift; a store that fails.
    pub fn undecided(&self) -> Result<Vec<ScanResult>, StationError> {
        // Told, because a shift that ran too long ends here as well.
        Ok(self.announce(self.core.undecided())?.into_iter().map(ScanResult::from).collect())
    }

    /// Leaves an event undecided for good. It counts no use.
    ///
    /// # Errors
    /// No such event, or one that is decided.
    pub fn abandon(&self, event: String) -> Result<(), StationError> {
        self.announce(self.core.abandon(id(&event)?))
    }

    /// Visitors inside: those whom this station let in, and with a network also those of the other gates.
    ///
    /// # Errors
    /// A store that fails.
    pub fn on_site(&self, deadline_ms: u32) -> Result<Vec<Visit>, StationError> {
        Ok(self.announce(self.core.on_site(deadline_ms))?.into_iter().map(Visit::from).collect())
    }

    /// Records that a visitor left.
    ///
    /// # Errors
    /// No shift; no such visit inside; another gate's visit and no server.
    pub fn depart(&self, stay: String, fix: Option<Fix>, deadline_ms: u32) -> Result<(), StationError> {
        self.announce(self.core.depart(id(&stay)?, fix, deadline_ms))
    }

    /// Fetches keys and gate pack, sends entries and photos, as far as the time allows. Failing to reach the server is
    /// no error: the report says so, and nothing is lost.
    ///
    /// # Errors
    /// Not enrolled; a journal that was forked; a store that fails.
    pub fn sync_once(&self, deadline_ms: u32) -> Result<SyncReport, StationError> {
        Ok(self.announce(self.core.sync_once(deadline_ms))?.into())
    }

    /// Synchronises if that is due, for a scheduler to call; nothing where it is not, and `status` tells when.
    ///
    /// # Errors
    /// As [`Self::sync_once`].
    pub fn sync_if_due(&self, deadline_ms: u32) -> Result<Option<SyncReport>, StationError> {
        Ok(self.announce(self.core.sync_if_due(deadline_ms))?.map(SyncReport::from))
    }

    /// Entries that are set aside, one by one.
    ///
    /// # Errors
    /// A store that fails.
    pub fn stuck(&self) -> Result<Vec<StuckEntry>, StationError> {
        Ok(self.core.stuck()?.into_iter().map(StuckEntry::from).collect())
    }

    /// Photos that are set aside.
    ///
    /// # Errors
    /// A store that fails.
    pub fn stuck_photos(&self) -> Result<Vec<StuckPhoto>, StationError> {
        Ok(self.core.stuck_photos()?.into_iter().map(StuckPhoto::from).collect())
    }

    /// Puts everything that is set aside back into the outbox.
    ///
    /// # Errors
    /// A store that fails; a journal key that is gone.
    pub fn retry_stuck(&self) -> Result<Retried, StationError> {
        self.announce(self.core.retry_stuck())
    }

    /// Destroys what this station knows of a person: names, notes, places, photos. The journal still verifies. What the
    /// server does not have yet goes once it is sent.
    ///
    /// # Errors
    /// A store that fails.
    pub fn erase(&self, whose: Erase) -> Result<Erased, StationError> {
        let whose = whose.try_into().map_err(StationError::malformed_id)?;
        self.announce(self.core.erase(&whose))
    }

    /// Visitors expected within the next 24 hours whose name, or whose host's, begins as typed; all of them for an
    /// empty text. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn expected(&self, query: String, site: Option<u32>) -> Result<Vec<ExpectedVisit>, StationError> {
        let site = site.map(site_number).transpose()?;
        Ok(self.core.expected(query, site)?.into_iter().map(ExpectedVisit::from).collect())
    }

    /// How the station stands. Needs no network.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn status(&self) -> Result<StationStatus, StationError> {
        Ok(self.core.status()?.into())
    }

    /// Does what is due by the passing of time alone: a shift that ran too long ends. For a shell to call every minute
    /// or so while it runs.
    ///
    /// # Errors
    /// A store, secret store or clock that fails.
    pub fn tick(&self) -> Result<(), StationError> {
        self.announce(self.core.end_overdue_shift())?;
        Ok(())
    }

    /// A listener for what changes.
    #[must_use]
    pub fn events(&self) -> Arc<StationEvents> {
        Arc::new(StationEvents::new(Arc::clone(&self.board)))
    }
}

fn site_number(site: u32) -> Result<SiteNumber, StationError> {
    Ok(SiteNumber::new(site.into()).ok_or(device::StationError::NotAssigned { site })?)
}

fn id<T: std::str::FromStr<Err = InvalidId>>(text: &str) -> Result<T, StationError> {
    text.parse().map_err(StationError::malformed_id)
}
