//! The one bar on top: back, forward, up, the breadcrumb, search, list or grid, transfers, upload.

use super::theme::{self, HEADER_HEIGHT, UiPalette};
use super::widgets::{IconButton, PushButton, TextField, paint_icon, paint_ring_in_color, segmented_ui};
use super::{WindowContext, breadcrumb, commands, menu, past, recent_searches};
use coffer_model::ViewMode;
use coffer_state::input::Motion;
use coffer_state::kept_searches::KeptSearchAction;
use coffer_state::{Action, Command, Focus};
use coffer_texts::tr;
use egui::{
    Align, Color32, Id, Key, Layout, Popup, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

/// The small half of the upload button; both halves of the switch between list and grid.
const MORE_WIDTH: f32 = 28.0;
const SWITCH_WIDTH: f32 = 72.0;

/// Between the buttons at the left, those at the right, and before the path.
const GAP_LEFT: f32 = 4.0;
const GAP_RIGHT: f32 = 8.0;
const BEFORE_PATH: f32 = 12.0;
/// In the search box, beside the hint: the symbol and the edges.
const HINT_MARGINS: f32 = 50.0;

/// For the path with the search beside it: both are there in a window of 1000 points with the side bar.
const ROOM_FOR_BOTH: f32 = 260.0;
/// For the path alone: the dots for the folders above, and a name of some length.
const ROOM_FOR_PATH: f32 = 200.0;

pub fn search_id() -> Id {
    Id::unique("search")
}

pub fn header_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let (_, bar) = ui.allocate_space(vec2(ui.available_width(), HEADER_HEIGHT));
    let inner = bar.shrink2(vec2(12.0, (HEADER_HEIGHT - theme::CONTROL_HEIGHT) / 2.0));
    let parts = HeaderParts::fitting(ui, window, inner.width());
    let mut left = child_ui(ui, inner, Layout::left_to_right(Align::Center));
    left.spacing_mut().item_spacing = vec2(GAP_LEFT, 0.0);
    for (command, is_shown) in
        [(Command::Back, true), (Command::Forward, parts.forward), (Command::Up, parts.up)]
    {
        if is_shown {
            command_button_ui(&mut left, window, command);
        }
    }
    // What stands at the right is measured first and drawn last, so that the Tab key goes from left to right.
    let mut right = RightSide { rect: inner, edge: inner.max.x };
    let upload = right.reserve(upload_width(ui, parts.upload_words));
    let transfers = right.reserve(theme::CONTROL_HEIGHT);
    let mut reserve = |is_shown: bool, width: f32| is_shown.then(|| right.reserve(width));
    let past = reserve(parts.past, theme::CONTROL_HEIGHT);
    let inspector = reserve(parts.inspector, theme::CONTROL_HEIGHT);
    let arrange = reserve(parts.arrange, theme::CONTROL_HEIGHT);
    let switch = reserve(parts.switch, SWITCH_WIDTH);
    let middle = inner.with_max_x(right.edge).with_min_x(left.min_rect().max.x + BEFORE_PATH);

    path_and_search_ui(ui, window, middle);
    let mut place = |rect: Rect| child_ui(ui, rect, Layout::left_to_right(Align::Center));
    if let Some(rect) = switch {
        view_switch_ui(&mut place(rect), window);
    }
    let below = arrange.or(switch).unwrap_or(inner);
    window.ui_state.view_menu_at = pos2(below.min.x, below.max.y + 6.0);
    if let Some(rect) = arrange {
        view_menu_ui(&mut place(rect), window);
    }
    if let Some(rect) = inspector {
        inspector_switch_ui(&mut place(rect), window);
    }
    if let Some(rect) = past {
        past_switch_ui(&mut place(rect), window);
    }
    transfers_ui(&mut place(transfers), window);
    upload_ui(&mut place(upload), window, parts.upload_words);
}

/// What there is room for. It depends on the width and the kind of place only, so that nothing moves when the person
/// goes from folder to folder. What gives way is in the menu of the view, whose button stays, or has a key.
struct HeaderParts {
    forward: bool,
    up: bool,
    arrange: bool,
    switch: bool,
    inspector: bool,
    past: bool,
    upload_words: bool,
}

impl HeaderParts {
    fn fitting(ui: &Ui, window: &WindowContext<'_>, width: f32) -> Self {
        let location = window.state.navigation.current();
        let has_views = location.has_views();
        let mut parts = Self {
            forward: true,
            up: true,
            arrange: has_views,
            switch: has_views,
            inspector: location.has_rows(),
            past: location.shown_folder().is_some(),
            upload_words: true,
        };
        // An arrow says what the word does; below a whole search box it would cost the path.
        parts.upload_words = parts.middle(ui, width) >= ROOM_FOR_BOTH;
        let steps: [fn(&mut Self); 5] = [
            |it| it.past = false,
            |it| it.switch = false,
            |it| it.inspector = false,
            |it| it.forward = false,
            |it| it.up = false,
        ];
        for give_way in steps {
            if parts.middle(ui, width) < ROOM_FOR_PATH + 4.0 + theme::CONTROL_HEIGHT {
                give_way(&mut parts);
            }
        }
        parts
    }

    /// What is left for path and search.
    fn middle(&self, ui: &Ui, width: f32) -> f32 {
        let buttons = |shown: &[bool]| shown.iter().filter(|is_shown| **is_shown).count() as f32;
        let left = buttons(&[true, self.forward, self.up]) * (theme::CONTROL_HEIGHT + GAP_LEFT) - GAP_LEFT;
        let switch = if self.switch { SWITCH_WIDTH + GAP_RIGHT } else { 0.0 };
        let right = buttons(&[true, self.past, self.inspector, self.arrange]);
        let upload = upload_width(ui, self.upload_words) + GAP_RIGHT;
        width - left - BEFORE_PATH - right * (theme::CONTROL_HEIGHT + GAP_RIGHT) - switch - upload
    }
}

/// Hands out places from the right.
struct RightSide {
    rect: Rect,
    edge: f32,
}

impl RightSide {
    fn reserve(&mut self, width: f32) -> Rect {
        let place = self.rect.with_max_x(self.edge).with_min_x(self.edge - width);
        self.edge -= width + GAP_RIGHT;
        place
    }
}

/// Side by side where there is room, else the search is a button; while it is used it takes the place of the path.
fn path_and_search_ui(ui: &mut Ui, window: &mut WindowContext<'_>, space: Rect) {
    let searching =
        ui.memory(|memory| memory.has_focus(search_id())) || !window.state.search.text().is_empty();
    if searching {
        search_ui(ui, window, space);
    } else if window.state.path_field.text().is_some() {
        breadcrumb::breadcrumb_ui(ui, window, space);
    } else if space.width() >= ROOM_FOR_BOTH {
        let width = (space.width() * 0.38).clamp(120.0, 240.0);
        let path = space.with_max_x(space.max.x - width - 8.0);
        breadcrumb::breadcrumb_ui(ui, window, path);
        search_ui(ui, window, space.with_min_x(path.max.x + 8.0));
    } else {
        let button = space.with_min_x(space.max.x - theme::CONTROL_HEIGHT);
        breadcrumb::breadcrumb_ui(ui, window, space.with_max_x(button.min.x - 4.0));
        command_button_ui(&mut child_ui(ui, button, Layout::default()), window, Command::Find);
    }
}

fn child_ui(ui: &mut Ui, rect: Rect, layout: Layout) -> Ui {
    ui.new_child(UiBuilder::new().max_rect(rect).layout(layout))
}

fn command_button_ui(ui: &mut Ui, window: &mut WindowContext<'_>, command: Command) {
    let Some(icon) = commands::icon(command) else { return };
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command))
        .shortcut(&keys)
        .enabled(command.is_enabled(window.state));
    if ui.add(button).clicked() {
        window.command(command);
    }
}

fn search_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    let mut text = window.state.search.text().to_owned();
    let had_text = !text.is_empty();
    let mut child = child_ui(ui, rect, Layout::left_to_right(Align::Center));
    let response = TextField::new(tr!("search"), &mut text)
        .hint(if fits(ui, tr!("search-all"), rect.width() - HINT_MARGINS) {
            tr!("search-all")
        } else {
            tr!("search")
        })
        .icon(icons::ICON_SEARCH)
        .id(search_id())
        .select_all()
        .width(rect.width())
        .room_for_buttons(if had_text { 2 } else { 0 })
        .show(&mut child);
    if response.changed() {
        window.act(Action::EditSearch(text));
    }
    let recent = recent_searches::recent_searches_ui(ui, window, &response, rect);
    // Down leads from what was typed to what was found.
    if response.has_focus() && had_text && ui.input(|input| input.key_pressed(Key::ArrowDown)) {
        window.act(Action::Focus(Focus::Content));
        window.act(Action::Move { motion: Motion::Down, extend: false, toggle_only: false });
    }
    if response.lost_focus() {
        let (enter, escape) =
            ui.input(|input| (input.key_pressed(Key::Enter), input.key_pressed(Key::Escape)));
        if enter {
            let again = recent.map(|query| Action::KeptSearch(KeptSearchAction::Run(query)));
            window.act(again.unwrap_or(Action::SubmitSearch));
        } else if escape {
            window.act(Action::LeaveSearch);
        }
    }
    if had_text {
        search_buttons_ui(ui, window, rect);
    }
}

fn fits(ui: &Ui, words: &str, width: f32) -> bool {
    let font = theme::regular(theme::BODY_TEXT);
    ui.painter().layout_no_wrap(words.to_owned(), font, ui.palette().dimmed).size().x <= width
}

/// At the right end of the search box: to keep what is in it, and to leave it.
fn search_buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, field: Rect) {
    let place = |from_right: f32| {
        Rect::from_center_size(pos2(field.max.x - from_right, field.center().y), Vec2::splat(24.0))
    };
    if Command::SaveSearch.is_enabled(window.state) {
        let is_saved = window.state.is_search_saved();
        let (icon, name) = if is_saved {
            (icons::ICON_BOOKMARK_ADDED, tr!("search-unsave"))
        } else {
            (icons::ICON_BOOKMARK_ADD, tr!("search-save"))
        };
        let palette = ui.palette();
        let keys = commands::keys(Command::SaveSearch);
        let button = IconButton::new(icon, name).shortcut(&keys).size(24.0, 17.0);
        let button = if is_saved { button.color(palette.accent) } else { button };
        if child_ui(ui, place(42.0), Layout::default()).add(button).clicked() {
            window.command(Command::SaveSearch);
        }
    }
    let clear = IconButton::new(icons::ICON_CLOSE, tr!("search-clear")).size(24.0, 16.0);
    if child_ui(ui, place(18.0), Layout::default()).add(clear).clicked() {
        window.act(Action::LeaveSearch);
    }
}

fn view_switch_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let commands = [Command::ListView, Command::GridView];
    let keys = commands.map(commands::keys);
    let parts = [
        (icons::ICON_TABLE_ROWS, commands::label(commands[0]), keys[0].as_str()),
        (icons::ICON_GRID_VIEW, commands::label(commands[1]), keys[1].as_str()),
    ];
    let chosen = usize::from(window.state.folder_view().view == ViewMode::Grid);
    if let Some(index) = segmented_ui(ui, &parts, chosen) {
        window.command(commands[index]);
    }
}

/// The menu of the view, which is drawn where all menus are.
fn view_menu_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let command = Command::ViewMenu;
    let Some(icon) = commands::icon(command) else { return };
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command)).shortcut(&keys).filled(true);
    if ui.add(button).clicked() {
        window.command(command);
    }
}

fn inspector_switch_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let open = window.state.is_inspector_open();
    let icon = if open { icons::ICON_RIGHT_PANEL_CLOSE } else { icons::ICON_RIGHT_PANEL_OPEN };
    let command = Command::ToggleInspector;
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command)).shortcut(&keys).filled(true);
    if ui.add(button).clicked() {
        window.command(command);
    }
}

/// To the folder as it was and back.
fn past_switch_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let command = Command::TogglePast;
    let Some(icon) = commands::icon(command) else { return };
    let keys = commands::keys(command);
    let button = IconButton::new(icon, commands::label(command)).shortcut(&keys).filled(true);
    let button = if past::is_shown(window.state) { button.color(ui.palette().past) } else { button };
    if ui.add(button).clicked() {
        window.command(command);
    }
}

/// The button for files and, behind its small half, for a folder.
fn upload_ui(ui: &mut Ui, window: &mut WindowContext<'_>, roomy: bool) {
    let palette = ui.palette();
    // Not whether the command can run now: behind a dialog the button keeps its looks.
    let folder = window.state.navigation.current().folder();
    let refusal = folder.and_then(|folder| window.state.add_refusal(folder));
    let enabled = folder.is_some() && refusal.is_none();
    ui.spacing_mut().item_spacing.x = 0.0;
    let mut chosen = None;
    let tooltip = refusal.unwrap_or_else(|| commands::keys(Command::Upload));
    if ui.add(upload_button(roomy).enabled(enabled).tooltip(&tooltip)).clicked() {
        chosen = Some(Command::Upload);
    }
    let more = more_ui(ui, enabled);
    let divider = if enabled { palette.on_accent } else { palette.text }.gamma_multiply(0.28);
    ui.painter().vline(more.rect.min.x, more.rect.y_range().shrink(8.0), (1.0, divider));
    let commands = [Command::Upload, Command::UploadFolder, Command::NewFolder];
    let width = menu::commands_width(ui, window, &commands);
    Popup::menu(&more).width(width).gap(6.0).accessible_name(tr!("upload")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for command in commands {
            if menu::command_ui(ui, window, command).clicked() {
                chosen = Some(command);
            }
        }
        menu::keyboard_ui(ui);
    });
    if let Some(command) = chosen {
        window.command(command);
    }
}

fn upload_button<'a>(roomy: bool) -> PushButton<'a> {
    let button = PushButton::primary(tr!("upload")).icon(icons::ICON_UPLOAD).split();
    if roomy { button } else { button.only_icon() }
}

fn upload_width(ui: &Ui, roomy: bool) -> f32 {
    upload_button(roomy).width(ui) + MORE_WIDTH
}

/// The small half of the upload button.
fn more_ui(ui: &mut Ui, enabled: bool) -> egui::Response {
    let palette = ui.palette();
    let sense = if enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(MORE_WIDTH, theme::CONTROL_HEIGHT), sense);
    response.widget_info(|| WidgetInfo::labeled(Role::Button, enabled, tr!("upload-more")));
    let fade = if enabled { 1.0 } else { 0.45 };
    let corners = egui::CornerRadius { nw: 0, sw: 0, ne: theme::CORNER, se: theme::CORNER };
    let over = if response.hovered() && enabled {
        Color32::BLACK.gamma_multiply(0.08)
    } else {
        Color32::TRANSPARENT
    };
    let (fill, color) =
        if enabled { (palette.accent, palette.on_accent) } else { (palette.surface_2, palette.text) };
    ui.painter().rect_filled(rect, corners, theme::blend(fill, over).gamma_multiply(fade));
    let color = color.gamma_multiply(fade);
    paint_icon(ui.painter(), rect.center(), icons::ICON_EXPAND_MORE, 18.0, color);
    if response.has_focus() {
        let ring = rect.expand(1.5);
        ui.painter().rect_stroke(ring, theme::CORNER, palette.focus_ring(), egui::StrokeKind::Outside);
    }
    response
}

/// A ring while something is sent or fetched; afterwards a sign that something did not make it. It is always there, so
/// that the first transfer moves nothing.
fn transfers_ui(ui: &mut Ui, window: &mut WindowContext<'_>) {
    let summary = window.state.transfers.summary();
    let (running, failed) = (summary.running, summary.failed);
    let paused = running > 0 && summary.all_paused();
    let name = match (running, failed) {
        (0, 0) => tr!("command-toggle-transfers").to_owned(),
        (0, _) => tr!("transfers-failed", failed = failed),
        _ if paused => tr!("transfers-paused", running = running),
        (_, 0) => tr!("transfers-running", running = running),
        _ => tr!("transfers-running-failed", running = running, failed = failed),
    };
    let keys = commands::keys(Command::ToggleTransfers);
    let palette = ui.palette();
    let icon = if paused { icons::ICON_PAUSE } else { icons::ICON_SWAP_VERT };
    let button = IconButton::new(icon, &name)
        .shortcut(&keys)
        .filled(true)
        .selected(window.state.transfers.panel_open)
        .size(theme::CONTROL_HEIGHT, if running > 0 { 16.0 } else { 20.0 });
    let response = ui.add(button);
    let center = response.rect.center();
    if running > 0 {
        // What is paused rests, what waits warns, what moves is the colour of progress.
        let color = match (paused, summary.waiting > 0 && summary.bytes_per_second < 1.0) {
            (true, _) => palette.dimmed,
            (false, true) => palette.warning,
            (false, false) => palette.accent,
        };
        let fraction = summary.fraction.unwrap_or(0.0);
        paint_ring_in_color(ui.painter(), center, 12.5, fraction, color, palette);
    }
    if failed > 0 {
        let dot = center + vec2(10.0, -10.0);
        ui.painter().circle_filled(dot, 4.5, palette.surface_1);
        ui.painter().circle_filled(dot, 3.5, palette.danger);
    }
    if response.clicked() {
        window.command(Command::ToggleTransfers);
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
