//! One selected item: its preview, its name, what can be done with it, and two tabs.

use super::{contents, details, stage, versions};
use crate::ui::preview::{PreviewSlot, paper, preview_ui};
use crate::ui::theme::{self, UiPalette};
use crate::ui::ui_state::{MenuTarget, OpenMenu};
use crate::ui::widgets::{IconButton, PushButton, elide_middle_in_two_lines, paint_kind_large, tabs_ui};
use crate::ui::{WindowContext, commands, format, past};
use coffer_model::{Entry, PreviewBody};
use coffer_state::inspector::InspectorTab;
use coffer_state::{Action, Command};
use coffer_texts::tr;
use egui::{Align, Id, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};
use egui_material_icons::icons;

/// For the scroll bar, in points.
const BAR_ROOM: f32 = 10.0;

pub(super) fn one_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    let rect = stage(ui);
    if let Some(shown) = entry.as_last_version() {
        let slot = PreviewSlot {
            entry: &shown,
            preview: &window.state.inspector.preview,
            id: Id::unique("inspector preview"),
            cover: true,
        };
        ui.painter().rect_filled(rect, theme::CORNER, paper(ui.palette()));
        preview_ui(ui, window, &slot, rect);
        double_click_opens(ui, window, &slot, rect);
    } else {
        symbol_ui(ui, entry, rect);
    }
    ui.add_space(4.0);
    name_ui(ui, entry.name());
    ui.add_space(-4.0);
    ui.label(RichText::new(in_words(entry)).color(ui.palette().dimmed));
    ui.add_space(4.0);
    buttons_ui(ui, window, entry);
    if entry.is_folder() {
        ui.add_space(8.0);
        scrolled_ui(ui, |ui| {
            details::details_ui(ui, window, entry);
            if !past::is_shown(window.state) {
                contents::contents_ui(ui, window, entry);
            }
        });
        return;
    }
    ui.add_space(4.0);
    // The versions are those that the file has now, and a folder has none.
    if past::is_shown(window.state) || entry.is_deleted_folder() {
        scrolled_ui(ui, |ui| {
            ui.add_space(4.0);
            details::details_ui(ui, window, entry);
        });
        return;
    }
    let tabs = [InspectorTab::Details, InspectorTab::Versions];
    let open = tabs.iter().position(|tab| *tab == window.state.inspector.tab).unwrap_or(0);
    if let Some(chosen) = tabs_ui(ui, &[tr!("command-toggle-inspector"), tr!("versions")], open) {
        window.act(Action::InspectorTab(tabs[chosen]));
    }
    match window.state.inspector.tab {
        InspectorTab::Details => {
            scrolled_ui(ui, |ui| {
                ui.add_space(4.0);
                details::details_ui(ui, window, entry);
            });
        }
        InspectorTab::Versions => versions::versions_ui(ui, window, entry),
    }
}

/// All of it is beside the scroll bar.
fn scrolled_ui(ui: &mut Ui, content: impl FnOnce(&mut Ui)) {
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.set_max_width(ui.available_width() - BAR_ROOM);
        content(ui);
    });
}

/// A picture or page that was clicked twice is wanted larger.
fn double_click_opens(ui: &Ui, window: &mut WindowContext<'_>, slot: &PreviewSlot<'_>, rect: Rect) {
    let is_picture = |body: &PreviewBody| matches!(body, PreviewBody::Picture { .. } | PreviewBody::Pages(_));
    if slot.ready().is_some_and(|preview| is_picture(&preview.body)) {
        let response = ui.interact(rect, slot.id.with("enlarge"), Sense::CLICK);
        if response.double_clicked() {
            window.command(Command::QuickPreview);
        }
        response.on_hover_cursor(egui::CursorIcon::ZoomIn);
    }
}

/// A folder, or something deleted: no preview, but its symbol.
fn symbol_ui(ui: &mut Ui, entry: &Entry, rect: Rect) {
    let palette = ui.palette();
    ui.painter().rect_filled(rect, theme::CORNER, paper(palette));
    let edge = (rect.height() * 0.62).min(144.0);
    let icon = Rect::from_center_size(rect.center(), Vec2::splat(edge));
    paint_kind_large(ui.painter(), icon, entry.file_kind(), entry.name(), palette);
    let response = ui.interact(rect, Id::unique("inspector symbol"), Sense::hover());
    let kind = format::kind_in_words(entry.file_kind(), entry.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &kind));
}

/// At most two lines, cut in the middle.
pub(super) fn name_ui(ui: &mut Ui, name: &str) {
    let palette = ui.palette();
    let width = ui.available_width();
    let font = theme::semibold(15.0);
    let galley = elide_middle_in_two_lines(ui.painter(), name, &font, palette.text, (Align::Min, width));
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
    ui.painter().galley(rect.min, galley, palette.text);
}

/// "JPEG picture · 4.8 MB"
fn in_words(entry: &Entry) -> String {
    let kind = format::kind_in_words(entry.file_kind(), entry.name());
    let kind = if entry.is_deleted() { format!("{} · {kind}", tr!("version-deleted")) } else { kind };
    match entry.size_bytes() {
        Some(bytes) => format!("{kind} · {}", format::size(bytes)),
        None => kind,
    }
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    let buttons: &[Command] = if past::is_shown(window.state) {
        &[Command::Open, Command::Download]
    } else if entry.is_deleted_folder() {
        &[Command::Undelete]
    } else if entry.is_deleted() {
        &[Command::Undelete, Command::Versions]
    } else {
        &[Command::Open, Command::Share]
    };
    command_buttons_ui(ui, window, buttons, MenuTarget::Rows);
}

/// Buttons of equal width that fill the line, and the menu of all else that can be done.
pub(super) fn command_buttons_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    pair: &[Command],
    menu: MenuTarget,
) {
    let gap = 8.0;
    let width_of =
        |command: &Command| PushButton::quiet(&commands::label_now(*command, window.state)).width(ui) + gap;
    // With long words the menu alone has the rest.
    let room = ui.available_width() - theme::CONTROL_HEIGHT;
    let count = (1..=pair.len()).rev().find(|count| pair[..*count].iter().map(width_of).sum::<f32>() <= room);
    let pair = &pair[..count.unwrap_or(1)];
    let width = room - gap * pair.len() as f32;
    let layout = Layout::left_to_right(Align::Center);
    let size = vec2(ui.available_width(), theme::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        let folder = window.state.navigation.current().folder();
        let refusal = folder.and_then(|folder| window.state.add_refusal(folder));
        for &command in pair {
            // What a dialog covers cannot be pressed anyway and keeps its style.
            let enabled = command.is_enabled(window.state) || window.state.dialog.is_some();
            let label = commands::label_now(command, window.state);
            let mut button = PushButton::quiet(&label).enabled(enabled);
            if let (Command::NewFolder | Command::Upload, Some(refusal)) = (command, &refusal) {
                button = button.tooltip(refusal);
            }
            if ui.add(button.min_width((width / pair.len() as f32).floor())).clicked() {
                window.command(command);
            }
        }
        let more = IconButton::new(icons::ICON_MORE_HORIZ, tr!("more-actions")).filled(true);
        let response = ui.add(more);
        if response.clicked() {
            let at = response.rect.left_bottom() + vec2(0.0, 4.0);
            window.ui_state.menu = Some(OpenMenu::new(at, menu));
        }
    });
}
