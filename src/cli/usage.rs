//! What is said when it does not come to a run: the arguments are wrong, or the program can't begin. With `--json` that is
//! a document too, so that scripts find every error in the same place.

use super::failure::{CommandFailure, FailureCode};
use super::options::CommonArgs;
use super::output::Output;
use std::ffi::OsString;

/// Whether a command line that could not be read asks for JSON.
pub fn wants_json(arguments: impl IntoIterator<Item = OsString>) -> bool {
    arguments.into_iter().skip(1).take_while(|argument| argument != "--").any(|argument| argument == "--json")
}

/// Tells as JSON what is wrong with the arguments, from what a person would be told; answers with the exit code.
pub fn not_understood(complaint: &str) -> u8 {
    let failure = failure(complaint);
    Output::new(&CommonArgs { json: true, ..CommonArgs::default() }).failure(&failure);
    failure.code.exit()
}

/// The program can't begin; answers with the exit code.
pub fn not_started(common: &CommonArgs, why: &str) -> u8 {
    let failure = CommandFailure::new(FailureCode::Failed, "Coffer could not start", why);
    Output::new(common).failure(&failure);
    failure.code.exit()
}

/// The first line is what is wrong; hints and the usage follow.
fn failure(complaint: &str) -> CommandFailure {
    let mut lines = complaint.lines().map(str::trim).filter(|line| !line.is_empty());
    let first = lines.next().unwrap_or_default();
    let title = first.strip_prefix("error: ").unwrap_or(first);
    let mut letters = title.chars();
    let title: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
    CommandFailure::usage(title, lines.collect::<Vec<_>>().join("\n"))
}

#[cfg(test)]
mod tests {
    use super::{failure, wants_json};

    #[test]
    fn a_complaint_has_what_is_wrong_first() {
        let told = failure("error: unexpected argument '--x' found\n\n  tip: try\n\nUsage: coffer ls\n");
        assert_eq!(told.title, "Unexpected argument '--x' found");
        assert_eq!(told.detail, "tip: try\nUsage: coffer ls");
        assert_eq!(failure("").title, "");
    }

    #[test]
    fn json_is_asked_for_before_the_names_of_files() {
        let check = |line: &str, expected| {
            assert_eq!(wants_json(line.split(' ').map(Into::into)), expected, "{line}");
        };
        check("coffer ls --json --no-such-option", true);
        check("coffer put", false);
        check("coffer put -- --json", false);
    }
}
