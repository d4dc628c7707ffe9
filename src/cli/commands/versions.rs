//! `revs` and `restore`.

use super::CommandResult;
use super::amounts::PlannedAmount;
use super::entries::{EntriesAsJson, line};
use super::summary;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::{RestoreArgs, RevsArgs};
use crate::cli::progress::EditProgress;
use crate::cli::target::remote;
use coffer_model::{
    Amount, BringBack, DeletedKind, Edit, Entry, EntryKind, Job, Receipt, RemotePath, Rev, Update,
};
use serde::Serialize;
use serde_json::json;

/// All versions of a file, newest first; of a deleted one too.
fn revisions(context: &mut CommandContext, path: &RemotePath) -> Result<Vec<Entry>, CommandError> {
    let mut all = Vec::new();
    context
        .worker
        .run_with(Job::Revisions { path: path.clone() }, |update| {
            if let Update::Revisions { revisions, .. } = update {
                all.clone_from(&revisions);
            }
            Ok(())
        })
        .map_err(|stop| not_found_if_gone(stop, path))?;
    Ok(all)
}

/// A list of versions is refused for two reasons that concern the path: nothing was ever there, or it is a folder.
pub(super) fn not_found_if_gone(stop: CommandError, path: &RemotePath) -> CommandError {
    match stop {
        CommandError::Failed(failure) if failure.code == FailureCode::Conflict => {
            CommandFailure::new(FailureCode::NotFound, format!("{path} has no versions"), failure.detail)
                .with_path(path)
                .into()
        }
        stop => stop,
    }
}

pub(super) fn revs(context: &mut CommandContext, options: &RevsArgs) -> CommandResult {
    let path = remote(&options.path);
    let current = current(context, &path)?;
    let path = current.as_ref().map_or(path, |entry| entry.path.clone());
    if current.as_ref().is_some_and(Entry::is_folder) {
        return Err(is_folder(&path).into());
    }
    let all = revisions(context, &path)?;
    let current = current.as_ref().and_then(Entry::file).map(|file| file.rev.clone());
    context.output.lines(all.iter().map(|entry| {
        let is_current = entry.file().map(|file| &file.rev) == current.as_ref();
        line(entry, if is_current { "(current)" } else { "" }, true).trim_end().to_owned()
    }))?;
    if current.is_none() {
        context.output.info(&format!(
            "It was deleted. Restore it with: coffer restore {}",
            format::quoted(path.as_str())
        ))?;
    }
    context.output.document(&json!({
        "path": path.to_string(),
        "current": current.as_ref().map(|rev| &*rev.0),
        "deleted": current.is_none(),
        "revisions": EntriesAsJson(&all),
    }))?;
    Ok(None)
}

fn current(context: &mut CommandContext, path: &RemotePath) -> Result<Option<Entry>, CommandError> {
    Ok(context.find_entry(path)?.filter(|entry| !entry.is_deleted()))
}

fn is_folder(path: &RemotePath) -> CommandFailure {
    CommandFailure::new(FailureCode::Failed, format!("{path} is a folder"), "Only files have versions.")
        .with_path(path)
}

pub(super) fn restore(context: &mut CommandContext, options: &RestoreArgs) -> CommandResult {
    let path = remote(&options.path);
    let current = current(context, &path)?;
    match &options.rev {
        Some(rev) => restore_version(context, options, &path, current.as_ref(), rev),
        None if current.is_some() => Err(CommandFailure::new(
            FailureCode::Conflict,
            format!("{path} is not deleted"),
            format!(
                "Choose a version with --rev; list versions with: coffer revs {}",
                format::quoted(path.as_str())
            ),
        )
        .with_path(&path)
        .into()),
        None => undelete(context, options, &path),
    }
}

fn restore_version(
    context: &mut CommandContext,
    options: &RestoreArgs,
    path: &RemotePath,
    current: Option<&Entry>,
    rev: &str,
) -> CommandResult {
    let rev = rev.strip_prefix("rev:").unwrap_or(rev);
    if current.is_some_and(Entry::is_folder) {
        return Err(is_folder(path).into());
    }
    let path = &current.map_or_else(|| path.clone(), |entry| entry.path.clone());
    let known = revisions(context, path)?;
    if !known.iter().any(|entry| entry.file().is_some_and(|file| &*file.rev.0 == rev)) {
        return Err(CommandFailure::new(
            FailureCode::NotFound,
            format!("{path} has no version {rev}"),
            format!("List its versions with: coffer revs {}", format::quoted(path.as_str())),
        )
        .with_path(path)
        .into());
    }
    let now = current.and_then(Entry::file).map(|file| file.rev.clone());
    if now.as_ref().is_some_and(|now| &*now.0 == rev) {
        context.output.info(&format!("{path} is already at this version"))?;
        return end(context, options, &[], &[]);
    }
    if options.dry_run.dry_run {
        context.output.line(&format!("would restore {path} to {rev}"))?;
        return end(context, options, &[], &[]);
    }
    let edit = Edit::Restore { path: path.clone(), rev: Rev(rev.into()), current: now };
    run(context, options, edit)
}

fn undelete(context: &mut CommandContext, options: &RestoreArgs, path: &RemotePath) -> CommandResult {
    let deleted = Entry::new(path.clone(), EntryKind::Deleted(DeletedKind::Unknown));
    if !options.dry_run.dry_run {
        return run(context, options, Edit::Undelete(vec![deleted]));
    }
    let Receipt::UndeletePlanned(entries) = context.worker.run(Job::PlanUndelete(vec![deleted]))? else {
        return Ok(None);
    };
    let would =
        entries.iter().map(|entry| format!("would restore {}", line(entry, entry.path.as_str(), false)));
    context.output.lines(would)?;
    // What is below a folder is among them.
    let all = Amount::of(entries.iter().filter(|entry| entry.file().is_some()));
    let amount = PlannedAmount::new(context, all, all.bytes as i64);
    context.output.info(&amount.in_words("restored"))?;
    end(context, options, &entries, &[])
}

/// Makes a folder what it was at a moment.
pub(super) fn bring_back(
    context: &mut CommandContext,
    options: &RestoreArgs,
    asked: BringBack,
) -> CommandResult {
    run(context, options, Edit::BringBack(Box::new(asked)))
}

fn run(context: &mut CommandContext, options: &RestoreArgs, edit: Edit) -> CommandResult {
    let mut progress = EditProgress::new(context.output);
    let receipt = context.worker.run_with(Job::Edit(edit), |update| {
        progress.update(&update);
        Ok(())
    })?;
    drop(progress);
    let Receipt::Edited { entries, failed, .. } = receipt else {
        return Ok(None);
    };
    let failed: Vec<CommandFailure> = failed.into_iter().map(CommandFailure::from).collect();
    for failure in &failed {
        context.output.problem(failure);
    }
    context.output.lines(entries.iter().map(|entry| format!("restored {}", entry.path)))?;
    end(context, options, &entries, &failed)
}

fn end(
    context: &CommandContext,
    options: &RestoreArgs,
    entries: &[Entry],
    failed: &[CommandFailure],
) -> CommandResult {
    let document = RestoreDocument { dry_run: options.dry_run.dry_run, entries: EntriesAsJson(entries) };
    summary::finish(context, document, failed, !entries.is_empty())
}

#[derive(Serialize)]
struct RestoreDocument<'a> {
    dry_run: bool,
    entries: EntriesAsJson<'a>,
}
