//! Pictures of files that are not decoded here, and the pages of TIFF files.

use super::previewed::{SMALL, preview_up_to, reason};
use coffer_model::message::{Job, Update};
use coffer_model::preview::{PagePart, PreviewBody};
use coffer_testing::house::House;
use image::{DynamicImage, ImageFormat, Rgb, RgbImage};
use std::io::Cursor;
use tiff::encoder::TiffEncoder;
use tiff::encoder::colortype::RGB8;

/// What the large preview asks for.
const LARGE: u32 = 4096;

fn picture(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let picture = RgbImage::from_pixel(width, height, Rgb([200, 40, 40]));
    DynamicImage::from(picture).write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// A raw file as cameras write it: its directory names a JPEG behind twelve megabytes of what is none, and how the
/// camera was held.
fn raw_file(orientation: u8) -> Vec<u8> {
    let jpeg = picture(300, 200, ImageFormat::Jpeg);
    let start = 12 * 1024 * 1024;
    let mut file = b"II*\0\x08\0\0\0\x03\0".to_vec();
    for (tag, kind, value) in
        [(274_u16, 3_u8, u32::from(orientation)), (513, 4, start), (514, 4, jpeg.len() as u32)]
    {
        file.extend(tag.to_le_bytes().into_iter().chain([kind, 0, 1, 0, 0, 0]).chain(value.to_le_bytes()));
    }
    file.extend([0; 4]);
    file.resize(start as usize, 7);
    file.extend(jpeg);
    file
}

#[test]
fn a_raw_file_shows_the_picture_that_the_camera_put_into_it() {
    let mut house = House::new();
    let entry = house.put("/IMG_0042.NEF", raw_file(1));
    match preview_up_to(&mut house, &entry, SMALL) {
        PreviewBody::Picture { width, height, facts, .. } => {
            assert_eq!((width, height, facts.is_inner), (300, 200, true));
        }
        other => panic!("it is a picture: {other:?}"),
    }
    let entry = house.put("/upright.dng", raw_file(6));
    match preview_up_to(&mut house, &entry, LARGE) {
        PreviewBody::Picture { width, height, .. } => assert_eq!((width, height), (200, 300)),
        other => panic!("it is a picture: {other:?}"),
    }
}

#[test]
fn an_icon_is_shown_and_is_all_there_is() {
    let mut house = House::new();
    let png = picture(32, 32, ImageFormat::Png);
    let mut icon = vec![0, 0, 1, 0, 1, 0, 32, 32, 0, 0, 1, 0, 32, 0];
    icon.extend((png.len() as u32).to_le_bytes().into_iter().chain(22_u32.to_le_bytes()).chain(png));
    let entry = house.put("/favicon.ico", icon);
    match preview_up_to(&mut house, &entry, SMALL) {
        PreviewBody::Picture { width, facts, .. } => assert_eq!((width, facts.is_inner), (32, false)),
        other => panic!("it is a picture: {other:?}"),
    }
}

#[test]
fn what_nobody_can_show_says_what_to_do() {
    let mut house = House::new();
    for name in ["/IMG_1.heic", "/a.avif", "/a.jp2", "/empty of pictures.psd", "/noise.cr2"] {
        let reason = reason(&mut house, name, vec![9; 5_000]);
        assert_eq!(reason, "This kind of image can’t be shown here. Open it in another program to see it.");
    }
}

/// Pages of these sizes, each of one colour.
fn tiff_file(pages: &[(u32, u32, [u8; 3])]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = TiffEncoder::new(&mut bytes).unwrap();
    for &(width, height, color) in pages {
        encoder.write_image::<RGB8>(width, height, &color.repeat((width * height) as usize)).unwrap();
    }
    bytes.into_inner()
}

const PAGES: [(u32, u32, [u8; 3]); 3] =
    [(60, 80, [255, 0, 0]), (60, 80, [0, 255, 0]), (100, 50, [0, 0, 255])];

#[test]
fn the_pages_of_a_tiff_file_are_turned_in_the_large_preview() {
    let mut house = House::new();
    let entry = house.put("/fax.tiff", tiff_file(&PAGES));
    let PreviewBody::Pages(document) = preview_up_to(&mut house, &entry, LARGE) else {
        panic!("it has pages")
    };
    let sizes: Vec<(f32, f32)> = document.pages.iter().map(|page| (page.width, page.height)).collect();
    assert_eq!((sizes, document.can_have_text), (vec![(60.0, 80.0), (60.0, 80.0), (100.0, 50.0)], false));
    for (page, (_, _, [red, green, blue])) in (0..3_u32).zip(PAGES).rev() {
        // Enlarged as well.
        for page_width in [30, 240] {
            let part = PagePart { page, page_width, column: 0, row: 0 };
            let ended = house.run(Job::PagePart { entry: entry.clone(), part });
            let [Update::PagePart { pixels: Some(pixels), .. }] = ended.updates.as_slice() else {
                panic!("{:?}", ended.updates)
            };
            assert_eq!((pixels.width, pixels.rgba[0]), (page_width as usize, [red, green, blue, 255]));
        }
    }
}

#[test]
fn a_tiff_file_of_one_page_is_a_picture_and_small_previews_show_the_first_one() {
    let mut house = House::new();
    let one = house.put("/one.tif", tiff_file(&PAGES[..1]));
    assert!(matches!(preview_up_to(&mut house, &one, LARGE), PreviewBody::Picture { .. }));
    let several = house.put("/several.tif", tiff_file(&PAGES));
    match preview_up_to(&mut house, &several, SMALL) {
        PreviewBody::Picture { facts, .. } => assert_eq!(facts.page_count, Some(3)),
        other => panic!("it is a picture: {other:?}"),
    }
}
