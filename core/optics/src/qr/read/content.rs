//! From bytes to text (ISO/IEC 18004, 7.4).

/// Characters of alphanumeric mode.
const ALPHANUMERIC: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// What fills up the codewords behind the text, in turn.
const PADDING: [u8; 2] = [0xec, 0x11];

/// Stands for characters of Kanji mode: no code of ours has any, and their table would be larger than this reader.
const UNKNOWN: char = char::REPLACEMENT_CHARACTER;

struct Bits<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl Bits<'_> {
    fn left(&self) -> usize {
        self.bytes.len() * 8 - self.at
    }

    /// The next bits as a number, the highest first; at most 24.
    fn take(&mut self, count: usize) -> Option<u32> {
        if count > self.left() {
            return None;
        }
        let mut value = 0;
        for at in self.at..self.at + count {
            let byte = self.bytes.get(at / 8)?;
            value = value << 1 | u32::from(byte >> (7 - at % 8) & 1);
        }
        self.at += count;
        Some(value)
    }
}

/// The text that data codewords hold, in a code of that version number. `None` if they hold none, or are not written as
/// the standard says: then they are not what was written.
pub(super) fn text(data: &[u8], version: u8) -> Option<String> {
    let mut bits = Bits { bytes: data, at: 0 };
    let mut text = String::new();
    let mut bytes: Vec<u8> = Vec::new();
    let size = match version {
        ..=9 => 0,
        10..=26 => 1,
        _ => 2,
    };
    let length = |bits: &mut Bits<'_>, sizes: [usize; 3]| bits.take(*sizes.get(size)?).map(|it| it as usize);
    loop {
        if bits.left() < 4 {
            break;
        }
        let mode = bits.take(4)?;
        if mode != 0b0100 {
            append(&mut text, &mut bytes);
        }
        match mode {
            0b0000 => {
                if !padded(&mut bits) {
                    return None;
                }
                break;
            }
            0b0001 => {
                let mut digits = length(&mut bits, [10, 12, 14])?;
                while digits > 0 {
                    let (count, width) = match digits {
                        1 => (1, 4),
                        2 => (2, 7),
                        _ => (3, 10),
                    };
                    let value = bits.take(width)?;
                    if value >= 10u32.pow(count) {
                        return None;
                    }
                    text.push_str(&format!("{value:0width$}", width = count as usize));
                    digits -= count as usize;
                }
            }
            0b0010 => {
                let mut characters = length(&mut bits, [9, 11, 13])?;
                while characters > 0 {
                    if characters == 1 {
                        text.push(char::from(*ALPHANUMERIC.get(bits.take(6)? as usize)?));
                        break;
                    }
                    let pair = bits.take(11)? as usize;
                    text.push(char::from(*ALPHANUMERIC.get(pair / 45)?));
                    text.push(char::from(*ALPHANUMERIC.get(pair % 45)?));
                    characters -= 2;
                }
            }
            0b0100 => {
                // Parts of one text may be in several segments, and break within a character.
                for _ in 0..length(&mut bits, [8, 16, 16])? {
                    bytes.push(bits.take(8)? as u8);
                }
            }
            0b1000 => {
                for _ in 0..length(&mut bits, [8, 10, 12])? {
                    bits.take(13)?;
                    text.push(UNKNOWN);
                }
            }
            // Which character set follows; what is UTF-8 is seen to be.
            0b0111 => match bits.take(8)? {
                0..=0x7f => {}
                0x80..=0xbf => drop(bits.take(8)?),
                0xc0..=0xdf => drop(bits.take(16)?),
                _ => return None,
            },
            // One of several codes that belong together.
            0b0011 => drop(bits.take(16)?),
            // For programs of the GS1, and of others.
            0b0101 => {}
            0b1001 => drop(bits.take(8)?),
            _ => return None,
        }
    }
    append(&mut text, &mut bytes);
    (!text.is_empty()).then_some(text)
}

/// Bytes are UTF-8 if they can be, else Latin-1, which is what the standard says they are.
fn append(text: &mut String, bytes: &mut Vec<u8>) {
    match std::str::from_utf8(bytes) {
        Ok(read) => text.push_str(read),
        Err(_) => text.extend(bytes.iter().map(|&byte| char::from(byte))),
    }
    bytes.clear();
}

/// Whether what follows the end of the text is what fills codewords up. Some programs write zeros, so those pass, too.
fn padded(bits: &mut Bits<'_>) -> bool {
    let fill = (8 - bits.at % 8) % 8;
    if bits.take(fill).is_some_and(|rest| rest != 0) {
        return false;
    }
    let rest = bits.bytes.get(bits.at / 8..).unwrap_or_default();
    let wrong = rest.iter().zip(PADDING.iter().cycle()).filter(|(a, b)| a != b).count();
    wrong == 0 || rest.iter().all(|&byte| byte == 0) || rest.iter().all(|byte| PADDING.contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn packed(parts: &[(u32, usize)]) -> Vec<u8> {
        let bits: Vec<u8> = parts
            .iter()
            .flat_map(|&(value, width)| (0..width).rev().map(move |at| (value >> at & 1) as u8))
            .collect();
        bits.chunks(8)
            .map(|byte| byte.iter().fold(0, |sum, bit| sum << 1 | bit) << (8 - byte.len()))
            .collect()
    }

    #[test]
    fn every_mode() {
        let numeric = packed(&[(1, 4), (8, 10), (12, 10), (345, 10), (67, 7), (0, 4)]);
        assert_eq!(text(&numeric, 1).unwrap(), "01234567");
        let mixed = packed(&[(2, 4), (3, 9), (10 * 45 + 44, 11), (1, 6), (4, 4), (1, 8), (0xe9, 8), (0, 4)]);
        assert_eq!(text(&mixed, 1).unwrap(), "A:1é");
        let euro =
            packed(&[(7, 4), (26, 8), (4, 4), (2, 8), (0xe2, 8), (0x82, 8), (4, 4), (1, 8), (0xac, 8)]);
        assert_eq!(text(&euro, 1).unwrap(), "€");
        let kanji = packed(&[(8, 4), (1, 8), (0x0aaa, 13), (0, 4)]);
        assert_eq!(text(&kanji, 1).unwrap(), "\u{fffd}");
    }

    #[test]
    fn what_nobody_writes_is_no_text() {
        assert_eq!(text(&[], 1), None);
        assert_eq!(text(&packed(&[(0, 4)]), 1), None);
        assert_eq!(text(&packed(&[(15, 4), (0, 8)]), 1), None);
        // More than there is, numbers beyond their digits, characters beyond the table.
        assert_eq!(text(&packed(&[(4, 4), (9, 8), (65, 8)]), 1), None);
        assert_eq!(text(&packed(&[(1, 4), (3, 10), (1000, 10), (0, 4)]), 1), None);
        assert_eq!(text(&packed(&[(2, 4), (2, 9), (2047, 11), (0, 4)]), 1), None);
        let one = [(4, 4), (1, 8), (65, 8), (0, 4)];
        let with = |tail: &[(u32, usize)]| text(&packed(&[&one[..], tail].concat()), 1);
        assert_eq!(with(&[(0xec, 8), (0x11, 8), (0xec, 8)]).unwrap(), "A");
        assert_eq!(with(&[(0, 8), (0, 8)]).unwrap(), "A");
        assert_eq!(with(&[(0x5a, 8), (0x11, 8)]), None);
    }
}
