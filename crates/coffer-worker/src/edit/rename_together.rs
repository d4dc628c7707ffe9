//! Renaming several items of which some get the names that others of them give up: two names change places, or each gets
//! that of its neighbour. Those whose names are wanted go through temporary names, all in two steps, however many they are; a
//! change of case alone is one of them. A record of that is on disk from before the first step until after the last, and
//! `unfinished_renames` finishes what has stopped in between.

use super::edit_records::RenameRecord;
use super::relocate_calls::relocate_each;
use super::relocation_item::{Item, about_move};
use super::rename::{for_now, record_renames, remove_record, temporary_path};
use super::stored_record::StoredRecord;
use super::{Done, Editor};
use crate::history::Inverse;
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RemotePath};
use coffer_texts::tr;
use std::collections::{HashMap, HashSet};

/// Items that stand in the way of others, or of themselves; and the others.
pub(super) fn split(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    let wanted: HashSet<RemotePath> = items.iter().map(|(_, to)| to.clone()).collect();
    items.into_iter().partition(|(entry, _)| wanted.contains(&entry.path))
}

/// Items that have temporary names.
pub(super) struct Aside {
    stored: StoredRecord<RenameRecord>,
    /// Each as it was asked for, and as it is for now.
    items: Vec<(Item, Entry)>,
    failed: Vec<Problem>,
    /// Others may have temporary names too: the answer was lost, so the record stays.
    is_unsure: bool,
}

impl Aside {
    /// Gives the items temporary names. Where that is stopped, they have their own again.
    pub(super) async fn begin(editor: &Editor<'_>, items: Vec<Item>) -> Result<Self, Done> {
        let renamed: Vec<(Item, RemotePath)> =
            items.into_iter().map(|item| (item.clone(), temporary_path(&item.1))).collect();
        let stored = match record_renames(editor, &renamed).await {
            Ok(stored) => stored,
            Err(problem) => return Err(Done { failed: vec![problem], ..Done::default() }),
        };
        let moves: Vec<Item> =
            renamed.iter().map(|((entry, _), temporary)| (entry.clone(), temporary.clone())).collect();
        let relocated = relocate_each(editor, Relocation::Move, &moves, false).await;
        let mut now: HashMap<RemotePath, Entry> =
            relocated.done.into_iter().map(|((entry, _), now)| (entry.path, now)).collect();
        let mut failed = relocated.failed;
        failed.extend(relocated.too_large.iter().map(|(entry, to)| {
            about_move(entry, to).because(ProblemKind::TooManyItems, tr!("why-too-large-for-exchange"))
        }));
        let items: Vec<(Item, Entry)> = renamed
            .into_iter()
            .filter_map(|(item, _)| {
                let now = now.remove(&item.0.path)?;
                Some((item, now))
            })
            .collect();
        let is_unsure = failed.iter().any(|problem| problem.kind == ProblemKind::OutcomeUnknown);
        let aside = Self { stored, items, failed, is_unsure };
        if !relocated.is_stopped {
            return Ok(aside);
        }
        let job = editor.job.to_the_end();
        Err(aside.take_back(&Editor { job: &job, ..*editor }).await)
    }

    /// Gives the items the names that were asked for; those that can't get them have their own again.
    pub(super) async fn end(self, editor: &Editor<'_>) -> Done {
        let job = editor.job.to_the_end();
        let editor = &Editor { job: &job, ..*editor };
        let moves: Vec<Item> = self.items.iter().map(|((_, to), now)| (now.clone(), to.clone())).collect();
        let relocated = relocate_each(editor, Relocation::Move, &moves, false).await;
        let now: HashMap<RemotePath, Entry> =
            relocated.done.into_iter().map(|((entry, _), now)| (entry.path, now)).collect();
        let Self { stored, items, mut failed, is_unsure } = self;
        let mut reasons: HashMap<RemotePath, Problem> = HashMap::new();
        for problem in relocated.failed {
            match problem.path.clone() {
                Some(path) => drop(reasons.insert(path, problem)),
                None => failed.push(problem),
            }
        }
        let (renamed, left): (Vec<_>, Vec<_>) =
            items.into_iter().partition(|(_, aside)| now.contains_key(&aside.path));
        for ((entry, to), aside) in &left {
            if let Some(reason) = reasons.remove(&aside.path) {
                failed.push(about_move(entry, to).because(reason.kind, reason.detail));
            }
        }
        let back = Self { stored, items: left, failed, is_unsure };
        let mut done = back.take_back(editor).await;
        let renamed: Vec<Item> = renamed
            .into_iter()
            .filter_map(|((entry, _), aside)| Some((now.get(&aside.path)?.clone(), entry.path)))
            .collect();
        done.entries.extend(renamed.iter().map(|(now, _)| now.clone()));
        if !renamed.is_empty() {
            done.undo.push(Inverse::RenameBack(renamed));
        }
        done
    }

    /// Gives the items their own names again. Those that could not get them get the new ones at the next start.
    async fn take_back(mut self, editor: &Editor<'_>) -> Done {
        let moves: Vec<Item> =
            self.items.iter().map(|((entry, _), aside)| (aside.clone(), entry.path.clone())).collect();
        let back = if moves.is_empty() {
            Vec::new()
        } else {
            relocate_each(editor, Relocation::Move, &moves, false).await.done
        };
        if back.len() == self.items.len() {
            if !self.is_unsure {
                remove_record(self.stored).await;
            }
        } else {
            tracing::warn!("half-done renames could not be taken back");
            let back: HashSet<RemotePath> = back.into_iter().map(|((aside, _), _)| aside.path).collect();
            let away = self.items.iter().filter(|(_, aside)| !back.contains(&aside.path));
            let told: Vec<Problem> = away
                .map(|((entry, to), aside)| {
                    about_move(entry, to).because(ProblemKind::Incomplete, for_now(&aside.path))
                })
                .collect();
            self.failed.retain(|problem| told.iter().all(|told| told.path != problem.path));
            self.failed.splice(0..0, told);
        }
        Done { failed: self.failed, ..Done::default() }
    }
}

#[cfg(test)]
mod tests {
    use super::split;
    use coffer_model::{Entry, EntryKind, RemotePath};

    #[test]
    fn only_items_whose_names_are_wanted_go_through_temporary_names() {
        let check = |renames: &[(&str, &str)], expected: &str| {
            let item = |(from, to): &(&str, &str)| {
                (Entry::new(RemotePath::new(from), EntryKind::Folder { id: "".into() }), RemotePath::new(to))
            };
            let (aside, direct) = split(renames.iter().map(item).collect());
            let names = |items: &[(Entry, RemotePath)]| {
                items.iter().map(|(entry, _)| entry.name().to_owned()).collect::<Vec<_>>().join(" ")
            };
            assert_eq!(format!("{} | {}", names(&aside), names(&direct)), expected);
        };
        check(&[("/a", "/x"), ("/b", "/y")], " | a b");
        check(&[("/a", "/B"), ("/b", "/a")], "a b | ");
        // Each gets the name of its neighbour; that of the first nobody wants.
        check(&[("/1", "/2"), ("/2", "/3"), ("/3", "/4")], "2 3 | 1");
        check(&[("/a", "/A"), ("/b", "/c")], "a | b");
    }
}
