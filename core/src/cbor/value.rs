//! Any deterministic CBOR item, for the places where a format leaves room to grow.

use super::{CborError, Key, Reader, Writer};

/// Any deterministic CBOR item, for the places where a format leaves room to grow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// An integer of zero or above.
    Uint(u64),
    /// The integer -1 - n.
    Negative(u64),
    /// Bytes.
    Bytes(Vec<u8>),
    /// Text.
    Text(String),
    /// An array.
    Array(Vec<Value>),
    /// A map; the writer sorts it.
    Map(Vec<(Value, Value)>),
    /// False or true.
    Bool(bool),
    /// Null.
    Null,
}

impl Value {
    /// Reads exactly one item.
    ///
    /// # Errors
    /// Whatever is not deterministic CBOR, trailing bytes included.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, CborError> {
        Reader::whole(bytes, Reader::value)
    }

    /// The item's deterministic encoding.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.value(self);
        writer.finish()
    }

    /// A signed integer as CBOR splits it.
    #[must_use]
    pub fn int(number: i64) -> Self {
        match u64::try_from(number) {
            Ok(number) => Self::Uint(number),
            Err(_) => Self::Negative(number.unsigned_abs() - 1),
        }
    }

    /// The integer, if it is one and fits.
    #[must_use]
    pub fn as_int(&self) -> Option<i64> {
        match self {
            Self::Uint(number) => i64::try_from(*number).ok(),
            Self::Negative(number) => i64::try_from(*number).ok().map(|number| -1 - number),
            _ => None,
        }
    }

    /// The integer, if it is one of zero or above.
    #[must_use]
    pub const fn as_uint(&self) -> Option<u64> {
        match self {
            Self::Uint(number) => Some(*number),
            _ => None,
        }
    }

    /// The text, if it is text.
    #[must_use]
    pub const fn as_text(&self) -> Option<&str> {
        match self {
            Self::Text(text) => Some(text.as_str()),
            _ => None,
        }
    }

    /// The bytes, if it is a byte string.
    #[must_use]
    pub const fn as_bytes(&self) -> Option<&[u8]> {
        match self {
            Self::Bytes(bytes) => Some(bytes.as_slice()),
            _ => None,
        }
    }

    /// The truth value, if it is one.
    #[must_use]
    pub const fn as_bool(&self) -> Option<bool> {
        match self {
            Self::Bool(value) => Some(*value),
            _ => None,
        }
    }

    /// The elements, if it is an array.
    #[must_use]
    pub const fn as_array(&self) -> Option<&[Self]> {
        match self {
            Self::Array(items) => Some(items.as_slice()),
            _ => None,
        }
    }

    /// The value behind an integer key, if it is a map that has it.
    #[must_use]
    pub fn get(&self, key: u64) -> Option<&Self> {
        match self {
            Self::Map(entries) => entries.iter().find(|(k, _)| *k == Self::Uint(key)).map(|(_, value)| value),
            _ => None,
        }
    }
}

impl From<Key<'_>> for Value {
    fn from(key: Key<'_>) -> Self {
        match key {
            Key::Uint(number) => Self::Uint(number),
            Key::Negative(number) => Self::Negative(number),
            Key::Text(text) => Self::Text(text.to_owned()),
            Key::Bytes(bytes) => Self::Bytes(bytes.to_owned()),
        }
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Self::Bytes(bytes.to_owned())
    }
}

impl From<u64> for Value {
    fn from(number: u64) -> Self {
        Self::Uint(number)
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn key() -> impl Strategy<Value = Value> {
        prop_oneof![
            any::<u64>().prop_map(Value::Uint),
            any::<u64>().prop_map(Value::Negative),
            ".{0,9}".prop_map(Value::Text),
            prop::collection::vec(any::<u8>(), 0..40).prop_map(Value::Bytes),
        ]
    }

    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![key(), any::<bool>().prop_map(Value::Bool), Just(Value::Null)];
        leaf.prop_recursive(6, 64, 8, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..8).prop_map(Value::Array),
                prop::collection::vec((key(), inner), 0..8).prop_map(|mut entries| {
                    entries.sort_by_key(|(key, _)| key.to_bytes());
                    entries.dedup_by_key(|(key, _)| key.to_bytes());
                    Value::Map(entries)
                }),
            ]
        })
    }

    proptest! {
        #[test]
        fn reads_what_it_writes(value in value()) {
            prop_assert_eq!(Value::from_bytes(&value.to_bytes()), Ok(value));
        }

        #[test]
        fn whatever_it_reads_is_the_only_encoding(bytes in prop::collection::vec(any::<u8>(), 0..64)) {
            if let Ok(value) = Value::from_bytes(&bytes) {
                prop_assert_eq!(value.to_bytes(), bytes);
            }
        }

        #[test]
        fn one_changed_byte_is_refused_or_another_value(value in value(), at: prop::sample::Index, to: u8) {
            let mut bytes = value.to_bytes();
            let at = at.index(bytes.len());
            prop_assume!(bytes[at] != to);
            bytes[at] = to;
            if let Ok(other) = Value::from_bytes(&bytes) {
                prop_assert_eq!(other.to_bytes(), bytes);
                prop_assert_ne!(other, value);
            }
        }
    }

    #[test]
    fn refuses_what_is_not_deterministic() {
        let refused: &[(&str, &[u8])] = &[
            ("empty", &[]),
            ("two items", &[0, 0]),
            ("23 in two bytes", &[0x18, 23]),
            ("255 in three bytes", &[0x19, 0, 255]),
            ("length in the long form", &[0x58, 1, 0]),
            ("indefinite bytes", &[0x5f, 0xff]),
            ("indefinite array", &[0x9f, 0xff]),
            ("indefinite map", &[0xbf, 0xff]),
            ("reserved length", &[0x1c]),
            ("tag", &[0xc0, 0]),
            ("half float", &[0xf9, 0, 0]),
            ("double", &[0xfb, 0, 0, 0, 0, 0, 0, 0, 0]),
            ("undefined", &[0xf7]),
            ("simple 0", &[0xe0]),
            ("simple 32", &[0xf8, 32]),
            ("true in two bytes", &[0xf8, 21]),
            ("keys unsorted", &[0xa2, 2, 0, 1, 0]),
            ("key twice", &[0xa2, 1, 0, 1, 0]),
            ("key true", &[0xa1, 0xf5, 0]),
            ("key null", &[0xa1, 0xf6, 0]),
            ("key an array", &[0xa1, 0x80, 0]),
            ("text not UTF-8", &[0x61, 0xff]),
            ("surrogate", &[0x63, 0xed, 0xa0, 0x80]),
            ("truncated bytes", &[0x42, 0]),
            ("array of 2^62", &[0x9b, 0x40, 0, 0, 0, 0, 0, 0, 0]),
            ("break", &[0xff]),
        ];
        for (what, bytes) in refused {
            assert!(Value::from_bytes(bytes).is_err(), "{what}");
        }
    }

    #[test]
    fn nests_sixteen_deep_and_no_deeper() {
        let nested = |depth: usize| {
            let mut bytes = vec![0x81; depth - 1];
            bytes.push(0x80);
            bytes
        };
        assert!(Value::from_bytes(&nested(16)).is_ok());
        assert_eq!(Value::from_bytes(&nested(17)), Err(CborError::TooDeep));
        assert_eq!(Value::from_bytes(&vec![0x81; 100_000]), Err(CborError::TooDeep));
    }
}
