//! What a Markdown text has beside its words: the colours of its code, and the pictures of the account that it shows.
//! Pictures of the network are not loaded.

use super::fetch;
use super::highlight::CodeHighlighter;
use crate::account::OpenAccount;
use crate::context::JobError;
use crate::convert;
use crate::{blocking, pixels};
use coffer_model::markdown::{CodeColors, MarkdownPicture, MarkdownPreview, PictureContent};
use coffer_model::markdown::{linked_item, read_markdown};
use coffer_model::preview::can_have_thumbnail;
use coffer_model::{Entry, RemotePath};
use dropbox_protocol::files::{GET_METADATA, GetMetadataArg};
use futures_util::{StreamExt, stream};
use image::metadata::Orientation;
use image::{ImageDecoder, ImageReader};
use pulldown_cmark::{CodeBlockKind, Event, Tag, TagEnd};
use std::io::Cursor;
use std::sync::Arc;
use std::time::Duration;

/// More pictures of one text are not shown.
const MOST_PICTURES: usize = 60;

/// The size of a picture is at its beginning.
const HEADER_BYTES: u64 = 64 * 1024;

/// A text does not wait longer for the sizes of its pictures.
const LONGEST_WAIT: Duration = Duration::from_millis(1500);

/// The longest side of a picture that is in a document, in pixels.
const PICTURE_SIDE: u32 = 1024;

const CALLS_AT_ONCE: usize = 6;

/// A text with the colours of its code. Blocks.
pub(crate) fn with_colors(source: Arc<str>) -> MarkdownPreview {
    let highlighter = CodeHighlighter::new();
    let mut code = Vec::new();
    // Where the block begins, its language and its text.
    let mut open: Option<(usize, String, String)> = None;
    for (event, range) in read_markdown(&source) {
        match (event, &mut open) {
            (Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))), _) => {
                let language = info.split([' ', ',', '{']).next().unwrap_or_default();
                open = Some((range.start, language.to_owned(), String::new()));
            }
            (Event::Text(text), Some((_, _, code))) => code.push_str(&text),
            (Event::End(TagEnd::CodeBlock), _) => {
                let Some((start, language, text)) = open.take() else { continue };
                let spans = highlighter.spans(&language, &text);
                if !spans.is_empty() {
                    code.push(CodeColors { start, spans });
                }
            }
            _ => {}
        }
    }
    MarkdownPreview { source, code, pictures: Vec::new() }
}

/// The text with what is known of its pictures in the account.
pub(super) async fn with_pictures(
    account: &OpenAccount,
    entry: &Entry,
    mut text: MarkdownPreview,
) -> Result<MarkdownPreview, JobError> {
    let folder = entry.path.parent().unwrap_or_default();
    let source = Arc::clone(&text.source);
    let wanted = blocking(move || wanted_pictures(&source, &folder)).await?;
    if wanted.is_empty() {
        return Ok(text);
    }
    let paths: Vec<RemotePath> = wanted.iter().map(|(_, path)| path.clone()).collect();
    let known = account
        .index
        .ask(move |index| paths.iter().map(|path| index.entry(path)).collect::<Result<Vec<_>, _>>())
        .await
        .unwrap_or_default();
    let known = known.into_iter().chain(std::iter::repeat(None));
    let mut pictures = stream::iter(wanted.into_iter().zip(known))
        .map(|((destination, path), known)| picture(account, destination, path, known))
        .buffered(CALLS_AT_ONCE);
    let gather = async {
        while let Some(picture) = pictures.next().await {
            text.pictures.extend(picture);
        }
    };
    // What is not there in time stays a description.
    let _ = tokio::time::timeout(LONGEST_WAIT, gather).await;
    drop(pictures);
    Ok(text)
}

/// The pictures that a text names, each once, and where they are.
fn wanted_pictures(source: &str, folder: &RemotePath) -> Vec<(String, RemotePath)> {
    let mut wanted: Vec<(String, RemotePath)> = Vec::new();
    for (event, _) in read_markdown(source) {
        let Event::Start(Tag::Image { dest_url, .. }) = event else { continue };
        if wanted.len() >= MOST_PICTURES || wanted.iter().any(|(known, _)| **known == *dest_url) {
            continue;
        }
        wanted.extend(linked_item(folder, &dest_url).map(|path| (dest_url.into_string(), path)));
    }
    wanted
}

async fn picture(
    account: &OpenAccount,
    destination: String,
    path: RemotePath,
    known: Option<Entry>,
) -> Option<MarkdownPicture> {
    let entry = if let Some(entry) = known {
        entry
    } else {
        let arg = GetMetadataArg::new(path.as_str());
        convert::entry(&account.service.rpc(&GET_METADATA, &arg).await.ok()?, None)
    };
    let file = entry.file()?;
    if !can_have_thumbnail(entry.name(), file.size_bytes) {
        return None;
    }
    let header = fetch::download(account, &entry, file, 0..HEADER_BYTES.min(file.size_bytes)).await.ok()?;
    let size = blocking(move || size_of_picture(header)).await.ok()?;
    Some(MarkdownPicture { destination, size, content: PictureContent::File(entry) })
}

/// Upright, by the beginning of its file.
fn size_of_picture(header: Vec<u8>) -> Option<(u32, u32)> {
    let reader = ImageReader::new(Cursor::new(header)).with_guessed_format().ok()?;
    let mut decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    let lies = matches!(
        decoder.orientation(),
        Ok(Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH)
    );
    Some(if lies { (height, width) } else { (width, height) })
}

/// A picture that is in a document.
pub(crate) fn picture_inside(bytes: &[u8], destination: String) -> Option<MarkdownPicture> {
    /// One picture of many may not take all.
    const MOST_DECODED_BYTES: u64 = 96 * 1024 * 1024;
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().ok()?;
    let mut limits = pixels::limits();
    limits.max_alloc = Some(MOST_DECODED_BYTES);
    reader.limits(limits);
    let picture = reader.decode().ok()?;
    let size = Some((picture.width(), picture.height()));
    let pixels = pixels::from_rgba(pixels::shrink(picture, PICTURE_SIDE));
    Some(MarkdownPicture { destination, size, content: PictureContent::Inside(Arc::new(pixels)) })
}

#[cfg(test)]
mod tests {
    use super::{wanted_pictures, with_colors};
    use coffer_model::RemotePath;
    use coffer_model::preview::TextClass;

    #[test]
    fn fenced_code_is_coloured_where_it_begins() {
        let source =
            "# Title\n\n```rust\nlet x = 1;\n```\n\n    let y\n\n- item\n\n  ```py\n  def f():\n  ```\n";
        let code = with_colors(source.into()).code;
        let starts: Vec<&str> = code.iter().map(|code| &source[code.start..code.start + 5]).collect();
        assert_eq!(starts, ["```ru", "```py"]);
        assert_eq!(code[0].spans[0], (0..3, TextClass::Keyword));
        assert_eq!(code[1].spans[0], (0..3, TextClass::Keyword), "without its indent");
    }

    #[test]
    fn pictures_of_the_account_are_wanted_once_and_those_of_the_network_never() {
        let source = "![a](a.png) ![again](a.png) ![b](../b%20c.jpg) ![n](https://example.org/n.png)";
        let wanted = wanted_pictures(source, &RemotePath::new("/Notes"));
        let paths: Vec<&str> = wanted.iter().map(|(_, path)| path.as_str()).collect();
        assert_eq!(paths, ["/Notes/a.png", "/b c.jpg"]);
    }
}
