//! Activity: all events at the gates, their totals and the filter that both obey.

use std::borrow::Borrow;

use askama::{Template, filters::Safe};
use gatehouse_core::{
    decision::{Code, Verdict},
    message, phrase,
    words::{Id, Phrase},
};

use super::{Decision, Filter, Kind, Mark, Moment, Period, Section, Shell, Shown, Words, html};
pub use crate::store::activity::Totals;
use crate::words;

impl Totals {
    /// Granted of granted and denied in whole percent; a dash when nothing was decided.
    pub fn rate(&self) -> String {
        let decided = self.granted + self.denied;
        // Never 100 % while one was denied, nor 0 % while one was granted: rounding must not hide a case.
        match (self.granted * 200 + decided).checked_div(decided * 2) {
            None => "–".to_owned(),
            Some(0) if self.granted > 0 => "< 1 %".to_owned(),
            Some(100) if self.denied > 0 => "> 99 %".to_owned(),
            Some(percent) if self.more => format!("≈ {percent} %"),
            Some(percent) => format!("{percent} %"),
        }
    }

    /// One of the numbers, with a plus sign where there are more than were counted.
    pub fn said(&self, words: impl Borrow<Words>, number: impl Borrow<u64>) -> String {
        format!("{}{}", words.borrow().number(number), if self.more { "+" } else { "" })
    }
}

/// A site that the list can be narrowed to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SiteChoice {
    /// Its number.
    pub id: u32,
    /// Its name.
    pub name: String,
}

/// Something about an event that an admin should see at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flag {
    /// The guard granted against DENIED, for this reason.
    AgainstDenied {
        /// What the guard gave as the reason, if anything.
        reason: Option<String>,
    },
    /// A guard reported it as suspicious.
    Reported,
    /// With what was known later it should not have been granted.
    JudgedAgain,
    /// Something that a journal says of it does not fit what the server knows.
    Doubted,
    /// Noted without the server; `late` is the time until the entry arrived, in words.
    Offline {
        /// For instance "14 min".
        late: Phrase<'static>,
    },
}

/// One event at a gate, as a row.
#[derive(Debug, Clone)]
pub struct ActivityRow {
    /// Event id; letters, digits and dashes only, since it stands in addresses and element ids.
    pub id: String,
    /// What the phone said; absent for a walk-up.
    pub verdict: Option<Verdict>,
    /// Deciding code; none for a walk-up.
    pub code: Option<Code>,
    /// Name, where there is one.
    pub name: Option<String>,
    /// Host of a visitor, where known.
    pub host: Option<String>,
    /// Kind of person or code.
    pub kind: Kind,
    /// Name of the site.
    pub site: String,
    /// Name of the guard, where the organisation knows them.
    pub guard: Option<String>,
    /// When it happened.
    pub at: Moment,
    /// What the guard decided.
    pub decision: Decision,
    /// What an admin should see at once.
    pub flags: Vec<Flag>,
}

impl ActivityRow {
    /// The name, or what stands in its place.
    pub fn named(&self) -> Phrase<'_> {
        named(self.name.as_deref(), self.kind)
    }

    /// The same as markup.
    pub fn who(&self, words: impl Borrow<Words>) -> Safe<String> {
        words.borrow().say(self.named())
    }

    /// The guard as markup.
    pub fn guard(&self, words: impl Borrow<Words>) -> Safe<String> {
        words.borrow().say(match &self.guard {
            Some(guard) => phrase!("row-name", name = guard),
            None => message!("row-unknown_guard").into(),
        })
    }

    /// The kind of a visitor, and whose.
    pub fn kind_of<'a>(&self, host: &'a str) -> Phrase<'a> {
        phrase!("row-kind_of", kind = self.kind.word(), host = host)
    }

    /// The stable code, `walk_up` where nothing was judged.
    pub fn code_word(&self) -> &str {
        self.code.as_ref().map_or("walk_up", Code::word)
    }

    /// Short words for the deciding code, where the verdict does not say it already: nothing was against it, or nothing
    /// was there to check.
    pub fn reason_beside(&self) -> Option<Id> {
        let code = self.code.as_ref().filter(|code| **code != Code::Ok)?;
        Some(gatehouse_core::words::reason(code).label)
    }

    /// The kind, where the verdict does not say it already.
    pub fn kind_beside(&self) -> Option<Id> {
        (self.kind != Kind::WalkUp && self.kind != Kind::Unreadable).then(|| self.kind.word())
    }
}

/// A name, or what stands in its place.
pub(super) fn named(name: Option<&str>, kind: Kind) -> Phrase<'_> {
    match name {
        Some(name) => phrase!("row-name", name = name),
        None => words::nameless(kind).into(),
    }
}

/// The page at `/activity`.
#[derive(Debug, Template)]
#[template(path = "activity.html")]
pub struct Activity {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// What the list is narrowed to.
    pub filter: Filter,
    /// Sites to choose from.
    pub sites: Vec<SiteChoice>,
    /// Numbers over the narrowed rows, whatever the decision chosen.
    pub totals: Totals,
    /// The newest rows first.
    pub rows: Vec<ActivityRow>,
    /// How many rows the filter lets through.
    pub matching: u64,
    /// Address of the next older rows, if any.
    pub older: Option<String>,
    /// Address of the newest rows, when this page begins further down.
    pub newest: Option<String>,
    /// Up to which day the page shows, where one was asked for: as a form's field holds it, and in words.
    pub day: Option<(String, Phrase<'static>)>,
    /// Today, as a form's field holds it.
    pub today: String,
    /// Whom the list is narrowed to, where it is.
    pub subject: Option<String>,
    /// Address of the live stream with the same filter; absent on older pages.
    pub stream: Option<String>,
    /// Whether the organisation has any event at all.
    pub any: bool,
}

impl Activity {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Activity)
    }

    /// The site chosen, if one is.
    fn site_said(&self) -> Phrase<'_> {
        let Some(chosen) = self.filter.site else { return message!("filter-site_all").into() };
        match self.sites.iter().find(|site| site.id == chosen) {
            Some(site) => phrase!("filter-site", site = &site.name),
            None => message!("filter-site_unknown").into(),
        }
    }
}

/// The fragment at `/activity/totals`, with the same query as the page.
#[derive(Debug, Template)]
#[template(path = "activity_totals.html")]
pub struct ActivityTotals {
    /// The language.
    pub words: Words,
    /// What the list is narrowed to.
    pub filter: Filter,
    /// Numbers over the narrowed rows, whatever the decision chosen.
    pub totals: Totals,
}

/// One row alone, as the data of the live event `activity`.
#[derive(Debug, Template)]
#[template(path = "activity_row.html")]
pub struct ActivityRowPage {
    /// The language.
    pub words: Words,
    /// The row.
    pub row: ActivityRow,
}

impl ActivityRowPage {
    /// The row as text; line breaks of any kind become spaces, so that it can stand in one `data:` line.
    pub fn data(&self) -> Result<String, askama::Error> {
        Ok(self.render()?.split(['\n', '\r']).map(str::trim).collect::<Vec<_>>().join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(name: &str) -> ActivityRow {
        ActivityRow {
            id: "0195-01".to_owned(),
            verdict: Some(Verdict::Denied),
            code: Some(Code::Expired),
            name: Some(name.to_owned()),
            host: None,
            kind: Kind::Visitor,
            site: "North".to_owned(),
            guard: Some("Sam".to_owned()),
            at: Moment::new(Words::default().0, 0, 0, &chrono::Utc),
            decision: Decision::Granted,
            flags: vec![Flag::AgainstDenied { reason: Some("<b>".to_owned()) }],
        }
    }

    // covers: S4-73, S4-74, S4-75, S4-76, S4-77
    #[test]
    fn a_live_row_is_one_line_and_escaped() {
        let data = ActivityRowPage { words: Words::default(), row: row("<script>\n\ralert()") }
            .data()
            .expect("a row");
        assert!(data.starts_with("<tr id=\"event-0195-01\"") && data.ends_with("</tr>"), "{data}");
        assert!(!data.contains(['\n', '\r']) && !data.contains("<script") && !data.contains("<b>"), "{data}");
        assert!(!data.contains(" style=") && !data.contains(" onclick"), "the policy forbids both: {data}");
        assert!(data.contains("DENIED") && data.contains("Granted against DENIED"));
        let cells =
            ["alert()", "<bdi>North</bdi>", "<bdi>Sam</bdi>", "datetime=\"1970-01-01T", "chip-granted"];
        assert!(cells.iter().all(|cell| data.contains(cell)), "{data}");
    }

    #[test]
    fn the_rate_never_hides_a_case() {
        let rate = |granted, denied| Totals { granted, denied, ..Totals::default() }.rate();
        assert_eq!(rate(0, 0), "–");
        assert_eq!(rate(1, 0), "100 %");
        assert_eq!(rate(2, 1), "67 %");
        assert_eq!(rate(999, 1), "> 99 %");
        assert_eq!(rate(1, 999), "< 1 %");
    }
}
