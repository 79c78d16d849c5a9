//! A screen as it crosses: core's, with actions as text that a shell hands back and does not look into.

use gatehouse_core::screens::{self, CodeShown, Picture};
use serde::Serialize;

use super::{ScreenKind, Wanted};
use crate::{
    Banner, ButtonSide, ButtonWeight, CheckLine, Corner, Direction, ScreenField, ScreenLine, records::whole,
};

/// What is shown now.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Screen {
    /// Counts screens. Whoever taps, types or holds says on which: what was meant for another is passed over.
    pub number: u64,
    /// Which screen.
    pub kind: ScreenKind,
    /// What it is called; the first that a screen reader says.
    pub title: String,
    /// Where lines begin.
    pub direction: Direction,
    /// The line that is always there.
    pub status: Option<StatusLine>,
    /// The verdict, before all else.
    pub verdict: Option<Banner>,
    /// What is said, in the order in which it is read.
    pub lines: Vec<ScreenLine>,
    /// Checks, failed ones first.
    pub checks: Vec<CheckLine>,
    /// What can be typed.
    pub fields: Vec<ScreenField>,
    /// A list; a tap on a row is an action of its own.
    pub rows: Vec<ScreenRow>,
    /// What can be done, in the order in which it is read.
    pub buttons: Vec<ScreenButton>,
    /// What passes by itself.
    pub countdown: Option<Countdown>,
    /// Live picture, where there is one.
    pub viewfinder: Option<Viewfinder>,
    /// A picture beside the words.
    pub picture: Option<ScreenPicture>,
    /// A code that is shown, as large as the screen.
    pub code: Option<CodeShown>,
    /// What is under way.
    pub busy: Option<String>,
    /// What is wanted of the phone.
    pub wanted: Wanted,
}

/// The line that is always there.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct StatusLine {
    /// All of it.
    pub text: String,
    /// Whether something is wrong.
    pub warns: bool,
    /// What a tap does, where it does something now. The button that does the same needs not be drawn then.
    pub action: Option<String>,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScreenRow {
    /// Who or what.
    pub text: String,
    /// What else is to be said.
    pub detail: Option<String>,
    /// Whether it stands out: stale, chosen.
    pub marked: bool,
    /// What a tap does, where it does something now.
    pub action: Option<String>,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ScreenButton {
    /// What, to be handed back as it is.
    pub action: String,
    /// Its words.
    pub label: String,
    /// Whether it can be done now.
    pub enabled: bool,
    /// How it is drawn.
    pub weight: ButtonWeight,
    /// Whether it must be held for a second.
    pub held: bool,
    /// Where it stands.
    pub side: ButtonSide,
}

/// Something that passes by itself.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Countdown {
    /// When it began, by [`crate::Moment::running_ms`].
    pub from_ms: i64,
    /// When it is over.
    pub until_ms: i64,
    /// What then is, for a screen reader.
    pub text: Option<String>,
}

/// A live picture.
#[derive(Debug, Clone, PartialEq, uniffi::Record)]
pub struct Viewfinder {
    /// Corners of the codes that are seen, in pixels of the frame as it is turned.
    pub outlines: Vec<Vec<Corner>>,
    /// What helps where none is read.
    pub advice: Option<String>,
}

/// A picture that the screens have.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum ScreenPicture {
    /// The face of whom this event is about: [`crate::GuardScreens::face`].
    Face {
        /// The event.
        event: String,
    },
    /// A photo that was just taken: [`crate::GuardScreens::taken`].
    Taken {
        /// Its number.
        number: u64,
    },
}

fn text(action: &impl Serialize) -> String {
    serde_json::to_string(action).unwrap_or_default()
}

impl Screen {
    pub(super) fn of<K: Into<ScreenKind>, A: Serialize>(
        screen: screens::Screen<K, A>,
        wanted: Wanted,
    ) -> Self {
        Self {
            number: screen.number,
            kind: screen.kind.into(),
            title: screen.title,
            direction: screen.direction,
            status: screen.status.map(StatusLine::from),
            verdict: screen.verdict,
            lines: screen.lines,
            checks: screen.checks,
            fields: screen.fields,
            rows: screen.rows.into_iter().map(ScreenRow::from).collect(),
            buttons: screen.buttons.into_iter().map(ScreenButton::from).collect(),
            countdown: screen.countdown.map(Countdown::from),
            viewfinder: screen.viewfinder.map(Viewfinder::from),
            picture: screen.picture.map(ScreenPicture::from),
            code: screen.code,
            busy: screen.busy,
            wanted,
        }
    }
}

impl<A: Serialize> From<screens::StatusLine<A>> for StatusLine {
    fn from(line: screens::StatusLine<A>) -> Self {
        let action = line.action.as_ref().map(text);
        Self { text: line.text, warns: line.warns, action }
    }
}

impl<A: Serialize> From<screens::Row<A>> for ScreenRow {
    fn from(row: screens::Row<A>) -> Self {
        let action = row.action.as_ref().map(text);
        Self { text: row.text, detail: row.detail, marked: row.marked, action }
    }
}

impl<A: Serialize> From<screens::Button<A>> for ScreenButton {
    fn from(button: screens::Button<A>) -> Self {
        Self {
            action: text(&button.action),
            label: button.label,
            enabled: button.enabled,
            weight: button.weight,
            held: button.held,
            side: button.side,
        }
    }
}

impl From<screens::Countdown> for Countdown {
    fn from(countdown: screens::Countdown) -> Self {
        Self { from_ms: whole(countdown.from_ms), until_ms: whole(countdown.until_ms), text: countdown.text }
    }
}

impl From<screens::Viewfinder> for Viewfinder {
    fn from(viewfinder: screens::Viewfinder) -> Self {
        Self {
            outlines: viewfinder
                .outlines
                .into_iter()
                .map(|corners| corners.map(Corner::from).to_vec())
                .collect(),
            advice: viewfinder.advice,
        }
    }
}

impl From<Picture> for ScreenPicture {
    fn from(picture: Picture) -> Self {
        match picture {
            Picture::Face(event) => Self::Face { event: event.to_string() },
            Picture::Taken(photo) => Self::Taken { number: photo.0 },
        }
    }
}
