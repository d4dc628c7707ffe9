//! The items that a download was asked for. Those of the past are worked out first; what is in its folders is in `past_contents`.

use super::past_contents::{PastContents, refusal};
use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::JobError;
use crate::past::{WantedItems, past_tree};
use crate::{blocking, problem};
use coffer_model::{Entry, EntryKind, PastDownload, Problem, ProblemKind, RemotePath, SinceThen};
use coffer_texts::tr;
use std::ffi::OsString;
use std::sync::Arc;

/// An item that was requested, and the name that it is to have here if that is not its own.
#[derive(Clone)]
pub(crate) struct RequestedItem {
    pub entry: Entry,
    pub name: Option<OsString>,
    /// What is in it, if that is not to be listed.
    pub contents: Option<PastContents>,
}

impl RequestedItem {
    pub(crate) fn new(entry: Entry, name: Option<OsString>) -> Self {
        Self { entry, name, contents: None }
    }
}

/// How much a download may be, and the problem that it ends with when it is more.
pub(super) struct DownloadLimit {
    pub(super) files: u64,
    pub(super) bytes: u64,
    pub(super) problem: Problem,
}

/// What a download is asked for.
pub(super) enum Requested<'a> {
    Items(Vec<RequestedItem>),
    Bounded(Vec<RequestedItem>, DownloadLimit),
    /// Is worked out when the download has begun: it is kept from then on, whatever happens.
    Past(&'a PastDownload),
}

impl Requested<'_> {
    /// The items, and how much they may be together.
    pub(super) async fn items(
        self,
        account: &OpenAccount,
    ) -> Result<(RequestedPast, Option<DownloadLimit>), JobError> {
        let (items, most) = match self {
            Self::Items(items) => (items, None),
            Self::Bounded(items, most) => (items, Some(most)),
            Self::Past(download) => return Ok((request_past(account, download).await?, None)),
        };
        Ok((RequestedPast { items, failed: Vec::new() }, most))
    }
}

/// What is asked for of the past.
#[derive(Default)]
pub(super) struct RequestedPast {
    pub items: Vec<RequestedItem>,
    /// Those of which there is nothing to download.
    pub failed: Vec<Problem>,
}

/// Works out what was there.
pub(super) async fn request_past(
    account: &OpenAccount,
    download: &PastDownload,
) -> Result<RequestedPast, JobError> {
    let PastDownload { wanted, name, .. } = download;
    let (tree, _) = past_tree(account, wanted, problem::item(&wanted.folder, Act::Download)).await?;
    let (wanted, name) = (wanted.clone(), name.clone());
    let requested = blocking(move || {
        let wanted_items = Arc::new(WantedItems::new(&wanted));
        let below = |folder: &RemotePath| Some(PastContents::new(&tree, &wanted_items, folder));
        let mut requested = RequestedPast::default();
        if wanted.items.is_empty() {
            let folder = tree.folder_of(&wanted).clone();
            let contents = below(&folder);
            let entry = Entry::new(folder, EntryKind::Folder { id: "".into() });
            requested.items.push(RequestedItem { entry, name, contents });
        }
        for path in wanted.items.iter().filter(|path| wanted_items.contains(path)) {
            match tree.items.get(path.lower()) {
                Some(item) if item.since != SinceThen::Added => match (&item.kind, refusal(item)) {
                    (EntryKind::File(_), Some(problem)) => requested.failed.push(problem),
                    (EntryKind::File(_), None) => {
                        let entry = Entry::new(item.path.clone(), item.kind.clone());
                        requested.items.push(RequestedItem { entry, name: None, contents: None });
                    }
                    _ => {
                        let entry = Entry::new(item.path.clone(), item.kind.clone());
                        let contents = below(&item.path);
                        requested.items.push(RequestedItem { entry, name: None, contents });
                    }
                },
                _ => requested.failed.push(was_not_there(path)),
            }
        }
        requested
    });
    Ok(requested.await?)
}

fn was_not_there(path: &RemotePath) -> Problem {
    problem::item(path, Act::Download).because(ProblemKind::NotFound, tr!("why-not-there-then"))
}
