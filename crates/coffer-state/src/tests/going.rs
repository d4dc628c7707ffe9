//! Going to anything.

use super::{Script, listing};
use crate::action::DialogAction;
use crate::input::Motion;
use crate::{Action, Command};
use coffer_model::{Outcome, PathMatch, Problem, ProblemKind, Receipt};
use std::sync::Arc;

fn type_text(script: &mut Script, text: &str) {
    script.act(Action::Dialog(DialogAction::EditGoTo(text.to_owned())));
}

fn found(script: &mut Script, job: &str, folder: &str, rows: &str) {
    let listing = listing(folder, rows);
    let matches = listing.entries.iter().cloned();
    let matches = matches.map(|entry| PathMatch { entry, letters: vec![0] }).collect();
    script.finish(job, Outcome::Done(Receipt::FoundPaths(Arc::new(matches))));
}

fn go(script: &mut Script, index: usize, in_folder: bool) {
    script.act(Action::Dialog(DialogAction::GoToMatch { index, in_folder }));
}

#[test]
fn letters_find_items_and_a_folder_is_opened() {
    let mut script = Script::at_home("Docs/");
    script.command(Command::GoToAnything);
    type_text(&mut script, "p");
    type_text(&mut script, "ph");
    assert_eq!(script.cancelled, ["find paths p"]);
    found(&mut script, "find paths ph", "/", "Photos/ phone.txt");
    script.check("/: Docs/ dialog[go to “ph”: >/Photos /phone.txt]");
    script.press(Motion::Down).press(Motion::Down);
    script.check("/: Docs/ dialog[go to “ph”: /Photos >/phone.txt]");
    go(&mut script, 0, false);
    script.check("/Photos: …");
}

#[test]
fn a_file_is_previewed_where_it_is_or_only_shown_there() {
    for in_folder in [false, true] {
        let mut script = Script::at_home("Docs/");
        script.command(Command::GoToAnything);
        type_text(&mut script, "fj");
        found(&mut script, "find paths fj", "/Photos", "fjord.jpg");
        go(&mut script, 0, in_folder);
        script.list("/Photos", "a.jpg fjord.jpg");
        assert_eq!(script.state.has_large_preview(), !in_folder);
        script.act(Action::CloseDialog).check("/Photos: a.jpg >*fjord.jpg");
    }
}

#[test]
fn before_anything_is_typed_the_latest_folders_are_offered() {
    let mut script = Script::at_home("Photos/");
    script.go("/Photos").list("/Photos", "2026/").go("/Photos/2026").list("/Photos/2026", "");
    script.command(Command::GoToAnything);
    script.check("/Photos/2026: dialog[go to “”: >/Photos /]");
    type_text(&mut script, "x");
    found(&mut script, "find paths x", "/", "");
    type_text(&mut script, " ");
    script.check("/Photos/2026: dialog[go to “ ”: >/Photos /]");
    go(&mut script, 0, false);
    script.check("/Photos: 2026/ …");
}

#[test]
fn what_stops_it_is_told_and_closing_it_asks_no_more() {
    let mut script = Script::at_home("a");
    script.command(Command::GoToAnything);
    type_text(&mut script, "x");
    script.fail("find paths x", Problem::new(ProblemKind::NotFound, "not indexed", "wait"));
    let dialog = script.state.dialog.as_ref().unwrap().try_as_go_to_ref().unwrap();
    assert_eq!(dialog.problem.as_ref().unwrap().title, "not indexed");
    type_text(&mut script, "xy");
    script.command(Command::Cancel).check("/: a").check_jobs("");
}
