//! What stands at a file's place before it is brought. Blocks.

use super::settle::in_the_way;
use super::wanted::Wanted;
use crate::transfer::DownloadedItem;
use crate::upload::local_hash;
use coffer_model::{Existing, Problem};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// What is to be done about a file.
#[derive(Debug)]
pub enum Standing {
    Missing,
    /// An earlier run of the same order has brought it.
    Brought(PathBuf),
    /// The same content stands there.
    Same,
    /// It cannot be brought.
    InTheWay(Problem),
}

pub fn standing(wanted: &Wanted, existing: Existing, downloaded: Option<&DownloadedItem>) -> Standing {
    if let Some(item) = downloaded.filter(|item| item.rev.as_ref() == Some(&wanted.file.rev)) {
        let place = wanted.place.with_file_name(&item.local_name);
        let metadata = fs::metadata(&place);
        if metadata
            .is_ok_and(|metadata| is_unchanged(&metadata, wanted) || is_same(&metadata, &place, wanted))
        {
            return Standing::Brought(place);
        }
    }
    if existing == Existing::Number {
        return Standing::Missing;
    }
    let place = &wanted.place;
    match (fs::symlink_metadata(place), fs::metadata(place)) {
        (Err(_), _) => Standing::Missing,
        (Ok(_), Ok(metadata)) if is_same(&metadata, place, wanted) => Standing::Same,
        (_, Ok(metadata)) if existing == Existing::Replace && !metadata.is_dir() => Standing::Missing,
        // A link to nowhere.
        (_, Err(_)) if existing == Existing::Replace => Standing::Missing,
        _ => Standing::InTheWay(in_the_way(wanted)),
    }
}

/// Whether the same content stands at its place.
pub fn is_there(wanted: &Wanted) -> bool {
    fs::metadata(&wanted.place).is_ok_and(|metadata| is_same(&metadata, &wanted.place, wanted))
}

/// Size and time are as we left them. Some disks keep times to two seconds.
fn is_unchanged(metadata: &Metadata, wanted: &Wanted) -> bool {
    let apart = |time: SystemTime| {
        time.duration_since(wanted.modified()).unwrap_or_else(|earlier| earlier.duration())
    };
    metadata.is_file()
        && metadata.len() == wanted.size()
        && metadata.modified().is_ok_and(|time| apart(time) <= Duration::from_secs(2))
}

fn is_same(metadata: &Metadata, place: &Path, wanted: &Wanted) -> bool {
    metadata.is_file()
        && metadata.len() == wanted.size()
        && wanted.file.content_hash.is_some()
        && local_hash(place).is_ok_and(|hash| wanted.has_hash(&hash))
}
