use std::sync::Arc;

use gatehouse_core::{
    device,
    id::{EntryId, SiteNumber},
    picture::Luma,
    place,
};

use crate::{
    Decided, DeviceTime, Enrolled, Fix, ScanResult, SecretStore, ShiftState, SignedIn, StationError,
    StationEvents, StationStatus, SyncReport, Visit,
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
    /// Makes a call and tells what it changed, also where it failed.
    fn told<T>(&self, result: Result<T, device::StationError>) -> Result<T, StationError> {
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
        Ok(self.told(self.core.enrol(code, name, deadline_ms))?.into())
    }

    /// Has a one-time code sent to a guard.
    ///
    /// # Errors
    /// A server that cannot be reached or refuses.
    pub fn request_code(&self, email: String, deadline_ms: u32) -> Result<(), StationError> {
        self.told(self.core.request_code(email, deadline_ms))
    }

    /// Signs a guard in with the one-time code.
    ///
    /// # Errors
    /// A running shift of another guard; a server that cannot be reached or refuses the code.
    pub fn sign_in(&self, email: String, code: String, deadline_ms: u32) -> Result<SignedIn, StationError> {
        Ok(self.told(self.core.sign_in(email, code, deadline_ms))?.into())
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
        let number = SiteNumber::new(site.into()).ok_or(device::StationError::NotAssigned { site })?;
        Ok(self.told(self.core.start_shift(number, place(fix), deadline_ms))?.into())
    }

    /// Ends the shift.
    ///
    /// # Errors
    /// No shift.
    pub fn end_shift(&self, fix: Option<Fix>) -> Result<(), StationError> {
        // Nobody looks between the end and its being known as the guard's own.
        let mut seen = self.board.look();
        let result = self.core.end_shift(place(fix));
        self.tell(&mut seen, result.is_ok());
        Ok(result?)
    }

    /// Decides the text of a code, from a scanner or typed, and writes the scan down before returning.
    ///
    /// # Errors
    /// No shift; a store that fails, in which case nothing may be shown.
    pub fn scan(&self, code: String, fix: Option<Fix>) -> Result<ScanResult, StationError> {
        Ok(self.told(self.core.scan(code, place(fix)))?.into())
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
        let frame = Luma::from_frame(luma, width, height, row_stride).map_err(device::StationError::from)?;
        match self.core.scan_frame(&frame, place(fix)) {
            // Most frames: nothing happened.
            Ok(None) => Ok(None),
            result => Ok(self.told(result)?.map(ScanResult::from)),
        }
    }

    /// Finds the code in a PNG or JPEG picture and decides it.
    ///
    /// # Errors
    /// A picture that cannot be read or shows no code, and as [`Self::scan`].
    pub fn scan_picture(&self, picture: &[u8], fix: Option<Fix>) -> Result<ScanResult, StationError> {
        Ok(self.told(self.core.scan_picture(picture.to_vec(), place(fix)))?.into())
    }

    /// Grants or denies a scan or walk-up. Granting against DENIED needs a reason. For an invited visitor a photo may
    /// be taken along.
    ///
    /// # Errors
    /// No such event, a decision that was made otherwise before, a missing reason or photo.
    pub fn decide(
        &self,
        event: String,
        granted: bool,
        reason: Option<String>,
        photo: Option<Vec<u8>>,
        fix: Option<Fix>,
    ) -> Result<Decided, StationError> {
        let event: EntryId = event.parse().map_err(StationError::malformed_id)?;
        Ok(self.told(self.core.decide(event, granted, reason, photo, place(fix)))?.into())
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
        Ok(self.told(self.core.walk_up(name, photo, place(fix)))?.into())
    }

    /// Visitors inside: those whom this station let in, and with a network also those of the other gates.
    ///
    /// # Errors
    /// A store that fails.
    pub fn on_site(&self, deadline_ms: u32) -> Result<Vec<Visit>, StationError> {
        Ok(self.told(self.core.on_site(deadline_ms))?.into_iter().map(Visit::from).collect())
    }

    /// Records that a visitor left.
    ///
    /// # Errors
    /// No shift; no such visit inside; another gate's visit and no server.
    pub fn depart(&self, stay: String, fix: Option<Fix>, deadline_ms: u32) -> Result<(), StationError> {
        let stay: EntryId = stay.parse().map_err(StationError::malformed_id)?;
        self.told(self.core.depart(stay, place(fix), deadline_ms))
    }

    /// Fetches keys and gate pack, sends entries and photos, as far as the time allows. Failing to reach the server is
    /// no error: the report says so, and nothing is lost.
    ///
    /// # Errors
    /// Not enrolled; a journal that was forked; a store that fails.
    pub fn sync_once(&self, deadline_ms: u32) -> Result<SyncReport, StationError> {
        Ok(self.told(self.core.sync_once(deadline_ms))?.into())
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
        self.told(self.core.end_overdue_shift())?;
        Ok(())
    }

    /// A listener for what changes.
    #[must_use]
    pub fn events(&self) -> Arc<StationEvents> {
        Arc::new(StationEvents::new(Arc::clone(&self.board)))
    }
}

fn place(fix: Option<Fix>) -> Option<place::Fix> {
    fix.map(place::Fix::from)
}
