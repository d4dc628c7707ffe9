//! What the program thinks in: plain values shared by the worker, the state and the window.
//! No I/O, no async, no egui and no wire types live here; from the wire only the rules for paths and thumbnails
//! are used.

pub mod account;
mod amount;
mod bring_back;
pub mod comparison;
pub mod comparison_view;
pub mod deleted;
mod desktop;
mod edit;
pub mod entry;
pub mod file_kind;
pub mod guide;
pub mod history;
pub mod index;
pub mod keep_rule;
pub mod link;
pub mod listing;
pub mod load;
pub mod markdown;
pub mod message;
pub mod name;
mod packed_texts;
pub mod page_text;
pub mod past;
pub mod path;
mod pixels;
mod places;
mod planned_file;
mod planned_files;
pub mod preview;
pub mod problem;
pub mod receipt;
pub mod relocation;
mod rename_rule;
mod row_groups;
pub mod search_query;
pub mod settings;
mod shared_folder;
mod sort;
pub mod space;
pub mod table;
mod text_class;
pub mod transfer;
mod unfinished_transfer;
mod unfolded_rows;
mod update;
mod upload_plan;
mod uploaded_files;
pub mod working_copy;

pub use account::{Account, AccountChoice, PathRootId, Team};
pub use amount::Amount;
pub use bring_back::{BringBack, BringBackItem, BringBackPlace, BringBackPlan, NewItems, PastDownload};
pub use comparison::{ComparedFile, ComparedFiles, Comparison};
pub use deleted::{DeletedCounts, DeletedRow, DeletedSummary, Deletion, DeletionTime};
pub use edit::CopiesToDelete;
pub use entry::{
    ContentAccess, DeletedKind, Entry, EntryKind, File, FolderTotals, ItemAccess, LastVersion, Rev, Sharing,
    VersionMaker,
};
pub use file_kind::{FileKind, FileType, PreviewKind, TypeName};
pub use history::{
    History, HistoryQuery, Operation, OperationGroup, OperationId, OperationItem, OperationItems,
    OperationKind, Reversal, UndoStep,
};
pub use index::{
    ChangeKind, DuplicateGroup, FoundItems, IndexPhase, IndexReport, IndexStatus, LoggedChange, News,
    PathMatch, SearchSort,
};
pub use link::SharedLink;
pub use listing::{Listing, SearchSummary};
pub use load::Load;
pub use markdown::{MarkdownPicture, MarkdownPreview};
pub use message::{Edit, Event, Job, Outcome, Port, Request, RequestId, Update};
pub use packed_texts::PackedTexts;
pub use page_text::{PageArea, PageGlyph, PageText};
pub use past::{ChangeGroup, PastQuery, PastSummary, SinceCounts, SinceThen};
pub use path::RemotePath;
pub use places::{AccountPlaces, FinishedTransfer, Places, SavedLocation, SavedPane, TransferredItems};
pub use preview::{
    CacheUse, FoundInText, PagePart, Pixels, Preview, PreviewBody, SoundProgress, TextPart, Thumbnail,
    ThumbnailKey, ThumbnailSize,
};
pub use problem::{Problem, ProblemKind, Recovery, ReplyDetails};
pub use receipt::Receipt;
pub use relocation::{Relocation, RelocationConflict};
pub use rename_rule::{
    LetterCase, NumberPlace, PlannedName, RenameIssue, RenamePlan, RenameQuestion, RenameRule,
};
pub use row_groups::{DateGroup, GroupKey, RowGroup, RowGroups};
pub use search_query::SearchQuery;
pub use settings::{Settings, ThemeChoice, ViewMode};
pub use shared_folder::MountableFolder;
pub use sort::{FolderOrder, Grouping, Sort, SortColumn};
pub use space::{BlockContent, FolderSummary, KindTotals, SpaceBlock, SpaceMap, SpacePart};
pub use transfer::{Direction, OnExisting, Progress, TransferPhase};
pub use unfolded_rows::UnfoldedRows;
pub use working_copy::{WorkingCopy, WorkingCopyId, WorkingCopyState};
