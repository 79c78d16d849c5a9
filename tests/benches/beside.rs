//! A station of this machine that scans what another program names, so that both are measured in turn, on the same frames,
//! against the same server: `tests/browser/figures.mjs` compares the app in a browser with it.
//!
//! Arguments: a folder, an enrolment code, a guard's address, a site's number. Then a line each way: the one-time code, and
//! from then on files of a frame (1280 x 720 bytes of luma); for each frame there comes JSON of how many milliseconds it took
//! until the verdict was on the disk, and which it was. Each is granted, which is not measured.

use std::{
    fs,
    io::{self, BufRead, Write},
    path::Path,
    sync::Arc,
    time::Instant,
};

use gatehouse_core::{
    device::{FileSecrets, GuardStation, SystemTime},
    qr::Frame,
};
use gatehouse_tests::phone::{PATIENCE_MS, site};
use serde_json::json;

const WIDTH: u32 = 1280;
const HEIGHT: u32 = 720;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [folder, enrolment, email, number] = arguments.as_slice() else {
        // As one of all benches it has nobody to be compared with.
        println!("beside: run by tests/browser/figures.mjs");
        return;
    };
    let mut lines = io::stdin().lock().lines().map(|line| line.expect("a line"));
    let secrets = FileSecrets::open(Path::new(folder).join("secrets")).expect("secrets");
    let station =
        GuardStation::open(folder.clone(), Arc::new(secrets), Arc::new(SystemTime)).expect("it opens");
    station.enrol(enrolment.clone(), None, PATIENCE_MS).expect("enrolled");
    station.sync_once(PATIENCE_MS).expect("a first pack");
    station.request_code(email.clone(), PATIENCE_MS).expect("a code is sent");
    say("asked");
    let code = lines.next().expect("the one-time code");
    station.sign_in(email.clone(), code, PATIENCE_MS).expect("signed in");
    station.start_shift(site(number.parse().expect("a number")), None, PATIENCE_MS).expect("a shift");
    say("at work");
    for file in lines {
        let pixels = fs::read(file).expect("a frame");
        let frame = Frame::new(&pixels, WIDTH, HEIGHT, WIDTH).expect("of this size");
        let begun = Instant::now();
        let scan = station.see(&frame, None).expect("a scan").scan.expect("a code");
        let took = begun.elapsed();
        let verdict = scan.verdict;
        say(&json!({"ms": took.as_secs_f64() * 1e3, "verdict": verdict, "online": scan.online}).to_string());
        station.decide(&scan, true, None, None, None).expect("granted");
    }
}

fn say(line: &str) {
    println!("{line}");
    io::stdout().flush().expect("somebody listens");
}
