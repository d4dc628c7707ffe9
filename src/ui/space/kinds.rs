//! How much each kind of files takes. A click lists the files of the kind.

use crate::ui::theme::{self, UiPalette, blend};
use crate::ui::widgets::{chart_color, elide_middle, paint_kind, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::search_query::with_filter;
use coffer_model::{FileKind, FolderSummary, KindTotals, RemotePath};
use coffer_state::{Action, Location};
use coffer_texts::tr;
use egui::{Align2, Rect, Role, ScrollArea, Sense, Ui, Vec2, WidgetInfo, pos2, vec2};

const ROW: f32 = 52.0;
const WIDTH: f32 = 720.0;

pub(super) fn kinds_ui(ui: &mut Ui, window: &mut WindowContext<'_>, summary: &FolderSummary) {
    let total: u64 = summary.kinds.iter().map(|totals| totals.bytes).sum();
    ui.spacing_mut().item_spacing = Vec2::ZERO;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.add_space(8.0);
        for totals in &summary.kinds {
            kind_ui(ui, window, &summary.folder, totals, total);
        }
        ui.add_space(64.0);
    });
}

fn kind_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    folder: &RemotePath,
    totals: &KindTotals,
    total: u64,
) {
    let palette = ui.palette();
    let (line, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let rect = line.with_max_x(line.max.x.min(line.min.x + WIDTH)).shrink2(vec2(12.0, 1.0));
    let name = format::kinds_name(totals.kind);
    let files = tr!("files", count = totals.files);
    let size = format::size(totals.bytes);
    let share = format::share(totals.bytes, total);
    response
        .widget_info(|| WidgetInfo::labeled(Role::Link, true, format!("{name}, {files}, {size}, {share}")));
    if response.hovered() {
        ui.painter().rect_filled(rect, theme::CORNER, palette.hover());
    }
    if response.has_focus() {
        let ring = palette.focus_ring();
        ui.painter().rect_stroke(rect, theme::CORNER, ring, egui::StrokeKind::Inside);
    }
    let icon = Rect::from_center_size(pos2(rect.min.x + 24.0, rect.center().y), Vec2::splat(22.0));
    paint_kind(ui.painter(), icon, totals.kind, palette);
    let (left, right, middle) = (rect.min.x + 48.0, rect.max.x - 12.0, rect.min.y + 18.0);
    let words = format!("{size}  ·  {share}");
    let font = theme::tabular(13.0);
    let at = pos2(right, middle);
    paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 200.0, &words, font, palette.dimmed);
    let name = elide_middle(ui.painter(), name, &theme::medium(theme::BODY_TEXT), palette.text, 200.0);
    let files_at = pos2(left + name.size().x + 8.0, middle);
    ui.painter().galley(pos2(left, middle - name.size().y / 2.0), name, palette.text);
    let font = theme::regular(theme::SMALL_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, files_at, 140.0, &files, font, palette.dimmed);
    let whole = Rect::from_min_max(pos2(left, rect.min.y + 34.0), pos2(right, rect.min.y + 40.0));
    ui.painter().rect_filled(whole, 3.0, blend(palette.surface_1, palette.text.gamma_multiply(0.07)));
    let part = totals.bytes as f32 / total.max(1) as f32;
    let bar = whole.with_max_x(whole.min.x + (whole.width() * part).max(3.0));
    ui.painter().rect_filled(bar, 3.0, chart_color(totals.kind, palette));
    if let Some(query) = query(totals.kind).filter(|_| response.clicked()) {
        let below = Some(("in", folder.as_str())).filter(|_| !folder.is_root());
        let query = with_filter(query, &["in"], below);
        window.act(Action::Go(Location::Search { query, sort: None }));
    }
}

/// What finds the files of a kind; `None` where no filter names it.
fn query(kind: FileKind) -> Option<&'static str> {
    Some(match kind {
        FileKind::Picture => "kind:picture",
        FileKind::Document => "kind:document",
        FileKind::Markdown => "kind:markdown",
        FileKind::Text => "kind:text",
        FileKind::Code => "kind:code",
        FileKind::Table => "kind:table",
        FileKind::Pdf => "kind:pdf",
        FileKind::Archive => "kind:archive",
        FileKind::Video => "kind:video",
        FileKind::Audio => "kind:audio",
        FileKind::Folder | FileKind::Other => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::query;
    use coffer_model::{FileKind, SearchQuery};

    #[test]
    fn the_search_behind_a_kind_is_understood() {
        for name in ["a.jpg", "a.docx", "a.md", "a.txt", "a.rs", "a.csv", "a.pdf", "a.zip", "a.mp4", "a.mp3"]
        {
            let query = query(FileKind::from_name(name)).unwrap();
            let understood = SearchQuery::parse(query, &jiff::Zoned::now());
            assert!(understood.mistakes.is_empty() && understood.filters.len() == 1, "{query}");
        }
    }
}
