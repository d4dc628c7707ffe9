//! `mv` and `cp`. A taken name is never replaced.

use super::amounts::{PlannedAmount, RoomChange};
use super::edit::{NOTHING_REPLACED, apply, report_failure, taken};
use super::entries::as_json;
use super::{CommandResult, summary};
use crate::cli::context::CommandContext;
use crate::cli::failure::{CommandError, CommandFailure, FailureCode};
use crate::cli::options::RelocateArgs;
use crate::cli::target::{self, SourceShape, Target, TargetState, remote};
use coffer_model::{Edit, Entry, Relocation, RemotePath};
use serde_json::json;

pub(super) fn mv(context: &mut CommandContext, options: &RelocateArgs) -> CommandResult {
    run(context, options, Relocation::Move)
}

pub(super) fn cp(context: &mut CommandContext, options: &RelocateArgs) -> CommandResult {
    run(context, options, Relocation::Copy)
}

fn run(context: &mut CommandContext, options: &RelocateArgs, kind: Relocation) -> CommandResult {
    let Some((place, sources)) = options.paths.split_last() else { return Ok(None) };
    let dry_run = options.dry_run.dry_run;
    let target = match sources {
        // Another spelling of the same name is a rename, also for a folder.
        [only] if kind == Relocation::Move && remote(only) == remote(place) => Target::At(remote(place)),
        [only] if goes_on(context, kind, &remote(only), &remote(place))? => Target::At(remote(place)),
        _ => destination(context, place, sources.len() > 1)?,
    };
    let (mut items, mut failed): (Vec<(Entry, RemotePath)>, _) = (Vec::new(), Vec::new());
    for source in sources.iter().map(|path| remote(path)) {
        match item(context, &source, &target, kind) {
            Ok((_, to)) if items.iter().any(|(_, other)| *other == to) => {
                let failure = taken(&to, "Another source has the same name.");
                report_failure(context, &mut failed, failure);
            }
            Ok(item) => items.push(item),
            Err(CommandError::Failed(failure))
                if matches!(
                    failure.code,
                    FailureCode::NotFound | FailureCode::Conflict | FailureCode::Failed
                ) =>
            {
                report_failure(context, &mut failed, failure);
            }
            Err(stop) => return Err(stop),
        }
    }
    let mut anything = dry_run && !items.is_empty();
    if dry_run {
        let word = if kind == Relocation::Move { "move" } else { "copy" };
        for (entry, to) in &items {
            context.output.line(&format!("would {word} {} to {to}", entry.path))?;
        }
    }
    let amount = (dry_run && !items.is_empty()).then(|| print_amount(context, &items, kind)).transpose()?;
    let planned: Vec<_> = items
        .iter()
        .map(|(entry, to)| json!({ "from": entry.path.to_string(), "to": to.to_string() }))
        .collect();
    let mut entries = Vec::new();
    if !dry_run && !items.is_empty() {
        let edit = if kind == Relocation::Move { Edit::Move(items) } else { Edit::Copy(items) };
        if let Some(done) = apply(context, edit, &mut failed)? {
            anything = true;
            let word = if kind == Relocation::Move { "moved to" } else { "copied to" };
            for entry in &done {
                context.output.info(&format!("{word} {}", entry.path))?;
            }
            entries = done.iter().map(as_json).collect();
        }
    }
    let document = json!({ "dry_run": dry_run, "planned": planned, "entries": entries, "amount": amount });
    summary::finish(context, document, &failed, anything)
}

/// Says how much all of it is.
fn print_amount(
    context: &mut CommandContext,
    items: &[(Entry, RemotePath)],
    kind: Relocation,
) -> Result<PlannedAmount, CommandError> {
    let entries: Vec<Entry> = items.iter().map(|(entry, _)| entry.clone()).collect();
    let (done, change) = match kind {
        Relocation::Move => ("moved", RoomChange::AsItWas),
        Relocation::Copy => ("copied", RoomChange::More),
    };
    let amount = PlannedAmount::of(context, &entries, change)?;
    context.output.info(&amount.in_words(done))?;
    Ok(amount)
}

/// Whether a folder was moved or copied to a place in part, so that the same command is for the rest.
fn goes_on(
    context: &mut CommandContext,
    kind: Relocation,
    source: &RemotePath,
    place: &RemotePath,
) -> Result<bool, CommandError> {
    let Some(entry) = context.find_entry(source)? else { return Ok(false) };
    Ok(context.first_parts(kind, &entry)?.as_ref() == Some(place))
}

fn destination(
    context: &mut CommandContext,
    place: &str,
    several: bool,
) -> Result<Target<RemotePath>, CommandError> {
    let path = remote(place);
    let slash = place.ends_with('/') || path.is_root();
    let state = match context.find_entry(&path)? {
        None => TargetState::Nothing,
        Some(entry) if entry.is_folder() => TargetState::Folder,
        Some(_) => TargetState::File,
    };
    let target =
        target::resolve_target(path, slash, SourceShape { several, any_folder: false, exact: false }, state)?;
    if let (Target::Into(folder), TargetState::Nothing) = (&target, state) {
        return Err(CommandFailure::new(
            FailureCode::NotFound,
            format!("{folder} does not exist"),
            "Create the folder first with: coffer mkdir",
        )
        .with_path(folder)
        .into());
    }
    Ok(target)
}

fn item(
    context: &mut CommandContext,
    source: &RemotePath,
    target: &Target<RemotePath>,
    kind: Relocation,
) -> Result<(Entry, RemotePath), CommandError> {
    if source.is_root() {
        let word = if kind == Relocation::Move { "moved" } else { "copied" };
        return Err(CommandFailure::new(
            FailureCode::Failed,
            format!("The root folder can’t be {word}"),
            "Name the items in it.",
        )
        .with_path(source)
        .into());
    }
    let entry = context.require_entry(source)?;
    let to = match target {
        Target::Into(folder) => folder.join(entry.name()),
        Target::At(place) => place.clone(),
    };
    // Another spelling of the same name is a rename.
    let respelt = kind == Relocation::Move && entry.path == to && entry.path.as_str() != to.as_str();
    if !respelt {
        if entry.path == to {
            return Err(taken(&to, "Source and target are the same.").into());
        }
        if entry.is_folder() && entry.path.contains(&to) {
            return Err(CommandFailure::new(
                FailureCode::Failed,
                format!("{} can’t be moved or copied into itself", entry.path),
                "Choose a folder outside it.",
            )
            .with_path(&entry.path)
            .into());
        }
        if context.find_entry(&to)?.is_some() && context.first_parts(kind, &entry)?.as_ref() != Some(&to) {
            return Err(taken(&to, NOTHING_REPLACED).into());
        }
    }
    Ok((entry, to))
}
