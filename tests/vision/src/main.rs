//! Readers of QR codes compared on frames made by script.
//!
//! ```text
//! gatehouse-vision [--seed N] [--frames N] [--only CLASS] [--ours] [--write FOLDER]
//! ```
//!
//! Prints a table: for each class how many frames each reader read, and the milliseconds that it computed for each. Then
//! the same for frames without a code, by their number of lines, and what five frames of a scene tell together.

mod classes;
mod background;
mod camera;
mod noise;
mod readers;
mod scene;
mod view;

use gatehouse_optics::qr::{Effort, LiveReader, read_luma};

use crate::{
    readers::{READERS, Reader, frame_of, picture_of},
    scene::Frame,
};

/// Frames of a scene that are read together.
const TOGETHER: usize = 5;

/// Seconds that this thread has computed, whatever else the machine does.
fn computed() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ThreadCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

struct Options {
    seed: u64,
    frames: usize,
    only: Option<String>,
    readers: Vec<Reader>,
    write: Option<String>,
}

impl Options {
    fn from_command_line() -> Self {
        let mut options =
            Self { seed: 1, frames: 24, only: None, readers: READERS.to_vec(), write: None };
        let mut arguments = std::env::args().skip(1);
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().expect("a value");
            match argument.as_str() {
                "--seed" => options.seed = value().parse().expect("a number"),
                "--frames" => options.frames = value().parse().expect("a number"),
                "--only" => options.only = Some(value()),
                "--ours" => options.readers.truncate(2),
                "--write" => options.write = Some(value()),
                other => panic!("{other} is no option"),
            }
        }
        options
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

/// Scenes of which five frames are read one by one and together.
fn together(options: &Options) {
    println!("{TOGETHER} frames of a scene, read by the best single one and together:");
    let (mut singles, mut joined, mut scenes) = (0, 0, 0);
    for (class, about) in classes::CLASSES.iter().enumerate() {
        if options.only.as_ref().is_some_and(|only| only != about.name) {
            continue;
        }
        let (mut best, mut live) = ([0usize; TOGETHER], 0);
        let count = options.frames.div_ceil(6);
        for number in 0..count {
            let frames = classes::sequence(options.seed, class, number, TOGETHER);
            let mut reader = LiveReader::default();
            let mut read = false;
            for (at, frame) in frames.iter().enumerate() {
                let is_right = |text: &String| Some(text) == frame.text.as_ref();
                let alone = read_luma(&picture_of(frame), Effort::Thorough);
                best[at] += usize::from(alone.codes.iter().any(|code| is_right(&code.text)));
                read |= reader.read(&frame_of(frame)).codes.iter().any(|code| is_right(&code.text));
            }
            live += usize::from(read);
        }
        let best = best.into_iter().max().unwrap_or(0);
        println!("{:>14} {best:>5} {live:>5} of {count}", about.name);
        (singles, joined, scenes) = (singles + best, joined + live, scenes + count);
    }
    println!("{:>14} {singles:>5} {joined:>5} of {scenes}", "all");
}

fn main() {
    let options = Options::from_command_line();
    with_codes(&options);
    if options.only.is_none() {
        without_codes(&options);
    }
    together(&options);
}
