//! The lines of the panel, of which only those in sight are drawn: transfers of two heights, and below one of them its
//! files.

use super::keys::{keyboard_ui, line_id};
use super::{files, open_files, row};
use crate::ui::WindowContext;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::paint_text;
use coffer_state::Action;
use coffer_state::transfers::{PanelRow, PanelRows, RowFocus, Section};
use coffer_texts::tr;
use egui::{Align2, Rect, Response, ScrollArea, Sense, StrokeKind, Ui, UiBuilder, pos2, vec2};

/// With nothing to list.
pub(super) const EMPTY_HEIGHT: f32 = 64.0;

/// Where each line stands, from the top of the list.
struct LineHeights {
    lines: PanelRows,
    row: f64,
}

impl LineHeights {
    fn new(window: &WindowContext<'_>) -> Self {
        let running = window.state.transfers.section() == Section::Running;
        Self { lines: window.state.transfers.lines(), row: if running { row::RUNNING } else { row::ENDED } }
    }

    /// The top of a line; of the line after the last one it is the height of all.
    fn top(&self, line: usize) -> f64 {
        let low = self.lines.low();
        let rows = (line.min(low.start) + line.saturating_sub(low.end)) as f64;
        let lower = line.clamp(low.start, low.end) - low.start;
        rows * self.row + low_height(lower)
    }

    /// The line at a height.
    fn at(&self, y: f64) -> usize {
        let low = self.lines.low();
        let above = low.start as f64 * self.row;
        if y < above || low.is_empty() {
            return (y / self.row).max(0.0) as usize;
        }
        let inside = y - above;
        let all_low = low_height(low.len());
        if inside < files::CHOICE {
            low.start
        } else if inside < all_low {
            low.start + 1 + ((inside - files::CHOICE) / files::ROW) as usize
        } else {
            low.end + ((inside - all_low) / self.row) as usize
        }
    }
}

/// Of so many lines below an unfolded transfer, the first of which is the choice of files.
fn low_height(lines: usize) -> f64 {
    match lines {
        0 => 0.0,
        _ => files::CHOICE + (lines - 1) as f64 * files::ROW,
    }
}

/// Of all lines in a panel of this width, in points.
pub(super) fn height(window: &WindowContext<'_>, width: f32) -> f64 {
    if window.state.transfers.section() == Section::OpenFiles {
        return f64::from(open_files::height(window, width));
    }
    let heights = LineHeights::new(window);
    heights.top(heights.lines.len())
}

/// The height nearest below `room` at which no line is cut while the list stands at its top.
pub(super) fn whole_lines(window: &WindowContext<'_>, room: f32) -> f32 {
    let heights = LineHeights::new(window);
    let cut = heights.at(f64::from(room));
    let whole = if cut < heights.lines.len() { heights.top(cut) as f32 } else { room };
    if whole >= EMPTY_HEIGHT { whole } else { room }
}

pub(super) fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let transfers = &window.state.transfers;
    if transfers.section() == Section::OpenFiles && transfers.count(Section::OpenFiles) > 0 {
        open_files::open_files_ui(ui, window, rect);
        return;
    }
    let keyboard = keyboard_ui(ui, window, rect);
    let heights = LineHeights::new(window);
    if heights.lines.is_empty() {
        empty_ui(ui, window, rect, keyboard.has_focus());
        return;
    }
    let total = heights.top(heights.lines.len());
    let visible = f64::from(rect.height());
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        let salt = ("transfers", window.state.transfers.section() as usize);
        let mut area = ScrollArea::vertical().id_salt(salt).auto_shrink(false).animated(false);
        if let Some(part) = to_reveal(window, &heights) {
            let top = window.ui_state.transfers.top;
            let wanted = if part.start < top { part.start } else { top.max(part.end - visible) };
            area = area.vertical_scroll_offset(wanted.clamp(0.0, (total - visible).max(0.0)) as f32);
        }
        let output = area.show_viewport(ui, |ui, seen| {
            ui.set_min_size(vec2(rect.width(), total as f32));
            let offset = f64::from(seen.min.y).clamp(0.0, (total - visible).max(0.0));
            let last = (heights.at(offset + visible) + 1).min(heights.lines.len());
            for line in heights.at(offset)..last {
                let top = heights.top(line);
                let y = rect.min.y + (top - offset) as f32;
                let height = (heights.top(line + 1) - top) as f32;
                let place = Rect::from_min_size(pos2(rect.min.x, y), vec2(rect.width(), height));
                line_ui(ui, window, &heights.lines, line, place, &keyboard);
            }
        });
        window.ui_state.transfers.top = f64::from(output.state.clamped_offset().y);
    });
}

/// The part of the list that the cursor has moved to since the last frame.
fn to_reveal(window: &mut WindowContext<'_>, heights: &LineHeights) -> Option<std::ops::Range<f64>> {
    let cursor = window.state.transfers.cursor;
    if window.ui_state.transfers.revealed == cursor {
        return None;
    }
    window.ui_state.transfers.revealed = cursor;
    let line = heights.lines.position(&window.state.transfers, cursor?)?;
    Some(heights.top(line)..heights.top(line + 1))
}

fn line_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    lines: &PanelRows,
    line: usize,
    rect: Rect,
    keyboard: &Response,
) {
    let transfers = &window.state.transfers;
    let Some(what) = lines.get(transfers, line) else { return };
    let cursor = match what {
        PanelRow::Preparing(at) => transfers.preparing.get(at).map(|it| RowFocus { id: it.id, file: None }),
        PanelRow::Transfer(id) => Some(RowFocus { id, file: None }),
        PanelRow::File(id, file) => Some(RowFocus { id, file: Some(file) }),
        PanelRow::Choice(_) => None,
    };
    let is_here = cursor.is_some() && cursor == transfers.cursor;
    if let Some(cursor) = cursor {
        let palette = ui.palette();
        let response = ui.interact(rect, line_id(cursor), Sense::CLICK);
        let card = rect.shrink2(vec2(8.0, 1.0));
        if response.contains_pointer() {
            ui.painter().rect_filled(card, theme::CORNER, palette.hover());
        }
        if is_here && keyboard.has_focus() {
            ui.painter().rect_stroke(card, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
        }
        if response.clicked() {
            keyboard.request_focus();
            window.ui_state.transfers.revealed = Some(cursor);
            window.act(Action::PointTransfer(cursor));
        }
        let builder = UiBuilder::new().max_rect(rect).id_salt((cursor.id.0, cursor.file));
        ui.scope_builder(builder, |ui| match what {
            PanelRow::Preparing(at) => row::preparing_ui(ui, window, at, rect, &response, is_here),
            PanelRow::Transfer(id) => row::transfer_ui(ui, window, id, rect, &response, is_here),
            PanelRow::File(id, file) => files::file_ui(ui, window, id, file, rect, &response),
            PanelRow::Choice(_) => {}
        });
    } else if let PanelRow::Choice(id) = what {
        ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt("choice"), |ui| {
            files::choice_of_files_ui(ui, window, id, rect);
        });
    }
}

fn empty_ui(ui: &Ui, window: &WindowContext<'_>, rect: Rect, has_focus: bool) {
    let palette = ui.palette();
    let words = match window.state.transfers.section() {
        Section::Running => tr!("none-running"),
        Section::Failed => tr!("none-failed"),
        Section::Finished => tr!("none-finished"),
        Section::Cancelled => tr!("none-cancelled"),
        Section::OpenFiles => tr!("none-open"),
    };
    if has_focus {
        let card = rect.shrink2(vec2(8.0, 1.0));
        ui.painter().rect_stroke(card, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
    let at = pos2(rect.min.x + 18.0, rect.center().y);
    let font = theme::regular(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width() - 36.0, words, font, palette.dimmed);
}
