//! `ls --at` and `restore --at`: a folder as it was at a moment.

use super::amounts::PlannedAmount;
use super::changes::moment;
use super::entries::{EntriesAsJson, line};
use super::list::listing;
use super::versions::bring_back;
use super::{CommandResult, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::CommandError;
use crate::cli::format::counted;
use crate::cli::options::{LsArgs, NewItemsChoice, RestoreArgs};
use crate::cli::target::remote;
use coffer_model::{
    Amount, BringBack, BringBackPlace, BringBackPlan, Entry, Job, Listing, NewItems, PastQuery, PastSummary,
    Receipt, RemotePath, SinceThen, Sort,
};
use jiff::Timestamp;
use serde_json::{Value, json};
use std::sync::Arc;

/// What was there, and what has become of it since.
pub(super) fn ls(context: &mut CommandContext, options: &LsArgs, at: &str) -> CommandResult {
    let at = moment(at)?;
    let mut paths: Vec<RemotePath> = options.paths.iter().map(|path| remote(path)).collect();
    if paths.is_empty() {
        paths.push(RemotePath::root());
    }
    let mut rows: Vec<(Entry, SinceThen)> = Vec::new();
    for path in paths {
        let mut open = vec![path];
        while let Some(folder) = open.pop() {
            let (listing, summary) = past(context, &folder, at)?;
            report_unobserved(context, &summary);
            for (entry, since) in listing.entries.iter().zip(&summary.since) {
                if *since == SinceThen::Added {
                    continue;
                }
                if options.recursive && entry.is_folder() {
                    open.push(entry.path.clone());
                }
                rows.push((entry.clone(), since.clone()));
            }
        }
    }
    if options.recursive {
        rows.sort_by(|(one, _), (other, _)| one.path.cmp(&other.path));
    }
    context.output.lines(rows.iter().map(|(entry, since)| {
        let name = if options.recursive { entry.path.as_str() } else { entry.name() };
        let line = line(entry, name, options.long);
        words(since).map_or_else(|| line.clone(), |words| format!("{line}  ({words})"))
    }))?;
    let entries: Vec<Entry> = rows.iter().map(|(entry, _)| entry.clone()).collect();
    let since: Vec<Value> = rows.iter().map(|(_, since)| as_json(since)).collect();
    context.output.document(&json!({
        "at": at.to_string(),
        "entries": EntriesAsJson(&entries),
        "since": since,
    }))?;
    Ok(None)
}

/// Brings a folder back to what it was, or says what that would do.
pub(super) fn restore(context: &mut CommandContext, options: &RestoreArgs, at: &str) -> CommandResult {
    let (at, folder) = (moment(at)?, remote(&options.path));
    let (_, summary) = past(context, &folder, at)?;
    report_unobserved(context, &summary);
    let inside = |names: &[String]| names.iter().map(|name| folder.join(name.trim_matches('/'))).collect();
    let place = match (&options.to, options.new_items) {
        (Some(to), _) => BringBackPlace::Beside(remote(to)),
        (None, NewItemsChoice::Stay) => BringBackPlace::InPlace(NewItems::Stay),
        (None, NewItemsChoice::Aside) => BringBackPlace::InPlace(NewItems::aside(&folder, at)),
    };
    let aside = match &place {
        BringBackPlace::InPlace(NewItems::Aside(folder)) => folder.to_string(),
        _ => String::new(),
    };
    let asked = BringBack {
        items: inside(&options.only),
        left_out: inside(&options.except),
        place,
        ..BringBack::of_folder(folder, at)
    };
    let Receipt::BringBackPlanned(plan) = context.worker.run(Job::PlanBringBack(Box::new(asked.clone())))?
    else {
        return Ok(None);
    };
    report_plan(context, options, &plan, &aside)?;
    if options.dry_run.dry_run {
        let texts =
            |paths: &[RemotePath]| -> Vec<String> { paths.iter().map(RemotePath::to_string).collect() };
        context.output.document(&json!({
            "dry_run": true,
            "deleted": plan.deleted.files, "changed": plan.changed.files, "copied": plan.copied.files,
            "moved": plan.moved, "added": plan.added, "aside": plan.aside, "unknown": texts(&plan.unknown), "not_kept": texts(&plan.not_kept),
            "growth_bytes": plan.growth_bytes,
        }))?;
        return Ok(None);
    }
    bring_back(context, options, asked)
}

fn report_plan(
    context: &mut CommandContext,
    options: &RestoreArgs,
    plan: &BringBackPlan,
    aside: &str,
) -> CommandResult {
    let would = if options.dry_run.dry_run { "would " } else { "" };
    let files = |count| counted(count, "file");
    let unknown = plan.unknown.len() as u64;
    let lines = [
        (plan.deleted.files, format!("{would}restore {}", files(plan.deleted.files))),
        (
            plan.changed.files,
            format!("{would}bring {} back to their version of then", files(plan.changed.files)),
        ),
        (plan.copied.files, format!("{would}copy {}", files(plan.copied.files))),
        (plan.moved, format!("{would}move {} back", files(plan.moved))),
        (plan.aside, format!("{would}move {} made since then to {aside}", files(plan.aside))),
        (plan.added, format!("{} made since then stay", files(plan.added))),
        (unknown, format!("{} can’t be brought back", files(unknown))),
    ];
    context.output.lines(lines.into_iter().filter_map(|(count, line)| (count > 0).then_some(line)))?;
    context.output.lines(plan.unknown.iter().map(|path| format!("nobody knows what {path} was then")))?;
    context.output.lines(plan.not_kept.iter().map(|path| format!("{path} is no longer kept by Dropbox")))?;
    let all = Amount {
        files: plan.files(),
        bytes: plan.deleted.bytes + plan.changed.bytes + plan.copied.bytes,
        is_partial: false,
    };
    let amount = PlannedAmount::new(context, all, plan.growth_bytes);
    context.output.info(&amount.in_words("brought back"))?;
    Ok(None)
}

pub(super) fn past(
    context: &mut CommandContext,
    folder: &RemotePath,
    at: Timestamp,
) -> Result<(Arc<Listing>, Arc<PastSummary>), CommandError> {
    known::ask(context, false, |context| {
        let query = PastQuery { folder: folder.clone(), at, sort: Sort::default() };
        let listing = listing(context, Job::ListPast(query))?;
        let summary = listing.past.clone().ok_or(CommandError::Interrupted(0))?;
        Ok((listing, summary))
    })
    .map(|(past, _)| past)
}

pub(super) fn report_unobserved(context: &CommandContext, summary: &PastSummary) {
    if !summary.is_observed {
        context.output.status(
            "coffer: the account was not followed at that time; what was moved or deleted may be missing",
        );
    }
}

fn words(since: &SinceThen) -> Option<String> {
    Some(match since {
        SinceThen::Unchanged | SinceThen::Added => return None,
        SinceThen::Changed => "changed since".to_owned(),
        SinceThen::Deleted => "deleted since".to_owned(),
        SinceThen::Moved(path) => format!("now {path}"),
        SinceThen::Unknown => "may have been there".to_owned(),
        SinceThen::VersionUnknown | SinceThen::Pending => "in a version that is not known".to_owned(),
        SinceThen::NotKept => "no longer kept by Dropbox".to_owned(),
    })
}

fn as_json(since: &SinceThen) -> Value {
    match since {
        SinceThen::Unchanged => json!("unchanged"),
        SinceThen::Changed => json!("changed"),
        SinceThen::Deleted => json!("deleted"),
        SinceThen::Moved(path) => json!({ "moved": path.as_str() }),
        SinceThen::Added => json!("added"),
        SinceThen::Unknown => json!("unknown"),
        SinceThen::VersionUnknown | SinceThen::Pending => json!("version unknown"),
        SinceThen::NotKept => json!("not kept"),
    }
}
