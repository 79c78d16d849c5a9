//! What the tests across parts share: the real binary, built once, run as a user runs it.

#![forbid(unsafe_code)]

pub mod between;
pub mod clocks;
pub mod day;
pub mod phone;
pub mod proxy;
pub mod server;
pub mod station;
pub mod terminal;

use std::{
    fs::{File, OpenOptions},
    io::Write as _,
    path::{Path, PathBuf},
    process::{Command, Output},
    sync::OnceLock,
};

/// The folder of this package.
#[must_use]
pub fn here() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The binary under test, with the test controls that release builds of the shells lack: the one that
/// `GATEHOUSE_BIN` names, else built here.
#[must_use]
pub fn binary() -> &'static Path {
    static BINARY: OnceLock<PathBuf> = OnceLock::new();
    BINARY.get_or_init(|| {
        if let Some(built) = std::env::var_os("GATEHOUSE_BIN") {
            return PathBuf::from(built);
        }
        let status = Command::new(env!("CARGO"))
            .args(["build", "--quiet", "--workspace", "--all-features", "--bins"])
            .current_dir(here())
            .status()
            .expect("cargo runs");
        assert!(status.success(), "the binary does not build");
        let target =
            std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| here().join("../target"), PathBuf::from);
        target.join("debug/gatehouse").canonicalize().expect("the binary is where cargo puts it")
    })
}

/// A command of the binary under test.
#[must_use]
pub fn gatehouse(args: &[&str]) -> Command {
    let mut command = Command::new(binary());
    command.args(args);
    command
}

/// Runs a command of the binary to its end.
#[must_use]
pub fn run(args: &[&str]) -> Output {
    gatehouse(args).output().expect("the binary runs")
}

/// The JSON values on the lines of standard output.
#[must_use]
pub fn json_lines(output: &Output) -> Vec<serde_json::Value> {
    let text = String::from_utf8_lossy(&output.stdout);
    text.lines()
        .map(|line| serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}")))
        .collect()
}

/// Says a figure that whoever runs all tests wants to see: prints it, and adds it to the file that
/// `GATEHOUSE_FIGURES` names.
pub fn figure(line: &str) {
    note("GATEHOUSE_FIGURES", "figure", line);
}

/// Says that something was not tried here, and why: prints it, and adds it to the file that `GATEHOUSE_SKIPS` names.
pub fn skipped(why: &str) {
    note("GATEHOUSE_SKIPS", "skipped", why);
}

fn note(variable: &str, what: &str, line: &str) {
    println!("{what}: {line}");
    let Some(path) = std::env::var_os(variable) else { return };
    let mut file = OpenOptions::new().append(true).create(true).open(path).expect("a file to note it in");
    // One write, so that tests beside each other do not mix their lines.
    file.write_all(format!("{line}\n").as_bytes()).expect("noted");
}

/// Writes a square picture of nothing but noise, which no JPEG makes small.
pub fn noisy_picture(path: &Path, side: u32, seed: u64) {
    let mut random = Random::new(seed);
    let length = usize::try_from(side * side * 3).expect("small");
    let pixels: Vec<u8> = (0..length).map(|_| u8::try_from(random.below(256)).expect("a byte")).collect();
    let mut encoder = png::Encoder::new(File::create(path).expect("made"), side, side);
    encoder.set_color(png::ColorType::Rgb);
    let mut writer = encoder.write_header().expect("a header");
    writer.write_image_data(&pixels).expect("written");
}

/// How many trials a long test makes: a tenth, unless all are asked for.
#[must_use]
pub fn trials(full: u64) -> u64 {
    if std::env::var_os("GATEHOUSE_FULL").is_some() { full } else { full.div_ceil(10) }
}

/// The generator of a trial of chance. Its seed is the usual one, or the one that `GATEHOUSE_SEED` names, and is said,
/// so that a trial that failed can be run again as it was.
#[must_use]
pub fn chance(trial: &str, usual: u64) -> Random {
    Random::new(seed(trial, usual))
}

/// The seed of a trial of chance that draws more than one generator from it.
#[must_use]
pub fn seed(trial: &str, usual: u64) -> u64 {
    let seed = std::env::var("GATEHOUSE_SEED").map_or(usual, |seed| seed.parse().expect("a number"));
    println!("{trial}: again by GATEHOUSE_SEED={seed}");
    seed
}

/// A small seeded generator (xorshift64*), so that a failed trial can be repeated.
#[derive(Debug, Clone)]
pub struct Random(u64);

impl Random {
    /// Starts from a seed.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number below `end`.
    pub const fn below(&mut self, end: u64) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 11) % end
    }
}
