//! Strict Base45 (RFC 9285): upper case only, no white space but the alphabet's own space, no impossible lengths, no
//! group above its range. One text, one meaning: revocation and replay checks must not be evaded by respelling.

const ALPHABET: &[u8; 45] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:";

/// Value of each byte in the alphabet; 45 and above: not in it.
const VALUES: [u8; 256] = {
    let mut values = [255; 256];
    let mut digit = 0;
    while digit < 45 {
        values[ALPHABET[digit] as usize] = digit as u8;
        digit += 1;
    }
    values
};

/// The Base45 text of `bytes`.
#[must_use]
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() / 2 * 3 + 2);
    let (pairs, rest) = bytes.as_chunks::<2>();
    let mut push = |mut number: u16, digits: u8| {
        for _ in 0..digits {
            text.push(char::from(ALPHABET[usize::from(number % 45)]));
            number /= 45;
        }
    };
    for pair in pairs {
        push(u16::from_be_bytes(*pair), 3);
    }
    if let [byte] = rest {
        push(u16::from(*byte), 2);
    }
    text
}

/// The bytes that `text` spells, or nothing where RFC 9285 forbids it.
#[must_use]
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let (groups, rest) = text.as_bytes().as_chunks::<3>();
    let mut bytes = Vec::with_capacity(groups.len() * 2 + 1);
    for group in groups {
        let number = group.iter().rev().try_fold(0u32, |number, character| {
            let digit = VALUES[usize::from(*character)];
            (digit < 45).then(|| number * 45 + u32::from(digit))
        })?;
        bytes.extend_from_slice(&u16::try_from(number).ok()?.to_be_bytes());
    }
    match rest {
        [] => {}
        [low, high] => {
            let (low, high) = (VALUES[usize::from(*low)], VALUES[usize::from(*high)]);
            if low >= 45 || high >= 45 {
                return None;
            }
            bytes.push(u8::try_from(u16::from(low) + 45 * u16::from(high)).ok()?);
        }
        _ => return None,
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn examples_of_rfc_9285() {
        for (plain, coded) in [("AB", "BB8"), ("Hello!!", "%69 VD92EX0"), ("base-45", "UJCLQE7W581")] {
            assert_eq!(encode(plain.as_bytes()), coded);
            assert_eq!(decode(coded).as_deref(), Some(plain.as_bytes()));
        }
        assert_eq!(decode("QED8WEX0").as_deref(), Some(b"ietf!".as_slice()));
        assert_eq!(encode(b"ietf!"), "QED8WEX0");
        assert_eq!(decode("FGW"), Some(vec![0xff, 0xff]));
        for refused in
            ["GGW", ":::", "::", "000::", "000V5", "0", "0000", "ab8", "BB8\n", "BB8é", "BB\u{ff18}"]
        {
            assert_eq!(decode(refused), None, "{refused}");
        }
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(bytes: Vec<u8>) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
        }

        #[test]
        fn no_two_texts_mean_the_same(text in "[0-9A-Z $%*+./:-]{0,30}") {
            if let Some(bytes) = decode(&text) {
                prop_assert_eq!(encode(&bytes), text);
            }
        }
    }
}
