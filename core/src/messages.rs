//! Messages to members: how much one matters, how long it may be, while it is shown, and which is read first.

use std::{cmp::Reverse, fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use crate::{
    id::InvalidId,
    name,
    time::{UnixMillis, UnixSeconds},
    wire::MyMessage,
};

/// How much a message matters, the least first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// Good to know.
    Information,
    /// To be heeded.
    Notice,
    /// To be read before all else.
    Critical,
}

impl Severity {
    /// Every one, the least first.
    pub const ALL: [Self; 3] = [Self::Information, Self::Notice, Self::Critical];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Information => "information",
            Self::Notice => "notice",
            Self::Critical => "critical",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

impl FromStr for Severity {
    type Err = InvalidId;

    fn from_str(text: &str) -> Result<Self, InvalidId> {
        let found = Self::ALL.into_iter().find(|severity| severity.word() == text);
        found.ok_or(InvalidId("severity (information, notice or critical)"))
    }
}

/// Why something is no message.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MessageError {
    /// Nothing of the title can be seen.
    #[error("a message's title is missing, or holds nothing that can be seen")]
    NoTitle,
    /// More than [`Title::LONGEST`] characters.
    #[error("a message's title has at most 120 characters")]
    TitleTooLong,
    /// More than [`Body::LONGEST`] characters.
    #[error("a message's body has at most 2000 characters")]
    BodyTooLong,
}

/// What a message is called: on one line, in NFC, without what garbles the line it stands in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title(String);

impl Title {
    /// Most characters (Unicode scalar values), without the white space around them.
    pub const LONGEST: usize = 120;

    /// Makes what somebody typed into a title. Nothing is cut.
    ///
    /// # Errors
    /// Nothing to be seen is left, or too much.
    pub fn from_typed(typed: &str) -> Result<Self, MessageError> {
        let title = name::tidy(typed);
        if title.is_empty() {
            Err(MessageError::NoTitle)
        } else if title.chars().nth(Self::LONGEST).is_some() {
            Err(MessageError::TitleTooLong)
        } else {
            Ok(Self(title))
        }
    }
}

impl From<Title> for String {
    fn from(title: Title) -> Self {
        title.0
    }
}

/// What a message says: lines, each as a title is. It may be empty, where the title says it all.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Body(String);

impl Body {
    /// Most characters (Unicode scalar values, ends of lines included), without the white space around them.
    pub const LONGEST: usize = 2_000;

    /// Makes what somebody typed into a body. Nothing is cut.
    ///
    /// # Errors
    /// [`MessageError::BodyTooLong`].
    pub fn from_typed(typed: &str) -> Result<Self, MessageError> {
        let lines: Vec<String> = typed.lines().map(name::tidy).collect();
        let body = lines.join("\n").trim().to_owned();
        if body.chars().nth(Self::LONGEST).is_some() {
            Err(MessageError::BodyTooLong)
        } else {
            Ok(Self(body))
        }
    }
}

impl From<Body> for String {
    fn from(body: Body) -> Self {
        body.0
    }
}

/// While a message is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// From when on; nothing is at once.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<UnixSeconds>,
    /// Until when; nothing is until it is taken back.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<UnixSeconds>,
}

impl Window {
    /// Whether its end comes before its start, or with it, so that it would never be open.
    #[must_use]
    pub fn is_reversed(self) -> bool {
        self.from.zip(self.until).is_some_and(|(from, until)| until <= from)
    }

    /// Whether it has ended.
    #[must_use]
    pub fn is_over(self, now: UnixSeconds) -> bool {
        self.until.is_some_and(|until| until <= now)
    }

    /// Whether it has not begun.
    #[must_use]
    pub fn is_ahead(self, now: UnixSeconds) -> bool {
        self.from.is_some_and(|from| now < from)
    }

    /// Whether a message is shown now.
    #[must_use]
    pub fn is_open(self, now: UnixSeconds) -> bool {
        !self.is_ahead(now) && !self.is_over(now)
    }
}

/// The messages that are shown now, as they are to be read: what matters most first, then what was not read, then the
/// newest.
#[must_use]
pub fn listed<'a>(messages: impl IntoIterator<Item = &'a MyMessage>, now: UnixSeconds) -> Vec<&'a MyMessage> {
    let mut listed: Vec<_> = messages.into_iter().filter(|message| message.window.is_open(now)).collect();
    listed.sort_by_key(|message| rank(message.severity, message.read, message.sent_at));
    listed
}

const fn rank(
    severity: Severity,
    read: bool,
    sent_at: UnixMillis,
) -> (Reverse<Severity>, bool, Reverse<UnixMillis>) {
    (Reverse(severity), read, Reverse(sent_at))
}

/// Whether a message stands on the first screen, above the list of all: until it was read, or for as long as it is
/// shown where it is critical.
#[must_use]
pub fn stands_first(message: &MyMessage) -> bool {
    !message.read || message.severity == Severity::Critical
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, option, prelude::*};

    use super::*;
    use crate::id::MessageId;

    // covers: S2-125
    #[test]
    fn a_title_is_seen_and_has_at_most_120_characters() {
        let title = |typed: &str| Title::from_typed(typed).map(String::from);
        let longest = "я".repeat(120);
        assert_eq!(
            title(&format!("\n  {longest}\t ")),
            Ok(longest.clone()),
            "what stands around it is not counted"
        );
        assert_eq!(title(&format!("{longest}я")), Err(MessageError::TitleTooLong));
        assert_eq!(title("Pool\r\nclosed \u{202e}today"), Ok("Pool closed today".to_owned()));
        for blank in ["", " \n", "\u{200b}", "\u{202e}"] {
            assert_eq!(title(blank), Err(MessageError::NoTitle), "{blank:?}");
        }
    }

    // covers: S2-126
    #[test]
    fn a_body_keeps_its_lines_and_has_at_most_2000_characters() {
        let body = |typed: &str| Body::from_typed(typed).map(String::from);
        let longest = format!("{}\n{}", "é".repeat(999), "я".repeat(1_000));
        assert_eq!(body(&format!("\r\n {longest} \n\n")), Ok(longest.clone()));
        assert_eq!(body(&format!("{longest}я")), Err(MessageError::BodyTooLong));
        assert_eq!(body("One\r\n\r\n two\u{202e}  three\u{7}"), Ok("One\n\ntwo three".to_owned()));
        assert_eq!(body(" \n\u{200b}\n"), Ok(String::new()));
    }

    #[test]
    fn severities_are_read_as_they_are_written() {
        for severity in Severity::ALL {
            assert_eq!(severity.word().parse(), Ok(severity));
            let json = serde_json::to_value(severity).expect("written");
            assert_eq!(json, severity.word());
        }
        assert!("urgent".parse::<Severity>().is_err());
    }

    // covers: S2-127
    #[test]
    fn a_window_is_open_from_its_start_until_before_its_end() {
        let at = |seconds| UnixSeconds::EPOCH.plus(seconds);
        let open = |from: Option<u64>, until: Option<u64>, now| {
            Window { from: from.map(at), until: until.map(at) }.is_open(at(now))
        };
        assert_eq!([9, 10, 19, 20].map(|now| open(Some(10), Some(20), now)), [false, true, true, false]);
        assert_eq!([9, 10].map(|now| open(Some(10), None, now)), [false, true]);
        assert_eq!([19, 20].map(|now| open(None, Some(20), now)), [true, false]);
        assert!(open(None, None, 0));
        let reversed = |from, until| Window { from: Some(at(from)), until: Some(at(until)) }.is_reversed();
        assert_eq!([reversed(10, 9), reversed(10, 10), reversed(10, 11)], [true, true, false]);
        assert!(!Window { from: Some(at(10)), until: None }.is_reversed());
    }

    fn message() -> impl Strategy<Value = MyMessage> {
        let time = || option::of(0..20_u64).prop_map(|time| time.and_then(UnixSeconds::new));
        let window = (time(), time()).prop_map(|(from, until)| Window { from, until });
        let severity = prop::sample::select(Severity::ALL.to_vec());
        (any::<[u8; 16]>(), severity, window, 0..6_u64, any::<bool>()).prop_map(
            |(id, severity, window, sent, read)| MyMessage {
                id: MessageId(id),
                severity,
                title: "Pool closed".to_owned(),
                body: String::new(),
                window,
                sent_at: UnixMillis::new(sent),
                read,
            },
        )
    }

    proptest! {
        #[test]
        fn all_that_are_shown_and_no_others_are_listed_in_the_order_in_which_they_are_read(
            messages in vec(message(), 0..12), now in 0..20_u64,
        ) {
            let now = UnixSeconds::EPOCH.plus(now);
            let (listed, given) = (listed(&messages, now), messages.iter().collect::<Vec<_>>());
            for message in &messages {
                let Window { from, until } = message.window;
                let shown = from.is_none_or(|from| now >= from) && until.is_none_or(|until| now < until);
                let count = |of: &[&MyMessage]| of.iter().filter(|other| **other == message).count();
                prop_assert_eq!(count(&listed), if shown { count(&given) } else { 0 });
            }
            for pair in listed.windows(2) {
                let [first, second] = pair else { continue };
                prop_assert!(first.severity >= second.severity);
                if first.severity == second.severity {
                    prop_assert!(!first.read || second.read);
                    prop_assert!(first.read != second.read || first.sent_at >= second.sent_at);
                }
            }
        }
    }
}
