//! What is in an archive, as a tree: of a ZIP only its directory is downloaded (`zip_directory`), a TAR is read from its
//! beginning up to a bound (`tar_entries`). Nothing is unpacked but a packed TAR, or a single packed text.

mod rows;
mod tar_entries;
mod zip_directory;

use super::super::account::OpenAccount;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::remote_file::{ReadByRanges, read_by_ranges};
use super::{none, text};
use coffer_model::entry::File;
use coffer_model::preview::{PreviewBody, TablePreview};
use coffer_model::{Entry, PreviewKind};
use coffer_texts::tr;
use rows::ArchiveRows;
use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

/// So much of a file is downloaded at most: the directory of some 200,000 files in a ZIP, or the beginning of a TAR.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// What the list of so many files takes while it is read.
const READING_BYTES: u64 = 96 * 1024 * 1024;

/// Where a TAR says what it is.
const TAR_SIGNATURE: (usize, &[u8]) = (257, b"ustar");

/// What was found in a file.
enum ArchiveContent {
    Entries(ArchiveRows),
    /// The beginning of the only file that was packed, and whether it is longer.
    Single {
        bytes: Vec<u8>,
        is_cut: bool,
    },
    Damaged,
}

pub(super) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<PreviewBody, JobError> {
    let _permit = worker.previews.memory.acquire(READING_BYTES).await;
    let name = entry.name().to_owned();
    let size_bytes = file.size_bytes;
    let read = read_by_ranges(account, entry, file, MOST_BYTES, move |mut remote| {
        let mut beginning = Vec::new();
        let read = remote.by_ref().take(512).read_to_end(&mut beginning);
        if read.is_err() || remote.seek(SeekFrom::Start(0)).is_err() {
            return ArchiveContent::Damaged;
        }
        if beginning.starts_with(b"\x1f\x8b") {
            tar_entries::read_packed(remote)
        } else if is_tar(&beginning) {
            tar_entries::read(remote)
        } else {
            // Whatever it begins with: the directory is at the end.
            zip_directory::read(remote)
        }
    });
    let ReadByRanges { value, has_met_bound } = read.await?;
    Ok(match value {
        ArchiveContent::Entries(rows) => PreviewBody::Table(TablePreview {
            sheets: Arc::new([rows.into_sheet()]),
            text: None,
            loaded_bytes: size_bytes,
            truncated_from_bytes: None,
        }),
        ArchiveContent::Single { bytes, is_cut } => single(&name, &bytes, is_cut, size_bytes),
        ArchiveContent::Damaged if has_met_bound => none(tr!("archive-too-many")),
        ArchiveContent::Damaged => none(tr!("archive-damaged")),
    })
}

fn is_tar(beginning: &[u8]) -> bool {
    let (at, signature) = TAR_SIGNATURE;
    beginning.get(at..).is_some_and(|rest| rest.starts_with(signature))
}

/// A packed file that is no archive: its text, if it is one.
fn single(name: &str, bytes: &[u8], is_cut: bool, size_bytes: u64) -> PreviewBody {
    let inner = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    let shown = &bytes[..bytes.len().min(text::LIMIT_BYTES as usize)];
    let is_cut = is_cut || shown.len() < bytes.len();
    match text::body(inner, PreviewKind::Text, shown, is_cut.then_some(size_bytes)) {
        body @ PreviewBody::Text(_) => body,
        _ => none(tr!("archive-no-text")),
    }
}
