//! How inverses and lists of items are kept on disk: compressed, because there may be a million files in one. They are
//! written and read as streams, so that they are never in memory as text.

use super::file_revisions::FileRevisions;
use super::inverse::{Inverse, Rewind};
use super::made_items::MadeItems;
use coffer_model::entry::{ContentAccess, File};
use coffer_model::{Entry, EntryKind, ItemAccess, MountableFolder, RemotePath, Rev};
use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;
use jiff::Timestamp;
use serde::de::{DeserializeOwned, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::io;
use std::sync::Arc;

/// As the bytes of a column.
pub(super) fn pack(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut encoder = ZlibEncoder::new(Vec::new(), Compression::fast());
    serde_json::to_writer(&mut encoder, value)?;
    encoder.finish()
}

pub(super) fn unpack<T: DeserializeOwned>(bytes: &[u8]) -> io::Result<T> {
    Ok(serde_json::from_reader(io::BufReader::new(ZlibDecoder::new(bytes)))?)
}

/// The names are on disk, and never change their meaning.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum PackedInverse {
    Undelete { folders: Vec<String>, files: PackedFiles },
    MoveBack(Vec<(PackedItem, String)>),
    RenameBack(Vec<(PackedItem, String)>),
    Rewind(Vec<PackedRewind>),
    Remove(Vec<PackedItem>),
    RemoveMade { items: Vec<PackedItem>, made: Vec<u64> },
    RemoveUploaded { files: PackedFiles, folders: Vec<PackedItem> },
    AddSharedFolder(PackedSharedFolder),
    RemoveSharedFolder(PackedSharedFolder),
    RevokeLink { path: String, url: String },
    All(Vec<PackedInverse>),
}

/// What an undo has to know of an item: a file has a revision.
#[derive(Serialize, Deserialize)]
pub(super) struct PackedItem {
    path: String,
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    rev: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PackedRewind {
    path: String,
    current: String,
    rev: String,
}

#[derive(Serialize, Deserialize)]
pub(super) struct PackedSharedFolder {
    id: String,
    name: String,
    path: Option<String>,
}

/// A list of paths with their revisions.
pub(super) struct PackedFiles(Arc<FileRevisions>);

impl Serialize for PackedFiles {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(|(path, rev)| (path.to_string(), rev.0.to_string())))
    }
}

impl<'de> Deserialize<'de> for PackedFiles {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Files;
        impl<'de> Visitor<'de> for Files {
            type Value = FileRevisions;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a list of paths and revisions")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<FileRevisions, A::Error> {
                let mut files = FileRevisions::default();
                while let Some((path, rev)) = list.next_element::<(String, String)>()? {
                    files.push(&RemotePath::new(&path), &Rev(rev.into()));
                }
                Ok(files)
            }
        }
        Ok(Self(Arc::new(deserializer.deserialize_seq(Files)?)))
    }
}

impl From<&Inverse> for PackedInverse {
    fn from(inverse: &Inverse) -> Self {
        let items = |entries: &[Entry]| entries.iter().map(PackedItem::from).collect();
        match inverse {
            Inverse::Undelete { folders, files } => Self::Undelete {
                folders: folders.iter().map(ToString::to_string).collect(),
                files: PackedFiles(Arc::clone(files)),
            },
            Inverse::MoveBack(moves) => Self::MoveBack(packed_moves(moves)),
            Inverse::RenameBack(moves) => Self::RenameBack(packed_moves(moves)),
            Inverse::Rewind(rewinds) => Self::Rewind(
                rewinds
                    .iter()
                    .map(|rewind| PackedRewind {
                        path: rewind.path.to_string(),
                        current: rewind.current.0.to_string(),
                        rev: rewind.rev.0.to_string(),
                    })
                    .collect(),
            ),
            Inverse::Remove(entries) => Self::Remove(items(entries)),
            Inverse::RemoveMade { entries, made } => {
                Self::RemoveMade { items: items(entries), made: made.hashes().collect() }
            }
            Inverse::RemoveUploaded { files, folders } => {
                Self::RemoveUploaded { files: PackedFiles(Arc::clone(files)), folders: items(folders) }
            }
            Inverse::AddSharedFolder(folder) => Self::AddSharedFolder((&**folder).into()),
            Inverse::RemoveSharedFolder(folder) => Self::RemoveSharedFolder((&**folder).into()),
            Inverse::RevokeLink { path, url } => {
                Self::RevokeLink { path: path.to_string(), url: url.clone() }
            }
            Inverse::All(steps) => Self::All(steps.iter().map(Self::from).collect()),
        }
    }
}

impl From<PackedInverse> for Inverse {
    fn from(packed: PackedInverse) -> Self {
        let entries = |items: Vec<PackedItem>| items.into_iter().map(Entry::from).collect();
        match packed {
            PackedInverse::Undelete { folders, files } => Self::Undelete {
                folders: folders.iter().map(|folder| RemotePath::new(folder)).collect(),
                files: files.0,
            },
            PackedInverse::MoveBack(moves) => Self::MoveBack(written_out_moves(moves)),
            PackedInverse::RenameBack(moves) => Self::RenameBack(written_out_moves(moves)),
            PackedInverse::Rewind(rewinds) => Self::Rewind(
                rewinds
                    .into_iter()
                    .map(|rewind| Rewind {
                        path: RemotePath::new(&rewind.path),
                        current: Rev(rewind.current.into()),
                        rev: Rev(rewind.rev.into()),
                    })
                    .collect(),
            ),
            PackedInverse::Remove(items) => Self::Remove(entries(items)),
            PackedInverse::RemoveMade { items, made } => {
                Self::RemoveMade { entries: entries(items), made: Arc::new(MadeItems::from_hashes(made)) }
            }
            PackedInverse::RemoveUploaded { files, folders } => {
                Self::RemoveUploaded { files: files.0, folders: entries(folders) }
            }
            PackedInverse::AddSharedFolder(folder) => Self::AddSharedFolder(Box::new(folder.into())),
            PackedInverse::RemoveSharedFolder(folder) => Self::RemoveSharedFolder(Box::new(folder.into())),
            PackedInverse::RevokeLink { path, url } => Self::RevokeLink { path: RemotePath::new(&path), url },
            PackedInverse::All(steps) => Self::All(steps.into_iter().map(Self::from).collect()),
        }
    }
}

impl From<&Entry> for PackedItem {
    fn from(entry: &Entry) -> Self {
        Self {
            path: entry.path.to_string(),
            id: entry.id().to_owned(),
            rev: entry.file().map(|file| file.rev.0.to_string()),
        }
    }
}

impl From<PackedItem> for Entry {
    fn from(item: PackedItem) -> Self {
        let path = RemotePath::new(&item.path);
        match item.rev {
            None => Self::new(path, EntryKind::Folder { id: item.id.into() }),
            Some(rev) => known_file(path, &item.id, Rev(rev.into())),
        }
    }
}

/// A file of which nothing else is known: enough to delete or move it, if it still is what it was.
pub(crate) fn known_file(path: RemotePath, id: &str, rev: Rev) -> Entry {
    let file = File {
        id: id.into(),
        rev,
        size_bytes: 0,
        client_modified: Timestamp::UNIX_EPOCH,
        server_modified: Timestamp::UNIX_EPOCH,
        content_hash: None,
        access: ContentAccess::Download,
    };
    Entry::new(path, EntryKind::File(file))
}

impl From<&MountableFolder> for PackedSharedFolder {
    fn from(folder: &MountableFolder) -> Self {
        Self {
            id: folder.id.to_string(),
            name: folder.name.clone(),
            path: folder.path.as_ref().map(ToString::to_string),
        }
    }
}

impl From<PackedSharedFolder> for MountableFolder {
    fn from(folder: PackedSharedFolder) -> Self {
        Self {
            id: folder.id.into(),
            name: folder.name,
            access: ItemAccess::default(),
            path: folder.path.map(|path| RemotePath::new(&path)),
            owners: Vec::new(),
        }
    }
}

fn packed_moves(moves: &[(Entry, RemotePath)]) -> Vec<(PackedItem, String)> {
    moves.iter().map(|(entry, to)| (entry.into(), to.to_string())).collect()
}

fn written_out_moves(moves: Vec<(PackedItem, String)>) -> Vec<(Entry, RemotePath)> {
    moves.into_iter().map(|(item, to)| (item.into(), RemotePath::new(&to))).collect()
}

#[cfg(test)]
mod tests {
    use super::{PackedInverse, known_file, pack, unpack};
    use crate::history::file_revisions::FileRevisions;
    use crate::history::inverse::{Inverse, Rewind};
    use coffer_model::{Entry, EntryKind, ItemAccess, MountableFolder, RemotePath, Rev};
    use std::sync::Arc;

    fn rev(text: &str) -> Rev {
        Rev(text.into())
    }

    fn folder(path: &str) -> Entry {
        Entry::new(RemotePath::new(path), EntryKind::Folder { id: format!("id:{path}").into() })
    }

    fn came_back(inverse: &Inverse) -> Inverse {
        let bytes = pack(&PackedInverse::from(inverse)).unwrap();
        unpack::<PackedInverse>(&bytes).unwrap().into()
    }

    #[test]
    fn every_inverse_comes_back_as_it_was_kept() {
        let path = RemotePath::new;
        let file = known_file(path("/Ä/b.txt"), "id:b", rev("12"));
        let files: FileRevisions =
            [(path("/Ä/b.txt"), rev("12")), (path("/c"), rev("3"))].into_iter().collect();
        let files = Arc::new(files);
        let shared = MountableFolder {
            id: "77".into(),
            name: "Garden".into(),
            access: ItemAccess::Edit,
            path: Some(path("/Garden")),
            owners: Vec::new(),
        };
        let made = Arc::new([&file].into_iter().collect());
        let steps = vec![
            Inverse::Undelete { folders: vec![path("/Ä")], files: Arc::clone(&files) },
            Inverse::MoveBack(vec![(file.clone(), path("/a.txt")), (folder("/F"), path("/G"))]),
            Inverse::RenameBack(vec![(file.clone(), path("/a.txt")), (folder("/F"), path("/G"))]),
            Inverse::Rewind(vec![Rewind { path: path("/c"), current: rev("2"), rev: rev("1") }]),
            Inverse::Remove(vec![file.clone(), folder("/F")]),
            Inverse::RemoveMade { entries: vec![folder("/F")], made },
            Inverse::RemoveUploaded { files, folders: vec![folder("/F")] },
            Inverse::AddSharedFolder(Box::new(shared.clone())),
            Inverse::RemoveSharedFolder(Box::new(shared)),
            Inverse::RevokeLink { path: path("/c"), url: "https://example.org/s/1".into() },
        ];
        for step in &steps {
            assert_eq!(came_back(step), *step);
        }
        assert_eq!(came_back(&Inverse::All(steps.clone())), Inverse::All(steps));
    }

    #[test]
    fn the_files_of_a_large_folder_take_a_few_bytes_each() {
        let file = |number: u32| {
            (RemotePath::new(&format!("/Photos/IMG_{number:06}.jpg")), rev(&format!("{number:015x}")))
        };
        let files: FileRevisions = (0..100_000).map(file).collect();
        let inverse = Inverse::Undelete { folders: Vec::new(), files: Arc::new(files) };
        let bytes = pack(&PackedInverse::from(&inverse)).unwrap();
        assert!(bytes.len() < 2_000_000, "{} bytes", bytes.len());
    }
}
