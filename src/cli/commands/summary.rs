//! How commands end that do several things: the document of `--json`, and the code.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandFailure, combined_code};
use crate::cli::format;
use serde_json::Value;

/// Ends a command. `document` gets the list `failed`, and `error` as well when nothing at all was done. The failures
/// have been told as text already.
pub(super) fn finish(
    context: &CommandContext,
    mut document: Value,
    failed: &[CommandFailure],
    anything_done: bool,
) -> CommandResult {
    if let (Value::Object(fields), Ok(list)) = (&mut document, serde_json::to_value(failed)) {
        if let (Some(first), false) = (list.get(0), anything_done) {
            fields.insert("error".into(), first.clone());
        }
        fields.insert("failed".into(), list);
    }
    context.output.document(&document)?;
    Ok(combined_code(failed, anything_done))
}

/// "Uploaded 12 files (3.1 MB); 2 skipped; 1 failed"
pub(super) fn in_words(done: &str, files: u64, bytes: u64, skipped: u64, failed: usize) -> String {
    let mut parts = vec![format!("{done} {} ({})", format::files(files), format::size(bytes))];
    parts.extend((skipped > 0).then(|| format!("{skipped} skipped")));
    parts.extend((failed > 0).then(|| format!("{failed} failed")));
    parts.join("; ")
}
