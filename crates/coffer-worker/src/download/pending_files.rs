//! The files that a download has still to fetch, packed, because there may be a million of them.
//!
//! Written out, a [`DownloadFile`] takes some 600 bytes. Packed it takes 80 bytes, and those of its name and revision:
//! the folder is stored once for all files that follow each other in it, and the content hash as bytes. A file is
//! written out when its turn comes.

use super::download_file::DownloadFile;
use coffer_model::{PackedTexts, RemotePath, Rev};
use jiff::{SignedDuration, Timestamp};
use std::collections::BTreeMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::Arc;

#[derive(Debug, Default)]
pub(crate) struct PendingFiles {
    folders: Vec<PendingFolder>,
    files: Vec<PackedDownload>,
    /// The name of each file in the account.
    names: PackedTexts,
    revs: PackedTexts,
    /// Names on this computer that differ from those in the account, by the index of the file.
    local_names: BTreeMap<usize, OsString>,
}

#[derive(Debug)]
struct PendingFolder {
    remote_path: RemotePath,
    local_path: PathBuf,
    /// The folder into which the transfer downloads.
    target: Arc<Path>,
}

#[derive(Debug)]
struct PackedDownload {
    size_bytes: u64,
    modified_secs: i64,
    modified_nanos: i32,
    folder: u32,
    /// The content hash that the account tells, if any.
    hash: [u8; 32],
    has_hash: bool,
    is_exported: bool,
}

impl PendingFiles {
    /// Adds a file, and returns its index. Files of one folder that follow each other take the least memory.
    pub(crate) fn push(&mut self, file: &DownloadFile) -> usize {
        let index = self.files.len();
        let (name, local_name) = (file.path.name(), file.local_path.file_name().unwrap_or_default());
        if local_name != name {
            self.local_names.insert(index, local_name.to_owned());
        }
        self.names.push(name);
        self.revs.push(&file.rev.0);
        let modified = file.client_modified.as_duration();
        let mut hash = [0; 32];
        if let Some(text) = &file.content_hash {
            // A text that is no hash becomes one that no file has.
            hex::decode_to_slice(text.as_bytes(), &mut hash).unwrap_or_else(|_| hash = [0; 32]);
        }
        let packed = PackedDownload {
            size_bytes: file.size_bytes,
            modified_secs: modified.as_secs(),
            modified_nanos: modified.subsec_nanos(),
            folder: self.folder_of(file),
            hash,
            has_hash: file.content_hash.is_some(),
            is_exported: file.is_exported,
        };
        self.files.push(packed);
        index
    }

    /// The index of the folder that holds a file, which is mostly the one that was used last.
    fn folder_of(&mut self, file: &DownloadFile) -> u32 {
        let local_path = file.local_path.parent().unwrap_or(Path::new(""));
        let remote_path = file.path.as_str().rsplit_once('/').map_or("", |(folder, _)| folder);
        let is_same = self.folders.last().is_some_and(|folder| {
            folder.local_path == local_path
                && folder.remote_path.as_str() == remote_path
                && folder.target == file.target
        });
        if !is_same {
            self.folders.push(PendingFolder {
                remote_path: file.path.parent().unwrap_or_default(),
                local_path: local_path.to_owned(),
                target: Arc::clone(&file.target),
            });
        }
        (self.folders.len() - 1) as u32
    }

    /// The file at `index`, written out.
    pub(crate) fn get(&self, index: usize) -> Option<DownloadFile> {
        let file = self.files.get(index)?;
        let folder = self.folders.get(file.folder as usize)?;
        let (name, rev) = (self.names.get(index)?, self.revs.get(index)?);
        let local_path = match self.local_names.get(&index) {
            Some(local_name) => folder.local_path.join(local_name),
            None => folder.local_path.join(name),
        };
        let modified = SignedDuration::new(file.modified_secs, file.modified_nanos);
        Some(DownloadFile {
            path: folder.remote_path.join(name),
            rev: Rev(rev.into()),
            size_bytes: file.size_bytes,
            client_modified: Timestamp::from_duration(modified).unwrap_or_default(),
            content_hash: file.has_hash.then(|| hex::encode(file.hash).into()),
            is_exported: file.is_exported,
            local_path,
            target: Arc::clone(&folder.target),
        })
    }

    /// The folder of the account that holds a file.
    pub(crate) fn remote_folder(&self, index: usize) -> Option<&RemotePath> {
        let file = self.files.get(index)?;
        self.folders.get(file.folder as usize).map(|folder| &folder.remote_path)
    }

    pub(crate) fn size_bytes(&self, index: usize) -> u64 {
        self.files.get(index).map_or(0, |file| file.size_bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::PendingFiles;
    use crate::download::download_file::DownloadFile;
    use coffer_model::{RemotePath, Rev};
    use std::path::Path;

    fn file(remote_path: &str, local_path: &str) -> DownloadFile {
        DownloadFile {
            path: RemotePath::new(remote_path),
            rev: Rev("0123456789abcdef".into()),
            size_bytes: remote_path.len() as u64,
            client_modified: "2026-05-01T10:00:00Z".parse().unwrap(),
            content_hash: Some("00ff".repeat(16).into()),
            is_exported: false,
            local_path: local_path.into(),
            target: Path::new("/home/ida").into(),
        }
    }

    #[test]
    fn every_file_comes_out_as_it_went_in() {
        let files = [
            file("/Trip/a", "/home/ida/Trip/a"),
            DownloadFile {
                rev: Rev("9".into()),
                content_hash: None,
                is_exported: true,
                ..file("/Trip/É", "/home/ida/Trip/É")
            },
            file("/trip/c/d", "/home/ida/Trip/c/d (1)"),
            DownloadFile { target: Path::new("/").into(), ..file("/e", "/e_") },
        ];
        let mut pending = PendingFiles::default();
        for (index, file) in files.iter().enumerate() {
            assert_eq!(pending.push(file), index);
        }
        for (index, file) in files.iter().enumerate() {
            let unpacked = pending.get(index).unwrap();
            assert_eq!(format!("{unpacked:?}"), format!("{file:?}"));
            assert_eq!(pending.remote_folder(index).cloned(), file.path.parent());
            assert_eq!(pending.size_bytes(index), file.size_bytes);
        }
        assert!(pending.get(files.len()).is_none());
    }

    #[test]
    fn a_hash_that_is_none_is_matched_by_no_content() {
        let mut pending = PendingFiles::default();
        pending.push(&DownloadFile { content_hash: Some("nonsense".into()), ..file("/a", "/a") });
        let unpacked = pending.get(0).unwrap();
        assert!(!unpacked.has_hash("nonsense") && !unpacked.has_hash(&"00ff".repeat(16)));
    }
}
