//! Items that an edit under way is changing. What would change them as well is refused until that has ended: two edits of one
//! folder at once leave it in two places.

use super::State;
use super::edit_paths::{moves_of, removed_by};
use super::runs::EditRun;
use coffer_model::{Edit, Entry, Operation, Relocation, RemotePath};
use coffer_texts::tr;
use std::collections::HashSet;

/// What an edit takes away from where it is, and what else it needs to stay as it is: what it copies, and where it puts things.
#[derive(Default)]
struct Reach {
    taken: Vec<RemotePath>,
    needed: Vec<RemotePath>,
}

impl Reach {
    fn of(edit: &Edit) -> Self {
        let (moved, to): (Vec<RemotePath>, Vec<RemotePath>) = moves_of(edit).into_iter().unzip();
        let mut reach = Self { taken: moved, needed: to };
        reach.taken.extend(removed_by(edit));
        match edit {
            Edit::Copy(copies) => {
                reach.needed.extend(copies.iter().flat_map(|(entry, to)| [entry.path.clone(), to.clone()]));
            }
            Edit::Relocate { kind, conflicts, .. } => {
                let from = conflicts.iter().map(|conflict| conflict.entry.path.clone());
                match kind {
                    Relocation::Move => reach.taken.extend(from),
                    Relocation::Copy => reach.needed.extend(from),
                }
                reach.needed.extend(conflicts.iter().map(|conflict| conflict.target.clone()));
            }
            Edit::CreateFolder { path } | Edit::Restore { path, .. } => reach.needed.push(path.clone()),
            Edit::BringBack(asked) => reach.needed.push(asked.folder.clone()),
            _ => {}
        }
        reach
    }

    /// Of several items only the first one is known.
    fn of_reversal(operation: &Operation) -> Self {
        let taken = std::iter::once(&operation.item).chain(&operation.before).cloned().collect();
        Self { taken, needed: Vec::new() }
    }

    fn of_run(run: &EditRun) -> Self {
        run.reversed.as_ref().map_or_else(|| Self::of(&run.edit), Self::of_reversal)
    }

    /// A path of this one that both cannot have at once.
    fn shared_with(&self, other: &Self) -> Option<RemotePath> {
        let pairs = [(&self.taken, &other.taken), (&self.taken, &other.needed), (&self.needed, &other.taken)];
        pairs.into_iter().find_map(|(paths, others)| first_related(paths, others))
    }
}

/// The first of these paths that is, contains or lies in one of the others.
fn first_related(paths: &[RemotePath], others: &[RemotePath]) -> Option<RemotePath> {
    if paths.is_empty() || others.is_empty() {
        return None;
    }
    let known: HashSet<&RemotePath> = others.iter().collect();
    let is_inside = |path: &&RemotePath| path.lineage().iter().any(|around| known.contains(around));
    let own: HashSet<&RemotePath> = paths.iter().collect();
    let around = || others.iter().flat_map(RemotePath::lineage).find(|path| own.contains(path));
    paths.iter().find(is_inside).cloned().or_else(around)
}

impl State {
    /// Says that an edit has to wait, because another one is changing the same items; false where none is.
    pub(super) fn refuses_edit(&mut self, edit: &Edit) -> bool {
        let refusal = self.edit_refusal(edit);
        self.says(refusal)
    }

    /// The same for an undo or redo.
    pub(super) fn refuses_reversal(&mut self, operation: &Operation) -> bool {
        let refusal = self.refusal_in_work(|| Reach::of_reversal(operation));
        self.says(refusal)
    }

    /// The same for items that are to be renamed, before their names are asked for.
    pub(super) fn refuses_rename(&mut self, entries: &[Entry]) -> bool {
        let taken = || entries.iter().map(|entry| entry.path.clone()).collect();
        let refusal = self.refusal_in_work(|| Reach { taken: taken(), needed: Vec::new() });
        self.says(refusal)
    }

    fn says(&mut self, refusal: Option<String>) -> bool {
        let is_refused = refusal.is_some();
        if let Some(said) = refusal {
            self.toasts.push_failed(said, None);
        }
        is_refused
    }

    /// Why an edit has to wait, if it does.
    pub(super) fn edit_refusal(&self, edit: &Edit) -> Option<String> {
        self.refusal_in_work(|| Reach::of(edit))
    }

    fn refusal_in_work(&self, reach: impl FnOnce() -> Reach) -> Option<String> {
        let mut runs = self.context.edits().peekable();
        runs.peek()?;
        let reach = reach();
        let shared = runs.find_map(|run| Reach::of_run(run).shared_with(&reach))?;
        Some(tr!("refusal-in-work", name = self.browser.name_at(&shared)))
    }
}
