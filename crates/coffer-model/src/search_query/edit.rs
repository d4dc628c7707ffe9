//! Changing single filters in the text of a query. The text is the one truth: what a window offers beside it edits it.

use super::tokens::{Token, is_quotation_mark, split};

/// The value of the last filter of this name in a text.
pub fn filter_value(text: &str, name: &str) -> Option<String> {
    split(text).iter().rev().find_map(|token| value_of(token, name).map(str::to_owned))
}

/// The text without filters of these names, and with another one at its end if there is a value.
pub fn with_filter(text: &str, names: &[&str], filter: Option<(&str, &str)>) -> String {
    let mut parts: Vec<String> = split(text)
        .into_iter()
        .filter(|token| !names.iter().any(|name| value_of(token, name).is_some()))
        .map(|token| token.typed)
        .collect();
    if let Some((name, value)) = filter {
        let needs_quotes = value.contains(|letter| char::is_whitespace(letter) || is_quotation_mark(letter));
        parts.push(if needs_quotes { format!("{name}:\"{value}\"") } else { format!("{name}:{value}") });
    }
    parts.join(" ")
}

fn value_of<'a>(token: &'a Token, name: &str) -> Option<&'a str> {
    let (found, value) = token.filter()?;
    found.eq_ignore_ascii_case(name).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::{filter_value, with_filter};

    #[test]
    fn a_filter_is_set_replaced_and_taken_out_and_all_else_stays() {
        let text = r#"fjord "two words" -draft"#;
        let with_kind = with_filter(text, &["kind"], Some(("kind", "picture")));
        assert_eq!(with_kind, r#"fjord "two words" -draft kind:picture"#);
        assert_eq!(filter_value(&with_kind, "kind").as_deref(), Some("picture"));
        let other = with_filter(&with_kind, &["kind"], Some(("kind", "pdf")));
        assert_eq!(other, r#"fjord "two words" -draft kind:pdf"#);
        assert_eq!(with_filter(&other, &["kind"], None), text);
        assert_eq!(filter_value(text, "kind"), None);
    }

    #[test]
    fn a_value_with_spaces_is_read_again_as_it_was_set() {
        let text = with_filter("a", &["in"], Some(("in", "/My Photos/2026")));
        assert_eq!(text, r#"a in:"/My Photos/2026""#);
        assert_eq!(filter_value(&text, "in").as_deref(), Some("/My Photos/2026"));
        assert_eq!(with_filter(&text, &["in"], None), "a");
        let text = with_filter("a", &["in"], Some(("in", "/„Alt“")));
        assert_eq!(filter_value(&text, "in").as_deref(), Some("/„Alt“"));
    }

    #[test]
    fn filters_of_time_take_the_place_of_each_other() {
        let times = ["modified", "before", "after", "since"];
        let text = with_filter("before:2020 a Modified:2019", &times, Some(("modified", "today")));
        assert_eq!(text, "a modified:today");
        assert_eq!(filter_value("\"kind:pdf\" -kind:pdf", "kind"), None);
    }
}
