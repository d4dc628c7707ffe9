//! Files from the account to this computer: into a folder, under a chosen name, or as a copy to be opened.
//!
//! The way of a download: `lister` looks at the request page by page, and reserves `local_paths` for the files that are
//! missing. `plan` divides these into single files (`fetch`) and archives of folders (`archive`, `unzip`). The bytes go
//! through `blocking_writer` to threads that may block. A file that is complete and verified (`verified_file`) gets its
//! name in `finalize`. An incomplete file lies hidden: a large one as `partial_file`, a small one in the `staging`
//! folder. The transfer store knows both, so that another run continues the first and removes the second.
//! `dry_run` looks at a request in the same way and changes nothing. Of a folder as it was, `past_contents` takes the place of
//! the list.

mod archive;
mod blocking_writer;
mod blocks;
mod cancel_policy;
mod context;
mod copy;
mod download_action;
mod download_file;
mod dry_run;
mod export;
mod fetch;
mod finalize;
mod large_file;
mod lister;
mod local_paths;
mod name_rules;
mod partial_file;
mod past_contents;
mod pending_files;
mod plan;
mod promised;
mod ranges;
mod replaced_file;
mod requested_item;
mod run;
mod staging;
mod unzip;
mod verified_file;

pub(crate) use copy::{fetch_to, local_copy};
pub(crate) use dry_run::{plan_download, plan_past_download};
pub(crate) use promised::fetch_promised;
pub(crate) use run::run;
