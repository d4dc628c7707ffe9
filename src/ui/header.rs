//! The one bar on top: back, forward, up, the breadcrumb, search, list or grid, transfers, upload.

use super::theme::{self, HEADER_HEIGHT, UiTokens};
use super::widgets::{IconButton, PushButton, TextField, paint_icon, paint_ring_in_color, segmented_ui};
use super::{View, breadcrumb, commands, menu};
use coffer_model::ViewMode;
use coffer_state::action::Motion;
use coffer_state::{Action, Command, Focus};
use egui::{
    Align, Color32, Id, Key, Layout, Popup, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

/// The small half of the upload button; both halves of the switch between list and grid.
const MORE_WIDTH: f32 = 28.0;
const SWITCH_WIDTH: f32 = 72.0;

pub fn search_id() -> Id {
    Id::unique("search")
}

pub fn header_ui(ui: &mut Ui, view: &mut View<'_>) {
    let (_, bar) = ui.allocate_space(vec2(ui.available_width(), HEADER_HEIGHT));
    let inner = bar.shrink2(vec2(12.0, (HEADER_HEIGHT - theme::CONTROL_HEIGHT) / 2.0));
    let mut left = child_ui(ui, inner, Layout::left_to_right(Align::Center));
    left.spacing_mut().item_spacing = vec2(4.0, 0.0);
    for command in [Command::Back, Command::Forward, Command::Up] {
        command_button_ui(&mut left, view, command);
    }
    // What stands at the right is measured first and drawn last, so that the Tab key goes from left to right.
    let roomy = inner.width() >= 560.0;
    let mut right = RightSide { rect: inner, edge: inner.max.x };
    let upload = right.take(upload_width(ui, roomy));
    let transfers = has_transfers(view).then(|| right.take(theme::CONTROL_HEIGHT));
    let inspector = roomy.then(|| right.take(theme::CONTROL_HEIGHT));
    let switch = right.take(SWITCH_WIDTH);
    let middle = inner.with_max_x(right.edge).with_min_x(left.min_rect().max.x + 12.0);

    path_and_search_ui(ui, view, middle);
    let mut place = |rect: Rect| child_ui(ui, rect, Layout::left_to_right(Align::Center));
    view_switch_ui(&mut place(switch), view);
    if let Some(rect) = inspector {
        inspector_switch_ui(&mut place(rect), view);
    }
    if let Some(rect) = transfers {
        transfers_ui(&mut place(rect), view);
    }
    upload_ui(&mut place(upload), view, roomy);
}

/// Hands out places from the right.
struct RightSide {
    rect: Rect,
    edge: f32,
}

impl RightSide {
    fn take(&mut self, width: f32) -> Rect {
        let place = self.rect.with_max_x(self.edge).with_min_x(self.edge - width);
        self.edge -= width + 8.0;
        place
    }
}

/// Side by side where there is room; else the search is a button until it is used.
fn path_and_search_ui(ui: &mut Ui, view: &mut View<'_>, space: Rect) {
    let searching = ui.memory(|memory| memory.has_focus(search_id())) || !view.state.search.text().is_empty();
    if space.width() >= 300.0 {
        let width = (space.width() * 0.38).clamp(120.0, 240.0);
        let path = space.with_max_x(space.max.x - width - 8.0);
        breadcrumb::breadcrumb_ui(ui, view, path);
        search_ui(ui, view, space.with_min_x(path.max.x + 8.0));
    } else if searching {
        search_ui(ui, view, space);
    } else {
        let button = space.with_min_x(space.max.x - theme::CONTROL_HEIGHT);
        breadcrumb::breadcrumb_ui(ui, view, space.with_max_x(button.min.x - 4.0));
        command_button_ui(&mut child_ui(ui, button, Layout::default()), view, Command::Find);
    }
}

fn child_ui(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}

fn command_button_ui(ui: &mut Ui, view: &mut View<'_>, command: Command) {
    let Some(icon) = commands::icon(command) else { return };
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command))
        .shortcut(&keys)
        .enabled(command.is_enabled(view.state));
    if ui.add(button).clicked() {
        view.command(command);
    }
}

fn search_ui(ui: &mut Ui, view: &mut View<'_>, rect: Rect) {
    let mut text = view.state.search.text().to_owned();
    let had_text = !text.is_empty();
    let mut child = child_ui(ui, rect, Layout::left_to_right(Align::Center));
    let response = TextField::new("Search", &mut text)
        .hint(if rect.width() < 180.0 { "Search" } else { "Search all files" })
        .icon(icons::ICON_SEARCH)
        .id(search_id())
        .select_all()
        .width(rect.width())
        .room_for_button(had_text)
        .show(&mut child);
    if response.changed() {
        view.act(Action::EditSearch(text));
    }
    // Down leads from what was typed to what was found.
    if response.has_focus() && ui.input(|input| input.key_pressed(Key::ArrowDown)) {
        view.act(Action::Focus(Focus::Content));
        view.act(Action::Move { motion: Motion::Down, extend: false, toggle_only: false });
    }
    if response.lost_focus() {
        let (enter, escape) =
            ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
        if enter {
            view.act(Action::SubmitSearch);
        } else if escape {
            view.act(Action::LeaveSearch);
        }
    }
    if had_text {
        let center = pos2(rect.max.x - 18.0, rect.center().y);
        let rect = Rect::from_center_size(center, Vec2::splat(24.0));
        let clear = IconButton::new(icons::ICON_CLOSE, "Clear search").size(24.0, 16.0);
        if child_ui(ui, rect, Layout::default()).add(clear).clicked() {
            view.act(Action::LeaveSearch);
        }
    }
}

fn view_switch_ui(ui: &mut Ui, view: &mut View<'_>) {
    let commands = [Command::ListView, Command::GridView];
    let keys = commands.map(commands::keys);
    let parts = [
        (icons::ICON_TABLE_ROWS, commands::label(commands[0]), keys[0].as_str()),
        (icons::ICON_GRID_VIEW, commands::label(commands[1]), keys[1].as_str()),
    ];
    let chosen = usize::from(view.state.settings.view == ViewMode::Grid);
    if let Some(index) = segmented_ui(ui, &parts, chosen) {
        view.command(commands[index]);
    }
}

fn inspector_switch_ui(ui: &mut Ui, view: &mut View<'_>) {
    let open = view.state.settings.inspector_open;
    let icon = if open { icons::ICON_RIGHT_PANEL_CLOSE } else { icons::ICON_RIGHT_PANEL_OPEN };
    let command = Command::ToggleInspector;
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command)).shortcut(&keys).filled(true);
    if ui.add(button).clicked() {
        view.command(command);
    }
}

/// The button for files and, behind its small half, for a folder.
fn upload_ui(ui: &mut Ui, view: &mut View<'_>, roomy: bool) {
    let tokens = ui.tokens();
    // Not whether the command can run now: behind a dialog the button keeps its looks.
    let enabled = view.state.navigation.current().folder().is_some();
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut chosen = None;
    let keys = commands::keys(Command::Upload);
    if ui.add(upload_button(roomy).enabled(enabled).tooltip(&keys)).clicked() {
        chosen = Some(Command::Upload);
    }
    let more = more_ui(ui, enabled);
    let divider = if enabled { tokens.on_accent } else { tokens.text }.gamma_multiply(0.28);
    ui.painter().vline(more.rect.min.x, more.rect.y_range().shrink(8.0), (1.0, divider));
    Popup::menu(&more).width(220.0).gap(6.0).accessible_name("Upload").show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for command in [Command::Upload, Command::UploadFolder, Command::NewFolder] {
            if menu::command_ui(ui, view, command).clicked() {
                chosen = Some(command);
            }
        }
        menu::keyboard_ui(ui);
    });
    if let Some(command) = chosen {
        view.command(command);
    }
}

fn upload_button<'a>(roomy: bool) -> PushButton<'a> {
    let button = PushButton::primary("Upload").icon(icons::ICON_UPLOAD).split();
    if roomy { button } else { button.only_icon() }
}

fn upload_width(ui: &Ui, roomy: bool) -> f32 {
    upload_button(roomy).width(ui) + MORE_WIDTH
}

/// The small half of the upload button.
fn more_ui(ui: &mut Ui, enabled: bool) -> egui::Response {
    let tokens = ui.tokens();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(MORE_WIDTH, theme::CONTROL_HEIGHT), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, "More upload options"));
    let fade = if enabled { 1.0 } else { 0.45 };
    let corners = egui::CornerRadius { nw: 0, sw: 0, ne: theme::CORNER, se: theme::CORNER };
    let over = if response.hovered() && enabled {
        Color32::BLACK.gamma_multiply(0.08)
    } else {
        Color32::TRANSPARENT
    };
    let (fill, color) =
        if enabled { (tokens.accent, tokens.on_accent) } else { (tokens.surface_2, tokens.text) };
    ui.painter().rect_filled(rect, corners, theme::blend(fill, over).gamma_multiply(fade));
    let color = color.gamma_multiply(fade);
    paint_icon(ui.painter(), rect.center(), icons::ICON_EXPAND_MORE, 18.0, color);
    if response.has_focus() {
        let ring = rect.expand(1.5);
        ui.painter().rect_stroke(ring, theme::CORNER, tokens.focus_ring(), egui::StrokeKind::Outside);
    }
    response
}

fn has_transfers(view: &View<'_>) -> bool {
    !view.state.transfers.is_empty()
}

/// A ring while something is sent or fetched; afterwards a sign that something did not make it.
fn transfers_ui(ui: &mut Ui, view: &mut View<'_>) {
    let summary = view.state.transfers.summary();
    let (running, failed) = (summary.running, summary.failed);
    let paused = running > 0 && summary.all_paused();
    let name = match (running, failed) {
        (0, 0) => "Transfers".to_owned(),
        (0, _) => format!("Transfers, {failed} failed"),
        _ if paused => format!("Transfers, {running} paused"),
        (_, 0) => format!("Transfers, {running} running"),
        _ => format!("Transfers, {running} running, {failed} failed"),
    };
    let keys = commands::keys(Command::ToggleTransfers);
    let tokens = ui.tokens();
    let icon = if paused { icons::ICON_PAUSE } else { icons::ICON_SWAP_VERT };
    let button = IconButton::new(icon, &name)
        .shortcut(&keys)
        .selected(view.state.transfers.panel_open)
        .size(theme::CONTROL_HEIGHT, if running > 0 { 16.0 } else { 20.0 });
    let response = ui.add(button);
    let center = response.rect.center();
    if running > 0 {
        // What is paused rests, what waits warns, what moves is the colour of progress.
        let color = match (paused, summary.waiting > 0 && summary.bytes_per_second < 1.0) {
            (true, _) => tokens.dimmed,
            (false, true) => tokens.warning,
            (false, false) => tokens.accent,
        };
        let fraction = summary.fraction.unwrap_or(0.0);
        paint_ring_in_color(ui.painter(), center, 12.5, fraction, color, tokens);
    }
    if failed > 0 {
        let dot = center + vec2(10.0, -10.0);
        ui.painter().circle_filled(dot, 4.5, tokens.surface_1);
        ui.painter().circle_filled(dot, 3.5, tokens.danger);
    }
    if response.clicked() {
        view.command(Command::ToggleTransfers);
    }
}

/// Which of the fields in the header has the keyboard.
pub fn focus_of(id: Id) -> Option<Focus> {
    if id == search_id() {
        Some(Focus::Search)
    } else if id == breadcrumb::path_id() {
        Some(Focus::Path)
    } else {
        None
    }
}
