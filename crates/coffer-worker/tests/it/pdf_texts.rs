//! What the pages of PDF files say, and where.

use super::pdf_files::{file, stream};
use coffer_model::message::{Job, Outcome, Update};
use coffer_model::{Entry, PageText};
use coffer_testing::house::House;
use std::fmt::Write;
use std::ops::Range;
use std::sync::Arc;

/// A file with pages of these drawing commands, of 300 by 600 units, with the fonts F1 (one of those that every reader
/// has) and F2, whose two letters have no names that tell but are said to be "Ж" and "fi".
fn pages(contents: &[&str]) -> Vec<u8> {
    let first = 7;
    let ids: Vec<String> = (0..contents.len()).map(|page| format!("{} 0 R", first + 2 * page)).collect();
    let meanings = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def \
        1 begincodespacerange <00> <ff> endcodespacerange \
        2 beginbfchar <41> <0416> <42> <FB01> endbfchar endcmap end end";
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        format!(
            "<</Type/Pages/Kids[{}]/Count {}/MediaBox[0 0 300 600]/Resources<</Font<</F1 3 0 R/F2 4 0 R>>>>>>",
            ids.join(" "),
            contents.len()
        ),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>".to_owned(),
        "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 5 0 R>>".to_owned(),
        stream("", meanings),
        "null".to_owned(),
    ];
    for (page, content) in contents.iter().enumerate() {
        objects.push(format!("<</Type/Page/Parent 2 0 R/Contents {} 0 R>>", first + 1 + 2 * page));
        objects.push(stream("", content));
    }
    file(&objects, "")
}

#[track_caller]
fn texts(house: &mut House, entry: &Entry, pages: Range<u32>) -> Vec<Arc<PageText>> {
    let ended = house.run(Job::PageTexts { entry: entry.clone(), pages: pages.clone() });
    assert!(matches!(ended.outcome, Outcome::Done(_)), "{:?}", ended.outcome);
    let mut found = Vec::new();
    for update in ended.updates {
        match update {
            Update::PageTexts { first_page, texts } => {
                assert_eq!(first_page as usize, pages.start as usize + found.len());
                found.extend(texts);
            }
            other => panic!("texts are told: {other:?}"),
        }
    }
    found
}

#[track_caller]
fn text(content: &str) -> Arc<PageText> {
    let mut house = House::new();
    let entry = house.put("/page.pdf", pages(&[content]));
    texts(&mut house, &entry, 0..1).remove(0)
}

#[test]
fn a_page_says_its_lines_in_words() {
    let content = "BT /F1 12 Tf 20 500 Td (Tea and) Tj 60 0 Td (coffee) Tj -60 -20 Td (Na\\357ve) Tj ET";
    assert_eq!(&*text(content).text, "Tea and coffee\nNaïve");
}

#[test]
fn letters_have_the_meaning_that_the_file_gives_them() {
    assert_eq!(&*text("BT /F2 12 Tf 20 500 Td (ABA) Tj ET").text, "ЖfiЖ");
    let marked = "BT /F1 12 Tf 20 500 Td /Span <</ActualText<FEFF00DF>>> BDC (ss) Tj EMC (x) Tj ET";
    assert_eq!(&*text(marked).text, "ßx");
}

#[test]
fn what_a_scanner_wrote_unseen_over_its_picture_is_read() {
    assert_eq!(&*text("BT /F1 12 Tf 3 Tr 20 500 Td (unseen) Tj ET").text, "unseen");
}

#[test]
fn letters_are_where_they_are_drawn() {
    // 100 units high, so that the page has a sixth of it below the top.
    let text = text("BT /F1 100 Tf 30 400 Td (HH) Tj ET");
    let areas = text.areas_of(&(0..1));
    let [left, top, right, bottom] = areas[0].shares();
    let near = |share: f32, expected: f32| assert!((share - expected).abs() < 0.01, "{share} {expected}");
    near(left, 30.0 / 300.0);
    near(right, (30.0 + 72.2) / 300.0);
    near(top, (600.0 - 490.0) / 600.0);
    near(bottom, (600.0 - 378.0) / 600.0);
    assert_eq!(text.byte_at(0.4, 0.25, 0.5), Some(1));
    assert_eq!(text.areas_of(&(0..2)).len(), 1);
}

#[test]
fn pages_that_are_asked_for_are_read_and_those_without_text_are_empty() {
    let mut house = House::new();
    let mut contents = vec![String::new(); 60];
    for (page, content) in contents.iter_mut().enumerate().skip(1) {
        write!(content, "BT /F1 12 Tf 20 500 Td (Page {}) Tj ET", page + 1).unwrap();
    }
    let contents: Vec<&str> = contents.iter().map(String::as_str).collect();
    let entry = house.put("/many.pdf", pages(&contents));
    let read = texts(&mut house, &entry, 0..60);
    assert_eq!((read.len(), &*read[0].text, &*read[59].text), (60, "", "Page 60"));
    // What the file does not have is left out.
    assert_eq!(texts(&mut house, &entry, 58..900).len(), 2);
}

#[test]
fn a_document_without_an_end_is_read_as_far_as_it_goes() {
    let mut house = House::new();
    // Ten times ten times … forms inside of forms.
    let mut objects = vec![
        "<</Type/Catalog/Pages 2 0 R>>".to_owned(),
        "<</Type/Pages/Kids[3 0 R]/Count 1/MediaBox[0 0 300 600]>>".to_owned(),
        "<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources<</XObject<</X 5 0 R>>>>>>".to_owned(),
        stream("", "/X Do"),
    ];
    for level in 0..10 {
        let form = format!(
            "/Type/XObject/Subtype/Form/BBox[0 0 300 600]/Resources<</XObject<</X {} 0 R>>>>",
            6 + level
        );
        objects.push(stream(&form, &"/X Do ".repeat(10)));
    }
    objects.push(stream("/Type/XObject/Subtype/Form/BBox[0 0 300 600]", "0 0 1 1 re f"));
    let entry = house.put("/endless.pdf", file(&objects, ""));
    assert_eq!(&*texts(&mut house, &entry, 0..1)[0].text, "");
}

#[test]
fn a_font_and_a_picture_have_no_text_to_read() {
    let mut house = House::new();
    let entry = house.put("/drawing.svg", "<svg xmlns='http://www.w3.org/2000/svg' width='9' height='9'/>");
    assert_eq!(&*texts(&mut house, &entry, 0..1)[0].text, "");
}
