//! All keys on one sheet, in groups. The keys themselves are in `state::shortcuts`, their names in `ui::commands`.

use super::frame::{DialogFrame, content_space, grab_focus};
use crate::ui::WindowContext;
use crate::ui::commands;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::paint_text;
use coffer_state::Command;
use coffer_texts::tr;
use egui::{
    Align2, Context, Id, Painter, Pos2, Rect, Role, ScrollArea, Sense, Stroke, StrokeKind, Ui, UiBuilder,
    WidgetInfo, pos2, vec2,
};

const LINE_HEIGHT: f32 = 26.0;
const COLUMN_GAP: f32 = 40.0;

/// A title, the commands of the group, and keys that are no commands.
type Group = (&'static str, &'static [Command], Vec<(&'static str, &'static str)>);

fn groups() -> [Group; 8] {
    [
        (
            tr!("keys-navigation"),
            &[
                Command::Back,
                Command::Forward,
                Command::Up,
                Command::Home,
                Command::TypePath,
                Command::Refresh,
            ],
            vec![(tr!("keys-unfold"), "→ ←")],
        ),
        (
            tr!("keys-tabs"),
            &[
                Command::NewTab,
                Command::OpenInNewTab,
                Command::CloseTab,
                Command::ReopenTab,
                Command::NextTab,
                Command::PreviousTab,
                Command::MoveTabRight,
                Command::MoveTabLeft,
                Command::TogglePanes,
                Command::SwitchPane,
                Command::ToggleBookmark,
            ],
            Vec::new(),
        ),
        (
            tr!("search"),
            &[
                Command::Find,
                Command::Filter,
                Command::SaveSearch,
                Command::GoToAnything,
                Command::CommandPalette,
                Command::ShowInFolder,
            ],
            vec![
                (tr!("keys-phrase"), tr!("keys-phrase-example")),
                (tr!("keys-without"), tr!("keys-without-example")),
                (tr!("keys-pattern"), "*.md"),
                (tr!("keys-pictures"), "kind:picture"),
                (tr!("keys-extension"), "ext:jpg,png"),
                (tr!("keys-size"), "size:>100MB"),
                (tr!("keys-date"), "modified:this-week"),
                (tr!("keys-before"), "before:2025-01"),
                (tr!("keys-in-folder"), "in:/Photos"),
            ],
        ),
        (
            tr!("keys-selection"),
            &[
                Command::Open,
                Command::SelectAll,
                Command::SelectPattern,
                Command::InvertSelection,
                Command::ToggleSelected,
                Command::Cancel,
            ],
            vec![(tr!("keys-extend"), "Shift+↑↓"), (tr!("keys-type"), "A…Z")],
        ),
        (
            tr!("settings-files"),
            &[
                Command::Upload,
                Command::UploadFolder,
                Command::Download,
                Command::NewFolder,
                Command::Rename,
                Command::Delete,
                Command::Undelete,
                Command::Cut,
                Command::Copy,
                Command::Paste,
                Command::Undo,
                Command::Redo,
            ],
            Vec::new(),
        ),
        (
            tr!("keys-preview"),
            &[Command::QuickPreview, Command::Versions, Command::Share, Command::CopyLink, Command::CopyPath],
            vec![(tr!("keys-next-file"), "→ ←"), (tr!("keys-next-difference"), "N P")],
        ),
        (
            tr!("keys-view"),
            &[
                Command::TogglePast,
                Command::BringBack,
                Command::ListView,
                Command::GridView,
                Command::ShowSpaceUsed,
                Command::ZoomIn,
                Command::ZoomOut,
                Command::ZoomReset,
                Command::ViewMenu,
                Command::ToggleSideBar,
                Command::ToggleInspector,
                Command::ToggleFullScreen,
                Command::ContextMenu,
                Command::Settings,
                Command::Guide,
                Command::Shortcuts,
            ],
            Vec::new(),
        ),
        (
            tr!("command-toggle-transfers"),
            &[Command::ToggleTransfers],
            vec![
                (tr!("keys-pause"), "Space"),
                (tr!("transfer-prioritize"), "Ctrl+↑"),
                (tr!("cancel"), "Del"),
                (tr!("retry"), "R"),
                (tr!("keys-show-files"), "→"),
            ],
        ),
    ]
}

pub(super) fn shortcuts_ui(ctx: &Context, window: &mut WindowContext<'_>) {
    let space = content_space(ctx);
    let columns = if space.x > 900.0 { 3 } else { 2 };
    let width = (columns as f32 * 300.0).min(space.x);
    let frame = DialogFrame { title: tr!("command-shortcuts"), subtitle: "", width, light: true };
    frame.show(ctx, window, |ui, window| {
        let groups = groups();
        let sheet = columns_of_groups(&groups, columns);
        let height = sheet.iter().map(|column| column_height(column)).fold(0.0, f32::max);
        let seen = height.min(space.y - 60.0);
        let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), seen), Sense::hover());
        let response = ui.interact(rect, Id::unique("list of keys"), Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::GenericContainer, true, tr!("command-shortcuts")));
        grab_focus(window, &response);
        ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
            if response.has_focus() {
                let by = crate::ui::preview::scroll_keys(ui, seen);
                ui.scroll_with_delta(vec2(0.0, -by));
            }
            ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
                let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
                // The scroll bar stands beside the keys.
                let room = if seen < height { 18.0 } else { 0.0 };
                let rect = rect.with_max_x(rect.max.x - room);
                let column_width = (rect.width() - COLUMN_GAP * (columns - 1) as f32) / columns as f32;
                for (index, column) in sheet.iter().enumerate() {
                    let left = rect.min.x + index as f32 * (column_width + COLUMN_GAP);
                    let top_left = pos2(left, rect.min.y);
                    column_ui(ui, column, Rect::from_min_size(top_left, vec2(column_width, height)));
                }
            });
        });
    });
}

/// Groups from top to bottom and left to right, so that the columns are about equally long.
fn columns_of_groups(groups: &[Group], columns: usize) -> Vec<Vec<&Group>> {
    let total: f32 = groups.iter().map(group_height).sum();
    let fair = total / columns as f32;
    let mut sheet: Vec<Vec<&Group>> = vec![Vec::new()];
    for group in groups {
        let height = sheet.last().map_or(0.0, |column| column_height(column));
        if height > 0.0 && height + group_height(group) * 0.5 > fair && sheet.len() < columns {
            sheet.push(Vec::new());
        }
        if let Some(column) = sheet.last_mut() {
            column.push(group);
        }
    }
    sheet
}

fn group_height((_, commands, others): &Group) -> f32 {
    let lines = commands.len() + others.len();
    lines as f32 * LINE_HEIGHT + 42.0
}

fn column_height(column: &[&Group]) -> f32 {
    column.iter().map(|group| group_height(group)).sum()
}

fn column_ui(ui: &Ui, column: &[&Group], rect: Rect) {
    let palette = ui.palette();
    let mut y = rect.min.y;
    for (title, commands, others) in column {
        let at = pos2(rect.min.x, y + 12.0);
        let font = theme::semibold(theme::SMALL_TEXT);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, rect.width(), title, font, palette.accent);
        y += 28.0;
        let named = commands
            .iter()
            .map(|command| (commands::label(*command).trim_end_matches('…'), commands::keys(*command)));
        let others = others.iter().map(|&(name, keys)| (name, commands::key_names(keys)));
        for (name, keys) in named.chain(others) {
            let line = Rect::from_min_size(pos2(rect.min.x, y), vec2(rect.width(), LINE_HEIGHT));
            line_ui(ui, line, name, &keys, palette);
            y += LINE_HEIGHT;
        }
        y += 14.0;
    }
}

fn line_ui(ui: &Ui, line: Rect, name: &str, keys: &str, palette: &Palette) {
    let response = ui.interact(line, ui.scope_id().with((name, keys)), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{name}: {keys}")));
    let left = paint_keys(ui.painter(), line.right_center(), keys, palette);
    let width = left - line.min.x - 8.0;
    let font = theme::regular(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, line.left_center(), width, name, font, palette.text);
}

/// Keys as caps, from the right; answers where they begin.
fn paint_keys(painter: &Painter, right: Pos2, keys: &str, palette: &Palette) -> f32 {
    let mut x = right.x;
    // "Ctrl++" is Ctrl and plus.
    let mut parts: Vec<&str> = keys.split('+').filter(|part| !part.is_empty()).collect();
    if keys.ends_with('+') {
        parts.push("+");
    }
    for part in parts.iter().rev() {
        let font = theme::medium(theme::SMALL_TEXT);
        let galley = painter.layout_no_wrap((*part).to_owned(), font, palette.text);
        let width = (galley.size().x + 12.0).max(22.0);
        let cap = Rect::from_min_size(pos2(x - width, right.y - 11.0), vec2(width, 22.0));
        let stroke = Stroke::new(1.0, palette.line);
        painter.rect(cap, theme::CORNER_SMALL + 1, palette.surface_2, stroke, StrokeKind::Inside);
        painter.galley(cap.center() - galley.size() / 2.0, galley, palette.text);
        x -= width + 4.0;
    }
    x
}

#[cfg(test)]
mod tests {
    use super::{columns_of_groups, groups};
    use coffer_state::Command;

    #[test]
    fn every_command_with_a_key_is_on_the_sheet_once() {
        for &command in Command::ALL {
            let times = groups().iter().filter(|(_, commands, _)| commands.contains(&command)).count();
            let expected = usize::from(!command.shortcuts().is_empty());
            assert_eq!(times, expected, "{command:?}");
        }
    }

    #[test]
    fn all_groups_are_on_the_sheet_whatever_the_number_of_columns() {
        let groups = groups();
        for columns in 1..4 {
            let sheet = columns_of_groups(&groups, columns);
            assert!(sheet.len() <= columns);
            assert_eq!(sheet.iter().map(Vec::len).sum::<usize>(), groups.len());
        }
    }
}
