//! Why nothing was read. What helps is said by whoever has words for people.

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
