//! Takes a query apart where it has spaces outside of quotation marks.

/// A part of a query.
#[derive(Debug, PartialEq)]
pub(super) struct Token {
    /// Without quotation marks and without the hyphen of an exclusion.
    pub text: String,
    /// As it was typed.
    pub typed: String,
    /// It begins with a quotation mark, so it is a phrase whatever is in it.
    pub is_quoted: bool,
    pub is_excluded: bool,
}

impl Token {
    /// The name and the value of a filter, if it has the form of one.
    pub(super) fn filter(&self) -> Option<(&str, &str)> {
        if self.is_quoted || self.is_excluded { None } else { self.text.split_once(':') }
    }
}

/// Also those that a keyboard or a text program writes instead of the straight one.
pub(super) fn is_quotation_mark(letter: char) -> bool {
    matches!(letter, '"' | '“' | '”' | '„' | '«' | '»')
}

/// The straight one closes itself, so that a phrase can have the others in it. Which of those is at which end differs from
/// language to language.
fn closes(opening: char, letter: char) -> bool {
    is_quotation_mark(letter) && (opening == '"') == (letter == '"')
}

pub(super) fn split(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    loop {
        while letters.next_if(|letter| letter.is_whitespace()).is_some() {}
        if letters.peek().is_none() {
            return tokens;
        }
        let mut typed = String::new();
        let mut token = String::new();
        let mut opening = None;
        while let Some(letter) = letters.next_if(|letter| opening.is_some() || !letter.is_whitespace()) {
            typed.push(letter);
            match opening {
                None if is_quotation_mark(letter) => opening = Some(letter),
                Some(mark) if closes(mark, letter) => opening = None,
                _ => token.push(letter),
            }
        }
        let is_excluded = typed.len() > 1 && typed.starts_with('-');
        if is_excluded {
            token.remove(0);
        }
        if !token.trim().is_empty() {
            let is_quoted = typed.trim_start_matches('-').starts_with(is_quotation_mark);
            tokens.push(Token { text: token, typed, is_quoted, is_excluded });
        }
    }
}
