//! The working copies that this program works on. One task has a copy at a time.

use super::record::{self, CopyRecord, StoredCopy};
use crate::account::account_name;
use crate::act::Act;
use crate::context::JobError;
use crate::{blocking, problem};
use coffer_model::entry::File;
use coffer_model::{AccountChoice, ProblemKind, Rev, WorkingCopyId};
use coffer_texts::tr;
use parking_lot::{Mutex, MutexGuard};
use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio::sync::{Notify, OwnedMutexGuard};

/// A copy while a task works on it.
pub(crate) type LockedCopy = OwnedMutexGuard<StoredCopy>;

type SharedCopy = Arc<tokio::sync::Mutex<StoredCopy>>;

/// The right to make the copy of a file.
type MakingRight = Arc<tokio::sync::Mutex<()>>;

pub(crate) struct WorkingCopies {
    /// The folder of all copies.
    folder: PathBuf,
    /// Those that other programs may not work on.
    held: Mutex<BTreeMap<WorkingCopyId, SharedCopy>>,
    /// Files of which a copy is being made, or looked for, by account and id.
    making: Mutex<BTreeMap<(String, String), MakingRight>>,
    changed: Notify,
    /// The copies that tasks have changed and that were not looked at since.
    changed_ids: Mutex<BTreeSet<WorkingCopyId>>,
}

impl WorkingCopies {
    /// In the state folder, never in the cache: what was edited is nowhere else.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self {
            folder,
            held: Mutex::default(),
            making: Mutex::default(),
            changed: Notify::new(),
            changed_ids: Mutex::default(),
        }
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Waits until tasks have changed copies; answers with these.
    pub(crate) async fn changed(&self) -> BTreeSet<WorkingCopyId> {
        self.changed.notified().await;
        std::mem::take(&mut self.changed_ids.lock())
    }

    /// A task has worked on a copy, and does so no longer.
    pub(crate) fn notify_changed(&self, id: &WorkingCopyId) {
        self.changed_ids.lock().insert(id.clone());
        self.changed.notify_one();
    }

    /// Holds all copies of an account that no other program works on. Gives back what could not be read.
    pub(crate) async fn open_all(&self, account: &AccountChoice) -> Vec<io::Error> {
        let (folder, name) = (self.folder.clone(), account_name(account));
        let held: Vec<WorkingCopyId> = self.held().keys().cloned().collect();
        let opened = blocking(move || -> (Vec<StoredCopy>, Vec<io::Error>) {
            let ids = match record::ids(&folder) {
                Ok(ids) => ids,
                Err(error) => return (Vec::new(), vec![error]),
            };
            let (mut copies, mut errors) = (Vec::new(), Vec::new());
            for id in ids.into_iter().filter(|id| !held.contains(id)) {
                match StoredCopy::open(&folder, &id) {
                    Ok(Some(copy)) if copy.record.account == name => copies.push(copy),
                    Ok(_) => {}
                    Err(error) => errors.push(error),
                }
            }
            (copies, errors)
        });
        let Ok((copies, errors)) = opened.await else { return Vec::new() };
        for copy in copies {
            self.hold(copy);
        }
        errors
    }

    /// The copies of an account that are held, oldest first.
    pub(crate) async fn of_account(&self, account: &AccountChoice) -> Vec<SharedCopy> {
        let name = account_name(account);
        let all: Vec<SharedCopy> = self.held().values().cloned().collect();
        let mut copies = Vec::new();
        for copy in all {
            let (belongs, opened) = {
                let copy = copy.lock().await;
                (copy.record.account == name, copy.record.opened_unix_secs)
            };
            if belongs {
                copies.push((opened, copy));
            }
        }
        copies.sort_by_key(|(opened, _)| *opened);
        copies.into_iter().map(|(_, copy)| copy).collect()
    }

    /// A copy that is held, as soon as no other task works on it.
    pub(crate) async fn lock(&self, id: &WorkingCopyId) -> Result<LockedCopy, JobError> {
        let held = self.held().get(id).cloned();
        match held {
            Some(copy) => Ok(copy.lock_owned().await),
            None => Err(problem::general(tr!("edited-file-not-found"))
                .because(ProblemKind::LocalNotFound, tr!("why-edited-file-not-found"))
                .into()),
        }
    }

    /// The right to make a copy of a file: one task at a time has it.
    pub(crate) async fn begin_making(&self, account: &AccountChoice, file_id: &str) -> OwnedMutexGuard<()> {
        let file = (account_name(account), file_id.to_owned());
        let right = {
            let mut making = self.making.lock();
            making.retain(|_, right| Arc::strong_count(right) > 1);
            Arc::clone(making.entry(file).or_default())
        };
        right.lock_owned().await
    }

    /// The copy of a file of an account, if one is held.
    pub(crate) async fn find(&self, account: &AccountChoice, file_id: &str) -> Option<LockedCopy> {
        for copy in self.of_account(account).await {
            let copy = copy.lock_owned().await;
            if copy.record.file_id == file_id {
                return Some(copy);
            }
        }
        None
    }

    /// The person has undone a save, or redone it: `current` was the newest version, and `file` is it now. A copy that was
    /// saved as `current` belongs to the new one, so that the next save is no conflict; what is in it stays.
    pub(crate) async fn follow_undo(&self, account: &AccountChoice, file: &File, current: &Rev) {
        let Some(mut copy) = self.find(account, &file.id).await else { return };
        if copy.record.rev == *current.0 {
            copy.record.rev = file.rev.0.to_string();
            if let Err(error) = copy.write() {
                // Then the next save after a restart keeps both versions.
                tracing::warn!(%error, "the record of an edited file could not be written");
            }
        }
    }

    /// A folder for a copy that is to be made.
    pub(crate) async fn create(&self, record: CopyRecord) -> Result<StoredCopy, JobError> {
        let about = problem::item(&coffer_model::RemotePath::new(&record.remote_path), Act::Open);
        let folder = self.folder.clone();
        let created = blocking(move || StoredCopy::create(&folder, record)).await?;
        created.map_err(|error| about.local(&error).into())
    }

    /// From now on tasks find it.
    pub(crate) fn hold(&self, copy: StoredCopy) {
        self.held().insert(copy.id.clone(), Arc::new(tokio::sync::Mutex::new(copy)));
    }

    /// Removes a copy from the disk. Tasks that wait for it find its file gone.
    pub(crate) async fn remove(&self, copy: LockedCopy) -> io::Result<()> {
        let id = copy.id.clone();
        self.held().remove(&id);
        let removed =
            blocking(move || copy.remove()).await.map_err(|_| io::Error::other("a removal panicked"))?;
        self.notify_changed(&id);
        removed
    }

    /// Lets other programs have the copies of other accounts. One that a task works on stays with it.
    pub(crate) fn release_others(&self, account: &AccountChoice) {
        let name = account_name(account);
        self.held().retain(|_, copy| copy.try_lock().map_or(true, |copy| copy.record.account == name));
    }

    /// Lets other programs have all copies: this one has ended.
    pub(crate) fn release_all(&self) {
        self.held().clear();
    }

    fn held(&self) -> MutexGuard<'_, BTreeMap<WorkingCopyId, SharedCopy>> {
        self.held.lock()
    }
}
