//! Selects lines of one text: by a click, a drag or Shift+click, and by Shift with the arrows.

use super::row::LinesPage;
use super::rows::DrawnRow;
use super::selection::LineSelection;
use super::{LinesPlace, LinesUiState, ROW_HEIGHT};
use coffer_model::comparison::LineComparison;
use coffer_model::comparison_view::LineLayout;
use egui::{Event, Key, Modifiers, PointerButton, Pos2, Rect, Sense, Ui, vec2};

/// Ctrl+C copies, Ctrl+A selects all of a text, Shift with the arrows line by line, and the other arrows go to the other text.
pub(super) fn handle_keys(ui: &Ui, state: &mut LinesUiState, lines: &LineComparison, place: &LinesPlace<'_>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    if pressed(Modifiers::COMMAND, Key::A) {
        let side = state.selection.map_or(1, |selection| selection.side);
        let last = lines.rows.len().saturating_sub(1);
        state.selection = Some(LineSelection { side, anchor: 0, head: last });
    }
    for (key, is_down) in [(Key::ArrowDown, true), (Key::ArrowUp, false)] {
        if pressed(Modifiers::SHIFT, key) {
            state.extend(lines, place, is_down);
        }
    }
    if let Some(selection) = &mut state.selection {
        for (key, side) in [(Key::ArrowLeft, 0), (Key::ArrowRight, 1)] {
            if pressed(Modifiers::NONE, key) {
                selection.side = side;
            }
        }
    }
    let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, Event::Copy)));
    if copies && let Some(text) = state.selected_text() {
        ui.ctx().copy_text(text.to_owned());
    }
}

/// Press and drag select lines; with Shift they extend what is selected.
pub(super) fn handle_pointer(ui: &Ui, state: &mut LinesUiState, page: &LinesPage<'_>, top: f32) {
    let area = Rect::from_x_y_ranges(page.width(), ui.clip_rect().y_range());
    let response = ui.interact(area, ui.scope_id().with("selected lines"), Sense::CLICK | Sense::DRAG);
    if response.is_pointer_button_down_on() || response.clicked() {
        page.place.response.request_focus();
    }
    let Some(pointer) = response.interact_pointer_pos() else { return };
    let (is_pressed, shift) =
        ui.input(|input| (input.pointer.button_pressed(PointerButton::Primary), input.modifiers.shift));
    if is_pressed {
        if let Some(selection) = state.selection.filter(|_| shift) {
            state.selection =
                state.row_at(page, pointer, top).map(|(_, row)| LineSelection { head: row, ..selection });
        } else {
            let is_there = |(side, row): &(usize, usize)| page.lines.rows[*row].lines[*side].is_some();
            let found = state.row_at(page, pointer, top).filter(is_there);
            state.selection = found.map(|(side, row)| LineSelection::at(side, row));
        }
    } else if response.dragged()
        && let Some(selection) = state.selection
        && let Some((_, row)) = state.row_at(page, pointer, top)
    {
        state.selection = Some(LineSelection { head: row, ..selection });
        let beyond = (area.min.y - pointer.y).max(0.0) - (pointer.y - area.max.y).max(0.0);
        if beyond != 0.0 {
            ui.scroll_with_delta(vec2(0.0, beyond * 0.4));
            ui.ctx().request_repaint();
        }
    }
}

impl LinesUiState {
    /// The text and the row of the comparison that are drawn there.
    fn row_at(&self, page: &LinesPage<'_>, at: Pos2, top: f32) -> Option<(usize, usize)> {
        let last = self.drawn.rows.len().checked_sub(1)?;
        let index = ((at.y - top) / ROW_HEIGHT).max(0.0) as usize;
        match &self.drawn.rows[index.min(last)] {
            DrawnRow::Fold(fold) => {
                let is_upwards = self.selection.is_some_and(|selection| selection.anchor >= fold.rows.end);
                let row = if is_upwards { fold.rows.start } else { fold.rows.end - 1 };
                Some((1, row))
            }
            DrawnRow::Lines { index, parts } => {
                let is_equal = page.lines.rows[*index].is_equal;
                let side = match page.place.layout {
                    LineLayout::SideBySide => usize::from(at.x > page.sides[0].max + super::GAP / 2.0),
                    LineLayout::Unified => usize::from(is_equal || parts[1].is_some()),
                };
                Some((side, *index))
            }
        }
    }

    /// One line further; to begin with the first one of the difference that is shown. A folded part is passed at once.
    fn extend(&mut self, lines: &LineComparison, place: &LinesPlace<'_>, is_down: bool) {
        let Some(selection) = &mut self.selection else {
            let Some(mut rows) = lines.differences.get(place.current).cloned() else { return };
            let side = usize::from(lines.rows[rows.clone()].iter().any(|row| row.lines[1].is_some()));
            let first = rows.find(|row| lines.rows[*row].lines[side].is_some());
            self.selection = first.map(|row| LineSelection::at(side, row));
            self.reached = first;
            return;
        };
        let has_line = |row: &usize| lines.rows[*row].lines[selection.side].is_some();
        let next = if is_down {
            (selection.head + 1..lines.rows.len()).find(has_line)
        } else {
            (0..selection.head).rev().find(has_line)
        };
        let Some(next) = next else { return };
        let folded = self.drawn.rows.iter().find_map(|row| match row {
            DrawnRow::Fold(fold) if fold.rows.contains(&next) => Some(fold.rows.clone()),
            _ => None,
        });
        selection.head = match folded {
            Some(rows) if is_down => rows.end - 1,
            Some(rows) => rows.start,
            None => next,
        };
        self.reached = Some(selection.head);
    }

    /// Where the row is drawn to which the keyboard has gone just now.
    pub(super) fn take_reached(&mut self) -> Option<usize> {
        let reached = self.reached.take()?;
        self.drawn.rows.iter().position(|row| match row {
            DrawnRow::Lines { index, .. } => *index == reached,
            DrawnRow::Fold(fold) => fold.rows.contains(&reached),
        })
    }
}
