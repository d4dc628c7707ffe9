//! How two files differ: of texts the lines, of pictures what is seen, of all others the first byte. What is read for
//! that is bounded; the same content is recognised by its hash, however large it is.

mod contents;
mod lines;
mod pictures;
mod version_reader;
mod words;

use crate::account::OpenAccount;
use crate::act::Act;
use crate::context::{JobContext, JobError};
use crate::worker_context::WorkerContext;
use crate::{blocking, problem, working_copy};
use coffer_model::comparison::{ByteComparison, ComparedFile, ComparedFiles, Comparison, Difference};
use coffer_model::{FileKind, ProblemKind, Receipt, Update};
use contents::compare_contents;
use futures_util::future::try_join;
use std::sync::Arc;
use version_reader::VersionReader;

/// The contents of larger files are not read.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    files: ComparedFiles,
    ignores_space: bool,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let mut in_conflict = None;
    let (account, versions) = match files {
        ComparedFiles::Conflict(id) => {
            let found = working_copy::find_versions(worker, &account, &id).await?;
            let mine = VersionReader::of_local_file(found.mine, found.local_path).await?;
            in_conflict = Some((id, found.theirs.clone()));
            (found.account, [mine, VersionReader::of_entry(found.theirs)?])
        }
        ComparedFiles::Pair(files) => {
            let [first, second] = *files;
            (account, [reader_of(first).await?, reader_of(second).await?])
        }
    };
    let _permit = worker.lanes.interactive().await;
    let difference = find_difference(worker, &account, &versions, ignores_space).await?;
    let needs_hashes = matches!(difference, Difference::Bytes(_) | Difference::None);
    let hashes = if needs_hashes { hashes(&versions).await? } else { [None, None] };
    let versions = std::array::from_fn(|side| versions[side].to_model(hashes[side].clone()));
    job.update(Update::Comparison(Arc::new(Comparison { versions, difference })));
    if let Some((id, theirs)) = in_conflict {
        working_copy::note_shown(worker, &id, &theirs).await?;
    }
    Ok(Receipt::Nothing)
}

async fn reader_of(file: ComparedFile) -> Result<VersionReader, JobError> {
    match file {
        ComparedFile::Revision(entry) => VersionReader::of_entry(entry),
        ComparedFile::Local(local_path) => {
            // Failures name it as they would name a file of the account.
            let name = coffer_model::comparison::local_name(&local_path);
            VersionReader::of_local_file(coffer_model::RemotePath::new(&name), local_path).await
        }
    }
}

async fn find_difference(
    worker: &WorkerContext,
    account: &OpenAccount,
    versions: &[VersionReader; 2],
    ignores_space: bool,
) -> Result<Difference, JobError> {
    let [left, right] = versions;
    if left.size_bytes == right.size_bytes {
        // An account need not tell the hash of a file: then the contents are compared.
        let [first, second] = hashes(versions).await?;
        if first.is_some() && first == second {
            return Ok(Difference::None);
        }
    }
    let kinds = versions.each_ref().map(|version| FileKind::from_name(version.remote_path.name()));
    if kinds == [FileKind::Picture; 2] {
        return Ok(Difference::Pictures(pictures::compare(worker, account, versions).await?));
    }
    if versions.iter().any(|version| version.size_bytes > MOST_BYTES) {
        let is_long_text = kinds.iter().all(|kind| is_text_kind(*kind));
        return Ok(Difference::Bytes(ByteComparison { is_long_text, ..ByteComparison::default() }));
    }
    let both =
        try_join(left.content(worker, account, MOST_BYTES), right.content(worker, account, MOST_BYTES));
    let (first, second) = both.await?;
    Ok(blocking(move || compare_contents(&first, &second, ignores_space)).await?)
}

async fn hashes(versions: &[VersionReader; 2]) -> Result<[Option<String>; 2], JobError> {
    let [left, right] = versions;
    let (first, second) = try_join(left.hash(), right.hash()).await?;
    Ok([first, second])
}

fn is_text_kind(kind: FileKind) -> bool {
    matches!(kind, FileKind::Text | FileKind::Code | FileKind::Markdown)
}

/// What is compared can’t be read, for a reason that no call tells.
fn not_comparable(path: &coffer_model::RemotePath, detail: &str) -> JobError {
    problem::item(path, Act::Compare).because(ProblemKind::InvalidInput, detail).into()
}
