//! Types that cross the border just as the core has them. Each is written down once more, since UniFFI has to see it, but
//! there is one type: what does not agree with the core's does not compile.

use gatehouse_core::{
    decision::{CheckState, Fact, Verdict},
    device::{BanNotice, CodeSource, Erased, LockAfter, PackHeld, Retried, ScannedBy},
    gatepack::PhotoPolicy,
    journal::EntryKind,
    messages::Severity as MessageSeverity,
    place::{Fix, GeofenceRule},
    screens::{
        Banner, CameraTrouble, CameraUse, CheckLine, CodeShown, Field as ScreenField, FieldName, Keyboard,
        Line as ScreenLine, Note as ToneNote, Says, Shape as VerdictShape, Side as ButtonSide,
        Weight as ButtonWeight, member::Unlocking,
    },
    visit::InvitationStatus,
    words::Direction,
};

/// What the guard sees.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// A good code, confirmed by the server just now.
    Verified,
    /// A good code, but the guard should judge.
    Caution,
    /// Not to be let in on this code.
    Denied,
}

/// What kind of code or person an event is about.
#[uniffi::remote(Enum)]
pub enum ScannedBy {
    /// A member's access ID.
    Member,
    /// A visitor's invitation.
    Visitor,
    /// A code that a member's phone minted.
    Device,
    /// A visitor without a code.
    WalkUp,
    /// An expected visitor without a code, found by name.
    Expected,
    /// A code whose content may not be shown.
    Unreadable,
}

/// The gate pack that a station goes by.
#[uniffi::remote(Enum)]
pub enum PackHeld {
    /// There is none.
    Absent,
    /// Before its next update was due.
    Fresh,
    /// Past its next update.
    Stale,
    /// Past its hard expiry.
    Expired,
}

/// How a check came out.
#[uniffi::remote(Enum)]
pub enum CheckState {
    /// Nothing against the code.
    Passed,
    /// Something against it; the check's code says what.
    Failed,
    /// Not made.
    Skipped,
}

/// What a failed check rests on.
#[uniffi::remote(Enum)]
pub enum Fact {
    /// What the code itself says.
    Code,
    /// The server's answer to this scan.
    Server,
    /// The gate pack; the number is its number.
    GatePack,
    /// The key set; the number is its version.
    KeySet,
    /// What this device recorded itself.
    OwnRecords,
    /// The device's clock, which nobody confirmed; the time is the earliest that it can be.
    DeviceClock,
    /// The device's location fix; the number is its accuracy in metres.
    Location,
    /// The guard's word.
    Guard,
    /// Nothing: the fact is missing.
    Missing,
}

/// An entry of the ban list with the typed name of a walk-up: perhaps this person, perhaps a namesake.
#[uniffi::remote(Record)]
pub struct BanNotice {
    /// The names that the banned goes by.
    pub names: Vec<String>,
    /// Why, in the words of whoever banned.
    pub reason: String,
}

/// How much a message matters.
#[uniffi::remote(Enum)]
pub enum MessageSeverity {
    /// Good to know.
    Information,
    /// To be heeded.
    Notice,
    /// To be read before all else.
    Critical,
}

/// Whether a photo is taken.
#[uniffi::remote(Enum)]
pub enum PhotoPolicy {
    /// Never.
    Off,
    /// If the guard wishes.
    Optional,
    /// No grant without one.
    Required,
}

/// What a site does with scans from elsewhere.
#[uniffi::remote(Enum)]
pub enum GeofenceRule {
    /// Nothing is checked: the shell need not ask for the phone's place.
    Ignore,
    /// CAUTION.
    Flag,
    /// DENIED.
    Block,
}

/// What an entry records.
#[uniffi::remote(Enum)]
pub enum EntryKind {
    /// A code held to the camera.
    Scan,
    /// Grant or deny.
    Decision,
    /// A visitor without a code.
    WalkUp,
    /// An invited visitor's photo and entry.
    Arrival,
    /// A visitor left.
    Departure,
    /// A guard began work.
    ShiftStart,
    /// A guard ended work.
    ShiftEnd,
    /// A code typed by hand.
    CodeEntry,
    /// Something learned later about an earlier entry.
    Amendment,
    /// The phone's clock was set.
    ClockChange,
}

/// What is tried again.
#[uniffi::remote(Record)]
pub struct Retried {
    /// Entries.
    pub entries: u64,
    /// Photos.
    pub photos: u64,
    /// Entries that stay set aside.
    pub left: u64,
}

/// What an erasure did.
#[uniffi::remote(Record)]
pub struct Erased {
    /// Entries whose personal data is gone.
    pub entries: u64,
    /// Photos that are gone.
    pub photos: u64,
    /// Entries that the server does not have yet: theirs goes as soon as they are sent.
    pub waiting: u64,
    /// Files beside the database that hold older copies, for the shell to delete: a backup, a damaged database.
    pub files_set_aside: Vec<String>,
}

/// Where the phone says it is.
#[uniffi::remote(Record)]
pub struct Fix {
    /// Latitude in millionths of a degree.
    pub latitude_e6: i32,
    /// Longitude in millionths of a degree.
    pub longitude_e6: i32,
    /// Radius in metres within which the phone is with 68 % certainty.
    pub accuracy_m: u32,
}

/// Where an invitation stands.
#[uniffi::remote(Enum)]
pub enum InvitationStatus {
    /// Not issued yet.
    Draft,
    /// Issued, not used yet.
    Pending,
    /// The visitor was let in.
    Accepted,
    /// Taken back.
    Cancelled,
    /// Its window has passed.
    Expired,
}

/// Where a code comes from.
#[uniffi::remote(Enum)]
pub enum CodeSource {
    /// The server signed it just now.
    Online,
    /// The server signed it a while ago, and it is still valid.
    Kept,
    /// This phone minted it.
    Offline,
}

/// After how long the app locks itself.
#[uniffi::remote(Enum)]
pub enum LockAfter {
    /// As soon as it is left.
    Always,
    /// After a minute.
    OneMinute,
    /// After 5 minutes.
    FiveMinutes,
    /// After 15 minutes.
    FifteenMinutes,
    /// After 30 minutes.
    ThirtyMinutes,
    /// After an hour.
    OneHour,
}

/// Where a line begins.
#[uniffi::remote(Enum)]
pub enum Direction {
    /// As in English.
    LeftToRight,
    /// As in Arabic.
    RightToLeft,
}

/// A verdict as it is drawn: told apart by word, shape and colour.
#[uniffi::remote(Record)]
pub struct Banner {
    /// The word.
    pub word: String,
    /// The shape.
    pub shape: VerdictShape,
    /// Which of the tokens of the look.
    pub colour: Verdict,
}

/// The shape beside a verdict's word.
#[uniffi::remote(Enum)]
pub enum VerdictShape {
    /// Circle with a check, on a plain field.
    Circle,
    /// Triangle with an exclamation mark, in a broad striped edge.
    Triangle,
    /// Octagon with a cross, in a thick frame.
    Octagon,
}

/// How a line is said.
#[uniffi::remote(Enum)]
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

/// A line of a screen.
#[uniffi::remote(Record)]
pub struct ScreenLine {
    /// How it is said.
    pub says: Says,
    /// What.
    pub text: String,
}

/// A check, as it is listed.
#[uniffi::remote(Record)]
pub struct CheckLine {
    /// How it came out.
    pub state: CheckState,
    /// What was checked.
    pub label: String,
    /// What came of it.
    pub text: String,
}

/// What can be typed.
#[uniffi::remote(Record)]
pub struct ScreenField {
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
#[uniffi::remote(Enum)]
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
#[uniffi::remote(Enum)]
pub enum Keyboard {
    /// Letters.
    Text,
    /// For an address.
    Address,
    /// Digits.
    Digits,
}

/// How a button is drawn.
#[uniffi::remote(Enum)]
pub enum ButtonWeight {
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
#[uniffi::remote(Enum)]
pub enum ButtonSide {
    /// Where lines begin.
    Start,
    /// Where lines end.
    End,
    /// Across.
    Across,
}

/// A QR code to be drawn: dark on light also where all else is light on dark, with 4 light modules around it.
#[uniffi::remote(Record)]
pub struct CodeShown {
    /// Modules along each side.
    pub side: u32,
    /// Row after row from the top, a character a module: `1` is dark, `0` is light.
    pub rows: Vec<String>,
}

/// A sound of one height, or a pause.
#[uniffi::remote(Record)]
pub struct ToneNote {
    /// Cycles a second; 0 is a pause.
    pub hertz: u16,
    /// How long. Milliseconds.
    pub ms: u16,
}

/// What the camera runs for.
#[uniffi::remote(Enum)]
pub enum CameraUse {
    /// Codes.
    Codes,
    /// A picture of somebody.
    Portrait,
}

/// Why there is no camera.
#[uniffi::remote(Enum)]
pub enum CameraTrouble {
    /// Whoever uses the phone does not allow it.
    Refused,
    /// It is not there, or not any more.
    Gone,
    /// Something else has it.
    InUse,
}

/// What came of asking who holds the phone.
#[uniffi::remote(Enum)]
pub enum Unlocking {
    /// It is theirs.
    Yes,
    /// They did not prove it, or did not want to.
    No,
    /// This platform cannot ask: a one-time code is the way in.
    Cannot,
}
