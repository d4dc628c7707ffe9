//! `ls` and `search`.

use super::entries::{EntriesAsJson, line};
use super::{CommandResult, summary};
use crate::cli::context::{CommandContext, not_found};
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::{LsArgs, SearchArgs};
use crate::cli::target::remote;
use coffer_model::{Entry, Job, Listing, RemotePath, Sort, Update};
use coffer_stdx::units::counted;
use serde::Serialize;
use serde_json::json;
use std::sync::Arc;

/// The whole list is shown when it is there: only then its order is known.
pub(super) fn listing(context: &mut CommandContext, job: Job) -> Result<Arc<Listing>, CommandError> {
    let mut last = Arc::default();
    context.worker.run_with(job, |update| {
        if let Update::Listing(listing) = update {
            last = listing;
        }
        Ok(())
    })?;
    Ok(last)
}

pub(super) fn ls(context: &mut CommandContext, options: &LsArgs) -> CommandResult {
    let mut paths: Vec<RemotePath> = options.paths.iter().map(|path| remote(path)).collect();
    if paths.is_empty() {
        paths.push(RemotePath::root());
    }
    let several = paths.len() > 1;
    let (mut found, mut failed, mut any, mut unreadable) = (Vec::new(), Vec::new(), false, 0);
    for path in paths {
        match entries(context, options, &path) {
            Ok(ListedPath { entries, is_folder, unreadable: left_out }) => {
                unreadable += left_out;
                let names_in = (is_folder && !options.recursive && !options.deleted).then_some(&path);
                if several && is_folder && !options.recursive {
                    context.output.line(&format!("{path}:"))?;
                }
                context.output.lines(entries.iter().map(|entry| {
                    let whole = entry.path.to_string();
                    line(entry, if names_in.is_some() { entry.name() } else { &whole }, options.long)
                }))?;
                if several && is_folder && !options.recursive {
                    context.output.line("")?;
                }
                if context.output.json {
                    found.extend(entries);
                }
                any = true;
            }
            Err(CommandError::Failed(failure)) if several => {
                context.output.problem(&failure);
                failed.push(failure);
            }
            Err(stop) => return Err(stop),
        }
    }
    report_unreadable(context, unreadable);
    summary::finish(context, ListDocument { entries: EntriesAsJson(&found), unreadable }, &failed, any)
}

/// What `--json` says of a list.
#[derive(Serialize)]
struct ListDocument<'a> {
    entries: EntriesAsJson<'a>,
    unreadable: usize,
}

/// Says that a list is not whole.
fn report_unreadable(context: &CommandContext, unreadable: usize) {
    if unreadable > 0 {
        let items = counted(unreadable as u64, "item");
        context.output.status(&format!("coffer: {items} could not be read"));
    }
}

struct ListedPath {
    entries: Vec<Entry>,
    is_folder: bool,
    /// How many items are missing in it.
    unreadable: usize,
}

fn entries(
    context: &mut CommandContext,
    options: &LsArgs,
    path: &RemotePath,
) -> Result<ListedPath, CommandError> {
    if options.deleted {
        let job = Job::ListDeleted { path: path.clone(), details: false };
        let mut entries = Arc::unwrap_or_clone(listing(context, job)?).entries;
        if !options.recursive {
            entries.retain(|entry| entry.path.parent().as_ref() == Some(path));
        }
        entries.sort_by(|left, right| left.path.cmp(&right.path));
        return Ok(ListedPath { entries, is_folder: true, unreadable: 0 });
    }
    let sort = Sort::default();
    let job = if options.recursive {
        Job::ListTree { path: path.clone(), sort }
    } else {
        Job::List { path: path.clone(), sort }
    };
    match listing(context, job) {
        Ok(listing) => {
            let Listing { mut entries, unreadable, .. } = Arc::unwrap_or_clone(listing);
            if options.recursive {
                entries.sort_by(|left, right| left.path.cmp(&right.path));
            }
            Ok(ListedPath { entries, is_folder: true, unreadable })
        }
        // It is a file, or nothing.
        Err(CommandError::Failed(failure)) if failure.code == FailureCode::Conflict => {
            match context.find_entry(path)? {
                Some(entry) if !entry.is_folder() => {
                    Ok(ListedPath { entries: vec![entry], is_folder: false, unreadable: 0 })
                }
                Some(_) => Err(failure.into()),
                None => Err(not_found(path).into()),
            }
        }
        Err(CommandError::Failed(failure)) if failure.code == FailureCode::NotFound => {
            Err(not_found(path).into())
        }
        Err(stop) => Err(stop),
    }
}

pub(super) fn search(context: &mut CommandContext, options: &SearchArgs) -> CommandResult {
    let query = options.words.join(" ");
    let below = options.below.as_deref().map(remote).unwrap_or_default();
    if query.trim().is_empty() {
        return Err(CommandFailure::usage("There is nothing to search for", "Type part of a name.").into());
    }
    if !below.is_root() {
        context.require_entry(&below)?;
    }
    let found = listing(context, Job::Search { query: query.clone(), below: below.clone(), sort: None })?;
    context.output.lines(found.entries.iter().map(|entry| line(entry, entry.path.as_str(), options.long)))?;
    report_unreadable(context, found.unreadable);
    context.output.document(&json!({
        "query": query,
        "unreadable": found.unreadable,
        "below": below.to_string(),
        "entries": EntriesAsJson(&found.entries),
    }))?;
    Ok(None)
}
