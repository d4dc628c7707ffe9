//! The message on the desktop about what was changed elsewhere, where the person wants one: while they look at another
//! window, and at most once a minute.

use super::State;
use super::requests::RequestPurpose;
use coffer_model::{ChangeKind, Job, LoggedChange, RemotePath};
use coffer_texts::tr;
use std::collections::BTreeSet;

const STEP_SECS: f64 = 60.0;
/// More changes are not kept for one message.
const MOST_CHANGES: usize = 1_000;

#[derive(Default)]
pub(super) struct ChangeNotice {
    /// What no message has told of yet.
    changes: Vec<LoggedChange>,
    last_secs: Option<f64>,
}

impl ChangeNotice {
    pub(super) fn due_secs(&self) -> Option<f64> {
        let step = |last: f64| last + STEP_SECS;
        (!self.changes.is_empty()).then(|| self.last_secs.map_or(0.0, step))
    }

    /// The person looks.
    pub(super) fn clear(&mut self) {
        self.changes.clear();
    }
}

impl State {
    pub(super) fn announce_changes(&mut self, changes: &[LoggedChange]) {
        if self.settings.notify_changes && !self.window_focused {
            let room = MOST_CHANGES - self.change_notice.changes.len();
            self.change_notice.changes.extend(changes.iter().take(room).cloned());
            self.announce_changes_when_due();
        }
    }

    pub(super) fn announce_changes_when_due(&mut self) {
        if self.context.is_due(self.change_notice.due_secs()) {
            let body = summary(&std::mem::take(&mut self.change_notice.changes));
            self.change_notice.last_secs = Some(self.context.now_secs());
            let title = tr!("notice-title").to_owned();
            self.context.run(Job::Notify { title, body }, RequestPurpose::Notify);
        }
    }
}

/// "Ada Lovelace edited “Budget.csv” in Photos", "12 files changed in Photos and 2 other folders"
fn summary(changes: &[LoggedChange]) -> String {
    let items: BTreeSet<&RemotePath> = changes.iter().map(|change| &change.path).collect();
    let folders: BTreeSet<RemotePath> = items.iter().filter_map(|path| path.parent()).collect();
    let what = match (items.len(), changes.first()) {
        (1, Some(change)) => tr!("quoted", name = change.path.name()),
        (count, _) if changes.iter().any(|it| it.is_folder) => tr!("items", count = count),
        (count, _) => tr!("files", count = count),
    };
    let first = changes.first();
    let kind = first.map(|change| change.kind).filter(|kind| changes.iter().all(|it| it.kind == *kind));
    let place = first.and_then(|change| change.path.parent()).unwrap_or_default();
    let place = match folders.len().saturating_sub(1) {
        0 => place.display_name().to_owned(),
        others => tr!("folder-and-others", folder = place.display_name(), count = others),
    };
    let maker = first.and_then(|change| change.modified_by_name.as_ref());
    match maker.filter(|name| changes.iter().all(|change| change.modified_by_name.as_ref() == Some(name))) {
        Some(name) => said_of(kind, name, &what, &place),
        None => said(kind, &what, &place),
    }
}

/// `kind` is `None` where several things were done.
fn said(kind: Option<ChangeKind>, what: &str, place: &str) -> String {
    match kind {
        Some(ChangeKind::Added) => tr!("notice-added", what = what, place = place),
        Some(ChangeKind::Edited) => tr!("notice-edited", what = what, place = place),
        Some(ChangeKind::Moved) => tr!("notice-moved", what = what, place = place),
        Some(ChangeKind::Deleted) => tr!("notice-deleted", what = what, place = place),
        None => tr!("notice-changed", what = what, place = place),
    }
}

fn said_of(kind: Option<ChangeKind>, name: &str, what: &str, place: &str) -> String {
    match kind {
        Some(ChangeKind::Added) => tr!("notice-added-by", name = name, what = what, place = place),
        Some(ChangeKind::Edited) => tr!("notice-edited-by", name = name, what = what, place = place),
        Some(ChangeKind::Moved) => tr!("notice-moved-by", name = name, what = what, place = place),
        Some(ChangeKind::Deleted) => tr!("notice-deleted-by", name = name, what = what, place = place),
        None => tr!("notice-changed-by", name = name, what = what, place = place),
    }
}

#[cfg(test)]
mod tests {
    use super::summary;
    use coffer_model::{ChangeKind, LoggedChange, RemotePath};
    use coffer_texts::{Language, set_language_of_thread};
    use jiff::Timestamp;

    fn change(path: &str, kind: ChangeKind, name: Option<&str>) -> LoggedChange {
        LoggedChange {
            number: 0,
            kind,
            is_folder: false,
            path: RemotePath::new(path),
            seen: Timestamp::UNIX_EPOCH,
            old_path: None,
            files: 0,
            bytes: None,
            rev: None,
            old_rev: None,
            modified_by: None,
            modified_by_name: name.map(str::to_owned),
            further: 0,
        }
    }

    #[test]
    fn the_message_is_a_sentence_of_its_language() {
        let edited = [change("/Photos/Budget.csv", ChangeKind::Edited, Some("Ada Lovelace"))];
        let several = [
            change("/Photos/a", ChangeKind::Deleted, None),
            change("/Docs/b", ChangeKind::Added, None),
            change("/c", ChangeKind::Added, None),
        ];
        assert_eq!(summary(&edited), "Ada Lovelace edited “Budget.csv” in Photos");
        assert_eq!(summary(&several), "3 files changed in Photos and 2 other folders");
        set_language_of_thread(Language::German);
        assert_eq!(summary(&edited), "Ada Lovelace hat „Budget.csv“ in Photos bearbeitet");
        assert_eq!(summary(&several), "3 Dateien in Photos und 2 anderen Ordnern geändert");
        assert_eq!(summary(&several[2..]), "„c“ in Start hinzugefügt");
    }
}
