//! What is asked of a server.

use std::fmt;

/// Largest answer that is read, in bytes: a gate pack of a large organisation.
pub const LARGEST_ANSWER: u64 = 32 << 20;

/// What is done with what stands at an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// Reads it.
    Get,
    /// Asks how much of it there is.
    Head,
    /// Adds to it, or has something done.
    Post,
    /// Appends to it.
    Patch,
}

impl Method {
    /// Its name in HTTP.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Get => "GET",
            Self::Head => "HEAD",
            Self::Post => "POST",
            Self::Patch => "PATCH",
        }
    }
}

/// A request, ready to be carried to the server.
///
/// Whoever carries it follows no redirection, keeps and sends no cookie, gives up at the deadline that comes with it,
/// whatever has come until then, and never sends it twice: whether it may be asked again is for whoever asked to know.
#[derive(Clone, PartialEq, Eq)]
pub struct Request {
    /// What is done.
    pub method: Method,
    /// Where the server is: scheme, host and port, without a slash at the end.
    pub base: String,
    /// What is asked for there, with its query.
    pub path: String,
    /// Further headers, by their names in small letters.
    pub headers: Vec<(&'static str, String)>,
    /// What is sent along; nothing with [`Method::Get`] and [`Method::Head`].
    pub body: Vec<u8>,
    /// Bytes of an answer's body that are read at most.
    pub largest_answer: u64,
}

impl Request {
    /// The whole address.
    #[must_use]
    pub fn url(&self) -> String {
        format!("{}{}", self.base, self.path)
    }
}

impl fmt::Debug for Request {
    /// Without headers and body: they hold tokens, codes and names, and this may end in a log.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} ({} bytes)", self.method.name(), self.url(), self.body.len())
    }
}
