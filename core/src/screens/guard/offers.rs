//! What can be done now. The one place that says so: screens are drawn from it, and taps are held against it.

use super::{
    Action, CameraSays, Guard, Usual,
    place::{
        Base, Correcting, Enrol, EnrolStage, History, Inside, Judged, Over, PhotoStage, Photographing,
        Purpose, Reasoning, SignIn, SignInStage, Start,
    },
    stop::Stop,
};
use crate::{
    decision::{Verdict, guard::is_flagged},
    device::PastEvent,
    gatepack::PhotoPolicy,
    screens::{
        Side, Weight,
        offer::{self, likely, offer, other, quiet},
    },
};

/// A second code is sent no sooner after the first. The server's 30 s, and two for the way. Milliseconds.
pub(super) const RESEND_MS: u64 = 32_000;

/// Something that can be done, or will be.
pub(super) type Offer = offer::Offer<Action>;

impl Guard {
    /// What is offered under this action, where it can be done now.
    pub(super) fn offered(&self, action: Action) -> Option<Offer> {
        self.offers().into_iter().find(|offer| offer.enabled && offer.action == action)
    }

    /// Everything that the screen offers, rows of lists too, in the order in which it is read.
    pub(super) fn offers(&self) -> Vec<Offer> {
        let mut offers = self.of_place();
        // Where the camera is wanted and fails, it can be tried again.
        let wants = match (self.over.last(), &self.base) {
            (Some(Over::Photo(photographing)), _) => photographing.stage == PhotoStage::Live,
            (Some(Over::Enrol(enrol)), _) | (None, Base::Enrol(enrol)) => {
                matches!(enrol.stage, EnrolStage::Scan)
            }
            (None, Base::Camera) => true,
            _ => false,
        };
        if wants && matches!(self.phone.camera, Some(CameraSays::Fails(_))) {
            offers.push(other(Action::Again));
        }
        offers
    }

    fn of_place(&self) -> Vec<Offer> {
        let Some(over) = self.over.last() else { return self.of_base() };
        // What is being written down is waited for: that takes no network and no time.
        let free = over.asked().is_none();
        match over {
            Over::Checking => vec![likely(Action::GoOnOffline).when(!self.eye.given_up), quiet(Action::Back)],
            Over::Verdict(judged) => self.of_verdict(judged, free),
            Over::News(_) => vec![likely(Action::Look).when(free)],
            Over::Reason(reasoning) => of_reason(reasoning),
            Over::Photo(photographing) => of_photo(photographing),
            Over::Report(reporting) => vec![
                likely(Action::Send).when(free),
                other(Action::WithPhoto).when(free && reporting.photo.is_none()),
                quiet(Action::Back).when(free),
            ],
            Over::WalkUp(walking) => {
                let rows = walking.hosts.iter().map(|host| other(Action::Host(host.of)).when(free));
                let register = likely(Action::Register).when(free && !walking.name.trim().is_empty());
                rows.chain([register, quiet(Action::Back).when(free)]).collect()
            }
            Over::TypeCode(typing) => {
                vec![likely(Action::Check).when(free && !typing.text.trim().is_empty()), quiet(Action::Back)]
            }
            Over::SetPin(typing) => vec![
                likely(Action::SetPin).when(free && !typing.text.trim().is_empty()),
                quiet(Action::Back).when(free),
            ],
            Over::Expected(search) => {
                let found = search.found.iter().flatten();
                let rows = found.map(|visit| other(Action::Arrive(visit.subject)).when(free));
                rows.chain([quiet(Action::Back).when(free)]).collect()
            }
            Over::Inside(inside) => of_inside(inside, free),
            Over::History(history) => of_history(history, free),
            Over::Correct(correcting) => of_correct(correcting, free),
            Over::Status(_) => self.of_status(free),
            Over::EndShift(_) => {
                vec![likely(Action::EndNow).when(free), other(Action::Stay).when(free)]
            }
            Over::Enrol(enrol) => of_enrol(enrol, true),
            Over::Stop(stop) => of_stop(stop),
        }
    }

    fn of_base(&self) -> Vec<Offer> {
        match &self.base {
            Base::Opening => Vec::new(),
            Base::Enrol(enrol) => of_enrol(enrol, false),
            Base::SignIn(sign_in) => self.of_sign_in(sign_in),
            Base::Start(Start { asked, .. }) => {
                let free = asked.is_none();
                let sites = self.sites_from_here().into_iter();
                let rows =
                    sites.map(|(site, _)| likely(Action::StartAt(site.number)).when(free && site.assigned));
                let rest = [
                    other(Action::RefreshPlace).when(free),
                    other(Action::Sync).when(free && self.syncing().is_none()),
                    quiet(Action::Lock).when(free && !self.is_locking()),
                    quiet(Action::Status),
                ];
                rows.chain(rest).collect()
            }
            Base::Camera => self.of_camera(),
        }
    }

    fn of_sign_in(&self, sign_in: &SignIn) -> Vec<Offer> {
        let free = sign_in.asked.is_none();
        let others = !self.station.guards.is_empty();
        match &sign_in.stage {
            SignInStage::Guards => {
                let rows = self.station.guards.iter().filter(|guard| guard.has_pin);
                let rows = rows.map(|guard| likely(Action::Guard(guard.person)));
                rows.chain([other(Action::ByCode), quiet(Action::Status)]).collect()
            }
            SignInStage::Address(text) => vec![
                likely(Action::SendCode).when(free && text.contains('@')),
                quiet(Action::OtherGuard).when(others),
                quiet(Action::Status),
            ],
            SignInStage::Digits { text, sent_ms, .. } => vec![
                likely(Action::SignIn).when(free && !text.trim().is_empty()),
                other(Action::SendAgain).when(free && self.now.since(*sent_ms) >= RESEND_MS),
                quiet(Action::Back),
            ],
            SignInStage::Pin { text, .. } => vec![
                likely(Action::Unlock).when(free && !text.trim().is_empty()),
                other(Action::ByCode).when(free),
                quiet(Action::Back).when(free),
            ],
        }
    }

    fn of_camera(&self) -> Vec<Offer> {
        let (torch, another) = match self.phone.camera {
            Some(CameraSays::Runs { torch, another }) => (torch, another),
            _ => (false, false),
        };
        let mut offers = vec![
            other(Action::WalkUp),
            other(Action::Expected),
            other(Action::Inside),
            other(Action::TypeCode),
        ];
        if torch {
            offers.push(quiet(Action::Torch));
        }
        if another {
            offers.push(quiet(Action::OtherCamera));
        }
        offers.extend([
            quiet(Action::History),
            quiet(Action::Status),
            quiet(Action::Lock).when(!self.is_locking()),
            quiet(Action::EndShift),
        ]);
        offers
    }

    fn of_verdict(&self, judged: &Judged, free: bool) -> Vec<Offer> {
        let (start, end) =
            if self.phone.mirrored { (Side::End, Side::Start) } else { (Side::Start, Side::End) };
        let report = quiet(Action::Report).when(free);
        let leave = quiet(Action::Leave).when(free);
        if judged.result.departure_of.is_some() {
            return vec![likely(Action::Departure).when(free).at(Side::End), leave, report];
        }
        let verdict = judged.result.verdict;
        let denied = verdict == Some(Verdict::Denied);
        let (deny, grant) =
            if denied { (Weight::Likely, Weight::Dangerous) } else { (Weight::Other, Weight::Likely) };
        vec![
            offer(Action::Deny, deny).when(free).at(start),
            offer(Action::Grant, grant).when(free).at(end),
            report,
            leave,
        ]
    }

    fn of_status(&self, free: bool) -> Vec<Offer> {
        let status = self.station.status.as_deref();
        let stuck = status.is_some_and(|status| status.outbox.stuck + status.outbox.stuck_photos > 0);
        let enrolled = status.is_some_and(|status| status.org.is_some());
        let signed_in = status.is_some_and(|status| status.guard.is_some());
        let anew = status.is_some_and(|status| status.must_enrol_anew || status.revoked);
        let mut offers = vec![likely(Action::Sync).when(enrolled && self.syncing().is_none())];
        if stuck {
            offers.push(other(Action::Retry).when(free));
        }
        if anew {
            offers.push(other(Action::EnrolAnew));
        }
        if signed_in {
            offers.push(quiet(Action::SetPin));
        }
        offers.push(quiet(Action::Back));
        offers
    }
}

fn of_enrol(enrol: &Enrol, back: bool) -> Vec<Offer> {
    let mut offers = match &enrol.stage {
        EnrolStage::Scan => vec![other(Action::TypeCode)],
        EnrolStage::Type(text) => {
            vec![likely(Action::Check).when(!text.trim().is_empty()), other(Action::ScanCode)]
        }
        // Leaves the question to the server where it is.
        EnrolStage::Look { .. } => return vec![quiet(Action::Back)],
        EnrolStage::Offer { .. } => return vec![likely(Action::Yes), other(Action::No)],
        EnrolStage::Enrol { .. } => return vec![quiet(Action::Back)],
    };
    if back {
        offers.push(quiet(Action::Back));
    }
    offers
}

fn of_reason(reasoning: &Reasoning) -> Vec<Offer> {
    let rows = Usual::ALL.into_iter().map(|usual| other(Action::Reason(usual)));
    let given = reasoning.usual.is_some() || !reasoning.text.trim().is_empty();
    let grant = Offer { held: true, ..offer(Action::GrantAgainst, Weight::Dangerous).when(given) };
    rows.chain([grant, quiet(Action::Back)]).collect()
}

fn of_photo(photographing: &Photographing) -> Vec<Offer> {
    // A report needs no photo, and a grant only where the site says so.
    let may_skip = match &photographing.purpose {
        Purpose::Grant { judged, .. } => judged.result.photo != PhotoPolicy::Required,
        Purpose::Report(_) => false,
    };
    let mut offers = match photographing.stage {
        PhotoStage::Live => vec![likely(Action::Take)],
        PhotoStage::Asked => vec![likely(Action::Take).when(false)],
        PhotoStage::Taken(_) => vec![likely(Action::Use), other(Action::Retake)],
    };
    if may_skip {
        offers.push(other(Action::Skip));
    }
    offers.push(quiet(Action::Back));
    offers
}

fn of_inside(inside: &Inside, free: bool) -> Vec<Offer> {
    let visits = inside.found.iter().flatten();
    let mut offers: Vec<Offer> = visits
        .map(|visit| match inside.muster {
            Some(_) => other(Action::Found(visit.stay)),
            None => other(Action::Visit(visit.stay)).when(free),
        })
        .collect();
    if inside.muster.is_none() {
        offers.push(likely(Action::Departure).when(free && inside.chosen.is_some()));
    }
    offers.extend([other(Action::Muster).when(free), quiet(Action::Back).when(free)]);
    offers
}

fn of_history(history: &History, free: bool) -> Vec<Offer> {
    if history.open.is_some() {
        let opened = history.opened();
        let mut offers = vec![other(Action::Report).when(opened.is_some())];
        if opened.and_then(PastEvent::correction).is_some() {
            offers.push(other(Action::PutRight));
        }
        offers.push(quiet(Action::Back));
        return offers;
    }
    let past = history.found.iter().flatten();
    let rows = past.map(|past| other(Action::Past(past.result.event)).when(free));
    rows.chain([quiet(Action::Back)]).collect()
}

fn of_correct(correcting: &Correcting, free: bool) -> Vec<Offer> {
    let given = correcting.becomes().is_some() && !correcting.text.trim().is_empty();
    let now = offer(Action::PutRightNow, Weight::Dangerous).when(free && given);
    vec![Offer { held: true, ..now }, quiet(Action::Back).when(free)]
}

fn of_stop(stop: &Stop) -> Vec<Offer> {
    match stop {
        Stop::ShiftOver | Stop::Salvaged(_) => vec![likely(Action::GoOn)],
        Stop::Revoked | Stop::EnrolAnew => vec![likely(Action::EnrolAnew), other(Action::GoOn)],
        Stop::StorageFull(_) | Stop::Damaged(_) | Stop::Newer(_) | Stop::Elsewhere(_) | Stop::Failed(_) => {
            vec![likely(Action::Again)]
        }
        Stop::Camera(_) => vec![likely(Action::Again), other(Action::Settings), other(Action::GoOn)],
    }
}

/// Whether a grant of this goes against its verdict.
pub(super) fn goes_against(judged: &Judged) -> bool {
    is_flagged(true, [judged.result.verdict])
}
