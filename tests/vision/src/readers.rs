//! The readers that are compared, each as its makers would have it used on a frame that may hold QR codes.

use std::panic::catch_unwind;

use rxing::{
    BinaryBitmap, DecodeHints, FilteredImageReader, Luma8LuminanceSource, Reader as _,
    common::HybridBinarizer, qrcode::QRCodeReader,
};

use gatehouse_optics::qr::{Effort, read_frame};

use crate::scene::Frame;

/// A reader's name and what it reads.
#[derive(Clone, Copy)]
pub struct Reader {
    pub name: &'static str,
    pub read: fn(&Frame) -> Vec<String>,
}

/// Ours first.
pub const READERS: [Reader; 5] = [
    Reader { name: "fast", read: fast },
    Reader { name: "thorough", read: thorough },
    Reader { name: "rqrr", read: by_rqrr },
    Reader { name: "rxing", read: by_rxing },
    Reader { name: "zxing-cpp", read: by_zxing_cpp },
];

fn fast(frame: &Frame) -> Vec<String> {
    ours(frame, Effort::Fast)
}

fn thorough(frame: &Frame) -> Vec<String> {
    ours(frame, Effort::Thorough)
}

pub fn ours(frame: &Frame, effort: Effort) -> Vec<String> {
    let (width, height) = (frame.width as u32, frame.height as u32);
    let reading = read_frame(&frame.luma, width, height, width, effort).expect("a frame");
    reading.codes.into_iter().map(|code| code.text).collect()
}

/// The frame as our reader takes those of a running camera.
pub fn frame_of(frame: &Frame) -> gatehouse_optics::qr::Frame<'_> {
    let (width, height) = (frame.width as u32, frame.height as u32);
    gatehouse_optics::qr::Frame::new(&frame.luma, width, height, width).expect("a frame")
}

fn by_rqrr(frame: &Frame) -> Vec<String> {
    // It asserts things that pictures can make false.
    catch_unwind(|| {
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(frame.width, frame.height, |x, y| {
            frame.luma[y * frame.width + x]
        });
        image.detect_grids().iter().filter_map(|grid| Some(grid.decode().ok()?.1)).collect()
    })
    .unwrap_or_default()
}

fn by_rxing(frame: &Frame) -> Vec<String> {
    let (width, height) = (frame.width as u32, frame.height as u32);
    let Ok(source) = Luma8LuminanceSource::new(frame.luma.clone(), width, height) else {
        return Vec::new();
    };
    let hints = DecodeHints { TryHarder: Some(true), AlsoInverted: Some(true), ..DecodeHints::default() };
    let mut image = BinaryBitmap::new(HybridBinarizer::new(source));
    let found = FilteredImageReader::new(QRCodeReader).decode_with_hints(&mut image, &hints);
    found.ok().map(|found| found.getText().to_owned()).into_iter().collect()
}

fn by_zxing_cpp(frame: &Frame) -> Vec<String> {
    let image =
        zxingcpp::ImageView::from_slice(&frame.luma, frame.width, frame.height, zxingcpp::ImageFormat::Lum)
            .expect("a view");
    let found = zxingcpp::read()
        .formats(&[zxingcpp::BarcodeFormat::QRCode])
        .try_harder(true)
        .try_rotate(true)
        .try_invert(true)
        .try_downscale(true)
        .from(image);
    found.map(|all| all.iter().map(|code| code.text()).collect()).unwrap_or_default()
}
