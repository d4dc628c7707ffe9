//! A picture that has more pixels than its preview is shown with all of them where it is looked at closely.

use super::acts::YEAR;
use super::{Window, light, plain};
use coffer_model::{Job, PagePart};
use coffer_state::dialog::Dialog;
use coffer_state::page_parts::PartState;
use coffer_state::{Action, Command};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

fn asked_for(window: &Window) -> Vec<PagePart> {
    let part = |job: &Job| match job {
        Job::PagePart { part, .. } => Some(*part),
        _ => None,
    };
    window.account.jobs.iter().filter_map(part).collect()
}

fn is_ready(window: &Window, part: PagePart) -> bool {
    let Some(Dialog::LargePreview(large)) = &window.state().dialog else { return false };
    matches!(large.parts.state_of(part), PartState::Ready(_))
}

#[test]
fn a_large_picture_gets_its_own_pixels_at_full_size() {
    let mut window = Window::open_at([1280.0, 800.0], light(), YEAR);
    window.select("Fjord at dawn.jpg");
    window.command(Command::QuickPreview);
    window.wait(0.4);
    // All of it fits, and its preview has more pixels than the screen.
    assert!(asked_for(&window).is_empty());
    window.press(Key::Num1);
    window.wait(0.4);
    let parts = asked_for(&window);
    // The middle of 3,000 pixels is in the two columns.
    let columns: Vec<u32> = parts.iter().map(|part| part.column).collect();
    assert!(columns.contains(&0) && columns.contains(&1), "{parts:?}");
    assert!(parts.iter().all(|part| part.page_width == 3000 && is_ready(&window, *part)), "{parts:?}");
    // What is there is not asked for again.
    window.press(Key::Num0);
    window.wait(0.4);
    window.press(Key::Num1);
    window.wait(0.4);
    assert_eq!(asked_for(&window).len(), parts.len());
}

#[test]
fn a_preview_that_takes_long_says_that_it_is_on_its_way() {
    let mut window = Window::open_at([1280.0, 800.0], plain(), YEAR);
    window.account.silent = true;
    window.select("Crossing the glacier.mp4");
    window.harness.state_mut().act(Action::Command(Command::QuickPreview));
    window.harness.run_steps(30);
    let says =
        |window: &Window| window.harness.query_by_role_and_label(Role::Status, "Loading 96.4 MB…").is_some();
    assert!(!says(&window), "most are there by then");
    window.jump(1.5);
    window.settle();
    assert!(says(&window));
}
