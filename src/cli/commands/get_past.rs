//! `get --at`: files and folders as they were at a moment. A folder is one download, each file in its version of then; what
//! nobody knows any more is told.

use super::download_task::{DownloadTask, Sources, local_existing};
use super::past::{past, report_unobserved};
use crate::cli::context::{CommandContext, not_found};
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::OnConflictHere;
use crate::cli::target::{self, Target};
use coffer_model::{BringBack, BringBackPlace, Entry, Job, PastDownload, RemotePath, SinceThen};
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

/// The jobs that download these entries as they were.
pub(super) fn jobs(
    entries: Vec<Entry>,
    target: Target<PathBuf>,
    at: Timestamp,
    on_conflict: OnConflictHere,
) -> Vec<DownloadTask> {
    let existing = local_existing(on_conflict);
    let (files, folders): (Vec<Entry>, Vec<Entry>) = entries.into_iter().partition(|it| it.file().is_some());
    let (folder, name) = match &target {
        Target::Into(folder) => (folder.clone(), None),
        Target::At(place) => {
            let folder = place.parent().map(ToOwned::to_owned).unwrap_or_default();
            (folder, place.file_name().map(ToOwned::to_owned))
        }
    };
    let past_download = |entry: Entry| {
        let place = BringBackPlace::ThisComputer;
        let wanted = BringBack { place, ..BringBack::of_folder(entry.path, at) };
        let download = PastDownload { wanted, folder: folder.clone(), name: name.clone(), existing };
        Job::DownloadPast(Box::new(download))
    };
    let mut jobs: Vec<Job> = folders.into_iter().map(past_download).collect();
    match target {
        // An empty folder is made as well.
        Target::Into(_) if files.is_empty() && !jobs.is_empty() => {}
        Target::Into(folder) => jobs.push(Job::Download { entries: files, folder, existing }),
        Target::At(place) => jobs.extend(files.into_iter().map(|entry| {
            let local_path = place.clone();
            Job::SaveAs { entry, local_path, existing }
        })),
    }
    jobs.into_iter().map(|job| DownloadTask { makes: folder.clone(), job }).collect()
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
