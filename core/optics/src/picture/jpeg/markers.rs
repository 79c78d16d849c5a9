//! The marker segments of a JPEG file (ITU-T T.81, annex B).

use memchr::memchr;

/// Start of image.
pub(super) const SOI: u8 = 0xd8;
/// End of image.
pub(super) const EOI: u8 = 0xd9;
/// Start of scan; entropy-coded data follow it.
pub(super) const SOS: u8 = 0xda;
/// Quantisation tables.
pub(super) const DQT: u8 = 0xdb;
/// Huffman tables.
pub(super) const DHT: u8 = 0xc4;
/// Restart interval.
pub(super) const DRI: u8 = 0xdd;
/// Baseline frame.
pub(super) const SOF0: u8 = 0xc0;
/// Extended sequential frame.
pub(super) const SOF1: u8 = 0xc1;
/// Progressive frame.
pub(super) const SOF2: u8 = 0xc2;
/// The first of the eight restart markers.
pub(super) const RST0: u8 = 0xd0;
/// The first application segment: JFIF.
pub(super) const APP0: u8 = 0xe0;
/// Exif and XMP.
pub(super) const APP1: u8 = 0xe1;
/// Adobe's.
pub(super) const APP14: u8 = 0xee;
/// The last application segment.
pub(super) const APP15: u8 = 0xef;
/// A comment.
pub(super) const COM: u8 = 0xfe;

/// One marker with a body.
pub(super) struct Segment<'a> {
    pub(super) marker: u8,
    /// Without the two bytes of its length.
    pub(super) body: &'a [u8],
    /// All that comes after it in the file.
    pub(super) after: &'a [u8],
}

impl Segment<'_> {
    /// Whether it is a frame header: any start of frame; C4, C8 and CC mean something else.
    pub(super) fn is_frame(&self) -> bool {
        matches!(self.marker, 0xc0..=0xcf) && !matches!(self.marker, DHT | 0xc8 | 0xcc)
    }
}

/// The file's segments in their order, up to the end of the image or to the first that is cut off. Entropy-coded
/// data are passed over.
pub(super) struct Segments<'a> {
    rest: &'a [u8],
    ended: bool,
}

impl<'a> Segments<'a> {
    /// Of a whole file, its start of image included.
    pub(super) fn of(file: &'a [u8]) -> Self {
        Self { rest: file.get(2..).unwrap_or_default(), ended: false }
    }

    /// Whether the end of the image was met.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }
}

impl<'a> Iterator for Segments<'a> {
    type Item = Segment<'a>;

    fn next(&mut self) -> Option<Segment<'a>> {
        loop {
            let (marker, after) = next_marker(self.rest)?;
            self.rest = after;
            match marker {
                EOI => {
                    self.rest = &[];
                    self.ended = true;
                    return None;
                }
                // These stand alone.
                0x01 | RST0..=SOI => {}
                _ => {
                    let length = usize::from(u16::from_be_bytes(*after.first_chunk()?));
                    let body = after.get(2..length)?;
                    self.rest = after.get(length..)?;
                    return Some(Segment { marker, body, after: self.rest });
                }
            }
        }
    }
}

/// The next marker's code and what follows it. Stuffed zeros, fill bytes and bytes between markers are passed over.
fn next_marker(mut bytes: &[u8]) -> Option<(u8, &[u8])> {
    loop {
        let start = memchr(0xff, bytes)?;
        bytes = bytes.get(start + 1..)?;
        if let [code, after @ ..] = bytes
            && !matches!(code, 0x00 | 0xff)
        {
            return Some((*code, after));
        }
    }
}
