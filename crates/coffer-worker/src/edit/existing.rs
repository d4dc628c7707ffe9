//! What is at many paths now. Items of one folder are listed together, and kept up to date when more of them are asked about;
//! a few, and those of a folder with very much else in it, are asked for one by one.

use super::Editor;
use super::present::Present;
use crate::context::JobError;
use crate::error::ServiceError;
use coffer_model::{Entry, RemotePath};
use futures_util::{FutureExt, StreamExt, stream};
use std::borrow::Borrow;
use std::collections::{BTreeSet, HashMap};

/// So few of a folder are asked for one by one.
const FEW: usize = 2;
/// A page of a list is worth so many questions.
const QUESTIONS_OF_A_PAGE: usize = 8;
/// Questions or lists at once.
const AT_ONCE: usize = 6;

/// The item at a path, if there is one.
pub(super) type Existing = Result<Option<Entry>, ServiceError>;

/// What is at these paths now, in their order.
pub(super) async fn existing(editor: &Editor<'_>, paths: &[RemotePath]) -> Result<Vec<Existing>, JobError> {
    ExistingItems::new(editor, paths).find(paths).await
}

/// For paths that are asked about in parts, each part just before something is done with it.
pub(super) struct ExistingItems<'a> {
    editor: &'a Editor<'a>,
    /// How many of the paths are in each folder.
    wanted: HashMap<RemotePath, usize>,
    /// The folders of the last part.
    listed: HashMap<RemotePath, Present>,
}

impl<'a> ExistingItems<'a> {
    pub(super) fn new<P: Borrow<RemotePath>>(
        editor: &'a Editor<'a>,
        paths: impl IntoIterator<Item = P>,
    ) -> Self {
        let mut wanted = HashMap::new();
        for path in paths {
            *wanted.entry(path.borrow().parent().unwrap_or_default()).or_default() += 1;
        }
        Self { editor, wanted, listed: HashMap::new() }
    }

    /// In the order of the paths. Those of one folder should follow each other, in this part and the next one.
    pub(super) async fn find(&mut self, paths: &[RemotePath]) -> Result<Vec<Existing>, JobError> {
        let failed = self.list_folders(paths).await?;
        let known = paths.iter().map(|path| {
            let folder = path.parent().unwrap_or_default();
            if let Some(error) = failed.get(&folder) {
                return Some(Err(error.clone()));
            }
            let present = self.listed.get(&folder)?;
            let entry = present.get(path).cloned();
            (entry.is_some() || present.is_whole()).then_some(Ok(entry))
        });
        let editor = self.editor;
        let answers = paths.iter().zip(known).map(|(path, known)| {
            async move {
                editor.job.check_wanted()?;
                Ok(match known {
                    Some(known) => known,
                    None => editor.find_entry(path).await,
                })
            }
            .boxed()
        });
        let answers: Vec<_> = answers.collect();
        stream::iter(answers).buffered(AT_ONCE).collect::<Vec<_>>().await.into_iter().collect()
    }

    /// Lists the folders of these paths, or asks what has changed there since; answers with those where that fails.
    async fn list_folders(
        &mut self,
        paths: &[RemotePath],
    ) -> Result<HashMap<RemotePath, ServiceError>, JobError> {
        let mut listed = std::mem::take(&mut self.listed);
        let folders: BTreeSet<RemotePath> =
            paths.iter().map(|path| path.parent().unwrap_or_default()).collect();
        let lists = folders.into_iter().filter_map(|folder| {
            let wanted = *self.wanted.get(&folder).filter(|wanted| **wanted > FEW)?;
            Some((listed.remove(&folder), folder, 1 + wanted / QUESTIONS_OF_A_PAGE))
        });
        let (job, service) = (self.editor.job, &self.editor.service());
        let lists = lists.map(|(known, folder, most_pages)| {
            async move {
                job.check_wanted()?;
                let present = match known {
                    Some(mut present) => present.catch_up(service).await.map(|()| present),
                    None => Present::list_pages(service, &folder, most_pages).await,
                };
                Ok::<_, JobError>((folder, present))
            }
            .boxed()
        });
        let lists: Vec<_> = lists.collect();
        let mut failed = HashMap::new();
        let mut results = stream::iter(lists).buffer_unordered(AT_ONCE);
        while let Some(result) = results.next().await {
            match result? {
                (folder, Ok(present)) => {
                    if !present.is_whole() {
                        // It is too long: of the next parts each item is asked for.
                        self.wanted.remove(&folder);
                    }
                    self.listed.insert(folder, present);
                }
                (folder, Err(error)) => drop(failed.insert(folder, error)),
            }
        }
        Ok(failed)
    }
}
