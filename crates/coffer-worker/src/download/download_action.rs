//! What stands at the local path of a file before it is downloaded. Blocks.

use super::download_file::DownloadFile;
use crate::transfer::DownloadedItem;
use crate::upload::local_file_hash;
use coffer_model::{OnExisting, Problem};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What is to be done about a file.
#[derive(Debug)]
pub(crate) enum DownloadAction {
    Download,
    /// An earlier run of the same transfer has downloaded it.
    Resumed(PathBuf),
    /// The same content stands there.
    SkipIdentical,
    /// It cannot be downloaded.
    Conflict(Problem),
}

pub(crate) fn download_action(
    wanted: &DownloadFile,
    existing: OnExisting,
    downloaded: Option<&DownloadedItem>,
) -> DownloadAction {
    if let Some(item) = downloaded.filter(|item| item.rev.as_ref() == Some(&wanted.rev)) {
        let place = wanted.local_path.with_file_name(&item.local_name);
        let metadata = fs::metadata(&place);
        if metadata
            .is_ok_and(|metadata| is_unchanged(&metadata, wanted) || is_same(&metadata, &place, wanted))
        {
            return DownloadAction::Resumed(place);
        }
    }
    if existing == OnExisting::Number {
        return DownloadAction::Download;
    }
    let place = &wanted.local_path;
    if wanted.is_exported && !place.is_dir() {
        // What the account has now is known only when it has been exported: it is compared then.
        return DownloadAction::Download;
    }
    match (fs::symlink_metadata(place), fs::metadata(place)) {
        (Err(_), _) => DownloadAction::Download,
        (Ok(_), Ok(metadata)) if is_same(&metadata, place, wanted) => DownloadAction::SkipIdentical,
        (_, Ok(metadata)) if existing == OnExisting::Replace && !metadata.is_dir() => {
            DownloadAction::Download
        }
        // A link to nowhere.
        (_, Err(_)) if existing == OnExisting::Replace => DownloadAction::Download,
        _ => DownloadAction::Conflict(wanted.conflict_problem()),
    }
}

/// Whether the same content stands at its local path.
pub(crate) fn is_there(wanted: &DownloadFile) -> bool {
    fs::metadata(&wanted.local_path).is_ok_and(|metadata| is_same(&metadata, &wanted.local_path, wanted))
}

/// Size and time are as we left them. Some disks keep times to two seconds.
fn is_unchanged(metadata: &Metadata, wanted: &DownloadFile) -> bool {
    let apart = |time: SystemTime| {
        time.duration_since(wanted.modified()).unwrap_or_else(|earlier| earlier.duration())
    };
    metadata.is_file()
        && metadata.len() == wanted.size_bytes
        && metadata.modified().is_ok_and(|time| apart(time) <= Duration::from_secs(2))
}

fn is_same(metadata: &Metadata, place: &Path, wanted: &DownloadFile) -> bool {
    metadata.is_file()
        && metadata.len() == wanted.size_bytes
        && wanted.content_hash.is_some()
        && local_file_hash(place).is_ok_and(|hash| wanted.has_hash(&hash))
}
