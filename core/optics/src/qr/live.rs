//! Reading codes from a running camera, whose frames help each other.
//!
//! Where a code was last seen is looked at first. Each fifth frame is looked at as thoroughly as a picture, each second
//! one while there seem to be parts of a code, and that part of any frame in which there is a code that a fast look did
//! not read. Frames in which nothing was read are laid over each other at each thorough look. And what they tell of a
//! code that none of them gives whole is put together, module by module and block by block, until it can be read.

use super::read::{Code, Effort, Frame, Point, Reading, Sight, Sights, Stack, Why};

/// Each frame of this number is looked at thoroughly, whatever was seen before.
const THOROUGH_EACH: u64 = 5;

/// So many frames after it was last seen, a code of others is looked at anew: two seconds of a camera.
const FORGET_AFTER: u64 = 60;

/// Most codes of others that are remembered.
const MOST_SETTLED: usize = 16;

/// Frames without a sight of a code after which what they told of it is dropped.
const JOIN_WITHIN: u64 = 15;

/// Most codes whose sights are put together at a time: one that was taken for another size is another.
const MOST_JOINED: usize = 5;

/// What frames have told so far. One for each camera that runs.
#[derive(Debug, Default)]
pub struct LiveReader {
    frames: u64,
    /// Where a code of ours was last read, for as long as it is read there.
    seen: Option<[Point; 4]>,
    /// Codes of others beside which a thorough look found none of ours, and the last frame that showed them.
    settled: Vec<(String, u64)>,
    joined: Vec<Joined>,
    /// The last frames, if none was read.
    stack: Stack,
    /// The last frame showed what may be parts of a code, and none that could be read.
    hopeful: bool,
}

/// What frames tell of a code that none gives whole.
#[derive(Debug)]
struct Joined {
    sights: Sights,
    last: u64,
}

impl LiveReader {
    /// The codes in the next frame, or why there are none. Codes of others are told only where a thorough look at a
    /// frame that shows them found none of ours.
    pub fn read(&mut self, frame: &Frame<'_>) -> Reading {
        self.frames += 1;
        let now = self.frames;
        self.settled.retain(|(_, seen)| now - seen <= FORGET_AFTER);
        self.joined.retain(|joined| now - joined.last <= JOIN_WITHIN);
        if let Some(outline) = self.seen.take()
            && let Some((reading, _)) = frame.read_around(&outline, Effort::Fast)
            && reading.codes.iter().any(Code::is_pass)
        {
            return self.shown(reading);
        }
        let due = now.is_multiple_of(THOROUGH_EACH) || self.hopeful && !now.is_multiple_of(2);
        let effort = if due { Effort::Thorough } else { Effort::Fast };
        let (mut reading, mut sights) = frame.read(effort);
        self.hopeful = !matches!(reading.why, None | Some(Why::NothingThere | Why::TooDark));
        if effort == Effort::Fast
            && !reading.codes.iter().any(Code::is_pass)
            && let Some(sight) = sights.last()
            && let Some((closer, more)) = frame.read_around(sight.corners(), Effort::Thorough)
        {
            sights.extend(more);
            add(&mut reading, closer.codes);
        }
        if reading.codes.is_empty() {
            if effort == Effort::Thorough {
                let outline = sights.last().map(|sight| *sight.corners());
                for (laid, more) in frame.read_over(&self.stack, outline.as_ref()) {
                    sights.extend(more);
                    add(&mut reading, laid.codes);
                }
            }
            frame.keep(&mut self.stack);
        } else {
            self.stack.clear();
        }
        if !reading.codes.iter().any(Code::is_pass) {
            let codes = sights.into_iter().filter_map(|sight| self.join(sight)).collect();
            add(&mut reading, codes);
        }
        let known =
            |code: &Code, settled: &[(String, u64)]| settled.iter().any(|(text, _)| *text == code.text);
        let ours = reading.codes.iter().any(Code::is_pass);
        if !ours && effort == Effort::Fast && reading.codes.iter().any(|code| !known(code, &self.settled)) {
            let (thorough, _) = frame.read(Effort::Thorough);
            add(&mut reading, thorough.codes);
        }
        self.shown(reading)
    }

    /// Remembers where our code is, and which codes are not ours.
    fn shown(&mut self, reading: Reading) -> Reading {
        if let Some(pass) = reading.codes.iter().find(|code| code.is_pass()) {
            self.seen = Some(pass.corners);
            return reading;
        }
        for code in &reading.codes {
            match self.settled.iter_mut().find(|(text, _)| *text == code.text) {
                Some((_, seen)) => *seen = self.frames,
                None => self.settled.push((code.text.clone(), self.frames)),
            }
        }
        let too_many = self.settled.len().saturating_sub(MOST_SETTLED);
        self.settled.drain(..too_many);
        reading
    }

    /// Adds a sight to those of the same code, and reads them together.
    fn join(&mut self, sight: Sight) -> Option<Code> {
        let now = self.frames;
        if let Some(joined) = self.joined.iter_mut().find(|joined| joined.sights.is_of_same_code(&sight)) {
            joined.last = now;
            let code = joined.sights.add(sight)?;
            self.joined.clear();
            return Some(code);
        }
        self.joined.push(Joined { sights: Sights::of(sight), last: now });
        if self.joined.len() > MOST_JOINED
            // Of those that least is known of, the oldest; not the one that just came.
            && let Some((least, _)) =
                self.joined.iter().take(MOST_JOINED).enumerate().min_by_key(|(_, joined)| joined.sights.count())
        {
            self.joined.remove(least);
        }
        None
    }
}

/// Adds codes that are not among those of a reading.
fn add(reading: &mut Reading, codes: Vec<Code>) {
    for code in codes {
        if !reading.codes.iter().any(|known| known.text == code.text) {
            reading.codes.push(code);
        }
    }
    if !reading.codes.is_empty() {
        reading.why = None;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::picture::Luma;
    use crate::qr::first_pass;
    use crate::qr::tests::{PASS, changed, code, lay, paper};

    const POSTER: &str = "HTTPS://EXAMPLE.ORG/POSTER";

    fn held_up(text: &str, change: impl FnMut(u8) -> u8, shade: u8) -> Luma {
        let mut frame = paper(640, 480, shade);
        lay(&mut frame, &changed(&code(text, 4), change), 300, 200);
        frame
    }

    fn seen(reader: &mut LiveReader, picture: &Luma) -> Vec<String> {
        let frame = Frame::new(&picture.pixels, picture.width, picture.height, picture.width).unwrap();
        reader.read(&frame).codes.into_iter().map(|code| code.text).collect()
    }

    #[test]
    fn a_light_code_on_a_dark_screen_is_read_from_frames() {
        let frame = held_up(PASS, |pixel| 255 - pixel, 20);
        let mut reader = LiveReader::default();
        assert!((1..=15).any(|_| seen(&mut reader, &frame) == [PASS]));
        assert!((0..20).all(|_| seen(&mut reader, &frame) == [PASS]));
        let usual = held_up(PASS, |pixel| pixel, 200);
        assert!((0..20).all(|_| seen(&mut reader, &usual) == [PASS]));
    }

    #[test]
    fn a_posters_code_is_told_only_where_none_of_ours_is_beside_it() {
        let mut frame = held_up(PASS, |pixel| 255 - pixel, 200);
        lay(&mut frame, &code(POSTER, 4), 20, 20);
        let mut reader = LiveReader::default();
        assert_eq!(first_pass(&seen(&mut reader, &frame)), Some(PASS));

        let mut poster = paper(640, 480, 200);
        lay(&mut poster, &code(POSTER, 4), 20, 20);
        let mut reader = LiveReader::default();
        assert!((0..30).all(|_| seen(&mut reader, &poster) == [POSTER]));
        // What is held up beside it later is read all the same.
        assert!((0..15).any(|_| first_pass(&seen(&mut reader, &frame)) == Some(PASS)));
    }

    /// Whether frames, none of which is read alone, are read together.
    fn only_together(frames: &[Luma], text: &str) -> bool {
        let mut reader = LiveReader::default();
        let alone = |frame: &Luma| !crate::qr::read_luma(frame, Effort::Thorough).codes.is_empty();
        // All are shown to it: what it tells of each must be right.
        let together: Vec<Vec<String>> = frames.iter().map(|frame| seen(&mut reader, frame)).collect();
        assert!(together.iter().flatten().all(|read| read == text));
        together.iter().any(|read| !read.is_empty()) && !frames.iter().any(alone)
    }

    #[test]
    fn a_code_that_no_single_frame_gives_is_read_from_five() {
        let mut noise = crate::picture::tests::Noise(31);
        // Ever more grain, another in each frame: at some of it no frame is enough, and five are.
        let mut with_grain = |strength: u64| -> Vec<Luma> {
            let mut grain = |pixel: u8| {
                let sum: i32 = (0..4).map(|_| noise.below(2 * strength + 1) as i32 - strength as i32).sum();
                (i32::from(pixel) / 3 + 85 + sum).clamp(0, 255) as u8
            };
            (0..5).map(|_| changed(&held_up(PASS, |pixel| pixel, 200), &mut grain)).collect()
        };
        let strengths = [30, 38, 46, 54, 62, 70, 80];
        assert!(strengths.into_iter().any(|strength| only_together(&with_grain(strength), PASS)));
    }

    #[test]
    fn parts_of_a_code_that_different_frames_show_are_put_together() {
        let text = format!("GH1:{}", "PARTS OF A LARGER CODE/".repeat(14));
        let whole = code(&text, 5);
        // An arm before it, across and upright, in every frame elsewhere; wider and wider.
        let with_arm = |percent: u32| -> Vec<Luma> {
            let part = |percent: u32| whole.width * percent / 100;
            let frame = |at: u32| {
                let mut frame = paper(640, 480, 200);
                lay(&mut frame, &whole, 100, 20);
                let from = part(31 + at / 2 * 8);
                if at.is_multiple_of(2) {
                    lay(&mut frame, &paper(part(100), part(percent), 120), 100, 20 + from);
                } else {
                    lay(&mut frame, &paper(part(percent), part(100), 120), 100 + from, 20);
                }
                frame
            };
            (0..5).map(frame).collect()
        };
        assert!([18, 22, 26, 30, 34].into_iter().any(|percent| only_together(&with_arm(percent), &text)));
    }

    #[test]
    fn frames_of_any_size_may_follow_each_other() {
        let mut reader = LiveReader::default();
        assert_eq!(seen(&mut reader, &held_up(PASS, |pixel| pixel, 200)), [PASS]);
        for (width, height) in [(640, 480), (20, 20), (1, 1), (480, 640), (30, 2000)] {
            assert!(seen(&mut reader, &paper(width, height, 90)).is_empty());
        }
    }
}
