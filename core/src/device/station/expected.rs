use super::GuardStation;
use crate::{
    device::StationError,
    gatepack::{ExpectedVisit, expected},
    id::SiteNumber,
};

impl GuardStation {
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
