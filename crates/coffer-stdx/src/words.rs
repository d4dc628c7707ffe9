//! Finding words in a text, whatever the case of their letters: in one that is there, and in one that comes piece by piece.

use std::ops::Range;

/// Where `words` are in `text`. A space may be a line break. No place is part of another, and there are at most `most`.
pub fn find_words(text: &str, words: &str, most: usize) -> Vec<Range<usize>> {
    let wanted: Vec<char> = words.chars().flat_map(char::to_lowercase).collect();
    let Some(&first) = wanted.first() else { return Vec::new() };
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut free_from = 0;
    for (start, character) in text.char_indices() {
        if found.len() >= most {
            break;
        }
        if start >= free_from
            && lowercase(character).next().is_some_and(|letter| is_same(first, letter))
            && let Some(end) = end_of_match(&text[start..], &wanted)
        {
            free_from = start + end;
            found.push(start..free_from);
        }
    }
    found
}

/// Finds words in pieces of a text that follow each other, also where a piece ends within them.
pub struct WordSearch {
    words: String,
    /// The end of what was searched, in which words may begin.
    rest: String,
}

impl WordSearch {
    pub fn new(words: String) -> Self {
        Self { words, rest: String::new() }
    }

    /// So much of the next text is the end of those before.
    pub fn rest(&self) -> &str {
        &self.rest
    }

    /// Where words begin in the rest of the pieces before with this one behind it. Without a next piece all of it is searched.
    pub fn search(&mut self, piece: &str, is_last: bool, most: usize) -> Vec<usize> {
        let mut text = std::mem::take(&mut self.rest);
        text.push_str(piece);
        let mut found = find_words(&text, &self.words, most);
        if !is_last {
            // A letter may have more bytes in another case.
            let mut keep_from = text.len().saturating_sub(self.words.len() * 4);
            while !text.is_char_boundary(keep_from) {
                keep_from -= 1;
            }
            found.retain(|place| place.start < keep_from);
            let keep_from = found.last().map_or(keep_from, |last| last.end.max(keep_from));
            text[keep_from..].clone_into(&mut self.rest);
        }
        found.into_iter().map(|place| place.start).collect()
    }
}

/// How many bytes of `text` the words are at its beginning.
fn end_of_match(text: &str, wanted: &[char]) -> Option<usize> {
    let mut left = wanted;
    for (at, character) in text.char_indices() {
        for letter in lowercase(character) {
            let (next, rest) = left.split_first()?;
            if !is_same(*next, letter) {
                return None;
            }
            left = rest;
        }
        if left.is_empty() {
            return Some(at + character.len_utf8());
        }
    }
    None
}

/// Most letters are ASCII, and quick.
fn lowercase(character: char) -> impl Iterator<Item = char> {
    let ascii = character.is_ascii().then(|| character.to_ascii_lowercase());
    ascii.into_iter().chain((!character.is_ascii()).then(|| character.to_lowercase()).into_iter().flatten())
}

fn is_same(wanted: char, found: char) -> bool {
    wanted == found || wanted.is_whitespace() && found.is_whitespace()
}

#[cfg(test)]
mod tests {
    use super::{WordSearch, find_words};

    fn places(text: &str, words: &str) -> Vec<String> {
        find_words(text, words, 10).into_iter().map(|range| text[range].to_owned()).collect()
    }

    #[test]
    fn words_are_found_whatever_their_case() {
        assert_eq!(places("Tea, tea and TEA", "tEa"), ["Tea", "tea", "TEA"]);
        assert_eq!(places("GRÖSSE größe", "größe"), ["größe"]);
        assert_eq!(places("İstanbul", "i"), Vec::<String>::new());
        assert_eq!(places("日本の日", "日"), ["日", "日"]);
    }

    #[test]
    fn places_do_not_overlap_and_may_go_over_lines() {
        assert_eq!(find_words("aaaa", "aa", 10), [0..2, 2..4]);
        assert_eq!(places("one\ntwo", "e\nt"), ["e\nt"]);
        assert_eq!(places("one\ntwo", "e t"), ["e\nt"]);
        assert_eq!(find_words("aaa", "", 10), []);
        assert_eq!(find_words("", "a", 10), []);
        assert_eq!(find_words("ab", "abc", 10), []);
        assert_eq!(find_words(&"a".repeat(50), "a", 10).len(), 10);
    }

    #[test]
    fn a_text_in_pieces_has_the_same_places_as_the_whole() {
        let text = "aa aaa größe GRÖßE and one\ntwo, tea tea teatea ".repeat(3);
        for words in ["aa", "größe", "e t", "tea", "x"] {
            let expected: Vec<usize> =
                find_words(&text, words, 1000).iter().map(|place| place.start).collect();
            for length in 1..40 {
                let mut search = WordSearch::new(words.to_owned());
                let mut found = Vec::new();
                let characters: Vec<char> = text.chars().collect();
                let mut before = 0;
                let mut pieces = characters.chunks(length).peekable();
                while let Some(piece) = pieces.next() {
                    let piece: String = piece.iter().collect();
                    let start = before - search.rest().len();
                    let is_last = pieces.peek().is_none();
                    found.extend(search.search(&piece, is_last, 1000).into_iter().map(|place| start + place));
                    before += piece.len();
                }
                assert_eq!(found, expected, "{words} in pieces of {length}");
            }
        }
    }
}
