//! Folders that are unfolded in the list: what is in them is among the rows, and is acted on like any row.

use super::{Script, entry, problem};
use crate::input::Motion;
use crate::{Action, Command};
use coffer_model::{Job, Outcome, Receipt, Recovery, RemotePath, Update};
use std::sync::Arc;

/// Puts the rows together as the worker does.
pub(super) fn put_together(script: &mut Script) -> &mut Script {
    let job = script.running.iter().find_map(|(_, job)| match job {
        Job::FilterRows { rows, query, inside, .. } if query.is_empty() => {
            Some((super::describe(job), rows.with_unfolded(inside)))
        }
        _ => None,
    });
    let (job, rows) = job.expect("rows are to be put together");
    script.finish(&job, Outcome::Done(Receipt::Listed(Arc::new(rows))))
}

/// At home, with the folder unfolded and the cursor on it.
fn unfolded() -> Script {
    let mut script = Script::at_home("Photos/ a.txt");
    script.click(0).press(Motion::Right).check_jobs("list /Photos");
    script.list("/Photos", "2026/ x.jpg y.jpg");
    put_together(&mut script).check("/: >*Photos/ 2026/ x.jpg y.jpg a.txt").check_jobs("");
    script
}

#[test]
fn right_unfolds_a_folder_and_left_leads_out_and_folds_it() {
    let mut script = unfolded();
    assert_eq!(script.state.browser.status.items, 2, "what is inside counts with its folder");
    script.press(Motion::Down).press(Motion::Right).list("/Photos/2026", "z.jpg");
    put_together(&mut script).check("/: Photos/ >*2026/ z.jpg x.jpg y.jpg a.txt");
    script.press(Motion::Down).check("/: Photos/ 2026/ >*z.jpg x.jpg y.jpg a.txt");
    script.press(Motion::Left).check("/: Photos/ >*2026/ z.jpg x.jpg y.jpg a.txt");
    script.press(Motion::Left);
    put_together(&mut script).check("/: Photos/ >*2026/ x.jpg y.jpg a.txt");
    script.press(Motion::End).press(Motion::Right).check("/: Photos/ 2026/ x.jpg y.jpg >*a.txt");
    script
        .press(Motion::Up)
        .press(Motion::Left)
        .press(Motion::Left)
        .check("/: >*Photos/ a.txt")
        .check_jobs("");
}

#[test]
fn a_folder_that_is_folded_takes_the_selection_out_of_what_it_hides() {
    let mut script = unfolded();
    script.click(2).ctrl_click(4);
    script.act(Action::Unfold { folder: RemotePath::new("/Photos"), unfold: false });
    script.check("/: Photos/ >*a.txt");
    let mut script = unfolded();
    script.click(3).act(Action::Unfold { folder: RemotePath::new("/Photos"), unfold: false });
    script.check("/: >Photos/ a.txt");
}

#[test]
fn what_is_inside_is_selected_renamed_and_deleted_like_any_row() {
    let mut script = unfolded();
    script.click(2).command(Command::Rename);
    script.act(Action::RenameText("y.jpg".to_owned()));
    script.check("/: name[y.jpg — “y.jpg” already exists] Photos/ 2026/ >*x.jpg y.jpg a.txt");
    script.act(Action::RenameText("w.jpg".to_owned())).act(Action::RenameCommit);
    script.check_jobs("move /Photos/x.jpg to /Photos/w.jpg");
    script.edited("move /Photos/x.jpg to /Photos/w.jpg", &[entry("/Photos", "w.jpg")], None);
    script.list("/", "Photos/ a.txt").list("/Photos", "2026/ w.jpg y.jpg");
    put_together(&mut script).check("/: Photos/ 2026/ >*w.jpg y.jpg a.txt");

    script.command(Command::SelectAll).command(Command::Delete);
    let deleted = script.running.iter().find_map(|(_, job)| match job {
        Job::Edit(coffer_model::Edit::Delete(entries)) => {
            Some(entries.iter().map(|entry| entry.path.to_string()).collect::<Vec<_>>())
        }
        _ => None,
    });
    assert_eq!(deleted.unwrap(), ["/Photos", "/a.txt"], "what is in a folder goes with it");
}

#[test]
fn what_changes_in_an_unfolded_folder_is_listed_again() {
    let mut script = unfolded();
    let folders = Some(vec![RemotePath::new("/Photos")]);
    script.update("session Local", Update::Changed { folders });
    script.list("/Photos", "new.jpg");
    put_together(&mut script).check("/: >*Photos/ new.jpg a.txt …");
    script.list("/", "Photos/ a.txt b.txt");
    put_together(&mut script).check("/: >*Photos/ new.jpg a.txt b.txt");
}

#[test]
fn rows_inside_are_narrowed_too_and_are_there_again_afterwards() {
    let mut script = unfolded();
    script
        .command(Command::Filter)
        .act(Action::Filter(crate::row_filter::FilterAction::Edit("x".to_owned())));
    let narrowed = script.running.iter().any(
        |(_, job)| matches!(job, Job::FilterRows { query, inside, .. } if query == "x" && inside.len() == 1),
    );
    assert!(narrowed);
    script.act(Action::Filter(crate::row_filter::FilterAction::Close));
    put_together(&mut script).check("/: >*Photos/ 2026/ x.jpg y.jpg a.txt");
}

#[test]
fn a_folder_that_cannot_be_listed_is_folded_again_and_says_why() {
    let mut script = Script::at_home("Photos/ a.txt");
    script.click(0).press(Motion::Right);
    script.fail("list /Photos", problem("It could not be listed", Recovery::None));
    assert!(!script.state.browser.unfolded.contains(&RemotePath::new("/Photos")));
    script.check("/: >*Photos/ a.txt toast[It could not be listed | Details…]");
}

#[test]
fn in_a_grid_nothing_is_unfolded() {
    let mut script = unfolded();
    script.command(Command::GridView).check("/: >*Photos/ a.txt");
    script.press(Motion::Right).check_jobs("");
    let mut script = unfolded();
    script.go("/Other").command(Command::GridView).command(Command::UseViewForAll).command(Command::Back);
    script.check("/: >*Photos/ a.txt …");
}

#[test]
fn a_folder_is_unfolded_again_at_once_when_one_comes_back() {
    let mut script = unfolded();
    script.press(Motion::End).go("/Other").check("/Other: …").command(Command::Back);
    script.check("/: Photos/ 2026/ x.jpg y.jpg >*a.txt …");
    script.list("/", "Photos/ a.txt").list("/Photos", "2026/ z.jpg");
    put_together(&mut script).check("/: Photos/ 2026/ z.jpg >*a.txt").check_jobs("");

    script.go("/Photos").check("/Photos: 2026/ z.jpg …");
    script.command(Command::Back).fail("list /Photos", problem("Offline", Recovery::Offline));
    script.check("/: Photos/ 2026/ z.jpg >*a.txt …");
}

#[test]
fn a_folder_that_is_left_is_no_longer_listed() {
    let mut script = Script::at_home("Photos/");
    script.click(0).press(Motion::Right).go("/Other");
    assert!(script.cancelled.contains(&"list /Photos".to_owned()), "{:?}", script.cancelled);
}

#[test]
fn an_unfolded_folder_stays_so_under_another_name_and_in_another_order() {
    let mut script = unfolded();
    script.command(Command::Rename).act(Action::RenameText("Pictures".to_owned())).act(Action::RenameCommit);
    script.edited("move /Photos to /Pictures", &[entry("/", "Pictures/")], None);
    script.list("/", "Pictures/ a.txt").list("/Pictures", "x.jpg");
    put_together(&mut script).check("/: >*Pictures/ x.jpg a.txt");
    script.command(Command::SortBySize);
    let by_size = |(_, job): &(_, Job)| {
        matches!(job, Job::List { path, sort } if path.as_str() == "/Pictures"
            && sort.column == coffer_model::SortColumn::Size)
    };
    assert!(script.running.iter().any(by_size));
}
