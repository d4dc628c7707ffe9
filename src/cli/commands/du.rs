//! `du`: how much is in folders.

use super::entries::EntriesAsJson;
use super::{CommandResult, known};
use crate::cli::context::CommandContext;
use crate::cli::failure::CommandError;
use crate::cli::format;
use crate::cli::options::{DuArgs, DuSort};
use crate::cli::target::remote;
use coffer_model::{Entry, EntryKind, FolderTotals, IndexPhase, Job, Receipt, RemotePath};
use serde::Serialize;
use serde_json::json;

/// A folder or file, and how much is in it.
#[derive(Serialize)]
struct UsageLine {
    #[serde(rename = "type")]
    kind: &'static str,
    path: String,
    /// `None` where that is not known yet.
    bytes: Option<u64>,
    files: Option<u64>,
    folders: Option<u64>,
    /// The latest change of a file.
    newest: Option<String>,
}

pub(super) fn run(context: &mut CommandContext, options: &DuArgs) -> CommandResult {
    let path = options.path.as_deref().map(remote).unwrap_or_default();
    if let Some(most) = options.largest {
        return largest(context, options, &path, most);
    }
    let (lines, status) = known::ask(context, options.offline.offline, |context| {
        let mut lines = Vec::new();
        let entry = if path.is_root() { root(context)? } else { known::require_entry(context, &path)? };
        add(context, options, &entry, 0, &mut lines)?;
        Ok(lines)
    })?;
    context.output.lines(lines.iter().map(|line| in_words(line, options.bytes)))?;
    context.output.document(&json!({
        "path": path.to_string(),
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "is_complete": status.phase == IndexPhase::Complete,
        "entries": lines,
    }))?;
    Ok(None)
}

/// The root folder is in no list; its totals are the sum of what is in it.
fn root(context: &mut CommandContext) -> Result<Entry, CommandError> {
    let listing = known::list(context, &RemotePath::root())?;
    let mut totals = FolderTotals::default();
    for entry in &listing.entries {
        if let Some(below) = &entry.totals {
            totals.files += below.files;
            totals.folders += below.folders + 1;
            totals.bytes += below.bytes;
            totals.newest = totals.newest.max(below.newest);
        } else if let Some(file) = entry.file() {
            totals.files += 1;
            totals.bytes += file.size_bytes;
            totals.newest = totals.newest.max(Some(file.client_modified));
        }
    }
    let entry = Entry::new(RemotePath::root(), EntryKind::Folder { id: "".into() });
    Ok(Entry { totals: Some(totals.into()), ..entry })
}

/// As `du` does: what is in a folder comes before the folder.
fn add(
    context: &mut CommandContext,
    options: &DuArgs,
    entry: &Entry,
    level: usize,
    lines: &mut Vec<UsageLine>,
) -> Result<(), CommandError> {
    let has_folders = entry.totals.as_ref().is_none_or(|totals| totals.folders > 0);
    let is_listed = entry.is_folder()
        && options.depth.is_none_or(|depth| level < depth)
        && (options.files || has_folders);
    if is_listed {
        let listing = known::list(context, &entry.path)?;
        let mut items: Vec<&Entry> =
            listing.entries.iter().filter(|item| options.files || item.is_folder()).collect();
        match options.sort {
            DuSort::Name => items.sort_by(|left, right| left.path.cmp(&right.path)),
            DuSort::Size => items.sort_by_key(|item| std::cmp::Reverse(bytes(item))),
        }
        for item in items {
            add(context, options, item, level + 1, lines)?;
        }
    }
    lines.push(usage(entry));
    Ok(())
}

fn bytes(entry: &Entry) -> Option<u64> {
    let file = entry.file().map(|file| file.size_bytes);
    file.or(entry.totals.as_ref().map(|totals| totals.bytes))
}

fn usage(entry: &Entry) -> UsageLine {
    let totals = entry.totals.as_deref();
    let newest = entry.file().map(|file| file.client_modified).or(totals.and_then(|totals| totals.newest));
    UsageLine {
        kind: if entry.is_folder() { "folder" } else { "file" },
        path: entry.path.to_string(),
        bytes: bytes(entry),
        files: totals.map(|totals| totals.files),
        folders: totals.map(|totals| totals.folders),
        newest: newest.map(|newest| newest.to_string()),
    }
}

fn in_words(line: &UsageLine, exact: bool) -> String {
    let UsageLine { path, bytes, .. } = line;
    let slash = if line.kind == "folder" && !path.ends_with('/') { "/" } else { "" };
    match bytes {
        Some(bytes) if exact => format!("{bytes:>15}  {path}{slash}"),
        Some(bytes) => format!("{:>10}  {path}{slash}", format::size(*bytes)),
        None => format!("{:>10}  {path}{slash}", "-"),
    }
}

fn largest(context: &mut CommandContext, options: &DuArgs, path: &RemotePath, most: usize) -> CommandResult {
    let (listing, status) = known::ask(context, options.offline.offline, |context| {
        known::require_folder(context, path)?;
        match context.worker.run(Job::ListLargest { below: path.clone(), most })? {
            Receipt::Listed(listing) => Ok(listing),
            _ => Err(CommandError::Interrupted(0)),
        }
    })?;
    context.output.lines(listing.entries.iter().map(|entry| in_words(&usage(entry), options.bytes)))?;
    context.output.document(&json!({
        "path": path.to_string(),
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "is_complete": status.phase == IndexPhase::Complete,
        "entries": EntriesAsJson(&listing.entries),
    }))?;
    Ok(None)
}
