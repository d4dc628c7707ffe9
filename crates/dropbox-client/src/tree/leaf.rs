//! Some neighbouring items, in the order of their paths, in one run of bytes. An edit reads from the start and
//! writes two records anew: its own, and the next, which builds upon it.

use super::record::{Before, FileRecord, Reader, write};

/// A leaf that has grown beyond this is divided.
const LEAF_BYTES: usize = 4096;

/// Neighbours that are together no longer than this become one.
const SMALL_BYTES: usize = LEAF_BYTES / 2;

#[derive(Debug, Clone, Default)]
pub(super) struct Leaf {
    bytes: Vec<u8>,
    count: u32,
}

/// What is to become of the item at a path.
enum LeafEdit<'a> {
    Put(Option<&'a FileRecord<'a>>),
    Remove,
}

impl Leaf {
    /// A leaf that was saved; `None` if its bytes are not `count` records in the order of their paths.
    pub(super) fn from_saved(bytes: Vec<u8>, count: u32) -> Option<Self> {
        // The first record shares nothing with anybody, as `first_path` takes for granted.
        if bytes.first() != Some(&0) {
            return None;
        }
        let mut reader = Reader::new(&bytes);
        let (mut found, mut before) = (0, Before::default());
        while reader.advance() {
            let is_text = str::from_utf8(reader.path()).is_ok()
                && reader.file().is_none_or(|file| str::from_utf8(file.rev).is_ok());
            let is_in_order = found == 0 || before.path.as_slice() < reader.path();
            if !is_text || !is_in_order {
                return None;
            }
            reader.record_previous(&mut before);
            found += 1;
        }
        (reader.at == bytes.len() && found == count).then_some(Self { bytes, count })
    }

    pub(super) fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    pub(super) fn reader(&self) -> Reader<'_> {
        Reader::new(&self.bytes)
    }

    /// How many items there are.
    pub(super) fn len(&self) -> usize {
        self.count as usize
    }

    pub(super) fn is_empty(&self) -> bool {
        self.count == 0
    }

    pub(super) fn is_full(&self) -> bool {
        self.bytes.len() > LEAF_BYTES
    }

    /// Bytes that it takes in memory, besides itself.
    pub(super) fn heap_bytes(&self) -> usize {
        self.bytes.capacity()
    }

    /// Gives back the memory that only a growing leaf needs.
    pub(super) fn close(&mut self) {
        self.bytes.shrink_to_fit();
    }

    /// The path of the first item, which shares nothing with anybody. Empty if there is none.
    pub(super) fn first_path(&self) -> &[u8] {
        // The first number is 0; the second is the length, as seven bits in a byte.
        let (mut at, mut length, mut shift) = (1, 0, 0);
        while let Some(byte) = self.bytes.get(at) {
            length |= usize::from(byte & 0x7f) << shift;
            shift += 7;
            at += 1;
            if *byte < 0x80 {
                break;
            }
        }
        self.bytes.get(at..at + length).unwrap_or_default()
    }

    /// What the last record leaves to the next.
    pub(super) fn end(&self) -> Before {
        let (mut reader, mut before) = (self.reader(), Before::default());
        while reader.advance() {}
        reader.record_previous(&mut before);
        before
    }

    /// Adds an item that comes after all others. `before` is what the last record leaves.
    pub(super) fn push(&mut self, before: &mut Before, path: &[u8], file: Option<&FileRecord>) {
        if self.bytes.capacity() == 0 {
            self.bytes.reserve_exact(LEAF_BYTES + LEAF_BYTES / 8);
        }
        write(&mut self.bytes, before, path, file);
        self.count += 1;
    }

    /// Puts an item in its place, or over the one that is there; says whether there was one.
    pub(super) fn put(&mut self, path: &[u8], file: Option<&FileRecord>) -> bool {
        self.edit(path, &LeafEdit::Put(file))
    }

    /// Takes an item out; says whether there was one.
    pub(super) fn remove(&mut self, path: &[u8]) -> bool {
        self.edit(path, &LeafEdit::Remove)
    }

    fn edit(&mut self, path: &[u8], edit: &LeafEdit) -> bool {
        let (mut reader, mut before) = (Reader::new(&self.bytes), Before::default());
        let mut start = 0;
        let mut more = reader.advance();
        while more && reader.path() < path {
            reader.record_previous(&mut before);
            start = reader.at;
            more = reader.advance();
        }
        let found = more && reader.path() == path;
        if found {
            more = reader.advance();
        } else if matches!(edit, LeafEdit::Remove) {
            return false;
        }
        let mut middle = Vec::new();
        if let LeafEdit::Put(file) = edit {
            write(&mut middle, &mut before, path, *file);
            self.count += 1;
        }
        if more {
            write(&mut middle, &mut before, reader.path(), reader.file().as_ref());
        }
        let end = reader.at;
        self.bytes.splice(start..end, middle);
        self.count -= u32::from(found);
        found
    }

    /// Takes out all items at `path` and after it.
    #[must_use]
    pub(super) fn split_off(&mut self, path: &[u8]) -> Self {
        self.split_where(|reader, _| reader.path() >= path)
    }

    /// Takes out the second half.
    #[must_use]
    pub(super) fn split_half(&mut self) -> Self {
        let middle = self.bytes.len() / 2;
        self.split_where(|_, start| start >= middle)
    }

    /// Divides before the first record for which `is_behind` holds, given the record and where it starts.
    fn split_where(&mut self, is_behind: impl Fn(&Reader, usize) -> bool) -> Self {
        let mut reader = self.reader();
        let (mut start, mut count) = (0, 0);
        while reader.advance() {
            if is_behind(&reader, start) {
                // The first record of a leaf stands for itself; the others build upon it as before.
                let mut rest = Self::default();
                write(&mut rest.bytes, &mut Before::default(), reader.path(), reader.file().as_ref());
                rest.bytes.extend_from_slice(&self.bytes[reader.at..]);
                rest.count = self.count - count;
                self.bytes.truncate(start);
                self.count = count;
                return rest;
            }
            start = reader.at;
            count += 1;
        }
        Self::default()
    }

    /// Takes in the next leaf, if both are small.
    pub(super) fn absorb(&mut self, next: &Self) -> bool {
        if self.bytes.len() + next.bytes.len() > SMALL_BYTES {
            return false;
        }
        let (mut reader, mut before) = (next.reader(), self.end());
        if reader.advance() {
            write(&mut self.bytes, &mut before, reader.path(), reader.file().as_ref());
            self.bytes.extend_from_slice(&next.bytes[reader.at..]);
            self.count += next.count;
        }
        true
    }
}
