//! Folding the lines of a text that have brackets around them: they are hidden until they are unfolded. Which lines can be
//! folded is found out by the worker.

use super::rows::{ROW_HEIGHT, TextRow};

use crate::ui::theme::{self, UiPalette};
use coffer_model::preview::TextPreview;
use coffer_texts::tr;
use egui::{Align2, CursorIcon, Id, Pos2, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};
use std::collections::BTreeSet;
use std::ops::Range;

/// The width of the triangles between the line numbers and the text.
pub(super) const FOLD_WIDTH: f32 = 16.0;

/// The lines that are folded, each by the first line that it hides.
#[derive(Default)]
pub(super) struct FoldedLines(BTreeSet<usize>);

impl FoldedLines {
    pub(super) fn is_any(&self) -> bool {
        !self.0.is_empty()
    }

    fn is_folded(&self, fold: &Range<usize>) -> bool {
        self.0.contains(&fold.start)
    }

    pub(super) fn toggle(&mut self, first_line: usize) {
        if !self.0.remove(&first_line) {
            self.0.insert(first_line);
        }
    }

    /// Folds everything but what has nothing around it, so that what is in that is seen side by side.
    pub(super) fn fold_all(&mut self, folds: &[Range<usize>]) {
        let mut outer_end = 0;
        for fold in folds {
            if fold.start < outer_end {
                self.0.insert(fold.start);
            } else {
                outer_end = fold.end;
            }
        }
    }

    pub(super) fn unfold_all(&mut self) {
        self.0.clear();
    }

    /// Unfolds what hides a line; answers whether something did.
    pub(super) fn reveal(&mut self, line: usize, folds: &[Range<usize>]) -> bool {
        let before = self.0.len();
        for fold in folds.iter().filter(|fold| fold.contains(&line)) {
            self.0.remove(&fold.start);
        }
        self.0.len() < before
    }

    /// Takes out the rows that are hidden.
    pub(super) fn hide(&self, rows: &mut Vec<TextRow>, folds: &[Range<usize>]) {
        let mut folded = folds.iter().filter(|fold| self.is_folded(fold));
        let mut next = folded.next();
        let mut hidden_end = 0;
        rows.retain(|row| {
            while let Some(fold) = next.filter(|fold| fold.start <= row.line) {
                hidden_end = hidden_end.max(fold.end);
                next = folded.next();
            }
            row.line >= hidden_end
        });
    }
}

/// The triangle before a line, and behind it how much is hidden, where something can be folded below it; answers the first
/// line of that if it was clicked. `top_left` is of the row at the triangle, `end` where its text ends.
pub(super) fn fold_ui(
    ui: &Ui,
    id: Id,
    text: &TextPreview,
    folded: &FoldedLines,
    line: usize,
    top_left: Pos2,
    end: f32,
) -> Option<usize> {
    let index = text.folds.binary_search_by_key(&(line + 1), |fold| fold.start).ok()?;
    let fold = &text.folds[index];
    let is_folded = folded.is_folded(fold);
    let palette = ui.palette();
    let place = Rect::from_min_size(top_left, vec2(FOLD_WIDTH, ROW_HEIGHT));
    let response = ui.interact(place, id.with(("fold", fold.start)), Sense::CLICK);
    let name = if is_folded {
        tr!("preview-unfold-line", line = line)
    } else {
        tr!("preview-fold-line", line = line)
    };
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, &name));
    let color = if response.hovered() { palette.text } else { palette.dimmed };
    let center = place.center();
    let corners = [pos2(-2.0, -4.0), pos2(2.5, 0.0), pos2(-2.0, 4.0)];
    // Down where it is unfolded.
    let turned = corners.map(|corner| if is_folded { corner } else { pos2(-corner.y, corner.x) });
    let points = turned.map(|corner| center + corner.to_vec2()).to_vec();
    ui.painter().add(Shape::line(points, (1.5, color)));
    let mut is_clicked = response.on_hover_cursor(CursorIcon::PointingHand).clicked();
    if is_folded {
        let words = tr!("preview-folded-lines", count = fold.len());
        let galley = ui.painter().layout_no_wrap(words, theme::regular(theme::SMALL_TEXT), palette.dimmed);
        let size = galley.size() + vec2(12.0, 0.0);
        let pill = Rect::from_min_size(pos2(end + 8.0, top_left.y + 1.0), vec2(size.x, ROW_HEIGHT - 2.0));
        let response = ui.interact(pill, id.with(("folded", fold.start)), Sense::CLICK);
        let fill = if response.hovered() { palette.hover() } else { palette.surface_2 };
        ui.painter().rect_filled(pill, theme::CORNER_SMALL, fill);
        let at = Align2::CENTER_CENTER.anchor_size(pill.center(), galley.size()).min;
        ui.painter().galley(at, galley, palette.dimmed);
        is_clicked |= response.on_hover_cursor(CursorIcon::PointingHand).clicked();
    }
    is_clicked.then_some(fold.start)
}

#[cfg(test)]
mod tests {
    use super::FoldedLines;
    use crate::ui::preview::rows_of;
    use std::ops::Range;

    /// The lines 2 to 8 are in brackets, in them 3 to 4 and 6 to 7.
    const FOLDS: [Range<usize>; 3] = [2..9, 3..5, 6..8];

    fn shown(folded: &FoldedLines) -> Vec<usize> {
        let text = "a\n".repeat(9);
        let starts: Vec<usize> = (0..9).map(|line| line * 2).collect();
        let mut rows = rows_of(&text, &starts, 80);
        folded.hide(&mut rows, &FOLDS);
        rows.iter().map(|row| row.line).collect()
    }

    #[test]
    fn what_is_folded_is_hidden_and_comes_back_as_it_was() {
        let mut folded = FoldedLines::default();
        folded.toggle(3);
        assert_eq!(shown(&folded), [1, 2, 5, 6, 7, 8, 9]);
        folded.toggle(2);
        assert_eq!(shown(&folded), [1, 9]);
        folded.toggle(2);
        assert_eq!(shown(&folded), [1, 2, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn all_is_folded_but_the_outermost() {
        let mut folded = FoldedLines::default();
        folded.fold_all(&FOLDS);
        assert_eq!(shown(&folded), [1, 2, 5, 8, 9]);
        folded.unfold_all();
        assert_eq!(shown(&folded).len(), 9);
    }

    #[test]
    fn a_line_that_is_gone_to_is_unfolded_with_all_around_it() {
        let mut folded = FoldedLines::default();
        folded.fold_all(&FOLDS);
        folded.toggle(2);
        assert!(folded.reveal(6, &FOLDS));
        assert_eq!(shown(&folded), [1, 2, 5, 6, 7, 8, 9]);
        assert!(!folded.reveal(6, &FOLDS));
    }
}
