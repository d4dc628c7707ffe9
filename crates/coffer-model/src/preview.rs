//! Pictures and texts made from files, ready to draw.

pub use super::pixels::Pixels;
use super::table::TableSheet;
pub use super::text_class::TextClass;
use super::{FileKind, FileType, MarkdownPreview, PreviewKind, RemotePath, Rev};
use dropbox_protocol::files;
use jiff::Timestamp;
use std::ops::Range;
use std::sync::Arc;
use std::time::Duration;

/// The space on this computer that pictures and previews take.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct CacheUse {
    pub bytes: u64,
    /// The most that they may take.
    pub most_bytes: u64,
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
    pub size_bytes: u64,
}

/// What a thumbnail shows, and who makes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ThumbnailKind {
    /// A picture, by the service.
    ServicePicture,
    /// A picture, or the cover of a recording, by this program.
    Picture,
    /// The first page of a document, by this program. Small ones tell nothing.
    Page,
}

/// Of a PDF, a font or a picture that this program makes thumbnails of, all of the file is downloaded.
const MOST_WHOLE_BYTES: u64 = 4 * 1024 * 1024;

/// Which thumbnail a file with this name and size has, if any. Of what is long and has one, only a part is downloaded.
pub fn thumbnail_kind(name: &str, size_bytes: u64) -> Option<ThumbnailKind> {
    if can_have_thumbnail(name, size_bytes) {
        return Some(ThumbnailKind::ServicePicture);
    }
    let file_type = FileType::from_name(name);
    let is_short = size_bytes <= MOST_WHOLE_BYTES;
    match file_type.preview {
        _ if size_bytes == 0 => None,
        PreviewKind::Text | PreviewKind::Markdown | PreviewKind::Table | PreviewKind::Office => {
            Some(ThumbnailKind::Page)
        }
        PreviewKind::Pdf | PreviewKind::Font if is_short => Some(ThumbnailKind::Page),
        PreviewKind::Picture | PreviewKind::Svg if is_short => Some(ThumbnailKind::Picture),
        PreviewKind::PictureInside => Some(ThumbnailKind::Picture),
        PreviewKind::Recording if file_type.kind == FileKind::Audio => Some(ThumbnailKind::Picture),
        _ => None,
    }
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
        facts: PictureFacts,
    },
    Text(TextPreview),
    Markdown(MarkdownPreview),
    /// The words of an office document without its layout.
    Words {
        document: MarkdownPreview,
        /// Only the beginning was read.
        is_cut: bool,
    },
    Pages(PagesPreview),
    Table(TablePreview),
    Recording(RecordingPreview),
    /// Nothing can be shown; the sentence says why ("This kind of file has no preview").
    None {
        reason: String,
    },
}

/// What a picture tells of itself beside its pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PictureFacts {
    pub taken: Option<Timestamp>,
    pub camera: Option<String>,
    pub lens: Option<String>,
    /// "1/250 s"
    pub exposure: Option<String>,
    /// "f/2.8"
    pub aperture: Option<String>,
    /// "ISO 400"
    pub sensitivity: Option<String>,
    /// "35 mm"
    pub focal_length: Option<String>,
    /// Where it was taken: degrees north and east.
    pub place: Option<(f64, f64)>,
    /// How many pages the file has, of which the first is shown.
    pub page_count: Option<usize>,
    /// It is a preview that the file holds: the picture itself has more.
    pub is_inner: bool,
    /// The file ends in the middle of the picture.
    pub is_cut: bool,
}

#[derive(Clone, Debug, PartialEq)]
pub struct Frame {
    pub pixels: Arc<Pixels>,
    /// How long it stands; zero for a still picture.
    pub delay: Duration,
}

/// The pages of a PDF file, or an SVG picture, which is one page. What they show is asked for in parts, as they come
/// into sight.
#[derive(Clone, Debug, PartialEq)]
pub struct PagesPreview {
    /// Never empty.
    pub pages: Arc<[PageSize]>,
    /// Small; `None` when it could not be drawn.
    pub first_page: Option<Arc<Pixels>>,
    /// Pages are white where nothing is drawn. Without it they are pictures that one may see through.
    pub has_paper: bool,
    /// What the pages say can be asked for: it is a PDF.
    pub can_have_text: bool,
}

/// The size of a page in points of the screen at 100 %, upright: 96 are an inch.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PageSize {
    pub width: f32,
    pub height: f32,
}

impl PageSize {
    /// The height in pixels of a page that is so many pixels wide.
    pub fn pixel_height(self, pixel_width: u32) -> u32 {
        (self.height / self.width * pixel_width as f32).round().clamp(1.0, 1e6) as u32
    }
}

/// The longest side of a part of a page, in pixels: what any graphics card takes as one texture. A page that is shown
/// at its usual size is one part.
pub const PAGE_PART_SIDE: u32 = 2048;

/// A part of a page in one size: a page is cut into squares, of which the last ones are smaller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct PagePart {
    /// From 0.
    pub page: u32,
    /// Of the whole page, in pixels.
    pub page_width: u32,
    pub column: u32,
    pub row: u32,
}

/// Where a part is in its page, in pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PartPlace {
    pub x: u32,
    pub y: u32,
    pub width: u32,
    pub height: u32,
}

impl PagePart {
    /// `None` for a part that the page does not have.
    pub fn place(self, size: PageSize) -> Option<PartPlace> {
        let x = self.column.checked_mul(PAGE_PART_SIDE).filter(|x| *x < self.page_width)?;
        let page_height = size.pixel_height(self.page_width);
        let y = self.row.checked_mul(PAGE_PART_SIDE).filter(|y| *y < page_height)?;
        let width = PAGE_PART_SIDE.min(self.page_width - x);
        Some(PartPlace { x, y, width, height: PAGE_PART_SIDE.min(page_height - y) })
    }

    /// How much memory it takes.
    pub fn bytes(self, size: PageSize) -> usize {
        self.place(size).map_or(0, |place| place.width as usize * place.height as usize * 4)
    }
}

#[derive(Clone, Debug, PartialEq)]
pub struct TextPreview {
    pub text: Arc<str>,
    /// Byte ranges of `text` with their classes, in order, without overlaps; what lies between is plain.
    pub spans: Vec<(Range<usize>, TextClass)>,
    /// The byte offset in `text` at which each line starts; never empty.
    pub line_starts: Vec<usize>,
    /// Lines, counted from 1, that can be folded under the one before them; the outer ones before those in them.
    pub folds: Vec<Range<usize>>,
    /// "UTF-8", "windows-1252" …
    pub encoding: &'static str,
    /// Only a part was loaded; the file has this many bytes in all.
    pub truncated_from_bytes: Option<u64>,
    /// Which bytes of the file these are.
    pub shown: Range<u64>,
}

/// Which part of a text that is too long to be shown whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextPart {
    Beginning,
    /// With this byte in it.
    Around(u64),
    End,
}

/// Where words are in a long text, as far as it was searched.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundInText {
    /// The bytes of the file at which they begin, in order.
    pub places: Vec<u64>,
    /// So much of the file was searched.
    pub searched_bytes: u64,
}

/// A text of rows and columns, the sheets of a workbook, or what is in an archive.
#[derive(Clone, Debug, PartialEq)]
pub struct TablePreview {
    /// Never empty.
    pub sheets: Arc<[TableSheet]>,
    /// The beginning of the same file as it is written, where that is a text.
    pub text: Option<TextPreview>,
    pub loaded_bytes: u64,
    /// Only the beginning was loaded; the file has this many bytes in all.
    pub truncated_from_bytes: Option<u64>,
}

/// What a recording or a film tells of itself. It is played by another program.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RecordingPreview {
    pub title: Option<String>,
    pub artist: Option<String>,
    pub album: Option<String>,
    pub year: Option<String>,
    pub length: Option<Duration>,
    /// On average, with all that is in the file.
    pub bits_per_second: Option<u64>,
    /// In Hz.
    pub sample_rate: Option<u32>,
    pub channels: Option<u32>,
    /// It has a track of pictures.
    pub is_film: bool,
    /// Of these, in pixels.
    pub size: Option<(u32, u32)>,
    pub cover: Option<Arc<Pixels>>,
}

/// Where a recording is that is played.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoundProgress {
    pub position: Duration,
    /// Nothing is heard yet, or for want of what is still to be downloaded.
    pub is_waiting: bool,
}

#[cfg(test)]
mod tests {
    use super::{PagePart, PageSize, PartPlace, ThumbnailKind, can_have_thumbnail, thumbnail_kind};

    #[test]
    fn a_page_is_cut_into_parts_of_which_the_last_are_smaller() {
        let check = |column, row, expected: Option<(u32, u32, u32, u32)>| {
            let part = PagePart { page: 0, page_width: 3000, column, row };
            let place = part.place(PageSize { width: 600.0, height: 900.0 });
            let expected = expected.map(|(x, y, width, height)| PartPlace { x, y, width, height });
            assert_eq!(place, expected, "{column} {row}");
        };
        check(0, 0, Some((0, 0, 2048, 2048)));
        check(1, 2, Some((2048, 4096, 952, 404)));
        check(2, 0, None);
        check(0, 3, None);
        check(u32::MAX, u32::MAX, None);
    }

    #[test]
    fn documents_have_pages_and_recordings_covers() {
        let check =
            |name, size_bytes, expected| assert_eq!(thumbnail_kind(name, size_bytes), expected, "{name}");
        check("fjord.jpg", 1_000, Some(ThumbnailKind::ServicePicture));
        check("notes.md", 900_000_000, Some(ThumbnailKind::Page));
        check("Report.pdf", 4 * 1024 * 1024, Some(ThumbnailKind::Page));
        check("Report.pdf", 4 * 1024 * 1024 + 1, None);
        check("raw.dng", 60_000_000, Some(ThumbnailKind::Picture));
        check("song.mp3", 60_000_000, Some(ThumbnailKind::Picture));
        check("film.mp4", 60_000_000, None);
        check("notes.md", 0, None);
        check("disk.iso", 1_000, None);
    }

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
