//! Guests' photographs: upright, small, and without anything that was hidden in the file.

use fast_image_resize::images::{TypedImage, TypedImageRef};
use fast_image_resize::{FilterType, ResizeAlg, ResizeOptions, Resizer, pixels::U8x3};
use image::{ExtendedColorType, codecs::jpeg::JpegEncoder};
use thiserror::Error;

use crate::picture::{PictureError, Wanted, decode, exif, shrink};

/// The longer side of a prepared photo is at most this, in pixels.
pub const MAX_SIDE: u32 = 1024;

/// Longest side of a face beside a verdict, in pixels.
pub const FACE_SIDE: u32 = 256;

/// A prepared photo is at most this long, in bytes.
pub const MAX_JPEG_BYTES: usize = 1_000_000;

/// JPEG qualities tried until the photo is short enough. At the last, any picture of [`MAX_SIDE`] is.
const QUALITIES: [u8; 5] = [80, 70, 55, 40, 20];

/// A photo as it is stored and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Photo {
    /// A baseline JPEG file without metadata, at most [`MAX_JPEG_BYTES`] long.
    pub jpeg: Vec<u8>,
    /// In pixels, at most [`MAX_SIDE`].
    pub width: u32,
    /// In pixels, at most [`MAX_SIDE`].
    pub height: u32,
}

/// Why a photo could not be prepared.
#[derive(Debug, Error)]
pub enum PhotoError {
    /// The file could not be decoded.
    #[error(transparent)]
    Picture(#[from] PictureError),
    /// The picture could not be made smaller.
    #[error("That photo could not be made smaller.")]
    Resize,
    /// The picture could not be written as JPEG of at most [`MAX_JPEG_BYTES`].
    #[error("That photo could not be stored as JPEG.")]
    Encode,
}

impl PhotoError {
    /// Stable machine-readable name of the error.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            Self::Picture(error) => error.code(),
            Self::Resize => "photo_resize",
            Self::Encode => "photo_encode",
        }
    }
}

/// Red, green, blue: three bytes a pixel, row after row.
struct Rgb {
    width: u32,
    height: u32,
    pixels: Vec<u8>,
}

/// Makes a photo out of a PNG or JPEG file: turned upright as its Exif block says, its longer side at most
/// [`MAX_SIDE`] (never enlarged), transparency on white, all metadata gone, JPEG of quality 80, or less if
/// it would exceed [`MAX_JPEG_BYTES`].
///
/// # Errors
/// [`PhotoError::Picture`] if the file is too large, unsupported or damaged; the others are not known to happen.
pub fn prepare(bytes: &[u8]) -> Result<Photo, PhotoError> {
    prepare_within(bytes, MAX_SIDE)
}

/// Makes the small picture that stands beside a verdict: as [`prepare`], the longer side at most [`FACE_SIDE`].
///
/// # Errors
/// As [`prepare`].
pub fn prepare_face(bytes: &[u8]) -> Result<Photo, PhotoError> {
    prepare_within(bytes, FACE_SIDE)
}

fn prepare_within(bytes: &[u8], side: u32) -> Result<Photo, PhotoError> {
    // A quarter more leaves the resampling something to work with.
    let raster = decode(bytes, Wanted { colour: true, longest_side: Some(side * 5 / 4) })?;
    let orientation = raster.exif.as_deref().map_or(1, exif::orientation);
    let fitted = fit(Rgb { width: raster.width, height: raster.height, pixels: raster.pixels }, side)?;
    let upright = turn(fitted, orientation);
    let jpeg = encode(&upright)?;
    Ok(Photo { jpeg, width: upright.width, height: upright.height })
}

/// Makes the picture smaller if its longer side exceeds `most`.
fn fit(picture: Rgb, most: u32) -> Result<Rgb, PhotoError> {
    let longest = picture.width.max(picture.height);
    if longest <= most {
        return Ok(picture);
    }
    let target = |side: u32| {
        let exact = (u64::from(side) * u64::from(most) + u64::from(longest) / 2) / u64::from(longest);
        u32::try_from(exact).unwrap_or(most).clamp(1, most)
    };
    let (width, height) = (target(picture.width), target(picture.height));
    // Averaging first: the resampling filter's tables grow with the source's width, up to gigabytes.
    let factor = longest / (2 * most);
    let picture = if factor > 1 {
        let raster = shrink(&picture.pixels, picture.width, picture.height, 3, factor);
        Rgb { width: raster.width, height: raster.height, pixels: raster.pixels }
    } else {
        picture
    };
    // Of one kind of pixel: asked for whatever an image holds, a build makes the code for all of them, for minutes.
    let source = TypedImageRef::<U8x3>::from_buffer(picture.width, picture.height, &picture.pixels)
        .map_err(|_| PhotoError::Resize)?;
    let mut pixels = vec![0; width as usize * height as usize * 3];
    let mut small =
        TypedImage::<U8x3>::from_buffer(width, height, &mut pixels).map_err(|_| PhotoError::Resize)?;
    let options = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
    Resizer::new().resize_typed(&source, &mut small, &options).map_err(|_| PhotoError::Resize)?;
    Ok(Rgb { width, height, pixels })
}

/// Turns and mirrors the picture from the given Exif orientation (1 to 8) to upright.
fn turn(picture: Rgb, orientation: u8) -> Rgb {
    if orientation <= 1 || orientation > 8 {
        return picture;
    }
    let (width, height) =
        if orientation >= 5 { (picture.height, picture.width) } else { (picture.width, picture.height) };
    let (right, bottom) = (picture.width - 1, picture.height - 1);
    let (source, _) = picture.pixels.as_chunks::<3>();
    let mut pixels = Vec::with_capacity(picture.pixels.len());
    for y in 0..height {
        for x in 0..width {
            let (from_x, from_y) = match orientation {
                2 => (right - x, y),
                3 => (right - x, bottom - y),
                4 => (x, bottom - y),
                5 => (y, x),
                6 => (y, bottom - x),
                7 => (right - y, bottom - x),
                _ => (right - y, x),
            };
            let pixel = source.get(from_y as usize * picture.width as usize + from_x as usize);
            pixels.extend_from_slice(pixel.unwrap_or(&[255; 3]));
        }
    }
    Rgb { width, height, pixels }
}

/// Writes the picture as JPEG, at the best quality that keeps it within [`MAX_JPEG_BYTES`].
fn encode(picture: &Rgb) -> Result<Vec<u8>, PhotoError> {
    for quality in QUALITIES {
        let mut jpeg = Vec::new();
        JpegEncoder::new_with_quality(&mut jpeg, quality)
            .encode(&picture.pixels, picture.width, picture.height, ExtendedColorType::Rgb8)
            .map_err(|_| PhotoError::Encode)?;
        if jpeg.len() <= MAX_JPEG_BYTES {
            return Ok(jpeg);
        }
    }
    Err(PhotoError::Encode)
}

#[cfg(test)]
mod tests;
