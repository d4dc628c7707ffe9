//! Moves items back to where they were, each provided that it is still where the edit has put it: in rounds, so that those
//! that are not in each other’s way go in one call.

use super::Undone;
use crate::act::Act;
use crate::edit::Editor;
use crate::edit::existing::existing;
use crate::edit::relocate::relocate_all;
use crate::edit::relocation_item::Item;
use crate::edit::rename::change_case;
use crate::history::Inverse;
use crate::problem::{self, words_for_kind};
use crate::progress::Meter;
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath};
use coffer_texts::tr;
use std::collections::{HashMap, HashSet};

/// Each of the items is where it is when those before it are back.
pub(super) async fn move_back(editor: &Editor<'_>, items: Vec<Item>, meter: Option<&Meter>) -> Undone {
    let mut back = MovedBack::default();
    for round in rounds(items) {
        let count = round.len();
        back.round(editor, round).await;
        Meter::end_items(meter, count);
    }
    let mut undone = back.undone;
    if !back.moved.is_empty() {
        // What was moved last goes back first: it may be in a folder that was moved before.
        back.moved.reverse();
        undone.done.undo.push(Inverse::MoveBack(back.moved));
    }
    if !back.left.is_empty() {
        undone.left.push(Inverse::MoveBack(back.left));
    }
    undone
}

/// In an order in which each goes after those of which it needs the place, or the folder, or which need its own.
fn rounds(items: Vec<Item>) -> Vec<Vec<Item>> {
    let mut rounds: Vec<Vec<Item>> = Vec::new();
    // The last round that has to do with an item, and with what is in a folder.
    let (mut at, mut inside): (HashMap<RemotePath, usize>, HashMap<RemotePath, usize>) = Default::default();
    for item in items {
        let paths = [item.0.path.clone(), item.1.clone()];
        let before = paths.iter().flat_map(|path| {
            let lineage = path.lineage().into_iter().filter_map(|path| at.get(&path).copied());
            lineage.chain(inside.get(path).copied()).collect::<Vec<_>>()
        });
        let number = before.max().map_or(0, |last| last + 1);
        for path in paths {
            for folder in std::iter::successors(path.parent(), RemotePath::parent) {
                let last = inside.entry(folder).or_default();
                *last = number.max(*last);
            }
            let last = at.entry(path).or_default();
            *last = number.max(*last);
        }
        if rounds.len() <= number {
            rounds.push(Vec::new());
        }
        rounds[number].push(item);
    }
    rounds
}

#[derive(Default)]
struct MovedBack {
    undone: Undone,
    /// In the order in which they were moved, with the path from which.
    moved: Vec<Item>,
    left: Vec<Item>,
}

impl MovedBack {
    async fn round(&mut self, editor: &Editor<'_>, round: Vec<Item>) {
        let paths: Vec<RemotePath> = round.iter().map(|(entry, _)| entry.path.clone()).collect();
        let Ok(found) = existing(editor, &paths).await else { return self.left.extend(round) };
        let mut ready = Vec::new();
        for (item, now) in round.into_iter().zip(found) {
            let (entry, back) = &item;
            let about = || problem::item(&entry.path, Act::MoveBack);
            match now {
                Err(error) => self.refuse(&item, about().call(&error)),
                Ok(now) if now.as_ref().map(Entry::id) != Some(entry.id()) => {
                    let detail = tr!("why-moved-or-replaced");
                    self.refuse(&item, about().because(ProblemKind::Changed, detail));
                }
                // The service takes a change of case for no change at all.
                Ok(_) if entry.path == *back => match change_case(editor, entry, back).await {
                    Ok(now) => self.add(now, &item.0.path, None),
                    Err(problem) => self.refuse(&item, problem),
                },
                Ok(_) => ready.push(item),
            }
        }
        self.move_ready(editor, ready).await;
    }

    /// Folders that are too large for one call go in parts.
    async fn move_ready(&mut self, editor: &Editor<'_>, ready: Vec<Item>) {
        let relocated = relocate_all(editor, Relocation::Move, &ready, false).await;
        let mut gone: HashSet<RemotePath> = HashSet::new();
        for ((entry, _), now) in relocated.done {
            self.add(now, &entry.path, None);
            gone.insert(entry.path);
        }
        for folder in relocated.in_parts {
            let entry = folder.item.0;
            if folder.incomplete.is_none() {
                gone.insert(entry.path.clone());
            }
            self.add(folder.now, &entry.path, folder.incomplete);
        }
        let taken = relocated.taken.iter().map(|(entry, _)| {
            let kind = ProblemKind::NameTaken;
            problem::item(&entry.path, Act::MoveBack).because(kind, words_for_kind(kind))
        });
        self.undone.done.failed.extend(taken);
        self.undone.done.failed.extend(relocated.failed);
        self.left.extend(ready.into_iter().filter(|(entry, _)| !gone.contains(&entry.path)));
    }

    /// `incomplete` is the reason why not all of a folder is back.
    fn add(&mut self, now: Entry, from: &RemotePath, incomplete: Option<Problem>) {
        self.undone.done.entries.extend(incomplete.is_none().then(|| now.clone()));
        self.undone.done.failed.extend(incomplete);
        self.moved.push((now, from.clone()));
    }

    fn refuse(&mut self, item: &Item, problem: Problem) {
        self.undone.done.failed.push(problem);
        self.left.push(item.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::rounds;
    use coffer_model::{Entry, EntryKind, RemotePath};

    /// Each round as one text.
    fn check(moves: &[(&str, &str)], expected: &[&str]) {
        let item = |(from, to): &(&str, &str)| {
            let kind = EntryKind::Folder { id: "".into() };
            (Entry::new(RemotePath::new(from), kind), RemotePath::new(to))
        };
        let rounds = rounds(moves.iter().map(item).collect());
        let texts: Vec<String> = rounds
            .iter()
            .map(|round| round.iter().map(|(entry, _)| entry.path.as_str()).collect::<Vec<_>>().join(" "))
            .collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn items_go_together_unless_one_needs_the_place_of_another() {
        check(&[("/F/a", "/a"), ("/F/b", "/b"), ("/c", "/F/c")], &["/F/a /F/b /c"]);
        // Each frees the name that the next one gets.
        check(&[("/1", "/0"), ("/2", "/1"), ("/3", "/2"), ("/x", "/y")], &["/1 /x", "/2", "/3"]);
        // Two names change places, through a third one.
        check(&[("/t", "/u"), ("/B", "/T"), ("/U", "/b")], &["/t", "/B", "/U"]);
        // What is in a folder comes out of it before that goes, and into it when it is there.
        check(
            &[("/G/x", "/F/x"), ("/G", "/H"), ("/y", "/H/deep/y"), ("/z", "/F/z")],
            &["/G/x /z", "/G", "/y"],
        );
    }
}
