//! Two contents that were read: texts line by line, others by the first byte that differs.

use super::lines::{MOST_TEXT_BYTES, compare_lines};
use crate::preview::decode_text;
use coffer_model::comparison::{ByteComparison, Difference, LineBreak, TextFormat};

/// Of a long text this much shows that it is one.
const SAMPLE_BYTES: usize = 64 * 1024;

/// What is shown of bytes that differ: a line before the first that does, and a few from it on.
const BYTES_BEFORE: usize = 16;
const EXCERPT_BYTES: usize = 96;

/// Of two texts lines that differ in white space alone are the same if it is ignored.
pub(super) fn compare_contents(left: &[u8], right: &[u8], ignores_space: bool) -> Difference {
    if left == right {
        return Difference::None;
    }
    if left.len().max(right.len()) <= MOST_TEXT_BYTES
        && let (Some((first, left_encoding)), Some((second, right_encoding))) =
            (decode_text(left, false), decode_text(right, false))
    {
        let formats = [format_of(&first, left_encoding), format_of(&second, right_encoding)];
        if let Some(comparison) = compare_lines(first.into(), second.into(), ignores_space) {
            return Difference::Lines(coffer_model::comparison::LineComparison { formats, ..comparison });
        }
    }
    Difference::Bytes(compare_bytes(left, right))
}

fn compare_bytes(left: &[u8], right: &[u8]) -> ByteComparison {
    let sample = |bytes: &[u8]| decode_text(&bytes[..bytes.len().min(SAMPLE_BYTES)], true).is_some();
    let equal_bytes = count_equal(left, right);
    let start = (equal_bytes as usize / BYTES_BEFORE * BYTES_BEFORE).saturating_sub(BYTES_BEFORE);
    let excerpt = |bytes: &[u8]| {
        let end = bytes.len().min(start + EXCERPT_BYTES);
        bytes.get(start..end).unwrap_or_default().to_vec()
    };
    ByteComparison {
        equal_bytes: Some(equal_bytes),
        is_long_text: sample(left) && sample(right),
        excerpts: [excerpt(left), excerpt(right)],
        excerpt_start: start as u64,
    }
}

/// How many bytes both begin with.
pub(super) fn count_equal(left: &[u8], right: &[u8]) -> u64 {
    left.iter().zip(right).take_while(|(left, right)| left == right).count() as u64
}

fn format_of(text: &str, encoding: &'static str) -> TextFormat {
    let all = text.bytes().filter(|&byte| byte == b'\n').count();
    let with_return = text.matches("\r\n").count();
    let line_break = match (all, with_return) {
        (0, _) => LineBreak::None,
        (_, 0) => LineBreak::Lf,
        _ if all == with_return => LineBreak::CrLf,
        _ => LineBreak::Mixed,
    };
    let is_unterminated = !text.is_empty() && !text.ends_with('\n');
    TextFormat { encoding, line_break, is_unterminated }
}

#[cfg(test)]
mod tests {
    use super::compare_contents;
    use coffer_model::comparison::{Difference, LineBreak, TextFormat};

    #[test]
    fn what_is_no_text_differs_from_its_first_other_byte_on() {
        let check = |left: &[u8], right: &[u8], equal_bytes| {
            let Difference::Bytes(found) = compare_contents(left, right, false) else {
                panic!("they are no texts")
            };
            assert_eq!((found.equal_bytes, found.is_long_text), (Some(equal_bytes), false));
        };
        check(b"\0\x01\x02\x03", b"\0\x01\x02\x04", 3);
        check(b"\0\x01\x02", b"\0\x01\x02\x03", 3);
        check(b"\0", b"a text", 0);
        assert_eq!(compare_contents(b"\0\x01", b"\0\x01", false), Difference::None);
    }

    #[test]
    fn the_bytes_around_the_first_that_differs_are_shown() {
        let left: Vec<u8> = (0..=255).collect();
        let mut right = left.clone();
        right[100] = 0;
        let Difference::Bytes(found) = compare_contents(&left, &right, false) else {
            panic!("they are no texts")
        };
        assert_eq!(found.excerpt_start, 80);
        assert_eq!(found.excerpts, [left[80..176].to_vec(), right[80..176].to_vec()]);
    }

    #[test]
    fn encodings_and_line_breaks_are_told() {
        let Difference::Lines(found) =
            compare_contents(b"caf\xe9 au lait, d\xe9j\xe0 vu\r\n", "x\ny".as_bytes(), false)
        else {
            panic!("they are texts")
        };
        let format =
            |encoding, line_break, is_unterminated| TextFormat { encoding, line_break, is_unterminated };
        let expected = [format("windows-1252", LineBreak::CrLf, false), format("UTF-8", LineBreak::Lf, true)];
        assert_eq!(found.formats, expected);
    }

    #[test]
    fn a_text_that_is_too_long_is_called_one() {
        let long = "A line of a long text.\n".repeat(600_000);
        let Difference::Bytes(found) =
            compare_contents(long.as_bytes(), format!("{long}.").as_bytes(), false)
        else {
            panic!("it is too long")
        };
        assert_eq!((found.equal_bytes, found.is_long_text), (Some(long.len() as u64), true));
    }
}
