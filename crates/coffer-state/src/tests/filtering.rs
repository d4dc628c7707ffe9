//! The filter that narrows the rows.

use super::{Script, entry, listing, problem};
use crate::input::Motion;
use crate::row_filter::{FilterAction, RowFilter};
use crate::{Action, Command, Focus, WindowEvent};
use coffer_model::{Listing, Outcome, Receipt, Recovery, RemotePath, SortColumn, Update};
use std::sync::Arc;

fn filter(script: &mut Script, text: &str) {
    script.command(Command::Filter).act(Action::Filter(FilterAction::Edit(text.to_owned())));
}

/// Answers the running request to narrow rows with these.
fn narrowed(script: &mut Script, job: &str, rows: &str) {
    let rows = Listing::clone(&listing("/", rows));
    script.finish(job, Outcome::Done(Receipt::Listed(Arc::new(rows))));
}

fn text(script: &Script) -> Option<&str> {
    script.state.browser.filter.as_ref().map(RowFilter::text)
}

/// At home with four rows of which the filter leaves two.
fn filtered() -> Script {
    let mut script = Script::at_home("Fjords/ a.txt fjord.jpg z.txt");
    filter(&mut script, "fj");
    narrowed(&mut script, "filter 4 by fj", "Fjords/ fjord.jpg");
    script
}

#[test]
fn rows_stay_until_those_that_match_are_there() {
    let mut script = Script::at_home("Fjords/ a.txt fjord.jpg");
    script.command(Command::Filter).check_jobs("").check("/: Fjords/ a.txt fjord.jpg");
    assert_eq!(script.state.focus, Focus::Filter);
    filter(&mut script, "f");
    filter(&mut script, "fjord.");
    // What the letter before had asked for is not wanted any more.
    assert_eq!(script.cancelled, ["filter 3 by f"]);
    script.check_jobs("filter 3 by fjord.").check("/: Fjords/ a.txt fjord.jpg");
    assert!(script.state.marked_words().is_empty(), "what is shown is not narrowed yet");
    narrowed(&mut script, "filter 3 by fjord.", "fjord.jpg");
    script.check("/: fjord.jpg");
    assert_eq!(script.state.marked_words(), ["fjord."]);
    let status = &script.state.browser.status;
    assert_eq!((status.items, status.filtered_from), (1, Some(3)));
}

#[test]
fn esc_shows_all_rows_again_where_they_were() {
    let mut script = Script::at_home("a.txt fjord.jpg z.txt");
    script.window(WindowEvent::Scrolled { top: 40.0 });
    filter(&mut script, "fj");
    narrowed(&mut script, "filter 3 by fj", "fjord.jpg");
    assert_eq!(script.state.browser.restore_scroll, Some(0.0));
    script.window(WindowEvent::Scrolled { top: 0.0 }).command(Command::Cancel);
    script.check("/: a.txt fjord.jpg z.txt");
    assert_eq!((text(&script), script.state.focus), (None, Focus::Content));
    assert_eq!(script.state.browser.restore_scroll, Some(40.0));
    assert_eq!(script.state.browser.status.filtered_from, None);
}

#[test]
fn esc_in_the_rows_ends_the_filter_before_it_deselects() {
    let mut script = filtered();
    script.click(1).command(Command::Cancel).check("/: Fjords/ a.txt >*fjord.jpg z.txt");
    assert_eq!(script.state.browser.reveal, Some(2), "what was found stays in sight");
    script.command(Command::Cancel).check("/: Fjords/ a.txt >fjord.jpg z.txt");
}

#[test]
fn rows_that_are_hidden_are_deselected_and_not_acted_upon() {
    let mut script = Script::at_home("a.txt fjord.jpg fjell.jpg z.txt");
    script.click(1).ctrl_click(3);
    filter(&mut script, "fj");
    narrowed(&mut script, "filter 4 by fj", "fjord.jpg fjell.jpg");
    script.check("/: *fjord.jpg fjell.jpg");
    script.command(Command::SelectAll).command(Command::Delete).check_jobs("delete fjord.jpg fjell.jpg");
    let mut script = filtered();
    script.click(0).command(Command::InvertSelection).check("/: >Fjords/ *fjord.jpg");
    script.command(Command::Cancel).check("/: >Fjords/ a.txt *fjord.jpg z.txt");
}

#[test]
fn enter_and_arrows_go_to_the_rows() {
    let mut script = filtered();
    script.act(Action::Filter(FilterAction::Submit)).check("/: >*Fjords/ fjord.jpg");
    assert_eq!((script.state.focus, text(&script)), (Focus::Content, Some("fj")));
    script
        .press(Motion::Down)
        .check("/: Fjords/ >*fjord.jpg")
        .press(Motion::Down)
        .check("/: Fjords/ >*fjord.jpg");
    // Back in the field, nothing else is selected by Enter.
    script.command(Command::Filter);
    assert_eq!((script.state.focus, text(&script)), (Focus::Filter, Some("fj")));
    script.act(Action::Filter(FilterAction::Submit)).check("/: Fjords/ >*fjord.jpg");
}

#[test]
fn a_refresh_keeps_the_filter_and_the_selection() {
    let mut script = filtered();
    script.click(1).command(Command::Refresh).check("/: Fjords/ >*fjord.jpg …");
    script.list("/", "Fjords/ a.txt fjell.jpg fjord.jpg z.txt").check("/: Fjords/ >*fjord.jpg");
    narrowed(&mut script, "filter 5 by fj", "Fjords/ fjell.jpg fjord.jpg");
    script.check("/: Fjords/ fjell.jpg >*fjord.jpg");
    assert_eq!(script.state.browser.reveal, None);
    // The cursor goes to a neighbour that is left, as without a filter.
    script.command(Command::Refresh).list("/", "Fjords/ fjell.jpg");
    narrowed(&mut script, "filter 2 by fj", "Fjords/ fjell.jpg");
    script.check("/: Fjords/ >fjell.jpg");
}

#[test]
fn another_order_is_narrowed_before_it_is_shown() {
    let mut script = filtered();
    script.act(Action::SortBy(SortColumn::Size)).check("/: Fjords/ fjord.jpg …");
    script.list("/", "fjord.jpg a.txt z.txt Fjords/").check("/: Fjords/ fjord.jpg");
    narrowed(&mut script, "filter 4 by fj", "fjord.jpg Fjords/");
    script.check("/: fjord.jpg Fjords/");
}

#[test]
fn rows_that_come_after_the_text_are_narrowed_too() {
    let mut script = Script::start();
    filter(&mut script, "fj");
    script.check_jobs("list /, list /").check("/: …");
    script.update("list /", Update::Listing(listing("/", "a fjord"))).check("/: …");
    // The text is taken back before the answer.
    filter(&mut script, "");
    script.check("/: a fjord …").done("list /").check("/: a fjord");
}

#[test]
fn the_filter_ends_when_the_folder_is_left() {
    let mut script = filtered();
    script.act(Action::Open(RemotePath::new("/Fjords"))).list("/Fjords", "x").check("/Fjords: x");
    assert_eq!((text(&script), script.state.focus), (None, Focus::Content));
    script.command(Command::Back).check("/: Fjords/ a.txt fjord.jpg z.txt …");
    // It ends as well while its answer is still on the way.
    let mut script = Script::at_home("Fjords/ a.txt");
    filter(&mut script, "fj");
    script.go("/Fjords").check_jobs("list /Fjords");
}

#[test]
fn what_was_made_or_is_to_be_shown_is_not_hidden() {
    let mut script = filtered();
    script.command(Command::NewFolder).act(Action::RenameText("fjell".into())).act(Action::RenameCommit);
    script.edited("create /fjell", &[entry("/", "fjell/")], None);
    script.list("/", "fjell/ Fjords/ a.txt fjord.jpg z.txt");
    narrowed(&mut script, "filter 5 by fj", "fjell/ Fjords/ fjord.jpg");
    assert_eq!(text(&script), Some("fj"), "it matches");
    script.command(Command::NewFolder).act(Action::RenameText("New".into())).act(Action::RenameCommit);
    script.edited("create /New", &[entry("/", "New/")], None);
    script.list("/", "fjell/ Fjords/ New/ a.txt fjord.jpg z.txt");
    narrowed(&mut script, "filter 6 by fj", "fjell/ Fjords/ fjord.jpg");
    assert_eq!(text(&script), None);
    assert_eq!(script.state.browser.only_selected().map(coffer_model::Entry::name), Some("New"));
}

#[test]
fn a_name_that_a_hidden_row_has_is_taken() {
    let mut script = filtered();
    script.command(Command::NewFolder).act(Action::RenameText("z.txt".into()));
    let rename = script.state.browser.rename.as_ref();
    assert!(rename.is_some_and(|rename| rename.complaint.is_some()));
}

#[test]
fn what_is_typed_can_be_looked_for_everywhere() {
    let mut script = filtered();
    script.act(Action::Filter(FilterAction::SearchEverywhere)).check_jobs("search fj");
    assert_eq!((script.state.search.text(), script.state.focus), ("fj", Focus::Search));
    script.act(Action::LeaveSearch).check("/: Fjords/ a.txt fjord.jpg z.txt …");
}

#[test]
fn deleted_items_and_links_are_filtered_as_well_and_a_search_is_not() {
    let mut script = Script::at_home("");
    script.command(Command::ShowDeleted).answer_list("list deleted", "/", "a† b†");
    filter(&mut script, "b");
    narrowed(&mut script, "filter 2 by b", "b†");
    script.check("deleted: b†").command(Command::SelectAll).check("deleted: *b†");
    let mut search = Script::at_home("");
    search.act(Action::EditSearch("x".into()));
    assert!(!Command::Filter.is_enabled(&search.state));
}

#[test]
fn a_failure_leaves_the_rows_and_is_told() {
    let mut script = Script::at_home("a fjord");
    filter(&mut script, "fj");
    script.fail("filter 2 by fj", problem("No", Recovery::None)).check("/: a fjord toast[No | Details…]");
    filter(&mut script, "fjo");
    narrowed(&mut script, "filter 2 by fjo", "fjord");
    assert!(script.state.marked_words() == ["fjo"]);
}

#[test]
fn enter_selects_the_first_of_the_rows_that_match_not_of_those_that_are_still_shown() {
    let mut script = Script::at_home("a.txt fjord.jpg z.txt");
    filter(&mut script, "fj");
    script.act(Action::Filter(FilterAction::Submit)).check("/: a.txt fjord.jpg z.txt");
    assert_eq!(script.state.focus, Focus::Content);
    narrowed(&mut script, "filter 3 by fj", "fjord.jpg");
    script.check("/: >*fjord.jpg");
    // Only once.
    filter(&mut script, "z");
    narrowed(&mut script, "filter 3 by z", "z.txt");
    assert_eq!(script.state.browser.status.selected, 0);
}
