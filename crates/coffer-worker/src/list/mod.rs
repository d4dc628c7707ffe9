//! Lists of items: folders with their cache, deleted files, links, search results.

mod cache;
mod deleted;
mod folder;
mod growing;
mod order;
mod places;

pub(crate) use cache::{Folder, Listings};
pub(crate) use deleted::deleted;
pub(crate) use folder::{folder, load};
pub(crate) use order::name_key;
pub(crate) use places::{links, locate, search, tree};
