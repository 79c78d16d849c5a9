//! What five frames of a scene tell together, beside what each of them tells alone.

use gatehouse_optics::qr::{Effort, LiveReader};

use crate::classes::{self, CLASSES};
use crate::readers::{frame_of, ours};
use crate::{Options, computed};

/// Frames of a scene that are read together.
const TOGETHER: usize = 5;

/// Scenes that were read.
#[derive(Clone, Copy, Default)]
struct Scenes {
    count: usize,
    /// From each frame alone, by its place among the five.
    alone: [usize; TOGETHER],
    /// From any of the frames alone.
    any: usize,
    /// From the five by the reader for running cameras, which looks at few of them thoroughly.
    together: usize,
    wrong: usize,
    /// Seconds that the last needed.
    seconds: f64,
}

impl Scenes {
    fn best(&self) -> usize {
        self.alone.into_iter().max().unwrap_or(0)
    }

    fn add(&mut self, other: &Self) {
        self.count += other.count;
        self.alone.iter_mut().zip(other.alone).for_each(|(sum, part)| *sum += part);
        self.any += other.any;
        self.together += other.together;
        self.wrong += other.wrong;
        self.seconds += other.seconds;
    }

    fn tell(&self, name: &str) {
        let (best, each) = (self.best(), self.seconds * 1e3 / (self.count * TOGETHER).max(1) as f64);
        let wrong = if self.wrong == 0 { String::new() } else { format!("!{}", self.wrong) };
        println!(
            "{name:>14} {:>8} {best:>8} {:>8} {:>8}{wrong} {each:>8.2}",
            self.count, self.any, self.together
        );
    }
}

/// Scenes harder than the frames of the other tables: of those a good reader reads most at once.
pub fn table(options: &Options) {
    println!(
        "{TOGETHER} frames of a scene: thorough, the best single one; any of them; together; ms a frame"
    );
    let mut all = Scenes::default();
    for (class, about) in CLASSES.iter().enumerate() {
        if options.only.as_ref().is_some_and(|only| only != about.name) {
            continue;
        }
        let mut scenes = Scenes::default();
        for number in 0..options.frames.div_ceil(3) {
            let frames = classes::sequence(options.seed, class, number, TOGETHER);
            let mut reader = LiveReader::default();
            let (mut any, mut together) = (false, false);
            for (frame, alone) in frames.iter().zip(&mut scenes.alone) {
                let is_right = |text: &String| Some(text) == frame.text.as_ref();
                let read = ours(frame, Effort::Thorough).iter().any(is_right);
                *alone += usize::from(read);
                any |= read;
                let start = computed();
                let reading = reader.read(&frame_of(frame));
                scenes.seconds += computed() - start;
                together |= reading.codes.iter().any(|code| is_right(&code.text));
                scenes.wrong += reading.codes.iter().filter(|code| !is_right(&code.text)).count();
            }
            scenes.count += 1;
            scenes.any += usize::from(any);
            scenes.together += usize::from(together);
        }
        scenes.tell(about.name);
        all.add(&scenes);
    }
    all.tell("all");
}
