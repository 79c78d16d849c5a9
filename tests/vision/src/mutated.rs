//! What the worst of many broken pictures costs, and what large ones do: time of decoding and of reading, and memory.
//!
//! Nothing here catches a panic: one of them ends the program.

use std::fs;

use gatehouse_optics::{
    photo,
    picture::shown,
    qr::{Effort, read_shown},
};

use crate::classes;
use crate::kinds::{Picture, animated, kinds, mutate, others};
use crate::noise::Noise;

/// What must hold.
const MOST_READING_MS: f64 = 300.0;
const MOST_DECODING_MS: f64 = 2_000.0;
const MOST_MEGABYTES: f64 = 250.0;

/// The largest picture of a kind, in megapixels.
const LARGE: [(u16, u16); 1] = [(7_304, 5_478)];

/// The most that was seen of something, and with what.
#[derive(Default)]
struct Worst {
    most: f64,
    with: String,
}

impl Worst {
    fn note(&mut self, value: f64, with: impl FnOnce() -> String) {
        if value > self.most {
            *self = Self { most: value, with: with() };
        }
    }

    fn tell(&self, what: &str, bound: f64) {
        let verdict = if self.most <= bound { "within" } else { "ABOVE" };
        println!("{what:>14} {:>8.1} ({}), {verdict} {bound}", self.most, self.with);
    }
}

/// Seconds that this process has computed: a decoder may have threads of its own.
fn computed() -> f64 {
    let time = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime);
    time.tv_sec as f64 + time.tv_nsec as f64 * 1e-9
}

/// Megabytes that this process held at most since the last call of [`forget_peak`].
fn peak() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    kilobytes.unwrap_or(f64::NAN) / 1000.0 * 1.024
}

fn forget_peak() {
    // Where that cannot be done the figure is that of the whole run.
    let _ = fs::write("/proc/self/clear_refs", "5");
}

#[derive(Default)]
struct Costs {
    decoding: Worst,
    reading: Worst,
    photo: Worst,
    memory: Worst,
    decoded: usize,
    read: usize,
}

impl Costs {
    fn take(&mut self, file: &[u8], before: f64, name: &dyn Fn() -> String) {
        forget_peak();
        let start = computed();
        let picture = shown(file);
        self.decoding.note((computed() - start) * 1e3, name);
        if let Ok(picture) = picture {
            self.decoded += 1;
            let start = computed();
            let reading = read_shown(&picture, Effort::Thorough);
            self.reading.note((computed() - start) * 1e3, name);
            self.read += usize::from(!reading.codes.is_empty());
        }
        self.memory.note(peak() - before, name);
        forget_peak();
        let start = computed();
        let _ = photo::prepare(file);
        self.photo.note((computed() - start) * 1e3, name);
        self.memory.note(peak() - before, || format!("{}, as a photo", name()));
    }

    fn tell(&self) {
        println!("{} decoded, {} read", self.decoded, self.read);
        self.decoding.tell("decoding, ms", MOST_DECODING_MS);
        self.reading.tell("reading, ms", MOST_READING_MS);
        self.photo.tell("photo, ms", MOST_DECODING_MS);
        self.memory.tell("memory, MB", MOST_MEGABYTES);
    }
}

/// That many broken pictures, and whole ones of forty megapixels.
pub fn run(seed: u64, count: usize) {
    broken(seed, count);
    for (width, height) in LARGE {
        large(seed, width, height);
    }
}

fn broken(seed: u64, count: usize) {
    let mut files: Vec<(String, Vec<u8>)> = Vec::new();
    for (at, (name, write)) in kinds().into_iter().enumerate() {
        let frame = classes::frame(seed, at % classes::CLASSES.len(), 3 * at);
        let (width, height) = (frame.width as u16, frame.height as u16);
        files.push((name, write(&Picture { pixels: &frame.luma, width, height })));
    }
    files.extend(others().into_iter().map(|(name, file)| (name.to_owned(), file.to_vec())));
    let lossy = others().into_iter().filter(|(name, _)| name.starts_with("WebP"));
    files.extend(lossy.map(|(name, file)| (format!("{name}, animated"), animated(file, 90, 90))));
    let mut whole = Costs::default();
    let before = peak();
    files.iter().for_each(|(name, file)| whole.take(file, before, &|| name.clone()));
    println!("{} kinds, whole: ", files.len());
    whole.tell();
    let mut costs = Costs::default();
    for number in 0..count {
        let mut noise = Noise::new(&[seed, 4_000, number as u64]);
        let (name, original) = &files[number % files.len()];
        let mut file = original.clone();
        let (_, other) = &files[noise.below(files.len())];
        mutate(&mut file, other, &mut |end| noise.below(end));
        if std::env::var_os("GATEHOUSE_TRACE").is_some() {
            eprintln!("{number} {name}");
        }
        costs.take(&file, before, &|| format!("{number}, {name}"));
    }
    println!("{count} broken ones, seed {seed}:");
    costs.tell();
}

fn large(seed: u64, width: u16, height: u16) {
    let megapixels = f64::from(width) * f64::from(height) / 1e6;
    println!("whole ones of {megapixels:.1} megapixels:");
    // One frame again and again, so that there is enough in it to be coded.
    let frame = classes::frame(seed, 4, 2);
    let mut pixels = Vec::with_capacity(usize::from(width) * usize::from(height));
    for y in 0..usize::from(height) {
        let row = &frame.luma[y % frame.height * frame.width..][..frame.width];
        pixels.extend(row.iter().cycle().take(usize::from(width)));
    }
    let picture = Picture { pixels: &pixels, width, height };
    for (name, write) in kinds() {
        let file = write(&picture);
        let before = peak_now();
        let mut costs = Costs::default();
        costs.take(&file, before, &|| String::new());
        let refused = shown(&file).err().map(|error| format!(", refused: {error}")).unwrap_or_default();
        println!(
            "{name:>32}: decoding {:>6.0} ms, reading {:>4.0} ms, photo {:>6.0} ms, {:>4.0} MB{refused}",
            costs.decoding.most, costs.reading.most, costs.photo.most, costs.memory.most
        );
    }
}

fn peak_now() -> f64 {
    forget_peak();
    peak()
}
