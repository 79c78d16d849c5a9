//! Files with names, in a fixed number of files that are open.

use std::{
    cell::{Cell, RefCell},
    collections::BTreeMap,
};

use super::{
    Handle, Trouble,
    gathered::Gathered,
    header::{HEADER, Label},
    pieces::PIECE,
};

/// Where files go whose header does not hold: what they were called is lost, and what lies in them need not be.
const LOST: &str = "/lost/";
/// So many of them are kept.
const MOST_LOST: usize = 4;

/// Which of them are kept: the longest, but pieces of a reserve before all others go, for nothing is in them.
const fn worth(length: u64) -> (bool, u64) {
    (length != PIECE, length)
}

/// Open files, and what each is called. One worker has it, and no other.
#[derive(Debug)]
pub struct Pool<H> {
    slots: RefCell<Vec<Slot<H>>>,
    names: RefCell<BTreeMap<String, usize>>,
    /// The number of the last label.
    last: Cell<u64>,
}

#[derive(Debug)]
struct Slot<H> {
    /// What the browser calls it.
    key: String,
    /// Nothing while it is closed, to give its room back.
    handle: Option<Gathered<H>>,
    label: Option<Label>,
    /// A label was being written when the disk failed: at the next start it may be there or not. Or none holds, and
    /// something lies behind it. The file is of no other use until then.
    unsure: bool,
}

impl<H: Handle> Pool<H> {
    /// The files with what they are called. `found` are all that lie in the pool's folder, by what the browser calls
    /// them.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn load(found: Vec<(String, H)>) -> Result<Self, Trouble> {
        let pool = Self { slots: RefCell::default(), names: RefCell::default(), last: Cell::new(0) };
        for (key, handle) in found {
            pool.take_in(key, handle)?;
        }
        // Two of one name: the power went while one took the other's place. The earlier one goes.
        let mut latest = BTreeMap::<String, (u64, usize)>::new();
        let mut earlier = Vec::new();
        for (index, slot) in pool.slots.borrow().iter().enumerate() {
            let Some(label) = slot.label.as_ref().filter(|label| !label.name.is_empty()) else { continue };
            let this = (label.number, index);
            let other = latest.get(&label.name).copied();
            earlier.extend(other.map(|other| other.min(this).1));
            latest.insert(label.name.clone(), other.map_or(this, |other| other.max(this)));
        }
        // SQLite's own temporary files have no folder. Nobody comes back for them.
        let temporary = latest.iter().filter(|(name, _)| !name.contains('/'));
        earlier.extend(temporary.map(|(_, (_, index))| *index));
        *pool.names.borrow_mut() = latest
            .into_iter()
            .filter(|(name, _)| name.contains('/'))
            .map(|(name, (_, index))| (name, index))
            .collect();
        for index in earlier {
            pool.free(index)?;
        }
        pool.set_aside()?;
        Ok(pool)
    }

    /// Takes in a file that was opened, be it new or closed before.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn add(&self, key: String, handle: H) -> Result<(), Trouble> {
        self.take_in(key, handle)?;
        self.set_aside()
    }

    /// The names of files whose own name was lost with their header.
    #[must_use]
    pub fn lost(&self) -> Vec<String> {
        self.names(LOST).into_iter().map(|name| format!("{LOST}{name}")).collect()
    }

    fn take_in(&self, key: String, handle: H) -> Result<(), Trouble> {
        let handle = Gathered::new(handle);
        let label = Label::read(&handle)?;
        self.last.set(self.last.get().max(label.as_ref().map_or(0, |label| label.number)));
        let filled = handle.size()? > HEADER;
        // What lies in a file that says that it is free is nobody's, and must not come up under the next name.
        if filled && label.as_ref().is_some_and(|label| label.name.is_empty()) {
            handle.truncate(HEADER)?;
            handle.flush()?;
        }
        if let Some(label) = &label {
            // One that was cut off, or spoilt since. What fails is done at the next start: one holds.
            let _ = label.copy(&handle);
        }
        let mut slots = self.slots.borrow_mut();
        let unsure = filled && label.is_none();
        let slot = Slot { key, handle: Some(handle), label, unsure };
        match slots.iter_mut().find(|known| known.key == slot.key) {
            Some(known) => *known = slot,
            None => slots.push(slot),
        }
        Ok(())
    }

    /// Gives a name to what lies in files that do not say what they are called.
    fn set_aside(&self) -> Result<(), Trouble> {
        let slots = self.slots.borrow();
        let unknown = slots.iter().enumerate().filter(|(_, slot)| slot.unsure && slot.label.is_none());
        let unknown: Vec<_> = unknown.map(|(index, _)| index).collect();
        drop(slots);
        for index in unknown {
            let length = self.with_slot(index, Handle::size)?.saturating_sub(HEADER);
            if length == 0 {
                continue;
            }
            let lost = self.lost();
            if lost.len() >= MOST_LOST {
                let worths = lost.iter().map(|name| Ok((worth(self.length(name)?), name)));
                match worths.collect::<Result<Vec<_>, Trouble>>()?.into_iter().min() {
                    Some((least, name)) if least < worth(length) => self.remove(name)?,
                    _ => {
                        self.free(index)?;
                        continue;
                    }
                }
            }
            let mut names = (0..=MOST_LOST).map(|number| format!("{LOST}{number}"));
            let name = names.find(|name| !self.exists(name)).ok_or(Trouble::NoneToSpare)?;
            self.label(index, &name)?;
            self.names.borrow_mut().insert(name, index);
        }
        Ok(())
    }

    /// What the browser calls the files that were closed to give room back.
    #[must_use]
    pub fn closed(&self) -> Vec<String> {
        let slots = self.slots.borrow();
        slots.iter().filter(|slot| slot.handle.is_none()).map(|slot| slot.key.clone()).collect()
    }

    /// How many files have no name and are open.
    #[must_use]
    pub fn spare(&self) -> usize {
        self.slots.borrow().iter().filter(|slot| slot.is_spare()).count()
    }

    /// Closes every file: the pool is not used any more.
    pub fn close(&self) {
        self.names.borrow_mut().clear();
        for slot in self.slots.borrow_mut().drain(..) {
            if let Some(handle) = slot.handle {
                handle.close();
            }
        }
    }

    /// The names of all files that begin so, without that beginning.
    #[must_use]
    pub fn names(&self, beginning: &str) -> Vec<String> {
        let names = self.names.borrow();
        let from = names.range(beginning.to_owned()..);
        from.map_while(|(name, _)| name.strip_prefix(beginning)).map(str::to_owned).collect()
    }

    /// Whether a file is there.
    #[must_use]
    pub fn exists(&self, name: &str) -> bool {
        self.names.borrow().contains_key(name)
    }

    /// A file's bytes in number.
    ///
    /// # Errors
    /// No such file; a disk that fails.
    pub fn length(&self, name: &str) -> Result<u64, Trouble> {
        self.with(name, |handle| Ok(handle.size()?.saturating_sub(HEADER)))
    }

    /// All of a file.
    ///
    /// # Errors
    /// No such file; a disk that fails.
    pub fn read(&self, name: &str) -> Result<Vec<u8>, Trouble> {
        let length = usize::try_from(self.length(name)?).map_err(|_| Trouble::Full)?;
        let mut bytes = vec![0; length];
        let read = self.read_at(name, &mut bytes, 0)?;
        bytes.truncate(read);
        Ok(bytes)
    }

    /// Reads from a place on, and gives the number of bytes that were there.
    ///
    /// # Errors
    /// No such file; a disk that fails.
    pub fn read_at(&self, name: &str, bytes: &mut [u8], at: u64) -> Result<usize, Trouble> {
        self.with(name, |handle| handle.read_at(bytes, HEADER + at))
    }

    /// Writes at a place. It is on the disk after [`Self::flush`].
    ///
    /// # Errors
    /// No such file, no room; a disk that fails.
    pub fn write_at(&self, name: &str, bytes: &[u8], at: u64) -> Result<(), Trouble> {
        self.with(name, |handle| handle.write_at(bytes, HEADER + at))
    }

    /// Makes a file this long.
    ///
    /// # Errors
    /// No such file, no room; a disk that fails.
    pub fn truncate(&self, name: &str, length: u64) -> Result<(), Trouble> {
        self.with(name, |handle| handle.truncate(HEADER + length))
    }

    /// Brings a file's content to the disk.
    ///
    /// # Errors
    /// No such file; a disk that fails.
    pub fn flush(&self, name: &str) -> Result<(), Trouble> {
        self.with(name, Handle::flush)
    }

    /// Makes an empty file, if none is there. Its name is on the disk.
    ///
    /// # Errors
    /// No room; a disk that fails.
    pub fn create(&self, name: &str) -> Result<(), Trouble> {
        if self.exists(name) {
            return Ok(());
        }
        let index = self.take_spare()?;
        self.label(index, name)?;
        self.names.borrow_mut().insert(name.to_owned(), index);
        Ok(())
    }

    /// A file with these bytes alone, on the disk. A cut leaves what was there before, whole.
    ///
    /// # Errors
    /// No room; a disk that fails.
    pub fn write(&self, name: &str, bytes: &[u8]) -> Result<(), Trouble> {
        let index = self.take_spare()?;
        // Its label is written after it, and brings both to the disk.
        let written = self.with_slot(index, |handle| {
            handle.write_at(bytes, HEADER)?;
            handle.flush()
        });
        if let Err(trouble) = written {
            let _ = self.empty(index);
            return Err(trouble);
        }
        // Where this fails, its name may be on the disk all the same, and what it names has to be whole.
        self.label(index, name)?;
        let before = self.names.borrow_mut().insert(name.to_owned(), index);
        before.map_or(Ok(()), |before| self.free(before))
    }

    /// Gives a file another name, in place of what is called so. A cut leaves it under the one name or the other.
    ///
    /// # Errors
    /// No such file; a disk that fails.
    pub fn rename(&self, from: &str, to: &str) -> Result<(), Trouble> {
        let index = self.names.borrow().get(from).copied().ok_or(Trouble::NotThere)?;
        if from == to {
            return Ok(());
        }
        self.label(index, to)?;
        let mut names = self.names.borrow_mut();
        names.remove(from);
        let before = names.insert(to.to_owned(), index);
        drop(names);
        before.map_or(Ok(()), |before| self.free(before))
    }

    /// Removes a file, if it is there.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn remove(&self, name: &str) -> Result<(), Trouble> {
        let Some(index) = self.names.borrow().get(name).copied() else { return Ok(()) };
        let unnamed = self.label(index, "");
        self.names.borrow_mut().remove(name);
        unnamed.and_then(|()| self.empty(index))
    }

    /// Removes a file, if it is there, and has the browser give its room back at once: it is closed, and of use again
    /// only once it was opened anew.
    ///
    /// # Errors
    /// A disk that fails.
    pub fn give_back(&self, name: &str) -> Result<(), Trouble> {
        let Some(index) = self.names.borrow().get(name).copied() else { return Ok(()) };
        self.remove(name)?;
        if let Some(slot) = self.slots.borrow_mut().get_mut(index)
            && let Some(handle) = slot.handle.take()
        {
            handle.close();
        }
        Ok(())
    }

    fn free(&self, index: usize) -> Result<(), Trouble> {
        self.label(index, "")?;
        self.empty(index)
    }

    /// Takes the content away of what has no name. Were it to stay, only room would be lost: that a free file is empty
    /// is seen to at each start.
    fn empty(&self, index: usize) -> Result<(), Trouble> {
        self.with_slot(index, |handle| {
            handle.truncate(HEADER)?;
            handle.flush()
        })
    }

    fn label(&self, index: usize, name: &str) -> Result<(), Trouble> {
        let number = self.last.get() + 1;
        // Also where writing it fails: it may be there all the same.
        self.last.set(number);
        let mut slots = self.slots.borrow_mut();
        let slot = slots.get_mut(index).ok_or(Trouble::NotThere)?;
        let handle = slot.handle.as_ref().ok_or(Trouble::NotThere)?;
        slot.unsure = true;
        let label = Label::follow(slot.label.as_ref(), handle, number, name)?;
        // It holds, whatever becomes of the copy, which is made at the next start otherwise.
        let _ = label.copy(handle);
        slot.label = Some(label);
        slot.unsure = false;
        Ok(())
    }

    /// A free file that is empty.
    fn take_spare(&self) -> Result<usize, Trouble> {
        let index = self.slots.borrow().iter().position(Slot::is_spare).ok_or(Trouble::NoneToSpare)?;
        // Nothing is written into a file that does not say yet that it is free: without a label it would be taken for
        // one that had a name.
        if self.slots.borrow().get(index).is_some_and(|slot| slot.label.is_none()) {
            self.label(index, "")?;
        }
        // A removal that failed after the name was gone may have left something in it.
        if self.with_slot(index, Handle::size)? > HEADER {
            self.empty(index)?;
        }
        Ok(index)
    }

    fn with<T>(
        &self,
        name: &str,
        work: impl FnOnce(&Gathered<H>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let index = self.names.borrow().get(name).copied().ok_or(Trouble::NotThere)?;
        self.with_slot(index, work)
    }

    fn with_slot<T>(
        &self,
        index: usize,
        work: impl FnOnce(&Gathered<H>) -> Result<T, Trouble>,
    ) -> Result<T, Trouble> {
        let slots = self.slots.borrow();
        work(slots.get(index).and_then(|slot| slot.handle.as_ref()).ok_or(Trouble::NotThere)?)
    }
}

impl<H> Slot<H> {
    fn is_spare(&self) -> bool {
        self.handle.is_some() && !self.unsure && self.label.as_ref().is_none_or(|label| label.name.is_empty())
    }
}
