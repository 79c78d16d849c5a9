//! Visitors inside.

use std::sync::Arc;

use axum::{
    Extension,
    extract::{Path, Query, rejection::PathRejection, rejection::QueryRejection},
    response::Response,
};
use gatehouse_core::{id::EntryId, visit::is_stale};
use serde::Deserialize;

use super::{activity::asked, admin::Admin, feed::Feed, id, rows, times::Times};
use crate::{
    store::stay::Stay,
    web::view::{OnSite, SiteGroup, Visit},
    words::Done,
};

/// The query of the list's addresses.
#[derive(Deserialize)]
pub struct Asked {
    site: Option<String>,
}

/// The page at `/on-site`.
pub async fn page(
    Extension(feed): Extension<Arc<Feed>>,
    admin: Admin,
    query: Result<Query<Asked>, QueryRejection>,
) -> Response {
    // Before the first look at the database, as for the list of events.
    let after = feed.cursor(admin.scope().org);
    admin
        .answer(move |admin| {
            let chosen: Option<u32> = asked(query)?.site.and_then(|site| site.parse().ok());
            let sites = rows::choices(&admin.service().sites(admin.scope())?);
            let stays = admin.service().stays(admin.scope())?;
            let mut groups: Vec<SiteGroup> = Vec::new();
            for site in sites.iter().filter(|site| chosen.is_none_or(|chosen| chosen == site.id)) {
                let here = stays.iter().filter(|stay| stay.site.get() == site.id);
                let visits: Vec<_> = here.map(|stay| visit(stay, &admin.times)).collect();
                if !visits.is_empty() {
                    groups.push(SiteGroup { id: site.id, name: site.name.clone(), visits });
                }
            }
            admin.html(&OnSite {
                shell: admin.shell(),
                groups,
                sites,
                site: chosen,
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
