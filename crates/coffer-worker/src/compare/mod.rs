//! How two versions of a file differ: of texts the lines, of pictures what is seen, of all others the first byte. What is
//! read for that is bounded; the same content is recognised by its hash, however large it is.

mod lines;
mod version_reader;

use crate::account::OpenAccount;
use crate::context::{JobContext, JobError};
use crate::preview::decode_text;
use crate::worker_context::WorkerContext;
use crate::{blocking, problem, working_copy};
use coffer_model::comparison::{ComparedFiles, Comparison, Difference};
use coffer_model::{FileKind, Preview, ProblemKind, Receipt, Rev, Update};
use futures_util::future::try_join;
use lines::{MOST_TEXT_BYTES, compare_lines};
use std::sync::Arc;
use version_reader::VersionReader;

/// The contents of larger files are not read.
const MOST_BYTES: u64 = 16 * 1024 * 1024;

/// Of a long text this much shows that it is one.
const SAMPLE_BYTES: usize = 64 * 1024;

pub(crate) async fn run(
    worker: &WorkerContext,
    job: &JobContext,
    files: ComparedFiles,
) -> Result<Receipt, JobError> {
    let account = worker.account(job).await?;
    let (account, versions) = match files {
        ComparedFiles::Conflict(id) => {
            let found = working_copy::find_versions(worker, &account, &id).await?;
            let mine = VersionReader::of_local_file(found.mine, found.local_path).await?;
            (found.account, [mine, VersionReader::of_entry(found.theirs)?])
        }
        ComparedFiles::Revisions(entries) => {
            let [earlier, later] = *entries;
            (account, [VersionReader::of_entry(earlier)?, VersionReader::of_entry(later)?])
        }
    };
    let _permit = worker.lanes.interactive().await;
    let difference = find_difference(worker, &account, &versions).await?;
    let versions = versions.each_ref().map(VersionReader::to_model);
    job.update(Update::Comparison(Arc::new(Comparison { versions, difference })));
    Ok(Receipt::Nothing)
}

async fn find_difference(
    worker: &WorkerContext,
    account: &OpenAccount,
    versions: &[VersionReader; 2],
) -> Result<Difference, JobError> {
    let [left, right] = versions;
    if left.size_bytes == right.size_bytes && has_same_hash(left, right).await? {
        return Ok(Difference::None);
    }
    let kinds = versions.each_ref().map(|version| FileKind::from_name(version.remote_path.name()));
    if kinds == [FileKind::Picture; 2] {
        let both = try_join(left.picture(worker, account), right.picture(worker, account));
        let (first, second) = both.await?;
        let preview = |version: &VersionReader, body| {
            Arc::new(Preview { path: version.remote_path.clone(), rev: Rev("".into()), body })
        };
        return Ok(Difference::Previews([preview(left, first), preview(right, second)]));
    }
    if versions.iter().any(|version| version.size_bytes > MOST_BYTES) {
        let is_long_text = kinds.iter().all(|kind| is_text_kind(*kind));
        return Ok(Difference::Bytes { equal_bytes: None, is_long_text });
    }
    let both =
        try_join(left.content(worker, account, MOST_BYTES), right.content(worker, account, MOST_BYTES));
    let (first, second) = both.await?;
    Ok(blocking(move || compare_contents(&first, &second)).await?)
}

/// An account need not tell the hash of a file: then the contents are compared.
async fn has_same_hash(left: &VersionReader, right: &VersionReader) -> Result<bool, JobError> {
    let (first, second) = try_join(left.hash(), right.hash()).await?;
    Ok(first.is_some() && first == second)
}

fn is_text_kind(kind: FileKind) -> bool {
    matches!(kind, FileKind::Text | FileKind::Code | FileKind::Markdown)
}

fn compare_contents(left: &[u8], right: &[u8]) -> Difference {
    if left == right {
        return Difference::None;
    }
    let is_short = left.len().max(right.len()) <= MOST_TEXT_BYTES;
    if is_short
        && let (Some(first), Some(second)) = (decode_text(left, false), decode_text(right, false))
        && let Some(comparison) = compare_lines(first.into(), second.into())
    {
        return Difference::Lines(comparison);
    }
    let sample = |bytes: &[u8]| decode_text(&bytes[..bytes.len().min(SAMPLE_BYTES)], true).is_some();
    let equal_bytes = left.iter().zip(right).take_while(|(left, right)| left == right).count();
    Difference::Bytes { equal_bytes: Some(equal_bytes as u64), is_long_text: sample(left) && sample(right) }
}

/// What is compared can’t be read, for a reason that no call tells.
fn not_comparable(path: &coffer_model::RemotePath, detail: &str) -> JobError {
    problem::item(path, "compared").because(ProblemKind::InvalidInput, detail).into()
}

#[cfg(test)]
mod tests {
    use super::compare_contents;
    use coffer_model::comparison::Difference;

    #[test]
    fn what_is_no_text_differs_from_its_first_other_byte_on() {
        let check = |left: &[u8], right: &[u8], equal_bytes| {
            let expected = Difference::Bytes { equal_bytes: Some(equal_bytes), is_long_text: false };
            assert_eq!(compare_contents(left, right), expected);
        };
        check(b"\0\x01\x02\x03", b"\0\x01\x02\x04", 3);
        check(b"\0\x01\x02", b"\0\x01\x02\x03", 3);
        check(b"\0", b"a text", 0);
        assert_eq!(compare_contents(b"\0\x01", b"\0\x01"), Difference::None);
    }

    #[test]
    fn a_text_that_is_too_long_is_called_one() {
        let long = "A line of a long text.\n".repeat(100_000);
        let found = compare_contents(long.as_bytes(), format!("{long}.").as_bytes());
        assert_eq!(found, Difference::Bytes { equal_bytes: Some(long.len() as u64), is_long_text: true });
    }
}
