//! The search box.

use super::{Script, listing};
use crate::{Action, Command, Focus};
use coffer_model::{Listing, Problem, ProblemKind, RemotePath, SearchSummary, SortColumn, Update};
use std::sync::Arc;

fn type_text(script: &mut Script, text: &str) {
    script.act(Action::EditSearch(text.to_owned()));
}

#[test]
fn each_letter_is_searched_at_once() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "f");
    script.check_jobs("search f");
    type_text(&mut script, "fj ");
    script.check_jobs("search fj").check("search “fj”: …");
    assert_eq!(script.state.search.text(), "fj ", "the box keeps what was typed");
    script.answer_list("search fj", "/Photos", "fjord.jpg").check("search “fj”: fjord.jpg");
    // A space is no other search.
    type_text(&mut script, "fj");
    script.check_jobs("").check("search “fj”: fjord.jpg");
}

#[test]
fn enter_goes_to_the_matches_and_searches_nothing_anew() {
    let mut script = Script::at_home("a");
    script.command(Command::Find);
    assert_eq!(script.state.focus, Focus::Search);
    type_text(&mut script, "x");
    script.act(Action::SubmitSearch).check_jobs("search x");
    assert_eq!(script.state.focus, Focus::Content);
}

/// What the index has found, then that nothing more has come.
fn found(script: &mut Script, job: &str, rows: &str, complete: bool) {
    let listing = Listing::clone(&listing("/Photos", rows));
    let service_from = listing.entries.len();
    let search = SearchSummary { count: 7, bytes: 70, service_from, ..SearchSummary::default() };
    script.update(job, Update::Listing(Arc::new(Listing { search: Some(search), complete, ..listing })));
    if complete {
        script.done(job);
    }
}

#[test]
fn the_rows_stay_until_those_of_the_next_letter_are_there() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "f");
    found(&mut script, "search f", "fjord.jpg form.pdf fort.txt", true);
    type_text(&mut script, "fj");
    script.check("search “fj”: fjord.jpg form.pdf fort.txt …");
    assert!(script.state.browser.rows_are_old);
    // Fewer rows, before the service has answered.
    found(&mut script, "search fj", "fjord.jpg", false);
    script.check("search “fj”: fjord.jpg …");
    assert!(!script.state.browser.rows_are_old);
    assert_eq!(script.state.browser.status.found.map(|(count, _)| count), Some(7));
}

#[test]
fn a_search_that_fails_shows_no_rows_of_the_one_before() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "f");
    found(&mut script, "search f", "fjord.jpg", true);
    type_text(&mut script, "fj");
    script.fail("search fj", Problem::new(ProblemKind::ServiceFailed, "no", "none"));
    assert_eq!(script.state.browser.row_count(), 0);
    assert!(script.state.browser.listing.problem().is_some());
}

#[test]
fn a_filter_is_a_part_of_the_text() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "fjord before:2020 ");
    let set = |name, value: Option<&str>| Action::SetFilter { name, value: value.map(str::to_owned) };
    script.act(set("kind", Some("picture")));
    assert_eq!(script.state.search.text(), "fjord before:2020 kind:picture");
    script.act(set("modified", Some("this-year"))).check_jobs("search fjord kind:picture modified:this-year");
    script.act(set("kind", None)).act(set("modified", None)).check_jobs("search fjord");
    // The last filter was all there was.
    type_text(&mut script, "kind:pdf");
    script.act(set("kind", None)).check("/: a …");
}

#[test]
fn the_switch_offers_the_folder_where_the_search_began() {
    let mut script = Script::at_home("Photos/");
    type_text(&mut script, "x");
    assert_eq!(script.state.search_folder(), None, "everything is everywhere");
    script.go("/Photos").list("/Photos", "a.jpg");
    type_text(&mut script, "x");
    let folder = script.state.search_folder();
    assert_eq!(folder, Some(RemotePath::new("/Photos")));
    script.act(Action::SetFilter { name: "in", value: Some("/Photos".to_owned()) });
    script.check_jobs("search x in:/Photos");
    assert_eq!((script.state.search.below(), script.state.search_folder()), (folder.clone(), folder));
    script.act(Action::SetFilter { name: "in", value: None }).check_jobs("search x");
}

#[test]
fn what_can_not_be_understood_is_known_while_it_is_typed() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "fjord size:huge");
    assert_eq!(script.state.search.mistakes(), ["size:huge"]);
    assert_eq!(script.state.search.words(), ["fjord"]);
    type_text(&mut script, "Photos/fjord");
    assert_eq!(script.state.search.words(), ["Photos", "fjord"]);
    assert!(script.state.search.mistakes().is_empty());
}

#[test]
fn a_column_sorts_the_matches_both_ways_and_then_no_more_and_folders_stay_as_they_are() {
    let mut script = Script::at_home("a");
    let folders = script.state.folder_view().sort;
    type_text(&mut script, "x");
    script.act(Action::SortBy(SortColumn::Size)).check_jobs("search x by Size, descending");
    type_text(&mut script, "xy");
    script.check_jobs("search xy by Size, descending");
    script.act(Action::SortBy(SortColumn::Size)).check_jobs("search xy by Size");
    script.act(Action::SortBy(SortColumn::Size)).check_jobs("search xy");
    script.act(Action::SortBy(SortColumn::Name)).check_jobs("search xy by Name");
    assert_eq!(script.state.folder_view().sort, folders);
}

#[test]
fn each_letter_gives_up_the_search_before_and_makes_no_step_to_go_back() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "x");
    type_text(&mut script, "xy");
    script.check("search “xy”: …");
    assert_eq!(script.cancelled, ["search x"]);
    script.command(Command::Back).check("/: a …");
    assert_eq!(script.state.search.text(), "");
}

#[test]
fn esc_or_an_empty_box_leads_back_to_where_the_search_began() {
    let mut script = Script::at_home("Docs/ a");
    script.click(1);
    type_text(&mut script, "x");
    script.command(Command::Cancel).check("/: Docs/ >*a …");
    assert_eq!(script.state.search.text(), "");
    type_text(&mut script, "x");
    type_text(&mut script, "");
    script.check("/: Docs/ >*a …");
}

#[test]
fn spaces_alone_are_not_searched() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "   ");
    script.act(Action::SubmitSearch).check("/: a");
}

#[test]
fn a_match_is_opened_like_any_file_and_shown_in_its_folder_by_a_key() {
    let mut script = Script::at_home("Docs/");
    type_text(&mut script, "fj");
    script.answer_list("search fj", "/Photos", "Fjords/ fjord.jpg").click(1);
    script.command(Command::Open).check_jobs("open fjord.jpg").check("search “fj”: Fjords/ >*fjord.jpg");
    script.command(Command::ShowInFolder).list("/Photos", "a.jpg fjord.jpg");
    script.check("/Photos: a.jpg >*fjord.jpg");
    assert!(!Command::ShowInFolder.is_enabled(&script.state), "it is shown there already");
    assert_eq!(script.state.search.text(), "");
    script.command(Command::Back).check("search “fj”: Fjords/ >*fjord.jpg …");
    assert_eq!(script.state.search.text(), "fj");
    script.act(Action::Open(RemotePath::new("/Photos/Fjords"))).check("/Photos/Fjords: …");
}

#[test]
fn a_search_that_the_index_has_answered_does_not_mean_that_the_service_is_back() {
    let mut script = Script::at_home("a");
    script.state.session.offline = true;
    type_text(&mut script, "fjord");
    found(&mut script, "search fjord", "fjord.jpg", true);
    assert!(script.state.session.offline);
    script.go("/Photos").answer_list("list /Photos", "/Photos", "fjord.jpg");
    assert!(!script.state.session.offline);
}

#[test]
fn a_filter_that_cannot_be_understood_is_told_and_is_no_filter() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "fjord Size:huge kind:picture");
    let search = &script.state.search;
    assert_eq!(search.mistakes(), ["Size:huge"]);
    assert_eq!((search.filter("size"), search.filter("kind").as_deref()), (None, Some("picture")));
}
