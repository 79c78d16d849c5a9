//! Writes that follow one another, gathered into one. SQLite writes a log a page at a time with a few bytes before each, and
//! every call into a browser costs more than the bytes do.

use std::cell::RefCell;

use super::{Handle, Trouble};

/// So many bytes wait at most.
const MOST: usize = 1 << 18;

/// An open file whose last writes may not have been made yet: they are before anything is read or cut, and before a flush
/// returns. What of them fails is told by whatever made them, at the latest by the flush without which they count for
/// nothing.
#[derive(Debug)]
pub struct Gathered<H> {
    handle: H,
    waiting: RefCell<Waiting>,
}

/// Bytes that follow one another, and where they begin.
#[derive(Debug, Default)]
struct Waiting {
    place: u64,
    bytes: Vec<u8>,
}

impl Waiting {
    /// Where the next byte would lie; nothing where none waits.
    fn end(&self) -> Option<u64> {
        (!self.bytes.is_empty()).then(|| self.place + self.bytes.len() as u64)
    }
}

impl<H: Handle> Gathered<H> {
    pub const fn new(handle: H) -> Self {
        Self { handle, waiting: RefCell::new(Waiting { place: 0, bytes: Vec::new() }) }
    }

    /// Makes what waits. It is let go of even where that fails.
    fn make(&self) -> Result<(), Trouble> {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.bytes.is_empty() {
            return Ok(());
        }
        let made = self.handle.write_at(&waiting.bytes, waiting.place);
        waiting.bytes.clear();
        made
    }
}

impl<H: Handle> Handle for Gathered<H> {
    fn read_at(&self, bytes: &mut [u8], at: u64) -> Result<usize, Trouble> {
        self.make()?;
        self.handle.read_at(bytes, at)
    }

    fn write_at(&self, bytes: &[u8], at: u64) -> Result<(), Trouble> {
        let (end, length) = {
            let waiting = self.waiting.borrow();
            (waiting.end(), waiting.bytes.len())
        };
        if end != Some(at) || length + bytes.len() > MOST {
            self.make()?;
        }
        if bytes.len() > MOST {
            return self.handle.write_at(bytes, at);
        }
        let mut waiting = self.waiting.borrow_mut();
        if waiting.bytes.is_empty() {
            waiting.place = at;
        }
        waiting.bytes.extend_from_slice(bytes);
        Ok(())
    }

    fn truncate(&self, size: u64) -> Result<(), Trouble> {
        self.make()?;
        self.handle.truncate(size)
    }

    fn flush(&self) -> Result<(), Trouble> {
        self.make()?;
        self.handle.flush()
    }

    fn size(&self) -> Result<u64, Trouble> {
        let end = self.waiting.borrow().end();
        Ok(self.handle.size()?.max(end.unwrap_or_default()))
    }

    fn close(&self) {
        // Whoever closes a file that was not flushed gave up what was written.
        let _ = self.make();
        self.handle.close();
    }
}
