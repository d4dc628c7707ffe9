//! All names of the account in memory, for queries that are answered while a person types.
//!
//! Names are folded (see `coffer_stdx::folding`) and lie one behind the other; everything else that a query may ask for
//! has a column of its own. An entry takes 22 bytes and its name. What goes is only marked, and what changes is appended;
//! when a quarter is marked the table is packed again.

use crate::apply::NameChange;
use crate::error::IndexError;
use crate::folder_tree::{FolderNumber, ROOT};
use coffer_model::FileKind;
use coffer_stdx::folding::folded;
use rusqlite::Connection;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The kind of entries that have gone.
const GONE: u8 = u8::MAX;
const FOLDER: u8 = FileKind::Folder as u8;

/// Stands behind each name, so that nothing is found across two of them. No name has it.
const END: u8 = b'/';

#[derive(Debug, Default)]
pub(crate) struct NameTable {
    /// The folded names, each with [`END`].
    pub(crate) text: Vec<u8>,
    /// Where each name ends in `text`, behind its [`END`].
    ends: Vec<u32>,
    pub(crate) parents: Vec<u32>,
    /// `u32::MAX` for what is larger, see `large_sizes`.
    sizes: Vec<u32>,
    large_sizes: HashMap<u32, u64>,
    /// See [`minute`]; 0 for folders.
    pub(crate) minutes: Vec<u32>,
    /// Which letters are in the name, see [`letters`].
    pub(crate) letters: Vec<u32>,
    /// A `FileKind`, or [`GONE`].
    pub(crate) kinds: Vec<u8>,
    other_keys: OtherKeys,
    /// By the number of the folder: its entry, and the folder around it.
    pub(crate) folders: Vec<Option<FolderPlace>>,
    gone: usize,
}

/// The keys that differ from the folded names, in the order of their entries.
#[derive(Debug, Default)]
struct OtherKeys {
    entries: Vec<u32>,
    ends: Vec<u32>,
    text: String,
}

impl OtherKeys {
    fn push(&mut self, entry: usize, key: &str) {
        self.text.push_str(key);
        self.entries.push(entry as u32);
        self.ends.push(self.text.len() as u32);
    }

    fn get(&self, entry: usize) -> Option<&str> {
        let place = self.entries.binary_search(&(entry as u32)).ok()?;
        let start = place.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        self.text.get(start..self.ends[place] as usize)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct FolderPlace {
    /// `u32::MAX` for the root, which has no name.
    pub entry: u32,
    pub parent: u32,
}

impl NameTable {
    pub(crate) fn read(connection: &Connection) -> Result<Self, IndexError> {
        let (files, folders): (i64, i64) =
            connection.query_row("SELECT files, folders FROM folder WHERE folder = 1", [], |row| {
                Ok((row.get(0)?, row.get(1)?))
            })?;
        let mut table = Self::default();
        table.reserve((files + folders) as usize);
        table.set_folder(ROOT, FolderPlace { entry: u32::MAX, parent: 0 });
        let mut statement =
            connection.prepare("SELECT parent, key, folder FROM folder WHERE parent IS NOT NULL")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            table.push_folder(row.get(0)?, key, row.get(2)?);
        }
        let mut statement = connection.prepare("SELECT folder, key, bytes, client_modified FROM file")?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let key = row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?;
            table.push_file(row.get(0)?, key, row.get::<_, i64>(2)? as u64, row.get(3)?);
        }
        table.text.shrink_to_fit();
        table.other_keys.text.shrink_to_fit();
        Ok(table)
    }

    fn reserve(&mut self, entries: usize) {
        self.ends.reserve_exact(entries);
        self.parents.reserve_exact(entries);
        self.sizes.reserve_exact(entries);
        self.minutes.reserve_exact(entries);
        self.letters.reserve_exact(entries);
        self.kinds.reserve_exact(entries);
    }

    pub(crate) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Where the name of an entry begins in `text`.
    pub(crate) fn start(&self, entry: usize) -> usize {
        entry.checked_sub(1).map_or(0, |before| self.ends[before] as usize)
    }

    /// The names of a part of the entries.
    pub(crate) fn text_of(&self, part: &Range<usize>) -> &[u8] {
        &self.text[self.start(part.start)..self.start(part.end)]
    }

    /// The first entry from `entry` on whose name ends behind a place in `text`. To be asked for rising places.
    pub(crate) fn entry_at(&self, entry: usize, place: usize) -> usize {
        let mut step = 1;
        let mut low = entry;
        // Most often it is the next one or near it.
        while self.ends.get(low + step).is_some_and(|end| *end as usize <= place) {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.ends.len());
        low + self.ends[low..high].partition_point(|end| *end as usize <= place)
    }

    /// The folded name of an entry.
    pub(crate) fn name(&self, entry: usize) -> &[u8] {
        &self.text[self.start(entry)..self.ends[entry] as usize - 1]
    }

    pub(crate) fn size(&self, entry: usize) -> u64 {
        match self.sizes[entry] {
            u32::MAX => self.large_sizes.get(&(entry as u32)).copied().unwrap_or(0),
            size => u64::from(size),
        }
    }

    pub(crate) fn sizes_present(&self, sizes: &HashSet<u64>) -> HashSet<u64> {
        let entries = (0..self.len()).filter(|entry| !self.is_gone(*entry) && !self.is_folder(*entry));
        entries.map(|entry| self.size(entry)).filter(|size| sizes.contains(size)).collect()
    }

    pub(crate) fn is_gone(&self, entry: usize) -> bool {
        self.kinds[entry] == GONE
    }

    pub(crate) fn is_folder(&self, entry: usize) -> bool {
        self.kinds[entry] == FOLDER
    }

    /// The name in lower case, by which its row is found.
    pub(crate) fn key(&self, entry: usize) -> String {
        match self.other_keys.get(entry) {
            Some(key) => key.to_owned(),
            None => String::from_utf8_lossy(self.name(entry)).into_owned(),
        }
    }

    fn has_key(&self, entry: usize, key: &str) -> bool {
        match self.other_keys.get(entry) {
            Some(known) => known == key,
            None => self.name(entry) == key.as_bytes(),
        }
    }

    fn push_file(&mut self, folder: FolderNumber, key: &str, bytes: u64, modified: i64) {
        // The key has all letters of the name but their case, which folding takes away anyway.
        self.push(folder, key, FileKind::from_name(key), bytes, modified);
    }

    fn push_folder(&mut self, parent: FolderNumber, key: &str, folder: FolderNumber) {
        let entry = self.len() as u32;
        self.push(parent, key, FileKind::Folder, 0, 0);
        self.set_folder(folder, FolderPlace { entry, parent: parent as u32 });
    }

    fn push(&mut self, parent: FolderNumber, key: &str, kind: FileKind, bytes: u64, modified: i64) {
        let (entry, start) = (self.len(), self.text.len());
        push_folded(&mut self.text, key);
        if self.text[start..] != *key.as_bytes() {
            self.other_keys.push(entry, key);
        }
        self.letters.push(letters(&self.text[start..]));
        self.text.push(END);
        self.ends.push(self.text.len() as u32);
        self.parents.push(parent as u32);
        self.push_size(bytes);
        self.minutes.push(if kind == FileKind::Folder { 0 } else { minute(modified) });
        self.kinds.push(kind as u8);
    }

    fn push_size(&mut self, bytes: u64) {
        match u32::try_from(bytes) {
            Ok(size) if size < u32::MAX => self.sizes.push(size),
            _ => {
                self.large_sizes.insert(self.sizes.len() as u32, bytes);
                self.sizes.push(u32::MAX);
            }
        }
    }

    fn set_folder(&mut self, folder: FolderNumber, place: FolderPlace) {
        let folder = folder as usize;
        if self.folders.len() <= folder {
            self.folders.resize(folder + 1, None);
        }
        self.folders[folder] = Some(place);
    }

    /// Takes in what has changed since the table was read.
    pub(crate) fn apply(&mut self, changes: &[NameChange]) {
        self.mark_gone(changes);
        // Of several changes of one name only the last one holds.
        let mut last: HashMap<(FolderNumber, &str), usize> = HashMap::with_capacity(changes.len());
        let mut folder_gone: HashMap<FolderNumber, usize> = HashMap::new();
        for (place, change) in changes.iter().enumerate() {
            match change {
                NameChange::File { folder: parent, key, .. }
                | NameChange::FileGone { folder: parent, key }
                | NameChange::Folder { parent, key, .. } => {
                    last.insert((*parent, key), place);
                }
                NameChange::FoldersGone(gone) => {
                    folder_gone.extend(gone.iter().map(|folder| (*folder, place)));
                }
            }
        }
        let holds = |parent: FolderNumber, key: &str, place: usize| {
            last.get(&(parent, key)) == Some(&place)
                && folder_gone.get(&parent).is_none_or(|gone| *gone < place)
        };
        for (place, change) in changes.iter().enumerate() {
            match change {
                NameChange::File { folder, key, bytes, modified } if holds(*folder, key, place) => {
                    self.push_file(*folder, key, *bytes, *modified);
                }
                NameChange::Folder { parent, key, folder }
                    if holds(*parent, key, place)
                        && folder_gone.get(folder).is_none_or(|gone| *gone < place) =>
                {
                    self.push_folder(*parent, key, *folder);
                }
                _ => {}
            }
        }
        if self.gone > 1000 && self.gone > self.len() / 4 {
            self.pack();
        }
    }

    /// Marks whatever the changes are about, in one pass.
    fn mark_gone(&mut self, changes: &[NameChange]) {
        let mut names: HashMap<u32, HashSet<&str>> = HashMap::new();
        let mut folders: HashSet<u32> = HashSet::new();
        for change in changes {
            match change {
                NameChange::File { folder, key, .. } | NameChange::FileGone { folder, key } => {
                    names.entry(*folder as u32).or_default().insert(key);
                }
                NameChange::Folder { parent, key, .. } => {
                    names.entry(*parent as u32).or_default().insert(key);
                }
                NameChange::FoldersGone(gone) => {
                    for folder in gone {
                        folders.insert(*folder as u32);
                        if let Some(place) = self.folders.get_mut(*folder as usize).and_then(Option::take) {
                            self.mark(place.entry as usize);
                        }
                    }
                }
            }
        }
        let mut is_touched = vec![false; self.folders.len()];
        for folder in names.keys().chain(&folders) {
            if let Some(touched) = is_touched.get_mut(*folder as usize) {
                *touched = true;
            }
        }
        for entry in 0..self.len() {
            let parent = self.parents[entry];
            if !is_touched[parent as usize] || self.is_gone(entry) {
                continue;
            }
            let is_named =
                names.get(&parent).is_some_and(|names| names.iter().any(|key| self.has_key(entry, key)));
            if is_named || folders.contains(&parent) {
                self.mark(entry);
            }
        }
    }

    fn mark(&mut self, entry: usize) {
        if entry < self.len() && !self.is_gone(entry) {
            self.kinds[entry] = GONE;
            self.gone += 1;
        }
    }

    /// Leaves out what has gone.
    fn pack(&mut self) {
        let mut packed = Self::default();
        packed.reserve(self.len() - self.gone);
        packed.folders = std::mem::take(&mut self.folders);
        let mut places = vec![u32::MAX; self.len()];
        for (entry, place) in places.iter_mut().enumerate() {
            if self.is_gone(entry) {
                continue;
            }
            *place = packed.len() as u32;
            if let Some(key) = self.other_keys.get(entry) {
                packed.other_keys.push(packed.len(), key);
            }
            packed.text.extend_from_slice(&self.text[self.start(entry)..self.ends[entry] as usize]);
            packed.ends.push(packed.text.len() as u32);
            packed.parents.push(self.parents[entry]);
            packed.push_size(self.size(entry));
            packed.minutes.push(self.minutes[entry]);
            packed.letters.push(self.letters[entry]);
            packed.kinds.push(self.kinds[entry]);
        }
        for place in packed.folders.iter_mut().flatten() {
            place.entry = places.get(place.entry as usize).copied().unwrap_or(u32::MAX);
        }
        *self = packed;
    }
}

/// Most names are ASCII, of which folding only makes small letters and straight apostrophes.
fn push_folded(text: &mut Vec<u8>, name: &str) {
    if name.is_ascii() && !name.contains('`') {
        text.extend(name.bytes().map(|letter| letter.to_ascii_lowercase()));
    } else {
        let mut bytes = [0; 4];
        for letter in folded(name) {
            text.extend_from_slice(letter.encode_utf8(&mut bytes).as_bytes());
        }
    }
}

/// Minutes since the year 1 began, from seconds since 1970. In minutes all years that the service knows fit, and days of
/// all zones begin with a minute.
pub(crate) fn minute(seconds: i64) -> u32 {
    const YEAR_1: i64 = -62_135_596_800;
    u32::try_from(seconds.saturating_sub(YEAR_1).div_euclid(60)).unwrap_or(if seconds < 0 {
        0
    } else {
        u32::MAX
    })
}

/// A bit for each letter and group of digits that is in a folded text: a name can only match if it has those of the query.
pub(crate) fn letters(folded: &[u8]) -> u32 {
    folded.iter().fold(0, |bits, byte| {
        bits | match byte {
            b'a'..=b'z' => 1 << (byte - b'a'),
            b'0'..=b'3' => 1 << 26,
            b'4'..=b'6' => 1 << 27,
            b'7'..=b'9' => 1 << 28,
            b'.' | b' ' => 0,
            b'-' | b'_' => 1 << 29,
            0x80..=0xff => 1 << 30,
            _ => 1 << 31,
        }
    })
}
