//! The page of one event.

use axum::{
    extract::{Path, rejection::PathRejection},
    response::Response,
};
use gatehouse_core::{
    decision::{Check, Code, Outcome},
    gatepack::SiteRecord,
    id::EntryId,
    message,
    place::{Fix as Place, Whereabouts},
    time::{UnixMillis, ahead_of_receipt},
};

use super::{admin::Admin, id, rows, times::Times};
use crate::{
    service::erasure::Whom,
    service::judgements::Earlier,
    store::{activity::EventDetail, amendment::Amendment as Said},
    web::view::{
        Amendment, ChainPlace, ChainState, CheckRow, CheckState, Event, Filter, Fix, Judgement, Link,
    },
    words::{self, Done},
};

/// The page at `/activity/{id}`.
pub async fn page(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let event = admin.service().event(admin.scope(), id::<EntryId>(path, "event")?)?;
            let sites = admin.service().sites(admin.scope())?;
            let site = sites.iter().find(|site| site.number == event.row.site);
            let begun = match event.row.departs {
                Some(stay) => admin.service().event(admin.scope(), stay).ok(),
                None => None,
            };
            let earlier = admin.service().earlier_judgements(admin.scope(), event.row.id)?;
            let earlier = earlier.iter().map(|earlier| before(earlier, &admin.times)).collect();
            admin.html(&Event { earlier, ..filled(admin, event, site, begun.as_ref()) })
        })
        .await
}

/// Erases whoever the event was about.
pub async fn erase(admin: Admin, path: Result<Path<String>, PathRejection>) -> Response {
    admin
        .answer(|admin| {
            let id = id::<EntryId>(path, "event")?;
            admin.service().erase(admin.scope(), Whom::Event(id))?;
            Ok(Admin::done(Done::Erased, &format!("/activity/{id}")))
        })
        .await
}

fn filled(
    admin: &Admin,
    event: EventDetail,
    site: Option<&SiteRecord>,
    begun: Option<&EventDetail>,
) -> Event {
    let (times, row) = (&admin.times, &event.row);
    let missing = row.photo.filter(|_| !row.photo_complete).map(|_| message!("event-photo_missing"));
    let invitation = row.subject.zip(event.invitation);
    let departed = begun.map_or(row.departed_at, |begun| begun.row.departed_at);
    Event {
        words: admin.words(),
        shell: admin.shell(),
        checks: event.checks.into_iter().map(check).collect(),
        decided: row.decided_at.map(|at| times.moment(at)),
        reason: row.reason.clone(),
        note: event.note,
        departed: departed.map(|at| times.moment(at)),
        visit: begun.map(|begun| Link {
            href: format!("/activity/{}", begun.row.id),
            text: times.moment(begun.row.listed_at).exact,
        }),
        device: event.device_name,
        chain: ChainPlace {
            number: event.number,
            hash: event.hash.to_string(),
            state: if event.forked { ChainState::Forked } else { ChainState::Whole },
        },
        arrived: times.moment(row.received_at),
        late: Times::late(row.happened_at, row.received_at),
        claimed: ahead_of_receipt(row.happened_at, row.received_at)
            .map(|_| (times.moment(row.happened_at), Times::between(row.received_at, row.happened_at))),
        same_subject: row.subject.map(|subject| Filter::href_subject(&subject.to_string())),
        clock_trusted: event.clock_trusted,
        fix: event.fix.map(|fix| placed(&fix, site)),
        photo: row.photo.filter(|_| row.photo_complete).map(|photo| photo.to_string()),
        photo_missing: missing,
        invitation: invitation.map(|(subject, text)| Link { href: format!("/invitations/{subject}"), text }),
        earlier: Vec::new(),
        amendments: event.amendments.iter().map(|said| amendment(said, row.listed_at, times)).collect(),
        doubts: event.doubts.iter().map(|(doubt, device)| words::doubt(*doubt, device)).collect(),
        continued_by: event.continued_by,
        row: rows::row(row, times),
    }
}

/// A judgement that another one came after.
fn before(earlier: &Earlier, times: &Times) -> Judgement {
    Judgement {
        at: times.moment(earlier.at),
        verdict: earlier.verdict,
        text: words::reason(earlier.code.as_ref()).admin,
        code: earlier.code.as_ref().map_or("walk_up", Code::word).to_owned(),
    }
}

fn amendment(said: &Said, happened: UnixMillis, times: &Times) -> Amendment {
    match said {
        Said::Report { guard, note, photo, at } => Amendment {
            at: times.moment(*at),
            judged: None,
            corrected: false,
            text: words::reported(guard.as_deref(), note.as_deref()),
            photo: photo.map(|photo| photo.to_string()),
        },
        Said::Corrected { guard, granted, reason, at } => Amendment {
            at: times.moment(*at),
            judged: None,
            corrected: true,
            text: words::corrected(guard.as_deref(), *granted, reason.as_deref()),
            photo: None,
        },
        Said::Judged { found, at } => Amendment {
            at: times.moment(*at),
            judged: Some((found.verdict, found.code.word().to_owned())),
            corrected: false,
            text: words::judged_again(
                words::reason(Some(&found.code)).admin,
                found.since.map(|since| Times::between(since.to_millis(), happened)),
            ),
            photo: None,
        },
    }
}

fn check((check, outcome): (Check, Outcome)) -> CheckRow {
    CheckRow {
        state: match outcome {
            Outcome::Passed => CheckState::Passed,
            Outcome::Skipped => CheckState::Skipped,
            Outcome::Cautions(_) | Outcome::Denies(_) => CheckState::Failed,
        },
        check,
        code: outcome.code().cloned(),
        cautions: matches!(outcome, Outcome::Cautions(_)),
    }
}

/// Where the phone was, and how that lies to the site as it is now.
fn placed(fix: &Place, site: Option<&SiteRecord>) -> Fix {
    let fence = site.and_then(|site| site.geofence.as_ref());
    let degrees = |e6: i32| f64::from(e6) / 1e6;
    Fix {
        latitude: degrees(fix.latitude_e6),
        longitude: degrees(fix.longitude_e6),
        accuracy: fix.accuracy_m,
        // A float beyond the range is cut to it, and half the earth's girth fits anyway.
        distance: fence.map(|fence| fence.distance_m(fix).round() as u32),
        inside: fence.and_then(|fence| match fence.locate(Some(fix)) {
            Whereabouts::Inside => Some(true),
            Whereabouts::Outside { .. } => Some(false),
            Whereabouts::NotChecked | Whereabouts::Missing { .. } | Whereabouts::Imprecise { .. } => None,
        }),
    }
}
