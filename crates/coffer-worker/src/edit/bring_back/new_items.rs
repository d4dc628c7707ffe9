//! What was made in a folder since a moment, and how it is moved aside: into a new folder, in which it has the path that it has
//! in the folder.

use super::steps::WantedPast;
use coffer_model::{Entry, EntryKind, RemotePath, SinceThen};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// An item that is there now and was not.
pub(super) struct NewItem<'a> {
    pub entry: &'a Entry,
    /// Where it would have been.
    pub path: RemotePath,
}

/// How new items are moved aside.
#[derive(Default)]
pub(super) struct AsideSteps<'a> {
    /// Each with where it comes. What is in a folder goes along.
    pub moves: Vec<(&'a Entry, RemotePath)>,
    /// Items of then that go along and come back to where they are: a folder of then needs the place of the one around them.
    pub returning: Vec<&'a Entry>,
    /// The folders around those that are moved, which are made.
    pub folders: BTreeSet<RemotePath>,
    /// Of all that goes, by itself or along.
    pub ids: HashSet<&'a str>,
}

impl<'a> WantedPast<'a> {
    /// The wanted ones, each folder before what is in it. A file that has the path of one of then is none: it gets its version of
    /// then.
    pub(super) fn new_items(&self) -> Vec<NewItem<'a>> {
        let items = || self.tree.items.values().filter(|item| item.since != SinceThen::Added);
        let ids: HashSet<&str> = items()
            .map(|item| match &item.kind {
                EntryKind::File(file) => &*file.id,
                EntryKind::Folder { id } => &**id,
                EntryKind::Deleted(_) => "",
            })
            .collect();
        let mut folders = self.folders_of_then();
        let mut present: Vec<&'a Entry> = self.now.values().copied().collect();
        present.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        let mut new_folders: HashSet<Arc<str>> = HashSet::new();
        let mut new = Vec::new();
        for entry in present {
            let around = entry.path.parent().and_then(|parent| folders.get(parent.lower()));
            let Some(path) = around.map(|around| around.join(entry.path.name())) else { continue };
            let is_known_folder = entry.is_folder() && folders.contains_key(entry.path.lower());
            let is_in_new = entry.path.parent().is_some_and(|parent| new_folders.contains(parent.lower()));
            let is_replaced = !is_in_new && self.has_kind_of_then(&path, entry);
            if is_known_folder || ids.contains(entry.id()) || is_replaced {
                continue;
            }
            if entry.is_folder() {
                folders.insert(Arc::clone(entry.path.lower()), path.clone());
                new_folders.insert(Arc::clone(entry.path.lower()));
            }
            new.push(NewItem { entry, path });
        }
        new.retain(|item| self.wanted.contains(&item.path));
        new
    }

    /// By where they are now, with where they were.
    fn folders_of_then(&self) -> HashMap<Arc<str>, RemotePath> {
        let mut folders: HashMap<Arc<str>, RemotePath> = HashMap::new();
        folders.insert(Arc::clone(self.folder_now().lower()), self.folder.clone());
        let items = self.tree.items.values().filter(|item| item.since != SinceThen::Added);
        for item in items.filter(|item| self.folder.contains(&item.path)) {
            if let EntryKind::Folder { id } = &item.kind
                && let Some(entry) = self.by_id.get(&**id).or_else(|| self.now.get(&**item.path.lower()))
                && entry.is_folder()
            {
                folders.insert(Arc::clone(entry.path.lower()), item.path.clone());
            }
        }
        folders
    }

    fn folder_now(&self) -> &RemotePath {
        if self.folder == &self.tree.folder {
            return self.gathered;
        }
        match self.tree.items.get(self.folder.lower()).map(|item| &item.since) {
            Some(SinceThen::Moved(to)) => to,
            _ => self.folder,
        }
    }

    /// Whether a file was where a file is now, or a folder where a folder is. One that was moved away comes back, and needs the
    /// place.
    fn has_kind_of_then(&self, path: &RemotePath, now: &Entry) -> bool {
        let then = self.tree.items.get(path.lower());
        let then = then.filter(|item| !matches!(item.since, SinceThen::Added | SinceThen::Moved(_)));
        then.is_some_and(|item| matches!(item.kind, EntryKind::File(_)) == now.file().is_some())
    }

    /// Whether something else than a folder that is there still is to be at the path of a new folder.
    fn is_place_needed(&self, path: &RemotePath) -> bool {
        self.tree.items.get(path.lower()).is_some_and(|item| match item.since {
            SinceThen::Added => false,
            SinceThen::Moved(_) => true,
            _ => matches!(item.kind, EntryKind::File(_)),
        })
    }

    /// Whether a wanted item of then is where it was.
    fn is_in_place(&self, entry: &Entry) -> bool {
        let then = self.tree.items.get(entry.path.lower());
        then.is_some_and(|item| {
            matches!(item.since, SinceThen::Unchanged | SinceThen::Changed)
                && self.wanted.contains(&item.path)
        })
    }

    /// A new folder goes as a whole, unless something in it stays: then what is new in it goes by itself.
    pub(super) fn aside_steps(&self, aside: &RemotePath) -> AsideSteps<'a> {
        let new = self.new_items();
        let moved_back = self.items().filter_map(|item| match &item.since {
            SinceThen::Moved(from) => Some(from),
            _ => None,
        });
        let going: HashSet<&str> =
            new.iter().map(|item| &item.entry.path).chain(moved_back).map(|path| &**path.lower()).collect();
        let staying = self.now.iter().filter(|(path, _)| !going.contains(*path));
        let in_the_way: HashSet<&str> = new
            .iter()
            .filter(|item| item.entry.is_folder() && self.is_place_needed(&item.path))
            .map(|item| &**item.entry.path.lower())
            .collect();
        let mut returning: Vec<&'a Entry> = Vec::new();
        let mut around_staying: HashSet<Arc<str>> = HashSet::new();
        for (_, entry) in staying {
            let lineage = entry.path.lineage();
            if lineage.iter().any(|folder| in_the_way.contains(&**folder.lower())) && self.is_in_place(entry)
            {
                returning.push(*entry);
            } else {
                around_staying.extend(lineage.iter().map(|folder| Arc::clone(folder.lower())));
            }
        }
        let mut places = AsidePlaces::new(self, aside, &new);
        let mut taken_along: HashSet<&str> = HashSet::new();
        let (mut moves, mut ids) = (Vec::new(), HashSet::new());
        for NewItem { entry, .. } in &new {
            let parent = entry.path.parent().unwrap_or_default();
            let goes_along = taken_along.contains(&**parent.lower());
            if entry.is_folder() {
                if !goes_along && around_staying.contains(entry.path.lower()) {
                    continue;
                }
                taken_along.insert(entry.path.lower());
            }
            ids.insert(entry.id());
            if !goes_along {
                let around = places.folder(parent.lower());
                moves.push((*entry, places.free(around.join(entry.path.name()))));
            }
        }
        // What is in one of them comes along.
        returning.retain(|entry| {
            entry.path.parent().is_some_and(|parent| taken_along.contains(&**parent.lower()))
        });
        AsideSteps { moves, returning, folders: places.made, ids }
    }
}

/// Which folder stands aside for which one. Two folders that had or would have had the same path get one each, so that no two
/// items get one place.
struct AsidePlaces<'a> {
    root: RemotePath,
    /// Folders of then by where they are now, and the other way round.
    then: HashMap<Arc<str>, RemotePath>,
    now: HashMap<Arc<str>, Arc<str>>,
    new: HashMap<&'a str, &'a Entry>,
    /// By the folder of now.
    places: HashMap<Arc<str>, RemotePath>,
    made: BTreeSet<RemotePath>,
    taken: HashSet<Arc<str>>,
}

impl<'a> AsidePlaces<'a> {
    fn new(past: &WantedPast<'a>, root: &RemotePath, new: &[NewItem<'a>]) -> Self {
        let then = past.folders_of_then();
        let new_folders = new.iter().map(|item| item.entry).filter(|entry| entry.is_folder());
        let mut places = HashMap::new();
        places.insert(Arc::clone(past.folder_now().lower()), root.clone());
        Self {
            root: root.clone(),
            now: then.iter().map(|(now, then)| (Arc::clone(then.lower()), Arc::clone(now))).collect(),
            then,
            new: new_folders.map(|entry| (&**entry.path.lower(), entry)).collect(),
            places,
            made: BTreeSet::new(),
            taken: HashSet::new(),
        }
    }

    /// The one for a folder of now, which is made.
    fn folder(&mut self, now: &Arc<str>) -> RemotePath {
        if let Some(place) = self.places.get(now) {
            self.made.insert(place.clone());
            return place.clone();
        }
        let (around, name) = match (self.new.get(&**now), self.then.get(now)) {
            (Some(entry), _) => {
                let around = entry.path.parent().map(|parent| Arc::clone(parent.lower()));
                (around, entry.path.name().to_owned())
            }
            (None, Some(then)) => {
                let around = then.parent().and_then(|parent| self.now.get(parent.lower()).cloned());
                (around, then.name().to_owned())
            }
            (None, None) => (None, String::new()),
        };
        let around = match around {
            Some(around) => self.folder(&around),
            None => self.root.clone(),
        };
        let place = self.free(around.join(&name));
        self.places.insert(Arc::clone(now), place.clone());
        self.made.insert(place.clone());
        place
    }

    /// A place that nothing else has: this one, or with a number.
    fn free(&mut self, place: RemotePath) -> RemotePath {
        let (folder, name) = (place.parent().unwrap_or_default(), place.name().to_owned());
        let mut free = place;
        for number in 2.. {
            if self.taken.insert(Arc::clone(free.lower())) {
                break;
            }
            free = folder.join(&format!("{name} ({number})"));
        }
        free
    }
}
