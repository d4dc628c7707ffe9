//! `changes`: what has changed, by day, the latest first.

use super::{CommandResult, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure};
use crate::cli::format;
use crate::cli::options::ChangesArgs;
use crate::cli::target::remote;
use coffer_model::search_query::parse_since;
use coffer_model::{ChangeKind, IndexPhase, Job, LoggedChange, Receipt};
use jiff::tz::TimeZone;
use jiff::{Timestamp, Zoned};
use serde_json::{Value, json};

pub(super) fn run(context: &mut CommandContext, options: &ChangesArgs) -> CommandResult {
    let below = options.path.as_deref().map(remote).unwrap_or_default();
    let since = options.since.as_deref().map(moment).transpose()?;
    let most = options.limit.unwrap_or(usize::MAX);
    let (changes, status) = known::ask(context, options.offline.offline, |context| {
        match context.worker.run(Job::ListChanges {
            below: below.clone(),
            since,
            most,
            most_of_a_kind: usize::MAX,
        })? {
            Receipt::Changes(changes) => Ok(changes),
            _ => Err(CommandError::Interrupted(0)),
        }
    })?;
    context.output.lines(by_day(&changes))?;
    if changes.is_empty() {
        context
            .output
            .status("coffer: no changes are known; they are noted from the first use of the index on");
    }
    context.output.document(&json!({
        "below": below.to_string(),
        "since": since.map(|since| since.to_string()),
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "is_complete": status.phase == IndexPhase::Complete,
        "changes": changes.iter().map(as_json).collect::<Vec<_>>(),
    }))?;
    Ok(None)
}

pub(super) fn moment(text: &str) -> Result<Timestamp, CommandFailure> {
    // As people write it, and as a date and time are written together.
    let written = if text.contains(':') { text.trim().replacen(' ', "T", 1) } else { text.to_owned() };
    parse_since(&written, &Zoned::now()).ok_or_else(|| {
        CommandFailure::usage(
            format!("“{text}” is no time"),
            "Use 30min, 2h, 3d or 1w, or today, yesterday, this-week, last-month, or 2025-06-30, 2025-06-30T14:00.",
        )
    })
}

fn by_day(changes: &[LoggedChange]) -> Vec<String> {
    let mut lines = Vec::new();
    let mut last = None;
    for change in changes {
        let seen = change.seen.to_zoned(TimeZone::system());
        if last.replace(seen.date()) != Some(seen.date()) {
            lines.push(seen.strftime("%A, %Y-%m-%d").to_string());
        }
        lines.push(format!("  {}  {}", seen.strftime("%H:%M"), in_words(change)));
    }
    lines
}

/// "edited   /Work/plan.md (4.8 kB)"
fn in_words(change: &LoggedChange) -> String {
    let slash = if change.is_folder { "/" } else { "" };
    let place = match &change.old_path {
        Some(old) => format!("{old}{slash} → {}{slash}", change.path),
        None => format!("{}{slash}", change.path),
    };
    let mut size = Vec::new();
    size.extend((change.files > 0).then(|| format::files(change.files)));
    size.extend(change.bytes.map(format::size));
    let size = if size.is_empty() { String::new() } else { format!(" ({})", size.join(", ")) };
    let by = change.modified_by_name.as_ref().map(|name| format!(", by {name}")).unwrap_or_default();
    format!("{:<7}  {place}{size}{by}", kind(change.kind))
}

fn kind(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Edited => "edited",
        ChangeKind::Moved => "moved",
        ChangeKind::Deleted => "deleted",
    }
}

fn as_json(change: &LoggedChange) -> Value {
    json!({
        "change": kind(change.kind),
        "type": if change.is_folder { "folder" } else { "file" },
        "path": change.path.to_string(),
        "old_path": change.old_path.as_ref().map(ToString::to_string),
        "seen": change.seen.to_string(),
        "files": change.files,
        "bytes": change.bytes,
        "rev": change.rev.as_ref().map(|rev| &*rev.0),
        "old_rev": change.old_rev.as_ref().map(|rev| &*rev.0),
        "modified_by": change.modified_by,
        "modified_by_name": change.modified_by_name,
    })
}
