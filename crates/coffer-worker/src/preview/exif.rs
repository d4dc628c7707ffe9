//! When a picture was taken, from its EXIF block. The orientation is left to the decoder.

use exif::{Exif, In, Reader, Tag, Value};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// When the picture was taken, from a TIFF-shaped block, with or without `Exif\0\0` before it. A time without a zone is
/// taken to be in the one of this computer.
pub(crate) fn taken(block: &[u8]) -> Option<Timestamp> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    // Of a damaged block the fields that can be read are used.
    let exif = Reader::new()
        .continue_on_error(true)
        .read_raw(block.to_vec())
        .or_else(|error| error.distill_partial_result(|_| {}))
        .ok()?;
    let written = text(&exif, Tag::DateTimeOriginal).or_else(|| text(&exif, Tag::DateTime))?;
    let when = DateTime::strptime("%Y:%m:%d %H:%M:%S", written.trim()).ok()?;
    let zone = text(&exif, Tag::OffsetTimeOriginal)
        .and_then(|offset| jiff::fmt::strtime::parse("%:z", offset.trim()).ok()?.offset())
        .map_or_else(TimeZone::system, TimeZone::fixed);
    when.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

fn text(exif: &Exif, tag: Tag) -> Option<&str> {
    match &exif.get_field(tag, In::PRIMARY)?.value {
        Value::Ascii(texts) => std::str::from_utf8(texts.first()?).ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::taken;

    /// A block with a directory for details that has the time and the offset.
    fn block() -> Vec<u8> {
        let mut bytes = b"II*\0\x08\0\0\0".to_vec();
        let entry = |tag: u16, kind: u16, count: u32, number: u32| {
            let mut entry = tag.to_le_bytes().to_vec();
            entry.extend(kind.to_le_bytes());
            entry.extend(count.to_le_bytes());
            entry.extend(number.to_le_bytes());
            entry
        };
        bytes.extend(1_u16.to_le_bytes());
        bytes.extend(entry(0x8769, 4, 1, 26));
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(2_u16.to_le_bytes());
        bytes.extend(entry(0x9003, 2, 20, 56));
        bytes.extend(entry(0x9011, 2, 7, 76));
        bytes.extend(0_u32.to_le_bytes());
        bytes.extend(b"2024:07:14 18:30:05\0");
        bytes.extend(b"+02:00\0");
        bytes
    }

    #[test]
    fn the_time_is_read_with_its_zone() {
        assert_eq!(taken(&block()).unwrap().to_string(), "2024-07-14T16:30:05Z");
        let marked = [b"Exif\0\0".as_slice(), &block()].concat();
        assert_eq!(taken(&marked).unwrap().to_string(), "2024-07-14T16:30:05Z");
    }

    #[test]
    fn no_cut_or_twisted_block_does_harm() {
        let whole = block();
        for length in 0..whole.len() {
            let _ = taken(&whole[..length]);
        }
        for place in 0..whole.len() {
            let mut twisted = whole.clone();
            twisted[place] = 0xff;
            let _ = taken(&twisted);
        }
        assert_eq!(taken(b""), None);
    }
}
