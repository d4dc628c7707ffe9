//! JSON in the large preview: lines that have brackets around them are folded.

use super::previews::opened;
use super::{Window, contents};
use coffer_model::PreviewBody;
use coffer_model::preview::TextPreview;
use coffer_state::Command;
use eframe::egui::accesskit::Role;
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

/// Twenty days of four lines each, in a list, in an object.
fn days() -> PreviewBody {
    let day = |number: usize| {
        let wind = if number == 17 { "storm" } else { "calm" };
        format!("    {{\n      \"day\": {number},\n      \"wind\": \"{wind}\"\n    }}")
    };
    let days: Vec<String> = (1..=20).map(day).collect();
    let source = format!("{{\n  \"days\": [\n{}\n  ]\n}}\n", days.join(",\n"));
    let inner = (0..20).map(|number| 4 + number * 4..6 + number * 4);
    let folds = [2..84, 3..83].into_iter().chain(inner).collect();
    PreviewBody::Text(TextPreview { folds, ..contents::text(&source, Vec::new(), None) })
}

fn window() -> Window {
    let mut window = opened("Budget.csv");
    window.account.preview = Some(days());
    window.command(Command::QuickPreview);
    window.wait(0.3);
    window
}

/// The lines in sight, without their indentation.
fn lines(window: &Window) -> Vec<String> {
    let nodes = window.harness.query_all_by_role(Role::Document);
    let text = nodes.filter_map(|node| node.accesskit_node().value()).next_back().unwrap();
    text.lines().map(|line| line.trim().to_owned()).collect()
}

fn press(window: &mut Window, button: &str) {
    window.harness.get_by_role_and_label(Role::Button, button).click();
    window.settle();
    window.wait(0.1);
}

#[test]
fn lines_are_folded_one_block_at_a_time_and_come_back() {
    let mut window = window();
    let whole = lines(&window);
    assert_eq!(whole[..4], ["{", "\"days\": [", "{", "\"day\": 1,"]);
    press(&mut window, "Fold the lines below line 3");
    assert_eq!(lines(&window)[..5], ["{", "\"days\": [", "{", "},", "{"]);
    press(&mut window, "Unfold the lines below line 3");
    assert_eq!(lines(&window), whole);
}

#[test]
fn all_is_folded_into_what_is_side_by_side_and_unfolded_again() {
    let mut window = window();
    press(&mut window, "Fold all");
    assert_eq!(lines(&window), ["{", "\"days\": [", "]", "}"]);
    press(&mut window, "Unfold the lines below line 2");
    assert_eq!(lines(&window)[..6], ["{", "\"days\": [", "{", "},", "{", "},"]);
    press(&mut window, "Unfold all");
    assert_eq!(lines(&window)[..4], ["{", "\"days\": [", "{", "\"day\": 1,"]);
}

#[test]
fn what_is_found_in_folded_lines_is_unfolded() {
    let mut window = window();
    press(&mut window, "Fold all");
    window.chord(Modifiers::COMMAND, Key::F);
    window.wait(0.1);
    window.harness.event(Event::Text("storm".to_owned()));
    window.settle();
    window.wait(0.3);
    let shown = lines(&window);
    assert!(shown.contains(&"\"wind\": \"storm\"".to_owned()), "{shown:?}");
    assert!(!shown.contains(&"\"day\": 16,".to_owned()), "{shown:?}");
}
