//! Sends a plan: several files at once, each on its own account, and tells what arrived and how to take it back.

use super::journal::Journal;
use super::send::{Naming, Sender};
use crate::model::receipt::Rewind;
use crate::model::transfer::{ConflictAnswer, PlannedFile, TransferReport, UploadPlan, Uploaded};
use crate::model::{AccountChoice, Entry, Inverse, Phase, Problem, Receipt, Recovery, RemotePath, Rev};
use crate::protocol::files::{CREATE_FOLDER, CreateFolderArg, GET_METADATA, GetMetadataArg};
use crate::worker::account::OpenAccount;
use crate::worker::context::{JobContext, Stop};
use crate::worker::edit::{is_there, list_subtree};
use crate::worker::fault::Fault;
use crate::worker::progress::Meter;
use crate::worker::shared::Shared;
use crate::worker::{blocking, convert, problem};
use futures_util::{StreamExt, stream};
use std::collections::BTreeSet;

/// Files of one upload under way at once; the lane bounds all uploads together.
const AT_ONCE: usize = 4;

pub async fn run(
    shared: &Shared,
    job: &JobContext,
    plan: &UploadPlan,
    answers: &[ConflictAnswer],
) -> Result<Receipt, Stop> {
    let tasks = decide(plan, answers);
    let files = tasks.iter().flatten().count() as u64;
    let bytes =
        plan.files.iter().zip(&tasks).filter(|(_, task)| task.is_some()).map(|(file, _)| file.size_bytes);
    let meter = Meter::new(job, files, bytes.sum());
    let account = shared.account().await?;
    let journal = Journal::new(shared.config.dirs.journal(), account_name(&account.choice));
    let pruned = journal.clone();
    blocking(move || pruned.prune()).await?;
    let sender = Sender { service: account.service.for_transfer(&meter), meter: &meter, journal };

    let new_folders = new_folders(&account, plan, &tasks).await?;
    let skipped = plan.files.len() as u64 - files;
    let mut outcome =
        Outcome { report: TransferReport { skipped, ..TransferReport::default() }, ..Outcome::default() };
    let sent: Vec<(PlannedFile, Naming)> =
        plan.files.iter().zip(tasks).filter_map(|(file, task)| Some((file.clone(), task?))).collect();
    let mut results = stream::iter(sent)
        .map(|(file, naming)| send_one(shared, &sender, file, naming))
        .buffer_unordered(AT_ONCE);
    while let Some((file, naming, result)) = results.next().await {
        match result {
            Ok(entry) => outcome.arrived(&file, &naming, entry),
            // The others would end the same: the whole upload stops, and can be tried again as it is.
            Err(problem) if ends_everything(&problem) => return Err(problem.into()),
            Err(problem) => outcome.report.failed.push(problem),
        }
    }
    drop(results);
    for folder in &plan.empty_folders {
        outcome.make_folder(&sender, folder).await;
    }
    meter.phase(Phase::Verifying);
    outcome.note_new_folders(&account, &new_folders).await;
    meter.report();
    Ok(outcome.into_receipt())
}

async fn send_one(
    shared: &Shared,
    sender: &Sender<'_>,
    file: PlannedFile,
    naming: Naming,
) -> (PlannedFile, Naming, Result<Entry, Problem>) {
    let _permit = shared.lanes.transfer().await;
    sender.meter.phase(Phase::Moving);
    let result = sender.file(&file, &naming).await;
    (file, naming, result)
}

/// For each file what is to be done; `None` for those that stay here.
fn decide(plan: &UploadPlan, answers: &[ConflictAnswer]) -> Vec<Option<Naming>> {
    let mut answers = answers.iter();
    plan.files
        .iter()
        .map(|file| match &file.conflict {
            None => Some(Naming::New),
            Some(conflict) if conflict.identical => None,
            Some(conflict) => match answers.next() {
                Some(ConflictAnswer::Replace) => match conflict.existing.file() {
                    Some(existing) => Some(Naming::Replace(existing.rev.clone())),
                    // A folder is never replaced by a file.
                    None => Some(Naming::KeepBoth),
                },
                Some(ConflictAnswer::KeepBoth) => Some(Naming::KeepBoth),
                // Nobody answered for it: nothing is done to what is there.
                Some(ConflictAnswer::Skip) | None => None,
            },
        })
        .collect()
}

fn ends_everything(problem: &Problem) -> bool {
    matches!(problem.recovery, Recovery::SignIn | Recovery::Offline | Recovery::Space)
}

/// Notes of one account never resume uploads to another.
fn account_name(choice: &AccountChoice) -> String {
    match choice {
        AccountChoice::Embedded => "embedded".to_owned(),
        AccountChoice::Dropbox { account_id, api_url, .. } => {
            format!("{account_id} {}", api_url.as_deref().unwrap_or_default())
        }
        AccountChoice::CommandLine { api_url } => format!("at {api_url}"),
    }
}

/// The topmost folders that the upload will make, so that taking it back can remove them.
async fn new_folders(
    account: &OpenAccount,
    plan: &UploadPlan,
    tasks: &[Option<Naming>],
) -> Result<Vec<RemotePath>, Stop> {
    let files = plan.files.iter().zip(tasks).filter(|(_, task)| task.is_some());
    let parents = files.filter_map(|(file, _)| file.remote_path.parent());
    let tops: BTreeSet<RemotePath> = parents
        .chain(plan.empty_folders.iter().cloned())
        .filter_map(|folder| top_below(&plan.target, &folder))
        .collect();
    let mut new = Vec::new();
    for top in tops {
        match account.service.rpc(&GET_METADATA, &GetMetadataArg::new(top.as_str())).await {
            Ok(_) => {}
            Err(error) if Fault::of(&error).has("not_found") => new.push(top),
            Err(error) => return Err(problem::item(&top, "uploaded").call(&error).into()),
        }
    }
    Ok(new)
}

/// The folder directly in `target` that contains `folder`.
fn top_below(target: &RemotePath, folder: &RemotePath) -> Option<RemotePath> {
    std::iter::successors(Some(folder.clone()), RemotePath::parent)
        .find(|above| above.parent().as_ref() == Some(target))
}

#[derive(Default)]
struct Outcome {
    report: TransferReport,
    made: Vec<Entry>,
    rewinds: Vec<Rewind>,
}

impl Outcome {
    fn arrived(&mut self, file: &PlannedFile, naming: &Naming, entry: Entry) {
        let Some(arrived) = entry.file() else { return };
        let rev = arrived.rev.clone();
        self.report.files += 1;
        self.report.bytes += file.size_bytes;
        let replaced: Option<Rev> = match naming {
            Naming::Replace(before) => {
                // The same content makes no new revision; then there is nothing to take back.
                if *before != rev {
                    let rewind =
                        Rewind { path: entry.path.clone(), current: rev.clone(), rev: before.clone() };
                    self.rewinds.push(rewind);
                }
                Some(before.clone())
            }
            Naming::New | Naming::KeepBoth => None,
        };
        self.report.uploaded.push(Uploaded {
            remote_path: entry.path.clone(),
            rev,
            replaced: replaced.clone(),
        });
        if replaced.is_none() {
            self.made.push(entry);
        }
    }

    async fn make_folder(&mut self, sender: &Sender<'_>, path: &RemotePath) {
        match sender.service.rpc(&CREATE_FOLDER, &CreateFolderArg::new(path.as_str())).await {
            Ok(result) => self.made.push(convert::folder_entry(&result.metadata, path.parent().as_ref())),
            // Somebody has made it meanwhile: all the better.
            Err(error) if is_there(&error) => {}
            Err(error) => self.report.failed.push(
                problem::general(format!("The folder “{}” could not be made", path.name())).call(&error),
            ),
        }
    }

    /// An undo removes a folder only if it knows everything in it, so the folders in between are noted too.
    async fn note_new_folders(&mut self, account: &OpenAccount, new_folders: &[RemotePath]) {
        for folder in new_folders {
            match list_subtree(&account.service, folder).await {
                Ok(subtree) => {
                    let known: BTreeSet<RemotePath> =
                        self.made.iter().map(|entry| entry.path.clone()).collect();
                    let folders = subtree.entries.into_iter().filter(Entry::is_folder);
                    self.made.extend(folders.filter(|entry| !known.contains(&entry.path)));
                }
                Err(error) => tracing::debug!(%error, "a new folder could not be listed"),
            }
        }
    }

    fn into_receipt(self) -> Receipt {
        let mut undo = Vec::new();
        if !self.rewinds.is_empty() {
            undo.push(Inverse::Rewind(self.rewinds));
        }
        if !self.made.is_empty() {
            undo.push(Inverse::Remove(self.made));
        }
        let undo = if undo.len() > 1 { Some(Inverse::All(undo)) } else { undo.pop() };
        Receipt::Transferred { report: self.report, undo }
    }
}

#[cfg(test)]
mod tests {
    use super::{decide, top_below};
    use crate::model::RemotePath;
    use crate::model::transfer::{Conflict, ConflictAnswer, PlannedFile, UploadPlan};
    use crate::model::{Entry, EntryKind, File, Rev};
    use crate::worker::upload::send::Naming;
    use jiff::Timestamp;

    fn planned(name: &str, conflict: Option<Conflict>) -> PlannedFile {
        let remote_path = RemotePath::root().join(name);
        PlannedFile { local_path: name.into(), remote_path, size_bytes: 1, modified: None, conflict }
    }

    fn existing_file(identical: bool) -> Conflict {
        let kind = EntryKind::File(File {
            id: "id:1".into(),
            rev: Rev("abcdef123".into()),
            size_bytes: 1,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
        });
        Conflict { existing: Entry { path: RemotePath::new("/x"), kind, link: None }, identical }
    }

    #[test]
    fn answers_belong_to_the_conflicts_that_are_not_identical_in_order() {
        let plan = UploadPlan {
            files: vec![
                planned("free", None),
                planned("same", Some(existing_file(true))),
                planned("replace", Some(existing_file(false))),
                planned("both", Some(existing_file(false))),
                planned("skip", Some(existing_file(false))),
                planned("unanswered", Some(existing_file(false))),
            ],
            ..UploadPlan::default()
        };
        let answers = [ConflictAnswer::Replace, ConflictAnswer::KeepBoth, ConflictAnswer::Skip];
        let replace = Naming::Replace(Rev("abcdef123".into()));
        assert_eq!(
            decide(&plan, &answers),
            [Some(Naming::New), None, Some(replace), Some(Naming::KeepBoth), None, None]
        );
    }

    #[test]
    fn the_topmost_new_folder_is_the_one_in_the_target() {
        let check = |target: &str, folder: &str, expected: Option<&str>| {
            let found = top_below(&RemotePath::new(target), &RemotePath::new(folder));
            assert_eq!(found, expected.map(RemotePath::new));
        };
        check("/Photos", "/Photos/Trip/Day 1", Some("/Photos/Trip"));
        check("/", "/Trip/Day 1", Some("/Trip"));
        check("/Photos", "/Photos", None);
    }
}
