//! What pages say: which are asked for, in which order, and when no more.

use super::Script;
use super::entry;
use crate::WindowEvent;
use crate::action::Action;
use crate::command::Command;
use crate::page_texts::WantedTexts;
use coffer_model::preview::{PageSize, PagesPreview, PreviewBody};
use coffer_model::{PageArea, PageGlyph, PageText, Preview, Recovery, Rev, Update};
use std::ops::Range;
use std::sync::Arc;

/// The large preview of a PDF file with this many pages.
fn pdf(pages: usize) -> Script {
    let mut script = Script::at_home("a.pdf b.pdf");
    script.click(0).command(Command::QuickPreview);
    let pages = vec![PageSize { width: 1000.0, height: 1000.0 }; pages].into();
    let body =
        PreviewBody::Pages(PagesPreview { pages, first_page: None, has_paper: true, can_have_text: true });
    let path = entry("/", "a.pdf").path;
    let update = Update::Preview(Arc::new(Preview { path, rev: Rev("1".into()), body }));
    script.update("preview a.pdf@1", update).done("preview a.pdf@1");
    script
}

fn want(in_sight: Range<u32>, all: bool) -> WindowEvent {
    WindowEvent::WantedTexts(WantedTexts { in_sight, all })
}

/// Pages of so many letters each.
fn texts(first_page: u32, pages: usize, letters: usize) -> Update {
    let glyph = PageGlyph { start: 0, bytes: 1, area: PageArea::from_shares([0.0; 4]) };
    let text = Arc::new(PageText { text: "a".into(), glyphs: vec![glyph; letters].into() });
    Update::PageTexts { first_page, texts: vec![text; pages] }
}

#[test]
fn the_pages_in_sight_come_first_then_those_behind_and_then_those_before() {
    let mut script = pdf(9);
    script.check_jobs("").window(want(3..5, true)).check_jobs("text of pages 4-5 of a.pdf");
    script.update("text of pages 4-5 of a.pdf", texts(3, 2, 1)).done("text of pages 4-5 of a.pdf");
    script.check_jobs("text of pages 6-9 of a.pdf");
    script.update("text of pages 6-9 of a.pdf", texts(5, 4, 1)).done("text of pages 6-9 of a.pdf");
    script.check_jobs("text of pages 1-3 of a.pdf");
    script.update("text of pages 1-3 of a.pdf", texts(0, 3, 1)).done("text of pages 1-3 of a.pdf");
    script.check_jobs("").window(want(0..2, false)).check_jobs("");
}

#[test]
fn where_somebody_has_scrolled_to_is_read_before_the_rest_goes_on() {
    let mut script = pdf(900);
    script.window(want(0..1, true)).update("text of pages 1-1 of a.pdf", texts(0, 1, 1));
    script.done("text of pages 1-1 of a.pdf").update("text of pages 2-900 of a.pdf", texts(1, 50, 1));
    // What is on its way already is waited for.
    script.window(want(60..62, true)).check_jobs("text of pages 2-900 of a.pdf");
    script.window(want(700..702, true));
    assert_eq!(script.cancelled, ["text of pages 2-900 of a.pdf"]);
    script.check_jobs("text of pages 701-702 of a.pdf").window(want(700..702, false));
    script.done("text of pages 701-702 of a.pdf").check_jobs("");
}

#[test]
fn a_document_that_cannot_be_read_is_asked_for_once() {
    let mut script = pdf(3);
    script
        .window(want(0..1, true))
        .fail("text of pages 1-1 of a.pdf", super::problem("Trouble", Recovery::Offline));
    script.check_jobs("").window(want(1..2, true)).check_jobs("");
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert!(large.texts.has_nothing());
}

#[test]
fn a_scanned_document_has_nothing_when_all_of_its_pages_were_read() {
    let mut script = pdf(2);
    script.window(want(0..2, true)).update("text of pages 1-2 of a.pdf", texts(0, 1, 0));
    assert!(!script.state.large_preview_mut().unwrap().0.texts.has_nothing());
    script.update("text of pages 1-2 of a.pdf", texts(1, 1, 0));
    assert!(script.state.large_preview_mut().unwrap().0.texts.has_nothing());
}

#[test]
fn a_bound_ends_the_reading_and_so_does_the_end_of_the_preview() {
    let mut script = pdf(9_000);
    script.window(want(0..1, true)).update("text of pages 1-1 of a.pdf", texts(0, 1, 10));
    script.done("text of pages 1-1 of a.pdf").update("text of pages 2-9000 of a.pdf", texts(1, 40, 100_000));
    assert_eq!(script.cancelled, ["text of pages 2-9000 of a.pdf"]);
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert_eq!((large.texts.is_full(), large.texts.known_count()), (true, 41));

    let mut script = pdf(9);
    script
        .window(want(0..1, true))
        .check_jobs("text of pages 1-1 of a.pdf")
        .act(Action::CloseDialog)
        .check_jobs("");
    assert_eq!(script.cancelled, ["text of pages 1-1 of a.pdf"]);
}
