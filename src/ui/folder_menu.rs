//! The context menu of a folder where it is no row: in the tree, in the path, and among the places.

use super::menu::{self, MenuEntry};
use super::{WindowContext, commands};
use coffer_model::RemotePath;
use coffer_model::settings::Bookmark;
use coffer_state::bookmarks::BookmarkAction;
use coffer_state::tabs::TabAction;
use coffer_state::{Action, Command, Location};
use coffer_texts::tr;
use egui::{Popup, Response, Ui, vec2};
use egui_material_icons::icons;

/// `location` is what a press opens: the folder, now or as it was.
pub(super) fn folder_menu_ui(
    response: &Response,
    window: &mut WindowContext<'_>,
    path: &RemotePath,
    location: &Location,
) {
    let name = window.state.folder_name(path).to_owned();
    let mut chosen: Vec<Action> = Vec::new();
    let mut popup = Popup::context_menu(response).width(menu::LEAST_WIDTH).accessible_name(name);
    let id = popup.get_id();
    let is_open = Popup::is_id_open(&response.ctx, id);
    if is_open && Popup::position_of_id(&response.ctx, id).is_none() {
        // A key has opened it, so it is not at the pointer.
        popup = popup.at_position(response.rect.left_bottom() + vec2(48.0, -4.0));
    }
    popup.show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut entry = |ui: &mut Ui, (icon, text): (_, &str), actions: Vec<Action>| {
            let entry = MenuEntry { icon, text, keys: "", enabled: true, on: None, danger: false };
            if menu::entry_ui(ui, &entry).clicked() {
                chosen = actions;
            }
        };
        let named = |command| (commands::icon(command), commands::label(command));
        entry(ui, named(Command::Open), vec![Action::Go(location.clone())]);
        entry(ui, named(Command::OpenInNewTab), vec![Action::Tab(TabAction::Open(location.clone()))]);
        if !location.is_past() {
            if !path.is_root() {
                entry(ui, named(Command::ShowInFolder), vec![Action::ShowInFolder(path.clone())]);
            }
            let bookmarks = window.state.bookmarks();
            let bookmark = Bookmark { path: path.clone(), is_file: false };
            if bookmarks.contains(&bookmark) {
                let remove = Action::Bookmark(BookmarkAction::Remove(path.clone()));
                let name = (Some(icons::ICON_BOOKMARK_REMOVE), tr!("command-remove-bookmark"));
                entry(ui, name, vec![remove]);
            } else if !path.is_root() {
                let put = BookmarkAction::Put { bookmarks: vec![bookmark], index: bookmarks.len() };
                entry(ui, named(Command::ToggleBookmark), vec![Action::Bookmark(put)]);
            }
            menu::separator_ui(ui);
            // In the folder, which is shown for that.
            for command in [Command::NewFolder, Command::Upload, Command::Paste] {
                entry(ui, named(command), vec![Action::Go(location.clone()), Action::Command(command)]);
            }
        }
        menu::keyboard_ui(ui);
    });
    for action in chosen {
        window.act(action);
    }
}
