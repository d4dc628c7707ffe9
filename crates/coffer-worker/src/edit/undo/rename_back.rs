//! Gives items their old names again that were renamed together, each provided that it is still where the edit has put it.

use super::Undone;
use crate::context::JobError;
use crate::edit::existing::existing;
use crate::edit::relocate::move_items;
use crate::edit::relocation_item::{Item, about_move};
use crate::edit::{Done, Editor};
use crate::history::Inverse;
use coffer_model::{ProblemKind, RemotePath};
use coffer_texts::tr;
use std::collections::HashSet;

pub(super) async fn rename_back(editor: &Editor<'_>, items: Vec<Item>) -> Undone {
    let paths: Vec<RemotePath> = items.iter().map(|(entry, _)| entry.path.clone()).collect();
    let found = match existing(editor, &paths).await {
        Ok(found) => found,
        Err(error) => return Undone::whole(Err(error), Inverse::RenameBack(items)),
    };
    let mut refused = Vec::new();
    let mut ready = Vec::new();
    for (item, now) in items.iter().zip(found) {
        let about = || about_move(&item.0, &item.1);
        match now {
            Ok(now) if now.as_ref().is_some_and(|now| now.id() == item.0.id()) => ready.push(item.clone()),
            Ok(_) => {
                let detail = tr!("why-moved-or-replaced");
                refused.push(about().because(ProblemKind::Changed, detail));
            }
            Err(error) => refused.push(about().call(&error)),
        }
    }
    let mut undone = Undone::default();
    match move_items(editor, ready).await {
        Ok(done) => undone.done = done,
        Err(JobError::Failed(problem)) => undone.done = Done { failed: vec![problem], ..Done::default() },
        Err(JobError::Cancelled) => {}
    }
    undone.done.failed.extend(refused);
    let back: HashSet<RemotePath> =
        undone.done.undo.iter().flat_map(Inverse::moves).map(|(_, before)| before).collect();
    let left: Vec<Item> = items.into_iter().filter(|(entry, _)| !back.contains(&entry.path)).collect();
    if !left.is_empty() {
        undone.left.push(Inverse::RenameBack(left));
    }
    undone
}
