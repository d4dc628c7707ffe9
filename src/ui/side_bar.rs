//! The side bar: places, bookmarks, saved searches, the folder tree, shared folders that are not in it, and at its foot how full the account is and whose it is.

use super::folder_menu::folder_menu_ui;
use super::theme::{self, UiPalette};
use super::widgets::{
    SIDE_ROW_HEIGHT, dragged_to, elide_middle, paint_folder, paint_icon, paint_side_row, paint_skeleton_line,
    panel_edge_ui, side_heading_ui, side_row,
};
use super::{
    WindowContext, account_card, bookmarks, commands, entries, header, middle_click, news, saved_searches,
    shared_folders, sharing,
};
use coffer_model::RemotePath;
use coffer_state::past_folders::FolderSince;
use coffer_state::tree::TreeLine;
use coffer_state::{Action, Command, Focus, Location};
use coffer_texts::tr;
use egui::{
    EventFilter, Id, Popup, Rect, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::{MaterialIcon, icons};

const ROW: f32 = SIDE_ROW_HEIGHT;
const INDENT: f32 = 18.0;
const FOOT: f32 = 108.0;

pub fn tree_id() -> Id {
    Id::unique("folder tree")
}

/// Draws the bar into all of `ui`, which has the width that the settings say.
pub fn side_bar_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let space = ui.max_rect();
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    let top = space.with_max_y(space.max.y - FOOT);
    ui.scope_builder(UiBuilder::new().max_rect(top), |ui| {
        let lines = window.state.tree.lines();
        ScrollArea::vertical().id_salt("folders").auto_shrink(false).show(ui, |ui| {
            ui.add_space(11.0);
            locations_ui(ui, window);
            bookmarks::bookmarks_ui(ui, window);
            saved_searches::saved_searches_ui(ui, window);
            if window.state.tree.is_loading() || !lines.is_empty() {
                let team = window.state.session.team.as_ref();
                side_heading_ui(ui, team.map_or(tr!("kinds-folders"), |team| &team.name));
            }
            tree_ui(ui, window, &lines);
            shared_folders::shared_folders_ui(ui, window);
        });
        bookmarks::drag_ui(ui, window, top);
    });
    let foot = space.with_min_y(space.max.y - FOOT);
    ui.scope_builder(UiBuilder::new().max_rect(foot), |ui| account_card::account_card_ui(ui, window));
}

/// The right edge can be dragged.
pub fn edge_ui(ui: &Ui, window: &mut WindowContext<'_>, space: Rect) {
    let line = space.with_min_x(space.max.x);
    let response = panel_edge_ui(ui, Id::unique("side bar edge"), line);
    let Some(to) = dragged_to(&response) else { return };
    let width = (to.x - space.min.x).clamp(180.0, 380.0).round();
    if width.to_bits() != window.state.settings.side_bar_width.to_bits() {
        window.act(Action::SetSideBarWidth(width));
    }
}

fn locations_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let current = window.state.navigation.current().clone();
    let home = Location::Folder(window.state.home());
    for (command, icon, location) in [
        (Command::Home, icons::ICON_HOME, home),
        (Command::ShowLinks, icons::ICON_LINK, Location::Links),
        (Command::ShowDeleted, icons::ICON_DELETE, Location::Deleted),
        (Command::ShowChanges, icons::ICON_UPDATE, Location::Changes),
        (Command::ShowActivity, icons::ICON_MANAGE_HISTORY, Location::activity()),
        (Command::ShowDuplicates, icons::ICON_FILE_COPY, Location::Duplicates(RemotePath::root())),
        (Command::ShowSpace, icons::ICON_DONUT_SMALL, Location::space(RemotePath::root())),
    ] {
        // What is below it is the same place, seen closer.
        let is_here = current == location
            || matches!(
                (command, &current),
                (Command::ShowSpace, Location::Space { .. })
                    | (Command::ShowActivity, Location::Activity { .. })
            );
        location_ui(ui, window, command, icon, &location, is_here);
    }
}

fn location_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    command: Command,
    icon: MaterialIcon,
    location: &Location,
    here: bool,
) {
    let palette = ui.palette();
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let name = commands::label(command);
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, name));
    let row = side_row(line);
    let target = location.folder().is_some_and(|folder| window.ui_state.target.as_ref() == Some(folder));
    paint_side_row(ui, row, here, response.hovered(), response.has_focus() || target);
    if let Some(folder) = location.folder() {
        entries::offer_target(window, line, folder);
    }
    let middle = row.center().y;
    paint_icon(ui.painter(), pos2(line.min.x + 28.0, middle), icon, 20.0, palette.text.gamma_multiply(0.82));
    let font = if here { theme::semibold(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
    let galley = elide_middle(ui.painter(), name, &font, palette.text, row.width() - 52.0);
    ui.painter().galley(pos2(line.min.x + 48.0, middle - galley.size().y / 2.0), galley, palette.text);
    if response.clicked() {
        window.act(Action::Go(location.clone()));
    }
    middle_click::open_behind(window, &response, |_| location.clone());
    if let Some(folder) = location.folder() {
        folder_menu_ui(&response, window, folder, location);
    }
}

/// The tree is one stop for the Tab key; arrows move its cursor.
fn tree_ui(ui: &mut Ui, window: &mut WindowContext<'_>, lines: &[TreeLine]) {
    let clip = ui.clip_rect();
    let whole = ui.interact(clip, tree_id(), Sense::focusable_noninteractive());
    whole.widget_info(|| WidgetInfo::labeled(Role::Tree, true, tr!("kinds-folders")));
    let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: true };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(tree_id(), keys));

    let top = ui.cursor().min.y;
    if window.state.tree.is_loading() && window.state.shows_skeleton() {
        for index in 0..4_u8 {
            let corner = pos2(clip.min.x + 40.0, top + ROW * f32::from(index));
            let line = Rect::from_min_size(corner, vec2(clip.width() - 60.0, ROW));
            paint_skeleton_line(ui.painter(), line, usize::from(index), ui.palette());
        }
    }
    let (_, space) = ui.allocate_space(vec2(ui.available_width(), ROW * lines.len() as f32));
    let first = ((clip.min.y - top) / ROW).floor().max(0.0) as usize;
    let last = (((clip.max.y - top) / ROW).ceil().max(0.0) as usize).min(lines.len());
    let current = window.state.navigation.current().shown_folder().cloned();
    // While something else has the keyboard, the ring is there.
    let has_keys = ui.memory(|memory| memory.focused().is_none_or(|focused| focused == tree_id()));
    let shows_cursor = window.state.focus == Focus::Tree && has_keys;
    let cursor = shows_cursor.then(|| window.state.tree.cursor.clone()).flatten();
    for (index, line) in lines.iter().enumerate().take(last).skip(first) {
        let rect = Rect::from_min_size(pos2(space.min.x, top + ROW * index as f32), vec2(space.width(), ROW));
        let here = current.as_ref() == Some(&line.path);
        let ring = cursor.as_ref() == Some(&line.path);
        line_ui(ui, window, rect, line, here, ring, (index, lines.len()));
    }
    scroll_to_line(ui, window, lines, top, cursor.or(current));
}

/// Keeps the cursor in sight when it moved; while something else has the keyboard, the folder that is shown when that is
/// another, as soon as the folders around it are listed.
fn scroll_to_line(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    lines: &[TreeLine],
    top: f32,
    wanted: Option<RemotePath>,
) {
    if window.ui_state.tree_in_sight == wanted {
        return;
    }
    if let Some(index) = lines.iter().position(|line| wanted.as_ref() == Some(&line.path)) {
        window.ui_state.tree_in_sight = wanted;
        let rect = Rect::from_min_size(pos2(ui.clip_rect().min.x, top + ROW * index as f32), vec2(10.0, ROW));
        ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
    }
}

fn line_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    rect: Rect,
    line: &TreeLine,
    here: bool,
    ring: bool,
    (index, of): (usize, usize),
) {
    let palette = ui.palette();
    let row = side_row(rect);
    let id = tree_id().with(line.path.lower());
    let response = ui.interact(rect, id, Sense::CLICK | Sense::DRAG);
    response.widget_info(|| WidgetInfo::selected(Role::TreeItem, true, here, line.path.name()));
    let has_dot = window.state.news.has(&line.path);
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_level(line.level + 1);
        node.set_position_in_set(index + 1);
        node.set_size_of_set(of);
        if line.can_open {
            node.set_expanded(line.open);
        }
        if has_dot {
            node.set_description(news::words());
        }
        match line.since {
            FolderSince::Same => {}
            FolderSince::Deleted => node.set_description(tr!("folder-deleted-since")),
            FolderSince::Moved => node.set_description(tr!("folder-moved-since")),
            FolderSince::New => node.set_description(tr!("since-new")),
        }
    });
    entries::offer_target(window, rect, &line.path);
    let target = window.ui_state.target.as_ref() == Some(&line.path);
    paint_side_row(ui, row, here || target, response.hovered(), ring || target);
    if ring && std::mem::take(&mut window.ui_state.wants_tree_menu) {
        Popup::open_id(ui.ctx(), Popup::default_response_id(&response));
    }

    let middle = rect.center().y;
    let left = rect.min.x + 26.0 + INDENT * line.level as f32;
    let mut chevron_clicked = false;
    if line.can_open {
        let handle = Rect::from_center_size(pos2(left, middle), Vec2::splat(22.0));
        let chevron = ui.interact(handle, id.with("chevron"), Sense::CLICK);
        chevron.widget_info(|| {
            let name = line.path.name();
            let words = if line.open { tr!("fold", name = name) } else { tr!("unfold", name = name) };
            WidgetInfo::labeled(Role::DisclosureTriangle, true, words)
        });
        if chevron.hovered() {
            ui.painter().rect_filled(handle, 6.0, palette.hover());
        }
        let icon = if line.open { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
        let color = if here { palette.accent } else { palette.dimmed };
        paint_icon(ui.painter(), handle.center(), icon, 18.0, color);
        chevron_clicked = chevron.clicked();
    }
    let folder = Rect::from_center_size(pos2(left + 23.0, middle), Vec2::splat(20.0));
    let is_new = line.since == FolderSince::New;
    let text_color = if is_new { palette.dimmed } else { palette.text };
    paint_folder(
        ui.painter(),
        folder,
        if is_new { palette.folder.gamma_multiply(0.5) } else { palette.folder },
    );
    let font = if here { theme::semibold(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
    let text_left = left + 42.0;
    let mut text_right = row.max.x - 6.0;
    if let Some(icon) = sharing::icon_of(window.state, &line.path, line.sharing) {
        text_right -= 22.0;
        paint_icon(ui.painter(), pos2(text_right + 10.0, middle), icon, 15.0, palette.dimmed);
    }
    let gone = match line.since {
        FolderSince::Deleted => Some((icons::ICON_DELETE, palette.danger)),
        FolderSince::Moved => Some((icons::ICON_DRIVE_FILE_MOVE, palette.past)),
        FolderSince::Same | FolderSince::New => None,
    };
    if let Some((icon, color)) = gone {
        text_right -= 22.0;
        paint_icon(ui.painter(), pos2(text_right + 10.0, middle), icon, 15.0, color);
    }
    if has_dot {
        text_right -= news::WIDTH;
    }
    let galley = elide_middle(ui.painter(), line.path.name(), &font, text_color, text_right - text_left);
    if has_dot {
        let x = text_left + galley.size().x + news::WIDTH / 2.0 + 1.0;
        news::paint_dot(ui.painter(), pos2(x, middle + 1.0), palette);
    }
    ui.painter().galley(pos2(text_left, middle - galley.size().y / 2.0), galley, text_color);

    if has_dot && entries::shows_tooltips(ui.ctx(), window) {
        response.clone().on_hover_text(news::words());
    }
    if chevron_clicked || (response.double_clicked() && line.can_open) {
        window.act(Action::ToggleTree(line.path.clone()));
    } else if response.clicked() {
        window.act(Action::Go(window.state.tree_location(line.path.clone())));
    }
    middle_click::open_behind(window, &response, |state| state.tree_location(line.path.clone()));
    folder_menu_ui(&response, window, &line.path, &window.state.tree_location(line.path.clone()));
    if !line.since.is_gone() {
        bookmarks::begin_drag(window, &response, &line.path, false);
    }
}

/// The tree takes the keyboard as [`Focus::Tree`].
pub fn focus_of(id: Id) -> Option<Focus> {
    if id == tree_id() { Some(Focus::Tree) } else { header::focus_of(id) }
}
