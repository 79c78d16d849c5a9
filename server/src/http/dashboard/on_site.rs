//! Visitors inside.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, rejection::PathRejection, rejection::QueryRejection},
    response::Response,
};
use gatehouse_core::{
    id::{EntryId, SiteNumber},
    time::UnixMillis,
    visit::is_stale,
};
use serde::Deserialize;

use super::{activity::read_query, admin::Admin, feed::Feed, filter::searched, id, rows, times::Times};
use crate::{
    store::stay::{Cursor, Filter, Stay},
    web::view::{OnSite, SiteGroup, Visit},
    words::Done,
};

/// Visits of a page. A muster list has them all.
const PAGE: usize = 100;

/// The query of the list's addresses.
#[derive(Deserialize)]
pub struct PageQuery {
    site: Option<String>,
    q: Option<String>,
    /// Where a page begins.
    after: Option<String>,
    /// Everyone at once: `yes`.
    all: Option<String>,
}

impl PageQuery {
    fn cursor(&self) -> Option<Cursor> {
        let (since, no) = self.after.as_deref()?.split_once('-')?;
        Some(Cursor { since: UnixMillis::new(since.parse().ok()?), no: no.parse().ok()? })
    }
}

/// The page at `/on-site`.
pub async fn page(
    Extension(feed): Extension<Arc<Feed>>,
    admin: Admin,
    query: Result<Query<PageQuery>, QueryRejection>,
) -> Response {
    // Before the first look at the database, as for the list of events.
    let after = feed.cursor(admin.scope().org);
    admin
        .answer(move |admin| {
            let asked = read_query(query)?;
            let chosen: Option<u32> = asked.site.as_deref().and_then(|site| site.parse().ok());
            let filter = Filter {
                site: chosen.and_then(|site| SiteNumber::new(site.into())),
                search: searched(asked.q.as_deref()),
            };
            let whole = asked.all.as_deref() == Some("yes");
            let (service, scope) = (admin.service(), admin.scope());
            let sites = rows::choices(&service.sites(scope)?);
            let inside = service.inside(scope)?;
            let inside = inside.iter().filter(|here| chosen.is_none_or(|site| site == here.site.get()));
            let limit = if whole { usize::MAX } else { PAGE };
            let (stays, next) = service.stays_page(scope, &filter, asked.cursor(), limit)?;
            let mut groups: Vec<SiteGroup> = Vec::new();
            for site in &sites {
                let here = stays.iter().filter(|stay| stay.site.get() == site.id);
                let visits: Vec<_> = here.map(|stay| visit(stay, &admin.times)).collect();
                if !visits.is_empty() {
                    let all = inside.clone().filter(|here| here.site.get() == site.id);
                    let inside = all.map(|here| here.visitors).sum();
                    groups.push(SiteGroup { id: site.id, name: site.name.clone(), inside, visits });
                }
            }
            admin.html(&OnSite {
                words: admin.words(),
                shell: admin.shell(),
                groups,
                sites,
                site: chosen,
                search: filter.search,
                total: inside.clone().map(|here| here.visitors).sum(),
                stale: inside.map(|here| here.stale).sum(),
                first: asked.cursor().is_none(),
                after: next.map(|next| format!("{}-{}", next.since.get(), next.no)),
                whole,
                made: admin.times.moment(admin.times.now),
                stream: format!("/activity/stream?topic=on-site&after={after}"),
                may_depart: true,
            })
        })
        .await
}

fn visit(stay: &Stay, times: &Times) -> Visit {
    Visit {
        id: stay.id.to_string(),
        name: stay.name.clone(),
        photo: stay.photo.map(|photo| photo.to_string()),
        host: stay.host.clone(),
        walk_up: stay.subject.is_none(),
        since: times.since(stay.since),
        duration: Times::between(stay.since, times.now),
        stale: is_stale(stay.since, times.now),
        event: Some(stay.id.to_string()),
    }
}

/// Marks a visitor as departed.
pub async fn depart(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let (_, now) = admin.service().depart(admin.scope(), id::<EntryId>(path, "visit")?)?;
            Ok(Admin::done(if now { Done::Departed } else { Done::HadDeparted }, "/on-site"))
        })
        .await
}
