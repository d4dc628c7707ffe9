//! Two files beside each other.

use super::{LEAST, SMALL, compare, compare_in_both_themes};
use crate::ui::{Window, dark, light};
use coffer_model::ViewMode;
use coffer_model::comparison_view::{ComparisonView, LineLayout, PictureLayout};
use coffer_state::Command;
use coffer_state::action::DialogAction;
use eframe::egui::accesskit::Role;
use eframe::egui::{Modifiers, pos2};
use egui_kittest::kittest::Queryable;

/// A window with room for a comparison.
const ROOMY: [f32; 2] = [1280.0, 820.0];

fn show_conflict(window: &mut Window) {
    window.open_files_in_conflict();
    window.click("Compare");
    window.wait(0.3);
}

/// An earlier version beside the current one.
fn show_versions(window: &mut Window, name: &str, view: ComparisonView) {
    window.select(name);
    window.command(Command::Versions);
    window.dialog(DialogAction::SelectRevision(2));
    window.dialog(DialogAction::CompareWithCurrent);
    window.dialog(DialogAction::ViewComparison(view));
    window.wait(0.3);
}

#[test]
fn both_versions_of_a_text_in_conflict() {
    compare_in_both_themes("compare", SMALL, ViewMode::List, show_conflict);
    compare("compare-least-light", LEAST, light(), |window| {
        show_conflict(window);
        window.dialog(DialogAction::Next);
        window.wait(0.3);
    });
}

#[test]
fn a_text_with_removed_and_added_lines_below_each_other() {
    let view = ComparisonView { lines: LineLayout::Unified, ..ComparisonView::default() };
    compare("compare-unified-light", ROOMY, light(), |window| show_versions(window, "Field notes.md", view));
}

#[test]
fn lines_that_are_selected() {
    compare_in_both_themes("compare-selected", SMALL, ViewMode::List, |window| {
        show_conflict(window);
        let title = "Compare versions of Field notes.md";
        let area = window.harness.get_by_role_and_label(Role::Document, title).rect();
        let row = |number: f32| pos2(area.max.x - 200.0, area.min.y + 14.0 + 20.0 * number);
        window.drag_points(row(1.0), row(4.0), Modifiers::NONE);
        window.wait(0.3);
    });
}

#[test]
fn tables_as_cells() {
    let view = ComparisonView { is_rendered: true, ..ComparisonView::default() };
    compare("compare-cells-light", SMALL, light(), |window| show_versions(window, "Budget.csv", view));
}

#[test]
fn markdown_as_blocks() {
    let view = ComparisonView { is_rendered: true, ..ComparisonView::default() };
    compare("compare-blocks-dark", SMALL, dark(), |window| show_versions(window, "Field notes.md", view));
}

#[test]
fn pictures_in_each_way() {
    let view = |pictures| ComparisonView { pictures, ..ComparisonView::default() };
    for (name, size, settings, layout) in [
        ("compare-pictures-dark", SMALL, dark(), PictureLayout::SideBySide),
        ("compare-swipe-dark", ROOMY, dark(), PictureLayout::Swipe),
        ("compare-onion-light", SMALL, light(), PictureLayout::OnionSkin),
        ("compare-difference-dark", SMALL, dark(), PictureLayout::Difference),
    ] {
        compare(name, size, settings, |window| show_versions(window, "Fjord at dawn.jpg", view(layout)));
    }
}

#[test]
fn files_that_are_neither_texts_nor_pictures() {
    compare("compare-bytes-light", SMALL, light(), |window| {
        show_versions(window, "Letter.docx", ComparisonView::default());
    });
}

#[test]
fn a_comparison_that_failed() {
    compare("compare-failed-light", SMALL, light(), |window| {
        window.account.problem = Some(crate::ui::made_up::offline());
        show_versions(window, "Field notes.md", ComparisonView::default());
    });
}
