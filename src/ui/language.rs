//! The language in which the window speaks.

use coffer_model::settings::LanguageChoice;
use coffer_texts::Language;

/// Everything that is said from now on is in this language.
pub fn apply(choice: LanguageChoice) {
    coffer_texts::set_language(match choice {
        LanguageChoice::System => Language::of_desktop(),
        LanguageChoice::English => Language::English,
        LanguageChoice::German => Language::German,
    });
}
