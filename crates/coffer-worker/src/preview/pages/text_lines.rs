//! The letters of a page as text: which of them are a word, a line, or drawn twice. They come in the order in which the
//! page draws them, which is that of reading in nearly all files. Pure: where they come from is in `pdf_text`.

use coffer_model::{PageArea, PageGlyph, PageText};
use hayro::kurbo::{Point, Rect, Vec2};
use std::collections::HashSet;

/// Wider gaps are between words, in heights of the letters.
const SPACE: f64 = 0.16;

/// What goes back by more than this begins something new.
const STEP_BACK: f64 = 0.9;

/// What is higher or lower by more than this is another line; less are numbers of notes, and formulas.
const NEXT_LINE: f64 = 0.6;

/// The same letter so near by is drawn again to look bold.
const AGAIN: f64 = 0.1;

/// A letter, or several that are drawn as one shape.
#[derive(Clone, Debug)]
pub(super) struct Letter {
    pub text: String,
    /// Where the line that it stands on begins and ends under it, in units of the page.
    pub start: Point,
    pub end: Point,
    /// How high its font is.
    pub height: f64,
    /// What it covers.
    pub bounds: Rect,
}

impl Letter {
    fn direction(&self) -> Vec2 {
        let along = self.end - self.start;
        if along.hypot2() > 0.0 { along.normalize() } else { Vec2::new(1.0, 0.0) }
    }

    fn is_space(&self) -> bool {
        self.text.chars().all(char::is_whitespace)
    }

    fn reads_leftward(&self) -> bool {
        self.text.chars().any(is_leftward)
    }
}

/// Hebrew, Arabic and their relatives, which are read from right to left.
fn is_leftward(character: char) -> bool {
    matches!(u32::from(character), 0x0590..=0x08FF | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFC | 0x10800..=0x10FFF)
}

fn is_rightward(letter: &Letter) -> bool {
    letter.text.chars().any(|character| character.is_alphanumeric() && !is_leftward(character))
}

/// What lies between two letters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Between {
    Nothing,
    Space,
    LineBreak,
}

/// The text of a page of this size.
pub(super) fn page_text(letters: Vec<Letter>, width: f64, height: f64) -> PageText {
    let mut text = String::new();
    let mut glyphs = Vec::new();
    for line in lines(without_repeats(letters)) {
        if !text.is_empty() {
            text.push('\n');
        }
        for (has_space, letter) in in_reading_order(line) {
            if has_space {
                text.push(' ');
            }
            let (Ok(start), Ok(bytes)) = (u32::try_from(text.len()), u16::try_from(letter.text.len())) else {
                continue;
            };
            let Rect { x0, y0, x1, y1 } = letter.bounds;
            let area = PageArea::from_shares([x0 / width, y0 / height, x1 / width, y1 / height]);
            glyphs.push(PageGlyph { start, bytes, area });
            text.push_str(&letter.text);
        }
    }
    PageText { text: text.into(), glyphs: glyphs.into() }
}

/// Leaves out what is drawn again at nearly the same place.
fn without_repeats(letters: Vec<Letter>) -> Vec<Letter> {
    let mut seen = HashSet::new();
    let is_new = |letter: &Letter| {
        let first = letter.text.chars().next();
        let cell = AGAIN * letter.height.max(0.1);
        let at = |value: f64| (value / cell).round() as i64;
        let (x, y) = (at(letter.start.x), at(letter.start.y));
        let near = (-1..=1).flat_map(|by_x| (-1..=1).map(move |by_y| (by_x, by_y)));
        let is_again = near.into_iter().any(|(by_x, by_y)| seen.contains(&(first, x + by_x, y + by_y)));
        seen.insert((first, x, y));
        !is_again || letter.is_space()
    };
    letters.into_iter().filter(is_new).collect()
}

/// Each letter with whether a space stands before it.
type Line = Vec<(bool, Letter)>;

fn lines(letters: Vec<Letter>) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    let mut last: Option<Letter> = None;
    let mut has_space = false;
    for letter in letters {
        let between = last.as_ref().map_or(Between::LineBreak, |last| between(last, &letter));
        if between == Between::LineBreak {
            if lines.last().is_none_or(|line| !line.is_empty()) {
                lines.push(Line::new());
            }
            has_space = false;
        }
        has_space |= between == Between::Space || letter.is_space();
        if let Some(line) = lines.last_mut().filter(|_| !letter.is_space()) {
            line.push((has_space && !line.is_empty(), letter.clone()));
            has_space = false;
        }
        last = Some(letter);
    }
    lines.retain(|line| !line.is_empty());
    lines
}

fn between(last: &Letter, next: &Letter) -> Between {
    let direction = last.direction();
    let height = last.height.max(next.height);
    let offset = next.start - last.end;
    if direction.dot(next.direction()) < 0.9 || direction.cross(offset).abs() > NEXT_LINE * height {
        return Between::LineBreak;
    }
    let forward = direction.dot(offset);
    // Drawn from right to left, letter by letter.
    let gap = if forward < 0.0 && next.reads_leftward() && (last.reads_leftward() || last.is_space()) {
        let back = direction.dot(last.start - next.end);
        if back < -STEP_BACK * height {
            return Between::LineBreak;
        }
        back
    } else if forward < -STEP_BACK * height {
        return Between::LineBreak;
    } else {
        forward
    };
    if gap > SPACE * height { Between::Space } else { Between::Nothing }
}

/// Turns what is read from right to left, and was drawn from left to right, into the order of reading.
fn in_reading_order(mut line: Line) -> Line {
    let leftward: Vec<usize> = (0..line.len()).filter(|index| line[*index].1.reads_leftward()).collect();
    let [first, .., last] = leftward.as_slice() else { return line };
    let (first, last) = (&line[*first].1, &line[*last].1);
    let is_drawn_from_left = first.direction().dot(last.start - first.start) > 0.0;
    if !is_drawn_from_left {
        return line;
    }
    let rightward = line.iter().filter(|(_, letter)| is_rightward(letter)).count();
    if leftward.len() > rightward {
        reverse(&mut line);
        reverse_runs(&mut line, is_rightward, Letter::reads_leftward);
    } else {
        reverse_runs(&mut line, Letter::reads_leftward, is_rightward);
    }
    line
}

/// A space stands before a letter, so that it changes its side.
fn reverse(letters: &mut [(bool, Letter)]) {
    let before = letters.first().is_some_and(|(has_space, _)| *has_space);
    letters.reverse();
    let mut space = before;
    for (has_space, _) in letters {
        std::mem::swap(has_space, &mut space);
    }
}

/// Reverses what begins and ends with a letter of one direction and has none of the other in it.
fn reverse_runs(line: &mut Line, is_inside: impl Fn(&Letter) -> bool, ends: impl Fn(&Letter) -> bool) {
    let mut start = 0;
    while start < line.len() {
        if !is_inside(&line[start].1) {
            start += 1;
            continue;
        }
        let rest = line[start..].iter();
        let run = rest.take_while(|(_, letter)| !ends(letter)).count();
        let last = line[start..start + run].iter().rposition(|(_, letter)| is_inside(letter)).unwrap_or(0);
        reverse(&mut line[start..=start + last]);
        start += run.max(1);
    }
}

#[cfg(test)]
mod tests {
    use super::{Letter, page_text};
    use hayro::kurbo::{Point, Rect};

    /// Letters of a font that is 10 high and 5 wide, at a place of a page of 1,000 by 1,000.
    fn word(text: &str, x: f64, y: f64) -> Vec<Letter> {
        let letter = |(index, character): (usize, char)| {
            let x = x + 5.0 * index as f64;
            Letter {
                text: character.to_string(),
                start: Point::new(x, y),
                end: Point::new(x + 5.0, y),
                height: 10.0,
                bounds: Rect::new(x, y - 8.0, x + 5.0, y + 2.0),
            }
        };
        text.chars().enumerate().map(letter).collect()
    }

    #[track_caller]
    fn check(words: &[Vec<Letter>], expected: &str) {
        let text = page_text(words.concat(), 1000.0, 1000.0);
        assert_eq!(&*text.text, expected);
        for glyph in text.glyphs.iter() {
            assert!(!text.text[glyph.range()].contains([' ', '\n']));
        }
    }

    #[test]
    fn gaps_are_spaces_and_what_is_lower_is_another_line() {
        check(&[word("one", 0.0, 10.0), word("two", 18.0, 10.0), word("three", 0.0, 22.0)], "one two\nthree");
        check(&[word("ke", 0.0, 10.0), word("rn", 10.5, 10.0)], "kern");
        check(&[word("a  b ", 0.0, 10.0), word(" c", 0.0, 30.0)], "a b\nc");
        check(&[word("x", 0.0, 10.0), word("2", 5.0, 6.0)], "x2");
        // Two columns that are drawn one after the other.
        check(&[word("right", 500.0, 10.0), word("left", 0.0, 10.0)], "right\nleft");
    }

    #[test]
    fn what_is_drawn_twice_to_look_bold_is_there_once() {
        check(&[word("bold", 0.0, 10.0), word("bold", 0.4, 10.0)], "bold");
        check(&[word("all", 0.0, 10.0), word("all", 0.0, 30.0)], "all\nall");
    }

    #[test]
    fn what_is_read_from_right_to_left_is_in_the_order_of_reading() {
        check(&[word("םולש 12 בוט", 0.0, 10.0)], "טוב 12 שלום");
        check(&[word("see םולש here", 0.0, 10.0)], "see שלום here");
        // Drawn in the order of reading already.
        let mut letters = word("םולש", 0.0, 10.0);
        letters.reverse();
        check(&[letters], "שלום");
    }
}
