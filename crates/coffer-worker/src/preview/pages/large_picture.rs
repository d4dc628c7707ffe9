//! A picture with more pixels than its preview: decoded whole, and cut into the parts that are looked at. It is kept
//! as the file has it, so that a photograph takes three bytes a pixel; each part is turned upright by itself.

use super::document_pages::DocumentPages;
use super::unreadable::UnreadableDocument;
use crate::pixels;
use coffer_model::Pixels;
use coffer_model::preview::{PagePart, PageSize, PartPlace};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageReader};
use std::io::Cursor;
use std::sync::Arc;

pub(super) struct LargePicture {
    picture: DynamicImage,
    orientation: Orientation,
}

pub(super) fn read(bytes: &[u8]) -> Result<LargePicture, UnreadableDocument> {
    let mut reader = ImageReader::new(Cursor::new(bytes))
        .with_guessed_format()
        .map_err(|_| UnreadableDocument::Damaged)?;
    reader.limits(pixels::limits());
    let mut decoder = reader.into_decoder().map_err(|error| unreadable(&error))?;
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let picture = DynamicImage::from_decoder(decoder).map_err(|error| unreadable(&error))?;
    let picture = match picture {
        plain @ (DynamicImage::ImageLuma8(_) | DynamicImage::ImageRgb8(_) | DynamicImage::ImageRgba8(_)) => {
            plain
        }
        other if other.color().has_alpha() => other.into_rgba8().into(),
        other => other.into_rgb8().into(),
    };
    Ok(LargePicture { picture, orientation })
}

fn unreadable(error: &ImageError) -> UnreadableDocument {
    match error {
        ImageError::Limits(_) => UnreadableDocument::TooLarge,
        _ => UnreadableDocument::Damaged,
    }
}

impl LargePicture {
    /// One page: the picture, upright.
    pub(super) fn page_sizes(&self) -> Arc<[PageSize]> {
        let (width, height) = self.upright_size();
        Arc::new([PageSize { width: width as f32, height: height as f32 }])
    }

    fn upright_size(&self) -> (u32, u32) {
        let (width, height) = (self.picture.width(), self.picture.height());
        if is_turned(self.orientation) { (height, width) } else { (width, height) }
    }

    /// A part in any size; `None` where it has no such part.
    pub(super) fn cut(&self, part: PagePart) -> Option<Pixels> {
        let (width, height) = self.upright_size();
        let size = PageSize { width: width as f32, height: height as f32 };
        let place = part.place(size).filter(|_| part.page == 0)?;
        let (x, right) = scaled(place.x, place.width, part.page_width, width);
        let (y, bottom) = scaled(place.y, place.height, size.pixel_height(part.page_width), height);
        let upright = PartPlace { x, y, width: right - x, height: bottom - y };
        let PartPlace { x, y, width, height } = self.in_file(upright);
        let mut cut = self.picture.crop_imm(x, y, width, height);
        cut.apply_orientation(self.orientation);
        Some(pixels::from_rgba(pixels::resize(&cut, place.width, place.height)))
    }

    /// Where in the file a part of the upright picture is.
    fn in_file(&self, PartPlace { x, y, width, height }: PartPlace) -> PartPlace {
        let (whole_width, whole_height) = (self.picture.width(), self.picture.height());
        // A turned picture has the columns of the file as its lines.
        let turned = is_turned(self.orientation);
        let (x, y, width, height) = if turned { (y, x, height, width) } else { (x, y, width, height) };
        let (from_right, from_bottom) = match self.orientation {
            Orientation::NoTransforms | Orientation::Rotate90FlipH => (false, false),
            Orientation::FlipHorizontal | Orientation::Rotate270 => (true, false),
            Orientation::FlipVertical | Orientation::Rotate90 => (false, true),
            Orientation::Rotate180 | Orientation::Rotate270FlipH => (true, true),
        };
        let x = if from_right { whole_width - x - width } else { x };
        let y = if from_bottom { whole_height - y - height } else { y };
        PartPlace { x, y, width, height }
    }
}

impl DocumentPages for LargePicture {
    fn draw(&mut self, part: PagePart) -> Option<Pixels> {
        let (width, _) = self.upright_size();
        if part.page_width <= width { self.cut(part) } else { None }
    }
}

/// Its lines are the columns of the file.
fn is_turned(orientation: Orientation) -> bool {
    matches!(
        orientation,
        Orientation::Rotate90
            | Orientation::Rotate270
            | Orientation::Rotate90FlipH
            | Orientation::Rotate270FlipH
    )
}

/// Where pixels of the smaller picture begin and end in the whole one; at least one pixel.
fn scaled(from: u32, length: u32, smaller: u32, whole: u32) -> (u32, u32) {
    let scale = |at: u32| (u64::from(at) * u64::from(whole) / u64::from(smaller)) as u32;
    let start = scale(from).min(whole - 1);
    (start, scale(from + length).clamp(start + 1, whole))
}

#[cfg(test)]
mod tests {
    use super::super::document_pages::DocumentPages;
    use super::LargePicture;
    use coffer_model::preview::{PAGE_PART_SIDE, PagePart};
    use image::metadata::Orientation;
    use image::{DynamicImage, Rgb, RgbImage};

    fn picture(width: u32, height: u32) -> DynamicImage {
        let color = |x: u32, y: u32| Rgb([(x % 251) as u8, (y % 241) as u8, (x / 251 + y / 241 * 16) as u8]);
        DynamicImage::ImageRgb8(RgbImage::from_fn(width, height, color))
    }

    #[test]
    fn parts_are_those_of_the_upright_picture_however_it_was_taken() {
        // One line more than two parts have, so that the last ones are narrow.
        for exif in 1..=8 {
            let orientation = Orientation::from_exif(exif).unwrap();
            let taken = picture(2 * PAGE_PART_SIDE + 1, PAGE_PART_SIDE + 30);
            let mut upright = taken.clone();
            upright.apply_orientation(orientation);
            let upright = upright.into_rgba8();
            let mut large = LargePicture { picture: taken, orientation };
            let (width, height) = upright.dimensions();
            let (columns, rows) = (width.div_ceil(PAGE_PART_SIDE), height.div_ceil(PAGE_PART_SIDE));
            for (column, row) in (0..rows).flat_map(|row| (0..columns).map(move |column| (column, row))) {
                let drawn = large.draw(PagePart { page: 0, page_width: width, column, row }).unwrap();
                let (x, y) = (column * PAGE_PART_SIDE, row * PAGE_PART_SIDE);
                let size =
                    ((width - x).min(PAGE_PART_SIDE) as usize, (height - y).min(PAGE_PART_SIDE) as usize);
                assert_eq!((drawn.width, drawn.height), size, "{orientation:?} {column} {row}");
                for (at_x, at_y) in [(0, 0), (size.0 - 1, 0), (0, size.1 - 1), (size.0 - 1, size.1 - 1)] {
                    let expected = upright.get_pixel(x + at_x as u32, y + at_y as u32).0;
                    assert_eq!(drawn.rgba[at_y * size.0 + at_x], expected, "{orientation:?} {column} {row}");
                }
            }
        }
    }

    #[test]
    fn a_part_in_half_the_size_is_of_the_same_place() {
        let mut large = LargePicture { picture: picture(6001, 4000), orientation: Orientation::NoTransforms };
        let mut part = |column, row| large.draw(PagePart { page: 0, page_width: 3001, column, row });
        let last = part(1, 0).unwrap();
        assert_eq!((last.width, last.height), (3001 - PAGE_PART_SIDE as usize, 2000));
        // At the left of it stands what is twice as far in the whole picture.
        let [red, green, ..] = last.rgba[1000 * last.width];
        assert!(red.abs_diff((4096 % 251) as u8) <= 2 && green.abs_diff((2000 % 241) as u8) <= 2);
        assert!(part(2, 0).is_none() && part(0, 1).is_none());
        assert!(large.draw(PagePart { page: 0, page_width: 6002, column: 0, row: 0 }).is_none());
    }
}
