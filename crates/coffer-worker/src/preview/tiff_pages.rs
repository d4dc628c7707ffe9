//! How many pages a TIFF file has. The decoder of pictures knows the first one only.

use std::io::Cursor;
use tiff::decoder::Decoder;

/// More are not counted.
const MOST_PAGES: usize = 10_000;

/// `None` where there is one only.
pub(super) fn count(bytes: &[u8]) -> Option<usize> {
    let mut decoder = Decoder::new(Cursor::new(bytes)).ok()?;
    let mut pages = 1;
    while pages < MOST_PAGES && decoder.more_images() && decoder.next_image().is_ok() {
        pages += 1;
    }
    (pages > 1).then_some(pages)
}

#[cfg(test)]
mod tests {
    use super::count;
    use std::io::Cursor;
    use tiff::encoder::TiffEncoder;
    use tiff::encoder::colortype::Gray8;

    fn file(pages: usize) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
        for _ in 0..pages {
            encoder.write_image::<Gray8>(4, 4, &[7; 16]).unwrap();
        }
        bytes.into_inner()
    }

    #[test]
    fn the_pages_of_a_file_are_counted() {
        assert_eq!(count(&file(3)), Some(3));
        assert_eq!(count(&file(1)), None);
        assert_eq!(count(b"no picture"), None);
    }
}
