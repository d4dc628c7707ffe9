//! Texts of other people on a terminal: names, messages.

/// Whether a character does more than show itself: it steers the terminal, turns the text around it to read from right to
/// left (as `gpj.exe` does to look like `exe.jpg`), or begins a line.
pub fn is_steering(character: char) -> bool {
    character.is_control()
        || matches!(character, '\u{2028}' | '\u{2029}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}')
}

/// The text with a question mark in the place of each such character.
pub fn printable(text: &str) -> String {
    text.chars().map(|character| if is_steering(character) { '?' } else { character }).collect()
}

#[cfg(test)]
mod tests {
    use super::printable;

    #[test]
    fn what_steers_a_terminal_or_turns_a_line_round_is_replaced() {
        let check = |text, expected| assert_eq!(printable(text), expected);
        check("a\x1b[2Jb\nc\u{9b}", "a?[2Jb?c?");
        check("photo\u{202E}gpj.exe", "photo?gpj.exe");
        check("a\u{2028}b\u{2029}c\u{2066}d\u{2069}", "a?b?c?d?");
        check("plain ü 日本 שלום 👩\u{200D}👧", "plain ü 日本 שלום 👩\u{200D}👧");
    }
}
