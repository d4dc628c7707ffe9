//! Files from the account to this computer: into a folder, under a chosen name, or as a copy to be opened.

mod copy;
mod fetch;
mod folder;
mod local_name;
mod save_as;
mod target;

pub use copy::local_copy;
pub use folder::run;
pub use save_as::save_as;
