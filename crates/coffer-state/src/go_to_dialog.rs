//! Going to anything: some letters of a path lead to an item, from wherever the person is. The index finds them; before
//! anything is typed, the folders that were shown last are offered.

use super::context::StateContext;
use super::requests::RequestPurpose;
use super::{Location, State};
use coffer_model::{Entry, EntryKind, Job, Outcome, PathMatch, Problem, Receipt, RemotePath, RequestId};
use std::sync::Arc;

/// Matches that are listed, and folders before anything is typed.
const MOST_MATCHES: usize = 50;
const MOST_RECENT: usize = 12;

pub struct GoToDialog {
    typed: String,
    /// Those of what was typed before stay until the next are there.
    pub matches: Arc<Vec<PathMatch>>,
    pub selected: usize,
    /// Why nothing can be found.
    pub problem: Option<Problem>,
    recent: Arc<Vec<PathMatch>>,
    request: Option<RequestId>,
}

impl GoToDialog {
    fn new(recent: Vec<RemotePath>) -> Self {
        let folder = |path| Entry::new(path, EntryKind::Folder { id: "".into() });
        let recent = recent.into_iter().map(|path| PathMatch { entry: folder(path), letters: Vec::new() });
        let recent = Arc::new(recent.collect::<Vec<_>>());
        let matches = Arc::clone(&recent);
        Self { typed: String::new(), matches, selected: 0, problem: None, recent, request: None }
    }

    pub fn typed(&self) -> &str {
        &self.typed
    }

    /// What was typed is being looked for.
    pub fn is_searching(&self) -> bool {
        self.request.is_some()
    }

    pub(super) fn edit(&mut self, typed: String, context: &mut StateContext) {
        context.cancel(self.request.take());
        self.problem = None;
        if typed.trim().is_empty() {
            self.show(Arc::clone(&self.recent));
        } else {
            let job = Job::FindPaths { typed: typed.clone(), folders_only: false, most: MOST_MATCHES };
            self.request = Some(context.run(job, RequestPurpose::GoTo));
        }
        self.typed = typed;
    }

    fn show(&mut self, matches: Arc<Vec<PathMatch>>) {
        self.matches = matches;
        self.selected = 0;
    }

    pub(super) fn step(&mut self, forward: bool) {
        let last = self.matches.len().saturating_sub(1);
        self.selected = if forward { (self.selected + 1).min(last) } else { self.selected.saturating_sub(1) };
    }

    pub(super) fn on_found(&mut self, outcome: Outcome) {
        self.request = None;
        match outcome {
            Outcome::Done(Receipt::FoundPaths(matches)) => self.show(matches),
            Outcome::Failed(problem) => {
                self.show(Arc::default());
                self.problem = Some(problem);
            }
            Outcome::Done(_) | Outcome::Cancelled => {}
        }
    }

    pub(super) fn cancel(self, context: &mut StateContext) {
        context.cancel(self.request);
    }
}

impl State {
    pub(super) fn open_go_to(&mut self) {
        let dialog = GoToDialog::new(self.navigation.recent_folders(MOST_RECENT));
        self.open_dialog(dialog);
    }

    /// Opens a folder or previews a file; `in_folder` shows either where it is.
    pub(super) fn go_to_match(&mut self, index: usize, in_folder: bool) {
        let Some((dialog, _)) = self.go_to_mut() else { return };
        let Some(entry) = dialog.matches.get(index).map(|found| found.entry.clone()) else { return };
        self.close_dialog();
        match entry.path.parent() {
            Some(folder) if in_folder || !entry.is_folder() => {
                self.show_in(folder, vec![entry.path.clone()]);
                if !in_folder {
                    self.preview_large(entry);
                }
            }
            _ => self.navigate_to(Location::Folder(entry.path)),
        }
    }
}
