//! Which disk a download goes to. A later run must not write into the empty folder that a disk which is not connected
//! leaves behind. What is kept is where the disk is mounted: the numbers of file systems change with every mount.

use crate::problem;
use coffer_model::{Job, Problem, ProblemKind};
use coffer_stdx::system::disk_number;
use coffer_texts::tr;
use std::fs;
use std::path::{Path, PathBuf};

/// What a look at the target of an unfinished download has found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TargetDiskState {
    /// All is as it was.
    Ready,
    /// Nothing is mounted where the disk was.
    Disconnected,
    /// The disk is there, and the folder is not, or it is on another disk.
    Gone,
}

/// The folder that a download puts its items into.
pub(super) fn target_folder(job: &Job) -> Option<&Path> {
    match job {
        Job::Download { folder, .. } => Some(folder),
        Job::DownloadPast(download) => Some(&download.folder),
        Job::SaveAs { local_path, .. } => local_path.parent(),
        _ => None,
    }
}

/// Where the file system is mounted that has a folder, or would have it: `None` where that can't be told. Blocks.
pub(super) fn mount_point(folder: &Path) -> Option<PathBuf> {
    let existing = folder.ancestors().find_map(|above| fs::canonicalize(above).ok())?;
    let disk = disk_number(&existing)?;
    let same = existing.ancestors().take_while(|above| disk_number(above) == Some(disk));
    same.last().map(Path::to_owned)
}

/// Looks whether a download that put its items into `folder` can go on there. Blocks.
pub(super) fn state(mount_point: &Path, folder: &Path) -> TargetDiskState {
    let disk = disk_number(mount_point);
    let is_mounted = match mount_point.parent() {
        None => true,
        Some(above) => disk.is_some() && disk != disk_number(above),
    };
    match disk_number(folder) {
        _ if !is_mounted => TargetDiskState::Disconnected,
        Some(device) if Some(device) == disk => TargetDiskState::Ready,
        _ => TargetDiskState::Gone,
    }
}

/// What is said of a download that cannot go on, or is not to without being asked.
pub(super) fn target_problem(state: TargetDiskState, folder: &Path) -> Option<Problem> {
    let name = folder.file_name().unwrap_or(folder.as_os_str()).to_string_lossy().into_owned();
    match state {
        TargetDiskState::Ready => None,
        TargetDiskState::Disconnected => {
            let kind = ProblemKind::DiskDisconnected;
            let title = tr!("disk-disconnected", name = name);
            Some(problem::general(title).because(kind, problem::words_for_kind(kind)))
        }
        TargetDiskState::Gone => {
            let detail = tr!("why-target-folder-gone");
            let title = tr!("target-folder-gone", name = name);
            Some(problem::general(title).because(ProblemKind::LocalNotFound, detail))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{TargetDiskState, mount_point, state};
    use std::fs;
    use std::path::Path;

    #[test]
    fn the_mount_point_of_a_folder_is_that_of_what_exists_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let here = mount_point(folder.path()).unwrap();
        assert!(fs::canonicalize(folder.path()).unwrap().starts_with(&here));
        assert_eq!(mount_point(&folder.path().join("not/yet/there")), Some(here));
        // A file system of its own on every Linux.
        assert_eq!(mount_point(Path::new("/proc/self")).as_deref(), Some(Path::new("/proc")));
        assert_eq!(mount_point(Path::new("/")).as_deref(), Some(Path::new("/")));
    }

    #[test]
    fn a_disk_is_connected_while_its_mount_point_is_one_and_its_folder_is_there() {
        let folder = tempfile::tempdir().unwrap();
        let here = mount_point(folder.path()).unwrap();
        assert_eq!(state(&here, folder.path()), TargetDiskState::Ready);
        assert_eq!(state(&here, &folder.path().join("deleted")), TargetDiskState::Gone);
        assert_eq!(state(&here, Path::new("/proc")), TargetDiskState::Gone, "it is on another disk");
        // As it is when what was mounted there is gone: an empty folder on the disk above.
        assert_eq!(state(folder.path(), folder.path()), TargetDiskState::Disconnected);
        assert_eq!(state(&folder.path().join("media/stick"), folder.path()), TargetDiskState::Disconnected);
    }
}
