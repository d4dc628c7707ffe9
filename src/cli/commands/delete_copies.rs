//! Equal files; which of them stay, by a rule of the person, and the deletion of the others.

use super::{edit, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::{DupesArgs, KeepRule};
use crate::cli::output::Output;
use crate::cli::target::remote;
use coffer_model::{DuplicateGroup, Entry, IndexStatus, Job, Receipt, RemotePath, Rev};
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

    fn files_to_delete(&self) -> impl Iterator<Item = &Entry> {
        self.all.files.iter().filter(|file| self.is_deleted(file))
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

/// Without a rule nothing is deleted; by [`KeepRule::In`] nothing of a group that has no file in the folder.
pub(super) fn plan(groups: Vec<DuplicateGroup>, rule: Option<&KeepRule>) -> Vec<PlannedGroup> {
    groups
        .into_iter()
        .map(|all| {
            let kept = rule.map(|rule| kept(&all, rule)).filter(|kept| !kept.is_empty());
            let deleted = kept.map(|kept| {
                let others = all.files.iter().filter(|file| !kept.contains(&&file.path));
                others.map(|file| file.path.clone()).collect()
            });
            PlannedGroup { deleted: deleted.unwrap_or_default(), all }
        })
        .collect()
}

fn kept<'a>(group: &'a DuplicateGroup, rule: &KeepRule) -> Vec<&'a RemotePath> {
    let modified = |file: &&Entry| file.file().map(|file| file.client_modified);
    let files = group.files.iter();
    match rule {
        KeepRule::Newest => files.max_by_key(modified).map(|file| &file.path).into_iter().collect(),
        KeepRule::Oldest => files.min_by_key(modified).map(|file| &file.path).into_iter().collect(),
        KeepRule::ShortestPath => files
            .map(|file| &file.path)
            .min_by_key(|path| (path.as_str().chars().count(), *path))
            .into_iter()
            .collect(),
        KeepRule::In(folder) => {
            let folder = remote(folder);
            files.map(|file| &file.path).filter(|path| folder.contains(path)).collect()
        }
    }
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
    let mut files: Vec<Entry> = plan.iter().flat_map(PlannedGroup::files_to_delete).cloned().collect();
    if files.is_empty() {
        context.output.info("Nothing to delete")?;
        return Ok(Vec::new());
    }
    if !options.yes {
        ask(context, plan)?;
        // The account may have changed while the person was thinking: of what they agreed to, only what still has a copy
        // goes.
        let (groups, _) = find(context, options)?;
        let plan = self::plan(groups, options.keep.as_ref());
        let still: HashSet<(&RemotePath, Option<&Rev>)> =
            plan.iter().flat_map(PlannedGroup::files_to_delete).map(version).collect();
        files.retain(|file| still.contains(&version(file)));
    }
    let deleted = edit::delete(context, &files, failed)?;
    Ok(deleted.iter().map(edit::deleted_as_json).collect())
}

fn version(file: &Entry) -> (&RemotePath, Option<&Rev>) {
    (&file.path, file.file().map(|file| &file.rev))
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

#[cfg(test)]
mod tests {
    use super::{PlannedGroup, extent, plan};
    use crate::cli::options::KeepRule;
    use coffer_model::entry::{ContentAccess, File};
    use coffer_model::{DuplicateGroup, Entry, EntryKind, RemotePath, Rev};
    use jiff::Timestamp;

    fn group(files: &[(&str, i64)]) -> DuplicateGroup {
        let entry = |(path, seconds): &(&str, i64)| {
            let moment = Timestamp::from_second(*seconds).unwrap();
            let file = File {
                id: (*path).into(),
                rev: Rev("0".into()),
                size_bytes: 10,
                client_modified: moment,
                server_modified: moment,
                content_hash: None,
                access: ContentAccess::Download,
            };
            Entry::new(RemotePath::new(path), EntryKind::File(file))
        };
        DuplicateGroup { files: files.iter().map(entry).collect(), size_bytes: 10 }
    }

    fn deleted(rule: Option<&KeepRule>) -> Vec<String> {
        let files = [("/Photos/a copy.jpg", 1), ("/b.jpg", 2), ("/Photos/2026/a.jpg", 3)];
        let plan = plan(vec![group(&files), group(&[("/x", 1), ("/y", 1)])], rule);
        let deleted: Vec<String> =
            plan.iter().flat_map(PlannedGroup::files_to_delete).map(|file| file.path.to_string()).collect();
        assert_eq!(extent(&plan), (deleted.len() as u64, 10 * deleted.len() as u64));
        deleted
    }

    #[test]
    fn each_rule_keeps_at_least_one_of_each_group() {
        assert_eq!(deleted(None), [""; 0]);
        assert_eq!(deleted(Some(&KeepRule::Newest)), ["/Photos/a copy.jpg", "/b.jpg", "/x"]);
        assert_eq!(deleted(Some(&KeepRule::Oldest)), ["/b.jpg", "/Photos/2026/a.jpg", "/y"]);
        assert_eq!(
            deleted(Some(&KeepRule::ShortestPath)),
            ["/Photos/a copy.jpg", "/Photos/2026/a.jpg", "/y"]
        );
        assert_eq!(deleted(Some(&KeepRule::In("photos".to_owned()))), ["/b.jpg"]);
        assert_eq!(deleted(Some(&KeepRule::In("/Photo".to_owned()))), [""; 0]);
    }
}
