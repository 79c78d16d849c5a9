//! Sights of codes that were found and not read, and what several of them tell together.

use super::Code;
use super::codewords;
use super::content;
use super::header::{Format, formats};
use super::modules::Soft;
use super::patterns::Patterns;
use super::plane::Point;
use super::version::Version;

/// A code that was found and not read: what it looked like.
#[derive(Debug, Clone)]
pub(in crate::qr) struct Sight {
    pub(super) soft: Soft,
    pub(super) version: Version,
    pub(super) corners: [Point; 4],
}

impl Sight {
    pub(in crate::qr) fn corners(&self) -> &[Point; 4] {
        &self.corners
    }
}

/// Sights of one code are at least so much alike, from -1 to 1. Of different ones a hundredth of pairs are so much.
const LEAST_LIKENESS: f32 = 0.15;

/// Most sights that are kept of a code; the oldest makes room.
const MOST_SIGHTS: usize = 12;

/// Sights that seem to be of one code.
#[derive(Debug)]
pub(in crate::qr) struct Sights {
    version: Version,
    corners: [Point; 4],
    patterns: Patterns,
    all: Vec<Soft>,
    joined: Soft,
    /// For a format or two that the code may have, the data of each block that could be read so far: what one frame
    /// shows of a code, another need not.
    blocks: Vec<(Format, Vec<Option<Vec<u8>>>)>,
}

impl Sights {
    /// Begins with a first one.
    pub(in crate::qr) fn of(sight: Sight) -> Self {
        let Sight { soft, version, corners } = sight;
        let patterns = Patterns::of(version);
        Self { version, corners, patterns, all: vec![soft.clone()], joined: soft, blocks: Vec::new() }
    }

    /// How many there are.
    pub(in crate::qr) fn count(&self) -> usize {
        self.all.len()
    }

    /// Whether another sight seems to be of the same code, not far from where it was last.
    pub(in crate::qr) fn is_of_same_code(&self, other: &Sight) -> bool {
        let middle =
            |corners: &[Point; 4]| corners.iter().fold(Point::default(), |sum, &it| sum.plus(it)).times(0.25);
        let [a, _, c, _] = self.corners;
        let near = middle(&self.corners).distance(middle(&other.corners)) < 0.7 * a.distance(c);
        let same = self.version == other.version && near;
        same && self.joined.likeness(&other.soft, &self.patterns) > LEAST_LIKENESS
    }

    /// Adds another sight of the same code, and reads all of them together if that can be done.
    pub(in crate::qr) fn add(&mut self, sight: Sight) -> Option<Code> {
        if self.all.len() >= MOST_SIGHTS {
            self.all.remove(0);
        }
        self.all.push(sight.soft);
        self.corners = sight.corners;
        self.joined = Soft::joined(&self.all)?;
        let formats = formats(&self.joined);
        self.blocks.retain(|(format, _)| formats.contains(format));
        for format in formats {
            let known = self.blocks.iter().any(|(of, _)| *of == format);
            // Those before were not looked at with this format, which they may not have told by themselves.
            let sights = if known { self.all.get(self.all.len() - 1..) } else { self.all.get(..) };
            let mut blocks = match self.blocks.iter().position(|(of, _)| *of == format) {
                Some(at) => self.blocks.swap_remove(at).1,
                None => Vec::new(),
            };
            for soft in [&self.joined].into_iter().chain(sights.unwrap_or_default()) {
                self.fill(&mut blocks, soft, format);
            }
            let data: Option<Vec<&[u8]>> = blocks.iter().map(Option::as_deref).collect();
            if let Some(data) = data.filter(|data| !data.is_empty()) {
                if let Some(text) = content::text(&data.concat(), self.version.number()) {
                    return Some(Code { text, corners: self.corners });
                }
                blocks.clear();
            }
            self.blocks.push((format, blocks));
        }
        None
    }

    /// Puts what blocks of a sight can be read where they are missing.
    fn fill(&self, blocks: &mut Vec<Option<Vec<u8>>>, soft: &Soft, format: Format) {
        if !blocks.is_empty() && blocks.iter().all(Option::is_some) {
            return;
        }
        let Some(read) = codewords::blocks(soft, self.version, &self.patterns, format) else { return };
        for (at, block) in read.enumerate() {
            match blocks.get_mut(at) {
                Some(place) if place.is_none() => *place = block,
                Some(_) => {}
                None => blocks.push(block),
            }
        }
    }
}
