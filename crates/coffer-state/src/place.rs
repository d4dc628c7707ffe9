//! What the content pane shows: a folder, or a list gathered from the whole account.

use coffer_model::RemotePath;

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Place {
    Folder(RemotePath),
    /// Everything that was deleted and can come back.
    Deleted,
    /// Everything that has a link.
    Links,
    Search {
        query: String,
        below: RemotePath,
    },
}

impl Place {
    /// The folder that new items and dropped files go to; none for gathered lists.
    pub fn folder(&self) -> Option<&RemotePath> {
        match self {
            Self::Folder(path) => Some(path),
            _ => None,
        }
    }
}
