//! `history`: what Coffer has changed, by day, the latest first. `undo`: takes one of that back, or does it again.

use super::edit::report_failure;
use super::entries::as_json as entry_as_json;
use super::{CommandResult, summary};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::{HistoryArgs, UndoArgs};
use crate::cli::progress::EditProgress;
use coffer_model::{
    Edit, History, HistoryQuery, Job, Operation, OperationId, OperationKind, Receipt, RemotePath, UndoStep,
};
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use std::sync::Arc;

pub(super) fn run(context: &mut CommandContext, options: &HistoryArgs) -> CommandResult {
    let text = options.find.clone().unwrap_or_default();
    let history = list(context, HistoryQuery { text, most: options.limit, group: None })?;
    if let Some(problem) = &history.problem {
        context.output.status(&format!("coffer: {}; {}", problem.title, problem.detail));
    }
    context.output.lines(by_day(&history.operations))?;
    if history.operations.is_empty() {
        let none = if options.find.is_some() { "nothing was found" } else { "nothing has been done yet" };
        context.output.status(&format!("coffer: {none}"));
    }
    let operations: Vec<Value> = history.operations.iter().map(as_json).collect();
    context.output.document(&json!({ "operations": operations }))?;
    Ok(None)
}

fn list(context: &mut CommandContext, query: HistoryQuery) -> Result<Arc<History>, CommandError> {
    match context.worker.run(Job::ListHistory(query))? {
        Receipt::History(history) => Ok(history),
        _ => Err(CommandError::Interrupted(0)),
    }
}

pub(super) fn undo(context: &mut CommandContext, options: &UndoArgs) -> CommandResult {
    let step = if options.redo { UndoStep::Redo } else { UndoStep::Undo };
    let history = list(context, HistoryQuery::default())?;
    let operation = find(&history.operations, options.number.map(OperationId), step)?;
    let words = in_words(operation);
    if options.dry_run.dry_run {
        let would = if options.redo { "would do again" } else { "would undo" };
        context.output.line(&format!("{would}: {words}"))?;
        let document = json!({ "dry_run": true, "operation": as_json(operation), "entries": [] });
        context.output.document(&document)?;
        return Ok(None);
    }
    let mut progress = EditProgress::new(context.output);
    let done = context.worker.run_with(Job::Edit(Edit::reverse(operation)), |update| {
        progress.update(&update);
        Ok(())
    });
    drop(progress);
    let Receipt::Reversed(reversal) = done? else { return Err(CommandError::Interrupted(0)) };
    let mut failed = Vec::new();
    for problem in reversal.failed {
        report_failure(context, &mut failed, problem.into());
    }
    let is_done = reversal.operation.next_step() != step;
    if is_done {
        let done = if options.redo { "done again" } else { "undone" };
        context.output.info(&format!("{done}: {words}"))?;
    }
    let entries: Vec<Value> = reversal.entries.iter().map(entry_as_json).collect();
    let document = json!({ "dry_run": false, "operation": as_json(&reversal.operation), "entries": entries });
    summary::finish(context, document, &failed, is_done)
}

/// The operation with this number; without one what was done last, or undone last.
fn find(
    operations: &[Operation],
    number: Option<OperationId>,
    step: UndoStep,
) -> Result<&Operation, CommandFailure> {
    let (verb, done) = match step {
        UndoStep::Undo => ("undone", "undone"),
        UndoStep::Redo => ("done again", "done"),
    };
    let found = match number {
        Some(id) => operations.iter().find(|it| it.id == id),
        None => operations
            .iter()
            .filter(|it| it.next_step() == step && it.can_reverse && it.problem.is_none())
            .max_by_key(|it| it.changed),
    };
    let refuse = |code, title: String, detail: &str| Err(CommandFailure::new(code, title, detail));
    match (found, number) {
        (Some(found), _) if found.next_step() != step => refuse(
            FailureCode::Conflict,
            format!("{} is {done} already", found.id.0),
            if step == UndoStep::Undo { "Do it again with --redo." } else { "" },
        ),
        (Some(found), _) if !found.can_reverse => {
            refuse(FailureCode::Failed, format!("{} can’t be {verb}", found.id.0), reason(found))
        }
        (Some(found), _) => Ok(found),
        (None, Some(id)) => refuse(
            FailureCode::NotFound,
            format!("{} is not in the history", id.0),
            "List what is there with: coffer history",
        ),
        (None, None) => refuse(FailureCode::NotFound, format!("There is nothing that can be {verb}"), ""),
    }
}

/// Why an operation can’t be reversed.
fn reason(operation: &Operation) -> &'static str {
    match operation.kind {
        OperationKind::ChangeLink => "What a link was before is not kept. Change it again with: coffer link",
        OperationKind::RevokeLink => {
            "A link that was removed never works again. Create a new one, with another address, with: coffer link"
        }
        _ => "How to do that is not kept any more.",
    }
}

fn by_day(operations: &[Operation]) -> Vec<String> {
    let width = operations.iter().map(|it| it.id.0.to_string().len()).max().unwrap_or(0);
    let mut lines = Vec::new();
    let mut last = None;
    for operation in operations {
        let at = operation.at.to_zoned(TimeZone::system());
        if last.replace(at.date()) != Some(at.date()) {
            lines.push(at.strftime("%A, %Y-%m-%d").to_string());
        }
        let undone = operation.undone.map(|at| format!(", undone {}", moment(at, operation.at)));
        let words = in_words(operation);
        let undone = undone.unwrap_or_default();
        lines.push(format!("  {:>width$}  {}  {words}{undone}", operation.id.0, at.strftime("%H:%M")));
        if let Some(problem) = &operation.problem {
            let not = match operation.undone {
                Some(_) => "not all of it",
                None => "not undone",
            };
            let indent = width + 11;
            lines.push(format!("{:indent$}{not}: {}. {}", "", problem.title, problem.detail));
        }
    }
    lines
}

/// "17:41", with the day where that is another one.
fn moment(at: Timestamp, day: Timestamp) -> String {
    let (at, day) = (at.to_zoned(TimeZone::system()), day.to_zoned(TimeZone::system()));
    let format = if at.date() == day.date() { "%H:%M" } else { "%Y-%m-%d %H:%M" };
    at.strftime(format).to_string()
}

/// "deleted 12 items in /Photos (84 MB)"
fn in_words(operation: &Operation) -> String {
    let slash = if operation.is_folder { "/" } else { "" };
    let item = format!("{}{slash}", operation.item);
    let before = operation.before.clone().unwrap_or_default();
    let folder = |path: &RemotePath| path.parent().unwrap_or_default().to_string();
    let is_one = operation.items == 1;
    let count = match operation.items {
        files if files == operation.files => format::files(files),
        items => format::counted(items, "item"),
    };
    let several = |preposition: &str| format!("{count} {preposition} {}", folder(&operation.item));
    let words = match operation.kind {
        OperationKind::CreateFolder => format!("created {item}"),
        OperationKind::Delete if is_one => format!("deleted {item}"),
        OperationKind::Delete => format!("deleted {}", several("in")),
        OperationKind::Rename if operation.items > 1 => format!("renamed {}", several("in")),
        OperationKind::Rename => format!("renamed {before}{slash} to {}{slash}", operation.item.name()),
        OperationKind::Move if is_one => format!("moved {before}{slash} to {item}"),
        OperationKind::Move => {
            format!("moved {count} from {} to {}", folder(&before), folder(&operation.item))
        }
        OperationKind::Copy if is_one => format!("copied {before}{slash} to {item}"),
        OperationKind::Copy => {
            format!("copied {count} from {} to {}", folder(&before), folder(&operation.item))
        }
        OperationKind::Upload if is_one => format!("uploaded {item}"),
        OperationKind::Upload => format!("uploaded {}", several("to")),
        OperationKind::UploadVersion if is_one && !operation.is_folder => {
            format!("uploaded a new version of {item}")
        }
        OperationKind::UploadVersion if is_one => format!("uploaded new versions in {item}"),
        OperationKind::UploadVersion => format!("uploaded new versions of {}", several("in")),
        OperationKind::RestoreVersion => format!("restored an earlier version of {item}"),
        OperationKind::Undelete if is_one => format!("restored {item}"),
        OperationKind::Undelete => format!("restored {}", several("in")),
        OperationKind::BringBack if is_one => format!("brought {item} back"),
        OperationKind::BringBack => format!("brought back {}", several("in")),
        OperationKind::CreateLink => format!("created a link to {item}"),
        OperationKind::ChangeLink => format!("changed the link to {item}"),
        OperationKind::RevokeLink => format!("removed the link to {item}"),
        OperationKind::AddSharedFolder => format!("added {item} to your Dropbox"),
        OperationKind::RemoveSharedFolder => format!("removed {item} from your Dropbox"),
    };
    let size =
        if operation.bytes > 0 { format!(" ({})", format::size(operation.bytes)) } else { String::new() };
    format!("{words}{size}")
}

fn as_json(operation: &Operation) -> Value {
    json!({
        "number": operation.id.0,
        "at": operation.at.to_string(),
        "kind": operation.kind,
        "type": if operation.is_folder { "folder" } else { "file" },
        "path": operation.item.to_string(),
        "old_path": operation.before.as_ref().map(ToString::to_string),
        "items": operation.items,
        "files": operation.files,
        "bytes": operation.bytes,
        "failed": operation.failed,
        "undone": operation.undone.map(|at| at.to_string()),
        "can_undo": operation.can_reverse && operation.undone.is_none(),
        "can_redo": operation.can_reverse && operation.undone.is_some(),
        "problem": operation.problem.as_ref().map(|problem| {
            json!({ "kind": problem.kind, "title": problem.title, "detail": problem.detail })
        }),
    })
}
