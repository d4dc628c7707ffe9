//! Restores files to what they were. What is as it is to be was done before, and what somebody has changed meanwhile is left alone
//! and named.

use super::carried_out::{CarriedOut, ends_all};
use super::present_folders::PresentFolders;
use crate::act::Act;
use crate::edit::edit_records::{BringBackSteps, FileStep};
use crate::edit::relocate::relocate_all;
use crate::edit::restore::restore_file;
use crate::edit::{Editor, is_unsure};
use crate::history::known_file;
use crate::problem;
use crate::progress::Meter;
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath, Rev};
use coffer_texts::tr;
use futures_util::{StreamExt, stream};
use std::collections::HashSet;

/// Files restored at once.
const AT_ONCE: usize = 8;
/// After so many files the service is asked what has changed meanwhile: one call more for a hundred.
const FILES_BETWEEN_LOOKS: usize = 200;

/// Copies what is elsewhere with the content of then, many files in one call. What can't be copied is restored after that.
pub(super) async fn copy_files(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
) -> Result<(), Problem> {
    let mut items = Vec::new();
    for step in &steps.files {
        let to = RemotePath::new(&step.path);
        if let Some(from) = &step.copied_from
            && present.get(&to).is_none()
        {
            items.push((known_file(RemotePath::new(from), "", Rev(step.rev.as_str().into())), to));
        }
    }
    if items.is_empty() || carried_out.is_stopped {
        return Ok(());
    }
    let copied = relocate_all(editor, Relocation::Copy, &items, false).await;
    for (_, now) in copied.done {
        present.add(now);
    }
    match copied.failed.into_iter().find(ends_all) {
        Some(problem) => Err(problem),
        None => Ok(()),
    }
}

pub(super) async fn restore_files(
    editor: &Editor<'_>,
    steps: &BringBackSteps,
    present: &mut PresentFolders,
    carried_out: &mut CarriedOut,
    meter: Option<&Meter>,
) -> Result<(), Problem> {
    let target = RemotePath::new(&steps.target);
    // Those that could not go back are told already.
    let refused: HashSet<RemotePath> = carried_out.failed.iter().filter_map(|it| it.path.clone()).collect();
    for (number, some) in steps.files.chunks(FILES_BETWEEN_LOOKS).enumerate() {
        if carried_out.is_stopped || editor.job.cancel.is_cancelled() {
            carried_out.is_stopped = true;
            return Ok(());
        }
        // The structure has looked just now.
        if number > 0 {
            let looked = present.catch_up(&editor.service()).await;
            looked.map_err(|error| problem::item(&target, Act::BringBack).call(&error))?;
        }
        let mut wanted = Vec::new();
        for step in some {
            let path = RemotePath::new(&step.path);
            if refused.contains(&path) {
                continue;
            }
            match check_place(step, &path, present.get(&path)) {
                Ok(None) => wanted.push((step.clone(), path)),
                Ok(Some(entry)) => carried_out.add_file(step, entry),
                Err(problem) => carried_out.failed.push(problem),
            }
        }
        let taken = some.len() - wanted.len();
        Meter::end_items(meter, taken);
        let mut results = stream::iter(wanted)
            .map(|(step, path)| async move {
                if editor.job.cancel.is_cancelled() {
                    return (step, None);
                }
                let restored = restore(editor, &step, &path).await;
                (step, Some(restored))
            })
            .buffer_unordered(AT_ONCE);
        while let Some((step, result)) = results.next().await {
            match result {
                Some(Ok(entry)) => {
                    if let (Some(file), Some(replaced)) = (entry.file(), &step.replaced) {
                        let copies = &editor.worker.working_copies;
                        copies
                            .follow_undo(&editor.account.choice, file, &Rev(replaced.as_str().into()))
                            .await;
                    }
                    present.add(entry.clone());
                    carried_out.add_file(&step, entry);
                }
                Some(Err(problem)) if editor.gave_up(problem.kind) => {
                    carried_out.is_stopped = true;
                    continue;
                }
                Some(Err(problem)) if ends_all(&problem) => return Err(problem),
                Some(Err(problem)) => {
                    carried_out.is_stopped |= problem.kind == ProblemKind::AccountFull;
                    carried_out.failed.push(problem);
                }
                None => {
                    carried_out.is_stopped = true;
                    continue;
                }
            }
            Meter::end_items(meter, 1);
        }
    }
    Ok(())
}

/// The file, if it is there as it is to be; nothing if it may be restored; and otherwise why not.
fn check_place(step: &FileStep, path: &RemotePath, now: Option<&Entry>) -> Result<Option<Entry>, Problem> {
    let refuse = |detail| Err(problem::item(path, Act::BringBack).because(ProblemKind::Changed, detail));
    let Some(entry) = now else {
        return match &step.replaced {
            None => Ok(None),
            Some(_) => refuse(tr!("why-deleted-or-moved")),
        };
    };
    let rev = entry.file().map(|file| &*file.rev.0);
    if rev.is_some() && rev == step.replaced.as_deref() {
        return Ok(None);
    }
    if is_content_of(step, entry) {
        return Ok(Some(entry.clone()));
    }
    // The file that was copied had been changed just before.
    if step.copied_from.is_some() && step.replaced.is_none() && entry.file().is_some() {
        return Ok(None);
    }
    refuse(match step.replaced {
        None => tr!("why-name-taken-now"),
        Some(_) => tr!("why-left-as-it-is"),
    })
}

pub(super) fn is_content_of(step: &FileStep, entry: &Entry) -> bool {
    let content_hash = entry.file().and_then(|file| file.content_hash.as_deref());
    content_hash.is_some() && content_hash == step.content_hash.as_deref()
}

async fn restore(editor: &Editor<'_>, step: &FileStep, path: &RemotePath) -> Result<Entry, Problem> {
    match restore_file(editor, path, &Rev(step.rev.as_str().into())).await {
        Ok(entry) => Ok(entry),
        Err(error) => {
            if is_unsure(&error)
                && let Ok(Some(entry)) = editor.find_entry(path).await
                && is_content_of(step, &entry)
            {
                // The answer was lost, but the file is back.
                return Ok(entry);
            }
            Err(problem::item(path, Act::BringBack).call(&error))
        }
    }
}
