//! JSON that is written in one line, laid out to be read: a line for each member, indented. Nothing but white space is
//! changed, so numbers, the order of keys and what is wrong stay as they are.

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

#[cfg(test)]
mod tests {
    use super::lay_out;

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
}
