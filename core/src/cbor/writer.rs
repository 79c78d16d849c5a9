//! Writes deterministic CBOR.

use super::Value;

/// Writes deterministic CBOR. Map keys are the caller's to give in order, or [`Value::Map`]'s, which is sorted here.
#[derive(Debug, Default)]
pub struct Writer {
    bytes: Vec<u8>,
}

impl Writer {
    /// An empty writer.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// An empty writer with room for `bytes`.
    #[must_use]
    pub fn with_capacity(bytes: usize) -> Self {
        Self { bytes: Vec::with_capacity(bytes) }
    }

    /// What was written.
    #[must_use]
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }

    /// An integer of zero or above.
    pub fn uint(&mut self, number: u64) -> &mut Self {
        self.head(0, number)
    }

    /// The integer -1 - `number`.
    pub fn negative(&mut self, number: u64) -> &mut Self {
        self.head(1, number)
    }

    /// A byte string.
    pub fn bytes(&mut self, bytes: &[u8]) -> &mut Self {
        self.head(2, bytes.len() as u64);
        self.raw(bytes)
    }

    /// A text string.
    pub fn text(&mut self, text: &str) -> &mut Self {
        self.head(3, text.len() as u64);
        self.raw(text.as_bytes())
    }

    /// The start of an array of `count` elements, which must follow.
    pub fn array(&mut self, count: usize) -> &mut Self {
        self.head(4, count as u64)
    }

    /// The start of a map of `count` entries, which must follow, keys in bytewise order of their encodings.
    pub fn map(&mut self, count: usize) -> &mut Self {
        self.head(5, count as u64)
    }

    /// False or true.
    pub fn bool(&mut self, value: bool) -> &mut Self {
        self.raw(&[0xf4 + u8::from(value)])
    }

    /// Null.
    pub fn null(&mut self) -> &mut Self {
        self.raw(&[0xf6])
    }

    /// An integer of zero or above, or null.
    pub fn optional_uint(&mut self, number: Option<u64>) -> &mut Self {
        match number {
            Some(number) => self.uint(number),
            None => self.null(),
        }
    }

    /// Bytes that are deterministic CBOR already.
    pub fn raw(&mut self, encoded: &[u8]) -> &mut Self {
        self.bytes.extend_from_slice(encoded);
        self
    }

    /// Any item; maps are sorted.
    pub fn value(&mut self, value: &Value) -> &mut Self {
        match value {
            Value::Uint(number) => self.uint(*number),
            Value::Negative(number) => self.negative(*number),
            Value::Bytes(bytes) => self.bytes(bytes),
            Value::Text(text) => self.text(text),
            Value::Bool(value) => self.bool(*value),
            Value::Null => self.null(),
            Value::Array(items) => {
                self.array(items.len());
                for item in items {
                    self.value(item);
                }
                self
            }
            Value::Map(entries) => {
                let mut entries: Vec<_> =
                    entries.iter().map(|(key, value)| (key.to_bytes(), value)).collect();
                entries.sort_by(|(a, _), (b, _)| a.cmp(b));
                self.map(entries.len());
                for (key, value) in entries {
                    self.raw(&key).value(value);
                }
                self
            }
        }
    }

    fn head(&mut self, major: u8, argument: u64) -> &mut Self {
        let major = major << 5;
        match argument {
            0..=23 => self.bytes.push(major | argument.to_le_bytes()[0]),
            24..=0xff => self.bytes.extend([major | 24, argument.to_le_bytes()[0]]),
            0x100..=0xffff => {
                self.bytes.push(major | 25);
                self.bytes.extend_from_slice(&argument.to_be_bytes()[6..]);
            }
            0x1_0000..=0xffff_ffff => {
                self.bytes.push(major | 26);
                self.bytes.extend_from_slice(&argument.to_be_bytes()[4..]);
            }
            _ => {
                self.bytes.push(major | 27);
                self.bytes.extend_from_slice(&argument.to_be_bytes());
            }
        }
        self
    }
}
