//! What every command on the server's own data shares. They work beside a running server.

use std::path::PathBuf;

use gatehouse_core::{id::OrgCode, phrase, time::UnixSeconds, words};
use serde::Serialize;

use super::{
    choose::{self, What},
    language::{joined, said},
    output::{CliError, Status, print_json, print_line, tell},
};
use crate::{
    clock::Clock,
    folder::{FolderError, write_private},
    service::{Scope, Service, ServiceError},
    store::{Store, StoreError},
};

#[derive(clap::Args)]
pub struct Local {
    /// The server's data folder
    #[arg(long, value_name = "DIR", default_value = "gatehouse-data", env = "GATEHOUSE_DATA")]
    data: PathBuf,
    /// Code of the organisation; needed only where there are several
    #[arg(long, value_name = "ID")]
    org: Option<OrgCode>,
    /// Print JSON
    #[arg(long)]
    pub json: bool,
}

impl Local {
    /// Opens the data, and chooses the organisation.
    pub fn open(&self) -> Result<(Service, Scope), CliError> {
        let service = Service::new(Store::open(&self.data)?);
        tell_closed(service.store());
        let organisations = service.organisations()?;
        let chosen = match (&self.org, organisations.as_slice()) {
            (Some(code), all) => all.iter().find(|organisation| organisation.code == *code),
            (None, [only]) => Some(only),
            (None, []) => None,
            (None, several) => {
                let codes = joined(several.iter().map(|organisation| organisation.code.to_string()));
                let sentence = phrase!("data-which_organisation", codes = codes);
                return Err(CliError::new("org_needed", said(&sentence)));
            }
        };
        let unknown = || {
            let typed = self.org.as_ref().map(ToString::to_string).unwrap_or_default();
            let there = organisations.iter().map(|there| format!("{} ({})", there.code, there.name));
            choose::unknown("not_found", What::Organisation, &typed, there, "gatehouse organisation add")
        };
        let scope = Scope::local(chosen.ok_or_else(unknown)?.id);
        Ok((service, scope))
    }

    /// Prints the answer as JSON or as a sentence.
    pub fn print(
        &self,
        answer: &impl Serialize,
        sentence: impl FnOnce() -> String,
    ) -> Result<Status, CliError> {
        if self.json {
            print_json(answer)?;
        } else {
            print_line(sentence())?;
        }
        Ok(Status::Done)
    }
}

impl From<ServiceError> for CliError {
    fn from(error: ServiceError) -> Self {
        Self::new(error.code(), error)
    }
}

impl From<StoreError> for CliError {
    fn from(error: StoreError) -> Self {
        let code = match &error {
            StoreError::NoData(_) => "no_data",
            StoreError::NewerDatabase { .. } => "newer_database",
            StoreError::MasterKeyMissing(_) | StoreError::MasterKeyWrong(_) => "master_key",
            StoreError::Busy | StoreError::NotCommitted => "unavailable",
            StoreError::DiskFull => "disk_full",
            StoreError::InUse(_) => "data_in_use",
            StoreError::Folder(FolderError::Open(_)) => "data_open_to_others",
            StoreError::File { .. } | StoreError::Folder(FolderError::File { .. }) => "file_unreadable",
            StoreError::Sqlite(_) | StoreError::Corrupt(_) | StoreError::Secret(_) => "database",
        };
        Self::new(code, error)
    }
}

/// Says what others could read until now: whoever relied on it, or whoever must know that a secret was open.
pub fn tell_closed(store: &Store) {
    for path in store.closed() {
        let path = path.display().to_string();
        tell(&format!("{}\n", said(&phrase!("data-closed", path = path))));
    }
}

/// A time from the command line: seconds since 1970, or RFC 3339.
pub fn parse_time(text: &str) -> Result<UnixSeconds, &'static str> {
    let wrong = "a time is seconds since 1970, or like 2030-05-01T09:00:00+02:00";
    let seconds = match text.parse::<u64>() {
        Ok(seconds) => seconds,
        Err(_) => {
            let time = chrono::DateTime::parse_from_rfc3339(text).map_err(|_| wrong)?;
            u64::try_from(time.timestamp()).map_err(|_| wrong)?
        }
    };
    UnixSeconds::new(seconds).ok_or(wrong)
}

/// A time for people.
pub fn time_text(time: UnixSeconds) -> String {
    let seconds = i64::try_from(time.get()).unwrap_or(i64::MAX);
    chrono::DateTime::from_timestamp(seconds, 0).map(|time| time.to_rfc3339()).unwrap_or_default()
}

/// This machine's time.
pub fn now() -> UnixSeconds {
    Clock::System.seconds()
}

/// A QR code of a text for a terminal, two rows of it in a line, dark on light whatever the terminal's colours are;
/// nothing where standard output is none.
pub fn terminal_qr(text: &str) -> Result<String, CliError> {
    use std::io::IsTerminal;

    use gatehouse_core::qr;
    if !std::io::stdout().is_terminal() {
        return Ok(String::new());
    }
    let drawn = qr::modules(text, qr::Correction::Low).map_err(|error| undrawn(&error))?;
    let side = usize::try_from(drawn.width).unwrap_or_default();
    let rows: Vec<_> = drawn.pixels.chunks(side.max(1)).collect();
    let mut lines = String::new();
    for pair in rows.chunks(2) {
        for x in 0..side {
            let dark =
                |row: usize| pair.get(row).and_then(|row| row.get(x)).is_some_and(|pixel| *pixel < 128);
            lines.push(match (dark(0), dark(1)) {
                (false, false) => '█',
                (false, true) => '▀',
                (true, false) => '▄',
                (true, true) => ' ',
            });
        }
        lines.push('\n');
    }
    Ok(lines)
}

/// Writes a QR picture of a text: a code that lets someone in or enrols a device, so for its owner alone.
pub fn write_png(path: &std::path::Path, text: &str) -> Result<(), CliError> {
    use gatehouse_core::qr;
    let png = qr::png(text, qr::Correction::Medium, 8).map_err(|error| undrawn(&error))?;
    write_private(path, &png).map_err(|error| CliError::unwritable(path, &error))
}

/// A code that cannot be drawn.
pub fn undrawn(error: &gatehouse_core::qr::EncodeError) -> CliError {
    CliError::new(error.code(), said(&words::drawing(error)))
}
