//! Invitations: the days on which a visitor comes, making one, handing it on, and cancelling it.

use std::ops::RangeInclusive;

use super::{
    Action, Effect, Member, Sharing, When, Work,
    place::{Chosen, Invited, Inviting, Over, Picking},
};
use crate::{
    id::SubjectId,
    phrase,
    screens::{CodeShown, Moment},
    time::{UnixMillis, UnixSeconds},
    visit::{HostLimits, InvitationStatus},
    wire::{InvitationRequest, InvitationView},
    words::{Phrase, time},
};

/// Saturday, counted from Monday as 0.
const SATURDAY: u32 = 5;

impl When {
    /// The first and the last day, seen from today; all counted from the first of 1970, which was a Thursday.
    pub(super) const fn days(self, today: u32) -> (u32, u32) {
        let weekday = today.saturating_add(3) % 7;
        let saturday = today.saturating_add(SATURDAY.saturating_sub(weekday));
        match self {
            Self::Today => (today, today),
            Self::Tomorrow => (today.saturating_add(1), today.saturating_add(1)),
            // On a Sunday it is that day only.
            Self::Weekend if weekday > SATURDAY => (today, today),
            Self::Weekend => (saturday, saturday.saturating_add(1)),
        }
    }
}

impl Chosen {
    pub(super) const fn days(self, today: u32) -> (u32, u32) {
        match self {
            Self::Usual(when) => when.days(today),
            Self::Days(first, last) => (first, last),
        }
    }
}

/// Whether an invitation can still be used or cancelled.
pub(super) fn is_open(view: &InvitationView, now: UnixMillis) -> bool {
    !matches!(status(view, now), InvitationStatus::Cancelled | InvitationStatus::Expired)
}

/// Where it stands now.
pub(super) fn status(view: &InvitationView, now: UnixMillis) -> InvitationStatus {
    view.status.at(view.until, now.to_seconds())
}

/// From when to when, in words: whole days as such.
pub(super) fn window(now: &Moment, from: UnixSeconds, until: UnixSeconds) -> Phrase<'static> {
    let (first, after) = (now.day_of(from.to_millis()), now.day_of(until.to_millis()));
    if now.begins(first) != from || now.begins(after) != until || after <= first {
        let (from, until) = (now.says(from.to_millis()), now.says(until.to_millis()));
        return phrase!("say-window", from = from, until = until);
    }
    let last = after.saturating_sub(1);
    if first == last {
        return day(now, first);
    }
    phrase!("say-window", from = day(now, first), until = day(now, last))
}

/// A day in words, with its year where that is another.
pub(super) fn day(now: &Moment, day: u32) -> Phrase<'static> {
    let at = now.local(now.begins(day).to_millis());
    time::heading(&at, at.year != now.local(now.wall).year)
}

impl Member {
    /// The days of which one can be chosen.
    pub(super) fn days(&self, picking: Picking) -> RangeInclusive<u32> {
        let limits = HostLimits::default();
        match picking.first {
            None => {
                let today = self.today();
                today..=today.saturating_add(limits.ahead_days)
            }
            Some(first) => first..=first.saturating_add(limits.length_days.saturating_sub(1)),
        }
    }

    /// The member's invitations as they are listed: who is to come first, then who came, then what is past.
    pub(super) fn invitations(&self) -> Vec<&InvitationView> {
        let now = self.time();
        let kept = self.wallet.invitations.iter().flat_map(|own| &own.invitations);
        let mut listed: Vec<&InvitationView> = kept.collect();
        listed.sort_by_key(|view| match status(view, now) {
            InvitationStatus::Draft | InvitationStatus::Pending => (0, view.from.get()),
            InvitationStatus::Accepted => (1, view.from.get()),
            InvitationStatus::Cancelled | InvitationStatus::Expired => (2, u64::MAX - view.from.get()),
        });
        listed
    }

    /// The code of an invitation, where it is to be shown.
    pub(super) fn code_of<'a>(&self, invited: &'a Invited) -> Option<&'a CodeShown> {
        let shows = !invited.cancelling && is_open(&invited.view, self.time());
        invited.code.as_deref().filter(|_| shows)
    }

    fn inviting_mut(&mut self) -> Option<&mut Inviting> {
        match self.over.last_mut() {
            Some(Over::Invite(inviting)) => Some(inviting),
            _ => None,
        }
    }

    pub(super) fn choose(&mut self, action: Action) {
        let Some(inviting) = self.inviting_mut() else { return };
        match action {
            Action::When(when) => inviting.when = Some(Chosen::Usual(when)),
            Action::Days => inviting.picking = Some(Picking::default()),
            Action::Day(day) => match inviting.picking.and_then(|picking| picking.first) {
                None => inviting.picking = Some(Picking { first: Some(day) }),
                Some(first) => {
                    (inviting.when, inviting.picking) = (Some(Chosen::Days(first, day.max(first))), None);
                }
            },
            _ => {}
        }
    }

    /// The whole of the days that were chosen, also of today: so that the same wish, said again after its answer was
    /// lost, is the same.
    pub(super) fn create(&mut self) {
        let (now, today) = (self.now, self.today());
        let Some(inviting) = self.inviting_mut() else { return };
        let Some(chosen) = inviting.when else { return };
        let (first, last) = chosen.days(today);
        let request = InvitationRequest {
            request: None,
            name: inviting.name.trim().to_owned(),
            sites: None,
            from: now.begins(first),
            until: now.begins(last.saturating_add(1)),
            max_uses: None,
            note: Some(inviting.note.trim().to_owned()).filter(|note| !note.is_empty()),
        };
        let asked = self.ask(Work::Invite(request));
        self.waits_for(asked);
    }

    /// Another invitation for whom this one was for.
    pub(super) fn invite_again(&mut self) {
        let Some(Over::Invitation(Invited { view, .. })) = self.over.last() else { return };
        let (name, note) = (view.name.clone(), view.note.clone());
        self.over.pop();
        self.push(Over::Invite(Inviting { name, note, ..Inviting::default() }));
    }

    pub(super) fn open_invitation(&mut self, id: SubjectId) {
        let mut kept = self.wallet.invitations.iter().flat_map(|own| &own.invitations);
        let Some(view) = kept.find(|view| view.id == id).cloned() else { return };
        let loading = is_open(&view, self.time()).then(|| self.ask(Work::InvitationCode { id }));
        self.push(Over::Invitation(Invited {
            view,
            code: None,
            loading,
            cancelling: false,
            asked: None,
            problem: None,
        }));
    }

    /// Asks for the code of the invitation on the screen once more.
    pub(super) fn load_again(&mut self) {
        let Some(Over::Invitation(Invited { view, .. })) = self.over.last() else { return };
        let loading = self.ask(Work::InvitationCode { id: view.id });
        if let Some(Over::Invitation(invited)) = self.over.last_mut() {
            invited.loading = Some(loading);
        }
    }

    pub(super) fn cancelling(&mut self, cancelling: bool) {
        if let Some(Over::Invitation(invited)) = self.over.last_mut() {
            invited.cancelling = cancelling;
        }
    }

    pub(super) fn cancel(&mut self) {
        let Some(Over::Invitation(Invited { view, .. })) = self.over.last() else { return };
        let asked = self.ask(Work::Cancel { id: view.id });
        self.waits_for(asked);
    }

    pub(super) fn share(&mut self) {
        let Some(Over::Invitation(Invited { view, code: Some(code), .. })) = self.over.last() else { return };
        let organisation = self.wallet.status.as_ref().and_then(|status| status.organisation.clone());
        let sharing = Sharing {
            name: view.name.clone(),
            organisation: organisation.unwrap_or_default(),
            reference: view.reference.clone(),
            from: view.from,
            until: view.until,
            code: CodeShown::clone(code),
            at: self.now,
        };
        self.effects.push(Effect::Share(Box::new(sharing)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weekend_is_what_is_left_of_it() {
        // The first of 1970 was a Thursday.
        let weekend = |today| When::Weekend.days(today);
        assert_eq!([weekend(0), weekend(1)], [(2, 3); 2]);
        assert_eq!(weekend(2), (2, 3), "on a Saturday");
        assert_eq!(weekend(3), (3, 3), "on a Sunday");
        assert_eq!(weekend(4), (9, 10), "on a Monday");
        assert_eq!((When::Today.days(4), When::Tomorrow.days(4)), ((4, 4), (5, 5)));
    }
}
