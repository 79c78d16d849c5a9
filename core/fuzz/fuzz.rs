//! The binary of every target: its own name says which function it runs.

#![no_main]

#[path = "targets/mod.rs"]
mod targets;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    let wanted = |target: &&targets::Target| target.0 == env!("CARGO_BIN_NAME");
    let (_, target) = targets::TARGETS.iter().find(wanted).expect("a target of this name");
    target(data);
});
