//! Files from this computer into the account: first a plan, then the sending.

mod conflicts;
mod journal;
mod plan;
mod run;
mod send;
mod session;
mod source;
mod walk;

pub use plan::{plan, plan_as};
pub use run::run;
pub use source::hash as local_hash;
