//! Events as rows of a page.

use super::times::Times;
use crate::{
    store::activity::{Decided, EventRow, Kind as Stored},
    web::view::{ActivityRow, Decision, Flag, Kind, SiteChoice},
};

/// An event as a row.
pub fn row(event: &EventRow, times: &Times) -> ActivityRow {
    let mut flags = Vec::new();
    if event.flagged {
        flags.push(Flag::AgainstDenied { reason: event.reason.clone() });
    }
    flags.extend(event.reported.then_some(Flag::Reported));
    flags.extend(event.judged.then_some(Flag::JudgedAgain));
    flags.extend(event.doubted.then_some(Flag::Doubted));
    let late = Times::late(event.happened_at, event.received_at);
    flags.extend(late.filter(|_| !event.online).map(|late| Flag::Offline { late }));
    ActivityRow {
        id: event.id.to_string(),
        verdict: event.verdict,
        code: event.code.clone(),
        name: event.name.clone(),
        host: event.host.clone(),
        kind: match event.kind {
            Stored::Member | Stored::Device => Kind::Member,
            Stored::Visitor => Kind::Visitor,
            Stored::WalkUp => Kind::WalkUp,
            Stored::Unreadable => Kind::Unreadable,
        },
        site: event.site_name.clone(),
        guard: event.guard_name.clone(),
        at: times.moment(event.listed_at),
        decision: match Decided::of(event.granted, event.departs.is_some()) {
            Decided::Granted => Decision::Granted,
            Decided::Denied => Decision::Denied,
            Decided::Undecided => Decision::Undecided,
            Decided::Leaving => Decision::Leaving,
        },
        flags,
    }
}

/// Many events as rows.
pub fn rows(events: &[EventRow], times: &Times) -> Vec<ActivityRow> {
    events.iter().map(|event| row(event, times)).collect()
}

/// Sites to choose from, by name.
pub fn choices(sites: &[gatehouse_core::gatepack::SiteRecord]) -> Vec<SiteChoice> {
    let choice = |site: &gatehouse_core::gatepack::SiteRecord| SiteChoice {
        id: site.number.get(),
        name: site.name.clone(),
    };
    let mut choices: Vec<_> = sites.iter().map(choice).collect();
    choices.sort_by_key(|choice| choice.name.to_lowercase());
    choices
}
