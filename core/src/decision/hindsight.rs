use super::{Bearer, Code, Verdict};
use crate::{gatepack::GatePack, journal::Hindsight, time::UnixSeconds};

/// Judges a grant again with a gate pack that came later: what it has against the bearer, if that held already when
/// the grant was made. A list that names no time may have grown after the grant; then [`Hindsight::since`] is absent
/// and people have to look.
#[must_use]
pub fn judge_again(bearer: &Bearer, happened: UnixSeconds, pack: &GatePack) -> Option<Hindsight> {
    let (code, since) = match bearer.revocation(pack) {
        Some(Code::Superseded) => {
            let before = bearer.superseded_before(pack)?;
            // Invalidated only after the grant: nothing was wrong with it.
            if before > happened {
                return None;
            }
            (Code::Superseded, Some(before))
        }
        Some(code) => (code, None),
        None => (bearer.access(pack)?, None),
    };
    Some(Hindsight { verdict: Verdict::Denied, code, since, pack_seq: Some(pack.seq) })
}
