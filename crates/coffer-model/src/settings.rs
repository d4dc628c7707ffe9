//! What is remembered between two starts. The file is for people too: readable, and unknown keys are kept.

use super::comparison_view::ComparisonView;
use super::{AccountChoice, Entry, RemotePath, Sort, SortColumn};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The app key of who builds and hands out the program, from `COFFER_APP_KEY` in the environment of the build. Without one,
/// each person needs a key of their own.
pub const BUILT_IN_APP_KEY: Option<&str> = option_env!("COFFER_APP_KEY");

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    pub theme: ThemeChoice,
    pub accent: Accent,

    pub language: LanguageChoice,

    /// Of everything in the window; 100 is the usual.
    pub scale_percent: u16,

    /// Files and folders are opened with one click instead of two.
    pub opens_with_one_click: bool,

    /// How the rows of folders are shown that have no view of their own.
    pub view: ViewMode,
    pub sort: Sort,

    /// Edge of a grid cell's picture in points, 48 to 256.
    pub grid_points: f32,

    /// Of the list.
    pub row_height: RowHeight,

    /// The columns of the list beside the name, from left to right.
    pub columns: Vec<SortColumn>,
    pub column_widths: ColumnWidths,
    pub comparison: ComparisonView,
    pub side_bar_open: bool,
    pub side_bar_width: f32,
    pub inspector_width: f32,
    pub inspector_open: bool,
    /// The large preview shows the files beside the one that it is of.
    pub film_strip: bool,

    /// Of the panel of transfers, once it was dragged; else it is as high as what is in it needs.
    pub transfers_height: Option<f32>,

    /// Window size in points.
    pub window_size: [f32; 2],

    pub reduced_motion: bool,

    /// A message on the desktop tells what others have changed.
    pub notify_changes: bool,

    /// Native Wayland has no file drop yet, so X11 is preferred where both are there.
    pub prefer_wayland: bool,

    /// Bytes a second that uploads and downloads may take together; `None` is all there is.
    pub upload_limit: Option<u64>,
    pub download_limit: Option<u64>,

    pub account: AccountChoice,

    /// The Dropbox accounts that this computer is signed in to.
    pub sign_ins: Vec<AccountChoice>,

    /// The app key that was used last, so that signing in again starts with it.
    pub app_key: String,

    /// When the changes of each account were looked at last, in seconds since 1970.
    pub changes_looked: BTreeMap<String, i64>,

    /// The searches that are kept of each account.
    pub searches: BTreeMap<String, KeptSearches>,

    /// The bookmarks of each account, from top to bottom.
    pub bookmarks: BTreeMap<String, Vec<Bookmark>>,

    /// The folders of each account that have a view of their own, the one changed last at the end.
    pub folder_views: BTreeMap<String, Vec<OwnView>>,

    /// The keys that the person has given to commands, by their names.
    pub keys: BTreeMap<String, Vec<String>>,

    /// Keys of newer or older versions, kept as they are.
    #[serde(flatten)]
    pub unknown: toml::Table,

    /// What the file says for keys whose value could not be used. It is written again for each that has not been set since.
    #[serde(skip)]
    pub unreadable: toml::Table,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: ThemeChoice::System,
            accent: Accent::default(),
            language: LanguageChoice::default(),
            scale_percent: 100,
            opens_with_one_click: false,
            view: ViewMode::List,
            sort: Sort::default(),
            grid_points: 128.0,
            row_height: RowHeight::default(),
            columns: vec![SortColumn::Size, SortColumn::Modified, SortColumn::Kind],
            column_widths: ColumnWidths::default(),
            comparison: ComparisonView::default(),
            side_bar_open: true,
            side_bar_width: 236.0,
            inspector_width: 320.0,
            inspector_open: true,
            transfers_height: None,
            film_strip: false,
            window_size: [1280.0, 800.0],
            reduced_motion: false,
            notify_changes: false,
            prefer_wayland: false,
            upload_limit: None,
            download_limit: None,
            account: AccountChoice::Local,
            sign_ins: Vec::new(),
            app_key: String::new(),
            changes_looked: BTreeMap::new(),
            searches: BTreeMap::new(),
            bookmarks: BTreeMap::new(),
            folder_views: BTreeMap::new(),
            keys: BTreeMap::new(),
            unknown: toml::Table::new(),
            unreadable: toml::Table::new(),
        }
    }
}

impl Settings {
    /// How the rows of folders are shown that have no view of their own.
    pub fn view_for_all(&self) -> FolderView {
        FolderView { view: self.view, sort: self.sort, grid_points: self.grid_points }
    }
}

/// Edges of a grid cell's picture that the zoom keys go through, in points, from the least to the most.
pub const GRID_STEPS: [f32; 7] = [48.0, 64.0, 96.0, 128.0, 160.0, 208.0, 256.0];

/// How the rows of a folder are shown.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct FolderView {
    pub view: ViewMode,
    pub grid_points: f32,
    pub sort: Sort,
}

/// The view that a folder has for itself.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OwnView {
    /// Its path in lower case, `/` for the root; for lists that are no folder a word.
    pub folder: String,
    pub shown: FolderView,
}

/// The searches that are kept of one account.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct KeptSearches {
    /// What was looked for and was of use, as typed, the latest first.
    pub recent: Vec<String>,

    /// In the order in which they were saved.
    pub saved: Vec<SavedSearch>,
}

/// A search with a name.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct SavedSearch {
    pub name: String,
    /// As typed, with its filters.
    pub query: String,
}

/// A folder or a file that is kept in the side bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bookmark {
    pub path: RemotePath,
    #[serde(default)]
    pub is_file: bool,
}

impl From<&Entry> for Bookmark {
    fn from(entry: &Entry) -> Self {
        Self { path: entry.path.clone(), is_file: !entry.is_folder() }
    }
}

/// Widths in points; the name column takes the rest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct ColumnWidths {
    pub size: f32,
    pub modified: f32,
    pub kind: f32,
}

impl Default for ColumnWidths {
    fn default() -> Self {
        Self { size: 88.0, modified: 132.0, kind: 112.0 }
    }
}

impl ColumnWidths {
    /// So narrow a column may be: a size keeps its unit, a date its year.
    pub const LEAST: Self = Self { size: 80.0, modified: 92.0, kind: 64.0 };

    /// The width of a column; `None` for the name.
    pub fn of(&self, column: SortColumn) -> Option<f32> {
        match column {
            SortColumn::Name => None,
            SortColumn::Size => Some(self.size.max(Self::LEAST.size)),
            SortColumn::Modified => Some(self.modified.max(Self::LEAST.modified)),
            SortColumn::Kind => Some(self.kind.max(Self::LEAST.kind)),
        }
    }
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

/// The language in which the window speaks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LanguageChoice {
    /// The one of the desktop.
    #[default]
    System,
    English,
    German,
}

/// The colour of what is chosen and of what is done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Accent {
    #[default]
    Teal,
    Blue,
    Purple,
    Pink,
    Orange,
    Olive,
    Slate,
}

impl Accent {
    /// In the order in which they are offered.
    pub const ALL: [Self; 7] =
        [Self::Teal, Self::Blue, Self::Purple, Self::Pink, Self::Orange, Self::Olive, Self::Slate];
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RowHeight {
    Compact,
    #[default]
    Standard,
    Roomy,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ViewMode {
    #[default]
    List,
    Grid,
}
