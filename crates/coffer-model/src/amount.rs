//! How much some items are together: what is below folders counts with them, as far as the index of the account tells.

use super::Entry;
use std::collections::HashSet;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Amount {
    pub files: u64,
    pub bytes: u64,
    /// What is below some of the folders is not known: it is at least as much.
    pub is_partial: bool,
}

impl Amount {
    /// Each item counts once, also where a folder that it is in is among them.
    pub fn of<'a>(entries: impl Iterator<Item = &'a Entry> + Clone) -> Self {
        let has_totals = |entry: &&Entry| entry.totals.is_some();
        let counted: HashSet<&str> =
            entries.clone().filter(has_totals).map(|it| &**it.path.lower()).collect();
        let mut amount = Self::default();
        // Items mostly lie in one folder, so it is looked at once whether that one is counted as well.
        let mut last_folder: Option<(&str, bool)> = None;
        for entry in entries {
            let folder = folder_of(entry.path.lower()).unwrap_or_default();
            let is_counted = match last_folder {
                Some((last, is_counted)) if last == folder => is_counted,
                _ => lineage(folder).any(|folder| counted.contains(folder)),
            };
            last_folder = Some((folder, is_counted));
            if !is_counted {
                amount.add(entry);
            }
        }
        amount
    }

    fn add(&mut self, entry: &Entry) {
        match (&entry.totals, entry.file()) {
            (Some(totals), _) => {
                self.files += totals.files;
                self.bytes += totals.bytes;
            }
            (None, Some(file)) => {
                self.files += 1;
                self.bytes += file.size_bytes;
            }
            (None, None) => self.is_partial |= entry.is_folder(),
        }
    }
}

/// A folder and those that it is in, the innermost first.
fn lineage(folder: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(folder), |folder| folder_of(folder))
}

fn folder_of(path: &str) -> Option<&str> {
    path.rsplit_once('/').map(|(folder, _)| folder)
}

#[cfg(test)]
mod tests {
    use super::Amount;
    use crate::entry::{ContentAccess, File};
    use crate::{Entry, EntryKind, FolderTotals, RemotePath, Rev};
    use jiff::Timestamp;
    use std::sync::Arc;

    /// `/A/=100/4` is a folder with 100 bytes in 4 files, `/A/` one of which nothing is known, `/b` a file of 10 bytes.
    fn item(word: &str) -> Entry {
        let (path, totals) = word.split_once('=').unwrap_or((word, ""));
        let totals = totals.split_once('/').map(|(bytes, files)| {
            let (bytes, files) = (bytes.parse().unwrap(), files.parse().unwrap());
            Arc::new(FolderTotals { files, bytes, ..FolderTotals::default() })
        });
        let kind = if path.ends_with('/') {
            EntryKind::Folder { id: path.into() }
        } else {
            EntryKind::File(File {
                id: path.into(),
                rev: Rev("123456789".into()),
                size_bytes: 10,
                client_modified: Timestamp::UNIX_EPOCH,
                server_modified: Timestamp::UNIX_EPOCH,
                content_hash: None,
                access: ContentAccess::Download,
            })
        };
        Entry { totals, ..Entry::new(RemotePath::new(path), kind) }
    }

    #[test]
    fn folders_count_with_what_is_below_them_and_that_only_once() {
        let check = |items: &str, files, bytes, is_partial| {
            let entries: Vec<Entry> = items.split_whitespace().map(item).collect();
            assert_eq!(Amount::of(entries.iter()), Amount { files, bytes, is_partial }, "{items}");
        };
        check("/A/=100/4 /b", 5, 110, false);
        check("/A/ /b", 1, 10, true);
        // A search finds a folder and what is in it.
        check("/A/x/y /A/=100/4 /A/x/=60/2 /b", 5, 110, false);
        check("/A/ /A/x/y /AB", 2, 20, true);
        check("/a/=100/4 /AB/c", 5, 110, false);
    }
}
