//! Rows read from a database's pages without SQLite, for a file that it refuses: every leaf page of a table that can
//! be made out is read by itself (<https://sqlite.org/fileformat2.html#b_tree_pages>). What a row says is believed
//! only where a signature or seal holds, which is the caller's to check.

use std::collections::HashMap;

use rusqlite::{
    ToSql,
    types::{ToSqlOutput, ValueRef},
};

use super::wal::Frame;

/// No row of a station is larger: a photo has at most 1 MB.
const LARGEST_ROW: usize = 4 << 20;
/// A page that holds rows of a table.
const TABLE_LEAF: u8 = 0x0d;

/// One value of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// NULL.
    Null,
    /// An integer.
    Int(i64),
    /// Bytes.
    Blob(Vec<u8>),
    /// Text.
    Text(String),
}

impl ToSql for Cell {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(ToSqlOutput::Borrowed(match self {
            Self::Null => ValueRef::Null,
            Self::Int(value) => ValueRef::Integer(*value),
            Self::Blob(bytes) => ValueRef::Blob(bytes),
            Self::Text(text) => ValueRef::Text(text.as_bytes()),
        }))
    }
}

/// One row of some table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// Its row id.
    pub id: i64,
    /// Its values.
    pub cells: Vec<Cell>,
}

/// The pages of a database, some of them replaced by those of its log.
pub struct Pages<'a> {
    file: &'a [u8],
    size: usize,
    replaced: HashMap<u32, &'a [u8]>,
}

impl<'a> Pages<'a> {
    /// The pages of a database file.
    pub fn of(file: &'a [u8]) -> Self {
        Self { file, size: page_size(file), replaced: HashMap::new() }
    }

    /// Lays frames of a log over them, later over earlier ones.
    pub fn lay_over(&mut self, frames: &[Frame<'a>]) {
        self.replaced.extend(frames.iter().map(|frame| (frame.page, frame.bytes)));
    }

    /// Every row of every leaf page that can be made out, in the order of pages.
    pub fn rows(&self) -> Vec<Row> {
        let mut numbers: Vec<u32> =
            (1..).take(self.file.len().div_ceil(self.size)).chain(self.replaced.keys().copied()).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().flat_map(|number| self.rows_of(number)).collect()
    }

    fn page(&self, number: u32) -> Option<&'a [u8]> {
        if let Some(page) = self.replaced.get(&number) {
            return Some(page);
        }
        let start = usize::try_from(number).ok()?.checked_sub(1)?.checked_mul(self.size)?;
        self.file.get(start..start.checked_add(self.size)?)
    }

    fn rows_of(&self, number: u32) -> Vec<Row> {
        let Some(page) = self.page(number) else { return Vec::new() };
        let header = if number == 1 { 100 } else { 0 };
        if page.get(header) != Some(&TABLE_LEAF) {
            return Vec::new();
        }
        let count = short(page, header + 3).unwrap_or(0);
        let pointers = (0..usize::from(count)).filter_map(|cell| short(page, header + 8 + 2 * cell));
        pointers.filter_map(|pointer| self.row(page, usize::from(pointer))).collect()
    }

    fn row(&self, page: &[u8], at: usize) -> Option<Row> {
        let mut rest = page.get(at..)?;
        let length = usize::try_from(varint(&mut rest)?).ok().filter(|length| *length <= LARGEST_ROW)?;
        let id = varint(&mut rest)?.cast_signed();
        let payload = self.payload(rest, length)?;
        Some(Row { id, cells: record(&payload)? })
    }

    /// A row's bytes: as many as the page holds, the rest from overflow pages.
    fn payload(&self, rest: &[u8], length: usize) -> Option<Vec<u8>> {
        let usable = self.size;
        let most = usable - 35;
        let local = if length <= most {
            length
        } else {
            let least = (usable - 12) * 32 / 255 - 23;
            let local = least + (length - least) % (usable - 4);
            if local <= most { local } else { least }
        };
        let mut payload = rest.get(..local)?.to_vec();
        if local == length {
            return Some(payload);
        }
        let mut next = long(rest, local)?;
        while payload.len() < length {
            let page = self.page(next)?;
            next = long(page, 0)?;
            let part = (length - payload.len()).min(usable - 4);
            payload.extend_from_slice(page.get(4..4 + part)?);
        }
        Some(payload)
    }
}

/// The page size in a database's header, or SQLite's usual one where the header is gone.
pub fn page_size(file: &[u8]) -> usize {
    let said = if file.starts_with(b"SQLite format 3\0") { short(file, 16) } else { None };
    match said {
        Some(1) => 65_536,
        Some(size) if size.is_power_of_two() && size >= 512 => size.into(),
        _ => 4096,
    }
}

fn record(payload: &[u8]) -> Option<Vec<Cell>> {
    let mut rest = payload;
    let length = usize::try_from(varint(&mut rest)?).ok()?;
    let mut types = payload.get(payload.len() - rest.len()..length)?;
    let mut values = payload.get(length..)?;
    let mut cells = Vec::new();
    while !types.is_empty() {
        let kind = varint(&mut types)?;
        let length = match kind {
            0 | 8 | 9 => 0,
            1..=4 => usize::try_from(kind).ok()?,
            5 => 6,
            6 => 8,
            12.. => usize::try_from((kind - 12) / 2).ok()?,
            // No column of ours holds fractions; the others are reserved.
            _ => return None,
        };
        let (value, behind) = values.split_at_checked(length)?;
        values = behind;
        cells.push(match kind {
            0 => Cell::Null,
            8 => Cell::Int(0),
            9 => Cell::Int(1),
            12.. if kind % 2 == 0 => Cell::Blob(value.to_vec()),
            12.. => Cell::Text(String::from_utf8(value.to_vec()).ok()?),
            _ => Cell::Int(integer(value)),
        });
    }
    Some(cells)
}

/// A big-endian integer of up to eight bytes, its first bit the sign.
fn integer(bytes: &[u8]) -> i64 {
    let sign = if bytes.first().is_some_and(|byte| *byte >= 0x80) { -1 } else { 0 };
    bytes.iter().fold(sign, |value, byte| (value << 8) | i64::from(*byte))
}

/// SQLite's varint: seven bits a byte, the ninth byte whole.
fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0;
    for count in 1..=9 {
        let (byte, behind) = rest.split_first()?;
        *rest = behind;
        if count == 9 {
            return Some((value << 8) | u64::from(*byte));
        }
        value = (value << 7) | u64::from(byte & 0x7f);
        if byte & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    Some(u16::from_be_bytes(bytes.get(at..at + 2)?.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at + 4)?.try_into().ok()?))
}

/// What is read of a database's file and log without SQLite, counted: for tests.
#[cfg(feature = "faults")]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadDamaged {
    /// Pages in the log that SQLite takes.
    pub committed: usize,
    /// Pages behind them.
    pub suspect: usize,
    /// Whether something that was committed does not fit any more.
    pub damaged: bool,
    /// Rows that could be made out.
    pub rows: usize,
    /// Bytes in their blobs and texts.
    pub bytes: usize,
}

/// Reads a database as a salvage does.
#[cfg(feature = "faults")]
#[must_use]
pub fn read_damaged(database: &[u8], log: &[u8]) -> ReadDamaged {
    let log = super::wal::Log::read(log, page_size(database));
    let mut pages = Pages::of(database);
    pages.lay_over(&log.committed);
    let rows = pages.rows();
    let length = |cell: &Cell| match cell {
        Cell::Blob(bytes) => bytes.len(),
        Cell::Text(text) => text.len(),
        Cell::Null | Cell::Int(_) => 0,
    };
    ReadDamaged {
        committed: log.committed.len(),
        suspect: log.suspect.len(),
        damaged: log.damaged,
        rows: rows.len(),
        bytes: rows.iter().flat_map(|row| &row.cells).map(length).sum(),
    }
}
