//! How the small wallet stands, and its lock.

use gatehouse_core::device::{LockState, WalletStatus};

use super::{super::super::*, DAY, MEMBER, Wallet};

impl Wallet {
    pub(super) fn lock(&self) -> LockState {
        let open = u64::from(self.after.minutes()) * 60_000;
        let left = self.last_use.map_or(0, |last| open.saturating_sub(self.now.since(last)));
        let locked = !self.present && left == 0;
        LockState { after: self.after, locked, locks_in_ms: (!self.present && !locked).then_some(left) }
    }

    pub(super) fn status(&self) -> WalletStatus {
        let there = |text: &str| self.joined.then(|| text.to_owned());
        let signed_in = |text: &str| self.signed_in.then(|| text.to_owned());
        WalletStatus {
            org: self.joined.then(org),
            organisation: there("Oakwood"),
            server: there("https://gate.example"),
            person: self.signed_in.then_some(MEMBER),
            name: signed_in("Mia Member"),
            role: signed_in("member"),
            code_until: self.kept.as_ref().map(|(_, _, until)| *until),
            offline_until: self.prepared.then(|| at(DAY / 1_000 + 7 * 86_400)),
            invalidation_pending: self.untold,
            invalidated_before: self.invalidated,
            lock: self.lock(),
            clock_trusted: true,
            now: self.now,
        }
    }
}
