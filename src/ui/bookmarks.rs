//! Bookmarks in the side bar: opening them, dropping on them, and adding, arranging and removing them there.

use super::theme::{self, UiPalette};
use super::widgets::{
    IconButton, SIDE_ROW_HEIGHT, elide_middle, paint_icon, paint_kind, paint_side_row, side_heading_ui,
    side_row,
};
use super::{WindowContext, drag, entries, menu, middle_click};
use coffer_model::settings::Bookmark;
use coffer_model::{FileKind, RemotePath};
use coffer_state::bookmarks::BookmarkAction;
use coffer_state::{Action, Location};
use coffer_texts::tr;
use egui::{
    CursorIcon, Id, Key, PointerButton, Popup, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

/// What is dropped so near to the edge of a folder’s row comes between the rows, and not into the folder.
const EDGE: f32 = 9.0;

/// The height of the place for the first bookmark.
const FIRST_PLACE: f32 = 52.0;

/// Nothing where there are none.
pub fn bookmarks_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let bookmarks = window.state.bookmarks();
    window.ui_state.bookmark_at = None;
    if bookmarks.is_empty() {
        return;
    }
    let top = ui.cursor().min.y;
    side_heading_ui(ui, tr!("bookmarks"));
    let rows_top = ui.cursor().min.y;
    for (index, bookmark) in bookmarks.iter().enumerate() {
        let (_, line) = ui.allocate_space(vec2(ui.available_width(), SIDE_ROW_HEIGHT));
        bookmark_ui(ui, window, line, bookmark, index);
    }
    let zone = Rect::from_x_y_ranges(ui.max_rect().x_range(), top..=ui.cursor().min.y + EDGE);
    mark_place(ui, window, zone.intersect(ui.clip_rect()), rows_top);
}

/// What is being dragged, as bookmarks: some of them, rows, or a folder of the tree.
fn dragged(window: &WindowContext<'_>) -> Vec<Bookmark> {
    if let Some(bookmark) = &window.ui_state.bookmark_drag {
        return vec![bookmark.clone()];
    }
    let entries = window.ui_state.drag.iter().flat_map(|drag| drag.entries.iter());
    entries.filter(|entry| !entry.is_deleted()).map(Bookmark::from).collect()
}

/// Where the pointer is, if something is dragged that can become a bookmark.
fn dragging_at(ui: &Ui, window: &WindowContext<'_>) -> Option<Pos2> {
    let is_now = !window.state.navigation.current().is_past();
    ui.input(|input| input.pointer.interact_pos()).filter(|_| is_now && !dragged(window).is_empty())
}

/// Marks the place among the bookmarks where what is dragged would come.
fn mark_place(ui: &Ui, window: &mut WindowContext<'_>, zone: Rect, rows_top: f32) {
    let Some(pointer) = dragging_at(ui, window).filter(|pointer| zone.contains(*pointer)) else { return };
    let bookmarks = window.state.bookmarks();
    let at = ((pointer.y - rows_top) / SIDE_ROW_HEIGHT).max(0.0);
    let row = (at as usize).min(bookmarks.len());
    let in_row = (at - row as f32) * SIDE_ROW_HEIGHT;
    let is_between = !(EDGE..SIDE_ROW_HEIGHT - EDGE).contains(&in_row);
    let takes_items = bookmarks.get(row).is_some_and(|bookmark| !bookmark.is_file);
    if window.ui_state.bookmark_drag.is_none() && takes_items && !is_between {
        return;
    }
    let index = if in_row > SIDE_ROW_HEIGHT / 2.0 { row + 1 } else { row }.min(bookmarks.len());
    window.ui_state.bookmark_at = Some(index);
    let y = rows_top + index as f32 * SIDE_ROW_HEIGHT;
    let stroke = Stroke::new(2.0, ui.palette().accent);
    ui.painter().hline(side_row(zone).x_range().shrink(4.0), y, stroke);
}

/// What is drawn over the side bar while something is dragged: where the first bookmark would come, and what is on its way.
/// When it is dropped, it is put to its place.
pub fn drag_ui(ui: &Ui, window: &mut WindowContext<'_>, space: Rect) {
    let Some(pointer) = dragging_at(ui, window) else {
        window.ui_state.bookmark_drag = None;
        return;
    };
    if window.state.bookmarks().is_empty() {
        first_place_ui(ui, window, space, pointer);
    }
    if let Some(bookmark) = &window.ui_state.bookmark_drag {
        ui.set_cursor_icon(CursorIcon::Grabbing);
        drag::ghost_ui(ui.ctx(), pointer, bookmark.path.display_name(), 1, None, ui.palette());
    }
    let (down, escape) = ui.input(|input| (input.pointer.primary_down(), input.key_pressed(Key::Escape)));
    if down && !escape {
        return;
    }
    if let (Some(index), false) = (window.ui_state.bookmark_at.take(), escape) {
        let bookmarks = dragged(window);
        window.act(Action::Bookmark(BookmarkAction::Put { bookmarks, index }));
        window.ui_state.drag = None;
        window.ui_state.target = None;
    }
    window.ui_state.bookmark_drag = None;
    ui.ctx().request_repaint();
}

/// At the end of the side bar, over the folders, so that none of them moves from under the pointer.
fn first_place_ui(ui: &Ui, window: &mut WindowContext<'_>, space: Rect, pointer: Pos2) {
    let palette = ui.palette();
    let zone = space.with_min_y(space.max.y - FIRST_PLACE).shrink2(vec2(8.0, 4.0));
    let is_over = zone.contains(pointer);
    if is_over {
        window.ui_state.bookmark_at = Some(0);
    }
    let fill = if is_over { theme::blend(palette.surface_0, palette.selection()) } else { palette.surface_0 };
    let line = if is_over { palette.accent } else { palette.line };
    ui.painter().rect(zone, theme::CORNER, fill, Stroke::new(1.5, line), StrokeKind::Inside);
    let (middle, left) = (zone.center().y, zone.min.x + 20.0);
    let color = if is_over { palette.text } else { palette.dimmed };
    paint_icon(ui.painter(), pos2(left, middle), icons::ICON_BOOKMARK_ADD, 20.0, color);
    let font = theme::regular(theme::BODY_TEXT);
    let galley = elide_middle(ui.painter(), tr!("bookmarks-add"), &font, color, zone.max.x - left - 28.0);
    ui.painter().galley(pos2(left + 20.0, middle - galley.size().y / 2.0), galley, color);
}

/// A press on a bookmark or on a folder of the tree that is moved begins a drag.
pub fn begin_drag(window: &mut WindowContext<'_>, response: &Response, path: &RemotePath, is_file: bool) {
    if response.drag_started_by(PointerButton::Primary) {
        window.ui_state.bookmark_drag = Some(Bookmark { path: path.clone(), is_file });
    }
}

fn bookmark_ui(ui: &mut Ui, window: &mut WindowContext<'_>, line: Rect, bookmark: &Bookmark, index: usize) {
    let palette = ui.palette();
    let path = &bookmark.path;
    let name = window.state.folder_name(path).to_owned();
    let here = window.state.navigation.current().folder() == Some(path);
    let response = ui.interact(line, Id::unique("bookmark").with(path.lower()), Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, here, &name));
    if !bookmark.is_file {
        entries::offer_target(window, line, path);
    }
    let target = !bookmark.is_file && window.ui_state.target.as_ref() == Some(path);
    let row = side_row(line);
    let button = Rect::from_center_size(pos2(row.max.x - 17.0, line.center().y), Vec2::splat(26.0));
    let menu_id = response.id.with("menu");
    let has_more = (response.contains_pointer() && dragged(window).is_empty())
        || response.has_focus()
        || ui.memory(|memory| memory.has_focus(response.id.with("more")))
        || Popup::is_id_open(ui.ctx(), menu_id);
    // The tree marks the folder that is shown: here only its name stands out.
    paint_side_row(ui, row, target, response.hovered(), response.has_focus() || target);
    let middle = row.center().y;
    let icon = Rect::from_center_size(pos2(line.min.x + 28.0, middle), Vec2::splat(20.0));
    let kind = if bookmark.is_file { FileKind::from_name(path.name()) } else { FileKind::Folder };
    paint_kind(ui.painter(), icon, kind, palette);
    let font = if here { theme::semibold(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
    let text_right = if has_more { button.min.x } else { row.max.x - 6.0 };
    let galley = elide_middle(ui.painter(), &name, &font, palette.text, text_right - line.min.x - 48.0);
    ui.painter().galley(pos2(line.min.x + 48.0, middle - galley.size().y / 2.0), galley, palette.text);

    let open = || BookmarkAction::Open(bookmark.clone());
    let mut chosen = response.clicked().then(open);
    let last = window.state.bookmarks().len() - 1;
    if has_more {
        let more = IconButton::new(icons::ICON_MORE_HORIZ, tr!("details-more"))
            .for_item(&name)
            .size(26.0, 18.0)
            .id(response.id.with("more"));
        let more = ui.new_child(UiBuilder::new().max_rect(button)).add(more);
        Popup::menu(&more).id(menu_id).width(200.0).accessible_name(&name).show(|ui| {
            chosen = menu_ui(ui, window, bookmark, (index, last)).or(chosen.take());
        });
    }
    Popup::context_menu(&response).width(200.0).accessible_name(&name).show(|ui| {
        chosen = menu_ui(ui, window, bookmark, (index, last)).or(chosen.take());
    });
    middle_click::open_behind(window, &response, |_| location_of(bookmark));
    begin_drag(window, &response, path, bookmark.is_file);
    response.on_hover_text(window.state.folder_path(path));
    if let Some(action) = chosen {
        window.act(Action::Bookmark(action));
    }
}

/// The folder, or that of the file.
fn location_of(bookmark: &Bookmark) -> Location {
    let folder = bookmark.path.parent().filter(|_| bookmark.is_file);
    Location::Folder(folder.unwrap_or_else(|| bookmark.path.clone()))
}

fn menu_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    bookmark: &Bookmark,
    (index, last): (usize, usize),
) -> Option<BookmarkAction> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut entry = |icon, text, enabled| {
        let entry = menu::MenuEntry { icon: Some(icon), text, keys: "", enabled, on: None, danger: false };
        menu::entry_ui(ui, &entry).clicked()
    };
    let open = entry(icons::ICON_OPEN_IN_NEW, tr!("command-open"), true);
    let opens_tab = entry(icons::ICON_TAB, tr!("command-open-in-new-tab"), true);
    let up = entry(icons::ICON_ARROW_UPWARD, tr!("move-up"), index > 0);
    let down = entry(icons::ICON_ARROW_DOWNWARD, tr!("move-down"), index < last);
    let remove = entry(icons::ICON_BOOKMARK_REMOVE, tr!("command-remove-bookmark"), true);
    menu::keyboard_ui(ui);
    if opens_tab {
        window.act(Action::Tab(coffer_state::tabs::TabAction::Open(location_of(bookmark))));
    }
    let put = |index| BookmarkAction::Put { bookmarks: vec![bookmark.clone()], index };
    let chosen = [
        (open, BookmarkAction::Open(bookmark.clone())),
        (up, put(index.saturating_sub(1))),
        (down, put(index + 2)),
        (remove, BookmarkAction::Remove(bookmark.path.clone())),
    ];
    chosen.into_iter().find(|(is_chosen, _)| *is_chosen).map(|(_, action)| action)
}
