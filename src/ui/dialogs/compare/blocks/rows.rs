//! Which blocks of two Markdown texts are beside each other: those that have lines in common, or lines beside each other.
//! Pure.

use coffer_model::comparison::LineComparison;
use std::ops::Range;

/// Blocks beside each other, by their indexes; at least one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct BlockRow {
    pub blocks: [Option<usize>; 2],
    pub is_equal: bool,
    /// The rows of the comparison that the blocks are in.
    pub lines: Range<usize>,
}

/// `sources` are the bytes of the blocks of each text, in order.
pub(super) fn block_rows(lines: &LineComparison, sources: &[Vec<Range<usize>>; 2]) -> Vec<BlockRow> {
    let places: [Vec<BlockPlace>; 2] = [0, 1].map(|side| places(lines, side, &sources[side]));
    let (mut rows, mut next) = (Vec::new(), [0, 0]);
    loop {
        let here = [places[0].get(next[0]), places[1].get(next[1])];
        let taken = match here {
            [None, None] => return rows,
            [Some(left), Some(right)] => {
                let is_beside = left.lines.start < right.lines.end && right.lines.start < left.lines.end;
                let is_left_first = left.lines.start < right.lines.start;
                [is_beside || is_left_first, is_beside || !is_left_first]
            }
            [left, right] => [left.is_some(), right.is_some()],
        };
        let of = |side: usize| here[side].filter(|_| taken[side]);
        let both = [of(0), of(1)];
        let is_equal = both.iter().all(|place| place.is_some_and(|place| !place.is_changed));
        let starts = both.iter().flatten().map(|place| place.lines.start);
        let ends = both.iter().flatten().map(|place| place.lines.end);
        rows.push(BlockRow {
            blocks: [0, 1].map(|side| taken[side].then_some(next[side])),
            is_equal,
            lines: starts.min().unwrap_or(0)..ends.max().unwrap_or(0),
        });
        next = [0, 1].map(|side| next[side] + usize::from(taken[side]));
    }
}

struct BlockPlace {
    lines: Range<usize>,
    is_changed: bool,
}

/// Where the blocks of a text are among the rows of the comparison.
fn places(lines: &LineComparison, side: usize, sources: &[Range<usize>]) -> Vec<BlockPlace> {
    let starts: Vec<(usize, usize)> = lines
        .rows
        .iter()
        .enumerate()
        .filter_map(|(index, row)| Some((row.lines[side]?.start as usize, index)))
        .collect();
    let row_of = |byte: usize| {
        let behind = starts.partition_point(|(start, _)| *start <= byte);
        starts.get(behind.saturating_sub(1)).map_or(0, |(_, index)| *index)
    };
    let place = |source: &Range<usize>| {
        let last = source.end.saturating_sub(1).max(source.start);
        let place = row_of(source.start)..row_of(last) + 1;
        let rows = lines.rows.get(place.clone()).unwrap_or_default();
        let is_changed = rows.iter().any(|row| !row.is_equal);
        BlockPlace { lines: place, is_changed }
    };
    sources.iter().map(place).collect()
}

#[cfg(test)]
mod tests {
    use super::block_rows;
    use coffer_model::comparison::{ComparedLine, ComparedRow, LineComparison};
    use std::ops::Range;

    /// Each row of lines as `left|right`; a block is a run of lines that begin with the same letter. Blocks that are not
    /// the same are in parentheses.
    fn picture(rows: &[(&str, &str)]) -> Vec<String> {
        let mut lines = LineComparison::default();
        let (mut texts, mut blocks) = ([String::new(), String::new()], [Vec::new(), Vec::new()]);
        for (left, right) in rows {
            let mut line = |side: usize, words: &str| {
                (!words.is_empty()).then(|| {
                    let start = texts[side].len();
                    let end = start + words.len();
                    let blocks: &mut Vec<Range<usize>> = &mut blocks[side];
                    match blocks.last_mut() {
                        Some(last) if texts[side][last.start..].starts_with(&words[..1]) => last.end = end,
                        _ => blocks.push(start..end),
                    }
                    texts[side] += words;
                    texts[side] += "\n";
                    ComparedLine { number: 1, start: start as u32, end: end as u32 }
                })
            };
            let both = [line(0, left), line(1, right)];
            lines.rows.push(ComparedRow { lines: both, is_equal: left == right });
        }
        let found = block_rows(&lines, &blocks);
        let name = |side: usize, block: Option<usize>| {
            block.map_or("", |block| &texts[side][blocks[side][block].start..][..1])
        };
        let row = |row: &super::BlockRow| {
            let words = format!("{}|{}", name(0, row.blocks[0]), name(1, row.blocks[1]));
            if row.is_equal { words } else { format!("({words})") }
        };
        found.iter().map(row).collect()
    }

    #[test]
    fn blocks_with_lines_beside_each_other_are_beside_each_other() {
        assert_eq!(picture(&[("a", "a"), ("b1", "b1"), ("b2", "b3"), ("c", "c")]), ["a|a", "(b|b)", "c|c"]);
        assert_eq!(picture(&[("a", "a"), ("b1", ""), ("b2", "c")]), ["a|a", "(b|c)"]);
    }

    #[test]
    fn a_block_of_one_text_is_alone() {
        assert_eq!(picture(&[("a", "a"), ("", "b"), ("c", "c")]), ["a|a", "(|b)", "c|c"]);
        assert_eq!(picture(&[("x", ""), ("a", "a"), ("", "z")]), ["(x|)", "a|a", "(|z)"]);
    }
}
