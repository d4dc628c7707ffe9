//! What the decisions about taken names come to, as one sentence.

use crate::ui::format;

/// So many items, and what happens to them.
pub(super) struct DecidedItems {
    pub count: usize,
    /// One of them: "file".
    pub noun: &'static str,
    /// What happens to them; "… will be".
    pub done: &'static str,
}

impl DecidedItems {
    pub(super) fn new(count: usize, noun: &'static str, done: &'static str) -> Self {
        Self { count, noun, done }
    }

    /// Both items with a name stay.
    pub(super) fn kept(count: usize, noun: &'static str) -> Self {
        let done = if count == 1 { "kept beside the other one" } else { "kept beside the others" };
        Self::new(count, noun, done)
    }
}

/// "1 folder will be merged, 2 files replaced, 1 file skipped." Without what there is none of.
pub(super) fn sentence(decided: &[DecidedItems]) -> String {
    let words = decided.iter().filter(|items| items.count > 0).enumerate().map(|(index, items)| {
        let will_be = if index == 0 { " will be" } else { "" };
        format!("{}{will_be} {}", format::counted(items.count, items.noun), items.done)
    });
    format!("{}.", words.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{DecidedItems, sentence};

    #[test]
    fn what_will_happen_is_a_sentence_of_what_there_is() {
        let check = |counts: [usize; 4], expected: &str| {
            let [merged, replaced, kept, skipped] = counts;
            let decided = [
                DecidedItems::new(merged, "folder", "merged"),
                DecidedItems::new(replaced, "file", "replaced"),
                DecidedItems::kept(kept, "file"),
                DecidedItems::new(skipped, "item", "skipped"),
            ];
            assert_eq!(sentence(&decided), expected);
        };
        check([1, 0, 0, 0], "1 folder will be merged.");
        check([2, 1, 0, 0], "2 folders will be merged, 1 file replaced.");
        check([1, 1, 3, 0], "1 folder will be merged, 1 file replaced, 3 files kept beside the others.");
        check([0, 0, 1, 2], "1 file will be kept beside the other one, 2 items skipped.");
        check([0, 1_200, 0, 1], "1,200 files will be replaced, 1 item skipped.");
    }
}
