//! The last step of a file: it is made to outlive a power cut, and then gets its name. Many small files do so
//! together. Until then nobody sees it under a name of theirs. All blocks.

use super::download_action::is_there;
use super::download_file::DownloadFile;
use super::large_file::LargeFile;
use super::replaced_file::{copy_user_attributes, keep_attributes};
use super::staging::Staging;
use super::verified_file::{TemporaryFile, VerifiedFile};
use crate::local_name::{hidden_name, numbered};
use coffer_model::{OnExisting, Problem, ProblemKind};
use coffer_stdx::system::CAN_SYNC_DISK;
use coffer_texts::tr;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use tempfile::TempPath;

/// So many small files are synced one by one.
const FEW: usize = 8;
/// Numbers that are tried when a name is taken.
pub(crate) const MAX_NUMBERS: u32 = 10_000;

/// Gives names to files; tells for each which.
pub(crate) fn finalize(
    arrived: Vec<VerifiedFile>,
    staging: &Staging,
    existing: OnExisting,
) -> Vec<(DownloadFile, Result<PathBuf, Problem>)> {
    let synced = sync_small(&arrived, staging);
    let mut settled = Vec::with_capacity(arrived.len());
    for VerifiedFile { wanted, temporary } in arrived {
        let result = match temporary {
            TemporaryFile::Staged(staged) => match &synced {
                Ok(()) => rename_to_target(&staged.path, &wanted, existing),
                Err(error) => Err(wanted.problem().local(error)),
            },
            TemporaryFile::Partial(file) => finalize_partial(&file, &wanted, existing),
        };
        settled.push((wanted, result));
    }
    settled
}

fn finalize_partial(
    file: &LargeFile,
    wanted: &DownloadFile,
    existing: OnExisting,
) -> Result<PathBuf, Problem> {
    let written =
        file.partial.finish_writing(wanted.modified()).map_err(|error| wanted.problem().local(&error));
    let place = written.and_then(|()| rename_to_target(file.partial.path(), wanted, existing));
    match &place {
        Ok(_) => file.partial.detach(),
        // Another run would find the same in its way.
        Err(problem)
            if matches!(problem.kind, ProblemKind::LocalNameTaken | ProblemKind::LocalInvalidName) =>
        {
            file.partial.remove();
        }
        Err(_) => {}
    }
    place
}

fn sync_small(arrived: &[VerifiedFile], staging: &Staging) -> io::Result<()> {
    let small = || {
        arrived.iter().filter_map(|file| match &file.temporary {
            TemporaryFile::Staged(staged) => Some(staged),
            TemporaryFile::Partial(_) => None,
        })
    };
    if CAN_SYNC_DISK && small().count() >= FEW {
        return staging.sync();
    }
    small().try_for_each(|staged| File::open(&staged.path)?.sync_all())
}

/// Moves a file to its local path, or to one with a number.
fn rename_to_target(from: &Path, wanted: &DownloadFile, existing: OnExisting) -> Result<PathBuf, Problem> {
    let named = match existing {
        OnExisting::Number => free_name(&wanted.local_path, |place| move_to(from, place, false)),
        OnExisting::SkipIdentical => {
            move_to(from, &wanted.local_path, false).map(|()| wanted.local_path.clone())
        }
        OnExisting::Replace => keep_attributes(from, &wanted.local_path)
            .and_then(|()| move_to(from, &wanted.local_path, true))
            .map(|()| wanted.local_path.clone()),
    };
    let named = match named {
        // Somebody else has put the same file there meanwhile.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && is_there(wanted) => {
            fs::remove_file(from).map(|()| wanted.local_path.clone())
        }
        named => named,
    };
    named.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists | io::ErrorKind::IsADirectory => wanted.conflict_problem(),
        io::ErrorKind::NotFound => {
            wanted.problem().because(ProblemKind::LocalError, tr!("why-local-folder-gone"))
        }
        _ => wanted.problem().local(&error),
    })
}

/// Tries a place, then the same one with numbers, until one is not taken.
pub(crate) fn free_name(place: &Path, take: impl Fn(&Path) -> io::Result<()>) -> io::Result<PathBuf> {
    let name = place.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    for number in 0..MAX_NUMBERS {
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
    copy_user_attributes(from, to);
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
    use super::{TemporaryFile, VerifiedFile, finalize, free_name};
    use crate::download::download_file::DownloadFile;
    use crate::download::staging::Staging;
    use crate::transfer::TransferStore;
    use coffer_model::entry::File;
    use coffer_model::{OnExisting, RemotePath, Rev};
    use jiff::Timestamp;
    use std::fs;
    use std::io::Write;
    use std::path::Path;

    fn arrived(folder: &Path, staging: &Staging, name: &str, content: &str) -> VerifiedFile {
        let (mut file, staged) = staging.create().unwrap();
        file.write_all(content.as_bytes()).unwrap();
        let file = File {
            id: "id:1".into(),
            rev: Rev("012345678".into()),
            size_bytes: content.len() as u64,
            client_modified: Timestamp::UNIX_EPOCH,
            server_modified: Timestamp::UNIX_EPOCH,
            content_hash: None,
            access: coffer_model::entry::ContentAccess::Download,
        };
        let path = RemotePath::root().join(name);
        let wanted = DownloadFile::new(path, &file, folder.join(name), &folder.into());
        VerifiedFile { wanted, temporary: TemporaryFile::Staged(staged) }
    }

    fn try_to_finalize(existing: OnExisting) -> (Result<String, String>, String) {
        let folder = tempfile::tempdir().unwrap();
        let state = tempfile::tempdir().unwrap();
        let store = TransferStore::new(state.path().to_owned(), false);
        let staging = Staging::new(store, folder.path().to_owned());
        fs::write(folder.path().join("a.txt"), "mine").unwrap();
        let file = arrived(folder.path(), &staging, "a.txt", "theirs");
        let (_, result) = finalize(vec![file], &staging, existing).remove(0);
        drop(staging);
        let left = fs::read_dir(folder.path()).unwrap().count();
        assert_eq!(left, 1 + usize::from(existing == OnExisting::Number), "nothing half done is left");
        let told = result
            .map(|place| place.file_name().unwrap().to_str().unwrap().to_owned())
            .map_err(|problem| problem.detail);
        (told, fs::read_to_string(folder.path().join("a.txt")).unwrap())
    }

    #[test]
    fn a_taken_name_is_numbered_left_or_replaced_as_was_asked() {
        assert_eq!(try_to_finalize(OnExisting::Number), (Ok("a (1).txt".into()), "mine".into()));
        let refused = "A different file with this name already exists, so it was not replaced.".to_owned();
        assert_eq!(try_to_finalize(OnExisting::SkipIdentical), (Err(refused), "mine".into()));
        assert_eq!(try_to_finalize(OnExisting::Replace), (Ok("a.txt".into()), "theirs".into()));
    }

    #[test]
    fn many_files_get_their_names_together() {
        let folder = tempfile::tempdir().unwrap();
        let state = tempfile::tempdir().unwrap();
        let staging =
            Staging::new(TransferStore::new(state.path().to_owned(), false), folder.path().to_owned());
        let files = (0..50).map(|n| arrived(folder.path(), &staging, &format!("{n}.txt"), "x")).collect();
        for (wanted, result) in finalize(files, &staging, OnExisting::SkipIdentical) {
            assert_eq!(result.unwrap(), wanted.local_path);
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
