//! Where the person was is there again after a restart: tabs, tree, and the latest targets.

use super::transfers::{download, downloaded};
use super::trees::tree;
use super::uploads::{drop_files, plan, report};
use super::{Script, entry, problem};
use crate::action::DialogAction;
use crate::tabs::TabAction;
use crate::transfers::{Section, TransferItem};
use crate::{Action, Command, Location, State};
use coffer_model::{
    AccountChoice, AccountPlaces, Job, OperationGroup, Outcome, PathRootId, Places, Problem, ProblemKind,
    Receipt, Recovery, RemotePath, RequestId, SavedLocation, Settings, Sort, SortColumn, SpacePart, Team,
    Update,
};

fn start_in(account: AccountChoice, places: AccountPlaces) -> Script {
    let settings = Settings { inspector_open: false, ..Settings::default() };
    let (state, effects) = State::with_places(settings, account, places);
    Script::of(state, effects)
}

fn start(places: AccountPlaces) -> Script {
    start_in(AccountChoice::Local, places)
}

/// The places that were to be saved last.
fn take_saved(script: &mut Script) -> Option<AccountPlaces> {
    let jobs = script.running.extract_if(.., |(_, job)| matches!(job, Job::SavePlaces(_)));
    let saved = jobs.last().map(|(_, job)| job);
    match saved {
        Some(Job::SavePlaces(places)) => Some(places),
        _ => None,
    }
}

/// The program ends and is started again.
fn restart(script: &mut Script) -> Script {
    let effects = script.state.quit();
    let mut ended = Script::of(State::new(Settings::default()).0, effects);
    start(take_saved(&mut ended).or_else(|| take_saved(script)).expect("something to save"))
}

fn folder(path: &str) -> Location {
    Location::Folder(RemotePath::new(path))
}

fn open_behind(location: Location) -> Action {
    Action::Tab(TabAction::Open(location))
}

fn at(path: &str) -> AccountPlaces {
    let tabs = vec![SavedLocation::Folder { folder: RemotePath::new(path) }];
    [("local".to_owned(), Places { tabs, ..Places::default() })].into()
}

fn locations(script: &Script) -> Vec<Location> {
    script.state.navigation.tabs().iter().map(|tab| tab.current().clone()).collect()
}

fn gone() -> Problem {
    Problem::new(ProblemKind::NotFound, "It is gone", "")
}

/// Neither the rows nor the tree get what they have asked for.
fn fail_all<'a>(script: &'a mut Script, job: &str) -> &'a mut Script {
    while script.jobs_list().iter().any(|running| running == job) {
        script.fail(job, gone());
    }
    script
}

fn toggle(script: &mut Script, path: &str) {
    script.act(Action::ToggleTree(RemotePath::new(path)));
}

#[test]
fn tabs_and_the_one_that_is_shown_are_there_again_and_only_that_one_is_listed() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/ Photos/");
    script.go("/Deleted").list("/Deleted", "").go("/Docs").list("/Docs", "a.txt");
    script.act(open_behind(folder("/Photos"))).act(open_behind(Location::Links));
    script.command(Command::NextTab);

    let mut script = restart(&mut script);
    script.check("/Photos: …").check_jobs("list /Photos, list /");
    assert_eq!(locations(&script), [folder("/Docs"), folder("/Photos"), Location::Links]);
    script.list("/Photos", "b.jpg").list("/", "Docs/ Photos/").check("/Photos: b.jpg").check_jobs("");
    assert!(!Command::Back.is_enabled(&script.state), "the history begins anew");
    script.command(Command::NewTab).list("/Photos", "b.jpg");
    assert_eq!(locations(&script).len(), 4, "a new tab is a tab of its own");
    script.command(Command::CloseTab).check("links: …");
}

#[test]
fn the_second_pane_is_there_again_at_its_side() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/ Photos/").command(Command::TogglePanes).list("/", "Docs/ Photos/");
    script.go("/Docs").list("/Docs", "a.txt").command(Command::SwitchPane);
    let mut script = restart(&mut script);
    script.check("/: …").check_jobs("list /, list /, list /Docs").list("/Docs", "a.txt");
    script.list("/", "Docs/ Photos/").check("/: Docs/ Photos/");
    let other = script.state.other_pane.as_ref().expect("two panes");
    assert_eq!((other.location(), other.is_left), (&folder("/Docs"), false));
    script.command(Command::SwitchPane).check("/Docs: a.txt").check_jobs("");
    let mut script = restart(script.command(Command::TogglePanes));
    script.check_jobs("list /Docs, list /");
    assert!(script.state.other_pane.is_none());

    // What is shown in the active pane only is asked for when it is that one.
    script.list("/Docs", "").list("/", "Docs/").act(Action::Go(Location::Changes));
    script.command(Command::TogglePanes).list("/", "Docs/");
    let mut script = restart(&mut script);
    script.check("/: …").check_jobs("list /, list /").list("/", "Docs/");
    script.command(Command::SwitchPane).check("changes: …");
}

#[test]
fn the_tree_is_unfolded_again_as_its_folders_are_listed() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/ Photos/");
    toggle(&mut script, "/Docs");
    script.list("/Docs", "New/ Old/");
    toggle(&mut script, "/Docs/Old");
    script.list("/Docs/Old", "1999/");

    let mut script = restart(&mut script);
    script.check_jobs("list /, list /").list("/", "Docs/ Photos/").check_jobs("list /Docs");
    script.list("/Docs", "New/ Old/").check_jobs("list /Docs/Old").list("/Docs/Old", "1999/");
    assert_eq!(tree(&script.state), "▾Docs ·▸New ·▾Old ··▸1999 ▸Photos");
    toggle(&mut script, "/Docs/Old");

    // What is gone is not asked for. What is not known yet is not forgotten.
    let mut script = restart(&mut script);
    let mut script = restart(script.go("/Photos"));
    script.list("/", "Photos/").list("/Photos", "").check_jobs("");
    assert_eq!(tree(&script.state), "-Photos");
    let mut script = restart(&mut script);
    script.list("/", "Docs/ Photos/").list("/Photos", "");
    assert_eq!(tree(&script.state), "▸Docs -Photos");
}

#[test]
fn a_change_is_saved_soon_and_what_has_not_changed_is_not() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/ Photos/").wait(10.0);
    take_saved(&mut script);
    script.click(0).command(Command::Refresh).list("/", "Docs/ Photos/").wait(10.0).check_jobs("");
    assert_eq!(script.state.next_tick_secs(), None, "the window may sleep");
    script.go("/Docs").list("/Docs", "").go("/Photos").list("/Photos", "").check_jobs("");
    script.wait(2.0).check_jobs("save places").done("save places").wait(10.0).check_jobs("");
    assert!(script.state.quit().is_empty(), "all of it is saved");
}

#[test]
fn a_window_without_places_and_an_account_of_the_command_line_keep_nothing() {
    let command_line = AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".to_owned() };
    let check = |mut script: Script| {
        script.check("/: …").list("/", "Docs/").go("/Docs").list("/Docs", "").wait(10.0).check_jobs("");
        assert!(script.state.quit().is_empty());
    };
    check(Script::start());
    check(start_in(command_line, at("/Docs")));
}

#[test]
fn a_folder_that_is_gone_gives_way_to_the_nearest_one_around_it_in_words() {
    let mut script = start(at("/Docs/Old/1999"));
    script.check("/Docs/Old/1999: …").list("/", "Docs/");
    fail_all(&mut script, "list /Docs/Old/1999").check("/Docs/Old: …");
    fail_all(&mut script, "list /Docs/Old").check("/Docs: …");
    script.answer_list("list /Docs", "/Docs", "a.txt");
    script.check("/Docs: a.txt toast[“Docs / Old / 1999” is no longer there, so “Docs” is shown]");
    assert!(!Command::Back.is_enabled(&script.state));

    // It is said once, and only of what was left by an earlier run.
    script.go("/Gone").fail("list /Gone", gone());
    script.check("/Gone: !It is gone toast[“Docs / Old / 1999” is no longer there, so “Docs” is shown]");
}

#[test]
fn home_comes_before_the_root_and_a_home_that_cannot_be_listed_says_so() {
    let mut script = start(at("/Docs"));
    script.update("session Local", Update::Team(team("/Ada")));
    script.fail("list /Docs", gone()).check("/Ada: …").list("/Ada", "a.txt");
    script.check("/Ada: a.txt toast[“Docs” is no longer there, so “Ada” is shown]");
    let mut script = start(at("/Ada"));
    script.update("session Local", Update::Team(team("/Ada")));
    fail_all(&mut script, "list /Ada").check("/Ada: !It is gone");
}

#[test]
fn a_tab_that_is_not_shown_is_looked_at_when_it_is() {
    let tabs = ["/Docs", "/Gone"].map(|path| SavedLocation::Folder { folder: RemotePath::new(path) });
    let places = Places { tabs: tabs.into(), ..Places::default() };
    let mut script = start([("local".to_owned(), places)].into());
    script.list("/Docs", "a.txt").list("/", "Docs/").check_jobs("");
    script.command(Command::NextTab).fail("list /Gone", gone()).list("/", "Docs/");
    script.check("/: Docs/ toast[“Gone” is no longer there, so “Home” is shown]");
}

#[test]
fn without_a_connection_the_person_stays_where_they_were() {
    let mut script = start(at("/Docs/Old"));
    script.fail("list /Docs/Old", problem("No connection", Recovery::Offline));
    script.check("/Docs/Old: !No connection");
    script.command(Command::Refresh).fail("list /Docs/Old", gone());
    script.check("/Docs: …");
}

#[test]
fn a_folder_of_the_command_line_comes_before_the_place_that_was_left() {
    let mut script = start(at("/Docs"));
    script.act(Action::Start { path: Some("/Photos".to_owned()), local_paths: Vec::new() });
    script.finish("locate /Photos", Outcome::Done(Receipt::Located(entry("/", "Photos/"))));
    script.list("/Photos", "b.jpg").check("/Photos: b.jpg");
    script.command(Command::Back).check("/Docs: …");
}

fn team(home: &str) -> Team {
    Team { name: "Fjord Studio".to_owned(), home: RemotePath::new(home), path_root: PathRootId("2".into()) }
}

#[test]
fn a_member_of_a_team_is_not_sent_home_from_where_they_were() {
    for place in ["/", "/Marketing"] {
        let mut script = start(at(place));
        script.update("session Local", Update::Team(team("/Ada"))).check(&format!("{place}: …"));
    }
    let mut script = start(AccountPlaces::new());
    script.update("session Local", Update::Team(team("/Ada"))).check("/Ada: …");
}

#[test]
fn where_the_team_has_moved_the_person_begins_at_home() {
    let mut script = start(at("/Marketing"));
    script
        .update("session Local", Update::Team(team("/Ada")))
        .update("session Local", Update::PathRootChanged);
    script.update("session Local", Update::Team(team("/Ada L."))).list("/Ada L.", "");
    assert_eq!(locations(&script), [folder("/Ada L.")]);
}

#[test]
fn each_account_has_places_of_its_own_until_it_is_signed_out_of() {
    let dropbox = AccountChoice::Dropbox {
        account_id: "dbid:A".to_owned(),
        email: "ida@example.org".to_owned(),
        app_key: "key".to_owned(),
        api_url: None,
    };
    let choose = |choice: &AccountChoice| Action::Dialog(DialogAction::ChooseAccount(choice.clone()));
    let mut script = start_in(dropbox.clone(), at("/Docs"));
    script.check("/: …").go("/Photos").act(choose(&AccountChoice::Local)).check("/Docs: …");
    script.list("/Docs", "a.txt").act(choose(&dropbox)).check("/Photos: …").wait(2.0);
    let saved = take_saved(&mut script).expect("the places of both");
    assert_eq!(saved.keys().collect::<Vec<_>>(), ["dbid:A", "local"]);

    script.list("/Photos", "").command(Command::SignOut);
    script.done("sign out").wait(2.0);
    let saved = take_saved(&mut script).expect("the places that are left");
    assert_eq!(saved.keys().collect::<Vec<_>>(), ["local"]);
}

#[test]
fn every_location_is_there_again() {
    let folder = RemotePath::new("/Docs");
    let at = "2026-03-12T14:00:00.5Z".parse().unwrap();
    let query = "tax kind:pdf".to_owned();
    for location in [
        Location::Folder(folder.clone()),
        Location::Past { folder: folder.clone(), at },
        Location::Deleted,
        Location::Links,
        Location::Changes,
        Location::activity(),
        Location::Duplicates(folder.clone()),
        Location::Search { query: query.clone(), sort: None },
        Location::Search { query: query.clone(), sort: Some(Sort::by(SortColumn::Size, true)) },
        Location::Space { folder: folder.clone(), part: SpacePart::Kinds },
    ] {
        let mut script = start(AccountPlaces::new());
        script.act(Action::Go(location.clone()));
        let script = restart(&mut script);
        assert_eq!(locations(&script), std::slice::from_ref(&location));
        let is_searched = matches!(location, Location::Search { .. });
        assert_eq!(script.state.search.text(), if is_searched { query.as_str() } else { "" });
    }
    let group = Some(OperationGroup::Moved);
    let narrowed = Location::Activity { text: "tax".to_owned(), group };
    assert_eq!(Location::from(SavedLocation::from(&narrowed)), Location::activity());
    let unreadable = SavedLocation::Past { folder: folder.clone(), at: "yesterday".to_owned() };
    assert_eq!(Location::from(unreadable), Location::Folder(folder));
    assert_eq!(Location::from(SavedLocation::Unknown), Location::Folder(RemotePath::root()));
}

#[test]
fn places_that_make_no_sense_lead_home() {
    let tabs = vec![SavedLocation::Links];
    for (places, expected) in [
        (Places::default(), "/: …"),
        (Places { shown: 9, ..Places::default() }, "/: …"),
        (Places { shown: 9, tabs, ..Places::default() }, "links: …"),
    ] {
        start([("local".to_owned(), places)].into()).check(expected);
    }
}

#[test]
fn that_places_cannot_be_saved_is_told_once() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/").wait(2.0).fail("save places", problem("No room", Recovery::None));
    script.check("/: Docs/ toast[No room | Details…]").act(Action::Go(Location::Links)).wait(2.0);
    script.fail("save places", problem("No room", Recovery::None));
    assert_eq!(script.state.toasts.list().len(), 1);
}

/// What the list of finished transfers says.
fn finished(script: &Script) -> Vec<String> {
    let transfers = script.state.transfers.in_section(Section::Finished);
    let describe = |it: &TransferItem| format!("{}: {} → {}", it.title.plain(), it.origin, it.target);
    transfers.map(describe).collect()
}

#[test]
fn finished_transfers_are_listed_again_and_lead_to_their_items() {
    let mut script = start(AccountPlaces::new());
    script.list("/", "Docs/ a.txt b.txt");
    drop_files(&mut script, plan("/Docs", "Trip/x.jpg Trip/y.jpg"));
    script.finish(
        "upload /Docs/Trip/x.jpg /Docs/Trip/y.jpg []",
        Outcome::Done(report("/Docs/Trip/x.jpg /Docs/Trip/y.jpg", &[])),
    );
    script.click(1);
    download(&mut script);
    script.finish(
        "download a.txt to /home/ida/My files",
        downloaded(&["/home/ida/My files/a (1).txt"], vec![]),
    );
    let before = finished(&script);
    assert_eq!(before.len(), 2, "{before:?}");

    let mut script = restart(&mut script);
    assert_eq!(finished(&script), before);
    assert!(
        !script.state.transfers.panel_open && script.state.toasts.list().is_empty(),
        "nobody is told again"
    );
    let ids: Vec<RequestId> = script.state.transfers.ids(Section::Finished).iter().copied().collect();
    script.list("/", "Docs/ a.txt b.txt");
    script.act(Action::ShowTransferred(ids[0])).check_jobs("show /home/ida/My files/a (1).txt");
    script.done("show /home/ida/My files/a (1).txt");
    script.act(Action::ShowTransferred(ids[1])).list("/Docs", "Trip/").check("/Docs: >*Trip/");
    assert!(
        ids.iter().all(|id| script
            .state
            .transfers
            .get(*id)
            .is_some_and(|it| !it.can_retry() && !it.can_unfold()))
    );

    // Opened again in the same run, the account does not list them twice.
    script.command(Command::Refresh);
    let choice = AccountChoice::CommandLine { api_url: "http://127.0.0.1:1".to_owned() };
    for choice in [choice, AccountChoice::Local] {
        script.act(Action::Dialog(DialogAction::ChooseAccount(choice)));
    }
    assert_eq!(finished(&script), before);

    // What was cleared stays away.
    script.act(Action::ClearTransfers(Section::Finished));
    assert_eq!(finished(&restart(&mut script)), Vec::<String>::new());
}
