//! Looks at what is to be uploaded: every file, every empty folder, and what cannot go. Asks nobody. Blocks.

use crate::list::name_key;
use crate::local_name::is_marked;
use crate::problem;
use coffer_model::name::{invalid_reason, is_system_file};
use coffer_model::transfer::{PlannedFile, PlannedFiles, RefusalReason, RefusedName};
use coffer_model::{Problem, ProblemKind, RemotePath};
use coffer_texts::tr;
use jiff::Timestamp;
use std::collections::HashMap;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirEntry, Metadata};
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

/// How files and folders are walked.
#[derive(Clone, Copy)]
pub(crate) struct WalkOptions<'a> {
    /// Tells the name that a local item has in the account where that is another one.
    pub own_name: &'a dyn Fn(&Path) -> Option<String>,
    /// Also links that lead out of the folders.
    pub follows_links: bool,
    pub cancel: &'a CancellationToken,
}

/// Walks files and folders that are to go into `target`. A folder with a slash at its end stands for what is in it. Links
/// are followed, but not in circles, and not out of the folders: what they lead to may be anybody's.
pub(crate) fn walk(local_paths: &[PathBuf], target: &RemotePath, options: WalkOptions<'_>) -> Walk {
    let mut walker = Walker::new(local_paths, options);
    let mut siblings = Siblings::new();
    for local_path in local_paths {
        if local_path.as_os_str().as_encoded_bytes().ends_with(b"/") && local_path.is_dir() {
            walker.contents(local_path, target, &mut siblings);
            continue;
        }
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
pub(crate) fn walk_as(local_path: &Path, remote_path: &RemotePath, options: WalkOptions<'_>) -> Walk {
    let mut walker = Walker::new(&[local_path.to_owned()], options);
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
    /// The real paths of what is uploaded as a whole.
    roots: Vec<PathBuf>,
    options: WalkOptions<'a>,
}

impl<'a> Walker<'a> {
    fn new(local_paths: &[PathBuf], options: WalkOptions<'a>) -> Self {
        let roots = local_paths.iter().filter_map(|path| path.canonicalize().ok()).collect();
        Self { walk: Walk::default(), around: Vec::new(), roots, options }
    }

    /// Adds one item with all that is in it; tells whether anything of it is uploaded.
    fn item(
        &mut self,
        local_path: &Path,
        name: &OsStr,
        folder: &RemotePath,
        siblings: &mut Siblings,
    ) -> bool {
        let Some(name) = name.to_str() else {
            return self.refuse(local_path, tr!("why-name-not-text").to_owned(), RefusalReason::Name);
        };
        if let Some(reason) = invalid_reason(name) {
            let refusal = if is_system_file(name) { RefusalReason::SystemFile } else { RefusalReason::Name };
            return self.refuse(local_path, reason, refusal);
        }
        let remote_path = folder.join(name);
        if let Some(other) = siblings.get(remote_path.lower()) {
            let reason = tr!("why-same-name", other = other.to_string_lossy(), name = name);
            return self.refuse(local_path, reason, RefusalReason::Name);
        }
        // Follows links: what counts is what is behind them.
        let metadata = match fs::metadata(local_path) {
            Ok(metadata) => metadata,
            Err(error) => {
                let is_link = fs::symlink_metadata(local_path).is_ok_and(|metadata| metadata.is_symlink());
                self.walk.unreadable.push(if is_link && error.kind() == io::ErrorKind::NotFound {
                    not_read(local_path).because(ProblemKind::LocalNotFound, tr!("why-broken-link"))
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
            let name = local_path.display().to_string();
            self.walk.unreadable.push(
                problem::general(tr!("could-not-upload", name = name))
                    .because(ProblemKind::InvalidInput, tr!("why-no-file-or-folder")),
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
        self.walk.folders.push(remote_path.clone());
        let Some(any) = self.contents(local_path, &remote_path, &mut Siblings::new()) else {
            self.walk.folders.pop();
            return false;
        };
        if !any {
            self.walk.empty_folders.push(remote_path);
        }
        true
    }

    /// Adds what is in a folder; tells whether anything of it is uploaded, or `None` when the folder can't be read.
    fn contents(
        &mut self,
        local_path: &Path,
        remote_path: &RemotePath,
        siblings: &mut Siblings,
    ) -> Option<bool> {
        let real = match fs::canonicalize(local_path) {
            Ok(real) if self.around.contains(&real) => {
                self.walk
                    .unreadable
                    .push(not_read(local_path).because(ProblemKind::InvalidInput, tr!("why-link-to-parent")));
                return None;
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
                return None;
            }
        };
        let mut any = false;
        for entry in entries {
            if self.options.cancel.is_cancelled() {
                break;
            }
            any |= self.entry(&entry, remote_path, siblings);
        }
        self.around.pop();
        Some(any)
    }

    fn entry(&mut self, entry: &DirEntry, folder: &RemotePath, siblings: &mut Siblings) -> bool {
        let local_path = entry.path();
        let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
        // A broken link is told as one.
        if is_link
            && !self.options.follows_links
            && let Ok(real) = fs::canonicalize(&local_path)
            && !self.roots.iter().any(|root| real.starts_with(root))
        {
            let reason = tr!("why-link-leads-out").to_owned();
            return self.refuse(&local_path, reason, RefusalReason::OutsideLink);
        }
        let name = self.remote_name(&local_path, &entry.file_name());
        self.item(&local_path, &name, folder, siblings)
    }

    /// The name in the account of an item that has this one here.
    fn remote_name(&self, local_path: &Path, name: &OsStr) -> OsString {
        let is_replaced = name.to_str().is_some_and(is_marked);
        let own = is_replaced.then(|| (self.options.own_name)(local_path)).flatten();
        own.map_or_else(|| name.to_owned(), OsString::from)
    }

    fn refuse(&mut self, local_path: &Path, reason: String, refusal: RefusalReason) -> bool {
        self.walk.refused.push(RefusedName { local_path: local_path.to_owned(), reason, refusal });
        false
    }
}

fn not_read(local_path: &Path) -> problem::Subject {
    problem::general(tr!("could-not-read", name = local_path.display().to_string()))
}

fn unreadable(local_path: &Path, error: &io::Error) -> Problem {
    not_read(local_path).local(error)
}

fn modified(metadata: &Metadata) -> Option<Timestamp> {
    metadata.modified().ok().and_then(|time| Timestamp::try_from(time).ok())
}

#[cfg(test)]
mod tests {
    use super::{Walk, WalkOptions, walk};
    use coffer_model::RemotePath;
    use std::fs;
    use std::os::unix::fs::symlink;
    use std::path::{Path, PathBuf};
    use tokio_util::sync::CancellationToken;

    fn walk_into(target: &str, local_paths: &[PathBuf], follows_links: bool) -> Walk {
        let cancel = CancellationToken::new();
        let options = WalkOptions { own_name: &|_| None, follows_links, cancel: &cancel };
        walk(local_paths, &RemotePath::new(target), options)
    }

    fn walk_all(folder: &Path) -> Walk {
        walk_into("/Target", &[folder.to_owned()], false)
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
        let walk = walk_into("/Target", &[root, one, two], false);
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
    fn links_that_lead_out_of_what_is_uploaded_are_followed_only_if_that_is_wanted() {
        let temp = tempfile::tempdir().unwrap();
        let [root, other] = ["Trip", "Other"].map(|name| temp.path().join(name));
        for folder in [&root, &other] {
            fs::create_dir(folder).unwrap();
        }
        fs::write(other.join("secret"), "x").unwrap();
        symlink(other.join("secret"), root.join("shadow")).unwrap();
        symlink(&other, root.join("folder")).unwrap();
        symlink(&root, temp.path().join("link")).unwrap();
        let refused = |walk: &Walk| walk.refused.iter().filter(|it| it.is_missed()).count();
        let alone = walk_all(&root);
        assert_eq!((remote(&alone).len(), refused(&alone)), (0, 2));
        let followed = walk_into("/Target", std::slice::from_ref(&root), true);
        assert_eq!(remote(&followed), ["/Target/Trip/folder/secret", "/Target/Trip/shadow"]);
        // What is named by itself is wanted, and what is uploaded anyway is no secret.
        let named = walk_into("/Target", &[temp.path().join("link"), other.join("secret")], false);
        assert_eq!(
            (remote(&named), refused(&named)),
            (vec!["/Target/link/shadow".into(), "/Target/secret".into()], 1)
        );
        let contents = walk_into("/Target", &[PathBuf::from(format!("{}/", root.display()))], false);
        assert_eq!((remote(&contents).len(), refused(&contents)), (0, 2));
    }

    #[test]
    fn what_is_no_file_and_what_is_gone_are_told() {
        let temp = tempfile::tempdir().unwrap();
        let socket = temp.path().join("socket");
        let _listener = std::os::unix::net::UnixListener::bind(&socket).unwrap();
        let walk = walk_into("/", &[socket, temp.path().join("gone")], false);
        assert!(walk.files.is_empty());
        assert_eq!(walk.unreadable.len(), 2);
        assert!(walk.unreadable[1].title.contains(&temp.path().join("gone").display().to_string()));
    }
}
