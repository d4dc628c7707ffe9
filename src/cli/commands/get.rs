//! `get`: files and folders of the account to this computer.

use super::changes::moment;
use super::download_task::{DownloadTask, Sources, local_existing};
use super::list::listing;
use super::{CommandResult, get_past, summary};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode, combined_code};
use crate::cli::format;
use crate::cli::options::{GetArgs, OnConflictHere};
use crate::cli::output::Output;
use crate::cli::progress::ProgressDisplay;
use crate::cli::target::{self, SourceShape, Target};
use coffer_model::transfer::{LocalState, RenamedLocally, TransferReport};
use coffer_model::{Direction, Entry, Job, OnExisting, Receipt, RemotePath, Sort, Update};
use coffer_stdx::units::counted;
use serde_json::{Value, json};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn run(context: &mut CommandContext, options: &GetArgs) -> CommandResult {
    let (sources, place) = target::split(options.paths.clone(), ".");
    let to_output = place == Path::new("-");
    let takes_contents = !options.transfer.exact && !to_output;
    let at = options.at.as_deref().map(moment).transpose()?;
    let Sources { entries, mut failed, takes_folder } = match at {
        Some(at) => get_past::find_sources(context, &sources, at, takes_contents)?,
        None => find_sources(context, &sources, options.rev.as_deref(), takes_contents)?,
    };
    for failure in &failed {
        context.output.problem(failure);
    }
    if entries.is_empty() && !takes_folder {
        return summary::finish(
            context,
            json!({ "dry_run": options.transfer.dry_run.dry_run }),
            &failed,
            false,
        );
    }
    if to_output {
        return print_file(context, &entries, &failed, options.transfer.dry_run.dry_run);
    }
    let shape = SourceShape {
        several: entries.len() + failed.len() > 1,
        any_folder: takes_folder || entries.iter().any(Entry::is_folder),
        exact: options.transfer.exact,
    };
    let place = std::path::absolute(&place).unwrap_or(place);
    let slash = options.paths.last().is_some_and(|path| target::ends_in_slash(path));
    let state = target::local_target_state(&place);
    let target = match target::resolve_target(place.display(), slash, shape, state)? {
        Target::At(_) => Target::At(place),
        Target::Into(_) => Target::Into(place),
    };
    let jobs = match at {
        Some(at) => get_past::jobs(entries, target, at, options.on_conflict),
        None => jobs(entries, target, options.on_conflict),
    };
    if options.transfer.dry_run.dry_run {
        return print_dry_run(context, jobs, failed, options.on_conflict);
    }
    let mut total = TransferReport::default();
    for task in jobs {
        fs::create_dir_all(&task.makes).map_err(|error| local(&task.makes, "be created", &error))?;
        let mut display = ProgressDisplay::new(context.output, Direction::Download, options.transfer.verbose);
        let report = match context.worker.run_transfer(task.job, &mut display)? {
            Receipt::Transferred { report, .. } => report,
            _ => TransferReport::default(),
        };
        let printed = display.has_printed_files();
        drop(display);
        if !printed && report.failed.is_empty() {
            let lines = report.downloaded.iter().map(|path| format!("downloaded {}", path.display()));
            context.output.lines(lines)?;
        }
        total.files += report.files;
        total.bytes += report.bytes;
        total.skipped += report.skipped;
        total.unverified += report.unverified;
        total.failed.extend(report.failed);
        total.downloaded.extend(report.downloaded);
        total.renamed.extend(report.renamed);
    }
    finish(context, total, &mut failed, options.on_conflict)
}

/// A folder with a slash at its end stands for what is in it, where `takes_contents`.
fn find_sources(
    context: &mut CommandContext,
    sources: &[PathBuf],
    rev: Option<&str>,
    takes_contents: bool,
) -> Result<Sources, CommandError> {
    if let (Some(_), [_, _, ..]) = (rev, sources) {
        return Err(
            CommandFailure::usage("--rev needs exactly one file", "Each file has its own versions.").into()
        );
    }
    let mut found_sources = Sources::default();
    let Sources { entries, failed, takes_folder } = &mut found_sources;
    for source in sources {
        let path = target::remote_of(source)?;
        let is_slashed = target::ends_in_slash(source);
        let found = match rev {
            None => context.require_entry(&path),
            Some(rev) => version(context, &path, rev),
        };
        match found {
            Ok(entry) if is_slashed && !entry.is_folder() => failed.push(not_a_folder(&path)),
            Ok(entry) if is_slashed && takes_contents => {
                *takes_folder = true;
                let listing = listing(context, Job::List { path: entry.path, sort: Sort::default() })?;
                entries.extend_from_slice(&listing.entries);
                if listing.unreadable > 0 {
                    failed.push(unreadable(&path, listing.unreadable));
                }
            }
            Ok(entry) => entries.push(entry),
            Err(CommandError::Failed(failure)) if failure.code == FailureCode::NotFound => {
                failed.push(failure);
            }
            Err(stop) => return Err(stop),
        }
    }
    Ok(found_sources)
}

fn not_a_folder(path: &RemotePath) -> CommandFailure {
    let detail = "A slash at the end of a path means what is in a folder. Leave it out for a file.";
    CommandFailure::new(FailureCode::NotFound, format!("{path} is not a folder"), detail).with_path(path)
}

fn unreadable(folder: &RemotePath, count: usize) -> CommandFailure {
    let title = format!("{} in {folder} could not be read", counted(count as u64, "item"));
    let detail = "The service described them in a way that Coffer does not understand.";
    CommandFailure::new(FailureCode::Failed, title, detail).with_path(folder)
}

/// One version of a file, under the name by which it was asked for.
pub(super) fn version(
    context: &mut CommandContext,
    path: &RemotePath,
    rev: &str,
) -> Result<Entry, CommandError> {
    let rev = rev.strip_prefix("rev:").unwrap_or(rev);
    let mut found = None;
    context
        .worker
        .run_with(Job::Revisions { path: path.clone() }, |update| {
            if let Update::Revisions { revisions, .. } = update {
                let fits = |entry: &&Entry| entry.file().is_some_and(|file| &*file.rev.0 == rev);
                found = revisions.iter().find(fits).cloned();
            }
            Ok(())
        })
        .map_err(|stop| super::versions::not_found_if_gone(stop, path))?;
    found.map(|entry| Entry { path: path.clone(), ..entry }).ok_or_else(|| {
        CommandFailure::new(
            FailureCode::NotFound,
            format!("{path} has no version {rev}"),
            format!("List its versions with: coffer revs {}", format::quoted(path.as_str())),
        )
        .with_path(path)
        .into()
    })
}

fn jobs(entries: Vec<Entry>, target: Target<PathBuf>, on_conflict: OnConflictHere) -> Vec<DownloadTask> {
    let existing = local_existing(on_conflict);
    match target {
        Target::Into(folder) => {
            let job = Job::Download { entries, folder: folder.clone(), existing };
            vec![DownloadTask { makes: folder, job }]
        }
        Target::At(place) => {
            let makes = place.parent().map(Path::to_owned).unwrap_or_default();
            let tasks = entries.into_iter().map(|entry| DownloadTask {
                makes: makes.clone(),
                job: Job::SaveAs { entry, local_path: place.clone(), existing },
            });
            tasks.collect()
        }
    }
}

/// Says what would happen, compared with what is here.
fn print_dry_run(
    context: &mut CommandContext,
    tasks: Vec<DownloadTask>,
    mut failed: Vec<CommandFailure>,
    mode: OnConflictHere,
) -> CommandResult {
    let (mut files, mut folders, mut renamed) = (Vec::new(), Vec::new(), Vec::new());
    let (mut bytes, mut count, mut skipped) = (0, 0, 0);
    for task in tasks {
        let plan = match context.worker.run(task.plan_job())? {
            Receipt::DownloadPlanned(plan) => plan,
            _ => Arc::default(),
        };
        let failures = plan.failed.iter().cloned().map(CommandFailure::from);
        failed.extend(failures.inspect(|failure| context.output.problem(failure)));
        for file in &plan.files {
            let (action, words) = match &file.local_state {
                LocalState::Nothing => ("download", "would download"),
                LocalState::Identical => ("skip_identical", "already exists:"),
                LocalState::Replaced => ("replace", "would replace with"),
                LocalState::Numbered => ("keep_both", "would download and number"),
                LocalState::Conflict(_) if mode == OnConflictHere::Skip => ("skip", "would skip"),
                LocalState::Conflict(problem) => {
                    let failure = CommandFailure::from(problem.clone());
                    context.output.problem(&failure);
                    failed.push(failure);
                    ("conflict", "would not replace")
                }
            };
            if matches!(action, "download" | "replace" | "keep_both") {
                bytes += file.size_bytes;
                count += 1;
            } else {
                skipped += u64::from(action != "conflict");
            }
            if action != "skip_identical" {
                let (size, place) = (format::size(file.size_bytes), file.local_path.display());
                context.output.line(&format!("{words} {} ({size}) to {place}", file.remote_path))?;
            }
            files.push(json!({
                "path": file.remote_path.to_string(),
                "local_path": file.local_path.to_string_lossy(),
                "bytes": file.size_bytes,
                "action": action,
            }));
        }
        for folder in &plan.folders {
            context.output.line(&format!("would create {}/", folder.display()))?;
            folders.push(folder.to_string_lossy().into_owned());
        }
        for other in &plan.renamed {
            context.output.info(&format!(
                "{} would be saved as {}",
                other.remote_path,
                other.local_path.display()
            ))?;
            renamed.push(renamed_as_json(other));
        }
    }
    let rest = if skipped > 0 { format!("; {} skipped", format::files(skipped)) } else { String::new() };
    context.output.info(&format!(
        "{}, {}{rest}; nothing was downloaded (dry run)",
        format::files(count),
        format::size(bytes)
    ))?;
    let document = json!({
        "dry_run": true,
        "files": files,
        "folders": folders,
        "renamed": renamed,
        "bytes": bytes,
    });
    summary::finish(context, document, &failed, count > 0 || skipped > 0 || !folders.is_empty())
}

fn renamed_as_json(renamed: &RenamedLocally) -> Value {
    json!({ "path": renamed.remote_path.to_string(), "local_path": renamed.local_path.to_string_lossy() })
}

fn finish(
    context: &mut CommandContext,
    report: TransferReport,
    failed: &mut Vec<CommandFailure>,
    on_conflict: OnConflictHere,
) -> CommandResult {
    let mut left_alone = 0;
    for problem in report.failed {
        let failure = CommandFailure::from(problem);
        if failure.code == FailureCode::Conflict && on_conflict == OnConflictHere::Skip {
            left_alone += 1;
            continue;
        }
        context.output.problem(&failure);
        failed.push(failure);
    }
    for renamed in &report.renamed {
        context.output.info(&format!(
            "{} was saved as {}",
            renamed.remote_path,
            renamed.local_path.display()
        ))?;
    }
    let skipped = report.skipped + left_alone;
    let said = summary::in_words("Downloaded", report.files, report.bytes, skipped, failed.len());
    context.output.info(&said)?;
    if report.unverified > 0 {
        let files = format::files(report.unverified);
        context
            .output
            .status(&format!("coffer: {files} could not be verified: the service tells no content hash"));
    }
    let anything = report.files > 0 || skipped > 0 || !report.downloaded.is_empty();
    let renamed: Vec<Value> = report.renamed.iter().map(renamed_as_json).collect();
    let downloaded: Vec<_> = report.downloaded.iter().map(|path| path.to_string_lossy()).collect();
    let document = json!({
        "dry_run": false,
        "downloaded": downloaded,
        "files": report.files,
        "bytes": report.bytes,
        "skipped": skipped,
        "unverified": report.unverified,
        "renamed": renamed,
    });
    summary::finish(context, document, failed, anything)
}

/// `get FILE -`: the file comes whole and verified into a temporary place, and then out.
fn print_file(
    context: &mut CommandContext,
    entries: &[Entry],
    failed: &[CommandFailure],
    dry_run: bool,
) -> CommandResult {
    let [entry] = entries else {
        return Err(CommandFailure::usage(
            "Only one file can be written to standard output",
            "Pass a single file.",
        )
        .into());
    };
    if entry.is_folder() {
        return Err(CommandFailure::usage(
            format!("{} is a folder", entry.path),
            "Only a file can be written to standard output.",
        )
        .into());
    }
    if context.output.json {
        return Err(CommandFailure::usage(
            "--json can’t be used when writing to standard output",
            "Both would be written to standard output.",
        )
        .into());
    }
    if dry_run {
        context.output.status(&format!("would print {}; nothing was downloaded (dry run)", entry.path));
        return Ok(None);
    }
    let folder = tempfile::tempdir().map_err(|error| local(&std::env::temp_dir(), "be used", &error))?;
    let place = folder.path().join("content");
    let job = Job::SaveAs { entry: entry.clone(), local_path: place.clone(), existing: OnExisting::Replace };
    // Lines would come between the bytes.
    let quiet = context.output.quiet || !context.output.error_is_terminal;
    let mut display = ProgressDisplay::new(context.output.with_quiet(quiet), Direction::Download, false);
    let received = context.worker.run_transfer(job.clone(), &mut display);
    drop(display);
    let received = match received {
        Ok(received) => received,
        Err(error) => {
            // Its place is gone with this command, so no other run can go on with it. That it is listed as failed is no
            // harm where it could not be forgotten.
            let _ = context.worker.run(Job::ForgetTransfers(vec![job]));
            return Err(error);
        }
    };
    if let Receipt::Transferred { report, .. } = received
        && let Some(problem) = report.failed.into_iter().next()
    {
        return Err(problem.into());
    }
    let file = fs::File::open(&place).map_err(|error| local(&place, "be read", &error))?;
    context.worker.run_blocking(move || Output::copy(file))??;
    Ok(combined_code(failed, true))
}

fn local(path: &Path, done: &str, error: &io::Error) -> CommandFailure {
    CommandFailure::from_io(format!("{} could not {done}", path.display()), error).with_path(path.display())
}
