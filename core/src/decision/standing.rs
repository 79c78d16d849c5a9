use super::{Bar, Check, Code, PastUses, checks};
use crate::{
    id::SiteNumber,
    pass::{Claims, Kind},
};

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
        let assigned = site.is_none_or(|site| self.sites.as_ref().is_none_or(|sites| sites.contains(&site)));
        let uses = match claims.kind {
            Kind::Visitor { max_uses } => checks::uses(max_uses, true, self.uses),
            Kind::Member | Kind::Device(_) => checks::uses(None, false, self.uses),
        };
        [
            (Check::Revocation, first(Check::Revocation).unwrap_or(Code::Ok)),
            (Check::Access, access.unwrap_or(Code::Ok)),
            (Check::Site, if assigned { Code::Ok } else { Code::NotAssigned }),
            (Check::Uses, uses.code().cloned().unwrap_or(Code::Ok)),
        ]
    }
}
