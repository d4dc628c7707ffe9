//! `index`: how far the index of the account is; compared with the account, or made anew.

use super::{CommandResult, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::FailureCode;
use crate::cli::format;
use crate::cli::options::IndexArgs;
use coffer_model::{IndexPhase, IndexReport};
use serde_json::json;

pub(super) fn run(context: &mut CommandContext, options: &IndexArgs) -> CommandResult {
    let report = if options.status {
        known::read_status(context)?
    } else {
        known::update(context, options.rebuild, options.verify)?
    };
    context.output.lines(in_words(&report, options.verify))?;
    let status = &report.status;
    let (state, percent) = match status.phase {
        IndexPhase::Complete => ("complete", None),
        IndexPhase::Building { percent } => ("incomplete", percent),
        IndexPhase::Metered => ("incomplete", None),
        IndexPhase::Unavailable => ("unavailable", None),
    };
    context.output.document(&json!({
        "state": state,
        "percent": percent,
        "files": status.files,
        "folders": status.folders,
        "bytes": status.bytes,
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "file": report.file,
        "file_bytes": report.file_bytes,
        "was_replaced": report.was_replaced,
        "checked_folders": options.verify.then_some(report.checked_folders),
        "differences": options.verify.then_some(report.differences),
        "wrong_totals": options.verify.then_some(report.wrong_totals),
    }))?;
    Ok((status.phase == IndexPhase::Unavailable).then_some(FailureCode::Failed))
}

fn in_words(report: &IndexReport, is_verified: bool) -> Vec<String> {
    let status = &report.status;
    let state = match status.phase {
        IndexPhase::Complete => "complete".to_owned(),
        IndexPhase::Building { percent: Some(percent) } => format!("incomplete, {percent} %"),
        IndexPhase::Building { percent: None } | IndexPhase::Metered => "incomplete".to_owned(),
        IndexPhase::Unavailable => "can’t be kept on this computer".to_owned(),
    };
    let items = format!(
        "{} and {}, {}",
        format::files(status.files),
        format::counted(status.folders, "folder"),
        format::size(status.bytes)
    );
    let mut lines = vec![format!("State     {state}"), format!("Contents  {items}")];
    lines.extend(status.as_of.map(|as_of| format!("As of     {}", format::date(as_of))));
    lines.extend(
        report
            .file
            .as_ref()
            .map(|file| format!("File      {} ({})", file.display(), format::size(report.file_bytes))),
    );
    if is_verified {
        let folders = format::counted(report.checked_folders, "folder");
        lines.push(match report.differences {
            0 => format!("Compared  {folders}, no differences"),
            differences => {
                format!("Compared  {folders}, {} corrected", format::counted(differences, "difference"))
            }
        });
        lines.push(match report.wrong_totals {
            0 => "Totals    counted anew, no differences".to_owned(),
            wrong => format!("Totals    counted anew, {} corrected", format::counted(wrong, "folder")),
        });
    }
    lines
}
