//! What a transfer is called, as data: a list shows the name as it is, a sentence puts it in quotes.

use coffer_model::transfer::UploadPlan;
use coffer_model::{BringBack, Entry, RemotePath};
use coffer_texts::tr;
use std::collections::BTreeSet;
use std::ffi::OsStr;
use std::path::Path;

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TransferTitle {
    /// One item; with how many files are in it when it is a folder of known content.
    Item {
        name: String,
        files: Option<u64>,
    },
    Several {
        count: u64,
        kind: SeveralKind,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SeveralKind {
    Files,
    Folders,
    Items,
}

impl Default for TransferTitle {
    fn default() -> Self {
        Self::Several { count: 0, kind: SeveralKind::Items }
    }
}

impl TransferTitle {
    pub(crate) fn from_entries(entries: &[Entry]) -> Self {
        match entries {
            [entry] => Self::Item { name: entry.name().to_owned(), files: None },
            _ => Self::Several { count: entries.len() as u64, kind: SeveralKind::Items },
        }
    }

    /// What is downloaded of the past: the folder under its local name, or some items of it.
    pub(crate) fn from_past(wanted: &BringBack, name: Option<&OsStr>) -> Self {
        let item = |name: &str| Self::Item { name: name.to_owned(), files: None };
        match (&wanted.items[..], name) {
            ([], Some(name)) => item(&name.to_string_lossy()),
            ([], None) => item(wanted.folder.display_name()),
            ([only], _) => item(only.name()),
            (items, _) => Self::Several { count: items.len() as u64, kind: SeveralKind::Items },
        }
    }

    pub(crate) fn from_local_path(local_path: &Path) -> Self {
        let name = local_path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
        Self::Item { name, files: None }
    }

    pub(crate) fn from_plan(plan: &UploadPlan) -> Self {
        let top_level = top_level_items(plan);
        let files = plan.files.len() as u64;
        match top_level.first() {
            Some(top) if top_level.len() == 1 => {
                let is_file = plan.files.get(0).is_some_and(|file| file.remote_path == *top);
                Self::Item { name: top.name().to_owned(), files: (files > 0 && !is_file).then_some(files) }
            }
            _ if files == 0 => Self::Several { count: top_level.len() as u64, kind: SeveralKind::Folders },
            _ => Self::Several { count: files, kind: SeveralKind::Files },
        }
    }

    /// In a sentence: "“Crossing the glacier.mp4”", "“Expedition 2026” (412 files)", "12 files".
    pub fn quoted(&self) -> String {
        self.with_name(|name| tr!("quoted", name = name))
    }

    /// In a list, where names need no quotes but their own: "Expedition 2026 (412 files)".
    pub fn plain(&self) -> String {
        self.with_name(str::to_owned)
    }

    fn with_name(&self, shown: impl Fn(&str) -> String) -> String {
        match self {
            Self::Item { name, files: None } => shown(name),
            Self::Item { name, files: Some(files) } => {
                tr!("name-with-files", name = shown(name), count = *files)
            }
            Self::Several { count, kind: SeveralKind::Files } => tr!("files", count = *count),
            Self::Several { count, kind: SeveralKind::Folders } => tr!("folders", count = *count),
            Self::Several { count, kind: SeveralKind::Items } => tr!("items", count = *count),
        }
    }
}

/// The items right in the target that an upload makes.
pub(crate) fn top_level_items(plan: &UploadPlan) -> BTreeSet<RemotePath> {
    let depth = plan.target.lineage().len();
    let top_level = |path: &RemotePath| path.lineage().into_iter().nth(depth);
    let in_folders = plan.files.remote_folders().chain(&plan.empty_folders).filter_map(top_level);
    let in_target =
        (0..plan.files.len()).filter(|index| plan.files.remote_folder(*index) == Some(&plan.target));
    let in_target = in_target.filter_map(|index| Some(plan.files.get(index)?.remote_path));
    in_folders.chain(in_target).collect()
}

#[cfg(test)]
mod tests {
    use super::{SeveralKind, TransferTitle};
    use coffer_texts::{Language, set_language_of_thread};

    #[test]
    fn a_name_has_quotes_in_sentences_and_none_in_lists() {
        let check = |title: TransferTitle, quoted: &str, plain: &str| {
            assert_eq!((title.quoted(), title.plain()), (quoted.to_owned(), plain.to_owned()));
        };
        let item = |name: &str, files| TransferTitle::Item { name: name.to_owned(), files };
        check(item("Trip", Some(412)), "“Trip” (412 files)", "Trip (412 files)");
        check(item("The “big” one.jpg", None), "“The “big” one.jpg”", "The “big” one.jpg");
        check(
            TransferTitle::Several { count: 1_200, kind: SeveralKind::Files },
            "1,200 files",
            "1,200 files",
        );
        set_language_of_thread(Language::German);
        check(item("Trip", Some(412)), "„Trip“ (412 Dateien)", "Trip (412 Dateien)");
        check(TransferTitle::Several { count: 1, kind: SeveralKind::Items }, "1 Objekt", "1 Objekt");
    }
}
