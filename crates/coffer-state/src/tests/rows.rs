//! Selecting rows by mouse and keys.

use super::{Script, entry, listing};
use crate::action::DialogAction;
use crate::input::{ClickModifiers, Motion};
use crate::{Action, Command, WindowEvent};
use coffer_model::{
    Entry, FolderTotals, Listing, Outcome, Receipt, RemotePath, Sort, SortColumn, Update, ViewMode,
};
use std::sync::Arc;

#[test]
fn a_click_selects_one_row_ctrl_adds_or_takes_out_and_shift_selects_a_range() {
    let mut script = Script::at_home("a b c d e");
    script.click(1).check("/: a >*b c d e");
    script.ctrl_click(3).check("/: a *b c >*d e");
    script.ctrl_click(1).check("/: a >b c *d e");
    script.click(1).shift_click(3).check("/: a *b *c >*d e");
    script.shift_click(0).check("/: >*a *b c d e");
}

#[test]
fn ctrl_and_shift_together_keep_what_was_selected() {
    let mut script = Script::at_home("a b c d e");
    script.click(0).ctrl_click(3);
    let modifiers = ClickModifiers { toggle: true, extend: true, secondary: false };
    script.act(Action::Click { row: 4, modifiers }).check("/: *a b c *d >*e");
}

#[test]
fn the_secondary_button_keeps_a_selection_it_is_inside_of() {
    let mut script = Script::at_home("a b c");
    let secondary = ClickModifiers { secondary: true, ..ClickModifiers::default() };
    script.click(0).shift_click(1).act(Action::Click { row: 0, modifiers: secondary }).check("/: >*a *b c");
    script.act(Action::Click { row: 2, modifiers: secondary }).check("/: a b >*c");
    script.act(Action::ClickEmpty).check("/: a b >c");
}

#[test]
fn the_rubber_band_selects_what_is_under_it_and_ctrl_adds_that() {
    let mut script = Script::at_home("a b c d");
    script.click(0);
    script.act(Action::RubberBand { rows: vec![1, 2, 3], keep: true }).check("/: *a *b *c >*d");
    script.act(Action::RubberBand { rows: vec![1], keep: true }).check("/: *a >*b c d");
    script.act(Action::RubberBandEnd);
    script.act(Action::RubberBand { rows: vec![2], keep: false }).check("/: a b >*c d");
    script.act(Action::RubberBand { rows: vec![], keep: false }).check("/: a b >c d");
}

#[test]
fn all_none_and_the_others() {
    let mut script = Script::at_home("a b c");
    script.command(Command::SelectAll).check("/: *a *b *c");
    script.ctrl_click(1).command(Command::InvertSelection).check("/: a >*b c");
    script.command(Command::ClearSelection).check("/: a >b c");
}

#[test]
fn arrows_move_the_cursor_shift_extends_and_ctrl_moves_it_alone() {
    let mut script = Script::at_home("a b c d");
    let with = |extend, toggle_only| Action::Move { motion: Motion::Down, extend, toggle_only };
    script.press(Motion::Down).check("/: >*a b c d");
    script.press(Motion::Down).check("/: a >*b c d");
    assert_eq!(script.state.browser.reveal, Some(1));
    script.act(with(true, false)).check("/: a *b >*c d");
    script.act(with(false, true)).check("/: a *b *c >d");
    script.command(Command::ToggleSelected).check("/: a *b *c >*d");
    script.press(Motion::Home).check("/: >*a b c d");
}

#[test]
fn in_the_grid_arrows_move_by_cells_and_lines() {
    let mut script = Script::at_home("a b c d e");
    script.command(Command::GridView).window(WindowEvent::Layout { columns: 3, page_lines: 2 });
    assert_eq!(script.state.folder_view().view, ViewMode::Grid);
    script.click(0).press(Motion::Right).check("/: a >*b c d e");
    script.press(Motion::Down).check("/: a b c d >*e");
    script.press(Motion::Left).check("/: a b c >*d e");
}

#[test]
fn letters_go_to_a_name_that_starts_with_them_and_rest_after_a_second() {
    let mut script = Script::at_home("anna bert beta carl");
    let letters = |script: &mut Script, text: &str| {
        for letter in text.chars() {
            script.act(Action::TypeAhead(letter));
        }
    };
    letters(&mut script, "B");
    script.check("/: anna >*bert beta carl");
    letters(&mut script, "et");
    script.check("/: anna bert >*beta carl");
    script.wait(1.0);
    letters(&mut script, "c");
    script.check("/: anna bert beta >*carl");
    script.wait(1.0);
    letters(&mut script, "x");
    script.check("/: anna bert beta >*carl");
}

#[test]
fn letters_need_neither_the_accents_nor_the_signs_of_the_name() {
    for (letters, row) in [
        ("e", "Éclair"),
        ("ECL", "Éclair"),
        ("éc", "Éclair"),
        ("o\u{27}b", "O’Brien"),
        ("o’b", "O’Brien"),
        ("strasse", "Straße"),
        ("straß", "Straße"),
        ("łó", "Łódź"),
        ("lo", "Łódź"),
        ("_d", "_drafts"),
        ("isp", "Isparta"),
        ("\u{301}", "abc"),
        ("brien", "abc"),
    ] {
        let mut script = Script::at_home("abc Éclair Isparta O’Brien Straße _drafts Łódź");
        script.click(0);
        for letter in letters.chars() {
            script.act(Action::TypeAhead(letter));
        }
        let cursor = script.state.browser.selection.cursor.as_ref();
        assert_eq!(cursor.map(RemotePath::name), Some(row), "{letters}");
    }
}

#[test]
fn the_same_letter_goes_round() {
    let mut script = Script::at_home("bert beta bill");
    script.act(Action::TypeAhead('b')).check("/: >*bert beta bill");
    script.act(Action::TypeAhead('b')).check("/: bert >*beta bill");
    script.act(Action::TypeAhead('b')).check("/: bert beta >*bill");
    script.act(Action::TypeAhead('b')).check("/: >*bert beta bill");
}

#[test]
fn a_space_is_text_while_letters_are_typed_and_opens_the_preview_otherwise() {
    let mut script = Script::at_home("");
    script.command(Command::Refresh);
    let rows = [entry("/", "my.txt"), entry("/", "my notes.txt")];
    let listing = Listing::new(rows.to_vec(), Sort::default(), true);
    let listing = Arc::new(listing);
    script.update("list /", Update::Listing(listing));
    script.act(Action::TypeAhead('m')).act(Action::TypeAhead('y'));
    script.command(Command::QuickPreview);
    assert_eq!(script.state.browser.selection.cursor, Some(RemotePath::new("/my notes.txt")));
    assert!(script.state.dialog.is_none());
    script.wait(1.0).command(Command::QuickPreview);
    assert!(script.state.dialog.is_some());
}

#[test]
fn the_status_counts_the_bytes_in_folders_where_they_are_known() {
    let mut script = Script::at_home("");
    script.command(Command::Refresh);
    let known = FolderTotals { files: 3, bytes: 700, ..FolderTotals::default() };
    let known = Entry { totals: Some(Arc::new(known)), ..entry("/", "Known/") };
    let rows = vec![known, entry("/", "Unknown/"), entry("/", "a.txt")];
    let listing = Listing::new(rows, Sort::default(), true);
    script.update("list /", Update::Listing(Arc::new(listing)));
    assert_eq!(script.state.browser.status.total_bytes, 710);
}

#[test]
fn the_status_counts_rows_and_what_is_selected() {
    let mut script = Script::at_home("Docs/ a.txt b.txt");
    script.command(Command::SelectAll);
    let status = script.state.browser.status;
    assert_eq!((status.items, status.total_bytes, status.complete), (3, 20, true));
    assert_eq!((status.selected, status.selected_folders, status.selected_amount.bytes), (3, 1, 20));
    script.click(1);
    assert_eq!(script.state.browser.status.selected_amount.bytes, 10);
}

#[test]
fn selected_items_come_in_the_order_of_the_rows() {
    let mut script = Script::at_home("a b c d");
    script.click(3).ctrl_click(0).ctrl_click(2);
    let names: Vec<&str> = script.state.browser.selected_entries().iter().map(|entry| entry.name()).collect();
    assert_eq!(names, ["a", "c", "d"]);
}

#[test]
fn sorting_asks_for_the_rows_in_the_new_order_and_keeps_the_old_until_then() {
    let mut script = Script::at_home("a b c");
    script.click(2).act(Action::SortBy(SortColumn::Size)).check("/: a b >*c …");
    assert!(script.state.folder_view().sort.descending, "the largest first");
    script.list("/", "c b a").check("/: >*c b a");
    script.act(Action::SortBy(SortColumn::Size));
    assert!(!script.state.folder_view().sort.descending);
    script.act(Action::SortBy(SortColumn::Name));
    assert_eq!(script.cancelled, ["list /"], "the order before the last is no longer wanted");
}

#[test]
fn enter_opens_a_folder_a_file_or_all_selected_files() {
    let mut script = Script::at_home("Docs/ a.txt b.txt");
    script.click(1).command(Command::Open).check_jobs("open a.txt");
    script.shift_click(2).command(Command::Open).check_jobs("open a.txt, open a.txt, open b.txt");
    script.click(0).command(Command::Open).check("/Docs: …");
}

#[test]
fn the_keyboard_acts_on_the_row_of_the_cursor_when_nothing_is_selected() {
    let mut script = Script::at_home("Docs/ a.txt");
    script
        .act(Action::Move { motion: Motion::Down, extend: false, toggle_only: true })
        .check("/: >Docs/ a.txt");
    script.command(Command::Open).check("/Docs: …");
}

#[test]
fn rows_with_a_pattern_are_selected_once_they_were_found() {
    let mut script = Script::at_home("a.jpg b.txt c.jpg");
    let type_text = |script: &mut Script, text: &str| {
        script.act(Action::Dialog(DialogAction::EditPattern(text.to_owned())));
    };
    let confirm = Action::Dialog(DialogAction::ConfirmPattern);
    script.click(1).command(Command::SelectPattern);
    type_text(&mut script, "*");
    type_text(&mut script, "*.jpg");
    assert_eq!(script.cancelled, ["filter 3 by *"]);
    script.act(confirm.clone()).check("/: a.jpg >*b.txt c.jpg dialog[select “*.jpg”:  of 3]");
    let found = Receipt::Listed(listing("/", "a.jpg c.jpg"));
    script.finish("filter 3 by *.jpg", Outcome::Done(found));
    script.check("/: a.jpg >*b.txt c.jpg dialog[select “*.jpg”: a.jpg c.jpg of 3]");
    script.act(confirm.clone()).check("/: >*a.jpg b.txt *c.jpg");

    script.command(Command::SelectPattern).act(confirm).act(Action::CloseDialog);
    script.check("/: >*a.jpg b.txt *c.jpg");
}
