//! Files of the account that are edited with other programs. Each has a *working copy* in the state folder: a folder of
//! its own with the file under its own name, because programs put their lock, backup and temporary files beside what they
//! edit, and a record of the version that it was made from.
//!
//! A copy goes through three hands: `check_out` makes it, `watch` finds out when it has been changed and nobody writes to
//! it any more, `save` uploads the change against the version it came from. What is in the record is true on disk before
//! it is relied on, so a kill at any point costs nothing: a copy whose content is not that of its record is not saved yet.

mod check_out;
mod choice;
mod conflict;
mod copy_lock;
mod open_files;
mod record;
mod save;
mod store;
mod versions;
mod watch;

pub(crate) use check_out::check_out;
pub(crate) use conflict::resolve;
pub(crate) use save::{close, discard, save};
pub(crate) use store::WorkingCopies;
pub(crate) use versions::{find_versions, note_shown};
pub(crate) use watch::watch;
