//! JSON that is written in one line, laid out to be read: a line for each member, indented. Nothing but white space is
//! changed, so numbers, the order of keys and what is wrong stay as they are.

use std::cmp::Reverse;
use std::ops::Range;

/// A line that is longer than this is laid out.
const LONG_LINE: usize = 160;

/// Deeper ones are not indented further.
const MOST_DEPTH: usize = 40;

/// `None` where the lines are short already.
pub(super) fn lay_out(text: &str) -> Option<String> {
    if text.lines().all(|line| line.len() <= LONG_LINE) {
        return None;
    }
    let mut laid_out = String::with_capacity(text.len() * 2);
    let mut depth = 0_usize;
    let mut characters = text.chars().peekable();
    let break_line = |laid_out: &mut String, depth: usize| {
        laid_out.push('\n');
        laid_out.extend(std::iter::repeat_n("  ", depth.min(MOST_DEPTH)));
    };
    while let Some(character) = characters.next() {
        match character {
            '"' => {
                laid_out.push('"');
                let mut is_escaped = false;
                for inside in characters.by_ref() {
                    laid_out.push(inside);
                    if inside == '"' && !is_escaped {
                        break;
                    }
                    is_escaped = inside == '\\' && !is_escaped;
                }
            }
            '{' | '[' => {
                laid_out.push(character);
                while characters.next_if(|next| next.is_whitespace()).is_some() {}
                // What is empty takes no line.
                if let Some(end) = characters.next_if(|next| matches!(next, '}' | ']')) {
                    laid_out.push(end);
                } else {
                    depth += 1;
                    break_line(&mut laid_out, depth);
                }
            }
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                break_line(&mut laid_out, depth);
                laid_out.push(character);
            }
            ',' => {
                laid_out.push(',');
                break_line(&mut laid_out, depth);
            }
            ':' => laid_out.push_str(": "),
            // Between two values at the top there is a line.
            '\n' if depth == 0 => laid_out.push('\n'),
            space if space.is_whitespace() => {}
            other => laid_out.push(other),
        }
    }
    Some(laid_out)
}

/// The lines, counted from 1, that have brackets around them on the lines before and after; the outer ones before those in
/// them, and one for each line before.
pub(super) fn folds(text: &str) -> Vec<Range<usize>> {
    let mut folds: Vec<Range<usize>> = Vec::new();
    let mut open: Vec<(u8, usize)> = Vec::new();
    let mut line = 1;
    let mut characters = text.bytes();
    while let Some(character) = characters.next() {
        match character {
            b'\n' => line += 1,
            b'{' => open.push((b'}', line)),
            b'[' => open.push((b']', line)),
            b'}' | b']' => {
                // One that closes nothing is passed over.
                let opened = open.pop_if(|(closing, _)| *closing == character);
                let inside = opened.map(|(_, opened)| opened + 1..line);
                folds.extend(inside.filter(|inside| !inside.is_empty()));
            }
            b'"' => {
                let mut is_escaped = false;
                for inside in characters.by_ref() {
                    match inside {
                        b'"' if !is_escaped => break,
                        // A text that is not closed ends with its line.
                        b'\n' => {
                            line += 1;
                            break;
                        }
                        _ => is_escaped = inside == b'\\' && !is_escaped,
                    }
                }
            }
            _ => {}
        }
    }
    folds.sort_by_key(|fold| (fold.start, Reverse(fold.end)));
    folds.dedup_by_key(|fold| fold.start);
    folds
}

#[cfg(test)]
mod tests {
    use super::{folds, lay_out};

    /// Long enough to be laid out.
    fn long(text: &str) -> String {
        text.replace("LONG", &"x".repeat(200))
    }

    #[test]
    fn each_member_gets_a_line() {
        let text = long(r#"{"a": [1,2.50, {}],"b":{"c":"LONG, {not: [a member]} \" \\","d":[ ]}}"#);
        let expected = long(
            r#"{
  "a": [
    1,
    2.50,
    {}
  ],
  "b": {
    "c": "LONG, {not: [a member]} \" \\",
    "d": []
  }
}"#,
        );
        assert_eq!(lay_out(&text).unwrap(), expected);
    }

    #[test]
    fn what_is_laid_out_already_or_short_stays() {
        assert_eq!(lay_out("{\n  \"a\": 1\n}\n"), None);
        assert_eq!(lay_out("{\"a\":1}"), None);
    }

    #[test]
    fn lines_of_values_stay_apart_and_what_is_cut_or_wrong_is_kept() {
        let text = long("{\"a\":\"LONG\"}\n{\"b\":2}\n");
        assert_eq!(lay_out(&text).unwrap().matches("}\n{").count(), 1);
        let cut = long("[{\"a\":\"LONG\",\"b\":[1,");
        assert!(lay_out(&cut).unwrap().ends_with("[\n      1,\n      "));
        let wrong = long("]]}\"LONG");
        let kept: String = lay_out(&wrong).unwrap().split_whitespace().collect();
        assert_eq!(kept, wrong);
    }

    #[test]
    fn lines_between_brackets_can_be_folded_the_outermost_of_one_line() {
        let text =
            "{\n  \"a\": [{\n    \"b]\": \"\\\"{\"\n  }],\n  \"c\": {},\n  \"d\": [\n    1,\n    2\n  ]\n}\n";
        assert_eq!(folds(text), [2..10, 3..4, 7..9]);
        assert!(folds("[1, 2]").is_empty());
        assert!(folds("{\n  \"not closed: [\n  ]\n").is_empty());
        assert!(folds("]]}}\n[\n1\n").is_empty());
    }
}
