//! Folders that are shared with the person and not in their Dropbox: which there are, and adding them.

use super::background_list::BackgroundList;
use super::requests::RequestPurpose;
use super::runs::EditRun;
use super::{State, text};
use coffer_model::{AccountChoice, Edit, Job, MountableFolder, OperationKind, Outcome, Receipt, RequestId};
use std::collections::HashMap;
use std::sync::Arc;

/// The shared folders that are not in the person’s Dropbox.
#[derive(Default)]
pub struct SharedFolderList {
    /// By name.
    folders: Vec<MountableFolder>,

    /// Those that are being added.
    adding: HashMap<Arc<str>, RequestId>,

    list: BackgroundList,
}

impl SharedFolderList {
    pub fn folders(&self) -> &[MountableFolder] {
        &self.folders
    }

    /// Whether a folder is being added.
    pub fn is_adding(&self, folder: &MountableFolder) -> bool {
        self.adding.contains_key(&folder.id)
    }
}

impl State {
    /// Asks which shared folders there are. With a local account nobody shares anything.
    pub(super) fn list_shared_folders(&mut self) {
        if self.session.choice == AccountChoice::Local && self.session.team.is_none() {
            return;
        }
        let list = &mut self.shared_folders.list;
        list.ask(&mut self.context, Job::ListSharedFolders, RequestPurpose::SharedFolders);
    }

    /// The account is open, or can be reached again.
    pub(super) fn list_unknown_shared_folders(&mut self) {
        if self.shared_folders.list.is_missing() {
            self.list_shared_folders();
        }
    }

    /// What can’t be listed is not shown.
    pub(super) fn on_shared_folders(&mut self, outcome: Outcome) {
        let shared = &mut self.shared_folders;
        let answer = shared.list.answer(outcome, |problem| self.session.record_failure(problem));
        if let Some(Receipt::SharedFolders(folders)) = answer {
            shared.folders = folders.into_iter().filter(|folder| folder.path.is_none()).collect();
        }
    }

    pub(super) fn add_shared_folder(&mut self, id: &str) {
        let list = &self.shared_folders;
        let Some(folder) = list.folders.iter().find(|folder| &*folder.id == id).cloned() else { return };
        if list.is_adding(&folder) {
            return;
        }
        if let Some(refusal) = Self::mount_refusal(&folder) {
            self.toasts.push_failed(refusal, None);
            return;
        }
        let id = Arc::clone(&folder.id);
        let request = self.run_edit(Edit::AddSharedFolder(Box::new(folder)));
        self.shared_folders.adding.insert(id, request);
    }

    /// Why a folder can’t be added, if that is known.
    pub fn mount_refusal(folder: &MountableFolder) -> Option<String> {
        let is_closed = folder.access == coffer_model::ItemAccess::NoAccess;
        is_closed.then(|| text::no_access(&folder.name))
    }

    /// An edit has ended: a folder is no longer being added, and others may be in the person’s Dropbox now.
    pub(super) fn shared_folders_after(&mut self, id: RequestId, run: &EditRun, is_done: bool) {
        let list = &mut self.shared_folders;
        list.adding.retain(|_, request| *request != id);
        let Some(changed) = changed_shared_folders(run) else { return };
        if is_done {
            list.folders.retain(|folder| !changed.contains(&folder.id));
        }
        self.list_shared_folders();
    }
}

/// The shared folders that an edit adds, if it adds or removes any.
fn changed_shared_folders(run: &EditRun) -> Option<Vec<Arc<str>>> {
    match &run.edit {
        Edit::AddSharedFolder(folder) => Some(vec![Arc::clone(&folder.id)]),
        Edit::RemoveSharedFolder(_) => Some(Vec::new()),
        Edit::Undo { .. } => {
            let kind = run.reversed.as_ref().map(|operation| operation.kind);
            matches!(kind, Some(OperationKind::AddSharedFolder | OperationKind::RemoveSharedFolder))
                .then(Vec::new)
        }
        Edit::Delete(entries) => entries.iter().any(|entry| entry.sharing.is_shared_folder).then(Vec::new),
        _ => None,
    }
}
