//! Folding text for people who look for a name: what they type need not have the case, the accents and the typographic
//! signs of the name. Paths are compared by Dropbox's rules instead, and sorted by the Unicode collator.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The letters of a text without case (`ß` is `ss`), accents, strokes (`ø` is `o`), compatibility forms (`ﬁ` is `fi`, `Ａ`
/// is `a`) and invisible characters, with the apostrophe and the dash of keyboards.
pub fn folded(text: &str) -> impl Iterator<Item = char> {
    text.chars()
        // Decomposed it would be a space and an accent.
        .map(|letter| if letter == '´' { '’' } else { letter })
        .nfkd()
        .map(keyboard_sign)
        .filter(|letter| !is_combining_mark(*letter) && !is_invisible(*letter))
        .flat_map(without_case)
        .flat_map(without_stroke)
}

/// Puts the folded letters of a text in the place of what is in `buffer`, for those who fold very many texts.
pub fn fold_into(text: &str, buffer: &mut String) {
    buffer.clear();
    if text.is_ascii() {
        buffer.extend(text.chars().map(|letter| keyboard_sign(letter.to_ascii_lowercase())));
    } else {
        buffer.extend(folded(text));
    }
}

fn keyboard_sign(sign: char) -> char {
    match sign {
        '’' | '‘' | '‛' | '′' | '`' | 'ʹ' | 'ʻ' | 'ʼ' | 'ʾ' | 'ʿ' => '\'',
        '\u{2010}'..='\u{2015}' | '−' => '-',
        sign => sign,
    }
}

/// Soft hyphens, joiners, and marks of the direction of writing.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
}

/// Through lower to upper case and back, because some letters have two lower forms (`σ` and `ς`, `i` and `ı`), and `ẞ`
/// becomes `SS` only by way of `ß`.
fn without_case(letter: char) -> impl Iterator<Item = char> {
    letter.to_lowercase().flat_map(char::to_uppercase).flat_map(char::to_lowercase)
}

/// Unicode does not take these letters apart.
fn without_stroke(letter: char) -> impl Iterator<Item = char> {
    let (first, second) = match letter {
        'ø' => ('o', None),
        'ł' => ('l', None),
        'đ' => ('d', None),
        'ħ' => ('h', None),
        'ŧ' => ('t', None),
        'æ' => ('a', Some('e')),
        'œ' => ('o', Some('e')),
        letter => (letter, None),
    };
    std::iter::once(first).chain(second)
}

#[cfg(test)]
mod tests {
    use super::{fold_into, folded};

    #[test]
    fn case_accents_forms_and_typographic_signs_do_not_matter() {
        for (written, expected) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("ÅNGSTRÖM", "angstrom"),
            ("Straße", "strasse"),
            ("STRAẞE", "strasse"),
            ("ﬁle ﬃ", "file ffi"),
            ("ＡＢＣ１２３", "abc123"),
            ("ｶﾞ", "カ"),
            ("ΟΔΟΣ οδός", "οδοσ οδοσ"),
            ("İstanbul ISPARTA ısparta", "istanbul isparta isparta"),
            ("Łódź Øresund Đà", "lodz oresund da"),
            ("Æon œuvre", "aeon oeuvre"),
            ("O’Brien O´Brien O＇Brien", "o'brien o'brien o'brien"),
            ("2019–2020", "2019-2020"),
            ("co\u{ad}op \u{200f}a", "coop a"),
            ("a\u{a0}b", "a b"),
            ("❤\u{fe0f}", "❤"),
            ("东京", "东京"),
        ] {
            assert_eq!(folded(written).collect::<String>(), expected, "{written}");
        }
    }

    #[test]
    fn the_short_way_for_plain_letters_comes_to_the_same() {
        let mut buffer = "what was there before".to_owned();
        for letter in '\0'..='\u{17f}' {
            let text = format!("A{letter}`z");
            fold_into(&text, &mut buffer);
            assert_eq!(buffer, folded(&text).collect::<String>(), "{letter:?}");
        }
    }

    /// For all letters of the planes that have any.
    #[test]
    fn what_is_folded_stays_as_it_is() {
        for letter in '\0'..='\u{1ffff}' {
            let once: String = folded(letter.encode_utf8(&mut [0; 4])).collect();
            let twice: String = folded(&once).collect();
            assert_eq!(once, twice, "{letter:?}");
        }
    }
}
