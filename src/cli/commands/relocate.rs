//! `mv` and `cp`. A taken name is never replaced.

use super::edit::{apply, tell};
use super::entries::as_json;
use super::{Ended, summary};
use crate::cli::failure::{Code, Failure, Stop};
use crate::cli::options::Relocate;
use crate::cli::run::Ground;
use crate::cli::target::{self, Shape, Standing, Target, remote};
use coffer_model::{Edit, Entry, RemotePath};
use serde_json::json;

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Move,
    Copy,
}

pub fn mv(ground: &mut Ground, options: &Relocate) -> Ended {
    run(ground, options, Kind::Move)
}

pub fn cp(ground: &mut Ground, options: &Relocate) -> Ended {
    run(ground, options, Kind::Copy)
}

fn run(ground: &mut Ground, options: &Relocate, kind: Kind) -> Ended {
    let Some((place, sources)) = options.paths.split_last() else { return Ok(None) };
    let dry_run = options.dry_run.dry_run;
    let target = match sources {
        // Another spelling of the same name is a rename, also for a folder.
        [only] if kind == Kind::Move && remote(only) == remote(place) => Target::At(remote(place)),
        _ => destination(ground, place, sources.len() > 1)?,
    };
    let (mut items, mut failed): (Vec<(Entry, RemotePath)>, _) = (Vec::new(), Vec::new());
    for source in sources.iter().map(|path| remote(path)) {
        match item(ground, &source, &target, kind) {
            Ok((_, to)) if items.iter().any(|(_, other)| *other == to) => {
                let failure = taken(&to, "Another source has the same name.");
                tell(ground, &mut failed, failure);
            }
            Ok(item) => items.push(item),
            Err(Stop::Failed(failure))
                if matches!(failure.code, Code::NotFound | Code::Conflict | Code::Failed) =>
            {
                tell(ground, &mut failed, failure);
            }
            Err(stop) => return Err(stop),
        }
    }
    let mut anything = dry_run && !items.is_empty();
    if dry_run {
        let word = if kind == Kind::Move { "move" } else { "copy" };
        for (entry, to) in &items {
            ground.output.line(&format!("would {word} {} to {to}", entry.path))?;
        }
    }
    let planned: Vec<_> = items
        .iter()
        .map(|(entry, to)| json!({ "from": entry.path.to_string(), "to": to.to_string() }))
        .collect();
    let mut entries = Vec::new();
    if !dry_run && !items.is_empty() {
        let edit = if kind == Kind::Move { Edit::Move(items) } else { Edit::Copy(items) };
        if let Some(done) = apply(ground, edit, &mut failed)? {
            anything = true;
            let word = if kind == Kind::Move { "moved to" } else { "copied to" };
            for entry in &done {
                ground.output.remark(&format!("{word} {}", entry.path))?;
            }
            entries = done.iter().map(as_json).collect();
        }
    }
    let document = json!({ "dry_run": dry_run, "planned": planned, "entries": entries });
    summary::end(ground, document, &failed, anything)
}

fn destination(ground: &mut Ground, place: &str, several: bool) -> Result<Target<RemotePath>, Stop> {
    let path = remote(place);
    let slash = place.ends_with('/') || path.is_root();
    let standing = match ground.look(&path)? {
        None => Standing::Nothing,
        Some(entry) if entry.is_folder() => Standing::Folder,
        Some(_) => Standing::File,
    };
    let target = target::decide(path, slash, Shape { several, any_folder: false, exact: false }, standing)?;
    if let (Target::Into(folder), Standing::Nothing) = (&target, standing) {
        return Err(Failure::new(
            Code::NotFound,
            format!("{folder} does not exist"),
            "Create the folder first with: coffer mkdir",
        )
        .at(folder)
        .into());
    }
    Ok(target)
}

fn item(
    ground: &mut Ground,
    source: &RemotePath,
    target: &Target<RemotePath>,
    kind: Kind,
) -> Result<(Entry, RemotePath), Stop> {
    if source.is_root() {
        let word = if kind == Kind::Move { "moved" } else { "copied" };
        return Err(Failure::new(
            Code::Failed,
            format!("The root folder can’t be {word}"),
            "Name the items in it.",
        )
        .at(source)
        .into());
    }
    let entry = ground.locate(source)?;
    let to = match target {
        Target::Into(folder) => folder.join(entry.name()),
        Target::At(place) => place.clone(),
    };
    // Another spelling of the same name is a rename.
    let respelt = kind == Kind::Move && entry.path == to && entry.path.as_str() != to.as_str();
    if !respelt {
        if entry.path == to {
            return Err(taken(&to, "Source and target are the same.").into());
        }
        if entry.is_folder() && entry.path.contains(&to) {
            return Err(Failure::new(
                Code::Failed,
                format!("{} can’t be moved or copied into itself", entry.path),
                "Choose a folder outside it.",
            )
            .at(&entry.path)
            .into());
        }
        if ground.look(&to)?.is_some() {
            return Err(taken(&to, "Nothing was replaced. Move or delete it first.").into());
        }
    }
    Ok((entry, to))
}

fn taken(path: &RemotePath, detail: &str) -> Failure {
    Failure::new(Code::Conflict, format!("{path} already exists"), detail).at(path)
}
