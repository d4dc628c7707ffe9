//! `edit`: opens a file of the account in the person's editor, and uploads what was changed when the editor ends.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::EditArgs;
use crate::cli::target::remote;
use coffer_model::receipt::SavedCopy;
use coffer_model::working_copy::SaveResult;
use coffer_model::{Job, Receipt, WorkingCopy, WorkingCopyState};
use serde_json::json;
use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

/// Where neither is set.
const USUAL_EDITOR: &str = "vi";
/// Who ends so soon and has changed nothing may have left the file to a window that is still open.
const AT_ONCE: Duration = Duration::from_secs(2);

pub(super) fn run(context: &mut CommandContext, options: &EditArgs) -> CommandResult {
    let entry = context.require_entry(&remote(&options.path))?;
    let path = entry.path.to_string();
    let Receipt::CheckedOut(copy) = context.worker.run(Job::CheckOut { entry, open: false })? else {
        return Ok(Some(FailureCode::Failed));
    };
    if copy.state != WorkingCopyState::Saved {
        context.output.status(&format!("Continuing with changes of {path} that were not sent yet"));
    }
    let (started, before) = (Instant::now(), state_of(&copy.local_path));
    let editor = start_editor(&copy.local_path, context.output.json).map_err(|error| {
        CommandFailure::from_io("The editor could not be started", &error).with_path(&path)
    })?;
    let status = context.worker.wait_for_program(editor)?;
    let has_left_it = started.elapsed() < AT_ONCE && state_of(&copy.local_path) == before;
    if !status.is_ok_and(|status| status.success()) {
        return Err(kept(
            &copy,
            CommandFailure::new(FailureCode::Failed, "The editor ended with an error", "Nothing was sent."),
        )
        .into());
    }
    let saved = match context.worker.run(Job::SaveWorkingCopy { id: copy.id.clone() }) {
        Ok(Receipt::SavedCopy(saved)) => saved,
        Ok(_) => return Ok(Some(FailureCode::Failed)),
        Err(CommandError::Failed(failure)) => return Err(kept(&copy, failure).into()),
        Err(interrupted) => return Err(interrupted),
    };
    if has_left_it {
        context.output.status(
            "The editor ended at once. If it still has the file open, save there and run the same command again.\n\
             Some editors have an option to wait, as code --wait.",
        );
    } else {
        close(context, &copy)?;
    }
    report(context, &path, &saved)
}

/// When a file was written and how long it is; `None` for none.
fn state_of(local_path: &Path) -> Option<(SystemTime, u64)> {
    let metadata = fs::metadata(local_path).ok()?;
    Some((metadata.modified().ok()?, metadata.len()))
}

/// What was changed is in the account. A copy that a program has open, or has saved other files beside, is kept.
fn close(context: &mut CommandContext, copy: &WorkingCopy) -> Result<(), CommandError> {
    match context.worker.run(Job::CloseWorkingCopy { id: copy.id.clone() }) {
        Ok(_) => Ok(()),
        Err(CommandError::Failed(failure)) => Err(kept(copy, failure).into()),
        Err(interrupted) => Err(interrupted),
    }
}

/// With `--json` the standard output belongs to the document, so the editor gets the standard error.
fn start_editor(local_path: &Path, json: bool) -> std::io::Result<Child> {
    let is_set = |value: &OsString| !value.is_empty();
    let editor = ["VISUAL", "EDITOR"].iter().find_map(|name| env::var_os(name).filter(is_set));
    // By the shell, because the variable may have options in it, as in `code --wait`.
    let mut script = editor.unwrap_or_else(|| USUAL_EDITOR.into());
    script.push(" \"$@\"");
    let mut command = Command::new("sh");
    command.arg("-c").arg(script).arg("coffer-editor").arg(local_path);
    if json {
        command.stdout(Stdio::from(std::io::stderr()));
    }
    command.spawn()
}

/// The changes are not lost: the failure says where they are.
fn kept(copy: &WorkingCopy, failure: CommandFailure) -> CommandFailure {
    let advice = format!(
        "Your changes are kept in {}. Run the same command again to continue.",
        copy.local_path.display()
    );
    let detail = if failure.detail.is_empty() { advice } else { format!("{}\n{advice}", failure.detail) };
    CommandFailure { detail, ..failure }
}

fn report(context: &CommandContext, path: &str, saved: &SavedCopy) -> CommandResult {
    let saved_as = saved.remote_path.to_string();
    let (result, words) = match saved.result {
        SaveResult::Unchanged => ("unchanged", format!("{path} was not changed")),
        SaveResult::NewVersion => ("new_version", format!("saved {saved_as}")),
        SaveResult::NewFile => {
            ("new_file", format!("{path} had been deleted; saved as a new file {saved_as}"))
        }
        SaveResult::Conflict => {
            ("conflict", format!("{path} was also changed elsewhere; your version was saved as {saved_as}"))
        }
    };
    context.output.info(&words)?;
    context.output.document(&json!({ "path": path, "result": result, "saved_as": saved_as }))?;
    Ok((saved.result == SaveResult::Conflict).then_some(FailureCode::Conflict))
}
