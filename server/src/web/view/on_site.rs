//! On site: the visitors who are inside now.

use std::borrow::Borrow;

use askama::{Template, filters::Safe};
use gatehouse_core::{phrase, words::Phrase};

use super::{Moment, Section, Shell, SiteChoice, Words, activity::named, filter::encoded, html};

/// A visitor who is inside.
#[derive(Debug, Clone)]
pub struct Visit {
    /// Visit id; letters, digits and dashes only.
    pub id: String,
    /// Name, where there is one.
    pub name: Option<String>,
    /// SHA-256 of the photo in hex, if there is one.
    pub photo: Option<String>,
    /// Name of the host; absent for a walk-up.
    pub host: Option<String>,
    /// Whether the visitor came without an invitation.
    pub walk_up: bool,
    /// When the visitor was let in.
    pub since: Moment,
    /// How long ago that is, in words.
    pub duration: Phrase<'static>,
    /// Whether that is more than eight hours.
    pub stale: bool,
    /// Id of the event that began the visit.
    pub event: Option<String>,
}

impl Visit {
    /// The name, or what stands in its place.
    pub fn named(&self) -> Phrase<'_> {
        let kind = if self.walk_up { super::Kind::WalkUp } else { super::Kind::Visitor };
        named(self.name.as_deref(), kind)
    }

    /// The same as markup.
    pub fn who(&self, words: impl Borrow<Words>) -> Safe<String> {
        words.borrow().say(self.named())
    }
}

/// The visitors of one site.
#[derive(Debug, Clone)]
pub struct SiteGroup {
    /// Number of the site.
    pub id: u32,
    /// Name of the site.
    pub name: String,
    /// How many are inside there.
    pub inside: u64,
    /// Those of this page, the longest inside first.
    pub visits: Vec<Visit>,
}

/// The page at `/on-site`; narrowed by `site=NUMBER` and `q=TEXT`, a hundred at once unless `all=yes`.
#[derive(Debug, Template)]
#[template(path = "on_site.html")]
pub struct OnSite {
    /// The language.
    pub words: Words,
    /// What surrounds the page.
    pub shell: Shell,
    /// Sites with visitors, by name.
    pub groups: Vec<SiteGroup>,
    /// Sites to choose from; the chips stay away when there is one only.
    pub sites: Vec<SiteChoice>,
    /// The site chosen.
    pub site: Option<u32>,
    /// What names are searched for.
    pub search: String,
    /// How many are inside, whatever is searched for.
    pub total: u64,
    /// How many of them are inside for more than eight hours.
    pub stale: u64,
    /// Whether the page begins with the first.
    pub first: bool,
    /// Where the next page begins, if there is one.
    pub after: Option<String>,
    /// Whether everyone is listed at once.
    pub whole: bool,
    /// When the list was made.
    pub made: Moment,
    /// Address of the live stream, whose event `on-site` makes the list load again.
    pub stream: String,
    /// Whether this person may mark departures.
    pub may_depart: bool,
}

impl OnSite {
    /// Its place in the rail.
    pub fn section(&self) -> Option<Section> {
        Some(Section::OnSite)
    }

    /// How many are on this page.
    fn shown(&self) -> u64 {
        self.groups.iter().map(|group| group.visits.len() as u64).sum()
    }

    /// Whether these are all who are inside.
    fn is_whole(&self) -> bool {
        self.first && self.after.is_none() && self.search.is_empty()
    }

    fn address(&self, search: bool, more: Option<String>) -> String {
        let site = self.site.map(|site| format!("site={site}"));
        let search = (search && !self.search.is_empty()).then(|| format!("q={}", encoded(&self.search)));
        let pairs: Vec<_> = [site, search, more].into_iter().flatten().collect();
        if pairs.is_empty() { "/on-site".to_owned() } else { format!("/on-site?{}", pairs.join("&")) }
    }

    /// Address of the page behind this one.
    fn next(&self) -> Option<String> {
        self.after.as_ref().map(|after| self.address(true, Some(format!("after={after}"))))
    }

    /// Address of the list of everyone, to be printed.
    fn muster(&self) -> String {
        self.address(false, Some("all=yes".to_owned()))
    }

    fn is_site(&self, site: impl Borrow<u32>) -> bool {
        self.site == Some(*site.borrow())
    }

    /// Address of this list, narrowed as it is.
    pub fn href(&self) -> String {
        self.address(true, self.whole.then(|| "all=yes".to_owned()))
    }

    /// Address of the whole list of this site, whatever is searched for.
    fn href_unsearched(&self) -> String {
        self.address(false, None)
    }
}
