//! A tree as a file: what its leaves hold, and its place in the feed, with a checksum behind it all.

use std::io::{self, Read, Write};

use sha2::{Digest, Sha256};

use super::DeltaTree;
use super::leaf::Leaf;

/// How a saved tree begins. The number changes with the form.
const START: &[u8] = b"DeltaTree 1\n";

/// How long the checksum is.
const CHECKSUM_BYTES: usize = 32;

impl DeltaTree {
    /// Writes the tree and its place in the feed, for [`load`](Self::load).
    pub fn save(&self, writer: impl Write) -> io::Result<()> {
        let mut writer = ChecksumWriter { writer, checksum: Sha256::new() };
        writer.write(START)?;
        writer.write_text(self.prefix.as_deref())?;
        writer.write_text(self.cursor.as_deref())?;
        for leaf in &self.leaves {
            writer.write(&(leaf.len() as u32).to_le_bytes())?;
            writer.write_bytes(leaf.bytes())?;
        }
        let ChecksumWriter { mut writer, checksum } = writer;
        writer.write_all(&checksum.finalize())?;
        writer.flush()
    }

    /// Reads a tree that [`save`](Self::save) has written. What is something else, or was damaged, is an error of the
    /// kind [`InvalidData`](io::ErrorKind::InvalidData); then start with a new tree.
    pub fn load(mut reader: impl Read) -> io::Result<Self> {
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes)?;
        parse(&bytes).ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "this is no saved tree"))
    }
}

fn parse(bytes: &[u8]) -> Option<DeltaTree> {
    let (bytes, checksum) = bytes.split_at_checked(bytes.len().checked_sub(CHECKSUM_BYTES)?)?;
    if Sha256::digest(bytes).as_slice() != checksum {
        return None;
    }
    let mut rest = bytes.strip_prefix(START)?;
    let (SavedText(prefix), SavedText(cursor)) = (read_text(&mut rest)?, read_text(&mut rest)?);
    let mut tree = DeltaTree { prefix, cursor, ..DeltaTree::default() };
    let mut last_path = Vec::new();
    while !rest.is_empty() {
        let count = u32::from_le_bytes(rest.split_off(..4)?.try_into().ok()?);
        let leaf = Leaf::from_saved(read_bytes(&mut rest)?.to_vec(), count)?;
        if leaf.is_empty() || (!tree.leaves.is_empty() && leaf.first_path() <= last_path.as_slice()) {
            return None;
        }
        last_path = leaf.end().path;
        tree.len += leaf.len();
        tree.leaves.push(leaf);
    }
    Some(tree)
}

fn read_bytes<'a>(rest: &mut &'a [u8]) -> Option<&'a [u8]> {
    let length = u64::from_le_bytes(rest.split_off(..8)?.try_into().ok()?);
    rest.split_off(..usize::try_from(length).ok()?)
}

/// A text that may be absent.
struct SavedText(Option<String>);

/// `None`: the bytes are not right.
fn read_text(rest: &mut &[u8]) -> Option<SavedText> {
    match rest.split_off(..1)? {
        [0] => Some(SavedText(None)),
        [1] => Some(SavedText(Some(str::from_utf8(read_bytes(rest)?).ok()?.to_owned()))),
        _ => None,
    }
}

/// Sums up what goes through.
struct ChecksumWriter<W> {
    writer: W,
    checksum: Sha256,
}

impl<W: Write> ChecksumWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.checksum.update(bytes);
        self.writer.write_all(bytes)
    }

    fn write_bytes(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.write(&(bytes.len() as u64).to_le_bytes())?;
        self.write(bytes)
    }

    fn write_text(&mut self, text: Option<&str>) -> io::Result<()> {
        self.write(&[u8::from(text.is_some())])?;
        text.map_or(Ok(()), |text| self.write_bytes(text.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree() -> DeltaTree {
        let mut tree = DeltaTree::new(Some("/Photos"));
        tree.put_folder("/photos");
        for number in 0..500 {
            tree.put_file(
                &format!("/photos/{number:04}.jpg"),
                number,
                &format!("{number:09x}"),
                Some([7; 32]),
            );
        }
        tree.put_file("/photos/odd", u64::MAX, "no digits", None);
        tree.set_cursor("the cursor".into());
        tree
    }

    fn saved(tree: &DeltaTree) -> Vec<u8> {
        let mut bytes = Vec::new();
        tree.save(&mut bytes).unwrap();
        bytes
    }

    #[test]
    fn a_saved_tree_is_loaded_as_it_was_and_goes_on() {
        let before = tree();
        let mut after = DeltaTree::load(saved(&before).as_slice()).unwrap();
        assert_eq!((after.path_prefix(), after.cursor()), (Some("/Photos"), Some("the cursor")));
        assert_eq!(after.len(), before.len());
        assert!(after.iter().eq(before.iter()));
        after.put_file("/photos/zz", 1, "0123456789", None);
        after.remove("/photos/0001.jpg");
        assert_eq!(after.len(), before.len());

        let empty = DeltaTree::load(saved(&DeltaTree::default()).as_slice()).unwrap();
        assert_eq!((empty.len(), empty.cursor(), empty.path_prefix()), (0, None, None));
    }

    #[test]
    fn what_is_no_saved_tree_is_an_error_and_never_panics() {
        let good = saved(&tree());
        let is_refused = |bytes: &[u8]| {
            DeltaTree::load(bytes).is_err_and(|error| error.kind() == io::ErrorKind::InvalidData)
        };
        for length in (0..good.len()).step_by(97) {
            assert!(is_refused(&good[..length]), "cut to {length}");
        }
        let mut random = fastrand::Rng::with_seed(1);
        for _ in 0..300 {
            // Also with a checksum that fits, as whoever wants to do harm would make it.
            let (mut bytes, at) =
                (good[..good.len() - CHECKSUM_BYTES].to_vec(), random.usize(..good.len() - 32));
            bytes[at] = random.u8(..);
            let checksum = Sha256::digest(&bytes);
            bytes.extend_from_slice(&checksum);
            if let Ok(tree) = DeltaTree::load(bytes.as_slice()) {
                assert_eq!(tree.iter().count(), tree.len());
            }
        }
    }
}
