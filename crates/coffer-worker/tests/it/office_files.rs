//! Previews of office documents: their words, the sheets of workbooks, and what is locked, damaged or made to do harm.

use super::previewed::{preview, reason};
use coffer_model::MarkdownPreview;
use coffer_model::preview::PreviewBody;
use coffer_model::table::TableSheet;
use coffer_testing::house::House;
use std::io::{Cursor, Write};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

#[track_caller]
fn words(house: &mut House, name: &str, bytes: Vec<u8>) -> String {
    let entry = house.put(name, bytes);
    match preview(house, &entry) {
        PreviewBody::Words { document, is_cut: false } => document.source.to_string(),
        other => panic!("{name} has words: {other:?}"),
    }
}

#[track_caller]
fn sheets(house: &mut House, name: &str, bytes: Vec<u8>) -> Vec<TableSheet> {
    let entry = house.put(name, bytes);
    match preview(house, &entry) {
        PreviewBody::Table(table) => table.sheets.to_vec(),
        other => panic!("{name} has sheets: {other:?}"),
    }
}

fn package(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (path, content) in parts {
        writer.start_file(*path, SimpleFileOptions::default()).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn rows(sheet: &TableSheet) -> Vec<Vec<&str>> {
    (0..sheet.cells.row_count()).map(|row| sheet.cells.row(row).collect()).collect()
}

const W: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'";

fn docx(body: &str) -> Vec<u8> {
    let styles = format!(
        "<w:styles {W}><w:style w:styleId='berschrift1'><w:name w:val='heading 1'/></w:style>\
         <w:style w:styleId='Quote'><w:name w:val='Quote'/></w:style></w:styles>"
    );
    let document = format!("<?xml version='1.0'?><w:document {W}><w:body>{body}</w:body></w:document>");
    package(&[("word/styles.xml", &styles), ("word/document.xml", &document)])
}

#[test]
fn a_word_document_is_headings_paragraphs_lists_and_tables() {
    let mut house = House::new();
    let text = |text: &str| format!("<w:r><w:rPr><w:b/></w:rPr><w:t xml:space='preserve'>{text}</w:t></w:r>");
    let item = "<w:pPr><w:numPr><w:ilvl w:val='1'/><w:numId w:val='3'/></w:numPr></w:pPr>";
    let cell = |words: &str| format!("<w:tc><w:p>{}</w:p></w:tc>", text(words));
    let body = format!(
        "<w:p><w:pPr><w:pStyle w:val='berschrift1'/><w:tabs><w:tab w:pos='1'/></w:tabs></w:pPr>{}</w:p>\
         <w:p>{}{}<w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p><w:p/>\
         <w:p>{item}{}</w:p><w:p>{item}{}</w:p>\
         <w:tbl><w:tr>{}{}</w:tr><w:tr>{}{}</w:tr></w:tbl>",
        text("Über den Fjord"),
        text("It is *not* far &amp; "),
        text("cheap &#169;"),
        text("kayaks"),
        text("ropes"),
        cell("Day"),
        cell("Cost"),
        cell("1"),
        cell("2"),
    );
    let expected = "# Über den Fjord\n\n<b>It is \\*not\\* far \\& cheap ©</b>\n\n\
                    - <b>kayaks</b>\n- <b>ropes</b>\n\n| <b>Day</b> | <b>Cost</b> |\n|---|---|\n| <b>1</b> | <b>2</b> |";
    assert_eq!(words(&mut house, "/letter.docx", docx(&body)), expected);
}

/// A document with two lists, the second one numbered, and a picture.
fn illustrated() -> Vec<u8> {
    let item = |list: u32, words: &str| {
        format!(
            "<w:p><w:pPr><w:numPr><w:ilvl w:val='0'/><w:numId w:val='{list}'/></w:numPr></w:pPr><w:r><w:t>{words}</w:t></w:r></w:p>"
        )
    };
    let picture =
        "<w:p><w:r><w:drawing><wp:docPr descr='The map'/><a:blip r:embed='rId7'/></w:drawing></w:r></w:p>";
    let run = |properties: &str, words: &str| {
        format!("<w:r><w:rPr>{properties}</w:rPr><w:t xml:space='preserve'>{words}</w:t></w:r>")
    };
    let words = run("", "Not ") + &run("<w:i/>", "very") + &run("<w:b w:val='0'/>", " far");
    let body =
        item(1, "tea") + &item(2, "first") + &item(2, "then") + picture + &format!("<w:p>{words}</w:p>");
    let level = |id: u32, format: &str| {
        format!(
            "<w:abstractNum w:abstractNumId='{id}'><w:lvl w:ilvl='0'><w:numFmt w:val='{format}'/></w:lvl></w:abstractNum>"
        )
    };
    let numbering = format!(
        "<w:numbering {W}>{}{}<w:num w:numId='1'><w:abstractNumId w:val='5'/></w:num>\
         <w:num w:numId='2'><w:abstractNumId w:val='6'/></w:num></w:numbering>",
        level(5, "bullet"),
        level(6, "decimal")
    );
    let mut png = Cursor::new(Vec::new());
    image::RgbImage::new(30, 20).write_to(&mut png, image::ImageFormat::Png).unwrap();
    let relations = "<Relationships><Relationship Id='rId7' Target='media/map.png'/></Relationships>";
    let names = "xmlns:wp='p' xmlns:a='a' xmlns:r='r'";
    let document = format!("<w:document {W} {names}><w:body>{body}</w:body></w:document>");
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let parts: [(&str, &[u8]); 4] = [
        ("word/document.xml", document.as_bytes()),
        ("word/numbering.xml", numbering.as_bytes()),
        ("word/_rels/document.xml.rels", relations.as_bytes()),
        ("word/media/map.png", png.get_ref()),
    ];
    for (path, content) in parts {
        writer.start_file(path, SimpleFileOptions::default()).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn numbers_italics_and_pictures_of_a_word_document_are_shown() {
    let mut house = House::new();
    let entry = house.put("/map.docx", illustrated());
    let PreviewBody::Words { document, .. } = preview(&mut house, &entry) else { panic!("it has words") };
    let expected = "- tea\n1. first\n2. then\n\n![The map](inside:0)\n\nNot <i>very</i> far";
    assert_eq!(&*document.source, expected);
    assert_eq!(document.pictures[0].size, Some((30, 20)));
}

#[test]
fn slides_come_in_their_order() {
    let mut house = House::new();
    let slide = |title: &str, text: &str| {
        format!(
            "<p:sld xmlns:p='p' xmlns:a='a'><p:sp><p:nvPr><p:ph type='title'/></p:nvPr><p:txBody><a:p><a:r>\
             <a:t>{title}</a:t></a:r></a:p></p:txBody></p:sp><p:sp><p:txBody><a:p><a:r><a:t>{text}</a:t></a:r>\
             </a:p></p:txBody></p:sp></p:sld>"
        )
    };
    let slides: Vec<(String, String)> = (1..=11)
        .map(|number| (format!("ppt/slides/slide{number}.xml"), slide(&format!("Title {number}"), "More")))
        .collect();
    let parts: Vec<(&str, &str)> =
        slides.iter().rev().map(|(path, slide)| (path.as_str(), slide.as_str())).collect();
    let found = words(&mut house, "/talk.pptx", package(&parts));
    assert!(found.starts_with("##### Slide 1\n\n## Title 1\n\nMore\n\n##### Slide 2"), "{found}");
    assert!(found.ends_with("##### Slide 11\n\n## Title 11\n\nMore"), "{found}");
}

const ODF: &str = "xmlns:office='o' xmlns:text='t' xmlns:table='b' xmlns:draw='d'";

fn odf(body: &str) -> Vec<u8> {
    let content =
        format!("<office:document-content {ODF}><office:body>{body}</office:body></office:document-content>");
    package(&[("mimetype", "application/vnd.oasis.opendocument.text"), ("content.xml", &content)])
}

#[test]
fn an_open_document_text_is_read_with_its_lists_and_spaces() {
    let mut house = House::new();
    let body = "<text:h text:outline-level='2'>Plan</text:h>\
        <text:p>one<text:s text:c='2'/>two<text:line-break/>three<text:span> four</text:span>\
        <office:annotation><text:p>a remark</text:p></office:annotation></text:p>\
        <text:list><text:list-item><text:p>tea</text:p><text:list><text:list-item><text:p>green</text:p>\
        </text:list-item></text:list></text:list-item></text:list>";
    let expected = "## Plan\n\none  two\\\nthree four\n\n- tea\n    - green";
    assert_eq!(words(&mut house, "/plan.odt", odf(body)), expected);
    let slides =
        "<draw:page><text:p>First</text:p></draw:page><draw:page><text:p>Second</text:p></draw:page>";
    let found = words(&mut house, "/talk.odp", odf(slides));
    assert_eq!(found, "##### Slide 1\n\nFirst\n\n##### Slide 2\n\nSecond");
}

fn xlsx(sheet: &str) -> Vec<u8> {
    package(&[
        (
            "xl/workbook.xml",
            "<workbook xmlns:r='r'><sheets><sheet name='Costs' sheetId='1' r:id='rId2'/>\
             <sheet name='Empty' sheetId='2' r:id='rId1'/></sheets></workbook>",
        ),
        (
            "xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id='rId1' Target='worksheets/sheet1.xml'/>\
             <Relationship Id='rId2' Target='/xl/worksheets/sheet2.xml'/></Relationships>",
        ),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Day</t></si><si><r><t>Fe</t></r><r><t>rry</t></r><rPh><t>x</t></rPh></si></sst>",
        ),
        (
            "xl/styles.xml",
            "<styleSheet><numFmts><numFmt numFmtId='164' formatCode='yyyy\\-mm\\-dd'/></numFmts>\
             <cellStyleXfs><xf numFmtId='14'/></cellStyleXfs>\
             <cellXfs><xf numFmtId='0'/><xf numFmtId='164'/><xf numFmtId='9'/></cellXfs></styleSheet>",
        ),
        ("xl/worksheets/sheet1.xml", "<worksheet><sheetData/></worksheet>"),
        ("xl/worksheets/sheet2.xml", &format!("<worksheet><sheetData>{sheet}</sheetData></worksheet>")),
    ])
}

#[test]
fn a_workbook_is_its_sheets_with_dates_and_gaps() {
    let mut house = House::new();
    let sheet = "<row r='1'><c r='A1' t='s'><v>0</v></c><c r='B1' t='s'><v>1</v></c></row>\
        <row r='3'><c r='A3' s='1'><v>46082</v></c><c r='C3'><f>1/3</f><v>0.30000000000000004</v></c>\
        <c r='D3' s='2'><v>0.5</v></c><c r='E3' t='b'><v>1</v></c><c r='F3' t='inlineStr'><is><t>in &lt;it&gt;</t></is></c></row>";
    let found = sheets(&mut house, "/costs.xlsx", xlsx(sheet));
    assert_eq!(found.iter().map(|sheet| sheet.name.as_str()).collect::<Vec<_>>(), ["Costs", "Empty"]);
    let expected: [&[&str]; 3] =
        [&["Day", "Ferry"], &[], &["2026-03-01", "", "0.3", "50 %", "TRUE", "in <it>"]];
    assert_eq!(rows(&found[0]), expected);
    assert_eq!(found[1].cells.row_count(), 0);
}

#[test]
fn of_a_long_sheet_100_000_rows_are_shown() {
    let mut house = House::new();
    let rows = (1..=120_000).map(|row| format!("<row r='{row}'><c><v>{row}</v></c></row>"));
    let rows = rows.collect::<String>();
    let found = sheets(&mut house, "/long.xlsx", xlsx(&rows));
    assert_eq!(found[0].cells.row_count(), 100_000);
    assert_eq!(found[0].note.as_deref(), Some("The first 100,000 rows"));
    assert_eq!(found[0].cells.cell(99_999, 0), "100000");
}

#[test]
fn an_open_document_workbook_is_its_sheets() {
    let mut house = House::new();
    let body = "<table:table table:name='Tea'><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='2'><text:p>7</text:p></table:table-cell>\
        <table:table-cell table:number-columns-repeated='16000'/></table:table-row>\
        <table:table-row table:number-rows-repeated='2'><table:table-cell/></table:table-row>\
        <table:table-row><table:table-cell/><table:table-cell><text:p>a</text:p><text:p>b</text:p></table:table-cell></table:table-row>\
        <table:table-row table:number-rows-repeated='1048000'><table:table-cell/></table:table-row></table:table>";
    let found = sheets(&mut house, "/tea.ods", odf(body));
    let expected: [&[&str]; 4] = [&["Name", "7", "7"], &[], &[], &["", "a\nb"]];
    assert_eq!((found[0].name.as_str(), rows(&found[0])), ("Tea", expected.map(<[&str]>::to_vec).to_vec()));
    assert_eq!(found[0].note, None);
}

#[test]
fn what_is_in_a_document_beside_its_words_is_not_downloaded() {
    let mut house = House::new();
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    writer.start_file("word/media/film.mp4", stored).unwrap();
    writer.write_all(&vec![7; 40 * 1024 * 1024]).unwrap();
    writer.start_file("word/document.xml", stored).unwrap();
    writer.write_all(format!("<w:document {W}><w:p><w:t>Here</w:t></w:p></w:document>").as_bytes()).unwrap();
    let bytes = writer.finish().unwrap().into_inner();
    assert_eq!(words(&mut house, "/large.docx", bytes), "Here");
}

#[test]
fn locked_damaged_and_empty_documents_say_so() {
    let mut house = House::new();
    let locked =
        "This document is protected by a password. Open it in another program to enter the password.";
    let damaged = "This document is damaged or incomplete.";
    let compound = [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".as_slice(), &[0; 600]].concat();
    let manifest = "<manifest:manifest xmlns:manifest='m'><manifest:file-entry><manifest:encryption-data/>\
                    </manifest:file-entry></manifest:manifest>";
    let whole = docx("<w:p><w:r><w:t>Words</w:t></w:r></w:p>");
    let cases = [
        ("/locked.docx", compound.clone(), locked),
        ("/locked.xlsx", compound, locked),
        ("/locked.odt", package(&[("META-INF/manifest.xml", manifest), ("content.xml", "noise")]), locked),
        ("/text.docx", b"no document".to_vec(), damaged),
        ("/cut.docx", whole[..whole.len() / 2].to_vec(), damaged),
        ("/other.docx", package(&[("a.txt", "a")]), damaged),
        ("/open.docx", package(&[("word/document.xml", "<w:document><w:p><w:t>Words")]), damaged),
        ("/empty.docx", docx("<w:p/>"), "This document has no text."),
    ];
    for (name, bytes, expected) in cases {
        assert_eq!(reason(&mut house, name, bytes), expected, "{name}");
    }
}

#[test]
fn a_document_that_unpacks_without_end_is_bounded() {
    let mut house = House::new();
    let text = "<w:p><w:r><w:t>again and again</w:t></w:r></w:p>".repeat(2_000_000);
    let bytes = docx(&text);
    assert!(bytes.len() < 2 * 1024 * 1024);
    let entry = house.put("/bomb.docx", bytes);
    match preview(&mut house, &entry) {
        PreviewBody::Words { document: MarkdownPreview { source, .. }, is_cut } => {
            assert!(is_cut && source.len() <= 600_000, "{}", source.len());
        }
        other => panic!("its beginning is shown: {other:?}"),
    }
    // One that has no words is given up.
    let bytes = docx(&"<w:p> </w:p>".repeat(6_000_000));
    assert_eq!(reason(&mut house, "/blank.docx", bytes), "This document is damaged or incomplete.");
    let deep = docx(&("<w:p>".repeat(10_000) + &"</w:p>".repeat(10_000)));
    assert_eq!(reason(&mut house, "/deep.docx", deep), "This document is damaged or incomplete.");
}
