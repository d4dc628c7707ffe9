//! Bookmarks: folders and files that are kept in the side bar, for each account, in the settings.

use super::toast::ToastAction;
use super::{Focus, Location, State};
use coffer_model::settings::Bookmark;
use coffer_model::{Outcome, Problem, ProblemKind, RemotePath};
use coffer_texts::tr;

/// What is done with bookmarks. Each is named by its path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BookmarkAction {
    Open(Bookmark),
    /// Puts them to this place among the others, counted from the top, whether or not they are there already.
    Put {
        bookmarks: Vec<Bookmark>,
        index: usize,
    },
    Remove(RemotePath),
}

impl State {
    /// Those of the account that is open, from top to bottom.
    pub fn bookmarks(&self) -> &[Bookmark] {
        self.settings.bookmarks.get(self.session.key()).map_or(&[], Vec::as_slice)
    }

    fn is_bookmarked(&self, path: &RemotePath) -> bool {
        self.bookmarks().iter().any(|bookmark| bookmark.path == *path)
    }

    /// What the command is about: what is selected, or the folder that is shown.
    fn bookmarked_by_command(&self) -> Vec<Bookmark> {
        let selected = self.browser.selected_entries();
        if selected.is_empty() {
            let shown = self.navigation.current().folder().filter(|folder| **folder != self.home());
            return shown.cloned().map(|path| Bookmark { path, is_file: false }).into_iter().collect();
        }
        let live = selected.into_iter().filter(|entry| !entry.is_deleted());
        live.map(Bookmark::from).collect()
    }

    pub(super) fn can_bookmark(&self) -> bool {
        !self.navigation.current().is_past() && !self.bookmarked_by_command().is_empty()
    }

    /// Whether the command would remove bookmarks, as all of these are there.
    pub fn has_bookmarks_of_command(&self) -> bool {
        let subjects = self.bookmarked_by_command();
        !subjects.is_empty() && subjects.iter().all(|bookmark| self.is_bookmarked(&bookmark.path))
    }

    /// Adds bookmarks behind the others, or removes them when all of them are there.
    pub(super) fn toggle_bookmarks(&mut self) {
        let subjects = self.bookmarked_by_command();
        if self.has_bookmarks_of_command() {
            for bookmark in subjects {
                self.remove_bookmark(&bookmark.path);
            }
        } else {
            let new: Vec<Bookmark> =
                subjects.into_iter().filter(|it| !self.is_bookmarked(&it.path)).collect();
            let said = match &new[..] {
                [only] => tr!("bookmark-added", name = only.path.display_name()),
                several => tr!("bookmarks-added", count = several.len()),
            };
            self.put_bookmarks(&new, self.bookmarks().len());
            self.toast_done(said, None);
        }
    }

    pub(super) fn apply_to_bookmarks(&mut self, action: BookmarkAction) {
        match action {
            BookmarkAction::Open(bookmark) => self.open_bookmark(bookmark),
            BookmarkAction::Put { bookmarks, index } => self.put_bookmarks(&bookmarks, index),
            BookmarkAction::Remove(path) => self.remove_bookmark(&path),
        }
    }

    fn change_bookmarks(&mut self, change: impl FnOnce(&mut Vec<Bookmark>)) {
        self.settings.change_bookmarks(self.session.key(), change, &self.context);
    }

    fn put_bookmarks(&mut self, moved: &[Bookmark], index: usize) {
        self.change_bookmarks(|bookmarks| {
            let is_moved = |it: &Bookmark| moved.iter().any(|moved| moved.path == it.path);
            let before = bookmarks.iter().take(index).filter(|it| !is_moved(it)).count();
            bookmarks.retain(|it| !is_moved(it));
            bookmarks.splice(before..before, moved.iter().cloned());
        });
    }

    /// Shows a folder, or a file selected in its folder. It is found out then whether it is still there.
    fn open_bookmark(&mut self, bookmark: Bookmark) {
        self.focus = Focus::Content;
        match bookmark.path.parent() {
            Some(parent) if bookmark.is_file => self.show_in(parent, vec![bookmark.path.clone()]),
            _ => self.navigate_to(Location::Folder(bookmark.path.clone())),
        }
        self.opened_bookmark = Some(bookmark);
    }

    /// The rows for a bookmark that was opened are there, or can’t be: one that leads nowhere can be removed.
    pub(super) fn check_opened_bookmark(&mut self, outcome: &Outcome) {
        let Some(Bookmark { path, is_file }) = &self.opened_bookmark else { return };
        let shown = if *is_file { path.parent() } else { Some(path.clone()) };
        if shown.as_ref() != self.navigation.current().folder() || matches!(outcome, Outcome::Cancelled) {
            return;
        }
        let is_gone = match outcome {
            Outcome::Failed(Problem { kind, .. }) => *kind == ProblemKind::NotFound,
            _ => *is_file && self.browser.entry_of(path).is_none(),
        };
        if is_gone && self.is_bookmarked(path) {
            let said = tr!("bookmark-leads-nowhere", name = path.display_name());
            self.toasts.push_failed(said, Some(ToastAction::RemoveBookmark(path.clone())));
        }
        self.opened_bookmark = None;
    }

    pub(super) fn remove_bookmark(&mut self, path: &RemotePath) {
        let Some(index) = self.bookmarks().iter().position(|bookmark| bookmark.path == *path) else { return };
        let mut removed = None;
        self.change_bookmarks(|bookmarks| removed = Some(bookmarks.remove(index)));
        if let Some(bookmark) = removed {
            let said = tr!("bookmark-removed", name = bookmark.path.display_name());
            self.toast_done(said, Some(ToastAction::PutBookmark { index, bookmark }));
        }
    }

    pub(super) fn put_bookmark_back(&mut self, index: usize, bookmark: Bookmark) {
        self.put_bookmarks(&[bookmark], index);
    }
}
