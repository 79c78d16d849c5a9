//! Readers of QR codes compared on frames made by script.
//!
//! ```text
//! gatehouse-vision [--seed N] [--frames N] [--only CLASS] [--part PART] [--readers NAMES] [--write FOLDER]
//! gatehouse-vision --mutated N [--seed N]
//! ```
//!
//! Prints tables. `codes`: for each class how many frames each reader read, and the milliseconds that it computed for
//! each. `empty`: the same for frames without a code, by their number of lines. `together`: what five frames of a scene
//! tell together. With `--mutated`: what the worst of so many broken pictures costs, and what large ones do.

mod background;
mod camera;
mod classes;
#[path = "../../../core/optics/src/picture/tests/kinds.rs"]
mod kinds;
mod mutated;
mod noise;
mod readers;
mod scene;
mod together;
mod view;

use crate::{
    readers::{READERS, Reader},
    scene::Frame,
};

/// Seconds that this thread has computed, whatever else the machine does.
fn computed() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

struct Options {
    seed: u64,
    frames: usize,
    only: Option<String>,
    part: Option<String>,
    readers: Vec<Reader>,
    write: Option<String>,
    mutated: Option<usize>,
}

impl Options {
    fn from_command_line() -> Self {
        let mut options = Self {
            seed: 1,
            frames: 24,
            only: None,
            part: None,
            readers: READERS.to_vec(),
            write: None,
            mutated: None,
        };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("a value");
            match argument.as_str() {
                "--seed" => options.seed = value().parse().expect("a number"),
                "--frames" => options.frames = value().parse().expect("a number"),
                "--only" => options.only = Some(value()),
                "--part" => options.part = Some(value()),
                "--readers" => {
                    let names = value();
                    options.readers.retain(|reader| names.split(',').any(|name| name == reader.name));
                }
                "--mutated" => options.mutated = Some(value().parse().expect("a number")),
                "--write" => options.write = Some(value()),
                other => panic!("{other} is no option"),
            }
        }
        options
    }

    fn has(&self, part: &str) -> bool {
        self.part.as_ref().is_none_or(|wanted| wanted == part)
    }
}

/// What a reader came to.
#[derive(Clone, Copy, Default)]
struct Tally {
    frames: usize,
    right: usize,
    wrong: usize,
    seconds: f64,
}

impl Tally {
    fn measure(&mut self, reader: &Reader, frame: &Frame) {
        let start = computed();
        let found = (reader.read)(frame);
        self.seconds += computed() - start;
        self.frames += 1;
        self.right += usize::from(frame.text.as_ref().is_some_and(|text| found.contains(text)));
        self.wrong += found.iter().filter(|found| Some(*found) != frame.text.as_ref()).count();
    }

    fn add(&mut self, other: Self) {
        self.frames += other.frames;
        self.right += other.right;
        self.wrong += other.wrong;
        self.seconds += other.seconds;
    }
}

fn line(name: &str, tallies: &[Tally]) {
    print!("{name:>14}");
    for tally in tallies {
        let each = tally.seconds * 1e3 / tally.frames.max(1) as f64;
        let wrong = if tally.wrong == 0 { String::new() } else { format!("!{}", tally.wrong) };
        print!(" {:>5}{wrong:<3} {each:>8.2}", tally.right);
    }
    println!();
}

fn with_codes(options: &Options) {
    print!("{:>14}", "reads, ms");
    options.readers.iter().for_each(|reader| print!(" {:>17}", reader.name));
    println!();
    let mut by_lines = vec![vec![Tally::default(); options.readers.len()]; classes::SIZES.len()];
    for (class, about) in classes::CLASSES.iter().enumerate() {
        if options.only.as_ref().is_some_and(|only| only != about.name) {
            continue;
        }
        let mut tallies = vec![Tally::default(); options.readers.len()];
        for number in 0..options.frames {
            let frame = classes::frame(options.seed, class, number);
            if let Some(folder) = &options.write {
                let header = format!("P5 {} {} 255\n", frame.width, frame.height);
                let file = [header.as_bytes(), &frame.luma].concat();
                std::fs::write(format!("{folder}/{}-{number}.pgm", about.name), file).expect("written");
            }
            for (at, reader) in options.readers.iter().enumerate() {
                let mut one = Tally::default();
                one.measure(reader, &frame);
                tallies[at].add(one);
                by_lines[number % classes::SIZES.len()][at].add(one);
            }
        }
        line(about.name, &tallies);
    }
    let mut all = vec![Tally::default(); options.readers.len()];
    for ((_, lines), tallies) in classes::SIZES.iter().zip(&by_lines) {
        line(&format!("{lines} lines"), tallies);
        all.iter_mut().zip(tallies).for_each(|(sum, part)| sum.add(*part));
    }
    line("all", &all);
}

fn without_codes(options: &Options) {
    println!("without a code:");
    for size in classes::SIZES {
        let mut tallies = vec![Tally::default(); options.readers.len()];
        for number in 0..options.frames {
            let frame = classes::empty(options.seed, size, number);
            for (tally, reader) in tallies.iter_mut().zip(&options.readers) {
                tally.measure(reader, &frame);
            }
        }
        line(&format!("{} lines", size.1), &tallies);
    }
}

fn main() {
    let options = Options::from_command_line();
    if let Some(count) = options.mutated {
        return mutated::run(options.seed, count);
    }
    if options.has("codes") {
        with_codes(&options);
    }
    if options.has("empty") {
        without_codes(&options);
    }
    if options.has("together") {
        together::table(&options);
    }
}
