//! Names edited in place.

use super::{Script, entries, entry, problem};
use crate::{Action, Command};
use coffer_model::Recovery;

fn type_name(script: &mut Script, name: &str) {
    script.act(Action::RenameText(name.to_owned()));
}

#[test]
fn a_new_name_is_typed_in_place_and_the_row_stays_until_it_is_listed() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).command(Command::Rename).check("/: name[a.txt] >*a.txt b.txt");
    type_name(&mut script, "c.txt");
    script
        .act(Action::RenameCommit)
        .check("/: name[c.txt…] >*a.txt~ b.txt")
        .check_jobs("move /a.txt to /c.txt");
    script.edited("move /a.txt to /c.txt", &[entry("/", "c.txt")], None);
    script.check("/: name[c.txt…] >*a.txt~ b.txt …");
    script.list("/", "b.txt c.txt").check("/: b.txt >*c.txt");
}

#[test]
fn a_refused_or_taken_name_is_explained_while_it_is_typed() {
    let mut script = Script::at_home("a.txt b.txt");
    script.click(0).command(Command::Rename);
    type_name(&mut script, "B.TXT");
    script.check("/: name[B.TXT — “B.TXT” already exists] >*a.txt b.txt");
    script.act(Action::RenameCommit).check_jobs("");
    type_name(&mut script, "x/y");
    script.check("/: name[x/y — Names can’t contain “/”] >*a.txt b.txt");
    script.act(Action::RenameCommit).check_jobs("");
    type_name(&mut script, "desktop.ini");
    script.check("/: name[desktop.ini — This name is reserved by Dropbox] >*a.txt b.txt");
    type_name(&mut script, "c.txt");
    script.check("/: name[c.txt] >*a.txt b.txt");
}

#[test]
fn only_the_case_may_change_and_spaces_at_the_end_are_forgiven() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Rename);
    type_name(&mut script, "A.txt  ");
    script.act(Action::RenameCommit).check_jobs("move /a.txt to /A.txt");
}

#[test]
fn the_same_name_an_empty_one_and_esc_change_nothing() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Rename).act(Action::RenameCommit).check("/: >*a.txt").check_jobs("");
    script.command(Command::Rename);
    type_name(&mut script, "  ");
    script.act(Action::RenameCommit).check("/: >*a.txt").check_jobs("");
    script.command(Command::Rename);
    type_name(&mut script, "b.txt");
    script.command(Command::Cancel).check("/: >*a.txt").check_jobs("");
}

#[test]
fn a_name_that_the_account_refuses_can_be_mended() {
    let mut script = Script::at_home("a.txt");
    script.click(0).command(Command::Rename);
    type_name(&mut script, "b.txt");
    script.act(Action::RenameCommit);
    script.fail("move /a.txt to /b.txt", problem("“b.txt” is taken", Recovery::Rename));
    script.check("/: name[b.txt — “b.txt” is taken] >*a.txt");
    type_name(&mut script, "c.txt");
    script.act(Action::RenameCommit).check_jobs("move /a.txt to /c.txt");
}

#[test]
fn a_new_folder_is_named_before_it_is_made_and_selected_when_it_is_there() {
    let mut script = Script::at_home("a.txt");
    script.command(Command::NewFolder).check("/: name[New folder] a.txt").check_jobs("");
    type_name(&mut script, "Docs");
    script.act(Action::RenameCommit).check("/: name[Docs…] a.txt").check_jobs("create /Docs");
    script
        .edited("create /Docs", &[entry("/", "Docs/")], None)
        .list("/", "Docs/ a.txt")
        .check("/: >*Docs/ a.txt");
}

#[test]
fn a_new_folder_gets_a_number_when_the_name_is_taken_and_esc_makes_none() {
    let mut script = Script::at_home("a.txt");
    let rows: Vec<_> = ["New folder", "New folder 2"].map(|name| entry("/", &format!("{name}/"))).to_vec();
    let listing = coffer_model::Listing::new(rows, coffer_model::Sort::default(), true);
    script.command(Command::Refresh).update("list /", coffer_model::Update::Listing(listing.into()));
    script.done("list /").done("list /");
    script.command(Command::NewFolder).check("/: name[New folder 3] New folder/ New folder 2/");
    script.command(Command::Cancel).check("/: New folder/ New folder 2/").check_jobs("");
}

#[test]
fn leaving_the_place_ends_the_naming() {
    let mut script = Script::at_home("Docs/");
    script.command(Command::NewFolder).go("/Docs").check("/Docs: …");
}

#[test]
fn deleted_items_cannot_be_renamed() {
    let mut script = Script::at_home("a b");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "x†").click(0);
    assert!(!Command::Rename.is_enabled(&script.state));
}

#[test]
fn items_have_their_new_names_until_the_account_has_answered() {
    let mut script = Script::at_home("a b");
    let shown = |script: &Script| {
        let rows = &script.state.browser.listing.value().unwrap().entries;
        rows.iter().map(|entry| script.state.browser.shown_name(entry).to_owned()).collect::<Vec<_>>()
    };
    for is_done in [false, true] {
        script.click(0).command(Command::Rename).act(Action::RenameText("c".to_owned()));
        script.act(Action::RenameCommit);
        assert_eq!(shown(&script), ["c", "b"]);
        if is_done {
            script.edited("move /a to /c", &entries("/", "c"), None);
            // The list that is on its way may still have the old one.
            assert_eq!(shown(&script), ["c", "b"]);
            script.list("/", "b c");
            assert_eq!(shown(&script), ["b", "c"]);
        } else {
            script.fail("move /a to /c", problem("It is there already", Recovery::Rename));
            assert_eq!(shown(&script), ["a", "b"]);
            script.act(Action::RenameCancel);
        }
    }
}
