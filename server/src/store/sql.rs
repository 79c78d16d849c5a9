//! Core's types as columns.

use gatehouse_core::{
    id::SiteNumber,
    time::{UnixMillis, UnixSeconds},
};
use rusqlite::{Row, types::Type};

/// A column that holds what this code cannot have written.
fn corrupt(index: usize, kind: Type, what: &'static str) -> rusqlite::Error {
    rusqlite::Error::FromSqlConversionFailure(index, kind, what.into())
}

/// Milliseconds.
pub fn millis(row: &Row<'_>, index: usize) -> rusqlite::Result<UnixMillis> {
    row.get(index).map(UnixMillis::new)
}

/// Milliseconds, if there are any.
pub fn optional_millis(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<UnixMillis>> {
    Ok(row.get::<_, Option<u64>>(index)?.map(UnixMillis::new))
}

/// Seconds.
pub fn seconds(row: &Row<'_>, index: usize) -> rusqlite::Result<UnixSeconds> {
    UnixSeconds::new(row.get(index)?)
        .ok_or_else(|| corrupt(index, Type::Integer, "a time past the year 9999"))
}

/// Seconds, if there are any.
pub fn optional_seconds(row: &Row<'_>, index: usize) -> rusqlite::Result<Option<UnixSeconds>> {
    row.get::<_, Option<u64>>(index)?.map(|_| seconds(row, index)).transpose()
}

/// A site's number.
pub fn site(row: &Row<'_>, index: usize) -> rusqlite::Result<SiteNumber> {
    SiteNumber::new(row.get(index)?).ok_or_else(|| corrupt(index, Type::Integer, "a site without a number"))
}

/// A word of one of core's lists.
pub fn word<T: std::str::FromStr>(row: &Row<'_>, index: usize, what: &'static str) -> rusqlite::Result<T> {
    row.get::<_, String>(index)?.parse().map_err(|_| corrupt(index, Type::Text, what))
}

/// An id, if there is one.
pub fn optional_id<T>(row: &Row<'_>, index: usize, make: fn([u8; 16]) -> T) -> rusqlite::Result<Option<T>> {
    Ok(row.get::<_, Option<[u8; 16]>>(index)?.map(make))
}
