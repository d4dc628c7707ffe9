//! What is in a folder, however deep: how much of which kinds, and which files are the largest and the newest.

use super::details::line_ui;
use crate::ui::format::kinds_name;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{chart_color, elide_middle, paint_kind, paint_text, section_label};
use crate::ui::{WindowContext, format};
use coffer_model::{Entry, FolderSummary, FolderTotals, KindTotals};
use coffer_state::Action;
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

/// Kinds with a line of their own; the others are one.
const NAMED_KINDS: usize = 5;
/// Files that are told, of each sort.
const TOLD_FILES: usize = 3;
const ROW: f32 = 28.0;

pub(super) fn contents_ui(ui: &mut Ui, window: &mut WindowContext<'_>, entry: &Entry) {
    let Some(totals) = &entry.totals else { return };
    totals_ui(ui, window, totals);
    let Some(summary) = window.state.inspector.summary.value().cloned() else { return };
    if totals.files == 0 || summary.folder != entry.path {
        return;
    }
    kinds_ui(ui, &summary);
    let size = |file: &Entry| file.size_bytes().map_or_else(String::new, format::size);
    files_ui(ui, window, tr!("details-largest"), &summary.largest, size);
    let clock = window.clock.clone();
    let date = move |file: &Entry| file.modified().map_or_else(String::new, |date| clock.relative(date));
    files_ui(ui, window, tr!("details-newest"), &summary.newest, date);
}

fn totals_ui(ui: &mut Ui, window: &WindowContext<'_>, totals: &FolderTotals) {
    line_ui(ui, tr!("details-contains"), &format::contents(totals));
    line_ui(ui, tr!("column-size"), &format::exact_size(totals.bytes));
    if let Some(newest) = totals.newest {
        line_ui(ui, tr!("column-modified"), &window.clock.exact(newest));
    }
}

/// A bar with a part for each kind, and what the parts mean.
fn kinds_ui(ui: &mut Ui, summary: &FolderSummary) {
    let palette = ui.palette();
    let total: u64 = summary.kinds.iter().map(|kind| kind.bytes).sum();
    if total == 0 {
        return;
    }
    ui.add_space(6.0);
    let (bar, response) = ui.allocate_exact_size(vec2(ui.available_width(), 8.0), Sense::hover());
    let parts = parts(summary, total);
    let words: Vec<String> = parts.iter().map(|part| format!("{} {}", part.name, part.share)).collect();
    response.widget_info(|| WidgetInfo::labeled(Role::Image, true, words.join(", ")));
    let mut left = bar.min.x;
    for part in &parts {
        let right = left + bar.width() * part.bytes as f32 / total as f32;
        let piece = Rect::from_min_max(pos2(left, bar.min.y), pos2((right - 1.0).max(left + 1.0), bar.max.y));
        ui.painter().rect_filled(
            piece,
            2.0,
            part.kind.map_or(palette.dimmed, |it| chart_color(it.kind, palette)),
        );
        left = right;
    }
    for part in &parts {
        let (line, _) = ui.allocate_exact_size(vec2(ui.available_width(), 16.0), Sense::hover());
        let middle = line.center().y;
        let square = Rect::from_center_size(pos2(line.min.x + 5.0, middle), Vec2::splat(10.0));
        let color = part.kind.map_or(palette.dimmed, |it| chart_color(it.kind, palette));
        ui.painter().rect_filled(square, 2.5, color);
        let font = theme::regular(13.0);
        let at = pos2(line.min.x + 18.0, middle);
        paint_text(ui.painter(), Align2::LEFT_CENTER, at, 160.0, part.name, font, palette.text);
        let words = format!("{}  {}", format::size(part.bytes), part.share);
        let font = theme::tabular(13.0);
        let at = pos2(line.max.x, middle);
        paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 150.0, &words, font, palette.dimmed);
    }
}

struct Part<'a> {
    /// `None` for all kinds that have no line of their own.
    kind: Option<&'a KindTotals>,
    name: &'static str,
    bytes: u64,
    share: String,
}

fn parts(summary: &FolderSummary, total: u64) -> Vec<Part<'_>> {
    let share = |bytes: u64| format::share(bytes, total);
    let (named, rest) = summary.kinds.split_at(summary.kinds.len().min(NAMED_KINDS));
    let mut parts: Vec<Part<'_>> = named
        .iter()
        .map(|it| Part { kind: Some(it), name: kinds_name(it.kind), bytes: it.bytes, share: share(it.bytes) })
        .collect();
    let bytes = rest.iter().map(|kind| kind.bytes).sum();
    if bytes > 0 {
        parts.push(Part { kind: None, name: tr!("details-other"), bytes, share: share(bytes) });
    }
    parts
}

/// A click shows a file in its folder.
fn files_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    heading: &str,
    files: &[Entry],
    more: impl Fn(&Entry) -> String,
) {
    let palette = ui.palette();
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.add_space(8.0);
    section_label(ui, heading);
    ui.add_space(2.0);
    for file in files.iter().take(TOLD_FILES) {
        let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
        let more = more(file);
        let words = format!("{}, {more}", file.name());
        response.widget_info(|| WidgetInfo::labeled(Role::Link, true, &words));
        if response.hovered() || response.has_focus() {
            ui.painter().rect_filled(rect.expand2(vec2(6.0, 0.0)), theme::CORNER, palette.hover());
        }
        let middle = rect.center().y;
        let icon = Rect::from_center_size(pos2(rect.min.x + 9.0, middle), Vec2::splat(18.0));
        paint_kind(ui.painter(), icon, file.file_kind(), palette);
        let font = theme::tabular(13.0);
        let at = pos2(rect.max.x, middle);
        let right = paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 110.0, &more, font, palette.dimmed);
        let room = right.min.x - rect.min.x - 34.0;
        let name = elide_middle(ui.painter(), file.name(), &theme::regular(13.0), palette.text, room);
        ui.painter().galley(pos2(rect.min.x + 26.0, middle - name.size().y / 2.0), name, palette.text);
        let place = window.state.folder_path(&file.path.parent().unwrap_or_default());
        if response.on_hover_text(tr!("in-folder", folder = place)).clicked() {
            window.act(Action::GoToTyped(file.path.as_str().to_owned()));
        }
    }
}
