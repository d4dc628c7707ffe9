//! `link`: prints the link of an item, makes it, ends it.

use super::CommandResult;
use super::entries::link_as_json;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::LinkArgs;
use crate::cli::target::remote;
use coffer_model::link::LinkSettings;
use coffer_model::{Edit, Entry, Job, Receipt, SharedLink, Sort, Update};
use serde_json::json;

pub(super) fn run(context: &mut CommandContext, options: &LinkArgs) -> CommandResult {
    let entry = context.require_entry(&remote(&options.path))?;
    let path = entry.path.to_string();
    let dry_run = options.dry_run.dry_run;
    if options.revoke {
        return revoke(context, &entry, dry_run);
    }
    let link = if dry_run {
        existing(context, &entry)?
    } else {
        match context
            .worker
            .run(Job::CreateLink { path: entry.path.clone(), settings: LinkSettings::PLAIN })?
        {
            Receipt::Link { link, .. } => Some(link),
            _ => None,
        }
    };
    if let Some(link) = link {
        context.output.line(&link.url)?;
        let mut document = link_as_json(&path, &link);
        document["dry_run"] = dry_run.into();
        context.output.document(&document)?;
    } else {
        context.output.line(&format!("would create a link to {path} for anyone who has it"))?;
        context.output.document(&json!({ "dry_run": dry_run, "path": path, "url": null }))?;
    }
    Ok(None)
}

fn revoke(context: &mut CommandContext, entry: &Entry, dry_run: bool) -> CommandResult {
    let path = entry.path.to_string();
    let Some(link) = existing(context, entry)? else {
        return Err(CommandFailure::new(
            FailureCode::NotFound,
            format!("{path} has no link"),
            "There is nothing to remove.",
        )
        .with_path(path)
        .into());
    };
    if dry_run {
        context.output.line(&format!("would remove {}", link.url))?;
    } else {
        let edit = Edit::RevokeLink { path: entry.path.clone(), link: link.clone() };
        context.worker.run(Job::Edit(edit))?;
        context.output.info(&format!("removed {}", link.url))?;
    }
    context.output.document(&json!({ "dry_run": dry_run, "path": path, "revoked": link.url }))?;
    Ok(None)
}

/// The link that the account has made for the item.
fn existing(context: &mut CommandContext, entry: &Entry) -> Result<Option<SharedLink>, CommandError> {
    let mut found = None;
    context.worker.run_with(Job::ListLinks { sort: Sort::default() }, |update| {
        if let Update::Listing(listing) = update {
            found = listing.entry_of(&entry.path).and_then(|entry| entry.link.clone());
        }
        Ok(())
    })?;
    Ok(found.map(|link| (*link).clone()))
}
