//! Moving by keys: arrows and pages through rows and cells, letters to a name that starts with them.

use super::browser::Browser;
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
        let Some(row) = target_row(motion, from, listing.entries.len(), columns, page) else { return };
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
    columns: usize,
    page: usize,
) -> Option<usize> {
    let last = rows.checked_sub(1)?;
    let Some(row) = from else {
        return Some(if matches!(motion, Motion::End | Motion::Up | Motion::PageUp) { last } else { 0 });
    };
    let line_down = |lines: usize| {
        let last_line = last / columns;
        let line = (row / columns + lines).min(last_line);
        // A short last line has no cell below: its last cell is taken.
        if line == row / columns { row } else { (line * columns + row % columns).min(last) }
    };
    let line_up = |lines: usize| (row / columns).saturating_sub(lines) * columns + row % columns;
    match motion {
        Motion::Up => Some(line_up(1)),
        Motion::Down => Some(line_down(1)),
        Motion::PageUp => Some(line_up(page)),
        Motion::PageDown => Some(line_down(page)),
        Motion::Home => Some(0),
        Motion::End => Some(last),
        Motion::Left if columns > 1 => Some(row.saturating_sub(1)),
        Motion::Right if columns > 1 => Some((row + 1).min(last)),
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
    use super::{Motion, target_row};

    #[test]
    fn arrows_and_pages_move_through_the_lines_of_a_grid_and_stop_at_its_edges() {
        // Cells 0 to 10 in lines of four, two lines a page: 0 1 2 3 | 4 5 6 7 | 8 9 10
        let check = |from, motion, expected| {
            assert_eq!(target_row(motion, from, 11, 4, 2), expected, "{motion:?} from {from:?}");
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
        assert_eq!(target_row(Motion::Down, Some(0), 3, 1, 10), Some(1));
        assert_eq!(target_row(Motion::PageDown, Some(0), 3, 1, 10), Some(2));
        assert_eq!(target_row(Motion::Right, Some(0), 3, 1, 10), None);
        assert_eq!(target_row(Motion::Down, None, 0, 1, 10), None);
    }
}
