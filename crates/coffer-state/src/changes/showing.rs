//! The location of the changes: asking for them, remembering when they were looked at, and what is done with one.

use super::ChangeAction;
use super::feed::{deleted_entry, file_entry};
use crate::{Location, State};
use coffer_model::{AccountChoice, ChangeKind, Edit, Listing, Outcome, Receipt, Sort};
use std::sync::Arc;

impl State {
    /// The location is opened: from now on everything up to now has been looked at.
    pub(crate) fn enter_changes(&mut self) {
        let looked = self.settings.changes_looked(self.session.key());
        self.changes.begin_visit(looked);
        self.record_look();
    }

    /// The location is left: what came while it was open was looked at too.
    pub(crate) fn leave_changes(&mut self) {
        if *self.navigation.current() == Location::Changes {
            self.record_look();
        }
    }

    fn record_look(&mut self) {
        self.settings.set_changes_looked(self.session.key(), self.now, &self.context);
    }

    /// Whether the person made a change; `None` where the service does not tell who did.
    pub fn is_by_person(&self, modified_by: Option<&str>) -> Option<bool> {
        let modified_by = modified_by?;
        Some(
            matches!(&self.session.choice, AccountChoice::Dropbox { account_id, .. } if account_id == modified_by),
        )
    }

    /// Takes the changes that the index has logged.
    pub(crate) fn take_changes(&mut self, outcome: &Outcome) {
        if let Outcome::Done(Receipt::Changes(changes)) = outcome {
            self.changes.replace(changes);
            // The changes are no items, so the location has no rows.
            let listing = Arc::new(Listing::new(Vec::new(), Sort::default(), true));
            self.browser.on_listing(&listing, self.navigation.current(), &mut self.context);
        }
    }

    pub(crate) fn apply_to_changes(&mut self, action: ChangeAction) {
        match action {
            ChangeAction::Show(span) => self.changes.show(span),
            ChangeAction::Unfold { group, unfold } => self.changes.unfold(group, unfold),
            ChangeAction::MarkAllSeen => self.see_everything(),
            ChangeAction::GoTo(number) => self.go_to_changed(number),
            ChangeAction::Restore(numbers) => {
                let changes = numbers.iter().filter_map(|number| self.changes.change(*number));
                let entries: Vec<_> = changes.filter_map(deleted_entry).collect();
                if !entries.is_empty() && !self.session.offline {
                    self.run_edit(Edit::Undelete(entries));
                }
            }
            ChangeAction::ShowVersionBefore(number) => self.show_version_before(number),
        }
    }

    /// Shows the item in its folder; of one that was deleted, the folder.
    fn go_to_changed(&mut self, number: i64) {
        let Some(change) = self.changes.change(number) else { return };
        let path = change.path.clone();
        let selected = if change.kind == ChangeKind::Deleted { Vec::new() } else { vec![path.clone()] };
        if let Some(parent) = path.parent() {
            self.show_in(parent, selected);
        }
    }

    fn show_version_before(&mut self, number: i64) {
        let Some(change) = self.changes.change(number) else { return };
        let Some(rev) = change.rev.clone() else { return };
        let entry = file_entry(change.path.clone(), rev, change);
        let selected = self.changes.versions_since(change);
        self.open_versions_of(&entry, selected);
    }
}
