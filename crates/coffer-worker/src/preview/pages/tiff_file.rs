//! A TIFF file of several pages, such as a fax or a scan. The decoder of pictures knows the first page only: it is given
//! the file with another one as the first. One page is kept decoded, for its parts.

use super::document_pages::DocumentPages;
use super::large_picture::{self, LargePicture};
use super::unreadable::UnreadableDocument;
use crate::preview::memory;
use crate::preview::tiff_pages::{TiffPage, list};
use coffer_model::Pixels;
use coffer_model::preview::{PagePart, PageSize};
use std::io::Cursor;
use std::sync::Arc;

/// A page may take so much when it is decoded.
const MOST_PAGE_BYTES: u64 = 192 * 1024 * 1024;

pub(super) struct TiffFile {
    bytes: Vec<u8>,
    pages: Vec<TiffPage>,
    shown: Option<(u32, LargePicture)>,
}

pub(super) fn read(bytes: Vec<u8>) -> Result<TiffFile, UnreadableDocument> {
    let pages = list(Cursor::new(&bytes));
    if pages.is_empty() {
        Err(UnreadableDocument::Damaged)
    } else {
        Ok(TiffFile { bytes, pages, shown: None })
    }
}

impl TiffFile {
    pub(super) fn page_sizes(&self) -> Arc<[PageSize]> {
        let size = |page: &TiffPage| PageSize { width: page.width as f32, height: page.height as f32 };
        self.pages.iter().map(size).collect()
    }

    fn decode(&mut self, page: u32) -> Option<LargePicture> {
        let TiffPage { directory, .. } = *self.pages.get(page as usize)?;
        make_first(&mut self.bytes, directory)?;
        memory::decoded_bytes(&self.bytes).filter(|bytes| *bytes <= MOST_PAGE_BYTES)?;
        large_picture::read(&self.bytes).ok()
    }
}

/// Writes the place of a page’s directory where that of the first one is.
fn make_first(bytes: &mut [u8], directory: u64) -> Option<()> {
    let is_little = bytes.starts_with(b"II");
    let is_big_file = bytes.get(2..4)?.contains(&43);
    if is_big_file {
        let place = if is_little { directory.to_le_bytes() } else { directory.to_be_bytes() };
        bytes.get_mut(8..16)?.copy_from_slice(&place);
    } else {
        let directory = u32::try_from(directory).ok()?;
        let place = if is_little { directory.to_le_bytes() } else { directory.to_be_bytes() };
        bytes.get_mut(4..8)?.copy_from_slice(&place);
    }
    Some(())
}

impl DocumentPages for TiffFile {
    fn draw(&mut self, part: PagePart) -> Option<Pixels> {
        if self.shown.as_ref().is_none_or(|(page, _)| *page != part.page) {
            // The memory of the old one first.
            self.shown = None;
            self.shown = Some((part.page, self.decode(part.page)?));
        }
        let (_, picture) = self.shown.as_ref()?;
        picture.cut(PagePart { page: 0, ..part })
    }
}
