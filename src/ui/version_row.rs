//! A version in a list, as the inspector and the dialog of versions show it: how it looked, when it was made, its size.

use super::WindowContext;
use super::entries::ready_thumbnail;
use super::format;
use super::textures::paint_texture;
use super::theme::{self, UiPalette};
use super::widgets::{paint_kind, paint_text};
use coffer_model::Entry;
use egui::{Align2, Rect, Response, Role, Sense, StrokeKind, Ui, Vec2, WidgetInfo, vec2};

/// Of a row with the gap below it.
pub(super) const ROW_HEIGHT: f32 = 60.0;
const GAP: f32 = 4.0;

pub(super) struct VersionRow<'a> {
    pub revision: &'a Entry,
    /// It is what the file is now.
    pub newest: bool,
    pub selected: bool,
    /// It can have the keyboard itself; rows of a list box leave that to the list.
    pub focusable: bool,
}

impl VersionRow<'_> {
    pub(super) fn show(&self, ui: &mut Ui, window: &mut WindowContext<'_>) -> Response {
        let palette = ui.palette();
        let sense = if self.focusable { Sense::click() } else { Sense::CLICK };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), sense);
        let row = Rect::from_min_max(rect.min, rect.max - vec2(0.0, GAP));
        let (title, detail) = self.words(window);
        response.widget_info(|| {
            let role = if self.focusable { Role::Button } else { Role::ListBoxOption };
            WidgetInfo::selected(role, true, self.selected, format!("Version: {title}, {detail}"))
        });
        let painter = ui.painter();
        let fill = if self.selected {
            palette.selection()
        } else if response.hovered() {
            palette.hover()
        } else {
            egui::Color32::TRANSPARENT
        };
        painter.rect_filled(row, theme::CORNER, fill);
        let picture = Rect::from_min_size(row.min + vec2(8.0, 8.0), vec2(53.0, 40.0));
        if let Some(thumbnail) = ready_thumbnail(window, ui.ctx(), self.revision, 128.0) {
            let cover = thumbnail.cut_to(picture.size());
            paint_texture(painter, picture, cover, theme::CORNER_SMALL, palette);
        } else {
            let icon = Rect::from_center_size(picture.center(), Vec2::splat(28.0));
            paint_kind(painter, icon, self.revision.file_kind(), palette);
        }
        let left = picture.max.x + 12.0;
        let width = row.max.x - left - 8.0;
        let line = |y: f32| egui::pos2(left, row.min.y + y);
        let font = theme::medium(theme::BODY_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, line(18.5), width, &title, font, palette.text);
        let font = theme::tabular(theme::SMALL_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, line(38.0), width, &detail, font, palette.dimmed);
        if response.has_focus() {
            painter.rect_stroke(row.shrink(1.0), theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
        }
        match self.revision.file() {
            Some(content) => response.on_hover_text(window.clock.exact(content.server_modified)),
            None => response,
        }
    }

    /// "Current version" and "2 h ago · 4.8 MB", or "12 November, 08:31" and "5.1 MB".
    fn words(&self, window: &WindowContext<'_>) -> (String, String) {
        let Some(file) = self.revision.file() else {
            return ("Deleted".to_owned(), String::new());
        };
        let moment = window.clock.moment(file.server_modified);
        let size = format::size(file.size_bytes);
        if self.newest {
            ("Current version".to_owned(), format!("{moment} · {size}"))
        } else {
            (moment, size)
        }
    }
}
