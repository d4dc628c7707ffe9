//! What an account is, in the simplest words that are still right: a map from paths to items.

use super::mirror::Mirror;
use dropbox_protocol::content_hash;
use dropbox_protocol::path::{name, parent, path_lower};
use std::collections::BTreeMap;

/// Something at a path.
#[derive(Clone, Debug)]
pub struct Item {
    pub display: String,
    /// What a file says; a folder says nothing.
    pub text: Option<String>,
    /// Learned from the account when it is made.
    pub id: Option<String>,
    pub rev: Option<String>,
}

/// A content that a file once had.
#[derive(Clone, Debug)]
pub struct Past {
    pub rev: String,
    pub text: String,
    pub id: String,
}

#[derive(Debug)]
pub struct Model {
    pub items: BTreeMap<String, Item>,
    pub past: Vec<Past>,
    /// Revisions that stood at each path, oldest first.
    history: BTreeMap<String, Vec<String>>,
    /// Ids that are no longer anybody's: no new item may get one, only a file that is restored.
    spent: Vec<String>,
}

impl Model {
    pub fn new(base: &str) -> Self {
        let folder = Item { display: base.to_owned(), text: None, id: None, rev: None };
        let items = BTreeMap::from([(path_lower(base), folder)]);
        Self { items, past: Vec::new(), history: BTreeMap::new(), spent: Vec::new() }
    }

    pub fn get(&self, path: &str) -> Option<&Item> {
        self.items.get(&path_lower(path))
    }

    /// A path with its folders spelled as they are; missing folders are made. Fails at a file on the way.
    pub fn make_way(&mut self, path: &str) -> Result<String, &'static str> {
        let folder = parent(path);
        if folder.is_empty() {
            return Ok(path.to_owned());
        }
        let display = match self.get(folder) {
            Some(item) if item.text.is_some() => return Err("conflict/file_ancestor"),
            Some(item) => item.display.clone(),
            None => {
                let display = self.make_way(folder)?;
                self.put(&display, None, None);
                display
            }
        };
        Ok(format!("{display}/{}", name(path)))
    }

    pub fn put(&mut self, display: &str, text: Option<String>, id: Option<String>) {
        let item = Item { display: display.to_owned(), text, id, rev: None };
        self.items.insert(path_lower(display), item);
    }

    /// The first free `name (n).ext`.
    pub fn free(&self, path: &str, addition: impl Fn(u32) -> String) -> String {
        let (folder, old) = (parent(path), name(path));
        let (stem, extension) = match old.rfind('.') {
            Some(dot) if dot > 0 => old.split_at(dot),
            _ => (old, ""),
        };
        let mut number = 0;
        loop {
            let candidate = format!("{folder}/{stem}{}{extension}", addition(number));
            if self.get(&candidate).is_none() {
                return candidate;
            }
            number += 1;
        }
    }

    /// Takes an item and all below it out; they are returned with their paths.
    pub fn take(&mut self, path: &str) -> Vec<(String, Item)> {
        let (top, below) = (path_lower(path), format!("{}/", path_lower(path)));
        let taken: Vec<String> =
            self.items.keys().filter(|key| **key == top || key.starts_with(&below)).cloned().collect();
        taken.into_iter().map(|key| (key.clone(), self.items.remove(&key).unwrap())).collect()
    }

    pub fn spend(&mut self, taken: &[(String, Item)]) {
        self.spent.extend(taken.iter().filter_map(|(_, item)| item.id.clone()));
    }

    /// Notes ids and revisions of what is new, and checks those of what was there.
    pub fn learn(&mut self, fresh: &Mirror) {
        for (path, item) in &mut self.items {
            let Some(entry) = fresh.0.get(path) else { continue };
            if let Some(id) = &item.id {
                assert_eq!(*id, entry.id, "{path} has another id");
            } else {
                assert!(!self.spent.contains(&entry.id), "{path} has an old id");
                item.id = Some(entry.id.clone());
            }
            let Some((rev, _)) = &entry.file else { continue };
            if let Some(known) = &item.rev {
                assert_eq!(known, rev, "{path} has another revision");
            } else {
                assert!(self.past.iter().all(|past| past.rev != *rev), "{path} has an old revision");
                let text = item.text.clone().unwrap();
                self.past.push(Past { rev: rev.clone(), text, id: entry.id.clone() });
                item.rev = Some(rev.clone());
            }
            let history = self.history.entry(path.clone()).or_default();
            if history.last() != Some(rev) {
                history.retain(|old| old != rev);
                history.push(rev.clone());
            }
        }
    }

    /// Revisions by path, newest first.
    pub fn histories(&self) -> Vec<(String, Vec<String>)> {
        self.history
            .iter()
            .filter(|(path, _)| self.items.get(*path).is_none_or(|item| item.text.is_some()))
            .map(|(path, revs)| (path.clone(), revs.iter().rev().cloned().collect()))
            .collect()
    }

    pub fn shape(&self) -> Vec<(String, Option<String>)> {
        self.items
            .values()
            .map(|item| (item.display.clone(), item.text.as_ref().map(|text| content_hash(text.as_bytes()))))
            .collect()
    }
}
