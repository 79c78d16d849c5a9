//! Carries out what the screens ask of a station: each piece of work is one of its calls. The one place where the two
//! meet, so that no shell has a list of its own.

use super::GuardStation;
use crate::{
    device::StationError,
    network::Line,
    screens::guard::{Answer, Work},
};

/// How long the server may take where somebody waits for its answer and there is none without it. Milliseconds.
const WAITED_FOR_MS: u32 = 10_000;
/// How long it may take where the work goes on without it. Milliseconds.
const BESIDE_MS: u32 = 1_500;
/// How long a synchronisation may take: in the background nobody waits, and what is done stays done. Milliseconds.
const SYNC_MS: u32 = 30_000;

impl GuardStation {
    /// Does a piece of work, and gives what came of it. `photo` are the bytes of the photo that the work names; work
    /// that names one whose bytes are gone goes on without.
    ///
    /// # Errors
    /// As the call that the work is named after.
    pub async fn carry(
        &self,
        line: Line,
        work: Work,
        photo: Option<Vec<u8>>,
    ) -> Result<Answer, StationError> {
        Ok(match work {
            Work::Status => Answer::Status(Box::new(self.status()?)),
            Work::Sites => Answer::Sites(self.sites()?),
            Work::Guards => Answer::Guards(self.guards()?),
            Work::LookAtCode { code } => {
                Answer::Offer(self.look_at_code_through(line, &code, WAITED_FOR_MS).await?)
            }
            Work::Enrol { code } => {
                Answer::Enrolled(self.enrol_through(line, code, None, WAITED_FOR_MS).await?)
            }
            Work::RequestCode { email } => {
                self.request_code_through(line, email, WAITED_FOR_MS).await?;
                Answer::Done
            }
            Work::SignIn { email, code } => {
                Answer::SignedIn(self.sign_in_through(line, email, code, WAITED_FOR_MS).await?)
            }
            Work::Unlock { person, pin } => Answer::SignedIn(self.unlock(person, pin)?),
            Work::SetPin { pin } => {
                self.set_pin(pin)?;
                Answer::Done
            }
            Work::Lock => {
                self.lock()?;
                Answer::Done
            }
            Work::StartShift { site, fix } => {
                Answer::Shift(self.start_shift_through(line, site, fix, WAITED_FOR_MS).await?)
            }
            Work::EndShift { fix } => {
                self.end_shift(fix)?;
                Answer::Done
            }
            Work::EndOverdueShift => Answer::Ended(self.end_overdue_shift()?),
            Work::Undecided => Answer::Undecided(self.undecided()?),
            Work::ScanSeen { codes, fix } => {
                Answer::Seen(self.scan_seen(line, codes, fix).await?.map(Box::new))
            }
            Work::Scan { code, fix } => Answer::Judged(Box::new(self.scan_through(line, code, fix).await?)),
            Work::Look { event } => Answer::Judged(Box::new(self.look(event)?)),
            Work::Decide { seen, granted, reason, fix, photo: _ } => {
                Answer::Decided(self.decide(seen, granted, reason, photo, fix)?)
            }
            Work::Correct { event, granted, reason, fix } => {
                Answer::Decided(self.correct(event, granted, Some(reason), fix)?)
            }
            Work::Abandon { event } => {
                self.abandon(event)?;
                Answer::Done
            }
            Work::Depart { stay, fix } => {
                self.depart_through(line, stay, fix, BESIDE_MS).await?;
                Answer::Done
            }
            Work::WalkUp { visitor, fix } => {
                Answer::Judged(Box::new(self.walk_up(visitor, None, None, fix)?))
            }
            Work::Hosts { query } => Answer::Hosts(self.hosts(&query)?),
            Work::TurnedAway { name, since } => Answer::TurnedAway(self.turned_away(&name, since)?),
            Work::Arrive { invitation, fix } => Answer::Judged(Box::new(self.arrive(invitation, None, fix)?)),
            Work::Expected { query, site } => Answer::Expected(self.expected(query, site)?),
            Work::OnSite { deadline_ms } => Answer::Inside(self.on_site_through(line, deadline_ms).await?),
            Work::Report { event, note, fix, photo: _ } => {
                self.report(event, note, photo, fix)?;
                Answer::Done
            }
            Work::Sync => Answer::Synced(Box::new(self.sync_through(line, SYNC_MS).await?)),
            Work::History { most } => Answer::Past(self.history(most)?),
            Work::Counts => Answer::Counts(self.shift_counts()?),
            Work::Stuck => Answer::Stuck(self.stuck()?),
            Work::Retry => Answer::Retried(self.retry_stuck()?),
        })
    }
}
