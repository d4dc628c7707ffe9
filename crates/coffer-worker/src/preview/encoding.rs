//! From bytes to text: which encoding they are in, and whether they are text at all.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// The text and the name of its encoding; `None` when it is no text. `cut` when the bytes end in the middle.
pub(crate) fn decode(bytes: &[u8], cut: bool) -> Option<(String, &'static str)> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return Some((decoded(encoding, &bytes[mark..], cut), encoding.name()));
    }
    // Zeros are valid in UTF-8, but no text in it has any.
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return Some((decoded(encoding, bytes, cut), encoding.name()));
    }
    if bytes.contains(&0) {
        return None;
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => return is_text(text).then(|| (text.to_owned(), UTF_8.name())),
        // Only the last character is cut off.
        Err(error) if cut && error.error_len().is_none() => {
            let text = std::str::from_utf8(&bytes[..error.valid_up_to()]).unwrap_or_default();
            return is_text(text).then(|| (text.to_owned(), UTF_8.name()));
        }
        Err(_) => {}
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, !cut);
    let encoding = detector.guess(None, Utf8Detection::Allow);
    let text = decoded(encoding, bytes, cut);
    is_text(&text).then(|| (text, encoding.name()))
}

fn decoded(encoding: &'static Encoding, bytes: &[u8], cut: bool) -> String {
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    // A cut character at the end would show as a mark of damage.
    let text = if cut { text.trim_end_matches('\u{fffd}') } else { &text };
    text.to_owned()
}

/// Mostly ASCII in two-byte units shows as zeros in every other place.
fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let sample = &bytes[..bytes.len().min(2048) & !1];
    let pairs = sample.len() / 2;
    if pairs < 4 {
        return None;
    }
    let zeros = |first: usize| sample.iter().skip(first).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    if odd * 10 >= pairs * 7 && even * 10 <= pairs {
        Some(UTF_16LE)
    } else if even * 10 >= pairs * 7 && odd * 10 <= pairs {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// Programs and pictures are full of control characters, texts are not.
fn is_text(text: &str) -> bool {
    let (mut controls, mut total) = (0_usize, 0_usize);
    for character in text.chars().take(4096) {
        total += 1;
        let is_control =
            character.is_control() && !matches!(character, '\n' | '\r' | '\t' | '\u{c}' | '\u{1b}');
        controls += usize::from(is_control || character == '\u{fffd}');
    }
    controls * 20 <= total
}

#[cfg(test)]
mod tests {
    use super::decode;

    #[test]
    fn encodings_are_told_from_the_bytes() {
        let check = |bytes: &[u8], text: &str, encoding: &str| {
            let (decoded, name) = decode(bytes, false).unwrap();
            assert_eq!((decoded.as_str(), name), (text, encoding));
        };
        check("Grüße, 世界".as_bytes(), "Grüße, 世界", "UTF-8");
        check(b"\xef\xbb\xbfmarked", "marked", "UTF-8");
        check(b"\xff\xfeh\0i\0", "hi", "UTF-16LE");
        check(b"\xfe\xff\0h\0i", "hi", "UTF-16BE");
        let unmarked: Vec<u8> = "plain words".encode_utf16().flat_map(u16::to_le_bytes).collect();
        check(&unmarked, "plain words", "UTF-16LE");
        check(b"Caf\xe9 cr\xe8me, d\xe9j\xe0 vu", "Café crème, déjà vu", "windows-1252");
    }

    #[test]
    fn what_is_no_text_is_told_apart() {
        assert!(decode(b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0", false).is_none());
        assert!(decode(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", false).is_none());
        let random: Vec<u8> =
            (0..2000_u32).map(|place| (place.wrapping_mul(2_654_435_761) >> 13) as u8).collect();
        assert!(decode(&random, true).is_none());
        assert!(decode(b"", false).is_some());
    }

    #[test]
    fn a_text_that_was_cut_inside_a_character_ends_before_it() {
        let bytes = "schön".as_bytes();
        assert_eq!(decode(&bytes[..4], true).unwrap().0, "sch");
    }
}
