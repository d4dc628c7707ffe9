//! A folder as it was at a moment.
//!
//! - `evidence` is what is known of a folder's history, `moves` what the index has logged of it;
//! - `gather` collects it and asks the service for versions; `folder_past` has it in memory, and `known_versions` keeps versions for
//!   ever (`schema_1.sql`);
//! - `reconstruct` works out from it what was there, and what is still to be asked;
//! - `list` shows that, `change_times` when something changed, and `wanted` says which items of it are asked for;
//! - `deleted` says what is known of deleted items without a call.

mod change_times;
mod deleted;
mod evidence;
mod folder_past;
mod gather;
mod known_versions;
mod list;
mod moves;
mod reconstruct;
mod wanted;

pub(crate) use change_times::list_change_times;
pub(crate) use deleted::{known_deleted, known_lists, write_deleted};
pub(crate) use evidence::{Evidence, Question, VersionList};
pub(crate) use folder_past::FolderPasts;
pub(crate) use gather::{ask, keep};
pub(crate) use list::list_past;
pub(crate) use reconstruct::{PastItem, PastTree};
pub(crate) use wanted::{WantedItems, past_tree};
