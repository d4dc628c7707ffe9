//! `dupes`: files with the same content, what they waste, and what would be deleted by a rule.

use super::delete_copies::{self, PlannedGroup};
use super::entries::as_json;
use super::{CommandResult, summary};
use crate::cli::context::CommandContext;
use crate::cli::format;
use crate::cli::options::DupesArgs;
use crate::cli::target::remote;
use coffer_model::IndexPhase;
use serde_json::{Value, json};

pub(super) fn run(context: &mut CommandContext, options: &DupesArgs) -> CommandResult {
    let (groups, status) = delete_copies::find(context, options)?;
    let plan = delete_copies::plan(groups, options.keep.as_ref());
    context.output.lines(plan.iter().flat_map(|group| in_words(group, options.keep.is_some())))?;
    let files: u64 = plan.iter().map(|group| group.all.files.len() as u64).sum();
    let wasted: u64 = plan.iter().map(|group| group.all.wasted_bytes()).sum();
    let groups = format::counted(plan.len() as u64, "group");
    let wasted_in_words = format::size(wasted);
    context.output.info(&format!("{groups}, {}, {wasted_in_words} wasted", format::files(files)))?;
    let (mut failed, mut deleted) = (Vec::new(), Vec::new());
    if options.delete {
        deleted = delete_copies::run(context, options, &plan, &mut failed)?;
    } else if options.keep.is_some() {
        let (files, bytes) = delete_copies::extent(&plan);
        let freed = format::size(bytes);
        context.output.info(&format!("would delete {} ({freed}); --delete does it", format::files(files)))?;
    }
    let document = json!({
        "below": options.path.as_deref().map(remote).unwrap_or_default().to_string(),
        "as_of": status.as_of.map(|as_of| as_of.to_string()),
        "is_complete": status.phase == IndexPhase::Complete,
        "dry_run": !options.delete,
        "files": files,
        "wasted_bytes": wasted,
        "groups": plan.iter().map(|group| group_as_json(group, options.keep.is_some())).collect::<Vec<_>>(),
        "deleted": deleted,
    });
    let is_anything_done = !deleted.is_empty() || failed.is_empty();
    summary::finish(context, document, &failed, is_anything_done)
}

fn in_words(group: &PlannedGroup, has_rule: bool) -> Vec<String> {
    let files = &group.all.files;
    let size = format::size(group.all.size_bytes);
    let wasted = format::size(group.all.wasted_bytes());
    let mut lines = vec![format!("{} × {size}, {wasted} wasted", format::count(files.len() as u64))];
    lines.extend(files.iter().map(|file| match (has_rule, group.is_deleted(file)) {
        (false, _) => format!("  {}", file.path),
        (true, false) => format!("  keep    {}", file.path),
        (true, true) => format!("  delete  {}", file.path),
    }));
    lines.push(String::new());
    lines
}

fn group_as_json(group: &PlannedGroup, has_rule: bool) -> Value {
    let files = group.all.files.iter().map(|file| {
        let mut item = as_json(file);
        if has_rule {
            item["keep"] = (!group.is_deleted(file)).into();
        }
        item
    });
    json!({
        "bytes": group.all.size_bytes,
        "wasted_bytes": group.all.wasted_bytes(),
        "files": files.collect::<Vec<_>>(),
    })
}
