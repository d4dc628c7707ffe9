//! Lists of items: folders with their cache, deleted files, links, search results.

mod cache;
mod filter;
mod folder;
mod grouping;
mod growing;
mod order;
mod places;

pub(crate) use cache::{Folder, Listings};
pub(crate) use filter::filter_rows;
pub(crate) use folder::{folder, load, load_apart};
pub(crate) use grouping::{group_rows, sorted_listing};
pub(crate) use order::{Row, name_key, sort_rows};
pub(crate) use places::{links, locate, search, tree};
