//! Everything in a folder at one moment, for edits that must be able to bring it back.

use crate::convert;
use crate::error::ServiceError;
use crate::service::Service;
use coffer_model::{Entry, RemotePath, Rev};
use dropbox_protocol::files::{LIST_FOLDER, ListFolderArg};

/// The items of a folder and of all folders in it, the folder itself among them.
#[derive(Debug, Default)]
pub(crate) struct Subtree {
    pub entries: Vec<Entry>,
}

impl Subtree {
    /// Parents come before what is in them.
    pub(crate) fn folders(&self) -> Vec<RemotePath> {
        let mut folders: Vec<RemotePath> =
            self.entries.iter().filter(|entry| entry.is_folder()).map(|entry| entry.path.clone()).collect();
        folders.sort();
        folders
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = (RemotePath, Rev)> {
        self.entries.iter().filter_map(|entry| Some((entry.path.clone(), entry.file()?.rev.clone())))
    }
}

/// Lists a folder with all that is below it.
pub(crate) async fn list_subtree(service: &Service, folder: &RemotePath) -> Result<Subtree, ServiceError> {
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(folder.as_str()) };
    let mut page = service.rpc(&LIST_FOLDER, &arg).await?;
    let mut subtree = Subtree::default();
    loop {
        subtree.entries.extend(
            page.entries.iter().map(|item| convert::entry(item, None)).filter(|entry| !entry.is_deleted()),
        );
        if !page.has_more {
            return Ok(subtree);
        }
        page = service.continue_list(&page.cursor).await?;
    }
}
