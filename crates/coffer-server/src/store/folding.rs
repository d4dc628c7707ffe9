//! Folding for the search, so that `obrien` finds `O’Brien`, and `usercon` finds `user_controller`.
//! Paths are compared by the rules in `protocol`, not by these.

use coffer_stdx::folding::folded;

/// The text folded, and without the signs that only join parts of a word.
///
/// The search index holds names folded by this. Whoever changes it adds a step to `schema` that fills the index again.
pub(super) fn fold(text: &str) -> String {
    folded(text).filter(|letter| !matches!(letter, '\'' | '-' | '_')).collect()
}
