//! How good a match is: a name that is or begins with what was typed comes before one with a word that does, before one
//! that contains it, before one where a word is only in the names of the folders above. Among equals folders come first, then
//! what was changed last.

/// The lower the better.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum MatchRank {
    Whole,
    NameStart,
    WordStart,
    Within,
    InPath,
}

/// The rank of a folded name that contains all of the words.
pub(crate) fn rank(name: &[u8], words: &[Vec<u8>]) -> MatchRank {
    let Some(first) = words.first() else { return MatchRank::WordStart };
    let others_start = || words[1..].iter().all(|word| starts_a_word(name, word));
    if name.starts_with(first) && others_start() {
        let stem = name.iter().rposition(|byte| *byte == b'.').filter(|dot| *dot > 0).unwrap_or(name.len());
        let is_whole = words.len() == 1 && (first.len() == name.len() || first.len() == stem);
        return if is_whole { MatchRank::Whole } else { MatchRank::NameStart };
    }
    if starts_a_word(name, first) && others_start() { MatchRank::WordStart } else { MatchRank::Within }
}

fn starts_a_word(name: &[u8], word: &[u8]) -> bool {
    memchr::memmem::find_iter(name, word)
        .any(|place| place.checked_sub(1).is_none_or(|before| !is_part_of_word(name[before])))
}

/// Letters and digits; all letters beyond ASCII count.
fn is_part_of_word(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte >= 0x80
}

#[cfg(test)]
mod tests {
    use super::{MatchRank, rank};

    #[test]
    fn names_that_begin_with_the_words_come_first() {
        let check = |name: &str, words: &[&str], expected| {
            let words: Vec<Vec<u8>> = words.iter().map(|word| word.as_bytes().to_vec()).collect();
            assert_eq!(rank(name.as_bytes(), &words), expected, "{name} {words:?}");
        };
        check("tax.pdf", &["tax"], MatchRank::Whole);
        check("tax", &["tax"], MatchRank::Whole);
        check(".tax", &["tax"], MatchRank::WordStart);
        check("tax 2025.pdf", &["tax"], MatchRank::NameStart);
        check("tax 2025.pdf", &["2025", "tax"], MatchRank::WordStart);
        check("my-tax.pdf", &["tax"], MatchRank::WordStart);
        check("syntax.pdf", &["tax"], MatchRank::Within);
        check("syntax tax.pdf", &["tax"], MatchRank::WordStart);
        check("tax syntax.pdf", &["tax", "ntax"], MatchRank::Within);
    }
}
