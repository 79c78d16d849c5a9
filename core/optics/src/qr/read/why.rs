//! Why nothing was read, and what helps.

use std::fmt;

/// Why nothing was read, as far as it can be told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// There is nothing that looks like a part of a code.
    NothingThere,
    /// The picture is black, or nearly.
    TooDark,
    /// So much is white that a reflection may hide the code.
    Glare,
    /// There is a code, of modules less than a pixel and a half wide.
    TooSmall,
    /// There is a code, and its edges are washed out.
    Blurred,
    /// There is a code, and more of it is covered, bent or damaged than it can bear.
    Unreadable,
}

impl Why {
    /// Stable machine-readable name.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::NothingThere => "nothing_there",
            Self::TooDark => "too_dark",
            Self::Glare => "glare",
            Self::TooSmall => "too_small",
            Self::Blurred => "blurred",
            Self::Unreadable => "unreadable",
        }
    }
}

impl fmt::Display for Why {
    /// What is wrong and what helps, in a sentence or two.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingThere => "No QR code is to be seen. Is all of it in the picture?",
            Self::TooDark => "It is too dark. Switch the light on.",
            Self::Glare => "A reflection hides the code. Tilt it a little.",
            Self::TooSmall => "The code is too small in the picture. Go closer.",
            Self::Blurred => "The code is blurred. Hold still, a little farther away.",
            Self::Unreadable => {
                "There is a QR code, but too much of it is covered, bent or damaged. Hold it flat and whole."
            }
        })
    }
}
