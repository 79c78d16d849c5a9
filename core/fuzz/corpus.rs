//! Writes the examples to `corpus/TARGET`, for `cargo fuzz` to begin with.

#[path = "targets/mod.rs"]
mod targets;

use std::{fs, path::Path};

fn main() -> std::io::Result<()> {
    for (name, _) in targets::TARGETS {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus").join(name);
        fs::create_dir_all(&folder)?;
        for (number, example) in targets::examples(name).iter().enumerate() {
            fs::write(folder.join(format!("example-{number}")), example)?;
        }
    }
    Ok(())
}
