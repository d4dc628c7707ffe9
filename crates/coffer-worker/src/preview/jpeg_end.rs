//! Whether a JPEG file ends before its picture does. Decoders fill what is missing with grey, and do not tell.

/// No marker of the end follows the first scan.
pub(super) fn is_cut(bytes: &[u8]) -> bool {
    const SCAN: u8 = 0xda;
    const END: u8 = 0xd9;
    let mut at = 2;
    // What comes before the scan has lengths; a small picture in it has an end of its own.
    while let Some(&[0xff, marker, high, low]) = bytes.get(at..at + 4) {
        if marker == SCAN {
            let rest = &bytes[at..];
            return !memchr::memchr_iter(0xff, rest).any(|place| rest.get(place + 1) == Some(&END));
        }
        at += if marker == 0xff { 1 } else { 2 + usize::from(u16::from_be_bytes([high, low])) };
    }
    false
}

#[cfg(test)]
mod tests {
    use super::is_cut;
    use image::{DynamicImage, ImageFormat};
    use std::io::Cursor;

    #[test]
    fn a_file_that_was_cut_is_told_from_a_whole_one() {
        let mut bytes = Cursor::new(Vec::new());
        DynamicImage::new_rgb8(300, 200).write_to(&mut bytes, ImageFormat::Jpeg).unwrap();
        let whole = bytes.into_inner();
        assert!(!is_cut(&whole));
        assert!(is_cut(&whole[..whole.len() - 1]) && is_cut(&whole[..whole.len() * 3 / 4]));
        // What some programs write behind the end does not matter.
        assert!(!is_cut(&[whole.as_slice(), &[0; 40]].concat()));
        assert!(!is_cut(b"no picture") && !is_cut(b""));
    }
}
