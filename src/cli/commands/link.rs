//! `link`: prints the link of an item, makes it, ends it.

use super::Ended;
use super::entries::link_as_json;
use crate::cli::failure::{Code, Failure, Stop};
use crate::cli::options::Link;
use crate::cli::run::Ground;
use crate::cli::target::remote;
use coffer_model::{Edit, Entry, Job, Receipt, SharedLink, Sort, Update};
use serde_json::json;

pub fn run(ground: &mut Ground, options: &Link) -> Ended {
    let entry = ground.locate(&remote(&options.path))?;
    let path = entry.path.to_string();
    let dry_run = options.dry_run.dry_run;
    if options.revoke {
        return revoke(ground, &entry, dry_run);
    }
    let link = if dry_run {
        existing(ground, &entry)?
    } else {
        match ground.client.run(Job::CreateLink { path: entry.path.clone() })? {
            Receipt::Link(link) => Some(link),
            _ => None,
        }
    };
    if let Some(link) = link {
        ground.output.line(&link.url)?;
        let mut document = link_as_json(&path, &link);
        document["dry_run"] = dry_run.into();
        ground.output.document(&document)?;
    } else {
        ground.output.line(&format!("would create a link to {path} for anyone who has it"))?;
        ground.output.document(&json!({ "dry_run": dry_run, "path": path, "url": null }))?;
    }
    Ok(None)
}

fn revoke(ground: &mut Ground, entry: &Entry, dry_run: bool) -> Ended {
    let path = entry.path.to_string();
    let Some(link) = existing(ground, entry)? else {
        return Err(Failure::new(
            Code::NotFound,
            format!("{path} has no link"),
            "There is nothing to remove.",
        )
        .at(path)
        .into());
    };
    if dry_run {
        ground.output.line(&format!("would remove {}", link.url))?;
    } else {
        let edit = Edit::RevokeLink { path: entry.path.clone(), link: link.clone() };
        ground.client.run(Job::Edit(edit))?;
        ground.output.remark(&format!("removed {}", link.url))?;
    }
    ground.output.document(&json!({ "dry_run": dry_run, "path": path, "revoked": link.url }))?;
    Ok(None)
}

/// The link that the account has made for the item.
fn existing(ground: &mut Ground, entry: &Entry) -> Result<Option<SharedLink>, Stop> {
    let mut found = None;
    ground.client.run_with(Job::ListLinks { sort: Sort::default() }, |update| {
        if let Update::Listing(listing) = update {
            found = listing.entry_of(&entry.path).and_then(|entry| entry.link.clone());
        }
        Ok(())
    })?;
    Ok(found.map(|link| (*link).clone()))
}
