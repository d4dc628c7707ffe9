//! How commands end that do several things: the document of `--json`, and the code.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandFailure, combined_code};
use crate::cli::format;
use serde::Serialize;

/// Ends a command. `document` gets the list `failed`, and `error` as well when nothing at all was done. The failures
/// have been reported as text already.
pub(super) fn finish(
    context: &CommandContext,
    document: impl Serialize,
    failed: &[CommandFailure],
    anything_done: bool,
) -> CommandResult {
    let error = failed.first().filter(|_| !anything_done);
    context.output.document(&WithFailures { document, failed, error })?;
    Ok(combined_code(failed, anything_done))
}

/// The document of a command, and what failed beside it.
#[derive(Serialize)]
struct WithFailures<'a, D: Serialize> {
    #[serde(flatten)]
    document: D,
    failed: &'a [CommandFailure],
    #[serde(skip_serializing_if = "Option::is_none")]
    error: Option<&'a CommandFailure>,
}

/// "Uploaded 12 files (3.1 MB); 2 skipped; 1 failed"
pub(super) fn in_words(done: &str, files: u64, bytes: u64, skipped: u64, failed: usize) -> String {
    let mut parts = vec![format!("{done} {} ({})", format::files(files), format::size(bytes))];
    parts.extend((skipped > 0).then(|| format!("{skipped} skipped")));
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    parts.join("; ")
}
