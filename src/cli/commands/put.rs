//! `put`: files and folders of this computer into the account.

use super::amounts::PlannedAmount;
use super::{CommandResult, summary};
use crate::cli::conflicts;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::options::{OnConflict, PutArgs};
use crate::cli::progress::ProgressDisplay;
use crate::cli::target::{self, SourceShape, Target, TargetState};
use coffer_model::transfer::{FileAction, RefusalReason, TransferReport, UploadPlan, UploadedFiles};
use coffer_model::{Amount, Direction, Job, Receipt, RemotePath};
use serde::{Serialize, Serializer};
use serde_json::json;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

pub(super) fn run(context: &mut CommandContext, options: PutArgs) -> CommandResult {
    let (sources, place) = target::split(options.paths, "/");
    // Kept until the end: it holds what came from the standard input.
    let (sources, spooled) = spool(context, sources)?;
    let (sources, mut failed) = existing_sources(sources);
    let shape = SourceShape {
        several: sources.len() + failed.len() > 1,
        any_folder: sources.iter().any(|source| source.is_dir()),
        exact: options.transfer.exact,
    };
    if sources.is_empty() {
        for failure in &failed {
            context.output.problem(failure);
        }
        return summary::finish(
            context,
            json!({ "dry_run": options.transfer.dry_run.dry_run }),
            &failed,
            false,
        );
    }
    let target = destination(context, &place, shape)?;
    if spooled.is_some() && matches!(target, Target::Into(_)) {
        return Err(CommandFailure::usage(
            "Standard input needs a file name",
            "Pass the name of the file, such as: coffer put - /Notes/today.txt",
        )
        .into());
    }
    let mut plan = plan(context, sources, &target, options.follow_links)?;
    failed.extend(plan.unreadable.iter().cloned().map(CommandFailure::from));
    failed.extend(plan.refused.iter().filter(|refused| refused.is_missed()).map(|refused| {
        let name = refused.local_path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (code, hint) = match refused.refusal {
            RefusalReason::FileInTheWay => (FailureCode::Conflict, ""),
            RefusalReason::OutsideLink => {
                (FailureCode::Failed, " Upload what it leads to with --follow-links.")
            }
            RefusalReason::Name | RefusalReason::SystemFile => (FailureCode::Failed, ""),
        };
        CommandFailure::new(code, format!("“{name}” can’t be uploaded"), format!("{}.{hint}", refused.reason))
            .with_path(refused.local_path.display())
    }));
    for ignored in plan.refused.iter().filter(|refused| !refused.is_missed()) {
        let path = ignored.local_path.display();
        context.output.info(&format!("skipped {path}, a file of the system that Dropbox does not take"))?;
    }
    let mode = conflicts::mode(context, options.on_conflict);
    if options.transfer.dry_run.dry_run {
        conflicts::decide_unasked(&mut plan, mode);
        return print_dry_run(context, &plan, mode, failed);
    }
    conflicts::decide(context, &mut plan, mode)?;
    for failure in &failed {
        context.output.problem(failure);
    }
    send(context, &Arc::new(plan), failed, options.transfer.verbose)
}

/// The standard input becomes a file, because its length and hash must be known.
fn spool(
    context: &mut CommandContext,
    sources: Vec<PathBuf>,
) -> Result<(Vec<PathBuf>, Option<tempfile::TempPath>), CommandError> {
    if !sources.iter().any(|source| source == Path::new("-")) {
        return Ok((sources, None));
    }
    if sources.len() > 1 {
        return Err(CommandFailure::usage(
            "Standard input can’t be combined with files",
            "Upload other files with another command. For a file named “-”, use ./-",
        )
        .into());
    }
    let spooled = context.worker.run_blocking(|| {
        let mut file = tempfile::NamedTempFile::new()?;
        io::copy(&mut io::stdin().lock(), &mut file)?;
        Ok(file.into_temp_path())
    })?;
    let path = spooled.map_err(|error: io::Error| {
        CommandFailure::from_io("Standard input could not be saved for the upload", &error)
    })?;
    Ok((vec![path.to_path_buf()], Some(path)))
}

/// What is there, and a failure for each that is not.
fn existing_sources(sources: Vec<PathBuf>) -> (Vec<PathBuf>, Vec<CommandFailure>) {
    let (there, gone): (Vec<_>, Vec<_>) =
        sources.into_iter().partition(|source| source.symlink_metadata().is_ok());
    let failed = gone.iter().map(|path| {
        let title = format!("{} does not exist", path.display());
        CommandFailure::new(FailureCode::NotFound, title, "There is no such file on this computer.")
            .with_path(path.display())
    });
    // The window may go on with it, from another folder.
    let there = there.into_iter().map(|path| std::path::absolute(&path).unwrap_or(path)).collect();
    (there, failed.collect())
}

fn destination(
    context: &mut CommandContext,
    place: &Path,
    shape: SourceShape,
) -> Result<Target<RemotePath>, CommandError> {
    let path = target::remote_of(place)?;
    let slash = target::ends_in_slash(place) || path.is_root();
    let state = match context.find_entry(&path)? {
        None => TargetState::Nothing,
        Some(entry) if entry.is_folder() => TargetState::Folder,
        Some(_) => TargetState::File,
    };
    let target = target::resolve_target(path, slash, shape, state)?;
    match target {
        Target::At(path) if path.is_root() => Err(CommandFailure::usage(
            "The root folder can’t be replaced",
            "Name the folder or file inside it. What is in a folder is uploaded into the root folder with a slash: \
             coffer put FOLDER/ /",
        )
        .into()),
        target => Ok(target),
    }
}

fn plan(
    context: &mut CommandContext,
    sources: Vec<PathBuf>,
    target: &Target<RemotePath>,
    follows_links: bool,
) -> Result<UploadPlan, CommandError> {
    let job = match (target, sources.as_slice()) {
        (Target::At(path), [local_path]) => {
            Job::PlanUploadAs { local_path: local_path.clone(), remote_path: path.clone(), follows_links }
        }
        (Target::At(path) | Target::Into(path), _) => {
            Job::PlanUpload { local_paths: sources, target: path.clone(), follows_links }
        }
    };
    let mut display = ProgressDisplay::new(context.output, Direction::Upload, false);
    match context.worker.run_transfer(job, &mut display)? {
        Receipt::Planned(plan) => Ok(Arc::unwrap_or_clone(plan)),
        _ => Ok(UploadPlan::default()),
    }
}

/// Says what would happen.
fn print_dry_run(
    context: &mut CommandContext,
    plan: &UploadPlan,
    mode: OnConflict,
    mut failed: Vec<CommandFailure>,
) -> CommandResult {
    let mut files = Vec::new();
    let (mut bytes, mut count, mut in_the_way) = (0, 0, 0);
    for file in plan.files.iter() {
        let action = match file.action() {
            FileAction::Add => "upload",
            FileAction::SkipIdentical => "skip_identical",
            FileAction::Replace(_) => "replace",
            FileAction::KeepBoth => "keep_both",
            FileAction::Skip if file.decision.is_some() => "skip",
            FileAction::Skip => "conflict",
        };
        if matches!(action, "upload" | "replace" | "keep_both") {
            if let Err(error) = fs::File::open(&file.local_path) {
                let title = format!("“{}” could not be uploaded", file.remote_path.name());
                failed.push(CommandFailure::from_io(title, &error).with_path(&file.remote_path));
                continue;
            }
            bytes += file.size_bytes;
            count += 1;
        }
        in_the_way += u64::from(action == "conflict");
        let words = match action {
            "upload" => "would upload",
            "skip_identical" => "already exists",
            "replace" => "would replace",
            "keep_both" => "would upload and number",
            "skip" => "would skip",
            _ => "conflicts",
        };
        if action != "skip_identical" {
            context.output.line(&format!(
                "{words} {} ({})",
                file.remote_path,
                format::size(file.size_bytes)
            ))?;
        }
        if context.output.json {
            files.push(json!({
                "local_path": file.local_path.to_string_lossy(),
                "path": file.remote_path.to_string(),
                "bytes": file.size_bytes,
                "action": action,
            }));
        }
    }
    for folder in &plan.empty_folders {
        context.output.line(&format!("would create {folder}/"))?;
    }
    for failure in &failed {
        context.output.problem(failure);
    }
    let all = Amount { files: count, bytes, is_partial: false };
    let amount = PlannedAmount::new(context, all, plan.files.growth_bytes());
    context.output.info(&amount.in_words("uploaded"))?;
    let folders: Vec<String> = plan.empty_folders.iter().map(ToString::to_string).collect();
    let document = json!({
        "dry_run": true,
        "files": files,
        "folders": folders,
        "bytes": bytes,
        "amount": amount,
    });
    let ended = summary::finish(context, document, &failed, count > 0 || !folders.is_empty())?;
    Ok(if in_the_way > 0 && mode == OnConflict::Fail { Some(FailureCode::Conflict) } else { ended })
}

fn send(
    context: &mut CommandContext,
    plan: &Arc<UploadPlan>,
    mut failed: Vec<CommandFailure>,
    verbose: bool,
) -> CommandResult {
    let mut display = ProgressDisplay::new(context.output, Direction::Upload, verbose);
    // Also when all is there: an earlier run may have been killed just before it could say so.
    let job = Job::Upload { plan: Arc::clone(plan) };
    let report = match context.worker.run_transfer(job, &mut display)? {
        Receipt::Transferred { report, .. } => report,
        _ => TransferReport::default(),
    };
    let printed = display.has_printed_files();
    drop(display);
    if printed {
        let words = report
            .uploaded
            .renamed()
            .map(|file| format!("saved as {}, because the name was taken", file.remote_path));
        context.output.lines(words)?;
    } else {
        context.output.lines(report.uploaded.iter().map(|file| format!("uploaded {}", file.remote_path)))?;
    }
    for problem in &report.failed {
        let failure = CommandFailure::from(problem.clone());
        context.output.problem(&failure);
        failed.push(failure);
    }
    let said = summary::in_words("Uploaded", report.files, report.bytes, report.skipped, failed.len());
    context.output.info(&said)?;
    let is_missing =
        |folder: &RemotePath| report.failed.iter().any(|problem| problem.path.as_ref() == Some(folder));
    let has_made_folder = !plan.empty_folders.iter().all(is_missing);
    let anything = report.files > 0 || report.skipped > 0 || has_made_folder;
    summary::finish(context, UploadDocument::new(&report), &failed, anything)
}

/// What `--json` says of an upload. Its files are written one by one: there may be a million.
#[derive(Serialize)]
struct UploadDocument<'a> {
    dry_run: bool,
    #[serde(serialize_with = "uploaded_as_json")]
    uploaded: &'a UploadedFiles,
    files: u64,
    bytes: u64,
    skipped: u64,
}

impl<'a> UploadDocument<'a> {
    fn new(report: &'a TransferReport) -> Self {
        let TransferReport { uploaded, files, bytes, skipped, .. } = report;
        Self { dry_run: false, uploaded, files: *files, bytes: *bytes, skipped: *skipped }
    }
}

fn uploaded_as_json<S: Serializer>(uploaded: &UploadedFiles, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(uploaded.iter().map(|file| {
        json!({
            "path": file.remote_path.to_string(),
            "rev": &*file.rev.0,
            "replaced": file.replaced.as_ref().map(|rev| &*rev.0),
        })
    }))
}
