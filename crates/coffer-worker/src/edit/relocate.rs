//! Moving, renaming and copying.

use super::delete::topmost;
use super::existing::existing;
use super::relocate_calls::{Relocated, relocate_each};
use super::relocate_parts::{begin, go_on};
use super::relocation_item::Item;
use super::rename::change_case;
use super::rename_together::{self, Aside};
use super::split_folder::SplitFolders;
use super::subtree::add_subtree;
use super::{Done, Editor, conflicts};
use crate::context::JobError;
use crate::history::{Inverse, MadeItems};
use coffer_model::{Entry, Relocation, RemotePath};
use std::collections::HashSet;
use std::sync::Arc;

/// An item whose name is taken in another folder becomes a conflict. Items may get the names that others of them give up.
pub(crate) async fn move_items(editor: &Editor<'_>, items: Vec<Item>) -> Result<Done, JobError> {
    let items = items.into_iter().filter(|(entry, to)| entry.path.as_str() != to.as_str()).collect();
    let (mut in_the_way, direct) = rename_together::split(items);
    let mut done = Done::default();
    // The service takes a change of case for no change at all, so it goes through another name.
    if let [(entry, to)] = in_the_way.as_slice()
        && entry.path == *to
    {
        editor.job.check_wanted()?;
        match change_case(editor, entry, to).await {
            Ok(now) => {
                done.entries.push(now.clone());
                done.undo.push(Inverse::MoveBack(vec![(now, entry.path.clone())]));
            }
            Err(problem) => done.failed.push(problem),
        }
        in_the_way.clear();
    }
    let aside = if in_the_way.is_empty() {
        None
    } else {
        editor.job.check_wanted()?;
        match Aside::begin(editor, in_the_way).await {
            Ok(aside) => Some(aside),
            Err(stopped) => return Ok(stopped),
        }
    };
    let direct = without_nested(direct);
    let relocated = relocate_all(editor, Relocation::Move, &direct, false).await;
    let (taken, others) = relocated.into_done(editor, Relocation::Move).await;
    done.add(others);
    if let Some(aside) = aside {
        let Done { entries, undo, failed, .. } = aside.end(editor).await;
        done.entries.extend(entries);
        // The others go back first: their old names are free.
        done.undo.extend(undo);
        done.failed.extend(failed);
    }
    done.add(conflicts::find(editor, Relocation::Move, taken).await);
    Ok(done)
}

/// An item whose name is taken in another folder becomes a conflict; a copy beside its original gets a number.
pub(crate) async fn copy_items(editor: &Editor<'_>, items: Vec<Item>) -> Result<Done, JobError> {
    let (beside, others): (Vec<Item>, Vec<Item>) =
        items.into_iter().partition(|(entry, to)| entry.path == *to);
    // It needs another name from the start. What the service makes of a taken one is "a (1) (1)".
    let beside = with_free_numbers(editor, beside).await;
    let mut done = Done::default();
    for (items, autorename) in [(beside, true), (others, false)] {
        let relocated = relocate_all(editor, Relocation::Copy, &items, autorename).await;
        let (taken, copied) = relocated.into_done(editor, Relocation::Copy).await;
        done.add(copied);
        done.add(conflicts::find(editor, Relocation::Copy, taken).await);
    }
    Ok(done)
}

/// Gives each item the first number that is free beside it, or the last that was tried.
async fn with_free_numbers(editor: &Editor<'_>, items: Vec<Item>) -> Vec<Item> {
    const MOST_NUMBERS: u32 = 100;
    let mut numbers = vec![1; items.len()];
    let target = |(_, to): &Item, number: u32| numbered(to, number);
    let mut open: Vec<usize> = (0..items.len()).collect();
    let mut taken: HashSet<RemotePath> = HashSet::new();
    while !open.is_empty() {
        let paths: Vec<RemotePath> = open.iter().map(|&at| target(&items[at], numbers[at])).collect();
        // Where that can't be found out the service gives a number.
        let Ok(found) = existing(editor, &paths).await else { break };
        let states = open.iter().zip(paths).zip(found);
        let is_taken = |path: &RemotePath, taken: &mut HashSet<RemotePath>| !taken.insert(path.clone());
        open = states
            .filter(|((_, path), found)| matches!(found, Ok(Some(_))) || is_taken(path, &mut taken))
            .map(|((at, _), _)| *at)
            .filter(|at| numbers[*at] < MOST_NUMBERS)
            .collect();
        for at in &open {
            numbers[*at] += 1;
        }
    }
    let numbered = items.into_iter().zip(numbers);
    numbered.map(|(item, number)| (item.0.clone(), target(&item, number))).collect()
}

impl Relocated {
    /// What was done, with its inverse; and what was not, because names are taken.
    pub(super) async fn into_done(self, editor: &Editor<'_>, kind: Relocation) -> (Vec<Item>, Done) {
        let mut done = Done { failed: self.failed, left: self.left, ..Done::default() };
        done.entries = self.done.iter().map(|(_, now)| now.clone()).collect();
        let mut made = MadeItems::default();
        if kind == Relocation::Copy {
            add_contents(editor, &done.entries, &mut made).await;
        }
        let mut relocated = self.done;
        for folder in self.in_parts {
            match folder.incomplete {
                None => done.entries.push(folder.now.clone()),
                Some(problem) => done.failed.push(problem),
            }
            made.extend(folder.made);
            relocated.push((folder.item, folder.now));
        }
        if !relocated.is_empty() {
            let (items, now): (Vec<Item>, Vec<Entry>) = relocated.into_iter().unzip();
            done.undo.push(match kind {
                Relocation::Move => {
                    let before = items.into_iter().map(|(entry, _)| entry.path);
                    Inverse::MoveBack(now.into_iter().zip(before).collect())
                }
                Relocation::Copy => Inverse::RemoveMade { entries: now, made: Arc::new(made) },
            });
        }
        (self.taken, done)
    }
}

/// Moves or copies items; a taken name gets a number if `autorename`. Folders that are too large for one call go in parts.
pub(super) async fn relocate_all(
    editor: &Editor<'_>,
    kind: Relocation,
    items: &[Item],
    autorename: bool,
) -> Relocated {
    let splits = SplitFolders::load(editor).await;
    let mut in_parts = Vec::new();
    let mut others = Vec::with_capacity(items.len());
    for item in items {
        match splits.begun(editor, kind, item).await {
            Some(begun) => in_parts.push(go_on(editor, kind, &splits, item.clone(), begun).await),
            None => others.push(item.clone()),
        }
    }
    let mut relocated = relocate_each(editor, kind, &others, autorename).await;
    relocated.in_parts = in_parts;
    for item in std::mem::take(&mut relocated.too_large) {
        if editor.job.cancel.is_cancelled() {
            relocated.left.push(item.0.path);
            continue;
        }
        match begin(editor, kind, &item, autorename).await {
            Ok(begun) => relocated.in_parts.push(go_on(editor, kind, &splits, item, begun).await),
            Err(problem) => relocated.refuse(&item, problem.kind, || problem),
        }
    }
    relocated
}

/// Without what moves along with a folder that is moved itself.
fn without_nested(items: Vec<Item>) -> Vec<Item> {
    let kept = topmost(items.iter().map(|(entry, _)| entry.clone()).collect());
    items.into_iter().filter(|(entry, _)| kept.iter().any(|kept| kept.path == entry.path)).collect()
}

/// Adds copies with everything in them, so that an undo can tell whether something was added since.
async fn add_contents(editor: &Editor<'_>, copies: &[Entry], made: &mut MadeItems) {
    for entry in copies {
        let listed = add_subtree(&editor.service(), entry, made).await;
        if let Err(error) = listed {
            // Then the undo finds items that it does not know, and refuses.
            tracing::warn!(%error, "a copied folder could not be listed");
        }
    }
}

/// `Photo.jpg` becomes `Photo (2).jpg`.
pub(crate) fn numbered(path: &RemotePath, number: u32) -> RemotePath {
    let name = path.name();
    let extension = coffer_model::file_kind::extension(name);
    let numbered = if extension.is_empty() {
        format!("{name} ({number})")
    } else {
        let stem = &name[..name.len() - extension.len() - 1];
        format!("{stem} ({number}).{extension}")
    };
    path.parent().unwrap_or_default().join(&numbered)
}

#[cfg(test)]
mod tests {
    use super::numbered;
    use coffer_model::RemotePath;

    #[test]
    fn the_number_goes_before_the_extension() {
        let check = |path, number, expected: &str| {
            assert_eq!(numbered(&RemotePath::new(path), number).as_str(), expected);
        };
        check("/a/Photo.jpg", 2, "/a/Photo (2).jpg");
        check("/README", 1, "/README (1)");
        check("/.bashrc", 1, "/.bashrc (1)");
        check("/archive.tar.gz", 3, "/archive.tar (3).gz");
    }
}
