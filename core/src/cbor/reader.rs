//! Reads deterministic CBOR (RFC 8949, section 4.2.1), and refuses what is not on the spot.

use super::{CborError, MAX_DEPTH, Value};

const UINT: u8 = 0;
const NINT: u8 = 1;
const BYTES: u8 = 2;
const TEXT: u8 = 3;
const ARRAY: u8 = 4;
const MAP: u8 = 5;

/// A map's key. Integers below zero are kept as CBOR does: `Negative(n)` is -1 - n.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Key<'a> {
    /// Zero or above.
    Uint(u64),
    /// -1 - n.
    Negative(u64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// Reads deterministic CBOR from a slice, item by item, without copying.
#[derive(Debug, Clone)]
pub struct Reader<'a> {
    rest: &'a [u8],
    depth: u8,
}

impl<'a> Reader<'a> {
    /// Starts at the first byte of `bytes`.
    #[must_use]
    pub const fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes, depth: 0 }
    }

    /// Reads all of `bytes` with `read` and refuses trailing bytes.
    ///
    /// # Errors
    /// Those of `read`, and [`CborError::Trailing`].
    pub fn whole<T>(
        bytes: &'a [u8],
        read: impl FnOnce(&mut Self) -> Result<T, CborError>,
    ) -> Result<T, CborError> {
        let mut reader = Self::new(bytes);
        let value = read(&mut reader)?;
        if reader.rest.is_empty() { Ok(value) } else { Err(CborError::Trailing) }
    }

    /// What is left to read.
    #[must_use]
    pub const fn remaining(&self) -> &'a [u8] {
        self.rest
    }

    /// An integer of zero or above.
    ///
    /// # Errors
    /// Anything else.
    pub fn uint(&mut self) -> Result<u64, CborError> {
        self.expect_major(UINT)
    }

    /// `null` as nothing, else an integer of zero or above.
    ///
    /// # Errors
    /// Anything else.
    pub fn optional_uint(&mut self) -> Result<Option<u64>, CborError> {
        if self.take_null() { Ok(None) } else { self.uint().map(Some) }
    }

    /// An integer as -1 - n (for negative ones) or n.
    ///
    /// # Errors
    /// Anything but an integer.
    pub fn key(&mut self) -> Result<Key<'a>, CborError> {
        let (major, argument) = self.head()?;
        match major {
            UINT => Ok(Key::Uint(argument)),
            NINT => Ok(Key::Negative(argument)),
            BYTES => self.take(argument).map(Key::Bytes),
            TEXT => self.take_text(argument).map(Key::Text),
            _ => Err(CborError::Unexpected),
        }
    }

    /// A byte string of any length.
    ///
    /// # Errors
    /// Anything else.
    pub fn bytes(&mut self) -> Result<&'a [u8], CborError> {
        let length = self.expect_major(BYTES)?;
        self.take(length)
    }

    /// A byte string of exactly `N` bytes.
    ///
    /// # Errors
    /// Anything else.
    pub fn array_of<const N: usize>(&mut self) -> Result<[u8; N], CborError> {
        self.bytes()?.try_into().map_err(|_| CborError::Unexpected)
    }

    /// A text string.
    ///
    /// # Errors
    /// Anything else, text that is not UTF-8 included.
    pub fn text(&mut self) -> Result<&'a str, CborError> {
        let length = self.expect_major(TEXT)?;
        self.take_text(length)
    }

    /// `false` or `true`.
    ///
    /// # Errors
    /// Anything else.
    pub fn bool(&mut self) -> Result<bool, CborError> {
        match self.rest.split_first() {
            Some((0xf4, rest)) => {
                self.rest = rest;
                Ok(false)
            }
            Some((0xf5, rest)) => {
                self.rest = rest;
                Ok(true)
            }
            Some(_) => Err(CborError::Unexpected),
            None => Err(CborError::Truncated),
        }
    }

    /// Consumes a `null` if one comes next.
    pub fn take_null(&mut self) -> bool {
        match self.rest.split_first() {
            Some((0xf6, rest)) => {
                self.rest = rest;
                true
            }
            _ => false,
        }
    }

    /// An array: `read` gets the reader and the number of elements, and must read them all.
    ///
    /// # Errors
    /// Those of `read`; nesting beyond the limit; a length that the input cannot hold.
    pub fn array<T>(
        &mut self,
        read: impl FnOnce(&mut Self, u64) -> Result<T, CborError>,
    ) -> Result<T, CborError> {
        let count = self.expect_major(ARRAY)?;
        self.enter(count)?;
        let value = read(self, count)?;
        self.depth -= 1;
        Ok(value)
    }

    /// A map: `read` takes keys from the [`MapReader`] and a value behind each, to the end.
    ///
    /// # Errors
    /// Those of `read`; keys out of order or twice; entries left unread.
    pub fn map<T>(
        &mut self,
        read: impl FnOnce(&mut MapReader<'a, '_>) -> Result<T, CborError>,
    ) -> Result<T, CborError> {
        let count = self.expect_major(MAP)?;
        self.enter(count)?;
        let mut map = MapReader { reader: self, left: count, last: &[] };
        let value = read(&mut map)?;
        if map.left != 0 {
            return Err(CborError::Unexpected);
        }
        self.depth -= 1;
        Ok(value)
    }

    /// Any one item, as a tree.
    ///
    /// # Errors
    /// Whatever is not deterministic CBOR.
    pub fn value(&mut self) -> Result<Value, CborError> {
        match self.rest.first() {
            None => Err(CborError::Truncated),
            Some(0xf6) => {
                self.take_null();
                Ok(Value::Null)
            }
            Some(0xf4 | 0xf5) => self.bool().map(Value::Bool),
            Some(first) => match first >> 5 {
                ARRAY => self.array(|reader, count| {
                    let mut items = Vec::new();
                    for _ in 0..count {
                        items.push(reader.value()?);
                    }
                    Ok(Value::Array(items))
                }),
                MAP => self.map(|map| {
                    let mut entries = Vec::new();
                    while let Some(key) = map.next_key()? {
                        entries.push((Value::from(key), map.value()?));
                    }
                    Ok(Value::Map(entries))
                }),
                UINT..=TEXT => self.key().map(Value::from),
                _ => Err(CborError::NotDeterministic),
            },
        }
    }

    /// Passes over any one item, checking that it is deterministic.
    ///
    /// # Errors
    /// Whatever is not deterministic CBOR.
    pub fn skip(&mut self) -> Result<(), CborError> {
        match self.rest.first() {
            None => Err(CborError::Truncated),
            Some(0xf6) => {
                self.take_null();
                Ok(())
            }
            Some(0xf4 | 0xf5) => self.bool().map(|_| ()),
            Some(first) => match first >> 5 {
                ARRAY => self.array(|reader, count| (0..count).try_for_each(|_| reader.skip())),
                MAP => self.map(|map| {
                    while map.next_key()?.is_some() {
                        map.skip()?;
                    }
                    Ok(())
                }),
                UINT..=TEXT => self.key().map(|_| ()),
                _ => Err(CborError::NotDeterministic),
            },
        }
    }

    /// Reads with `read` and also gives the encoded bytes that it consumed.
    ///
    /// # Errors
    /// Those of `read`.
    pub fn encoded<T>(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<T, CborError>,
    ) -> Result<(T, &'a [u8]), CborError> {
        let before = self.rest;
        let value = read(self)?;
        let consumed = before.len() - self.rest.len();
        before.split_at_checked(consumed).map(|(bytes, _)| (value, bytes)).ok_or(CborError::Truncated)
    }

    fn enter(&mut self, count: u64) -> Result<(), CborError> {
        if self.depth >= MAX_DEPTH {
            return Err(CborError::TooDeep);
        }
        // An element takes at least a byte, so a larger count is a lie; refusing it here bounds every loop.
        if count > self.rest.len() as u64 {
            return Err(CborError::Truncated);
        }
        self.depth += 1;
        Ok(())
    }

    fn expect_major(&mut self, major: u8) -> Result<u64, CborError> {
        let (found, argument) = self.head()?;
        if found == major { Ok(argument) } else { Err(CborError::Unexpected) }
    }

    fn head(&mut self) -> Result<(u8, u64), CborError> {
        let (&first, rest) = self.rest.split_first().ok_or(CborError::Truncated)?;
        self.rest = rest;
        let major = first >> 5;
        if major > MAP {
            return Err(CborError::NotDeterministic);
        }
        let argument = match first & 0x1f {
            small @ 0..=23 => u64::from(small),
            24 => self.argument::<1>(24)?,
            25 => self.argument::<2>(0x100)?,
            26 => self.argument::<4>(0x1_0000)?,
            27 => self.argument::<8>(0x1_0000_0000)?,
            _ => return Err(CborError::NotDeterministic),
        };
        Ok((major, argument))
    }

    /// An argument of `N` bytes, refused below `least`, which would have fitted a shorter form.
    fn argument<const N: usize>(&mut self, least: u64) -> Result<u64, CborError> {
        let (bytes, rest) = self.rest.split_first_chunk::<N>().ok_or(CborError::Truncated)?;
        self.rest = rest;
        let value = bytes.iter().fold(0, |value, byte| value << 8 | u64::from(*byte));
        if value < least { Err(CborError::NotDeterministic) } else { Ok(value) }
    }

    fn take(&mut self, length: u64) -> Result<&'a [u8], CborError> {
        let length = usize::try_from(length).map_err(|_| CborError::Truncated)?;
        let (taken, rest) = self.rest.split_at_checked(length).ok_or(CborError::Truncated)?;
        self.rest = rest;
        Ok(taken)
    }

    fn take_text(&mut self, length: u64) -> Result<&'a str, CborError> {
        std::str::from_utf8(self.take(length)?).map_err(|_| CborError::NotDeterministic)
    }
}

/// The entries of a map being read: a key from here, then its value through the reader that it derefs to.
#[derive(Debug)]
pub struct MapReader<'a, 'r> {
    reader: &'r mut Reader<'a>,
    left: u64,
    last: &'a [u8],
}

impl<'a> MapReader<'a, '_> {
    /// The next key, or nothing at the end of the map.
    ///
    /// # Errors
    /// A key that is not an integer, text or bytes, or not above the last one in bytewise order.
    pub fn next_key(&mut self) -> Result<Option<Key<'a>>, CborError> {
        if self.left == 0 {
            return Ok(None);
        }
        self.left -= 1;
        let (key, encoded) = self.reader.encoded(Reader::key)?;
        // No key is empty, so the first always lies above the empty slice.
        if encoded <= self.last {
            return Err(CborError::NotDeterministic);
        }
        self.last = encoded;
        Ok(Some(key))
    }

    /// Takes the key that must come next, where a format fixes every key.
    ///
    /// # Errors
    /// Another key, or the end.
    pub fn expect_key(&mut self, key: u64) -> Result<(), CborError> {
        if self.next_uint_key()? == Some(key) { Ok(()) } else { Err(CborError::Unexpected) }
    }

    /// The next key where the format knows only integers of zero or above.
    ///
    /// # Errors
    /// As [`Self::next_key`], and any other key.
    pub fn next_uint_key(&mut self) -> Result<Option<u64>, CborError> {
        match self.next_key()? {
            None => Ok(None),
            Some(Key::Uint(key)) => Ok(Some(key)),
            Some(_) => Err(CborError::Unexpected),
        }
    }
}

impl<'a> std::ops::Deref for MapReader<'a, '_> {
    type Target = Reader<'a>;

    fn deref(&self) -> &Self::Target {
        self.reader
    }
}

impl std::ops::DerefMut for MapReader<'_, '_> {
    fn deref_mut(&mut self) -> &mut Self::Target {
        self.reader
    }
}
