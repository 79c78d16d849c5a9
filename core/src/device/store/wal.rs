//! SQLite's write-ahead log as it lies on the disk (<https://sqlite.org/fileformat2.html#the_write_ahead_log>).
//!
//! SQLite passes over everything behind the first frame that does not fit, which is right after a power cut and wrong
//! after damage: then committed entries would be gone without a word. Here the two are told apart.

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;

/// One page in the log.
#[derive(Debug, Clone, Copy)]
pub struct Frame<'a> {
    /// Which page of the database.
    pub page: u32,
    /// Its content.
    pub bytes: &'a [u8],
    commits: bool,
}

/// What a log holds.
#[derive(Debug, Default)]
pub struct Log<'a> {
    /// Frames that SQLite takes: checksums hold, up to the last commit.
    pub committed: Vec<Frame<'a>>,
    /// Frames behind them that may have been written after them.
    pub suspect: Vec<Frame<'a>>,
    /// Whether something that was committed does not fit any more.
    pub damaged: bool,
}

impl<'a> Log<'a> {
    /// Reads a log; `page_size` counts only where the header does not tell.
    pub fn read(bytes: &'a [u8], page_size: usize) -> Self {
        let Some(header) = bytes.get(..HEADER) else { return Self::default() };
        let Some((size, state, big)) = read_header(header) else {
            // Without its header SQLite ignores the log. One of zeros was never synced.
            let suspect = frames(bytes, page_size).map(|(_, frame)| frame).collect::<Vec<_>>();
            let written = header.iter().any(|byte| *byte != 0)
                || suspect.iter().filter(|frame| frame.commits && frame.page > 0).count() > 1;
            return Self { damaged: written && !suspect.is_empty(), suspect, committed: Vec::new() };
        };
        let salts = header.get(16..24);
        let mut state = state;
        let (mut committed, mut suspect) = (Vec::new(), Vec::new());
        let (mut last_commit, mut fits) = (0, true);
        for (head, frame) in frames(bytes, size) {
            // Another salt: left over from an earlier round of the log.
            if head.get(8..16) != salts {
                fits = false;
                continue;
            }
            if fits {
                state = sum(sum(state, head.get(..8).unwrap_or_default(), big), frame.bytes, big);
                fits = (word(head, 16, true), word(head, 20, true)) == (Some(state.0), Some(state.1));
            }
            if fits {
                committed.push(frame);
                if frame.commits {
                    last_commit = committed.len();
                }
            } else {
                suspect.push(frame);
            }
        }
        // A power cut leaves at most the remains of one transaction, its commit last if it is there: every earlier
        // one was on the disk before the next began.
        let damaged = suspect.iter().rev().skip(1).any(|frame| frame.commits);
        let open = committed.split_off(last_commit);
        suspect.splice(0..0, open);
        Self { committed, suspect, damaged }
    }
}

/// Page size, running checksum and byte order of the checksums, if the header holds.
fn read_header(header: &[u8]) -> Option<(usize, (u32, u32), bool)> {
    let big = match word(header, 0, true)? {
        0x377f_0682 => false,
        0x377f_0683 => true,
        _ => return None,
    };
    let state = sum((0, 0), header.get(..24)?, big);
    let size = usize::try_from(word(header, 8, true)?).ok()?;
    let holds = (word(header, 24, true)?, word(header, 28, true)?) == state;
    (holds && size.is_power_of_two() && (512..=65_536).contains(&size)).then_some((size, state, big))
}

fn frames(bytes: &[u8], page_size: usize) -> impl Iterator<Item = (&[u8], Frame<'_>)> {
    let frames = bytes.get(HEADER..).unwrap_or_default().chunks_exact(FRAME_HEADER + page_size);
    frames.filter_map(|frame| {
        let (head, bytes) = frame.split_at_checked(FRAME_HEADER)?;
        let (page, commits) = (word(head, 0, true)?, word(head, 4, true)? != 0);
        Some((head, Frame { page, bytes, commits }))
    })
}

fn sum((mut first, mut second): (u32, u32), bytes: &[u8], big: bool) -> (u32, u32) {
    for pair in bytes.chunks_exact(8) {
        let (a, b) = (word(pair, 0, big).unwrap_or(0), word(pair, 4, big).unwrap_or(0));
        first = first.wrapping_add(a).wrapping_add(second);
        second = second.wrapping_add(b).wrapping_add(first);
    }
    (first, second)
}

fn word(bytes: &[u8], at: usize, big: bool) -> Option<u32> {
    let word = bytes.get(at..at + 4)?.try_into().ok()?;
    Some(if big { u32::from_be_bytes(word) } else { u32::from_le_bytes(word) })
}
