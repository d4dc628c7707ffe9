//! Which lines of two texts are the same. How long that takes is bounded: what was not compared in time counts as
//! changed.

use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};
use similar::{Algorithm, DiffOp, capture_diff_slices_deadline};
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Longer texts are not compared line by line.
pub(super) const MOST_TEXT_BYTES: usize = 1024 * 1024;
/// Nor are texts with more lines.
const MOST_LINES: usize = 50_000;
/// Long enough for any two texts that have something in common.
const MOST_TIME: Duration = Duration::from_secs(2);

/// The rows of both texts; `None` if they have too many lines.
pub(super) fn compare_lines(left: Arc<str>, right: Arc<str>) -> Option<LineComparison> {
    let lines = [lines_of(&left), lines_of(&right)];
    if lines.iter().any(|lines| lines.len() > MOST_LINES) {
        return None;
    }
    let words = |text: &str, lines: &[ComparedLine]| -> Vec<String> {
        lines.iter().map(|line| text[line.bytes()].to_owned()).collect()
    };
    let (first, second) = (words(&left, &lines[0]), words(&right, &lines[1]));
    let deadline = Some(Instant::now() + MOST_TIME);
    let operations = capture_diff_slices_deadline(Algorithm::Patience, &first, &second, deadline);
    let mut found = Rows { lines, comparison: LineComparison { texts: [left, right], ..Default::default() } };
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
        let end = start + words.len() as u32;
        let line =
            ComparedLine { number: index as u32 + 1, start, end, changed_start: start, changed_end: end };
        start += part.len() as u32;
        line
    };
    text.split_inclusive('\n').enumerate().map(line).collect()
}

struct Rows {
    lines: [Vec<ComparedLine>; 2],
    comparison: LineComparison,
}

impl Rows {
    fn push(&mut self, operation: DiffOp) {
        let (_, left, right) = operation.as_tag_tuple();
        let is_equal = matches!(operation, DiffOp::Equal { .. });
        let first = self.comparison.rows.len();
        for index in 0..left.len().max(right.len()) {
            let at = |lines: &[ComparedLine], range: &std::ops::Range<usize>| {
                lines.get(range.start + index).filter(|_| index < range.len()).copied()
            };
            let mut lines = [at(&self.lines[0], &left), at(&self.lines[1], &right)];
            if let [Some(left), Some(right)] = &mut lines {
                mark_changed(&self.comparison.texts, left, right);
            }
            self.comparison.rows.push(ComparedRow { lines, is_equal });
        }
        if is_equal {
            return;
        }
        self.comparison.own_lines[0] += left.len();
        self.comparison.own_lines[1] += right.len();
        let end = self.comparison.rows.len();
        match self.comparison.differences.last_mut() {
            Some(last) if last.end == first => last.end = end,
            _ => self.comparison.differences.push(first..end),
        }
    }
}

/// What both lines have in common at their beginning and at their end was not changed.
fn mark_changed(texts: &[Arc<str>; 2], left: &mut ComparedLine, right: &mut ComparedLine) {
    let (first, second) = (&texts[0][left.bytes()], &texts[1][right.bytes()]);
    let before = common_bytes(first.chars(), second.chars());
    let after = common_bytes(first[before as usize..].chars().rev(), second[before as usize..].chars().rev());
    for line in [left, right] {
        line.changed_start = line.start + before;
        line.changed_end = line.end - after;
    }
}

/// The length of what two sequences of characters begin with.
fn common_bytes(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> u32 {
    let common = left.zip(right).take_while(|(left, right)| left == right);
    common.map(|(character, _)| character.len_utf8() as u32).sum()
}

#[cfg(test)]
mod tests {
    use super::{MOST_LINES, compare_lines};
    use coffer_model::comparison::{ComparedLine, LineComparison};
    use std::time::{Duration, Instant};

    fn compare(left: &str, right: &str) -> LineComparison {
        compare_lines(left.into(), right.into()).unwrap()
    }

    /// Each row as `left|right`, with what was changed in brackets; rows that are the same once, after a space.
    fn picture(left: &str, right: &str) -> Vec<String> {
        let comparison = compare(left, right);
        let words = |side: usize, line: Option<ComparedLine>| {
            line.map_or(String::new(), |line| {
                let text = &comparison.texts[side];
                let (before, after) = (line.start..line.changed_start, line.changed_end..line.end);
                let part = |range: std::ops::Range<u32>| &text[range.start as usize..range.end as usize];
                format!("{}:{}[{}]{}", line.number, part(before), &text[line.changed_bytes()], part(after))
            })
        };
        let row = |row: &coffer_model::comparison::ComparedRow| match row {
            row if row.is_equal => format!(" {}", &comparison.texts[0][row.lines[0].unwrap().bytes()]),
            row => format!("{}|{}", words(0, row.lines[0]), words(1, row.lines[1])),
        };
        comparison.rows.iter().map(row).collect()
    }

    #[test]
    fn lines_that_are_the_same_are_beside_each_other() {
        let check = |left: &str, right: &str, expected: &[&str]| assert_eq!(picture(left, right), expected);
        check("a\nb\nc\n", "a\nb\nc\n", &[" a", " b", " c"]);
        check("a\nc\n", "a\nb\nc\n", &[" a", "|2:[b]", " c"]);
        check("a\nb\nc\n", "a\nc\n", &[" a", "2:[b]|", " c"]);
        check("", "a\n", &["|1:[a]"]);
        check("a\nDear Ida,\n", "a\nDear Eva, hello,\n", &[" a", "2:Dear [Ida],|2:Dear [Eva, hello],"]);
        check("größe\n", "grüße\n", &["1:gr[ö]ße|1:gr[ü]ße"]);
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
    fn texts_without_a_line_in_common_take_no_longer_than_others() {
        let line = |salt: usize, line: usize| format!("{salt} {line}");
        let text = |salt| (0..MOST_LINES).map(|number| line(salt, number)).collect::<Vec<_>>().join("\n");
        let began = Instant::now();
        let found = compare(&text(1), &text(2));
        assert!(began.elapsed() < Duration::from_secs(20), "{:?}", began.elapsed());
        assert_eq!(found.own_lines, [MOST_LINES; 2]);
        assert!(compare_lines("\n".repeat(MOST_LINES + 1).into(), "".into()).is_none());
    }
}
