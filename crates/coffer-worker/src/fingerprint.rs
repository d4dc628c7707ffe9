//! By what a local file is recognised as unchanged. Not a hash of its content.

use coffer_stdx::system;
use serde::{Deserialize, Serialize};
use std::fs::Metadata;
use std::time::UNIX_EPOCH;

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Fingerprint {
    pub size_bytes: u64,
    /// Nanoseconds since 1970; 0 where the system knows no time.
    pub modified_nanos: u64,
    /// The file's number on its disk, where there is one: another file of the same size and time is another file.
    pub inode: u64,
}

impl Fingerprint {
    pub(crate) fn from_metadata(metadata: &Metadata) -> Self {
        let since = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            size_bytes: metadata.len(),
            modified_nanos: since.map_or(0, |since| since.as_nanos() as u64),
            inode: system::file_number(metadata),
        }
    }
}
