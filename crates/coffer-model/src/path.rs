//! A place in the account. Two paths are the same place when they differ only by case.

use coffer_texts::tr;
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

/// A path in the account: `""` is the root, everything else starts with `/` and does not end with it.
///
/// Equality, order and hash follow the account's rule (case-insensitive, NFC), display keeps the spelling.
/// Cloning is cheap. In files it is its text.
#[derive(Clone, Default, Serialize, Deserialize)]
#[serde(from = "String", into = "String")]
pub struct RemotePath {
    display: Arc<str>,
    lower: Arc<str>,
}

impl RemotePath {
    /// The root of the account.
    pub fn root() -> Self {
        Self::default()
    }

    /// From what a person typed or the service sent: repeated and trailing slashes are forgiven.
    pub fn new(text: &str) -> Self {
        let display = dropbox_protocol::path::normalize(text);
        let lower = dropbox_protocol::path::path_lower(&display);
        Self::from_parts(display, lower)
    }

    /// Most paths of programs and many of people are in lower case: both forms are then one, and a plan or a listing of
    /// a hundred thousand files is a fifth smaller.
    fn from_parts(display: String, lower: String) -> Self {
        let display: Arc<str> = display.into();
        let lower = if *lower == *display { Arc::clone(&display) } else { lower.into() };
        Self { display, lower }
    }

    /// The spelling to show and to send.
    pub fn as_str(&self) -> &str {
        &self.display
    }

    /// The key of the place: the account's lower-case form.
    pub fn lower(&self) -> &Arc<str> {
        &self.lower
    }

    pub fn is_root(&self) -> bool {
        self.lower.is_empty()
    }

    /// The last part; empty for the root.
    pub fn name(&self) -> &str {
        self.display.rsplit('/').next().unwrap_or_default()
    }

    /// The name that a person reads: "Home" for the root, else the last part.
    pub fn display_name(&self) -> &str {
        if self.is_root() { tr!("command-home") } else { self.name() }
    }

    /// The whole path as a person reads it: "Home", "Photos / 2026".
    pub fn display_path(&self) -> String {
        if self.is_root() {
            tr!("command-home").to_owned()
        } else {
            self.display.trim_start_matches('/').replace('/', " / ")
        }
    }

    /// The folder around it; `None` for the root.
    pub fn parent(&self) -> Option<Self> {
        if self.is_root() {
            return None;
        }
        let cut = |text: &str| text.rsplit_once('/').map_or("", |(head, _)| head).to_owned();
        Some(Self::from_parts(cut(&self.display), cut(&self.lower)))
    }

    /// The item called `name` inside this folder.
    #[must_use]
    pub fn join(&self, name: &str) -> Self {
        // Only what is new is brought into shape: long listings are made of this.
        let below = dropbox_protocol::path::normalize(&format!("/{name}"));
        let below_lower = dropbox_protocol::path::path_lower(&below);
        Self::from_parts(format!("{}{below}", self.display), format!("{}{below_lower}", self.lower))
    }

    /// The item of this folder that the service calls `name`, and `lower` in lower case: nothing is left to bring into shape.
    #[must_use]
    pub fn join_known(&self, name: &str, lower: &str) -> Self {
        Self::from_parts(format!("{}/{name}", self.display), format!("{}/{lower}", self.lower))
    }

    /// All folders from the root down to this one, the root first and itself last.
    pub fn lineage(&self) -> Vec<Self> {
        let mut lineage: Vec<Self> = std::iter::successors(Some(self.clone()), Self::parent).collect();
        lineage.reverse();
        lineage
    }

    /// Whether `other` is this place or lies somewhere below it.
    pub fn contains(&self, other: &Self) -> bool {
        other.lower.strip_prefix(&*self.lower).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    }

    /// Whether `other` lies in this folder itself.
    pub fn is_parent_of(&self, other: &Self) -> bool {
        other.lower.rsplit_once('/').is_some_and(|(head, _)| *head == *self.lower)
    }

    /// Where this is after `from` was moved to `to`; `None` when it is not `from` or below it.
    pub fn moved(&self, from: &Self, to: &Self) -> Option<Self> {
        let below = self.lineage().len().checked_sub(from.lineage().len())?;
        if !from.contains(self) {
            return None;
        }
        let mut names: Vec<&str> = self.display.rsplit('/').take(below).collect();
        names.reverse();
        Some(names.into_iter().fold(to.clone(), |path, name| path.join(name)))
    }
}

impl From<String> for RemotePath {
    fn from(text: String) -> Self {
        Self::new(&text)
    }
}

impl From<RemotePath> for String {
    fn from(path: RemotePath) -> Self {
        path.to_string()
    }
}

impl PartialEq for RemotePath {
    fn eq(&self, other: &Self) -> bool {
        self.lower == other.lower
    }
}

impl Eq for RemotePath {}

impl Hash for RemotePath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.lower.hash(state);
    }
}

impl Ord for RemotePath {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lower.cmp(&other.lower)
    }
}

impl PartialOrd for RemotePath {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Debug for RemotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.display)
    }
}

impl fmt::Display for RemotePath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_root() { "/" } else { &self.display })
    }
}

#[cfg(test)]
mod tests {
    use super::RemotePath;

    #[test]
    fn places_are_equal_when_they_differ_only_by_case() {
        assert_eq!(RemotePath::new("/Photos/2026"), RemotePath::new("/photos//2026/"));
        assert_eq!(RemotePath::new("/"), RemotePath::root());
    }

    #[test]
    fn a_path_is_read_with_room_around_its_slashes_and_the_root_as_home() {
        let shown = |path: &str| {
            let path = RemotePath::new(path);
            (path.display_name().to_owned(), path.display_path())
        };
        assert_eq!(shown("/"), ("Home".to_owned(), "Home".to_owned()));
        assert_eq!(shown("/Photos/2026"), ("2026".to_owned(), "Photos / 2026".to_owned()));
    }

    #[test]
    fn a_folder_contains_itself_and_what_is_below_it_but_not_its_neighbours() {
        let photos = RemotePath::new("/Photos");
        assert!(photos.contains(&photos));
        assert!(photos.contains(&RemotePath::new("/photos/2026/a.jpg")));
        assert!(!photos.contains(&RemotePath::new("/Photos of Ida")));
        assert!(RemotePath::root().contains(&photos));
    }

    #[test]
    fn what_lies_in_a_moved_folder_moves_with_it() {
        let moved = |path, from, to| {
            let path = RemotePath::new(path).moved(&RemotePath::new(from), &RemotePath::new(to));
            path.map(|path| path.to_string())
        };
        assert_eq!(moved("/A/B/c.txt", "/a", "/Z/Y"), Some("/Z/Y/B/c.txt".to_owned()));
        assert_eq!(moved("/A", "/A", "/B"), Some("/B".to_owned()));
        assert_eq!(moved("/AB/c", "/A", "/B"), None);
        assert_eq!(moved("/A", "/A/B", "/C"), None);
    }

    #[test]
    fn what_is_joined_is_the_same_as_the_whole_path() {
        for name in ["a.txt", "id:abc", "É", "Straße", "deep/er", "/slashes//", "E\u{301}"] {
            let joined = RemotePath::new("/Photos").join(name);
            let whole = RemotePath::new(&format!("/Photos/{name}"));
            assert_eq!((joined.as_str(), joined.lower()), (whole.as_str(), whole.lower()), "{name}");
            assert_eq!(RemotePath::root().join(name), RemotePath::new(&format!("/{name}")), "{name}");
        }
        let known = RemotePath::new("/Photos").join_known("É.jpg", "é.jpg");
        assert_eq!((known.as_str(), &**known.lower()), ("/Photos/É.jpg", "/photos/é.jpg"));
    }

    #[test]
    fn the_lineage_goes_from_the_root_to_the_place() {
        let lineage: Vec<String> =
            RemotePath::new("/Photos/2026").lineage().iter().map(ToString::to_string).collect();
        assert_eq!(lineage, ["/", "/Photos", "/Photos/2026"]);
    }
}
