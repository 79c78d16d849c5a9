//! What stands beside the verdict on a scanned code: whose it is, who invited them, their face.

use super::{
    Knowledge,
    result::{ScanResult, ScannedBy},
};
use crate::{
    decision::Decision,
    id::{Digest32, EntryId, SiteNumber},
    pass::Kind,
    time::UnixMillis,
    wire::VerifyAnswer,
};

/// What stands beside a decision on the guard's screen.
pub(super) struct Beside<'a> {
    pub site: SiteNumber,
    pub face: Option<Digest32>,
    pub at: UnixMillis,
    pub answer: Option<&'a VerifyAnswer>,
    pub departs: Option<EntryId>,
}

impl Beside<'_> {
    pub fn result(self, known: &Knowledge, event: EntryId, decision: &Decision) -> ScanResult {
        let opened = decision.opened.as_ref();
        let claims = opened.map(|opened| &opened.claims);
        let kind = match (claims.map(|claims| &claims.kind), opened.and_then(|opened| opened.proof_time)) {
            (None, _) => ScannedBy::Unreadable,
            (Some(_), Some(_)) | (Some(Kind::Device(_)), None) => ScannedBy::Device,
            (Some(Kind::Member), None) => ScannedBy::Member,
            (Some(Kind::Visitor { .. }), None) => ScannedBy::Visitor,
        };
        let pack = known.pack.as_ref();
        let expected =
            claims.and_then(|claims| pack.and_then(|pack| pack.content.invitation(claims.subject)));
        ScanResult {
            name: claims.and_then(|claims| {
                let whole = self.answer.and_then(|answer| answer.name.clone());
                let whole = whole.or_else(|| expected.as_ref().map(|visit| visit.name.clone()));
                whole.or_else(|| claims.name.as_ref().map(ToString::to_string))
            }),
            host: self
                .answer
                .and_then(|answer| answer.host.clone())
                .or_else(|| expected.and_then(|visit| visit.host)),
            subject: claims.map(|claims| claims.subject),
            expires_at: claims.map(|claims| claims.expires_at),
            online: self.answer.is_some(),
            departure_of: self.departs,
            photo: known.photo_policy(self.site, kind),
            face: self.face,
            station_revoked: known.revoked,
            ..ScanResult::unjudged(event, kind, self.site, self.at)
        }
    }
}
