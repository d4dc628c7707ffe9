//! The very first start.

use super::Script;
use crate::action::DialogAction;
use crate::dialog::Dialog;
use crate::{Action, Command, Location, State, WindowEvent};
use coffer_model::{AccountChoice, Outcome, Receipt, RemotePath, Settings};

fn welcome() -> Script {
    let state = State::asking_for_account(Settings::default(), "~/vault".to_owned());
    Script::of(state, Vec::new())
}

#[test]
fn nothing_is_opened_or_saved_before_an_account_is_chosen() {
    let mut script = welcome();
    script.command(Command::Refresh).command(Command::NewFolder).act(Action::Go(Location::Deleted));
    script.act(Action::DropFiles { local_paths: vec!["/a".into()], target: Some(RemotePath::root()) });
    script.window(WindowEvent::Resized([900.0, 700.0])).window(WindowEvent::Focused(false));
    script.window(WindowEvent::Focused(true)).wait(5.0);
    assert_eq!(script.state.next_tick_secs(), None, "the window may sleep");
    let left = script.state.quit();
    assert!(left.is_empty() && script.jobs_list().is_empty(), "{:?}", script.jobs_list());
    assert!(script.state.welcome.is_some());
}

#[test]
fn trying_it_opens_the_local_account_and_does_what_the_program_was_started_with() {
    let mut script = welcome();
    script.act(Action::Start { path: Some("/".to_owned()), local_paths: vec!["/home/ida/x".into()] });
    script.check_jobs("");
    script.act(Action::Dialog(DialogAction::ChooseAccount(AccountChoice::Local)));
    assert!(script.state.welcome.is_none());
    assert_eq!(script.jobs_list()[..2], ["save settings", "session Local"]);
    assert!(script.jobs().contains("plan [\"/home/ida/x\"] to /"), "{}", script.jobs());
    script.list("/", "a.txt").check("/: a.txt");
}

#[test]
fn whoever_does_not_connect_is_asked_again_and_whoever_does_is_there() {
    let mut script = welcome();
    script.command(Command::Account);
    assert!(matches!(script.state.dialog, Some(Dialog::SignIn(_))));
    script.command(Command::Cancel);
    assert!(script.state.dialog.is_none() && script.state.welcome.is_some());

    script.command(Command::Account).act(Action::Dialog(DialogAction::EditAppKey("key".to_owned())));
    script.act(Action::Dialog(DialogAction::OpenAuthorizePage));
    let page = coffer_model::Update::AuthorizePage { url: "page".to_owned() };
    script.update("sign-in page key", page).done("sign-in page key");
    script.act(Action::Dialog(DialogAction::EditCode("code".to_owned())));
    script.act(Action::Dialog(DialogAction::Connect));
    let choice = AccountChoice::Dropbox {
        account_id: "1".to_owned(),
        email: "ida@example.org".to_owned(),
        app_key: "key".to_owned(),
        api_url: None,
    };
    script.finish("sign in code", Outcome::Done(Receipt::SignedIn(choice.clone())));
    assert!(script.state.welcome.is_none());
    assert_eq!(script.state.session.choice, choice);
}
