//! Lists of which a reader takes what it can read. One entry that a newer service describes in another way must not
//! cost the folder that it is in.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;
use serde_json::value::RawValue;
use std::ops::{Deref, DerefMut};

/// The readable entries of a list. An optional field that can't be read counts as absent; an entry that can't be read is
/// left out, counted and logged. Written it is a list like any other.
#[derive(Clone, Debug)]
pub struct ReadableList<T> {
    entries: Vec<T>,
    /// How many were left out.
    pub unreadable: usize,
    /// The `path_lower` of those left out that have one.
    pub unreadable_paths: Vec<String>,
}

/// By the entries: what was left out can't be written again.
impl<T: PartialEq> PartialEq for ReadableList<T> {
    fn eq(&self, other: &Self) -> bool {
        self.entries == other.entries
    }
}

impl<T> From<Vec<T>> for ReadableList<T> {
    fn from(entries: Vec<T>) -> Self {
        Self { entries, unreadable: 0, unreadable_paths: Vec::new() }
    }
}

impl<T> FromIterator<T> for ReadableList<T> {
    fn from_iter<I: IntoIterator<Item = T>>(entries: I) -> Self {
        entries.into_iter().collect::<Vec<T>>().into()
    }
}

impl<T> Default for ReadableList<T> {
    fn default() -> Self {
        Vec::new().into()
    }
}

impl<T> Deref for ReadableList<T> {
    type Target = Vec<T>;

    fn deref(&self) -> &Vec<T> {
        &self.entries
    }
}

impl<T> DerefMut for ReadableList<T> {
    fn deref_mut(&mut self) -> &mut Vec<T> {
        &mut self.entries
    }
}

impl<T> IntoIterator for ReadableList<T> {
    type Item = T;
    type IntoIter = std::vec::IntoIter<T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.into_iter()
    }
}

impl<'a, T> IntoIterator for &'a ReadableList<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.entries.iter()
    }
}

impl<T: Serialize> Serialize for ReadableList<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.entries.serialize(serializer)
    }
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for ReadableList<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = Box::<RawValue>::deserialize(deserializer)?;
        // Nearly always all of it can be read, and then each entry is read only once.
        if let Ok(entries) = serde_json::from_str::<Vec<T>>(text.get()) {
            return Ok(entries.into());
        }
        let mut list = Self::default();
        for entry in serde_json::from_str::<Vec<&RawValue>>(text.get()).map_err(D::Error::custom)? {
            match read_entry(entry.get()) {
                Ok(entry) => list.entries.push(entry),
                Err(error) => {
                    tracing::warn!(%error, "an entry could not be read");
                    list.unreadable += 1;
                    list.unreadable_paths.extend(path_of(entry.get()));
                }
            }
        }
        Ok(list)
    }
}

fn path_of(text: &str) -> Option<String> {
    let entry: Value = serde_json::from_str(text).ok()?;
    Some(entry.get("path_lower")?.as_str()?.to_owned())
}

fn read_entry<T: DeserializeOwned>(text: &str) -> serde_json::Result<T> {
    serde_json::from_str(text).or_else(|error| read_without_a_field(text).ok_or(error))
}

/// Reads an entry of which one optional field can't be read. Without its path an entry would be taken for another.
fn read_without_a_field<T: DeserializeOwned>(text: &str) -> Option<T> {
    let Ok(Value::Object(fields)) = serde_json::from_str(text) else { return None };
    fields.keys().filter(|name| !name.starts_with("path")).find_map(|name| {
        let mut others = fields.clone();
        others.remove(name);
        let entry = T::deserialize(Value::Object(others)).ok()?;
        tracing::warn!(field = name, "a field could not be read");
        Some(entry)
    })
}

#[cfg(test)]
mod tests {
    use super::ReadableList;
    use crate::files::{ListFolderResult, Metadata, SearchV2Result};

    const FILE: &str = r#"".tag": "file", "name": "a", "id": "id:a", "rev": "123456789", "size": 1,
        "client_modified": "2026-01-01T00:00:00Z", "server_modified": "2026-01-01T00:00:00Z", "path_lower": "/a""#;

    fn list(entry: &str) -> ReadableList<Metadata> {
        let folder = r#"{".tag": "folder", "name": "f", "id": "id:f", "path_lower": "/f"}"#;
        let page = format!(r#"{{"entries": [{entry}, {folder}], "cursor": "c", "has_more": false}}"#);
        let result: ListFolderResult = serde_json::from_str(&page).unwrap();
        assert_eq!(result.entries.last().unwrap().name(), "f", "{entry}");
        result.entries
    }

    #[test]
    fn an_entry_that_cannot_be_read_costs_itself_and_nothing_else() {
        for entry in [
            r#"{".tag": "wormhole", "name": "a"}"#.to_owned(),
            r#"{".tag": "folder", "name": "no id"}"#.to_owned(),
            r#"{"name": "no tag", "id": "id:a"}"#.to_owned(),
            format!("{{{}}}", FILE.replace("\"size\": 1", "\"size\": -1")),
            format!("{{{}}}", FILE.replace("\"/a\"", "7")),
            "null".to_owned(),
            "[[]]".to_owned(),
        ] {
            let list = list(&entry);
            assert_eq!((list.len(), list.unreadable), (1, 1), "{entry}");
        }
    }

    #[test]
    fn of_an_entry_that_cannot_be_read_the_path_is_known_where_it_has_one() {
        let check = |entry: &str, expected: &[&str]| assert_eq!(list(entry).unreadable_paths, expected);
        check(r#"{".tag": "wormhole", "name": "a", "path_lower": "/a"}"#, &["/a"]);
        check(r#"{".tag": "wormhole", "path_lower": 7}"#, &[]);
        check("[]", &[]);
    }

    #[test]
    fn an_optional_field_that_cannot_be_read_counts_as_absent() {
        for field in [
            r#""media_info": {".tag": "hologram"}"#,
            r#""content_hash": 7"#,
            r#""sharing_info": {}"#,
            r#""is_downloadable": "perhaps""#,
        ] {
            let list = list(&format!("{{{FILE}, {field}}}"));
            assert_eq!((list.len(), list.unreadable), (2, 0), "{field}");
        }
    }

    #[test]
    fn a_search_hit_of_an_unknown_kind_does_not_end_the_search() {
        let hit =
            |metadata: &str| format!(r#"{{"metadata": {{".tag": "metadata", "metadata": {metadata}}}}}"#);
        let (odd, file) = (hit(r#"{".tag": "wormhole"}"#), hit(&format!("{{{FILE}}}")));
        let page = format!(r#"{{"matches": [{odd}, {file}], "has_more": false}}"#);
        let result: SearchV2Result = serde_json::from_str(&page).unwrap();
        assert_eq!((result.matches.len(), result.matches.unreadable), (1, 1));
    }

    #[test]
    fn what_is_no_list_is_an_error() {
        for page in [
            r#"{"entries": {}, "cursor": "c", "has_more": false}"#,
            r#"{"entries": [{}], "has_more": false}"#,
        ] {
            assert!(serde_json::from_str::<ListFolderResult>(page).is_err(), "{page}");
        }
    }
}
