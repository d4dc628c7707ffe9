//! One item as bytes. A record tells only what differs from the record before it, because neighbours in an account
//! share most of their path and the start of their revision. How records are kept in order is told in `leaf`.

use std::cmp::min;

/// Bits of a record's kind; a folder has none of them.
const IS_FILE: u8 = 1;
const HAS_HASH: u8 = 2;
/// The revision is written as numbers, two digits in a byte.
const REV_IS_HEX: u8 = 4;

/// What is known about a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FileRecord<'a> {
    pub size: u64,
    pub rev: &'a [u8],
    pub content_hash: Option<[u8; 32]>,
}

/// The texts of the record before.
#[derive(Debug, Clone, Default)]
pub(super) struct Before {
    pub path: Vec<u8>,
    pub rev: Vec<u8>,
}

impl Before {
    fn set(&mut self, path: &[u8], rev: &[u8]) {
        self.path.clear();
        self.path.extend_from_slice(path);
        self.rev.clear();
        self.rev.extend_from_slice(rev);
    }
}

/// Writes a record behind the one that `before` tells of, and tells of this one from now on.
pub(super) fn write(bytes: &mut Vec<u8>, before: &mut Before, path: &[u8], file: Option<&FileRecord>) {
    let shared = shared(&before.path, path);
    let own = &path[shared..];
    write_number(bytes, shared as u64);
    write_number(bytes, own.len() as u64);
    bytes.extend_from_slice(own);
    before.path.truncate(shared);
    before.path.extend_from_slice(own);
    let Some(file) = file else {
        // Whatever stood before a record, the one after it builds upon nothing else.
        before.rev.clear();
        bytes.push(0);
        return;
    };
    let shared = self::shared(&before.rev, file.rev);
    let own = &file.rev[shared..];
    let is_hex = own.iter().all(|digit| hex_value(*digit).is_some());
    let hash_bit = if file.content_hash.is_some() { HAS_HASH } else { 0 };
    bytes.push(IS_FILE | hash_bit | if is_hex { REV_IS_HEX } else { 0 });
    write_number(bytes, file.size);
    write_number(bytes, shared as u64);
    write_number(bytes, own.len() as u64);
    if is_hex {
        let value = |digit: Option<&u8>| digit.and_then(|digit| hex_value(*digit)).unwrap_or(0);
        bytes.extend(own.chunks(2).map(|pair| (value(pair.first()) << 4) | value(pair.get(1))));
    } else {
        bytes.extend_from_slice(own);
    }
    before.rev.truncate(shared);
    before.rev.extend_from_slice(own);
    if let Some(content_hash) = &file.content_hash {
        bytes.extend_from_slice(content_hash);
    }
}

/// Reads records one by one. Before the first [`advance`](Self::advance) there is none.
#[derive(Debug, Clone)]
pub(super) struct Reader<'a> {
    bytes: &'a [u8],
    /// Behind the present record.
    pub at: usize,
    path: Vec<u8>,
    /// Empty for a folder.
    rev: Vec<u8>,
    file: Option<(u64, Option<[u8; 32]>)>,
}

impl<'a> Reader<'a> {
    pub(super) fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0, path: Vec::new(), rev: Vec::new(), file: None }
    }

    pub(super) fn path(&self) -> &[u8] {
        &self.path
    }

    pub(super) fn file(&self) -> Option<FileRecord<'_>> {
        self.file.map(|(size, content_hash)| FileRecord { size, rev: &self.rev, content_hash })
    }

    /// What the next record will build upon.
    pub(super) fn record_previous(&self, before: &mut Before) {
        before.set(&self.path, &self.rev);
    }

    /// Reads the next record; false at the end, and where the bytes are no record.
    pub(super) fn advance(&mut self) -> bool {
        self.at < self.bytes.len() && self.read_record().is_some()
    }

    /// `None` if the bytes are no record, which only a saved tree that was damaged can have.
    fn read_record(&mut self) -> Option<()> {
        let (shared, own) = (self.read_number()? as usize, self.read_number()? as usize);
        let own = self.read_bytes(own)?;
        self.path.truncate(shared);
        self.path.extend_from_slice(own);
        let kind = self.read_bytes(1)?[0];
        if kind & IS_FILE == 0 {
            self.rev.clear();
            self.file = None;
            return Some(());
        }
        let (size, shared) = (self.read_number()?, self.read_number()? as usize);
        let own = self.read_number()? as usize;
        self.rev.truncate(shared);
        if kind & REV_IS_HEX == 0 {
            let own = self.read_bytes(own)?;
            self.rev.extend_from_slice(own);
        } else {
            let packed = self.read_bytes(own.div_ceil(2))?;
            let digits = packed.iter().flat_map(|pair| [pair >> 4, pair & 15]);
            self.rev.extend(digits.take(own).map(|value| b"0123456789abcdef"[usize::from(value)]));
        }
        let content_hash = match kind & HAS_HASH {
            0 => None,
            _ => Some(self.read_bytes(32)?.try_into().ok()?),
        };
        self.file = Some((size, content_hash));
        Some(())
    }

    fn read_bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let end = self.at.checked_add(count)?;
        let read = self.bytes.get(self.at..end)?;
        self.at = end;
        Some(read)
    }

    /// Seven bits in a byte, the lowest first; the eighth says that there are more.
    fn read_number(&mut self) -> Option<u64> {
        let (mut number, mut shift) = (0, 0);
        while shift < u64::BITS {
            let byte = self.read_bytes(1)?[0];
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
            shift += 7;
        }
        None
    }
}

fn write_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

fn shared(left: &[u8], right: &[u8]) -> usize {
    let end = min(left.len(), right.len());
    (0..end).find(|at| left[*at] != right[*at]).unwrap_or(end)
}

fn hex_value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_read_as_they_were_written() {
        let file = |size, rev: &'static str, content_hash| {
            Some(FileRecord { size, rev: rev.as_bytes(), content_hash })
        };
        let records = [
            ("/a", None),
            ("/a/1.txt", file(0, "0123456789", None)),
            ("/a/2.txt", file(u64::MAX, "01234567ab", Some([7; 32]))),
            ("/a/20.txt", file(300, "01234567abc", Some([255; 32]))),
            ("/b", None),
            ("/b/ö", file(1, "0123456789", None)),
            ("/b/ü", file(1, "0123 odd", None)),
            ("/b/ý", file(1, "", None)),
            ("", file(127, "f", Some([0; 32]))),
        ];
        let (mut bytes, mut before) = (Vec::new(), Before::default());
        for (path, file) in &records {
            write(&mut bytes, &mut before, path.as_bytes(), file.as_ref());
        }
        let mut reader = Reader::new(&bytes);
        for (path, file) in records {
            assert!(reader.advance());
            assert_eq!((reader.path(), reader.file()), (path.as_bytes(), file), "{path}");
        }
        assert!(!reader.advance() && !reader.advance());
    }
}
