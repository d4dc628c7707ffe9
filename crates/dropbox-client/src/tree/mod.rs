//! What the feed of changes adds up to: every file and folder of an account, packed so that a million of them fit
//! into memory beside other things. The feed itself is in `core::delta`.

mod leaf;
mod record;
mod saved;

use std::fmt;

use leaf::Leaf;
use record::{Before, FileRecord, Reader};

use dropbox_protocol::path;

/// Everything that the feed of changes has told: which file or folder is at each path.
///
/// [`DropboxClient::follow_delta`](super::DropboxClient::follow_delta) fills it and keeps it up to date by the rules
/// of the feed. Of a file it keeps size, revision and content hash, in some 50 bytes and what its path does not share
/// with its neighbour's; who needs more of each entry takes [`delta`](super::DropboxClient::delta).
///
/// It knows where it stands in the feed. [`save`](Self::save) writes all of it, so that another run can go on from there
/// with [`load`](Self::load).
///
/// ```no_run
/// # async fn example(client: &dropbox_client::DropboxClient) -> Result<(), dropbox_client::ApiError> {
/// use dropbox_client::{DeltaItem, DeltaTree};
///
/// let mut tree = DeltaTree::new(None);
/// while client.follow_delta(&mut tree).await?.has_more {}
/// for (path, item) in &tree {
///     if let DeltaItem::File(file) = item {
///         println!("{path}: {} bytes, revision {}", file.bytes, file.rev);
///     }
/// }
/// # Ok(()) }
/// ```
#[derive(Clone, Default)]
pub struct DeltaTree {
    prefix: Option<String>,
    cursor: Option<String>,
    /// In the order of their paths, none of them empty.
    leaves: Vec<Leaf>,
    len: usize,
    /// What the very last record leaves to the next, where that is known.
    end: Option<Before>,
}

/// What is at a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeltaItem {
    Folder,
    File(DeltaFile),
}

/// What a [`DeltaTree`] keeps of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeltaFile {
    /// The size.
    pub bytes: u64,
    pub rev: String,
    /// The 32 bytes that [`content_hash`](fn@dropbox_protocol::content_hash) writes as 64 digits. Documents that can
    /// only be exported have none.
    pub content_hash: Option<[u8; 32]>,
}

impl DeltaTree {
    /// An empty tree, to be filled with what is at `path_prefix` and below, or with the whole account.
    pub fn new(path_prefix: Option<&str>) -> Self {
        Self { prefix: path_prefix.map(str::to_owned), ..Self::default() }
    }

    /// The prefix that it was made with.
    pub fn path_prefix(&self) -> Option<&str> {
        self.prefix.as_deref()
    }

    /// Where it stands in the feed, for [`longpoll_delta`](super::DropboxClient::longpoll_delta); `None` at first.
    pub fn cursor(&self) -> Option<&str> {
        self.cursor.as_deref()
    }

    /// How many files and folders there are.
    pub fn len(&self) -> usize {
        self.len
    }

    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The memory that the items take, in bytes.
    pub fn packed_bytes(&self) -> usize {
        let leaves = self.leaves.capacity() * size_of::<Leaf>();
        leaves + self.leaves.iter().map(Leaf::heap_bytes).sum::<usize>()
    }

    /// What is at `path`, in whatever case that is written.
    pub fn get(&self, path: &str) -> Option<DeltaItem> {
        let path = path::path_lower(&path::normalize(path));
        let mut reader = self.leaves.get(self.leaf_of(path.as_bytes()))?.reader();
        while reader.advance() {
            if reader.path() >= path.as_bytes() {
                return (reader.path() == path.as_bytes()).then(|| item(&reader));
            }
        }
        None
    }

    /// All items with their paths in lower case, in the order of the bytes of these.
    pub fn iter(&self) -> DeltaItems<'_> {
        DeltaItems { leaves: self.leaves.iter(), reader: None }
    }

    /// Where to start over if the page turns out to be the first.
    pub(super) fn clear(&mut self) {
        *self = Self::new(self.prefix.as_deref());
    }

    pub(super) fn set_cursor(&mut self, cursor: String) {
        self.cursor = Some(cursor);
    }

    /// A folder replaces a file, and leaves alone what is below it.
    pub(super) fn put_folder(&mut self, path: &str) {
        if !self.append(path.as_bytes(), None) {
            self.insert(path.as_bytes(), None);
        }
    }

    /// A file replaces whatever was there, with all below it.
    pub(super) fn put_file(&mut self, path: &str, size: u64, rev: &str, content_hash: Option<[u8; 32]>) {
        let file = FileRecord { size, rev: rev.as_bytes(), content_hash };
        // Behind the last item there is nothing to replace.
        if !self.append(path.as_bytes(), Some(&file)) {
            self.insert(path.as_bytes(), Some(&file));
            self.remove_below(path);
        }
    }

    /// Removes what is at the path, and all below it.
    pub(super) fn remove(&mut self, path: &str) {
        let at = self.leaf_of(path.as_bytes());
        if let Some(leaf) = self.leaves.get_mut(at)
            && leaf.remove(path.as_bytes())
        {
            self.len -= 1;
            self.end = None;
            if leaf.is_empty() {
                self.leaves.remove(at);
            }
            self.join(at);
        }
        self.remove_below(path);
    }

    /// Puts an item where it belongs, over the one that is there.
    fn insert(&mut self, path: &[u8], file: Option<&FileRecord>) {
        let at = self.leaf_of(path);
        let Some(leaf) = self.leaves.get_mut(at) else { return };
        if !leaf.put(path, file) {
            self.len += 1;
        }
        self.end = None;
        if leaf.is_full() {
            let second = leaf.split_half();
            leaf.close();
            // Two very long paths may stay together.
            if !second.is_empty() {
                self.leaves.insert(at + 1, second);
            }
        }
    }

    /// Adds an item if it comes after all others, as it mostly does while an account is listed.
    fn append(&mut self, path: &[u8], file: Option<&FileRecord>) -> bool {
        let end = self.end.get_or_insert_with(|| self.leaves.last().map(Leaf::end).unwrap_or_default());
        if path <= end.path.as_slice() && !self.leaves.is_empty() {
            return false;
        }
        if self.leaves.last().is_none_or(Leaf::is_full) {
            if let Some(full) = self.leaves.last_mut() {
                full.close();
            }
            self.leaves.push(Leaf::default());
            *end = Before::default();
        }
        if let Some(leaf) = self.leaves.last_mut() {
            leaf.push(end, path, file);
            self.len += 1;
        }
        true
    }

    fn remove_below(&mut self, path: &str) {
        // Everything below a folder lies between `folder/` and `folder0`, because `0` follows `/`.
        let (from, until) = (format!("{path}/").into_bytes(), format!("{path}0").into_bytes());
        if !self.has_any(&from, &until) {
            return;
        }
        let (start, end) = (self.cut(&from), self.cut(&until));
        self.len -= self.leaves.drain(start..end).map(|leaf| leaf.len()).sum::<usize>();
        self.end = None;
        self.join(start);
    }

    /// Whether there is an item from `from` on and before `until`.
    fn has_any(&self, from: &[u8], until: &[u8]) -> bool {
        let at = self.leaf_of(from);
        let Some(leaf) = self.leaves.get(at) else { return false };
        let mut reader = leaf.reader();
        while reader.advance() {
            if reader.path() >= from {
                return reader.path() < until;
            }
        }
        self.leaves.get(at + 1).is_some_and(|next| next.first_path() < until)
    }

    /// Makes `path` the start of a leaf, and tells of which.
    fn cut(&mut self, path: &[u8]) -> usize {
        let at = self.leaves.partition_point(|leaf| leaf.first_path() < path);
        if at > 0 {
            let rest = self.leaves[at - 1].split_off(path);
            if !rest.is_empty() {
                self.leaves.insert(at, rest);
            }
        }
        at
    }

    /// Keeps what a removal leaves from falling into crumbs: the leaves before and at `at` become one if they are
    /// small.
    fn join(&mut self, at: usize) {
        if at > 0
            && let Some((before, behind)) = self.leaves.split_at_mut_checked(at)
            && let (Some(first), Some(second)) = (before.last_mut(), behind.first())
            && first.absorb(second)
        {
            self.leaves.remove(at);
        }
    }

    /// The leaf in which `path` is, or would be.
    fn leaf_of(&self, path: &[u8]) -> usize {
        self.leaves.partition_point(|leaf| leaf.first_path() <= path).saturating_sub(1)
    }
}

fn item(reader: &Reader) -> DeltaItem {
    reader.file().map_or(DeltaItem::Folder, |file| {
        DeltaItem::File(DeltaFile { bytes: file.size, rev: text(file.rev), content_hash: file.content_hash })
    })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

impl fmt::Debug for DeltaTree {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter
            .debug_struct("DeltaTree")
            .field("path_prefix", &self.prefix)
            .field("len", &self.len)
            .finish_non_exhaustive()
    }
}

/// The items of a [`DeltaTree`], made by [`DeltaTree::iter`].
#[derive(Debug, Clone)]
pub struct DeltaItems<'a> {
    leaves: std::slice::Iter<'a, Leaf>,
    reader: Option<Reader<'a>>,
}

impl Iterator for DeltaItems<'_> {
    type Item = (String, DeltaItem);

    fn next(&mut self) -> Option<Self::Item> {
        loop {
            if let Some(reader) = &mut self.reader
                && reader.advance()
            {
                return Some((text(reader.path()), item(reader)));
            }
            self.reader = Some(self.leaves.next()?.reader());
        }
    }
}

impl<'a> IntoIterator for &'a DeltaTree {
    type Item = (String, DeltaItem);
    type IntoIter = DeltaItems<'a>;

    fn into_iter(self) -> DeltaItems<'a> {
        self.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeMap;

    type Model = BTreeMap<String, DeltaItem>;

    fn remove_below(model: &mut Model, path: &str) {
        let below = format!("{path}/");
        model.retain(|other, _| !other.starts_with(&below));
    }

    fn file(random: &mut fastrand::Rng) -> DeltaFile {
        DeltaFile {
            bytes: random.u64(..) >> random.u8(..64),
            rev: format!("{:09x}", random.u64(..) >> random.u8(..64)),
            content_hash: random.bool().then(|| std::array::from_fn(|_| random.u8(..))),
        }
    }

    /// Few names in three levels, some of which sort between a folder and what is below it.
    fn path(random: &mut fastrand::Rng) -> String {
        let depth = random.usize(1..=3);
        let name = |random: &mut fastrand::Rng| {
            let names = ["a", "a b", "a.txt", "a0", "ä", "b", "b-1", "c", "日本"];
            let name = random.choice(names).unwrap_or_default();
            format!("/{name}{}", random.choice(["", "1", " 2", "33"]).unwrap_or_default())
        };
        (0..depth).map(|_| name(random)).collect()
    }

    #[test]
    fn a_tree_is_what_a_simple_map_would_be() {
        for seed in 0..40 {
            let mut random = fastrand::Rng::with_seed(seed);
            let (mut tree, mut model) = (DeltaTree::default(), Model::new());
            for step in 0..400 {
                let path = path(&mut random);
                match random.u8(..10) {
                    0..2 => {
                        tree.put_folder(&path);
                        model.insert(path, DeltaItem::Folder);
                    }
                    2..8 => {
                        let file = file(&mut random);
                        tree.put_file(&path, file.bytes, &file.rev, file.content_hash);
                        remove_below(&mut model, &path);
                        model.insert(path, DeltaItem::File(file));
                    }
                    _ => {
                        tree.remove(&path);
                        remove_below(&mut model, &path);
                        model.remove(&path);
                    }
                }
                assert_eq!(tree.len(), model.len(), "seed {seed}, step {step}");
                if step % 20 == 0 {
                    let differs = tree
                        .iter()
                        .zip(&model)
                        .find(|(item, expected)| (&item.0, &item.1) != (expected.0, expected.1));
                    assert_eq!(differs, None, "seed {seed}, step {step}");
                }
            }
            for (path, item) in &model {
                assert_eq!(tree.get(&path.to_uppercase().replace('Ä', "ä")).as_ref(), Some(item), "{path}");
            }
            assert_eq!(tree.get("/none"), None);
            assert!(tree.leaves.iter().all(|leaf| !leaf.is_empty()));
        }
    }

    #[test]
    fn paths_may_be_longer_than_a_leaf() {
        let mut tree = DeltaTree::default();
        let long = |letter: &str| format!("/{}", letter.repeat(10_000));
        for letter in ["c", "a", "b", "d", "a"] {
            tree.put_file(&long(letter), 1, "0123456789", None);
        }
        assert_eq!(tree.iter().map(|(path, _)| path).collect::<Vec<_>>(), ["a", "b", "c", "d"].map(long));
        tree.remove(&long("b"));
        assert_eq!((tree.len(), tree.get(&long("b")), tree.get(&long("c")).is_some()), (3, None, true));
    }

    #[test]
    fn an_account_that_is_listed_in_any_order_takes_little_memory() {
        let files = 5_000;
        let mut orders: Vec<Vec<usize>> = vec![(0..files).collect(), (0..files).rev().collect()];
        orders.push((0..files).map(|number| number * 1999 % files).collect());
        for order in orders {
            let mut random = fastrand::Rng::with_seed(1);
            let mut tree = DeltaTree::default();
            for number in order {
                let path = format!("/pictures/{}/picture {number:06}.jpg", number / 100);
                let hash = std::array::from_fn(|_| random.u8(..));
                tree.put_file(&path, random.u64(..5_000_000), &format!("{number:015x}"), Some(hash));
            }
            assert_eq!(tree.len(), files);
            let each = tree.packed_bytes() / files;
            assert!(each < 90, "{each} bytes for each file");
        }
    }
}
