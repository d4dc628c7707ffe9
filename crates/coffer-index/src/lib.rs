//! The index of an account: one SQLite file with everything that the account contains, as far as the service has told.
//!
//! It is filled from listings and kept up to date from the feed of changes; both come from the caller as [`ItemChange`]s, and
//! nothing here knows the network. From it come folders without a call, the totals of every folder, search by name over the whole account,
//! equal files, and what has changed.
//!
//! - `index` opens the file and takes in what comes, `questions` answers; `tables` makes what `schema_4.sql` says;
//! - `change`, `apply`, `folder_tree`, `totals` take in what the service tells, `recount` checks the totals; `change_log` remembers it for people,
//!   `logged_changes` reads that for them and `path_changes` for whoever wants to know where an item was, `people` has the names of those who made them, and `news`
//!   the folders that nobody has looked into since;
//! - `listing_queue` and `index_state` say how far the index is;
//! - `spelt_paths` knows the paths of folders, `read` gives folders, single items and the largest files, `duplicates` equal ones;
//! - `space_map` and `summary` say what takes the space of a folder;
//! - `name_table`, `name_search`, `score` answer a query over all names from memory, `fuzzy` some letters of a path;
//! - `row_filter` answers a query over the rows of a list by the same rule, without an index.
//!
//! **Everything here blocks.** All functions are for threads that may.
//!
//! The file is a cache: it may be deleted, is made anew when it is damaged or of another version, and no answer from it
//! is a reason to change the account without asking the service.

mod apply;
mod bits;
mod change;
mod change_log;
mod duplicates;
mod error;
mod folder_tree;
mod fuzzy;
mod index;
mod index_state;
mod item_row;
mod listing_queue;
mod logged_changes;
mod name_search;
mod name_table;
mod news;
mod path_changes;
mod people;
mod questions;
mod read;
mod recount;
mod row_filter;
mod score;
mod space_map;
mod spelt_paths;
mod split_moves;
mod summary;
mod tables;
mod totals;

pub use apply::Applied;
pub use change::{FileChange, FolderChange, ItemChange};
pub use error::IndexError;
pub use index::{Index, OpenedIndex};
pub use index_state::IndexState;
pub use listing_queue::PendingList;
pub use name_search::{SearchAnswer, SearchOrder};
pub use news::OwnPaths;
pub use path_changes::{PathChange, PathChanges};
pub use row_filter::matching_rows;
