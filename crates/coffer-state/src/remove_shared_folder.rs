//! Removing a shared folder from the person’s Dropbox, after a question.

use super::State;
use super::dialog::Dialog;
use coffer_model::{Edit, Entry, RemotePath};

impl State {
    /// The shared folder that is selected and can be removed from the person’s Dropbox: none that belongs to a team or is
    /// inside another one.
    pub(super) fn removable_shared_folder(&self) -> Option<&Entry> {
        let entry = self.browser.only_selected()?;
        (entry.sharing.is_shared_folder && self.can_remove_shared_folder(&entry.path)).then_some(entry)
    }

    fn can_remove_shared_folder(&self, path: &RemotePath) -> bool {
        let home = self.home();
        let is_around = |folder: &RemotePath| folder != path && *folder != home && !folder.is_root();
        let mut around =
            path.lineage().into_iter().filter(|folder| is_around(folder) && !folder.contains(&home));
        home.contains(path)
            && *path != home
            && !around.any(|folder| self.folder_sharing(&folder).is_shared_folder)
    }

    /// Asks whether the selected shared folder is to be removed.
    pub(super) fn ask_to_remove_shared_folder(&mut self) {
        if let Some(entry) = self.removable_shared_folder().cloned() {
            self.open_dialog(Dialog::RemoveSharedFolder(entry));
        }
    }

    pub(super) fn confirm_remove_shared_folder(&mut self) {
        if !matches!(self.dialog, Some(Dialog::RemoveSharedFolder(_))) {
            return;
        }
        if let Some(Dialog::RemoveSharedFolder(entry)) = self.dialog.take() {
            let edit = Edit::RemoveSharedFolder(entry);
            if !self.refuses_edit(&edit) {
                self.run_edit(edit);
            }
        }
    }
}
