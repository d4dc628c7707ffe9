//! One selected item: what it looks like, its name, what can be done with it, and two tabs.

use super::{details, stage, versions};
use crate::ui::memory::{Menu, MenuOf};
use crate::ui::preview::{Shown, preview_ui};
use crate::ui::theme::{self, UiTokens};
use crate::ui::widgets::{IconButton, PushButton, elide_middle_in_lines, paint_kind_large, tabs_ui};
use crate::ui::{View, commands, format};
use coffer_model::Entry;
use coffer_state::inspector::Tab;
use coffer_state::{Action, Command};
use egui::{Align, Id, Layout, Rect, RichText, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, vec2};
use egui_material_icons::icons;

pub(super) fn one_ui(ui: &mut Ui, view: &mut View<'_>, entry: &Entry) {
    let rect = stage(ui);
    if entry.file().is_some() {
        let shown = Shown {
            entry,
            preview: &view.state.inspector.preview,
            id: Id::unique("inspector preview"),
            cover: true,
        };
        ui.painter().rect_filled(rect, theme::CORNER, ui.tokens().surface_0);
        preview_ui(ui, view, &shown, rect);
        double_click_opens(ui, view, &shown, rect);
    } else {
        symbol_ui(ui, entry, rect);
    }
    ui.add_space(4.0);
    name_ui(ui, entry.name());
    ui.add_space(-4.0);
    ui.label(RichText::new(in_words(entry)).color(ui.tokens().dimmed));
    ui.add_space(4.0);
    buttons_ui(ui, view, entry);
    if entry.is_folder() {
        ui.add_space(8.0);
        return details::details_ui(ui, view, entry);
    }
    ui.add_space(4.0);
    let tabs = [Tab::Details, Tab::Versions];
    let open = tabs.iter().position(|tab| *tab == view.state.inspector.tab).unwrap_or(0);
    if let Some(chosen) = tabs_ui(ui, &["Details", "Versions"], open) {
        view.act(Action::InspectorTab(tabs[chosen]));
    }
    match view.state.inspector.tab {
        Tab::Details => {
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                ui.add_space(4.0);
                details::details_ui(ui, view, entry);
            });
        }
        Tab::Versions => versions::versions_ui(ui, view, entry),
    }
}

/// A picture that was clicked twice is wanted larger.
fn double_click_opens(ui: &Ui, view: &mut View<'_>, shown: &Shown<'_>, rect: Rect) {
    let is_picture = shown
        .ready()
        .is_some_and(|preview| matches!(preview.body, coffer_model::preview::PreviewBody::Picture { .. }));
    if is_picture {
        let response = ui.interact(rect, shown.id.with("enlarge"), Sense::CLICK);
        if response.double_clicked() {
            view.command(Command::QuickPreview);
        }
        response.on_hover_cursor(egui::CursorIcon::ZoomIn);
    }
}

/// A folder, or something deleted: no preview, but its symbol.
fn symbol_ui(ui: &mut Ui, entry: &Entry, rect: Rect) {
    let tokens = ui.tokens();
    ui.painter().rect_filled(rect, theme::CORNER, tokens.surface_0);
    let edge = (rect.height() * 0.62).min(144.0);
    let icon = Rect::from_center_size(rect.center(), Vec2::splat(edge));
    paint_kind_large(ui.painter(), icon, entry.file_kind(), entry.name(), tokens);
    let response = ui.interact(rect, Id::unique("inspector symbol"), Sense::hover());
    let kind = format::kind_in_words(entry.file_kind(), entry.name());
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &kind));
}

/// At most two lines, cut in the middle.
pub(super) fn name_ui(ui: &mut Ui, name: &str) {
    let tokens = ui.tokens();
    let width = ui.available_width();
    let font = theme::semibold(15.0);
    let galley = elide_middle_in_lines(ui.painter(), name, &font, tokens.text, width, 2);
    let (rect, response) = ui.allocate_exact_size(vec2(width, galley.size().y), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Heading, true, name));
    // The lines are laid out around their middle; here they begin at the left.
    let at = rect.min - vec2(galley.rect.min.x, 0.0);
    ui.painter().galley(at, galley, tokens.text);
}

/// "JPEG picture · 4.8 MB"
fn in_words(entry: &Entry) -> String {
    let kind = format::kind_in_words(entry.file_kind(), entry.name());
    match entry.file() {
        Some(file) => format!("{kind} · {}", format::size(file.size_bytes)),
        None if entry.is_deleted() => "Deleted".to_owned(),
        None => kind,
    }
}

fn buttons_ui(ui: &mut Ui, view: &mut View<'_>, entry: &Entry) {
    let pair = if entry.is_deleted() {
        [Command::Undelete, Command::Versions]
    } else {
        [Command::Open, Command::Share]
    };
    command_buttons_ui(ui, view, &pair, MenuOf::Rows);
}

/// Buttons of equal width that fill the line, and the menu of all else that can be done.
pub(super) fn command_buttons_ui(ui: &mut Ui, view: &mut View<'_>, pair: &[Command], menu: MenuOf) {
    let gap = 8.0;
    let width = ui.available_width() - theme::CONTROL_HEIGHT - gap * pair.len() as f32;
    let layout = Layout::left_to_right(Align::Center);
    let size = vec2(ui.available_width(), theme::CONTROL_HEIGHT);
    ui.allocate_ui_with_layout(size, layout, |ui| {
        ui.spacing_mut().item_spacing.x = gap;
        for &command in pair {
            // What a dialog covers cannot be pressed anyway and keeps its look.
            let enabled = command.is_enabled(view.state) || view.state.dialog.is_some();
            let button = PushButton::quiet(commands::label(command)).enabled(enabled);
            if ui.add(button.min_width((width / pair.len() as f32).floor())).clicked() {
                view.command(command);
            }
        }
        let more = IconButton::new(icons::ICON_MORE_HORIZ, "More actions").filled(true);
        let response = ui.add(more);
        if response.clicked() {
            let at = response.rect.left_bottom() + vec2(0.0, 4.0);
            view.memory.menu = Some(Menu { at, of: menu, fresh: true });
        }
    });
}
