//! Carries out what a person has decided about taken names. The service replaces nothing when it moves or copies, so
//! what is replaced is deleted first, if it still is what the person saw, and restored if the rest fails. What is begun is
//! on disk: `unfinished_replacements` ends it when the program was killed in between.

use super::conflicts::FolderPair;
use super::delete::{self, topmost};
use super::edit_records::{ReplacementItem, ReplacementRecord};
use super::relocate::relocate_all;
use super::relocate_calls::Relocated;
use super::relocation_item::{Item, about, about_several};
use super::restore::bring_back;
use super::stored_record::StoredRecord;
use super::{Done, Editor, list_subtree};
use crate::account::account_name;
use crate::act::Act;
use crate::blocking;
use crate::context::JobError;
use crate::error::Classify;
use crate::history::{FileRevisions, Inverse};
use coffer_model::relocation::enclosing_folders;
use coffer_model::transfer::Decision;
use coffer_model::{Entry, Problem, ProblemKind, Relocation, RelocationConflict, RemotePath};
use coffer_texts::tr;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// So many files are missing at once while they are replaced: few enough that a program that is killed then leaves little
/// for the next start to finish.
const REPLACED_AT_ONCE: usize = 50;

pub(crate) async fn relocate(
    editor: &Editor<'_>,
    kind: Relocation,
    conflicts: Vec<RelocationConflict>,
) -> Result<Done, JobError> {
    let enclosing = enclosing_folders(&conflicts);
    let (mut outer, mut inner) = (Vec::new(), HashMap::new());
    for (conflict, enclosing) in conflicts.into_iter().zip(enclosing) {
        match enclosing {
            Some(_) => drop(inner.insert(conflict.entry.path.clone(), conflict)),
            None => outer.push(conflict),
        }
    }
    let mut work = DecidedWork::new(kind, inner);
    for conflict in outer {
        editor.job.check_wanted()?;
        work.add(editor, conflict).await;
    }
    work.run(editor).await
}

/// What is to be done, in the groups in which it is sent.
struct DecidedWork {
    kind: Relocation,
    /// The decisions about what is in folders that are merged, by the path of the item.
    inner: HashMap<RemotePath, RelocationConflict>,
    free: Vec<Item>,
    keep_both: Vec<Item>,
    replace: Vec<(Item, Entry)>,
    /// The folders that are empty when all of it has worked.
    merged: Vec<Vec<RemotePath>>,
    failed: Vec<Problem>,
}

impl DecidedWork {
    fn new(kind: Relocation, inner: HashMap<RemotePath, RelocationConflict>) -> Self {
        Self {
            kind,
            inner,
            free: Vec::new(),
            keep_both: Vec::new(),
            replace: Vec::new(),
            merged: Vec::new(),
            failed: Vec::new(),
        }
    }

    async fn add(&mut self, editor: &Editor<'_>, conflict: RelocationConflict) {
        let is_merge = conflict.is_merge();
        match conflict.decision {
            Some(Decision::Replace) if !conflict.can_replace() => self.keep_both(conflict),
            Some(Decision::Replace) if is_merge => self.merge(editor, conflict).await,
            Some(Decision::Replace) => {
                self.replace.push(((conflict.entry, conflict.target), conflict.existing));
            }
            Some(Decision::KeepBoth) => self.keep_both(conflict),
            Some(Decision::Skip) | None => {}
        }
    }

    fn keep_both(&mut self, conflict: RelocationConflict) {
        self.keep_both.push((conflict.entry, conflict.target));
    }

    /// Both folders are listed anew: what has come to be in conflict since nobody was asked about.
    async fn merge(&mut self, editor: &Editor<'_>, folders: RelocationConflict) {
        let pair = match FolderPair::list(editor, &folders).await {
            Ok(pair) => pair,
            Err(error) => {
                let item = (folders.entry, folders.target);
                self.failed.push(about(self.kind, &item).call(&error));
                return;
            }
        };
        self.free.extend(pair.free);
        self.merged.push(pair.merged);
        for (item, existing) in pair.conflicts {
            let asked = self.inner.get(&item.0.path).filter(|asked| is_as_seen(asked, &existing));
            match asked.and_then(|asked| asked.decision.map(|decision| (decision, asked.can_replace()))) {
                Some((Decision::Replace, true)) => self.replace.push((item, existing)),
                Some((Decision::Replace, false) | (Decision::KeepBoth, _)) => self.keep_both.push(item),
                Some((Decision::Skip, _)) => {}
                None => self
                    .failed
                    .push(about(self.kind, &item).because(ProblemKind::Changed, tr!("why-taken-meanwhile"))),
            }
        }
    }

    async fn run(self, editor: &Editor<'_>) -> Result<Done, JobError> {
        let mut done = Done { failed: self.failed, ..Done::default() };
        let is_cancelled = || editor.job.cancel.is_cancelled();
        // Whatever was done until then can be undone, so a cancel ends the loop and not the function.
        for chunk in self.replace.chunks(REPLACED_AT_ONCE) {
            if is_cancelled() {
                done.left.extend(chunk.iter().map(|((entry, _), _)| entry.path.clone()));
            } else {
                done.add(replace(editor, self.kind, chunk).await);
            }
        }
        for (items, autorename) in [(self.free, false), (self.keep_both, true)] {
            let relocated = relocate_all(editor, self.kind, &items, autorename).await;
            done.add(without_conflicts(editor, self.kind, relocated).await);
        }
        if self.kind == Relocation::Move && !is_cancelled() {
            for merged in &self.merged {
                done.add(remove_emptied(editor, merged).await);
            }
        }
        if done.is_empty() && done.failed.is_empty() {
            editor.job.check_wanted()?;
        }
        Ok(done)
    }
}

/// Whether what has the name is what the person was shown.
fn is_as_seen(asked: &RelocationConflict, existing: &Entry) -> bool {
    let rev = |entry: &Entry| entry.file().map(|file| file.rev.clone());
    asked.existing.id() == existing.id() && rev(&asked.existing) == rev(existing)
}

/// Nobody is asked twice: a name that was taken meanwhile is a failure.
async fn without_conflicts(editor: &Editor<'_>, kind: Relocation, relocated: Relocated) -> Done {
    let (taken, mut done) = relocated.into_done(editor, kind).await;
    done.failed.extend(
        taken
            .iter()
            .map(|item| about(kind, item).because(ProblemKind::NameTaken, tr!("why-taken-meanwhile"))),
    );
    done
}

/// Replaces files by others. Whoever cancels the job meanwhile does not stop half-way.
async fn replace(editor: &Editor<'_>, kind: Relocation, items: &[(Item, Entry)]) -> Done {
    let job = editor.job.to_the_end();
    let editor = &Editor { job: &job, ..*editor };
    let mut done = Done::default();
    let stored = match record_replacement(editor, kind, items).await {
        Ok(stored) => stored,
        // Nothing is deleted that a kill could leave deleted.
        Err(problem) => return Done { failed: vec![problem], ..done },
    };
    let replaced: Vec<&Entry> = items.iter().map(|(_, existing)| existing).collect();
    let gone = delete::all(editor, &replaced, Act::Replace, &mut done.failed, None).await;
    // Whether these were deleted shows only later.
    let is_unknown = done.failed.iter().any(|problem| problem.kind == ProblemKind::OutcomeUnknown);
    let (mut ready, mut old) = (Vec::new(), Vec::new());
    for ((item, existing), _) in items.iter().zip(gone).filter(|(_, gone)| *gone) {
        ready.push(item.clone());
        old.extend(existing.file().map(|file| (existing.path.clone(), file.rev.clone())));
    }
    let relocated = relocate_all(editor, kind, &ready, false).await;
    let arrived: HashSet<RemotePath> = relocated.done.iter().map(|((_, target), _)| target.clone()).collect();
    let (replaced, lost): (FileRevisions, FileRevisions) =
        old.into_iter().partition(|(path, _)| arrived.contains(path));
    if !replaced.is_empty() {
        done.undo.push(Inverse::Undelete { folders: Vec::new(), files: Arc::new(replaced) });
    }
    done.add(without_conflicts(editor, kind, relocated).await);
    if !lost.is_empty() {
        // What replaces nothing must not be missed.
        match bring_back(editor, Vec::new(), &lost, None).await {
            Ok(back) if back.failed.is_empty() => {}
            // The next start tries it once more.
            Ok(back) => {
                done.failed.extend(back.failed);
                return done;
            }
            Err(JobError::Failed(problem)) => {
                done.failed.push(problem);
                return done;
            }
            Err(JobError::Cancelled) => return done,
        }
    }
    if is_unknown {
        return done;
    }
    if let Ok(Err(error)) = blocking(move || stored.remove()).await {
        // The next start finds every name taken, and removes it.
        tracing::warn!(%error, "the record of a replacement could not be removed");
    }
    done
}

/// On disk before the first file is deleted.
async fn record_replacement(
    editor: &Editor<'_>,
    kind: Relocation,
    items: &[(Item, Entry)],
) -> Result<StoredRecord<ReplacementRecord>, Problem> {
    let about = || match items {
        [(item, _)] => about(kind, item),
        items => about_several(kind, items.len()),
    };
    let path_root = editor.service().path_root().await.map_err(|error| about().call(&error))?;
    let kept = items.iter().filter_map(|((entry, to), existing)| {
        Some(ReplacementItem {
            item_id: entry.id().to_owned(),
            from: entry.path.to_string(),
            to: to.to_string(),
            replaced: existing.path.to_string(),
            replaced_rev: existing.file()?.rev.0.to_string(),
        })
    });
    let record = ReplacementRecord {
        account: account_name(&editor.account.choice),
        path_root: path_root.map(|root| root.0.to_string()),
        is_copy: kind == Relocation::Copy,
        items: kept.collect(),
    };
    let folder = editor.worker.config.dirs.replacements();
    let created = blocking(move || StoredRecord::create(&folder, record)).await?;
    created.map_err(|error| about().local(&error))
}

/// Deletes the folders that were merged and hold nothing any more. What was left in them stays.
async fn remove_emptied(editor: &Editor<'_>, merged: &[RemotePath]) -> Done {
    let Some(outermost) = merged.first() else { return Done::default() };
    let entries = match list_subtree(&editor.service(), outermost).await {
        Ok(subtree) => subtree.entries,
        Err(error) if error.kind() == ProblemKind::NotFound => return Done::default(),
        Err(error) => {
            // An empty folder that stays is no harm.
            tracing::warn!(%error, "the folders that were merged could not be listed");
            return Done::default();
        }
    };
    let merged: HashSet<&RemotePath> = merged.iter().collect();
    let mut needed: HashSet<RemotePath> = HashSet::new();
    for kept in entries.iter().filter(|entry| !merged.contains(&entry.path)) {
        needed.extend(std::iter::successors(kept.path.parent(), RemotePath::parent));
    }
    let empty =
        entries.into_iter().filter(|entry| merged.contains(&entry.path) && !needed.contains(&entry.path));
    // Cancelled: the empty folders stay.
    delete::items(editor, topmost(empty.collect())).await.unwrap_or_default()
}
