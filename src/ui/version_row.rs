//! A version in a list, as the inspector and the dialog of versions show it: how it looked, when it was made, its size and
//! what that has more or less than the version before.

use super::WindowContext;
use super::entry_thumbnails::ready_thumbnail;
use super::format;
use super::textures::paint_texture;
use super::theme::{self, Palette, UiPalette};
use super::widgets::{paint_icon, paint_kind, paint_text};
use coffer_model::Entry;
use coffer_model::entry::File;
use coffer_texts::tr;
use egui::{
    Align2, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

/// Of a row with the gap below it.
pub(super) const ROW_HEIGHT: f32 = 60.0;
const GAP: f32 = 4.0;
/// The room of the line of time.
const LINE_OF_TIME: f32 = 22.0;

pub(super) struct VersionRow<'a> {
    /// All versions, the newest first.
    pub revisions: &'a [Entry],
    pub index: usize,
    /// It is what the file is now.
    pub newest: bool,
    pub selected: bool,
    /// It can have the keyboard itself; rows of a list box leave that to the list.
    pub focusable: bool,
    /// What the dialog knows besides; the rows are on a line of time there.
    pub notes: Option<VersionNotes<'a>>,
}

#[derive(Clone, Copy, Default)]
pub(super) struct VersionNotes<'a> {
    /// Who made it.
    pub maker: Option<&'a str>,
    /// It has the content of an older one again.
    pub is_restored: bool,
    /// Others are compared with it.
    pub is_marked: bool,
}

impl VersionRow<'_> {
    pub(super) fn show(&self, ui: &mut Ui, window: &mut WindowContext<'_>) -> Response {
        let palette = ui.palette();
        let sense = if self.focusable { Sense::click() } else { Sense::CLICK };
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW_HEIGHT), sense);
        let Some(revision) = self.revisions.get(self.index) else { return response };
        let row = Rect::from_min_max(rect.min, rect.max - vec2(0.0, GAP));
        let (title, detail) = self.words(window);
        response.widget_info(|| {
            let role = if self.focusable { Role::Button } else { Role::ListBoxOption };
            let is_marked = self.notes.is_some_and(|notes| notes.is_marked);
            WidgetInfo::selected(
                role,
                true,
                self.selected,
                if is_marked {
                    tr!("version-marked", title = title, detail = detail)
                } else {
                    tr!("version-named", title = title, detail = detail)
                },
            )
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
        let mut left = row.min.x + 8.0;
        if self.notes.is_some() {
            self.paint_line_of_time(painter, rect, row.center().y, palette);
            left += LINE_OF_TIME - 4.0;
        }
        let picture = Rect::from_min_size(pos2(left, row.min.y + 8.0), vec2(53.0, 40.0));
        if let Some(thumbnail) = ready_thumbnail(window, ui.ctx(), revision, 128.0) {
            let cover = thumbnail.cut_to(picture.size());
            paint_texture(painter, picture, cover, theme::CORNER_SMALL, palette);
        } else {
            let icon = Rect::from_center_size(picture.center(), Vec2::splat(28.0));
            paint_kind(painter, icon, revision.file_kind(), palette);
        }
        let left = picture.max.x + 12.0;
        let right = self.paint_marks(painter, row, palette);
        let line = |y: f32| egui::pos2(left, row.min.y + y);
        let font = theme::medium(theme::BODY_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, line(18.5), right - left, &title, font, palette.text);
        let font = theme::tabular(theme::SMALL_TEXT);
        let width = row.max.x - left - 8.0;
        paint_text(painter, Align2::LEFT_CENTER, line(38.0), width, &detail, font, palette.dimmed);
        if response.has_focus() {
            painter.rect_stroke(row.shrink(1.0), theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
        }
        match revision.file() {
            Some(content) => {
                response.on_hover_text(window.clock.exact_to_the_second(content.server_modified))
            }
            None => response,
        }
    }

    /// A point for this version, and the line to those above and below.
    fn paint_line_of_time(&self, painter: &Painter, rect: Rect, middle: f32, palette: &Palette) {
        let x = rect.min.x + LINE_OF_TIME / 2.0;
        let top = if self.index == 0 { middle } else { rect.min.y };
        let is_last = self.index + 1 == self.revisions.len();
        let bottom = if is_last { middle } else { rect.max.y };
        painter.vline(x, top..=bottom, Stroke::new(2.0, palette.line));
        let color = if self.newest || self.selected { palette.accent } else { palette.dimmed };
        painter.circle_filled(pos2(x, middle), 4.5, color);
    }

    /// What is special of it, as symbols at the right; answers where they begin.
    fn paint_marks(&self, painter: &Painter, row: Rect, palette: &Palette) -> f32 {
        let mut right = row.max.x - 8.0;
        let notes = self.notes.unwrap_or_default();
        let marks = [
            (notes.is_marked, icons::ICON_COMPARE, palette.accent),
            (notes.is_restored, icons::ICON_SETTINGS_BACKUP_RESTORE, palette.dimmed),
        ];
        for (_, icon, color) in marks.into_iter().filter(|(shown, ..)| *shown) {
            paint_icon(painter, pos2(right - 8.0, row.min.y + 18.5), icon, 16.0, color);
            right -= 22.0;
        }
        right
    }

    /// tr!("version-current") and "2 h ago · 4.8 MB · +120 B", or "12 November, 08:31" and "5.1 MB · Ada".
    fn words(&self, window: &WindowContext<'_>) -> (String, String) {
        let Some(file) = self.file(self.index) else {
            return (tr!("version-deleted").to_owned(), String::new());
        };
        let moment = self.moment(window, file);
        let mut facts = vec![format::size(file.size_bytes)];
        if let Some(before) = self.file(self.index + 1) {
            facts.push(format::size_difference(file.size_bytes, before.size_bytes));
        }
        facts.extend(self.notes.and_then(|notes| notes.maker).map(str::to_owned));
        if self.newest {
            facts.insert(0, moment);
            (tr!("version-current").to_owned(), facts.join(" · "))
        } else {
            (moment, facts.join(" · "))
        }
    }

    fn file(&self, index: usize) -> Option<&File> {
        self.revisions.get(index)?.file()
    }

    /// As exact as it takes to tell it from its neighbours.
    fn moment(&self, window: &WindowContext<'_>, file: &File) -> String {
        let own = file.server_modified;
        let words = window.clock.moment(own);
        let newer = self.index.checked_sub(1).and_then(|newer| self.file(newer));
        let mut others = newer.into_iter().chain(self.file(self.index + 1)).map(|file| file.server_modified);
        let Some(other) = others.find(|other| window.clock.moment(*other) == words) else { return words };
        let minute = |time: jiff::Timestamp| time.as_second().div_euclid(60);
        window
            .clock
            .precise_moment(own, minute(own) == minute(other) || others.any(|it| minute(it) == minute(own)))
    }
}
