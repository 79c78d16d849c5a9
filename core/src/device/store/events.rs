//! Scans and walk-ups as the station keeps them, from the first judgement to the decision and the departure.

use rusqlite::{OptionalExtension, Row, params};

use super::{StoreError, Write};
use crate::{
    decision::PastUses,
    device::vault::random,
    id::{EntryId, ShiftId, SiteNumber},
    time::UnixMillis,
    visit::OwnEvent,
};

/// A scan or walk-up about to be kept.
#[derive(Debug)]
pub struct NewEvent<'a> {
    /// Its id.
    pub id: EntryId,
    /// What counts as the same code.
    pub use_id: Option<Vec<u8>>,
    /// The shift.
    pub shift: ShiftId,
    /// The site.
    pub site: SiteNumber,
    /// Whether a grant begins a stay.
    pub visitor: bool,
    /// The stay whose departure it opened.
    pub departs: Option<EntryId>,
    /// When.
    pub at: UnixMillis,
    /// What was shown, to show it again.
    pub result: &'a [u8],
}

/// A scan or walk-up as kept.
#[derive(Debug, Clone)]
pub struct Event {
    /// Its id.
    pub id: EntryId,
    /// The shift.
    pub shift: ShiftId,
    /// The site.
    pub site: SiteNumber,
    /// Whether a grant begins a stay.
    pub visitor: bool,
    /// When.
    pub at: UnixMillis,
    /// Number of the last judgement, from 1.
    pub judgement: u32,
    /// Number of the last judgement that a guard was shown.
    pub shown: u32,
    /// When it was last held up or picked.
    pub judged_at: UnixMillis,
    /// Granted or denied, if decided.
    pub granted: Option<bool>,
    /// Nobody is to decide it any more: left for good, or a departure that was recorded.
    pub closed: bool,
    /// When the visitor left.
    pub departed: Option<UnixMillis>,
    /// What was shown.
    pub result: Vec<u8>,
}

impl Event {
    /// Whether it is of this shift and waits for its decision.
    #[must_use]
    pub fn is_open(&self, shift: ShiftId) -> bool {
        self.granted.is_none() && !self.closed && self.shift == shift
    }

    /// It, as it may have begun a stay.
    #[must_use]
    pub const fn as_visit(&self) -> OwnEvent {
        OwnEvent { begins_stay: self.visitor, granted: self.granted, departed: self.departed.is_some() }
    }
}

/// A judgement that takes the place of an undecided event's last one.
#[derive(Debug)]
pub struct NewJudgement<'a> {
    /// Its number; that of the last one, if it comes to the same.
    pub number: u32,
    /// When the code was held up again; nothing where it was not.
    pub at: Option<UnixMillis>,
    /// Whether a grant begins a stay.
    pub visitor: bool,
    /// The stay whose departure it opens.
    pub departs: Option<EntryId>,
    /// What is to be shown.
    pub result: &'a [u8],
}

const COLUMNS: &str = "id, site, visitor, scanned_ms, granted, departed_ms, sealed_result, shift,
    granted IS NULL AND decided_ms IS NOT NULL, coalesce(judgement, 1), coalesce(shown, 1), coalesce(judged_ms, scanned_ms)";

impl Write<'_> {
    /// Keeps a scan or walk-up.
    pub fn add_event(&self, event: &NewEvent<'_>) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&event.id.to_string(), random()?, event.result);
        self.sql.execute(
            "INSERT INTO event (id, use_id, shift, site, visitor, scanned_ms, departs, sealed_result)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)",
            params![
                event.id.0,
                event.use_id,
                event.shift.0,
                event.site.get(),
                event.visitor,
                event.at.get(),
                event.departs.map(|stay| stay.0),
                sealed
            ],
        )?;
        Ok(())
    }

    /// The event with this id.
    pub fn event(&self, id: EntryId) -> Result<Option<Event>, StoreError> {
        self.one_event(&format!("SELECT {COLUMNS} FROM event WHERE id = ?1"), params![id.0])
    }

    /// The latest undecided event of the same code in the same shift that was last held up from `since` to `now`.
    pub fn open_event(
        &self,
        use_id: &[u8],
        shift: ShiftId,
        since: UnixMillis,
        now: UnixMillis,
    ) -> Result<Option<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE use_id = ?1 AND shift = ?2 AND decided_ms IS NULL
             AND coalesce(judged_ms, scanned_ms) BETWEEN ?3 AND ?4 ORDER BY scanned_ms DESC LIMIT 1"
        );
        self.one_event(&sql, params![use_id, shift.0, since.get(), now.get()])
    }

    /// Every undecided event of a shift, the newest first.
    pub fn open_events(&self, shift: ShiftId) -> Result<Vec<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE shift = ?1 AND decided_ms IS NULL ORDER BY scanned_ms DESC, id DESC"
        );
        self.events(&sql, [shift.0])
    }

    /// The latest events of the last shift, at most `most`, the newest first. Events stand in the order in which they
    /// came, and no two shifts are mixed, so that nothing older is read.
    pub fn latest_events(&self, shift: ShiftId, most: usize) -> Result<Vec<Event>, StoreError> {
        let sql = format!("SELECT {COLUMNS} FROM event ORDER BY rowid DESC");
        let mut statement = self.sql.prepare_cached(&sql)?;
        let mut rows = statement.query([])?;
        let mut events = Vec::new();
        while events.len() < most
            && let Some(row) = rows.next()?
            && ShiftId(row.get(7)?) == shift
        {
            events.extend(self.read_event(row)?);
        }
        Ok(events)
    }

    /// Grants whose decision the server does not have, or not what put it right: what is a grant only by a correction waits
    /// as long as that does, and what was put right to a denial is none.
    pub fn unsent_grants(&self) -> Result<Vec<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE granted = 1
             AND decision IN (SELECT number FROM entry WHERE state <> 1) ORDER BY scanned_ms"
        );
        self.events(&sql, [])
    }

    /// Every event that is kept.
    pub fn all_events(&self) -> Result<Vec<Event>, StoreError> {
        self.events(&format!("SELECT {COLUMNS} FROM event"), [])
    }

    /// Puts what is kept of an event in place of what was.
    pub fn update_event(&self, id: EntryId, result: &[u8]) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&id.to_string(), random()?, result);
        self.sql.execute("UPDATE event SET sealed_result = ?2 WHERE id = ?1", params![id.0, sealed])?;
        Ok(())
    }

    /// Puts a judgement in the place of an undecided event's last one.
    pub fn judge_event(&self, id: EntryId, new: &NewJudgement<'_>) -> Result<(), StoreError> {
        let sealed = self.vault.seal(&id.to_string(), random()?, new.result);
        self.sql.execute(
            "UPDATE event SET judgement = nullif(?2, 1), judged_ms = coalesce(?3, judged_ms), visitor = ?4, departs = ?5,
                 sealed_result = ?6 WHERE id = ?1",
            params![
                id.0,
                new.number,
                new.at.map(UnixMillis::get),
                new.visitor,
                new.departs.map(|stay| stay.0),
                sealed
            ],
        )?;
        Ok(())
    }

    /// A guard is shown the event's last judgement.
    pub fn show_event(&self, id: EntryId) -> Result<(), StoreError> {
        self.sql
            .execute("UPDATE event SET shown = judgement WHERE id = ?1 AND shown IS NOT judgement", [id.0])?;
        Ok(())
    }

    /// Undecided events of a shift whose last judgement no guard was shown, the newest first.
    pub fn unseen_events(&self, shift: ShiftId) -> Result<Vec<EntryId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id FROM event WHERE shift = ?1 AND decided_ms IS NULL AND shown IS NOT judgement
             ORDER BY scanned_ms DESC, id DESC",
        )?;
        let rows = statement.query_map([shift.0], |row| row.get(0).map(EntryId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Nobody will decide the event.
    pub fn abandon_event(&self, id: EntryId, at: UnixMillis) -> Result<(), StoreError> {
        self.sql.execute("UPDATE event SET decided_ms = ?2 WHERE id = ?1", params![id.0, at.get()])?;
        Ok(())
    }

    /// The visit of the same code that is inside.
    pub fn visit_inside(&self, use_id: &[u8]) -> Result<Option<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE use_id = ?1 AND visitor = 1 AND granted = 1 AND departed_ms IS NULL
             ORDER BY scanned_ms DESC LIMIT 1"
        );
        self.one_event(&sql, params![use_id])
    }

    /// Whether the server has the decision that began a visit: what it says of the visit then counts.
    pub fn is_sent(&self, event: EntryId) -> Result<bool, StoreError> {
        Ok(self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM event WHERE id = ?1
                 AND (decision = 0 OR EXISTS (SELECT 1 FROM entry WHERE number = decision AND state = 1))
                 AND NOT EXISTS (SELECT 1 FROM entry WHERE state <> 1 AND number <= decision))",
            [event.0],
            |row| row.get(0),
        )?)
    }

    /// Every visit that is inside, the longest first; one that was put right to a denial never was.
    pub fn visits_inside(&self) -> Result<Vec<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE visitor = 1 AND granted = 1 AND departed_ms IS NULL
             ORDER BY scanned_ms"
        );
        self.events(&sql, [])
    }

    /// Grants of the same code on this device, as they stand: one that was put right to a denial is no use. One that was
    /// put right to a grant was used when it was decided, which a correction leaves as it was.
    pub fn past_uses(&self, use_id: &[u8]) -> Result<PastUses, StoreError> {
        Ok(self.sql.query_row(
            "SELECT count(*), max(decided_ms) FROM event WHERE use_id = ?1 AND granted = 1",
            [use_id],
            |row| {
                Ok(PastUses { grants: row.get(0)?, last: row.get::<_, Option<u64>>(1)?.map(UnixMillis::new) })
            },
        )?)
    }

    /// The last of these grants.
    pub fn last_use(&self, use_id: &[u8]) -> Result<Option<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE use_id = ?1 AND granted = 1 ORDER BY decided_ms DESC LIMIT 1"
        );
        self.one_event(&sql, [use_id])
    }

    /// Grants of the same code whose decision stands behind the entry `heard`, or what put it right. Where the server has
    /// the grant and neither the denial nor the grant that came after it, one is counted twice: rather too many than too
    /// few.
    pub fn uses_behind(&self, use_id: &[u8], heard: u64) -> Result<u32, StoreError> {
        Ok(self.sql.query_row(
            "SELECT count(*) FROM event WHERE use_id = ?1 AND granted = 1 AND decision > ?2",
            params![use_id, heard],
            |row| row.get(0),
        )?)
    }

    /// Events of the same code that were denied or left undecided, scanned at `since` or later, the newest first. Among
    /// them is what was denied only when it was put right: the server frees its reservation, but no grant that it has,
    /// before the correction reaches it.
    pub fn refused_since(
        &self,
        use_id: &[u8],
        since: UnixMillis,
        most: usize,
    ) -> Result<Vec<EntryId>, StoreError> {
        let mut statement = self.sql.prepare_cached(
            "SELECT id FROM event WHERE use_id = ?1 AND scanned_ms >= ?2 AND decided_ms IS NOT NULL
             AND departs IS NULL AND granted IS NOT 1 ORDER BY scanned_ms DESC LIMIT ?3",
        )?;
        let rows = statement.query_map(params![use_id, since.get(), most], |row| row.get(0).map(EntryId))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// Events that stand as denied, scanned at `since` or later, the newest first. Only the last `among` that are kept are
    /// looked at, and none of them whose personal data is to go as soon as it is sent.
    pub fn denied_since(&self, since: UnixMillis, among: u32) -> Result<Vec<Event>, StoreError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM event WHERE rowid > (SELECT max(rowid) FROM event) - ?1 AND granted = 0
             AND scanned_ms >= ?2 AND id NOT IN (SELECT entry FROM erasure) ORDER BY rowid DESC"
        );
        self.events(&sql, params![among, since.get()])
    }

    /// Whether another event of the same code was granted after this one was scanned. A grant of later than `now` was
    /// made by a clock that was ahead, and says nothing. A decision that was put right counts from when it was made: that
    /// is when somebody went in.
    pub fn granted_since(&self, event: EntryId, now: UnixMillis) -> Result<bool, StoreError> {
        Ok(self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM event mine JOIN event other ON other.use_id = mine.use_id
             WHERE mine.id = ?1 AND other.id <> mine.id AND other.granted = 1 AND other.decided_ms > mine.scanned_ms
                 AND other.decided_ms <= ?2)",
            params![event.0, now.get()],
            |row| row.get(0),
        )?)
    }

    /// Grant or deny, by the journal's last entry.
    pub fn decide_event(&self, id: EntryId, granted: bool, at: UnixMillis) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE event SET granted = ?2, decided_ms = ?3, decision = (SELECT max(number) FROM entry)
             WHERE id = ?1",
            params![id.0, granted, at.get()],
        )?;
        Ok(())
    }

    /// A decision is put right, by the journal's last entry. When it was made stays as it was.
    pub fn correct_event(&self, id: EntryId, granted: bool) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE event SET granted = ?2, decision = (SELECT max(number) FROM entry)
             WHERE id = ?1 AND granted IS NOT NULL",
            params![id.0, granted],
        )?;
        Ok(())
    }

    /// Whether another event of the same code has a visitor inside.
    pub fn is_inside_otherwise(&self, event: EntryId) -> Result<bool, StoreError> {
        Ok(self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM event mine JOIN event other ON other.use_id = mine.use_id
             WHERE mine.id = ?1 AND other.id <> mine.id AND other.visitor = 1 AND other.granted = 1
                 AND other.departed_ms IS NULL)",
            [event.0],
            |row| row.get(0),
        )?)
    }

    /// The visitor left.
    pub fn depart_event(&self, id: EntryId, at: UnixMillis) -> Result<(), StoreError> {
        self.sql.execute("UPDATE event SET decided_ms = ?2 WHERE departs = ?1", params![id.0, at.get()])?;
        self.sql.execute("UPDATE event SET departed_ms = ?2 WHERE id = ?1", params![id.0, at.get()])?;
        Ok(())
    }

    /// A visit that was taken for over goes on.
    pub fn reopen_visit(&self, id: EntryId) -> Result<(), StoreError> {
        self.sql.execute(
            "UPDATE event SET departed_ms = NULL
             WHERE id = ?1 AND visitor = 1 AND granted = 1 AND departed_ms IS NOT NULL",
            [id.0],
        )?;
        Ok(())
    }

    /// Whether the departure of another gate's visit was recorded here.
    pub fn is_foreign_departure(&self, stay: EntryId) -> Result<bool, StoreError> {
        Ok(self.sql.query_row(
            "SELECT EXISTS (SELECT 1 FROM foreign_departure WHERE stay = ?1)",
            [stay.0],
            |row| row.get(0),
        )?)
    }

    /// Notes that another gate's visit was departed here; false if that was noted before.
    pub fn note_foreign_departure(&self, stay: EntryId) -> Result<bool, StoreError> {
        let changed = self
            .sql
            .execute("INSERT INTO foreign_departure (stay) VALUES (?1) ON CONFLICT DO NOTHING", [stay.0])?;
        Ok(changed == 1)
    }

    fn events(&self, sql: &str, params: impl rusqlite::Params) -> Result<Vec<Event>, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        let mut events = Vec::new();
        while let Some(row) = rows.next()? {
            events.extend(self.read_event(row)?);
        }
        Ok(events)
    }

    fn one_event(&self, sql: &str, params: impl rusqlite::Params) -> Result<Option<Event>, StoreError> {
        let mut statement = self.sql.prepare_cached(sql)?;
        let found = statement.query_row(params, |row| self.read_event(row)).optional()?;
        Ok(found.flatten())
    }

    /// Nothing for an event whose seal does not open: it holds up no other. What was signed of it is in the journal.
    fn read_event(&self, row: &Row<'_>) -> rusqlite::Result<Option<Event>> {
        let id = EntryId(row.get(0)?);
        let sealed: Vec<u8> = row.get(6)?;
        let result = self.vault.open(&id.to_string(), &sealed);
        let (Some(result), Some(site)) = (result, SiteNumber::new(row.get(1)?)) else { return Ok(None) };
        Ok(Some(Event {
            id,
            site,
            visitor: row.get(2)?,
            at: UnixMillis::new(row.get(3)?),
            shift: ShiftId(row.get(7)?),
            granted: row.get(4)?,
            closed: row.get(8)?,
            judgement: row.get(9)?,
            shown: row.get(10)?,
            judged_at: UnixMillis::new(row.get(11)?),
            departed: row.get::<_, Option<u64>>(5)?.map(UnixMillis::new),
            result,
        }))
    }
}
