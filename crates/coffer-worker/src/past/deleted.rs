//! What is known of deleted items without a call: their paths, what the log of the index says of them, and the versions that
//! were listed.

use super::evidence::{Evidence, Question, VersionList};
use super::folder_past::FolderPast;
use super::gather::known_answers;
use crate::account::OpenAccount;
use coffer_index::PathChanges;
use coffer_model::{ChangeKind, RemotePath};
use jiff::Timestamp;
use std::collections::BTreeMap;
use std::sync::Arc;

/// What is kept of the deleted items below a folder.
#[derive(Default)]
pub(crate) struct KnownDeleted {
    pub paths: Vec<RemotePath>,
    /// Everything that the index has logged.
    pub log: PathChanges,
}

/// The paths that were listed last, brought up to date by the log.
pub(crate) async fn known_deleted(account: &OpenAccount, folder: &RemotePath) -> KnownDeleted {
    let log = account.index.ask(|index| index.path_changes(Timestamp::MIN)).await.unwrap_or_default();
    let wanted = folder.clone();
    let kept = account.past.with_known(move |known| known.read_deleted(&wanted)).await.flatten();
    let (listed, kept) = kept.unwrap_or((Timestamp::MIN, Vec::new()));
    let key = |path: &RemotePath| Arc::clone(path.lower());
    let mut paths: BTreeMap<Arc<str>, RemotePath> = kept.into_iter().map(|path| (key(&path), path)).collect();
    // The earliest last.
    let later = log.changes.iter().rev().filter(|change| change.seen >= listed);
    for change in later.filter(|change| folder.contains(&change.path)) {
        match change.kind {
            ChangeKind::Deleted => {
                paths.insert(key(&change.path), change.path.clone());
            }
            ChangeKind::Added | ChangeKind::Edited | ChangeKind::Moved => {
                paths.remove(change.path.lower());
            }
        }
    }
    KnownDeleted { paths: paths.into_values().collect(), log }
}

/// Keeps what was listed as deleted below a folder at a moment.
pub(crate) async fn write_deleted(
    account: &OpenAccount,
    folder: &RemotePath,
    listed: Timestamp,
    paths: Vec<RemotePath>,
) {
    let folder = folder.clone();
    account.past.with_known(move |known| known.write_deleted(&folder, listed, &paths)).await;
}

/// The versions that were listed before of deleted items, where that still holds by the log.
pub(crate) async fn known_lists(
    account: &OpenAccount,
    log: PathChanges,
    paths: impl Iterator<Item = RemotePath>,
) -> Vec<(Question, Arc<VersionList>)> {
    let questions = paths.map(Question::AtPath).collect();
    let past = FolderPast::new(0, Evidence { log, ..Evidence::default() });
    // What was there last is enough.
    let mut answers = known_answers(account, &past, questions, Timestamp::MAX).await;
    // One that was there then is told of by the log, unless that was lost.
    answers.retain(|(_, list)| list.versions.is_empty() || list.deleted.is_some());
    answers
}
