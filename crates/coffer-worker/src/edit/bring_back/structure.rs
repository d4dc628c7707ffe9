//! Moves items back and makes folders again, many in one call, in an order in which no step is in the way of another one.

use super::carried_out::{CarriedOut, ends_all};
use super::present_folders::PresentFolders;
use crate::act::Act;
use crate::edit::edit_records::{BringBackRecord, BringBackSteps, MoveStep, TemporaryPlace};
use crate::edit::relocate::relocate_all;
use crate::edit::relocation_item::Item;
use crate::edit::rename::change_case;
use crate::edit::stored_record::StoredRecord;
use crate::edit::{Editor, batch, failure};
use crate::error::{Classify, ServiceError};
use crate::problem::Subject;
use crate::progress::Meter;
use crate::{convert, problem};
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath};
use coffer_texts::tr;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// One that is still to be done.
enum StructureStep {
    Move(PendingMove),
    Make(RemotePath),
}

struct PendingMove {
    /// Its number among the moves.
    number: usize,
    item_id: String,
    is_folder: bool,
    from: RemotePath,
    before: RemotePath,
    to: RemotePath,
    /// It is at its temporary place.
    is_on_its_way: bool,
}

impl PendingMove {
    fn new((number, step): (usize, &MoveStep)) -> Self {
        Self {
            number,
            item_id: step.item_id.clone(),
            is_folder: step.is_folder,
            from: RemotePath::new(&step.from),
            before: RemotePath::new(&step.before),
            to: RemotePath::new(&step.to),
            is_on_its_way: false,
        }
    }
}

impl StructureStep {
    fn to(&self) -> &RemotePath {
        match self {
            Self::Move(step) => &step.to,
            Self::Make(to) => to,
        }
    }

    fn item_id(&self) -> Option<&str> {
        match self {
            Self::Move(step) => Some(&step.item_id),
            Self::Make(_) => None,
        }
    }

    /// The path that items in it have until then.
    fn moved_folder(&self) -> Option<&RemotePath> {
        match self {
            Self::Move(step) if step.is_folder => Some(&step.from),
            _ => None,
        }
    }

    /// Whether items come into it.
    fn is_folder(&self) -> bool {
        matches!(self, Self::Make(_)) || self.moved_folder().is_some()
    }
}

/// In rounds: what waits for nothing goes together. Where all that is left waits for each other, one item goes to a temporary
/// place first. After a stop the same steps are taken in the same order, so that the undo knows it.
pub(super) async fn restore_structure(
    editor: &Editor<'_>,
    stored: &mut StoredRecord<BringBackRecord>,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
    meter: Option<&Meter>,
) -> Result<(), Problem> {
    let steps = &stored.record.steps;
    let moves = steps.moves.iter().enumerate().map(PendingMove::new).map(StructureStep::Move);
    let mut pending: Vec<StructureStep> = steps
        .folders
        .iter()
        .map(|folder| StructureStep::Make(RemotePath::new(folder)))
        .chain(moves)
        .collect();
    pending.sort_by(|one, other| one.to().cmp(other.to()));
    let target = RemotePath::new(&steps.target);
    while !pending.is_empty() {
        if editor.job.cancel.is_cancelled() {
            carried_out.is_stopped = true;
            return Ok(());
        }
        let (ready, waiting) = ready(pending, present);
        pending = waiting;
        let count = pending.len() + ready.len();
        if !ready.is_empty() {
            take(editor, &stored.record.steps, ready, present, carried_out).await?;
        } else if let Some(number) = first_on_its_way(&pending, present) {
            if let StructureStep::Move(mut step) = pending.remove(number)
                && move_out_of_the_way(editor, stored, &mut step, present, carried_out).await?
            {
                pending.insert(number, StructureStep::Move(step));
            }
        } else {
            let (refused, waiting) = blocked(pending, present);
            pending = waiting;
            refuse(editor, &stored.record.steps, refused, present, carried_out).await?;
        }
        Meter::end_items(meter, count - pending.len());
        // What was in a folder that has moved is at other paths now.
        let looked = present.catch_up(&editor.service()).await;
        looked.map_err(|error| problem::item(&target, Act::BringBack).call(&error))?;
    }
    Ok(())
}

/// Those that can be done now: nothing is at their place, and the folders around them are back.
fn ready(pending: Vec<StructureStep>, present: &PresentFolders) -> (Vec<StructureStep>, Vec<StructureStep>) {
    let lower = |path: &RemotePath| Arc::clone(path.lower());
    let targets: HashSet<Arc<str>> =
        pending.iter().filter(|step| step.is_folder()).map(|step| lower(step.to())).collect();
    let moved: HashSet<Arc<str>> =
        pending.iter().filter(|step| step.moved_folder().is_some()).map(|step| lower(step.to())).collect();
    let sources: HashSet<Arc<str>> =
        pending.iter().filter_map(StructureStep::moved_folder).map(lower).collect();
    let ids: HashSet<String> = pending.iter().filter_map(StructureStep::item_id).map(str::to_owned).collect();
    // Items that have a place until they are moved. One that was moved before a stop keeps others waiting all the same.
    let mut left: HashMap<Arc<str>, Vec<usize>> = HashMap::new();
    for step in &pending {
        if let StructureStep::Move(step) = step {
            left.entry(lower(&step.before)).or_default().push(step.number);
        }
    }
    let is_inside = |path: &RemotePath, folders: &HashSet<Arc<str>>| {
        path.lineage().iter().any(|folder| folder != path && folders.contains(folder.lower()))
    };
    let mut not_made: HashSet<Arc<str>> = HashSet::new();
    // A folder comes before those in it.
    pending.into_iter().partition(|step| {
        let place = present.get(step.to());
        let left = left.get(step.to().lower()).map(Vec::as_slice).unwrap_or_default();
        match step {
            // Together with the folders around it that are made as well: those come first in the call.
            StructureStep::Make(to) => {
                let is_ready = place.is_none_or(|entry| entry.is_folder() && !ids.contains(entry.id()))
                    && left.is_empty()
                    && !is_inside(to, &moved)
                    && !is_inside(to, &not_made);
                if !is_ready {
                    not_made.insert(lower(to));
                }
                is_ready
            }
            StructureStep::Move(step) => {
                place.is_none_or(|entry| entry.id() == step.item_id)
                    && left.iter().all(|number| *number == step.number)
                    && !is_inside(&step.to, &targets)
                    && !is_inside(&step.from, &sources)
            }
        }
    })
}

/// The one of those that wait for each other which goes to a temporary place: the innermost, as that takes no other one along.
fn first_on_its_way(pending: &[StructureStep], present: &PresentFolders) -> Option<usize> {
    let ids: HashSet<&str> = pending.iter().filter_map(StructureStep::item_id).collect();
    let may_go = |step: &PendingMove| {
        !step.is_on_its_way && present.get(&step.to).is_none_or(|entry| ids.contains(entry.id()))
    };
    let steps = pending.iter().enumerate().filter_map(|(number, step)| match step {
        StructureStep::Move(step) if may_go(step) => Some((number, step)),
        _ => None,
    });
    let innermost = steps.min_by_key(|(number, step)| (Reverse(step.from.lineage().len()), *number));
    innermost.map(|(number, _)| number)
}

/// Moves an item to a temporary place, which is on disk before. Answers whether it is there.
async fn move_out_of_the_way(
    editor: &Editor<'_>,
    stored: &mut StoredRecord<BringBackRecord>,
    step: &mut PendingMove,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<bool, Problem> {
    let steps = &stored.record.steps;
    let about = || about(steps, &step.to);
    let Some(entry) = find(editor, steps, step, present).await? else {
        carried_out.failed.push(about().because(ProblemKind::Changed, tr!("why-deleted-meanwhile")));
        return Ok(false);
    };
    let known = steps.moves[step.number].temporary.clone();
    let (from, temporary) = if let Some(known) = &known {
        (RemotePath::new(&known.from), RemotePath::new(&known.path))
    } else {
        let name = format!("{}.bringing-back-{:06x}", step.to.name(), fastrand::u32(..0x0100_0000));
        (entry.path.clone(), RemotePath::new(&steps.target).join(&name))
    };
    if known.is_none() {
        let mut record = stored.record.clone();
        record.steps.moves[step.number].temporary =
            Some(TemporaryPlace { from: from.to_string(), path: temporary.to_string() });
        stored
            .replace(record)
            .await
            .map_err(|error| problem::item(&step.to, Act::BringBack).local(&error))?;
    }
    if entry.path == temporary || entry.path == step.to {
        // An earlier run has moved it.
        carried_out.moved.push((Entry::new(temporary.clone(), entry.kind), from));
    } else {
        let moved = carried_out.moved.len();
        let item = (entry, temporary.clone());
        move_items(editor, &stored.record.steps, &[item], present, carried_out).await?;
        if carried_out.moved.len() == moved {
            return Ok(false);
        }
    }
    (step.from, step.before, step.is_on_its_way) = (temporary.clone(), temporary, true);
    Ok(true)
}

/// Those that can never be done, as something is at their place that stays, with all that was to come into them. Where nothing is
/// in the way of any, all of them.
fn blocked(
    pending: Vec<StructureStep>,
    present: &PresentFolders,
) -> (Vec<StructureStep>, Vec<StructureStep>) {
    let ids: HashSet<String> = pending.iter().filter_map(StructureStep::item_id).map(str::to_owned).collect();
    let is_blocked = |step: &StructureStep| {
        let place = present.get(step.to());
        place.is_some_and(|entry| match step {
            StructureStep::Make(_) => !entry.is_folder(),
            StructureStep::Move(step) => entry.id() != step.item_id && !ids.contains(entry.id()),
        })
    };
    let places: Vec<RemotePath> =
        pending.iter().filter(|step| is_blocked(step)).map(|step| step.to().clone()).collect();
    pending
        .into_iter()
        .partition(|step| places.is_empty() || places.iter().any(|place| place.contains(step.to())))
}

/// Names those that can't be done. One at its temporary place goes back.
async fn refuse(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    refused: Vec<StructureStep>,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    let mut back = Vec::new();
    for step in refused {
        let problem = about(steps, step.to()).because(ProblemKind::Changed, tr!("why-name-taken-now"));
        carried_out.failed.push(problem);
        if let StructureStep::Move(step) = step
            && step.is_on_its_way
            && let Some(from) = &steps.moves[step.number].temporary
            && let Some(entry) = find(editor, steps, &step, present).await?
        {
            back.push((entry, RemotePath::new(&from.from)));
        }
    }
    move_items(editor, steps, &back, present, carried_out).await
}

async fn find(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    step: &PendingMove,
    present: &PresentFolders,
) -> Result<Option<Entry>, Problem> {
    if let Some(entry) = present.find_by_id(&step.item_id) {
        return Ok(Some(entry.clone()));
    }
    let found = editor.find_by_id(&step.item_id).await;
    found.map_err(|error| about(steps, &step.to).call(&error))
}

async fn take(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    ready: Vec<StructureStep>,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    let (mut folders, mut moves) = (Vec::new(), Vec::new());
    for step in ready {
        match step {
            StructureStep::Make(folder) => match present.get(&folder) {
                // An earlier run has made it.
                Some(entry) => carried_out.add_folder(entry.clone()),
                None => folders.push(folder),
            },
            StructureStep::Move(step) => match find(editor, steps, &step, present).await? {
                None => carried_out
                    .failed
                    .push(about(steps, &step.to).because(ProblemKind::Changed, tr!("why-deleted-meanwhile"))),
                Some(entry) if entry.path.as_str() == step.to.as_str() => {
                    carried_out.moved.push((entry, step.before));
                }
                Some(entry) if entry.path == step.to => match change_case(editor, &entry, &step.to).await {
                    Ok(now) => carried_out.moved.push((now, entry.path)),
                    Err(problem) if ends_all(&problem) => return Err(problem),
                    Err(problem) => carried_out.failed.push(problem),
                },
                Some(entry) => moves.push((entry, step.to)),
            },
        }
    }
    make_folders(editor, folders, carried_out).await?;
    move_items(editor, steps, &moves, present, carried_out).await
}

async fn move_items(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    moves: &[Item],
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
            .map(|(_, to)| about(steps, to).because(ProblemKind::Changed, tr!("why-name-taken-now"))),
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
    let (made, ended_by) = batch::create_folders(editor, &folders).await;
    let rest = folders.get(made.len()..).unwrap_or_default();
    let about = |error: &ServiceError| match rest {
        [folder] => failure(problem::item(folder, Act::BringBack), error),
        _ => failure(problem::general(tr!("could-not-make-folders", count = rest.len())), error),
    };
    for (folder, result) in folders.iter().zip(made) {
        match result {
            Ok(metadata) => carried_out.add_folder(convert::entry(&metadata, folder.parent().as_ref())),
            Err(error) if error.kind() == ProblemKind::FolderExists => {}
            Err(error) => carried_out.failed.push(problem::item(folder, Act::BringBack).entry(&error)),
        }
    }
    match ended_by {
        Some(error) if editor.gave_up(error.kind()) => {
            carried_out.is_stopped = true;
            Ok(())
        }
        Some(error) => Err(about(&error)),
        None => Ok(()),
    }
}

/// An item that comes to this place: back, or aside.
fn about(steps: &BringBackSteps, to: &RemotePath) -> Subject {
    let is_new = steps.aside.as_deref().is_some_and(|aside| RemotePath::new(aside).contains(to));
    problem::item(to, if is_new { Act::Move } else { Act::BringBack })
}
