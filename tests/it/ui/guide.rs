//! The guide: its pages in a dialog.

use super::acts::YEAR;
use super::dialogs::focused;
use super::{Window, light};
use coffer_model::guide::GuidePage;
use coffer_model::markdown::{MarkdownPicture, PictureContent};
use coffer_model::{MarkdownPreview, Pixels};
use coffer_state::dialog::Dialog;
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;
use std::sync::Arc;

/// A page that leads to another one, with a picture, and longer than the window.
pub fn page(page: GuidePage) -> MarkdownPreview {
    let title = match page {
        GuidePage::Sharing => "How others see a file",
        _ => "The first five minutes",
    };
    let days = "The list shows the folder as it is now. A file that is dropped onto it is uploaded and verified.\n\n";
    let source = format!(
        "# {title}\n\nHow others see a file is on [a page of its own](sharing.md). Keys are written as **Ctrl+L**, commands as \
         `coffer ls`.\n\n![The window](../window.png)\n\n## Find your way\n\n- The **side bar** has places\n- The \
         **path** leads to each folder\n\n{}",
        days.repeat(12)
    );
    let (width, height) = (320, 180);
    let rgba = (0..height).flat_map(|y| (0..width).map(move |x| [120, (x / 2) as u8, y as u8, 255]));
    let pixels = Pixels { width, height, rgba: rgba.collect() };
    let picture = MarkdownPicture {
        destination: "../window.png".to_owned(),
        size: Some((320, 180)),
        content: PictureContent::Inside(Arc::new(pixels)),
    };
    MarkdownPreview { source: source.into(), code: Vec::new(), pictures: vec![picture] }
}

fn opened() -> Window {
    let mut window = Window::open_at([1000.0, 640.0], light(), YEAR);
    window.press(Key::F1);
    window.wait(0.3);
    window
}

fn shown(window: &Window) -> GuidePage {
    match &window.state().dialog {
        Some(Dialog::Guide(guide)) => guide.page,
        _ => panic!("the guide is not open"),
    }
}

#[test]
fn f1_opens_the_guide_whose_keys_scroll_it_and_escape_closes_it() {
    let mut window = opened();
    assert_eq!(focused(&window), "Text of First steps");
    let top = |window: &Window| window.harness.get_by_label("Find your way").rect().min.y;
    let before = top(&window);
    window.press(Key::ArrowDown);
    window.wait(0.3);
    assert!(top(&window) < before);
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_link_leads_to_another_page_which_begins_at_its_top() {
    let mut window = opened();
    window.press(Key::ArrowDown);
    window.wait(0.3);
    window.harness.get_by_role_and_label(Role::Link, "a page of its own").click();
    window.settle();
    window.wait(0.3);
    assert_eq!(shown(&window), GuidePage::Sharing);
    let heading = window.harness.get_by_role_and_label(Role::Heading, "How others see a file").rect();
    let tab = window.harness.get_by_role_and_label(Role::Tab, "First steps").rect();
    assert!((heading.min.y - tab.min.y).abs() < 40.0, "{heading} is not beside {tab}");
}

#[test]
fn every_page_is_chosen_by_keyboard() {
    let mut window = opened();
    window.chord(Modifiers::SHIFT, Key::Tab);
    let last = focused(&window);
    window.press(Key::Enter);
    window.wait(0.3);
    assert_eq!((last.as_str(), shown(&window)), ("Privacy", GuidePage::Privacy));
}
