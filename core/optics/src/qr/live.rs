//! Reading codes from a running camera, whose frames help each other.
//!
//! Where a code was last seen is looked at first. Each fifth frame is looked at as thoroughly as a picture. And what
//! several frames tell of a code that none of them gives whole is added up, module by module, until it can be read.

use super::read::{Code, Effort, Frame, Partial, Point, Reading, join};

/// Each frame of this number is looked at thoroughly.
const THOROUGH_EACH: u64 = 5;

/// So many frames after it was last seen, a code of others is looked at anew: two seconds of a camera.
const FORGET_AFTER: u64 = 60;

/// Most codes of others that are remembered.
const MOST_SETTLED: usize = 16;

/// Frames without a sight of a code after which what they told of it is dropped.
const JOIN_WITHIN: u64 = 15;

/// Most codes whose sights are added up at a time.
const MOST_JOINED: usize = 3;

/// What frames have told so far. One for each camera that runs.
#[derive(Debug, Default)]
pub struct LiveReader {
    frames: u64,
    /// Where a code of ours was last read, for as long as it is read there.
    seen: Option<[Point; 4]>,
    /// Codes of others beside which a thorough look found none of ours, and the last frame that showed them.
    settled: Vec<(String, u64)>,
    joined: Vec<Joined>,
}

/// What frames tell of a code that none gives whole.
#[derive(Debug)]
struct Joined {
    sights: Partial,
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
            && let Some(reading) = frame.read_near(&outline)
        {
            return self.shown(reading);
        }
        let effort = if now.is_multiple_of(THOROUGH_EACH) { Effort::Thorough } else { Effort::Fast };
        let (mut reading, partials) = frame.read(effort);
        if !reading.codes.iter().any(Code::is_pass) {
            for partial in partials {
                if let Some(code) = self.join(partial)
                    && !reading.codes.iter().any(|known| known.text == code.text)
                {
                    reading.codes.push(code);
                    reading.why = None;
                }
            }
        }
        let known =
            |code: &Code, settled: &[(String, u64)]| settled.iter().any(|(text, _)| *text == code.text);
        let ours = reading.codes.iter().any(Code::is_pass);
        if !ours && effort == Effort::Fast && reading.codes.iter().any(|code| !known(code, &self.settled)) {
            let (thorough, _) = frame.read(Effort::Thorough);
            if !thorough.codes.is_empty() {
                reading = thorough;
            }
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
    fn join(&mut self, sight: Partial) -> Option<Code> {
        let now = self.frames;
        match self.joined.iter_mut().find(|joined| joined.sights.is_of_same_code(&sight)) {
            Some(joined) => {
                joined.last = now;
                let code = join(&mut joined.sights, &sight)?;
                let text = &code.text;
                debug_assert!(!text.is_empty());
                self.joined.clear();
                Some(code)
            }
            None => {
                self.joined.push(Joined { sights: sight, last: now });
                let too_many = self.joined.len().saturating_sub(MOST_JOINED);
                self.joined.drain(..too_many);
                None
            }
        }
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

    #[test]
    fn frames_of_any_size_may_follow_each_other() {
        let mut reader = LiveReader::default();
        assert_eq!(seen(&mut reader, &held_up(PASS, |pixel| pixel, 200)), [PASS]);
        for (width, height) in [(640, 480), (20, 20), (1, 1), (480, 640), (30, 2000)] {
            assert!(seen(&mut reader, &paper(width, height, 90)).is_empty());
        }
    }
}
