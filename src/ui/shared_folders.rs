//! The shared folders that are not in the person’s Dropbox, at the end of the side bar, and how they are added.

use super::theme::{self, UiPalette};
use super::widgets::{
    IconButton, SIDE_ROW_HEIGHT, elide_middle, paint_folder, paint_icon, paint_side_row, side_heading_ui,
    side_row,
};
use super::{WindowContext, menu, sharing};
use coffer_model::MountableFolder;
use coffer_state::{Action, State};
use coffer_texts::tr;
use egui::{Id, Popup, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;
use std::sync::Arc;

pub fn title() -> &'static str {
    tr!("shared-folders-title")
}

pub fn add_words() -> &'static str {
    tr!("shared-folders-add")
}

/// Folders that are elsewhere are paler than those in the tree.
const FADED: f32 = 0.5;

/// Nothing where there are none.
pub fn shared_folders_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let folders = window.state.shared_folders.folders();
    if folders.is_empty() {
        return;
    }
    side_heading_ui(ui, title());
    let clip = ui.clip_rect();
    let height = SIDE_ROW_HEIGHT * folders.len() as f32;
    let (_, space) = ui.allocate_space(vec2(ui.available_width(), height));
    for (index, folder) in folders.iter().enumerate() {
        let top = space.min.y + SIDE_ROW_HEIGHT * index as f32;
        let line = Rect::from_min_size(pos2(space.min.x, top), vec2(space.width(), SIDE_ROW_HEIGHT));
        // One line more on both sides, so that the Tab key finds what comes next.
        if line.expand(SIDE_ROW_HEIGHT).intersects(clip) {
            folder_ui(ui, window, line, folder);
        }
    }
    ui.add_space(8.0);
}

fn folder_ui(ui: &mut Ui, window: &mut WindowContext<'_>, line: Rect, folder: &MountableFolder) {
    let palette = ui.palette();
    let id = Id::unique("shared folder").with(&folder.id);
    let row = side_row(line);
    let is_adding = window.state.shared_folders.is_adding(folder);
    let refusal = State::mount_refusal(folder);
    let response = ui.interact(line, id, Sense::CLICK);
    let words = in_words(folder);
    response.widget_info(|| WidgetInfo::labeled(Role::ListItem, true, format!("{}. {words}", folder.name)));
    paint_side_row(ui, row, false, response.hovered(), false);

    let middle = line.center().y;
    let left = line.min.x + 26.0;
    let place = Rect::from_center_size(pos2(left + 23.0, middle), Vec2::splat(20.0));
    let faded = theme::blend(palette.surface_0, palette.folder.gamma_multiply(FADED));
    paint_folder(ui.painter(), place, faded);
    let button = Rect::from_center_size(pos2(row.max.x - 17.0, middle), Vec2::splat(26.0));
    let mut text_right = button.min.x - 4.0;
    if let Some(icon) = sharing::access_icon(folder.access) {
        text_right -= 20.0;
        paint_icon(ui.painter(), pos2(text_right + 10.0, middle), icon, 15.0, palette.dimmed);
    }
    let text_left = left + 42.0;
    let font = theme::regular(theme::BODY_TEXT);
    let color = if is_adding { palette.dimmed } else { palette.text };
    let galley = elide_middle(ui.painter(), &folder.name, &font, color, text_right - text_left);
    ui.painter().galley(pos2(text_left, middle - galley.size().y / 2.0), galley, color);

    let enabled = refusal.is_none() && !is_adding;
    let name = refusal.as_deref().unwrap_or(if is_adding { tr!("adding") } else { add_words() });
    let add = IconButton::new(icons::ICON_ADD, name)
        .for_item(&folder.name)
        .enabled(enabled)
        .size(26.0, 18.0)
        .id(id.with("add"));
    let mut chosen = ui.new_child(UiBuilder::new().max_rect(button)).add(add).clicked();
    Popup::context_menu(&response).width(232.0).accessible_name(&folder.name).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        if let Some(refusal) = &refusal {
            menu::label_ui(ui, refusal);
        }
        let entry = menu::MenuEntry {
            icon: Some(icons::ICON_ADD),
            text: add_words(),
            keys: "",
            enabled,
            on: None,
            danger: false,
        };
        chosen |= menu::entry_ui(ui, &entry).clicked();
        menu::keyboard_ui(ui);
    });
    response.on_hover_text(words);
    if chosen {
        window.act(Action::AddSharedFolder(Arc::clone(&folder.id)));
    }
}

/// "Shared folder · view only. Owner: Grace Hopper. Not in your Dropbox"
fn in_words(folder: &MountableFolder) -> String {
    let access = sharing::access_words(folder.access).map_or(String::new(), |access| format!(" · {access}"));
    let owners = match folder.owners.as_slice() {
        [] => String::new(),
        owners => tr!("shared-folders-owner", owners = owners.join(", ")),
    };
    format!("{}{access}{owners}. {}", tr!("shared-folder"), title())
}
