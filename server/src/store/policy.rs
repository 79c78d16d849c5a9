//! What an organisation decided about its gates. What it left open has the server's default.

use std::num::NonZeroU32;

use rusqlite::{Connection, OptionalExtension, Row, ToSql};

use super::{OrgId, StoreError, Tx};

/// The columns of the table, each once: what is chosen, read, written, and merged.
macro_rules! columns {
    ($($(#[doc = $about:literal])* $column:ident: $type:ty,)*) => {
        /// An organisation's own settings.
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
        pub struct Chosen {
            $($(#[doc = $about])* pub $column: Option<$type>,)*
        }

        const COLUMNS: &[&str] = &[$(stringify!($column),)*];

        impl Chosen {
            /// These, and what `before` chose where nothing is chosen here.
            #[must_use]
            pub fn or(self, before: Self) -> Self {
                Self { $($column: self.$column.or(before.$column),)* }
            }

            fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
                Ok(Self { $($column: row.get(stringify!($column))?,)* })
            }

            fn values(&self) -> Vec<&dyn ToSql> {
                vec![$(&self.$column,)*]
            }
        }
    };
}

columns! {
    /// An expired pack denies.
    deny_expired_pack: bool,
    /// No pack denies.
    deny_absent_pack: bool,
    /// An expired key set denies.
    deny_expired_keys: bool,
    /// How long a scan waits for the server. Milliseconds.
    online_timeout_ms: u32,
    /// How long a shift runs before it ends by itself. Minutes.
    longest_shift_minutes: NonZeroU32,
    /// Until a phone should fetch the next gate pack. Seconds.
    next_update_s: u64,
    /// Until a gate pack counts as expired. Seconds.
    hard_expiry_s: u64,
    /// How far ahead a host's invitation may begin. Days.
    invitation_ahead_days: u32,
    /// How long it may be good for. Days.
    invitation_length_days: u32,
    /// How often it may be used.
    invitation_uses: u32,
    /// How many of a host's may be open at once.
    invitations_open: u32,
}

/// What an organisation has chosen.
pub fn get(db: &Connection, org: OrgId) -> Result<Chosen, StoreError> {
    let sql = format!("SELECT {} FROM policy WHERE org = ?1", COLUMNS.join(", "));
    let mut statement = db.prepare_cached(&sql)?;
    Ok(statement.query_row([org.0], Chosen::read).optional()?.unwrap_or_default())
}

/// Replaces what an organisation has chosen.
pub fn set(tx: &Tx<'_>, org: OrgId, chosen: &Chosen) -> Result<(), StoreError> {
    let places = ", ?".repeat(COLUMNS.len());
    let sql = format!("INSERT OR REPLACE INTO policy (org, {}) VALUES (?{places})", COLUMNS.join(", "));
    let values = std::iter::once(&org.0 as &dyn ToSql).chain(chosen.values());
    tx.execute(&sql, rusqlite::params_from_iter(values))?;
    Ok(())
}
