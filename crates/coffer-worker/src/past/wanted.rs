//! What of a folder as it was is wanted, and whether it can be had.

use super::evidence::Evidence;
use super::gather::gather;
use super::list::complete;
use super::reconstruct::{PastItem, PastTree};
use crate::account::OpenAccount;
use crate::context::JobError;
use crate::problem::Subject;
use coffer_model::{BringBack, ProblemKind, RemotePath, SinceThen};
use coffer_texts::tr;
use futures_util::FutureExt;
use std::collections::HashSet;
use std::future::ready;
use std::sync::Arc;

/// The folder that is asked for as it was, with all that is known of it. `about` says what is done with it.
pub(crate) async fn past_tree(
    account: &OpenAccount,
    asked: &BringBack,
    about: Subject,
) -> Result<(Arc<PastTree>, Arc<Evidence>), JobError> {
    let past = gather(account, &asked.folder).await.map_err(|error| about.clone().call(&error))?;
    let past = past.ok_or_else(|| {
        // The same can be asked for again.
        let kind = ProblemKind::LocalError;
        about.because(kind, tr!("why-not-indexed-yet"))
    })?;
    let mut tell = |_, _| ready(Ok(())).boxed();
    let tree = complete(account, &past, &asked.folder, asked.at, &mut tell).await?;
    Ok((tree, past.evidence()))
}

impl PastTree {
    /// Where a folder was that is asked for by its path of then or of now.
    pub(crate) fn folder_of<'a>(&'a self, asked: &'a BringBack) -> &'a RemotePath {
        if self.folder.contains(&asked.folder) { &asked.folder } else { &self.folder }
    }
}

impl PastItem {
    /// It was there, and its version of then can be had.
    pub(crate) fn can_be_had(&self) -> bool {
        match self.since {
            SinceThen::Unchanged | SinceThen::Changed | SinceThen::Deleted | SinceThen::Moved(_) => true,
            SinceThen::Added
            | SinceThen::Unknown
            | SinceThen::VersionUnknown
            | SinceThen::NotKept
            | SinceThen::Pending => false,
        }
    }
}

/// Some items with everything below them, without others.
pub(crate) struct WantedItems {
    items: HashSet<Arc<str>>,
    left_out: HashSet<Arc<str>>,
}

impl WantedItems {
    pub(crate) fn new(asked: &BringBack) -> Self {
        let keys = |paths: &[RemotePath]| paths.iter().map(|path| Arc::clone(path.lower())).collect();
        Self { items: keys(&asked.items), left_out: keys(&asked.left_out) }
    }

    pub(crate) fn contains(&self, path: &RemotePath) -> bool {
        if self.items.is_empty() && self.left_out.is_empty() {
            return true;
        }
        let lineage = path.lineage();
        let is_in = |items: &HashSet<Arc<str>>| lineage.iter().any(|path| items.contains(path.lower()));
        (self.items.is_empty() || is_in(&self.items)) && !is_in(&self.left_out)
    }
}
