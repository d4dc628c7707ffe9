//! The pane in the middle: the rows of the current location, or an empty state. There are six of these: an
//! empty location, a failure, a lost connection, no access, a search without results, and a filter that leaves nothing.

use super::banner::{open_sign_in_page, open_sign_in_page_words};
use super::entries::{ContentLines, content_id, other_pane_id};
use super::widgets::{EmptyState, empty_state_ui};
use super::{
    WindowContext, activity, changes, duplicates, grid, list, nothing_found, row_filter, search_filters,
    space,
};
use coffer_model::{Problem, Recovery, ViewMode};
use coffer_state::{Action, Command, Location};
use coffer_texts::tr;
use egui::{EventFilter, Role, Sense, Ui, Vec2, WidgetInfo};
use egui_material_icons::{MaterialIcon, icons};

pub fn content_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    keyboard_ui(ui, window);
    search_filters::search_filters_ui(ui, window);
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    row_filter::filter_ui(ui, window);
    if let Location::Space { folder, part } = window.state.navigation.current().clone() {
        if !space::space_ui(ui, window, &folder, part) {
            nothing_yet_ui(ui, window);
        }
        return;
    }
    if activity::is_shown(window.state) && window.state.session.in_use.is_none() {
        activity::activity_ui(ui, window);
        return;
    }
    let state = window.state;
    match ContentLines::from_state(state) {
        Some(_) if changes::is_shown(window.state) => changes::changes_ui(ui, window),
        Some(lines) if !lines.is_empty() && duplicates::is_shown(window.state) => {
            duplicates::duplicates_ui(ui, window);
        }
        Some(lines) if !lines.is_empty() => match window.state.folder_view().view {
            ViewMode::List => list::list_ui(ui, window, &lines),
            ViewMode::Grid => grid::grid_ui(ui, window, &lines),
        },
        Some(lines) if lines.is_empty() && row_filter::hides_all(state).is_some() => {
            space_ui(ui, window);
            row_filter::no_matches_ui(ui, window, row_filter::hides_all(state).unwrap_or_default());
        }
        Some(lines) if lines.listing.complete && !window.state.browser.listing.is_pending() => {
            empty_ui(ui, window);
        }
        _ => nothing_yet_ui(ui, window),
    }
}

/// The whole pane is one stop for the Tab key; inside it the cursor moves.
fn keyboard_ui(ui: &Ui, window: &WindowContext<'_>) {
    let rect = ui.available_rect_before_wrap();
    let (id, name) = if window.pane.is_active {
        (content_id(), tr!("settings-files"))
    } else {
        (other_pane_id(), tr!("files-in-other-pane"))
    };
    let response = ui.interact(rect, id, Sense::focusable_noninteractive());
    response.widget_info(|| WidgetInfo::labeled(Role::List, true, name));
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(id, keys));
    let cursor = window.state.browser.selection.cursor.as_ref();
    ui.ctx().accesskit_node_builder(id, |node| {
        if let Some(path) = cursor {
            node.set_active_descendant(super::entries::row_id(window, path).accesskit_id());
        }
    });
}

/// Nothing is listed: it is on its way, or it failed.
fn nothing_yet_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    space_ui(ui, window);
    if let Some(problem) = &window.state.session.in_use {
        let (icon, title) = (icons::ICON_HOURGLASS_TOP, problem.title.as_str());
        empty_state_ui(ui, &EmptyState { icon, title, sentence: &problem.detail, button: None });
        return;
    }
    match window.state.browser.listing.problem().cloned() {
        Some(problem) => problem_ui(ui, window, &problem),
        None if nothing_found::is_searching(window.state) => nothing_found::searching_ui(ui),
        None if window.state.shows_skeleton() => skeleton_ui(ui, window),
        None => {}
    }
}

fn skeleton_ui(ui: &Ui, window: &WindowContext<'_>) {
    match window.state.folder_view().view {
        ViewMode::List => list::skeleton_ui(ui, window.state),
        ViewMode::Grid => grid::skeleton_ui(ui, window),
    }
}

fn problem_ui(ui: &mut Ui, window: &mut WindowContext<'_>, problem: &Problem) {
    let (icon, button, command): (MaterialIcon, _, _) = match problem.recovery() {
        Recovery::NetworkSignIn => {
            let (icon, title) = (icons::ICON_CAPTIVE_PORTAL, &problem.title);
            let button = Some(open_sign_in_page_words());
            if empty_state_ui(ui, &EmptyState { icon, title, sentence: &problem.detail, button }) {
                open_sign_in_page(window, problem);
            }
            return;
        }
        Recovery::Offline => (icons::ICON_CLOUD_OFF, Some(tr!("retry")), Command::Refresh),
        Recovery::SignIn => (icons::ICON_KEY, Some(tr!("sign-in-again")), Command::Account),
        Recovery::None | Recovery::Space | Recovery::Rename => {
            (icons::ICON_LOCK, Some(tr!("go-to-parent")), Command::Up)
        }
        Recovery::Retry | Recovery::Refresh => {
            (icons::ICON_SYNC_PROBLEM, Some(tr!("retry")), Command::Refresh)
        }
    };
    let empty_state = EmptyState { icon, title: &problem.title, sentence: &problem.detail, button };
    if empty_state_ui(ui, &empty_state) {
        window.command(command);
    }
}

/// The location has no items.
fn empty_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    space_ui(ui, window);
    let location = window.state.navigation.current().clone();
    let title;
    let unreadable = window.state.browser.status.unreadable;
    let (empty_state, action) = match &location {
        _ if unreadable > 0 => {
            title = tr!("unreadable-items", count = unreadable);
            let sentence = tr!("unreadable-note");
            (
                EmptyState {
                    icon: icons::ICON_SYNC_PROBLEM,
                    title: &title,
                    sentence,
                    button: Some(tr!("retry")),
                },
                Action::Command(Command::Refresh),
            )
        }
        // That view says so itself.
        Location::Space { .. } | Location::Changes | Location::Activity { .. } => return,
        Location::Folder(path) => {
            let title = if path.is_root() { tr!("no-files") } else { tr!("empty-folder") };
            let sentence = tr!("empty-note");
            let button = Some(tr!("command-upload"));
            (
                EmptyState { icon: icons::ICON_FOLDER_OPEN, title, sentence, button },
                Action::Command(Command::Upload),
            )
        }
        Location::Past { .. } => {
            let sentence = tr!("past-empty-note");
            let (title, button) = (tr!("past-empty"), Some(tr!("back-to-now")));
            (
                EmptyState { icon: icons::ICON_HISTORY, title, sentence, button },
                Action::Command(Command::TogglePast),
            )
        }
        Location::Deleted => {
            let sentence = tr!("deleted-empty-note");
            let title = tr!("deleted-empty");
            (
                EmptyState { icon: icons::ICON_DELETE, title, sentence, button: None },
                Action::Command(Command::Refresh),
            )
        }
        Location::Links => {
            let sentence = tr!("links-empty-note");
            let title = tr!("links-empty");
            (
                EmptyState { icon: icons::ICON_LINK, title, sentence, button: None },
                Action::Command(Command::Refresh),
            )
        }
        Location::Duplicates(_) => {
            let sentence = tr!("duplicates-empty-note");
            title =
                duplicates::incomplete(window.state).unwrap_or_else(|| tr!("duplicates-empty").to_owned());
            (
                EmptyState { icon: icons::ICON_FILE_COPY, title: &title, sentence, button: None },
                Action::Command(Command::Refresh),
            )
        }
        Location::Search { query, .. } => {
            title = tr!("no-results", query = query);
            nothing_found::of_search(window.state, &title)
        }
    };
    if empty_state_ui(ui, &empty_state) {
        window.act(action);
    }
}

/// The pane without rows still has its menu.
fn space_ui(ui: &Ui, window: &mut WindowContext<'_>) {
    let response =
        ui.interact(ui.available_rect_before_wrap(), ui.scope_id().with("empty space"), Sense::CLICK);
    super::entries::handle_space(ui, window, &response);
}
