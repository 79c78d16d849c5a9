//! What stands against the hosts of invitations: read with each invitation, so that nothing has to be written to it when
//! its host is stopped, or comes back.

use gatehouse_core::{decision::Bar, time::UnixMillis};
use rusqlite::Row;

use super::sql;

/// Columns for [`read`], of a query with [`JOINS`].
pub fn columns() -> String {
    format!(
        "v.host IS NOT NULL AND (o.revoked_at IS NOT NULL OR o.deleted_at IS NOT NULL OR q.role IS NULL),
         coalesce(o.revoked_at, o.deleted_at), v.host IS NOT NULL AND ({MAY_NOT}), w.banned_at"
    )
}

/// The host `o` is switched off, or invited at their own word to a site that they may no longer go to. Whom an admin named
/// as host lets in at the admin's word.
const MAY_NOT: &str = "o.access_enabled = 0 OR (v.created_by IS v.host AND o.everywhere = 0 AND (v.any_site = 1
    OR EXISTS (SELECT 1 FROM invitation_site t WHERE t.org = v.org AND t.invitation = v.id
        AND NOT EXISTS (SELECT 1 FROM site_grant g WHERE g.org = v.org AND g.person = v.host AND g.site = t.site))))";

/// The host `o` of the invitation `v`, their role and their ban.
pub const JOINS: &str = "LEFT JOIN person o ON o.org = v.org AND o.id = v.host
    LEFT JOIN membership q ON q.org = v.org AND q.person = v.host
    LEFT JOIN ban w ON w.org = v.org AND w.subject = v.host";

/// What stands against the host, from the columns that begin with `first`.
pub fn read(row: &Row<'_>, first: usize) -> rusqlite::Result<Vec<(Bar, Option<UnixMillis>)>> {
    let mut bars = Vec::new();
    if row.get(first)? {
        bars.push((Bar::Revoked, sql::optional_millis(row, first + 1)?));
    }
    if row.get(first + 2)? {
        bars.push((Bar::Disabled, None));
    }
    if let Some(since) = sql::optional_millis(row, first + 3)? {
        bars.push((Bar::Banned, Some(since)));
    }
    Ok(bars)
}

/// Why a host against whom these stand lets nobody in, if that is so.
pub fn stopped(bars: &[(Bar, Option<UnixMillis>)]) -> Option<Bar> {
    let stands = |bar: &Bar| bar.stops_host() && bars.iter().any(|(found, _)| found == bar);
    Bar::ALL.into_iter().find(stands)
}

/// A condition: the host of the invitation `v` is stopped. The same as [`stopped`] of what [`read`] gives.
pub fn is_stopped() -> String {
    let stops = Bar::ALL.into_iter().filter(|bar| bar.stops_host()).filter_map(condition);
    format!(
        "EXISTS (SELECT 1 FROM person o LEFT JOIN membership q ON q.org = o.org AND q.person = o.id
         LEFT JOIN ban w ON w.org = o.org AND w.subject = o.id
         WHERE o.org = v.org AND o.id = v.host AND ({}))",
        stops.collect::<Vec<_>>().join(" OR ")
    )
}

/// When a bar stands against a person.
const fn condition(bar: Bar) -> Option<&'static str> {
    match bar {
        Bar::Revoked => Some("o.revoked_at IS NOT NULL OR o.deleted_at IS NOT NULL OR q.role IS NULL"),
        Bar::Disabled => Some(MAY_NOT),
        Bar::Banned => Some("w.subject IS NOT NULL"),
        Bar::Superseded | Bar::Cancelled => None,
    }
}
