//! Pictures inside of files that are not decoded here: the JPEG that a camera puts into its raw files, the preview of a
//! Photoshop file, and the largest picture of an icon. Only what leads to it is read, and each number in the file is
//! taken for a claim.

use std::io::{Read, Seek, SeekFrom};

/// A longer picture is not read.
const MOST_BYTES: u64 = 40 * 1024 * 1024;

/// What a camera notes is at the beginning.
const MOST_NOTES: u64 = 256 * 1024;

/// Files have some five directories.
const MOST_DIRECTORIES: usize = 32;

const MOST_FIELDS: u16 = 1_000;

/// A picture that this program can decode.
#[derive(Debug, Default, PartialEq)]
pub(super) struct InnerPicture {
    pub bytes: Vec<u8>,
    /// What the camera notes, as a TIFF-shaped block; empty where it does not.
    pub notes: Vec<u8>,
    /// The file has more than this: it is a preview.
    pub is_preview: bool,
}

/// The largest picture in a file; `None` where there is none.
pub(super) fn find(file: &mut (impl Read + Seek)) -> Option<InnerPicture> {
    let beginning = read_at(file, 0, 16)?;
    let preview = |bytes| InnerPicture { bytes, notes: Vec::new(), is_preview: true };
    match beginning.as_slice() {
        [b'8', b'B', b'P', b'S', ..] => in_photoshop(file).map(preview),
        [b'F', b'U', b'J', b'I', b'F', b'I', b'L', b'M', ..] => {
            let place = read_at(file, 84, 8)?;
            let (start, length) = (big_endian(&place[..4])?, big_endian(&place[4..])?);
            jpeg_at(file, start, length).map(preview)
        }
        [0, 0, 1, 0, count, ..] => in_icon(file, *count),
        [_, _, _, _, b'f', b't', b'y', b'p', b'c', b'r', b'x', ..] => in_canon_boxes(file).map(preview),
        [b'I', b'I', ..] | [b'M', b'M', ..] => in_directories(file, beginning[0] == b'I'),
        _ => None,
    }
}

/// `None` where the file ends before.
fn read_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> Option<Vec<u8>> {
    if length > MOST_BYTES {
        return None;
    }
    file.seek(SeekFrom::Start(start)).ok()?;
    let mut bytes = Vec::new();
    file.take(length).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 == length).then_some(bytes)
}

fn big_endian(bytes: &[u8]) -> Option<u64> {
    (bytes.len() <= 8).then(|| bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

fn jpeg_at(file: &mut (impl Read + Seek), start: u64, length: u64) -> Option<Vec<u8>> {
    read_at(file, start, length).filter(|bytes| is_shown_jpeg(bytes))
}

/// Whether these bytes are a JPEG of the kinds that are shown. Raw data is often one of a kind that is not.
fn is_shown_jpeg(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            0xc0..=0xc2 => return bytes.starts_with(&[0xff, 0xd8]),
            0xc3 | 0xc5..=0xc7 | 0xc9..=0xcb | 0xcd..=0xcf | 0xda => return false,
            // Filling before a marker.
            0xff => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    false
}

/// Of a Photoshop file: one of the resources between its header and its layers.
fn in_photoshop(file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    const THUMBNAIL: u64 = 1036;
    const THUMBNAIL_HEADER: u64 = 28;
    const MOST_RESOURCES: usize = 1_000;
    let colors = big_endian(&read_at(file, 26, 4)?)?;
    let start = 30 + colors;
    let length = big_endian(&read_at(file, start, 4)?)?;
    let mut at = start + 4;
    for _ in 0..MOST_RESOURCES {
        let head = read_at(file, at, 7)?;
        if &head[..4] != b"8BIM" || at > start + length {
            return None;
        }
        // Names and contents are filled up to an even number of bytes.
        let name = u64::from(head[6]) + 1;
        let content = at + 6 + name.next_multiple_of(2) + 4;
        let length = big_endian(&read_at(file, content - 4, 4)?)?;
        if big_endian(&head[4..6]) == Some(THUMBNAIL) && length > THUMBNAIL_HEADER {
            return jpeg_at(file, content + THUMBNAIL_HEADER, length - THUMBNAIL_HEADER);
        }
        at = content + length.next_multiple_of(2);
    }
    None
}

/// The largest picture of an icon: a PNG, or a BMP without the header of its file.
fn in_icon(file: &mut (impl Read + Seek), count: u8) -> Option<InnerPicture> {
    const BMP_HEADER: u32 = 14;
    let entries = read_at(file, 6, u64::from(count) * 16)?;
    // A side of none stands for 256.
    let side = |byte: u8| if byte == 0 { 256 } else { u32::from(byte) };
    let largest = entries.as_chunks::<16>().0.iter().max_by_key(|entry| (side(entry[0]), entry[6]))?;
    let number =
        |from: usize| largest[from..from + 4].iter().rev().fold(0, |all, byte| all << 8 | u64::from(*byte));
    let mut bytes = read_at(file, number(12), number(8))?;
    if bytes.starts_with(b"\x89PNG") {
        return Some(InnerPicture { bytes, ..InnerPicture::default() });
    }
    let header = u32::from_le_bytes(*bytes.first_chunk()?);
    let bits = u16::from_le_bytes(bytes.get(14..16)?.try_into().ok()?);
    let mut colors = u32::from_le_bytes(bytes.get(32..36)?.try_into().ok()?);
    if colors == 0 && bits <= 8 {
        colors = 1 << bits;
    }
    // The mask below the picture counts as a part of it.
    let height = i32::from_le_bytes(bytes.get(8..12)?.try_into().ok()?);
    bytes[8..12].copy_from_slice(&(height / 2).to_le_bytes());
    let start = BMP_HEADER.checked_add(header)?.checked_add(colors.checked_mul(4)?)?;
    let length = BMP_HEADER + u32::try_from(bytes.len()).ok()?;
    let mut bmp = b"BM".to_vec();
    for number in [length, 0, start] {
        bmp.extend_from_slice(&number.to_le_bytes());
    }
    bmp.extend_from_slice(&bytes);
    Some(InnerPicture { bytes: bmp, ..InnerPicture::default() })
}

/// Of Canon’s newer raw files: the preview is in a box of its own behind the film of a photograph.
fn in_canon_boxes(file: &mut (impl Read + Seek)) -> Option<Vec<u8>> {
    const PREVIEW: [u8; 16] = *b"\xea\xf4\x2b\x5e\x1c\x98\x4b\x88\xb9\xfb\xb7\xdc\x40\x6e\x4d\x16";
    let mut at = 0;
    for _ in 0..MOST_DIRECTORIES {
        let head = read_at(file, at, 24)?;
        let length = match big_endian(&head[..4])? {
            1 => big_endian(&head[8..16])?,
            length => length,
        };
        if &head[4..8] == b"uuid" && head[8..24] == PREVIEW {
            let content = read_at(file, at + 24, length.checked_sub(24)?)?;
            let start = content.windows(3).position(|bytes| bytes == [0xff, 0xd8, 0xff])?;
            return Some(content[start..].to_vec()).filter(|bytes| is_shown_jpeg(bytes));
        }
        at = at.checked_add(length.max(8))?;
    }
    None
}

/// Of raw files that are built as TIFF files are: the longest JPEG that one of their directories names.
fn in_directories(file: &mut (impl Read + Seek), is_little: bool) -> Option<InnerPicture> {
    let walk = Directories { is_little };
    let first = walk.number(&read_at(file, 4, 4)?);
    let mut left = vec![first];
    let mut seen = Vec::new();
    let mut found: Vec<(u64, u64)> = Vec::new();
    while let Some(start) = left.pop() {
        if start == 0 || seen.contains(&start) || seen.len() >= MOST_DIRECTORIES {
            continue;
        }
        seen.push(start);
        // One that can't be read leaves those that can.
        if let Some(directory) = walk.read(file, start) {
            found.extend(directory.jpegs);
            left.extend(directory.others);
        }
    }
    found.sort_unstable_by_key(|(_, length)| std::cmp::Reverse(*length));
    let bytes = found.into_iter().find_map(|(start, length)| jpeg_at(file, start, length))?;
    file.seek(SeekFrom::Start(0)).ok()?;
    let mut notes = Vec::new();
    file.take(MOST_NOTES).read_to_end(&mut notes).ok()?;
    Some(InnerPicture { bytes, notes, is_preview: true })
}

struct Directories {
    is_little: bool,
}

/// What one directory names: places of JPEGs with their lengths, and other directories.
#[derive(Default)]
struct Directory {
    jpegs: Vec<(u64, u64)>,
    others: Vec<u64>,
}

impl Directories {
    fn number(&self, bytes: &[u8]) -> u64 {
        let join = |number: u64, byte: &u8| number << 8 | u64::from(*byte);
        if self.is_little { bytes.iter().rev().fold(0, join) } else { bytes.iter().fold(0, join) }
    }

    fn read(&self, file: &mut (impl Read + Seek), start: u64) -> Option<Directory> {
        const SHORT: u64 = 3;
        let count = self.number(&read_at(file, start, 2)?);
        if count > u64::from(MOST_FIELDS) {
            return None;
        }
        let fields = read_at(file, start + 2, count * 12)?;
        let mut directory = Directory::default();
        let (mut strip, mut strip_length, mut jpeg, mut jpeg_length) = (None, None, None, None);
        for field in fields.as_chunks::<12>().0 {
            let (tag, kind) = (self.number(&field[..2]), self.number(&field[2..4]));
            let values = self.number(&field[4..8]);
            let value = self.number(if kind == SHORT { &field[8..10] } else { &field[8..12] });
            match tag {
                // The strips of a picture: a JPEG is one.
                273 if values == 1 => strip = Some(value),
                279 if values == 1 => strip_length = Some(value),
                513 => jpeg = Some(value),
                514 => jpeg_length = Some(value),
                // Panasonic puts it into the field itself.
                46 => directory.jpegs.push((value, values)),
                330 if values == 1 => directory.others.push(value),
                330 if values <= MOST_DIRECTORIES as u64 => {
                    let places = read_at(file, value, values * 4)?;
                    directory.others.extend(places.as_chunks::<4>().0.iter().map(|place| self.number(place)));
                }
                _ => {}
            }
        }
        directory.jpegs.extend(strip.zip(strip_length));
        directory.jpegs.extend(jpeg.zip(jpeg_length));
        if let Some(next) = read_at(file, start + 2 + count * 12, 4) {
            directory.others.push(self.number(&next));
        }
        Some(directory)
    }
}

/// The JPEG with how it was held, which the raw file notes and the JPEG in it mostly does not.
pub(super) fn with_orientation(jpeg: &[u8], orientation: u8) -> Vec<u8> {
    let note = b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0";
    let rest = [orientation, 0, 0, 0, 0, 0, 0];
    let length = 2 + (note.len() + rest.len()) as u16;
    let (start, jpeg) = jpeg.split_at(jpeg.len().min(2));
    [start, &[0xff, 0xe1], &length.to_be_bytes(), note, &rest, jpeg].concat()
}

#[cfg(test)]
mod tests {
    use super::{find, with_orientation};
    use image::metadata::Orientation;
    use image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader};
    use std::io::Cursor;

    fn picture(width: u32, format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(width, 8).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    fn found(file: &[u8]) -> Option<Vec<u8>> {
        find(&mut Cursor::new(file)).map(|picture| picture.bytes)
    }

    /// A directory with these fields, of one long number each, and the place of the next one.
    fn directory(fields: &[(u16, u32)], next: u32) -> Vec<u8> {
        let mut bytes = (fields.len() as u16).to_le_bytes().to_vec();
        for (tag, value) in fields {
            bytes.extend(tag.to_le_bytes().into_iter().chain([4, 0, 1, 0, 0, 0]).chain(value.to_le_bytes()));
        }
        bytes.extend(next.to_le_bytes());
        bytes
    }

    #[test]
    fn the_longest_jpeg_of_a_raw_file_is_found_wherever_its_directories_are() {
        let (small, large) = (picture(16, ImageFormat::Jpeg), picture(900, ImageFormat::Jpeg));
        let mut lossless = picture(2_000, ImageFormat::Jpeg);
        let frame = lossless.windows(2).position(|bytes| bytes == [0xff, 0xc0]).unwrap();
        lossless[frame + 1] = 0xc3;
        // The header, three directories, and then what they name.
        let first = 8;
        let second = first + directory(&[(0, 0); 3], 0).len() as u32;
        let third = second + directory(&[(0, 0); 2], 0).len() as u32;
        let at_small = third + directory(&[(0, 0); 2], 0).len() as u32;
        let at_large = at_small + small.len() as u32;
        let at_lossless = at_large + large.len() as u32;
        let mut file = b"II*\0\x08\0\0\0".to_vec();
        file.extend(directory(&[(513, at_small), (514, small.len() as u32), (330, third)], second));
        file.extend(directory(&[(273, at_lossless), (279, lossless.len() as u32)], first));
        file.extend(directory(&[(273, at_large), (279, large.len() as u32)], 0));
        file.extend([small, large.clone(), lossless].concat());
        assert_eq!(found(&file), Some(large));
    }

    #[test]
    fn the_preview_of_a_photoshop_file_is_found_among_its_resources() {
        let jpeg = picture(40, ImageFormat::Jpeg);
        let resource = |id: u16, content: &[u8]| {
            let length = (content.len() as u32).to_be_bytes();
            let fill = vec![0; content.len() % 2];
            [b"8BIM", id.to_be_bytes().as_slice(), &[3, b'o', b'n', b'e'], &length, content, &fill].concat()
        };
        let resources =
            [resource(1005, &[1, 2, 3]), resource(1036, &[vec![0; 28], jpeg.clone()].concat())].concat();
        let length = (resources.len() as u32).to_be_bytes();
        let file = [b"8BPS\0\x01".as_slice(), &[0; 20], &[0; 4], &length, &resources, &[0; 64]].concat();
        assert_eq!(found(&file), Some(jpeg));
    }

    #[test]
    fn an_icon_shows_its_largest_picture() {
        let png = picture(32, ImageFormat::Png);
        let bmp = picture(16, ImageFormat::Bmp);
        // Without the header of the file, and as if a mask came below.
        let mut inner = bmp[14..].to_vec();
        inner[8..12].copy_from_slice(&16_i32.to_le_bytes());
        let entry = |side: u8, length: usize, start: usize| {
            let mut entry = vec![side, side, 0, 0, 1, 0, 32, 0];
            entry.extend((length as u32).to_le_bytes().into_iter().chain((start as u32).to_le_bytes()));
            entry
        };
        let both = [
            [0, 0, 1, 0, 2, 0].to_vec(),
            entry(16, inner.len(), 38),
            entry(0, png.len(), 38 + inner.len()),
            inner.clone(),
            png.clone(),
        ];
        assert_eq!(found(&both.concat()), Some(png));
        let one = [[0, 0, 1, 0, 1, 0].to_vec(), entry(16, inner.len(), 22), inner];
        let shown = image::load_from_memory(&found(&one.concat()).unwrap()).unwrap();
        assert_eq!((shown.width(), shown.height()), (16, 8));
    }

    #[test]
    fn files_that_lie_or_end_early_have_no_picture() {
        for file in
            [b"".as_slice(), b"II*\0", b"8BPS", b"FUJIFILMCCD-RAW ", b"no picture at all, but long enough"]
        {
            assert_eq!(found(file), None);
        }
        let mut random = fastrand::Rng::with_seed(5);
        for start in
            [b"II*\0\x08\0\0\0".as_slice(), b"8BPS\0\x01", &[0, 0, 1, 0, 9, 0], b"\0\0\0\x18ftypcrx "]
        {
            for _ in 0..300 {
                let noise: Vec<u8> = (0..600).map(|_| random.u8(0..8)).collect();
                assert_eq!(
                    found(&[start, &noise].concat()).filter(|bytes| bytes.starts_with(b"\xff\xd8")),
                    None
                );
            }
        }
    }

    #[test]
    fn how_the_camera_was_held_is_put_into_the_jpeg() {
        let turned = with_orientation(&picture(32, ImageFormat::Jpeg), 6);
        let reader = ImageReader::with_format(Cursor::new(turned), ImageFormat::Jpeg);
        assert_eq!(reader.into_decoder().unwrap().orientation().unwrap(), Orientation::Rotate90);
    }
}
