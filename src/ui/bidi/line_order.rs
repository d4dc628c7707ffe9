//! In which order the characters of a line are drawn: the Unicode Bidirectional Algorithm (UAX #9), over plain characters.
//! What is drawn where is in `reorder.rs`.

use std::ops::Range;
use unicode_bidi::{Level, ParagraphBidiInfo};

/// What a text is, which decides where it begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reading {
    /// Words of the window, or a name: they begin where their first letter wants to. A name in quotation marks is for
    /// itself, so that it reads in a sentence as it does in the list.
    Words,

    /// A line of a file, or a part of one, in the direction of the whole line.
    Line { right_to_left: bool },
}

/// One character of a line, in the order in which they are drawn from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct DrawnCharacter {
    /// Which character of the paragraph.
    pub index: usize,
    pub right_to_left: bool,
}

/// The lines of a paragraph as they are drawn.
pub(super) struct DrawnLines {
    pub right_to_left: bool,
    pub lines: Vec<Vec<DrawnCharacter>>,
}

/// Whether a text may have to be drawn in another order than it has. Quick for a text without such letters.
pub fn has_right_to_left(text: &str) -> bool {
    !text.is_ascii() && text.chars().any(is_right_to_left)
}

/// Hebrew, Arabic and its relatives, and the marks that stand for a letter of them.
pub(super) fn is_right_to_left(character: char) -> bool {
    matches!(
        u32::from(character),
        0x590..=0x8FF | 0x200F | 0xFB1D..=0xFDFF | 0xFE70..=0xFEFE | 0x1_0800..=0x1_0FFF | 0x1_E800..=0x1_EFFF
    )
}

/// Characters that turn the order of others round. In a name they make "exe.gpj" look like a picture, so they have no
/// effect, and are drawn as boxes.
pub fn is_order_control(character: char) -> bool {
    matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// Whether a line of a text begins at the right: its first letter says so.
pub fn begins_at_right(line: &str) -> bool {
    has_right_to_left(line) && {
        let text: String = line.chars().map(without_effect).collect();
        unicode_bidi::get_base_direction(text.as_str()) == unicode_bidi::Direction::Rtl
    }
}

/// `lines` are ranges of `paragraph`, one behind the other.
pub(super) fn drawn_lines(paragraph: &[char], lines: &[Range<usize>], reading: Reading) -> DrawnLines {
    let mut characters: Vec<char> = paragraph.iter().map(|character| without_effect(*character)).collect();
    let level = match reading {
        Reading::Words => {
            isolate_quoted(&mut characters);
            None
        }
        Reading::Line { right_to_left: true } => Some(Level::rtl()),
        Reading::Line { right_to_left: false } => Some(Level::ltr()),
    };
    let text: String = characters.iter().collect();
    let mut starts: Vec<usize> = text.char_indices().map(|(byte, _)| byte).collect();
    starts.push(text.len());
    let order = ParagraphBidiInfo::new(&text, level);
    let lines = lines
        .iter()
        .filter(|line| !line.is_empty())
        .map(|line| {
            let (levels, runs) = order.visual_runs(starts[line.start]..starts[line.end]);
            let mut drawn = Vec::with_capacity(line.len());
            for run in runs {
                let right_to_left = levels[run.start].is_rtl();
                let first = starts.partition_point(|start| *start < run.start);
                let end = starts.partition_point(|start| *start < run.end);
                let character = |index| DrawnCharacter { index, right_to_left };
                if right_to_left {
                    drawn.extend((first..end).rev().map(character));
                } else {
                    drawn.extend((first..end).map(character));
                }
            }
            drawn
        })
        .collect();
    DrawnLines { right_to_left: order.paragraph_level.is_rtl(), lines }
}

/// What stands for a character when the order is found out.
fn without_effect(character: char) -> char {
    match character {
        _ if is_order_control(character) => '\u{FFFC}',
        // They would end the paragraph.
        '\n' | '\r' | '\u{1C}'..='\u{1E}' | '\u{85}' | '\u{2029}' => ' ',
        _ => character,
    }
}

/// Makes isolates of what is between quotation marks, English or German.
fn isolate_quoted(characters: &mut [char]) {
    let mut open: Option<(usize, char)> = None;
    for index in 0..characters.len() {
        match (characters[index], open) {
            (close, Some((start, expected))) if close == expected => {
                characters[start] = '\u{2068}';
                characters[index] = '\u{2069}';
                open = None;
            }
            ('“', None) => open = Some((index, '”')),
            ('„', None) => open = Some((index, '“')),
            _ => {}
        }
    }
}

/// The character that is seen in a mirror, for those that are drawn so between letters that are read from the right.
pub(super) fn is_mirrored(character: char) -> bool {
    matches!(character, '<' | '>' | '«' | '»' | '‹' | '›' | '≤' | '≥')
        || unicode_bidi::BidiDataSource::bidi_matched_opening_bracket(
            &unicode_bidi::HardcodedBidiData,
            character,
        )
        .is_some()
}

#[cfg(test)]
mod tests {
    use super::{Reading, begins_at_right, drawn_lines, has_right_to_left};

    /// What is seen, from left to right; letters are not joined here, and brackets are those of the text.
    fn seen_as(text: &str, reading: Reading) -> String {
        let characters: Vec<char> = text.chars().collect();
        let whole = 0..characters.len();
        let drawn = drawn_lines(&characters, std::slice::from_ref(&whole), reading);
        drawn.lines.iter().flatten().map(|drawn| characters[drawn.index]).collect()
    }

    fn seen(text: &str) -> String {
        seen_as(text, Reading::Words)
    }

    #[test]
    fn words_that_are_read_from_the_right_are_drawn_from_the_right() {
        assert_eq!(seen("שלום עולם"), "םלוע םולש");
        assert_eq!(seen("plain text"), "plain text");
    }

    #[test]
    fn numbers_and_latin_words_keep_their_own_direction() {
        assert_eq!(seen("דוח 2026"), "2026 חוד");
        assert_eq!(seen("דוח about 12.5 ק"), "ק about 12.5 חוד");
        assert_eq!(seen("report שלום עולם"), "report םלוע םולש");
    }

    #[test]
    fn a_name_ends_with_its_extension_in_the_direction_in_which_it_is_read() {
        assert_eq!(seen("דוח 2026.pdf"), "pdf.2026 חוד");
        // The number belongs to the words before it; its brackets are drawn mirrored.
        assert_eq!(seen("report שלום (1).txt"), "report )1( םולש.txt");
        assert_eq!(seen("2026 דוח.pdf"), "pdf.חוד 2026");
    }

    #[test]
    fn a_quoted_name_reads_in_a_sentence_as_it_does_alone() {
        assert_eq!(seen("Deleted “דוח 2026.pdf” for good"), "Deleted “pdf.2026 חוד” for good");
        assert_eq!(seen("„דוח 2026.pdf“ gelöscht"), "„pdf.2026 חוד“ gelöscht");
        assert_eq!(seen("“דוח.pdf” and “report”"), "“pdf.חוד” and “report”");
        // Without a second mark it is no quotation.
        assert_eq!(seen("“דוח"), "חוד“");
    }

    #[test]
    fn characters_that_turn_the_order_round_have_no_effect() {
        assert_eq!(seen("holiday\u{202E}gpj.exe"), "holiday\u{202E}gpj.exe");
        assert_eq!(seen("a\u{2067}bc\u{2069}d"), "a\u{2067}bc\u{2069}d");
        assert_eq!(seen("א\u{202D}בג"), "גב\u{202D}א");
    }

    #[test]
    fn a_line_of_a_file_has_the_direction_of_the_whole_line() {
        let right = Reading::Line { right_to_left: true };
        assert_eq!(seen_as("abc!", right), "!abc");
        assert_eq!(seen_as("שלום!", Reading::Line { right_to_left: false }), "םולש!");
        for (line, expected) in [
            ("שלום world", true),
            ("hello עולם", false),
            ("12 שלום", true),
            ("\u{202E}abc", false),
            ("", false),
        ] {
            assert_eq!(begins_at_right(line), expected, "{line}");
        }
    }

    #[test]
    fn each_line_of_a_paragraph_is_put_in_order_for_itself() {
        let characters: Vec<char> = "אב גד הו".chars().collect();
        let drawn = drawn_lines(&characters, &[0..6, 6..8], Reading::Words);
        let lines: Vec<String> = drawn
            .lines
            .iter()
            .map(|line| line.iter().map(|drawn| characters[drawn.index]).collect())
            .collect();
        assert_eq!(lines, [" דג בא", "וה"]);
        assert!(drawn.right_to_left);
    }

    #[test]
    fn other_texts_are_known_at_once() {
        assert!(!has_right_to_left("Größe 漢字 😀 — naïve"));
        assert!(has_right_to_left("a ב") && has_right_to_left("ﻻ") && has_right_to_left("܀"));
    }
}
