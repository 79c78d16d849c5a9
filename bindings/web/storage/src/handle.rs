//! A file of the pool, open.

use std::io;

/// What can be done with an open file. All of it can be seen when it returns; what was written is on the disk only after
/// [`Self::flush`].
pub trait Handle {
    /// Reads from a place on, and gives the number of bytes that were there.
    ///
    /// # Errors
    /// A disk that fails.
    fn read_at(&self, bytes: &mut [u8], at: u64) -> Result<usize, Trouble>;

    /// Writes all of it, or fails with any part of it written.
    ///
    /// # Errors
    /// No room, or a disk that fails.
    fn write_at(&self, bytes: &[u8], at: u64) -> Result<(), Trouble>;

    /// Makes the file this long, with zeros where it grows.
    ///
    /// # Errors
    /// No room, or a disk that fails.
    fn truncate(&self, size: u64) -> Result<(), Trouble>;

    /// Brings everything to the disk.
    ///
    /// # Errors
    /// A disk that fails.
    fn flush(&self) -> Result<(), Trouble>;

    /// How long the file is.
    ///
    /// # Errors
    /// A disk that fails.
    fn size(&self) -> Result<u64, Trouble>;

    /// Closes it. Only then does a browser give back the room of what was cut.
    fn close(&self);
}

/// Why something was not done.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    /// No room, or no more than the browser gives this origin.
    #[error("no room is left")]
    Full,
    /// No file of that name.
    #[error("no such file")]
    NotThere,
    /// Another tab or worker has the files open.
    #[error("the files are open elsewhere")]
    InUse,
    /// Not a name that fits.
    #[error("a name is too long")]
    Name,
    /// Every file of the pool has a name, until [`crate::open`] or `tend` makes more.
    #[error("the pool has no file to spare")]
    NoneToSpare,
    /// Anything else.
    #[error("{0}")]
    Failed(String),
}

impl From<Trouble> for io::Error {
    fn from(trouble: Trouble) -> Self {
        let kind = match trouble {
            Trouble::Full => io::ErrorKind::QuotaExceeded,
            Trouble::NotThere => io::ErrorKind::NotFound,
            Trouble::InUse => io::ErrorKind::ResourceBusy,
            Trouble::Name => io::ErrorKind::InvalidFilename,
            Trouble::NoneToSpare | Trouble::Failed(_) => io::ErrorKind::Other,
        };
        Self::new(kind, trouble)
    }
}
