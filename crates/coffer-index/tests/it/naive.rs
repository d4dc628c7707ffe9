//! An account as a map from paths to items, with the rules of the feed written as simply as can be.

use coffer_index::{FileChange, FolderChange, ItemChange};
use coffer_model::{ContentAccess, FolderTotals, Sharing};
use jiff::Timestamp;
use std::collections::BTreeMap;

#[derive(Clone, Debug, PartialEq)]
pub enum Item {
    Folder { name: String },
    File { name: String, rev: u64, bytes: u64, modified: i64 },
}

/// Items by their lower-case paths.
#[derive(Clone, Debug, Default)]
pub struct Naive(pub BTreeMap<String, Item>);

impl Naive {
    pub fn put(&mut self, path: &str, item: Item) {
        let lower = path.to_lowercase();
        let mut above = parent(&lower);
        while !above.is_empty() {
            if !matches!(self.0.get(above), Some(Item::Folder { .. })) {
                let name = name(above).to_owned();
                self.0.insert(above.to_owned(), Item::Folder { name });
            }
            above = parent(above);
        }
        if matches!(item, Item::File { .. }) && matches!(self.0.get(&lower), Some(Item::Folder { .. })) {
            self.remove(&lower);
        }
        self.0.insert(lower, item);
    }

    pub fn remove(&mut self, path: &str) {
        let lower = path.to_lowercase();
        let below = format!("{lower}/");
        self.0.retain(|path, _| *path != lower && !path.starts_with(&below));
    }

    /// All of the folders, with what is below each.
    pub fn totals(&self) -> BTreeMap<String, FolderTotals> {
        let folders = self.0.iter().filter(|(_, item)| matches!(item, Item::Folder { .. }));
        let folders = folders.map(|(path, _)| path.as_str()).chain([""]);
        folders.map(|folder| (folder.to_owned(), self.totals_of(folder))).collect()
    }

    fn totals_of(&self, folder: &str) -> FolderTotals {
        let below = format!("{folder}/");
        let mut totals = FolderTotals::default();
        for (_, item) in self.0.iter().filter(|(path, _)| path.starts_with(&below)) {
            match item {
                Item::Folder { .. } => totals.folders += 1,
                Item::File { bytes, modified, .. } => {
                    totals.files += 1;
                    totals.bytes += bytes;
                    totals.newest = totals.newest.max(Timestamp::from_second(*modified).ok());
                }
            }
        }
        totals
    }
}

pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(parent, _)| parent)
}

pub fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or_default()
}

/// What the service would say of an item, with texts that live long enough.
#[derive(Clone)]
pub struct Said {
    path_lower: String,
    id: String,
    rev: String,
    hash: String,
    item: Option<Item>,
}

impl Said {
    pub fn item(path: &str, item: &Item) -> Self {
        let path_lower = path.to_lowercase();
        let (rev, content) = match item {
            Item::File { rev, bytes, .. } => (*rev, *bytes),
            Item::Folder { .. } => (0, 0),
        };
        // Files of one size have one content.
        let hash = format!("{:064x}", u128::from(content) * 0x1234_5678_9abc_def1_2345_6789);
        Self {
            id: format!("id:{path_lower}"),
            rev: format!("{rev:012x}"),
            hash,
            path_lower,
            item: Some(item.clone()),
        }
    }

    /// In small letters.
    pub fn path(&self) -> String {
        self.path_lower.clone()
    }

    pub fn with_id(self, id: &str) -> Self {
        Self { id: id.to_owned(), ..self }
    }

    pub fn removed(path: &str) -> Self {
        let (id, rev, hash) = Default::default();
        Self { path_lower: path.to_lowercase(), id, rev, hash, item: None }
    }

    pub fn change(&self) -> ItemChange<'_> {
        match &self.item {
            None => ItemChange::Removed { path_lower: &self.path_lower },
            Some(Item::Folder { name }) => ItemChange::Folder(FolderChange {
                path_lower: &self.path_lower,
                name,
                id: &self.id,
                sharing: Sharing::default(),
            }),
            Some(Item::File { name, bytes, modified, .. }) => ItemChange::File(FileChange {
                path_lower: &self.path_lower,
                name,
                id: &self.id,
                rev: &self.rev,
                size_bytes: *bytes,
                client_modified: *modified,
                server_modified: *modified + 1,
                content_hash: Some(&self.hash),
                is_view_only: false,
                access: ContentAccess::Download,
                modified_by: None,
            }),
        }
    }
}

pub fn folder(path: &str) -> Said {
    Said::item(path, &Item::Folder { name: name(path).to_owned() })
}

pub fn file(path: &str, rev: u64, bytes: u64, modified: i64) -> Said {
    Said::item(path, &Item::File { name: name(path).to_owned(), rev, bytes, modified })
}
