use super::{Check, Code, PastUses, checks};
use crate::{
    id::SiteNumber,
    pass::{Claims, Kind},
    time::UnixSeconds,
};

/// What the server knows of the person or invitation behind a pass, when it answers a scan.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// The subject is revoked, or nobody knows it.
    pub revoked: bool,
    /// Codes issued before this fail.
    pub superseded_before: Option<UnixSeconds>,
    /// The invitation was cancelled.
    pub cancelled: bool,
    /// Access is switched off.
    pub disabled: bool,
    /// On the ban list.
    pub banned: bool,
    /// Sites assigned now; nothing is any.
    pub sites: Option<Vec<SiteNumber>>,
    /// Grants and live reservations of other events.
    pub uses: PastUses,
}

impl Standing {
    /// The server's code for each check that it answers in the phone's stead.
    #[must_use]
    pub fn answer(&self, claims: &Claims, site: Option<SiteNumber>) -> [(Check, Code); 4] {
        let revocation = if self.revoked {
            Code::Revoked
        } else if self.superseded_before.is_some_and(|time| claims.issued_at < time) {
            Code::Superseded
        } else if self.cancelled {
            Code::Cancelled
        } else {
            Code::Ok
        };
        let access = match (self.disabled, self.banned) {
            (true, _) => Code::AccessDisabled,
            (false, true) => Code::Banned,
            (false, false) => Code::Ok,
        };
        let assigned = site.is_none_or(|site| self.sites.as_ref().is_none_or(|sites| sites.contains(&site)));
        let uses = match claims.kind {
            Kind::Visitor { max_uses } => checks::uses(max_uses, true, self.uses),
            Kind::Member | Kind::Device(_) => checks::uses(None, false, self.uses),
        };
        [
            (Check::Revocation, revocation),
            (Check::Access, access),
            (Check::Site, if assigned { Code::Ok } else { Code::NotAssigned }),
            (Check::Uses, uses.code().cloned().unwrap_or(Code::Ok)),
        ]
    }
}
