//! What a phone sounds and feels like: one table, so that every phone sounds alike.

use crate::decision::Verdict;

/// A sound of one height, or a pause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Note {
    /// Cycles a second; 0 is a pause.
    pub hertz: u16,
    /// How long. Milliseconds.
    pub ms: u16,
}

const fn note(hertz: u16, ms: u16) -> Note {
    Note { hertz, ms }
}

/// What is heard and felt.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Tone {
    /// A code was read.
    Read,
    /// VERIFIED: two tones that rise.
    Verified,
    /// CAUTION: two equal tones.
    Caution,
    /// DENIED: one that is low and long.
    Denied,
    /// Something stops the work: short and falling.
    Stopped,
}

impl Tone {
    /// What is heard. A switch that mutes the phone mutes this.
    #[must_use]
    pub const fn notes(self) -> &'static [Note] {
        match self {
            Self::Read => const { &[note(2_000, 20)] },
            Self::Verified => const { &[note(660, 75), note(990, 75)] },
            Self::Caution => const { &[note(550, 110), note(0, 70), note(550, 110)] },
            Self::Denied => const { &[note(196, 500)] },
            Self::Stopped => const { &[note(520, 70), note(390, 110)] },
        }
    }

    /// What is felt, as milliseconds of buzzing and of pause in turns. Nothing mutes this.
    #[must_use]
    pub const fn buzzes(self) -> &'static [u16] {
        match self {
            Self::Read | Self::Stopped => &[],
            Self::Verified => &[60],
            Self::Caution => &[60, 80, 60],
            Self::Denied => &[250, 120, 250, 120, 250],
        }
    }
}

impl From<Verdict> for Tone {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Verified => Self::Verified,
            Verdict::Caution => Self::Caution,
            Verdict::Denied => Self::Denied,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verdicts_are_told_apart_by_ear_and_by_hand() {
        let verdicts = [Tone::Verified, Tone::Caution, Tone::Denied];
        let length = |tone: Tone| tone.notes().iter().map(|note| u32::from(note.ms)).sum::<u32>();
        assert_eq!((length(Tone::Verified), length(Tone::Denied)), (150, 500));
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            assert_ne!(verdicts[a].notes(), verdicts[b].notes());
            assert_ne!(verdicts[a].buzzes().len(), verdicts[b].buzzes().len());
        }
    }
}
