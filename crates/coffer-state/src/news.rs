//! Folders in which something was changed elsewhere since the person last looked into them: they have a dot, and so have the
//! folders above them, until they are opened.

use super::panes::OtherPane;
use super::requests::RequestPurpose;
use super::{Location, State};
use coffer_model::{Job, News, RemotePath};
use std::collections::HashSet;

#[derive(Default)]
pub struct FolderNews {
    folders: HashSet<RemotePath>,
    /// With all folders above them.
    marked: HashSet<RemotePath>,
}

impl FolderNews {
    /// Whether something in a folder, or in one below it, is new. Asked for every row that is drawn.
    pub fn has(&self, folder: &RemotePath) -> bool {
        self.marked.contains(folder)
    }

    pub fn is_empty(&self) -> bool {
        self.folders.is_empty()
    }

    fn replace(&mut self, folders: &[RemotePath]) {
        self.folders = folders.iter().cloned().collect();
        self.mark();
    }

    /// Whether it had news.
    fn see(&mut self, folder: &RemotePath) -> bool {
        let had = self.folders.remove(folder);
        if had {
            self.mark();
        }
        had
    }

    fn mark(&mut self) {
        self.marked = self.folders.iter().flat_map(RemotePath::lineage).collect();
    }
}

impl State {
    pub(super) fn on_news(&mut self, news: &News) {
        self.news.replace(&news.folders);
        self.announce_changes(&news.changes);
    }

    /// What is on screen is looked at as long as the window is.
    pub(super) fn see_shown_folder(&mut self) {
        let other = self.other_pane.as_ref().map(OtherPane::location);
        for folder in
            [Some(self.navigation.current()), other].into_iter().flatten().filter_map(Location::folder)
        {
            if self.window_focused && self.news.see(folder) {
                self.context.run(Job::See(Some(folder.clone())), RequestPurpose::See);
            }
        }
    }

    /// The window got the keyboard of the desktop, or lost it.
    pub(super) fn on_focused(&mut self, focused: bool) {
        self.window_focused = focused;
        if focused {
            self.change_notice.clear();
            self.see_shown_folder();
        }
    }

    pub(super) fn see_everything(&mut self) {
        self.news = FolderNews::default();
        self.context.run(Job::See(None), RequestPurpose::See);
    }
}
