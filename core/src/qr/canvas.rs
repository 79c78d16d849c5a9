//! A black and white picture that the code finder may look at only so often.
//!
//! The finder (crate `rqrr`) compares every triple of corner patterns and floods areas again and again; a picture
//! made for the purpose could keep it busy for hours. It reaches pixels only through the traits below, so that is
//! where its steps are counted. It has no way to be told to stop, so it is unwound, without a panic message.

use std::cell::Cell;
use std::panic::resume_unwind;
use std::rc::Rc;

use image::{GenericImage, GenericImageView, Luma as Grey};

/// Most corner patterns the finder may take up on one canvas; a code has three.
const MAX_CORNERS: u32 = 400;

/// The finder's names for "being measured" and "corner pattern".
const MEASURING: u8 = 4;
const CORNER: u8 = 2;

/// What one pass may still do.
#[derive(Debug)]
pub(super) struct Budget {
    steps: Cell<u64>,
    corners: Cell<u32>,
}

impl Budget {
    /// A budget of so many pixel accesses.
    pub(super) fn new(steps: u64) -> Self {
        Self { steps: Cell::new(steps), corners: Cell::new(MAX_CORNERS) }
    }

    /// Allows the corner patterns of another canvas.
    fn new_canvas(&self) {
        self.corners.set(MAX_CORNERS);
    }

    /// Pixel accesses left; 0 if the budget has ended a search.
    pub(super) fn left(&self) -> u64 {
        self.steps.get()
    }

    fn spend(&self, steps: u64) {
        match self.steps.get().checked_sub(steps) {
            Some(left) => self.steps.set(left),
            None => {
                self.steps.set(0);
                give_up();
            }
        }
    }

    fn spend_corner(&self) {
        match self.corners.get().checked_sub(1) {
            Some(left) => self.corners.set(left),
            None => give_up(),
        }
    }
}

fn give_up() {
    resume_unwind(Box::new("the search for codes was given up"));
}

type Row = Rc<Vec<Grey<u8>>>;

/// The picture the finder works on. Clones share rows until one is painted: the finder clones it for every guess.
pub(super) struct Canvas<'a> {
    width: u32,
    rows: Vec<Row>,
    last_painted: u8,
    spare: Grey<u8>,
    budget: &'a Budget,
}

impl<'a> Canvas<'a> {
    /// A canvas of `width` pixels a row; in `dark`, 1 is dark and 0 light, row after row.
    ///
    /// Everything the finder does with it must happen inside [`crate::picture::guarded`].
    pub(super) fn new(width: u32, dark: &[u8], budget: &'a Budget) -> Self {
        budget.new_canvas();
        let rows = dark.chunks_exact((width as usize).max(1));
        let rows = rows.map(|row| Rc::new(row.iter().map(|&pixel| Grey([pixel])).collect())).collect();
        Self { width, rows, last_painted: 0, spare: Grey([0]), budget }
    }

    fn painted(&mut self, x: u32, y: u32) -> &mut Grey<u8> {
        let Some(row) = self.rows.get_mut(y as usize) else { return &mut self.spare };
        // Painting a shared row copies it.
        let copied = if Rc::strong_count(row) > 1 { u64::from(self.width) / 16 } else { 0 };
        self.budget.spend(1 + copied);
        Rc::make_mut(row).get_mut(x as usize).unwrap_or(&mut self.spare)
    }
}

impl Clone for Canvas<'_> {
    fn clone(&self) -> Self {
        self.budget.spend(self.rows.len() as u64);
        Self {
            width: self.width,
            rows: self.rows.clone(),
            last_painted: self.last_painted,
            spare: self.spare,
            budget: self.budget,
        }
    }
}

impl GenericImageView for Canvas<'_> {
    type Pixel = Grey<u8>;

    fn dimensions(&self) -> (u32, u32) {
        // Counted too: one of the finder's loops asks for the size and nothing else.
        self.budget.spend(1);
        (self.width, self.rows.len() as u32)
    }

    fn get_pixel(&self, x: u32, y: u32) -> Grey<u8> {
        self.budget.spend(1);
        self.rows.get(y as usize).and_then(|row| row.get(x as usize)).copied().unwrap_or(Grey([0]))
    }
}

impl GenericImage for Canvas<'_> {
    fn get_pixel_mut(&mut self, x: u32, y: u32) -> &mut Grey<u8> {
        self.painted(x, y)
    }

    fn put_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        let Grey([colour]) = pixel;
        if self.last_painted == MEASURING && colour == CORNER {
            self.budget.spend_corner();
        }
        self.last_painted = colour;
        *self.painted(x, y) = pixel;
    }

    fn blend_pixel(&mut self, x: u32, y: u32, pixel: Grey<u8>) {
        self.put_pixel(x, y, pixel);
    }
}
