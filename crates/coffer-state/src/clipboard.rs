//! Cut and copied items of the account. Files copied in other programs are on the system's clipboard instead; our own
//! copying puts the paths there as text, so that files found on it are newer than what is kept here.

use super::effect::Effect;
use super::large_operation::PlannedOperation;
use super::requests::RequestPurpose;
use super::{Focus, State, text};
use coffer_model::{Edit, Entry, Job, RemotePath, RequestId};
use coffer_texts::tr;
use std::collections::HashSet;
use std::path::PathBuf;
use std::sync::Arc;

#[derive(Clone, Debug, Default, PartialEq)]
pub struct FileClipboard {
    entries: Vec<Entry>,

    /// They are moved when pasted.
    cut: bool,

    /// The paths of `entries` while they are cut, to be found for every row that is drawn.
    cut_paths: HashSet<RemotePath>,
}

impl FileClipboard {
    fn new(entries: Vec<Entry>, cut: bool) -> Self {
        let cut_paths = entries.iter().filter(|_| cut).map(|entry| entry.path.clone()).collect();
        Self { entries, cut, cut_paths }
    }

    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Whether the item is cut; its row is drawn pale then.
    pub fn is_cut(&self, path: &RemotePath) -> bool {
        self.cut_paths.contains(path)
    }

    pub(super) fn has_cut(&self) -> bool {
        self.cut
    }

    /// Once moved, items are no longer where the clipboard says.
    pub(super) fn remove_moved(&mut self, edit: &Edit) {
        if let Edit::Move(moves) = edit
            && moves.iter().any(|(entry, _)| self.is_cut(&entry.path))
        {
            self.clear();
        }
    }

    /// Esc, or the items were pasted: nothing is cut or copied any more.
    pub(super) fn clear(&mut self) {
        *self = Self::default();
    }
}

/// A file that is made of what was pasted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct PastedFile {
    path: RemotePath,
    is_uploaded: bool,
}

impl State {
    pub(super) fn put_on_clipboard(&mut self, cut: bool) {
        let entries = self.browser.cloned_selection();
        let text = paths_as_text(&entries);
        self.context.emit(if cut {
            Effect::CopyText(text)
        } else {
            Effect::CopyItems { entries: Arc::new(entries.clone()), text }
        });
        self.clipboard = FileClipboard::new(entries, cut);
    }

    pub(super) fn copy_path(&mut self) {
        let entries = self.browser.cloned_selection();
        self.context.copy_text(paths_as_text(&entries));
        self.toast_done(text::paths_copied(entries.len()), None);
    }

    /// Of several items, each name on a line of its own.
    pub(super) fn copy_name(&mut self) {
        let entries = self.browser.cloned_selection();
        let names: Vec<&str> = entries.iter().map(Entry::name).collect();
        self.context.copy_text(names.join("\n"));
        self.toast_done(tr!("names-copied", count = entries.len()), None);
    }

    /// Files on the system's clipboard come first; when there are none, the items copied here.
    pub(super) fn paste(&mut self) {
        if let Some(target) = self.navigation.current().folder().cloned() {
            let own_text = paths_as_text(&self.clipboard.entries);
            self.context.run(Job::PasteFiles(own_text), RequestPurpose::PasteFiles(target));
        }
    }

    pub(super) fn paste_files(&mut self, id: RequestId, paths: Vec<PathBuf>, target: RemotePath) {
        self.context.ignore(id);
        self.clipboard.clear();
        self.plan_upload(paths, target);
    }

    /// A text that was copied in another program is a file now; its name is changed once it is there.
    pub(super) fn paste_new_file(&mut self, id: RequestId, local_path: PathBuf, target: RemotePath) {
        self.context.ignore(id);
        self.clipboard.clear();
        let name = local_path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        self.pasted = Some(PastedFile { path: target.join(&name), is_uploaded: false });
        self.plan_upload(vec![local_path], target);
    }

    /// A pasted file is selected when it has been uploaded into the folder that is shown.
    pub(super) fn select_pasted(&mut self, uploaded: &[RemotePath]) {
        let Some(pasted) = self.pasted.as_mut().filter(|pasted| uploaded.contains(&pasted.path)) else {
            return;
        };
        pasted.is_uploaded = true;
        let path = pasted.path.clone();
        if self.navigation.current().folder() == path.parent().as_ref() {
            self.browser.select_when_listed(vec![path]);
        } else {
            self.pasted = None;
        }
    }

    /// A pasted file that is listed now gets its name, unless the person does something else by then.
    pub(super) fn rename_pasted(&mut self) {
        let is_there =
            |pasted: &mut PastedFile| pasted.is_uploaded && self.browser.entry_of(&pasted.path).is_some();
        let Some(pasted) = self.pasted.take_if(is_there) else { return };
        let is_selected = self.browser.only_selected().is_some_and(|entry| entry.path == pasted.path);
        if is_selected && self.dialog.is_none() && self.focus == Focus::Content && !self.browser.is_renaming()
        {
            self.browser.begin_rename();
        }
    }

    /// There were no files on the system's clipboard.
    pub(super) fn paste_entries(&mut self, target: &RemotePath) {
        let entries = self.clipboard.entries.clone();
        if entries.is_empty() {
            self.toast_done(text::nothing_to_paste().to_owned(), None);
        } else if !self.clipboard.cut {
            self.copy_into(entries, target);
        } else if entries.iter().all(|entry| entry.path.parent().as_ref() == Some(target)) {
            // They are here already.
            self.clipboard.clear();
        } else {
            self.move_into(entries, target);
        }
    }

    pub(super) fn copy_into(&mut self, entries: Vec<Entry>, target: &RemotePath) {
        let copies: Vec<(Entry, RemotePath)> =
            with_targets(entries, target).filter(|(entry, _)| !entry.path.contains(target)).collect();
        if !copies.is_empty() {
            self.begin_or_ask(PlannedOperation::Edit(Edit::Copy(copies)));
        }
    }

    /// Each copy is beside its original, with a number.
    pub(super) fn duplicate_selected(&mut self) {
        let entries = self.browser.cloned_selection();
        let copies: Vec<(Entry, RemotePath)> = entries
            .into_iter()
            .map(|entry| {
                let beside = entry.path.clone();
                (entry, beside)
            })
            .collect();
        if !copies.is_empty() {
            self.begin_or_ask(PlannedOperation::Edit(Edit::Copy(copies)));
        }
    }

    pub(super) fn move_into(&mut self, entries: Vec<Entry>, target: &RemotePath) {
        let moves: Vec<(Entry, RemotePath)> = with_targets(entries, target)
            .filter(|(entry, to)| *to != entry.path && !entry.path.contains(target))
            .collect();
        if !moves.is_empty() {
            self.begin_or_ask(PlannedOperation::Edit(Edit::Move(moves)));
        }
    }
}

fn with_targets(entries: Vec<Entry>, target: &RemotePath) -> impl Iterator<Item = (Entry, RemotePath)> {
    let target = target.clone();
    entries.into_iter().map(move |entry| {
        let to = target.join(entry.name());
        (entry, to)
    })
}

fn paths_as_text(entries: &[Entry]) -> String {
    let lines: Vec<&str> = entries.iter().map(|entry| entry.path.as_str()).collect();
    lines.join("\n")
}
