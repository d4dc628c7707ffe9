//! Names edited in place: renaming an item, and naming a folder before it is made. The row stays as it is typed until
//! the listing shows the result; a refused name is explained there.

use super::browser::Browser;
use super::rename::Rename;
use super::{State, text};
use coffer_model::{Edit, Listing, Problem, RemotePath, RequestId, name};

impl State {
    pub(super) fn begin_new_folder(&mut self) {
        if let Some(folder) = self.navigation.current().folder() {
            self.browser.begin_new_folder(folder);
        }
    }

    pub(super) fn rename_text(&mut self, text: String) {
        self.browser.rename_text(text, self.navigation.current().folder());
    }

    /// Sends the name, unless nothing changes or it can't be taken.
    pub(super) fn rename_commit(&mut self) {
        if let Some(edit) = self.browser.commit_rename(self.navigation.current().folder()) {
            if let Some(refusal) = self.edit_refusal(&edit) {
                if let Some(rename) = &mut self.browser.rename {
                    rename.complaint = Some(refusal);
                }
                return;
            }
            let id = self.run_edit(edit);
            if let Some(rename) = &mut self.browser.rename {
                rename.committing = Some(id);
            }
        }
    }
}

impl Browser {
    pub(super) fn begin_rename(&mut self) {
        if let Some(entry) = self.subject_alone().cloned() {
            let text = entry.name().to_owned();
            self.reveal = self.cursor_row();
            self.rename = Some(Rename::new(Some(entry), text));
        }
    }

    fn begin_new_folder(&mut self, folder: &RemotePath) {
        let text = free_name(self.all_rows().map(|listing| &**listing), folder);
        self.rename = Some(Rename::new(None, text));
    }

    pub(super) fn is_renaming(&self) -> bool {
        self.rename.as_ref().is_some_and(Rename::is_open)
    }

    fn rename_text(&mut self, text: String, folder: Option<&RemotePath>) {
        let complaint = self.complaint_about(&text, folder);
        if let Some(rename) = self.rename.as_mut().filter(|rename| rename.is_open()) {
            rename.text = text;
            rename.complaint = complaint;
        }
    }

    pub(super) fn rename_cancel(&mut self) {
        if self.is_renaming() {
            self.rename = None;
        }
    }

    /// Closes a field that changes nothing. Otherwise the edit, unless the name can't be taken.
    fn commit_rename(&mut self, folder: Option<&RemotePath>) -> Option<Edit> {
        let rename = self.rename.clone().filter(Rename::is_open)?;
        let text = rename.text.trim_end();
        let unchanged = rename.entry.as_ref().is_some_and(|entry| entry.name() == text);
        if text.is_empty() || unchanged {
            self.rename = None;
            return None;
        }
        let complaint = self.complaint_about(text, folder);
        let edit = rename.edit(text, folder).filter(|_| complaint.is_none());
        self.rename = Some(Rename { text: text.to_owned(), complaint, ..rename });
        edit
    }

    /// The account refused the name: the field opens again and says why. False for other edits.
    pub(super) fn rename_refused(&mut self, id: RequestId, problem: &Problem) -> bool {
        let Some(rename) = self.rename.as_mut().filter(|rename| rename.committing == Some(id)) else {
            return false;
        };
        rename.committing = None;
        rename.complaint = Some(text::complaint(problem));
        true
    }

    /// Why the name that is being edited cannot be `text`. Said of a finished name: a space at its end may still be
    /// followed by letters, so it is forgiven.
    fn complaint_about(&self, text: &str, folder: Option<&RemotePath>) -> Option<String> {
        let text = text.trim_end();
        if text.is_empty() {
            return None;
        }
        let own = self.rename.as_ref()?.entry.as_ref().map(|entry| &entry.path);
        let folder = match own {
            Some(path) => path.parent()?,
            None => folder?.clone(),
        };
        name::invalid_reason(text).or_else(|| {
            let path = folder.join(text);
            let taken = self.entry_of(&path).is_some() && own != Some(&path);
            taken.then(|| text::name_taken(text))
        })
    }
}

/// "New folder", or the first of "New folder 2", "New folder 3" … that is free.
fn free_name(listing: Option<&Listing>, folder: &RemotePath) -> String {
    let free = |name: &str| listing.is_none_or(|listing| listing.row_of(&folder.join(name)).is_none());
    let numbered = (2_u64..).map(|number| format!("{} {number}", text::new_folder()));
    std::iter::once(text::new_folder().to_owned()).chain(numbered).find(|name| free(name)).unwrap_or_default()
}
