//! Which place on this computer stands for which item of the account. Folders are made here, and names that this
//! computer can't hold (`name_rules`), or can't tell from each other, get others. No place ever lies outside the target.
//! All blocks.

use super::finalize::free_name;
use super::name_rules::NameRules;
use crate::local_name::{LONGEST_NAME_BYTES, marked_name, numbered};
use coffer_model::transfer::RenamedLocally;
use coffer_model::{OnExisting, RemotePath};
use coffer_stdx::system;
use std::collections::{HashMap, HashSet};
use std::ffi::{OsStr, OsString};
use std::fs;
use std::hash::{BuildHasher, RandomState};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use unicode_normalization::UnicodeNormalization;

pub(crate) struct LocalPathAllocator {
    target: PathBuf,
    existing: OnExisting,
    folders: HashMap<Arc<str>, PathBuf>,
    /// Folders that cannot be made; what is in them is not told one by one.
    refused: HashSet<Arc<str>>,
    /// The hashes of the local paths that this transfer has given out, as the file system of the target compares them.
    /// Hashes take a tenth of the memory of paths. Two paths with one hash cost a number in a name.
    taken: HashSet<u64>,
    hasher: RandomState,
    /// Of each file system, by its number: there may be others below the target.
    rules: HashMap<u64, NameRules>,
    /// The folder that was asked for last, and the number of its file system.
    last_folder: Option<(PathBuf, u64)>,
    pub renamed: Vec<RenamedLocally>,
    /// Folders that would have been made, in a dry run.
    planned_folders: Option<Vec<PathBuf>>,
}

impl LocalPathAllocator {
    pub(crate) fn new(target: PathBuf, existing: OnExisting) -> Self {
        Self {
            target,
            existing,
            folders: HashMap::new(),
            refused: HashSet::new(),
            taken: HashSet::new(),
            hasher: RandomState::new(),
            rules: HashMap::new(),
            last_folder: None,
            renamed: Vec::new(),
            planned_folders: None,
        }
    }

    /// The same, but no folder is made.
    pub(crate) fn dry_run(target: PathBuf, existing: OnExisting) -> Self {
        Self { planned_folders: Some(Vec::new()), ..Self::new(target, existing) }
    }

    /// The folders that a dry run would have made, parents first.
    pub(crate) fn into_planned_folders(self) -> Vec<PathBuf> {
        self.planned_folders.unwrap_or_default()
    }

    /// The local path of a requested folder, under its own name or a chosen one. `known` is the place that an earlier
    /// run of the transfer has made for it.
    pub(crate) fn top(
        &mut self,
        path: &RemotePath,
        chosen: Option<&OsStr>,
        known: Option<PathBuf>,
    ) -> io::Result<PathBuf> {
        let own = if path.is_root() { "Dropbox" } else { path.name() };
        let place = match known {
            Some(place) if place.parent() == Some(&self.target) && place.is_dir() => {
                self.reserve(&place);
                place
            }
            _ => {
                let place = self.requested_file(path, own, chosen);
                if self.existing == OnExisting::Number {
                    let place = if self.planned_folders.is_some() {
                        free_name(&place, must_be_free)?
                    } else {
                        free_name(&place, |place| fs::create_dir(place))?
                    };
                    self.reserve(&place);
                    if let Some(planned_folders) = &mut self.planned_folders {
                        planned_folders.push(place.clone());
                    }
                    place
                } else {
                    self.make_folder(&place)?;
                    place
                }
            }
        };
        self.folders.insert(Arc::clone(path.lower()), place.clone());
        Ok(place)
    }

    /// The local path of a folder below the requested folder `top`, made if it is not there.
    pub(crate) fn folder(&mut self, top: &RemotePath, path: &RemotePath) -> io::Result<PathBuf> {
        if let Some(place) = self.folders.get(path.lower()) {
            return Ok(place.clone());
        }
        let above = path.parent().filter(|_| top.contains(path) && path != top);
        let Some(above) = above else {
            return Err(io::Error::other("the listing has an item from elsewhere"));
        };
        let parent = self.folder(top, &above)?;
        let place = self.place_in(&parent, path.name(), path);
        self.make_folder(&place).inspect_err(|_| {
            self.refused.insert(Arc::clone(path.lower()));
        })?;
        self.folders.insert(Arc::clone(path.lower()), place.clone());
        Ok(place)
    }

    /// Whether it lies in a folder that could not be made. A folder that does is from then on one of those, so the folders
    /// around it need not be looked at.
    pub(crate) fn is_out_of_reach(&mut self, path: &RemotePath, is_folder: bool) -> bool {
        let parent = path.parent().filter(|_| !self.refused.is_empty());
        let is_out = parent.is_some_and(|parent| self.refused.contains(parent.lower()));
        if is_out && is_folder {
            self.refused.insert(Arc::clone(path.lower()));
        }
        is_out
    }

    /// The local path of a file below the requested folder `top`, whose folder is made. `name` is the name that it has if
    /// it can.
    pub(crate) fn file(&mut self, top: &RemotePath, path: &RemotePath, name: &str) -> io::Result<PathBuf> {
        let parent = self.folder(top, &path.parent().unwrap_or_default())?;
        Ok(self.place_in(&parent, name, path))
    }

    /// The local path of an item that was requested by itself, under its own name or a chosen one.
    pub(crate) fn requested_file(&mut self, path: &RemotePath, own: &str, chosen: Option<&OsStr>) -> PathBuf {
        let target = self.target.clone();
        if let Some(name) = chosen {
            // Not a name from the account: the person who chose it is told if it is impossible.
            let place = target.join(name);
            self.reserve(&place);
            return place;
        }
        // Items of different folders may have one name.
        let local = self.rules_of(&target).local_name(own);
        self.reserve_free(&target, &local, path)
    }

    /// The name that an item of the target gets which is to have this one.
    pub(crate) fn possible_name(&mut self, name: OsString) -> OsString {
        let target = self.target.clone();
        match name.into_string() {
            Ok(name) => self.rules_of(&target).local_name(&name).into(),
            Err(name) => name,
        }
    }

    /// A local path that no other item of this transfer has, for an item of the folder that `parent` stands for.
    fn place_in(&mut self, parent: &Path, name: &str, path: &RemotePath) -> PathBuf {
        let mut local = self.rules_of(parent).local_name(name);
        if self.is_reserved(&parent.join(&local)) {
            // To the account they are two, and the other one may come first the next time. Numbers would change then.
            local = marked_name(&local, name, LONGEST_NAME_BYTES);
        }
        self.reserve_free(parent, &local, path)
    }

    /// Reserves a name, or the first one with a number that is free. One that is not the item's own is noted.
    fn reserve_free(&mut self, parent: &Path, local: &str, path: &RemotePath) -> PathBuf {
        let mut place = parent.join(local);
        let mut number = 0;
        while !self.reserve(&place) {
            number += 1;
            place = parent.join(numbered(local, number));
        }
        if place.file_name() != Some(OsStr::new(path.name())) && !path.is_root() {
            self.renamed.push(RenamedLocally { remote_path: path.clone(), local_path: place.clone() });
        }
        place
    }

    fn make_folder(&mut self, place: &Path) -> io::Result<()> {
        let Some(planned_folders) = &mut self.planned_folders else { return make_folder(place) };
        match fs::metadata(place) {
            Ok(metadata) if metadata.is_dir() => {}
            Ok(_) => return Err(io::ErrorKind::NotADirectory.into()),
            Err(_) => planned_folders.push(place.to_owned()),
        }
        Ok(())
    }

    /// Gives out a local path; `false` when another item of this transfer has it.
    fn reserve(&mut self, place: &Path) -> bool {
        let hash = self.hash(place);
        self.taken.insert(hash)
    }

    fn is_reserved(&mut self, place: &Path) -> bool {
        let hash = self.hash(place);
        self.taken.contains(&hash)
    }

    fn hash(&mut self, place: &Path) -> u64 {
        let folds = self.rules_of(place.parent().unwrap_or(place)).folds;
        if folds { self.hasher.hash_one(folded(place)) } else { self.hasher.hash_one(place) }
    }

    /// What is known of the file system that holds a folder, or will hold it.
    fn rules_of(&mut self, folder: &Path) -> &mut NameRules {
        let number = match &self.last_folder {
            Some((last, number)) if last == folder => *number,
            _ => existing_folder(folder).map_or(0, |(_, number)| number),
        };
        self.last_folder = Some((folder.to_owned(), number));
        self.rules.entry(number).or_insert_with(|| {
            NameRules::of_folder(existing_folder(folder).map_or(folder, |(existing, _)| existing))
        })
    }
}

/// The folder itself or the nearest one around it that exists, and the number of its file system.
fn existing_folder(folder: &Path) -> Option<(&Path, u64)> {
    folder.ancestors().find_map(|folder| Some((folder, system::disk_number(folder)?)))
}

/// Two places that fold to the same are one where case and composition don't count.
fn folded(place: &Path) -> String {
    place.to_string_lossy().nfc().flat_map(char::to_lowercase).collect()
}

/// Takes a name without using it.
pub(crate) fn must_be_free(place: &Path) -> io::Result<()> {
    if fs::symlink_metadata(place).is_ok() { Err(io::ErrorKind::AlreadyExists.into()) } else { Ok(()) }
}

/// A folder that is there already is as good.
fn make_folder(place: &Path) -> io::Result<()> {
    match fs::create_dir(place) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && place.is_dir() => Ok(()),
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            Err(io::ErrorKind::NotADirectory.into())
        }
        result => result,
    }
}

#[cfg(test)]
mod tests {
    use super::{LocalPathAllocator, NameRules, existing_folder};
    use coffer_model::{OnExisting, RemotePath};
    use std::collections::HashSet;
    use std::fs;
    use std::path::{Path, PathBuf};

    impl LocalPathAllocator {
        /// The target is on another disk.
        fn set_rules(&mut self, rules: NameRules) {
            let (_, number) = existing_folder(&self.target).unwrap();
            self.rules.insert(number, rules);
        }
    }

    fn places(folder: &Path, existing: OnExisting) -> LocalPathAllocator {
        LocalPathAllocator::new(folder.to_owned(), existing)
    }

    #[test]
    fn no_name_of_the_account_leads_out_of_the_target() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("target");
        fs::create_dir(&target).unwrap();
        let mut places = places(&target, OnExisting::SkipIdentical);
        let top = RemotePath::new("/Top");
        places.top(&top, None, None).unwrap();
        let inside = target.join("Top");
        for name in ["../x", "/etc/passwd", "..", "a/../../../x", ".", "nul\0", "deep/../../up"] {
            let path = RemotePath::new(&format!("/Top/{name}"));
            let place = places.file(&top, &path, path.name()).unwrap();
            assert!(place.starts_with(&inside), "{name:?} went to {}", place.display());
            assert!(place.components().all(|part| part.as_os_str() != ".."), "{}", place.display());
        }
        assert!(places.file(&top, &RemotePath::new("/Elsewhere/x"), "x").is_err());
        assert!(places.file(&top, &RemotePath::new("/Topper/x"), "x").is_err());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn names_that_are_too_long_get_others_that_are_told_and_stay_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let mut places = places(folder.path(), OnExisting::SkipIdentical);
        let top = RemotePath::new("/Top");
        places.top(&top, None, None).unwrap();
        let long = |end: char| RemotePath::new(&format!("/Top/{}{end}.txt", "ö".repeat(200)));
        let (first, second) = (
            places.file(&top, &long('1'), long('1').name()).unwrap(),
            places.file(&top, &long('2'), long('2').name()).unwrap(),
        );
        assert_ne!(first, second);
        let told: Vec<(RemotePath, PathBuf)> =
            places.renamed.iter().map(|it| (it.remote_path.clone(), it.local_path.clone())).collect();
        assert_eq!(told, [(long('1'), first.clone()), (long('2'), second.clone())]);
        for place in [&first, &second] {
            fs::write(place, "x").unwrap();
        }
        // Another time the second comes first.
        let mut again = LocalPathAllocator::new(folder.path().to_owned(), OnExisting::SkipIdentical);
        again.top(&top, None, None).unwrap();
        assert_eq!(again.file(&top, &long('2'), long('2').name()).unwrap(), second);
        assert_eq!(again.file(&top, &long('1'), long('1').name()).unwrap(), first);
    }

    #[test]
    fn what_the_disk_can_not_tell_apart_never_gets_one_place() {
        let folder = tempfile::tempdir().unwrap();
        let no_colon = |name: &str| !name.contains(':');
        let mut places = places(folder.path(), OnExisting::SkipIdentical);
        places.set_rules(NameRules::new(Box::new(no_colon), true));
        let top = RemotePath::new("/Top");
        places.top(&top, None, None).unwrap();
        let names = ["10:00", "10_00", "10_00~90e1062f", "E\u{301}", "\u{c9}", "day:1/x", "day_1/x"];
        let found: HashSet<String> = names
            .iter()
            .map(|name| {
                let path = RemotePath::new(&format!("/Top/{name}"));
                let place = places.file(&top, &path, path.name()).unwrap();
                place.to_str().unwrap().to_lowercase()
            })
            .collect();
        assert_eq!(found.len(), names.len(), "{found:?}");
        assert!(found.iter().all(|place| !place.contains(':')));
    }

    #[test]
    fn names_that_differ_only_by_case_get_numbers_where_the_file_system_needs_it() {
        let folder = tempfile::tempdir().unwrap();
        let names = |places: &mut LocalPathAllocator| -> Vec<String> {
            ["a/Photo.jpg", "b/photo.JPG", "c/E\u{301}", "d/\u{c9}"]
                .map(|path| {
                    let path = RemotePath::new(path);
                    let place = places.requested_file(&path, path.name(), None);
                    place.file_name().unwrap().to_str().unwrap().to_owned()
                })
                .to_vec()
        };
        let mut folding = places(folder.path(), OnExisting::Number);
        folding.set_rules(NameRules::new(Box::new(|_| true), true));
        assert_eq!(names(&mut folding), ["Photo.jpg", "photo (1).JPG", "E\u{301}", "\u{c9} (1)"]);
        let mut exact = places(folder.path(), OnExisting::Number);
        exact.set_rules(NameRules::new(Box::new(|_| true), false));
        assert_eq!(names(&mut exact), ["Photo.jpg", "photo.JPG", "E\u{301}", "\u{c9}"]);
    }

    #[test]
    fn an_ordered_folder_gets_a_number_or_is_merged_and_is_found_again() {
        let folder = tempfile::tempdir().unwrap();
        let place = folder.path().join("Top");
        fs::create_dir(&place).unwrap();
        let top = RemotePath::new("/Top");
        let with_number = places(folder.path(), OnExisting::Number).top(&top, None, None).unwrap();
        assert_eq!(with_number, folder.path().join("Top (1)"));
        let again =
            places(folder.path(), OnExisting::Number).top(&top, None, Some(with_number.clone())).unwrap();
        assert_eq!(again, with_number);
        assert_eq!(places(folder.path(), OnExisting::Replace).top(&top, None, None).unwrap(), place);
        let mut merged = places(folder.path(), OnExisting::SkipIdentical);
        assert_eq!(merged.top(&top, None, None).unwrap(), place);
        fs::write(place.join("file"), "x").unwrap();
        assert!(merged.folder(&top, &RemotePath::new("/Top/file")).is_err(), "a file is in the way");
    }
}
