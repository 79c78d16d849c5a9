//! Whoever stands at the gate, as a gate pack is searched for what it has against them.

use super::{Bar, Check, Code};
use crate::{
    gatepack::{GatePack, List, prefix},
    id::{SubjectId, TokenId},
    pass::Claims,
    time::{UnixMillis, UnixSeconds},
};

/// Whom a gate pack is searched for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Bearer {
    /// The member or invitation.
    pub subject: SubjectId,
    /// The pass that was shown, if one was.
    pub token: Option<TokenId>,
    /// When it was issued.
    pub issued_at: Option<UnixSeconds>,
}

impl Bearer {
    /// Whoever shows a pass with these claims.
    #[must_use]
    pub const fn of(claims: &Claims) -> Self {
        Self { subject: claims.subject, token: Some(claims.token), issued_at: Some(claims.issued_at) }
    }

    /// Why the pass does not count any more, if the pack says so.
    #[must_use]
    pub fn revocation(&self, pack: &GatePack) -> Option<Code> {
        Bar::first(Check::Revocation, |bar| self.is_barred(pack, bar)).map(Bar::code)
    }

    /// Why this person or invitation may not pass whatever is shown, if the pack says so.
    #[must_use]
    pub fn access(&self, pack: &GatePack) -> Option<Code> {
        Bar::first(Check::Access, |bar| self.is_barred(pack, bar)).map(Bar::code)
    }

    /// Everything that the pack has against them, with the time since when where it says so.
    pub(super) fn bars(&self, pack: &GatePack) -> impl Iterator<Item = (Bar, Option<UnixMillis>)> {
        let since = |bar| match bar {
            Bar::Superseded => self.superseded_before(pack).map(UnixSeconds::to_millis),
            Bar::Revoked | Bar::Cancelled | Bar::Disabled | Bar::Banned => None,
        };
        Bar::ALL.into_iter().filter(|bar| self.is_barred(pack, *bar)).map(move |bar| (bar, since(bar)))
    }

    fn is_barred(&self, pack: &GatePack, bar: Bar) -> bool {
        match bar {
            Bar::Revoked => self.listed(pack, List::Revoked),
            Bar::Superseded => self.superseded_before(pack).is_some(),
            Bar::Cancelled => self.listed(pack, List::Cancelled),
            Bar::Disabled => self.listed(pack, List::Disabled),
            Bar::Banned => pack.content.ban(self.subject).is_some(),
        }
    }

    /// The time before which passes were issued in vain, if this one was.
    fn superseded_before(&self, pack: &GatePack) -> Option<UnixSeconds> {
        let (lists, issued_at) = (pack.content.revoked.as_ref()?, self.issued_at?);
        self.prefixes().filter_map(|prefix| lists.superseded_before(&prefix)).find(|time| issued_at < *time)
    }

    fn listed(&self, pack: &GatePack, list: List) -> bool {
        let lists = pack.content.revoked.as_ref();
        lists.is_some_and(|lists| self.prefixes().any(|prefix| lists.contains(list, &prefix)))
    }

    fn prefixes(&self) -> impl Iterator<Item = [u8; 8]> {
        let token = self.token.map(|token| prefix(token.as_bytes()));
        std::iter::once(prefix(self.subject.as_bytes())).chain(token)
    }
}
