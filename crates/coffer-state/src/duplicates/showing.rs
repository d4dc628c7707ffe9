//! The location of the duplicates: its rows, what is done there, and the question before copies are deleted.

use super::{DeletionPlan, DuplicateAction, DuplicateList};
use crate::dialog::Dialog;
use crate::{Location, State};
use coffer_model::{Edit, Entry, Listing, Outcome, Problem, Receipt, RemotePath, Sort};
use std::collections::HashSet;
use std::sync::Arc;

impl State {
    /// Begins anew where copies are looked for in another folder than before; else the groups that are known are shown.
    pub(crate) fn enter_duplicates(&mut self, below: &RemotePath) {
        if self.duplicates.below != *below {
            self.duplicates = DuplicateList::of(below.clone());
        }
        if self.duplicates.is_known {
            self.show_duplicate_rows();
        }
    }

    /// Takes what a search for copies has found.
    pub(crate) fn take_duplicates(&mut self, outcome: &Outcome) {
        if let Outcome::Done(Receipt::Duplicates(found)) = outcome {
            self.duplicates.replace(found);
            self.show_duplicate_rows();
        }
    }

    /// The files of all groups are the rows of the location, so all that can be done with rows can be done with them.
    fn show_duplicate_rows(&mut self) {
        let listing = Listing::new(self.duplicates.entries(), Sort::default(), true);
        let is_pending = self.browser.listing.is_pending();
        self.browser.on_listing(&Arc::new(listing), self.navigation.current(), &mut self.context);
        if !is_pending {
            self.browser.listing.end();
        }
    }

    pub(crate) fn apply_to_duplicates(&mut self, action: DuplicateAction) {
        match action {
            DuplicateAction::Sort(sort) => {
                self.duplicates.sort_by(sort);
                self.show_duplicate_rows();
            }
            DuplicateAction::Unfold { group, unfold } => self.duplicates.unfold(group, unfold),
            DuplicateAction::UnfoldAll(unfold) => self.duplicates.unfold_all(unfold),
            DuplicateAction::Choose { group, file, chosen } => self.duplicates.choose(group, file, chosen),
            DuplicateAction::ChooseByRule(rule) => self.duplicates.choose_by(&rule),
            DuplicateAction::ChooseNone => self.duplicates.choose_none(),
            DuplicateAction::AskToDelete => self.ask_to_delete_duplicates(),
        }
    }

    fn ask_to_delete_duplicates(&mut self) {
        if self.session.offline || self.duplicates.chosen_count() == 0 {
            return;
        }
        let groups = self.duplicates.chosen_groups();
        let plan = DeletionPlan {
            entries: groups.iter().flat_map(|group| &group.deleted).cloned().collect(),
            bytes: self.duplicates.chosen_bytes,
            groups,
        };
        self.open_dialog(Dialog::DeleteDuplicates(plan));
    }

    pub(crate) fn confirm_delete_duplicates(&mut self) {
        if let Some(Dialog::DeleteDuplicates(_)) = self.dialog
            && let Some(Dialog::DeleteDuplicates(plan)) = self.dialog.take()
        {
            let edit = Edit::DeleteCopies(plan.groups);
            if !self.refuses_edit(&edit) {
                self.run_edit(edit);
            }
        }
    }

    /// An edit is done: what it has deleted is no copy any more, though the index may not have heard of it yet.
    pub(crate) fn duplicates_after(&mut self, edit: &Edit, failed: &[Problem]) {
        if !self.duplicates.is_known {
            return;
        }
        let failed: HashSet<&RemotePath> =
            failed.iter().filter_map(|problem| problem.path.as_ref()).collect();
        let is_gone = |entry: &&Entry| !failed.contains(&entry.path);
        match edit {
            Edit::Delete(entries) => self.duplicates.remove(entries.iter().filter(is_gone)),
            Edit::DeleteCopies(groups) => {
                self.duplicates.remove(groups.iter().flat_map(|group| &group.deleted).filter(is_gone));
            }
            _ => return,
        }
        if matches!(self.navigation.current(), Location::Duplicates(_)) {
            self.show_duplicate_rows();
        }
    }

    /// The row that the keyboard has gone to is to be seen.
    pub(crate) fn unfold_revealed_group(&mut self) {
        if matches!(self.navigation.current(), Location::Duplicates(_))
            && let Some(row) = self.browser.reveal
            && let Some(group) = self.duplicates.group_of_row(row)
        {
            self.duplicates.unfold(group, true);
        }
    }
}
