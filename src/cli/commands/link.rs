//! `link`: prints the link of an item, makes it, ends it.

use super::CommandResult;
use super::entries::link_as_json;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::{LinkArgs, LinkAudience, LinkExpiry};
use crate::cli::target::remote;
use coffer_model::link::{Audience, LinkSettings};
use coffer_model::{Edit, Entry, Job, Receipt, SharedLink, Sort, Update};
use dropbox_protocol::Secret;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use serde_json::json;
use std::path::Path;

pub(super) fn run(context: &mut CommandContext, options: &LinkArgs) -> CommandResult {
    let entry = context.require_entry(&remote(&options.path))?;
    let path = entry.path.to_string();
    let dry_run = options.dry_run.dry_run;
    if options.revoke {
        return revoke(context, &entry, dry_run);
    }
    let changes_link =
        options.audience.is_some() || options.password_file.is_some() || options.expires.is_some();
    let old = if dry_run || changes_link { existing(context, &entry)? } else { None };
    let settings = settings(options, old.as_ref())?;
    if dry_run {
        match &old {
            Some(link) if changes_link => context.output.line(&format!("would change {}", link.url))?,
            Some(link) => context.output.line(&link.url)?,
            None => {
                context.output.line(&format!("would create a link to {path} for {}", in_words(&settings)))?;
            }
        }
        let mut document = json!({ "path": path, "url": null });
        if let Some(link) = &old {
            document = link_as_json(&path, link);
        }
        document["dry_run"] = true.into();
        context.output.document(&document)?;
        return Ok(None);
    }
    let item = entry.path.clone();
    let job = match old {
        Some(link) => Job::ChangeLink { path: item, link, settings },
        None => Job::CreateLink { path: item, settings },
    };
    if let Receipt::Link { link, .. } = context.worker.run(job)? {
        context.output.line(&link.url)?;
        let mut document = link_as_json(&path, &link);
        document["dry_run"] = false.into();
        context.output.document(&document)?;
    }
    Ok(None)
}

/// What the link is to be; what is not named stays as it is.
fn settings(options: &LinkArgs, old: Option<&SharedLink>) -> Result<LinkSettings, CommandFailure> {
    let mut settings = old.map_or(LinkSettings::PLAIN, LinkSettings::of);
    match options.audience {
        None => {}
        Some(LinkAudience::Anyone) => settings.audience = Audience::Anyone,
        Some(LinkAudience::Team) => settings.audience = Audience::Team,
        Some(LinkAudience::Invited) => settings.audience = Audience::OnlyInvited,
    }
    if let Some(file) = &options.password_file {
        settings.audience = Audience::Password;
        settings.password = Some(password(file)?);
    }
    match options.expires {
        None => {}
        Some(LinkExpiry::Never) => settings.expires = None,
        Some(LinkExpiry::After(day)) => {
            let end = day.at(23, 59, 0, 0).to_zoned(TimeZone::system()).ok().map(|end| end.timestamp());
            let end = end.filter(|end| *end > Timestamp::now()).ok_or_else(|| {
                CommandFailure::usage(
                    format!("{day} is over"),
                    "Name a later day, or remove the link with --revoke.",
                )
            })?;
            settings.expires = Some(end);
        }
    }
    Ok(settings)
}

fn password(file: &Path) -> Result<Secret, CommandFailure> {
    let text = std::fs::read_to_string(file).map_err(|error| {
        CommandFailure::usage(
            format!("The password could not be read from {}", file.display()),
            format!("System error: {error}."),
        )
    })?;
    let password = text.lines().next().unwrap_or_default();
    if password.is_empty() {
        return Err(CommandFailure::usage(
            "The password is empty",
            "Write it in the first line of the file.",
        ));
    }
    Ok(Secret::new(password))
}

fn in_words(settings: &LinkSettings) -> &'static str {
    match settings.audience {
        Audience::Anyone => "anyone who has it",
        Audience::Team => "your team",
        Audience::Password => "anyone who has it and the password",
        Audience::OnlyInvited => "people who are invited",
    }
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
