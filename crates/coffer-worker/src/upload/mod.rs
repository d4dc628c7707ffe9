//! Files from this computer into the account: first a plan, then the sending.

mod alone;
mod batch;
mod buffers;
mod commit;
mod conflicts;
mod copies;
mod decide;
mod earlier;
mod folders;
mod look;
mod news;
mod outcome;
mod pieces;
mod place;
mod plan;
mod run;
mod sender;
mod sessions;
mod source;
mod walk;

pub use buffers::Buffers;
pub use plan::{plan, plan_as};
pub use run::run;
pub use source::hash as local_hash;
