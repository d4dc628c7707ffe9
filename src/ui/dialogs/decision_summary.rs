//! What the decisions about taken names come to, as one sentence.

use coffer_texts::tr;

/// What they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Noun {
    #[default]
    File,
    NewFile,
    Folder,
    Item,
}

impl Noun {
    pub(super) fn counted(self, count: usize) -> String {
        match self {
            Self::File => tr!("files", count = count),
            Self::NewFile => tr!("new-files", count = count),
            Self::Folder => tr!("folders", count = count),
            Self::Item => tr!("items", count = count),
        }
    }
}

/// What happens to them.
#[derive(Clone, Copy)]
pub(super) enum Treatment {
    Added,
    Merged,
    Replaced,
    /// Both items with a name stay.
    Kept,
    Skipped,
    Unchanged,
}

/// So many items, and what happens to them.
pub(super) struct DecidedItems {
    count: usize,
    noun: Noun,
    done: Treatment,
}

impl DecidedItems {
    pub(super) fn new(count: usize, noun: Noun, done: Treatment) -> Self {
        Self { count, noun, done }
    }

    fn done_words(&self) -> String {
        match self.done {
            Treatment::Added => tr!("decided-added").to_owned(),
            Treatment::Merged => tr!("decided-merged").to_owned(),
            Treatment::Replaced => tr!("decided-replaced").to_owned(),
            Treatment::Kept => tr!("decided-kept", count = self.count),
            Treatment::Skipped => tr!("decided-skipped").to_owned(),
            Treatment::Unchanged => tr!("decided-unchanged").to_owned(),
        }
    }
}

/// "1 folder will be merged, 2 files replaced, 1 file skipped." Without what there is none of.
pub(super) fn sentence(decided: &[DecidedItems]) -> String {
    let words = decided.iter().filter(|items| items.count > 0).enumerate().map(|(index, it)| {
        let (items, done) = (it.noun.counted(it.count), it.done_words());
        match index {
            0 => tr!("decided-first", items = items, done = done, count = it.count),
            _ => tr!("decided-next", items = items, done = done),
        }
    });
    format!("{}.", words.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::{DecidedItems, Noun, Treatment, sentence};

    #[test]
    fn what_will_happen_is_a_sentence_of_what_there_is() {
        let check = |counts: [usize; 4], expected: &str| {
            let [merged, replaced, kept, skipped] = counts;
            let decided = [
                DecidedItems::new(merged, Noun::Folder, Treatment::Merged),
                DecidedItems::new(replaced, Noun::File, Treatment::Replaced),
                DecidedItems::new(kept, Noun::File, Treatment::Kept),
                DecidedItems::new(skipped, Noun::Item, Treatment::Skipped),
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
