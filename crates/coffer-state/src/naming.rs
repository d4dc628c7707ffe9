//! Names edited in place: renaming an item, and naming a folder before it is made. The row stays as it is typed until
//! the listing shows the result; a refused name is explained there.

use super::State;
use super::browser::Rename;
use super::text;
use coffer_model::{Edit, Listing, Problem, RemotePath, RequestId, name};

impl State {
    pub(super) fn begin_rename(&mut self) {
        if let Some(entry) = self.subject_alone().cloned() {
            let text = entry.name().to_owned();
            self.browser.reveal = self.cursor_row();
            self.browser.rename =
                Some(Rename { entry: Some(entry), text, complaint: None, committing: None });
        }
    }

    pub(super) fn begin_new_folder(&mut self) {
        let Some(folder) = self.navigation.current().folder() else { return };
        let text = free_name(self.browser.listing.value().map(|listing| &**listing), folder);
        self.browser.rename = Some(Rename { entry: None, text, complaint: None, committing: None });
    }

    pub(super) fn rename_text(&mut self, text: String) {
        let complaint = self.complaint_about(&text);
        if let Some(rename) = self.browser.rename.as_mut().filter(|rename| rename.committing.is_none()) {
            rename.text = text;
            rename.complaint = complaint;
        }
    }

    pub(super) fn rename_cancel(&mut self) {
        if self.browser.rename.as_ref().is_some_and(|rename| rename.committing.is_none()) {
            self.browser.rename = None;
        }
    }

    pub(super) fn rename_commit(&mut self) {
        let Some(rename) = self.browser.rename.clone().filter(|rename| rename.committing.is_none()) else {
            return;
        };
        let text = rename.text.trim_end();
        let unchanged = rename.entry.as_ref().is_some_and(|entry| entry.name() == text);
        if text.is_empty() || unchanged {
            self.browser.rename = None;
            return;
        }
        let complaint = self.complaint_about(text);
        let edit = self.naming_edit(&rename, text);
        let Some(rename) = &mut self.browser.rename else { return };
        text.clone_into(&mut rename.text);
        rename.complaint = complaint;
        if rename.complaint.is_some() {
            return;
        }
        if let Some(edit) = edit {
            let id = self.run_edit(edit);
            if let Some(rename) = &mut self.browser.rename {
                rename.committing = Some(id);
            }
        }
    }

    /// The account refused the name: the field opens again and says why.
    pub(super) fn naming_failed(&mut self, id: RequestId, problem: &Problem) -> bool {
        let Some(rename) = self.browser.rename.as_mut().filter(|rename| rename.committing == Some(id)) else {
            return false;
        };
        rename.committing = None;
        rename.complaint = Some(text::complaint(problem));
        true
    }

    fn naming_edit(&self, rename: &Rename, text: &str) -> Option<Edit> {
        if let Some(entry) = &rename.entry {
            let to = entry.path.parent()?.join(text);
            Some(Edit::Move(vec![(entry.clone(), to)]))
        } else {
            let path = self.navigation.current().folder()?.join(text);
            Some(Edit::CreateFolder { path })
        }
    }

    /// Why the name that is being edited cannot be `text`. Said of a finished name: a space at its end may still be
    /// followed by letters, so it is forgiven.
    fn complaint_about(&self, text: &str) -> Option<String> {
        let text = text.trim_end();
        if text.is_empty() {
            return None;
        }
        let own = self.browser.rename.as_ref()?.entry.as_ref().map(|entry| &entry.path);
        let folder = match own {
            Some(path) => path.parent()?,
            None => self.navigation.current().folder()?.clone(),
        };
        name::complaint(text).or_else(|| {
            let path = folder.join(text);
            let taken = self.browser.listing.value()?.row_of(&path).is_some() && own != Some(&path);
            taken.then(|| text::name_taken(text))
        })
    }
}

/// "New folder", or the first of "New folder 2", "New folder 3" … that is free.
fn free_name(listing: Option<&Listing>, folder: &RemotePath) -> String {
    let free = |name: &str| listing.is_none_or(|listing| listing.row_of(&folder.join(name)).is_none());
    let numbered = (2_u64..).map(|number| format!("{} {number}", text::NEW_FOLDER));
    std::iter::once(text::NEW_FOLDER.to_owned()).chain(numbered).find(|name| free(name)).unwrap_or_default()
}
