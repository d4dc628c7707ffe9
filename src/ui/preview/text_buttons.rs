//! The buttons for a text in the bar of the large preview.

use super::ui_state::large_preview_id;
use crate::ui::WindowContext;
use crate::ui::commands;
use crate::ui::widgets::IconButton;
use coffer_model::preview::TextPreview;
use coffer_texts::tr;
use egui::Ui;
use egui_material_icons::icons;

/// From right to left.
pub(super) fn text_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, text: &TextPreview) {
    let previews = &mut window.ui_state.previews;
    let wraps = !previews.keeps_lines;
    if ui.add(IconButton::new(icons::ICON_WRAP_TEXT, tr!("preview-wrap")).selected(wraps)).clicked() {
        previews.keeps_lines = wraps;
    }
    if !text.folds.is_empty() {
        let is_any = previews.has_folded(large_preview_id());
        let (icon, words) = if is_any {
            (icons::ICON_UNFOLD_MORE, tr!("preview-unfold-all"))
        } else {
            (icons::ICON_UNFOLD_LESS, tr!("preview-fold-all"))
        };
        if ui.add(IconButton::new(icon, words)).clicked() {
            previews.fold_all(large_preview_id(), text, !is_any);
        }
    }
    if find_button_ui(ui) {
        previews.open_find(large_preview_id());
    }
}

pub(super) fn find_button_ui(ui: &mut Ui) -> bool {
    let keys = commands::key_names("Ctrl+F");
    ui.add(IconButton::new(icons::ICON_SEARCH, tr!("find-in-text")).shortcut(&keys)).clicked()
}
