//! What was made in a folder since a moment, and how it is moved aside: into a new folder, in which it has the path that it has
//! in the folder.

use super::present_items::Was;
use super::steps::WantedPast;
use coffer_model::{Entry, EntryKind, RemotePath, SinceThen};
use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

/// An item that is there now and was not.
pub(super) struct NewItem<'a> {
    pub entry: &'a Entry,
    /// Where it would have been.
    pub path: &'a RemotePath,
}

/// How new items are moved aside.
#[derive(Default)]
pub(super) struct AsideMoves<'a> {
    /// The ids of those that go, by themselves or with the folder around them.
    pub going: HashSet<&'a str>,
    /// By their ids, where those come that go by themselves.
    pub places: HashMap<&'a str, RemotePath>,
    /// The folders around those, which are made.
    pub folders: BTreeSet<RemotePath>,
}

impl WantedPast<'_> {
    /// The wanted ones, each folder before what is in it. A file that has the place of one of then is none: it gets the version
    /// of then.
    pub(super) fn new_items(&self) -> Vec<NewItem<'_>> {
        let present = &self.present;
        let new = present.entries.iter().filter_map(|entry| match present.was.get(entry.id()) {
            Some(Was::Nothing(path)) => Some(NewItem { entry, path }),
            _ => None,
        });
        new.filter(|item| self.wanted.contains(item.path)).collect()
    }

    /// Whether something else is to be at the path of a new folder.
    fn is_place_needed(&self, path: &RemotePath) -> bool {
        let then = self.tree.items.get(path.lower()).filter(|item| self.is_wanted(item));
        then.is_some_and(|item| match item.since {
            SinceThen::Added => false,
            SinceThen::Moved(_) => true,
            _ => matches!(item.kind, EntryKind::File(_)),
        })
    }

    /// A new folder goes as a whole, unless something in it stays: then what is new in it goes by itself. Where something else
    /// needs its place it goes anyway, and what is in it and stays comes back to where it was.
    pub(super) fn aside(&self, root: &RemotePath) -> AsideMoves<'_> {
        let new = self.new_items();
        let new_ids: HashSet<&str> = new.iter().map(|item| item.entry.id()).collect();
        let mut around_staying: HashSet<Arc<str>> = HashSet::new();
        for entry in &self.present.entries {
            let was = self.present.was.get(entry.id());
            let moves_back = matches!(was, Some(Was::Item(item)) if self.moves_back(item));
            if !moves_back && !new_ids.contains(entry.id()) {
                let around = entry.path.lineage();
                around_staying.extend(around.iter().map(|folder| Arc::clone(folder.lower())));
            }
        }
        let mut places = AsidePlaces::new(self, root, &new);
        let mut going_folders: HashSet<&str> = HashSet::new();
        let mut aside = AsideMoves::default();
        for NewItem { entry, path } in &new {
            if entry.is_folder() {
                if around_staying.contains(entry.path.lower()) && !self.is_place_needed(path) {
                    continue;
                }
                going_folders.insert(entry.path.lower());
            }
            aside.going.insert(entry.id());
            let around = entry.path.parent().unwrap_or_default();
            if !going_folders.contains(&**around.lower()) {
                let folder = places.folder(around.lower());
                aside.places.insert(entry.id(), places.free(folder.join(entry.path.name())));
            }
        }
        aside.folders = places.made;
        aside
    }
}

/// Which folder stands aside for which one. Two folders that had or would have had the same path get one each, so that no two
/// items get one place.
struct AsidePlaces<'a> {
    root: RemotePath,
    /// Folders of then by where they are now, and the other way round.
    then: HashMap<&'a str, &'a RemotePath>,
    now: HashMap<&'a str, &'a str>,
    new: HashMap<&'a str, &'a Entry>,
    /// By the folder of now.
    places: HashMap<Arc<str>, RemotePath>,
    made: BTreeSet<RemotePath>,
    taken: HashSet<Arc<str>>,
}

impl<'a> AsidePlaces<'a> {
    fn new(past: &'a WantedPast<'_>, root: &RemotePath, new: &[NewItem<'a>]) -> Self {
        let new_folders = new.iter().map(|item| item.entry).filter(|entry| entry.is_folder());
        let new: HashMap<&str, &Entry> = new_folders.map(|entry| (&**entry.path.lower(), entry)).collect();
        let folders = past.present.folders.iter().filter(|(now, _)| !new.contains_key(&***now));
        let then: HashMap<&str, &RemotePath> = folders.map(|(now, then)| (&**now, then)).collect();
        Self {
            root: root.clone(),
            now: then.iter().map(|(now, then)| (&**then.lower(), *now)).collect(),
            then,
            new,
            places: HashMap::from([(Arc::clone(past.present.folder_now.lower()), root.clone())]),
            made: BTreeSet::new(),
            taken: HashSet::new(),
        }
    }

    /// The one for a folder of now, which is made.
    fn folder(&mut self, now: &str) -> RemotePath {
        if let Some(place) = self.places.get(now) {
            self.made.insert(place.clone());
            return place.clone();
        }
        let (around, name) = match (self.new.get(now), self.then.get(now)) {
            (Some(entry), _) => {
                let around = entry.path.parent().map(|parent| Arc::clone(parent.lower()));
                (around, entry.path.name().to_owned())
            }
            (None, Some(then)) => {
                let around = then.parent().and_then(|parent| self.now.get(&**parent.lower()).copied());
                (around.map(Arc::from), then.name().to_owned())
            }
            (None, None) => (None, String::new()),
        };
        let around = match around {
            Some(around) => self.folder(&around),
            None => self.root.clone(),
        };
        let place = self.free(around.join(&name));
        self.places.insert(Arc::from(now), place.clone());
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
