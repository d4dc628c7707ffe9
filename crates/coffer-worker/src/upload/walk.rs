//! Looks at what is to be uploaded: every file, every empty folder, and what cannot go. Asks nobody. Blocks.

use crate::list::name_key;
use crate::local_name::is_marked;
use crate::problem;
use coffer_model::name::{invalid_reason, is_system_file};
use coffer_model::transfer::{PlannedFile, PlannedFiles, RefusalReason, RefusedName};
use coffer_model::{Problem, ProblemKind, RemotePath};
use jiff::Timestamp;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tokio_util::sync::CancellationToken;

/// What was found.
#[derive(Debug, Default)]
pub(crate) struct Walk {
    pub files: PlannedFiles,
    /// Every folder, parents first.
    pub folders: Vec<RemotePath>,
    /// Folders with nothing in them that goes.
    pub empty_folders: Vec<RemotePath>,
    pub refused: Vec<RefusedName>,
    pub unreadable: Vec<Problem>,
}

/// Tells the name that a local item has in the account where that is another one.
pub(crate) type OwnName<'a> = &'a dyn Fn(&Path) -> Option<String>;

/// Walks files and folders that are to go into `target`. Links are followed, but not in circles.
pub(crate) fn walk(
    local_paths: &[PathBuf],
    target: &RemotePath,
    own_name: OwnName<'_>,
    cancel: &CancellationToken,
) -> Walk {
    let mut walker = Walker { walk: Walk::default(), around: Vec::new(), own_name, cancel };
    let mut siblings = Siblings::new();
    for local_path in local_paths {
        // What was dropped as `.` or `..` has a name all the same.
        let named = local_path.canonicalize();
        let name = local_path.file_name().or_else(|| named.as_ref().ok()?.file_name());
        match name {
            Some(name) => {
                let name = walker.remote_name(local_path, name);
                walker.item(local_path, &name, target, &mut siblings);
            }
            None => walker
                .walk
                .unreadable
                .push(unreadable(local_path, &io::Error::from(io::ErrorKind::InvalidFilename))),
        }
    }
    walker.walk
}

/// Walks one file or folder that is to stand at `remote_path`.
pub(crate) fn walk_as(
    local_path: &Path,
    remote_path: &RemotePath,
    own_name: OwnName<'_>,
    cancel: &CancellationToken,
) -> Walk {
    let mut walker = Walker { walk: Walk::default(), around: Vec::new(), own_name, cancel };
    let folder = remote_path.parent().unwrap_or_default();
    walker.item(local_path, remote_path.name().as_ref(), &folder, &mut Siblings::new());
    walker.walk
}

/// The local names of the items in one folder, by their names in lower case: names that differ only by case are one to
/// the account. Items of different folders can't collide, so the names of a folder are forgotten with it.
type Siblings = HashMap<Arc<str>, OsString>;

struct Walker<'a> {
    walk: Walk,
    /// The real paths of the folders around the current one.
    around: Vec<PathBuf>,
    own_name: OwnName<'a>,
    cancel: &'a CancellationToken,
}

impl Walker<'_> {
    /// Adds one item with all that is in it; tells whether anything of it is uploaded.
    fn item(
        &mut self,
        local_path: &Path,
        name: &OsStr,
        folder: &RemotePath,
        siblings: &mut Siblings,
    ) -> bool {
        let Some(name) = name.to_str() else {
            return self.refuse(local_path, "The name is not valid text (UTF-8)".into(), RefusalReason::Name);
        };
        if let Some(reason) = invalid_reason(name) {
            let refusal = if is_system_file(name) { RefusalReason::SystemFile } else { RefusalReason::Name };
            return self.refuse(local_path, reason, refusal);
        }
        let remote_path = folder.join(name);
        if let Some(other) = siblings.get(remote_path.lower()) {
            let reason =
                format!("Dropbox treats “{}” and “{name}” as the same name", other.to_string_lossy());
            return self.refuse(local_path, reason, RefusalReason::Name);
        }
        // Follows links: what counts is what is behind them.
        let metadata = match fs::metadata(local_path) {
            Ok(metadata) => metadata,
            Err(error) => {
                let is_link = fs::symlink_metadata(local_path).is_ok_and(|metadata| metadata.is_symlink());
                self.walk.unreadable.push(if is_link && error.kind() == io::ErrorKind::NotFound {
                    problem::general(format!("“{}” could not be read", local_path.display()))
                        .because(ProblemKind::LocalNotFound, "It is a broken link.")
                } else {
                    unreadable(local_path, &error)
                });
                return false;
            }
        };
        let local_name = local_path.file_name().unwrap_or_default().to_owned();
        siblings.insert(Arc::clone(remote_path.lower()), local_name);
        if metadata.is_dir() {
            return self.folder(local_path, remote_path);
        }
        if !metadata.is_file() {
            let name = local_path.display();
            self.walk.unreadable.push(
                problem::general(format!("“{name}” could not be uploaded"))
                    .because(ProblemKind::InvalidInput, "It is neither a file nor a folder."),
            );
            return false;
        }
        self.walk.files.push(PlannedFile {
            local_path: local_path.to_owned(),
            remote_path,
            size_bytes: metadata.len(),
            modified: modified(&metadata),
            conflict: None,
            decision: None,
        });
        true
    }

    fn folder(&mut self, local_path: &Path, remote_path: RemotePath) -> bool {
        let real = match fs::canonicalize(local_path) {
            Ok(real) if self.around.contains(&real) => {
                self.walk.unreadable.push(
                    problem::general(format!("“{}” could not be read", local_path.display()))
                        .because(ProblemKind::InvalidInput, "It is a link to one of its parent folders."),
                );
                return false;
            }
            real => real,
        };
        let entries = real.and_then(|real| {
            let mut entries = fs::read_dir(local_path)?.collect::<io::Result<Vec<_>>>()?;
            // As the files are listed everywhere; names that are one to the alphabet still have an order.
            entries.sort_by_cached_key(|entry| {
                let name = entry.file_name();
                (name_key(&name.to_string_lossy()), name)
            });
            self.around.push(real);
            Ok(entries)
        });
        let entries = match entries {
            Ok(entries) => entries,
            Err(error) => {
                self.walk.unreadable.push(unreadable(local_path, &error));
                return false;
            }
        };
        self.walk.folders.push(remote_path.clone());
        let (mut any, mut siblings) = (false, Siblings::new());
        for entry in entries {
            if self.cancel.is_cancelled() {
                break;
            }
            let local_path = entry.path();
            let name = self.remote_name(&local_path, &entry.file_name());
            any |= self.item(&local_path, &name, &remote_path, &mut siblings);
        }
        self.around.pop();
        if !any {
            self.walk.empty_folders.push(remote_path);
        }
        true
    }

    /// The name in the account of an item that has this one here.
    fn remote_name(&self, local_path: &Path, name: &OsStr) -> OsString {
        let is_replaced = name.to_str().is_some_and(is_marked);
        let own = is_replaced.then(|| (self.own_name)(local_path)).flatten();
        own.map_or_else(|| name.to_owned(), OsString::from)
    }

    fn refuse(&mut self, local_path: &Path, reason: String, refusal: RefusalReason) -> bool {
        self.walk.refused.push(RefusedName { local_path: local_path.to_owned(), reason, refusal });
        false
    }
}

fn unreadable(local_path: &Path, error: &io::Error) -> Problem {
    problem::general(format!("“{}” could not be read", local_path.display())).local(error)
}

fn modified(metadata: &Metadata) -> Option<Timestamp> {
    metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok())
}

#[cfg(test)]
mod tests {
    use super::{Walk, walk};
    use coffer_model::RemotePath;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::Path;
    use tokio_util::sync::CancellationToken;

    fn walk_all(folder: &Path) -> Walk {
        walk(&[folder.to_owned()], &RemotePath::new("/Target"), &|_| None, &CancellationToken::new())
    }

    fn remote(walk: &Walk) -> Vec<String> {
        walk.files.iter().map(|file| file.remote_path.to_string()).collect()
    }

    #[test]
    fn everything_in_a_folder_is_found_in_order_and_empty_folders_too() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("Trip");
        fs::create_dir_all(root.join("inner/deep")).unwrap();
        fs::create_dir_all(root.join("empty")).unwrap();
        fs::write(root.join("b 10.txt"), "b").unwrap();
        fs::write(root.join("b 9.txt"), "b").unwrap();
        fs::write(root.join("A.txt"), "").unwrap();
        fs::write(root.join("inner/deep/c.txt"), "ccc").unwrap();
        let walk = walk_all(&root);
        assert_eq!(
            remote(&walk),
            [
                "/Target/Trip/A.txt",
                "/Target/Trip/b 9.txt",
                "/Target/Trip/b 10.txt",
                "/Target/Trip/inner/deep/c.txt"
            ]
        );
        assert_eq!(walk.empty_folders, [RemotePath::new("/Target/Trip/empty")]);
        assert_eq!(walk.files.size_bytes(3), 3);
        assert!(walk.refused.is_empty() && walk.unreadable.is_empty());
    }

    #[test]
    fn names_that_cannot_go_are_named_with_a_reason() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("Trip");
        fs::create_dir_all(&root).unwrap();
        for name in ["desktop.ini", "blank ", "back\\slash", "fine.txt"] {
            fs::write(root.join(name), "x").unwrap();
        }
        // In folders of their own, since they are one to some disks too.
        let alike = ["one/Same.txt", "two/same.TXT"].map(|name| temp.path().join(name));
        for path in &alike {
            fs::create_dir(path.parent().unwrap()).unwrap();
            fs::write(path, "x").unwrap();
        }
        let [one, two] = alike;
        let walk = walk(&[root, one, two], &RemotePath::new("/Target"), &|_| None, &CancellationToken::new());
        assert_eq!(remote(&walk), ["/Target/Trip/fine.txt", "/Target/Same.txt"]);
        assert_eq!(walk.refused.len(), 4);
        assert!(walk.refused.iter().any(|refused| refused.reason.contains("as the same name")));
    }

    #[test]
    fn links_are_followed_but_not_in_circles() {
        let temp = tempfile::tempdir().unwrap();
        let root = temp.path().join("Trip");
        fs::create_dir_all(root.join("inner")).unwrap();
        fs::write(root.join("real.txt"), "x").unwrap();
        symlink(root.join("real.txt"), root.join("inner/link.txt")).unwrap();
        symlink(&root, root.join("inner/circle")).unwrap();
        symlink(root.join("nowhere"), root.join("inner/dangling")).unwrap();
        let walk = walk_all(&root);
        assert_eq!(remote(&walk), ["/Target/Trip/inner/link.txt", "/Target/Trip/real.txt"]);
        let told: Vec<&str> = walk.unreadable.iter().map(|problem| problem.detail.as_str()).collect();
        assert_eq!(told.len(), 2);
        assert!(told.contains(&"It is a broken link."), "{told:?}");
    }

    #[test]
    fn what_is_no_file_and_what_is_gone_are_told() {
        let temp = tempfile::tempdir().unwrap();
        let socket = temp.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let walk = walk(&[socket, temp.path().join("gone")], &RemotePath::root(), &|_| None, &CancellationToken::new());
        assert!(walk.files.is_empty());
        assert_eq!(walk.unreadable.len(), 2);
        assert!(walk.unreadable[1].title.contains(&temp.path().join("gone").display().to_string()));
    }
}
