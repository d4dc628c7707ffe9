//! Files from the account to this computer: into a folder, under a chosen name, or as a copy to be opened.
//!
//! An order goes this way: `lister` looks at it page by page and finds `places` for what is missing; `plan` divides
//! that into single files (`fetch`) and archives of folders (`archive`, `unzip`); bytes go through `feed` to threads
//! that may block; what is whole and verified gets its name in `settle`. What is half done lies hidden (`part` for
//! large files, `staging` for small ones), known to the transfer store, so that another run goes on or sweeps up.
//! `rehearse` looks in the same way and does nothing.

mod archive;
mod blocks;
mod cancel_policy;
mod copy;
mod feed;
mod fetch;
mod line;
mod lister;
mod local_name;
mod part;
mod places;
mod plan;
mod present;
mod ranges;
mod rehearse;
mod run;
mod settle;
mod staging;
mod unzip;
mod wanted;

pub use copy::local_copy;
pub use rehearse::plan;
pub use run::run;
