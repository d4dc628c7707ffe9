//! The account: opening, signing in and out, losing it.

use super::uploads::{drop_files, plan};
use super::{Script, account, problem};
use crate::action::DialogAction;
use crate::{Action, Command, Effect, State};
use coffer_model::message::Waiting;
use coffer_model::{AccountChoice, Job, Outcome, Receipt, Recovery, Request, Settings, Update};
use jiff::Timestamp;

fn dropbox(account_id: &str) -> AccountChoice {
    AccountChoice::Dropbox {
        account_id: account_id.to_owned(),
        email: "ida@example.org".to_owned(),
        app_key: "key".to_owned(),
        api_url: None,
    }
}

fn dialog(script: &mut Script, action: DialogAction) -> &mut Script {
    script.act(Action::Dialog(action))
}

/// As far as the code.
fn with_page(script: &mut Script) {
    script.command(Command::Account);
    dialog(script, DialogAction::EditAppKey(" key ".to_owned()));
    dialog(script, DialogAction::OpenAuthorizePage);
    script.update("sign-in page key", Update::AuthorizePage { url: "https://page".to_owned() });
    script.done("sign-in page key");
}

fn signed_in(choice: AccountChoice) -> Script {
    let mut script = Script::at_home("a");
    with_page(&mut script);
    dialog(&mut script, DialogAction::EditCode("code".to_owned()));
    dialog(&mut script, DialogAction::Connect);
    script.finish("sign in code", Outcome::Done(Receipt::SignedIn(choice)));
    script
}

#[test]
fn the_account_tells_of_itself() {
    let mut script = Script::at_home("");
    script.update("session Local", Update::Account(account()));
    script.update("session Local", Update::Samples { done: 3, total: 80 });
    assert_eq!(script.state.session.account, Some(account()));
    assert_eq!(script.state.session.samples, Some((3, 80)));
    script.update("session Local", Update::Samples { done: 80, total: 80 });
    assert_eq!(script.state.session.samples, None);
}

#[test]
fn a_wait_is_shown_until_it_is_over() {
    let mut script = Script::at_home("");
    script.wait(1.0);
    let until = Timestamp::from_second(4).expect("a time");
    script.update("session Local", Update::Waiting(Some(Waiting { until, reason: "Busy".to_owned() })));
    assert_eq!(script.state.next_tick_secs(), Some(1.0), "it counts down");
    assert!(script.wait(2.0).state.session.waiting.is_some());
    assert!(script.wait(1.0).state.session.waiting.is_none());
    assert_eq!(script.state.next_tick_secs(), None);
}

#[test]
fn signing_in_goes_by_key_page_and_code_with_spaces_forgiven() {
    let mut script = Script::at_home("a");
    script.command(Command::Account).check("/: a dialog[sign in \"\", no page, \"\"]");
    dialog(&mut script, DialogAction::OpenAuthorizePage).check_jobs("");
    dialog(&mut script, DialogAction::Connect).check_jobs("");
    with_page(&mut script);
    assert_eq!(script.state.settings.app_key, "key");
    dialog(&mut script, DialogAction::CopyAuthorizePage);
    assert_eq!(script.take_copied().as_deref(), Some("https://page"));
    dialog(&mut script, DialogAction::EditCode("  code\n".to_owned()));
    dialog(&mut script, DialogAction::Connect).check_jobs("sign in code");
    script.finish("sign in code", Outcome::Done(Receipt::SignedIn(dropbox("1"))));
    script.check("/: … toast[Signed in as ida@example.org]");
    script.check_jobs("save settings, list /, list /");
    assert_eq!(script.state.settings.account, dropbox("1"));
    assert!(script.cancelled.contains(&"session Local".to_owned()));
}

#[test]
fn a_wrong_code_is_explained_and_can_be_typed_again() {
    let mut script = Script::at_home("");
    with_page(&mut script);
    dialog(&mut script, DialogAction::EditCode("wrong".to_owned()));
    dialog(&mut script, DialogAction::Connect);
    script.fail("sign in wrong", problem("This code is wrong", Recovery::None));
    script.check("/: dialog[sign in \" key \", https://page, \"wrong\", This code is wrong]");
    dialog(&mut script, DialogAction::EditCode("right".to_owned()));
    script.check("/: dialog[sign in \" key \", https://page, \"right\"]");
    dialog(&mut script, DialogAction::Connect).check_jobs("sign in right");
}

#[test]
fn another_key_needs_another_page_and_closing_gives_all_up() {
    let mut script = Script::at_home("");
    with_page(&mut script);
    dialog(&mut script, DialogAction::EditAppKey("other".to_owned()));
    script.check("/: dialog[sign in \"other\", no page, \"\"]");
    dialog(&mut script, DialogAction::OpenAuthorizePage).check_jobs("sign-in page other");
    dialog(&mut script, DialogAction::EditApiUrl("http://127.0.0.1:1".to_owned())).check_jobs("");
    dialog(&mut script, DialogAction::OpenAuthorizePage);
    script.act(Action::CloseDialog).check("/:").check_jobs("");
    script.command(Command::Account).check("/: dialog[sign in \"other\", no page, \"\"]");
}

#[test]
fn a_page_that_cannot_be_opened_says_why() {
    let mut script = Script::at_home("");
    script.command(Command::Account);
    dialog(&mut script, DialogAction::EditAppKey("x".to_owned()));
    dialog(&mut script, DialogAction::OpenAuthorizePage);
    script.fail("sign-in page x", problem("No browser", Recovery::None));
    script.check("/: dialog[sign in \"x\", no page, \"\", No browser]");
}

#[test]
fn another_account_takes_nothing_along() {
    let mut script = Script::at_home("a b");
    script.click(0).command(Command::Cut).click(1).command(Command::Delete);
    script.edited(
        "delete b",
        &[],
        Some(super::operation(1, coffer_model::OperationKind::Delete, "/b", None)),
    );
    script.command(Command::Account);
    let choice = dropbox("2");
    dialog(&mut script, DialogAction::ChooseAccount(choice.clone())).check("/: …");
    let state = &script.state;
    assert_eq!((state.undo.undo_label(), state.clipboard.is_empty()), (None, true));
    assert!(!state.navigation.can_go_back());
    assert_eq!((&state.session.choice, &state.settings.account), (&choice, &choice));
}

#[test]
fn accounts_that_were_signed_in_to_are_remembered_until_they_are_signed_out() {
    let mut script = signed_in(dropbox("1"));
    script.command(Command::Account);
    dialog(&mut script, DialogAction::ChooseAccount(AccountChoice::Local));
    assert_eq!(script.state.settings.sign_ins, [dropbox("1")]);
    script.command(Command::Account);
    dialog(&mut script, DialogAction::ChooseAccount(dropbox("1")));
    assert_eq!(script.state.settings.account, dropbox("1"));
    assert_eq!(script.state.settings.sign_ins, [dropbox("1")]);
}

#[test]
fn choosing_the_account_that_is_open_changes_nothing() {
    let mut script = Script::at_home("a");
    script.command(Command::Account);
    dialog(&mut script, DialogAction::ChooseAccount(AccountChoice::Local)).check("/: a").check_jobs("");
}

#[test]
fn signing_out_leads_back_to_the_embedded_account() {
    let mut script = signed_in(dropbox("1"));
    script.list("/", "mine.txt");
    drop_files(&mut script, plan("/", "x.txt"));
    script.command(Command::SignOut);
    assert!(script.cancelled.contains(&"upload /x.txt []".to_owned()));
    script.done("sign out").check("/: … toast[Signed out of Dropbox]");
    assert_eq!(script.state.settings.account, AccountChoice::Local);
    assert_eq!(script.state.settings.sign_ins, []);
    assert!(!Command::SignOut.is_enabled(&script.state));
}

#[test]
fn a_token_that_dies_shows_a_card_and_signing_in_again_keeps_place_and_selection() {
    let mut script = signed_in(dropbox("1"));
    script.list("/", "Docs/ a").go("/Docs").list("/Docs", "x y").click(1);
    let session = script.jobs_list().into_iter().find(|job| job.starts_with("session")).expect("a session");
    script.fail(&session, problem("The sign-in ended", Recovery::SignIn));
    assert!(script.state.session.ended.is_some());
    with_page(&mut script);
    dialog(&mut script, DialogAction::EditCode("again".to_owned()));
    dialog(&mut script, DialogAction::Connect);
    script.finish("sign in again", Outcome::Done(Receipt::SignedIn(dropbox("1"))));
    assert!(script.state.session.ended.is_none());
    script.check("/Docs: x >*y … toast[Signed in as ida@example.org]");
}

#[test]
fn a_session_that_broke_off_is_opened_again_by_a_refresh() {
    let mut script = Script::at_home("a");
    script.fail("session Local", problem("The vault could not be opened", Recovery::Retry));
    assert!(script.state.session.ended.is_some());
    script.command(Command::Refresh);
    assert!(script.state.session.ended.is_none());
    script.id("session Local");
}

#[test]
fn offline_is_over_when_the_service_answers() {
    let mut script = Script::at_home("a");
    script.update("session Local", Update::Outage(Some(problem("Offline", Recovery::Offline))));
    script.command(Command::Refresh).fail("list /", problem("Offline", Recovery::Offline)).done("list /");
    script.check("/: a !Offline");
    script.update("session Local", Update::Outage(None)).check("/: a …").check_jobs("list /");
}

#[test]
fn without_a_connection_the_rows_are_asked_for_again_by_themselves() {
    let mut script = Script::at_home("a");
    script.command(Command::Refresh).fail("list /", problem("Offline", Recovery::Offline)).done("list /");
    assert!(script.state.session.offline);
    script.wait(14.0).check_jobs("").wait(1.0).check_jobs("list /");
    script.list("/", "a b").check("/: a b");
    assert!(!script.state.session.offline);
    assert_eq!(script.state.next_tick_secs(), None);
}

#[test]
fn the_account_of_the_command_line_is_not_remembered() {
    let choice = AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".to_owned() };
    let (mut state, effects) = State::with_account(Settings::default(), choice.clone());
    assert_eq!(state.session.choice, choice);
    assert_eq!(state.settings.account, AccountChoice::Local);
    assert!(matches!(&effects[0], Effect::Send(Request::Run { job: Job::Session(it), .. }) if *it == choice));
    let sent = state.act(Action::Command(Command::Account));
    assert!(sent.is_empty());
    let Some(crate::dialog::Dialog::SignIn(sign_in)) = &state.dialog else { panic!("no dialog") };
    assert_eq!(sign_in.api_url.as_deref(), Some("http://127.0.0.1:1"), "its own sign-in page");
}

#[test]
fn nothing_is_made_in_an_account_that_was_never_reached() {
    let mut script = Script::start();
    let refused = |script: &Script| script.state.add_refusal(&coffer_model::RemotePath::root());
    assert_eq!(refused(&script), None, "it may be there in a moment");
    let away = || problem("no", Recovery::Offline);
    script.update("session Local", Update::Outage(Some(away()))).fail("list /", away());
    assert_eq!(refused(&script).as_deref(), Some("The local account can’t be reached"));
    for command in [Command::NewFolder, Command::Upload, Command::UploadFolder, Command::Paste] {
        assert!(!command.is_enabled(&script.state), "{command:?}");
    }
    // The heading of the folders is not there without folders.
    script.fail("list /", away());
    assert!(!script.state.tree.is_loading() && script.state.tree.lines().is_empty());
    script.update("session Local", Update::Account(account())).update("session Local", Update::Outage(None));
    script.list("/", "Docs/");
    assert_eq!(refused(&script), None);
    assert!(Command::NewFolder.is_enabled(&script.state));
}

#[test]
fn what_was_seen_before_the_connection_was_lost_can_be_worked_with() {
    let mut script = Script::at_home("a.txt");
    script.update("session Local", Update::Account(account()));
    script.update("session Local", Update::Outage(Some(problem("no", Recovery::Offline))));
    assert!(Command::Upload.is_enabled(&script.state), "it waits for the connection");
}

#[test]
fn what_is_answered_from_this_computer_says_nothing_of_the_service() {
    let mut script = Script::at_home("a");
    script.update("session Local", Update::Outage(Some(problem("Offline", Recovery::Offline))));
    script.command(Command::ShowDuplicates);
    let job = script.jobs_list().into_iter().find(|job| job.starts_with("find equal files")).unwrap();
    script.done(&job);
    assert!(script.state.session.offline);
}
