//! Moving and copying into a folder that is chosen in a dialog.

use super::{Script, entries, listing, problem};
use crate::action::DialogAction;
use crate::dialog::Dialog;
use crate::folder_chooser::{ChooserAction, ChooserPart, ChosenFolder};
use crate::input::Motion;
use crate::{Action, Command};
use coffer_model::{Outcome, PathMatch, Receipt, Recovery, RemotePath};
use std::sync::Arc;

fn act(script: &mut Script, action: ChooserAction) -> &mut Script {
    script.act(Action::Dialog(DialogAction::Chooser(action)))
}

fn choose(script: &mut Script, part: ChooserPart, path: &str) {
    let path = RemotePath::new(path);
    act(script, ChooserAction::Choose(ChosenFolder { part, path }));
}

fn refusal(script: &Script) -> Option<String> {
    match &script.state.dialog {
        Some(Dialog::FolderChooser(chooser)) => script.state.chooser_refusal(chooser),
        _ => panic!("no folder is being chosen"),
    }
}

/// A row of these is to be moved, and the tree is known.
fn moving(rows: &str, row: usize) -> Script {
    let mut script = Script::at_home(rows);
    script.click(row).command(Command::MoveTo).list("/", rows);
    script
}

#[test]
fn items_are_moved_into_the_folder_that_the_arrows_have_chosen() {
    let mut script = Script::at_home("Docs/ Photos/ a.txt b.txt");
    script.click(2).ctrl_click(3).command(Command::MoveTo).list("/", "Docs/ Photos/ a.txt b.txt");
    script.check("/: Docs/ Photos/ *a.txt >*b.txt dialog[Move to “”: >/ /Docs /Photos]");
    script.press(Motion::Down).press(Motion::Down).press(Motion::Right).list("/Photos", "2026/");
    script.press(Motion::Right);
    script.check("/: Docs/ Photos/ *a.txt >*b.txt dialog[Move to “”: / /Docs /Photos… >/Photos/2026]");
    act(&mut script, ChooserAction::Confirm);
    script.check_jobs("move /a.txt to /Photos/2026/a.txt, /b.txt to /Photos/2026/b.txt");

    script.command(Command::MoveTo);
    script.press(Motion::Left).press(Motion::Left);
    assert_eq!(refusal(&script), None);
}

#[test]
fn arrows_go_out_of_folders_and_close_them() {
    let mut script = moving("Docs/ a.txt", 1);
    script.press(Motion::End).press(Motion::Right).list("/Docs", "Old/").press(Motion::Right);
    script.check("/: Docs/ >*a.txt dialog[Move to “”: / /Docs… >/Docs/Old]");
    script.press(Motion::Left).check("/: Docs/ >*a.txt dialog[Move to “”: / >/Docs… /Docs/Old]");
    script.press(Motion::Left).press(Motion::Left);
    script.check("/: Docs/ >*a.txt dialog[Move to “”: >/ /Docs]");
}

#[test]
fn a_folder_is_found_by_its_letters_and_a_copy_goes_there() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::CopyTo).list("/", "Docs/ a.txt");
    act(&mut script, ChooserAction::Edit("p".to_owned()));
    act(&mut script, ChooserAction::Edit("pho".to_owned()));
    assert_eq!(script.cancelled, ["find folders p"]);
    let found = listing("/", "Photos/ Phones/");
    let found = found.entries.iter().map(|entry| PathMatch { entry: entry.clone(), letters: vec![0] });
    let receipt = Receipt::FoundPaths(Arc::new(found.collect()));
    script.finish("find folders pho", Outcome::Done(receipt));
    script.check("/: Docs/ >*a.txt dialog[Copy to “pho”: >/Photos /Phones]");
    script.press(Motion::Down);
    act(&mut script, ChooserAction::Confirm);
    script.check_jobs("copy /a.txt to /Phones/a.txt");
}

#[test]
fn what_can_not_be_a_target_is_refused_with_a_sentence() {
    let mut script = moving("Docs/ a.txt", 0);
    let check = |script: &mut Script, path: &str, expected: Option<&str>| {
        choose(script, ChooserPart::Tree, path);
        assert_eq!(refusal(script).as_deref(), expected);
    };
    check(&mut script, "/Docs", Some("“Docs” can’t be moved into itself"));
    check(&mut script, "/Docs/Deep/Deeper", Some("“Docs” can’t be moved into itself"));
    check(&mut script, "/", Some("“Docs” is in this folder already"));
    check(&mut script, "/Docs 2", None);
    choose(&mut script, ChooserPart::Tree, "/Docs");
    act(&mut script, ChooserAction::Confirm);
    script.check_jobs("");
    assert!(script.state.dialog.is_some());

    script.act(Action::CloseDialog).command(Command::CopyTo);
    choose(&mut script, ChooserPart::Tree, "/");
    // A copy beside its original gets a number.
    assert_eq!(refusal(&script), None);
}

#[test]
fn the_latest_targets_come_first_and_then_the_folders_that_were_open() {
    let mut script = Script::at_home("Docs/ Photos/ a.txt b.txt");
    script.go("/Docs").list("/Docs", "").go("/").list("/", "Docs/ Photos/ a.txt b.txt");
    script.click(2).command(Command::MoveTo).list("/", "Docs/ Photos/ a.txt b.txt");
    script.check("/: Docs/ Photos/ >*a.txt b.txt dialog[Move to “”: >(/Docs) / /Docs /Photos]");
    choose(&mut script, ChooserPart::Tree, "/Photos");
    act(&mut script, ChooserAction::Confirm);
    script.click(3).command(Command::MoveTo).list("/", "Docs/ Photos/ a.txt b.txt");
    script.check("/: Docs/ Photos/ a.txt~ >*b.txt dialog[Move to “”: >(/Photos) (/Docs) / /Docs /Photos]");
}

#[test]
fn a_folder_that_is_made_there_is_the_chosen_one() {
    let mut script = moving("Docs/ a.txt", 1);
    choose(&mut script, ChooserPart::Tree, "/Docs");
    act(&mut script, ChooserAction::BeginNewFolder);
    act(&mut script, ChooserAction::NameNewFolder("x/y".to_owned()));
    let names = "/: Docs/ >*a.txt dialog[Move to “”: / >/Docs";
    script.check(&format!("{names} new[/Docs/x/y — Names can’t contain “/”]]"));
    act(&mut script, ChooserAction::MakeNewFolder).check_jobs("");
    // Enter names the folder, and moves nothing.
    act(&mut script, ChooserAction::NameNewFolder("2026".to_owned()));
    act(&mut script, ChooserAction::Confirm).check_jobs("");
    act(&mut script, ChooserAction::MakeNewFolder).check(&format!("{names} new[/Docs/2026…]]"));
    script.fail("create /Docs/2026", problem("It is there already", Recovery::Rename));
    script.check(&format!("{names} new[/Docs/2026 — It is there already]]"));
    act(&mut script, ChooserAction::MakeNewFolder);
    script.edited("create /Docs/2026", &entries("/Docs", "2026/"), None).list("/Docs", "2026/");
    script.check("/: Docs/ >*a.txt dialog[Move to “”: / /Docs… >/Docs/2026]");
    act(&mut script, ChooserAction::Confirm);
    script.check_jobs("move /a.txt to /Docs/2026/a.txt");
}

#[test]
fn closing_it_gives_up_what_it_asked_for() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.click(1).command(Command::MoveTo);
    act(&mut script, ChooserAction::Edit("d".to_owned()));
    script.act(Action::CloseDialog).check("/: Docs/ >*a.txt");
    assert_eq!(script.cancelled, ["find folders d", "list /"]);
}
