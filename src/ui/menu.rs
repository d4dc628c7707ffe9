//! The context menu of rows and of the empty space, and how the entries of all menus are drawn.

use super::theme::{self, UiPalette};
use super::ui_state::{MenuItem, MenuTarget, OpenMenu, ViewPart, WindowUiState};
use super::widgets::{paint_icon, paint_text};
use super::{WindowContext, commands, last_input, view_menu};
use coffer_state::{Command, Location, State};
use coffer_texts::tr;
use egui::{
    Align2, Color32, EventFilter, FocusDirection, Id, Key, LayerId, Modifiers, Order, Popup, PopupAnchor,
    PopupCloseBehavior, PopupKind, Response, Role, ScrollArea, Sense, Ui, WidgetInfo, pos2, vec2,
};
use egui_material_icons::MaterialIcon;

const ENTRY_HEIGHT: f32 = 32.0;
/// What a long menu leaves free of the height of the window.
const SCREEN_EDGE: f32 = 24.0;
/// The scroll bar of a menu that is higher than the window.
const BAR: f32 = 16.0;
pub const LEAST_WIDTH: f32 = 232.0;
const MOST_WIDTH: f32 = 400.0;
/// From the left edge of an entry to its text; between that and its keys; from these to the right edge.
const TEXT_AT: f32 = 38.0;
const GAP: f32 = 20.0;
const KEYS_MARGIN: f32 = 10.0;

/// Shows the context menu while it is open.
pub fn context_menu_ui(ui: &Ui, window: &mut WindowContext<'_>) {
    let Some(menu) = window.ui_state.menu.clone() else { return };
    let groups = match menu.target {
        MenuTarget::Rows => items_of(row_groups(window.state.navigation.current())),
        MenuTarget::Location => items_of(location_groups(window.state.navigation.current())),
        MenuTarget::View(part) => view_menu::groups(part),
    };
    let mut open = true;
    let popup = Popup::new(
        Id::unique("context menu"),
        ui.ctx().clone(),
        PopupAnchor::Position(menu.at),
        LayerId::new(Order::Foreground, Id::unique("context menu layer")),
    );
    let behavior =
        if menu.fresh { PopupCloseBehavior::IgnoreClicks } else { PopupCloseBehavior::CloseOnClickOutside };
    let room = ui.ctx().content_rect().height() - SCREEN_EDGE;
    let is_scrolled = entries_height(window, &groups) > room;
    let width = menu_width(ui, window, &groups) + if is_scrolled { BAR } else { 0.0 };
    let chosen = popup
        .kind(PopupKind::Menu)
        .close_behavior(behavior)
        .accessible_name(tr!("context-menu"))
        .open_bool(&mut open)
        .width(width)
        .gap(2.0)
        .show(|ui| {
            // Its first frame is of before the press: by then, other commands may be there.
            ui.set_width(width - ui.spacing().menu_margin.sum().x);
            // Entries at the same place of another menu are others: the keyboard begins at the first.
            let scrolled = ScrollArea::vertical().max_height(room).min_scrolled_height(room).show(ui, |ui| {
                // Beside the bar, which would cover the keys.
                if is_scrolled {
                    ui.set_max_width(ui.available_width() - BAR);
                }
                ui.push_id(menu.target, |ui| groups_ui(ui, window, &groups)).inner
            });
            keyboard_ui(ui);
            scrolled.inner
        })
        .and_then(|shown| shown.inner);
    let escape = ui.input(|input| input.key_pressed(Key::Escape));
    if let Some(menu) = &mut window.ui_state.menu {
        menu.fresh = false;
    }
    if chosen.is_some() || !open || escape {
        window.ui_state.menu = None;
    }
    match chosen {
        // It takes the place of the menu from which it was chosen.
        Some(MenuItem::Command(Command::ViewMenu)) => {
            window.ui_state.menu = Some(OpenMenu::new(menu.at, MenuTarget::View(ViewPart::All)));
        }
        Some(MenuItem::View(part)) => {
            window.ui_state.menu = Some(OpenMenu::new(menu.at, MenuTarget::View(part)));
        }
        Some(MenuItem::Command(command)) => window.command(command),
        None => {}
    }
}

type MenuGroups = &'static [&'static [Command]];

fn items_of(groups: MenuGroups) -> Vec<Vec<MenuItem>> {
    groups.iter().map(|group| group.iter().copied().map(MenuItem::Command).collect()).collect()
}

fn row_groups(location: &Location) -> MenuGroups {
    match location {
        Location::Deleted => &[
            &[Command::Undelete, Command::Versions, Command::QuickPreview],
            &[Command::CopyPath, Command::SelectAll, Command::Filter],
        ],
        Location::Past { .. } => &[
            &[
                Command::Open,
                Command::OpenInNewTab,
                Command::QuickPreview,
                Command::Compare,
                Command::Download,
                Command::BringBackItems,
            ],
            &[Command::CopyPath, Command::SelectAll],
        ],
        _ => &[
            &[
                Command::Open,
                Command::OpenInNewTab,
                Command::OpenCopy,
                Command::QuickPreview,
                Command::ShowInFolder,
                Command::ShowSpaceUsed,
                Command::Download,
                Command::ShowInFileManager,
            ],
            &[
                Command::Share,
                Command::CopyLink,
                Command::Versions,
                Command::Compare,
                Command::CompareWithLocal,
                Command::FindDuplicates,
                Command::ToggleBookmark,
            ],
            &[
                Command::Cut,
                Command::Copy,
                Command::CopyName,
                Command::CopyPath,
                Command::MoveTo,
                Command::CopyTo,
                Command::MoveToOtherPane,
                Command::CopyToOtherPane,
                Command::Duplicate,
            ],
            &[Command::Rename, Command::RemoveLink, Command::RemoveFromDropbox, Command::Delete],
            // About what is selected, but not a change of it.
            &[Command::ToggleInspector],
            // About the folder that is shown, and not about what is selected.
            &[Command::Paste],
        ],
    }
}

fn location_groups(location: &Location) -> MenuGroups {
    match location {
        Location::Folder(_) => &[
            &[Command::NewFolder, Command::Upload, Command::UploadFolder],
            &[Command::Paste],
            &[Command::SelectAll, Command::SelectPattern, Command::Filter, Command::FindDuplicates],
            &[Command::Undo, Command::Redo],
            &[
                Command::NewTab,
                Command::ToggleBookmark,
                Command::TogglePanes,
                Command::ViewMenu,
                Command::ShowSpaceUsed,
                Command::TogglePast,
                Command::Refresh,
            ],
        ],
        _ => &[
            &[Command::SelectAll, Command::SelectPattern, Command::Filter],
            &[Command::Undo, Command::Redo],
            &[Command::TogglePanes, Command::ViewMenu, Command::Refresh],
        ],
    }
}

fn entries_height(window: &WindowContext<'_>, groups: &[Vec<MenuItem>]) -> f32 {
    let is_shown = |item: &&MenuItem| is_shown(**item, window.state);
    groups.iter().flatten().filter(is_shown).count() as f32 * ENTRY_HEIGHT
}

/// Wide enough for the longest text, within limits.
fn menu_width(ui: &Ui, window: &WindowContext<'_>, groups: &[Vec<MenuItem>]) -> f32 {
    let shown = groups.iter().flatten().filter(|item| is_shown(**item, window.state));
    let widths = shown.map(|item| {
        let (text, keys) = match *item {
            MenuItem::Command(command) => {
                (commands::label_now(command, window.state).into_owned(), commands::keys(command))
            }
            MenuItem::View(part) => {
                (view_menu::label(part).to_owned(), view_menu::chosen(part, window.state))
            }
        };
        entry_width(ui, text, keys)
    });
    widest(ui, widths)
}

/// The same for a menu of these commands.
pub fn commands_width(ui: &Ui, window: &WindowContext<'_>, commands: &[Command]) -> f32 {
    let text = |command| commands::label_now(command, window.state).into_owned();
    widest(ui, commands.iter().map(|command| entry_width(ui, text(*command), commands::keys(*command))))
}

fn entry_width(ui: &Ui, text: String, keys: String) -> f32 {
    let width_of =
        |text: String, font| ui.painter().layout_no_wrap(text, font, Color32::PLACEHOLDER).size().x;
    let text = width_of(text, theme::regular(theme::BODY_TEXT));
    let keys = width_of(keys, theme::regular(theme::SMALL_TEXT));
    TEXT_AT + text + GAP + keys + KEYS_MARGIN
}

fn widest(ui: &Ui, widths: impl Iterator<Item = f32>) -> f32 {
    let margins = ui.spacing().menu_margin.sum().x;
    widths.map(|width| width + margins).fold(LEAST_WIDTH, f32::max).min(MOST_WIDTH)
}

/// Entries in groups; what cannot be done now is left out, except where its absence would be a riddle.
fn groups_ui(ui: &mut Ui, window: &WindowContext<'_>, groups: &[Vec<MenuItem>]) -> Option<MenuItem> {
    ui.spacing_mut().item_spacing.y = 0.0;
    let mut chosen = None;
    let mut first = true;
    for group in groups {
        let shown: Vec<MenuItem> =
            group.iter().copied().filter(|item| is_shown(*item, window.state)).collect();
        if shown.is_empty() {
            continue;
        }
        if !first {
            separator_ui(ui);
        }
        first = false;
        for item in shown {
            let response = match item {
                MenuItem::Command(command) => command_ui(ui, window, command),
                MenuItem::View(part) => part_ui(ui, window, part),
            };
            if response.clicked() {
                chosen = Some(item);
            }
        }
    }
    chosen
}

/// An entry that can be chosen now.
fn is_shown(item: MenuItem, state: &State) -> bool {
    let command = match item {
        MenuItem::Command(command) => command,
        MenuItem::View(part) => {
            return view_menu::groups(part).into_iter().flatten().any(|item| is_shown(item, state));
        }
    };
    match command {
        // Shown pale rather than not at all.
        Command::Paste | Command::Rename => true,
        // There the key Del means something else than to delete.
        Command::Delete
            if Command::RemoveFromDropbox.is_enabled(state) || Command::RemoveLink.is_enabled(state) =>
        {
            false
        }
        _ => command.is_enabled(state),
    }
}

pub fn separator_ui(ui: &mut Ui) {
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), 9.0));
    ui.painter().hline(line.x_range().shrink(8.0), line.center().y, (1.0, ui.palette().line));
}

/// What the entries below it are about.
pub fn label_ui(ui: &mut Ui, text: &str) {
    let palette = ui.palette();
    let (_, line) = ui.allocate_space(vec2(ui.available_width(), 24.0));
    let at = pos2(line.min.x + 10.0, line.center().y);
    let font = theme::medium(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, line.width(), text, font, palette.dimmed);
}

/// The entry of a command.
pub fn command_ui(ui: &mut Ui, window: &WindowContext<'_>, command: Command) -> Response {
    let entry = MenuEntry {
        icon: commands::icon(command),
        text: &commands::label_now(command, window.state),
        keys: &commands::keys(command),
        enabled: command.is_enabled(window.state),
        on: command.is_on(window.state),
        danger: matches!(command, Command::Delete | Command::RemoveFromDropbox | Command::RemoveLink),
    };
    entry_ui(ui, &entry)
}

/// The entry that opens the menu of a part of the view.
fn part_ui(ui: &mut Ui, window: &WindowContext<'_>, part: ViewPart) -> Response {
    let entry = MenuEntry {
        icon: Some(view_menu::icon(part)),
        text: view_menu::label(part),
        keys: &view_menu::chosen(part, window.state),
        enabled: true,
        on: None,
        danger: false,
    };
    entry_ui(ui, &entry)
}

pub struct MenuEntry<'a> {
    pub icon: Option<MaterialIcon>,
    pub text: &'a str,
    pub keys: &'a str,
    pub enabled: bool,
    /// For choices: whether it is the one that is on.
    pub on: Option<bool>,
    pub danger: bool,
}

pub fn entry_ui(ui: &mut Ui, entry: &MenuEntry<'_>) -> Response {
    let palette = ui.palette();
    let font = theme::regular(theme::BODY_TEXT);
    let sense = if entry.enabled { Sense::click() } else { Sense::hover() };
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width().max(180.0), ENTRY_HEIGHT), sense);
    response.widget_info(|| match entry.on {
        Some(on) => WidgetInfo::selected(Role::MenuItemRadio, entry.enabled, on, entry.text),
        None => WidgetInfo::labeled(Role::MenuItem, entry.enabled, entry.text),
    });
    let lit = entry.enabled && (response.hovered() || response.has_focus());
    ui.data_mut(|data| data.get_temp_mut_or_default::<Vec<Id>>(entries_id()).push(response.id));
    if lit {
        let fill = if entry.danger { palette.danger.gamma_multiply(0.12) } else { palette.hover() };
        ui.painter().rect_filled(rect, theme::CORNER, fill);
    }
    if ui
        .data_mut(|data| {
            data.get_temp_mut_or_default::<Option<Id>>(wanted_id()).take_if(|id| *id == response.id)
        })
        .is_some()
    {
        ui.scroll_to_rect_animation(rect, None, egui::style::ScrollAnimation::none());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(rect, theme::CORNER, palette.focus_ring(), egui::StrokeKind::Inside);
    }
    let fade = if entry.enabled { 1.0 } else { 0.45 };
    let color = if entry.danger { palette.danger } else { palette.text }.gamma_multiply(fade);
    let symbol = match entry.on {
        Some(true) => Some(egui_material_icons::icons::ICON_CHECK),
        Some(false) => None,
        None => entry.icon,
    };
    let middle = rect.center().y;
    if let Some(icon) = symbol {
        let icon_color = if entry.danger { color } else { palette.dimmed.gamma_multiply(fade) };
        paint_icon(ui.painter(), pos2(rect.min.x + 19.0, middle), icon, 18.0, icon_color);
    }
    let keys = paint_text(
        ui.painter(),
        Align2::RIGHT_CENTER,
        pos2(rect.max.x - KEYS_MARGIN, middle),
        rect.width() / 2.0,
        entry.keys,
        theme::regular(theme::SMALL_TEXT),
        palette.dimmed.gamma_multiply(fade),
    );
    let width = keys.min.x - rect.min.x - TEXT_AT - 8.0;
    paint_text(
        ui.painter(),
        Align2::LEFT_CENTER,
        pos2(rect.min.x + TEXT_AT, middle),
        width,
        entry.text,
        font,
        color,
    );
    response
}

/// The entry that the keyboard has come to, until it is in sight.
fn wanted_id() -> Id {
    Id::unique("wanted menu entry")
}

fn entries_id() -> Id {
    Id::unique("menu entries")
}

/// Arrows go through the entries that were just drawn, round and round; in a menu that a key has opened, the first has
/// the keyboard at once.
pub fn keyboard_ui(ui: &Ui) {
    let entries = ui.data_mut(|data| std::mem::take(data.get_temp_mut_or_default::<Vec<Id>>(entries_id())));
    if entries.is_empty() {
        return;
    }
    let focused = ui.memory(egui::Memory::focused);
    let at = entries.iter().position(|id| Some(*id) == focused);
    let (down, up) = ui.input_mut(|input| {
        (
            input.count_and_consume_key(Modifiers::NONE, Key::ArrowDown),
            input.count_and_consume_key(Modifiers::NONE, Key::ArrowUp),
        )
    });
    let next = match at {
        None if down > 0 => Some(0),
        None if up > 0 => Some(entries.len() - 1),
        // After a press of the mouse no entry looks chosen until an arrow is pressed.
        None => (!last_input::was_mouse(ui.ctx())).then_some(0),
        Some(at) if down + up > 0 => Some((at + down + entries.len() - up % entries.len()) % entries.len()),
        Some(_) => None,
    };
    // A click closes the menu by itself, a key does not.
    if at.is_some() && ui.input(|input| input.key_pressed(Key::Enter) || input.key_pressed(Key::Space)) {
        ui.close();
    }
    let mut wanted = None;
    ui.memory_mut(|memory| {
        if let Some(id) = next.and_then(|next| entries.get(next)) {
            memory.request_focus(*id);
            // The arrow is not to be followed a second time from there.
            memory.move_focus(FocusDirection::None);
            wanted = Some(*id);
        }
        let keys = EventFilter { tab: false, horizontal_arrows: true, vertical_arrows: true, escape: false };
        for id in &entries {
            memory.set_focus_lock_filter(*id, keys);
        }
    });
    if wanted.is_some() {
        ui.data_mut(|data| data.insert_temp(wanted_id(), wanted));
    }
}

/// Opens the menu of the selected rows at the cursor, when a key asked for it; without any, that of the place.
pub fn open_at_cursor(ui_state: &mut WindowUiState, has_selection: bool) {
    let at =
        ui_state.cursor_rect.map_or(pos2(200.0, 200.0), |rect| pos2(rect.min.x + 48.0, rect.max.y - 4.0));
    let target = if has_selection { MenuTarget::Rows } else { MenuTarget::Location };
    ui_state.menu = Some(OpenMenu::new(at, target));
}

/// Opens the menu of the view at its button, or where that would stand.
pub fn open_at_view_button(ui_state: &mut WindowUiState) {
    ui_state.menu = Some(OpenMenu::new(ui_state.view_menu_at, MenuTarget::View(ViewPart::All)));
}
