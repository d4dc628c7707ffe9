//! A name being edited in place. What changes it is in `naming`.

use coffer_model::{Edit, Entry, RemotePath, RequestId};

#[derive(Clone, Debug, PartialEq)]
pub struct Rename {
    /// The item, or `None` for a folder that does not exist yet (drawn as the first row).
    pub entry: Option<Entry>,
    pub text: String,
    /// Why the name cannot be taken, in words, while that is so.
    pub complaint: Option<String>,
    /// The name was taken and is on its way to the account: drawn as a dimmed row, no longer as a field.
    pub committing: Option<RequestId>,
}

impl Rename {
    pub(super) fn new(entry: Option<Entry>, text: String) -> Self {
        Self { entry, text, complaint: None, committing: None }
    }

    /// The name is drawn as a field.
    pub fn is_open(&self) -> bool {
        self.committing.is_none()
    }

    /// The edit that gives the item this name, or makes the folder in `folder`.
    pub(super) fn edit(&self, text: &str, folder: Option<&RemotePath>) -> Option<Edit> {
        Some(match &self.entry {
            Some(entry) => Edit::Move(vec![(entry.clone(), entry.path.parent()?.join(text))]),
            None => Edit::CreateFolder { path: folder?.join(text) },
        })
    }
}
