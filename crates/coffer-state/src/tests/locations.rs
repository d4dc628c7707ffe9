//! Going places: history, known rows, typed paths.

use super::{Script, entry, listing, problem};
use crate::{Action, Command, Focus, Location, WindowEvent};
use coffer_model::{Listing, Outcome, PathMatch, Receipt, Recovery, RemotePath, Update};

#[test]
fn at_the_start_the_account_is_opened_at_its_root() {
    let mut script = Script::start();
    script.check("/: …").check_jobs("list /, list /");
    assert_eq!(script.jobs_list()[0], "session Local");
    script.list("/", "Docs/ a.txt").check("/: Docs/ a.txt").check_jobs("");
}

#[test]
fn back_and_forward_show_known_rows_at_once_with_the_selection_the_cursor_and_the_scroll() {
    let mut script = Script::at_home("Docs/ Photos/ a.txt");
    script.click(1).window(WindowEvent::Scrolled { top: 120.0 });
    script.act(Action::Open(RemotePath::new("/Photos"))).check("/Photos: …");
    script.list("/Photos", "x.jpg y.jpg").click(1).window(WindowEvent::Scrolled { top: 30.0 });

    script.command(Command::Back).check("/: Docs/ >*Photos/ a.txt …");
    assert_eq!(script.state.browser.restore_scroll, Some(120.0));
    script.list("/", "Docs/ Photos/ a.txt").check("/: Docs/ >*Photos/ a.txt");

    script.command(Command::Forward).check("/Photos: x.jpg >*y.jpg …");
    assert_eq!(script.state.browser.restore_scroll, Some(30.0));
}

#[test]
fn the_window_reporting_an_empty_pane_does_not_lose_the_scroll() {
    let mut script = Script::at_home("Docs/");
    script.window(WindowEvent::Scrolled { top: 50.0 }).go("/Docs").list("/Docs", "a");
    script.command(Command::Back);
    script.state.browser.listing = coffer_model::Load::Pending { previous: None };
    script.window(WindowEvent::Scrolled { top: 0.0 });
    assert_eq!(script.state.browser.restore_scroll, Some(50.0));
}

#[test]
fn a_new_way_forgets_what_lay_ahead() {
    let mut script = Script::at_home("A/ B/");
    script.go("/A").command(Command::Back).go("/B");
    assert!(!script.state.navigation.can_go_forward());
    script.command(Command::Back).check("/: A/ B/ …");
}

#[test]
fn leaving_a_place_gives_up_its_request_and_drops_late_news() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.go("/Docs");
    let late = script.id("list /Docs");
    script.go("/Photos");
    assert_eq!(script.cancelled, ["list /Docs"]);
    let update = Update::Listing(super::listing("/Docs", "wrong.txt"));
    script.event(coffer_model::Event::Update { id: late, update }).check("/Photos: …");
    script.event(coffer_model::Event::Finished { id: late, outcome: Outcome::Cancelled }).check("/Photos: …");
}

#[test]
fn up_goes_to_the_folder_around_with_the_one_that_was_left_selected() {
    let mut script = Script::at_home("Docs/ Photos/");
    script.go("/Photos").list("/Photos", "x.jpg").command(Command::Up).check("/: Docs/ >*Photos/ …");
    assert!(!Command::Up.is_enabled(&script.state));
}

#[test]
fn a_folder_that_cannot_be_listed_says_why_and_keeps_known_rows() {
    let mut script = Script::at_home("Docs/");
    script.go("/Docs").fail("list /Docs", problem("No such folder", Recovery::Refresh));
    script.check("/Docs: !No such folder");
    script.command(Command::Back).fail("list /", problem("Offline", Recovery::Offline));
    script.check("/: Docs/ !Offline");
    assert!(script.state.session.offline);
}

#[test]
fn a_typed_folder_is_opened_and_a_typed_file_is_shown_in_its_folder() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.command(Command::TypePath);
    assert_eq!((script.state.path_field.text(), script.state.focus), (Some("/"), Focus::Path));
    script.act(Action::GoToTyped(" /docs/Old notes ".to_owned())).check_jobs("locate /docs/Old notes");
    let folder = entry("/Docs", "Old notes/");
    script
        .finish("locate /docs/Old notes", Outcome::Done(Receipt::Located(folder)))
        .check("/Docs/Old notes: …");
    assert_eq!((script.state.path_field.text(), script.state.focus), (None, Focus::Content));

    script.act(Action::GoToTyped("/Docs/b.txt".to_owned()));
    let file = entry("/Docs", "b.txt");
    script.finish("locate /Docs/b.txt", Outcome::Done(Receipt::Located(file))).check("/Docs: …");
    script.list("/Docs", "a.txt b.txt").check("/Docs: a.txt >*b.txt");
    assert_eq!(script.state.browser.reveal, Some(1));
}

#[test]
fn a_typed_path_that_is_known_needs_no_look_up() {
    let mut script = Script::at_home("Docs/ a.txt");
    script.act(Action::GoToTyped("/A.TXT".to_owned())).check("/: Docs/ >*a.txt").check_jobs("");
    script.act(Action::GoToTyped("/docs".to_owned())).check("/Docs: …");
    script.act(Action::GoToTyped("/".to_owned())).check("/: Docs/ a.txt …");
}

#[test]
fn a_typed_path_that_leads_nowhere_stays_to_be_mended() {
    let mut script = Script::at_home("a.txt");
    script.act(Action::GoToTyped("/nowhere".to_owned()));
    script.fail("locate /nowhere", problem("There is no “/nowhere”", Recovery::None));
    script.check("/: a.txt toast[There is no “/nowhere” | Details…]");
    assert_eq!(script.state.path_field.text(), Some("/nowhere"));
    script.command(Command::Cancel);
    assert_eq!(script.state.path_field.text(), None);
}

#[test]
fn the_folders_that_a_typed_path_may_become_are_offered() {
    let found = |folders: &[(&str, &str)]| {
        let found = folders
            .iter()
            .map(|(folder, name)| PathMatch { entry: entry(folder, name), letters: Vec::new() });
        Outcome::Done(Receipt::FoundPaths(std::sync::Arc::new(found.collect())))
    };
    let offered = |script: &Script| {
        script.state.path_field.completions().iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
    };
    let mut script = Script::at_home("Docs/ a.txt");
    script.command(Command::TypePath).check_jobs("");
    script.act(Action::EditPath("/pho".to_owned()));
    let job = script.jobs();
    let folders = [("/", "Photos/"), ("/Photos", "2026/"), ("/Docs", "Photos/"), ("/", "Phones/")];
    script.finish(&job, found(&folders));
    assert_eq!(offered(&script), "/Phones /Photos");

    script.act(Action::EditPath("/phot".to_owned()));
    assert_eq!(offered(&script), "/Photos", "what is known is narrowed at once");
    script.act(Action::EditPath("/Photos/".to_owned())).check_jobs("list known /Photos");
    assert_eq!(offered(&script), "");
    let rows = "2025/ 2026/ 2027/ 2028/ 2029/ 2030/ 2031/ 2032/ 2033/ a.jpg";
    script.finish("list known /Photos", Outcome::Done(Receipt::Listed(listing("/Photos", rows))));
    assert_eq!(offered(&script).split(' ').count(), 8, "folders are offered before the first letter");
    assert!(offered(&script).starts_with("/Photos/2025 /Photos/2026"), "{}", offered(&script));
    script.act(Action::EditPath("/Photos/2".to_owned()));
    let job = script.jobs();
    script.finish(&job, found(&folders));
    assert_eq!(offered(&script), "/Photos/2026");
    script.act(Action::EditPath("/Photos/20".to_owned())).act(Action::LeavePath).check_jobs("");
    assert_eq!(offered(&script), "");
    script.act(Action::EditPath("/".to_owned())).check_jobs("list known /");
    script.act(Action::EditPath(String::new())).check_jobs("");
}

#[test]
fn gathered_places_are_listed_by_jobs_of_their_own() {
    let mut script = Script::at_home("a.txt");
    script
        .command(Command::ShowDeleted)
        .answer_list("list deleted", "/Docs", "b.txt†")
        .check("deleted: b.txt†");
    script.command(Command::ShowLinks).answer_list("list links", "/Docs", "c.txt").check("links: c.txt");
    script.command(Command::Up).check("/: a.txt …");
}

#[test]
fn skeleton_rows_come_only_after_a_while_and_only_without_known_rows() {
    let mut script = Script::start();
    assert!(!script.state.shows_skeleton());
    assert_eq!(script.state.next_tick_secs(), Some(0.15));
    script.wait(0.15);
    assert!(script.state.shows_skeleton());
    script.list("/", "Docs/").go("/Docs").list("/Docs", "a").command(Command::Back).wait(1.0);
    assert!(!script.state.shows_skeleton(), "rows are known");
}

#[test]
fn where_nothing_is_due_the_window_may_sleep() {
    assert_eq!(Script::at_home("a.txt").wait(1.0).state.next_tick_secs(), None);
}

#[test]
fn the_folder_one_is_in_is_followed_when_it_is_renamed_and_left_when_it_is_deleted() {
    let mut script = Script::at_home("Docs/");
    script
        .click(0)
        .command(Command::Rename)
        .act(Action::RenameText("Papers".into()))
        .act(Action::RenameCommit);
    script.go("/Docs/Old").list("/Docs/Old", "a.txt");
    script.edited("move /Docs to /Papers", &[entry("/", "Papers/")], None);
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::new("/Papers/Old")));

    let mut script = Script::at_home("Docs/");
    script.click(0).command(Command::Delete).go("/Docs/Old").edited("delete Docs", &[], None);
    assert_eq!(*script.state.navigation.current(), Location::Folder(RemotePath::root()));
}

#[test]
fn opening_a_place_whose_listing_is_known_gives_all_its_rows_in_the_same_call() {
    let rows: Vec<_> = (0..100_000).map(|number| entry("/Large", &format!("{number}.txt"))).collect();
    let large = std::sync::Arc::new(Listing::new(rows, coffer_model::Sort::default(), true));
    let mut script = Script::at_home("Large/");
    script.go("/Large").update("list /Large", Update::Listing(large)).done("list /Large");
    script.command(Command::Back).command(Command::Forward);
    assert_eq!(script.state.browser.row_count(), 100_000);
}
