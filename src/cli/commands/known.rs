//! What commands ask the index of the account: it is brought up to date first. Where the service can't be reached, or is not to be
//! asked, the answer is from what is known, and the standard error says as of when.

use crate::cli::context::{CommandContext, not_found};
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::format;
use crate::cli::progress::IndexProgress;
use coffer_model::{Entry, IndexPhase, IndexReport, IndexStatus, Job, Listing, Receipt, RemotePath, Sort};
use std::sync::Arc;

/// How often a question is asked where the index proves to be damaged.
const MOST_TRIES: u32 = 3;

/// Asks the index, and says how far it is. A damaged index may show only when it is asked; it is then made anew, and asked
/// again.
pub(super) fn ask<T>(
    context: &mut CommandContext,
    offline: bool,
    mut question: impl FnMut(&mut CommandContext) -> Result<T, CommandError>,
) -> Result<(T, IndexStatus), CommandError> {
    let mut status = refresh(context, offline)?.status;
    let mut tries = 1;
    loop {
        match question(context) {
            Err(CommandError::Failed(failure)) if tries < MOST_TRIES => {
                let report = refresh(context, offline)?;
                if !report.was_replaced {
                    return Err(failure.into());
                }
                status = report.status;
                tries += 1;
            }
            result => return Ok((result?, status)),
        }
    }
}

fn refresh(context: &mut CommandContext, offline: bool) -> Result<IndexReport, CommandError> {
    let unreachable = if offline {
        None
    } else {
        match update(context, false, false) {
            Err(CommandError::Failed(failure)) if failure.code == FailureCode::Offline => Some(failure),
            result => return result,
        }
    };
    let report = read_status(context)?;
    report_replaced(context, &report);
    let says_why = unreachable.as_ref().map_or("", |_| "the account can’t be reached; ");
    let status = &report.status;
    let as_of = match (status.phase, status.as_of) {
        (IndexPhase::Complete, Some(as_of)) => format!("as of {}", format::date(as_of)),
        (IndexPhase::Building { .. }, _) if status.files + status.folders > 0 => {
            format!("the account is not listed completely yet ({})", progress(status))
        }
        _ => return Err(unreachable.unwrap_or_else(nothing_known).into()),
    };
    context.output.status(&format!("coffer: {says_why}{as_of}"));
    Ok(report)
}

/// Brings the index up to date; a person sees how far it is while it is filled.
pub(super) fn update(
    context: &mut CommandContext,
    rebuild: bool,
    verify: bool,
) -> Result<IndexReport, CommandError> {
    let mut bar = IndexProgress::new(context.output);
    let done = context.worker.run_with(Job::UpdateIndex { rebuild, verify }, |update| {
        bar.update(&update);
        Ok(())
    });
    drop(bar);
    let Receipt::Indexed(report) = done? else { return Err(CommandError::Interrupted(0)) };
    report_replaced(context, &report);
    Ok(report)
}

/// How far the index is, without asking the service.
pub(super) fn read_status(context: &mut CommandContext) -> Result<IndexReport, CommandError> {
    match context.worker.run(Job::ReadIndexStatus)? {
        Receipt::Indexed(report) => Ok(report),
        _ => Err(CommandError::Interrupted(0)),
    }
}

fn report_replaced(context: &CommandContext, report: &IndexReport) {
    if report.was_replaced {
        context.output.status(
            "coffer: the index of the account was damaged or of another version of Coffer, so it is made anew",
        );
    }
}

fn nothing_known() -> CommandFailure {
    CommandFailure::new(
        FailureCode::Offline,
        "Nothing is known of the account yet",
        "Run the command once without --offline.",
    )
}

/// "37 %", or how much is known where the account does not say how much there is.
pub(super) fn progress(status: &IndexStatus) -> String {
    match status.phase {
        IndexPhase::Building { percent: Some(percent) } => format!("{percent} %"),
        _ => format::counted(status.files + status.folders, "item"),
    }
}

/// The items of a folder, the folders among them with their totals.
pub(super) fn list(context: &mut CommandContext, path: &RemotePath) -> Result<Arc<Listing>, CommandError> {
    match context.worker.run(Job::ListKnown { path: path.clone(), sort: Sort::default() })? {
        Receipt::Listed(listing) => Ok(listing),
        _ => Err(CommandError::Interrupted(0)),
    }
}

/// The item at a path other than the root; fails if there is none.
pub(super) fn require_entry(context: &mut CommandContext, path: &RemotePath) -> Result<Entry, CommandError> {
    let folder = path.parent().unwrap_or_default();
    match list(context, &folder) {
        Ok(listing) => listing.entry_of(path).cloned().ok_or_else(|| not_found(path).into()),
        Err(CommandError::Failed(failure)) if failure.code == FailureCode::NotFound => {
            Err(not_found(path).into())
        }
        Err(stop) => Err(stop),
    }
}

/// Fails unless there is such a folder.
pub(super) fn require_folder(context: &mut CommandContext, path: &RemotePath) -> Result<(), CommandError> {
    if path.is_root() || require_entry(context, path)?.is_folder() {
        return Ok(());
    }
    let title = format!("{path} is a file");
    Err(CommandFailure::new(FailureCode::Conflict, title, "A folder is needed.").with_path(path).into())
}
