//! What the tests across parts share: the real binary, built once, run as a user runs it.

#![forbid(unsafe_code)]

pub mod between;
pub mod clocks;
pub mod day;
pub mod phone;
pub mod proxy;
pub mod server;
pub mod station;

use std::{
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

/// How many trials a long test makes: a tenth, unless all are asked for.
#[must_use]
pub fn trials(full: u64) -> u64 {
    if std::env::var_os("GATEHOUSE_FULL").is_some() { full } else { full.div_ceil(10) }
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
