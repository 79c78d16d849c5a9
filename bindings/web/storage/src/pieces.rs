//! Files that can give back a part of themselves at any time: each is several files of the pool, and what is cut off is
//! closed.

use super::{Handle, Pool, Trouble};

/// A piece. Bytes.
pub const PIECE: u64 = 1 << 20;

impl<H: Handle> Pool<H> {
    /// Puts blocks behind the first bytes of a file in pieces, on the disk.
    ///
    /// # Errors
    /// No room; a disk that fails. What was written until then is there.
    pub fn fill(&self, name: &str, from: u64, blocks: impl Iterator<Item = Vec<u8>>) -> Result<(), Trouble> {
        let mut at = from;
        for block in blocks {
            let mut rest = block.as_slice();
            while !rest.is_empty() {
                let fits =
                    usize::try_from(PIECE - at % PIECE).map_or(rest.len(), |fits| fits.min(rest.len()));
                let (now, later) = rest.split_at(fits);
                let piece = piece(name, at / PIECE);
                self.create(&piece)?;
                self.write_at(&piece, now, at % PIECE)?;
                (at, rest) = (at + now.len() as u64, later);
            }
        }
        self.pieces(name).iter().try_for_each(|piece| self.flush(piece))
    }

    /// Cuts a file in pieces to its first bytes, or to less: only whole pieces go, and their room is there at once.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn cut(&self, name: &str, length: u64) -> Result<(), Trouble> {
        for number in (0..self.pieces(name).len() as u64).rev() {
            let piece = piece(name, number);
            if number * PIECE + self.length(&piece).unwrap_or_default() > length {
                self.give_back(&piece)?;
            }
        }
        Ok(())
    }

    /// How long a file in pieces is.
    #[must_use]
    pub fn length_of_pieces(&self, name: &str) -> u64 {
        self.pieces(name).iter().filter_map(|piece| self.length(piece).ok()).sum()
    }

    /// Removes a file in pieces, if it is there.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn remove_pieces(&self, name: &str) -> Result<(), Trouble> {
        self.pieces(name).iter().try_for_each(|piece| self.remove(piece))
    }

    /// Those that are there, from the first one on without a gap.
    fn pieces(&self, name: &str) -> Vec<String> {
        (0..).map(|number| piece(name, number)).take_while(|piece| self.exists(piece)).collect()
    }
}

fn piece(name: &str, number: u64) -> String {
    format!("{name}/{number}")
}
