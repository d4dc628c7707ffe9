//! Texts: only the beginning of a long one, in whatever encoding it is, with its lines and colours.

use super::super::account::OpenAccount;
use super::super::blocking;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::{NO_PREVIEW, fetch, highlight, json, none};
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use coffer_model::preview::{PreviewBody, TextPreview};
use coffer_model::{Entry, PreviewKind, entry::File, file_kind};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Of longer texts only so many bytes are loaded.
pub(super) const LIMIT_BYTES: u64 = 512 * 1024;

pub(crate) async fn preview(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
    kind: PreviewKind,
) -> Result<PreviewBody, JobError> {
    let bytes = beginning(worker, account, entry, file).await?;
    let truncated_from_bytes = (file.size_bytes > LIMIT_BYTES).then_some(file.size_bytes);
    let name = entry.name().to_owned();
    Ok(blocking(move || body(&name, kind, &bytes, truncated_from_bytes)).await?)
}

/// As much of a file as is shown of a text.
pub(super) async fn beginning(
    worker: &WorkerContext,
    account: &OpenAccount,
    entry: &Entry,
    file: &File,
) -> Result<Vec<u8>, JobError> {
    fetch::content(worker, account, entry, file, LIMIT_BYTES).await
}

/// What the bytes of a text show as.
pub(super) fn body(
    name: &str,
    kind: PreviewKind,
    bytes: &[u8],
    truncated_from_bytes: Option<u64>,
) -> PreviewBody {
    let Some((text, encoding)) = decode(bytes, truncated_from_bytes.is_some()) else {
        return none(if kind == PreviewKind::Unknown {
            NO_PREVIEW
        } else {
            "The file does not contain text."
        });
    };
    if kind == PreviewKind::Markdown && truncated_from_bytes.is_none() {
        return PreviewBody::Markdown(text.into());
    }
    let is_json =
        ["json", "geojson", "ipynb"].iter().any(|json| file_kind::extension(name).eq_ignore_ascii_case(json));
    let text = if is_json { json::lay_out(&text).unwrap_or(text) } else { text };
    let spans = highlight::spans(name, &text);
    let line_starts = line_starts(&text);
    PreviewBody::Text(TextPreview { text: text.into(), spans, line_starts, encoding, truncated_from_bytes })
}

fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(place, _)| place + 1);
    std::iter::once(0).chain(breaks.filter(|&start| start < text.len())).collect()
}

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
    use super::{body, decode, line_starts};
    use coffer_model::PreviewKind;
    use coffer_model::preview::PreviewBody;

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

    #[test]
    fn lines_start_after_breaks() {
        assert_eq!(line_starts("one\ntwo\n\nfour"), [0, 4, 8, 9]);
        assert_eq!(line_starts("one\n"), [0]);
        assert_eq!(line_starts(""), [0]);
    }

    #[test]
    fn json_in_one_line_is_laid_out_and_coloured() {
        let line = format!("{{\"name\":\"{}\",\"count\":[1,2]}}", "x".repeat(200));
        let PreviewBody::Text(text) = body("a.json", PreviewKind::Text, line.as_bytes(), None) else {
            panic!("it is a text")
        };
        assert_eq!((text.line_starts.len(), text.spans.is_empty()), (7, false));
        let PreviewBody::Text(text) = body("a.txt", PreviewKind::Text, line.as_bytes(), None) else {
            panic!("it is a text")
        };
        assert_eq!(text.line_starts.len(), 1);
    }

    #[test]
    fn only_whole_markdown_is_rendered() {
        assert!(matches!(body("a.md", PreviewKind::Markdown, b"# Hi", None), PreviewBody::Markdown(_)));
        assert!(matches!(
            body("a.md", PreviewKind::Markdown, b"# Hi", Some(9_000_000)),
            PreviewBody::Text(_)
        ));
    }
}
