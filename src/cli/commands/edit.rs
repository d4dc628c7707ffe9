//! `mkdir` and `rm`.

use super::amounts::{PlannedAmount, RoomChange};
use super::entries::as_json;
use super::{CommandResult, summary};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::{MkdirArgs, RmArgs};
use crate::cli::progress::EditProgress;
use crate::cli::target::remote;
use coffer_model::relocation::enclosing_folders;
use coffer_model::{Edit, Entry, Job, Receipt, RemotePath};
use serde_json::{Value, json};
use std::collections::HashSet;

/// Runs an edit; what did not work is reported, and added to `failed`.
pub(super) fn apply(
    context: &mut CommandContext,
    edit: Edit,
    failed: &mut Vec<CommandFailure>,
) -> Result<Option<Vec<Entry>>, CommandError> {
    let mut progress = EditProgress::new(context.output);
    let done = context.worker.run_with(Job::Edit(edit), |update| {
        progress.update(&update);
        Ok(())
    });
    drop(progress);
    match done {
        Ok(Receipt::Edited { entries, failed: problems, operation, conflicts }) => {
            for problem in problems {
                report_failure(context, failed, problem.into());
            }
            // What is in a folder that is in conflict goes with that.
            for (conflict, enclosing) in conflicts.iter().zip(enclosing_folders(&conflicts)) {
                if enclosing.is_none() {
                    report_failure(context, failed, taken(&conflict.target, NOTHING_REPLACED));
                }
            }
            Ok(operation.is_some().then_some(entries))
        }
        Ok(_) => Ok(None),
        Err(CommandError::Failed(failure)) if !ends_everything(&failure) => {
            report_failure(context, failed, failure);
            Ok(None)
        }
        Err(stop) => Err(stop),
    }
}

/// What helps where a name is taken.
pub(super) const NOTHING_REPLACED: &str = "Nothing was replaced. Move or delete it first.";

pub(super) fn taken(path: &RemotePath, detail: &str) -> CommandFailure {
    CommandFailure::new(FailureCode::Conflict, format!("{path} already exists"), detail).with_path(path)
}

/// The others would end the same.
fn ends_everything(failure: &CommandFailure) -> bool {
    matches!(
        failure.code,
        FailureCode::SignIn | FailureCode::Offline | FailureCode::Full | FailureCode::Interrupted
    )
}

pub(super) fn report_failure(
    context: &CommandContext,
    failed: &mut Vec<CommandFailure>,
    failure: CommandFailure,
) {
    context.output.problem(&failure);
    failed.push(failure);
}

pub(super) fn mkdir(context: &mut CommandContext, options: &MkdirArgs) -> CommandResult {
    let (mut made, mut failed, mut anything) = (Vec::new(), Vec::new(), false);
    for path in options.paths.iter().map(|path| remote(path)) {
        match needs_creating(context, options, &path) {
            Ok(false) => {
                anything = true;
                continue;
            }
            Ok(true) => {}
            Err(CommandError::Failed(failure)) if !ends_everything(&failure) => {
                report_failure(context, &mut failed, failure);
                continue;
            }
            Err(stop) => return Err(stop),
        }
        if options.dry_run.dry_run {
            anything = true;
            context.output.line(&format!("would create {path}/"))?;
            continue;
        }
        if let Some(entries) = apply(context, Edit::CreateFolder { path }, &mut failed)? {
            anything = true;
            made.extend(entries.iter().map(as_json));
        }
    }
    let document = json!({ "dry_run": options.dry_run.dry_run, "entries": made });
    summary::finish(context, document, &failed, anything)
}

/// False: it is there already, and that is fine.
fn needs_creating(
    context: &mut CommandContext,
    options: &MkdirArgs,
    path: &RemotePath,
) -> Result<bool, CommandError> {
    if let Some(entry) = context.find_entry(path)? {
        if options.parents && entry.is_folder() {
            return Ok(false);
        }
        let what = if entry.is_folder() { "folder" } else { "file" };
        return Err(CommandFailure::new(
            FailureCode::Conflict,
            format!("{path} already exists"),
            format!("A {what} has this name."),
        )
        .with_path(path)
        .into());
    }
    if let Some(name) = path
        .lineage()
        .iter()
        .map(RemotePath::name)
        .find_map(|name| coffer_model::name::invalid_reason(name).filter(|_| !name.is_empty()))
    {
        return Err(CommandFailure::usage(format!("{path} can’t be created"), format!("{name}."))
            .with_path(path)
            .into());
    }
    let above = path.parent().unwrap_or_default();
    if !options.parents && context.find_entry(&above)?.is_none() {
        return Err(CommandFailure::new(
            FailureCode::NotFound,
            format!("{above} does not exist"),
            "Use -p to create parent folders.",
        )
        .with_path(above)
        .into());
    }
    Ok(true)
}

pub(super) fn rm(context: &mut CommandContext, options: &RmArgs) -> CommandResult {
    let (mut targets, mut failed, mut missing) = (Vec::new(), Vec::new(), 0);
    for path in options.paths.iter().map(|path| remote(path)) {
        match deletable(context, options, &path) {
            Ok(entry) => targets.push(entry),
            Err(CommandError::Failed(failure)) if options.force && failure.code == FailureCode::NotFound => {
                missing += 1;
            }
            Err(CommandError::Failed(failure)) if !ends_everything(&failure) => {
                report_failure(context, &mut failed, failure);
            }
            Err(stop) => return Err(stop),
        }
    }
    if options.dry_run.dry_run {
        for entry in &targets {
            context.output.line(&format!("would delete {}", path_in_words(entry)))?;
        }
    }
    let mut amount = None;
    if options.dry_run.dry_run && !targets.is_empty() {
        let all = PlannedAmount::of(context, &targets, RoomChange::Less)?;
        context.output.info(&all.in_words("deleted"))?;
        amount = Some(all);
    }
    let mut deleted = Vec::new();
    if !targets.is_empty() && !options.dry_run.dry_run {
        deleted = delete(context, &targets, &mut failed)?;
    }
    let anything = !deleted.is_empty() || missing > 0 || (options.dry_run.dry_run && !targets.is_empty());
    let items = if options.dry_run.dry_run { &targets } else { &deleted };
    let items: Vec<_> = items.iter().map(deleted_as_json).collect();
    let document = json!({ "dry_run": options.dry_run.dry_run, "entries": items, "amount": amount });
    summary::finish(context, document, &failed, anything)
}

/// Deletes items that are still what was seen, and says how to restore them; answers with what is gone.
fn delete(
    context: &mut CommandContext,
    targets: &[Entry],
    failed: &mut Vec<CommandFailure>,
) -> Result<Vec<Entry>, CommandError> {
    delete_by(context, Edit::Delete(targets.to_vec()), targets, failed)
}

/// The same by an edit that deletes these items.
pub(super) fn delete_by(
    context: &mut CommandContext,
    edit: Edit,
    targets: &[Entry],
    failed: &mut Vec<CommandFailure>,
) -> Result<Vec<Entry>, CommandError> {
    let before = failed.len();
    let is_done = apply(context, edit, failed)?.is_some();
    let kept: HashSet<&str> = failed[before..].iter().filter_map(|failure| failure.path.as_deref()).collect();
    let deleted: Vec<Entry> = targets
        .iter()
        .filter(|entry| is_done && !kept.contains(entry.path.to_string().as_str()))
        .cloned()
        .collect();
    for entry in &deleted {
        let (path, restore) = (path_in_words(entry), restore_command(entry));
        context.output.info(&format!("deleted {path}; restore with: {restore}"))?;
    }
    Ok(deleted)
}

/// With the command that brings it back.
pub(super) fn deleted_as_json(entry: &Entry) -> Value {
    let mut item = as_json(entry);
    item["restore"] = restore_command(entry).into();
    item
}

fn deletable(
    context: &mut CommandContext,
    options: &RmArgs,
    path: &RemotePath,
) -> Result<Entry, CommandError> {
    let refusal = |title: String, detail: &str| -> CommandError {
        CommandFailure::new(FailureCode::Failed, title, detail).with_path(path).into()
    };
    if path.is_root() {
        return Err(refusal("The root folder can’t be deleted".into(), "Name the items in it."));
    }
    let entry = context.require_entry(path)?;
    if entry.is_folder() && !options.recursive {
        return Err(refusal(
            format!("{path} is a folder"),
            "Use -r to delete folders with all their contents.",
        ));
    }
    Ok(entry)
}

fn path_in_words(entry: &Entry) -> String {
    format!("{}{}", entry.path, if entry.is_folder() { "/" } else { "" })
}

/// The command that brings it back.
fn restore_command(entry: &Entry) -> String {
    let path = format::quoted(entry.path.as_str());
    match entry.file() {
        Some(file) => format!("coffer restore {path} --rev {}", &*file.rev.0),
        None => format!("coffer restore {path}"),
    }
}
