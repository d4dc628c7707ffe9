//! Which rows are drawn of two texts: lines cut to the width, beside or below each other, with parts folded that are the
//! same in both. Pure: nothing is drawn here.

use crate::ui::preview::{TextRow, rows_of};
use coffer_model::comparison::{ComparedLine, LineComparison};
use coffer_model::comparison_view::LineLayout;
use std::collections::BTreeSet;
use std::ops::Range;

/// Equal lines that are shown before and after each difference.
const CONTEXT: usize = 3;
/// Fewer are shown: a folded part takes a row itself.
const LEAST_FOLDED: usize = 3;
/// Of the parts that are folded so many are named.
const MOST_HEADINGS: usize = 4;

/// What is drawn at one height.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum DrawnRow {
    /// A line of each text, or a part of it. Below each other, lines that are the same are drawn from the first text.
    Lines {
        /// The row of the comparison.
        index: usize,
        parts: [Option<TextRow>; 2],
    },
    Fold(FoldedRows),
}

/// Rows of the comparison that are the same and not shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct FoldedRows {
    pub rows: Range<usize>,
    /// What a Markdown text calls the parts that begin in them.
    pub headings: String,
}

#[derive(Debug, Default)]
pub(super) struct DrawnRows {
    pub rows: Vec<DrawnRow>,
    pub differences: Vec<DrawnDifference>,
    /// How many lines are folded.
    pub folded: usize,
}

/// The rows of a difference.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct DrawnDifference {
    pub rows: Range<usize>,
    /// From the first with a line of each text to the last; empty where it has none.
    pub sides: [Range<usize>; 2],
}

/// Parts that the person has unfolded.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Unfolded {
    pub all: bool,
    /// By their first rows.
    pub starts: BTreeSet<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RowShape {
    pub layout: LineLayout,
    /// The width in cells; `None` where lines are not cut.
    pub columns: Option<usize>,
    /// It is Markdown: lines that begin with `#` name a part.
    pub has_headings: bool,
}

impl DrawnRows {
    pub(super) fn new(lines: &LineComparison, shape: RowShape, unfolded: &Unfolded) -> Self {
        let mut builder = RowsBuilder { lines, shape, unfolded, drawn: Self::default() };
        let mut next = 0;
        for difference in &lines.differences {
            builder.push_equal(next..difference.start, next > 0, true);
            builder.push_difference(difference.clone());
            next = difference.end;
        }
        builder.push_equal(next..lines.rows.len(), next > 0, false);
        builder.drawn
    }
}

struct RowsBuilder<'a> {
    lines: &'a LineComparison,
    shape: RowShape,
    unfolded: &'a Unfolded,
    drawn: DrawnRows,
}

impl RowsBuilder<'_> {
    /// A run of equal lines between differences, or at one of the ends.
    fn push_equal(&mut self, rows: Range<usize>, is_after_difference: bool, is_before_difference: bool) {
        let start = rows.start + if is_after_difference { CONTEXT } else { 0 };
        let end = rows.end.saturating_sub(if is_before_difference { CONTEXT } else { 0 });
        let is_shown = self.unfolded.all || self.unfolded.starts.contains(&start);
        if is_shown || end.saturating_sub(start) < LEAST_FOLDED {
            rows.for_each(|index| self.push_row(index, [true, true]));
            return;
        }
        (rows.start..start).for_each(|index| self.push_row(index, [true, true]));
        let headings = self.headings(start..end);
        self.drawn.rows.push(DrawnRow::Fold(FoldedRows { rows: start..end, headings }));
        self.drawn.folded += end - start;
        (end..rows.end).for_each(|index| self.push_row(index, [true, true]));
    }

    fn headings(&self, rows: Range<usize>) -> String {
        if !self.shape.has_headings {
            return String::new();
        }
        let lines = self.lines.rows[rows].iter().filter_map(|row| row.lines[1]);
        let headings = lines.filter_map(|line| {
            let words = self.lines.text_of(1, line).trim_start_matches('#');
            (words.len() < line.bytes().len()).then(|| words.strip_prefix(' ')).flatten()
        });
        headings.take(MOST_HEADINGS).collect::<Vec<_>>().join(", ")
    }

    fn push_difference(&mut self, rows: Range<usize>) {
        let first = self.drawn.rows.len();
        match self.shape.layout {
            LineLayout::SideBySide => rows.for_each(|index| self.push_row(index, [true, true])),
            LineLayout::Unified => {
                rows.clone().for_each(|index| self.push_row(index, [true, false]));
                rows.for_each(|index| self.push_row(index, [false, true]));
            }
        }
        let rows = first..self.drawn.rows.len();
        let sides = [0, 1].map(|side| {
            let is_there = |row: &usize| match &self.drawn.rows[*row] {
                DrawnRow::Lines { index, parts } => match self.shape.layout {
                    LineLayout::SideBySide => self.lines.rows[*index].lines[side].is_some(),
                    LineLayout::Unified => parts[side].is_some(),
                },
                DrawnRow::Fold(_) => false,
            };
            let start = rows.clone().find(is_there).unwrap_or(rows.start);
            let end = rows.clone().rev().find(is_there).map_or(start, |last| last + 1);
            start..end
        });
        self.drawn.differences.push(DrawnDifference { rows, sides });
    }

    /// The lines of a row of the comparison that are on these sides.
    fn push_row(&mut self, index: usize, sides: [bool; 2]) {
        let row = &self.lines.rows[index];
        let is_once = self.shape.layout == LineLayout::Unified && row.is_equal;
        let line = |side: usize| row.lines[side].filter(|_| sides[side] && !(is_once && side == 1));
        let [left, right] = [0, 1].map(|side| line(side).map(|line| self.cut(side, line)));
        let count = left.as_ref().map_or(0, Cut::len).max(right.as_ref().map_or(0, Cut::len));
        for part in 0..count {
            let parts = [&left, &right].map(|cut| cut.as_ref().and_then(|cut| cut.get(part)));
            self.drawn.rows.push(DrawnRow::Lines { index, parts });
        }
    }

    fn cut(&self, side: usize, line: ComparedLine) -> Cut {
        let text = self.lines.text_of(side, line);
        let whole = TextRow {
            start: line.start as usize,
            end: line.end as usize,
            line: line.number as usize,
            continues: false,
        };
        // A byte takes a cell at most, but a tab: most lines are known to fit without a look at each character.
        match self.shape.columns {
            Some(columns) if text.len() > columns || text.contains('\t') => {
                let shift = |part: TextRow| TextRow {
                    start: whole.start + part.start,
                    end: whole.start + part.end,
                    line: whole.line,
                    ..part
                };
                Cut::Several(rows_of(text, &[0], columns).into_iter().map(shift).collect())
            }
            _ => Cut::Whole(whole),
        }
    }
}

/// A line as the rows that it takes.
enum Cut {
    Whole(TextRow),
    Several(Vec<TextRow>),
}

impl Cut {
    fn len(&self) -> usize {
        match self {
            Self::Whole(_) => 1,
            Self::Several(rows) => rows.len(),
        }
    }

    fn get(&self, index: usize) -> Option<TextRow> {
        match self {
            Self::Whole(row) => (index == 0).then_some(*row),
            Self::Several(rows) => rows.get(index).copied(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{DrawnDifference, DrawnRow, DrawnRows, RowShape, Unfolded};
    use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};
    use coffer_model::comparison_view::LineLayout;
    use std::ops::Range;

    /// `=` is a line of both, `-` and `+` of one of them, `~` one of each beside each other.
    fn comparison(rows: &str) -> LineComparison {
        let mut found = LineComparison::default();
        let (mut texts, mut numbers) = ([String::new(), String::new()], [0, 0]);
        for (index, kind) in rows.chars().enumerate() {
            let mut line = |side: usize, is_there: bool| {
                is_there.then(|| {
                    let start = texts[side].len() as u32;
                    texts[side].push_str("some words\n");
                    numbers[side] += 1;
                    ComparedLine { number: numbers[side], start, end: start + 10 }
                })
            };
            let lines = [line(0, kind != '+'), line(1, kind != '-')];
            found.rows.push(ComparedRow { lines, is_equal: kind == '=' });
            match found.differences.last_mut() {
                _ if kind == '=' => {}
                Some(last) if last.end == index => last.end += 1,
                _ => found.differences.push(index..index + 1),
            }
        }
        found.texts = texts.map(Into::into);
        found
    }

    /// The line numbers of each row; folded rows as a range.
    fn picture(rows: &str, layout: LineLayout, columns: usize, unfolded: &Unfolded) -> String {
        let shape = RowShape { layout, columns: Some(columns), has_headings: false };
        let drawn = DrawnRows::new(&comparison(rows), shape, unfolded);
        let row = |row: &DrawnRow| match row {
            DrawnRow::Fold(fold) => format!("[{:?}]", fold.rows),
            DrawnRow::Lines { parts, .. } => {
                let number = |part: Option<crate::ui::preview::TextRow>| {
                    part.map_or(String::new(), |part| {
                        format!("{}{}", part.line, if part.continues { "…" } else { "" })
                    })
                };
                format!("{}|{}", number(parts[0]), number(parts[1]))
            }
        };
        drawn.rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    const WIDE: usize = 80;

    #[test]
    fn equal_lines_away_from_differences_are_folded() {
        let check = |rows: &str, expected: &str| {
            let drawn = picture(rows, LineLayout::SideBySide, WIDE, &Unfolded::default());
            assert_eq!(drawn, expected, "{rows}");
        };
        check("========+", "[0..5] 6|6 7|7 8|8 |9");
        check("+========", "|1 1|2 2|3 3|4 [4..9]");
        check("-=========+", "1| 2|1 3|2 4|3 [4..7] 8|7 9|8 10|9 |10");
        check("-========+", "1| 2|1 3|2 4|3 5|4 6|5 7|6 8|7 9|8 |9");
    }

    #[test]
    fn a_folded_part_can_be_unfolded_alone_or_with_all_others() {
        let one = Unfolded { all: false, starts: [0].into() };
        assert_eq!(
            picture("=======~=======", LineLayout::SideBySide, WIDE, &one),
            "1|1 2|2 3|3 4|4 5|5 6|6 7|7 8|8 9|9 10|10 11|11 [11..15]"
        );
        let all = Unfolded { all: true, ..Unfolded::default() };
        assert!(!picture("=======~=======", LineLayout::SideBySide, WIDE, &all).contains('['));
    }

    #[test]
    fn a_folded_part_of_markdown_names_what_begins_in_it() {
        let text = "a\n# One\nb\n#no heading\n### Two\nc\nx\ny\n";
        let mut lines = comparison("========+");
        let mut start = 0;
        for (row, part) in lines.rows.iter_mut().zip(text.split_inclusive('\n')) {
            let end = start + part.len() as u32;
            let line = ComparedLine { number: 1, start, end: end - 1 };
            (row.lines, start) = ([Some(line); 2], end);
        }
        lines.texts = [text.into(), text.into()];
        let shape = RowShape { layout: LineLayout::SideBySide, columns: None, has_headings: true };
        let drawn = DrawnRows::new(&lines, shape, &Unfolded::default());
        let DrawnRow::Fold(fold) = &drawn.rows[0] else { panic!("it is folded") };
        assert_eq!((fold.rows.clone(), fold.headings.as_str()), (0..5, "One, Two"));
    }

    #[test]
    fn below_each_other_removed_lines_are_before_added_ones() {
        let drawn = picture("=~~+=", LineLayout::Unified, WIDE, &Unfolded::default());
        assert_eq!(drawn, "1| 2| 3| |2 |3 |4 4|");
    }

    #[test]
    fn long_lines_are_cut_and_their_parts_stay_beside_each_other() {
        let drawn = picture("~-", LineLayout::SideBySide, 8, &Unfolded::default());
        assert_eq!(drawn, "1|1 1…|1… 2| 2…|");
    }

    #[test]
    fn the_rows_of_each_difference_are_known() {
        let check = |layout, expected: [Range<usize>; 3]| {
            let shape = RowShape { layout, columns: Some(WIDE), has_headings: false };
            let drawn = DrawnRows::new(&comparison("=~~+=-"), shape, &Unfolded::default());
            let [rows, left, right] = expected;
            assert_eq!(drawn.differences[0], DrawnDifference { rows, sides: [left, right] });
        };
        check(LineLayout::SideBySide, [1..4, 1..3, 1..4]);
        check(LineLayout::Unified, [1..6, 1..3, 3..6]);
    }
}
