//! Which glyphs of a galley draw which characters. egui promises one glyph a character, in their order; for letters that
//! are read from the right that does not hold: the glyphs of each run of one font are in the order in which they are
//! drawn, each with the first character that it draws, and behind them stand the run's characters again without a picture.

use super::line_order::is_right_to_left;
use egui::epaint::text::Glyph;
use std::ops::Range;

/// Characters that are drawn together, as a letter with its marks is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cluster {
    /// Of the paragraph.
    pub characters: Range<usize>,
    /// Of the paragraph's glyphs, in the order in which they are drawn.
    pub glyphs: Range<usize>,
    /// It was shaped from the right: brackets are mirrored.
    pub is_from_right: bool,
}

/// What is known of one glyph.
#[derive(Clone, Copy)]
pub(super) struct MappedGlyph {
    character: char,
    has_width: bool,
    has_picture: bool,
}

impl From<&Glyph> for MappedGlyph {
    fn from(glyph: &Glyph) -> Self {
        Self {
            character: glyph.chr,
            has_width: glyph.advance_width != 0.0,
            has_picture: !glyph.uv_rect.is_nothing(),
        }
    }
}

impl MappedGlyph {
    /// It stands for a character that is drawn with another one.
    const fn is_empty(self) -> bool {
        !self.has_width && !self.has_picture
    }
}

/// The clusters of a paragraph in the order of its characters, until the glyphs or what is understood of them ends. Of a
/// text that was cut the last glyph is the ellipsis, and is left out.
pub(super) fn clusters(characters: &[char], glyphs: &[MappedGlyph]) -> Vec<Cluster> {
    let mut clusters: Vec<Cluster> = Vec::with_capacity(glyphs.len());
    let (mut next_character, mut next_glyph) = (0, 0);
    while next_character < characters.len() && next_glyph < glyphs.len() {
        let (character, glyph) = (characters[next_character], glyphs[next_glyph]);
        let may_be_turned = character != glyph.character || is_right_to_left(character);
        if may_be_turned
            && let Some(run) = run_from_right(&characters[next_character..], &glyphs[next_glyph..])
        {
            clusters.extend(run.clusters.into_iter().map(|cluster| Cluster {
                characters: cluster.characters.start + next_character
                    ..cluster.characters.end + next_character,
                glyphs: cluster.glyphs.start + next_glyph..cluster.glyphs.end + next_glyph,
                is_from_right: true,
            }));
            next_character += run.characters;
            next_glyph += run.glyphs;
            continue;
        }
        let is_same = glyph.character == character;
        match clusters.last_mut() {
            // A mark is drawn with its letter, and its glyph has that letter's character.
            Some(last) if !is_same || glyph.is_empty() => {
                if !is_same && characters.get(last.characters.start) != Some(&glyph.character) {
                    break;
                }
                last.characters.end = next_character + 1;
                last.glyphs.end = next_glyph + 1;
            }
            _ if !is_same => break,
            _ => clusters.push(Cluster {
                characters: next_character..next_character + 1,
                glyphs: next_glyph..next_glyph + 1,
                is_from_right: false,
            }),
        }
        next_character += 1;
        next_glyph += 1;
    }
    clusters
}

/// A run of one font at the beginning of some glyphs.
struct RunFromRight {
    clusters: Vec<Cluster>,
    characters: usize,
    glyphs: usize,
}

/// It is known by the characters that are repeated behind it without a picture: all but those of its first cluster's
/// glyphs. A run of one glyph needs no turning.
fn run_from_right(characters: &[char], glyphs: &[MappedGlyph]) -> Option<RunFromRight> {
    let first = *characters.first()?;
    let mut drawn = 1;
    while drawn < glyphs.len() {
        let repeated = glyphs[drawn];
        let before = glyphs[drawn - 1];
        if repeated.is_empty() && !before.is_empty() && before.character == first {
            let of_first = glyphs[..drawn].iter().rev().take_while(|glyph| glyph.character == first).count();
            for skipped in 1..=of_first {
                let length = repeats(characters.get(skipped..)?, &glyphs[drawn..]);
                let end = skipped + length;
                if length > 0
                    && let Some(clusters) = turned(&characters[..end], &glyphs[..drawn])
                {
                    return Some(RunFromRight { clusters, characters: end, glyphs: drawn + length });
                }
            }
        }
        drawn += 1;
    }
    None
}

/// How many of the characters the glyphs repeat without a picture.
fn repeats(characters: &[char], glyphs: &[MappedGlyph]) -> usize {
    let is_repeated =
        |(character, glyph): &(&char, &MappedGlyph)| glyph.is_empty() && glyph.character == **character;
    characters.iter().zip(glyphs).take_while(is_repeated).count()
}

/// The clusters of glyphs that were drawn from the right, if they can be those of the characters.
fn turned(characters: &[char], glyphs: &[MappedGlyph]) -> Option<Vec<Cluster>> {
    let mut clusters: Vec<Cluster> = Vec::new();
    for (index, glyph) in glyphs.iter().enumerate().rev() {
        if let Some(last) = clusters.last_mut() {
            let of_same = glyph.character == characters[last.characters.start];
            let from = last.characters.start + 1;
            let next = characters[from..].iter().position(|character| *character == glyph.character);
            let Some(next) = next.filter(|_| glyph.has_width || !of_same).map(|length| from + length) else {
                // A mark, or the box for one that the font lacks.
                if !of_same {
                    return None;
                }
                last.glyphs.start = index;
                continue;
            };
            last.characters.end = next;
            clusters.push(Cluster {
                characters: next..next + 1,
                glyphs: index..index + 1,
                is_from_right: true,
            });
        } else if glyph.character == characters[0] {
            clusters.push(Cluster { characters: 0..1, glyphs: index..index + 1, is_from_right: true });
        } else {
            return None;
        }
    }
    clusters.last_mut()?.characters.end = characters.len();
    Some(clusters)
}

#[cfg(test)]
mod tests {
    use super::{Cluster, MappedGlyph, clusters};

    /// `glyphs`: as egui has them; after `-` those without a picture, after `^` those without a width.
    fn check(text: &str, glyphs: &str, expected: &[(&str, std::ops::Range<usize>)]) {
        let characters: Vec<char> = text.chars().collect();
        let mut mapped = Vec::new();
        let (mut has_width, mut has_picture) = (true, true);
        for character in glyphs.chars() {
            match character {
                '-' => (has_width, has_picture) = (false, false),
                '^' => has_width = false,
                _ => {
                    mapped.push(MappedGlyph { character, has_width, has_picture });
                    (has_width, has_picture) = (true, true);
                }
            }
        }
        let found: Vec<(String, std::ops::Range<usize>)> = clusters(&characters, &mapped)
            .into_iter()
            .map(|Cluster { characters: range, glyphs, .. }| (characters[range].iter().collect(), glyphs))
            .collect();
        let expected: Vec<_> =
            expected.iter().map(|(text, range)| ((*text).to_owned(), range.clone())).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn letters_from_the_left_have_a_glyph_each() {
        check("ab", "ab", &[("a", 0..1), ("b", 1..2)]);
        check("a\u{301}b", "a^ab", &[("a\u{301}", 0..2), ("b", 2..3)]);
        // One glyph for both.
        check("fi.", "f-i.", &[("fi", 0..2), (".", 2..3)]);
    }

    #[test]
    fn letters_from_the_right_are_turned() {
        check("אבג", "גבא-ב-ג", &[("א", 2..3), ("ב", 1..2), ("ג", 0..1)]);
        check("אב גד", "בא-ב דג-ד", &[("א", 1..2), ("ב", 0..1), (" ", 3..4), ("ג", 5..6), ("ד", 4..5)]);
        check("אבא", "אבא-ב-א", &[("א", 2..3), ("ב", 1..2), ("א", 0..1)]);
        check("a א", "a א", &[("a", 0..1), (" ", 1..2), ("א", 2..3)]);
    }

    #[test]
    fn letters_that_are_one_glyph_and_marks_stay_together() {
        // Lam and alef are joined.
        check("سلام", "مل", &[]);
        check("سلام", "ملس-ل-ا-م", &[("س", 2..3), ("لا", 1..2), ("م", 0..1)]);
        check("لا", "ل-ا", &[("لا", 0..1)]);
        check("בָּג", "ג^ב^בב-ג", &[("בָּ", 1..4), ("ג", 0..1)]);
        // The box for a mark that the font lacks has a width.
        check("בָּג", "גבב^ב-ג", &[("בָּ", 1..4), ("ג", 0..1)]);
    }
}
