//! JPEG at a smaller size against what the scene is, and against the decoder at full size.

use jpeg_encoder::{ColorType, Encoder, SamplingFactor};

use super::*;
use crate::picture::tests::{Noise, jpeg_of};

const WIDTH: u16 = 413;
const HEIGHT: u16 = 298;

const SAMPLINGS: [SamplingFactor; 4] =
    [SamplingFactor::F_1_1, SamplingFactor::F_2_1, SamplingFactor::F_1_2, SamplingFactor::F_2_2];

/// A scene without hard edges, so that what is right at a smaller size can be computed. Places in parts of the whole.
fn scene(x: f64, y: f64) -> [f64; 3] {
    let wave = |across: f64, down: f64, start: f64| 128.0 + 100.0 * (across * x + down * y + start).sin();
    [wave(9.0, 4.0, 0.0), wave(-5.0, 11.0, 1.0), wave(6.0, -7.0, 2.0)]
}

fn pixels() -> Vec<u8> {
    let places = |side: u16| (0..side).map(move |at| (f64::from(at) + 0.5) / f64::from(side));
    places(HEIGHT)
        .flat_map(|y| places(WIDTH).flat_map(move |x| scene(x, y).map(|value| value as u8)))
        .collect()
}

/// The scene as another program wrote it, with Huffman tables made for this picture (4:2:0, quality 90).
const OWN_TABLES: &[u8] = include_bytes!("camera.jpg");

fn camera_file(sampling: SamplingFactor, restart: u16) -> Vec<u8> {
    let mut out = Vec::new();
    let mut encoder = Encoder::new(&mut out, 95);
    encoder.set_sampling_factor(sampling);
    encoder.set_restart_interval(restart);
    encoder.encode(&pixels(), WIDTH, HEIGHT, ColorType::Rgb).unwrap();
    out
}

/// Root of the mean square of the differences to the scene.
fn deviation(raster: &Raster, full: (f64, f64)) -> f64 {
    let (rows, _) = raster.pixels.as_chunks::<3>();
    let square: f64 = (rows.iter().enumerate())
        .map(|(at, pixel)| {
            let (x, y) = (at % raster.width as usize, at / raster.width as usize);
            let expected = scene((x as f64 + 0.5) / full.0, (y as f64 + 0.5) / full.1);
            pixel.iter().zip(expected).map(|(&is, should)| (f64::from(is) - should).powi(2)).sum::<f64>()
        })
        .sum();
    (square / raster.pixels.len() as f64).sqrt()
}

#[test]
fn what_cameras_write_is_decoded_small() {
    let mut files: Vec<_> = SAMPLINGS
        .into_iter()
        .flat_map(|sampling| [0, 1, 5, 26].map(|restart| camera_file(sampling, restart)))
        .collect();
    files.push(OWN_TABLES.to_vec());
    for (number, file) in files.iter().enumerate() {
        for eighths in 1..=4u32 {
            let small = |side: u16| (u32::from(side) * eighths).div_ceil(8);
            let raster = scaled::decode(file, small(WIDTH)).unwrap();
            assert_eq!((raster.width, raster.height), (small(WIDTH), small(HEIGHT)));
            let part = f64::from(eighths) / 8.0;
            let off = deviation(&raster, (f64::from(WIDTH) * part, f64::from(HEIGHT) * part));
            assert!(off < 2.5, "file {number}, {eighths} eighths: off by {off:.2}");
        }
    }
}

#[test]
fn it_sees_what_the_general_decoder_sees() {
    let mut noise = Noise(5);
    let (width, height) = (136u16, 72u16);
    for round in 0..60u8 {
        // From flat to all colours, at last black and white, so that codes of all lengths stand in all places.
        let grain = u64::from(round % 10);
        let pixels: Vec<u8> = (0..usize::from(width) * usize::from(height))
            .flat_map(|_| match grain {
                9 => [noise.below(2) as u8 * 255; 3],
                _ => [0; 3].map(|_: u8| noise.below(grain * 31 + 1) as u8),
            })
            .collect();
        let mut file = Vec::new();
        let mut encoder = Encoder::new(&mut file, 50 + 10 * (round / 10));
        encoder.set_sampling_factor(SamplingFactor::F_1_1);
        encoder.encode(&pixels, width, height, ColorType::Rgb).unwrap();
        for part in [2, 4, 8] {
            let small = width.div_ceil(part);
            let mut general = Decoder::new(&file[..]);
            general.scale(small, u16::MAX).unwrap();
            let general = general.decode().unwrap();
            let scaled = scaled::decode(&file, small.into()).unwrap();
            assert_eq!(scaled.pixels.len(), general.len());
            let off = scaled.pixels.iter().zip(&general).map(|(a, b)| a.abs_diff(*b)).max();
            assert!(off <= Some(3), "round {round}, 1/{part}: off by {off:?}");
        }
    }
}

#[test]
fn the_smallest_size_that_will_do_is_chosen() {
    let file = camera_file(SamplingFactor::F_2_2, 0);
    for (least, width) in [(1, 52), (52, 52), (53, 104), (105, 155), (156, 207), (207, 207)] {
        assert_eq!(scaled::decode(&file, least).unwrap().width, width, "{least}");
    }
    assert!(scaled::decode(&file, 208).is_none());
    // Whoever asks gets it all the same.
    let raster = decode(&file, Wanted { colour: true, longest_side: Some(208) }).unwrap();
    assert_eq!((raster.width, raster.height), (WIDTH.into(), HEIGHT.into()));
}

/// The place in the file behind the first segment with that marker and its length.
fn body_of(file: &[u8], marker: u8) -> usize {
    file.windows(2).position(|pair| pair == [0xff, marker]).unwrap() + 4
}

fn inserted(file: &[u8], at: usize, bytes: &[u8]) -> Vec<u8> {
    [&file[..at], bytes, &file[at..]].concat()
}

#[test]
fn what_cameras_may_write_otherwise_means_the_same() {
    let file = camera_file(SamplingFactor::F_2_2, 3);
    let pixels = |file: &[u8]| scaled::decode(file, 100).map(|raster| raster.pixels);
    let expected = pixels(&file);
    assert!(expected.is_some());
    let (frame, scan, table) = (body_of(&file, 0xc0), body_of(&file, 0xda), body_of(&file, 0xdb));
    let restart = file.windows(2).position(|pair| pair == [0xff, 0xd0]).unwrap();

    let mut extended = file.clone();
    extended[frame - 3] = 0xc1;
    assert_eq!(pixels(&extended), expected, "extended sequential");
    assert_eq!(pixels(&inserted(&file, restart, &[0xff; 3])), expected, "fill bytes before a restart");
    assert_eq!(pixels(&inserted(&file, file.len() - 2, &[0xff])), expected, "a fill byte before the end");
    assert_eq!(pixels(&inserted(&file, 2, b"\xff\xfe\0\x06\xff\xda\xff\xd9")), expected, "a comment");
    assert_eq!(pixels(&inserted(&file, file.len(), &file)), expected, "another image behind it");

    let mut numbered = file.clone();
    let first = numbered[frame + 6];
    for component in 0..3 {
        numbered[frame + 6 + 3 * component] = 1 - first + component as u8;
        numbered[scan + 1 + 2 * component] = 1 - first + component as u8;
    }
    assert!(first <= 1);
    assert_eq!(pixels(&numbered), expected, "numbered from {}", 1 - first);

    // The first table, with 16 bits an entry.
    assert_eq!(file[table], 0);
    let length = usize::from(u16::from_be_bytes([file[table - 2], file[table - 1]]));
    assert_eq!(length, 67);
    let wide = file[table + 1..table + 65].iter().flat_map(|&entry| [0, entry]);
    let wide: Vec<u8> = [0, 131, 0x10].into_iter().chain(wide).collect();
    let wide = [&file[..table - 2], &wide, &file[table + 65..]].concat();
    assert_eq!(pixels(&wide), expected, "a table of 16 bits");
}

#[test]
fn all_else_is_left_to_the_general_decoder() {
    let file = camera_file(SamplingFactor::F_2_2, 3);
    let ours = |file: &[u8]| scaled::decode(file, 100).is_some();
    let changed = |at: usize, byte: u8| {
        let mut file = file.clone();
        file[at] = byte;
        ours(&file)
    };
    let (frame, scan, table) = (body_of(&file, 0xc0), body_of(&file, 0xda), body_of(&file, 0xdb));
    let codes = body_of(&file, 0xc4);
    assert!(changed(frame, 8));
    assert!(!changed(frame - 3, 0xc2), "progressive");
    assert!(!changed(frame - 3, 0xc9), "arithmetic");
    assert!(!changed(frame, 12), "12 bits");
    assert!(!changed(frame + 6, b'R'), "not Y");
    assert!(!changed(frame + 7, 0x41), "sampled four times");
    assert!(!changed(frame + 8, 3), "a table that is not there");
    assert!(!changed(table, 0x25), "a table of 24 bits");
    assert!(!changed(table + 9, 0), "a factor of zero");
    assert!(!changed(codes + 1, 3), "more codes of a bit than there are");
    assert!(!changed(codes + 17, 12), "a difference of 12 bits");
    assert!(!changed(codes + 17, 0x52), "a difference of 82 bits");
    assert!(!changed(scan, 1), "one component");
    assert!(!changed(scan + 1, 9), "another component");
    assert!(!changed(scan + 8, 5), "part of the frequencies");
    let mut fine = file.clone();
    (0..3).for_each(|component| fine[frame + 7 + 3 * component] = 0x22);
    assert!(!ours(&fine), "twelve blocks a unit");

    let restart = file.windows(2).position(|pair| pair == [0xff, 0xd0]).unwrap();
    assert!(!changed(restart + 1, 0xd1), "restarts out of order");
    assert!(!changed(restart + 1, 0), "no restart");
    assert!(!ours(&inserted(&file, restart, &[0x55])), "a byte too many before a restart");
    assert!(!ours(&inserted(&file, restart, &[0xff, 0xff, 0])), "fill bytes, but no marker");
    let end = file.len() - 2;
    assert!(!ours(&inserted(&file, end, &[0x55; 20])), "bytes behind the last unit");
    assert!(!ours(&inserted(&file, end, &[0xff, 0xd0])), "a restart behind the last unit");
    assert!(!ours(&inserted(&file, end, &file[frame - 4..end])), "a second frame");
    assert!(!ours(&inserted(&file, end, &file[scan - 4..end])), "a second scan");

    let pixels = vec![90; 4 * 160 * 96];
    for (colour, progressive) in [
        (ColorType::Luma, false),
        (ColorType::Rgb, true),
        (ColorType::Cmyk, false),
        (ColorType::CmykAsYcck, false),
    ] {
        let bytes = match colour {
            ColorType::Luma => 1,
            ColorType::Rgb => 3,
            _ => 4,
        };
        let file = jpeg_of((160, 96), colour, &pixels[..160 * 96 * bytes], progressive);
        assert!(scaled::decode(&file, 40).is_none(), "{colour:?}");
        assert!(decode(&file, Wanted { colour: true, longest_side: Some(40) }).is_ok(), "{colour:?}");
    }
    let planes = include_bytes!("../planes.jpg");
    assert!(scaled::decode(planes, 10).is_none());

    // Adobe's segment says what the colours are.
    for (transform, ours) in [(0, false), (1, true), (2, false)] {
        let adobe = [0xff, 0xee, 0, 14, b'A', b'd', b'o', b'b', b'e', 0, 100, 0, 0, 0, 0, transform];
        let marked = [&file[..2], &adobe, &file[2..]].concat();
        assert_eq!(scaled::decode(&marked, 100).is_some(), ours, "{transform}");
    }
}

/// Units of grey, in the codes that the encoder gives Y and those it gives the others: no difference, no detail.
fn grey_units(units: usize, blocks: [usize; 3]) -> Vec<u8> {
    let [y, cb, cr] = blocks;
    let unit = [vec!["001010"; y], vec!["0000"; cb + cr]].concat().concat();
    let bits = format!("{}1111111", unit.repeat(units)).into_bytes();
    let (bytes, _) = bits.as_chunks::<8>();
    bytes.iter().map(|bits| bits.iter().fold(0, |byte, bit| byte << 1 | (bit - b'0'))).collect()
}

#[test]
fn every_sampling_of_every_component_has_its_place() {
    let mut file = Vec::new();
    Encoder::new(&mut file, 90).encode(&[128; 3 * 176 * 144], 176, 144, ColorType::Rgb).unwrap();
    let (frame, scan) = (body_of(&file, 0xc0), body_of(&file, 0xda));
    let samplings = [0x11u8, 0x12, 0x21, 0x22];
    for (y, cb, cr) in (0..64)
        .map(|number: usize| (samplings[number / 16], samplings[number / 4 % 4], samplings[number % 4]))
    {
        let all = [y, cb, cr];
        (0..3).for_each(|component| file[frame + 7 + 3 * component] = all[component]);
        let (across, down) = (all.map(|sampling| sampling >> 4), all.map(|sampling| sampling & 15));
        let side =
            |pixels: usize, most: [u8; 3]| pixels.div_ceil(8 * usize::from(most.into_iter().max().unwrap()));
        let blocks = all.map(|sampling| usize::from((sampling >> 4) * (sampling & 15)));
        let data = grey_units(side(176, across) * side(144, down), blocks);
        let whole = [&file[..scan + 10], &data, &[0xff, 0xd9]].concat();
        for eighths in 1..=4 {
            let raster = scaled::decode(&whole, 22 * eighths);
            // T.81 allows ten blocks a unit.
            assert_eq!(raster.is_some(), blocks.iter().sum::<usize>() <= 10, "{all:x?}");
            if let Some(raster) = raster {
                assert_eq!((raster.width, raster.height), (22 * eighths, 18 * eighths));
                assert!(raster.pixels.iter().all(|&pixel| pixel == 128), "{all:x?}");
            }
        }
    }
}

#[test]
fn a_picture_that_is_cut_off_is_right_as_far_as_it_goes() {
    for restart in [0, 4] {
        let file = camera_file(SamplingFactor::F_2_2, restart);
        let whole = scaled::decode(&file, 60).unwrap();
        let row = whole.width as usize * 3;
        let mut most = 0;
        for end in (0..file.len()).step_by(61).chain(file.len() - 40..file.len()) {
            let Some(part) = scaled::decode(&file[..end], 60) else {
                assert!(end < file.len() / 2, "{end} of {} is enough", file.len());
                continue;
            };
            let missing = part.pixels.rchunks(row).take_while(|row| row.iter().all(|&it| it == 128)).count();
            let there = part.pixels.len() - missing * row;
            assert_eq!(part.pixels[..there], whole.pixels[..there], "{end} of {}", file.len());
            assert!(there >= whole.pixels.len() / 4 && there >= most, "{end} of {}", file.len());
            most = there;
        }
        assert_eq!(most, whole.pixels.len());
    }
    // What is missing in the middle is damage.
    let file = camera_file(SamplingFactor::F_2_2, 0);
    let (at, end) = (file.len() / 2, file.len() - 2);
    assert!(scaled::decode(&[&file[..at], &file[end..]].concat(), 60).is_none());
}

#[test]
fn mangled_files_are_decoded_whole_or_left() {
    let mut noise = Noise(77);
    let files =
        [SAMPLINGS.map(|sampling| camera_file(sampling, 6)).to_vec(), vec![OWN_TABLES.to_vec()]].concat();
    let (mut whole, mut left) = (0, 0);
    for round in 0..3000 {
        let mut file = files[round % files.len()].clone();
        let scan = body_of(&file, 0xda);
        for _ in 0..1 + noise.below(4) {
            // Half of the changes meet the headers and tables.
            let reach = if noise.below(2) == 0 { scan } else { file.len() };
            let at = noise.below(reach as u64);
            file[at] = if noise.below(8) == 0 { 0xff } else { noise.next() as u8 };
        }
        // All four sizes in turn.
        match scaled::decode(&file, [40, 100, 150, 200][round % 4]) {
            Some(raster) => {
                assert_eq!(raster.pixels.len(), (raster.width * raster.height * 3) as usize);
                whole += 1;
            }
            None => left += 1,
        }
    }
    assert!(whole > 100 && left > 100, "{whole} decoded, {left} left");
}
