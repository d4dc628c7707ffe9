//! Moves items back and makes folders again, many in one call, in an order in which no step is in the way of another one.

use super::carried_out::{CarriedOut, ends_all};
use super::present_folders::PresentFolders;
use crate::edit::edit_records::{BringBackSteps, MoveStep};
use crate::edit::relocate::relocate_all;
use crate::edit::rename::change_case;
use crate::edit::{Editor, batch, failure};
use crate::error::{Classify, ServiceError};
use crate::problem::Subject;
use crate::progress::Meter;
use crate::{convert, problem};
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath};
use std::collections::HashSet;
use std::sync::Arc;

/// One that is still to be done.
enum StructureStep<'a> {
    Move { step: &'a MoveStep, from: RemotePath, to: RemotePath },
    Make(RemotePath),
}

impl StructureStep<'_> {
    fn to(&self) -> &RemotePath {
        match self {
            Self::Move { to, .. } | Self::Make(to) => to,
        }
    }

    /// The path that items in it have until then.
    fn moved_folder(&self) -> Option<&RemotePath> {
        match self {
            Self::Move { step, from, .. } if step.is_folder => Some(from),
            _ => None,
        }
    }

    /// Whether items come into it.
    fn is_folder(&self) -> bool {
        matches!(self, Self::Make(_)) || self.moved_folder().is_some()
    }
}

/// In rounds: what waits for nothing goes together.
pub(super) async fn restore_structure(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
    meter: Option<&Meter>,
) -> Result<(), Problem> {
    let mut pending: Vec<StructureStep<'_>> = steps
        .folders
        .iter()
        .map(|folder| StructureStep::Make(RemotePath::new(folder)))
        .chain(steps.moves.iter().map(|step| {
            let (from, to) = (RemotePath::new(&step.from), RemotePath::new(&step.to));
            StructureStep::Move { step, from, to }
        }))
        .collect();
    pending.sort_by(|one, other| one.to().cmp(other.to()));
    while !pending.is_empty() {
        if editor.job.cancel.is_cancelled() {
            carried_out.is_stopped = true;
            return Ok(());
        }
        let (ready, waiting) = ready(pending, present);
        pending = waiting;
        if ready.is_empty() {
            let refused = pending.iter().map(|step| {
                about(steps, step.to()).because(ProblemKind::Changed, "Another item has its name now.")
            });
            carried_out.failed.extend(refused);
            return Ok(());
        }
        let count = ready.len();
        take(editor, steps, ready, present, carried_out).await?;
        Meter::end_items(meter, count);
        // What was in a folder that has moved is at other paths now.
        let looked = present.catch_up(&editor.account.service).await;
        let target = RemotePath::new(&steps.target);
        looked.map_err(|error| problem::item(&target, "brought back").call(&error))?;
    }
    Ok(())
}

/// Those that can be done now: nothing is at their place, and the folders around them are back.
fn ready<'a>(
    pending: Vec<StructureStep<'a>>,
    present: &PresentFolders,
) -> (Vec<StructureStep<'a>>, Vec<StructureStep<'a>>) {
    let lower = |path: &RemotePath| Arc::clone(path.lower());
    let targets: HashSet<Arc<str>> =
        pending.iter().filter(|step| step.is_folder()).map(|step| lower(step.to())).collect();
    let moved: HashSet<Arc<str>> =
        pending.iter().filter(|step| step.moved_folder().is_some()).map(|step| lower(step.to())).collect();
    let sources: HashSet<Arc<str>> =
        pending.iter().filter_map(StructureStep::moved_folder).map(lower).collect();
    let is_inside = |path: &RemotePath, folders: &HashSet<Arc<str>>| {
        path.lineage().iter().any(|folder| folder != path && folders.contains(folder.lower()))
    };
    pending.into_iter().partition(|step| {
        let place = present.get(step.to());
        match step {
            // Together with the folders around it that are made as well: those come first in the call.
            StructureStep::Make(to) => place.is_none_or(Entry::is_folder) && !is_inside(to, &moved),
            StructureStep::Move { step, from, to } => {
                place.is_none_or(|entry| entry.id() == step.item_id)
                    && !is_inside(to, &targets)
                    && !is_inside(from, &sources)
            }
        }
    })
}

async fn take(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    ready: Vec<StructureStep<'_>>,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    let (mut folders, mut moves) = (Vec::new(), Vec::new());
    for step in ready {
        match step {
            StructureStep::Make(folder) => match present.get(&folder) {
                // An earlier run has made it.
                Some(entry) => carried_out.folders.push(entry.clone()),
                None => folders.push(folder),
            },
            StructureStep::Move { step, to, .. } => {
                let about = || about(steps, &to);
                let found = match present.find_by_id(&step.item_id) {
                    Some(entry) => Some(entry.clone()),
                    None => editor.find_by_id(&step.item_id).await.map_err(|error| about().call(&error))?,
                };
                match found {
                    None => carried_out
                        .failed
                        .push(about().because(ProblemKind::Changed, "It was deleted in the meantime.")),
                    Some(entry) if entry.path.as_str() == to.as_str() => {
                        carried_out.moved.push((entry, RemotePath::new(&step.before)));
                    }
                    Some(entry) if entry.path == to => match change_case(editor, &entry, &to).await {
                        Ok(now) => carried_out.moved.push((now, entry.path)),
                        Err(problem) if ends_all(&problem) => return Err(problem),
                        Err(problem) => carried_out.failed.push(problem),
                    },
                    Some(entry) => moves.push((entry, to)),
                }
            }
        }
    }
    make_folders(editor, folders, carried_out).await?;
    move_items(editor, steps, &moves, present, carried_out).await
}

async fn move_items(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    moves: &[(Entry, RemotePath)],
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    if moves.is_empty() {
        return Ok(());
    }
    let relocated = relocate_all(editor, Relocation::Move, moves, false).await;
    for ((entry, _), now) in relocated.done {
        present.add(now.clone());
        carried_out.moved.push((now, entry.path));
    }
    for folder in relocated.in_parts {
        carried_out.failed.extend(folder.incomplete);
        carried_out.moved.push((folder.now, folder.item.0.path));
    }
    carried_out.failed.extend(
        relocated
            .taken
            .iter()
            .map(|(_, to)| about(steps, to).because(ProblemKind::Changed, "Another item has its name now.")),
    );
    let is_cut_off = relocated.is_stopped && !editor.job.cancel.is_cancelled();
    let (ending, failed): (Vec<Problem>, Vec<Problem>) = relocated
        .failed
        .into_iter()
        .partition(|problem| ends_all(problem) || (is_cut_off && problem.path.is_none()));
    carried_out.failed.extend(failed);
    ending.into_iter().next().map_or(Ok(()), Err)
}

/// Folders that are made by an earlier run, or come with a file, are all the better.
async fn make_folders(
    editor: &Editor<'_>,
    folders: Vec<RemotePath>,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    let made = batch::create_folders(editor, &folders).await;
    let about = |error: &ServiceError| match &folders[..] {
        [folder] => failure(problem::item(folder, "brought back"), error),
        _ => failure(problem::general(format!("{} folders could not be made", folders.len())), error),
    };
    for (folder, result) in folders.iter().zip(made.map_err(|error| about(&error))?) {
        match result {
            Ok(metadata) => carried_out.folders.push(convert::entry(&metadata, folder.parent().as_ref())),
            Err(error) if error.kind() == ProblemKind::FolderExists => {}
            Err(error) => carried_out.failed.push(problem::item(folder, "brought back").entry(&error)),
        }
    }
    Ok(())
}

/// An item that comes to this place: back, or aside.
fn about(steps: &BringBackSteps, to: &RemotePath) -> Subject {
    let is_new = steps.aside.as_deref().is_some_and(|aside| RemotePath::new(aside).contains(to));
    problem::item(to, if is_new { "moved" } else { "brought back" })
}
