//! Which lines of two texts are the same, and which of the others belong beside each other. How long that takes is
//! bounded: what was not compared in time counts as changed. The words of lines are compared in `words`.

use super::words::{changed_words, count_words, likeness};
use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer texts are not compared line by line.
pub(super) const MOST_TEXT_BYTES: usize = 12 * 1024 * 1024;
/// Nor are texts with more lines.
const MOST_LINES: usize = 200_000;
/// Long enough for any two texts that have something in common.
const MOST_TIME: Duration = Duration::from_secs(2);
/// Of larger blocks of changed lines, by the product of both sides, the first is beside the first, and so on.
const MOST_PAIRS: usize = 4_096;

/// The rows of both texts; `None` if they have too many lines. Lines that differ in white space alone are the same if it is
/// ignored.
pub(super) fn compare_lines(left: Arc<str>, right: Arc<str>, ignores_space: bool) -> Option<LineComparison> {
    let lines = [lines_of(&left), lines_of(&right)];
    if lines.iter().any(|lines| lines.len() > MOST_LINES) {
        return None;
    }
    let deadline = Instant::now() + MOST_TIME;
    let operations = {
        let (first, second) = number_lines(&left, &right, &lines, ignores_space);
        capture_diff_slices_deadline(Algorithm::Patience, &first, &second, Some(deadline))
    };
    let comparison = LineComparison { texts: [left, right], ..LineComparison::default() };
    let mut found = Rows { lines, deadline, ignores_space, comparison };
    for operation in operations {
        found.push(operation);
    }
    Some(found.comparison)
}

/// The lines of a text without their breaks. A break at its end begins no other line.
fn lines_of(text: &str) -> Vec<ComparedLine> {
    let mut start = 0;
    let line = |(index, part): (usize, &str)| {
        let words = part.strip_suffix('\n').unwrap_or(part);
        let words = words.strip_suffix('\r').unwrap_or(words);
        let line = ComparedLine { number: index as u32 + 1, start, end: start + words.len() as u32 };
        start += part.len() as u32;
        line
    };
    text.split_inclusive('\n').enumerate().map(line).collect()
}

/// A number for each line, the same for the same text: numbers are compared faster than texts.
fn number_lines<'a>(
    left: &'a str,
    right: &'a str,
    lines: &[Vec<ComparedLine>; 2],
    ignores_space: bool,
) -> (Vec<u32>, Vec<u32>) {
    let mut numbers: HashMap<Cow<'a, str>, u32> = HashMap::with_capacity(lines[0].len() + lines[1].len() / 8);
    let mut number = |text: &'a str| {
        let next = numbers.len() as u32;
        *numbers.entry(if ignores_space { without_space(text) } else { text.into() }).or_insert(next)
    };
    let first = lines[0].iter().map(|line| number(&left[line.bytes()])).collect();
    let second = lines[1].iter().map(|line| number(&right[line.bytes()])).collect();
    (first, second)
}

fn without_space(text: &str) -> Cow<'_, str> {
    if text.contains(char::is_whitespace) {
        text.split_whitespace().collect::<String>().into()
    } else {
        text.into()
    }
}

struct Rows {
    lines: [Vec<ComparedLine>; 2],
    deadline: Instant,
    ignores_space: bool,
    comparison: LineComparison,
}

impl Rows {
    fn push(&mut self, operation: DiffOp) {
        let (_, left, right) = operation.as_tag_tuple();
        let first = self.comparison.rows.len();
        if matches!(operation, DiffOp::Equal { .. }) {
            for (left, right) in left.zip(right) {
                let lines = [Some(self.lines[0][left]), Some(self.lines[1][right])];
                self.comparison.rows.push(ComparedRow { lines, is_equal: true });
            }
            return;
        }
        self.comparison.own_lines[0] += left.len();
        self.comparison.own_lines[1] += right.len();
        for (left, right) in self.pair_lines(left, right) {
            self.push_changed(left, right);
        }
        let end = self.comparison.rows.len();
        match self.comparison.differences.last_mut() {
            Some(last) if last.end == first => last.end = end,
            _ => self.comparison.differences.push(first..end),
        }
    }

    fn push_changed(&mut self, left: Option<usize>, right: Option<usize>) {
        let lines = [left.map(|index| self.lines[0][index]), right.map(|index| self.lines[1][index])];
        self.comparison.rows.push(ComparedRow { lines, is_equal: false });
        let [Some(left), Some(right)] = lines else { return };
        let texts = [self.comparison.text_of(0, left), self.comparison.text_of(1, right)];
        let Some(changed) = changed_words(texts[0], texts[1], self.deadline) else { return };
        let is_marked = |side: usize, range: &Range<usize>| {
            let text = &texts[side][range.clone()];
            let counts = if self.ignores_space { text.trim() } else { text };
            !counts.is_empty()
        };
        let mut marks = [Vec::new(), Vec::new()];
        for (side, (line, ranges)) in [left, right].into_iter().zip(changed).enumerate() {
            let ranges = ranges.into_iter().filter(|range| is_marked(side, range));
            let mark = |range: Range<usize>| line.start + range.start as u32..line.start + range.end as u32;
            marks[side].extend(ranges.map(mark));
        }
        for (all, marks) in self.comparison.marks.iter_mut().zip(marks) {
            all.extend(marks);
        }
    }

    /// Lines of both sides that are beside each other: those that are alike, and the others in their order between them.
    fn pair_lines(&self, left: Range<usize>, right: Range<usize>) -> Vec<(Option<usize>, Option<usize>)> {
        let mut rows = Vec::with_capacity(left.len().max(right.len()));
        let mut next = (left.start, right.start);
        let alike = self.alike_lines(&left, &right);
        for (to_left, to_right) in alike.into_iter().chain([(left.end, right.end)]) {
            while next.0 < to_left || next.1 < to_right {
                let here = ((next.0 < to_left).then_some(next.0), (next.1 < to_right).then_some(next.1));
                rows.push(here);
                next = (next.0 + usize::from(here.0.is_some()), next.1 + usize::from(here.1.is_some()));
            }
            if to_left < left.end && to_right < right.end {
                rows.push((Some(to_left), Some(to_right)));
                next = (to_left + 1, to_right + 1);
            }
        }
        rows
    }

    /// The pairs of lines in the order of both sides that have the most in common together.
    fn alike_lines(&self, left: &Range<usize>, right: &Range<usize>) -> Vec<(usize, usize)> {
        let (rows, columns) = (left.len(), right.len());
        if rows == columns || rows * columns > MOST_PAIRS || Instant::now() > self.deadline {
            return Vec::new();
        }
        let words = |side: usize, range: &Range<usize>| -> Vec<HashMap<&str, usize>> {
            let lines = self.lines[side][range.clone()].iter();
            lines.map(|line| count_words(self.comparison.text_of(side, *line))).collect()
        };
        let (first, second) = (words(0, left), words(1, right));
        // The most that the lines from here on can have in common; the last row and column are behind the ends.
        let mut best = vec![0.0_f32; (rows + 1) * (columns + 1)];
        let at = |row: usize, column: usize| row * (columns + 1) + column;
        let mut common = vec![0.0_f32; rows * columns];
        for row in (0..rows).rev() {
            for column in (0..columns).rev() {
                let here = likeness(&first[row], &second[column]);
                common[row * columns + column] = here;
                let both = if here > 0.0 { here + best[at(row + 1, column + 1)] } else { 0.0 };
                best[at(row, column)] = both.max(best[at(row + 1, column)]).max(best[at(row, column + 1)]);
            }
        }
        let (mut row, mut column, mut pairs) = (0, 0, Vec::new());
        while row < rows && column < columns {
            let here = common[row * columns + column];
            if here > 0.0 && here + best[at(row + 1, column + 1)] >= best[at(row, column)] {
                pairs.push((left.start + row, right.start + column));
                (row, column) = (row + 1, column + 1);
            } else if best[at(row + 1, column)] >= best[at(row, column + 1)] {
                row += 1;
            } else {
                column += 1;
            }
        }
        pairs
    }
}

#[cfg(test)]
mod tests {
    use super::compare_lines;
    use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};
    use std::time::{Duration, Instant};

    fn compare(left: &str, right: &str) -> LineComparison {
        compare_lines(left.into(), right.into(), false).unwrap()
    }

    /// Each row as `left|right`, with the marked words in brackets; rows that are the same once, after a space.
    fn picture(left: &str, right: &str) -> Vec<String> {
        rows(&compare(left, right))
    }

    fn rows(comparison: &LineComparison) -> Vec<String> {
        let words = |side: usize, line: Option<ComparedLine>| {
            line.map_or(String::new(), |line| {
                let mut words = comparison.text_of(side, line).to_owned();
                for mark in comparison.marks_in(side, line.bytes()).iter().rev() {
                    words.insert((mark.end - line.start) as usize, ']');
                    words.insert((mark.start - line.start) as usize, '[');
                }
                format!("{}:{words}", line.number)
            })
        };
        let row = |row: &ComparedRow| match row {
            row if row.is_equal => format!(" {}", comparison.text_of(0, row.lines[0].unwrap())),
            row => format!("{}|{}", words(0, row.lines[0]), words(1, row.lines[1])),
        };
        comparison.rows.iter().map(row).collect()
    }

    #[test]
    fn lines_that_are_the_same_are_beside_each_other() {
        let check = |left: &str, right: &str, expected: &[&str]| assert_eq!(picture(left, right), expected);
        check("a\nb\nc\n", "a\nb\nc\n", &[" a", " b", " c"]);
        check("a\nc\n", "a\nb\nc\n", &[" a", "|2:b", " c"]);
        check("a\nb\nc\n", "a\nc\n", &[" a", "2:b|", " c"]);
        check("", "a\n", &["|1:a"]);
        check("a\nDear Ida,\n", "a\nDear Eva, hello,\n", &[" a", "2:Dear [Ida],|2:Dear [Eva, hello],"]);
    }

    #[test]
    fn a_changed_line_is_beside_the_one_that_it_was_and_not_beside_a_new_one() {
        let left = "the red fox runs\nsecond line here\n";
        let right = "something new\nthe red fox walks\nmore of it\nsecond line there\n";
        let expected = [
            "|1:something new",
            "1:the red fox [runs]|2:the red fox [walks]",
            "|3:more of it",
            "2:second line [here]|4:second line [there]",
        ];
        assert_eq!(picture(left, right), expected);
    }

    #[test]
    fn differences_are_runs_of_rows_and_counted_by_lines() {
        let found = compare("a\nb\nc\nx\ne\n", "a\nB\nBB\nc\nx\n");
        assert_eq!(found.differences, [1..3, 5..6]);
        assert_eq!(found.own_lines, [2, 2]);
    }

    #[test]
    fn line_breaks_and_the_end_of_the_last_line_are_no_difference() {
        for right in ["a\r\nb\r\n", "a\nb", "a\r\nb"] {
            assert!(compare("a\nb\n", right).differences.is_empty(), "{right:?}");
        }
    }

    #[test]
    fn white_space_is_no_difference_where_it_is_ignored() {
        let check = |left: &str, right: &str, expected: &[&str]| {
            let found = compare_lines(left.into(), right.into(), true).unwrap();
            assert_eq!(rows(&found), expected, "{left:?} {right:?}");
        };
        check("if a:\n  b = 1\n", "if a :\n\tb=1 \n", &[" if a:", "   b = 1"]);
        check("a b c\n", "a  b d\n", &["1:a b [c]|1:a  b [d]"]);
        // As with `diff -w` an empty line is one.
        check("a\n\nb\n", "a\nb\n", &[" a", "2:|", " b"]);
    }

    #[test]
    fn texts_without_a_line_in_common_take_no_longer_than_others() {
        const LINES: usize = 50_000;
        let line = |salt: usize, line: usize| format!("{salt} {line}");
        let text = |salt| (0..LINES).map(|number| line(salt, number)).collect::<Vec<_>>().join("\n");
        let began = Instant::now();
        let found = compare(&text(1), &text(2));
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert_eq!(found.own_lines, [LINES; 2]);
    }

    #[test]
    fn texts_with_very_many_lines_are_not_compared_by_lines() {
        assert!(compare_lines("\n".repeat(super::MOST_LINES + 1).into(), "".into(), false).is_none());
    }
}
