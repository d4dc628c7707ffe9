//! The dialog of a link: how it is made, changed, copied and taken away.

use super::Window;
use super::dialogs::{is_enabled, last_job, open};
use super::made_up::failed;
use coffer_model::link::{Audience, LinkSettings};
use coffer_model::{Edit, Job};
use coffer_state::{Action, Command};
use eframe::egui::Key;
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::Queryable;

#[test]
fn a_link_is_copied_explained_and_taken_away() {
    let mut window = open("Fjord at dawn.jpg");
    window.act(Action::Command(Command::Share));
    window.wait(0.3);
    assert!(window.harness.query_by_label_contains("There is no link").is_some());
    assert!(last_job(&window, |job| matches!(job, Job::CreateLink { .. })).is_none());
    window.click("Create link");
    window.wait(0.3);
    assert!(window.harness.query_by_label_contains("Anyone with the link").is_some());
    window.harness.get_by_label("Copied").click();
    assert!(window.copied().starts_with("https://www.dropbox.com/scl/fi/"));
    window.click("Remove link");
    window.wait(0.3);
    assert!(last_job(&window, |job| matches!(job, Job::Edit(Edit::RevokeLink { .. }))).is_some());
    assert!(window.harness.query_by_label("The link was removed").is_some());
    let links = |window: &Window| {
        window.account.jobs.iter().filter(|job| matches!(job, Job::CreateLink { .. })).count()
    };
    let before = links(&window);
    window.click("Create a new link");
    assert_eq!(links(&window), before + 1);
}

/// The settings of the last link that was asked for.
fn asked_link(window: &Window) -> &LinkSettings {
    let made = |job: &Job| matches!(job, Job::CreateLink { .. } | Job::ChangeLink { .. });
    match last_job(window, made) {
        Some(Job::CreateLink { settings, .. } | Job::ChangeLink { settings, .. }) => settings,
        other => panic!("no link is made: {other:?}"),
    }
}

#[test]
fn a_link_gets_a_password_and_a_last_day_before_it_is_made_and_loses_them_later() {
    let mut window = open("Fjord at dawn.jpg");
    window.command(Command::Share);
    window.wait(0.3);
    window.click("With password: Who can open it");
    assert!(!is_enabled(&window, "Create link"), "a password is missing");
    window.harness.get_by_role_and_label(Role::TextInput, "Password").click();
    window.settle();
    window.harness.get_by_role_and_label(Role::TextInput, "Password").type_text("sesame");
    window.settle();
    window.click("Expires");
    window.settle();
    let day = |window: &mut Window, day: &str| {
        window.harness.get_by_role_and_label(Role::TextInput, "Last day").focus();
        window.settle();
        window.harness.get_by_role_and_label(Role::TextInput, "Last day").type_text(day);
        window.settle();
    };
    day(&mut window, "2031-05-01");
    // One in the past cannot be, and Enter confirms nothing.
    day(&mut window, "2001-05-01");
    window.press(Key::Enter);
    assert!(last_job(&window, |job| matches!(job, Job::CreateLink { .. })).is_none());
    window.click("Create link");
    window.wait(0.3);
    let asked = asked_link(&window);
    assert_eq!((asked.audience, &asked.password), (Audience::Password, &Some("sesame".into())));
    assert!(window.harness.query_by_label_contains("Anyone with the link and its password").is_some());
    assert!(window.harness.query_by_label_contains("Expires on 1 May 2031, 23:59").is_some());

    assert!(window.harness.query_by_label("Save changes").is_none());
    window.click("Anyone: Who can open it");
    window.click("Expires");
    window.click("Save changes");
    window.wait(0.3);
    assert_eq!(*asked_link(&window), LinkSettings::PLAIN);
    assert!(window.harness.query_by_role_and_label(Role::Status, "The link was changed").is_some());
    assert!(window.harness.query_by_label("Save changes").is_none());
}

#[test]
fn a_link_that_cannot_be_made_says_why_and_can_be_tried_again() {
    let mut window = open("Fjord at dawn.jpg");
    window.account.link_problem = Some(failed());
    window.command(Command::Share);
    assert!(window.harness.query_by_label_contains("The folder could not be read").is_some());
    window.account.link_problem = None;
    window.click("Retry");
    window.wait(0.3);
    window.click("Create link");
    window.wait(0.3);
    assert!(window.harness.query_by_label("Link").is_some());
}

#[test]
fn a_link_that_is_refused_keeps_what_was_chosen_and_can_be_asked_for_otherwise() {
    let mut window = open("Fjord at dawn.jpg");
    window.command(Command::Share);
    window.wait(0.3);
    window.click("Only invited: Who can open it");
    window.account.link_problem = Some(failed());
    window.click("Create link");
    window.wait(0.3);
    assert!(window.harness.query_by_label_contains("The folder could not be read").is_some());
    window.account.link_problem = None;
    window.click("Anyone: Who can open it");
    window.click("Create link");
    window.wait(0.3);
    assert_eq!(*asked_link(&window), LinkSettings::PLAIN);
    assert!(window.harness.query_by_label("Link").is_some());
}
