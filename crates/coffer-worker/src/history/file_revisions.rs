//! Revisions of very many files, packed: what an undo of a delete restores, and what is restored of a deleted folder.

use coffer_model::{PackedTexts, RemotePath, Rev};
use std::fmt;

#[derive(Clone, Default, PartialEq)]
pub(crate) struct FileRevisions {
    folders: Vec<RemotePath>,
    names: PackedTexts,
    revs: PackedTexts,
    /// The index of the folder of each file.
    folder_indices: Vec<u32>,
}

impl FileRevisions {
    pub(crate) fn len(&self) -> usize {
        self.folder_indices.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.folder_indices.is_empty()
    }

    /// Adds a file behind the others. Files of one folder that follow each other take the least memory.
    pub(crate) fn push(&mut self, path: &RemotePath, rev: &Rev) {
        let folder = path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        if self.folders.last().is_none_or(|last| last.as_str() != folder) {
            self.folders.push(path.parent().unwrap_or_default());
        }
        self.names.push(path.name());
        self.revs.push(&rev.0);
        self.folder_indices.push((self.folders.len() - 1) as u32);
    }

    /// The file at `index`, written out.
    pub(crate) fn get(&self, index: usize) -> Option<(RemotePath, Rev)> {
        let folder = self.folders.get(*self.folder_indices.get(index)? as usize)?;
        Some((folder.join(self.names.get(index)?), Rev(self.revs.get(index)?.into())))
    }

    /// All files in order, each written out.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (RemotePath, Rev)> {
        (0..self.len()).filter_map(|index| self.get(index))
    }

    /// The folders that hold the files; some more than once.
    pub(crate) fn folders(&self) -> &[RemotePath] {
        &self.folders
    }
}

impl Extend<(RemotePath, Rev)> for FileRevisions {
    fn extend<T: IntoIterator<Item = (RemotePath, Rev)>>(&mut self, files: T) {
        files.into_iter().for_each(|(path, rev)| self.push(&path, &rev));
    }
}

impl FromIterator<(RemotePath, Rev)> for FileRevisions {
    fn from_iter<T: IntoIterator<Item = (RemotePath, Rev)>>(files: T) -> Self {
        let mut revisions = Self::default();
        revisions.extend(files);
        revisions
    }
}

impl fmt::Debug for FileRevisions {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_list().entries(self.iter()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::FileRevisions;
    use coffer_model::{RemotePath, Rev};

    #[test]
    fn every_file_comes_out_as_it_went_in() {
        let rows =
            [("/Trip/É.jpg", "1"), ("/Trip/b", "23"), ("/trip/c", "456"), ("/d", ""), ("/Trip/In/e", "7")];
        let rows = rows.map(|(path, rev)| (RemotePath::new(path), Rev(rev.into())));
        let files: FileRevisions = rows.iter().cloned().collect();
        assert_eq!(files.iter().collect::<Vec<_>>(), rows);
        let spellings: Vec<String> = files.iter().map(|(path, _)| path.to_string()).collect();
        assert_eq!(spellings, rows.clone().map(|(path, _)| path.to_string()));
        assert_eq!((files.len(), files.get(rows.len())), (rows.len(), None));
    }
}
