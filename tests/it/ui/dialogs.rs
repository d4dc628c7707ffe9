//! Dialogs: everything in them by keyboard and by name, and what is asked of the account.

use super::acts::{YEAR, full};
use super::made_up::RIGHT_CODE;
use super::{Window, light};
use coffer_model::transfer::Decision;
use coffer_model::{AccountChoice, ComparedFile, ComparedFiles, Edit, Job, Rev};
use coffer_state::action::DialogAction;
use coffer_state::dialog::Dialog;
use coffer_state::{Action, Command};
use eframe::egui::accesskit::{Role, Toggled};
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};

const SIZE: [f32; 2] = [1000.0, 640.0];

pub fn open(name: &str) -> Window {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.select(name);
    window
}

/// What has the keyboard, by its name.
pub fn focused(window: &Window) -> String {
    let nodes = window.harness.root().children_recursive();
    let node = nodes.into_iter().find(|node| node.accesskit_node().is_focused());
    node.and_then(|node| node.accesskit_node().label()).unwrap_or_default()
}

pub fn last_job(window: &Window, is_wanted: impl Fn(&Job) -> bool) -> Option<&Job> {
    window.account.jobs.iter().rev().find(|job| is_wanted(job))
}

pub fn is_enabled(window: &Window, button: &str) -> bool {
    !window.harness.get_by_role_and_label(Role::Button, button).accesskit_node().is_disabled()
}

#[test]
fn an_old_version_is_chosen_and_restored_by_keyboard() {
    let mut window = open("Fjord at dawn.jpg");
    window.chord(Modifiers::COMMAND, Key::H);
    window.wait(0.3);
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Versions of Fjord at dawn.jpg").is_some());
    assert_eq!(focused(&window), "Versions");
    // What there is now need not be restored.
    assert!(!is_enabled(&window, "Restore this version"));
    window.press(Key::Enter);
    assert!(last_job(&window, |job| matches!(job, Job::Edit(_))).is_none());

    window.press(Key::ArrowDown);
    window.press(Key::ArrowDown);
    window.wait(0.3);
    let chosen = window.harness.get_by_label("Version: 12 November, 08:00, 5.1 MB · +300 KB");
    assert_eq!(chosen.accesskit_node().toggled(), Some(Toggled::True));
    assert!(is_enabled(&window, "Restore this version"));
    window.press(Key::Enter);
    let Some(Job::Edit(Edit::Restore { path, rev, .. })) =
        last_job(&window, |job| matches!(job, Job::Edit(_)))
    else {
        panic!("nothing was restored")
    };
    assert_eq!(path.as_str(), "/Photos/2026/Fjord at dawn.jpg");
    assert_eq!(*rev, Rev("015f2a9c2".into()));
}

#[test]
fn a_version_in_the_inspector_opens_the_dialog_with_it() {
    let mut window = Window::open_at([1280.0, 1000.0], light(), YEAR);
    window.select("Fjord at dawn.jpg");
    window.harness.get_by_role_and_label(Role::Tab, "Versions").click();
    window.wait(0.3);
    window.click("Version: 11 November, 20:00:12, 3.2 MB");
    window.wait(0.3);
    let Some(Dialog::Versions(versions)) = &window.state().dialog else { panic!("no dialog") };
    assert_eq!(versions.selected, 4);
    window.click("Save a copy…");
    assert!(last_job(&window, |job| matches!(job, Job::Pick(_))).is_some());
}

#[test]
fn versions_are_opened_saved_and_compared_by_keys() {
    let mut window = open("Fjord at dawn.jpg");
    window.command(Command::Versions);
    window.wait(0.3);
    window.press(Key::ArrowDown);
    window.wait(0.3);
    let details = "By Ada Lovelace · Restored from 11 November 2026, 20:00:32";
    assert!(window.harness.query_by_label(details).is_some());
    window.press(Key::O);
    assert!(last_job(&window, |job| matches!(job, Job::Open { .. })).is_some());
    window.press(Key::S);
    assert!(last_job(&window, |job| matches!(job, Job::Pick(_))).is_some());
    window.press(Key::ArrowDown);
    window.press(Key::Space);
    window.press(Key::ArrowDown);
    window.press(Key::C);
    window.wait(0.3);
    let Some(Job::Compare { files: ComparedFiles::Pair(files), .. }) =
        last_job(&window, |job| matches!(job, Job::Compare { .. }))
    else {
        panic!("nothing is compared")
    };
    let revs = files.each_ref().map(|file| match file {
        ComparedFile::Revision(entry) => entry.file().map(|file| file.rev.0.to_string()),
        ComparedFile::Local(_) => None,
    });
    assert_eq!(revs, [Some("015f2a9c3".to_owned()), Some("015f2a9c2".to_owned())]);
}

#[test]
fn escape_closes_every_dialog_and_the_rows_have_the_keyboard_again() {
    for command in [
        Command::Versions,
        Command::Share,
        Command::Account,
        Command::Guide,
        Command::Shortcuts,
        Command::QuickPreview,
    ] {
        let mut window = open("Fjord at dawn.jpg");
        window.command(command);
        assert!(window.state().dialog.is_some(), "{command:?}");
        window.press(Key::Escape);
        assert!(window.state().dialog.is_none(), "{command:?}");
        // The selection was not touched by the same key.
        assert_eq!(window.selected(), ["/Photos/2026/Fjord at dawn.jpg"], "{command:?}");
        window.press(Key::ArrowDown);
        assert_ne!(window.selected(), ["/Photos/2026/Fjord at dawn.jpg"], "{command:?}");
    }
}

#[test]
fn the_keyboard_stays_inside_a_dialog() {
    let mut window = open("Fjord at dawn.jpg");
    window.command(Command::Share);
    window.click("Create link");
    window.wait(0.3);
    let mut seen = Vec::new();
    for _ in 0..12 {
        window.press(Key::Tab);
        seen.push(focused(&window));
    }
    let inside = [
        "Close",
        "Link",
        "Copied",
        "Copy link",
        "Anyone: Who can open it",
        "Expires",
        "Done",
        "Open in browser",
        "Remove link",
    ];
    for name in &seen {
        assert!(inside.contains(&name.as_str()), "{name:?} has the keyboard: {seen:?}");
    }
    for name in inside.into_iter().filter(|name| *name != "Copy link") {
        assert!(seen.iter().any(|known| known == name), "{name} cannot be reached: {seen:?}");
    }
}

#[test]
fn why_a_code_was_refused_is_scrolled_into_sight() {
    let mut window = Window::open_at([720.0, 480.0], light(), YEAR);
    window.command(Command::Account);
    window.click("Dropbox");
    window.dialog(DialogAction::EditAppKey("x7f2k9q0m4tz31a".to_owned()));
    window.dialog(DialogAction::OpenAuthorizePage);
    window.dialog(DialogAction::EditCode("nonsense".to_owned()));
    window.dialog(DialogAction::Connect);
    window.wait(1.0);
    let problem = window.harness.get_by_role(Role::Alert).rect();
    let foot = window.harness.get_by_label("Connect").rect();
    assert!(problem.max.y <= foot.min.y, "{problem:?} is below {foot:?}");
}

#[test]
fn signing_in_takes_three_steps_and_forgives_a_wrong_code() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.command(Command::Account);
    window.click("Dropbox");
    window.wait(0.2);
    assert_eq!(focused(&window), "App key");
    assert!(!is_enabled(&window, "Open Dropbox"));
    window.harness.get_by_role_and_label(Role::TextInput, "App key").type_text("x7f2k9q0m4tz31a");
    window.settle();
    window.click("Open Dropbox");
    window.wait(0.2);
    // The person comes back from the browser with a code.
    assert_eq!(focused(&window), "Code");
    assert!(!is_enabled(&window, "Connect"));
    window.harness.get_by_role_and_label(Role::TextInput, "Code").type_text("nonsense");
    window.settle();
    window.press(Key::Enter);
    window.wait(0.2);
    assert!(window.harness.query_by_label_contains("Dropbox does not know this code").is_some());
    assert!(window.state().dialog.is_some());

    window.dialog(DialogAction::EditCode(format!("  {RIGHT_CODE} ")));
    window.click("Connect");
    window.wait(0.2);
    assert!(window.state().dialog.is_none());
    assert!(
        matches!(&window.state().session.choice, AccountChoice::Dropbox { email, .. } if email == "ida@example.org")
    );

    // To the account on this computer and back takes a click each; nobody signs in twice.
    let connected = window.state().session.choice.clone();
    window.command(Command::Account);
    window.click("Local account");
    assert_eq!(window.state().session.choice, AccountChoice::Local);
    window.command(Command::Account);
    window.click("ida@example.org");
    assert_eq!(window.state().session.choice, connected);
    window.command(Command::Account);
    let card = window.harness.get_by_role_and_label(Role::RadioButton, "ida@example.org");
    assert_eq!(card.accesskit_node().toggled(), Some(Toggled::True));
}

#[test]
fn the_account_on_this_computer_is_one_click_away() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.command(Command::Account);
    let here = window.harness.get_by_role_and_label(Role::RadioButton, "Local account");
    assert_eq!(here.accesskit_node().toggled(), Some(Toggled::True));
    here.click();
    window.settle();
    assert!(window.state().dialog.is_none());
}

#[test]
fn names_that_are_taken_are_answered_one_by_one_or_all_at_once() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.drop_folder();
    assert_eq!(focused(&window), "Cancel", "the safe choice");
    assert!(window.harness.query_by_label_contains("Names can’t end with a space").is_some());
    window.click("Skip: all files");
    assert!(window.harness.query_by_label("Upload 9 files").is_some());
    window.click("Replace: Fjord at dawn.jpg");
    assert!(window.harness.query_by_label("Upload 10 files").is_some());
    window.click("Upload 10 files");
    let Some(Job::Upload { plan }) = last_job(&window, |job| matches!(job, Job::Upload { .. })) else {
        panic!("nothing is uploaded")
    };
    let decisions: Vec<Option<Decision>> = plan.conflicts().map(|(file, _)| file.decision).collect();
    assert_eq!(decisions, [Decision::Replace, Decision::Skip, Decision::Skip].map(Some));
}

#[test]
fn taken_names_of_moved_items_are_decided_by_mouse_and_by_keyboard() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.move_onto_taken_names();
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "5 items already exist").is_some());
    assert_eq!(focused(&window), "Cancel", "the safe choice");
    // What is in a folder is asked about only where that is merged.
    window.click("Keep both: Expedition 2026");
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "3 items already exist").is_some());
    window.click("Merge: Expedition 2026");
    window.click("Replace: all files");
    window.click("Skip: Route.gpx");
    // To the button from the chosen word of the last row that is drawn.
    while focused(&window) != "Move 4 items" {
        window.press(Key::Tab);
    }
    window.press(Key::Enter);
    let Some(Job::Edit(Edit::Relocate { conflicts, .. })) =
        last_job(&window, |job| matches!(job, Job::Edit(_)))
    else {
        panic!("nothing is moved")
    };
    let decisions: Vec<Option<Decision>> = conflicts.iter().map(|conflict| conflict.decision).collect();
    let expected =
        [Decision::Replace, Decision::Replace, Decision::Skip, Decision::Replace, Decision::Replace];
    assert_eq!(decisions, expected.map(Some));
    assert!(window.state().dialog.is_none());
}

#[test]
fn cancelling_a_move_leaves_what_is_in_conflict() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.move_onto_taken_names();
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert!(last_job(&window, |job| matches!(job, Job::Edit(Edit::Relocate { .. }))).is_none());
}

#[test]
fn a_large_copy_begins_when_it_is_confirmed_and_says_how_full_the_account_is_then() {
    let copies = |job: &Job| matches!(job, Job::Edit(Edit::Copy(_)));
    let says = |window: &Window, words: &str| window.harness.query_by_label(words).is_some();
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.copy_large_folder(8_100_000_000);
    assert!(says(&window, "12,400 files, 8.1 GB") && says(&window, "Afterwards you use 15.7 GB of 20 GB."));
    assert_eq!(focused(&window), "Cancel");
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none() && last_job(&window, copies).is_none());
    window.copy_large_folder(8_100_000_000);
    window.click("Copy 12,400 files");
    assert!(window.state().dialog.is_none() && last_job(&window, copies).is_some());
}

#[test]
fn a_copy_for_which_there_is_no_room_says_how_much_is_lacking() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.copy_large_folder(15_600_000_000);
    assert!(
        window
            .harness
            .query_by_label_contains("That is 3.2 GB more than the 12.4 GB that are free.")
            .is_some()
    );
    window.click("Copy anyway");
    assert!(last_job(&window, |job| matches!(job, Job::Edit(Edit::Copy(_)))).is_some());
}

#[test]
fn an_upload_with_questions_says_how_full_the_account_is_then() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.drop_folder();
    assert!(window.harness.query_by_label_contains("Afterwards you use 7.6 GB of 20 GB.").is_some());
}

#[test]
fn cancelling_an_upload_sends_nothing() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.drop_folder();
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert!(last_job(&window, |job| matches!(job, Job::Upload { .. })).is_none());
}

#[test]
fn thousands_of_taken_names_are_no_burden() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.account.taken_names = 5_000;
    window.drop_folder();
    let rows = window.harness.query_all_by_role(Role::ListItem).count();
    assert!((3..20).contains(&rows), "{rows} rows are laid out");
    window.click("Replace: all files");
    assert!(window.harness.query_by_label("Upload 5,009 files").is_some());
}

#[test]
fn a_problem_is_told_in_full_and_its_number_can_be_copied() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.act(Action::ShowProblem(full()));
    window.wait(0.2);
    assert!(window.harness.query_by_label("Your Dropbox is full").is_some());
    window.harness.get_by_label("Copy request ID").click();
    assert_eq!(window.copied(), "3f8c2a6d9b1e4f70a5c8d2e6b9f01347");
    // The first is the one of the title.
    window.harness.query_all_by_label("Close").last().unwrap().click();
    window.settle();
    assert!(window.state().dialog.is_none());
}

#[test]
fn the_sheet_of_keys_lists_them() {
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.chord(Modifiers::COMMAND, Key::Questionmark);
    window.wait(0.2);
    assert!(window.harness.query_by_label("Versions: Ctrl+H").is_some());
    assert!(window.harness.query_by_label("Cancel: Esc").is_some());
}

#[test]
fn a_file_that_may_run_a_program_stays_closed_unless_one_insists() {
    let opens = |job: &Job| matches!(job, Job::CheckOut { .. });
    let mut window = Window::open_at(SIZE, light(), YEAR);
    window.open_program();
    assert!(window.harness.query_by_role_and_label(Role::Dialog, "Open “Photo viewer.desktop”?").is_some());
    assert_eq!(focused(&window), "Don’t open");
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none() && last_job(&window, opens).is_none());
    window.open_program();
    window.click("Open anyway");
    assert!(window.state().dialog.is_none() && last_job(&window, opens).is_some());
}

#[test]
fn a_menu_closes_when_a_key_chooses_from_it() {
    let mut window = Window::open(SIZE, light());
    window.click("Account: Local account");
    window.harness.get_by_label("Settings…");
    window.press(Key::ArrowDown);
    window.press(Key::Enter);
    assert!(matches!(window.state().dialog, Some(Dialog::SignIn(_))));
    assert!(window.harness.query_by_label("Settings…").is_none(), "the menu is closed");
}

#[test]
fn the_first_start_is_answered_by_keyboard_and_by_mouse() {
    let mut window = Window::first(SIZE, light());
    window.press(Key::Enter);
    assert!(matches!(window.state().dialog, Some(Dialog::SignIn(_))), "the first door has the keyboard");
    window.harness.get_by_label("Get an app key");
    window.press(Key::Escape);
    window.press(Key::F5);
    assert!(window.state().dialog.is_none() && window.state().welcome.is_some());
    window.press(Key::Tab);
    window.press(Key::Enter);
    assert!(window.state().welcome.is_none());
    assert_eq!(window.state().session.choice, AccountChoice::Local);
    window.harness.get_by_label("Account: Local account");

    let mut window = Window::first(SIZE, light());
    window.harness.get_by_role_and_label(Role::Group, "Try it on this computer").click();
    window.settle();
    assert!(window.state().welcome.is_none());
}
