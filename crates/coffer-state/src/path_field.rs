//! The breadcrumb as a text field: a typed path is shown at once when its item is known, else looked up. While it is typed,
//! the index names the folders that it may become.

use super::context::StateContext;
use super::requests::RequestPurpose;
use super::{Focus, Location, State, text};
use coffer_model::{Entry, ItemAccess, Job, Outcome, ProblemKind, Receipt, RemotePath, RequestId, Sort};

/// Folders of the index that are looked through, and those of them that are offered.
const MOST_FOUND: usize = 200;
const MOST_COMPLETIONS: usize = 8;

#[derive(Default)]
pub struct PathField {
    /// The path as typed, while the breadcrumb is a text field.
    text: Option<String>,

    /// The typed path is being looked up.
    lookup: Option<RequestId>,

    /// The typed path is not there yet. It may be among the sample files that are being written.
    awaited: Option<String>,

    /// The folders that the typed path may become.
    completions: Vec<RemotePath>,
    completing: Option<RequestId>,
}

impl PathField {
    pub fn text(&self) -> Option<&str> {
        self.text.as_deref()
    }

    pub fn is_looking_up(&self) -> bool {
        self.lookup.is_some() || self.awaited.is_some()
    }

    pub fn completions(&self) -> &[RemotePath] {
        &self.completions
    }

    fn open(&mut self, text: String) {
        *self = Self { text: Some(text), lookup: self.lookup.take(), ..Self::default() };
    }

    pub(super) fn edit(&mut self, text: String, context: &mut StateContext) {
        context.cancel(self.completing.take());
        let letters = text.trim_start_matches('/').to_lowercase();
        // The index finds an item by a letter of its name at least. Before the first one, it is any folder in there.
        let job = if text.ends_with('/') {
            Job::ListKnown { path: RemotePath::new(&text), sort: Sort::default() }
        } else {
            Job::FindPaths { typed: letters, folders_only: true, most: MOST_FOUND }
        };
        if !text.trim().is_empty() {
            self.completing = Some(context.run(job, RequestPurpose::CompletePath));
        }
        self.text = Some(text);
        self.awaited = None;
        self.keep_fitting();
    }

    /// A folder in the one that is typed, whose name goes on as typed.
    fn keep_fitting(&mut self) {
        let typed = self.text.as_deref().unwrap_or_default().trim_start_matches('/').to_lowercase();
        self.completions.retain(|path| {
            let lower = path.lower();
            let rest = lower.strip_prefix('/').and_then(|path| path.strip_prefix(typed.as_str()));
            rest.is_some_and(|rest| !rest.is_empty() && !rest.contains('/'))
        });
    }

    pub(super) fn on_completed(&mut self, outcome: Outcome) {
        self.completing = None;
        // Without an index nothing is offered, and the path is typed to its end.
        self.completions = match outcome {
            Outcome::Done(Receipt::FoundPaths(found)) => {
                found.iter().map(|found| found.entry.path.clone()).collect()
            }
            // Folders come first, and are in order.
            Outcome::Done(Receipt::Listed(listing)) => {
                let folders = listing.entries.iter().take_while(|entry| entry.is_folder());
                folders.take(MOST_COMPLETIONS).map(|folder| folder.path.clone()).collect()
            }
            _ => return,
        };
        self.keep_fitting();
        self.completions.sort_by(|one, other| one.lower().cmp(other.lower()));
        self.completions.truncate(MOST_COMPLETIONS);
    }

    pub(super) fn close(&mut self) {
        self.text = None;
        self.awaited = None;
        self.completions.clear();
    }

    pub(super) fn cancel_lookup(&mut self, context: &mut StateContext) {
        context.cancel(self.lookup.take());
        context.cancel(self.completing.take());
        self.awaited = None;
    }

    fn look_up(&mut self, text: &str, path: RemotePath, context: &mut StateContext) {
        self.text = Some(text.to_owned());
        self.lookup = Some(context.run(Job::Locate { path }, RequestPurpose::Locate));
    }
}

impl State {
    pub(super) fn open_path_field(&mut self) {
        let folder = self.navigation.current().shown_folder().cloned().unwrap_or_default();
        self.path_field.open(folder.to_string());
        self.focus = Focus::Path;
    }

    pub(super) fn go_to_typed(&mut self, text: &str) {
        let path = RemotePath::new(text.trim());
        let known = self.browser.entry_of(&path).cloned();
        self.path_field.cancel_lookup(&mut self.context);
        if path.is_root() {
            self.show_typed_folder(path);
        } else if let Some(entry) = known {
            self.show_typed(&entry);
        } else {
            self.path_field.look_up(text, path, &mut self.context);
        }
    }

    pub(super) fn on_located(&mut self, outcome: Outcome) {
        self.path_field.lookup = None;
        match outcome {
            Outcome::Done(Receipt::Located(entry)) => self.show_typed(&entry),
            Outcome::Failed(problem)
                if problem.kind == ProblemKind::NotFound && self.session.samples.is_some() =>
            {
                self.path_field.awaited = self.path_field.text.clone();
            }
            // The field stays as it was typed, to be corrected.
            Outcome::Failed(problem) => self.report(problem, None),
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    /// More sample files are there, or all of them.
    pub(super) fn on_samples(&mut self, done: u64, total: u64) {
        self.session.samples = (done < total).then_some((done, total));
        if let Some(text) = self.path_field.awaited.take() {
            self.go_to_typed(&text);
        }
    }

    pub(super) fn leave_path_field(&mut self) {
        self.path_field.cancel_lookup(&mut self.context);
        self.path_field.close();
        self.release_focus(Focus::Path);
    }

    /// Opens a folder, or shows a file selected in its folder.
    fn show_typed(&mut self, entry: &Entry) {
        self.leave_path_field();
        if entry.sharing.access == ItemAccess::NoAccess {
            self.toasts.push_failed(text::no_access(entry.name()), None);
        } else if entry.is_folder() {
            self.show_typed_folder(entry.path.clone());
        } else if let Some(parent) = entry.path.parent() {
            self.show_in(parent, vec![entry.path.clone()]);
            self.focus = Focus::Content;
        }
    }

    fn show_typed_folder(&mut self, path: RemotePath) {
        self.leave_path_field();
        self.focus = Focus::Content;
        self.navigate_to(Location::Folder(path));
    }
}
