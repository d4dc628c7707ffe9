//! Equal files, and the deletion of those that do not stay by a rule of the person.

use super::{edit, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::DupesArgs;
use crate::cli::output::Output;
use crate::cli::target::remote;
use coffer_model::keep_rule::KeepRule;
use coffer_model::{CopiesToDelete, DuplicateGroup, Edit, Entry, IndexStatus, Job, Receipt, RemotePath};
use serde_json::Value;
use std::collections::HashSet;
use std::io::{self, IsTerminal};

/// Equal files, and which of them are to be deleted. At least one stays.
pub(super) struct PlannedGroup {
    pub all: DuplicateGroup,
    deleted: HashSet<RemotePath>,
}

impl PlannedGroup {
    pub(super) fn is_deleted(&self, file: &Entry) -> bool {
        self.deleted.contains(&file.path)
    }

    /// `None` where all of them stay.
    fn to_delete(&self) -> Option<CopiesToDelete> {
        let files = self.all.files.iter().cloned();
        let (deleted, kept): (Vec<_>, _) = files.partition(|file| self.is_deleted(file));
        (!deleted.is_empty()).then_some(CopiesToDelete { deleted, kept })
    }
}

/// The groups, as they are now.
pub(super) fn find(
    context: &mut CommandContext,
    options: &DupesArgs,
) -> Result<(Vec<DuplicateGroup>, IndexStatus), CommandError> {
    let below = options.path.as_deref().map(remote).unwrap_or_default();
    let (groups, status) = known::ask(context, options.offline.offline, |context| {
        known::require_folder(context, &below)?;
        match context.worker.run(Job::FindDuplicates { below: below.clone() })? {
            Receipt::Duplicates(groups) => Ok(groups),
            _ => Err(CommandError::Interrupted(0)),
        }
    })?;
    let least = options.min_size.unwrap_or(0);
    let groups = groups.iter().filter(|group| group.size_bytes >= least).cloned().collect();
    Ok((groups, status))
}

/// Without a rule nothing is deleted.
pub(super) fn plan(groups: Vec<DuplicateGroup>, rule: Option<&KeepRule>) -> Vec<PlannedGroup> {
    groups
        .into_iter()
        .map(|all| {
            let chosen = rule.map(|rule| rule.chosen(&all)).unwrap_or_default();
            let deleted = chosen.into_iter().map(|place| all.files[place].path.clone()).collect();
            PlannedGroup { all, deleted }
        })
        .collect()
}

/// How many files the plan deletes, and how many bytes.
pub(super) fn extent(plan: &[PlannedGroup]) -> (u64, u64) {
    let files = plan.iter().map(|group| group.deleted.len() as u64).sum();
    let bytes = plan.iter().map(|group| group.deleted.len() as u64 * group.all.size_bytes).sum();
    (files, bytes)
}

/// Deletes what the plan says, after a question; answers with what is gone, as JSON.
pub(super) fn run(
    context: &mut CommandContext,
    options: &DupesArgs,
    plan: &[PlannedGroup],
    failed: &mut Vec<CommandFailure>,
) -> Result<Vec<Value>, CommandError> {
    let groups: Vec<CopiesToDelete> = plan.iter().filter_map(PlannedGroup::to_delete).collect();
    if groups.is_empty() {
        context.output.info("Nothing to delete")?;
        return Ok(Vec::new());
    }
    if !options.yes {
        ask(context, plan)?;
    }
    let files: Vec<Entry> = groups.iter().flat_map(|group| &group.deleted).cloned().collect();
    let deleted = edit::delete_by(context, Edit::DeleteCopies(groups), &files, failed)?;
    Ok(deleted.iter().map(edit::deleted_as_json).collect())
}

fn ask(context: &mut CommandContext, plan: &[PlannedGroup]) -> Result<(), CommandError> {
    let (files, bytes) = extent(plan);
    let what = format!("{} ({})", format::files(files), format::size(bytes));
    let output = &context.output;
    if output.json || !output.error_is_terminal || !io::stdin().is_terminal() {
        let detail = "Nobody can be asked whether to delete them, so --yes is needed. Nothing was deleted.";
        return Err(CommandFailure::usage(format!("{what} would be deleted"), detail).into());
    }
    Output::prompt(&format!("Delete {what}? They can be restored. [y/N] "));
    let line = context.worker.run_blocking(|| {
        let mut line = String::new();
        io::stdin().read_line(&mut line).map(|_| line)
    })?;
    let line = line.map_err(|error| CommandFailure::from_io("Your answer could not be read", &error))?;
    if ["y", "yes"].contains(&line.trim().to_lowercase().as_str()) {
        return Ok(());
    }
    Err(CommandFailure::new(FailureCode::Conflict, "Cancelled", "Nothing was deleted.").into())
}
