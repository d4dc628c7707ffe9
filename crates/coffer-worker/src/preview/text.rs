//! Texts: only the beginning of a long one, in whatever encoding it is, with its lines and colours.

use super::super::account::OpenAccount;
use super::super::blocking;
use super::super::context::JobError;
use super::super::worker_context::WorkerContext;
use super::encoding::decode;
use super::{fetch, highlight, json, markdown, none};
use coffer_model::preview::{PreviewBody, TextPreview};
use coffer_model::{Entry, MarkdownPreview, PreviewKind, entry::File, file_kind};
use coffer_texts::tr;
use encoding_rs::Encoding;
use std::ops::Range;

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
    Ok(match blocking(move || body(&name, kind, &bytes, truncated_from_bytes)).await? {
        PreviewBody::Markdown(text) => {
            PreviewBody::Markdown(markdown::with_pictures(account, entry, text).await?)
        }
        body => body,
    })
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

/// The beginning of a Markdown text, whatever is missing after it.
pub(super) fn markdown_beginning(bytes: &[u8], is_cut: bool) -> Option<PreviewBody> {
    let (text, _) = decode(bytes, is_cut)?;
    Some(PreviewBody::Markdown(MarkdownPreview::from(text.as_str())))
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
            tr!("no-preview-for-kind")
        } else {
            tr!("file-has-no-text")
        });
    };
    if kind == PreviewKind::Markdown && truncated_from_bytes.is_none() {
        return PreviewBody::Markdown(markdown::with_colors(text.into()));
    }
    let is_json =
        ["json", "geojson", "ipynb"].iter().any(|json| file_kind::extension(name).eq_ignore_ascii_case(json));
    let text = if is_json { json::lay_out(&text).unwrap_or(text) } else { text };
    let folds = if is_json { json::folds(&text) } else { Vec::new() };
    text_body(name, text, folds, encoding, 0..bytes.len() as u64, truncated_from_bytes)
}

/// What another part of a long text than its beginning shows as; it is in the encoding of the beginning.
pub(super) fn part_body(
    name: &str,
    bytes: &[u8],
    encoding: &'static Encoding,
    shown: Range<u64>,
    size_bytes: u64,
) -> PreviewBody {
    let mark = Encoding::for_bom(bytes).filter(|_| shown.start == 0).map_or(0, |(_, length)| length);
    let (text, _) = encoding.decode_without_bom_handling(&bytes[mark..]);
    text_body(name, text.into_owned(), Vec::new(), encoding.name(), shown, Some(size_bytes))
}

fn text_body(
    name: &str,
    text: String,
    folds: Vec<Range<usize>>,
    encoding: &'static str,
    shown: Range<u64>,
    truncated_from_bytes: Option<u64>,
) -> PreviewBody {
    let spans = highlight::spans(name, &text);
    let line_starts = line_starts(&text);
    let text = text.into();
    PreviewBody::Text(TextPreview { text, spans, line_starts, folds, encoding, truncated_from_bytes, shown })
}

fn line_starts(text: &str) -> Vec<usize> {
    let breaks = text.bytes().enumerate().filter(|&(_, byte)| byte == b'\n').map(|(place, _)| place + 1);
    std::iter::once(0).chain(breaks.filter(|&start| start < text.len())).collect()
}

#[cfg(test)]
mod tests {
    use super::{body, line_starts};
    use coffer_model::PreviewKind;
    use coffer_model::preview::PreviewBody;

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
