//! The large preview.

use super::Script;
use super::{entry, inspector::preview};
use crate::action::DialogAction;
use crate::dialog::Dialog;
use crate::input::{Motion, ZoomStep};
use crate::{Action, Command, WindowEvent};
use coffer_model::preview::{PageSize, PagesPreview, PictureFacts, Preview, PreviewBody};
use coffer_model::{Outcome, PagePart, Pixels, Recovery, Rev, Settings, Update};
use std::sync::Arc;

fn opened() -> Script {
    let mut script = Script::at_home("Docs/ a.png More/ b.png c.png");
    script.click(1).command(Command::QuickPreview);
    script
}

#[test]
fn space_opens_and_closes_it() {
    let mut script = opened();
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png fit]").check_jobs("preview a.png@1");
    script.update("preview a.png@1", preview("a.png", "1")).done("preview a.png@1");
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png fit ready]");
    script.command(Command::QuickPreview).check("/: Docs/ >*a.png More/ b.png c.png");
    script.click(0);
    assert!(!Command::QuickPreview.is_enabled(&script.state), "a folder has none");
}

#[test]
fn what_is_shown_without_being_selected_is_selected_for_the_buttons_of_the_preview() {
    let mut script = Script::at_home("a.png b.png");
    script.click(0).command(Command::ClearSelection).command(Command::QuickPreview);
    script.check("/: >*a.png b.png dialog[large a.png fit]");
    assert!(Command::Download.is_enabled(&script.state));
}

#[test]
fn arrows_go_to_the_next_file_and_take_the_cursor_along() {
    let mut script = opened();
    script.press(Motion::Right).check("/: Docs/ a.png More/ >*b.png c.png dialog[large b.png fit]");
    assert_eq!(script.cancelled, ["preview a.png@1"]);
    script.press(Motion::Down).check_jobs("").wait(0.08).check_jobs("preview c.png@1");
    script.press(Motion::Right).check("/: Docs/ a.png More/ b.png >*c.png dialog[large c.png fit]");
    script.press(Motion::Left).press(Motion::Left);
    script.act(Action::Dialog(DialogAction::Previous));
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png fit]");
}

/// A picture that is there.
fn picture(name: &str) -> Update {
    let Update::Preview(preview) = preview(name, "1") else { panic!("a preview") };
    let facts = PictureFacts::default();
    let body = PreviewBody::Picture { frames: Vec::new(), width: 9, height: 9, facts };
    Update::Preview(Arc::new(Preview { body, ..(*preview).clone() }))
}

#[test]
fn pictures_beside_the_one_that_is_shown_are_prepared() {
    let mut script = Script::at_home("Docs/ a.png b.png c.txt d.png");
    script.click(2).command(Command::QuickPreview);
    script.update("preview b.png@1", picture("b.png")).done("preview b.png@1");
    script.check_jobs("preview a.png@1");
    script.press(Motion::Right);
    assert_eq!(script.cancelled, ["preview a.png@1"], "another is shown");
}

#[test]
fn the_film_strip_goes_to_any_file_and_is_remembered() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::ToggleFilmStrip));
    assert!(script.state.settings.film_strip);
    script.act(Action::Dialog(DialogAction::ShowRow(4)));
    script.check("/: Docs/ a.png More/ b.png >*c.png dialog[large c.png fit]");
}

#[test]
fn f11_fills_the_screen_and_leaves_it_again_also_in_the_preview() {
    let mut script = opened();
    script.command(Command::ToggleFullScreen);
    assert!(script.state.dialog.is_some() && script.is_full_screen);
    script.command(Command::QuickPreview).command(Command::ToggleFullScreen);
    assert!(!script.is_full_screen);
}

#[test]
fn a_zoom_that_is_asked_for_while_the_picture_loads_is_kept() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::Zoom(ZoomStep::Actual)));
    script.update("preview a.png@1", picture("a.png")).window(WindowEvent::FitZoom(0.2));
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png 1.00 ready]");
}

#[test]
fn zoom_starts_from_what_fits_and_ends_with_the_file() {
    let mut script = opened();
    script.window(WindowEvent::FitZoom(0.5)).command(Command::ZoomIn);
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png 0.62]");
    script.act(Action::Dialog(DialogAction::Zoom(ZoomStep::Actual))).command(Command::ZoomOut);
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png 0.80]");
    script.act(Action::Dialog(DialogAction::Zoom(ZoomStep::To(1000.0))));
    script.check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png 32.00]");
    script.command(Command::ZoomReset).check("/: Docs/ >*a.png More/ b.png c.png dialog[large a.png fit]");
    script.command(Command::ZoomIn).press(Motion::Right);
    script.check("/: Docs/ a.png More/ >*b.png c.png dialog[large b.png fit]");
}

#[test]
fn the_inspector_under_it_asks_for_nothing_until_it_closes() {
    let mut script = Script::with(Settings::default());
    script.list("/", "a.png b.png").click(0).command(Command::QuickPreview).press(Motion::Right).wait(1.0);
    script.check_jobs("preview b.png@1");
    assert_eq!(script.state.next_tick_secs(), None);
    script.act(Action::CloseDialog).check_jobs("");
    assert_eq!(script.state.next_tick_secs(), Some(0.0));
    script.wait(0.0).check_jobs("preview b.png@1");
}

#[test]
fn a_file_that_is_gone_leaves_the_first_of_the_rest() {
    let mut script = opened();
    script.update("session Local", coffer_model::Update::Changed { folders: None });
    script.list("/", "Docs/ b.png").press(Motion::Right).check("/: Docs/ >*b.png dialog[large b.png fit]");
}

/// The large preview of a PDF file with this many pages, of which a page in `part` is as large as can be.
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

fn part(page: u32, page_width: u32) -> PagePart {
    PagePart { page, page_width, column: 0, row: 0 }
}

fn drawn(part: PagePart) -> Update {
    let side = part.page_width as usize;
    let pixels = Pixels { width: side, height: side, rgba: vec![[255; 4]; side * side] };
    Update::PagePart { part, pixels: Some(Arc::new(pixels)) }
}

/// Answers what is asked for until nothing is.
fn draw_all(script: &mut Script, parts: &[PagePart]) {
    for part in parts {
        let job = format!("page {} of a.pdf {} wide", part.page + 1, part.page_width);
        script.check_jobs(&job).update(&job, drawn(*part)).done(&job);
    }
    script.check_jobs("");
}

#[test]
fn pages_are_drawn_one_after_the_other_in_the_order_of_need() {
    let mut script = pdf(9);
    script.check_jobs("").window(WindowEvent::PartsInSight(vec![part(3, 10), part(4, 10), part(2, 10)]));
    draw_all(&mut script, &[part(3, 10), part(4, 10), part(2, 10)]);
    // What is there is not asked for again.
    script.window(WindowEvent::PartsInSight(vec![part(4, 10), part(5, 10)]));
    draw_all(&mut script, &[part(5, 10)]);
}

#[test]
fn a_page_that_is_scrolled_past_is_cancelled_and_one_in_sight_is_not() {
    let mut script = pdf(9);
    script.window(WindowEvent::PartsInSight(vec![part(0, 10), part(1, 10)]));
    script.window(WindowEvent::PartsInSight(vec![part(1, 10), part(0, 10)]));
    assert!(script.cancelled.is_empty());
    script.window(WindowEvent::PartsInSight(vec![part(7, 10)]));
    assert_eq!(script.cancelled, ["page 1 of a.pdf 10 wide"]);
    script.check_jobs("page 8 of a.pdf 10 wide").act(Action::CloseDialog).check_jobs("");
}

#[test]
fn a_page_that_could_not_be_drawn_is_asked_for_once() {
    let mut script = pdf(2);
    script.window(WindowEvent::PartsInSight(vec![part(0, 10), part(1, 10)]));
    script.fail("page 1 of a.pdf 10 wide", super::problem("Trouble", Recovery::Offline));
    draw_all(&mut script, &[part(1, 10)]);
    script.window(WindowEvent::PartsInSight(vec![part(0, 10)])).check_jobs("");
    script.window(WindowEvent::PartsInSight(vec![part(0, 20)])).check_jobs("page 1 of a.pdf 20 wide");
    script.finish("page 1 of a.pdf 20 wide", Outcome::Cancelled).check_jobs("");
}

#[test]
fn the_pages_that_were_seen_last_are_kept_within_a_bound() {
    let mut script = pdf(20);
    // 16 MB each: the bound takes eight.
    let large = |page| part(page, 2048);
    for page in 0..10 {
        script.window(WindowEvent::PartsInSight(vec![large(page)]));
        draw_all(&mut script, &[large(page)]);
    }
    script.window(WindowEvent::PartsInSight(vec![large(2)])).check_jobs("");
    script.window(WindowEvent::PartsInSight(vec![large(1)])).check_jobs("page 2 of a.pdf 2048 wide");
    // More than the bound can't be wanted at once.
    script.window(WindowEvent::PartsInSight((0..20).map(large).collect()));
    for _ in 0..20 {
        let Some(job) = script.jobs_list().into_iter().find(|job| job.starts_with("page ")) else { break };
        let page = job.split(' ').nth(1).unwrap().parse::<u32>().unwrap() - 1;
        assert!(page < 8, "{job}");
        script.update(&job, drawn(large(page))).done(&job);
    }
    script.check_jobs("");
}

#[test]
fn pages_fit_by_their_width_until_the_whole_page_is_asked_for() {
    let mut script = pdf(1);
    let mut fits_width = |step| {
        script.act(Action::Dialog(DialogAction::Zoom(step)));
        let (large, _) = script.state.large_preview_mut().unwrap();
        (large.zoom.fits_width, large.zoom.chosen)
    };
    assert_eq!(fits_width(ZoomStep::Actual), (true, Some(1.0)));
    assert_eq!(fits_width(ZoomStep::Fit), (false, None));
    assert_eq!(fits_width(ZoomStep::FitWidth), (true, None));
}

#[test]
fn what_is_shown_large_can_be_downloaded_and_shared_and_has_versions() {
    let mut script = opened();
    for command in [Command::Download, Command::Share, Command::Versions] {
        assert!(command.is_enabled(&script.state), "{command:?}");
    }
    assert!(!Command::Delete.is_enabled(&script.state));
    script.command(Command::Versions);
    assert!(matches!(script.state.dialog, Some(Dialog::Versions(_))));
}

#[test]
fn a_table_that_is_shown_as_text_stays_so_for_the_next_one() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::ShowTableAsText(true))).press(Motion::Right);
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert_eq!((large.entry.name(), large.shows_table_as_text), ("b.png", true));
}

#[test]
fn the_next_workbook_begins_with_its_first_sheet() {
    let mut script = opened();
    script.act(Action::Dialog(DialogAction::ShowSheet(2)));
    assert_eq!(script.state.large_preview_mut().unwrap().0.sheet, 2);
    script.press(Motion::Right);
    let (large, _) = script.state.large_preview_mut().unwrap();
    assert_eq!((large.entry.name(), large.sheet), ("b.png", 0));
}

#[test]
fn parts_of_a_large_picture_are_asked_for_and_end_with_it() {
    let mut script = opened();
    let body = PreviewBody::Picture {
        frames: Vec::new(),
        width: 6000,
        height: 4000,
        facts: PictureFacts::default(),
    };
    let update =
        Update::Preview(Arc::new(Preview { path: entry("/", "a.png").path, rev: Rev("1".into()), body }));
    script.update("preview a.png@1", update).done("preview a.png@1");
    script.done("preview b.png@1").check_jobs("").window(WindowEvent::PartsInSight(vec![part(0, 6000)]));
    script.check_jobs("page 1 of a.png 6000 wide").press(Motion::Right);
    assert_eq!(script.cancelled, ["page 1 of a.png 6000 wide"]);
}
