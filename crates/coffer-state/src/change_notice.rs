//! The message on the desktop about what was changed elsewhere, where the person wants one: while they look at another
//! window, and at most once a minute.

use super::State;
use super::requests::RequestPurpose;
use coffer_model::{ChangeKind, Job, LoggedChange, RemotePath};
use coffer_stdx::units::counted;
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
            let title = "Changed by others".to_owned();
            self.context.run(Job::Notify { title, body }, RequestPurpose::Notify);
        }
    }
}

/// "Ada Lovelace edited “Budget.csv” in Photos", "12 files changed in Photos and 2 other folders"
fn summary(changes: &[LoggedChange]) -> String {
    let items: BTreeSet<&RemotePath> = changes.iter().map(|change| &change.path).collect();
    let folders: BTreeSet<RemotePath> = items.iter().filter_map(|path| path.parent()).collect();
    let what = match (items.len(), changes.first()) {
        (1, Some(change)) => format!("“{}”", change.path.name()),
        (count, _) => {
            counted(count as u64, if changes.iter().any(|it| it.is_folder) { "item" } else { "file" })
        }
    };
    let first = changes.first();
    let verb = match first.map(|change| change.kind) {
        Some(kind) if changes.iter().all(|change| change.kind == kind) => verb_of(kind),
        _ => "changed",
    };
    let place = first.and_then(|change| change.path.parent()).unwrap_or_default();
    let place = match folders.len().saturating_sub(1) {
        0 => place.display_name().to_owned(),
        others => format!("{} and {}", place.display_name(), counted(others as u64, "other folder")),
    };
    let maker = first.and_then(|change| change.modified_by_name.as_ref());
    match maker.filter(|name| changes.iter().all(|change| change.modified_by_name.as_ref() == Some(name))) {
        Some(name) => format!("{name} {verb} {what} in {place}"),
        None => format!("{what} {verb} in {place}"),
    }
}

fn verb_of(kind: ChangeKind) -> &'static str {
    match kind {
        ChangeKind::Added => "added",
        ChangeKind::Edited => "edited",
        ChangeKind::Moved => "moved",
        ChangeKind::Deleted => "deleted",
    }
}
