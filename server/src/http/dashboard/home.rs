//! Home.

use axum::response::Response;
use gatehouse_core::visit::{InvitationStatus, is_stale};

use super::{admin::Admin, filter, rows};
use crate::web::view::{Filter, Home, Period};

/// Decisions that are shown.
const RECENT: usize = 5;
/// Newest events among which the last decisions are looked for.
const LOOKED_AT: u32 = 100;

/// The page at `/`.
pub async fn page(admin: Admin) -> Response {
    admin
        .answer(|admin| {
            let (service, scope, times) = (admin.service(), admin.scope(), &admin.times);
            let today = Filter { period: Period::Today, ..Filter::default() };
            let stays = service.stays(scope)?;
            let (start, end) = (times.midnight(0).to_seconds(), times.midnight(1).to_seconds());
            let expected = service.expected(scope, start.max(times.now.to_seconds()), end)?;
            let newest =
                service.activity(scope, &crate::store::activity::Filter::default(), None, LOOKED_AT)?;
            let decided = newest.rows.iter().filter(|event| event.granted.is_some()).take(RECENT);
            admin.html(&Home {
                shell: admin.shell(),
                today: times.today().format("%A %-d %B").to_string(),
                totals: rows::totals(service.totals(scope, &filter::stored(&today, times))?),
                on_site: stays.len() as u64,
                stale: stays.iter().filter(|stay| is_stale(stay.since, times.now)).count() as u64,
                expected: expected.iter().filter(|one| one.noted_status == InvitationStatus::Pending).count()
                    as u64,
                clock: service.clock_doubts()?.iter().map(ToString::to_string).collect(),
                recent: decided.map(|event| rows::row(event, times)).collect(),
                may_invite: true,
            })
        })
        .await
}
