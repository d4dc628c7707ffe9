//! `shared`: lists shared folders, adds them to the account and removes them from it.

use super::CommandResult;
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::SharedArgs;
use crate::cli::target::remote;
use coffer_model::{Edit, ItemAccess, Job, MountableFolder, Receipt};
use serde_json::{Value, json};

pub(super) fn run(context: &mut CommandContext, options: &SharedArgs) -> CommandResult {
    match (&options.add, &options.remove) {
        (Some(name), _) => add(context, name, options.dry_run.dry_run),
        (None, Some(path)) => remove(context, path, options.dry_run.dry_run),
        (None, None) => list(context),
    }
}

fn list(context: &mut CommandContext) -> CommandResult {
    let folders = all(context)?;
    context.output.lines(folders.iter().map(line))?;
    if folders.is_empty() {
        context.output.info("There are no shared folders.")?;
    }
    let folders: Vec<Value> = folders.iter().map(as_json).collect();
    context.output.document(&json!({ "folders": folders }))?;
    Ok(None)
}

fn all(context: &mut CommandContext) -> Result<Vec<MountableFolder>, CommandError> {
    match context.worker.run(Job::ListSharedFolders)? {
        Receipt::SharedFolders(folders) => Ok(folders),
        _ => Ok(Vec::new()),
    }
}

fn line(folder: &MountableFolder) -> String {
    let access = access_words(folder.access);
    match &folder.path {
        Some(path) => format!("{access:<15}  {path}/"),
        None => format!("{access:<15}  {}/  (not in your Dropbox)", folder.name),
    }
}

fn access_words(access: ItemAccess) -> &'static str {
    match access {
        ItemAccess::Edit => "can edit",
        ItemAccess::ViewOnly => "view only",
        ItemAccess::TraverseOnly => "limited access",
        ItemAccess::NoAccess => "no access",
    }
}

fn as_json(folder: &MountableFolder) -> Value {
    json!({
        "id": &*folder.id,
        "name": folder.name,
        "access": match folder.access {
            ItemAccess::Edit => "edit",
            ItemAccess::ViewOnly => "view",
            ItemAccess::TraverseOnly => "limited",
            ItemAccess::NoAccess => "none",
        },
        "owners": folder.owners,
        "path": folder.path.as_ref().map(ToString::to_string),
    })
}

fn add(context: &mut CommandContext, name: &str, dry_run: bool) -> CommandResult {
    let folder = find(&all(context)?, name)?;
    let refuse = |code, detail: &str| {
        let title = format!("“{}” could not be added to your Dropbox", folder.name);
        Err(CommandFailure::new(code, title, detail).into())
    };
    if let Some(path) = &folder.path {
        return refuse(FailureCode::Conflict, &format!("It is there already: {path}"));
    }
    if folder.access == ItemAccess::NoAccess {
        return refuse(FailureCode::Failed, "You don’t have access to it. Ask its owner for it.");
    }
    if dry_run {
        context.output.line(&format!("would add “{}” to your Dropbox", folder.name))?;
        context.output.document(&json!({ "dry_run": true, "added": as_json(&folder) }))?;
        return Ok(None);
    }
    let receipt = context.worker.run(Job::Edit(Edit::AddSharedFolder(Box::new(folder.clone()))))?;
    let path = match receipt {
        Receipt::Edited { entries, .. } => entries.into_iter().next().map(|entry| entry.path),
        _ => None,
    };
    let place = path.as_ref().map_or_else(|| format!("“{}”", folder.name), ToString::to_string);
    context.output.info(&format!("added {place}"))?;
    let added = as_json(&MountableFolder { path, ..folder });
    context.output.document(&json!({ "dry_run": false, "added": added }))?;
    Ok(None)
}

/// The folder with this name, or with this id where several have the name.
fn find(folders: &[MountableFolder], name: &str) -> Result<MountableFolder, CommandFailure> {
    let has_name = |folder: &&MountableFolder| {
        folder.name.to_lowercase() == name.trim_end_matches('/').to_lowercase() || *folder.id == *name
    };
    let found: Vec<&MountableFolder> = folders.iter().filter(has_name).collect();
    match found.as_slice() {
        [folder] => Ok((*folder).clone()),
        [] => Err(CommandFailure::new(
            FailureCode::NotFound,
            format!("there is no shared folder “{name}”"),
            "List shared folders with: coffer shared",
        )),
        several => {
            let ids: Vec<&str> = several.iter().map(|folder| &*folder.id).collect();
            let detail = format!("Name one by its id: {}", ids.join(", "));
            Err(CommandFailure::usage(format!("several shared folders are called “{name}”"), detail))
        }
    }
}

fn remove(context: &mut CommandContext, path: &str, dry_run: bool) -> CommandResult {
    let entry = context.require_entry(&remote(path))?;
    let path = entry.path.to_string();
    if !entry.sharing.is_shared_folder {
        let title = format!("{path} is not a shared folder");
        let detail = "Only shared folders can be removed from your Dropbox and added again.";
        return Err(CommandFailure::new(FailureCode::Failed, title, detail).with_path(path).into());
    }
    if dry_run {
        context.output.line(&format!("would remove {path} from your Dropbox"))?;
    } else {
        context.worker.run(Job::Edit(Edit::RemoveSharedFolder(entry)))?;
        context.output.info(&format!("removed {path}; its other members keep it"))?;
    }
    context.output.document(&json!({ "dry_run": dry_run, "removed": path }))?;
    Ok(None)
}
