//! The search box.

use super::Script;
use crate::{Action, Command, Focus};
use coffer_model::RemotePath;

fn type_text(script: &mut Script, text: &str) {
    script.act(Action::EditSearch(text.to_owned()));
}

#[test]
fn what_is_typed_is_searched_when_typing_rests() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "f");
    script.wait(0.2);
    type_text(&mut script, "fj ");
    script.wait(0.2).check_jobs("").check("/: a");
    script.wait(0.05).check_jobs("search fj").check("search “fj”: …");
    assert_eq!(script.state.search.text(), "fj ", "the box keeps what was typed");
    script.answer_list("search fj", "/Photos", "fjord.jpg").check("search “fj”: fjord.jpg");
}

#[test]
fn enter_searches_at_once_and_goes_to_the_matches() {
    let mut script = Script::at_home("a");
    script.command(Command::Find);
    assert_eq!(script.state.focus, Focus::Search);
    type_text(&mut script, "x");
    script.act(Action::SubmitSearch).check_jobs("search x").wait(1.0).check_jobs("search x");
    assert_eq!(script.state.focus, Focus::Content);
}

#[test]
fn each_letter_gives_up_the_search_before_and_makes_no_step_to_go_back() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "x");
    script.wait(0.25);
    type_text(&mut script, "xy");
    script.wait(0.25).check("search “xy”: …");
    assert_eq!(script.cancelled, ["search x"]);
    script.command(Command::Back).check("/: a …");
    assert_eq!(script.state.search.text(), "");
}

#[test]
fn esc_or_an_empty_box_leads_back_to_where_the_search_began() {
    let mut script = Script::at_home("Docs/ a");
    script.click(1);
    type_text(&mut script, "x");
    script.wait(0.25).command(Command::Cancel).check("/: Docs/ >*a …");
    assert_eq!(script.state.search.text(), "");
    type_text(&mut script, "x");
    script.wait(0.25);
    type_text(&mut script, "");
    script.check("/: Docs/ >*a …");
}

#[test]
fn spaces_alone_are_not_searched() {
    let mut script = Script::at_home("a");
    type_text(&mut script, "   ");
    script.wait(1.0).act(Action::SubmitSearch).check("/: a");
}

#[test]
fn opening_a_match_goes_where_it_is_and_back_shows_the_matches_again() {
    let mut script = Script::at_home("Docs/");
    type_text(&mut script, "fj");
    script.wait(0.25).answer_list("search fj", "/Photos", "Fjords/ fjord.jpg");
    script.act(Action::Open(RemotePath::new("/Photos/fjord.jpg"))).list("/Photos", "a.jpg fjord.jpg");
    script.check("/Photos: a.jpg >*fjord.jpg");
    assert_eq!(script.state.search.text(), "");
    script.command(Command::Back).check("search “fj”: Fjords/ fjord.jpg …");
    assert_eq!(script.state.search.text(), "fj");
    script.act(Action::Open(RemotePath::new("/Photos/Fjords"))).check("/Photos/Fjords: …");
}
