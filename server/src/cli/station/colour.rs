//! Colour and sound of verdicts on a terminal. Nothing of either where it would be in the way: in a file, in a pipe,
//! with `NO_COLOR` (<https://no-color.org>) or on a terminal that has none.

use std::{
    io::{IsTerminal, Write},
    thread,
    time::Duration,
};

use gatehouse_core::decision::Verdict;

/// Between two rings of the bell, so that they are heard as two. Milliseconds.
const BETWEEN_RINGS_MS: u64 = 140;

/// What a word stands for, which chooses its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// May come in.
    Good,
    /// Look closely.
    Care,
    /// May not.
    Bad,
    /// Neither.
    Plain,
}

impl Tone {
    /// The tone of a verdict; none yet for a visitor without a code.
    pub const fn of(verdict: Option<Verdict>) -> Self {
        match verdict {
            Some(Verdict::Verified) => Self::Good,
            Some(Verdict::Caution) => Self::Care,
            Some(Verdict::Denied) => Self::Bad,
            None => Self::Plain,
        }
    }

    /// The word in its colour, bold, where standard output shows colours. Never colour alone: the word says it, too.
    pub fn paint(self, word: &str) -> String {
        if shows_colour() { self.painted(word) } else { word.to_owned() }
    }

    fn painted(self, word: &str) -> String {
        let colour = match self {
            Self::Good => "30;42",
            Self::Care => "30;43",
            Self::Bad => "97;41",
            Self::Plain => return format!("\x1b[1m{word}\x1b[0m"),
        };
        format!("\x1b[1;{colour}m{word}\x1b[0m")
    }

    /// Rings once for good, twice for care, three times for bad. Nobody waits for it.
    pub fn ring(self) {
        let rings = match self {
            Self::Good | Self::Plain => 1,
            Self::Care => 2,
            Self::Bad => 3,
        };
        if !std::io::stdout().is_terminal() {
            return;
        }
        thread::spawn(move || {
            for _ in 0..rings {
                let mut out = std::io::stdout().lock();
                // A terminal that is gone rings no more.
                if out.write_all(b"\x07").and_then(|()| out.flush()).is_err() {
                    return;
                }
                drop(out);
                thread::sleep(Duration::from_millis(BETWEEN_RINGS_MS));
            }
        });
    }
}

/// Whether standard output shows colours.
pub fn shows_colour() -> bool {
    let set = |name| std::env::var_os(name).filter(|value| !value.is_empty());
    let dumb = set("TERM").is_none_or(|terminal| terminal == "dumb");
    std::io::stdout().is_terminal() && set("NO_COLOR").is_none() && !dumb
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_colour_ends_where_its_word_does() {
        for tone in [Tone::Good, Tone::Care, Tone::Bad, Tone::Plain] {
            let painted = tone.painted("WORD");
            assert!(painted.starts_with("\x1b[1") && painted.ends_with("mWORD\x1b[0m"), "{painted:?}");
        }
    }
}
