//! What takes the space of a folder: the map and the sums of the location shown, how they are coloured, and going in and out.

use super::input::Motion;
use super::{Location, State};
use coffer_model::{FolderSummary, RemotePath, SpaceMap, SpacePart};
use std::sync::Arc;

#[derive(Default)]
pub struct SpaceView {
    pub colors: SpaceColors,
    map: Option<Arc<SpaceMap>>,
    summary: Option<Arc<FolderSummary>>,
}

/// What the colours of a map tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SpaceColors {
    #[default]
    Kind,
    Age,
}

impl SpaceView {
    /// The map of a folder, if that is the one that is known.
    pub fn map_of(&self, folder: &RemotePath) -> Option<&Arc<SpaceMap>> {
        self.map.as_ref().filter(|map| map.folder == *folder)
    }

    pub fn summary_of(&self, folder: &RemotePath) -> Option<&Arc<FolderSummary>> {
        self.summary.as_ref().filter(|summary| summary.folder == *folder)
    }

    pub(super) fn on_map(&mut self, map: Arc<SpaceMap>) {
        self.map = Some(map);
    }

    pub(super) fn on_summary(&mut self, summary: Arc<FolderSummary>) {
        self.summary = Some(summary);
    }

    /// For another account.
    pub(super) fn emptied(&self) -> Self {
        Self { colors: self.colors, ..Self::default() }
    }
}

impl State {
    /// The folder that “Show space used” would show: the selected one, or the one whose rows are shown.
    pub(super) fn folder_for_space(&self) -> Option<&RemotePath> {
        match self.browser.only_selected() {
            Some(entry) => entry.is_folder().then_some(&entry.path),
            None if self.browser.status.selected > 0 => None,
            None => self.navigation.current().folder(),
        }
    }

    /// Another part of the same view: that is no step to go back.
    pub(super) fn show_space_part(&mut self, part: SpacePart) {
        if let Location::Space { folder, part: shown } = self.navigation.current().clone()
            && shown != part
        {
            self.replace_visit(Location::Space { folder, part });
        }
    }

    /// Arrows to the side go in and out, as Enter and Backspace do.
    pub(super) fn move_in_space(&mut self, motion: Motion) -> bool {
        if !matches!(self.navigation.current(), Location::Space { part: SpacePart::Map, .. }) {
            return false;
        }
        match motion {
            Motion::Right => {
                let folder = self.browser.only_selected().filter(|entry| entry.is_folder());
                if let Some(folder) = folder.map(|entry| entry.path.clone()) {
                    self.navigate_to(Location::space(folder));
                }
                true
            }
            Motion::Left => {
                self.go_up();
                true
            }
            _ => false,
        }
    }

    /// Out of a folder, which is then selected in the one around it.
    pub(super) fn leave_space(&mut self, folder: &RemotePath) {
        match folder.parent() {
            Some(parent) => {
                self.navigate_to(Location::space(parent));
                self.browser.select_when_listed(vec![folder.clone()]);
            }
            None => self.navigate_to(Location::Folder(self.home())),
        }
    }
}
