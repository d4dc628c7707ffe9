//! The name of a row as a text field, in place. Its stem is selected, so that typing keeps the extension.

use super::WindowContext;
use super::bidi::edit_line_ui;
use super::entries::content_id;
use super::theme::{self, UiPalette};
use coffer_model::file_kind::extension;
use coffer_state::Action;
use coffer_texts::tr;
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{Align2, Frame, Id, Key, Margin, Rect, Shape, Stroke, StrokeKind, Ui, UiBuilder, Vec2, vec2};

/// Draws the field that the state's `rename` stands for.
pub fn rename_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let Some(rename) = &window.state.browser.rename else { return };
    let palette = ui.palette();
    let item = rename.entry.as_ref().map(|entry| entry.path.clone()).unwrap_or_default();
    let id = content_id().with(("rename", item.lower()));
    let label = if rename.entry.is_some() { tr!("new-name") } else { tr!("folder-name") };
    let mut text = rename.text.clone();
    if window.ui_state.renaming != Some(id) {
        window.ui_state.renaming = Some(id);
        begin(ui, id, &text, rename.entry.as_ref().is_none_or(coffer_model::Entry::is_folder));
    }

    let background = ui.painter().add(Shape::Noop);
    let inner = rect.shrink2(vec2(8.0, 0.0));
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
    // Otherwise the field is at least as high as a button, and its text too low.
    child.spacing_mut().interact_size.y = rect.height();
    let font = theme::medium(theme::BODY_TEXT);
    let response = edit_line_ui(&mut child, &mut text, &font, |edit| {
        edit.id(id)
            .frame(Frame::NONE)
            .margin(Margin::ZERO)
            .align(Align2::LEFT_CENTER)
            .min_size(Vec2::new(0.0, rect.height()))
            .desired_width(rect.width() - 16.0)
    })
    .accessible_name(label);
    let stroke = match rename.complaint {
        Some(_) => Stroke::new(1.5, palette.danger),
        None => palette.focus_ring(),
    };
    let shape = egui::epaint::RectShape::new(rect, 6, palette.surface_1, stroke, StrokeKind::Inside);
    ui.painter().set(background, shape);
    if let Some(complaint) = &rename.complaint {
        complaint_ui(ui, rect, complaint);
    }

    if response.changed() {
        window.act(Action::RenameText(text));
    }
    if response.lost_focus() {
        let (enter, escape) =
            ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
        if escape {
            window.act(Action::RenameCancel);
        } else {
            window.act(Action::RenameCommit);
        }
        // A name that cannot be taken leaves the field open, and the person in it.
        if enter {
            response.request_focus();
        }
    }
}

fn begin(ui: &Ui, id: Id, text: &str, whole: bool) {
    let extension = extension(text);
    let stem = if whole || extension.is_empty() {
        text.chars().count()
    } else {
        text.chars().count() - extension.chars().count() - 1
    };
    let mut state = TextEditState::load(ui.ctx(), id).unwrap_or_default();
    let selected = CCursorRange::two(CCursor::new(0), CCursor::new(stem));
    state.cursor.set_char_range(Some(selected));
    state.store(ui.ctx(), id);
    ui.memory_mut(|memory| memory.request_focus(id));
}

/// Why the name cannot be taken, under the field and over the rows.
fn complaint_ui(ui: &Ui, field: Rect, complaint: &str) {
    let palette = ui.palette();
    egui::Area::new(content_id().with("complaint"))
        .order(egui::Order::Tooltip)
        .fixed_pos(field.left_bottom() + vec2(0.0, 4.0))
        .interactable(false)
        .show(ui.ctx(), |ui| {
            Frame::new()
                .fill(palette.surface_raised)
                .corner_radius(theme::CORNER)
                .inner_margin(Margin::symmetric(10, 6))
                .shadow(palette.shadow())
                .show(ui, |ui| {
                    ui.set_max_width(320.0);
                    ui.label(egui::RichText::new(complaint).color(palette.danger));
                });
        });
}
