//! Searches that were used, and those that were saved.

use super::Script;
use crate::kept_searches::KeptSearchAction;
use crate::{Action, Command, Focus};
use coffer_model::{AccountChoice, Job, RemotePath};

fn act(script: &mut Script, action: KeptSearchAction) {
    script.act(Action::KeptSearch(action));
}

fn search(script: &mut Script, text: &str) {
    script.act(Action::EditSearch(text.to_owned()));
}

/// At home, where this was searched and saved.
fn saved(query: &str) -> Script {
    let mut script = Script::at_home("a");
    search(&mut script, query);
    script.command(Command::SaveSearch);
    script
}

fn names(script: &Script) -> Vec<&str> {
    script.state.kept_searches().saved.iter().map(|saved| saved.name.as_str()).collect()
}

fn recent(script: &Script) -> &[String] {
    &script.state.kept_searches().recent
}

fn name_field(script: &Script) -> Option<&str> {
    script.state.search_name.as_ref().map(|name| name.text.as_str())
}

#[test]
fn only_searches_that_were_used_are_kept_and_the_latest_comes_first() {
    let mut script = Script::at_home("a");
    for text in ["f", "fj", "fjord"] {
        search(&mut script, text);
    }
    script.act(Action::LeaveSearch);
    assert!(recent(&script).is_empty(), "typed and left at once");
    search(&mut script, "enter ");
    script.act(Action::SubmitSearch);
    search(&mut script, "opened");
    script.answer_list("search opened", "/", "x.txt").act(Action::Open(RemotePath::new("/x.txt")));
    search(&mut script, "shown");
    script.answer_list("search shown", "/", "x.txt").click(0).command(Command::ShowInFolder);
    search(&mut script, "looked at");
    script.wait(5.0).act(Action::LeaveSearch);
    assert_eq!(recent(&script), ["looked at", "shown", "opened", "enter"]);
    // Used again, it is the latest and there once.
    search(&mut script, "opened");
    script.act(Action::SubmitSearch);
    assert_eq!(recent(&script), ["opened", "looked at", "shown", "enter"]);
}

#[test]
fn the_last_eight_are_kept_until_they_are_cleared() {
    let mut script = Script::at_home("a");
    for number in 0..12 {
        search(&mut script, &format!("number {number}"));
        script.act(Action::SubmitSearch);
    }
    assert_eq!((recent(&script).len(), recent(&script)[7].as_str()), (8, "number 4"));
    script.command(Command::SaveSearch);
    act(&mut script, KeptSearchAction::ClearRecent);
    assert!(recent(&script).is_empty());
    assert_eq!(names(&script), ["number 11"], "saved ones stay");
}

#[test]
fn a_saved_search_is_named_at_once_by_its_query_unless_the_person_types_another_name() {
    let mut script = saved("kind:pdf size:>1MB in:/Papers");
    assert_eq!(name_field(&script), Some("kind:pdf size:>1MB in:/Papers"));
    assert_eq!(Command::SaveSearch.is_on(&script.state), Some(true));
    act(&mut script, KeptSearchAction::EditName("Large papers ".to_owned()));
    act(&mut script, KeptSearchAction::EndRename { keep: true });
    assert_eq!((names(&script), name_field(&script)), (vec!["Large papers"], None));
    // Esc leaves the name, and so does an empty one.
    for (text, keep) in [("other", false), ("  ", true)] {
        act(&mut script, KeptSearchAction::BeginRename("kind:pdf size:>1MB in:/Papers".to_owned()));
        act(&mut script, KeptSearchAction::EditName(text.to_owned()));
        act(&mut script, KeptSearchAction::EndRename { keep });
        assert_eq!(names(&script), ["Large papers"]);
    }
}

#[test]
fn esc_leaves_the_name_before_the_search() {
    let mut script = saved("tax");
    script.command(Command::Cancel).check("search “tax”: …");
    assert_eq!((names(&script), name_field(&script)), (vec!["tax"], None));
    script.command(Command::Cancel).check("/: a …");
}

#[test]
fn a_saved_search_runs_with_its_scope_and_its_results_have_the_keys() {
    let mut script = saved("tax in:/Papers");
    script.act(Action::LeaveSearch);
    script.command(Command::Find);
    act(&mut script, KeptSearchAction::Run("tax in:/Papers".to_owned()));
    script.check_jobs("search tax in:/Papers");
    assert_eq!((script.state.search.text(), script.state.focus), ("tax in:/Papers", Focus::Content));
    assert_eq!(script.state.search.below(), Some(RemotePath::new("/Papers")));
}

#[test]
fn a_removed_search_comes_back_where_it_was() {
    let mut script = saved("one");
    for text in ["two", "three"] {
        search(&mut script, text);
        script.command(Command::SaveSearch);
    }
    act(&mut script, KeptSearchAction::Remove("two".to_owned()));
    assert_eq!(names(&script), ["one", "three"]);
    let toast = &script.state.toasts.list()[0];
    assert_eq!(toast.text, "Removed the search “two”");
    let id = toast.id;
    script.act(Action::ToastAction(id));
    assert_eq!(names(&script), ["one", "two", "three"]);
    // The button of a search that is saved removes it.
    script.command(Command::SaveSearch);
    assert_eq!(names(&script), ["one", "two"]);
    assert_eq!(name_field(&script), None);
}

#[test]
fn they_are_in_the_settings_and_each_account_has_its_own() {
    let mut script = saved("tax");
    script.act(Action::SubmitSearch).wait(1.0);
    let saved = script.running.iter().find_map(|(_, job)| match job {
        Job::SaveSettings(settings) => Some(settings.clone()),
        _ => None,
    });
    let kept = &saved.expect("the settings are saved").searches["local"];
    assert_eq!((kept.recent.len(), kept.saved[0].query.as_str()), (1, "tax"));
    let other = AccountChoice::Dropbox {
        account_id: "dbid:1".to_owned(),
        email: String::new(),
        app_key: "key".to_owned(),
        api_url: None,
    };
    script.state.session.choice = other;
    assert!(names(&script).is_empty() && recent(&script).is_empty());
}

#[test]
fn only_a_search_can_be_saved() {
    let script = Script::at_home("a");
    assert!(!Command::SaveSearch.is_enabled(&script.state));
}
