//! A phone that is drawn and tapped as a shell does, a guard's or a member's.

use std::{collections::VecDeque, fmt::Debug, path::Path, sync::Arc};

use gatehouse_core::screens::{CameraUse, Frame, Moment, Screen};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Value, json};

use super::{
    clock::Clock,
    drawn::word,
    scenario::{Act, Replaced, Then},
    world::World,
};

/// So long passes before a tap: a screen takes none in its first moments. Milliseconds.
const BEFORE_TAP_MS: u64 = 350;
/// So long a button is held where a tap is not enough. Milliseconds.
const HELD_MS: u32 = 1_100;
/// After so long a code that was decided is scanned anew. Milliseconds.
const OUT_OF_SIGHT_MS: u64 = 2_100;

/// One side: screens, and what stands beneath them.
pub(super) trait Side: Sized {
    type Kind: Copy + Debug + Serialize;
    type Action: Copy + Debug + Serialize;
    type Input: DeserializeOwned;
    type Effect;

    fn open(folder: &Path, clock: &Arc<Clock>) -> (Self, Vec<Self::Effect>);
    fn screen(&self) -> Screen<Self::Kind, Self::Action>;
    fn take(&mut self, at: Moment, input: Self::Input) -> Vec<Self::Effect>;
    fn frame(frame: Frame) -> Self::Input;
    /// Does what is to be done, and gives what happens then.
    fn does(&mut self, effect: Self::Effect, told: &mut Told) -> Option<Self::Input>;
}

/// What the platform was told.
#[derive(Default)]
pub(super) struct Told {
    pub camera: Option<CameraUse>,
    pub torch: bool,
    pub place: bool,
    pub awake: bool,
    pub bright: bool,
    /// What was handed to it once, and was not looked at yet.
    pub handed_on: Vec<String>,
}

pub(super) struct Phone<S: Side> {
    clock: Arc<Clock>,
    side: S,
    told: Told,
}

impl<S: Side> Phone<S> {
    pub(super) fn open(folder: &Path, clock: &Arc<Clock>) -> Self {
        let (side, effects) = S::open(folder, clock);
        let mut phone = Self { clock: Arc::clone(clock), side, told: Told::default() };
        phone.carry_out(effects);
        phone
    }

    pub(super) fn screen(&self) -> Screen<S::Kind, S::Action> {
        self.side.screen()
    }

    fn take(&mut self, input: S::Input) {
        let effects = self.side.take(self.clock.moment(), input);
        self.carry_out(effects);
    }

    /// What happened, as a browser's page says it.
    fn say(&mut self, input: Value) {
        let input = serde_json::from_value(input.clone()).unwrap_or_else(|error| panic!("{input}: {error}"));
        self.take(input);
    }

    /// One after another, each to its end: what a screen shows then is the same each time.
    fn carry_out(&mut self, effects: Vec<S::Effect>) {
        let mut due = VecDeque::from(effects);
        while let Some(effect) = due.pop_front() {
            if let Some(input) = self.side.does(effect, &mut self.told) {
                due.extend(self.side.take(self.clock.moment(), input));
            }
        }
    }

    fn pass(&mut self, ms: u64) {
        self.clock.pass(ms);
        self.say(json!("tick"));
    }

    /// The action of the button or row that reads so, where it can be done now.
    fn action(&self, label: &str) -> Option<S::Action> {
        let screen = self.screen();
        let button = screen.buttons.iter().find(|button| button.label == label && button.enabled);
        let row = screen.rows.iter().find(|row| row.text == label);
        button.map(|button| button.action).or_else(|| row.and_then(|row| row.action))
    }

    fn must_be(&self, label: &str) -> (u64, S::Action) {
        let action = self.action(label).unwrap_or_else(|| panic!("no {label} on {:?}", self.screen()));
        (self.screen().number, action)
    }

    fn tap(&mut self, label: &str, times: usize) {
        let (screen, action) = self.must_be(label);
        for _ in 0..times {
            self.say(json!({"tap": {"screen": screen, "action": action}}));
        }
    }

    fn hold(&mut self, label: &str) {
        let (screen, action) = self.must_be(label);
        self.say(json!({"held": {"screen": screen, "action": action, "ms": HELD_MS}}));
    }

    fn types(&mut self, label: &str, text: &str) {
        let screen = self.screen();
        let field = screen.fields.iter().find(|there| there.label == label);
        let field = field.unwrap_or_else(|| panic!("no {label} on {screen:?}")).name;
        self.say(json!({"typed": {"screen": screen.number, "field": field, "text": text}}));
    }

    pub(super) fn does(&mut self, act: &Act, world: &mut World) {
        match act {
            Act::Tap(label) => {
                self.pass(BEFORE_TAP_MS);
                self.tap(label, 1);
            }
            Act::TapTwice(label) => {
                self.pass(BEFORE_TAP_MS);
                self.tap(label, 2);
            }
            Act::TapAtOnce(label) => self.tap(label, 1),
            Act::Hold(label) => {
                self.pass(HELD_MS.into());
                self.hold(label);
            }
            Act::HoldAtOnce(label) => self.hold(label),
            Act::Type { field, text } => self.types(field, &world.fill(text)),
            Act::Back => {
                self.pass(BEFORE_TAP_MS);
                self.say(json!("back"));
            }
            Act::Show(name) => {
                let codes = vec![world.code(name)];
                self.take(S::frame(Frame { codes, ..Frame::default() }));
            }
            Act::WalkAway => {
                self.clock.pass(OUT_OF_SIGHT_MS);
                self.take(S::frame(Frame::default()));
            }
            Act::WaitMs(ms) => self.pass(*ms),
            Act::Fix(fix) => self.say(json!({"fix": fix})),
            Act::Camera { torch, another } => {
                self.say(json!({"camera": {"runs": {"torch": torch, "another": another}}}));
            }
            Act::Network(there) => {
                world.network(*there);
                self.say(json!({"online": there}));
            }
            Act::Foreground(seen) => self.say(json!({"foreground": seen})),
            Act::Unlock(how) => self.say(json!({"unlocked": how})),
            Act::Reopen => unreachable!("a phone does not do that to itself"),
        }
    }

    pub(super) fn wanted(&self) -> String {
        let Told { camera, torch, place, awake, bright, .. } = self.told;
        let camera = camera.map(|camera| match camera {
            CameraUse::Codes => "camera codes",
            CameraUse::Portrait => "camera portrait",
        });
        let rest = [(torch, "light"), (place, "place"), (awake, "awake"), (bright, "bright")];
        let rest = rest.into_iter().filter(|(is, _)| *is).map(|(_, word)| word);
        camera.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
    }

    /// What was handed to the platform since this was asked last.
    pub(super) fn handed_on(&mut self) -> Vec<String> {
        std::mem::take(&mut self.told.handed_on)
    }

    /// Checks what a person wrote down of the screen.
    pub(super) fn holds(&self, then: &Then, step: &str, replaced: &Replaced) {
        let screen = self.screen();
        let is = |wanted: &Option<String>, is: Option<&str>| {
            if let Some(wanted) = wanted {
                assert_eq!(is.map(|is| replaced.say(is)).as_ref(), Some(wanted), "{step}: {screen:?}");
            }
        };
        is(&then.kind, Some(&word(screen.kind)));
        is(&then.title, Some(&screen.title));
        is(&then.status, screen.status.as_ref().map(|status| status.text.as_str()));
        is(&then.verdict, screen.verdict.as_ref().map(|verdict| verdict.word.as_str()));
        for said in &then.says {
            let says = screen.lines.iter().any(|line| replaced.say(&line.text) == *said);
            assert!(says, "{step}: it does not say {said}: {screen:?}");
        }
        for label in &then.can {
            assert!(self.action(label).is_some(), "{step}: there is no {label}: {screen:?}");
        }
        for label in &then.cannot {
            assert!(self.action(label).is_none(), "{step}: there is {label}: {screen:?}");
        }
    }
}
