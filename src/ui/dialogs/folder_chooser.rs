//! Choosing the folder that items are moved or copied into. The keyboard stays in the field: letters find folders, arrows go
//! through the list and the tree, Enter takes the chosen folder.

use super::conflict_row::range;
use super::frame::{DialogFrame, content_space, footer_ui, grab_focus};
use super::go_to::paint_match;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{
    PushButton, TextField, elide_middle, paint_folder, paint_icon, paint_skeleton_line, paint_text,
};
use crate::ui::{WindowContext, sharing};
use coffer_model::{Relocation, RemotePath, name};
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::folder_chooser::{ChooserAction, ChooserLine, ChooserPart, FolderChooser, NewFolder};
use coffer_state::input::Motion;
use coffer_texts::tr;
use egui::{
    Align2, Context, Id, Key, Modifiers, Rect, Response, Role, ScrollArea, Sense, Ui, UiBuilder, Vec2,
    WidgetInfo, pos2, vec2,
};
use egui_material_icons::icons;

const WIDTH: f32 = 560.0;
const ROW: f32 = 34.0;
const HEADING: f32 = 30.0;
const INDENT: f32 = 18.0;
const LIST_HEIGHT: f32 = 374.0;
/// Title, field, the line about the target, and the buttons.
const OTHER_HEIGHT: f32 = 190.0;

pub(super) fn folder_chooser_ui(ctx: &Context, window: &mut WindowContext<'_>, chooser: &FolderChooser) {
    let title = match (chooser.kind, chooser.entries.as_slice()) {
        (Relocation::Move, [entry]) => tr!("chooser-move", name = entry.name()),
        (Relocation::Copy, [entry]) => tr!("chooser-copy", name = entry.name()),
        (Relocation::Move, entries) => tr!("move-items", count = entries.len()),
        (Relocation::Copy, entries) => tr!("copy-items", count = entries.len()),
    };
    let frame = DialogFrame { title: &title, subtitle: "", width: WIDTH, light: false };
    frame.show(ctx, window, |ui, window| {
        field_ui(ui, window, chooser);
        ui.add_space(8.0);
        list_ui(ui, window, chooser);
        ui.add_space(8.0);
        match &chooser.new_folder {
            Some(folder) => new_folder_ui(ui, window, folder),
            None => target_ui(ui, window, chooser),
        }
    });
}

fn act(window: &mut WindowContext<'_>, action: ChooserAction) {
    window.act(Action::Dialog(DialogAction::Chooser(action)));
}

fn field_ui(ui: &mut Ui, window: &mut WindowContext<'_>, chooser: &FolderChooser) {
    let id = Id::unique("folder letters");
    let has_keyboard = ui.memory(|memory| memory.has_focus(id));
    let mut text = chooser.typed().to_owned();
    let in_tree = text.is_empty();
    if has_keyboard {
        let motions = ui.input_mut(|input| {
            let keys = [
                (Key::ArrowDown, Motion::Down, true),
                (Key::ArrowUp, Motion::Up, true),
                (Key::PageDown, Motion::PageDown, true),
                (Key::PageUp, Motion::PageUp, true),
                // With letters in the field they move in these.
                (Key::ArrowRight, Motion::Right, in_tree),
                (Key::ArrowLeft, Motion::Left, in_tree),
                (Key::Home, Motion::Home, in_tree),
                (Key::End, Motion::End, in_tree),
            ];
            let pressed =
                keys.into_iter().filter(|(key, _, takes)| *takes && input.consume_key(Modifiers::NONE, *key));
            pressed.map(|(_, motion, _)| motion).collect::<Vec<_>>()
        });
        for motion in motions {
            window.act(Action::Move { motion, extend: false, toggle_only: false });
        }
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter)) {
            act(window, ChooserAction::Confirm);
        }
    }
    let response = TextField::new(tr!("chooser-find"), &mut text)
        .icon(icons::ICON_SEARCH)
        .hint(tr!("chooser-hint"))
        .height(40.0)
        .id(id)
        .show(ui);
    let is_naming = chooser.new_folder.is_some();
    if std::mem::replace(&mut window.ui_state.dialogs.naming_folder, is_naming) != is_naming {
        window.ui_state.dialogs.focus_wanted = true;
    }
    if !is_naming {
        grab_focus(window, &response);
    }
    if response.changed() {
        act(window, ChooserAction::Edit(text));
    }
}

/// Where a line is drawn, from the top of the list; headings are above some.
fn layout(lines: &[ChooserLine]) -> (Vec<f32>, f32) {
    let mut top = 0.0;
    let mut tops = Vec::with_capacity(lines.len());
    for (index, line) in lines.iter().enumerate() {
        if heading(lines, index, line).is_some() {
            top += HEADING;
        }
        tops.push(top);
        top += ROW;
    }
    (tops, top)
}

fn heading(lines: &[ChooserLine], index: usize, line: &ChooserLine) -> Option<&'static str> {
    match line {
        ChooserLine::Recent(_) if index == 0 => Some(tr!("chooser-recent")),
        ChooserLine::Root if lines.len() > 1 && index > 0 => Some(tr!("chooser-all")),
        _ => None,
    }
}

fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, chooser: &FolderChooser) {
    let palette = ui.palette();
    let height = (content_space(ui.ctx()).y - OTHER_HEIGHT).clamp(100.0, LIST_HEIGHT);
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, tr!("chooser-folders")));
    ui.painter().rect_filled(rect, theme::CORNER, palette.surface_0);
    let lines = chooser.lines();
    if lines.is_empty() {
        let words = match &chooser.problem {
            Some(problem) => format!("{}. {}", problem.title, problem.detail),
            None if chooser.is_searching() => String::new(),
            None => tr!("chooser-none").to_owned(),
        };
        let font = theme::regular(theme::BODY_TEXT);
        paint_text(
            ui.painter(),
            Align2::CENTER_CENTER,
            rect.center(),
            rect.width() - 32.0,
            &words,
            font,
            palette.dimmed,
        );
        return;
    }
    let (tops, total) = layout(&lines);
    let chosen = lines.iter().position(|line| line.choice() == chooser.chosen);
    ui.scope_builder(UiBuilder::new().max_rect(rect.shrink(4.0)), |ui| {
        ScrollArea::vertical().auto_shrink(false).show_viewport(ui, |ui, seen| {
            let skeleton =
                if chooser.is_loading() && chooser.typed().trim().is_empty() { 3.0 * ROW } else { 0.0 };
            ui.set_height(total + skeleton);
            let space = ui.max_rect();
            let at = |top: f32| Rect::from_min_size(space.min + vec2(0.0, top), vec2(space.width(), ROW));
            if skeleton > 0.0 && window.state.shows_skeleton() {
                for index in 0..3_u8 {
                    paint_skeleton_line(
                        ui.painter(),
                        at(total + ROW * f32::from(index)),
                        usize::from(index),
                        palette,
                    );
                }
            }
            // A heading above the first row in sight may be in sight too.
            let (first, count) = range(seen, HEADING * 2.0, ROW);
            for index in first..(first + count + 3).min(lines.len()) {
                let line = &lines[index];
                if let Some(words) = heading(&lines, index, line) {
                    let middle = space.min.y + tops[index] - HEADING / 2.0 + 3.0;
                    let at = pos2(space.min.x + 10.0, middle);
                    let font = theme::medium(theme::SMALL_TEXT);
                    paint_text(
                        ui.painter(),
                        Align2::LEFT_CENTER,
                        at,
                        space.width(),
                        words,
                        font,
                        palette.dimmed,
                    );
                }
                line_ui(ui, window, at(tops[index]), line, chosen == Some(index));
            }
            reveal_chosen(ui, chooser, chosen.map(|index| at(tops[index])));
        });
    });
}

/// Keeps the chosen line in sight when it is another one.
fn reveal_chosen(ui: &Ui, chooser: &FolderChooser, row: Option<Rect>) {
    let Some(row) = row else { return };
    let key = Id::unique("chosen folder");
    let chosen = (chooser.chosen.part == ChooserPart::Recent, chooser.chosen.path.clone());
    let before = ui.data_mut(|data| {
        data.get_temp_mut_or_default::<Option<(bool, RemotePath)>>(key).replace(chosen.clone())
    });
    if before != Some(chosen) {
        ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
    }
}

fn line_ui(ui: &Ui, window: &mut WindowContext<'_>, row: Rect, line: &ChooserLine, is_chosen: bool) {
    let palette = ui.palette();
    let choice = line.choice();
    let path = &choice.path;
    let id = Id::unique("folder line").with((choice.part as u8, path.lower()));
    let response = ui.interact(row, id, Sense::CLICK);
    let name = window.state.folder_name(path).to_owned();
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, is_chosen, &name));
    if is_chosen {
        ui.painter().rect_filled(row, theme::CORNER, palette.selection());
    } else if response.hovered() {
        ui.painter().rect_filled(row, theme::CORNER, palette.hover());
    }
    let mut toggled = false;
    match line {
        ChooserLine::Found(found) => paint_match(ui, row, found, &name),
        ChooserLine::Recent(_) => {
            let folder = path.parent().filter(|parent| !parent.is_root()).map(|parent| parent.display_path());
            name_ui(ui, row, row.min.x + 20.0, &name, folder.as_deref().unwrap_or_default());
        }
        ChooserLine::Root => name_ui(ui, row, row.min.x + 20.0, &name, ""),
        ChooserLine::Folder(folder) => {
            let left = row.min.x + 20.0 + INDENT * (folder.level as f32 + 1.0);
            name_ui(ui, row, left, &name, "");
            if let Some(icon) = sharing::icon_of(window.state, path, folder.sharing) {
                paint_icon(ui.painter(), pos2(row.max.x - 16.0, row.center().y), icon, 15.0, palette.dimmed);
            }
            ui.ctx().accesskit_node_builder(id, |node| {
                node.set_level(folder.level + 1);
                if folder.can_open {
                    node.set_expanded(folder.open);
                }
            });
            toggled =
                folder.can_open && chevron_ui(ui, id, pos2(left - 20.0, row.center().y), folder.open, &name);
        }
    }
    let can_open = matches!(line, ChooserLine::Folder(folder) if folder.can_open);
    if toggled || (response.double_clicked() && can_open) {
        act(window, ChooserAction::Toggle(path.clone()));
    } else if response.double_clicked() {
        act(window, ChooserAction::Confirm);
    } else if response.clicked() {
        act(window, ChooserAction::Choose(choice));
    }
}

fn chevron_ui(ui: &Ui, id: Id, center: egui::Pos2, is_open: bool, name: &str) -> bool {
    let palette = ui.palette();
    let handle = Rect::from_center_size(center, Vec2::splat(22.0));
    let chevron = ui.interact(handle, id.with("chevron"), Sense::CLICK);
    chevron.widget_info(|| {
        WidgetInfo::labeled(
            Role::DisclosureTriangle,
            true,
            if is_open { tr!("fold", name = name) } else { tr!("unfold", name = name) },
        )
    });
    if chevron.hovered() {
        ui.painter().rect_filled(handle, 6.0, palette.hover());
    }
    let icon = if is_open { icons::ICON_EXPAND_MORE } else { icons::ICON_CHEVRON_RIGHT };
    paint_icon(ui.painter(), center, icon, 18.0, palette.dimmed);
    chevron.clicked()
}

/// A folder, its name, and where it is.
fn name_ui(ui: &Ui, row: Rect, left: f32, name: &str, folder: &str) {
    let palette = ui.palette();
    let middle = row.center().y;
    paint_folder(ui.painter(), Rect::from_center_size(pos2(left, middle), Vec2::splat(20.0)), palette.folder);
    let left = left + 20.0;
    let width = row.max.x - left - 32.0;
    let font = theme::regular(theme::BODY_TEXT);
    let for_name = if folder.is_empty() { width } else { width * 0.6 };
    let galley = elide_middle(ui.painter(), name, &font, palette.text, for_name);
    let end = left + galley.size().x + 12.0;
    ui.painter().galley(pos2(left, middle - galley.size().y / 2.0), galley, palette.text);
    if !folder.is_empty() {
        let galley =
            elide_middle(ui.painter(), folder, &theme::regular(13.0), palette.dimmed, row.max.x - end - 12.0);
        ui.painter().galley(pos2(end, middle - galley.size().y / 2.0), galley, palette.dimmed);
    }
}

/// The path of the chosen folder, or why it is none to choose; and the buttons.
fn target_ui(ui: &mut Ui, window: &mut WindowContext<'_>, chooser: &FolderChooser) {
    let palette = ui.palette();
    let refusal = window.state.chooser_refusal(chooser);
    let path = window.state.folder_path(&chooser.chosen.path);
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let (icon, words, color) = match &refusal {
        Some(refusal) => (icons::ICON_INFO, refusal.clone(), palette.warning),
        None => (icons::ICON_ARROW_FORWARD, path, palette.dimmed),
    };
    let role = if refusal.is_some() { Role::Alert } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, &words));
    paint_icon(ui.painter(), pos2(line.min.x + 12.0, line.center().y), icon, 18.0, color);
    let text = if refusal.is_some() { palette.warning } else { palette.text };
    let galley =
        elide_middle(ui.painter(), &words, &theme::regular(theme::BODY_TEXT), text, line.width() - 32.0);
    ui.painter().galley(pos2(line.min.x + 30.0, line.center().y - galley.size().y / 2.0), galley, text);
    ui.add_space(12.0);
    let is_listed = chooser.lines().iter().any(|line| line.choice() == chooser.chosen);
    let can = refusal.is_none() && is_listed;
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("cancel"))).clicked() {
            window.act(Action::CloseDialog);
        }
        let words = match chooser.kind {
            Relocation::Move => tr!("chooser-move-here"),
            Relocation::Copy => tr!("chooser-copy-here"),
        };
        if ui.add(PushButton::primary(words).enabled(can)).clicked() {
            act(window, ChooserAction::Confirm);
        }
    };
    let can_add = is_listed && window.state.add_refusal(&chooser.chosen.path).is_none();
    footer_ui(ui, window, buttons, |ui, window| {
        let button =
            PushButton::quiet(tr!("command-new-folder")).icon(icons::ICON_CREATE_NEW_FOLDER).enabled(can_add);
        if ui.add(button).clicked() {
            act(window, ChooserAction::BeginNewFolder);
        }
    });
}

/// The name of the folder that is to be made.
fn new_folder_ui(ui: &mut Ui, window: &mut WindowContext<'_>, folder: &NewFolder) {
    let palette = ui.palette();
    let inside = tr!("chooser-new-in", folder = window.state.folder_path(&folder.parent));
    let (words, color) = match &folder.complaint {
        Some(complaint) => (complaint.as_str(), palette.danger),
        None => (inside.as_str(), palette.dimmed),
    };
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), 24.0), Sense::hover());
    let role = if folder.complaint.is_some() { Role::Alert } else { Role::Label };
    response.widget_info(|| WidgetInfo::labeled(role, true, words));
    let galley = elide_middle(ui.painter(), words, &theme::regular(theme::BODY_TEXT), color, line.width());
    ui.painter().galley(pos2(line.min.x, line.center().y - galley.size().y / 2.0), galley, color);
    ui.add_space(12.0);
    let is_making = folder.making.is_some();
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        if ui.add(PushButton::quiet(tr!("back"))).clicked() {
            act(window, ChooserAction::CancelNewFolder);
        }
        let can = !is_making && name::invalid_reason(folder.name.trim_end()).is_none();
        if ui.add(PushButton::primary(tr!("chooser-create")).enabled(can)).clicked() {
            act(window, ChooserAction::MakeNewFolder);
        }
    };
    footer_ui(ui, window, buttons, |ui, window| {
        let response = name_field_ui(ui, folder);
        grab_focus(window, &response.0);
        if let Some(name) = response.1 {
            act(window, ChooserAction::NameNewFolder(name));
        }
        if response.0.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
            act(window, ChooserAction::MakeNewFolder);
            window.ui_state.dialogs.focus_wanted = true;
        }
    });
}

fn name_field_ui(ui: &mut Ui, folder: &NewFolder) -> (Response, Option<String>) {
    let mut name = folder.name.clone();
    let width = (ui.available_width() - 12.0).clamp(120.0, 280.0);
    let response = TextField::new(tr!("chooser-new-name"), &mut name)
        .width(width)
        .wrong(folder.complaint.is_some())
        .select_all()
        .show(ui);
    let changed = response.changed().then_some(name);
    (response, changed)
}
