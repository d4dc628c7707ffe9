//! `get --at`: files and folders as they were at a moment. A folder is downloaded folder by folder, each file in its
//! version of then; what nobody knows any more is told.

use super::download_task::{DownloadTask, Sources, local_existing};
use super::past::{past, report_unobserved};
use crate::cli::context::{CommandContext, not_found};
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::OnConflictHere;
use crate::cli::target::{self, Target};
use coffer_model::{Entry, Job, RemotePath, SinceThen};
use jiff::Timestamp;
use std::path::PathBuf;

/// What was at each of these paths. A folder with a slash at its end stands for what was in it.
pub(super) fn find_sources(
    context: &mut CommandContext,
    sources: &[PathBuf],
    at: Timestamp,
    takes_contents: bool,
) -> Result<Sources, CommandError> {
    let mut found_sources = Sources::default();
    for source in sources {
        let path = target::remote_of(source)?;
        if takes_contents && target::ends_in_slash(source) {
            found_sources.takes_folder = true;
            let there = list(context, &path, at, &mut found_sources.failed)?;
            found_sources.entries.extend(there);
            continue;
        }
        let Some(folder) = path.parent() else {
            return Err(CommandFailure::usage(
                "The whole account is no item",
                "Put a slash behind the path to download what was in it.",
            )
            .into());
        };
        let mut unknown = Vec::new();
        let there = list(context, &folder, at, &mut unknown)?;
        let wanted = path.to_string().to_lowercase();
        if let Some(entry) = there.into_iter().find(|entry| entry.path.to_string().to_lowercase() == wanted) {
            found_sources.entries.push(entry);
            continue;
        }
        let of_it = |failure: &CommandFailure| {
            failure.path.as_ref().is_some_and(|path| path.to_lowercase() == wanted)
        };
        let why = unknown.into_iter().find(of_it).unwrap_or_else(|| not_found(&path));
        found_sources.failed.push(why);
    }
    Ok(found_sources)
}

/// The jobs that bring these entries as they were, and what can’t be brought.
pub(super) fn jobs(
    context: &mut CommandContext,
    entries: Vec<Entry>,
    target: Target<PathBuf>,
    at: Timestamp,
    on_conflict: OnConflictHere,
) -> Result<(Vec<DownloadTask>, Vec<CommandFailure>), CommandError> {
    let existing = local_existing(on_conflict);
    let (mut tasks, mut failed) = (Vec::new(), Vec::new());
    let (files, folders): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|it| it.file().is_some());
    let mut open: Vec<(RemotePath, PathBuf)> = Vec::new();
    match target {
        Target::Into(folder) => {
            open.extend(folders.into_iter().map(|it| (it.path.clone(), folder.join(it.name()))));
            tasks.push(DownloadTask {
                makes: folder.clone(),
                job: Job::Download { entries: files, folder, existing },
            });
        }
        Target::At(place) => {
            open.extend(folders.into_iter().map(|it| (it.path, place.clone())));
            let makes = place.parent().map(ToOwned::to_owned).unwrap_or_default();
            tasks.extend(files.into_iter().map(|entry| DownloadTask {
                makes: makes.clone(),
                job: Job::SaveAs { entry, local_path: place.clone(), existing },
            }));
        }
    }
    while let Some((path, folder)) = open.pop() {
        let there = list(context, &path, at, &mut failed)?;
        let (files, folders): (Vec<Entry>, Vec<Entry>) =
            there.into_iter().partition(|it| it.file().is_some());
        open.extend(folders.into_iter().map(|it| (it.path.clone(), folder.join(it.name()))));
        let makes = folder.clone();
        tasks.push(DownloadTask { makes, job: Job::Download { entries: files, folder, existing } });
    }
    // A folder with nothing but folders in it needs no job.
    tasks.retain(|task| !matches!(&task.job, Job::Download { entries, folder, .. } if entries.is_empty() && folder.is_dir()));
    Ok((tasks, failed))
}

/// What was in a folder, in the versions of then. What is not known is added to `failed`.
fn list(
    context: &mut CommandContext,
    folder: &RemotePath,
    at: Timestamp,
    failed: &mut Vec<CommandFailure>,
) -> Result<Vec<Entry>, CommandError> {
    let (listing, summary) = past(context, folder, at)?;
    report_unobserved(context, &summary);
    let mut there = Vec::new();
    for (entry, since) in listing.entries.iter().zip(&summary.since) {
        match since {
            SinceThen::Unchanged | SinceThen::Changed | SinceThen::Deleted | SinceThen::Moved(_) => {
                there.push(entry.clone());
            }
            SinceThen::Added => {}
            SinceThen::Unknown => {
                failed.push(unknown(entry, "Nobody can tell whether it was there then."));
            }
            SinceThen::NotKept => failed.push(unknown(entry, "Dropbox does not keep that version any more.")),
            SinceThen::VersionUnknown | SinceThen::Pending => {
                failed.push(unknown(entry, "Nobody can tell which version was there then."));
            }
        }
    }
    Ok(there)
}

fn unknown(entry: &Entry, why: &str) -> CommandFailure {
    let title = format!("{} could not be downloaded", entry.path);
    CommandFailure::new(FailureCode::NotFound, title, why).with_path(&entry.path)
}
