//! Everything in a folder at one moment, for edits that must be able to bring it back.

use crate::convert;
use crate::error::ServiceError;
use crate::history::MadeItems;
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
    let mut subtree = Subtree::default();
    visit_subtree(service, folder, |entry| subtree.entries.push(entry)).await?;
    Ok(subtree)
}

/// Shows each item of a folder and of all folders in it, the folder itself among them. They need not be kept: there may
/// be very many.
pub(super) async fn visit_subtree(
    service: &Service,
    folder: &RemotePath,
    visit: impl FnMut(Entry),
) -> Result<(), ServiceError> {
    let arg = ListFolderArg { recursive: true, ..ListFolderArg::new(folder.as_str()) };
    visit_pages(service, arg, None, visit).await
}

/// Adds an item that was just made, with all that is below it.
pub(super) async fn add_subtree(
    service: &Service,
    entry: &Entry,
    made: &mut MadeItems,
) -> Result<(), ServiceError> {
    made.insert(entry);
    if entry.is_folder() {
        visit_subtree(service, &entry.path, |item| made.insert(&item)).await?;
    }
    Ok(())
}

/// Shows each item that is in the folder itself.
pub(super) async fn visit_folder(
    service: &Service,
    folder: &RemotePath,
    visit: impl FnMut(Entry),
) -> Result<(), ServiceError> {
    visit_pages(service, ListFolderArg::new(folder.as_str()), Some(folder), visit).await
}

async fn visit_pages(
    service: &Service,
    arg: ListFolderArg,
    folder: Option<&RemotePath>,
    mut visit: impl FnMut(Entry),
) -> Result<(), ServiceError> {
    let mut page = service.rpc(&LIST_FOLDER, &arg).await?;
    loop {
        let entries = page.entries.iter().map(|item| convert::entry(item, folder));
        entries.filter(|entry| !entry.is_deleted()).for_each(&mut visit);
        if !page.has_more {
            return Ok(());
        }
        page = service.continue_list(&page.cursor).await?;
    }
}

pub(super) async fn is_empty_folder(service: &Service, folder: &RemotePath) -> Result<bool, ServiceError> {
    let arg = ListFolderArg { limit: Some(1), ..ListFolderArg::new(folder.as_str()) };
    let mut page = service.rpc(&LIST_FOLDER, &arg).await?;
    while page.entries.is_empty() && page.has_more {
        page = service.continue_list(&page.cursor).await?;
    }
    Ok(page.entries.is_empty())
}
