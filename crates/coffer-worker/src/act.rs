//! What was to be done with an item, and the sentence that says that it could not be: the title of a problem.

use coffer_model::RemotePath;
use coffer_texts::tr;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[cfg_attr(test, derive(strum::VariantArray))]
pub(crate) enum Act {
    BringBack,
    BringBackWhole,
    ChangeLink,
    Close,
    Compare,
    CompareWithLocal,
    Copy,
    Create,
    Delete,
    Discard,
    Download,
    Find,
    FindInIndex,
    List,
    Move,
    MoveBack,
    Open,
    Preview,
    Rename,
    Replace,
    Restore,
    Save,
    Share,
    ShowPast,
    Upload,
}

impl Act {
    /// "“Budget.csv” could not be uploaded". The root of the account is "your files".
    pub(crate) fn failure_title(self, path: &RemotePath) -> String {
        let name = path.display_name();
        let of = if path.is_root() { "root" } else { "item" };
        match self {
            Self::BringBack => tr!("could-not-bring-back", of = of, name = name),
            Self::BringBackWhole => tr!("could-not-bring-back-whole", of = of, name = name),
            Self::ChangeLink => tr!("could-not-change-link", name = name),
            Self::Close => tr!("could-not-close", name = name),
            Self::Compare => tr!("could-not-compare", name = name),
            Self::CompareWithLocal => tr!("could-not-compare-with-local", of = of, name = name),
            Self::Copy => tr!("could-not-copy", name = name),
            Self::Create => tr!("could-not-create", name = name),
            Self::Delete => tr!("could-not-delete", name = name),
            Self::Discard => tr!("could-not-discard", name = name),
            Self::Download => tr!("could-not-download", of = of, name = name),
            Self::Find => tr!("could-not-find", name = name),
            Self::FindInIndex => tr!("could-not-find-in-index", of = of, name = name),
            Self::List => tr!("could-not-list", of = of, name = name),
            Self::Move => tr!("could-not-move", name = name),
            Self::MoveBack => tr!("could-not-move-back", name = name),
            Self::Open => tr!("could-not-open", name = name),
            Self::Preview => tr!("could-not-preview", name = name),
            Self::Rename => tr!("could-not-rename", name = name),
            Self::Replace => tr!("could-not-replace", name = name),
            Self::Restore => tr!("could-not-restore", name = name),
            Self::Save => tr!("could-not-save", name = name),
            Self::Share => tr!("could-not-share", name = name),
            Self::ShowPast => tr!("could-not-show-past", of = of, name = name),
            Self::Upload => tr!("could-not-upload", name = name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Act;
    use coffer_model::RemotePath;
    use coffer_texts::{Language, set_language_of_thread};
    use std::collections::BTreeSet;
    use strum::VariantArray as _;

    #[test]
    fn the_title_names_the_item() {
        let title = |path: &str, act: Act| act.failure_title(&RemotePath::new(path));
        assert_eq!(title("/Money/Budget.csv", Act::Upload), "“Budget.csv” could not be uploaded");
        assert_eq!(title("", Act::List), "Your files could not be listed");
        set_language_of_thread(Language::German);
        assert_eq!(title("/Money/Budget.csv", Act::Upload), "„Budget.csv“ konnte nicht hochgeladen werden");
        assert_eq!(title("", Act::List), "Ihre Dateien konnten nicht aufgelistet werden");
    }

    #[test]
    fn each_act_has_a_title_of_its_own_in_every_language() {
        let path = RemotePath::new("/Money/Budget.csv");
        let mut titles = BTreeSet::new();
        for &language in Language::ALL {
            set_language_of_thread(language);
            for act in Act::VARIANTS {
                let title = act.failure_title(&path);
                assert!(title.contains("Budget.csv"), "{act:?}: {title}");
                assert!(titles.insert(title), "{act:?} says in {language:?} what another one says");
            }
        }
    }
}
