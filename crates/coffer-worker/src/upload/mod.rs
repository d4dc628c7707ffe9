//! Files from this computer into the account: first a plan, then the sending.

mod batch;
pub(crate) mod buffers;
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
mod read_files;
mod relative_name;
mod resume;
mod room;
mod run;
mod sessions;
mod single;
mod source;
mod upload_file;
mod walk;

pub(crate) use plan::{plan, plan_as};
pub(crate) use run::run;
pub(crate) use source::{LocalFileError, hash as local_file_hash};
pub(crate) use upload_file::{SingleUpload, upload_file};
