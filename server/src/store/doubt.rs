//! Marks on what journals say that does not fit what the server knows.

use gatehouse_core::{
    id::{DeviceId, EntryId, PersonId},
    time::UnixMillis,
};
use rusqlite::{Connection, OptionalExtension, params};

use super::{OrgId, StoreError, Tx, device::OWN, sql};

/// Why an entry is not believed in everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// The guard that it names never signed in on the device, or only later, or is no guard.
    GuardNotSignedIn,
    /// The guard's access was revoked before.
    GuardRevoked,
    /// The shift is not one that the guard began on the device.
    ShiftUnknown,
    /// The organisation has no such site.
    SiteUnknown,
    /// It speaks of an event that is not there, or is another device's.
    EventNotItsOwn,
    /// It decided before there was anything to decide.
    DecidedBefore,
    /// It opened the departure of a visit that is not that visitor's, or not there.
    VisitNotTheirs,
    /// It ended a visit at another site.
    DepartedElsewhere,
    /// It ended a visit before that began.
    DepartedBefore,
    /// It ended a visit at a time by the phone's clock that cannot be.
    DepartureTime,
    /// It ends a shift of somebody else or of another device.
    ShiftNotItsOwn,
    /// It says to go on from a device from which it cannot.
    NoSuccessor,
    /// Its device had been revoked, or nobody knows that it had not yet been.
    AfterRevocation,
    /// Its shift began where the phone was not shown to be at the site, although the site blocks that.
    ShiftElsewhere,
    /// It puts a decision right that nobody had made.
    NothingDecided,
    /// A departure is recorded of a visitor who, by what puts the grant right, never was let in.
    LeftAllTheSame,
    /// It puts a decision right that was made in another shift, or gives no reason: the decision stays.
    CorrectedElsewhere,
}

impl Doubt {
    /// Every one.
    pub const ALL: [Self; 17] = [
        Self::GuardNotSignedIn,
        Self::GuardRevoked,
        Self::ShiftUnknown,
        Self::SiteUnknown,
        Self::EventNotItsOwn,
        Self::DecidedBefore,
        Self::VisitNotTheirs,
        Self::DepartedElsewhere,
        Self::DepartedBefore,
        Self::DepartureTime,
        Self::ShiftNotItsOwn,
        Self::NoSuccessor,
        Self::AfterRevocation,
        Self::ShiftElsewhere,
        Self::NothingDecided,
        Self::LeftAllTheSame,
        Self::CorrectedElsewhere,
    ];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::GuardNotSignedIn => "guard_not_signed_in",
            Self::GuardRevoked => "guard_revoked",
            Self::ShiftUnknown => "shift_unknown",
            Self::SiteUnknown => "site_unknown",
            Self::EventNotItsOwn => "event_not_its_own",
            Self::DecidedBefore => "decided_before",
            Self::VisitNotTheirs => "visit_not_theirs",
            Self::DepartedElsewhere => "departed_elsewhere",
            Self::DepartedBefore => "departed_before",
            Self::DepartureTime => "departure_time",
            Self::ShiftNotItsOwn => "shift_not_its_own",
            Self::NoSuccessor => "no_successor",
            Self::AfterRevocation => "after_revocation",
            Self::ShiftElsewhere => "shift_elsewhere",
            Self::NothingDecided => "nothing_decided",
            Self::LeftAllTheSame => "left_all_the_same",
            Self::CorrectedElsewhere => "corrected_elsewhere",
        }
    }

    /// The doubt with this word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|doubt| doubt.word() == word)
    }
}

/// Marks an entry. The same doubt about it is noted once.
pub fn add(
    tx: &Tx<'_>,
    org: OrgId,
    (entry, device): (EntryId, DeviceId),
    event: Option<EntryId>,
    doubt: Doubt,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.prepare_cached(
        "INSERT INTO doubt (org, entry, event, device, what, noted_at) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
         ON CONFLICT DO NOTHING",
    )?
    .execute(params![org.0, entry.0, event.map(|id| id.0), device.0, doubt.word(), now.get()])?;
    Ok(())
}

/// The doubts about an event and what was said of it later, with the names of the devices that said so.
pub fn of_event(db: &Connection, org: OrgId, event: EntryId) -> Result<Vec<(Doubt, String)>, StoreError> {
    let mut statement = db.prepare_cached(
        "SELECT b.what, coalesce(t.name, '') FROM doubt b LEFT JOIN device t ON t.org = b.org AND t.id = b.device
         WHERE b.org = ?1 AND b.event = ?2 ORDER BY b.no LIMIT 100",
    )?;
    let rows = statement.query_map(params![org.0, event.0], |row| {
        Ok((Doubt::from_word(&row.get::<_, String>(0)?), row.get(1)?))
    })?;
    let rows: Vec<(Option<Doubt>, String)> = rows.collect::<Result<_, _>>()?;
    Ok(rows.into_iter().filter_map(|(doubt, device)| Some((doubt?, device))).collect())
}

/// How many entries of each device are in doubt.
pub fn by_device(db: &Connection, org: OrgId) -> Result<Vec<(DeviceId, u64)>, StoreError> {
    let mut statement =
        db.prepare_cached("SELECT device, count(DISTINCT entry) FROM doubt WHERE org = ?1 GROUP BY device")?;
    let rows = statement.query_map([org.0], |row| Ok((DeviceId(row.get(0)?), row.get(1)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Notes that a guard signed in on a device. The first time stays.
pub fn guard_is_here(
    tx: &Tx<'_>,
    org: OrgId,
    device: DeviceId,
    guard: PersonId,
    now: UnixMillis,
) -> Result<(), StoreError> {
    tx.execute(
        "INSERT INTO guard_here (org, device, person, since) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING",
        params![org.0, device.0, guard.0, now.get()],
    )?;
    Ok(())
}

/// Since when a guard can unlock a device, or one whose journal it goes on from: the same phone, enrolled anew.
pub fn guard_here_since(
    db: &Connection,
    org: OrgId,
    device: DeviceId,
    guard: PersonId,
) -> Result<Option<UnixMillis>, StoreError> {
    let mut statement = db.prepare_cached(&format!(
        "{OWN} SELECT min(since) FROM guard_here WHERE org = ?1 AND person = ?3 AND device IN own"
    ))?;
    let found = statement.query_row(params![org.0, device.0, guard.0], |row| sql::optional_millis(row, 0));
    Ok(found.optional()?.flatten())
}
