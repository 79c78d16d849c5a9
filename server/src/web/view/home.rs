//! Home: the numbers of today and the last decisions.

use askama::Template;

use gatehouse_core::{
    decision::Verdict,
    phrase,
    words::{Id, Phrase},
};

use super::{ActivityRow, Decision, Filter, Mark, Section, Shell, Shown, Totals, Words, html};

/// Something that an admin should see before all else.
#[derive(Debug)]
pub struct Alert {
    /// What it is, as a sentence.
    pub text: Phrase<'static>,
    /// Where to go, and the words of the link.
    pub more: Option<(&'static str, Id)>,
}

/// The page at `/`.
#[derive(Debug, Template)]
#[template(path = "home.html")]
pub struct Home {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// Today in words, for instance "Tuesday 14 March".
    pub today: Phrase<'static>,
    /// What an admin should see first.
    pub alerts: Vec<Alert>,
    /// Numbers since midnight.
    pub totals: Totals,
    /// Visitors inside now.
    pub on_site: u64,
    /// Of these, inside for more than eight hours.
    pub stale: u64,
    /// Visitors who are expected today and have not come yet.
    pub expected: u64,
    /// What there is to say of the server's clock, a sentence or two each.
    pub clock: Vec<Phrase<'static>>,
    /// What somebody should look at again, of the last seven days: how many, and the address of the list.
    pub marked: Vec<(Mark, u64, String)>,
    /// Address of the live stream, whose events make the numbers load again.
    pub stream: String,
    /// The last five decisions, newest first.
    pub recent: Vec<ActivityRow>,
    /// Whether this person may create invitations.
    pub may_invite: bool,
}

impl Home {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::Home)
    }
}
