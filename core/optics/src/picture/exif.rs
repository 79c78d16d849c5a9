//! The one thing wanted from an Exif block: which way is up.

/// Tag number of the orientation.
const ORIENTATION: u16 = 0x0112;

/// Type number of an unsigned 16 bit value.
const SHORT: u16 = 3;

/// Most entries looked at; cameras write about twenty.
const MAX_ENTRIES: usize = 1000;

/// The orientation, 1 to 8, that a TIFF structure's first directory names; 1 (upright) if it names none or is
/// malformed. Reads only inside `tiff`, once over at most [`MAX_ENTRIES`].
pub(crate) fn orientation(tiff: &[u8]) -> u8 {
    read(tiff).and_then(|value| u8::try_from(value).ok()).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

fn read(tiff: &[u8]) -> Option<u16> {
    let big = match tiff.first_chunk::<4>()? {
        b"MM\0\x2a" => true,
        b"II\x2a\0" => false,
        _ => return None,
    };
    let short = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<2>()?;
        Some(if big { u16::from_be_bytes(bytes) } else { u16::from_le_bytes(bytes) })
    };
    let long = |at: usize| {
        let bytes = *tiff.get(at..)?.first_chunk::<4>()?;
        Some(if big { u32::from_be_bytes(bytes) } else { u32::from_le_bytes(bytes) })
    };
    let directory = usize::try_from(long(4)?).ok()?;
    let entries = tiff.get(directory..)?;
    let count = usize::from(short(directory)?).min(MAX_ENTRIES).min(entries.len() / 12);
    let entry = (0..count).map(|n| directory + 2 + 12 * n).find(|&at| short(at) == Some(ORIENTATION))?;
    if short(entry + 2)? != SHORT || long(entry + 4)? != 1 {
        return None;
    }
    short(entry + 8)
}
