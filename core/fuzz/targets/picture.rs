use gatehouse_core::{
    photo::{self, MAX_JPEG_BYTES, MAX_SIDE},
    picture::{self as pictures, Luma, MAX_PIXELS},
    qr,
};

/// Most characters that a QR code can hold (version 40-L, digits).
const MOST_CHARACTERS: usize = 7089;

fn check_codes(codes: &[String]) {
    for (place, code) in codes.iter().enumerate() {
        assert!(code.chars().count() <= MOST_CHARACTERS);
        assert!(!codes[..place].contains(code), "found twice");
    }
    if let Some(first) = qr::first_pass(codes) {
        assert!(first.starts_with("GH1:"));
    }
}

/// The bytes as a PNG or JPEG file in which codes are sought.
pub fn picture(data: &[u8]) {
    let Ok(luma) = pictures::luma(data) else { return };
    let area = u64::from(luma.width) * u64::from(luma.height);
    assert!(area <= MAX_PIXELS && luma.pixels.len() as u64 == area);
    let codes = qr::codes_in_luma(&luma);
    check_codes(&codes);
    assert_eq!(qr::codes_in_picture(data).ok(), Some(codes), "not the same twice");
}

/// The first byte is a width, the others the pixels of a camera's frame.
pub fn frame(data: &[u8]) {
    let Some((width, pixels)) = data.split_first() else { return };
    let width = u32::from(*width).max(1);
    let height = u32::try_from(pixels.len()).unwrap_or(u32::MAX) / width;
    let whole = pixels.get(..(width * height) as usize).unwrap_or_default().to_vec();
    check_codes(&qr::codes_in_luma(&Luma { width, height, pixels: whole }));
    // A picture that lies about its size shows nothing.
    let lie = Luma { width, height: height + 1, pixels: pixels.to_vec() };
    assert!(
        pixels.len() as u64 == u64::from(width) * u64::from(height + 1) || qr::codes_in_luma(&lie).is_empty()
    );
}

/// The bytes as a photo that is about to be kept.
pub fn photo(data: &[u8]) {
    let Ok(photo) = photo::prepare(data) else { return };
    check_photo(&photo);
    let again = photo::prepare(&photo.jpeg).expect("our own JPEG");
    check_photo(&again);
    assert_eq!((again.width, again.height), (photo.width, photo.height), "turned or shrunk twice");
}

fn check_photo(photo: &photo::Photo) {
    assert!((1..=MAX_SIDE).contains(&photo.width) && (1..=MAX_SIDE).contains(&photo.height));
    assert!(photo.jpeg.len() <= MAX_JPEG_BYTES, "{} bytes", photo.jpeg.len());
    // Segments before the picture's data: nothing but what a decoder needs, so no Exif, no comment, no profile.
    let mut rest = photo.jpeg.strip_prefix(b"\xff\xd8").expect("a JPEG");
    while let [0xff, marker, high, low, ..] = *rest {
        if marker == 0xda {
            return;
        }
        assert!(matches!(marker, 0xc0..=0xdd | 0xe0), "segment {marker:02x} holds metadata");
        rest = rest.get(2 + usize::from(u16::from_be_bytes([high, low]))..).expect("a whole segment");
    }
    panic!("no picture in the JPEG");
}
