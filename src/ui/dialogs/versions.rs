//! Every version of a file, one of them to be looked at, brought back or saved. Nothing here can be lost: bringing
//! back an old version makes a new one.

use super::frame::{DialogFrame, content_space, footer_ui, grab_focus, problem_line_ui};
use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::preview::{PreviewSlot, preview_ui};
use crate::ui::theme::{self, UiPalette};
use crate::ui::version_row::{ROW_HEIGHT, VersionNotes, VersionRow};
use crate::ui::widgets::{IconButton, PushButton, paint_skeleton_row};
use coffer_model::Entry;
use coffer_model::preview::PreviewBody;
use coffer_state::Action;
use coffer_state::action::DialogAction;
use coffer_state::versions::VersionsDialog;
use coffer_texts::tr;
use egui::{
    Align, Context, EventFilter, Id, Key, Layout, Modifiers, Rect, Response, RichText, Role, ScrollArea,
    Sense, StrokeKind, Ui, UiBuilder, WidgetInfo, vec2,
};
use egui_material_icons::icons;

const LIST_WIDTH: f32 = 320.0;
/// Two lines: what it is, and who made it and from what.
const CAPTION_HEIGHT: f32 = 48.0;

pub(super) fn versions_ui(ctx: &Context, window: &mut WindowContext<'_>, versions: &VersionsDialog) {
    let space = content_space(ctx);
    let width = (space.x * 0.73).clamp(780.0, 1120.0);
    let title = tr!("versions-title", name = versions.path.name());
    let subtitle = subtitle(versions);
    let frame = DialogFrame { title: &title, subtitle: &subtitle, width, light: true };
    frame.show(ctx, window, |ui, window| {
        handle_letters(ui, window, versions);
        let below_title = 120.0;
        let height = (width * 0.44).clamp(260.0, 640.0).min(space.y - below_title).max(160.0);
        let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
        let mut list = area;
        list.set_width(LIST_WIDTH.min(area.width() * 0.4));
        let mut pane = area;
        pane.min.x = list.max.x + 20.0;
        list_ui(ui, window, versions, list);
        pane_ui(ui, window, versions, pane);
        ui.add_space(4.0);
        if let Some(problem) = &versions.problem {
            problem_line_ui(ui, problem);
        }
        buttons_ui(ui, window, versions);
    });
}

fn revisions(versions: &VersionsDialog) -> &[Entry] {
    versions.revisions.value().map_or(&[], |revisions| revisions.as_slice())
}

fn subtitle(versions: &VersionsDialog) -> String {
    let count = revisions(versions).len();
    let more = versions.revisions.is_pending();
    if versions.deleted {
        return tr!("versions-deleted").to_owned();
    }
    match count {
        0 if more => tr!("versions-loading").to_owned(),
        0 => tr!("versions-none").to_owned(),
        _ if more => tr!("versions-and-more", count = count),
        _ => tr!("versions-count", count = count),
    }
}

fn list_ui(ui: &mut Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog, rect: Rect) {
    let palette = ui.palette();
    let revisions = revisions(versions);
    let list = ui.interact(rect, Id::unique("list of versions"), Sense::focusable_noninteractive());
    list.widget_info(|| WidgetInfo::labeled(Role::ListBox, true, tr!("versions")));
    grab_focus(window, &list);
    if list.has_focus() && !revisions.is_empty() {
        handle_keys(ui, window, versions, &list);
    }
    if revisions.is_empty() {
        if versions.revisions.is_pending() {
            for index in 0..4 {
                let row = Rect::from_min_size(
                    rect.min + vec2(0.0, index as f32 * ROW_HEIGHT),
                    vec2(rect.width(), ROW_HEIGHT - 4.0),
                );
                paint_skeleton_row(ui.painter(), row, index, palette);
            }
        } else if let Some(problem) = versions.revisions.problem() {
            ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| problem_line_ui(ui, problem));
        }
        return;
    }
    ui.scope_builder(UiBuilder::new().max_rect(rect), |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).show_rows(ui, ROW_HEIGHT, revisions.len(), |ui, rows| {
            reveal(ui, window, versions, rows.start);
            for index in rows {
                let notes = VersionNotes {
                    maker: maker(window, versions, index),
                    is_restored: versions.restored_from(index).is_some(),
                    is_marked: versions.marked == Some(index),
                };
                let row = VersionRow {
                    revisions,
                    index,
                    notes: Some(notes),
                    newest: index == 0 && !versions.deleted,
                    selected: index == versions.selected,
                    focusable: false,
                };
                let response = row.show(ui, window);
                if response.clicked() {
                    list.request_focus();
                    let is_marking = ui.input(|input| input.modifiers.command);
                    window.act(Action::Dialog(if is_marking {
                        DialogAction::MarkRevision(index)
                    } else {
                        DialogAction::SelectRevision(index)
                    }));
                }
                if list.has_focus() && index == versions.selected {
                    let ring = response.rect.shrink2(vec2(1.0, 2.0));
                    let stroke = palette.focus_ring();
                    ui.painter().rect_stroke(ring, theme::CORNER, stroke, StrokeKind::Inside);
                }
            }
        });
    });
}

/// Scrolls to the selected row when keys moved the selection out of sight.
fn reveal(ui: &Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog, first: usize) {
    if window.ui_state.dialogs.revealed == Some(versions.selected) {
        return;
    }
    window.ui_state.dialogs.revealed = Some(versions.selected);
    let top = ui.max_rect().min.y + (versions.selected as f32 - first as f32) * ROW_HEIGHT;
    let row = Rect::from_min_size(egui::pos2(ui.max_rect().min.x, top), vec2(10.0, ROW_HEIGHT));
    ui.scroll_to_rect_animation(row, None, egui::style::ScrollAnimation::none());
}

fn handle_keys(ui: &Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog, list: &Response) {
    let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(list.id, filter));
    let oldest = revisions(versions).len().saturating_sub(1);
    let pressed = |key| ui.input_mut(|input| input.count_and_consume_key(Modifiers::NONE, key));
    let mut selected = versions.selected;
    selected = selected.saturating_sub(pressed(Key::ArrowUp)) + pressed(Key::ArrowDown);
    selected = selected.saturating_sub(8 * pressed(Key::PageUp)) + 8 * pressed(Key::PageDown);
    if pressed(Key::Home) > 0 {
        selected = 0;
    }
    if pressed(Key::End) > 0 {
        selected = oldest;
    }
    let selected = selected.min(oldest);
    if selected != versions.selected {
        window.act(Action::Dialog(DialogAction::SelectRevision(selected)));
    }
    if pressed(Key::Space) > 0 {
        window.act(Action::Dialog(DialogAction::MarkRevision(selected)));
    }
    if pressed(Key::Enter) > 0 && can_restore(versions) {
        window.act(Action::Dialog(DialogAction::RestoreRevision));
    }
}

/// These keys work wherever the keyboard is in the dialog.
fn handle_letters(ui: &Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog) {
    for (key, action, enabled) in [
        (Key::O, DialogAction::OpenRevision, versions.selected_entry().is_some()),
        (Key::S, DialogAction::SaveRevision, versions.selected_entry().is_some()),
        (Key::C, DialogAction::CompareWithCurrent, versions.compared().is_some()),
    ] {
        if ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)) && enabled {
            window.act(Action::Dialog(action));
        }
    }
}

/// Who made a version, where the service tells.
fn maker<'a>(window: &WindowContext<'_>, versions: &'a VersionsDialog, index: usize) -> Option<&'a str> {
    let maker = versions.makers.get(&revisions(versions).get(index)?.file()?.rev)?;
    Some(match &maker.name {
        _ if window.state.is_by_person(Some(&maker.account_id)) == Some(true) => tr!("you"),
        Some(name) => name,
        None => tr!("somebody-else"),
    })
}

fn can_restore(versions: &VersionsDialog) -> bool {
    let is_current = versions.selected == 0 && !versions.deleted;
    versions.restoring.is_none() && !is_current && versions.selected < revisions(versions).len()
}

/// The selected version and what is known of it.
fn pane_ui(ui: &mut Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog, pane: Rect) {
    let Some(revision) = revisions(versions).get(versions.selected) else {
        ui.painter().rect_filled(pane, theme::CORNER, ui.palette().text.gamma_multiply(0.03));
        return;
    };
    let (stage, caption) = pane.split_top_bottom_at_y(pane.max.y - CAPTION_HEIGHT);
    let slot = PreviewSlot {
        entry: revision,
        preview: &versions.preview,
        id: Id::unique("preview of a version"),
        cover: false,
    };
    ui.painter().rect_filled(stage, theme::CORNER, ui.palette().surface_0);
    preview_ui(ui, window, &slot, stage);

    let mut facts = Vec::new();
    if let Some(file) = revision.file() {
        facts.push(window.clock.exact_to_the_second(file.server_modified));
        facts.push(format::exact_size(file.size_bytes));
    }
    if let Some(PreviewBody::Picture { width, height, .. }) = slot.ready().map(|preview| &preview.body) {
        facts.push(format!("{width} × {height}"));
    }
    let by = maker(window, versions, versions.selected).map(|maker| match maker {
        maker if maker == tr!("you") => tr!("versions-by-you").to_owned(),
        maker if maker == tr!("somebody-else") => tr!("versions-by-somebody-else").to_owned(),
        name => tr!("versions-by", name = name),
    });
    let from = versions.restored_from(versions.selected).and_then(Entry::file).map(|file| {
        tr!("versions-restored-from", date = window.clock.exact_to_the_second(file.server_modified))
    });
    let origin: Vec<String> = by.into_iter().chain(from).collect();
    let color = ui.palette().dimmed;
    let layout = Layout::top_down(Align::Min);
    ui.scope_builder(
        UiBuilder::new().max_rect(caption.with_min_y(caption.min.y + 8.0)).layout(layout),
        |ui| {
            ui.spacing_mut().item_spacing.y = 2.0;
            for line in [facts.join(" · "), origin.join(" · ")] {
                ui.add(egui::Label::new(RichText::new(line).color(color)).truncate());
            }
        },
    );
}

fn buttons_ui(ui: &mut Ui, window: &mut WindowContext<'_>, versions: &VersionsDialog) {
    let is_current = versions.selected == 0 && !versions.deleted;
    let is_there = versions.selected < revisions(versions).len();
    let copies = [
        (tr!("command-open-copy"), "O", icons::ICON_OPEN_IN_NEW, DialogAction::OpenRevision),
        (tr!("versions-save"), "S", icons::ICON_DOWNLOAD, DialogAction::SaveRevision),
    ];
    let words = if versions.marked.is_some() {
        tr!("versions-compare-marked")
    } else {
        tr!("versions-compare-current")
    };
    let can_compare = versions.compared().is_some();
    let compare = PushButton::quiet(words).enabled(can_compare).tooltip(tr!("versions-compare-hint"));
    let words = match (versions.restoring.is_some(), versions.deleted) {
        (true, _) => tr!("versions-restoring"),
        (false, true) => tr!("versions-restore-file"),
        (false, false) => tr!("versions-restore"),
    };
    let hint = if is_current { tr!("versions-is-current") } else { tr!("key-enter") };
    let restore = PushButton::primary(words).enabled(can_restore(versions)).tooltip(hint);
    // Where not all words fit, symbols stand for those of the copies.
    let copies_width: f32 = copies.iter().map(|(words, ..)| PushButton::quiet(words).width(ui) + 10.0).sum();
    let has_room = copies_width + compare.width(ui) + 10.0 + restore.width(ui) <= ui.available_width();
    let buttons = |ui: &mut Ui, window: &mut WindowContext<'_>| {
        for (words, key, icon, action) in copies {
            let response = if has_room {
                ui.add(PushButton::quiet(words).enabled(is_there).tooltip(key))
            } else {
                ui.add(IconButton::new(icon, words).shortcut(key).enabled(is_there))
            };
            if response.clicked() {
                window.act(Action::Dialog(action));
            }
        }
        if ui.add(compare).clicked() {
            window.act(Action::Dialog(DialogAction::CompareWithCurrent));
        }
        if ui.add(restore).clicked() {
            window.act(Action::Dialog(DialogAction::RestoreRevision));
        }
    };
    footer_ui(ui, window, buttons, |_, _| {});
}
