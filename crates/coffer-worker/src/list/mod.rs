//! Lists of items: folders with their cache, deleted files, links, search results.

mod cache;
mod deleted;
mod folder;
mod growing;
mod order;
mod places;

pub use cache::{Folder, Listings};
pub use deleted::deleted;
pub use folder::{folder, load};
pub use order::name_key;
pub use places::{links, locate, search, tree};
