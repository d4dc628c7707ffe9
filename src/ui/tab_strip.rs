//! The strip of tabs below the header, where there are two or more. Tabs are shown, closed, arranged by dragging, and dropped on
//! as the folders that they show; a drag that rests on one shows it.

use super::menu::{self, MenuEntry};
use super::theme::{self, UiPalette};
use super::ui_state::TabDrag;
use super::widgets::{IconButton, elide_middle, paint_icon};
use super::{WindowContext, commands, entries};
use coffer_state::tab::{Tab, TabId};
use coffer_state::tabs::TabAction;
use coffer_state::{Action, Command, Location, State};
use coffer_texts::tr;
use egui::scroll_area::{ScrollBarVisibility, ScrollSource};
use egui::{
    Context, Id, PointerButton, Popup, Pos2, Rect, Response, Role, ScrollArea, Sense, StrokeKind, Ui,
    UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;
use std::time::Duration;

const HEIGHT: f32 = 38.0;

/// With less room for each, the strip scrolls.
const LEAST_WIDTH: f32 = 120.0;

/// At the right of a name for the button that closes the tab, and at its left.
const CLOSE_ROOM: f32 = 30.0;
const MARGIN: f32 = 12.0;

/// What is dragged rests this long on a tab before that is shown.
const REST_SECS: f64 = 0.6;

/// How fast tabs give way to the one that is dragged.
const SLIDE_SECS: f32 = 0.1;

pub fn is_shown(state: &State) -> bool {
    state.navigation.tabs().len() > 1
}

/// Shows a tab on which a drag rests.
pub fn show_rested_on(ctx: &Context, window: &mut WindowContext<'_>, pointer: Pos2) {
    let strip = &mut window.ui_state.tabs;
    let under = strip.places.iter().find(|(place, _)| place.contains(pointer)).map(|(_, id)| *id);
    let now = ctx.input(|input| input.time);
    strip.rested = match (under.filter(|id| *id != window.state.navigation.id), strip.rested) {
        (None, _) => None,
        (Some(id), Some((rested, since))) if rested == id => Some((id, since)),
        (Some(id), _) => Some((id, now)),
    };
    let Some((id, since)) = strip.rested else { return };
    let left = since + REST_SECS - now;
    if left <= 0.0 {
        strip.rested = None;
        window.act(Action::Tab(TabAction::Show(id)));
    } else {
        ctx.request_repaint_after(Duration::from_secs_f64(left));
    }
}

pub fn tab_strip_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let (_, bar) = ui.allocate_space(vec2(ui.available_width(), HEIGHT));
    let bar = bar.shrink2(vec2(12.0, 4.0));
    let plus = bar.with_min_x(bar.max.x - bar.height());
    let strip = bar.with_max_x(plus.min.x - 4.0);
    let group = ui.interact(strip, ui.scope_id().with("tabs"), Sense::hover());
    group.widget_info(|| WidgetInfo::labeled(Role::TabList, true, tr!("tabs")));
    ui.scope_builder(UiBuilder::new().max_rect(strip), |ui| {
        ui.spacing_mut().item_spacing = Vec2::ZERO;
        ui.style_mut().always_scroll_the_only_direction = true;
        let area = ScrollArea::horizontal()
            .id_salt("tabs")
            .auto_shrink(false)
            .scroll_source(ScrollSource::MOUSE_WHEEL)
            .scroll_bar_visibility(ScrollBarVisibility::AlwaysHidden);
        area.show(ui, |ui| tabs_ui(ui, window, strip));
    });
    let keys = commands::keys(Command::NewTab);
    let button = IconButton::new(icons::ICON_ADD, commands::label(Command::NewTab)).shortcut(&keys);
    let mut place = ui.new_child(UiBuilder::new().max_rect(plus));
    if place.add(button.size(plus.height(), 18.0)).clicked() {
        window.command(Command::NewTab);
    }
}

fn tabs_ui(ui: &mut Ui, window: &mut WindowContext<'_>, strip: Rect) {
    let tabs = window.state.navigation.tabs();
    let width = (strip.width() / tabs.len() as f32).max(LEAST_WIDTH);
    let (_, space) = ui.allocate_space(vec2(width * tabs.len() as f32, strip.height()));
    let slot = |index: usize| {
        let left = space.min.x + width * index as f32;
        Rect::from_min_size(pos2(left, space.min.y), vec2(width, space.height()))
    };
    let shown = window.state.navigation.shown_tab();
    scroll_to_shown(ui, window, slot(shown));
    if !ui.input(|input| input.pointer.primary_down()) {
        window.ui_state.tabs.drag = None;
    }
    let drag = window.ui_state.tabs.drag;
    let mut hovered = None;
    for (index, tab) in tabs.iter().enumerate().filter(|(_, tab)| drag.is_none_or(|drag| drag.id != tab.id)) {
        // They slide aside only for one that is dragged.
        let secs = if drag.is_some() { SLIDE_SECS.min(ui.style().animation_time) } else { 0.0 };
        let left = ui.ctx().animate_value_with_time(tab_id(tab.id).with("left"), slot(index).min.x, secs);
        let place = slot(index).translate(vec2(left - slot(index).min.x, 0.0));
        let response = tab_ui(ui, window, place, tab, index == shown);
        if response.contains_pointer() {
            hovered = Some(index);
        }
    }
    separators_ui(ui, drag.is_none().then_some(shown), hovered, tabs.len(), &slot);
    if let Some((index, tab)) =
        tabs.iter().enumerate().find(|(_, tab)| drag.is_some_and(|it| it.id == tab.id))
    {
        dragged_ui(ui, window, tab, index, space, width);
    }
}

/// Lines between tabs, but not beside one that has a colour of its own.
fn separators_ui(
    ui: &Ui,
    shown: Option<usize>,
    hovered: Option<usize>,
    count: usize,
    slot: &dyn Fn(usize) -> Rect,
) {
    for right in 1..count {
        let has_color = |index: usize| shown.is_none_or(|shown| shown == index) || hovered == Some(index);
        if !has_color(right) && !has_color(right - 1) {
            let place = slot(right);
            let line = (1.0, ui.palette().line);
            ui.painter().vline(place.min.x, place.y_range().shrink(7.0), line);
        }
    }
}

/// The tab under the pointer, in whose place the others leave room.
fn dragged_ui(ui: &Ui, window: &mut WindowContext<'_>, tab: &Tab, index: usize, space: Rect, width: f32) {
    let (Some(drag), Some(pointer)) =
        (window.ui_state.tabs.drag, ui.input(|input| input.pointer.interact_pos()))
    else {
        return;
    };
    let left = (pointer.x - drag.grabbed_at).clamp(space.min.x, space.max.x - width);
    let place = Rect::from_min_size(pos2(left, space.min.y), vec2(width, space.height()));
    tab_ui(ui, window, place, tab, true);
    // Where it is let go it begins at the pointer.
    ui.ctx().animate_value_with_time(tab_id(tab.id).with("left"), left, 0.0);
    let wanted = ((place.center().x - space.min.x) / width) as usize;
    if wanted != index {
        window.act(Action::Tab(TabAction::Move(tab.id, wanted)));
    }
}

/// Brings the shown tab into sight when it is another, or when there are more.
fn scroll_to_shown(ui: &Ui, window: &mut WindowContext<'_>, place: Rect) {
    let navigation = &window.state.navigation;
    let now = Some((navigation.id, navigation.tabs().len()));
    if std::mem::replace(&mut window.ui_state.tabs.in_sight, now) != now {
        ui.scroll_to_rect_animation(place, None, egui::style::ScrollAnimation::none());
    }
}

fn tab_id(id: TabId) -> Id {
    Id::unique("tab").with(id)
}

fn tab_ui(ui: &Ui, window: &mut WindowContext<'_>, place: Rect, tab: &Tab, is_shown: bool) -> Response {
    let palette = ui.palette();
    let location = tab.current();
    let name = commands::location_name(window.state, location);
    let id = tab_id(tab.id);
    let response = ui.interact(place, id, Sense::click_and_drag());
    response.widget_info(|| WidgetInfo::selected(Role::Tab, true, is_shown, &name));
    let row = place.shrink2(vec2(1.0, 0.0));
    if is_shown {
        ui.painter().rect_filled(row, theme::CORNER, palette.surface_2);
    } else if response.contains_pointer() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    let seen = place.intersect(ui.clip_rect());
    window.ui_state.tabs.places.push((seen, tab.id));
    let mut is_target = false;
    if let Some(folder) = location.folder() {
        entries::offer_target(window, seen, folder);
        is_target = window.ui_state.target.as_ref() == Some(folder);
    }
    if is_target {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    }
    if is_target || response.has_focus() {
        ui.painter().rect_stroke(row, theme::CORNER, palette.focus_ring(), StrokeKind::Inside);
    }
    name_ui(ui, row, location, &name, is_shown);
    handle_tab(ui, window, &response, tab);
    menu_ui(window, &response, tab);
    close_ui(ui, window, row, tab, &name, is_shown || response.contains_pointer());
    if let Some(folder) = location.shown_folder()
        && window.ui_state.drag.is_none()
        && window.ui_state.tabs.drag.is_none()
    {
        return response.on_hover_text(window.state.folder_path(folder));
    }
    response
}

/// What can be done with a tab.
fn menu_ui(window: &mut WindowContext<'_>, response: &Response, tab: &Tab) {
    let mut chosen = None;
    Popup::context_menu(response).width(menu::LEAST_WIDTH).accessible_name(tr!("tabs")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let mut entry = |icon, text: &str, enabled: bool, action: Action| {
            let entry = MenuEntry { icon: Some(icon), text, keys: "", enabled, on: None, danger: false };
            if menu::entry_ui(ui, &entry).clicked() {
                chosen = Some(action);
            }
        };
        let location = tab.current().clone();
        entry(icons::ICON_TAB_DUPLICATE, tr!("tab-duplicate"), true, Action::Tab(TabAction::Open(location)));
        entry(
            icons::ICON_CLOSE,
            commands::label(Command::CloseTab),
            true,
            Action::Tab(TabAction::Close(tab.id)),
        );
        let close_others = Action::Tab(TabAction::CloseOthers(tab.id));
        entry(icons::ICON_TAB_CLOSE_RIGHT, tr!("tab-close-others"), true, close_others);
        let can_reopen = Command::ReopenTab.is_enabled(window.state);
        let label = commands::label(Command::ReopenTab);
        entry(icons::ICON_HISTORY, label, can_reopen, Action::Command(Command::ReopenTab));
        menu::keyboard_ui(ui);
    });
    if let Some(action) = chosen {
        window.act(action);
    }
}

/// The name in the middle, as far as the button leaves it there, with a symbol where no folder is shown.
fn name_ui(ui: &Ui, row: Rect, location: &Location, name: &str, is_shown: bool) {
    let palette = ui.palette();
    let icon = commands::location_icon(location);
    let icon_width = if icon.is_some() { 22.0 } else { 0.0 };
    let color = if is_shown { palette.text } else { palette.dimmed };
    let font = if is_shown { theme::medium(theme::BODY_TEXT) } else { theme::regular(theme::BODY_TEXT) };
    let room = (row.width() - MARGIN - CLOSE_ROOM - icon_width).max(24.0);
    let galley = elide_middle(ui.painter(), name, &font, color, room);
    let width = galley.size().x + icon_width;
    let left = (row.center().x - width / 2.0).min(row.max.x - CLOSE_ROOM - width);
    if let Some(icon) = icon {
        paint_icon(ui.painter(), pos2(left + 8.0, row.center().y), icon, 16.0, palette.dimmed);
    }
    let at = pos2(left + icon_width, row.center().y - galley.size().y / 2.0);
    ui.painter().galley(at, galley, color);
}

fn handle_tab(ui: &Ui, window: &mut WindowContext<'_>, response: &Response, tab: &Tab) {
    if response.clicked() {
        window.act(Action::Tab(TabAction::Show(tab.id)));
    } else if response.middle_clicked() {
        window.act(Action::Tab(TabAction::Close(tab.id)));
    }
    if response.drag_started_by(PointerButton::Primary)
        && let Some(origin) = ui.input(|input| input.pointer.press_origin())
    {
        let grabbed_at = origin.x - response.rect.min.x;
        window.ui_state.tabs.drag = Some(TabDrag { id: tab.id, grabbed_at });
        window.act(Action::Tab(TabAction::Show(tab.id)));
    }
}

/// The button that closes the tab. It is always there, and seen on the shown tab and under the pointer.
fn close_ui(ui: &Ui, window: &mut WindowContext<'_>, row: Rect, tab: &Tab, name: &str, is_seen: bool) {
    let palette = ui.palette();
    let place = Rect::from_center_size(pos2(row.max.x - 16.0, row.center().y), Vec2::splat(22.0));
    let response = ui.interact(place, tab_id(tab.id).with("close"), Sense::CLICK);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, true, tr!("tab-close", name = name)));
    if is_seen {
        let hovered = response.hovered();
        if hovered {
            ui.painter().rect_filled(place, theme::CORNER_SMALL, palette.hover());
        }
        let color = if hovered { palette.text } else { palette.dimmed };
        paint_icon(ui.painter(), place.center(), icons::ICON_CLOSE, 15.0, color);
    }
    if response.clicked() || response.middle_clicked() {
        window.act(Action::Tab(TabAction::Close(tab.id)));
    }
}
