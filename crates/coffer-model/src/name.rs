//! Which names the account takes, said in words. The rules themselves are `protocol`'s.

use coffer_texts::tr;
use dropbox_protocol::path::{NameProblem, check_name};

/// Why the account refuses `name`, as a sentence for a person; `None` for a good name.
pub fn invalid_reason(name: &str) -> Option<String> {
    let problem = check_name(name).err()?;
    let reason = match problem {
        NameProblem::Empty => tr!("name-empty"),
        NameProblem::ForbiddenCharacter(character) if character.is_control() => tr!("name-with-control"),
        NameProblem::ForbiddenCharacter(character) => {
            return Some(tr!("name-with-character", character = character.to_string()));
        }
        NameProblem::Dots => tr!("name-dots"),
        NameProblem::TrailingBlank => tr!("name-trailing-blank"),
        NameProblem::TooLong => tr!("name-too-long"),
        NameProblem::Reserved => tr!("name-reserved"),
    };
    Some(reason.to_owned())
}

/// Whether the account refuses the name because a system gives it to files of its own (`.DS_Store`, `desktop.ini`).
pub fn is_system_file(name: &str) -> bool {
    check_name(name) == Err(NameProblem::Reserved)
}

#[cfg(test)]
mod tests {
    use super::invalid_reason;
    use coffer_texts::{Language, set_language_of_thread};

    #[test]
    fn a_refused_name_is_explained_and_a_good_one_is_not() {
        let check =
            |name, expected: Option<&str>| assert_eq!(invalid_reason(name).as_deref(), expected, "{name:?}");
        check("Fjord at dawn.jpg", None);
        check("a/b", Some("Names can’t contain “/”"));
        check("a\0b", Some("Names can’t contain control characters"));
        check("notes ", Some("Names can’t end with a space"));
        check("desktop.ini", Some("This name is reserved by Dropbox"));
        check("..", Some("“.” and “..” are reserved names"));
        set_language_of_thread(Language::German);
        check("a/b", Some("Namen dürfen „/“ nicht enthalten"));
        check("", Some("Geben Sie einen Namen ein"));
    }
}
