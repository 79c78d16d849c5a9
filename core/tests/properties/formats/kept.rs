//! Used by these tests and by those within the crate, which know what a phone keeps.

use std::{fs, path::Path};

/// Compares with the file in `core/tests/formats`, or writes it.
pub fn kept(file: &str, now: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(file);
    if std::env::var_os("GATEHOUSE_BLESS").is_some() {
        fs::write(&path, now).expect("written");
        return;
    }
    const HELP: &str = "A format changed. Think of the phones and journals that have the old one, change FORMATS.md, \
        and only then write the examples anew: \
        GATEHOUSE_BLESS=1 cargo test --workspace --all-features --lib --test properties formats";
    let before = fs::read_to_string(&path).unwrap_or_default();
    let mut lines = before.lines().zip(now.lines()).zip(1..);
    let differs = lines.find(|((before, now), _)| before != now);
    if let Some(((before, now), line)) = differs {
        panic!("{file}, line {line}, is no longer\n  {before}\nbut\n  {now}\n{HELP}");
    }
    assert_eq!(before.lines().count(), now.lines().count(), "{file} has another number of lines. {HELP}");
}
