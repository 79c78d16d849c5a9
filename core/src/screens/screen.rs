//! A screen as data: all that a shell needs to draw it, in the language of its reader, and nothing that it would have to
//! decide. `K` says which screens there are, `A` what can be done on them.

use serde::{Deserialize, Serialize, Serializer, ser::SerializeSeq as _};

use crate::{
    decision::{CheckState, Verdict},
    id::EntryId,
    qr::{self, EncodeError, Point},
    words::Direction,
};

/// How long after a screen appeared its buttons take no tap: that one was meant for the screen before. Milliseconds.
pub const SETTLES_MS: u64 = 300;

/// How long a button is held where a tap is not enough. Milliseconds.
pub const HELD_MS: u32 = 1_000;

/// What is shown.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Screen<K, A> {
    /// Counts screens. Whoever taps, types or holds says on which: what was meant for another is passed over.
    pub number: u64,
    /// Which screen.
    pub kind: K,
    /// What it is called; the first that a screen reader says.
    pub title: String,
    /// Where lines begin.
    pub direction: Direction,
    /// The line that is always there.
    pub status: Option<StatusLine<A>>,
    /// The verdict, before all else.
    pub verdict: Option<Banner>,
    /// What is said, in the order in which it is read.
    pub lines: Vec<Line>,
    /// Checks, failed ones first.
    pub checks: Vec<CheckLine>,
    /// What can be typed.
    pub fields: Vec<Field>,
    /// A list; a tap on a row is an action of its own.
    pub rows: Vec<Row<A>>,
    /// What can be done, in the order in which it is read.
    pub buttons: Vec<Button<A>>,
    /// What passes by itself.
    pub countdown: Option<Countdown>,
    /// Live picture, where there is one.
    pub viewfinder: Option<Viewfinder>,
    /// A picture beside the words.
    pub picture: Option<Picture>,
    /// A code that is shown, as large as the screen.
    pub code: Option<CodeShown>,
    /// What is under way.
    pub busy: Option<String>,
    /// Whether no work would be interrupted here, by a new version of the app for instance.
    pub calm: bool,
}

/// The line that is always there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatusLine<A> {
    /// All of it.
    pub text: String,
    /// Whether something is wrong.
    pub warns: bool,
    /// What a tap does, where it does something now. The button that does the same needs not be drawn then.
    pub action: Option<A>,
}

/// A verdict as it is drawn: told apart by word, shape and colour.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Banner {
    /// The word.
    pub word: String,
    /// The shape.
    pub shape: Shape,
    /// Which of the tokens of the look.
    pub colour: Verdict,
}

/// The shape beside a verdict's word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    /// Circle with a check, on a plain field.
    Circle,
    /// Triangle with an exclamation mark, in a broad striped edge.
    Triangle,
    /// Octagon with a cross, in a thick frame.
    Octagon,
}

impl From<Verdict> for Shape {
    fn from(verdict: Verdict) -> Self {
        match verdict {
            Verdict::Verified => Self::Circle,
            Verdict::Caution => Self::Triangle,
            Verdict::Denied => Self::Octagon,
        }
    }
}

/// How a line is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Says {
    /// What the screen is about: a name, a number.
    Lead,
    /// A sentence.
    Text,
    /// Something to mind.
    Warning,
    /// What was asked for could not be done, and why. Screen readers say it at once.
    Problem,
    /// Small, below: codes for support.
    Small,
}

/// A line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    /// How it is said.
    pub says: Says,
    /// What.
    pub text: String,
}

/// A check, as it is listed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CheckLine {
    /// How it came out.
    pub state: CheckState,
    /// What was checked.
    pub label: String,
    /// What came of it.
    pub text: String,
}

/// What can be typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    /// Which field.
    pub name: FieldName,
    /// What stands beside it.
    pub label: String,
    /// What stands in it.
    pub text: String,
    /// Which keyboard.
    pub keyboard: Keyboard,
    /// Whether what is typed does not show.
    pub hidden: bool,
}

/// Which field.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldName {
    /// A code, typed instead of scanned.
    Code,
    /// An e-mail address.
    Address,
    /// The digits of a one-time code.
    Digits,
    /// A guard's PIN.
    Pin,
    /// A visitor's name.
    Name,
    /// Whom a visitor says they visit.
    Host,
    /// What is searched for.
    Search,
    /// Why somebody is let in, or comes.
    Reason,
    /// What is suspicious.
    Note,
}

/// Which keyboard opens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Keyboard {
    /// Letters.
    Text,
    /// For an address.
    Address,
    /// Digits.
    Digits,
}

/// A row of a list.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Row<A> {
    /// Who or what.
    pub text: String,
    /// What else is to be said.
    pub detail: Option<String>,
    /// Whether it stands out: stale, chosen.
    pub marked: bool,
    /// What a tap does, where it does something now.
    pub action: Option<A>,
}

/// Something that can be done.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Button<A> {
    /// What.
    pub action: A,
    /// Its words.
    pub label: String,
    /// Whether it can be done now.
    pub enabled: bool,
    /// How it is drawn.
    pub weight: Weight,
    /// Whether it must be held for [`HELD_MS`].
    pub held: bool,
    /// Where it stands.
    pub side: Side,
}

/// How a button is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Filled: what is likely.
    Likely,
    /// Outlined.
    Other,
    /// Outlined, in the colour of what cannot be taken back or goes against a verdict.
    Dangerous,
    /// As words only.
    Quiet,
}

/// Where a button stands among those at the thumbs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    /// Where lines begin.
    Start,
    /// Where lines end.
    End,
    /// Across.
    Across,
}

/// Something that passes by itself.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Countdown {
    /// When it began, by [`super::Moment::running_ms`].
    pub from_ms: u64,
    /// When it is over.
    pub until_ms: u64,
    /// What then is, for a screen reader.
    pub text: Option<String>,
}

/// A live picture.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Viewfinder {
    /// Corners of the codes that are seen, in pixels of the frame.
    #[serde(serialize_with = "as_pairs")]
    pub outlines: Vec<[Point; 4]>,
    /// What helps where none is read.
    pub advice: Option<String>,
}

/// A picture that the shell has, or asks the station for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Picture {
    /// The face of whom this event is about, as the station keeps it.
    Face(EntryId),
    /// A photo that was just taken.
    Taken(PhotoNumber),
}

/// A photo that was taken. The shell keeps its bytes under this number until it is told that they are not needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct PhotoNumber(pub u64);

/// A QR code to be drawn: dark on light also where all else is light on dark, with 4 light modules around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CodeShown {
    /// Modules along each side.
    pub side: u32,
    /// Row after row from the top, a character a module: `1` is dark, `0` is light.
    pub rows: Vec<String>,
}

impl CodeShown {
    /// The code of a text.
    ///
    /// # Errors
    /// No text, or one that is too long for a QR.
    pub fn of(text: &str) -> Result<Self, EncodeError> {
        let drawn = qr::modules(text, qr::Correction::Medium)?;
        let side = drawn.width.saturating_sub(2 * QUIET);
        let (quiet, modules) = (QUIET as usize, side as usize);
        let rows = drawn.pixels.chunks_exact((drawn.width as usize).max(1)).skip(quiet).take(modules);
        let module = |pixel: &u8| if *pixel == 0 { '1' } else { '0' };
        let rows = rows.map(|row| row.iter().skip(quiet).take(modules).map(module).collect()).collect();
        Ok(Self { side, rows })
    }
}

/// Light modules that [`qr::modules`] puts around a code.
const QUIET: u32 = 4;

/// Corners as pairs of numbers.
fn as_pairs<S: Serializer>(outlines: &[[Point; 4]], serializer: S) -> Result<S::Ok, S::Error> {
    let mut list = serializer.serialize_seq(Some(outlines.len()))?;
    for outline in outlines {
        list.serialize_element(&outline.map(|corner| [corner.x, corner.y]))?;
    }
    list.end()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_shown_without_its_edge() {
        let code = CodeShown::of("GH1:TEST").expect("a short text");
        assert_eq!((code.rows.len(), code.side), (code.side as usize, 21));
        assert!(code.rows.iter().all(|row| row.len() == 21 && row.chars().all(|c| c == '0' || c == '1')));
        let finders = [&code.rows[0][..7], &code.rows[0][14..], &code.rows[20][..7]];
        assert_eq!(finders, ["1111111"; 3]);
        assert!(CodeShown::of("").is_err());
    }
}
