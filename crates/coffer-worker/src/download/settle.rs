//! The last step of a file: it is made to outlive a power cut, and then gets its name. Many small files do so
//! together. Until then nobody sees it under a name of theirs. All blocks.

use super::fetch::LargeFile;
use super::local_name::{hidden_name, numbered};
use super::present::is_there;
use super::staging::{Staged, Staging};
use super::wanted::Wanted;
use coffer_model::{Existing, Problem, ProblemKind};
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempPath;

/// So many small files are synced one by one.
const FEW: usize = 8;
/// Numbers that are tried when a name is taken.
pub const MOST_NUMBERS: u32 = 10_000;

/// A file whose bytes are whole and verified.
pub struct Arrived {
    pub wanted: Wanted,
    pub temporary: Temporary,
}

/// Where its bytes are.
pub enum Temporary {
    Staged(Staged),
    Part(Arc<LargeFile>),
}

/// Gives names to files; tells for each which.
pub fn settle(
    arrived: Vec<Arrived>,
    staging: &Staging,
    existing: Existing,
) -> Vec<(Wanted, Result<PathBuf, Problem>)> {
    let synced = sync_small(&arrived, staging);
    let mut settled = Vec::with_capacity(arrived.len());
    for Arrived { wanted, temporary } in arrived {
        let result = match temporary {
            Temporary::Staged(staged) => match &synced {
                Ok(()) => name(&staged.path, &wanted, existing),
                Err(error) => Err(wanted.about().local(error)),
            },
            Temporary::Part(file) => settle_part(&file, &wanted, existing),
        };
        settled.push((wanted, result));
    }
    settled
}

fn settle_part(file: &LargeFile, wanted: &Wanted, existing: Existing) -> Result<PathBuf, Problem> {
    let sealed = file.part.seal(wanted.modified()).map_err(|error| wanted.about().local(&error));
    let place = sealed.and_then(|()| name(file.part.path(), wanted, existing));
    match &place {
        Ok(_) => file.part.settled(),
        // Another run would find the same in its way.
        Err(problem)
            if matches!(problem.kind, ProblemKind::LocalNameTaken | ProblemKind::LocalInvalidName) =>
        {
            file.part.remove();
        }
        Err(_) => {}
    }
    place
}

fn sync_small(arrived: &[Arrived], staging: &Staging) -> io::Result<()> {
    let small = || {
        arrived.iter().filter_map(|file| match &file.temporary {
            Temporary::Staged(staged) => Some(staged),
            Temporary::Part(_) => None,
        })
    };
    match small().count() {
        0 => Ok(()),
        #[cfg(target_os = "linux")]
        FEW.. => staging.sync(),
        _ => small().try_for_each(|staged| File::open(&staged.path)?.sync_all()),
    }
}

/// Moves a file to its place, or to one with a number.
fn name(from: &Path, wanted: &Wanted, existing: Existing) -> Result<PathBuf, Problem> {
    let named = match existing {
        Existing::Number => free_name(&wanted.place, |place| move_to(from, place, false)),
        Existing::SkipIdentical => move_to(from, &wanted.place, false).map(|()| wanted.place.clone()),
        Existing::Replace => move_to(from, &wanted.place, true).map(|()| wanted.place.clone()),
    };
    let named = match named {
        // Somebody else has brought the same meanwhile.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_there(wanted) => {
            fs::remove_file(from).map(|()| wanted.place.clone())
        }
        named => named,
    };
    named.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => in_the_way(wanted),
        io::ErrorKind::NotFound => {
            wanted.about().because(ProblemKind::LocalError, "Its folder no longer exists on this computer.")
        }
        _ => wanted.about().local(&error),
    })
}

/// What stands at the place of a file is not this file, and stays.
pub fn in_the_way(wanted: &Wanted) -> Problem {
    let detail = if wanted.place.is_dir() {
        "A folder with this name already exists, so it was not replaced."
    } else {
        "A different file with this name already exists, so it was not replaced."
    };
    wanted.about().because(ProblemKind::LocalNameTaken, detail)
}

/// Tries a place, then the same one with numbers, until one is not taken.
pub fn free_name(place: &Path, take: impl Fn(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for number in 0..MOST_NUMBERS {
        let place =
            if number == 0 { place.to_owned() } else { place.with_file_name(numbered(&name, number)) };
        match take(&place) {
            Ok(()) => return Ok(place),
            Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(error) => return Err(error),
        }
    }
    Err(io::ErrorKind::AlreadyExists.into())
}

fn move_to(from: &Path, to: &Path, replace: bool) -> io::Result<()> {
    match rename(from, to, replace) {
        // A folder in the target is a door to another disk: the last step starts from beside the place.
        Err(error) if error.kind() == io::ErrorKind::CrossesDevices => {
            let name = to.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
            let beside =
                to.with_file_name(hidden_name(&name, &format!(".{:08x}.coffer-part", fastrand::u32(..))));
            let moved = copy_synced(from, &beside).and_then(|()| rename(&beside, to, replace));
            if moved.is_err() {
                let _ = fs::remove_file(&beside);
            }
            moved
        }
        result => result,
    }
}

fn copy_synced(from: &Path, to: &Path) -> io::Result<()> {
    let modified = fs::metadata(from)?.modified();
    fs::copy(from, to)?;
    let copy = File::options().write(true).open(to)?;
    if let Ok(modified) = modified {
        let _ = copy.set_modified(modified);
    }
    copy.sync_all()
}

fn rename(from: &Path, to: &Path, replace: bool) -> io::Result<()> {
    if replace {
        return fs::rename(from, to);
    }
    let mut temporary = TempPath::try_from_path(from)?;
    // Who owns the file cleans up.
    temporary.disable_cleanup(true);
    temporary.persist_noclobber(to).map_err(|error| error.error)
}

#[cfg(test)]
mod tests {
    use super::{Arrived, Temporary, free_name, settle};
    use crate::download::staging::Staging;
    use crate::download::wanted::Wanted;
    use crate::transfer::TransferStore;
    use coffer_model::entry::File;
    use coffer_model::{Existing, RemotePath, Rev};
    use jiff::Timestamp;
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    fn arrived(folder: &Path, staging: &Staging, name: &str, content: &str) -> Arrived {
        let (mut file, staged) = staging.create().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        let file = File {
            id: "id:1".into(),
            rev: Rev("012345678".into()),
            size_bytes: content.len() as u64,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
        };
        let path = RemotePath::root().join(name);
        let wanted = Wanted { path, file, place: folder.join(name), label: name.into() };
        Arrived { wanted, temporary: Temporary::Staged(staged) }
    }

    fn try_to_settle(existing: Existing) -> (Result<String, String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let state = tempfile::tempdir().unwrap();
        let store = TransferStore::new(state.path().to_owned());
        let staging = Staging::new(store, folder.path().to_owned());
        fs::write(folder.path().join("a.txt"), "mine").unwrap();
        let file = arrived(folder.path(), &staging, "a.txt", "theirs");
        let (_, result) = settle(vec![file], &staging, existing).remove(0);
        drop(staging);
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1 + usize::from(existing == Existing::Number), "nothing half done is left");
        let told = result
            .map(|place| place.file_name().unwrap().to_str().unwrap().to_owned())
            .map_err(|problem| problem.detail);
        (told, fs::read_to_string(folder.path().join("a.txt")).unwrap())
    }

    #[test]
    fn a_taken_name_is_numbered_left_or_replaced_as_was_asked() {
        assert_eq!(try_to_settle(Existing::Number), (Ok("a (1).txt".into()), "mine".into()));
        let refused = "A different file with this name already exists, so it was not replaced.".to_owned();
        assert_eq!(try_to_settle(Existing::SkipIdentical), (Err(refused), "mine".into()));
        assert_eq!(try_to_settle(Existing::Replace), (Ok("a.txt".into()), "theirs".into()));
    }

    #[test]
    fn many_files_get_their_names_together() {
        let folder = tempfile::tempdir().unwrap();
        let state = tempfile::tempdir().unwrap();
        let staging = Staging::new(TransferStore::new(state.path().to_owned()), folder.path().to_owned());
        let files = (0..50).map(|n| arrived(folder.path(), &staging, &format!("{n}.txt"), "x")).collect();
        for (wanted, result) in settle(files, &staging, Existing::SkipIdentical) {
            assert_eq!(result.unwrap(), wanted.place);
        }
        drop(staging);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 50, "the files and nothing else");
    }

    #[test]
    fn numbers_are_tried_until_a_name_is_free() {
        let folder = tempfile::tempdir().unwrap();
        let make = |place: &Path| fs::create_dir(place);
        let place = folder.path().join("a.b");
        assert_eq!(free_name(&place, make).unwrap(), place);
        assert_eq!(free_name(&place, make).unwrap(), folder.path().join("a (1).b"));
    }
}
