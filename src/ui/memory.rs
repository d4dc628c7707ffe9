//! What the window remembers from one frame to the next and the state need not know: scroll bars, drags, open
//! menus, and which parts of the window can be dropped on.

use coffer_model::{Entry, RemotePath};
use coffer_state::clipboard::Clipboard;
use egui::{Id, Pos2, Rect};
use std::collections::HashSet;
use std::sync::Arc;

#[derive(Default)]
pub struct Memory {
    pub rows: Rows,
    pub drag: Option<Drag>,

    /// Folders on screen and where they are, in the order of drawing; a later one covers an earlier one.
    pub targets: Vec<(Rect, RemotePath)>,
    /// The folder under a drag, as found at the end of the last frame.
    pub target: Option<RemotePath>,

    /// The items that are cut, to be found by their path in no time; made anew when the clipboard changed.
    pub cut: Cut,

    /// The context menu that is open.
    pub menu: Option<Menu>,
    /// Where the row with the cursor is drawn, for the menu that a key opens.
    pub cursor_rect: Option<Rect>,

    /// The line of the tree that was last brought into sight.
    pub tree_cursor: Option<RemotePath>,

    /// The focus as the state and the window last agreed on it.
    pub focus: coffer_state::Focus,
    /// The name field that was given the keyboard.
    pub renaming: Option<Id>,

    pub previews: super::preview::PreviewMemory,
    pub dialogs: super::dialogs::DialogMemory,
    pub transfers: super::transfers::PanelMemory,
}

/// The rows or cells of the place shown.
#[derive(Default)]
pub struct Rows {
    /// Where to scroll to in the next frame, when a drag is at the edge.
    pub wanted_top: Option<f32>,
    /// The press that began on a row has done its work already, so that its release does nothing.
    pub press_done: Option<Id>,
    pub band: Option<Band>,
    /// A column edge is being dragged: the width at its begin.
    pub column_drag: Option<f32>,
}

/// What is cut to the clipboard.
#[derive(Default)]
pub struct Cut {
    paths: HashSet<RemotePath>,
    /// Where the clipboard had its entries and the first one's path when this was made, and how many there were.
    source: (usize, usize, usize),
}

impl Cut {
    /// Once a frame.
    pub fn follow(&mut self, clipboard: &Clipboard) {
        let entries: &[Entry] = if clipboard.cut { &clipboard.entries } else { &[] };
        let first = entries.first().map_or(0, |entry| entry.path.lower().as_ptr() as usize);
        let source = (entries.as_ptr() as usize, first, entries.len());
        if source != self.source {
            self.source = source;
            self.paths = entries.iter().map(|entry| entry.path.clone()).collect();
        }
    }

    pub fn contains(&self, path: &RemotePath) -> bool {
        !self.paths.is_empty() && self.paths.contains(path)
    }
}

/// A rubber band: it begins at a place of the content, which may have scrolled away since.
#[derive(Clone, Debug)]
pub struct Band {
    pub x: f32,
    pub content_y: f64,
    pub keep: bool,
    pub last: std::ops::Range<usize>,
    pub last_rows: Vec<usize>,
}

/// Rows of this window on their way to a folder.
#[derive(Clone, Debug)]
pub struct Drag {
    pub entries: Arc<Vec<Entry>>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Menu {
    pub at: Pos2,
    pub of: MenuOf,
    /// The frame in which it was opened: the click that opened it does not close it.
    pub fresh: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuOf {
    Rows,
    Place,
}
