//! What the server answers a scan with, from what it knows of whoever stands at the gate.

use super::{Bar, Check, Code, Outcome, PastUses, UseLimit, checks};
use crate::{id::SiteNumber, pass::Claims};

/// What the server knows of the person or invitation behind a pass, when it answers a scan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Everything that stands against the pass and whom it speaks for.
    pub bars: Vec<Bar>,
    /// Somebody on the ban list is called like the visitor.
    pub name_banned: bool,
    /// Sites assigned now; nothing is any.
    pub sites: Option<Vec<SiteNumber>>,
    /// Grants and live reservations of other events.
    pub uses: PastUses,
}

impl Standing {
    /// The server's code for each check that it answers in the phone's stead.
    #[must_use]
    pub fn answer(&self, claims: &Claims, site: Option<SiteNumber>) -> [(Check, Code); 4] {
        let first = |check| Bar::first(check, |bar| self.bars.contains(&bar)).map(Bar::code);
        // As with a typed name, it may be a namesake: that only cautions.
        let access = first(Check::Access).or_else(|| self.name_banned.then_some(Code::NameBanned));
        let found = |outcome: Outcome| outcome.code().cloned().unwrap_or(Code::Ok);
        [
            (Check::Revocation, first(Check::Revocation).unwrap_or(Code::Ok)),
            (Check::Access, access.unwrap_or(Code::Ok)),
            (Check::Site, found(checks::assigned(self.sites.as_deref(), site))),
            (Check::Uses, found(UseLimit::of(&claims.kind).judge(self.uses))),
        ]
    }
}
