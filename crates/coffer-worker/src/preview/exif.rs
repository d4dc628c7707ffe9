//! The one thing that is read from EXIF here: when a picture was taken. The orientation is the decoder's business.
//! Reads hostile bytes: every offset is checked, nothing is followed twice.

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

const EXIF_DIRECTORY: u16 = 0x8769;
const DATE_TIME: u16 = 0x0132;
const DATE_TIME_ORIGINAL: u16 = 0x9003;
const OFFSET_TIME_ORIGINAL: u16 = 0x9011;

/// When the picture was taken, from a TIFF-shaped block, with or without `Exif\0\0` before it. A camera that does
/// not tell its time zone is taken to have been in the one of this computer.
pub fn taken(block: &[u8]) -> Option<Timestamp> {
    let block = block.strip_prefix(b"Exif\0\0").unwrap_or(block);
    let tiff = Tiff::new(block)?;
    let first = tiff.u32(4)? as usize;
    let details = tiff.value(first, EXIF_DIRECTORY).map(|value| value.number as usize);
    let original = details.and_then(|directory| tiff.text(directory, DATE_TIME_ORIGINAL));
    let written = original.or_else(|| tiff.text(first, DATE_TIME))?;
    let offset = details.and_then(|directory| tiff.text(directory, OFFSET_TIME_ORIGINAL));
    let when = DateTime::strptime("%Y:%m:%d %H:%M:%S", written.trim()).ok()?;
    let zone = offset
        .and_then(|offset| jiff::fmt::strtime::parse("%:z", offset.trim()).ok()?.offset())
        .map_or_else(TimeZone::system, TimeZone::fixed);
    when.to_zoned(zone).ok().map(|zoned| zoned.timestamp())
}

struct Tiff<'a> {
    bytes: &'a [u8],
    little_endian: bool,
}

struct Value {
    count: u32,
    number: u32,
}

impl<'a> Tiff<'a> {
    fn new(bytes: &'a [u8]) -> Option<Self> {
        let little_endian = match bytes.get(..4)? {
            b"II*\0" => true,
            b"MM\0*" => false,
            _ => return None,
        };
        Some(Self { bytes, little_endian })
    }

    fn u16(&self, place: usize) -> Option<u16> {
        let bytes: [u8; 2] = self.bytes.get(place..place.checked_add(2)?)?.try_into().ok()?;
        Some(if self.little_endian { u16::from_le_bytes(bytes) } else { u16::from_be_bytes(bytes) })
    }

    fn u32(&self, place: usize) -> Option<u32> {
        let bytes: [u8; 4] = self.bytes.get(place..place.checked_add(4)?)?.try_into().ok()?;
        Some(if self.little_endian { u32::from_le_bytes(bytes) } else { u32::from_be_bytes(bytes) })
    }

    /// The entry called `tag` of the directory at `directory`.
    fn value(&self, directory: usize, tag: u16) -> Option<Value> {
        let count = usize::from(self.u16(directory)?);
        (0..count)
            .map(|place| directory + 2 + place * 12)
            .find(|&entry| self.u16(entry) == Some(tag))
            .and_then(|entry| Some(Value { count: self.u32(entry + 4)?, number: self.u32(entry + 8)? }))
    }

    fn text(&self, directory: usize, tag: u16) -> Option<&'a str> {
        let value = self.value(directory, tag)?;
        // Texts of up to four bytes stand in the entry itself; dates never do.
        let start = value.number as usize;
        let bytes = self.bytes.get(start..start.checked_add(value.count.min(64) as usize)?)?;
        let end = bytes.iter().position(|&byte| byte == 0).unwrap_or(bytes.len());
        std::str::from_utf8(&bytes[..end]).ok()
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
