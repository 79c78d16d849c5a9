//! Lists and numbers against a plain look at every event, after histories of every kind; and that no list needs one.

use gatehouse_core::{
    decision::{Check, Code, Outcome, Verdict},
    id::{DeviceId, Digest32, EntryId, PersonId, ShiftId, SiteNumber, SubjectId},
    journal::{Actor, Personal, ScanBody},
    name::search,
    pass::PassKind,
    time::UnixMillis,
};
use proptest::{prelude::*, sample::select};
use rusqlite::Connection;

use super::{Cursor, Decided, EventKind, EventRow, Filter, Kind, Mark, Totals, list, totals};
use crate::store::{
    OrgId, Store, StoreError, Tx,
    device::{self, NewDevice},
    event::{self, Decision, NewEvent},
    facet, journal, organisation,
    site::{self, NewSite},
};

const NAMES: [&str; 7] =
    ["Grace Smith", "Graham Small", "Zoë O’Brien", "王小明", "สมชายใจดี", "Smithe, Ada", "grace  SMITH"];
const SEARCHES: [&str; 9] = ["", "gra", "gra sm", "brien", "小明", "ใจดี", "s", "nobody", "ada"];
const DAY: u64 = 86_400_000;
/// 2025-12-31, a few days before anything happens.
const START: u64 = 1_767_139_200_000;

/// Something that happens. Events are named by how many came before them.
#[derive(Debug, Clone)]
enum Step {
    Add {
        kind: Kind,
        verdict: Verdict,
        name: Option<usize>,
        site: u64,
        subject: u8,
        leaves: bool,
        at: (u64, u64),
    },
    Decide(usize, bool),
    Mark(usize, event::Mark),
    Arrive(usize, usize),
    Forget(usize),
    NewSite,
}

fn step() -> impl Strategy<Value = Step> {
    let kinds = vec![Kind::Member, Kind::Visitor, Kind::Device, Kind::WalkUp, Kind::Unreadable];
    let verdicts = vec![Verdict::Verified, Verdict::Caution, Verdict::Denied];
    // Some happen at once, some are received late, and some phones' clocks run days ahead.
    let at = (0..40_u64, 0..40_u64).prop_map(|(at, late)| (at * DAY / 4, late * DAY / 4));
    let add = (select(kinds), select(verdicts), 0..10_usize, 1..5_u64, 0..4_u8, 0..6_u8, at).prop_map(
        |(kind, verdict, name, site, subject, leaves, at)| Step::Add {
            kind,
            verdict,
            name: (name < NAMES.len()).then_some(name),
            site,
            subject,
            leaves: leaves == 0,
            at,
        },
    );
    let which = || any::<prop::sample::Index>().prop_map(|index| index.index(1000));
    prop_oneof![
        8 => add,
        4 => (which(), any::<bool>()).prop_map(|(which, granted)| Step::Decide(which, granted)),
        2 => (which(), select(vec![event::Mark::Reported, event::Mark::Judged]))
            .prop_map(|(which, mark)| Step::Mark(which, mark)),
        1 => (which(), 0..NAMES.len()).prop_map(|(which, name)| Step::Arrive(which, name)),
        1 => which().prop_map(Step::Forget),
        1 => Just(Step::NewSite),
    ]
}

fn filter() -> impl Strategy<Value = Filter> {
    let some = |share: f64| prop::bool::weighted(share);
    let decisions = select(Decided::ALL.to_vec());
    let verdicts = select(vec![Verdict::Verified, Verdict::Caution, Verdict::Denied]);
    let kinds = select(vec![EventKind::Member, EventKind::Visitor, EventKind::WalkUp, EventKind::Unreadable]);
    let marks = select(vec![Mark::Flagged, Mark::Reported, Mark::Judged]);
    let facets = (
        prop::option::weighted(0.4, decisions),
        prop::option::weighted(0.3, verdicts),
        prop::option::weighted(0.3, kinds),
        prop::option::weighted(0.3, 1..4_u64),
        prop::option::weighted(0.2, marks),
    );
    (facets, some(0.2), 0..4_u8, select(SEARCHES.to_vec()), prop::option::weighted(0.5, 0..40_u64)).prop_map(
        |((decision, verdict, kind, site, mark), of_subject, subject, search, since)| Filter {
            since: since.map(|quarter| UnixMillis::new(START + quarter * DAY / 4 + quarter % 3)),
            decision,
            verdict,
            kind,
            site: site.and_then(SiteNumber::new),
            mark,
            subject: of_subject.then_some(SubjectId([subject; 16])),
            search: search.to_owned(),
        },
    )
}

struct World {
    store: Store,
    _folder: tempfile::TempDir,
}

impl World {
    fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        Self { store: Store::create_or_open(folder.path()).expect("a store"), _folder: folder }
    }

    fn history(&self, steps: Vec<Step>) -> OrgId {
        let played = self.store.write(move |tx| play(tx, &steps));
        played.expect("a history")
    }
}

fn id(number: usize) -> EntryId {
    let mut bytes = [0; 16];
    bytes[8..].copy_from_slice(&(number as u64).to_be_bytes());
    EntryId(bytes)
}

fn play(tx: &Tx<'_>, steps: &[Step]) -> Result<OrgId, StoreError> {
    let start = UnixMillis::new(START);
    let org = organisation::add(tx, &"oak".parse().expect("a code"), "Oak", "UTC", start)?.expect("free");
    let author = DeviceId([9; 16]);
    let phone = NewDevice {
        id: author,
        name: "Phone",
        public_key: [9; 32],
        certificate: &[],
        token_hash: [9; 32],
        replaces: None,
    };
    assert!(device::add(tx, org, &phone, start)?);
    let (mut count, mut sites) = (0, 0);
    for step in steps {
        let which = |which: &usize| (count > 0).then(|| id(which % count));
        match step {
            Step::Add { .. } => {
                add(tx, org, author, count, step)?;
                count += 1;
            }
            Step::Decide(at, granted) => {
                let Some(event) = which(at) else { continue };
                let (granted, reason) = (*granted, Some("word"));
                let decision =
                    Decision { granted, flagged: granted && at % 3 == 0, reason, at: start, surely: true };
                event::decide(tx, org, event, &decision)?;
            }
            Step::Mark(at, mark) => which(at).map_or(Ok(()), |event| event::mark(tx, org, event, *mark))?,
            Step::Arrive(at, name) => {
                let Some(event) = which(at) else { continue };
                let personal =
                    Personal { name: NAMES.get(*name).map(|&name| name.to_owned()), ..Personal::default() };
                assert!(event::arrive(tx, org, event, author, &personal)?);
            }
            Step::Forget(at) => which(at).map_or(Ok(()), |event| event::forget(tx, org, event))?,
            Step::NewSite if sites < 3 => {
                let new = NewSite {
                    name: "Gate".to_owned(),
                    time_zone: "UTC".to_owned(),
                    geofence: None,
                    arrival_photo: Default::default(),
                    walk_up_photo: Default::default(),
                    show_face: false,
                };
                site::add(tx, org, &new, start)?;
                sites += 1;
            }
            Step::NewSite => {}
        }
    }
    Ok(org)
}

fn add(tx: &Tx<'_>, org: OrgId, author: DeviceId, count: usize, step: &Step) -> Result<(), StoreError> {
    let Step::Add { kind, verdict, name, site, subject, leaves, at } = step else { return Ok(()) };
    let entry = journal::NewEntry {
        device: author,
        number: count as u64 + 1,
        id: id(count),
        kind: 3,
        hash: Digest32::of(&count.to_be_bytes()),
        envelope: &[],
        readable: true,
    };
    let received = UnixMillis::new(START + at.1);
    journal::add(tx, org, &entry, received)?;
    let scan = ScanBody {
        verdict: *verdict,
        code: Code::Offline,
        checks: vec![(Check::Format, Outcome::Passed), (Check::Online, Outcome::Cautions(Code::Offline))],
        kind: Some(PassKind::Visitor),
        subject: Some(SubjectId([*subject; 16])),
        token: None,
        issued_at: None,
        proof_time: None,
        pack_seq: None,
        online: false,
        departs: leaves.then_some(id(0)),
    };
    let actor = Actor {
        guard: PersonId([1; 16]),
        shift: ShiftId([2; 16]),
        site: SiteNumber::new(*site).expect("a number"),
    };
    let personal = Personal {
        name: name.and_then(|name| NAMES.get(name)).map(|&name| name.to_owned()),
        ..Personal::default()
    };
    let new = NewEvent {
        id: id(count),
        device: author,
        kind: *kind,
        scan: (*kind != Kind::WalkUp).then_some(&scan),
        actor: &actor,
        personal: &personal,
        happened_at: UnixMillis::new(START + at.0),
        clock_trusted: true,
    };
    event::add(tx, org, &new, received)
}

/// Every event that a filter lets through, newest first, by a look at all of them.
fn plain(db: &Connection, org: OrgId, filter: &Filter, known: &[SiteNumber]) -> Vec<EventRow> {
    let numbers: Vec<i64> = db
        .prepare("SELECT no FROM event WHERE org = ?1")
        .and_then(|mut all| all.query_map([org.0], |row| row.get(0))?.collect())
        .expect("numbers");
    let mut rows = super::rows(db, &numbers).expect("rows");
    rows.sort_by_key(|row| std::cmp::Reverse((row.listed_at, row.no)));
    rows.retain(|row| {
        let kind = match row.kind {
            Kind::Member | Kind::Device => EventKind::Member,
            Kind::Visitor => EventKind::Visitor,
            Kind::WalkUp => EventKind::WalkUp,
            Kind::Unreadable => EventKind::Unreadable,
        };
        let marked = |mark| match mark {
            Mark::Flagged => row.flagged,
            Mark::Reported => row.reported,
            Mark::Judged => row.judged,
        };
        row.listed_at == row.happened_at.min(row.received_at)
            && filter.since.is_none_or(|since| row.listed_at >= since)
            && filter.decision.is_none_or(|decision| decision == decided(row))
            && filter.verdict.is_none_or(|verdict| row.verdict == Some(verdict))
            && filter.kind.is_none_or(|wanted| wanted == kind)
            && filter.site.is_none_or(|site| site == row.site && known.contains(&site))
            && filter.mark.is_none_or(marked)
            && filter.subject.is_none_or(|subject| row.subject == Some(subject))
            && search::finds(&filter.search, row.name.as_deref().unwrap_or_default())
    });
    rows
}

fn decided(row: &EventRow) -> Decided {
    match (row.granted, row.departs) {
        (Some(true), _) => Decided::Granted,
        (Some(false), _) => Decided::Denied,
        (None, Some(_)) => Decided::Leaving,
        (None, None) => Decided::Undecided,
    }
}

fn counted(rows: &[EventRow]) -> Totals {
    let of = |wanted| rows.iter().filter(|row| decided(row) == wanted).count() as u64;
    Totals {
        events: rows.len() as u64,
        granted: of(Decided::Granted),
        denied: of(Decided::Denied),
        undecided: of(Decided::Undecided),
        leaving: of(Decided::Leaving),
        more: false,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    // covers: S4-68, S4-69, S4-70, S4-71
    #[test]
    fn lists_and_numbers_are_those_of_all_events(
        steps in prop::collection::vec(step(), 1..120),
        filters in prop::collection::vec(filter(), 40),
    ) {
        let world = World::new();
        let org = world.history(steps);
        world.store.read(|db| {
            assert_eq!(facet::disagreements(db)?, 0);
            let known: Vec<_> = site::list(db, org)?.into_iter().map(|site| site.number).collect();
            for filter in &filters {
                let wanted = plain(db, org, filter, &known);
                let (mut found, mut before) = (Vec::new(), None);
                loop {
                    let page = list::page(db, org, filter, before, 3)?;
                    let Some(last) = page.last() else { break };
                    before = Some(Cursor { listed_at: last.listed_at, no: last.no });
                    found.extend(page.iter().map(|row| row.id));
                }
                let ids: Vec<_> = wanted.iter().map(|row| row.id).collect();
                assert_eq!(found, ids, "{filter:?}");
                let whatever_decided = Filter { decision: None, ..filter.clone() };
                let all = counted(&plain(db, org, &whatever_decided, &known));
                assert_eq!(totals::totals(db, org, filter)?, all, "{filter:?}");
                assert_eq!(all.events, all.granted + all.denied + all.undecided + all.leaving);
                for row in &wanted {
                    assert!(super::row_if(db, org, filter, row.id)?.is_some(), "{filter:?}");
                }
            }
            // Nothing but what events bear is left of names.
            let unused: u64 = db.query_row(
                "SELECT count(*) FROM event_name n WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.name = n.no)",
                [],
                |row| row.get(0),
            )?;
            let dangling: u64 = db.query_row(
                "SELECT count(*) FROM event_name_key WHERE name NOT IN (SELECT no FROM event_name)",
                [],
                |row| row.get(0),
            )?;
            assert_eq!((unused, dangling), (0, 0));
            Ok::<_, StoreError>(())
        }).expect("read");
        // A clock that is set back leaves nothing ahead of it, and all numbers true.
        let back = UnixMillis::new(START + 3 * DAY);
        world.store.write(move |tx| facet::relist(tx, back)).expect("listed anew");
        world.store.read(|db| {
            assert_eq!(facet::disagreements(db)?, 0);
            let newest = list::page(db, org, &Filter::default(), None, 1)?;
            assert!(newest.iter().all(|row| row.listed_at <= back));
            Ok::<_, StoreError>(())
        }).expect("read");
        // Counted anew, the numbers are the same.
        let before = world.store.read(|db| facet::all(db, org)).expect("facets");
        world.store.write(|tx| facet::recount(tx)).expect("recounted");
        let after = world.store.read(|db| facet::all(db, org)).expect("facets");
        prop_assert_eq!(before, after);
    }
}

/// What SQLite would do for a statement, a line each step.
fn plan(db: &Connection, sql: &str) -> Vec<String> {
    let mut statement = db.prepare(&format!("EXPLAIN QUERY PLAN {sql}")).expect("a statement");
    let none = vec![rusqlite::types::Value::Integer(1); statement.parameter_count()];
    let rows = statement.query_map(rusqlite::params_from_iter(none), |row| row.get(3)).expect("a plan");
    rows.collect::<Result<_, _>>().expect("lines")
}

#[test]
fn no_list_and_no_number_looks_at_every_event() {
    let world = World::new();
    world
        .store
        .read(|db| {
            for (sql, index) in [
                (list::ALL, "COVERING INDEX event_listed (org=? AND listed_at>"),
                (list::OF_FACET, "COVERING INDEX event_facet (org=? AND facet=? AND listed_at>"),
                (list::OF_NAME, "COVERING INDEX event_name_listed (org=? AND name=? AND listed_at>"),
                (list::COUNT_OF_NAME, "COVERING INDEX event_name_listed (org=? AND name=? AND listed_at>"),
                (list::OF_SUBJECT, "INDEX event_subject (org=? AND subject=? AND listed_at>"),
                (totals::OF_DAYS, "PRIMARY KEY (org=? AND day>"),
                (totals::OF_PART, "COVERING INDEX event_listed (org=? AND listed_at>"),
                (totals::OF_LIST, "COVERING INDEX event_listed (org=? AND listed_at>"),
                (totals::OF_NAME, "COVERING INDEX event_name_listed (org=? AND name=? AND listed_at>"),
                (totals::OF_SUBJECT, "INDEX event_subject (org=? AND subject=? AND listed_at>"),
                (crate::store::event_name::FIND, "PRIMARY KEY (org=? AND key>"),
                (crate::store::erasure::FORGET_HOST, "INDEX event_host (org=? AND host=?)"),
                (&super::one_by("e.no = ?1"), "SEARCH e USING INTEGER PRIMARY KEY"),
                (
                    &super::one_by("e.org = ?1 AND e.id = ?2"),
                    "SEARCH e USING INDEX event_id (org=? AND id=?)",
                ),
            ] {
                let plan = plan(db, sql);
                assert!(plan.iter().any(|line| line.contains(index)), "{sql}: {plan:#?}");
                let scans = |line: &String| line.starts_with("SCAN") && !line.starts_with("SCAN (subquery");
                assert!(!plan.iter().any(scans), "{sql}: {plan:#?}");
                // In order as they are read: a page of a list ends where it is full.
                let sorts = plan.iter().any(|line| line.contains("TEMP B-TREE"));
                assert!(!sorts || sql == totals::OF_PART, "{sql}: {plan:#?}");
            }
            Ok::<_, StoreError>(())
        })
        .expect("read");
}
