//! All texts that a person reads, in each language. They are in `locales/`, a folder for each language, in the syntax of
//! [Project Fluent](https://projectfluent.org); tests compare the folders with each other and with the code.
//!
//! ```
//! use coffer_texts::{Language, tr};
//!
//! coffer_texts::set_language(Language::German);
//! assert_eq!(tr!("command-back"), "Zurück");
//! assert_eq!(tr!("items", count = 1200), "1.200 Objekte");
//! ```

mod catalog;
mod stretched;
mod value;

use catalog::Catalog;

pub use value::{ToValue, Value};

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU8, Ordering};
use strum::VariantArray as _;

/// A language that everything is said in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, strum::VariantArray)]
pub enum Language {
    #[default]
    English,
    German,
}

impl Language {
    pub const ALL: &'static [Self] = Self::VARIANTS;

    /// What it calls itself.
    pub fn name(self) -> &'static str {
        match self {
            Self::English => "English",
            Self::German => "Deutsch",
        }
    }

    /// Its tag, as in BCP 47.
    pub fn tag(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::German => "de",
        }
    }

    /// The one that the desktop speaks.
    pub fn of_desktop() -> Self {
        Self::of_locale(&sys_locale::get_locale().unwrap_or_default())
    }

    /// The one of a locale, such as `de-AT` or `en_GB.UTF-8`. English where it is another.
    fn of_locale(locale: &str) -> Self {
        let tag = locale.split(['-', '_', '.']).next().unwrap_or_default();
        let known = Self::ALL.iter().find(|language| language.tag().eq_ignore_ascii_case(tag));
        known.copied().unwrap_or_default()
    }

    pub(crate) fn catalog(self) -> &'static Catalog {
        static CATALOGS: [OnceLock<Catalog>; Language::ALL.len()] =
            [const { OnceLock::new() }; Language::ALL.len()];
        CATALOGS[self as usize].get_or_init(|| Catalog::new(self))
    }
}

static CHOSEN: AtomicU8 = AtomicU8::new(0);

thread_local! {
    static OF_THREAD: Cell<Option<Language>> = const { Cell::new(None) };
    static IS_STRETCHED: Cell<bool> = const { Cell::new(false) };
}

/// The language in which everything is said from now on, by all threads but those that have one of their own.
pub fn set_language(language: Language) {
    if OF_THREAD.get().is_some() {
        set_language_of_thread(language);
    } else {
        CHOSEN.store(language as u8, Ordering::Relaxed);
    }
}

/// The same for this thread alone: tests run side by side. From then on, [`set_language`] in this thread is for it alone too.
pub fn set_language_of_thread(language: Language) {
    OF_THREAD.set(Some(language));
}

/// Whether this thread says everything in English that is longer, for tests: each word has letters such as `â`.
pub fn stretch_texts_of_thread(is_stretched: bool) {
    IS_STRETCHED.set(is_stretched);
}

fn catalog() -> &'static Catalog {
    static STRETCHED: OnceLock<Catalog> = OnceLock::new();
    if IS_STRETCHED.get() { STRETCHED.get_or_init(Catalog::stretched) } else { language().catalog() }
}

pub fn language() -> Language {
    let chosen = || Language::ALL[usize::from(CHOSEN.load(Ordering::Relaxed))];
    OF_THREAD.get().unwrap_or_else(chosen)
}

/// A text by its key, in the language that is chosen: a `&'static str`, or a `String` where values are filled in.
#[macro_export]
macro_rules! tr {
    ($key:literal) => {
        $crate::text($key)
    };
    ($key:literal, $($name:ident = $value:expr),+ $(,)?) => {
        $crate::filled_text($key, &[$((stringify!($name), $crate::ToValue::to_value(&$value))),+])
    };
}

/// What `tr!` stands for without values.
pub fn text(key: &'static str) -> &'static str {
    let found = catalog().text(key).or_else(|| Language::English.catalog().text(key));
    debug_assert!(found.is_some(), "no text has the key {key}");
    found.unwrap_or(key)
}

/// What `tr!` stands for with values.
pub fn filled_text(key: &'static str, values: &[(&'static str, Value<'_>)]) -> String {
    let found = catalog().filled(key, values).or_else(|| Language::English.catalog().filled(key, values));
    debug_assert!(found.is_some(), "no text has the key {key}");
    found.unwrap_or_else(|| key.to_owned())
}

#[cfg(test)]
mod tests {
    use super::{Language, set_language_of_thread};

    #[test]
    fn a_locale_names_its_language() {
        let check = |locale, expected| assert_eq!(Language::of_locale(locale), expected, "{locale}");
        check("de", Language::German);
        check("de-AT", Language::German);
        check("de_DE.UTF-8", Language::German);
        check("en-GB", Language::English);
        check("fr", Language::English);
        check("C", Language::English);
        check("", Language::English);
    }

    #[test]
    fn numbers_are_grouped_and_have_the_plural_of_their_language() {
        let check = |language, count: u64, expected| {
            set_language_of_thread(language);
            assert_eq!(tr!("items", count = count), expected);
        };
        check(Language::English, 1, "1 item");
        check(Language::English, 1_200, "1,200 items");
        check(Language::English, 1_234_567, "1,234,567 items");
        check(Language::German, 1, "1 Objekt");
        check(Language::German, 0, "0 Objekte");
        check(Language::German, 1_200, "1.200 Objekte");
    }
}
