//! Gives files the versions that they had before, each provided that it is still at the one that the edit has given it.

use super::Undone;
use crate::edit::Editor;
use crate::edit::existing::ExistingItems;
use crate::edit::restore::{AT_ONCE, FILES_BETWEEN_LOOKS, rewind_from};
use crate::history::{Inverse, Rewind};
use crate::progress::Meter;
use coffer_model::{Entry, RemotePath};
use futures_util::{StreamExt, stream};

/// There is no batch for it, so files are restored one by one, several at a time. What they are now is asked for together.
pub(super) async fn rewind_all(
    editor: &Editor<'_>,
    mut rewinds: Vec<Rewind>,
    meter: Option<&Meter>,
) -> Undone {
    rewinds.sort_by(|one, other| one.path.cmp(&other.path));
    let mut existing = ExistingItems::new(editor, rewinds.iter().map(|rewind| &rewind.path));
    let (mut undone, mut redo, mut left) = (Undone::default(), Vec::new(), Vec::new());
    let mut is_cut_off = false;
    for part in rewinds.chunks(FILES_BETWEEN_LOOKS) {
        let paths: Vec<RemotePath> = part.iter().map(|rewind| rewind.path.clone()).collect();
        let now = if is_cut_off { None } else { existing.find(&paths).await.ok() };
        let Some(now) = now else {
            left.extend_from_slice(part);
            continue;
        };
        let mut results = stream::iter(part.iter().cloned().zip(now))
            .map(|(step, now)| async move {
                if editor.job.cancel.is_cancelled() {
                    return (None, step);
                }
                let rewound = rewind_from(editor, &step.path, &step.rev, Some(&step.current), now).await;
                (Some(rewound), step)
            })
            .buffer_unordered(AT_ONCE);
        while let Some((result, step)) = results.next().await {
            match result {
                Some(Ok(entry)) => {
                    redo.extend(follow(editor, &step, &entry).await);
                    undone.done.entries.push(entry);
                }
                Some(Err(problem)) => {
                    is_cut_off |= problem.kind.ends_transfer();
                    undone.done.failed.push(problem);
                    left.push(step);
                }
                None => left.push(step),
            }
            Meter::end_items(meter, 1);
        }
    }
    if !redo.is_empty() {
        undone.done.undo.push(Inverse::Rewind(redo));
    }
    if !left.is_empty() {
        undone.left.push(Inverse::Rewind(left));
    }
    undone
}

/// Tells the working copy of the file, and how it is done again.
async fn follow(editor: &Editor<'_>, step: &Rewind, entry: &Entry) -> Option<Rewind> {
    let file = entry.file()?;
    let copies = &editor.worker.working_copies;
    copies.follow_undo(&editor.account.choice, file, &step.current).await;
    Some(Rewind { path: step.path.clone(), current: file.rev.clone(), rev: step.current.clone() })
}
