//! Sorted things in the form in which they travel, found by where they lie and not by copies of them.

use std::{cmp::Ordering, iter::Peekable};

use crate::cbor::CborError;

/// Items end to end, strictly ascending by their keys' encodings.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sorted {
    bytes: Vec<u8>,
    places: Vec<Place>,
}

/// Where an item begins, and where its key lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    start: usize,
    key: usize,
    key_end: usize,
}

/// An item as it travels, and where its key lies within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Item<'a> {
    bytes: &'a [u8],
    key: (usize, usize),
}

impl<'a> Item<'a> {
    /// An item whose key, `key_length` bytes, follows `head` other bytes.
    pub const fn new(bytes: &'a [u8], head: usize, key_length: usize) -> Self {
        Self { bytes, key: (head, head + key_length) }
    }

    /// An item that is all key.
    pub const fn bare(key: &'a [u8]) -> Self {
        Self { bytes: key, key: (0, key.len()) }
    }

    /// The item.
    pub const fn bytes(&self) -> &'a [u8] {
        self.bytes
    }

    /// Its key, encoded.
    pub fn key(&self) -> &'a [u8] {
        self.bytes.get(self.key.0..self.key.1).unwrap_or_default()
    }
}

impl Sorted {
    /// Appends an item.
    ///
    /// # Errors
    /// A key that is not above the last one.
    pub fn push(&mut self, item: Item<'_>) -> Result<(), CborError> {
        if self.places.last().is_some_and(|last| self.key(last) >= item.key()) {
            return Err(CborError::Unexpected);
        }
        self.append(item);
        Ok(())
    }

    /// Appends an item that is known to lie above the last one.
    pub fn append(&mut self, item: Item<'_>) {
        let start = self.bytes.len();
        self.places.push(Place { start, key: start + item.key.0, key_end: start + item.key.1 });
        self.bytes.extend_from_slice(item.bytes);
    }

    /// The item with this encoded key.
    pub fn find(&self, key: &[u8]) -> Option<&[u8]> {
        let index = self.places.binary_search_by(|place| self.key(place).cmp(key)).ok()?;
        self.item(index)
    }

    /// Every key with its item.
    pub fn iter(&self) -> impl Iterator<Item = (&[u8], Item<'_>)> {
        self.places.iter().enumerate().filter_map(|(index, place)| {
            let key = (place.key - place.start, place.key_end - place.start);
            self.item(index).map(|bytes| (self.key(place), Item { bytes, key }))
        })
    }

    /// Every key.
    pub fn keys(&self) -> impl Iterator<Item = &[u8]> {
        self.places.iter().map(|place| self.key(place))
    }

    /// Number of items.
    pub const fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The items as they travel.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    fn item(&self, index: usize) -> Option<&[u8]> {
        let start = self.places.get(index)?.start;
        let end = self.places.get(index + 1).map_or(self.bytes.len(), |next| next.start);
        self.bytes.get(start..end)
    }

    fn key(&self, place: &Place) -> &[u8] {
        self.bytes.get(place.key..place.key_end).unwrap_or_default()
    }
}

/// Gives `keep` what `base` holds once `put` was put over it and `remove` taken out; all three ascend.
pub fn merge<K: Ord, T>(
    base: impl Iterator<Item = (K, T)>,
    put: impl Iterator<Item = (K, T)>,
    remove: impl Iterator<Item = K>,
    mut keep: impl FnMut(K, T),
) {
    let (mut put, mut remove) = (put.peekable(), remove.peekable());
    for (key, item) in base {
        while let Some((new, item)) = put.next_if(|(new, _)| *new < key) {
            keep(new, item);
        }
        while remove.next_if(|gone| *gone < key).is_some() {}
        match put.next_if(|(new, _)| *new == key) {
            Some((new, item)) => keep(new, item),
            None if remove.next_if(|gone| *gone == key).is_none() => keep(key, item),
            None => {}
        }
    }
    put.for_each(|(new, item)| keep(new, item));
}

/// Gives `put` and `remove` what makes `new` of `old`; both ascend, and so does what is given.
pub fn difference<K: Ord, T: PartialEq>(
    old: impl Iterator<Item = (K, T)>,
    new: impl Iterator<Item = (K, T)>,
    mut put: impl FnMut(K, T),
    mut remove: impl FnMut(K),
) {
    let mut old = old.peekable();
    for (key, item) in new {
        while let Some((gone, _)) = old.next_if(|(before, _)| *before < key) {
            remove(gone);
        }
        match old.next_if(|(before, _)| *before == key) {
            Some((_, before)) if before == item => {}
            _ => put(key, item),
        }
    }
    old.for_each(|(gone, _)| remove(gone));
}

/// Whether two ascending rows have no key in common.
pub fn disjoint<K: Ord>(a: impl Iterator<Item = K>, b: impl Iterator<Item = K>) -> bool {
    fn peek_order<K: Ord>(
        a: &mut Peekable<impl Iterator<Item = K>>,
        b: &mut Peekable<impl Iterator<Item = K>>,
    ) -> Option<Ordering> {
        Some(a.peek()?.cmp(b.peek()?))
    }
    let (mut a, mut b) = (a.peekable(), b.peekable());
    while let Some(order) = peek_order(&mut a, &mut b) {
        match order {
            Ordering::Less => drop(a.next()),
            Ordering::Greater => drop(b.next()),
            Ordering::Equal => return false,
        }
    }
    true
}
