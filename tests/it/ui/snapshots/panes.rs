//! Two panes.

use super::{LARGE, LEAST, SMALL, compare, compare_in_both_themes};
use crate::ui::{Window, light};
use coffer_model::{RemotePath, ViewMode};
use coffer_state::panes::PaneAction;
use coffer_state::{Action, Command, Location};

fn open_documents_beside(window: &mut Window) {
    window.act(Action::Command(Command::TogglePanes));
    window.act(Action::Go(Location::Folder(RemotePath::new("/Documents"))));
    window.act(Action::Move { motion: coffer_state::input::Motion::Down, extend: false, toggle_only: false });
}

#[test]
fn two_lists_of_which_the_right_one_is_active() {
    compare_in_both_themes("panes", LARGE, ViewMode::List, open_documents_beside);
}

#[test]
fn two_grids() {
    compare_in_both_themes("panes-grid", SMALL, ViewMode::Grid, |window| {
        open_documents_beside(window);
        window.act(Action::Pane(PaneAction::ShowOther));
    });
}

#[test]
fn two_panes_in_the_smallest_window() {
    compare("panes-least-light", LEAST, light(), open_documents_beside);
}
