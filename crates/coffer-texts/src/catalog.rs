//! The texts of one language.

use super::stretched::stretched_file;
use super::{Language, Value};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use fluent_syntax::ast;
use std::collections::HashMap;
use unic_langid::LanguageIdentifier;

/// The files of a language, by the subject of their texts.
macro_rules! files {
    ($language:literal) => {
        &[
            include_str!(concat!("../locales/", $language, "/commands.ftl")),
            include_str!(concat!("../locales/", $language, "/common.ftl")),
            include_str!(concat!("../locales/", $language, "/dialogs.ftl")),
            include_str!(concat!("../locales/", $language, "/kinds.ftl")),
            include_str!(concat!("../locales/", $language, "/preview.ftl")),
            include_str!(concat!("../locales/", $language, "/problems.ftl")),
            include_str!(concat!("../locales/", $language, "/sound.ftl")),
            include_str!(concat!("../locales/", $language, "/state.ftl")),
            include_str!(concat!("../locales/", $language, "/times.ftl")),
            include_str!(concat!("../locales/", $language, "/transfers.ftl")),
            include_str!(concat!("../locales/", $language, "/views.ftl")),
            include_str!(concat!("../locales/", $language, "/window.ftl")),
            include_str!(concat!("../locales/", $language, "/work.ftl")),
        ]
    };
}

pub(crate) struct Catalog {
    bundle: FluentBundle<FluentResource>,

    /// The texts without values, made once: most are drawn in each frame.
    plain: HashMap<String, &'static str>,
}

impl Catalog {
    pub(crate) fn new(language: Language) -> Self {
        Self::of_files(language, files_of(language).iter().copied().map(str::to_owned))
    }

    /// What no language says: English, but longer.
    pub(crate) fn stretched() -> Self {
        let files = files_of(Language::English).iter().copied().map(stretched_file);
        Self::of_files(Language::English, files)
    }

    /// # Panics
    /// When a file is not in the syntax of Fluent, which tests rule out.
    fn of_files(language: Language, files: impl Iterator<Item = String>) -> Self {
        let identifier: LanguageIdentifier = language.tag().parse().expect("the tag is one of BCP 47");
        let mut bundle = FluentBundle::new_concurrent(vec![identifier]);
        // The marks around values are for mixed directions of writing, which these languages do not have.
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(match language {
            Language::English => |value, _| grouped(value, ','),
            Language::German => |value, _| grouped(value, '.'),
        }));
        let mut keys = Vec::new();
        for file in files {
            let resource = FluentResource::try_new(file).map_err(|(_, errors)| errors);
            let resource = resource.expect("the texts are written in Fluent");
            for entry in resource.entries() {
                if let ast::Entry::Message(message) = entry {
                    keys.push(message.id.name.to_owned());
                }
            }
            bundle.add_resource(resource).expect("a key is given once");
        }
        let mut catalog = Self { bundle, plain: HashMap::new() };
        for key in keys {
            if let Some(text) = catalog.format(&key, None) {
                // There are as many as the files have, and they are needed as long as the program runs.
                catalog.plain.insert(key, text.leak());
            }
        }
        catalog
    }

    /// The text of a key that has no values.
    pub(crate) fn text(&self, key: &str) -> Option<&'static str> {
        self.plain.get(key).copied()
    }

    /// The text of a key with its values.
    pub(crate) fn filled(&self, key: &str, values: &[(&'static str, Value<'_>)]) -> Option<String> {
        let args: FluentArgs<'_> = values.iter().map(|(name, value)| (*name, value.clone())).collect();
        self.format(key, Some(&args))
    }

    /// `None` where there is no such text, or a value of it is not given.
    fn format(&self, key: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let pattern = self.bundle.get_message(key)?.value()?;
        let mut errors = Vec::new();
        let text = self.bundle.format_pattern(pattern, args, &mut errors).into_owned();
        errors.is_empty().then_some(text)
    }
}

pub(crate) fn files_of(language: Language) -> &'static [&'static str] {
    match language {
        Language::English => files!("en"),
        Language::German => files!("de"),
    }
}

/// Whole numbers with a sign between thousands; `None` leaves all else as it is.
fn grouped(value: &Value<'_>, separator: char) -> Option<String> {
    let Value::Number(number) = value else { return None };
    if number.value.fract() != 0.0 {
        return None;
    }
    let digits = format!("{:.0}", number.value.abs());
    let mut text = String::new();
    if number.value < 0.0 {
        text.push('−');
    }
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    Some(text)
}

#[cfg(test)]
mod tests {
    use super::files_of;
    use crate::Language;
    use fluent_syntax::ast::{CallArguments, Entry, Expression, InlineExpression, Pattern, PatternElement};
    use fluent_syntax::parser;
    use std::collections::{BTreeMap, BTreeSet};

    /// The names of the values of each text, by its key.
    fn texts(language: Language) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
        let mut texts = BTreeMap::new();
        for file in files_of(language) {
            let resource =
                parser::parse(*file).unwrap_or_else(|(_, errors)| panic!("{language:?}: {errors:?}"));
            for entry in resource.body {
                let Entry::Message(message) = entry else { continue };
                let pattern = message.value.unwrap_or_else(|| panic!("{} is empty", message.id.name));
                let mut values = BTreeSet::new();
                collect_values(&pattern, &mut values);
                let before = texts.insert(message.id.name, values);
                assert!(before.is_none(), "{language:?} has {} twice", message.id.name);
            }
        }
        texts
    }

    fn collect_values(pattern: &Pattern<&'static str>, values: &mut BTreeSet<&'static str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::Placeable { expression: Expression::Inline(inline) } => {
                    collect_inline(inline, values);
                }
                PatternElement::Placeable { expression: Expression::Select { selector, variants } } => {
                    collect_inline(selector, values);
                    for variant in variants {
                        collect_values(&variant.value, values);
                    }
                }
                PatternElement::TextElement { .. } => {}
            }
        }
    }

    fn collect_inline(inline: &InlineExpression<&'static str>, values: &mut BTreeSet<&'static str>) {
        match inline {
            InlineExpression::VariableReference { id } => {
                values.insert(id.name);
            }
            InlineExpression::FunctionReference { arguments: CallArguments { positional, .. }, .. } => {
                for argument in positional {
                    collect_inline(argument, values);
                }
            }
            _ => {}
        }
    }

    #[test]
    fn every_language_has_the_same_texts_with_the_same_values() {
        let english = texts(Language::English);
        for &language in Language::ALL {
            let other = texts(language);
            for (key, values) in &english {
                assert_eq!(other.get(key), Some(values), "{language:?}, {key}");
            }
            for key in other.keys() {
                assert!(english.contains_key(key), "{language:?} has {key}, which English does not have");
            }
        }
    }

    #[test]
    fn keys_stand_in_the_same_order_in_every_language() {
        let keys = |language| -> Vec<Vec<&str>> {
            let is_key = |line: &&str| line.starts_with(|letter: char| letter.is_ascii_lowercase());
            let key = |line: &'static str| line.split(' ').next().unwrap_or_default();
            files_of(language).iter().map(|file| file.lines().filter(is_key).map(key).collect()).collect()
        };
        for &language in Language::ALL {
            assert_eq!(keys(language), keys(Language::English), "{language:?}");
        }
    }
}
