//! The list of events, and its numbers.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Query, rejection::QueryRejection},
    response::Response,
};

use super::{
    admin::{Admin, rendered},
    feed::Feed,
    filter::{self, PageQuery},
    rows,
};
use crate::{
    service::ServiceError,
    web::view::{Activity, ActivityTotals, Decision, heading},
};

/// Rows of a page.
const PAGE: u32 = 50;

/// What could be read of an address's query.
pub fn read_query<T>(query: Result<Query<T>, QueryRejection>) -> Result<T, ServiceError> {
    query.map(|Query(asked)| asked).map_err(|_| ServiceError::BadRequest("the address cannot be read"))
}

/// The page at `/activity`.
pub async fn page(
    Extension(feed): Extension<Arc<Feed>>,
    admin: Admin,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Response {
    // Before the first look at the database: whatever the page misses, the stream that begins here tells.
    let after = feed.cursor(admin.scope().org);
    admin
        .answer(move |admin| {
            let asked = read_query(query)?;
            let (service, scope, times) = (admin.service(), admin.scope(), &admin.times);
            let (narrowed, before) = (asked.filter(), asked.cursor(times));
            let stored = filter::stored(&narrowed, times);
            let found = service.activity(scope, &stored, before, PAGE)?;
            let totals = service.totals(scope, &stored)?;
            let query = narrowed.query();
            let sign = if query.is_empty() { '?' } else { '&' };
            let subject = match stored.subject {
                Some(subject) => Some(service.subject_name(scope, subject)?),
                None => None,
            };
            let any = totals.events > 0 || service.any_activity(scope)?;
            admin.html(&Activity {
                words: admin.words(),
                shell: admin.shell(),
                sites: rows::choices(&service.sites(scope)?),
                totals,
                rows: rows::rows(&found.rows, times),
                matching: match narrowed.decision {
                    Some(Decision::Granted) => totals.granted,
                    Some(Decision::Denied) => totals.denied,
                    Some(Decision::Undecided) => totals.undecided,
                    Some(Decision::Leaving) => totals.leaving,
                    None => totals.events,
                },
                older: found.older.map(|cursor| filter::older(&narrowed, cursor)),
                newest: before.map(|_| narrowed.href()),
                day: asked.day().map(|day| (day.to_string(), heading(day, true))),
                today: times.today().to_string(),
                subject,
                stream: before.is_none().then(|| format!("/activity/stream{query}{sign}after={after}")),
                any,
                filter: narrowed,
            })
        })
        .await
}

/// The numbers alone.
pub async fn totals(admin: Admin, query: Result<Query<PageQuery>, QueryRejection>) -> Response {
    admin
        .answer(move |admin| {
            let filter = read_query(query)?.filter();
            let totals = admin.service().totals(admin.scope(), &filter::stored(&filter, &admin.times))?;
            rendered(&ActivityTotals { words: admin.words(), filter, totals })
        })
        .await
}
