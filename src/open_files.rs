//! How many files the program may have open. Many systems allow 1,024 unless a program asks for more, and each connection,
//! each file of a transfer and each reader of a database is one.

#[cfg(unix)]
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Enough for all that the program does at once.
#[cfg(unix)]
const WANTED: u64 = 8_192;

/// Asks for more where the system allows it.
#[cfg(unix)]
pub(crate) fn raise_limit() {
    let limit = getrlimit(Resource::Nofile);
    let wanted = limit.maximum.map_or(WANTED, |maximum| maximum.min(WANTED));
    if limit.current.is_some_and(|current| current < wanted)
        && let Err(error) =
            setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum })
    {
        tracing::debug!(%error, "the limit of open files could not be raised");
    }
}

/// Windows has no such limit.
#[cfg(windows)]
pub(crate) fn raise_limit() {}
