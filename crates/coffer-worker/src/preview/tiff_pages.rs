//! The pages of a TIFF file: how many there are, how large, and where each is. The decoder of pictures knows the first
//! one only.

use std::io::{Read, Seek};
use tiff::decoder::Decoder;
use tiff::tags::Tag;

/// More are not counted.
const MOST_PAGES: usize = 10_000;

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct TiffPage {
    /// Where in the file it is described.
    pub directory: u64,
    /// In pixels, upright.
    pub width: u32,
    pub height: u32,
}

/// As far as they can be read; empty for what is no TIFF file.
pub(super) fn list(file: impl Read + Seek) -> Vec<TiffPage> {
    let mut pages = Vec::new();
    let Ok(mut decoder) = Decoder::new(file) else { return pages };
    while let (Ok((width, height)), Some(directory)) = (decoder.dimensions(), decoder.ifd_pointer()) {
        let orientation = decoder.get_tag_u32(Tag::Orientation).unwrap_or(1);
        let (width, height) = if orientation > 4 { (height, width) } else { (width, height) };
        pages.push(TiffPage { directory: directory.0, width, height });
        if pages.len() >= MOST_PAGES || !decoder.more_images() || decoder.next_image().is_err() {
            break;
        }
    }
    pages
}

/// `None` where there is one only.
pub(super) fn count(file: impl Read + Seek) -> Option<usize> {
    let count = list(file).len();
    (count > 1).then_some(count)
}

#[cfg(test)]
mod tests {
    use super::{count, list};
    use std::io::Cursor;
    use tiff::encoder::TiffEncoder;
    use tiff::encoder::colortype::Gray8;

    fn file(pages: u32) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
        for page in 1..=pages {
            encoder.write_image::<Gray8>(4 * page, 4, &vec![7; 16 * page as usize]).unwrap();
        }
        bytes.into_inner()
    }

    #[test]
    fn the_pages_of_a_file_are_counted() {
        assert_eq!(count(Cursor::new(file(3))), Some(3));
        assert_eq!(count(Cursor::new(file(1))), None);
        assert_eq!(count(Cursor::new(b"no picture")), None);
        let sizes: Vec<u32> = list(Cursor::new(file(3))).iter().map(|page| page.width).collect();
        assert_eq!(sizes, [4, 8, 12]);
    }
}
