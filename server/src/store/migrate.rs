//! Brings a database to this build's version, step by step, each in the same transaction as its version number.

mod compact_events;

use gatehouse_core::name;
use rusqlite::{Connection, TransactionBehavior};

use super::{StoreError, facet};

/// Every step there ever was, in order. A step that has been released is never changed.
const STEPS: &[&str] = &[
    include_str!("migrations/0001_first.sql"),
    include_str!("migrations/0002_amendment.sql"),
    include_str!("migrations/0003_packs.sql"),
    include_str!("migrations/0004_wallet.sql"),
    include_str!("migrations/0005_faces.sql"),
    include_str!("migrations/0006_continued_journals.sql"),
    include_str!("migrations/0007_longest_shift.sql"),
    include_str!("migrations/0008_host_limits.sql"),
    include_str!("migrations/0009_usage.sql"),
    include_str!("migrations/0010_held_against.sql"),
    include_str!("migrations/0011_erasure.sql"),
    include_str!("migrations/0012_device_clocks.sql"),
    include_str!("migrations/0013_judgements.sql"),
    include_str!("migrations/0014_compact_events.sql"),
    include_str!("migrations/0015_listed_events.sql"),
    include_str!("migrations/0016_sign_in.sql"),
    include_str!("migrations/0017_sealed_faces.sql"),
    include_str!("migrations/0018_former_bars.sql"),
    include_str!("migrations/0019_corrections.sql"),
    include_str!("migrations/0020_messages.sql"),
    include_str!("migrations/0021_walk_up_hosts.sql"),
    include_str!("migrations/0022_message_ends.sql"),
];

/// Work on a database that SQL cannot do.
type Fill = fn(&Connection) -> Result<(), StoreError>;

/// What a step needs besides its SQL, by the step's number.
const FILLS: &[(u32, Fill)] = &[(3, fold_search), (14, compact_events::copy), (15, facet::recount)];

/// Runs the steps that are missing.
pub fn migrate(connection: &mut Connection) -> Result<(), StoreError> {
    // A table that is made anew is dropped while others refer to it, and its rows come back under the same keys.
    let enforced: bool = connection.query_row("PRAGMA foreign_keys", [], |row| row.get(0))?;
    connection.pragma_update(None, "foreign_keys", false)?;
    let done = run_steps(connection);
    connection.pragma_update(None, "foreign_keys", enforced)?;
    if done? { give_back(connection) } else { Ok(()) }
}

/// Gives the disk back what a step left empty, where that is a large part of the file. Without the room for that, or
/// beside another process, the file stays as large as it was, and what comes later fills it.
fn give_back(connection: &Connection) -> Result<(), StoreError> {
    const WORTH_IT_PAGES: u64 = 16 << 10;
    let number = |sql: &str| connection.query_row(sql, [], |row| row.get::<_, u64>(0));
    let (empty, all) = (number("PRAGMA freelist_count")?, number("PRAGMA page_count")?);
    if empty < WORTH_IT_PAGES || empty < all / 4 {
        return Ok(());
    }
    tracing::info!("giving the disk back what the database no longer needs");
    if let Err(error) = connection.execute_batch("VACUUM") {
        tracing::warn!(%error, "the database file could not be made smaller");
    }
    Ok(())
}

/// Whether any was missing.
fn run_steps(connection: &mut Connection) -> Result<bool, StoreError> {
    let known = u32::try_from(STEPS.len()).unwrap_or(u32::MAX);
    let tx = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let found: u32 = tx.query_row("PRAGMA user_version", [], |row| row.get(0))?;
    if found > known {
        return Err(StoreError::NewerDatabase { found, known });
    }
    for (version, step) in (1..=known).zip(STEPS).skip_while(|(version, _)| *version <= found) {
        tx.execute_batch(step)?;
        for (_, fill) in FILLS.iter().filter(|(number, _)| *number == version) {
            fill(&tx)?;
        }
        tx.pragma_update(None, "user_version", version)?;
    }
    tx.commit()?;
    Ok(found < known)
}

/// Folds what searches look in as they fold what they look for.
fn fold_search(db: &Connection) -> Result<(), StoreError> {
    for table in ["invitation", "event"] {
        let mut select = db.prepare(&format!("SELECT rowid, search FROM {table} WHERE search != ''"))?;
        let mut update = db.prepare(&format!("UPDATE {table} SET search = ?2 WHERE rowid = ?1"))?;
        let mut rows = select.query([])?;
        let mut folded: Vec<(i64, String)> = Vec::new();
        while let Some(row) = rows.next()? {
            folded.push((row.get(0)?, name::folded(&row.get::<_, String>(1)?)));
        }
        for (row, search) in folded {
            update.execute((row, search))?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use gatehouse_core::{
        decision::{Check, Code, Outcome},
        id::EntryId,
    };

    use super::*;
    use crate::store::{
        OrgId,
        activity::{self, Filter, Kind},
        amendment::Amendment,
        event, stay,
    };

    #[test]
    fn what_was_written_before_is_found_as_what_is_written_now() {
        let mut connection = Connection::open_in_memory().expect("memory");
        connection.execute_batch(STEPS.first().expect("a first step")).expect("first");
        connection.pragma_update(None, "user_version", 1).expect("set");
        connection.pragma_update(None, "foreign_keys", false).expect("set");
        connection
            .execute(
                "INSERT INTO invitation (org, id, reference, visitor, status, any_site, from_s, until_s, search, created_at)
                 VALUES (1, zeroblob(16), 'V-1', zeroblob(16), 'pending', 1, 0, 1, 'v-1' || char(10) || 'zoë møller', 0)",
                [],
            )
            .expect("an invitation");
        migrate(&mut connection).expect("the rest");
        let search: String =
            connection.query_row("SELECT search FROM invitation", [], |row| row.get(0)).expect("a row");
        assert_eq!(search, "v 1 zoe moller");
    }

    /// A database as it was after its first steps.
    fn old(steps: usize) -> Connection {
        let connection = Connection::open_in_memory().expect("memory");
        for step in STEPS.iter().take(steps) {
            connection.execute_batch(step).expect("a step");
        }
        connection.pragma_update(None, "user_version", steps as u64).expect("set");
        connection
    }

    #[test]
    fn events_keep_all_that_they_were_when_they_become_small() {
        let mut connection = old(7);
        connection
            .execute_batch(
                r#"INSERT INTO organisation (id, code, name, time_zone, created_at) VALUES (1, 'oak', 'Oak', 'UTC', 0);
                INSERT INTO site (org, number, name, time_zone, created_at) VALUES (1, 1, 'Gate', 'UTC', 0);
                INSERT INTO device (org, id, name, public_key, certificate, token_hash, enrolled_at, last_contact,
                        head_hash)
                    VALUES (1, zeroblob(16), 'Phone', zeroblob(32), x'00', x'00', 0, 0, zeroblob(32));
                INSERT INTO journal_entry VALUES (1, zeroblob(16), 1, CAST('0000000000000001' AS BLOB), 3,
                    zeroblob(32), x'00', 0, 1), (1, zeroblob(16), 2, CAST('0000000000000002' AS BLOB), 5,
                    zeroblob(32), x'00', 0, 1);
                INSERT INTO event (no, org, id, device, kind, verdict, code, checks, subject, use_id, name, search,
                        note, guard, shift, site, happened_at, clock_trusted, received_at, granted, decided_at,
                        decided_surely, reason, flagged, judged)
                    VALUES (5, 1, CAST('0000000000000001' AS BLOB), zeroblob(16), 'visitor', 3, 'moon',
                        '[{"check":"format","state":"passed","code":"ok","cautions":false},
                          {"check":"site","state":"skipped","code":null,"cautions":false},
                          {"check":"online","state":"failed","code":"offline","cautions":true},
                          {"check":"location","state":"failed","code":"moon","cautions":false}]',
                        CAST('subjectsubjectsu' AS BLOB), CAST(x'02' || 'subjectsubjectsu' AS BLOB), 'Zoë Smith',
                        'zoe smith', 'a note', CAST('guardguardguardg' AS BLOB), CAST('shiftshiftshifts' AS BLOB), 1,
                        2000000000000, 0, 1700000000000, 1, 1700000001000, 0, 'a reason', 1, 1),
                    (6, 1, CAST('0000000000000002' AS BLOB), zeroblob(16), 'walk_up', NULL, NULL, '[]', NULL, NULL,
                        'Zoë Smith', 'zoe smith', NULL, CAST('guardguardguardg' AS BLOB),
                        CAST('shiftshiftshifts' AS BLOB), 7, 1600000000000, 1, 1700000000000, NULL, NULL, 0, NULL, 0,
                        0);
                INSERT INTO stay (org, id, site, since_ms)
                    VALUES (1, CAST('0000000000000001' AS BLOB), 1, 2000000000000),
                        (1, CAST('0000000000000002' AS BLOB), 1, 1650000000000);
                INSERT INTO departure (org, stay, departed_at)
                    VALUES (1, CAST('0000000000000002' AS BLOB), 1650000000001);
                INSERT INTO amendment (org, event, what, verdict, code, at)
                    VALUES (1, CAST('0000000000000001' AS BLOB), 'judged', 3, 'revoked', 9);
                INSERT INTO amendment (org, event, what, note, at, entry)
                    VALUES (1, CAST('0000000000000001' AS BLOB), 'report', 'odd', 10,
                        CAST('0000000000000002' AS BLOB));"#,
            )
            .expect("old rows");
        connection.pragma_update(None, "foreign_keys", true).expect("set");
        migrate(&mut connection).expect("brought up to date");

        assert!(connection.query_row("PRAGMA foreign_keys", [], |row| row.get::<_, bool>(0)).expect("asked"));
        let broken = connection.prepare("PRAGMA foreign_key_check").and_then(|mut check| check.exists([]));
        assert!(!broken.expect("checked"));
        assert_eq!(facet::disagreements(&connection).expect("counted"), 0);
        let org = OrgId(1);
        let detail = |id: &[u8; 16]| {
            activity::detail(&connection, org, EntryId(*id)).expect("read").expect("an event")
        };
        let first = detail(b"0000000000000001");
        let unknown = Code::from_word("moon");
        assert_eq!(
            first.checks,
            [
                (Check::Format, Outcome::Passed),
                (Check::Site, Outcome::Skipped),
                (Check::Online, Outcome::Cautions(Code::Offline)),
                (Check::Location, Outcome::Denies(unknown.clone())),
            ]
        );
        assert_eq!((first.row.no, first.row.code, first.row.kind), (5, Some(unknown), Kind::Visitor));
        assert_eq!(
            (first.row.happened_at.get(), first.row.listed_at.get()),
            (2_000_000_000_000, 1_700_000_000_000)
        );
        assert_eq!((first.row.guard.0, first.shift.0), (*b"guardguardguardg", *b"shiftshiftshifts"));
        assert_eq!((first.note.as_deref(), first.row.reason.as_deref()), (Some("a note"), Some("a reason")));
        assert!(first.row.flagged && first.row.judged);
        let [Amendment::Judged { found, .. }, Amendment::Report { note, .. }] = first.amendments.as_slice()
        else {
            panic!("{:?}", first.amendments)
        };
        assert_eq!((found.code.word(), note.as_deref()), ("revoked", Some("odd")));
        assert_eq!(
            (first.row.granted, first.row.first_granted),
            (Some(true), None),
            "nothing was put right yet"
        );
        connection
            .execute(
                "INSERT INTO amendment (org, event, what, granted, note, at)
                 VALUES (1, CAST('0000000000000001' AS BLOB), 'corrected', 0, 'a slip', 11)",
                [],
            )
            .expect("there is room for a correction");
        let said = detail(b"0000000000000001").amendments;
        assert!(matches!(said.last(), Some(Amendment::Corrected { granted: false, .. })), "{said:?}");
        let undecided = event::to_decide(&connection, org, EntryId(*b"0000000000000001"));
        let use_id = undecided.expect("read").and_then(|event| event.use_id);
        assert_eq!(use_id.as_deref(), Some(b"\x02subjectsubjectsu".as_slice()));
        let second = detail(b"0000000000000002");
        assert_eq!((second.row.code, second.row.verdict, second.checks.len()), (None, None, 0));
        assert_eq!(second.row.listed_at, second.row.happened_at);

        let found = |search: &str| {
            let filter = Filter { search: search.to_owned(), ..Filter::default() };
            activity::page(&connection, org, &filter, None, 9).expect("a page").len()
        };
        assert_eq!((found("smi zoe"), found("mith")), (2, 0));
        let inside = stay::open(&connection, org).expect("stays");
        let inside: Vec<_> = inside.iter().map(|stay| (stay.id.0, stay.since.get())).collect();
        assert_eq!(inside, [(*b"0000000000000001", 1_700_000_000_000)], "not since a time that has not come");
    }

    #[test]
    fn a_newer_database_is_left_alone() {
        let mut connection = Connection::open_in_memory().expect("memory");
        migrate(&mut connection).expect("first");
        migrate(&mut connection).expect("again");
        connection.pragma_update(None, "user_version", 999).expect("set");
        assert!(matches!(migrate(&mut connection), Err(StoreError::NewerDatabase { found: 999, .. })));
    }
}
