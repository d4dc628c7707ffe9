//! Deleted items: folders unfold in their place, and what was deleted together is restored together.

use super::{Script, listing};
use crate::deleted::DeletedAction;
use crate::input::Motion;
use crate::row_filter::FilterAction;
use crate::{Action, Command};
use coffer_model::{
    DeletedCounts, DeletedKind, DeletedRow, DeletedSummary, Deletion, DeletionTime, EntryKind, Listing,
    Outcome, Receipt, RemotePath, Update,
};
use std::sync::Arc;

/// Two deletions: of `a` and of a folder `F` with `in` and a folder `G` with `deep`; and of `b`.
fn deleted() -> Listing {
    let mut rows = Listing::clone(&listing("/", "a† F† in† G† deep† b†"));
    for row in [1, 3] {
        rows.entries[row].kind = EntryKind::Deleted(DeletedKind::Folder);
    }
    let place = |(level, contents)| DeletedRow { level, contents };
    let deletion = |first_row| Deletion {
        first_row,
        time: DeletionTime::Unknown,
        folder: RemotePath::root(),
        items: DeletedCounts::default(),
        bytes: None,
    };
    let summary = DeletedSummary {
        deletions: vec![deletion(0), deletion(5)],
        rows: [(0, 0), (0, 3), (1, 0), (1, 1), (2, 0), (0, 0)].map(place).to_vec(),
        pending: 0,
    };
    Listing { deleted: Some(Arc::new(summary)), ..rows }
}

impl Script {
    fn at_deleted() -> Self {
        let mut script = Self::at_home("");
        script.command(Command::ShowDeleted).update("list deleted", Update::Listing(Arc::new(deleted())));
        script.check("deleted: …").unfolded(&[]).done("list deleted");
        script
    }

    /// Answers which rows are shown when these folders are unfolded.
    fn unfolded(&mut self, folders: &[&str]) -> &mut Self {
        let folders = folders.iter().map(|path| RemotePath::new(path)).collect();
        let rows = deleted().of_unfolded(&folders);
        self.finish("filter 6 by ", Outcome::Done(Receipt::Listed(Arc::new(rows))))
    }
}

fn fold(folder: &str, unfold: bool) -> Action {
    Action::Deleted(DeletedAction::Unfold { folder: RemotePath::new(folder), unfold })
}

#[test]
fn contents_are_hidden_until_their_folder_is_unfolded() {
    let mut script = Script::at_deleted();
    script.check("deleted: a† F† b†");
    assert_eq!(script.state.browser.status.items, 3);
    script.act(fold("/F", true)).check("deleted: a† F† b†").unfolded(&["/F"]);
    script.check("deleted: a† F† in† G† b†");
    assert_eq!(script.state.browser.status.items, 3, "what is in a folder counts with it");
    script.act(fold("/F", true)).check_jobs("");
    script.act(fold("/F", false)).unfolded(&[]).check("deleted: a† F† b†");
}

#[test]
fn opening_a_deleted_folder_unfolds_it_and_a_file_shows_its_versions() {
    let mut script = Script::at_deleted();
    script.act(Action::Open(RemotePath::new("/F"))).unfolded(&["/F"]).check("deleted: a† F† in† G† b†");
    script.act(Action::Open(RemotePath::new("/F"))).unfolded(&[]).check("deleted: a† F† b†");
    script.act(Action::Open(RemotePath::new("/a")));
    assert!(script.state.dialog.is_some());
}

#[test]
fn right_and_left_unfold_and_fold_and_lead_out_of_a_folder() {
    let mut script = Script::at_deleted();
    script.click(1).press(Motion::Right).unfolded(&["/F"]).check("deleted: a† >*F† in† G† b†");
    script.press(Motion::Right).check_jobs("").press(Motion::Down).check("deleted: a† F† >*in† G† b†");
    script.press(Motion::Left).check("deleted: a† >*F† in† G† b†");
    script.press(Motion::Left).unfolded(&[]).check("deleted: a† >*F† b†");
    script.press(Motion::Left).check_jobs("").check("deleted: a† >*F† b†");
}

#[test]
fn a_whole_deletion_is_restored_with_what_the_filter_hides_of_it() {
    let mut script = Script::at_deleted();
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit("a".into())));
    let found = deleted().of_found(&deleted().entries[..1]);
    script.finish("filter 6 by a", Outcome::Done(Receipt::Listed(Arc::new(found)))).check("deleted: a†");
    script.act(Action::Deleted(DeletedAction::RestoreAll(RemotePath::new("/a"))));
    script.check_jobs("undelete a F");
}

#[test]
fn what_is_unfolded_stays_so_when_the_list_is_made_again_or_come_back_to() {
    let mut script = Script::at_deleted();
    script.act(fold("/F", true)).unfolded(&["/F"]);
    script.command(Command::Refresh).update("list deleted", Update::Listing(Arc::new(deleted())));
    script.unfolded(&["/F"]).done("list deleted").check("deleted: a† F† in† G† b†");
    script.command(Command::Home).command(Command::Back).unfolded(&["/F"]);
    script.check("deleted: a† F† in† G† b† …");
}

#[test]
fn a_filter_that_ends_leaves_folders_as_they_were() {
    let mut script = Script::at_deleted();
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit("deep".into())));
    let found = deleted().of_found(&deleted().entries[4..5]);
    script.finish("filter 6 by deep", Outcome::Done(Receipt::Listed(Arc::new(found))));
    script.check("deleted: deep†").act(Action::Filter(FilterAction::Close)).check("deleted: deep†");
    script.unfolded(&[]).check("deleted: a† F† b†").check_jobs("");
}
