//! The program of the app for browsers, where the demo runs out of its sources and it was not built yet: builds it
//! beside the demo where that can be done, or says what is missing.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
    thread,
};

use crate::cli::output::{CliError, print_line};

/// The script that builds it, from the root of the sources.
const SCRIPT: &str = "bindings/web/build";
/// What rustup and rustc call the target.
const TARGET: &str = "wasm32-unknown-unknown";
/// So much of what a build that failed said is shown. Lines.
const LAST_LINES: usize = 12;

/// What can be done where the program is not there.
#[derive(Debug, PartialEq, Eq)]
pub enum Pages {
    /// It is built by this script.
    Buildable(PathBuf),
    /// The script is there, and a compiler for it is not.
    NoCompiler,
    /// These are no sources.
    NoSources,
}

impl Pages {
    /// Looks around a program that lies at `program`.
    pub fn around(program: &Path) -> Self {
        let script = program.ancestors().map(|folder| folder.join(SCRIPT)).find(|script| script.is_file());
        match script {
            Some(script) if can_compile() => Self::Buildable(script),
            Some(_) => Self::NoCompiler,
            None => Self::NoSources,
        }
    }

    /// Says what is to be done, and does it where it can be done; a build goes on beside the demo.
    ///
    /// # Errors
    /// An output that cannot be written, a thread that cannot be started.
    pub fn see_to_it(self) -> Result<(), CliError> {
        match self {
            Self::Buildable(script) => {
                print_line(
                    "\nThe guard's and the member's page are being built, which takes some minutes; their links work once it is said here.",
                )?;
                let thread = thread::Builder::new().name("pages".to_owned()).spawn(move || {
                    // Whoever ended the demo does not read this any more.
                    let _ = said(&Command::new(script).stdin(Stdio::null()).output());
                });
                thread.map(|_| ()).map_err(|error| CliError::new("pages", error))
            }
            Self::NoCompiler => print_line(format_args!(
                "\nThe guard's and the member's page have to be built once: rustup target add {TARGET}, install clang, then {SCRIPT}",
            )),
            Self::NoSources => print_line(
                "\nThe guard's and the member's page need the app's program: in the folder web beside this one, or where --web says",
            ),
        }
    }
}

/// Whether rustc knows the target and clang is there, for SQLite.
fn can_compile() -> bool {
    let sysroot = Command::new("rustc").args(["--print", "sysroot"]).output();
    let sysroot = sysroot.ok().filter(|output| output.status.success());
    let sysroot = sysroot.and_then(|output| String::from_utf8(output.stdout).ok());
    let target = sysroot.map(|path| Path::new(path.trim()).join("lib/rustlib").join(TARGET));
    let clang = Command::new("clang").arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status();
    target.is_some_and(|target| target.is_dir()) && clang.is_ok_and(|status| status.success())
}

fn said(build: &io::Result<Output>) -> Result<(), CliError> {
    match build {
        Ok(build) if build.status.success() => {
            print_line("\nThe guard's and the member's page are built: both links work.")
        }
        Ok(build) => {
            let text = String::from_utf8_lossy(&build.stderr);
            let lines: Vec<&str> = text.lines().collect();
            let last = lines.get(lines.len().saturating_sub(LAST_LINES)..).unwrap_or_default().join("\n");
            print_line(format_args!("\nThe guard's and the member's page could not be built:\n{last}"))
        }
        Err(error) => {
            print_line(format_args!("\nThe guard's and the member's page could not be built: {error}"))
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn sources_are_found_around_a_program_in_their_target_folder() {
        let folder = tempfile::tempdir().expect("a folder");
        let program = folder.path().join("target/release/gatehouse");
        assert_eq!(Pages::around(&program), Pages::NoSources);
        let script = folder.path().join(SCRIPT);
        fs::create_dir_all(script.parent().expect("a folder")).expect("made");
        fs::write(&script, "").expect("written");
        let found = Pages::around(&program);
        assert!(matches!(found, Pages::NoCompiler) || found == Pages::Buildable(script), "{found:?}");
    }
}
