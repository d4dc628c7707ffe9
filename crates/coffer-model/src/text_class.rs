//! What a theme colours differently in source text.

/// What a piece of source text is; the theme chooses its colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextClass {
    Comment,
    Keyword,
    String,
    Number,
    Function,
    Type,
    Tag,
    Heading,
    Punctuation,
}
