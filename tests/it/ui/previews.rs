//! The inspector and the previews: what they show of files of each kind, by keyboard too.

use super::acts::YEAR;
use super::{Window, light};
use coffer_model::{Job, Settings};
use coffer_state::dialog::Dialog;
use coffer_state::large_preview::LargePreview;
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers, MouseWheelSource, MouseWheelUnit, TouchPhase, ViewportId, vec2};
use egui_kittest::kittest::{NodeT, Queryable};
use std::time::Duration;

const SIZE: [f32; 2] = [1280.0, 800.0];

const DOCUMENT: &str = "Permit application (signed).pdf";

pub fn opened(name: &str) -> Window {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select(name);
    window
}

fn zoom(window: &Window) -> Option<f32> {
    large(window).zoom.chosen
}

#[test]
fn the_inspector_says_what_the_selected_file_is() {
    let window = opened("Fjord at dawn.jpg");
    for label in ["Image Fjord at dawn.jpg", "JPEG image · 4.8 MB", "3072 × 2046", "4,800,000 bytes"] {
        assert!(window.harness.query_by_label(label).is_some(), "{label}");
    }
    let window = opened("Crossing the glacier.mp4");
    let card = "Video · 96.4 MB. No preview for this kind of file.";
    assert!(window.harness.query_by_label(card).is_some());
}

#[test]
fn the_content_hash_can_be_copied() {
    let mut window = opened("Fjord at dawn.jpg");
    window.click("More");
    window.harness.get_by_label("Copy content hash").click();
    let hash = super::made_up::content_hash("/Photos/2026/Fjord at dawn.jpg");
    assert_eq!(window.copied(), hash);
}

#[test]
fn several_selected_items_are_summed_up_and_nothing_selected_is_the_folder() {
    let mut window = opened("Fjord at dawn.jpg");
    window.command(Command::SelectAll);
    assert!(window.harness.query_by_role_and_label(Role::Heading, "18 items selected").is_some());
    assert!(window.harness.query_by_label("15 files, 3 folders · 460 MB").is_some());
    window.command(Command::ClearSelection);
    assert!(window.harness.query_by_role_and_label(Role::Heading, "2026").is_some());
    assert!(window.harness.query_by_label("18 items · 460 MB").is_some());
}

/// The value of the only node with this role and name.
fn value_of(window: &Window, role: Role, name: &str) -> String {
    window.harness.get_by_role_and_label(role, name).accesskit_node().value().unwrap_or_default()
}

#[test]
fn a_text_shows_only_its_rows_in_sight_and_can_be_copied_as_a_whole() {
    let mut window = opened("Budget.csv");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window.click("Text");
    let text = |window: &Window| value_of(window, Role::Document, "Text of Budget.csv");
    assert!(text(&window).starts_with("Day;What for;Cost;State\n2026-00000;"));
    assert!(text(&window).lines().count() < 60, "{}", text(&window));

    window.harness.get_by_role_and_label(Role::Document, "Text of Budget.csv").click();
    window.settle();
    window.press(Key::End);
    window.wait(0.4);
    assert!(text(&window).contains("2026-08999"), "{}", text(&window));
    window.chord(Modifiers::COMMAND, Key::A);
    window.harness.event(Event::Copy);
    let copied = window.copied();
    assert_eq!(copied.lines().count(), 9001);
    // The row stays what it was: copying was meant for the text.
    assert!(window.state().clipboard.is_empty());
}

#[test]
fn a_table_shows_its_rows_in_sight_and_scrolls_by_keys() {
    let mut window = opened("Budget.csv");
    let table = |window: &Window| value_of(window, Role::Table, "Table of Budget.csv");
    assert!(table(&window).starts_with("2026-00000\tHut at the foot"), "{}", table(&window));
    assert!(says(&window, "The first 406 KB of 200 MB"));
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let large = |window: &Window| {
        let tables = window.harness.get_all_by_role_and_label(Role::Table, "Table of Budget.csv");
        tables.last().and_then(|node| node.accesskit_node().value()).unwrap_or_default()
    };
    assert!(large(&window).lines().count() < 60);
    window.press(Key::End);
    window.wait(0.5);
    assert!(large(&window).contains("2026-08999"), "{}", large(&window));
    window.press(Key::Home);
    window.wait(0.5);
    assert!(large(&window).starts_with("2026-00000"), "{}", large(&window));
}

#[test]
fn an_archive_is_a_tree_of_what_is_in_it() {
    let mut window = opened("Archive 2025.zip");
    assert_eq!(
        window.harness.get_all_by_label("8 files, 298 MB unpacked").count(),
        2,
        "below it, and in the details"
    );
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let tables = window.harness.get_all_by_role_and_label(Role::Table, "Table of Archive 2025.zip");
    let value = tables.last().and_then(|node| node.accesskit_node().value()).unwrap_or_default();
    assert!(value.contains("Expedition 2025/Route.pdf\t880 KB\t812 KB"), "{value}");
    // There is no text to go over to.
    assert!(window.harness.query_by_role_and_label(Role::Button, "Text").is_none());
}

#[test]
fn a_photograph_tells_how_and_where_it_was_taken() {
    let mut window = opened("Kayaks.jpg");
    let exposure = "1/250 s · f/2.8 · ISO 400 · 35 mm";
    for label in ["Canon EOS R6", "RF35mm F1.8 MACRO IS STM", exposure, "57.1203° N, 8.6097° E"] {
        assert!(says(&window, label), "{label}");
    }
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let title = format!(" of 15 · Canon EOS R6 · {exposure}");
    assert!(window.harness.query_by_label_contains(&title).is_some());
}

#[test]
fn the_words_of_a_document_are_said_to_be_without_layout() {
    let mut window = opened("Letter.docx");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    assert!(window.harness.get_all_by_role_and_label(Role::Heading, "Crossing to Hanstholm").count() >= 1);
    assert!(window.harness.get_all_by_label("Text only: the layout is not shown").count() >= 1);
}

#[test]
fn a_file_without_a_preview_can_be_opened_and_downloaded_where_that_is_said() {
    let mut window = opened("Crossing the glacier.mp4");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let count = |label: &str| window.harness.get_all_by_role_and_label(Role::Button, label).count();
    assert!(count("Download") >= 1 && count("Open") >= 2);
}

#[test]
fn words_are_found_in_a_text_by_keys() {
    let mut window = opened("ascent.rs");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window.chord(Modifiers::COMMAND, Key::F);
    window.harness.event(Event::Text("LET".to_owned()));
    window.settle();
    let count = |window: &Window| {
        let node = window.harness.get_by_label_contains("Matches: ");
        node.accesskit_node().label().unwrap_or_default()
    };
    let first = count(&window);
    assert!(first.starts_with("Matches: 1 of "), "{first}");
    window.press(Key::Enter);
    assert!(count(&window).starts_with("Matches: 2 of "), "{}", count(&window));
    window.chord(Modifiers::SHIFT, Key::Enter);
    assert_eq!(count(&window), first);
    // Escape closes the field, and not the preview; the keys are those of the preview again.
    window.press(Key::Escape);
    window.wait(0.2);
    assert!(window.harness.query_by_label_contains("Matches: ").is_none());
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Preview of ascent.rs").is_some());
    window.press(Key::ArrowRight);
    window.wait(0.3);
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Preview of Budget.csv").is_some());
}

#[test]
fn a_place_far_below_is_brought_into_sight() {
    let mut window = opened("Budget.csv");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window.click("Text");
    window.click("Find in text");
    window.harness.event(Event::Text("2026-08123".to_owned()));
    window.settle();
    window.wait(0.3);
    let text = value_of(&window, Role::Document, "Text of Budget.csv");
    assert!(text.contains("2026-08123"), "{text}");
    assert!(!text.contains("2026-00000"), "{text}");
}

#[test]
fn long_lines_are_wrapped_or_kept() {
    let mut window = opened("Read me first.txt");
    window.command(Command::QuickPreview);
    window.wait(0.3);
    let rows = |window: &Window| {
        let texts = window.harness.get_all_by_role_and_label(Role::Document, "Text of Read me first.txt");
        texts.last().and_then(|node| node.accesskit_node().value()).unwrap_or_default().lines().count()
    };
    let wrapped = rows(&window);
    window.click("Wrap long lines");
    window.wait(0.2);
    assert!(rows(&window) < wrapped, "{} {wrapped}", rows(&window));
}

#[test]
fn dragging_over_a_text_selects_what_lies_between() {
    let mut window = opened("Read me first.txt");
    let rect = window.harness.get_by_role_and_label(Role::Document, "Text of Read me first.txt").rect();
    let from = rect.min + vec2(37.0, 20.0);
    window.drag_points(from, from + vec2(400.0, 2.0), Modifiers::NONE);
    window.harness.event(Event::Copy);
    assert_eq!(window.copied(), "Welcome to Coffer.");
}

#[test]
fn markdown_is_shown_as_it_is_meant() {
    let mut window = opened("Field notes.md");
    window.command(Command::QuickPreview);
    let heading = window.harness.get_all_by_role_and_label(Role::Heading, "What to bring").last().unwrap();
    assert_eq!(heading.accesskit_node().data().level(), Some(2));
    let link = window.harness.query_by_role_and_label(Role::Link, "the forecast");
    assert!(link.is_some());
    assert!(window.harness.query_by_label_contains("[image: Camp at the saddle]").is_some());
}

#[test]
fn markdown_is_scrolled_to_its_end_and_no_further() {
    let mut window = opened("Field notes.md");
    window.harness.set_size(vec2(700.0, 420.0));
    window.command(Command::QuickPreview);
    let page = window.harness.get_all_by_label("Text of Field notes.md").last().unwrap().rect();
    window.harness.hover_at(page.center());
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, -9_000.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.wait(0.5);
    let last = window.harness.get_all_by_label_contains("地図は北部").last().unwrap().rect();
    let below = page.max.y - last.max.y;
    assert!((0.0..=40.0).contains(&below), "{below} points are free below the last line");
}

#[test]
fn space_shows_a_file_large_and_arrows_go_to_the_next() {
    let mut window = opened("Fjord at dawn.jpg");
    window.press(Key::Space);
    window.wait(0.3);
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Preview of Fjord at dawn.jpg").is_some());
    assert!(window.harness.query_by_label("Fjord at dawn.jpg, 4.8 MB · 1 of 15").is_some());
    window.press(Key::ArrowRight);
    window.press(Key::ArrowRight);
    window.wait(0.3);
    assert!(window.harness.query_by_label("Mount Reva.webp, 1.1 MB · 3 of 15").is_some());
    window.press(Key::ArrowLeft);
    window.wait(0.3);
    assert!(window.harness.query_by_label_contains("2 of 15").is_some());
    window.press(Key::Space);
    assert!(window.state().dialog.is_none());
}

#[test]
fn a_picture_is_zoomed_by_keys_wheel_and_buttons() {
    let mut window = opened("Fjord at dawn.jpg");
    window.command(Command::QuickPreview);
    assert_eq!(zoom(&window), None);
    window.press(Key::Num1);
    assert_eq!(zoom(&window), Some(1.0));
    window.press(Key::Plus);
    assert_eq!(zoom(&window), Some(1.25));
    assert!(window.harness.query_by_label("Zoom 125 %").is_some());
    window.press(Key::Num0);
    assert_eq!(zoom(&window), None);
    window.click("Zoom in");
    assert!(zoom(&window).is_some_and(|zoom| zoom > 0.3 && zoom < 0.6), "{:?}", zoom(&window));
    let before = zoom(&window).unwrap();
    window.harness.hover_at(eframe::egui::pos2(640.0, 400.0));
    window.harness.event(Event::MouseWheel {
        unit: MouseWheelUnit::Point,
        delta: vec2(0.0, 120.0),
        phase: TouchPhase::Move,
        source: MouseWheelSource::Wheel,
        modifiers: Modifiers::NONE,
    });
    window.wait(0.5);
    assert!(zoom(&window).is_some_and(|zoom| zoom > before * 1.3), "{:?}", zoom(&window));
}

#[test]
fn a_button_reached_by_tab_is_pressed_by_enter_in_the_large_preview() {
    let mut window = opened("Fjord at dawn.jpg");
    window.command(Command::QuickPreview);
    for _ in 0..12 {
        window.press(Key::Tab);
        if window.harness.get_by_label("Zoom in").accesskit_node().is_focused() {
            break;
        }
    }
    assert!(window.harness.get_by_label("Zoom in").accesskit_node().is_focused());
    window.press(Key::Enter);
    assert!(zoom(&window).is_some());
    window.press(Key::Escape);
    assert!(window.state().dialog.is_none());
}

/// How long egui would sleep now.
fn sleep(window: &Window) -> Duration {
    window.harness.output().viewport_output[&ViewportId::ROOT].repaint_delay
}

#[test]
fn a_moving_picture_is_drawn_again_when_its_next_frame_is_due_and_not_before() {
    let folder = "/Photos/Albums/Moving";
    let mut window = Window::open_at(SIZE, light(), folder);
    window.select("Waves.gif");
    window.harness.run();
    let delay = sleep(&window);
    assert!(delay > Duration::from_millis(20) && delay <= Duration::from_millis(200), "{delay:?}");

    let settings = Settings { reduced_motion: true, ..light() };
    let mut window = Window::open_at(SIZE, settings, folder);
    window.select("Waves.gif");
    window.wait(2.0);
    assert!(sleep(&window) > Duration::from_secs(5), "{:?}", sleep(&window));
}

#[test]
fn nothing_is_drawn_while_nothing_happens() {
    for name in ["Fjord at dawn.jpg", "Field notes.md", "ascent.rs", DOCUMENT] {
        let mut window = opened(name);
        window.wait(2.0);
        assert!(sleep(&window) > Duration::from_secs(5), "{name}: {:?}", sleep(&window));
        window.act(Action::Command(Command::QuickPreview));
        window.wait(2.0);
        assert!(sleep(&window) > Duration::from_secs(5), "{name}, large: {:?}", sleep(&window));
    }
}

/// The large preview of a document of 311 pages.
fn open_document() -> Window {
    let mut window = opened(DOCUMENT);
    window.command(Command::QuickPreview);
    window.wait(0.5);
    window
}

pub fn says(window: &Window, label: &str) -> bool {
    window.harness.query_by_label(label).is_some()
}

#[test]
fn the_details_of_a_document_have_its_first_page_and_its_length() {
    let window = opened(DOCUMENT);
    assert!(says(&window, &format!("First page of {DOCUMENT}")));
    assert!(says(&window, "311 pages"));
}

#[test]
fn keys_go_through_the_pages_of_a_document() {
    let mut window = open_document();
    assert!(says(&window, "Page 1 of 311"));
    window.press(Key::Num0);
    window.wait(0.3);
    for (key, page) in
        [(Key::PageDown, 2), (Key::PageDown, 3), (Key::PageUp, 2), (Key::End, 311), (Key::Home, 1)]
    {
        window.press(key);
        window.wait(0.3);
        assert!(says(&window, &format!("Page {page} of 311")), "{key:?} to {page}");
    }
    // An arrow scrolls a little, and goes to no other file.
    window.press(Key::ArrowDown);
    window.wait(0.3);
    assert!(says(&window, "Page 1 of 311"));
}

#[test]
fn a_document_is_zoomed_and_fitted_by_keys() {
    let mut window = open_document();
    assert_eq!(zoom(&window), None);
    window.press(Key::Num1);
    assert_eq!(zoom(&window), Some(1.0));
    window.press(Key::Plus);
    assert_eq!(zoom(&window), Some(1.25));
    window.press(Key::Num2);
    assert_eq!(zoom(&window), None);
    window.wait(0.3);
    let fits_width = large(&window).zoom.fit;
    window.press(Key::Num0);
    window.wait(0.3);
    let fits_page = large(&window).zoom.fit;
    assert!(fits_page < 0.7 && fits_width > 1.2, "{fits_page} {fits_width}");
}

#[test]
fn ctrl_and_the_wheel_zoom_a_document_and_its_page_stays() {
    let mut window = open_document();
    for _ in 0..12 {
        window.press(Key::PageDown);
        window.wait(0.2);
    }
    let page = large_page(&window);
    assert!(page > 4, "{page}");
    let before = large(&window).zoom.now();
    window.harness.hover_at(eframe::egui::pos2(640.0, 400.0));
    window.harness.event(Event::Zoom(1.5));
    window.wait(0.5);
    assert!((large(&window).zoom.now() / before - 1.5).abs() < 0.01);
    assert!(large_page(&window).abs_diff(page) <= 1, "{} after {page}", large_page(&window));
}

#[test]
fn only_the_pages_in_sight_and_their_neighbours_are_drawn() {
    let mut window = open_document();
    window.press(Key::End);
    window.wait(0.5);
    let mut drawn: Vec<u32> = window
        .account
        .jobs
        .iter()
        .filter_map(|job| match job {
            Job::PagePart { part, .. } => Some(part.page),
            _ => None,
        })
        .collect();
    drawn.sort_unstable();
    drawn.dedup();
    assert!(drawn.contains(&0) && drawn.contains(&310), "{drawn:?}");
    assert!(drawn.len() <= 6, "{drawn:?}");
}

fn large(window: &Window) -> &LargePreview {
    match &window.state().dialog {
        Some(Dialog::LargePreview(large)) => large,
        _ => panic!("no large preview"),
    }
}

/// Which page is in sight, as the window says.
fn large_page(window: &Window) -> usize {
    let label = (1..=311).find(|page| says(window, &format!("Page {page} of 311")));
    label.expect("a page is in sight")
}
