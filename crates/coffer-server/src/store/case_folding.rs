//! Folding names for the search: letters without case and without accents, so that "cafe" finds "Café".
//! Paths are compared by the rules in `protocol`, not by these.

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

/// The apostrophe of keyboards, for which programs put others.
pub(super) const APOSTROPHE: char = '\'';

/// The text without case, accents and compatibility forms (`ﬁ` is `fi`, `Ａ` is `a`), with straight apostrophes.
pub(super) fn fold(text: &str) -> String {
    let letters = text.nfkd().filter(|letter| !is_combining_mark(*letter)).flat_map(char::to_lowercase);
    letters.map(|letter| if matches!(letter, '’' | '‘' | 'ʼ') { APOSTROPHE } else { letter }).collect()
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_accents_and_compatibility_forms_do_not_matter() {
        for (written, folded) in [
            ("Café", "cafe"),
            ("cafe\u{301}", "cafe"),
            ("ÅNGSTRÖM", "angstrom"),
            ("ﬁle", "file"),
            ("O’Brien", "o'brien"),
            ("东京", "东京"),
        ] {
            assert_eq!(fold(written), folded);
        }
    }
}
