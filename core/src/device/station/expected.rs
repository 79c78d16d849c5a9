//! Visitors who are expected, and how often their invitation was used as far as the station knows.

use super::{GuardStation, Knowledge, knowledge};
use crate::{
    decision::{PastUses, UseId},
    device::{StationError, store::Write},
    gatepack::{
        ExpectedVisit,
        expected::{self, Host},
    },
    id::{SiteNumber, SubjectId},
};

/// Where nothing tells what the server had not heard when it made the pack, the larger of both counts is all that is
/// known.
pub(super) const NOTHING_UNHEARD: u64 = i64::MAX as u64;
/// So many hosts are offered: more of one name nobody tells apart.
const MOST_HOSTS: usize = 5;

impl GuardStation {
    /// Uses of an invitation as far as they are known here: those that the gate pack counts and those of this station
    /// that it cannot count, or this station's own where that is more.
    pub(super) fn uses_by_pack(
        write: &Write<'_>,
        known: &Knowledge,
        invitation: SubjectId,
        own: PastUses,
    ) -> Result<PastUses, StationError> {
        let Some(visit) = known.pack.as_ref().and_then(|pack| pack.content.invitation(invitation)) else {
            return Ok(own);
        };
        let heard = write.setting(knowledge::PACK_HEARD)?.unwrap_or(NOTHING_UNHEARD);
        let unheard = write.uses_behind(&UseId::Invitation(invitation).to_bytes(), heard)?;
        Ok(PastUses { grants: own.grants.max(visit.uses_with(unheard)), ..own })
    }

    /// Those whom a visitor may say they visit, by the beginnings of their names: who invited anybody, as far as the gate
    /// pack knows.
    ///
    /// # Errors
    /// A store that fails.
    pub fn hosts(&self, query: &str) -> Result<Vec<Host>, StationError> {
        let pack = self.knowledge()?.pack;
        Ok(pack.map(|pack| expected::hosts(&pack.content, query, MOST_HOSTS)).unwrap_or_default())
    }

    /// Visitors expected within the next 24 hours whose name, or whose host's, begins as typed; all of them for an
    /// empty text. From the gate pack: needs no network, and without a pack nobody is expected.
    ///
    /// # Errors
    /// A store or clock that fails.
    pub fn expected(
        &self,
        query: String,
        site: Option<SiteNumber>,
    ) -> Result<Vec<ExpectedVisit>, StationError> {
        let known = self.knowledge()?;
        let now = self.moment(&known)?.now.seconds();
        let visits = known.pack.map(|pack| expected::search(&pack.content, &query, now, site));
        Ok(visits.unwrap_or_default())
    }
}
