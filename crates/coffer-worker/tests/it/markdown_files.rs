//! Previews of Markdown files: the pictures beside them, and the colours of their code.

use super::previewed::preview;
use coffer_model::markdown::PictureContent;
use coffer_model::preview::PreviewBody;
use coffer_testing::house::House;
use image::{ImageFormat, RgbImage};
use std::io::Cursor;

fn png(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    RgbImage::new(width, height).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

#[test]
fn a_text_knows_the_pictures_of_the_account_with_their_sizes() {
    let mut house = House::new();
    house.put("/Notes/maps/North side.png", png(300, 200));
    house.put("/Photos/a.png", png(20, 10));
    house.put("/Notes/data.bin", vec![0_u8; 100]);
    let source = "![n](maps/North%20side.png) ![a](../Photos/a.png) ![gone](gone.png) ![b](data.bin)\n\n\
                  ![w](https://example.org/w.png)\n\n```rust\nlet x = 1;\n```\n";
    let entry = house.put("/Notes/plan.md", source);
    let PreviewBody::Markdown(text) = preview(&mut house, &entry) else { panic!("it is Markdown") };
    let pictures: Vec<_> = text
        .pictures
        .iter()
        .map(|picture| {
            let PictureContent::File(entry) = &picture.content else { panic!("a file of the account") };
            (picture.destination.as_str(), picture.size, entry.path.as_str())
        })
        .collect();
    let expected = [
        ("maps/North%20side.png", Some((300, 200)), "/Notes/maps/North side.png"),
        ("../Photos/a.png", Some((20, 10)), "/Photos/a.png"),
    ];
    assert_eq!(pictures, expected);
    assert_eq!(text.code.len(), 1);
}
