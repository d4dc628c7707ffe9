//! Lists of items: folders with their cache, deleted files, links, search results.

mod cache;
mod folder;
mod order;
mod places;

pub use cache::{Folder, Listings};
pub use folder::{folder, load};
pub use places::{deleted, links, locate, search};
