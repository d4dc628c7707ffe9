//! `find`.

use super::entries::{EntriesAsJson, line};
use super::{CommandResult, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure};
use crate::cli::format;
use crate::cli::options::{FindArgs, FindSort};
use crate::cli::output::Output;
use crate::cli::target::remote;
use coffer_model::search_query::FILTER_NAMES;
use coffer_model::{Entry, FoundItems, IndexPhase, Job, Receipt, SearchQuery, SearchSort};
use jiff::Zoned;
use serde_json::json;
use std::sync::Arc;

pub(super) fn run(context: &mut CommandContext, options: &FindArgs) -> CommandResult {
    let query = options.query.join(" ");
    check(&query)?;
    let below = options.below.as_deref().map(remote).unwrap_or_default();
    let limit = options.limit.unwrap_or(usize::MAX);
    let (sort, is_found_in_order) = match (options.sort, options.reverse) {
        (FindSort::Size, false) => (SearchSort::Largest, true),
        (FindSort::Size, true) => (SearchSort::Smallest, true),
        (FindSort::Date, false) => (SearchSort::Newest, true),
        (FindSort::Date, true) => (SearchSort::Oldest, true),
        (FindSort::Match, is_reversed) => (SearchSort::Match, !is_reversed),
        (FindSort::Name, _) => (SearchSort::Match, false),
    };
    let most = if is_found_in_order { limit } else { usize::MAX };
    let (found, status) = known::ask(context, options.offline.offline, |context| {
        known::require_folder(context, &below)?;
        let job = Job::SearchIndex { query: query.clone(), below: below.clone(), sort, most };
        match context.worker.run(job)? {
            Receipt::Found(found) => Ok(found),
            _ => Err(CommandError::Interrupted(0)),
        }
    })?;
    let FoundItems { mut entries, count, bytes, .. } = Arc::unwrap_or_clone(found);
    if options.sort == FindSort::Name {
        entries.sort_by_cached_key(|entry| (entry.name().to_lowercase(), entry.path.clone()));
    }
    if !is_found_in_order && options.reverse {
        entries.reverse();
    }
    entries.truncate(limit);
    if options.print0 {
        Output::zero_terminated(entries.iter().map(|entry| entry.path.as_str()))?;
    } else {
        context.output.lines(entries.iter().map(|entry| found_line(entry, options.long)))?;
    }
    context.output.document(&json!({
        "query": query,
        "below": below.to_string(),
        "count": count,
        "bytes": bytes,
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "is_complete": status.phase == IndexPhase::Complete,
        "entries": EntriesAsJson(&entries),
    }))?;
    Ok(None)
}

/// A folder has its total size.
fn found_line(entry: &Entry, long: bool) -> String {
    match entry.totals.as_deref().filter(|_| long && entry.is_folder()) {
        Some(totals) => {
            let newest = totals.newest.map(format::date).unwrap_or_default();
            format!("{:>10}  {newest:16}  {:15}  {}/", format::size(totals.bytes), "", entry.path)
        }
        None => line(entry, entry.path.as_str(), long),
    }
}

fn check(text: &str) -> Result<(), CommandFailure> {
    let query = SearchQuery::parse(text, &Zoned::now());
    if !query.mistakes.is_empty() {
        let mistakes: Vec<String> = query.mistakes.iter().map(|mistake| format!("“{mistake}”")).collect();
        return Err(CommandFailure::usage(
            format!("{} can’t be understood", mistakes.join(", ")),
            format!(
                "The filters are {}. “coffer find --help” has examples. Words with a colon are written in quotation marks: \
                 '\"size:huge\"'.",
                FILTER_NAMES.map(|name| format!("{name}:")).join(", ")
            ),
        ));
    }
    if query.is_empty() {
        return Err(CommandFailure::usage(
            "There is nothing to search for",
            "Type part of a name, or a filter.",
        ));
    }
    Ok(())
}
