//! Writing ZIP archives as a stream: stored, not compressed, because most of what people keep is already;
//! names in UTF-8; 64-bit offsets where an archive needs them. The length is known before the first byte.
//! Reading archives is in the worker.
//!
//! Written by us, because the reply carries a `Content-Length`: [`length`] has to be exact before the first file is read,
//! so every field that is written has to be known here. With the writer of a crate it would depend on that crate's layout.

use super::clock::Seconds;
use super::store::blobs::{Blobs, Hash};
use dropbox_protocol::Timestamp;
use std::io::{self, Read as _, Write};

const LOCAL_HEADER: u32 = 0x0403_4b50;
const DESCRIPTOR: u32 = 0x0807_4b50;
const CENTRAL_HEADER: u32 = 0x0201_4b50;
const ZIP64_END: u32 = 0x0606_4b50;
const ZIP64_LOCATOR: u32 = 0x0706_4b50;
const END: u32 = 0x0605_4b50;

/// What a reader must know: folders, and numbers of 64 bits.
const VERSION: u16 = 0x14;
const VERSION_ZIP64: u16 = 0x2d;

/// On Unix, so that the upper half of the attributes are its permissions.
const MADE_BY: u16 = 0x0300 | VERSION_ZIP64;

/// Names are UTF-8, and checksums follow the bytes.
const FLAGS: u16 = 1 << 11 | 1 << 3;

/// A file or folder for an archive.
#[derive(Clone, Debug)]
pub(crate) struct ZipItem {
    /// With slashes between, and one at the end of a folder.
    pub name: String,
    pub modified: Seconds,
    /// A file's content and its size, below 4 GiB; `None` for a folder.
    pub content: Option<(Hash, u64)>,
}

/// The exact length of the archive of these items, in bytes.
pub(crate) fn length(items: &[ZipItem]) -> u64 {
    let mut offset = 0;
    let mut directory = 0;
    for item in items {
        directory += 46 + item.name.len() as u64 + if offset >= MARK_32 { 12 } else { 0 };
        offset += 30 + item.name.len() as u64 + item.content.map_or(0, |(_, size)| size + 16);
    }
    let needs_zip64 = offset >= MARK_32 || items.len() >= MARK_16;
    offset + directory + if needs_zip64 { 56 + 20 } else { 0 } + 22
}

/// From here on a number does not fit into its field and is found elsewhere.
const MARK_32: u64 = 0xffff_ffff;
const MARK_16: usize = 0xffff;

/// Writes the archive.
pub(crate) fn write(items: &[ZipItem], blobs: &Blobs, output: &mut impl Write) -> io::Result<()> {
    let mut offset = 0;
    let mut directory = Vec::new();
    // One for all: clearing a new one for each small file would cost more than reading it.
    let mut buffer = vec![0; 256 * 1024];
    for item in items {
        let start = offset;
        let head = local_header(item);
        output.write_all(&head)?;
        offset += head.len() as u64;
        let mut checksum = 0;
        if let Some((hash, size)) = item.content {
            checksum = copy(blobs, &hash, size, &mut buffer, output)?;
            output.write_all(&descriptor(checksum, size as u32))?;
            offset += size + 16;
        }
        add_to_directory(&mut directory, item, checksum, start);
    }
    output.write_all(&directory)?;
    output.write_all(&end(items.len(), directory.len() as u64, offset))
}

/// Copies a content and returns its CRC-32.
fn copy(
    blobs: &Blobs,
    hash: &Hash,
    size: u64,
    buffer: &mut [u8],
    output: &mut impl Write,
) -> io::Result<u32> {
    let mut file = blobs.read(hash).map_err(io::Error::other)?.take(size);
    let mut checksum = crc32fast::Hasher::new();
    let mut copied = 0;
    loop {
        let read = file.read(buffer)?;
        if read == 0 {
            break;
        }
        checksum.update(&buffer[..read]);
        output.write_all(&buffer[..read])?;
        copied += read as u64;
    }
    if copied == size { Ok(checksum.finalize()) } else { Err(io::ErrorKind::UnexpectedEof.into()) }
}

/// Little-endian fields, one after the other.
#[derive(Default)]
struct Fields(Vec<u8>);

impl Fields {
    fn two(mut self, value: u16) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn four(mut self, value: u32) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn eight(mut self, value: u64) -> Self {
        self.0.extend(value.to_le_bytes());
        self
    }

    fn bytes(mut self, bytes: &[u8]) -> Self {
        self.0.extend(bytes);
        self
    }
}

fn flags_of(item: &ZipItem) -> u16 {
    // A folder has no bytes, so nothing follows them.
    if item.content.is_some() { FLAGS } else { FLAGS & !(1 << 3) }
}

fn local_header(item: &ZipItem) -> Vec<u8> {
    let (date, time) = dos_time(item.modified);
    Fields::default()
        .four(LOCAL_HEADER)
        .two(VERSION)
        .two(flags_of(item))
        .two(0)
        .two(time)
        .two(date)
        // Checksum and sizes come behind the bytes.
        .four(0)
        .four(0)
        .four(0)
        .two(item.name.len() as u16)
        .two(0)
        .bytes(item.name.as_bytes())
        .0
}

fn descriptor(checksum: u32, size: u32) -> Vec<u8> {
    Fields::default().four(DESCRIPTOR).four(checksum).four(size).four(size).0
}

fn add_to_directory(directory: &mut Vec<u8>, item: &ZipItem, checksum: u32, start: u64) {
    let (date, time) = dos_time(item.modified);
    let size = item.content.map_or(0, |(_, size)| size) as u32;
    let far = start >= MARK_32;
    // Made on Unix; a file is rw-r--r--, a folder rwxr-xr-x.
    let attributes: u32 = if item.content.is_some() { 0o100_644 << 16 } else { 0o040_755 << 16 | 0x10 };
    let fields = Fields::default()
        .four(CENTRAL_HEADER)
        .two(MADE_BY)
        .two(if far { VERSION_ZIP64 } else { VERSION })
        .two(flags_of(item))
        .two(0)
        .two(time)
        .two(date)
        .four(checksum)
        .four(size)
        .four(size)
        .two(item.name.len() as u16)
        .two(if far { 12 } else { 0 })
        .two(0)
        .two(0)
        .two(0)
        .four(attributes)
        .four(if far { MARK_32 as u32 } else { start as u32 })
        .bytes(item.name.as_bytes());
    let fields = if far { fields.two(1).two(8).eight(start) } else { fields };
    directory.extend(fields.0);
}

fn end(count: usize, directory: u64, offset: u64) -> Vec<u8> {
    let mut fields = Fields::default();
    if offset >= MARK_32 || count >= MARK_16 {
        fields = fields
            .four(ZIP64_END)
            .eight(44)
            .two(MADE_BY)
            .two(VERSION_ZIP64)
            .four(0)
            .four(0)
            .eight(count as u64)
            .eight(count as u64)
            .eight(directory)
            .eight(offset)
            .four(ZIP64_LOCATOR)
            .four(0)
            .eight(offset + directory)
            .four(1);
    }
    let short_count = u16::try_from(count).unwrap_or(u16::MAX);
    fields
        .four(END)
        .two(0)
        .two(0)
        .two(short_count)
        .two(short_count)
        .four(u32::try_from(directory).unwrap_or(u32::MAX))
        .four(u32::try_from(offset).unwrap_or(u32::MAX))
        .two(0)
        .0
}

/// Date and time as MS-DOS wrote them, in UTC; nothing is older than 1980.
fn dos_time(seconds: Seconds) -> (u16, u16) {
    let time = Timestamp::from_unix_secs(seconds).instant().to_zoned(jiff::tz::TimeZone::UTC).datetime();
    if time.year() < 1980 {
        return (1 << 5 | 1, 0);
    }
    let year = (time.year() - 1980).min(127) as u16;
    let date = year << 9 | (time.month() as u16) << 5 | time.day() as u16;
    let clock = (time.hour() as u16) << 11 | (time.minute() as u16) << 5 | ((time.second() as u16) / 2);
    (date, clock)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_length_is_known_beforehand() {
        let vault = tempfile::tempdir().unwrap();
        let blobs = Blobs::open(vault.path()).unwrap();
        let hash = [3; 32];
        let incoming = blobs.incoming().unwrap();
        incoming.file().write_all(b"hello").unwrap();
        blobs.insert(incoming, &hash).unwrap();
        let items = [
            ZipItem { name: "folder/".into(), modified: 0, content: None },
            ZipItem { name: "folder/ä.txt".into(), modified: 1_700_000_000, content: Some((hash, 5)) },
        ];
        let mut archive = Vec::new();
        write(&items, &blobs, &mut archive).unwrap();
        assert_eq!(archive.len() as u64, length(&items));
        assert_eq!(&archive[..4], b"PK\x03\x04");
        assert_eq!(&archive[archive.len() - 22..archive.len() - 18], b"PK\x05\x06");
    }

    #[test]
    fn far_offsets_take_the_64_bit_form() {
        let big =
            |name: &str| ZipItem { name: name.into(), modified: 0, content: Some(([0; 32], MARK_32 - 1)) };
        let items = [big("a"), big("b"), big("c")];
        let plain: u64 = items.iter().map(|_| 30 + 1 + MARK_32 - 1 + 16 + 46 + 1).sum();
        assert_eq!(length(&items), plain + 2 * 12 + 56 + 20 + 22);
    }

    #[test]
    fn times_are_written_as_ms_dos_did() {
        // 2011-07-20T22:04:50Z
        assert_eq!(dos_time(1_311_199_490), ((31 << 9) + (7 << 5) + 20, (22 << 11) + (4 << 5) + 25));
        assert_eq!(dos_time(0), (1 << 5 | 1, 0));
    }
}
