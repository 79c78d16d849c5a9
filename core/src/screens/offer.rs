//! Something that can be done on a screen, or will be: what it is drawn from and what a tap is held against, for the
//! guard and for the member.

use super::{HELD_MS, SETTLES_MS, Side, Weight};

/// Something that can be done, or will be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offer<A> {
    pub action: A,
    pub enabled: bool,
    pub weight: Weight,
    pub held: bool,
    pub side: Side,
}

pub(super) fn offer<A>(action: A, weight: Weight) -> Offer<A> {
    Offer { action, enabled: true, weight, held: false, side: Side::Across }
}

pub(super) fn likely<A>(action: A) -> Offer<A> {
    offer(action, Weight::Likely)
}

pub(super) fn other<A>(action: A) -> Offer<A> {
    offer(action, Weight::Other)
}

pub(super) fn quiet<A>(action: A) -> Offer<A> {
    offer(action, Weight::Quiet)
}

impl<A> Offer<A> {
    pub(super) fn when(self, enabled: bool) -> Self {
        Self { enabled, ..self }
    }

    pub(super) fn at(self, side: Side) -> Self {
        Self { side, ..self }
    }

    /// Whether a finger counts: only on a screen that has stood long enough, and held where it must be. One that was
    /// down before the screen was there did not hold this button.
    pub(super) fn takes(&self, stood_ms: u64, held_ms: u32) -> bool {
        let held = !self.held || u64::from(held_ms).min(stood_ms) >= u64::from(HELD_MS);
        stood_ms >= SETTLES_MS && held
    }
}
