//! Folders of files that were made for other programs or of what was pasted: they go after some time.

use std::fs;
use std::path::Path;
use std::time::{Duration, SystemTime};

/// Removes the folders in `folder` that nothing was put into for as long as they are `kept`.
pub(crate) fn remove_old(folder: &Path, kept: Duration, now: SystemTime) {
    let Ok(folders) = fs::read_dir(folder) else { return };
    for old in folders.flatten() {
        let modified = old.metadata().and_then(|metadata| metadata.modified());
        let is_old = modified.is_ok_and(|at| now.duration_since(at).is_ok_and(|age| age > kept));
        if is_old && let Err(error) = fs::remove_dir_all(old.path()) {
            tracing::warn!(%error, "a folder of old files could not be removed");
        }
    }
}
