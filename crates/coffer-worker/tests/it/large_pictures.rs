//! Pictures that have more pixels than their preview: what is looked at closely is cut out of the whole picture.

use super::previewed::preview_up_to;
use coffer_model::message::{Job, Outcome, Update};
use coffer_model::preview::{PAGE_PART_SIDE, PagePart, PreviewBody};
use coffer_model::{Entry, Pixels};
use coffer_testing::house::House;
use image::{DynamicImage, ImageFormat, Luma, Rgb, RgbImage};
use std::io::Cursor;
use std::sync::Arc;

const fn part(page_width: u32, column: u32, row: u32) -> PagePart {
    PagePart { page: 0, page_width, column, row }
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

#[track_caller]
fn draw(house: &mut House, entry: &Entry, part: PagePart) -> Option<Arc<Pixels>> {
    let ended = house.run(Job::PagePart { entry: entry.clone(), part });
    match ended.updates.as_slice() {
        [Update::PagePart { part: drawn, pixels }] if *drawn == part => pixels.clone(),
        other => panic!("one part is told: {other:?}"),
    }
}

#[test]
fn stripes_of_one_pixel_are_sharp_at_full_size() {
    let mut house = House::new();
    let stripes = image::GrayImage::from_fn(6000, 2500, |x, _| Luma([if x % 2 == 0 { 0 } else { 255 }]));
    // The name does not tell what it is.
    for name in ["/stripes.png", "/stripes"] {
        let entry = house.put(name, encoded(&DynamicImage::ImageLuma8(stripes.clone()), ImageFormat::Png));
        let PreviewBody::Picture { frames, width, height, .. } = preview_up_to(&mut house, &entry, 4096)
        else {
            panic!("it is a picture");
        };
        assert_eq!((width, height, frames[0].pixels.width), (6000, 2500, 4096));
        let drawn = draw(&mut house, &entry, part(6000, 2, 1)).unwrap();
        let side = PAGE_PART_SIDE as usize;
        assert_eq!((drawn.width, drawn.height), (6000 - 2 * side, 2500 - side));
        let line: Vec<u8> =
            drawn.rgba[7 * drawn.width..8 * drawn.width].iter().map(|pixel| pixel[0]).collect();
        assert!(line.chunks_exact(2).all(|pair| pair == [0, 255]));
        assert_eq!(draw(&mut house, &entry, part(6000, 3, 0)), None);
    }
}

#[test]
fn a_photograph_that_was_taken_on_its_side_has_upright_parts() {
    let mut house = House::new();
    // Red at the left of the file, which is the top of the picture, and blue at the right.
    let taken =
        RgbImage::from_fn(5000, 600, |x, _| if x < 2500 { Rgb([220, 0, 0]) } else { Rgb([0, 0, 220]) });
    let plain = encoded(&DynamicImage::ImageRgb8(taken), ImageFormat::Jpeg);
    // An Exif segment with the orientation 6: to be turned to the right.
    let mut exif =
        b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0"
            .to_vec();
    let length = (exif.len() - 2) as u16;
    exif[2..4].copy_from_slice(&length.to_be_bytes());
    let bytes = [&plain[..2], &exif, &plain[2..]].concat();
    let entry = house.put("/tall.jpg", bytes);
    let PreviewBody::Picture { width, height, .. } = preview_up_to(&mut house, &entry, 4096) else {
        panic!("it is a picture");
    };
    assert_eq!((width, height), (600, 5000));
    let top = draw(&mut house, &entry, part(600, 0, 0)).unwrap();
    let bottom = draw(&mut house, &entry, part(600, 0, 2)).unwrap();
    assert_eq!((top.width, bottom.height), (600, 5000 - 2 * PAGE_PART_SIDE as usize));
    assert!(top.rgba[0][0] > 180 && top.rgba[0][2] < 60, "{:?}", top.rgba[0]);
    assert!(bottom.rgba[0][2] > 180 && bottom.rgba[0][0] < 60, "{:?}", bottom.rgba[0]);
}

#[test]
fn a_picture_of_which_the_file_was_cut_off_has_no_parts() {
    let mut house = House::new();
    let mut bytes = encoded(&DynamicImage::new_rgb8(5000, 100), ImageFormat::Png);
    bytes.truncate(bytes.len() / 2);
    let entry = house.put("/cut.png", bytes);
    let ended = house.run(Job::PagePart { entry, part: part(5000, 0, 0) });
    let Outcome::Failed(problem) = ended.outcome else { panic!("it is damaged") };
    assert_eq!(problem.detail, "This image is damaged or incomplete.");
}
