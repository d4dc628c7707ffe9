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
        let mut is_inside = false;
        while let Some(letter) = letters.next_if(|letter| is_inside || !letter.is_whitespace()) {
            typed.push(letter);
            if letter == '"' {
                is_inside = !is_inside;
            } else {
                token.push(letter);
            }
        }
        let is_excluded = typed.len() > 1 && typed.starts_with('-');
        if is_excluded {
            token.remove(0);
        }
        if !token.trim().is_empty() {
            let is_quoted = typed.trim_start_matches('-').starts_with('"');
            tokens.push(Token { text: token, typed, is_quoted, is_excluded });
        }
    }
}
