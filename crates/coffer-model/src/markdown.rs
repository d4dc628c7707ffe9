//! A Markdown text with what the window can't find out itself: the colours of code, and the pictures that it shows.

use super::pixels::Pixels;
use super::text_class::TextClass;
use super::{Entry, RemotePath};
use pulldown_cmark::{OffsetIter, Options, Parser};
use std::ops::Range;
use std::sync::Arc;

/// A text without blocks of code or pictures has neither in the lists.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct MarkdownPreview {
    /// As `CommonMark`, not larger than the preview limit.
    pub source: Arc<str>,
    /// In order.
    pub code: Vec<CodeColors>,
    pub pictures: Vec<MarkdownPicture>,
}

/// The colours of a block of code.
#[derive(Clone, Debug, PartialEq)]
pub struct CodeColors {
    /// The byte of the source at which the block begins.
    pub start: usize,
    /// Byte ranges of the code without its fences, in order, without overlaps.
    pub spans: Vec<(Range<usize>, TextClass)>,
}

/// A picture that a text shows.
#[derive(Clone, Debug, PartialEq)]
pub struct MarkdownPicture {
    /// As the text names it.
    pub destination: String,
    /// In pixels, upright; `None` where it is not known before the picture is there.
    pub size: Option<(u32, u32)>,
    pub content: PictureContent,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PictureContent {
    /// A file of the account, of which the thumbnail is shown.
    File(Entry),
    /// A picture inside of the document.
    Inside(Arc<Pixels>),
}

impl MarkdownPreview {
    pub fn picture(&self, destination: &str) -> Option<&MarkdownPicture> {
        self.pictures.iter().find(|picture| picture.destination == destination)
    }
}

impl From<&str> for MarkdownPreview {
    fn from(source: &str) -> Self {
        Self { source: source.into(), ..Self::default() }
    }
}

/// Reads Markdown as it is shown: with tables, task lists, footnotes and what is struck out.
pub fn read_markdown(source: &str) -> OffsetIter<'_> {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_YAML_STYLE_METADATA_BLOCKS;
    Parser::new_ext(source, options).into_offset_iter()
}

/// The item of the account that a link or picture in a text of `folder` leads to, without what follows a `#`; `None` for
/// addresses of the network, for places in the text itself, and for what leads out of the account.
pub fn linked_item(folder: &RemotePath, destination: &str) -> Option<RemotePath> {
    let path = destination.split(['#', '?']).next().unwrap_or_default();
    let has_scheme = path.split_once(':').is_some_and(|(scheme, _)| !scheme.contains('/'));
    if path.is_empty() || has_scheme || path.starts_with("//") {
        return None;
    }
    let path = percent_decoded(path);
    let mut item = if path.starts_with('/') { RemotePath::root() } else { folder.clone() };
    for part in path.split('/').filter(|part| !matches!(*part, "" | ".")) {
        item = if part == ".." { item.parent()? } else { item.join(part) };
    }
    Some(item)
}

/// What is no valid escape stays as it is.
fn percent_decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&first, after)) = rest.split_first() {
        let escaped = || {
            let digits = std::str::from_utf8(after.get(..2)?).ok()?;
            u8::from_str_radix(digits, 16).ok()
        };
        if let (b'%', Some(byte)) = (first, escaped()) {
            bytes.push(byte);
            rest = &after[2..];
        } else {
            bytes.push(first);
            rest = after;
        }
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::linked_item;
    use crate::RemotePath;

    #[test]
    fn links_lead_to_items_beside_the_text() {
        let check = |destination, expected: Option<&str>| {
            let found = linked_item(&RemotePath::new("/Notes/2026"), destination);
            assert_eq!(found.as_ref().map(RemotePath::as_str), expected, "{destination}");
        };
        check("map.png", Some("/Notes/2026/map.png"));
        check("./maps/north%20side.png", Some("/Notes/2026/maps/north side.png"));
        check("../plan.md#costs", Some("/Notes/plan.md"));
        check("/Photos/a.jpg", Some("/Photos/a.jpg"));
        check("100%.md", Some("/Notes/2026/100%.md"));
        check("a: b.md", None);
        check("https://example.org/a.png", None);
        check("mailto:a@example.org", None);
        check("//example.org/a.png", None);
        check("#costs", None);
        check("../../../a.png", None);
        check("", None);
    }
}
