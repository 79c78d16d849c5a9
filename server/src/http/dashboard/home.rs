//! Home.

use std::sync::Arc;

use axum::{Extension, response::Response};
use gatehouse_core::{message, phrase, visit::InvitationStatus};

use super::{admin::Admin, feed::Feed, filter, rows};
use crate::{
    service::ServiceError,
    store::activity::{self, Decided},
    web::view::{Alert, Filter, Home, Mark, Period, heading},
    words,
};

/// Decisions that are shown.
const RECENT: u32 = 5;

/// The page at `/`.
pub async fn page(Extension(feed): Extension<Arc<Feed>>, admin: Admin) -> Response {
    // Before the database is looked at: whatever the page does not show stands behind this place.
    let after = feed.cursor(admin.scope().org);
    admin
        .answer(move |admin| {
            let (service, scope, times) = (admin.service(), admin.scope(), &admin.times);
            let today = Filter { period: Period::Today, ..Filter::default() };
            let inside = service.inside(scope)?;
            let (start, end) = (times.midnight(0).to_seconds(), times.midnight(1).to_seconds());
            let expected = service.expected(scope, start.max(times.now.to_seconds()), end)?;
            let mut decided = Vec::new();
            for decision in [Decided::Granted, Decided::Denied] {
                let filter = activity::Filter { decision: Some(decision), ..activity::Filter::default() };
                decided.extend(service.activity(scope, &filter, None, RECENT)?.rows);
            }
            decided.sort_by_key(|event| std::cmp::Reverse((event.listed_at, event.no)));
            decided.truncate(RECENT as usize);
            let mut marked = Vec::new();
            for mark in Mark::ALL {
                let week = Filter { period: Period::Week, mark: Some(mark), ..Filter::default() };
                let found = service.totals(scope, &filter::stored(&week, times))?.events;
                if found > 0 {
                    marked.push((mark, found, week.href()));
                }
            }
            admin.html(&Home {
                words: admin.words(),
                shell: admin.shell(),
                today: heading(times.today(), false),
                alerts: alerts(admin)?,
                totals: service.totals(scope, &filter::stored(&today, times))?,
                on_site: inside.iter().map(|site| site.visitors).sum(),
                stale: inside.iter().map(|site| site.stale).sum(),
                expected: expected.iter().filter(|one| one.noted_status == InvitationStatus::Pending).count()
                    as u64,
                clock: service.clock_doubts()?.iter().map(words::clock).collect(),
                marked,
                stream: format!("/activity/stream?after={after}"),
                recent: rows::rows(&decided, times),
                may_invite: true,
            })
        })
        .await
}

/// What the admin should see before all else.
fn alerts(admin: &Admin) -> Result<Vec<Alert>, ServiceError> {
    let (service, scope) = (admin.service(), admin.scope());
    let guessing = service.sign_in_alarm(scope)?;
    let guessing =
        guessing.map(|alarm| Alert { text: phrase!("home-wrong_codes", count = alarm.wrong), more: None });
    let unknown = service.person(scope, admin.who().person)?.email.is_none().then(|| Alert {
        text: message!("home-no_address").into(),
        more: Some(("/account", message!("home-give_address"))),
    });
    Ok(unknown.into_iter().chain(guessing).collect())
}
