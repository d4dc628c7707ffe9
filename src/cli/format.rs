//! Sizes, dates and counts for a person, and names made safe for a terminal.

use coffer_stdx::terminal;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use std::borrow::Cow;

pub(super) use coffer_stdx::units::{count, counted, duration, size};

/// "1 file", "5,000 files"
pub(super) fn files(number: u64) -> String {
    counted(number, "file")
}

/// "2026-05-12 14:02" in the time zone of the person; always of the same width.
pub(super) fn date(time: Timestamp) -> String {
    time.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}

/// Without characters that would steer the terminal: names come from other people too.
pub(super) fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().any(|c| terminal::is_steering(c) && c != '\n') {
        text.split('\n').map(terminal::printable).collect::<Vec<_>>().join("\n").into()
    } else {
        text.into()
    }
}

/// A name on a line of its own: it cannot begin another line.
pub(super) fn one_line(text: &str) -> Cow<'_, str> {
    if text.contains(terminal::is_steering) { terminal::printable(text).into() } else { text.into() }
}

/// A path as a shell takes it, for commands that can be copied.
pub(super) fn quoted(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c.is_alphanumeric() || "/._-+,:@%".contains(c);
    if !text.is_empty() && text.chars().all(plain) {
        text.into()
    } else {
        format!("'{}'", text.replace('\'', r"'\''")).into()
    }
}

#[cfg(test)]
mod tests {
    use super::{one_line, printable, quoted, size};

    #[test]
    fn words_for_numbers() {
        assert_eq!(size(0), "0 B");
        assert_eq!(size(4_812_345), "4.8 MB");
    }

    #[test]
    fn a_name_can_neither_steer_the_terminal_nor_begin_a_line() {
        assert_eq!(one_line("a\x1b[2Jb\nc"), "a?[2Jb?c");
        assert_eq!(one_line("plain ü"), "plain ü");
        assert_eq!(one_line("photo\u{202E}gpj.exe"), "photo?gpj.exe");
        assert_eq!(printable("two\nlines\u{2028}\r"), "two\nlines??");
    }

    #[test]
    fn a_quoted_path_is_one_word_to_the_shell() {
        assert_eq!(quoted("/Photos/a.jpg"), "/Photos/a.jpg");
        assert_eq!(quoted("/My file"), "'/My file'");
        assert_eq!(quoted("/it's"), r"'/it'\''s'");
    }
}
