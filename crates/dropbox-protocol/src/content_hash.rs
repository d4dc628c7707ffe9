//! The hash by which Dropbox tells equal contents (reference §5): SHA-256 over the SHA-256s of 4 MiB blocks.

use sha2::{Digest, Sha256};

/// The size of a block in bytes. The last block of a file may be shorter; an empty file has none.
pub const BLOCK_BYTES: usize = 4 * 1024 * 1024;

/// The SHA-256 of one block.
pub type BlockHash = [u8; 32];

/// Computes the hash of one block after the other. Where a block ends is decided by the caller.
#[derive(Clone, Debug, Default)]
pub struct BlockHasher(Sha256);

impl BlockHasher {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of the bytes since the last block ended. The next bytes begin a new block.
    pub fn end_block(&mut self) -> BlockHash {
        self.0.finalize_reset().into()
    }
}

/// The hash of a whole block that is in memory.
#[must_use]
pub fn of_block(bytes: &[u8]) -> BlockHash {
    Sha256::digest(bytes).into()
}

/// The content hash of a file whose blocks, in their order, have these hashes: 64 lower-case hexadecimal digits.
pub fn of_blocks<'b>(hashes: impl IntoIterator<Item = &'b BlockHash>) -> String {
    let mut overall = Sha256::new();
    for hash in hashes {
        overall.update(hash);
    }
    to_digits(&overall.finalize().into())
}

/// Computes a content hash from bytes that come in pieces of any size.
#[derive(Clone, Debug, Default)]
pub struct ContentHasher {
    overall: Sha256,
    block: BlockHasher,
    block_length: usize,
}

impl ContentHasher {
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    pub fn update(&mut self, mut bytes: &[u8]) {
        while !bytes.is_empty() {
            if self.block_length == BLOCK_BYTES {
                self.close_block();
            }
            let (piece, rest) = bytes.split_at(bytes.len().min(BLOCK_BYTES - self.block_length));
            self.block.update(piece);
            self.block_length += piece.len();
            bytes = rest;
        }
    }

    /// The hash of everything so far: 64 lower-case hexadecimal digits.
    #[must_use]
    pub fn finish(mut self) -> String {
        if self.block_length > 0 {
            self.close_block();
        }
        to_digits(&self.overall.finalize().into())
    }

    fn close_block(&mut self) {
        self.overall.update(self.block.end_block());
        self.block_length = 0;
    }
}

/// A content hash as it is written: 64 lower-case hexadecimal digits.
#[must_use]
pub fn to_digits(hash: &[u8; 32]) -> String {
    let digit = |value: u8| char::from(b"0123456789abcdef"[usize::from(value)]);
    hash.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The bytes of a content hash; `None` if the text is none.
#[must_use]
pub fn from_digits(digits: &str) -> Option<[u8; 32]> {
    let digits: &[u8; 64] = digits.as_bytes().try_into().ok()?;
    let mut hash = [0; 32];
    for (byte, pair) in hash.iter_mut().zip(digits.as_chunks::<2>().0) {
        *byte = value(pair[0])? << 4 | value(pair[1])?;
    }
    Some(hash)
}

fn value(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'a'..=b'f' => Some(digit - b'a' + 10),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// The content hash of bytes that are in memory.
#[must_use]
pub fn content_hash(bytes: &[u8]) -> String {
    let mut hasher = ContentHasher::new();
    hasher.update(bytes);
    hasher.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Byte `i` has the value `i mod 251`.
    fn pattern(length: usize) -> Vec<u8> {
        (0..length).map(|index| (index % 251) as u8).collect()
    }

    #[test]
    fn the_reference_vectors_hold() {
        for (content, expected) in [
            (vec![], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
            (b"hello".to_vec(), "9595c9df90075148eb06860365df33584b75bff782a510c6cd4883a419833d50"),
            (pattern(4_194_303), "e1d05b9adf4293b7fec11b099ce74116fc06dfa733a9833be9166ab4c769da43"),
            (pattern(4_194_304), "b9654428408015906b44a00935b70af33830aa344b780b0eabd535a133150d04"),
            (pattern(4_194_305), "4a6cc0a344febaa07772e7c974834b2fb1d24594d4ba15f27c97a54699709f44"),
            (pattern(8_388_608), "b76a633d9733b991a976dba723df6940bfaf789390a929fe8f68fd1b4705c8c1"),
            (pattern(8_388_609), "c84ee1d6377d71687c1cfe37be0897c4e351df175ea677ca2c918736a9cfb476"),
            (vec![0; 4_194_304], "c7e946d101855255d919ef0c70718633adf77d3dfb3adeeecf5d0cb4e951be58"),
        ] {
            assert_eq!(content_hash(&content), expected, "{} bytes", content.len());
        }
    }

    #[test]
    fn the_hashes_of_blocks_give_the_content_hash_of_the_file() {
        let content = pattern(BLOCK_BYTES + 9);
        let mut hasher = BlockHasher::new();
        let block_hashes: Vec<BlockHash> = content
            .chunks(BLOCK_BYTES)
            .map(|block| {
                block.chunks(1_000_003).for_each(|piece| hasher.update(piece));
                hasher.end_block()
            })
            .collect();
        assert_eq!(block_hashes[1], of_block(&content[BLOCK_BYTES..]));
        assert_eq!(of_blocks(&block_hashes), content_hash(&content));
        assert_eq!(of_blocks(&[]), content_hash(&[]));
    }

    #[test]
    fn digits_are_read_as_they_were_written() {
        let hash = std::array::from_fn(|index| (index * 37) as u8);
        let digits = to_digits(&hash);
        assert!(digits.starts_with("00254a6f"), "{digits}");
        assert_eq!(from_digits(&digits), Some(hash));
        assert_eq!(from_digits(&digits.to_uppercase()), Some(hash));
        for wrong in ["", &digits[1..], &digits.replace('0', "g"), &format!("{digits}0"), &"é".repeat(32)] {
            assert_eq!(from_digits(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter() {
        let content = pattern(BLOCK_BYTES + 7);
        for piece_bytes in [1_000_003, BLOCK_BYTES, BLOCK_BYTES - 1, BLOCK_BYTES + 6] {
            let mut hasher = ContentHasher::new();
            content.chunks(piece_bytes).for_each(|piece| hasher.update(piece));
            hasher.update(&[]);
            assert_eq!(hasher.finish(), content_hash(&content), "pieces of {piece_bytes}");
        }
    }
}
