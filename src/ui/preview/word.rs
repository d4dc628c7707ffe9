//! Which word of a text stands at a place.

use std::ops::Range;

pub(super) fn word_around(text: &str, byte: usize) -> Range<usize> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let (before, after) = text.split_at_checked(byte).unwrap_or((text, ""));
    let start = before.rfind(|character| !is_part(character));
    let start = start.map_or(0, |at| at + before[at..].chars().next().map_or(1, char::len_utf8));
    let end = after.find(|character| !is_part(character)).map_or(text.len(), |at| byte + at);
    start..end
}

#[cfg(test)]
mod tests {
    use super::word_around;

    #[test]
    fn a_word_is_what_stands_around_the_place() {
        let text = "fn größe_of(x)";
        assert_eq!(&text[word_around(text, 5)], "größe_of");
        assert_eq!(&text[word_around(text, 0)], "fn");
        assert_eq!(&text[word_around(text, text.len())], "");
    }
}
