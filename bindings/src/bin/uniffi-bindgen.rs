//! Generates the Kotlin or the Swift of the bindings from the built library, which carries their description.

#![forbid(unsafe_code)]

use std::process::ExitCode;

use uniffi_bindgen::bindings::{GenerateOptions, TargetLanguage, generate};

const USAGE: &str = "usage: uniffi-bindgen kotlin|swift LIBRARY FOLDER";
/// Names of packages and modules.
const NAMES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/uniffi.toml");

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [language, library, folder] = arguments.as_slice() else {
        eprintln!("{USAGE}");
        return ExitCode::from(2);
    };
    let language = match language.as_str() {
        "kotlin" => TargetLanguage::Kotlin,
        "swift" => TargetLanguage::Swift,
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::from(2);
        }
    };
    let generated = generate(GenerateOptions {
        languages: vec![language],
        source: library.into(),
        out_dir: folder.into(),
        config_override: Some(NAMES.into()),
        ..GenerateOptions::default()
    });
    if let Err(error) = generated {
        eprintln!("{library}: {error:#}");
        return ExitCode::FAILURE;
    }
    ExitCode::SUCCESS
}
