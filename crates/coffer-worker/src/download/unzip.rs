//! Reads a ZIP archive as a stream, from its first byte on, without its directory at the end. Archives that are made
//! while they are sent tell sizes and checksums only behind the bytes, also of entries that are not compressed; other
//! readers need the directory for those. Here such an entry ends where its descriptor stands: the right signature,
//! the right sizes, and the start of something else behind it. What the bytes are good for is not decided here, and
//! checksums are not looked at: the content hash of the account says more.

use bytes::{Buf, Bytes, BytesMut};
use flate2::{Decompress, FlushDecompress, Status};
use memchr::memmem;

const LOCAL_HEADER: [u8; 4] = *b"PK\x03\x04";
const DESCRIPTOR: [u8; 4] = *b"PK\x07\x08";
/// What may stand behind the last entry: the directory, the archive's extra data, the ends in both widths.
const BEHIND_ENTRIES: [[u8; 4]; 4] = [*b"PK\x01\x02", *b"PK\x06\x08", *b"PK\x06\x06", *b"PK\x05\x06"];

const HEADER_BYTES: usize = 30;
/// The longest descriptor (signature, checksum, two sizes of 64 bits) and the signature behind it.
const DESCRIPTOR_ROOM: usize = 24 + 4;
/// Inflated at a time.
const INFLATED_BYTES: usize = 64 * 1024;

const FLAG_ENCRYPTED: u16 = 1;
const FLAG_DESCRIPTOR: u16 = 1 << 3;

/// What comes out, in this order: an entry, its bytes, its end; the next entry; in the end the end of all.
#[derive(Debug, PartialEq)]
pub(crate) enum UnzipEvent {
    /// A name as the archive has it, with slashes; those of folders end in one.
    Entry(String),
    Bytes(Bytes),
    EntryEnd,
    /// No entry follows. What comes behind it is of no interest.
    End,
}

/// Why it cannot be read further.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum Unreadable {
    #[error("something else stands where an entry of the archive should begin")]
    NoEntry,
    #[error("an entry of the archive is packed in a way that Coffer cannot read")]
    Packing,
    #[error("an entry of the archive does not end as it should")]
    NoEnd,
}

/// An archive that comes in pieces of any size.
#[derive(Debug, Default)]
pub(crate) struct Unzip {
    waiting: Bytes,
    state: ParserState,
}

#[derive(Debug, Default)]
enum ParserState {
    #[default]
    Header,
    /// So many bytes follow, and a descriptor or none.
    Stored {
        left: u64,
        sizes: Sizes,
        descriptor: bool,
    },
    /// The bytes go on until a descriptor fits.
    Searching {
        passed: u64,
    },
    Deflated {
        inflater: Box<Decompress>,
        descriptor: bool,
    },
    Descriptor(Sizes),
    EntryEnd,
    End,
}

/// Bytes of an entry, in the archive and unpacked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Sizes {
    packed: u64,
    plain: u64,
}

impl Unzip {
    pub(crate) fn feed(&mut self, bytes: Bytes) {
        if self.waiting.is_empty() {
            self.waiting = bytes;
        } else {
            let mut joined = BytesMut::with_capacity(self.waiting.len() + bytes.len());
            joined.extend_from_slice(&self.waiting);
            joined.extend_from_slice(&bytes);
            self.waiting = joined.freeze();
        }
    }

    /// The next piece; `None` when more must be fed first.
    pub(crate) fn next_event(&mut self) -> Result<Option<UnzipEvent>, Unreadable> {
        loop {
            match &mut self.state {
                ParserState::Header => return self.header(),
                ParserState::Stored { left: 0, sizes, descriptor } => {
                    self.state =
                        if *descriptor { ParserState::Descriptor(*sizes) } else { ParserState::EntryEnd };
                }
                ParserState::Stored { left, .. } => {
                    let length = usize::try_from(*left).unwrap_or(usize::MAX).min(self.waiting.len());
                    *left -= length as u64;
                    return Ok(self.bytes(length));
                }
                ParserState::Searching { passed } => match search(&self.waiting, *passed) {
                    SignatureSearch::End { at: 0, length } => {
                        self.waiting.advance(length);
                        self.state = ParserState::EntryEnd;
                    }
                    SignatureSearch::End { at, .. } | SignatureSearch::Bytes(at) => {
                        *passed += at as u64;
                        return Ok(self.bytes(at));
                    }
                },
                ParserState::Deflated { .. } => match self.inflate()? {
                    Inflated::Bytes(bytes) => return Ok(Some(UnzipEvent::Bytes(bytes))),
                    Inflated::Nothing => {}
                    Inflated::Starved => return Ok(None),
                },
                ParserState::Descriptor(sizes) => {
                    if self.waiting.len() < DESCRIPTOR_ROOM {
                        return Ok(None);
                    }
                    let length = descriptor_length(&self.waiting, *sizes).ok_or(Unreadable::NoEnd)?;
                    self.waiting.advance(length);
                    self.state = ParserState::EntryEnd;
                }
                ParserState::EntryEnd => {
                    self.state = ParserState::Header;
                    return Ok(Some(UnzipEvent::EntryEnd));
                }
                ParserState::End => {
                    self.waiting.clear();
                    return Ok(Some(UnzipEvent::End));
                }
            }
        }
    }

    fn bytes(&mut self, length: usize) -> Option<UnzipEvent> {
        (length > 0).then(|| UnzipEvent::Bytes(self.waiting.split_to(length)))
    }

    fn header(&mut self) -> Result<Option<UnzipEvent>, Unreadable> {
        let Some(signature) = self.waiting.first_chunk::<4>() else { return Ok(None) };
        if BEHIND_ENTRIES.contains(signature) {
            self.state = ParserState::End;
            return Ok(Some(UnzipEvent::End));
        }
        if *signature != LOCAL_HEADER {
            return Err(Unreadable::NoEntry);
        }
        if self.waiting.len() < HEADER_BYTES {
            return Ok(None);
        }
        let mut fields = &self.waiting[4..HEADER_BYTES];
        fields.advance(2);
        let (flags, method) = (fields.get_u16_le(), fields.get_u16_le());
        fields.advance(8);
        let (packed, plain) = (fields.get_u32_le(), fields.get_u32_le());
        let (name_length, extra_length) =
            (usize::from(fields.get_u16_le()), usize::from(fields.get_u16_le()));
        let length = HEADER_BYTES + name_length + extra_length;
        if self.waiting.len() < length {
            return Ok(None);
        }
        let header = self.waiting.split_to(length);
        let (name, extra) = header[HEADER_BYTES..].split_at(name_length);
        let name = unicode_name(extra).unwrap_or_else(|| String::from_utf8_lossy(name).into_owned());
        let sizes = wide_sizes(extra, packed, plain);
        let descriptor = flags & FLAG_DESCRIPTOR != 0;
        self.state = match method {
            _ if flags & FLAG_ENCRYPTED != 0 => return Err(Unreadable::Packing),
            // A folder has no bytes, whatever its flags promise; one that has a descriptor is found by the search.
            0 if descriptor && sizes.packed == 0 => ParserState::Searching { passed: 0 },
            0 => ParserState::Stored { left: sizes.packed, sizes, descriptor },
            8 => ParserState::Deflated { inflater: Box::new(Decompress::new(false)), descriptor },
            _ => return Err(Unreadable::Packing),
        };
        Ok(Some(UnzipEvent::Entry(name)))
    }

    /// Inflates what is there.
    fn inflate(&mut self) -> Result<Inflated, Unreadable> {
        let ParserState::Deflated { inflater, descriptor } = &mut self.state else {
            return Ok(Inflated::Nothing);
        };
        let mut inflated = Vec::with_capacity(INFLATED_BYTES);
        let before = inflater.total_in();
        let status = inflater
            .decompress_vec(&self.waiting, &mut inflated, FlushDecompress::None)
            .map_err(|_| Unreadable::Packing)?;
        let taken = inflater.total_in() - before;
        self.waiting.advance(taken as usize);
        let ended = status == Status::StreamEnd;
        if ended {
            let sizes = Sizes { packed: inflater.total_in(), plain: inflater.total_out() };
            self.state = if *descriptor { ParserState::Descriptor(sizes) } else { ParserState::EntryEnd };
        }
        Ok(match inflated.is_empty() {
            false => Inflated::Bytes(inflated.into()),
            true if ended || taken > 0 => Inflated::Nothing,
            true => Inflated::Starved,
        })
    }
}

enum Inflated {
    Bytes(Bytes),
    /// There may be more to do with what is there.
    Nothing,
    /// More must be fed.
    Starved,
}

enum SignatureSearch {
    /// So many bytes belong to the entry for certain.
    Bytes(usize),
    /// Its descriptor stands there.
    End { at: usize, length: usize },
}

/// Looks for the descriptor of an entry of which `passed` bytes have gone before.
fn search(bytes: &[u8], passed: u64) -> SignatureSearch {
    let finder = memmem::Finder::new(&DESCRIPTOR);
    for at in finder.find_iter(bytes) {
        let rest = &bytes[at..];
        if rest.len() < DESCRIPTOR_ROOM {
            // It cannot be told yet.
            return SignatureSearch::Bytes(at);
        }
        let size = passed + at as u64;
        if let Some(length) = descriptor_length(rest, Sizes { packed: size, plain: size }) {
            return SignatureSearch::End { at, length };
        }
    }
    // The signature may be cut in two.
    SignatureSearch::Bytes(bytes.len().saturating_sub(DESCRIPTOR.len() - 1))
}

/// How long the descriptor at the start of `bytes` is: with or without its signature, in 32 or 64 bits. It must name
/// these sizes, and another entry or the directory must follow.
fn descriptor_length(bytes: &[u8], sizes: Sizes) -> Option<usize> {
    let signed = if bytes.starts_with(&DESCRIPTOR) { &[4, 0][..] } else { &[0][..] };
    let wide = |at: usize| Some(u64::from_le_bytes(*bytes.get(at..)?.first_chunk()?));
    let narrow = |at: usize| Some(u64::from(u32::from_le_bytes(*bytes.get(at..)?.first_chunk()?)));
    let forms = signed.iter().flat_map(|start| [(start + 4, 4), (start + 4, 8)]);
    for (at, width) in forms {
        let told = if width == 4 { (narrow(at)?, narrow(at + 4)?) } else { (wide(at)?, wide(at + 8)?) };
        let length = at + 2 * width;
        let next = bytes.get(length..)?.first_chunk::<4>()?;
        let fits = told == (sizes.packed, sizes.plain);
        if fits && (*next == LOCAL_HEADER || BEHIND_ENTRIES.contains(next)) {
            return Some(length);
        }
    }
    None
}

/// The parts of an entry's extra field, by their number.
fn extra_fields(mut extra: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    std::iter::from_fn(move || {
        let (head, rest) = extra.split_first_chunk::<4>()?;
        let id = u16::from_le_bytes([head[0], head[1]]);
        let length = usize::from(u16::from_le_bytes([head[2], head[3]]));
        let (field, rest) = rest.split_at_checked(length)?;
        extra = rest;
        Some((id, field))
    })
}

/// The sizes, which stand in the extra field when they need 64 bits.
fn wide_sizes(extra: &[u8], packed: u32, plain: u32) -> Sizes {
    let mut wide = extra_fields(extra).find(|(id, _)| *id == 1).map(|(_, field)| field).unwrap_or_default();
    let mut size = |narrow: u32| {
        if narrow == u32::MAX && wide.len() >= 8 { wide.get_u64_le() } else { u64::from(narrow) }
    };
    // The plain size stands first.
    let plain = size(plain);
    Sizes { packed: size(packed), plain }
}

/// The name in UTF-8, which some writers put into the extra field beside one in another code.
fn unicode_name(extra: &[u8]) -> Option<String> {
    let (_, field) = extra_fields(extra).find(|(id, _)| *id == 0x7075)?;
    String::from_utf8(field.get(5..)?.to_vec()).ok()
}

#[cfg(test)]
mod tests {
    use super::{Unreadable, Unzip, UnzipEvent};
    use bytes::Bytes;
    use std::io::Write;

    /// One local entry; sizes are told before the bytes, behind them, or behind them in 64 bits.
    #[derive(Clone, Copy)]
    enum Told {
        Before,
        Behind,
        BehindWide,
        BehindUnsigned,
    }

    fn entry(name: &str, content: &[u8], deflated: bool, told: Told) -> Vec<u8> {
        let packed = if deflated {
            let mut writer = flate2::write::DeflateEncoder::new(Vec::new(), flate2::Compression::fast());
            writer.write_all(content).unwrap();
            writer.finish().unwrap()
        } else {
            content.to_vec()
        };
        let before = matches!(told, Told::Before);
        let flags: u16 = 1 << 11 | if before { 0 } else { 1 << 3 };
        let sizes = [packed.len() as u32, content.len() as u32];
        let mut bytes = b"PK\x03\x04\x14\0".to_vec();
        bytes.extend(flags.to_le_bytes());
        bytes.extend(if deflated { 8_u16 } else { 0 }.to_le_bytes());
        bytes.extend([0; 8]);
        for size in sizes {
            bytes.extend(if before { size } else { 0 }.to_le_bytes());
        }
        bytes.extend((name.len() as u16).to_le_bytes());
        bytes.extend([0; 2]);
        bytes.extend(name.as_bytes());
        bytes.extend(&packed);
        if !before {
            if !matches!(told, Told::BehindUnsigned) {
                bytes.extend(b"PK\x07\x08");
            }
            bytes.extend([1, 2, 3, 4]);
            for size in sizes {
                match told {
                    Told::BehindWide => bytes.extend(u64::from(size).to_le_bytes()),
                    _ => bytes.extend(size.to_le_bytes()),
                }
            }
        }
        bytes
    }

    fn directory() -> Vec<u8> {
        [b"PK\x01\x02".to_vec(), vec![7; 60]].concat()
    }

    /// What is in an archive that comes in pieces of `step` bytes.
    fn read(archive: &[u8], step: usize) -> Result<Vec<(String, Vec<u8>)>, Unreadable> {
        let mut unzip = Unzip::default();
        let mut entries: Vec<(String, Vec<u8>)> = Vec::new();
        let mut ended = 0;
        for piece in archive.chunks(step) {
            unzip.feed(Bytes::copy_from_slice(piece));
            while let Some(piece) = unzip.next_event()? {
                match piece {
                    UnzipEvent::Entry(name) => entries.push((name, Vec::new())),
                    UnzipEvent::Bytes(bytes) => entries.last_mut().unwrap().1.extend_from_slice(&bytes),
                    UnzipEvent::EntryEnd => ended += 1,
                    UnzipEvent::End => {
                        assert_eq!(ended, entries.len());
                        return Ok(entries);
                    }
                }
            }
        }
        Err(Unreadable::NoEnd)
    }

    #[test]
    fn entries_come_out_whole_however_they_are_packed_and_cut() {
        let inner = [entry("in", b"zip in a zip", false, Told::Behind), directory()].concat();
        let long: Vec<u8> = (0..200_000_u32).flat_map(|n| (n / 7).to_le_bytes()).collect();
        let contents: [(&str, &[u8]); 6] = [
            ("Top/", b""),
            ("Top/ä.txt", b"plain"),
            ("Top/empty", b""),
            ("Top/PK.zip", &inner),
            ("Top/tricky", b"PK\x07\x08PK\x07\x08\0\0\0\0\x08\0\0\0\x08\0\0\0PK\x03\x04PK"),
            ("Top/long", &long),
        ];
        for told in [Told::Before, Told::Behind, Told::BehindWide, Told::BehindUnsigned] {
            for deflated in [false, true] {
                if matches!(told, Told::BehindUnsigned) && !deflated {
                    // Nothing tells the end of such an entry.
                    continue;
                }
                let mut archive: Vec<u8> = contents
                    .iter()
                    .flat_map(|(name, content)| entry(name, content, deflated, told))
                    .collect();
                archive.extend(directory());
                let expected: Vec<(String, Vec<u8>)> =
                    contents.iter().map(|(name, content)| ((*name).to_owned(), content.to_vec())).collect();
                for step in [1, 3, 29, 1000, archive.len()] {
                    assert!(
                        read(&archive, step).as_ref() == Ok(&expected),
                        "{step} bytes at a time, {deflated}"
                    );
                }
            }
        }
    }

    #[test]
    fn what_is_no_archive_is_told_and_what_is_cut_never_ends() {
        assert_eq!(read(b"<html>Bad gateway</html>", 100), Err(Unreadable::NoEntry));
        let whole = [entry("a", b"content", false, Told::Behind), directory()].concat();
        for length in 0..whole.len() - 62 {
            assert_eq!(read(&whole[..length], 100), Err(Unreadable::NoEnd), "{length}");
        }
        let mut wrong = entry("a", b"content", true, Told::Behind);
        let sizes = wrong.len() - 4;
        wrong[sizes] += 1;
        assert_eq!(read(&[wrong, directory()].concat(), 100), Err(Unreadable::NoEnd));
    }

    #[test]
    fn noise_never_panics() {
        let mut random = fastrand::Rng::with_seed(7);
        let whole = [
            entry("a", &[5; 300], false, Told::Behind),
            entry("b", &[6; 300], true, Told::BehindWide),
            entry("c", &[7; 300], false, Told::Before),
            directory(),
        ]
        .concat();
        for _ in 0..2000 {
            let mut archive = whole.clone();
            for _ in 0..random.usize(1..4) {
                let place = random.usize(..archive.len());
                archive[place] = random.u8(..);
            }
            let step = random.usize(1..500);
            let _ = read(&archive, step);
        }
    }
}
