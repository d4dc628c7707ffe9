//! The dots of folders in which something was changed elsewhere.

use super::acts::YEAR;
use super::{Window, light};
use coffer_model::{Job, News, RemotePath, Update};
use coffer_state::{Command, Location};
use eframe::egui::accesskit::Role;
use egui_kittest::kittest::{NodeT, Queryable};
use std::sync::Arc;

impl Window {
    /// Others have changed something in these folders.
    pub fn have_news(&mut self, folders: &[&str]) {
        let folders = folders.iter().map(|path| RemotePath::new(path)).collect();
        let session = self.account.id_of(|job| matches!(job, Job::Session(_)));
        self.account.update(session, Update::News(Arc::new(News { folders, changes: Vec::new() })));
        self.harness.step();
        self.settle();
    }
}

fn is_new(window: &Window, role: Role, name: &str) -> bool {
    let node = window.harness.get_by_role_and_label(role, name);
    node.accesskit_node().description().is_some_and(|words| words.starts_with("New since you last looked"))
}

#[test]
fn a_folder_with_news_says_so_in_the_list_and_in_the_tree_until_it_is_opened() {
    let mut window = Window::open_at([1000.0, 640.0], light(), YEAR);
    let inner = format!("{YEAR}/Expedition 2026");
    window.have_news(&[&inner, "/Documents"]);
    assert!(is_new(&window, Role::Row, "Expedition 2026") && !is_new(&window, Role::Row, "Invoices"));
    assert!(is_new(&window, Role::TreeItem, "Photos") && is_new(&window, Role::TreeItem, "Documents"));
    assert!(!is_new(&window, Role::TreeItem, "Projects"));
    window.act(coffer_state::Action::Go(Location::Folder(RemotePath::new(&inner))));
    assert!(!is_new(&window, Role::TreeItem, "Photos") && is_new(&window, Role::TreeItem, "Documents"));
    assert!(window.account.jobs.contains(&Job::See(Some(RemotePath::new(&inner)))));
}

#[test]
fn all_of_them_are_marked_as_seen_from_the_changes() {
    let mut window = Window::open_at([1000.0, 640.0], light(), YEAR);
    window.command(Command::ShowChanges);
    assert!(window.harness.query_by_label("Mark all as seen").is_none());
    window.have_news(&["/Documents"]);
    window.click("Mark all as seen");
    assert!(window.account.jobs.contains(&Job::See(None)));
    assert!(!is_new(&window, Role::TreeItem, "Documents"));
    assert!(window.harness.query_by_label("Mark all as seen").is_none());
}
