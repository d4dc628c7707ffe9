//! Pictures and texts made from files, ready to draw.

use super::{RemotePath, Rev};
use dropbox_protocol::files;
use jiff::Timestamp;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// A decoded picture: premultiplied RGBA, row by row, `width * height` pixels.
#[derive(Clone, PartialEq, Eq)]
pub struct Pixels {
    pub width: usize,
    pub height: usize,
    pub rgba: Vec<[u8; 4]>,
}

impl std::fmt::Debug for Pixels {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Pixels({}x{})", self.width, self.height)
    }
}

/// Content never changes under its hash, so this names a thumbnail for ever.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ThumbnailKey {
    pub content_hash: Arc<str>,
    pub size: ThumbnailSize,
}

/// The sizes that are asked for: a row's icon, a normal and a large grid cell (or a crisp one on a dense screen).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ThumbnailSize {
    W64,
    W128,
    W256,
    W640,
}

/// A thumbnail that is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct Thumbnail {
    pub key: ThumbnailKey,
    /// Where the content is to be had.
    pub path: RemotePath,
    pub rev: Rev,
}

/// Whether the service makes thumbnails of a file with this name and size. The rule is Dropbox's own: some kinds of
/// pictures, up to 20 MiB. An empty file is no picture.
pub fn can_have_thumbnail(name: &str, size_bytes: u64) -> bool {
    files::has_thumbnail_extension(name) && (1..=files::THUMBNAIL_SOURCE_LIMIT_BYTES).contains(&size_bytes)
}

/// What the preview pane shows of one revision of one file.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub path: RemotePath,
    pub rev: Rev,
    pub body: PreviewBody,
}

#[derive(Clone, Debug, PartialEq)]
pub enum PreviewBody {
    Picture {
        /// One frame for a still picture.
        frames: Vec<Frame>,
        /// The size of the original in pixels, upright.
        width: u32,
        height: u32,
        /// From EXIF or the like.
        taken: Option<Timestamp>,
    },
    Text(TextPreview),
    /// `CommonMark` source, not larger than the preview limit.
    Markdown(Arc<str>),
    /// Nothing can be shown; the sentence says why ("This kind of file has no preview").
    None {
        reason: String,
    },
}

#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub pixels: Arc<Pixels>,
    /// How long it stands; zero for a still picture.
    pub delay: Duration,
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextPreview {
    pub text: Arc<str>,
    /// Byte ranges of `text` with their classes, in order, without overlaps; what lies between is plain.
    pub spans: Vec<(Range<usize>, TextClass)>,
    /// The byte offset in `text` at which each line starts; never empty.
    pub line_starts: Vec<usize>,
    /// "UTF-8", "windows-1252" …
    pub encoding: &'static str,
    /// Only the beginning was loaded; the file has this many bytes in all.
    pub truncated_from_bytes: Option<u64>,
}

/// What a piece of source text is; the theme chooses its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextClass {
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Tag,
    Heading,
    Punctuation,
}

#[cfg(test)]
mod tests {
    use super::can_have_thumbnail;

    #[test]
    fn pictures_of_up_to_twenty_mebibytes_have_thumbnails() {
        let check = |name, size_bytes, expected| {
            assert_eq!(can_have_thumbnail(name, size_bytes), expected, "{name}, {size_bytes} bytes");
        };
        check("fjord.JPG", 20 * 1024 * 1024, true);
        check("fjord.JPG", 20 * 1024 * 1024 + 1, false);
        check("fjord.JPG", 20_000_001, true);
        check("fjord.JPG", 0, false);
        check("fjord.heic", 1_000, false);
        check("notes.txt", 1_000, false);
    }
}
