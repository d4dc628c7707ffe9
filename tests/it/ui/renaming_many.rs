//! Renaming many items by a rule, by keyboard alone and by mouse alone.

use super::acts::YEAR;
use super::dialogs::focused;
use super::{Window, plain};
use coffer_model::{Edit, Entry, Job, PlannedName, Receipt, RenameIssue, RenamePlan, RenameQuestion};
use coffer_state::input::ClickModifiers;
use coffer_state::{Action, Command};
use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jiff::tz::TimeZone;
use std::sync::Arc;

const SIZE: [f32; 2] = [1100.0, 700.0];

/// The names by the rule; what is there is what is in the rows.
pub fn plan(question: &RenameQuestion) -> Receipt {
    let name = |(index, entry): (usize, &Entry)| question.rule.new_name(entry, index, &TimeZone::UTC);
    let names: Vec<String> = question.entries.iter().enumerate().map(name).collect();
    let issue = |entry: &Entry, name: &String| {
        let target = entry.path.parent().unwrap_or_default().join(name);
        let is_there = question.rows.as_ref().is_some_and(|rows| rows.row_of(&target).is_some());
        if entry.name() == *name {
            None
        } else if let Some(reason) = coffer_model::name::invalid_reason(name) {
            Some(RenameIssue::Invalid(reason))
        } else if names.iter().filter(|other| *other == name).count() > 1 {
            Some(RenameIssue::Twice)
        } else {
            let is_own = question.entries.iter().any(|entry| entry.path == target);
            (is_there && !is_own).then_some(RenameIssue::Taken)
        }
    };
    let planned: Vec<PlannedName> = question
        .entries
        .iter()
        .zip(&names)
        .map(|(entry, name)| PlannedName { name: name.clone(), issue: issue(entry, name) })
        .collect();
    let changed = question.entries.iter().zip(&names).filter(|(entry, name)| entry.name() != **name).count();
    let refused = planned.iter().filter(|planned| planned.issue.is_some()).count();
    Receipt::RenamePlanned(Arc::new(RenamePlan { names: planned, changed, refused }))
}

impl Window {
    /// Selects the pictures of the folder, and opens the dialog that renames them.
    pub fn rename_pictures(&mut self) {
        let rows = &self.state().browser.listing.value().unwrap().entries;
        let is_picture = |entry: &Entry| entry.file_kind() == coffer_model::FileKind::Picture;
        let pictures: Vec<usize> = (0..rows.len()).filter(|&row| is_picture(&rows[row])).collect();
        for row in pictures {
            let modifiers = ClickModifiers { toggle: true, ..ClickModifiers::default() };
            self.act(Action::Click { row, modifiers });
        }
        self.command(Command::Rename);
    }

    fn type_in(&mut self, field: &str, text: &str) {
        self.harness.get_by_role_and_label(Role::TextInput, field).focus();
        self.settle();
        self.harness.get_by_role_and_label(Role::TextInput, field).type_text(text);
        self.settle();
    }
}

/// The names that the last rename gave.
fn renamed(window: &Window) -> Vec<String> {
    let edit = window.account.jobs.iter().rev().find_map(|job| match job {
        Job::Edit(Edit::Move(items)) => Some(items),
        _ => None,
    });
    edit.into_iter().flatten().map(|(_, to)| to.name().to_owned()).collect()
}

#[test]
fn by_keyboard_a_text_is_replaced_in_all_names() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.press(Key::Home);
    window.harness.key_press_modifiers(Modifiers::SHIFT, Key::ArrowDown);
    window.settle();
    window.press(Key::F2);
    window.wait(0.3);
    assert_eq!(focused(&window), "Find");
    window.harness.get_by_role_and_label(Role::TextInput, "Find").type_text("e");
    window.settle();
    window.press(Key::Tab);
    assert_eq!(focused(&window), "Replace with");
    window.harness.get_by_role_and_label(Role::TextInput, "Replace with").type_text("3");
    window.settle();
    assert!(window.harness.query_by_label("Expedition 2026 to Exp3dition 2026").is_some());
    window.press(Key::Enter);
    assert!(window.state().dialog.is_none());
    assert_eq!(renamed(&window), ["Exp3dition 2026", "Invoic3s"]);
}

#[test]
fn by_mouse_names_are_numbered_and_what_can_not_be_given_is_shown_first() {
    let mut window = Window::open_at(SIZE, plain(), YEAR);
    window.rename_pictures();
    window.type_in("Name", "Trip");
    assert!(window.harness.query_by_label("5 names can’t be given").is_some());
    let rename = |window: &Window| {
        let nodes = window.harness.get_all_by_role(Role::Button);
        let label = |node: &egui_kittest::Node<'_>| node.accesskit_node().label().unwrap_or_default();
        nodes
            .filter(|node| label(node).starts_with("Rename "))
            .map(|node| node.accesskit_node().is_disabled())
            .next()
    };
    assert_eq!(rename(&window), Some(true));
    window.click("Show next");
    window.click("After: Number");
    assert_eq!(rename(&window), Some(false));
    window.harness.get_by_role_and_label(Role::Button, "Rename 6 items").click();
    window.settle();
    let names = renamed(&window);
    assert_eq!(names.len(), 6);
    assert_eq!(names[0], "Trip 1.jpg");
}

#[test]
fn of_thousands_of_names_those_in_sight_are_drawn() {
    let mut window = Window::open_at(SIZE, plain(), "/Photos/2026/Many");
    window.command(Command::SelectAll);
    window.command(Command::Rename);
    window.type_in("Find", "Measurement");
    let rows = window.harness.get_all_by_role(Role::ListItem).count();
    assert!(rows < 40, "{rows} rows are drawn");
    window.harness.get_by_role_and_label(Role::Button, "Rename 5,000 items").click();
    window.settle();
    assert_eq!(renamed(&window).len(), 5000);
}
