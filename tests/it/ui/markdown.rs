//! Markdown in the large preview: its links, footnotes and pictures.

use super::acts::YEAR;
use super::made_up::file;
use super::previews::opened;
use super::{Window, contents};
use coffer_model::markdown::{CodeColors, MarkdownPicture, PictureContent};
use coffer_model::{Job, MarkdownPreview, PreviewBody};
use coffer_state::Command;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

/// A text with everything that leads somewhere, and so long that not all of it is in sight.
pub fn guide() -> PreviewBody {
    let mut source = "# Guide to the fjord\n\nThe north side[^north] is shown in [the permit](Permit%20application%20\
                      (signed).pdf), the rest [below](#what-is-left) or on [the web](https://example.org/map).\n\n\
                      ![Kayaks on the beach](Kayaks.jpg)\n\n```rust\nlet height = 44_330.0; // metres\n```\n\n"
        .to_owned();
    source.push_str(&"One more day of rain, with nothing to be seen but the tent.\n\n".repeat(40));
    source.push_str("## What is left\n\nA dry pair of socks.\n\n[^north]: As of August, with all its ice.\n");
    let code = CodeColors {
        start: source.find("```rust").unwrap(),
        spans: contents::rust_spans("let height = 44_330.0; // metres\n"),
    };
    let picture = MarkdownPicture {
        destination: "Kayaks.jpg".to_owned(),
        size: Some((3000, 2000)),
        content: PictureContent::File(file(&format!("{YEAR}/Kayaks.jpg"), 3_900_000, 100)),
    };
    PreviewBody::Markdown(MarkdownPreview {
        source: source.into(),
        code: vec![code],
        pictures: vec![picture],
    })
}

fn guide_in_large_preview() -> Window {
    let mut window = opened("Budget.csv");
    window.account.preview = Some(guide());
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window
}

fn is_in_sight(window: &Window, label: &str) -> bool {
    window.harness.query_all_by_label(label).any(|node| node.rect().max.y < 780.0 && node.rect().min.y > 60.0)
}

fn follow(window: &mut Window, link: &str) {
    window.harness.get_by_role_and_label(Role::Link, link).click();
    window.settle();
    window.wait(0.1);
}

#[test]
fn a_footnote_is_one_press_away_and_so_is_the_way_back() {
    let mut window = guide_in_large_preview();
    let (note, text) = ("As of August, with all its ice. ↑", "Guide to the fjord");
    assert!(!is_in_sight(&window, note) && is_in_sight(&window, text));
    follow(&mut window, "¹");
    assert!(is_in_sight(&window, note) && !is_in_sight(&window, text));
    follow(&mut window, "↑");
    assert!(window.harness.query_by_role_and_label(Role::Link, "the permit").is_some());
}

#[test]
fn a_link_to_a_heading_goes_there() {
    let mut window = guide_in_large_preview();
    follow(&mut window, "below");
    assert!(is_in_sight(&window, "What is left"));
}

#[test]
fn a_link_to_an_item_of_the_account_shows_it() {
    let mut window = guide_in_large_preview();
    follow(&mut window, "the permit");
    assert!(window.state().dialog.is_none(), "the preview is closed");
    assert_eq!(window.selected(), [format!("{YEAR}/Permit application (signed).pdf")]);
}

#[test]
fn a_picture_has_its_place_before_it_is_there() {
    let window = guide_in_large_preview();
    let rect = window.harness.get_by_label("Image Kayaks on the beach").rect();
    assert_eq!((rect.width().round(), rect.height().round()), (640.0, 427.0));
    let wanted = |job: &Job| matches!(job, Job::Thumbnails(wanted) if wanted.iter().any(|it| it.path.name() == "Kayaks.jpg"));
    assert!(window.account.jobs.iter().any(wanted), "its thumbnail is asked for");
}
