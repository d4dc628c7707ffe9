//! Small helpers that are nobody's subject. Nothing here knows Coffer or Dropbox.

pub mod atomic_file;
pub mod disk;
pub mod folding;
pub mod fonts;
pub mod private;
pub mod scaling;
pub mod speed;
pub mod system;
pub mod terminal;
pub mod units;
pub mod words;
