//! Which sentences there are, read from the files while this crate is compiled: every language must have the same ones
//! in the same order, with the same placeables, or nothing compiles.
//!
//! The reader knows as much of Fluent's grammar (Fluent 1.0) as our files use: a message begins its line, what goes on
//! is indented, a placeable is named behind a dollar sign. A test holds it against Fluent's own parser.

use super::bundle::{AFRIKAANS, ARABIC, ENGLISH, FRENCH, Files};

/// Placeables of one message.
const MOST_PLACEABLES: usize = 6;

/// One message as it stands in a file.
#[derive(Clone, Copy)]
struct Entry {
    file: usize,
    start: usize,
    end: usize,
    /// Its name and those of its placeables, each as a number.
    name: u64,
    placeables: [u64; MOST_PLACEABLES],
    count: usize,
}

const NOTHING: Entry =
    Entry { file: 0, start: 0, end: 0, name: 0, placeables: [0; MOST_PLACEABLES], count: 0 };

/// FNV-1a of the bytes from `start` on that may stand in a name, and where they end.
const fn name_at(text: &[u8], start: usize) -> (u64, usize) {
    let (mut hash, mut at) = (0xcbf2_9ce4_8422_2325_u64, start);
    while at < text.len() {
        let byte = text[at];
        if !(byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'_') {
            break;
        }
        hash = (hash ^ byte as u64).wrapping_mul(0x0100_0000_01b3);
        at += 1;
    }
    (hash, at)
}

const fn has(entry: &Entry, placeable: u64) -> bool {
    let mut at = 0;
    while at < entry.count {
        if entry.placeables[at] == placeable {
            return true;
        }
        at += 1;
    }
    false
}

/// How many messages there are, and the first `N` of them.
const fn read<const N: usize>(files: &Files) -> ([Entry; N], usize) {
    let (mut entries, mut count, mut file) = ([NOTHING; N], 0, 0);
    while file < files.len() {
        let text = files[file].as_bytes();
        let (mut at, mut line_starts) = (0, true);
        while at < text.len() {
            let byte = text[at];
            if line_starts && byte.is_ascii_lowercase() {
                let (name, end) = name_at(text, at);
                if count < N {
                    entries[count] = Entry { file, start: at, end, name, ..NOTHING };
                }
                count += 1;
                at = end;
            } else if line_starts && byte == b'#' {
                // A comment may speak of placeables.
                while at < text.len() && text[at] != b'\n' {
                    at += 1;
                }
                continue;
            } else if byte == b'$' && count > 0 && count <= N {
                let (placeable, end) = name_at(text, at + 1);
                let entry = &mut entries[count - 1];
                if !has(entry, placeable) {
                    entry.placeables[entry.count] = placeable;
                    entry.count += 1;
                }
                at = end;
            } else {
                line_starts = byte == b'\n';
                at += 1;
                continue;
            }
            line_starts = false;
        }
        file += 1;
    }
    (entries, count)
}

const fn name_of(files: &Files, entry: &Entry) -> &'static str {
    let text: &'static str = files[entry.file];
    let (head, _) = text.split_at(entry.end);
    let (_, name) = head.split_at(entry.start);
    name
}

const COUNT: usize = read::<0>(&ENGLISH).1;
const KNOWN: &[Entry; COUNT] = &read::<COUNT>(&ENGLISH).0;

/// Stops the compiler where a language does not have the same messages in the same order as English, each with the
/// same placeables. The message is the first that differs.
const fn held_against_english(files: &Files) {
    let (theirs, count) = read::<COUNT>(files);
    let mut at = 0;
    while at < COUNT {
        let (ours, found) = (&KNOWN[at], &theirs[at]);
        if at >= count || ours.name != found.name || ours.file != found.file {
            missing_or_in_another_place(name_of(&ENGLISH, ours));
        }
        let mut placeable = 0;
        while placeable < ours.count {
            if !has(found, ours.placeables[placeable]) {
                other_placeables_than_in_english(name_of(&ENGLISH, ours));
            }
            placeable += 1;
        }
        if ours.count != found.count {
            other_placeables_than_in_english(name_of(&ENGLISH, ours));
        }
        at += 1;
    }
    if count > COUNT {
        more_messages_than_english();
    }
}

const fn missing_or_in_another_place(message: &str) {
    panic!("{}", message)
}

const fn other_placeables_than_in_english(message: &str) {
    panic!("{}", message)
}

const fn more_messages_than_english() {
    panic!("a language has a message that English does not have")
}

const _: () = held_against_english(&AFRIKAANS);
const _: () = held_against_english(&FRENCH);
const _: () = held_against_english(&ARABIC);

/// The name of a message that every language has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Id(&'static str);

impl Id {
    /// The message of this name with exactly these placeables. To be called in a constant, where what is not there
    /// stops the compiler: [`phrase!`](crate::phrase) and [`message!`](crate::message) do that.
    ///
    /// # Panics
    /// Where there is no such message.
    #[must_use]
    pub const fn of(name: &'static str, placeables: &[&str]) -> Self {
        let (hash, _) = name_at(name.as_bytes(), 0);
        let mut at = 0;
        while at < COUNT {
            if KNOWN[at].name == hash {
                let mut placeable = 0;
                while placeable < placeables.len() {
                    if !has(&KNOWN[at], name_at(placeables[placeable].as_bytes(), 0).0) {
                        has_no_such_placeable(name);
                    }
                    placeable += 1;
                }
                if placeables.len() != KNOWN[at].count {
                    needs_another_placeable(name);
                }
                return Self(name);
            }
            at += 1;
        }
        has_no_words(name);
        Self(name)
    }

    /// The name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        self.0
    }
}

const fn has_no_words(message: &str) {
    panic!("{}", message)
}

const fn has_no_such_placeable(message: &str) {
    panic!("{}", message)
}

const fn needs_another_placeable(message: &str) {
    panic!("{}", message)
}

/// The id of a message without placeables; does not compile where a language lacks it.
#[macro_export]
macro_rules! message {
    ($name:expr) => {{
        const ID: $crate::words::Id = $crate::words::Id::of($name, &[]);
        ID
    }};
}

/// A sentence by its name and placeables: `phrase!("visit-of", name = name)`. Does not compile where a language lacks
/// it, or has other placeables.
#[macro_export]
macro_rules! phrase {
    ($name:expr $(, $placeable:ident = $value:expr)* $(,)?) => {{
        const ID: $crate::words::Id = $crate::words::Id::of($name, &[$(stringify!($placeable)),*]);
        $crate::words::Phrase::with(ID, vec![$((stringify!($placeable), $crate::words::Arg::from($value))),*])
    }};
}
