//! Pictures of every kind that is taken, within bounds and beyond.

mod kinds;

use super::*;
use jpeg_encoder::{ColorType as JpegColor, Encoder as JpegEncoder, SamplingFactor};

/// A repeatable source of noise (xorshift64).
pub(crate) struct Noise(pub(crate) u64);

impl Noise {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    pub(crate) fn below(&mut self, end: u64) -> usize {
        (self.next() >> 16).checked_rem(end).unwrap_or(0) as usize
    }
}

/// Writes a PNG of the given kind from packed rows.
pub(crate) fn png_of(
    size: (u32, u32),
    colour: ::png::ColorType,
    depth: ::png::BitDepth,
    data: &[u8],
) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = ::png::Encoder::new(&mut out, size.0, size.1);
    encoder.set_color(colour);
    encoder.set_depth(depth);
    if colour == ::png::ColorType::Indexed {
        encoder.set_palette(vec![0, 0, 0, 255, 0, 0, 255, 255, 255]);
        encoder.set_trns(vec![255, 255, 0]);
    }
    let mut writer = encoder.write_header().unwrap();
    writer.write_image_data(data).unwrap();
    writer.finish().unwrap();
    out
}

pub(crate) fn grey_png(picture: &Luma) -> Vec<u8> {
    let size = (picture.width, picture.height);
    png_of(size, ::png::ColorType::Grayscale, ::png::BitDepth::Eight, &picture.pixels)
}

pub(crate) fn jpeg_of(size: (u16, u16), colour: JpegColor, data: &[u8], progressive: bool) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = JpegEncoder::new(&mut out, 95);
    encoder.set_sampling_factor(SamplingFactor::F_2_2);
    encoder.set_progressive(progressive);
    encoder.encode(data, size.0, size.1, colour).unwrap();
    out
}

#[test]
fn every_kind_of_png() {
    use ::png::BitDepth::{Eight, One, Sixteen, Two};
    use ::png::ColorType::{Grayscale, GrayscaleAlpha, Indexed, Rgb, Rgba};
    let decoded = |colour, depth, data: &[u8]| luma(&png_of((2, 1), colour, depth, data)).unwrap().pixels;
    assert_eq!(decoded(Grayscale, One, &[0b0100_0000]), [0, 255]);
    assert_eq!(decoded(Grayscale, Two, &[0b0110_0000]), [85, 170]);
    assert_eq!(decoded(Grayscale, Eight, &[7, 200]), [7, 200]);
    assert_eq!(decoded(Grayscale, Sixteen, &[7, 0, 200, 1]), [7, 200]);
    // Half transparent black is middle grey, wholly transparent black is white.
    assert_eq!(decoded(GrayscaleAlpha, Eight, &[0, 128, 0, 0]), [127, 255]);
    assert_eq!(decoded(GrayscaleAlpha, Sixteen, &[0, 0, 255, 255, 0, 0, 0, 0]), [0, 255]);
    assert_eq!(decoded(Rgb, Eight, &[255, 0, 0, 0, 255, 0]), [77, 149]);
    assert_eq!(decoded(Rgb, Sixteen, &[255, 9, 255, 9, 255, 9, 0, 9, 0, 9, 0, 9]), [255, 0]);
    assert_eq!(decoded(Rgba, Eight, &[9, 9, 9, 255, 0, 0, 0, 0]), [9, 255]);
    assert_eq!(decoded(Rgba, Sixteen, &[0; 16]), [255, 255]);
    // The palette is black, red, transparent white.
    assert_eq!(decoded(Indexed, Two, &[0b0110_0000]), [77, 255]);
    assert_eq!(decoded(Indexed, Eight, &[0, 1]), [0, 77]);
}

#[test]
fn interlaced_png() {
    // 5 by 5, 8 bit grey, pixel = 10 * (5 * y + x), written by another program.
    let file = include_bytes!("interlaced.png");
    let picture = luma(file).unwrap();
    let expected: Vec<u8> = (0..25).map(|n| n * 10).collect();
    assert_eq!((picture.width, picture.height, picture.pixels), (5, 5, expected));
}

#[test]
fn every_kind_of_jpeg() {
    let size = (40u16, 24u16);
    let pixels = usize::from(size.0) * usize::from(size.1);
    for progressive in [false, true] {
        for (colour, one, grey) in [
            (JpegColor::Luma, vec![90u8], 90u8),
            (JpegColor::Rgb, vec![200, 40, 80], 93),
            (JpegColor::Cmyk, vec![0, 0, 0, 155], 100),
            (JpegColor::CmykAsYcck, vec![0, 0, 0, 155], 100),
        ] {
            let file = jpeg_of(size, colour, &one.repeat(pixels), progressive);
            let picture = luma(&file).unwrap();
            assert_eq!((picture.width, picture.height), (40, 24));
            let near = picture.pixels.iter().all(|&pixel| pixel.abs_diff(grey) <= 3);
            assert!(near, "{colour:?} {progressive}: {} is not {grey}", picture.pixels[0]);
        }
    }
}

#[test]
fn planes_in_separate_scans() {
    // 4:2:0, three sequential scans, one plane each, odd size: left half blue, right half orange.
    let file = include_bytes!("planes.jpg");
    let raster = decode(file, Wanted { colour: true, longest_side: None }).unwrap();
    assert_eq!((raster.width, raster.height), (45, 31));
    let (pixels, _) = raster.pixels.as_chunks::<3>();
    for (at, pixel) in pixels.iter().enumerate() {
        let expected = match at % 45 {
            0..=18 => [20u8, 40, 200],
            27.. => [240, 150, 10],
            _ => continue,
        };
        let near = pixel.iter().zip(expected).all(|(a, b)| a.abs_diff(b) <= 12);
        assert!(near, "{at}: {pixel:?} is not {expected:?}");
    }
}

#[test]
fn a_strip_is_not_made_smaller_than_asked_for() {
    for (width, height) in [(1024, 1), (1, 1024), (3000, 2)] {
        let file = jpeg_of((width, height), JpegColor::Luma, &vec![90; usize::from(width * height)], false);
        let raster = decode(&file, Wanted { colour: true, longest_side: Some(1024) }).unwrap();
        assert!(raster.width.max(raster.height) >= 1024, "{} x {}", raster.width, raster.height);
        let photo = crate::photo::prepare(&file).unwrap();
        assert_eq!(photo.width.max(photo.height), 1024);
    }
}

#[test]
fn size_is_refused_from_the_header() {
    let mut bomb = png_of((1, 1), ::png::ColorType::Grayscale, ::png::BitDepth::Eight, &[0]);
    bomb[16..24].copy_from_slice(&[0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]);
    let crc = kinds::crc(&bomb[12..29]);
    bomb[29..33].copy_from_slice(&crc.to_be_bytes());
    let error = luma(&bomb).unwrap_err();
    assert_eq!(error.to_string(), "That picture is too large (10000 megapixels; at most 64).");
    assert_eq!(error.code(), "picture_too_large");

    let mut large = jpeg_of((8, 8), JpegColor::Luma, &[0; 64], false);
    let frame = large.windows(2).position(|pair| pair == [0xff, 0xc0]).unwrap();
    large[frame + 5..frame + 9].copy_from_slice(&[0x2a, 0x20, 0x1e, 0x3c]);
    let error = luma(&large).unwrap_err();
    assert_eq!(error.to_string(), "That picture is too large (84 megapixels; at most 64).");

    assert!(matches!(luma(&vec![0xff; MAX_BYTES + 1]), Err(PictureError::TooManyBytes)));
    assert_eq!(luma(b"GIF89a").unwrap_err().code(), "picture_damaged");
    assert_eq!(luma(b"").unwrap_err().code(), "picture_unsupported");
    assert_eq!(luma(&bomb[..20]).unwrap_err().code(), "picture_damaged");
    assert_eq!(luma(&[0xff, 0xd8, 0xff]).unwrap_err().code(), "picture_damaged");
}

/// A scene of two halves, left dark and right light, from top to bottom, with so much grain that every row takes about
/// as many bytes as any other.
fn halves(width: usize, height: usize) -> Vec<u8> {
    let mut noise = Noise(23);
    let shade = |at: usize| if at % width < width / 2 { 40 } else { 210 };
    (0..width * height).map(|at| shade(at) + noise.below(21) as u8 - 10).collect()
}

/// The rows from above in which both halves are as they should be.
fn rows_that_are_right(raster: &Raster) -> u32 {
    let channels = raster.pixels.len() / (raster.width * raster.height) as usize;
    let quarter = raster.width as usize / 4;
    let rows = raster.pixels.chunks(raster.width as usize * channels);
    let near = |row: &[u8], column: usize, shade: u8| {
        row[column * channels..][..channels].iter().all(|&value| value.abs_diff(shade) <= 30)
    };
    rows.take_while(|row| near(row, quarter, 40) && near(row, 3 * quarter, 210)).count() as u32
}

#[test]
fn a_file_whose_end_is_missing_is_read_as_far_as_it_goes() {
    let (width, height) = (400usize, 320usize);
    let grey = halves(width, height);
    let colours: Vec<u8> = grey.iter().flat_map(|&shade| [shade; 3]).collect();
    let size = (width as u16, height as u16);
    let png_size = (width as u32, height as u32);
    let eight = ::png::BitDepth::Eight;
    for (kind, file, progressive) in [
        ("grey JPEG", jpeg_of(size, JpegColor::Luma, &grey, false), false),
        ("JPEG", jpeg_of(size, JpegColor::Rgb, &colours, false), false),
        ("progressive JPEG", jpeg_of(size, JpegColor::Rgb, &colours, true), true),
        ("PNG", png_of(png_size, ::png::ColorType::Grayscale, eight, &grey), false),
        ("coloured PNG", png_of(png_size, ::png::ColorType::Rgb, eight, &colours), false),
    ] {
        for wanted in [
            Wanted { colour: false, longest_side: None },
            Wanted { colour: true, longest_side: Some(200) },
            Wanted { colour: true, longest_side: Some(400) },
        ] {
            for lost in [1, 2] {
                let raster = decode(&file[..file.len() - lost], wanted).unwrap();
                assert!(matches!((raster.width, raster.height), (400, 320) | (200, 160)), "{kind}");
                assert!(rows_that_are_right(&raster) >= raster.height - 1, "{kind} {wanted:?} -{lost}");
            }
            let body = file.len() - 700;
            let raster = decode(&file[..700 + body * 3 / 4], wanted).unwrap();
            let right = rows_that_are_right(&raster);
            let expected = if progressive { 0 } else { raster.height / 2 };
            assert!((expected..=raster.height).contains(&right), "{kind} {wanted:?}: {right}");
            // Of a photo a quarter must be there, of a code anything.
            let little = decode(&file[..700 + body / 8], wanted);
            assert!(progressive || little.is_ok() != wanted.colour, "{kind} {wanted:?}");
            // Nothing is no picture.
            for end in [30, 150] {
                assert_eq!(decode(&file[..end], wanted).unwrap_err().code(), "picture_damaged", "{kind}");
            }
        }
    }
}

#[test]
fn webp_and_gif_are_read_and_newer_kinds_are_named() {
    let colours: Vec<u8> = [[0u8, 0, 0], [255, 0, 0], [255, 255, 255]].concat();
    let mut gif = Vec::new();
    let mut encoder = ::gif::Encoder::new(&mut gif, 4, 2, &colours).unwrap();
    // Beside what the frame covers, and where it is transparent, there is white.
    let frame = ::gif::Frame {
        left: 1,
        width: 3,
        height: 2,
        transparent: Some(2),
        buffer: vec![0, 1, 2, 0, 0, 1].into(),
        ..::gif::Frame::default()
    };
    encoder.write_frame(&frame).unwrap();
    drop(encoder);
    let picture = luma(&gif).unwrap();
    assert_eq!((picture.width, picture.height), (4, 2));
    assert_eq!(picture.pixels, [255, 0, 77, 255, 255, 0, 0, 77]);
    assert_eq!(luma(&gif[..12]).unwrap_err().code(), "picture_damaged");

    let pixels: Vec<u8> = [[0u8, 0, 0, 255], [255, 0, 0, 255], [0, 0, 0, 0], [0, 255, 0, 255]].concat();
    let mut webp = Vec::new();
    image_webp::WebPEncoder::new(&mut webp).encode(&pixels, 2, 2, image_webp::ColorType::Rgba8).unwrap();
    assert_eq!(luma(&webp).unwrap().pixels, [0, 77, 255, 149]);
    assert_eq!(luma(&webp[..20]).unwrap_err().code(), "picture_damaged");
    let raster = decode(&webp, Wanted { colour: true, longest_side: None }).unwrap();
    assert_eq!(raster.pixels[3..6], [255, 0, 0]);

    for brand in [b"heic", b"avif", b"mif1"] {
        let file = [&[0, 0, 0, 24], &b"ftyp"[..], brand, &[0; 12]].concat();
        let error = luma(&file).unwrap_err();
        assert_eq!(error.code(), "picture_unsupported");
        assert!(error.to_string().contains("JPEG"), "{error}");
    }
}

#[test]
fn pictures_of_fifty_megapixels_are_read() {
    let (width, height) = (8160u32, 6120u32);
    let row: Vec<u8> = (0..width).map(|x| if x < width / 2 { 40 } else { 210 }).collect();
    let jpeg = jpeg_of((width as u16, height as u16), JpegColor::Luma, &row.repeat(height as usize), false);
    let dark: Vec<u8> = (0..width / 8).map(|x| if x < width / 16 { 0 } else { 0xff }).collect();
    let bits = dark.repeat(height as usize);
    let png = png_of((width, height), ::png::ColorType::Grayscale, ::png::BitDepth::One, &bits);
    for file in [jpeg, png] {
        let photo = crate::photo::prepare(&file).unwrap();
        assert_eq!((photo.width, photo.height), (1024, 768));
        // No more is decoded than was asked for, whatever the camera has.
        let raster = decode(&file, Wanted { colour: true, longest_side: Some(1280) }).unwrap();
        assert!((1280..2560).contains(&raster.width), "{}", raster.width);
        assert!(luma(&file).unwrap().width >= width / 2);
    }
}

#[test]
fn memory_of_progressive_files_is_bounded() {
    let mut file = jpeg_of((64, 64), JpegColor::Rgb, &[90; 3 * 64 * 64], true);
    let frame = file.windows(2).position(|pair| pair == [0xff, 0xc2]).unwrap();
    // 48 megapixels with halved colours, then with whole ones.
    file[frame + 5..frame + 9].copy_from_slice(&[0x1f, 0x40, 0x17, 0x70]);
    let scan = file.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    assert_eq!(luma(&file[..scan]).unwrap_err().code(), "picture_damaged");
    (0..3).for_each(|component| file[frame + 11 + 3 * component] = 0x11);
    assert_eq!(luma(&file).unwrap_err().code(), "picture_too_large");
}

#[test]
fn too_many_scans_are_refused() {
    let file = jpeg_of((64, 64), JpegColor::Luma, &[77; 64 * 64], true);
    let scan = file.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let tail = &file[scan..file.len() - 2];
    let mut bomb = file[..scan].to_vec();
    (0..100).for_each(|_| bomb.extend_from_slice(tail));
    bomb.extend_from_slice(&[0xff, 0xd9]);
    assert_eq!(luma(&bomb).unwrap_err().code(), "picture_damaged");
}

/// A code on paper, and the same as files of every kind.
fn files_of_every_kind() -> (Luma, Vec<(String, Vec<u8>)>) {
    let code = luma(&crate::qr::png("GH1:OF EVERY KIND", crate::qr::Correction::Medium, 3).unwrap()).unwrap();
    let (width, height) = (code.width as u16, code.height as u16);
    let picture = kinds::Picture { pixels: &code.pixels, width, height };
    let mut files: Vec<(String, Vec<u8>)> =
        kinds::kinds().into_iter().map(|(name, write)| (name, write(&picture))).collect();
    for (name, file) in kinds::others() {
        files.push((name.to_owned(), file.to_vec()));
        if name.starts_with("WebP") {
            files.push((format!("{name}, animated"), kinds::animated(file, 90, 90)));
        }
    }
    (code, files)
}

#[test]
fn the_same_picture_comes_out_of_every_kind_of_file() {
    let (code, files) = files_of_every_kind();
    for (name, file) in &files {
        let read = luma(file).unwrap_or_else(|error| panic!("{name}: {error}"));
        if (read.width, read.height) == (code.width, code.height) {
            let most = if name.starts_with("JPEG") { 60 } else { 1 };
            let near = read.pixels.iter().zip(&code.pixels).all(|(a, b)| a.abs_diff(*b) <= most);
            assert!(near, "{name} is another picture");
        }
        let texts = crate::qr::codes_in_picture(file).unwrap();
        let expected: &[&str] = match name.as_str() {
            name if name.starts_with("WebP lossy") => &["GH1:WEBP IN EVERY WAY"],
            name if name.starts_with("JPEG with planes") || name.starts_with("JPEG of a") => &[],
            _ => &["GH1:OF EVERY KIND"],
        };
        assert_eq!(texts, expected, "{name}");
    }
    assert_eq!(files.len(), 54, "a kind is missing");
}

/// A tenth of what `tests/vision --mutated` does. Nothing catches a panic here.
#[test]
fn mutated_files_never_panic() {
    let mut noise = Noise(2024);
    let (_, files) = files_of_every_kind();
    for round in 0..1000 {
        let (name, original) = &files[round % files.len()];
        let mut file = original.clone();
        let (_, other) = &files[noise.below(files.len() as u64)];
        kinds::mutate(&mut file, other, &mut |end| noise.below(end as u64));
        for colour in [false, true] {
            let wanted = Wanted { colour, longest_side: colour.then_some(20) };
            if let Ok(raster) = decode(&file, wanted) {
                let pixels = raster.width as usize * raster.height as usize;
                assert_eq!(raster.pixels.len(), pixels * if colour { 3 } else { 1 }, "{round}, {name}");
                assert!(pixels as u64 <= MAX_PIXELS);
            }
        }
        let _ = crate::qr::codes_in_picture(&file);
        let _ = crate::photo::prepare(&file);
    }
}

#[test]
fn files_that_claim_more_than_their_kind_may_are_refused_before_anything_is_held() {
    // 16,383 pixels a side of a picture whose file says that it has 90.
    let lossy =
        kinds::others().into_iter().find(|(name, _)| *name == "WebP lossy with transparency").unwrap().1;
    let start = lossy.windows(3).position(|it| it == [0x9d, 0x01, 0x2a]).unwrap();
    let mut bomb = lossy.to_vec();
    bomb[start + 3..start + 7].copy_from_slice(&[0xff, 0x3f, 0xff, 0x3f]);
    for file in [bomb.clone(), kinds::animated(&bomb, 90, 90)] {
        assert_eq!(luma(&file).unwrap_err().code(), "picture_too_large");
    }
    // 40 megapixels are not too many, 50 are.
    let lossless = |width: u32, height: u32| {
        let header = (width - 1) | (height - 1) << 14;
        let data = [&[0x2f][..], &u32::to_le_bytes(header), &[0; 3]].concat();
        [&b"RIFF\x14\0\0\0WEBPVP8L\x08\0\0\0"[..], &data].concat()
    };
    assert_eq!(luma(&lossless(7_304, 5_478)).unwrap_err().code(), "picture_damaged");
    let heavy = luma(&lossless(8_192, 6_144)).unwrap_err();
    assert_eq!(heavy.code(), "picture_too_large");
    assert!(matches!(heavy, PictureError::TooHeavy { megapixels: 51 }), "{heavy}");
}

#[test]
fn shrinking_averages() {
    let raster = shrink(&[0, 100, 9, 100, 200, 9, 1, 1, 1], 3, 3, 1, 2);
    assert_eq!((raster.width, raster.height, raster.pixels), (1, 1, vec![100]));
    let raster = shrink(&[10, 20, 30, 50, 60, 70], 2, 1, 3, 4);
    assert_eq!((raster.width, raster.height, raster.pixels), (1, 1, vec![30, 40, 50]));
}

#[test]
fn a_frame_loses_its_padding_and_never_more_than_it_has() {
    let frame = [1, 2, 3, 9, 4, 5, 6, 9];
    let tight = Luma { width: 3, height: 2, pixels: vec![1, 2, 3, 4, 5, 6] };
    for bytes in [&frame[..], &frame[..7]] {
        assert_eq!(Luma::from_frame(bytes, 3, 2, 4).unwrap(), tight);
    }
    let code =
        |bytes, width, height, stride| Luma::from_frame(bytes, width, height, stride).unwrap_err().code();
    for (width, height, stride) in [(3, 3, 4), (5, 1, 4), (0, 2, 4), (3, 0, 4), (3, 2, 0), (3, 2, u32::MAX)] {
        assert_eq!(code(&frame, width, height, stride), "picture_damaged", "{width}x{height}, {stride}");
    }
    assert_eq!(code(&frame[..6], 3, 2, 4), "picture_damaged");
    assert_eq!(code(&frame, u32::MAX, u32::MAX, u32::MAX), "picture_too_large");
}
