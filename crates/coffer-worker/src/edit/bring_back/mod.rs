//! Brings a folder back to what it was at a moment: what was deleted is restored, what was changed gets its version of then,
//! what was moved goes back. What came since stays, or is moved aside (`new_items`).
//!
//! - `present_items` tells what each item of now was, `steps` what is to be done, `plan` says it; all of it is on disk
//!   before the first step;
//! - `structure` moves and makes folders, which makes room, then `files` restores; `present_folders` is what is there
//!   now, and `carried_out` what is done;
//! - `unfinished` goes on at the next start with what was stopped.
//!
//! Where the program ends half-way, or the network goes, the record stays, and the rest is done at the next start or when the same
//! is asked for again. All of it is one operation of the history.

mod carried_out;
mod files;
mod new_items;
mod plan;
mod present_folders;
mod present_items;
mod steps;
mod structure;
mod unfinished;

pub(crate) use plan::plan_bring_back;
pub(crate) use unfinished::finish_bring_backs;

use super::edit_records::{BringBackRecord, BringBackSteps, FileStep, MoveStep};
use super::stored_record::StoredRecord;
use super::{Done, Editor, describe, summary};
use crate::account::account_name;
use crate::act::Act;
use crate::blocking;
use crate::context::JobError;
use crate::error::ServiceError;
use crate::history::{Inverse, MOST_DAYS, NewOperation};
use crate::past::past_tree;
use crate::problem;
use crate::progress::Meter;
use crate::worker_context::WorkerContext;
use carried_out::CarriedOut;
use coffer_model::{
    BringBack, BringBackPlace, Edit, NewItems, Operation, OperationId, Problem, Receipt, RemotePath,
};
use coffer_texts::tr;
use files::is_content_of;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use jiff::{SignedDuration, Timestamp};
use present_folders::PresentFolders;
use std::collections::HashSet;
use std::sync::Arc;
use steps::WantedPast;

pub(super) fn run<'a>(
    editor: &'a Editor<'a>,
    asked: &'a BringBack,
) -> BoxFuture<'a, Result<Receipt, JobError>> {
    bring_back(editor, asked).boxed()
}

async fn bring_back(editor: &Editor<'_>, asked: &BringBack) -> Result<Receipt, JobError> {
    if asked.place == BringBackPlace::ThisComputer {
        // That is a download.
        return Err(problem::internal().into());
    }
    let _one_at_a_time = editor.worker.lanes.bring_back().await;
    let begun = match find_begun(editor, asked).await {
        Some(stored) => Some((list_present(editor, &stored.record.steps).await?, stored)),
        None => begin(editor, asked).await?,
    };
    let Some((present, mut stored)) = begun else {
        let nothing = Receipt::Edited {
            entries: Vec::new(),
            operation: None,
            failed: Vec::new(),
            conflicts: Vec::new(),
        };
        return Ok(nothing);
    };
    let _own = editor.account.index.own.begin(stored.record.steps.paths());
    let meter = Meter::for_items(editor.job, stored.record.steps.len());
    // Nothing is lost where it stops, so the program need not wait for a step when it closes.
    let closing = editor.worker.closing.cancelled();
    let carried_out = tokio::select! {
        biased;
        () = closing => return Err(JobError::Cancelled),
        carried_out = carry_out(editor, &mut stored, present, meter.as_ref()) => carried_out,
    };
    match carried_out {
        Ok(_) if editor.worker.closing.is_cancelled() => Err(JobError::Cancelled),
        Ok(carried_out) => Ok(finish(editor, stored, carried_out).await?),
        Err(mut problem) => {
            problem.title = tr!("not-brought-back-yet", name = asked.folder.display_name());
            problem.detail = tr!("goes-on-at-next-start", reason = problem.detail);
            Err(problem.into())
        }
    }
}

/// The same was asked for before, and has stopped.
async fn find_begun(editor: &Editor<'_>, asked: &BringBack) -> Option<StoredRecord<BringBackRecord>> {
    let records = editor.worker.config.dirs.bring_backs();
    let wanted = new_record(editor, asked).await.ok()?;
    let found = blocking(move || StoredRecord::<BringBackRecord>::all(&records)).await.ok()?.ok()?;
    let begun = found.into_iter().find(|stored| {
        let record = &stored.record;
        (&record.account, &record.path_root) == (&wanted.account, &wanted.path_root)
            && (&record.folder, record.at_millis) == (&wanted.folder, wanted.at_millis)
            && (&record.items, &record.left_out) == (&wanted.items, &wanted.left_out)
            && (&record.beside, &record.aside) == (&wanted.beside, &wanted.aside)
    })?;
    if begun.record.is_too_old(editor.worker) {
        remove_record(begun).await;
        return None;
    }
    Some(begun)
}

/// Without steps.
async fn new_record(editor: &Editor<'_>, asked: &BringBack) -> Result<BringBackRecord, ServiceError> {
    let texts = |paths: &[RemotePath]| paths.iter().map(RemotePath::to_string).collect();
    Ok(BringBackRecord {
        account: account_name(&editor.account.choice),
        path_root: editor.service().path_root().await?.map(|root| root.0.to_string()),
        folder: asked.folder.to_string(),
        at_millis: asked.at.as_millisecond(),
        items: texts(&asked.items),
        left_out: texts(&asked.left_out),
        begun_millis: (editor.worker.config.clock)().as_millisecond(),
        beside: match &asked.place {
            BringBackPlace::Beside(target) => Some(target.to_string()),
            _ => None,
        },
        aside: match &asked.place {
            BringBackPlace::InPlace(NewItems::Aside(aside)) => Some(aside.to_string()),
            _ => None,
        },
        operation: None,
        steps: BringBackSteps::default(),
    })
}

/// Works out what is to be done, and keeps it on disk. `None` where that is nothing.
async fn begin(
    editor: &Editor<'_>,
    asked: &BringBack,
) -> Result<Option<(PresentFolders, StoredRecord<BringBackRecord>)>, JobError> {
    let about = || problem::item(&asked.folder, Act::BringBack);
    let (tree, evidence) = past_tree(editor.account, asked, about()).await?;
    let new_folder = match &asked.place {
        BringBackPlace::Beside(folder) | BringBackPlace::InPlace(NewItems::Aside(folder)) => {
            Some(free_name(editor, folder).await?)
        }
        BringBackPlace::InPlace(NewItems::Stay) | BringBackPlace::ThisComputer => None,
    };
    let wanted = asked.clone();
    let mut steps = blocking(move || {
        let planned = WantedPast::new(&tree, &evidence, &wanted);
        match (&wanted.place, new_folder) {
            (BringBackPlace::Beside(_), Some(target)) => planned.steps_beside(&target),
            (_, aside) => planned.steps_in_place(aside.as_ref()),
        }
    })
    .await?;
    let present = list_present(editor, &steps).await?;
    steps.leave_out_done(&present);
    if steps.len() == 0 {
        return Ok(None);
    }
    if !present.has_target() && !steps.folders.contains(&steps.target) {
        steps.folders.push(steps.target.clone());
    }
    editor.job.check_wanted()?;
    let record = new_record(editor, asked).await.map_err(|error| about().call(&error))?;
    let operation = editor.worker.history.reserve().await.map(|id| id.0);
    let record = BringBackRecord { operation, steps, ..record };
    let records = editor.worker.config.dirs.bring_backs();
    let stored = blocking(move || StoredRecord::create(&records, record)).await?;
    Ok(Some((present, stored.map_err(|error| about().local(&error))?)))
}

/// The name that nothing has yet: itself, or with a number.
async fn free_name(editor: &Editor<'_>, target: &RemotePath) -> Result<RemotePath, Problem> {
    let (folder, name) = (target.parent().unwrap_or_default(), target.name());
    let mut free = target.clone();
    for number in 2.. {
        let found = editor.find_entry(&free).await;
        if found.map_err(|error| problem::item(target, Act::Create).call(&error))?.is_none() {
            break;
        }
        free = folder.join(&format!("{name} ({number})"));
    }
    Ok(free)
}

/// Takes all steps. Each first looks at what is at its place, so they can be taken again after they were stopped anywhere.
/// Fails where none can be taken for now, as without a network.
async fn carry_out(
    editor: &Editor<'_>,
    stored: &mut StoredRecord<BringBackRecord>,
    mut present: PresentFolders,
    meter: Option<&Meter>,
) -> Result<CarriedOut, Problem> {
    let mut carried_out = CarriedOut::default();
    structure::restore_structure(editor, stored, &mut present, &mut carried_out, meter).await?;
    let steps = &stored.record.steps;
    files::copy_files(editor, steps, &mut present, &mut carried_out).await?;
    files::restore_files(editor, steps, &mut present, &mut carried_out, meter).await?;
    Ok(carried_out)
}

async fn list_present(editor: &Editor<'_>, steps: &BringBackSteps) -> Result<PresentFolders, Problem> {
    let listed = PresentFolders::list(&editor.service(), steps).await;
    listed.map_err(|error| problem::item(&RemotePath::new(&steps.target), Act::BringBack).call(&error))
}

/// Keeps in the history what was done, and then removes the record.
async fn finish(
    editor: &Editor<'_>,
    stored: StoredRecord<BringBackRecord>,
    carried_out: CarriedOut,
) -> Result<Receipt, Problem> {
    let BringBackRecord { folder, at_millis, operation, .. } = &stored.record;
    let at = Timestamp::from_millisecond(*at_millis).unwrap_or_default();
    let asked = Edit::BringBack(Box::new(BringBack::of_folder(RemotePath::new(folder), at)));
    let mut done = carried_out.into_done();
    let inverse = Inverse::all(std::mem::take(&mut done.undo));
    let new = describe::describe(&asked, &done, inverse)
        .map(|new| NewOperation { reserved: operation.map(OperationId), ..new });
    let operation: Option<Operation> = match new {
        Some(new) => editor.worker.history.record(editor.account, new).await,
        None => None,
    };
    remove_record(stored).await;
    let Done { entries, failed, conflicts, .. } = done;
    if entries.is_empty() && !failed.is_empty() {
        return Err(summary(failed));
    }
    Ok(Receipt::Edited { entries, operation, failed, conflicts })
}

async fn remove_record(stored: StoredRecord<BringBackRecord>) {
    if let Ok(Err(error)) = blocking(move || stored.remove()).await {
        // The next start finds everything done.
        tracing::warn!(%error, "the record of a folder that was brought back could not be removed");
    }
}

impl BringBackRecord {
    /// As long ago nothing could be undone any more, and the account is likely another one.
    fn is_too_old(&self, worker: &WorkerContext) -> bool {
        let begun = Timestamp::from_millisecond(self.begun_millis).unwrap_or_default();
        (worker.config.clock)().duration_since(begun) > SignedDuration::from_hours(24 * MOST_DAYS)
    }
}

impl BringBackSteps {
    fn len(&self) -> usize {
        self.moves.len() + self.folders.len() + self.files.len()
    }

    /// The items that are changed.
    fn paths(&self) -> Vec<RemotePath> {
        let moves = self.moves.iter().flat_map(|step| [&step.from, &step.before, &step.to]);
        let files = self.files.iter().map(|step| &step.path);
        moves.chain(&self.folders).chain(files).map(|path| RemotePath::new(path)).collect()
    }

    /// The folders whose items change, each once.
    fn folders_around(&self) -> Vec<RemotePath> {
        let mut folders: Vec<RemotePath> = self.paths().iter().filter_map(RemotePath::parent).collect();
        folders.sort_unstable();
        folders.dedup();
        folders
    }

    /// Without what is there as it is to be: so whatever is found there later was done by these steps.
    fn leave_out_done(&mut self, present: &PresentFolders) {
        let get = |path: &str| present.get(&RemotePath::new(path));
        let (mut returning, moves): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.moves).into_iter().partition(|step| step.from == step.to);
        let is_done = |step: &MoveStep| {
            get(&step.to).is_some_and(|it| it.id() == step.item_id && it.path.as_str() == step.to)
        };
        self.moves = moves.into_iter().filter(|step| !is_done(step)).collect();
        // What is in a folder that goes is not at its place for long.
        let going: HashSet<Arc<str>> =
            self.moves.iter().map(|step| Arc::clone(RemotePath::new(&step.from).lower())).collect();
        let goes = |path: &str| RemotePath::new(path).lineage().iter().any(|it| going.contains(it.lower()));
        returning.retain(|step| goes(&step.from));
        self.moves.extend(returning);
        self.folders
            .retain(|folder| goes(folder) || !get(folder).is_some_and(coffer_model::Entry::is_folder));
        let is_there = |step: &FileStep| get(&step.path).is_some_and(|now| is_content_of(step, now));
        self.files.retain(|step| goes(&step.path) || !is_there(step));
    }
}
