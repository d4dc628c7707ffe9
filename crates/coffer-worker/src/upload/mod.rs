//! Files from this computer into the account: first a plan, then the sending.

mod batch;
pub mod buffers;
mod chunks;
mod commit;
mod commit_file;
mod conflicts;
mod context;
mod copies;
mod decisions;
mod find_existing;
mod folders;
mod outcome;
mod plan;
mod relative_name;
mod resume;
mod run;
mod sessions;
mod single;
mod source;
mod walk;

pub use plan::{plan, plan_as};
pub use run::run;
pub use source::hash as local_hash;
