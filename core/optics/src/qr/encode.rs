//! Drawing QR codes as PNG and SVG.

use std::fmt::Write;

use fast_qr::qr::QRCodeError;
use fast_qr::{ECL, QRBuilder, QRCode};
use thiserror::Error;

use crate::picture::Luma;

/// Light modules around the code, as the QR standard asks.
const QUIET: usize = 4;

/// How much of a printed code may be lost without harm.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Correction {
    /// About 7 %: for screens only.
    Low,
    /// About 15 %: for print.
    #[default]
    Medium,
}

/// Why a code could not be drawn.
#[derive(Debug, Error)]
pub enum EncodeError {
    /// There is no code without content.
    #[error("A QR code needs some text.")]
    Empty,
    /// The text does not fit even the largest code.
    #[error("That text is too long for a QR code ({bytes} bytes).")]
    TooLong {
        /// Length of the text in bytes.
        bytes: usize,
    },
    /// A module must be at least one pixel wide.
    #[error("A QR code's modules must be at least one pixel wide.")]
    ModuleSize,
    /// The PNG encoder failed.
    #[error("The QR code could not be written as PNG.")]
    Png(#[from] png::EncodingError),
}

impl EncodeError {
    /// Stable machine-readable name of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Empty => "qr_empty",
            Self::TooLong { .. } => "qr_too_long",
            Self::ModuleSize => "qr_module_size",
            Self::Png(_) => "qr_png",
        }
    }
}

/// The dark and light modules of the smallest code that holds `text`.
fn matrix(text: &str, correction: Correction) -> Result<QRCode, EncodeError> {
    if text.is_empty() {
        return Err(EncodeError::Empty);
    }
    let level = match correction {
        Correction::Low => ECL::L,
        Correction::Medium => ECL::M,
    };
    // fast_qr chooses numeric, alphanumeric or byte mode by the text.
    QRBuilder::new(text).ecl(level).build().map_err(|error| match error {
        QRCodeError::EncodedData | QRCodeError::SpecifiedVersion => {
            EncodeError::TooLong { bytes: text.len() }
        }
    })
}

/// The rows of the code without quiet zone; `true` is dark.
fn rows(code: &QRCode) -> impl Iterator<Item = impl Iterator<Item = bool>> {
    code.data
        .chunks_exact(code.size.max(1))
        .take(code.size)
        .map(|row| row.iter().map(|module| module.value()))
}

/// The modules of the smallest code that holds `text`, one pixel each, with a quiet zone of 4 modules: for a screen that
/// draws them itself.
///
/// # Errors
/// [`EncodeError`]: no text, or text too long for any code.
pub fn modules(text: &str, correction: Correction) -> Result<Luma, EncodeError> {
    let code = matrix(text, correction)?;
    let side = code.size + 2 * QUIET;
    let mut pixels = vec![0xff; QUIET * side];
    for row in rows(&code) {
        pixels.extend([0xff; QUIET]);
        pixels.extend(row.map(|dark| if dark { 0 } else { 0xff }));
        pixels.extend([0xff; QUIET]);
    }
    pixels.resize(side * side, 0xff);
    // A side is at most 177 + 8 modules.
    Ok(Luma { width: side as u32, height: side as u32, pixels })
}

/// Draws `text` as a black and white PNG of 1 bit a pixel, with a quiet zone of 4 modules.
///
/// `module_px` is the width of a module in pixels. The smallest code that holds the text is used, in alphanumeric
/// mode where the text allows it (`0-9 A-Z $%*+-./:` and space).
///
/// # Errors
/// [`EncodeError`]: no text, text too long for any code, `module_px` of 0.
pub fn png(text: &str, correction: Correction, module_px: u8) -> Result<Vec<u8>, EncodeError> {
    if module_px == 0 {
        return Err(EncodeError::ModuleSize);
    }
    let code = matrix(text, correction)?;
    let scale = usize::from(module_px);
    let side = (code.size + 2 * QUIET) * scale;
    let row_bytes = side.div_ceil(8);
    let light_row = vec![0xff; row_bytes];

    let mut pixels = Vec::with_capacity(row_bytes * side);
    let quiet_rows = light_row.repeat(QUIET * scale);
    pixels.extend_from_slice(&quiet_rows);
    for row in rows(&code) {
        let mut drawn = light_row.clone();
        for (column, _) in row.enumerate().filter(|(_, dark)| *dark) {
            let left = (QUIET + column) * scale;
            for x in left..left + scale {
                if let Some(byte) = drawn.get_mut(x / 8) {
                    *byte &= !(0x80 >> (x % 8));
                }
            }
        }
        pixels.extend_from_slice(&drawn.repeat(scale));
    }
    pixels.extend_from_slice(&quiet_rows);

    let mut out = Vec::new();
    // A side is at most (177 + 8) * 255 pixels.
    let mut encoder = png::Encoder::new(&mut out, side as u32, side as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::One);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    Ok(out)
}

/// Draws `text` as an SVG element to be put into a page: one path on white, quiet zone of 4 modules, one unit a
/// module, no width or height of its own. It holds no part of `text` as text.
///
/// # Errors
/// [`EncodeError`]: no text, or text too long for any code.
pub fn svg(text: &str, correction: Correction) -> Result<String, EncodeError> {
    let code = matrix(text, correction)?;
    let side = code.size + 2 * QUIET;
    let mut path = String::new();
    for (y, row) in rows(&code).enumerate() {
        let mut run = 0;
        // A light module past the end closes the last run.
        for (x, dark) in row.chain([false]).enumerate() {
            if dark {
                run += 1;
            } else if run > 0 {
                // Writing to a String cannot fail.
                let _ = write!(path, "M{} {}h{run}v1h-{run}z", QUIET + x - run, QUIET + y);
                run = 0;
            }
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <path fill=\"#fff\" d=\"M0 0h{side}v{side}H0z\"/><path fill=\"#000\" d=\"{path}\"/></svg>"
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::qr::codes_in_picture;

    #[test]
    fn text_decides_the_mode() {
        // 90 characters fit version 4-M in alphanumeric mode; in byte mode they need version 6.
        let size = |text: &str| matrix(text, Correction::Medium).unwrap().size;
        assert_eq!(size(&"GH1:%*+-./".repeat(9)), 33);
        assert_eq!(size(&"gh1:%*+-./".repeat(9)), 41);
    }

    #[test]
    fn png_is_one_bit_grey_with_a_quiet_zone() {
        let file = png("GH1:A", Correction::Medium, 3).unwrap();
        let mut reader = png::Decoder::new(std::io::Cursor::new(&file)).read_info().unwrap();
        let info = reader.info();
        assert_eq!((info.width, info.height), (29 * 3, 29 * 3));
        assert_eq!((info.color_type, info.bit_depth), (png::ColorType::Grayscale, png::BitDepth::One));
        let mut bits = vec![0; reader.output_buffer_size().unwrap()];
        reader.next_frame(&mut bits).unwrap();
        // 87 pixels are 11 bytes a row; the first 12 rows are light, then the finder's edge begins at pixel 12.
        assert!(bits[..11 * 12].iter().all(|&byte| byte == 0xff));
        assert_eq!(bits[11 * 12 + 1], 0b1111_0000);
    }

    #[test]
    fn modules_are_the_png_of_one_pixel_a_module() {
        let text = "GH1:MODULES";
        let file = png(text, Correction::Medium, 1).unwrap();
        assert_eq!(modules(text, Correction::Medium).unwrap(), crate::picture::luma(&file).unwrap());
    }

    #[test]
    fn svg_has_the_same_modules_as_the_png() {
        let text = "GH1:SVG TEST";
        let drawn = svg(text, Correction::Medium).unwrap();
        assert!(drawn.starts_with("<svg ") && drawn.ends_with("</svg>") && !drawn.contains("SVG TEST"));
        let side = 29 * 4;
        let mut pixels = vec![255u8; side * side];
        let path = drawn.rsplit("d=\"").next().unwrap().split('z').filter(|part| part.starts_with('M'));
        for part in path {
            let numbers: Vec<usize> =
                part.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
            let (x, y, run) = (numbers[0], numbers[1], numbers[2]);
            for row in y * 4..y * 4 + 4 {
                pixels[row * side + x * 4..row * side + (x + run) * 4].fill(0);
            }
        }
        let picture = crate::picture::Luma { width: side as u32, height: side as u32, pixels };
        let read = crate::qr::read_luma(&picture, crate::qr::Effort::Fast);
        assert_eq!(read.codes[0].text, text);
        assert_eq!(codes_in_picture(&png(text, Correction::Medium, 4).unwrap()).unwrap(), [text]);
    }

    #[test]
    fn refusals() {
        assert_eq!(png("", Correction::Low, 1).unwrap_err().code(), "qr_empty");
        assert_eq!(png("A", Correction::Low, 0).unwrap_err().code(), "qr_module_size");
        assert_eq!(svg(&"a".repeat(2954), Correction::Low).unwrap_err().code(), "qr_too_long");
        assert!(svg(&"a".repeat(2953), Correction::Low).is_ok());
    }
}
