//! Folders that are moved or copied in parts and are not complete yet. A record on disk says which folder at the new place
//! has the first parts: whoever asks for the same again goes on with it, instead of finding its name taken.

use super::Editor;
use super::edit_records::SplitFolder;
use super::relocation_item::Item;
use super::stored_record::StoredRecord;
use crate::account::account_name;
use crate::blocking;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use coffer_model::{Entry, Receipt, Relocation};
use std::path::PathBuf;

impl SplitFolder {
    async fn new(editor: &Editor<'_>, kind: Relocation, from: &Entry, into: &Entry) -> Self {
        // Where it is not known, nobody is told of the record.
        let path_root = editor.service().path_root().await.unwrap_or_default();
        Self {
            is_copy: kind == Relocation::Copy,
            from_id: from.id().to_owned(),
            into_id: into.id().to_owned(),
            account: account_name(&editor.account.choice),
            path_root: path_root.map(|root| root.0.to_string()),
            from: from.path.to_string(),
            is_recorded: false,
            is_told: false,
        }
    }

    /// The folder with the first parts, if a relocation of `from` goes on with it. A move may also go back.
    fn other_part(&self, kind: Relocation, from: &Entry) -> Option<&str> {
        match kind {
            Relocation::Copy if self.is_copy && self.from_id == from.id() => Some(&self.into_id),
            Relocation::Move if !self.is_copy && self.from_id == from.id() => Some(&self.into_id),
            Relocation::Move if !self.is_copy && self.into_id == from.id() => Some(&self.from_id),
            _ => None,
        }
    }
}

/// The folder at the new place that receives the contents of another one.
pub(super) struct BegunFolder {
    pub into: Entry,
    /// Whether it was made just now, so that nothing is in it.
    pub is_new: bool,
    /// None where it could not be written.
    record: Option<StoredRecord<SplitFolder>>,
}

impl BegunFolder {
    /// Notes on disk that `into`, which was just made, receives what is in `from`.
    pub(super) async fn record(editor: &Editor<'_>, kind: Relocation, from: &Entry, into: Entry) -> Self {
        let folder = editor.worker.config.dirs.split_folders();
        let split = SplitFolder::new(editor, kind, from, &into).await;
        let stored = blocking(move || StoredRecord::create(&folder, split)).await;
        let record = match stored {
            Ok(Ok(record)) => Some(record),
            Ok(Err(error)) => {
                // Should it stop half-way, the person has to merge the two folders.
                tracing::warn!(%error, "the record of a folder that goes in parts could not be written");
                None
            }
            Err(_) => None,
        };
        Self { into, is_new: true, record }
    }

    /// A part of it is at the new place, which the history keeps and the window says, unless it is being closed.
    pub(super) async fn leave(self, editor: &Editor<'_>) {
        let Some(mut stored) = self.record else { return };
        let is_told = !editor.worker.closing.is_cancelled();
        let left = SplitFolder { is_recorded: true, is_told, ..stored.record.clone() };
        if let Err(error) = stored.replace(left).await {
            tracing::warn!(%error, "the record of a folder that went in parts could not be changed");
        }
    }

    /// All of it is at the new place.
    pub(super) async fn forget(self) {
        let Some(record) = self.record else { return };
        if let Ok(Err(error)) = blocking(move || record.remove()).await {
            // Once the folder that it was moved from is gone, nobody finds the record.
            tracing::warn!(%error, "the record of a folder that went in parts could not be removed");
        }
    }
}

/// The folder with the first parts of one that was moved or copied in part.
pub(crate) async fn find_first_parts(
    worker: &WorkerContext,
    job: &JobContext,
    kind: Relocation,
    folder: &Entry,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let _permit = worker.lanes.interactive().await;
    let editor = Editor { worker, account: &account, job };
    let found = SplitFolders::load(&editor).await.find(&editor, kind, folder).await;
    Ok(found.map_or(Receipt::Nothing, Receipt::Located))
}

/// The records that an earlier run has left.
pub(super) struct SplitFolders {
    pub(super) records: Vec<(PathBuf, SplitFolder)>,
}

impl SplitFolders {
    pub(super) async fn load(editor: &Editor<'_>) -> Self {
        let folder = editor.worker.config.dirs.split_folders();
        let _reading = editor.worker.split_folder_records.lock().await;
        let stored = match blocking(move || StoredRecord::<SplitFolder>::all(&folder)).await {
            Ok(Ok(stored)) => stored,
            Ok(Err(error)) => {
                tracing::warn!(%error, "folders that went in parts could not be looked for");
                Vec::new()
            }
            Err(_) => Vec::new(),
        };
        Self { records: stored.into_iter().map(|it| (it.file.clone(), it.record.clone())).collect() }
    }

    /// The folder with the first parts of `from`, wherever it is now.
    async fn find(&self, editor: &Editor<'_>, kind: Relocation, from: &Entry) -> Option<Entry> {
        self.find_record(editor, kind, from).await.map(|(into, _)| into)
    }

    /// The folder with the first parts of an item, if it is where the item is to go, and no other program is at it.
    pub(super) async fn begun(
        &self,
        editor: &Editor<'_>,
        kind: Relocation,
        (entry, to): &Item,
    ) -> Option<BegunFolder> {
        let (into, file) = self.find_record(editor, kind, entry).await?;
        if into.path != *to {
            return None;
        }
        let file = file.clone();
        let _changing = editor.worker.split_folder_records.lock().await;
        let Ok(Ok(Some(mut record))) = blocking(move || StoredRecord::open(file)).await else { return None };
        // It goes on, perhaps the other way.
        let split = SplitFolder::new(editor, kind, entry, &into).await;
        if let Err(error) = record.replace(split).await {
            tracing::warn!(%error, "the record of a folder that goes in parts could not be changed");
        }
        Some(BegunFolder { into, is_new: false, record: Some(record) })
    }

    async fn find_record(
        &self,
        editor: &Editor<'_>,
        kind: Relocation,
        from: &Entry,
    ) -> Option<(Entry, &PathBuf)> {
        if !from.is_folder() {
            return None;
        }
        for (file, record) in &self.records {
            let Some(id) = record.other_part(kind, from) else { continue };
            match editor.find_by_id(id).await {
                Ok(Some(into)) => return Some((into, file)),
                Ok(None) => {
                    let file = file.clone();
                    // It is of no use any more, and of no harm.
                    let _ = blocking(move || std::fs::remove_file(file)).await;
                }
                Err(error) => tracing::warn!(%error, "a folder that went in parts could not be looked for"),
            }
        }
        None
    }
}
