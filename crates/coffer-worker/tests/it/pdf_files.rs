//! Previews of PDF files: of good ones, and of those that are none, locked, cut off or made to do harm.

use super::previewed::preview_up_to;
use coffer_model::message::{Job, Update};
use coffer_model::preview::{PAGE_PART_SIDE, PagePart, PagesPreview, PreviewBody};
use coffer_model::{Entry, Pixels};
use coffer_testing::house::House;
use std::fmt::Write;
use std::sync::Arc;

/// The longest side that is asked for, in pixels.
const SIDE: u32 = 400;

/// A PDF file of these objects, of which the first is the catalog.
pub(crate) fn file(objects: &[String], trailer: &str) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_owned();
    let mut starts = Vec::new();
    for (index, object) in objects.iter().enumerate() {
        starts.push(text.len());
        write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1).unwrap();
    }
    let start = text.len();
    write!(text, "xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1).unwrap();
    for start in starts {
        writeln!(text, "{start:010} 00000 n ").unwrap();
    }
    let size = objects.len() + 1;
    write!(text, "trailer\n<</Root 1 0 R/Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    text.into_bytes()
}

pub(crate) fn stream(dictionary: &str, content: &str) -> String {
    format!("<<{dictionary}/Length {}>>\nstream\n{content}\nendstream", content.len())
}

/// A file with pages of these drawing commands. A page has 300 by 600 units, which are 400 by 800 points.
fn pages(contents: &[&str]) -> Vec<u8> {
    let ids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", 3 + 2 * page)).collect();
    let kids = ids.join(" ");
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!("<</Type/Pages/Kids[{kids}]/Count {}/MediaBox[0 0 300 600]>>", contents.len()),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", 4 + 2 * page));
        objects.push(stream("", content));
    }
    file(&objects, "")
}

/// Fills the lower half of a page with red.
const RED: &str = "1 0 0 rg 0 0 300 300 re f";

#[track_caller]
fn pdf(house: &mut House, entry: &Entry) -> PagesPreview {
    match preview_up_to(house, entry, SIDE) {
        PreviewBody::Pages(document) => document,
        other => panic!("it has pages: {other:?}"),
    }
}

#[track_caller]
fn reason(house: &mut House, entry: &Entry) -> String {
    match preview_up_to(house, entry, SIDE) {
        PreviewBody::None { reason } => reason,
        other => panic!("nothing is shown: {other:?}"),
    }
}

fn draw(house: &mut House, entry: &Entry, part: PagePart) -> Option<Arc<Pixels>> {
    let ended = house.run(Job::PagePart { entry: entry.clone(), part });
    match ended.updates.as_slice() {
        [Update::PagePart { part: drawn, pixels }] if *drawn == part => pixels.clone(),
        other => panic!("one part is told: {other:?}"),
    }
}

const fn part(page: u32, page_width: u32, column: u32, row: u32) -> PagePart {
    PagePart { page, page_width, column, row }
}

fn pixel(pixels: &Pixels, x: usize, y: usize) -> [u8; 4] {
    pixels.rgba[y * pixels.width + x]
}

const WHITE_PIXEL: [u8; 4] = [255; 4];
const RED_PIXEL: [u8; 4] = [255, 0, 0, 255];

#[test]
fn a_preview_has_the_sizes_of_all_pages_and_the_first_one() {
    let mut house = House::new();
    let entry = house.put("/two.pdf", pages(&[RED, ""]));
    let found = pdf(&mut house, &entry);
    let sizes: Vec<_> = found.pages.iter().map(|page| (page.width, page.height)).collect();
    assert_eq!(sizes, [(400.0, 800.0); 2]);
    let first = found.first_page.unwrap();
    assert_eq!((first.width, first.height), (200, 400));
    assert_eq!((pixel(&first, 100, 100), pixel(&first, 100, 300)), (WHITE_PIXEL, RED_PIXEL));
}

#[test]
fn a_page_is_drawn_in_parts_that_fit_together() {
    let mut house = House::new();
    let entry = house.put("/one.pdf", pages(&[RED]));
    // 4,000 pixels high; red begins at 2,000.
    let first = draw(&mut house, &entry, part(0, 2000, 0, 0)).unwrap();
    assert_eq!((first.width, first.height), (2000, PAGE_PART_SIDE as usize));
    assert_eq!((pixel(&first, 1000, 1999), pixel(&first, 1000, 2000)), (WHITE_PIXEL, RED_PIXEL));
    let second = draw(&mut house, &entry, part(0, 2000, 0, 1)).unwrap();
    assert_eq!((second.width, second.height), (2000, 4000 - PAGE_PART_SIDE as usize));
    assert_eq!((pixel(&second, 0, 0), pixel(&second, 1999, 1951)), (RED_PIXEL, RED_PIXEL));
    // What the file does not have is not drawn.
    assert_eq!(draw(&mut house, &entry, part(1, 2000, 0, 0)), None);
    assert_eq!(draw(&mut house, &entry, part(0, 2000, 1, 0)), None);
}

#[test]
fn a_turned_page_is_shown_upright() {
    let mut house = House::new();
    let turned = String::from_utf8(pages(&[RED])).unwrap().replace("/MediaBox", "/Rotate 90/MediaBox");
    let entry = house.put("/turned.pdf", turned);
    let found = pdf(&mut house, &entry);
    assert_eq!((found.pages[0].width, found.pages[0].height), (800.0, 400.0));
    let first = found.first_page.unwrap();
    // Clockwise: what was below is at the left.
    assert_eq!((pixel(&first, 100, 100), pixel(&first, 300, 100)), (RED_PIXEL, WHITE_PIXEL));
}

#[test]
fn a_file_that_stays_open_is_not_fetched_for_each_page() {
    let mut house = House::new();
    let entry = house.put("/many.pdf", pages(&[RED; 40]));
    pdf(&mut house, &entry);
    std::fs::remove_dir_all(house.local("coffer/cache/contents")).unwrap();
    house.faults().add(coffer_server::faults::Fault::new(
        "files/download",
        coffer_server::faults::FaultKind::Reset,
        1000,
    ));
    for page in 0..40 {
        assert!(draw(&mut house, &entry, part(page, 100, 0, 0)).is_some());
    }
}

#[test]
fn a_pdf_without_an_extension_is_known_by_its_first_bytes() {
    let mut house = House::new();
    let entry = house.put("/report", pages(&[RED]));
    assert_eq!(pdf(&mut house, &entry).pages.len(), 1);
}

#[test]
fn a_locked_file_says_that_it_wants_a_password() {
    let mut house = House::new();
    let encryption =
        format!("<</Filter/Standard/V 2/R 3/Length 128/P -4/O<{}>/U<{}>>>", "11".repeat(32), "22".repeat(32));
    let objects =
        ["<</Type/Catalog/Pages 2 0 R>>".to_owned(), "<</Type/Pages/Kids[]/Count 0>>".to_owned(), encryption];
    let bytes = file(&objects, "/Encrypt 3 0 R/ID[<aa><aa>]");
    let entry = house.put("/locked.pdf", bytes);
    assert!(reason(&mut house, &entry).contains("protected by a password"));
}

#[test]
fn what_is_no_pdf_says_that_it_is_damaged() {
    let mut house = House::new();
    let no_pages = file(&["<</Type/Catalog>>".to_owned()], "");
    for (name, bytes) in
        [("/noise.pdf", vec![7; 5_000]), ("/text.pdf", b"a text".to_vec()), ("/no-pages.pdf", no_pages)]
    {
        let entry = house.put(name, bytes);
        assert_eq!(reason(&mut house, &entry), "This PDF is damaged or incomplete.", "{name}");
    }
}

#[test]
fn a_file_that_ends_early_shows_what_there_is_or_says_that_it_is_incomplete() {
    let mut house = House::new();
    let whole = pages(&[RED, RED]);
    for length in (10..whole.len()).step_by(61) {
        let entry = house.put(&format!("/cut-{length}.pdf"), whole[..length].to_vec());
        match preview_up_to(&mut house, &entry, SIDE) {
            PreviewBody::Pages(document) => assert!(!document.pages.is_empty()),
            PreviewBody::None { reason } => assert_eq!(reason, "This PDF is damaged or incomplete."),
            other => panic!("{other:?}"),
        }
    }
}

#[test]
fn a_file_with_changed_bytes_does_no_harm() {
    let mut house = House::new();
    let whole = pages(&[RED]);
    let mut random = fastrand::Rng::with_seed(11);
    for round in 0..60 {
        let mut bytes = whole.clone();
        for _ in 0..8 {
            let place = random.usize(0..bytes.len());
            bytes[place] = random.u8(..);
        }
        let entry = house.put(&format!("/changed-{round}.pdf"), bytes);
        preview_up_to(&mut house, &entry, SIDE);
    }
}

#[test]
fn a_page_that_draws_without_an_end_is_given_up_and_others_go_on() {
    let mut house = House::new();
    // Ten times ten times … forms inside of forms: ten thousand million squares.
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R 4 0 R]/Count 2/MediaBox[0 0 300 600]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 5 0 R/Resources<</XObject<</X 6 0 R>>>>>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 5 0 R>>".to_owned(),
        stream("", "/X Do"),
    ];
    let form = |next: usize| {
        format!("/Type/XObject/Subtype/Form/BBox[0 0 300 600]/Resources<</XObject<</X {next} 0 R>>>>")
    };
    for level in 0..10 {
        objects.push(stream(&form(7 + level), &"/X Do ".repeat(10)));
    }
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 300 600]", "0 0 1 1 re f"));
    let entry = house.put("/endless.pdf", file(&objects, ""));
    assert_eq!(pdf(&mut house, &entry).first_page, None);
    assert!(draw(&mut house, &entry, part(1, 100, 0, 0)).is_some());
}

#[test]
fn a_file_that_is_too_large_is_not_fetched() {
    let mut house = House::new();
    let mut bytes = pages(&[RED]);
    bytes.resize(128 * 1024 * 1024 + 1, 0);
    let entry = house.put("/large.pdf", bytes);
    house.faults().add(coffer_server::faults::Fault::new(
        "files/download",
        coffer_server::faults::FaultKind::Reset,
        1000,
    ));
    assert!(reason(&mut house, &entry).contains("too large"));
}
