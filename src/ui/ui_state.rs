//! What the window keeps from one frame to the next and `State` need not know: scroll bars, drags, open menus, and
//! which parts of the window can be dropped on.

use coffer_model::settings::Bookmark;
use coffer_model::{Entry, RemotePath, SortColumn};
use coffer_state::Location;
use coffer_state::tab::TabId;
use egui::{Id, Pos2, Rect};
use std::mem::Discriminant;
use std::sync::Arc;

/// A place as far as another one gives the keyboard to its rows.
#[derive(PartialEq)]
pub struct ShownPlace {
    /// Whether the left one of two panes is the active one.
    pub pane: bool,
    pub tab: TabId,
    pub kind: Discriminant<Location>,
    pub folder: Option<RemotePath>,
}

#[derive(Default)]
pub struct WindowUiState {
    /// Of the pane that is drawn.
    pub rows: RowsUiState,
    /// Of the right one of two panes, while the left is drawn.
    pub right_rows: RowsUiState,
    pub panes: super::panes::PanesUiState,
    pub activity: super::activity::ActivityLines,
    pub changes: super::changes::ChangeLines,
    pub duplicates: super::duplicates::GroupLayout,
    pub tabs: TabsUiState,
    pub drag: Option<EntryDrag>,
    /// A bookmark on its way to another place, or a folder of the tree that becomes one.
    pub bookmark_drag: Option<Bookmark>,
    /// Where among the bookmarks what is dragged would come, counted from the top.
    pub bookmark_at: Option<usize>,
    /// Files of another program over the window, while there are any.
    pub files_over: Option<FilesOver>,

    /// Folders on screen and where they are, in the order of drawing; a later one covers an earlier one.
    pub targets: Vec<(Rect, RemotePath)>,
    /// The folder under a drag, as found at the end of the last frame.
    pub target: Option<RemotePath>,

    /// The context menu that is open.
    pub menu: Option<OpenMenu>,
    /// A key has asked for the menu of the folder at the cursor of the tree.
    pub wants_tree_menu: bool,
    /// Below the button of the view, or where that would stand.
    pub view_menu_at: Pos2,
    /// Where the row with the cursor is drawn, for the menu that a key opens.
    pub cursor_rect: Option<Rect>,

    /// The line of the tree that was last brought into sight.
    pub tree_in_sight: Option<RemotePath>,

    /// What had the keyboard in the last frame.
    pub focused_before: Option<Id>,
    /// What was shown then.
    pub shown_before: Option<ShownPlace>,

    /// The focus as the state and the window last agreed on it.
    pub focus: coffer_state::Focus,
    /// The name field that was given the keyboard.
    pub renaming: Option<Id>,

    /// The saved search whose name field was given the keyboard.
    pub search_name: Option<String>,
    pub completions: super::path_completions::CompletionsUiState,
    pub recent: super::recent_searches::RecentUiState,

    pub previews: super::preview::PreviewUiState,
    pub dialogs: super::dialogs::DialogUiState,
    pub space: super::space::SpaceUiState,
    pub time_line: super::past::TimeLineUiState,
    pub transfers: super::transfers::PanelUiState,
}

/// The rows or cells of the current location.
#[derive(Default)]
pub struct RowsUiState {
    /// Where to scroll to in the next frame, when a drag is at the edge.
    pub wanted_top: Option<f32>,
    pub first: Option<super::scroll::FirstRow>,
    /// The press that began on a row has done its work already, so that its release does nothing.
    pub press_done: Option<Id>,
    pub band: Option<RubberBand>,
    /// A column edge is being dragged: the width at its begin.
    pub column_drag: Option<f32>,
    /// The column whose heading is being dragged, and before which it would stand: `None` is behind all others.
    pub heading_drag: Option<(SortColumn, Option<SortColumn>)>,
}

/// A rubber band: it begins at a place of the content, which may have scrolled away since.
#[derive(Clone, Debug)]
pub struct RubberBand {
    pub x: f32,
    pub content_y: f64,
    pub keep: bool,
    pub last: std::ops::Range<usize>,
    pub last_rows: Vec<usize>,
}

/// The strip of tabs.
#[derive(Default)]
pub struct TabsUiState {
    /// Where each tab is seen in this frame.
    pub places: Vec<(Rect, TabId)>,
    /// The tab that is dragged to another place.
    pub drag: Option<TabDrag>,
    /// The tab on which something dragged rests, and since when.
    pub rested: Option<(TabId, f64)>,
    /// The tab that was brought into sight last, and how many there were.
    pub in_sight: Option<(TabId, usize)>,
}

#[derive(Clone, Copy, Debug)]
pub struct TabDrag {
    pub id: TabId,
    /// From its left edge to where it was pressed.
    pub grabbed_at: f32,
}

/// Rows of this window on their way to a folder.
#[derive(Clone, Debug)]
pub struct EntryDrag {
    pub entries: Arc<Vec<Entry>>,
    /// Other programs are offered them.
    pub is_promised: bool,
}

/// Files of another program over the window.
#[derive(Clone, Debug, PartialEq)]
pub struct FilesOver {
    /// `None` where the window shows no folder and the pointer is over none.
    pub target: Option<RemotePath>,
}

#[derive(Clone, Debug, PartialEq)]
pub struct OpenMenu {
    pub at: Pos2,
    pub target: MenuTarget,
    /// The frame in which it was opened: the click that opened it does not close it.
    pub fresh: bool,
}

impl OpenMenu {
    pub fn new(at: Pos2, target: MenuTarget) -> Self {
        Self { at, target, fresh: true }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MenuTarget {
    Rows,
    Location,
    /// How the rows are ordered and shown.
    View(ViewPart),
}

/// What an entry of a menu stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MenuItem {
    Command(coffer_state::Command),
    /// The menu of a part of the view, in the place of this one.
    View(ViewPart),
}

/// What of the view a menu is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ViewPart {
    All,
    Sort,
    Group,
    Columns,
    RowHeight,
}
