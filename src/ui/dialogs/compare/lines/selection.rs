//! Lines of one text that are selected to be copied. How they are selected is in `selecting`.

use coffer_model::comparison::{ComparedLine, LineComparison};
use std::ops::RangeInclusive;

/// Whole lines, from where it began to where it was extended to. Both are rows of the comparison.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LineSelection {
    pub side: usize,
    pub anchor: usize,
    pub head: usize,
}

impl LineSelection {
    pub(super) fn at(side: usize, row: usize) -> Self {
        Self { side, anchor: row, head: row }
    }

    fn rows(&self) -> RangeInclusive<usize> {
        self.anchor.min(self.head)..=self.anchor.max(self.head)
    }

    pub(super) fn contains(&self, row: usize) -> bool {
        self.rows().contains(&row)
    }

    /// As it is in the file, without the break of the last line; none where the text has no line here.
    pub(super) fn text<'a>(&self, lines: &'a LineComparison) -> Option<&'a str> {
        let line = |row: usize| -> Option<ComparedLine> { lines.rows.get(row)?.lines[self.side] };
        let first = self.rows().find_map(line)?;
        let last = self.rows().rev().find_map(line)?;
        lines.texts[self.side].get(first.start as usize..last.end as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::LineSelection;
    use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};

    #[test]
    fn what_is_copied_is_of_one_text_with_its_line_breaks() {
        let texts = ["a\r\nb\r\nc\r\n", "a\nc\n"];
        let line = |number: u32, start| Some(ComparedLine { number, start, end: start + 1 });
        let row = |lines: [Option<ComparedLine>; 2]| ComparedRow { is_equal: lines[1].is_some(), lines };
        let rows =
            vec![row([line(1, 0), line(1, 0)]), row([line(2, 3), None]), row([line(3, 6), line(2, 2)])];
        let lines = LineComparison { texts: texts.map(Into::into), rows, ..LineComparison::default() };
        let check = |side, anchor, head, expected: Option<&str>| {
            assert_eq!(LineSelection { side, anchor, head }.text(&lines), expected);
        };
        check(0, 0, 2, Some("a\r\nb\r\nc"));
        check(0, 2, 1, Some("b\r\nc"));
        check(1, 0, 2, Some("a\nc"));
        check(1, 1, 1, None);
    }
}
