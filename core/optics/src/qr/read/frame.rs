//! A camera's frames, read where they lie.

use super::regions::Region;
use super::{Code, Effort, Grey, Point, Reading, Sight, Stack, dense, read};
use crate::picture::{PictureError, check_size};

/// How far a frame must be turned clockwise to stand upright on the screen, as cameras' interfaces tell it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Turn {
    /// It is upright.
    #[default]
    None,
    /// By 90 degrees.
    Right,
    /// By 180 degrees.
    Half,
    /// By 270 degrees.
    Left,
}

impl Turn {
    /// From degrees; whatever is no quarter turn is none.
    #[must_use]
    pub fn from_degrees(degrees: u32) -> Self {
        match degrees % 360 {
            90 => Self::Right,
            180 => Self::Half,
            270 => Self::Left,
            _ => Self::None,
        }
    }

    /// Where a place is seen once a frame of this size was turned.
    fn upright(self, place: Point, width: f32, height: f32) -> Point {
        let Point { x, y } = place;
        let (x, y) = match self {
            Self::None => (x, y),
            Self::Right => (height - y, x),
            Self::Half => (width - x, height - y),
            Self::Left => (y, width - x),
        };
        Point { x, y }
    }

    /// The other way.
    fn back(self) -> Self {
        match self {
            Self::Right => Self::Left,
            Self::Left => Self::Right,
            same => same,
        }
    }
}

/// The grey of a camera's frame, in the camera's own memory. At least one pixel wide and high.
#[derive(Debug, Clone)]
pub struct Frame<'a> {
    grey: Grey<'a>,
    turn: Turn,
}

/// Around where a code was seen, so much of its size is looked at, too.
const AROUND: f32 = 0.35;

/// Most parts in which frames are laid over each other.
const MOST_LAID_OVER: usize = 2;

impl<'a> Frame<'a> {
    /// A frame whose rows begin `row_stride` bytes apart; what lies behind `width` bytes of a row is padding, which the
    /// last row may lack.
    ///
    /// # Errors
    /// [`PictureError`]: too large, empty, or fewer bytes than its measures promise.
    pub fn new(luma: &'a [u8], width: u32, height: u32, row_stride: u32) -> Result<Self, PictureError> {
        check_size(width, height)?;
        let grey = Grey::new(luma, width as usize, height as usize, row_stride as usize);
        let short = || PictureError::damaged("the frame has fewer bytes than its measures promise");
        Ok(Self { grey: grey.ok_or_else(short)?, turn: Turn::None })
    }

    /// The same frame; corners of codes are told as on a screen that shows it turned.
    #[must_use]
    pub fn turned(self, turn: Turn) -> Self {
        Self { turn, ..self }
    }

    /// Pixels per row.
    #[must_use]
    pub fn width(&self) -> u32 {
        self.grey.width() as u32
    }

    /// Number of rows.
    #[must_use]
    pub fn height(&self) -> u32 {
        self.grey.height() as u32
    }

    pub(in crate::qr) fn read(&self, effort: Effort) -> (Reading, Vec<Sight>) {
        self.read_part(&self.grey, Point::default(), effort)
    }

    /// Reads what is within and around an outline. `None` if that is not in the frame.
    pub(in crate::qr) fn read_around(
        &self,
        outline: &[Point; 4],
        effort: Effort,
    ) -> Option<(Reading, Vec<Sight>)> {
        let Region { left, top, width, height } = self.around(outline)?;
        let part = self.grey.part(left, top, width, height)?;
        Some(self.read_part(&part, Point { x: left as f32, y: top as f32 }, effort))
    }

    /// Keeps a copy of the frame.
    pub(in crate::qr) fn keep(&self, stack: &mut Stack) {
        stack.keep(&self.grey);
    }

    /// Reads what frames kept before and this one show together where a code may be: in the outline of one that was
    /// found, and where edges are dense.
    pub(in crate::qr) fn read_over(
        &self,
        stack: &Stack,
        outline: Option<&[Point; 4]>,
    ) -> Vec<(Reading, Vec<Sight>)> {
        let mut parts: Vec<Region> = outline.and_then(|outline| self.around(outline)).into_iter().collect();
        if parts.is_empty() {
            parts = dense(&self.grey, MOST_LAID_OVER);
        }
        let read = |part: Region| {
            let laid = stack.over(&self.grey, part)?;
            Some(self.read_part(&laid, Point { x: part.left as f32, y: part.top as f32 }, Effort::Thorough))
        };
        parts.into_iter().filter_map(read).collect()
    }

    /// What is within and around an outline.
    fn around(&self, outline: &[Point; 4]) -> Option<Region> {
        let (width, height) = self.turned_size();
        let places = outline.map(|corner| self.turn.back().upright(corner, width, height));
        let least = |of: fn(&Point) -> f32| places.iter().map(of).fold(f32::MAX, f32::min);
        let most = |of: fn(&Point) -> f32| places.iter().map(of).fold(f32::MIN, f32::max);
        let (left, right) = (least(|place| place.x), most(|place| place.x));
        let (top, bottom) = (least(|place| place.y), most(|place| place.y));
        let (wide, tall) = ((right - left) * AROUND, (bottom - top) * AROUND);
        let (left, top) = ((left - wide).max(0.0) as usize, (top - tall).max(0.0) as usize);
        let (right, bottom) = ((right + wide).max(0.0) as usize, (bottom + tall).max(0.0) as usize);
        Some(Region { left, top, width: right.checked_sub(left)?, height: bottom.checked_sub(top)? })
    }

    /// Reads a part of the frame that begins at `origin`.
    fn read_part(&self, part: &Grey<'_>, origin: Point, effort: Effort) -> (Reading, Vec<Sight>) {
        let (reading, sights) = read(part, effort);
        let upright = |corners: [Point; 4]| corners.map(|corner| self.upright(corner.plus(origin)));
        let codes = reading.codes.into_iter();
        let codes = codes.map(|code| Code { corners: upright(code.corners), ..code }).collect();
        let sights = sights.into_iter();
        let sights = sights.map(|sight| Sight { corners: upright(sight.corners), ..sight }).collect();
        (Reading { codes, ..reading }, sights)
    }

    fn upright(&self, place: Point) -> Point {
        self.turn.upright(place, self.grey.width() as f32, self.grey.height() as f32)
    }

    fn turned_size(&self) -> (f32, f32) {
        let (width, height) = (self.grey.width() as f32, self.grey.height() as f32);
        if matches!(self.turn, Turn::Right | Turn::Left) { (height, width) } else { (width, height) }
    }
}
