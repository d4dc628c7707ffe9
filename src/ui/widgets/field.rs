//! A line of text to fill in.

use super::text::paint_icon;
use crate::ui::bidi::edit_line_ui;
use crate::ui::theme::{self, UiPalette};
use egui::text::{CCursor, CCursorRange};
use egui::text_edit::TextEditState;
use egui::{FontId, Frame, Id, Margin, Response, Stroke, Ui, UiBuilder, Vec2, vec2};
use egui_material_icons::MaterialIcon;

/// `TextField::new("App key", &mut text).show(ui)`; the label is for screen readers and tests.
#[must_use]
pub struct TextField<'a> {
    label: &'a str,
    text: &'a mut String,
    hint: &'a str,
    icon: Option<MaterialIcon>,
    width: Option<f32>,
    height: f32,
    font: FontId,
    id: Option<Id>,
    wrong: bool,
    end: f32,
    select_all: bool,
}

impl<'a> TextField<'a> {
    pub fn new(label: &'a str, text: &'a mut String) -> Self {
        Self {
            label,
            text,
            hint: "",
            icon: None,
            width: None,
            height: theme::CONTROL_HEIGHT,
            font: theme::regular(theme::BODY_TEXT),
            id: None,
            wrong: false,
            end: 0.0,
            select_all: false,
        }
    }

    /// Pale words while it is empty.
    pub fn hint(mut self, hint: &'a str) -> Self {
        self.hint = hint;
        self
    }

    pub fn icon(mut self, icon: MaterialIcon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// In points; without it all of the line is taken.
    pub fn width(mut self, points: f32) -> Self {
        self.width = Some(points);
        self
    }

    pub fn height(mut self, points: f32) -> Self {
        self.height = points;
        self
    }

    pub fn font(mut self, font: FontId) -> Self {
        self.font = font;
        self
    }

    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }

    /// What stands in it cannot be used: the frame says so.
    pub fn wrong(mut self, wrong: bool) -> Self {
        self.wrong = wrong;
        self
    }

    /// What stands in it is selected when it gets the keyboard, so that typing replaces it.
    pub fn select_all(mut self) -> Self {
        self.select_all = true;
        self
    }

    /// Leaves room for so many small buttons at its right end.
    pub fn room_for_buttons(mut self, buttons: usize) -> Self {
        self.end = 22.0 * buttons as f32;
        self
    }

    pub fn show(self, ui: &mut Ui) -> Response {
        let palette = ui.palette();
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let (_, rect) = ui.allocate_space(vec2(width, self.height));
        let background = ui.painter().add(egui::Shape::Noop);
        let icon_space = if self.icon.is_some() { 26.0 } else { 0.0 };
        let mut inner = rect.shrink2(vec2(12.0, 0.0));
        inner.min.x += icon_space;
        inner.max.x -= self.end;
        if let Some(icon) = self.icon {
            let center = egui::pos2(rect.min.x + 20.0, rect.center().y);
            paint_icon(ui.painter(), center, icon, 18.0, palette.dimmed);
        }
        let length = self.text.chars().count();
        let label = self.label;
        // A child of its own: the field has taken its place already.
        let mut child = ui.new_child(UiBuilder::new().max_rect(inner));
        child.spacing_mut().interact_size.y = self.height;
        let response = edit_line_ui(&mut child, self.text, &self.font, |edit| {
            let edit = edit
                .hint_text(self.hint)
                .frame(Frame::NONE)
                .margin(Margin::ZERO)
                .align(egui::Align2::LEFT_CENTER)
                .min_size(Vec2::new(0.0, self.height))
                .desired_width(inner.width());
            match self.id {
                Some(id) => edit.id(id),
                None => edit,
            }
        })
        .accessible_name(label);
        let (has_keyboard, memory_id) = (response.has_focus(), response.id.with("had the keyboard"));
        let is_new = ui.data_mut(|data| {
            let before = data.get_temp::<bool>(memory_id).unwrap_or(false);
            data.insert_temp(memory_id, has_keyboard);
            has_keyboard && !before
        });
        if self.select_all && is_new {
            let everything = CCursorRange::two(CCursor::new(0), CCursor::new(length));
            let mut state = TextEditState::load(ui.ctx(), response.id).unwrap_or_default();
            state.cursor.set_char_range(Some(everything));
            state.store(ui.ctx(), response.id);
        }
        let stroke = if self.wrong {
            Stroke::new(1.5, palette.danger)
        } else if response.has_focus() {
            palette.focus_ring()
        } else {
            Stroke::new(1.0, palette.line.gamma_multiply(0.5))
        };
        let fill = if response.has_focus() { palette.surface_1 } else { palette.surface_2 };
        ui.painter().set(
            background,
            egui::epaint::RectShape::new(rect, theme::CORNER, fill, stroke, egui::StrokeKind::Inside),
        );
        response
    }
}
