//! Where the person is, part by part; each part can be clicked and dropped on. Ctrl+L turns it into a text field.

use super::folder_menu::folder_menu_ui;
use super::path_completions::{completion_keys, completions_ui};
use super::theme::{self, UiPalette};
use super::widgets::{TextField, elide_middle, paint_icon, paint_text};
use super::{WindowContext, commands, entries, menu, middle_click};
use coffer_model::RemotePath;
use coffer_state::{Action, Command, Location};
use coffer_texts::tr;
use egui::{
    Align2, Color32, FontId, Galley, Id, Key, Popup, Rect, Response, Role, Sense, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;
use std::sync::Arc;

pub fn path_id() -> Id {
    Id::unique("path")
}

const CHEVRON: f32 = 16.0;
const PADDING: f32 = 8.0;
/// At both ends; and the pill of the dots.
const MARGIN: f32 = 6.0;
const DOTS: f32 = 28.0;
const LONGEST_PART: f32 = 220.0;
/// A narrower path says by its symbol alone how the folder is looked at.
const ROOM_FOR_WORD: f32 = 360.0;

pub fn breadcrumb_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect) {
    if let Some(text) = window.state.path_field.text() {
        let text = text.to_owned();
        path_field_ui(ui, window, rect, text);
        return;
    }
    let palette = ui.palette();
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_2);
    let space = ui.interact(rect, ui.scope_id().with("path space"), Sense::CLICK);
    if space.clicked() {
        window.command(Command::TypePath);
    }
    if entries::shows_tooltips(ui.ctx(), window) {
        let keys = commands::keys(Command::TypePath);
        space.on_hover_text(tr!("go-to-path-keys", keys = keys));
    }
    match window.state.navigation.current().clone() {
        Location::Folder(path)
        | Location::Past { folder: path, .. }
        | Location::Space { folder: path, .. } => {
            let rect = way_to_look_ui(ui, window.state.navigation.current(), rect);
            parts_ui(ui, window, rect, &path.lineage());
        }
        other => location_ui(ui, window, rect, &other),
    }
}

fn path_field_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect, mut text: String) {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect));
    let chosen = completion_keys(ui.ctx(), window, path_id(), &mut text);
    let response = TextField::new(tr!("path"), &mut text)
        .id(path_id())
        .select_all()
        .hint("/Photos/2026")
        .width(rect.width())
        .show(&mut child);
    if response.changed() {
        window.act(Action::EditPath(text.clone()));
    }
    let is_held = completions_ui(ui, window, &response, rect);
    if response.lost_focus() && !is_held {
        if ui.input(|input| input.key_pressed(Key::Enter)) {
            window.act(Action::GoToTyped(chosen.map_or(text, |path| path.to_string())));
        } else if !window.state.path_field.is_looking_up() {
            window.act(Action::LeavePath);
        }
    }
}

/// A list from the whole account has a name and a symbol instead of parts.
fn location_ui(ui: &mut Ui, window: &WindowContext<'_>, rect: Rect, location: &Location) {
    let palette = ui.palette();
    let icon = commands::location_icon(location).unwrap_or(icons::ICON_SEARCH);
    let text = match location {
        Location::Search { .. } => {
            let found = window.state.browser.listing.value().map(|listing| listing.entries.len());
            match found {
                Some(found) if found > 0 => {
                    format!(
                        "{}: {}",
                        commands::location_name(window.state, location),
                        super::format::items(found)
                    )
                }
                _ => commands::location_name(window.state, location),
            }
        }
        _ => commands::location_name(window.state, location),
    };
    let middle = rect.center().y;
    paint_icon(ui.painter(), pos2(rect.min.x + 20.0, middle), icon, 18.0, palette.dimmed);
    let font = theme::semibold(theme::BODY_TEXT);
    let at = pos2(rect.min.x + 38.0, middle);
    paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width() - 50.0, &text, font, palette.text);
}

/// How the folder is looked at, unless it is shown as it is now; answers with where its path is drawn.
fn way_to_look_ui(ui: &Ui, location: &Location, rect: Rect) -> Rect {
    let Some(icon) = commands::location_icon(location) else { return rect };
    let (color, middle) = (ui.palette().dimmed, rect.center().y);
    paint_icon(ui.painter(), pos2(rect.min.x + 20.0, middle), icon, 18.0, color);
    let mut x = rect.min.x + 32.0;
    if matches!(location, Location::Space { .. }) && rect.width() >= ROOM_FOR_WORD {
        let at = pos2(x + PADDING, middle);
        let (words, font) = (commands::label(Command::ShowSpace), theme::regular(theme::BODY_TEXT));
        let drawn = ui.painter().text(at, Align2::LEFT_CENTER, words, font, color);
        x = drawn.max.x + PADDING;
    }
    rect.with_min_x(x)
}

/// What a part leads to: the folder, seen as the one that is shown.
fn around(window: &WindowContext<'_>, path: &RemotePath) -> Location {
    window.state.navigation.current().of_folder(path.clone())
}

struct PathPart<'a> {
    path: &'a RemotePath,
    galley: Arc<Galley>,
}

fn parts_ui(ui: &mut Ui, window: &mut WindowContext<'_>, rect: Rect, lineage: &[RemotePath]) {
    let palette = ui.palette();
    let last = lineage.len().saturating_sub(1);
    let parts: Vec<PathPart<'_>> = lineage
        .iter()
        .enumerate()
        .map(|(index, path)| {
            let (font, color): (FontId, Color32) = if index == last {
                (theme::semibold(theme::BODY_TEXT), palette.text)
            } else {
                (theme::regular(theme::BODY_TEXT), palette.dimmed)
            };
            let name = window.state.folder_name(path);
            // The last one leaves room for the dots of those above it.
            let dots = if last == 0 { 0.0 } else { DOTS + CHEVRON };
            let longest =
                if index == last { rect.width() - dots - 2.0 * (PADDING + MARGIN) } else { LONGEST_PART };
            PathPart { path, galley: elide_middle(ui.painter(), name, &font, color, longest.max(20.0)) }
        })
        .collect();

    // Parts that do not fit are behind the dots, the root first.
    let width_of = |part: &PathPart<'_>| part.galley.size().x + 2.0 * PADDING + CHEVRON;
    let mut total: f32 = parts.iter().map(width_of).sum::<f32>() - CHEVRON;
    let mut hidden = 0;
    while total + 2.0 * MARGIN + if hidden > 0 { DOTS + CHEVRON } else { 0.0 } > rect.width() && hidden < last
    {
        total -= width_of(&parts[hidden]);
        hidden += 1;
    }
    let mut x = rect.min.x + MARGIN;
    if hidden > 0 {
        x = hidden_parts_ui(ui, window, rect, x, &lineage[..hidden]);
        chevron(ui, rect, &mut x);
    }
    for (index, part) in parts.iter().enumerate().skip(hidden) {
        let size = vec2(part.galley.size().x + 2.0 * PADDING, 26.0);
        let pill = Rect::from_min_size(pos2(x, rect.center().y - 13.0), size);
        // Where not even a short name fits.
        let pill = pill.with_max_x(pill.max.x.min(rect.max.x)).with_min_x(pill.min.x.min(rect.max.x));
        part_ui(ui, window, pill, part, index == last);
        x = pill.max.x;
        if index < last {
            chevron(ui, rect, &mut x);
        }
    }
}

fn part_ui(ui: &Ui, window: &mut WindowContext<'_>, pill: Rect, part: &PathPart<'_>, is_last: bool) {
    let name = window.state.folder_name(part.path);
    let response = pill_ui(ui, pill, ("part", part.path.lower().as_ref()), name);
    entries::offer_target(window, pill, part.path);
    if window.ui_state.target.as_ref() == Some(part.path) && !is_last {
        let palette = ui.palette();
        ui.painter().rect_filled(pill, 6.0, palette.selection());
        ui.painter().rect_stroke(pill, 6.0, palette.focus_ring(), StrokeKind::Inside);
    }
    let at = pos2(pill.min.x + PADDING, pill.center().y - part.galley.size().y / 2.0);
    let color = if response.hovered() && !is_last { Some(ui.palette().text) } else { None };
    match color {
        Some(color) => {
            ui.painter().galley_with_override_text_color(at, Arc::clone(&part.galley), color);
        }
        None => {
            ui.painter().galley(at, Arc::clone(&part.galley), Color32::PLACEHOLDER);
        }
    }
    if response.clicked() {
        window.act(if is_last {
            Action::Command(Command::TypePath)
        } else {
            Action::Go(around(window, part.path))
        });
    }
    middle_click::open_behind(window, &response, |state| {
        state.navigation.current().of_folder(part.path.clone())
    });
    let location = window.state.navigation.current().of_folder(part.path.clone());
    folder_menu_ui(&response, window, part.path, &location);
}

fn hidden_parts_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    rect: Rect,
    x: f32,
    hidden: &[RemotePath],
) -> f32 {
    let pill = Rect::from_min_size(pos2(x, rect.center().y - 13.0), vec2(DOTS, 26.0));
    let response = pill_ui(ui, pill, ("part", "…"), tr!("parent-folders"));
    paint_icon(ui.painter(), pill.center(), icons::ICON_MORE_HORIZ, 18.0, ui.palette().dimmed);
    let mut chosen = None;
    Popup::menu(&response).width(220.0).gap(6.0).accessible_name(tr!("parent-folders")).show(|ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for path in hidden.iter().rev() {
            let name = window.state.folder_name(path);
            let icon = Some(icons::ICON_FOLDER);
            let entry =
                menu::MenuEntry { icon, text: name, keys: "", enabled: true, on: None, danger: false };
            let response = menu::entry_ui(ui, &entry);
            if response.clicked() {
                chosen = Some(path.clone());
            }
            middle_click::open_behind(window, &response, |state| {
                state.navigation.current().of_folder(path.clone())
            });
        }
        menu::keyboard_ui(ui);
    });
    if let Some(path) = chosen {
        window.act(Action::Go(around(window, &path)));
    }
    pill.max.x
}

fn pill_ui(ui: &Ui, pill: Rect, id: (&str, &str), name: &str) -> Response {
    let palette = ui.palette();
    let response = ui.interact(pill, ui.scope_id().with(id), Sense::click());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, name));
    if response.hovered() {
        ui.painter().rect_filled(pill, 6.0, palette.hover());
    }
    if response.has_focus() {
        ui.painter().rect_stroke(pill, 6.0, palette.focus_ring(), StrokeKind::Inside);
    }
    response
}

fn chevron(ui: &Ui, rect: Rect, x: &mut f32) {
    let center = pos2(*x + CHEVRON / 2.0, rect.center().y);
    paint_icon(ui.painter(), center, icons::ICON_CHEVRON_RIGHT, 16.0, ui.palette().dimmed);
    *x += CHEVRON;
}
