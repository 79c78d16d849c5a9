//! A guard's phone at a real server, as `tests/scenarios` tells it. What each screen shows is kept there, so that every
//! shell can be held against the same: this one is none, but the core alone. `GATEHOUSE_BLESS=1` writes anew what is
//! kept; Kotlin and Swift only read it.

use std::{
    collections::{BTreeMap, VecDeque},
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
    time::{Instant, UNIX_EPOCH},
};

use gatehouse_core::{
    device::{DeviceTime, FileSecrets, GuardStation, TimeError, drive},
    network::Steps,
    place::Fix,
    screens::{
        Moment, PhotoNumber, Picture, Says,
        guard::{Action, CameraSays, CameraUse, Effect, Frame, Guard, Input, Screen},
    },
    time::{ClockReading, UnixMillis},
    words::Language,
};
use gatehouse_tests::{here, server::Server};
use regex::Regex;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::text;

/// So long passes before a tap: a screen takes none in its first moments. Milliseconds.
const BEFORE_TAP_MS: u64 = 350;
/// So long a button is held where a tap is not enough. Milliseconds.
const HELD_MS: u32 = 1_100;
/// After so long a code that was decided is scanned anew. Milliseconds.
const OUT_OF_SIGHT_MS: u64 = 2_100;

/// A scenario, as it is told in its file. `tests/README.md` says what the words mean.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Scenario {
    about: String,
    set_up: Vec<Vec<String>>,
    codes: BTreeMap<String, Code>,
    steps: Vec<Told>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Code {
    AtFirst(Vec<String>),
    Fresh(Vec<String>),
    Text(String),
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Told {
    step: String,
    #[serde(rename = "do")]
    acts: Vec<Act>,
    then: Then,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Act {
    Tap(String),
    TapTwice(String),
    TapAtOnce(String),
    Hold(String),
    HoldAtOnce(String),
    Type { field: String, text: String },
    Back,
    Show(String),
    WalkAway,
    WaitMs(u64),
    Fix(Fix),
    Camera { torch: bool, another: bool },
    Network(bool),
    Reopen,
}

#[derive(Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
struct Then {
    kind: Option<String>,
    title: Option<String>,
    status: Option<String>,
    verdict: Option<String>,
    says: Vec<String>,
    can: Vec<String>,
    cannot: Vec<String>,
}

fn read<T: DeserializeOwned>(path: &Path) -> T {
    let text = fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn scenarios() -> PathBuf {
    here().join("scenarios")
}

/// What is another one each time stands as a word.
struct Replaced(Vec<(Regex, String)>);

impl Replaced {
    fn read() -> Self {
        let rules: Vec<(String, String)> = read(&scenarios().join("replace.json"));
        Self(rules.into_iter().map(|(rule, by)| (Regex::new(&rule).expect("a rule"), by)).collect())
    }

    fn say(&self, text: &str) -> String {
        let replace =
            |text: String, (rule, by): &(Regex, String)| rule.replace_all(&text, by.as_str()).into_owned();
        self.0.iter().fold(text.to_owned(), replace)
    }
}

/// Clocks that run as this machine's do, and can be moved on.
struct Clock {
    began: Instant,
    passed_ms: AtomicU64,
}

impl Clock {
    fn start() -> Arc<Self> {
        Arc::new(Self { began: Instant::now(), passed_ms: AtomicU64::new(0) })
    }

    fn passed_ms(&self) -> u64 {
        self.passed_ms.load(Ordering::Relaxed)
    }

    fn pass(&self, ms: u64) {
        self.passed_ms.fetch_add(ms, Ordering::Relaxed);
    }

    fn wall(&self) -> UnixMillis {
        let wall = UNIX_EPOCH.elapsed().expect("after 1970").as_millis();
        UnixMillis::new(u64::try_from(wall).expect("before the year 9999") + self.passed_ms())
    }

    fn running_ms(&self) -> u64 {
        1_000_000 + u64::try_from(self.began.elapsed().as_millis()).expect("soon") + self.passed_ms()
    }

    fn moment(&self) -> Moment {
        Moment { running_ms: self.running_ms(), wall: self.wall(), zone_s: 0 }
    }
}

impl DeviceTime for Clock {
    fn read(&self) -> Result<ClockReading, TimeError> {
        let (wall, monotonic_ms) = (self.wall(), self.running_ms());
        Ok(ClockReading { wall, monotonic_ms, boot_id: "first".to_owned() })
    }
}

/// The server, and the codes that people hold.
struct World {
    folder: PathBuf,
    server: Server,
    codes: BTreeMap<String, Code>,
    made: BTreeMap<String, String>,
}

impl World {
    fn set_up(folder: &Path, set_up: &[Vec<String>], codes: BTreeMap<String, Code>) -> Self {
        let server = Server::start(&folder.join("server"), 0);
        let mut world = Self { folder: folder.to_owned(), server, codes, made: BTreeMap::new() };
        for command in set_up {
            world.run(command);
        }
        let made = world.codes.iter().filter_map(|(name, code)| match code {
            Code::AtFirst(command) => Some((name.clone(), text(&world.run(command), "code").to_owned())),
            Code::Fresh(_) | Code::Text(_) => None,
        });
        let made = made.collect();
        world.made = made;
        world
    }

    fn run(&self, command: &[String]) -> serde_json::Value {
        let command: Vec<String> = command.iter().map(|word| self.fill(word)).collect();
        self.server.local(&command.iter().map(String::as_str).collect::<Vec<_>>())
    }

    fn fill(&self, text: &str) -> String {
        let text = text.replace("{url}", &self.server.url);
        let text = text.replace("{folder}", self.folder.to_str().expect("UTF-8"));
        match text.strip_prefix("{one_time_code:").and_then(|rest| rest.strip_suffix('}')) {
            Some(address) => self.server.one_time_code(address),
            None => text,
        }
    }

    fn code(&self, name: &str) -> String {
        match self.codes.get(name).unwrap_or_else(|| panic!("no code of {name}")) {
            Code::AtFirst(_) => self.made[name].clone(),
            Code::Fresh(command) => text(&self.run(command), "code").to_owned(),
            Code::Text(text) => text.clone(),
        }
    }

    fn network(&mut self, there: bool) {
        if there {
            self.server = Server::start(&self.server.data.clone(), self.server.port());
        } else {
            self.server.kill();
        }
    }
}

struct Phone {
    clock: Arc<Clock>,
    station: GuardStation,
    guard: Guard,
    camera: Option<CameraUse>,
    torch: bool,
    place: bool,
    awake: bool,
    photos: BTreeMap<PhotoNumber, Vec<u8>>,
    taken: u64,
}

impl Phone {
    fn open(folder: &Path, clock: &Arc<Clock>) -> Self {
        let secrets = FileSecrets::open(folder.join("secrets")).expect("secrets");
        let time: Arc<dyn DeviceTime> = clock.clone();
        let folder = folder.to_string_lossy().into_owned();
        let station = GuardStation::open(folder, Arc::new(secrets), time).expect("the station opens");
        let (guard, effects) = Guard::open(clock.moment());
        let mut phone = Self {
            clock: Arc::clone(clock),
            station,
            guard,
            camera: None,
            torch: false,
            place: false,
            awake: false,
            photos: BTreeMap::new(),
            taken: 0,
        };
        phone.carry_out(effects);
        phone
    }

    fn screen(&self) -> Screen {
        self.guard.screen(Language::English)
    }

    fn take(&mut self, input: Input) {
        let effects = self.guard.take(self.clock.moment(), input);
        self.carry_out(effects);
    }

    /// One after another, each to its end: what a screen shows then is the same each time.
    fn carry_out(&mut self, effects: Vec<Effect>) {
        let mut due = VecDeque::from(effects);
        while let Some(effect) = due.pop_front() {
            match effect {
                Effect::Work(id, work) => {
                    let photo = work.photo().and_then(|photo| self.photos.get(&photo)).cloned();
                    let station = &self.station;
                    let steps = Steps::new(|line| station.carry(line, work, photo));
                    let outcome = drive(station.network().as_ref(), steps).map_err(Arc::new);
                    due.extend(self.guard.take(self.clock.moment(), Input::Done(id, outcome)));
                }
                Effect::TakePhoto => {
                    self.taken += 1;
                    let photo = PhotoNumber(self.taken);
                    let jpeg = fs::read(here().join("swift/Tests/GateTests/photo.jpg")).expect("a photo");
                    self.photos.insert(photo, jpeg);
                    due.extend(self.guard.take(self.clock.moment(), Input::Photo(Some(photo))));
                }
                Effect::ForgetPhoto(photo) => {
                    self.photos.remove(&photo);
                }
                Effect::Camera(camera) => self.camera = camera,
                Effect::Torch(torch) => self.torch = torch,
                Effect::WatchPlace(place) => self.place = place,
                Effect::KeepAwake(awake) => self.awake = awake,
                // Work is done as soon as it is asked for, so that there is none to be left.
                Effect::GiveUp(_)
                | Effect::Drop(_)
                | Effect::Play(_)
                | Effect::NextCamera
                | Effect::AskForFix
                | Effect::OpenSettings
                | Effect::Reopen => {}
            }
        }
    }

    fn pass(&mut self, ms: u64) {
        self.clock.pass(ms);
        self.take(Input::Tick);
    }

    /// The action of the button or row that reads so, where it can be done now.
    fn action(&self, label: &str) -> Option<Action> {
        let screen = self.screen();
        let button = screen.buttons.iter().find(|button| button.label == label && button.enabled);
        let row = screen.rows.iter().find(|row| row.text == label);
        button.map(|button| button.action).or_else(|| row.and_then(|row| row.action))
    }

    fn tap(&mut self, label: &str, times: usize) {
        let screen = self.screen().number;
        let action = self.action(label).unwrap_or_else(|| panic!("no {label} on {:?}", self.screen()));
        for _ in 0..times {
            self.take(Input::Tap { screen, action });
        }
    }

    fn hold(&mut self, label: &str) {
        let screen = self.screen().number;
        let action = self.action(label).unwrap_or_else(|| panic!("no {label} on {:?}", self.screen()));
        self.take(Input::Held { screen, action, ms: HELD_MS });
    }

    fn does(&mut self, act: &Act, world: &mut World) {
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
            Act::Type { field, text } => {
                let screen = self.screen();
                let name = screen.fields.iter().find(|there| there.label == *field);
                let field = name.unwrap_or_else(|| panic!("no {field} on {screen:?}")).name;
                self.take(Input::Typed { screen: screen.number, field, text: world.fill(text) });
            }
            Act::Back => {
                self.pass(BEFORE_TAP_MS);
                self.take(Input::Back);
            }
            Act::Show(name) => {
                let codes = vec![world.code(name)];
                self.take(Input::Frame(Frame { codes, ..Frame::default() }));
            }
            Act::WalkAway => {
                self.clock.pass(OUT_OF_SIGHT_MS);
                self.take(Input::Frame(Frame::default()));
            }
            Act::WaitMs(ms) => self.pass(*ms),
            Act::Fix(fix) => self.take(Input::Fix(Some(*fix))),
            Act::Camera { torch, another } => {
                self.take(Input::Camera(CameraSays::Runs { torch: *torch, another: *another }));
            }
            Act::Network(there) => {
                world.network(*there);
                self.take(Input::Online(*there));
            }
            Act::Reopen => unreachable!("a phone does not do that to itself"),
        }
    }

    fn wanted(&self) -> String {
        let camera = self.camera.map(|camera| match camera {
            CameraUse::Codes => "camera codes",
            CameraUse::Portrait => "camera portrait",
        });
        let rest = [(self.torch, "light"), (self.place, "place"), (self.awake, "awake")];
        let rest = rest.into_iter().filter(|(is, _)| *is).map(|(_, word)| word);
        camera.into_iter().chain(rest).collect::<Vec<_>>().join(", ")
    }
}

/// The stable word of one of several.
fn word(one: impl Serialize) -> String {
    let value = serde_json::to_value(one).expect("JSON");
    value.as_str().expect("a word").to_owned()
}

/// A screen as text, in the order in which it is read. Kotlin and Swift write the same.
fn drawn(screen: &Screen, wanted: &str) -> String {
    let mut drawn = format!("[{}] {}\n", word(screen.kind), screen.title);
    let mut line = |mark: &str, said: &str| writeln!(drawn, "  {mark} {said}").expect("written");
    if let Some(status) = &screen.status {
        line(if status.warns { "!" } else { "~" }, &status.text);
    }
    if let Some(verdict) = &screen.verdict {
        line("#", &format!("{} {}", verdict.word, word(verdict.shape)));
    }
    for said in &screen.lines {
        let mark = match said.says {
            Says::Lead => "=",
            Says::Text => "-",
            Says::Warning | Says::Problem => "!",
            Says::Small => ".",
        };
        line(mark, &said.text);
    }
    for check in &screen.checks {
        line("?", &format!("{} {}: {}", check.state.word(), check.label, check.text));
    }
    for field in &screen.fields {
        let typed = if field.hidden { "*".repeat(field.text.chars().count()) } else { field.text.clone() };
        line("_", &format!("{}: {typed}", field.label));
    }
    for row in &screen.rows {
        let parts: Vec<&str> =
            [Some(row.text.as_str()), row.detail.as_deref()].into_iter().flatten().collect();
        line(if row.marked { "*" } else { "|" }, &parts.join(" / "));
    }
    if let Some(countdown) = &screen.countdown {
        let ms = countdown.until_ms - countdown.from_ms;
        line("%", &format!("{ms} ms {}", countdown.text.as_deref().unwrap_or_default()));
    }
    if screen.viewfinder.is_some() {
        line("o", "camera");
    }
    match screen.picture {
        Some(Picture::Face(_)) => line("o", "face"),
        Some(Picture::Taken(_)) => line("o", "taken"),
        None => {}
    }
    if let Some(busy) = &screen.busy {
        line("…", busy);
    }
    if !wanted.is_empty() {
        line("@", wanted);
    }
    let buttons = screen.buttons.iter().map(|button| {
        let label = if button.enabled { button.label.clone() } else { format!("({})", button.label) };
        let label = if button.held { format!("{label} held") } else { label };
        format!("{label} {}", word(button.weight))
    });
    line(">", &buttons.collect::<Vec<_>>().join(" · "));
    drawn
}

impl Then {
    /// What a person wrote down of the screen.
    fn holds(&self, phone: &Phone, step: &str, replaced: &Replaced) {
        let screen = phone.screen();
        let is = |wanted: &Option<String>, is: Option<&str>| {
            if let Some(wanted) = wanted {
                assert_eq!(is.map(|is| replaced.say(is)).as_ref(), Some(wanted), "{step}: {screen:?}");
            }
        };
        is(&self.kind, Some(&word(screen.kind)));
        is(&self.title, Some(&screen.title));
        is(&self.status, screen.status.as_ref().map(|status| status.text.as_str()));
        is(&self.verdict, screen.verdict.as_ref().map(|verdict| verdict.word.as_str()));
        for said in &self.says {
            let says = screen.lines.iter().any(|line| replaced.say(&line.text) == *said);
            assert!(says, "{step}: it does not say {said}: {screen:?}");
        }
        for label in &self.can {
            assert!(phone.action(label).is_some(), "{step}: there is no {label}: {screen:?}");
        }
        for label in &self.cannot {
            assert!(phone.action(label).is_none(), "{step}: there is {label}: {screen:?}");
        }
    }
}

fn play(name: &str) {
    let scenario: Scenario = read(&scenarios().join(format!("{name}.json")));
    println!("{}", scenario.about);
    let replaced = Replaced::read();
    let folder = tempfile::tempdir().expect("a folder");
    let mut world = World::set_up(folder.path(), &scenario.set_up, scenario.codes);
    let (clock, at) = (Clock::start(), folder.path().join("phone"));
    let mut phone = Phone::open(&at, &clock);
    let mut played = String::new();
    for Told { step, acts, then } in &scenario.steps {
        for act in acts {
            if matches!(act, Act::Reopen) {
                drop(phone);
                phone = Phone::open(&at, &clock);
            } else {
                phone.does(act, &mut world);
            }
        }
        let drawn = replaced.say(&drawn(&phone.screen(), &phone.wanted()));
        write!(played, "## {step}\n{drawn}\n").expect("written");
        then.holds(&phone, step, &replaced);
    }
    kept(&scenarios().join("kept").join(format!("{name}.txt")), &played);
}

fn kept(path: &Path, now: &str) {
    if std::env::var_os("GATEHOUSE_BLESS").is_some() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, now).expect("written");
        return;
    }
    let before = fs::read_to_string(path).unwrap_or_default();
    let differs = before.lines().zip(now.lines()).zip(1..).find(|((before, now), _)| before != now);
    if let Some(((before, now), line)) = differs {
        panic!(
            "{}, line {line}, is no longer\n  {before}\nbut\n  {now}\nIf that is meant: GATEHOUSE_BLESS=1",
            path.display()
        );
    }
    let (before, now) = (before.lines().count(), now.lines().count());
    assert_eq!(before, now, "{} has another number of lines", path.display());
}

#[test]
fn a_guards_day_shows_what_is_kept() {
    play("guard-day");
}

#[test]
fn a_guards_phone_has_the_manners_that_are_kept() {
    play("guard-manners");
}
