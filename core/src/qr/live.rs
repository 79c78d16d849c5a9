//! Reading QR codes from the frames of a running camera.
//!
//! A frame gets a fraction of the time that a picture gets, so frames share the work: each is looked at in the way that
//! served last (at first the most promising one), and in one of the others, which take turns. A code that only one of
//! the ways can read, such as a light one on a dark screen, is thus read within a second of being held up.

use super::decode::{Pass, look, passes};
use super::first_pass;
use crate::picture::Luma;

/// So many frames after it was last seen, a code of others is looked at anew: two seconds of a camera.
const FORGET_AFTER: u64 = 60;

/// Most codes of others that are remembered.
const MOST_SETTLED: usize = 16;

/// What frames have told so far. One for each camera that runs.
#[derive(Debug, Default)]
pub struct LiveReader {
    frames: u64,
    turn: usize,
    /// The way that last found a code of ours.
    served: Option<Pass>,
    /// Codes of others beside which a thorough look found none of ours, and the last frame that showed them.
    settled: Vec<(String, u64)>,
}

impl LiveReader {
    /// The codes in the next frame, without duplicates. Codes of others are told only where a thorough look at a frame
    /// that shows them found none of ours.
    pub fn read(&mut self, frame: &Luma) -> Vec<String> {
        self.frames += 1;
        let now = self.frames;
        self.settled.retain(|(_, seen)| now - seen <= FORGET_AFTER);
        let all = passes(frame.width, frame.height);
        let sight = look(frame, self.next_two(&all));
        if sight.by.is_some() {
            self.served = sight.by;
            return sight.codes;
        }
        let (known, new): (Vec<_>, Vec<_>) =
            sight.codes.iter().partition(|&code| self.settled.iter().any(|(settled, _)| settled == code));
        for (code, seen) in &mut self.settled {
            if known.contains(&&*code) {
                *seen = now;
            }
        }
        if new.is_empty() {
            return sight.codes;
        }
        let sight = look(frame, all);
        match sight.by {
            Some(_) => self.served = sight.by,
            None => self.settle(&sight.codes),
        }
        sight.codes
    }

    /// The way that served last, and the next of the others.
    fn next_two(&mut self, all: &[Pass]) -> Vec<Pass> {
        let first = self.served.filter(|served| all.contains(served)).or(all.first().copied());
        let others: Vec<Pass> = all.iter().copied().filter(|&pass| Some(pass) != first).collect();
        let second = others.get(self.turn % others.len().max(1)).copied();
        self.turn = self.turn.wrapping_add(1);
        first.into_iter().chain(second).collect()
    }

    fn settle(&mut self, codes: &[String]) {
        debug_assert!(first_pass(codes).is_none());
        for code in codes {
            if !self.settled.iter().any(|(settled, _)| settled == code) {
                self.settled.push((code.clone(), self.frames));
            }
        }
        let too_many = self.settled.len().saturating_sub(MOST_SETTLED);
        self.settled.drain(..too_many);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::decode::tests::{PASS, changed, code, lay, paper};

    fn held_up(text: &str, change: impl FnMut(u8) -> u8, shade: u8) -> Luma {
        let mut frame = paper(640, 480, shade);
        lay(&mut frame, &changed(&code(text, 4), change), 300, 200);
        frame
    }

    #[test]
    fn a_light_code_on_a_dark_screen_is_read_from_frames() {
        let frame = held_up(PASS, |pixel| 255 - pixel, 20);
        let mut reader = LiveReader::default();
        let first = (1..=15).find(|_| !reader.read(&frame).is_empty());
        assert!(first.is_some());
        // From then on each frame shows it.
        assert!((0..20).all(|_| reader.read(&frame) == [PASS]));
        // And the usual kind is not forgotten over it.
        let usual = held_up(PASS, |pixel| pixel, 200);
        assert!((0..15).any(|_| reader.read(&usual) == [PASS]));
        assert!((0..20).all(|_| reader.read(&usual) == [PASS]));
    }

    #[test]
    fn a_posters_code_is_told_only_where_none_of_ours_is_beside_it() {
        let mut frame = held_up(PASS, |pixel| 255 - pixel, 200);
        lay(&mut frame, &code("HTTPS://EXAMPLE.ORG/POSTER", 4), 20, 20);
        let mut reader = LiveReader::default();
        assert_eq!(first_pass(&reader.read(&frame)), Some(PASS));

        let mut poster = paper(640, 480, 200);
        lay(&mut poster, &code("HTTPS://EXAMPLE.ORG/POSTER", 4), 20, 20);
        let mut reader = LiveReader::default();
        assert!((0..90).all(|_| reader.read(&poster) == ["HTTPS://EXAMPLE.ORG/POSTER"]));
        // What is held up beside it later is read all the same.
        assert!((0..15).any(|_| first_pass(&reader.read(&frame)) == Some(PASS)));
    }

    #[test]
    fn frames_of_any_size_may_follow_each_other() {
        let mut reader = LiveReader::default();
        for (width, height) in [(640, 480), (20, 20), (1, 1), (480, 640), (30, 2000)] {
            assert!(reader.read(&paper(width, height, 90)).is_empty());
        }
        assert!(reader.read(&Luma { width: 50, height: 50, pixels: vec![0; 80] }).is_empty());
    }
}
