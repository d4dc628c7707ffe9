//! Moving by keys: arrows and pages through rows and cells, letters to a name that starts with them.

use super::browser::Browser;
use super::cell_lines::CellLines;
use super::input::Motion;
use coffer_model::{Listing, ViewMode};
use coffer_stdx::folding::folded;

/// Letters that come within this time belong together.
const TYPE_AHEAD_SECS: f64 = 1.0;

impl Browser {
    /// Letters were typed so lately that a space is one more of them.
    pub(super) fn is_typing_ahead(&self, now_secs: f64) -> bool {
        let selection = &self.selection;
        !selection.type_ahead.is_empty() && now_secs < selection.type_ahead_secs + TYPE_AHEAD_SECS
    }

    /// `extend` and `toggle_only` as in [`super::Action::Move`].
    pub(super) fn move_cursor(&mut self, motion: Motion, view: ViewMode, extend: bool, toggle_only: bool) {
        let columns = match view {
            ViewMode::List => 1,
            ViewMode::Grid => self.columns.max(1),
        };
        let page = self.page_lines.max(1);
        let from = self.cursor_row();
        let Some(listing) = self.rows_to_select() else { return };
        let begins = listing.groups.list.iter().map(|group| group.first_row);
        let Some(lines) = CellLines::new(begins, listing.entries.len(), columns) else { return };
        let Some(row) = target_row(motion, from, listing.entries.len(), &lines, page) else { return };
        let path = &listing.entries[row].path;
        let selection = &mut self.selection;
        if extend {
            selection.extend(&listing, row, toggle_only);
        } else if toggle_only {
            selection.cursor = Some(path.clone());
        } else {
            selection.select_only(path);
        }
        self.reveal = Some(row);
    }

    pub(super) fn type_ahead(&mut self, letter: char, now_secs: f64) {
        if letter.is_control() {
            return;
        }
        let running = self.is_typing_ahead(now_secs);
        let from = self.cursor_row();
        let Some(listing) = self.rows_to_select() else { return };
        let selection = &mut self.selection;
        if !running {
            selection.type_ahead.clear();
        }
        selection.type_ahead.extend(letter.to_lowercase());
        selection.type_ahead_secs = now_secs;
        if let Some(row) = row_by_letters(&listing, &selection.type_ahead, from) {
            selection.select_only(&listing.entries[row].path);
            self.reveal = Some(row);
        }
    }
}

/// Where a motion leads: `None` when there is nowhere to go. Without a cursor it begins at an end.
fn target_row(
    motion: Motion,
    from: Option<usize>,
    rows: usize,
    lines: &CellLines,
    page: usize,
) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    let Some(row) = from else {
        return Some(if matches!(motion, Motion::End | Motion::Up | Motion::PageUp) { last } else { 0 });
    };
    let (line, column) = lines.line_and_column(row);
    // A line that is short has no cell there: its last cell is taken.
    let line_down = |count: usize| lines.cell_at((line + count).min(lines.last_line()), column);
    let line_up = |count: usize| lines.cell_at(line.saturating_sub(count), column);
    let is_grid = lines.columns() > 1;
    match motion {
        Motion::Up => Some(line_up(1)),
        Motion::Down => Some(line_down(1)),
        Motion::PageUp => Some(line_up(page)),
        Motion::PageDown => Some(line_down(page)),
        Motion::Home => Some(0),
        Motion::End => Some(last),
        Motion::Left if is_grid => Some(row.saturating_sub(1)),
        Motion::Right if is_grid => Some((row + 1).min(last)),
        Motion::Left | Motion::Right => None,
    }
}

/// The row whose name starts with `letters`, from the cursor on and round again. One letter, also repeated, goes to
/// the next row each time; several stay where they still fit.
fn row_by_letters(listing: &Listing, letters: &str, from: Option<usize>) -> Option<usize> {
    let rows = listing.entries.len();
    let first = letters.chars().next()?;
    let cycles = letters.chars().all(|letter| letter == first);
    let typed = if cycles { &letters[..first.len_utf8()] } else { letters };
    let wanted: Vec<char> = folded(typed).collect();
    // An accent by itself is no letter.
    wanted.first()?;
    let start = from.map_or(0, |row| if cycles { row + 1 } else { row });
    (0..rows).map(|step| (start + step) % rows).find(|&row| {
        let mut name = folded(listing.entries[row].name());
        wanted.iter().all(|letter| name.next() == Some(*letter))
    })
}

#[cfg(test)]
mod tests {
    use super::{CellLines, Motion, target_row};

    #[test]
    fn arrows_and_pages_move_through_the_lines_of_a_grid_and_stop_at_its_edges() {
        // Cells 0 to 10 in lines of four, two lines a page: 0 1 2 3 | 4 5 6 7 | 8 9 10
        let check = |from, motion, expected| {
            let lines = CellLines::new([].into_iter(), 11, 4).unwrap();
            assert_eq!(target_row(motion, from, 11, &lines, 2), expected, "{motion:?} from {from:?}");
        };
        check(Some(5), Motion::Up, Some(1));
        check(Some(1), Motion::Up, Some(1));
        check(Some(5), Motion::Down, Some(9));
        check(Some(7), Motion::Down, Some(10));
        check(Some(9), Motion::Down, Some(9));
        check(Some(3), Motion::Right, Some(4));
        check(Some(10), Motion::Right, Some(10));
        check(Some(0), Motion::Left, Some(0));
        check(Some(1), Motion::PageDown, Some(9));
        check(Some(10), Motion::PageUp, Some(2));
        check(Some(5), Motion::Home, Some(0));
        check(Some(5), Motion::End, Some(10));
        check(None, Motion::Down, Some(0));
        check(None, Motion::Up, Some(10));
    }

    #[test]
    fn in_a_list_only_up_and_down_move_and_in_nothing_nothing_does() {
        let lines = CellLines::new([].into_iter(), 3, 1).unwrap();
        assert_eq!(target_row(Motion::Down, Some(0), 3, &lines, 10), Some(1));
        assert_eq!(target_row(Motion::PageDown, Some(0), 3, &lines, 10), Some(2));
        assert_eq!(target_row(Motion::Right, Some(0), 3, &lines, 10), None);
        assert_eq!(target_row(Motion::Down, None, 0, &lines, 10), None);
    }

    #[test]
    fn arrows_go_from_one_group_of_a_grid_to_the_next_and_reach_every_cell() {
        // 0 1 | 2 3 4 · 5 | 6
        let lines = CellLines::new([0, 2, 6].into_iter(), 7, 3).unwrap();
        let check = |from, motion, expected| {
            let row = target_row(motion, Some(from), 7, &lines, 2);
            assert_eq!(row, Some(expected), "{motion:?} from {from}");
        };
        check(0, Motion::Down, 2);
        check(1, Motion::Down, 3);
        check(4, Motion::Down, 5);
        check(4, Motion::Up, 1);
        check(5, Motion::Down, 6);
        check(6, Motion::Up, 5);
        check(6, Motion::PageUp, 2);
        check(1, Motion::PageDown, 5);
        check(1, Motion::Right, 2);
        check(2, Motion::Left, 1);
        check(0, Motion::End, 6);
        check(6, Motion::Home, 0);
    }
}
