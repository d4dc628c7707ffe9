//! A file between its last byte and its name.

use super::download_file::DownloadFile;
use super::large_file::LargeFile;
use super::staging::Staged;
use std::sync::Arc;

/// A file whose bytes are whole and verified.
pub(crate) struct VerifiedFile {
    pub wanted: DownloadFile,
    pub temporary: TemporaryFile,
}

/// Where its bytes are.
pub(crate) enum TemporaryFile {
    Staged(Staged),
    Partial(Arc<LargeFile>),
}
