//! The large preview.

use super::Script;
use super::inspector::preview;
use crate::action::DialogAction;
use crate::input::{Motion, ZoomStep};
use crate::{Action, Command, WindowEvent};
use coffer_model::Settings;

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
