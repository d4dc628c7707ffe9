//! Colours of source texts: syntect's scopes become a few classes that the theme knows. The definitions are loaded
//! once, when the first source is shown; everything here blocks.

use coffer_model::file_kind::extension;
use coffer_model::preview::TextClass;
use std::ops::Range;
use std::sync::LazyLock;
use std::time::{Duration, Instant};
use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};
use syntect::util::LinesWithEndings;

/// Longer lines are data rather than source, and cost the grammar too much.
const LONGEST_LINE_BYTES: usize = 2_000;
/// After so long the rest stays plain.
const LONGEST_TIME: Duration = Duration::from_millis(1500);

static SYNTAXES: LazyLock<SyntaxSet> = LazyLock::new(SyntaxSet::load_defaults_newlines);

/// Scopes and what they are to us; of two that fit the more deeply nested scope counts.
static CLASSES: LazyLock<Vec<(Scope, Option<TextClass>)>> = LazyLock::new(|| {
    [
        ("comment", Some(TextClass::Comment)),
        // Marks that open and close belong to what they enclose.
        ("punctuation.definition.comment", Some(TextClass::Comment)),
        ("punctuation.definition.string", Some(TextClass::String)),
        ("punctuation.definition.heading", Some(TextClass::Heading)),
        ("punctuation.definition.tag", Some(TextClass::Tag)),
        ("string", Some(TextClass::String)),
        ("constant.character.escape", Some(TextClass::String)),
        ("constant.numeric", Some(TextClass::Number)),
        ("constant.language", Some(TextClass::Keyword)),
        ("constant", Some(TextClass::Number)),
        ("entity.name.function", Some(TextClass::Function)),
        ("support.function", Some(TextClass::Function)),
        ("variable.function", Some(TextClass::Function)),
        ("meta.function-call.generic", Some(TextClass::Function)),
        ("entity.name.tag", Some(TextClass::Tag)),
        ("entity.other.attribute-name", Some(TextClass::Type)),
        ("entity.name.section", Some(TextClass::Heading)),
        ("markup.heading", Some(TextClass::Heading)),
        ("entity.name", Some(TextClass::Type)),
        ("support.type", Some(TextClass::Type)),
        ("support.class", Some(TextClass::Type)),
        ("storage.type", Some(TextClass::Keyword)),
        ("storage", Some(TextClass::Keyword)),
        ("keyword.operator", Some(TextClass::Punctuation)),
        ("keyword", Some(TextClass::Keyword)),
        ("variable.language", Some(TextClass::Keyword)),
        ("punctuation", Some(TextClass::Punctuation)),
        // An expression inside a string is source again.
        ("meta.interpolation", None),
    ]
    .into_iter()
    .filter_map(|(name, class)| Some((Scope::new(name).ok()?, class)))
    .collect()
});

/// Ranges of `text` with their classes, in order, without overlaps.
pub(crate) fn spans(name: &str, text: &str) -> Vec<(Range<usize>, TextClass)> {
    let Some(syntax) = syntax_for(name, text) else { return Vec::new() };
    spans_until(Instant::now() + LONGEST_TIME, syntax, text)
}

/// Colours pieces of source in one text, which have the time of one text together.
pub(crate) struct CodeHighlighter {
    end: Instant,
}

impl CodeHighlighter {
    pub(crate) fn new() -> Self {
        Self { end: Instant::now() + LONGEST_TIME }
    }

    /// `language` is a name or the extension of its files: "rust", "py".
    pub(crate) fn spans(&self, language: &str, text: &str) -> Vec<(Range<usize>, TextClass)> {
        let language = language.to_ascii_lowercase();
        let known = match language.as_str() {
            "typescript" => "js",
            "kotlin" => "java",
            "shell" | "console" | "shell-session" => "sh",
            other => grammar(other),
        };
        let syntax = SYNTAXES.find_syntax_by_token(known).filter(|syntax| syntax.name != "Plain Text");
        syntax.map(|syntax| spans_until(self.end, syntax, text)).unwrap_or_default()
    }
}

fn spans_until(end: Instant, syntax: &SyntaxReference, text: &str) -> Vec<(Range<usize>, TextClass)> {
    let mut state = ParseState::new(syntax);
    let mut stack = ScopeStack::new();
    let mut spans: Vec<(Range<usize>, TextClass)> = Vec::new();
    let mut offset = 0;
    for line in LinesWithEndings::from(text) {
        if Instant::now() > end {
            break;
        }
        if line.len() <= LONGEST_LINE_BYTES {
            let Ok(changes) = state.parse_line(line, &SYNTAXES) else { break };
            let mut here = 0;
            for (place, change) in changes {
                push(&mut spans, offset + here..offset + place, class_of(&stack));
                here = here.max(place);
                if stack.apply(&change).is_err() {
                    return spans;
                }
            }
            push(&mut spans, offset + here..offset + line.len(), class_of(&stack));
        }
        offset += line.len();
    }
    spans
}

fn push(spans: &mut Vec<(Range<usize>, TextClass)>, range: Range<usize>, class: Option<TextClass>) {
    let Some(class) = class else { return };
    if range.is_empty() {
        return;
    }
    match spans.last_mut() {
        Some((last, known)) if last.end == range.start && *known == class => last.end = range.end,
        _ => spans.push((range, class)),
    }
}

fn class_of(stack: &ScopeStack) -> Option<TextClass> {
    stack
        .as_slice()
        .iter()
        .rev()
        .find_map(|scope| CLASSES.iter().find(|(prefix, _)| prefix.is_prefix_of(*scope)))
        .and_then(|(_, class)| *class)
}

fn syntax_for(name: &str, text: &str) -> Option<&'static SyntaxReference> {
    let extension = extension(name).to_ascii_lowercase();
    if matches!(extension.as_str(), "csv" | "tsv" | "txt" | "log") {
        return None;
    }
    SYNTAXES
        .find_syntax_by_extension(grammar(&extension))
        .or_else(|| SYNTAXES.find_syntax_by_token(name))
        .or_else(|| SYNTAXES.find_syntax_by_first_line(text.lines().next().unwrap_or_default()))
        .filter(|syntax| syntax.name != "Plain Text")
}

/// The extension whose grammar a language is coloured by: some have none, and close relatives that do.
fn grammar(extension: &str) -> &str {
    match extension {
        "ts" | "tsx" | "jsx" | "mjs" | "vue" => "js",
        "kt" | "dart" | "swift" => "java",
        "zsh" | "fish" => "sh",
        "toml" | "ini" | "cfg" | "conf" => "properties",
        "scss" => "css",
        "ex" | "exs" => "rb",
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::{CodeHighlighter, spans};
    use coffer_model::preview::TextClass;

    fn class_at(name: &str, text: &str, part: &str) -> Option<TextClass> {
        let place = text.find(part).unwrap();
        spans(name, text).into_iter().find(|(range, _)| range.contains(&place)).map(|(_, class)| class)
    }

    #[test]
    fn pieces_of_source_get_their_class() {
        let source = "// greet\nfn main() {\n    let count = 42;\n    println!(\"hello\");\n}\n";
        assert_eq!(class_at("main.rs", source, "greet"), Some(TextClass::Comment));
        assert_eq!(class_at("main.rs", source, "fn"), Some(TextClass::Keyword));
        assert_eq!(class_at("main.rs", source, "main"), Some(TextClass::Function));
        assert_eq!(class_at("main.rs", source, "42"), Some(TextClass::Number));
        assert_eq!(class_at("main.rs", source, "hello"), Some(TextClass::String));
        assert_eq!(class_at("main.rs", source, "count"), None);
    }

    #[test]
    fn code_in_a_text_is_coloured_by_its_language() {
        let classes = |language, text| {
            CodeHighlighter::new()
                .spans(language, text)
                .into_iter()
                .map(|(_, class)| class)
                .collect::<Vec<_>>()
        };
        for language in ["rust", "Rust", "rs"] {
            assert_eq!(classes(language, "let x")[0], TextClass::Keyword, "{language}");
        }
        assert!(classes("typescript", "const x = 'a'").contains(&TextClass::String));
        assert!(classes("", "let x").is_empty() && classes("no such language", "let x").is_empty());
    }

    #[test]
    fn spans_are_in_order_and_inside_the_text() {
        let source = "def f(x):\n    return 'ü' + str(x)  # done\n";
        let spans = spans("f.py", source);
        assert!(!spans.is_empty());
        assert!(spans.windows(2).all(|pair| pair[0].0.end <= pair[1].0.start));
        assert!(spans.iter().all(|(range, _)| source.get(range.clone()).is_some()));
    }

    #[test]
    fn plain_text_stays_plain() {
        assert!(spans("notes.txt", "if this then that").is_empty());
    }
}
