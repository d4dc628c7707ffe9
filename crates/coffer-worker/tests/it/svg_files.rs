//! Previews of SVG pictures: drawn sharp at each size, with nothing from outside, and of those that are made to do harm.

use super::previewed::{preview_up_to, reason};
use coffer_model::message::{Job, Update};
use coffer_model::preview::{PagePart, PagesPreview, PreviewBody};
use coffer_model::{Entry, Pixels};
use coffer_testing::house::House;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::io::Write;
use std::sync::Arc;

/// The longest side that is asked for, in pixels.
const SIDE: u32 = 400;

#[track_caller]
fn drawing(house: &mut House, name: &str, text: &str) -> (Entry, PagesPreview) {
    let entry = house.put(name, text.as_bytes().to_vec());
    match preview_up_to(house, &entry, SIDE) {
        PreviewBody::Pages(pages) => (entry, pages),
        other => panic!("{name} is drawn: {other:?}"),
    }
}

fn draw(house: &mut House, entry: &Entry, page_width: u32, column: u32) -> Option<Arc<Pixels>> {
    let part = PagePart { page: 0, page_width, column, row: 0 };
    let ended = house.run(Job::PagePart { entry: entry.clone(), part });
    match ended.updates.as_slice() {
        [Update::PagePart { part: drawn, pixels }] if *drawn == part => pixels.clone(),
        other => panic!("one part is told: {other:?}"),
    }
}

fn svg(inside: &str) -> String {
    format!("<svg xmlns='http://www.w3.org/2000/svg' width='40' height='20'>{inside}</svg>")
}

fn pixel(pixels: &Pixels, x: usize, y: usize) -> [u8; 4] {
    pixels.rgba[y * pixels.width + x]
}

const RED_HALF: &str = "<g transform='translate(20 0)'><rect width='20' height='20' fill='#f00'/></g>";
const RED: [u8; 4] = [255, 0, 0, 255];
const NOTHING: [u8; 4] = [0; 4];

#[test]
fn a_picture_is_drawn_sharp_at_each_size_and_one_sees_through_it() {
    let mut house = House::new();
    let (entry, pages) = drawing(&mut house, "/half.svg", &svg(RED_HALF));
    assert_eq!((pages.pages[0].width, pages.pages[0].height, pages.has_paper), (40.0, 20.0, false));
    let first = pages.first_page.unwrap();
    assert_eq!((first.width, first.height), (400, 200));
    assert_eq!((pixel(&first, 199, 100), pixel(&first, 200, 100)), (NOTHING, RED));
    // 100 times as large: red begins at 2,000 in the first part, and fills the second.
    let left = draw(&mut house, &entry, 4000, 0).unwrap();
    assert_eq!((pixel(&left, 1999, 1000), pixel(&left, 2000, 1000)), (NOTHING, RED));
    let right = draw(&mut house, &entry, 4000, 1).unwrap();
    assert_eq!((right.width, pixel(&right, 0, 0), pixel(&right, 1951, 1999)), (1952, RED, RED));
}

#[test]
fn layers_stand_where_they_are_meant_to() {
    let mut house = House::new();
    let inside = "<g transform='translate(10 5) scale(2)'><g opacity='0.5' transform='translate(5 0)'>
        <rect width='5' height='5' fill='#f00'/><rect width='5' height='5' fill='#f00'/></g></g>";
    let (entry, _) = drawing(&mut house, "/layers.svg", &svg(inside));
    let pixels = draw(&mut house, &entry, 40, 0).unwrap();
    let half = [128, 0, 0, 128];
    let seen = [(19, 5), (20, 5), (29, 14), (30, 14), (20, 4)].map(|(x, y)| pixel(&pixels, x, y));
    assert_eq!(seen, [NOTHING, half, half, NOTHING, NOTHING]);
}

#[test]
fn words_are_drawn_in_the_fonts_of_the_program() {
    let mut house = House::new();
    for (name, family) in [("/a.svg", "No such font"), ("/b.svg", "monospace"), ("/c.svg", "serif")] {
        let inside = format!("<text x='0' y='18' font-size='20' font-family='{family}'>HH</text>");
        let (_, pages) = drawing(&mut house, name, &svg(&inside));
        let first = pages.first_page.unwrap();
        let black = first.rgba.iter().filter(|pixel| **pixel == [0, 0, 0, 255]).count();
        assert!(black > 2_000, "{family}: {black}");
    }
}

#[test]
fn a_packed_picture_is_unpacked_within_bounds() {
    let mut house = House::new();
    let pack = |text: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
        encoder.write_all(text).unwrap();
        encoder.finish().unwrap()
    };
    let entry = house.put("/half.svgz", pack(svg(RED_HALF).as_bytes()));
    assert!(matches!(preview_up_to(&mut house, &entry, SIDE), PreviewBody::Pages(_)));
    let bomb = pack(svg(&" ".repeat(200 * 1024 * 1024)).as_bytes());
    assert!(bomb.len() < 2 * 1024 * 1024);
    let too_large = "This image is too large to preview. Download or open it to see it.";
    assert_eq!(reason(&mut house, "/bomb.svgz", bomb), too_large);
}

#[test]
fn nothing_is_loaded_from_elsewhere() {
    let mut house = House::new();
    let outside = house.folder.path().join("secret.svg");
    std::fs::write(&outside, svg("<rect width='40' height='20' fill='#f00'/>")).unwrap();
    let path = outside.display();
    let text = format!(
        "<!DOCTYPE svg [<!ENTITY secret SYSTEM 'file://{path}'>]>
        <svg xmlns='http://www.w3.org/2000/svg' xmlns:xlink='http://www.w3.org/1999/xlink' width='40' height='20'>
        <style>@import url('file://{path}'); rect {{ fill: url('file://{path}#a') }}</style>
        <image href='{path}' width='40' height='20'/><image xlink:href='file://{path}' width='40' height='20'/>
        <use href='{path}#a'/><script href='{path}'/></svg>"
    );
    let (_, pages) = drawing(&mut house, "/asks.svg", &text);
    assert!(pages.first_page.unwrap().rgba.iter().all(|pixel| *pixel == NOTHING));
}

#[test]
fn a_picture_inside_is_shown_unless_it_is_huge() {
    let mut house = House::new();
    let png = |side: u32| {
        let mut bytes = std::io::Cursor::new(Vec::new());
        let picture = image::RgbImage::from_pixel(side, side, image::Rgb([255, 0, 0]));
        picture.write_to(&mut bytes, image::ImageFormat::Png).unwrap();
        hex::encode(bytes.into_inner())
            .as_bytes()
            .chunks(2)
            .fold(String::new(), |text, pair| text + "%" + std::str::from_utf8(pair).unwrap())
    };
    for (name, side, shown) in [("/small.svg", 4, RED), ("/huge.svg", 6_000, NOTHING)] {
        let inside = format!(
            "<image href='data:image/png,{}' width='40' height='20' preserveAspectRatio='none'/>",
            png(side)
        );
        let (entry, _) = drawing(&mut house, name, &svg(&inside));
        assert_eq!(pixel(&draw(&mut house, &entry, 40, 0).unwrap(), 20, 10), shown, "{name}");
    }
}

#[test]
fn what_is_damaged_or_made_to_do_harm_says_so_and_ends_nothing() {
    let mut house = House::new();
    let damaged = "This image is damaged or incomplete.";
    let laughs = (1..12).fold("<rect id='u0' width='1' height='1'/>".to_owned(), |text, level| {
        let uses = format!("<use href='#u{}'/>", level - 1).repeat(10);
        format!("{text}<g id='u{level}'>{uses}</g>")
    });
    let entities = (1..12).fold("<!ENTITY e0 'ha'>".to_owned(), |text, level| {
        format!("{text}<!ENTITY e{level} '{}'>", format!("&e{};", level - 1).repeat(10))
    });
    let cases = [
        ("/cut.svg", svg(RED_HALF)[..60].to_owned(), damaged),
        ("/text.svg", "no picture".to_owned(), damaged),
        ("/deep.svg", svg(&("<g>".repeat(100_000) + &"</g>".repeat(100_000))), damaged),
        ("/laughs.svg", svg(&laughs), damaged),
        ("/entities.svg", format!("<!DOCTYPE svg [{entities}]>{}", svg("<text>&e11;</text>")), damaged),
        ("/many.svg", svg(&"<g/>".repeat(2_000_000)), damaged),
        (
            "/octaves.svg",
            svg("<filter id='f'><feTurbulence baseFrequency='1' numOctaves='2000000000'/></filter>
                <rect width='40' height='20' filter='url(#f)'/>"),
            "This image takes too long to preview. Open it in another program.",
        ),
    ];
    for (name, text, expected) in cases {
        assert_eq!(reason(&mut house, name, text.into_bytes()), expected, "{name}");
    }
    let (_, pages) = drawing(&mut house, "/after.svg", &svg(RED_HALF));
    assert!(pages.first_page.is_some());
}

#[test]
fn layers_inside_of_layers_take_no_more_memory_than_is_allowed() {
    let mut house = House::new();
    let depth = 400;
    let inside = "<g opacity='0.9'>".repeat(depth)
        + "<rect width='40' height='20'/><rect width='40' height='20'/>"
        + &"</g>".repeat(depth);
    let (entry, _) = drawing(&mut house, "/layers.svg", &svg(&inside));
    // A small one is drawn; of a large one the layers would take 6 GB.
    assert!(draw(&mut house, &entry, 40, 0).is_some());
    assert_eq!(draw(&mut house, &entry, 8192, 0), None);
}
