//! The two columns of a comparison, and what stands at the top of each.

use super::titles;
use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{elide_middle, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::comparison::{Comparison, Difference};
use coffer_model::{PreviewBody, comparison::ComparedVersion};
use coffer_state::compare_dialog::CompareDialog;
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

pub(super) const HEAD_HEIGHT: f32 = 46.0;
const PADDING: f32 = 14.0;

/// The columns of a place, left and right.
pub(super) fn halves(area: Rect, gap: f32) -> [Rect; 2] {
    let (left, right) = area.split_left_right_at_x(area.center().x);
    [
        Rect::from_min_max(left.min, pos2(left.max.x - gap / 2.0, left.max.y)),
        Rect::from_min_max(pos2(right.min.x + gap / 2.0, right.min.y), right.max),
    ]
}

/// Where each file is, what it is called if that differs, when it was changed and its size.
pub(super) fn heads_ui(
    ui: &mut Ui,
    window: &WindowContext<'_>,
    compare: &CompareDialog,
    comparison: &Comparison,
    area: Rect,
    gap: f32,
) {
    let titles = titles(window, compare, comparison);
    for (side, place) in halves(area, gap).into_iter().enumerate() {
        let version = &comparison.versions[side];
        let has_name = comparison.versions[0].name != comparison.versions[1].name;
        let name = Some(version.name.as_str()).filter(|name| has_name && *name != titles[side]);
        let facts = facts(window, comparison, side);
        let response = ui.interact(place, ui.scope_id().with(("head", side)), Sense::hover());
        response.widget_info(|| {
            let name = name.unwrap_or(&version.name);
            WidgetInfo::labeled(Role::Label, true, format!("{}: {name}, {facts}", titles[side]))
        });
        let palette = ui.palette();
        let painter = ui.painter();
        painter.rect_filled(place, theme::CORNER, palette.surface_2);
        let color = [palette.danger, palette.added][side];
        let upper = pos2(place.min.x + PADDING, place.min.y + 15.0);
        painter.circle_filled(upper + vec2(4.0, 0.0), 4.0, color);
        let at = upper + vec2(16.0, 0.0);
        let mut right = place.max.x - PADDING;
        if let Some(words) = own_lines(comparison, side) {
            let font = theme::medium(theme::SMALL_TEXT);
            let drawn =
                paint_text(painter, Align2::RIGHT_CENTER, pos2(right, at.y), 150.0, &words, font, color);
            right = drawn.min.x - 12.0;
        }
        let font = theme::semibold(theme::BODY_TEXT);
        let title = elide_middle(painter, &titles[side], &font, palette.text, right - at.x);
        let end = at.x + title.size().x;
        painter.galley(at - vec2(0.0, title.size().y / 2.0), title, palette.text);
        if let Some(name) = name {
            let font = theme::regular(theme::SMALL_TEXT);
            let name = elide_middle(painter, name, &font, palette.dimmed, (right - end - 10.0).max(0.0));
            painter.galley(pos2(end + 10.0, at.y - name.size().y / 2.0), name, palette.dimmed);
        }
        let font = theme::tabular(theme::SMALL_TEXT);
        let lower = pos2(at.x, place.max.y - 14.0);
        let width = place.max.x - PADDING - lower.x;
        paint_text(painter, Align2::LEFT_CENTER, lower, width, &facts, font, palette.dimmed);
        response.on_hover_text_at_pointer(exact(window, version));
    }
}

/// "2 h ago · 12 KB (+296 B) · 1440 × 1080"
fn facts(window: &WindowContext<'_>, comparison: &Comparison, side: usize) -> String {
    let version = &comparison.versions[side];
    let mut facts =
        format!("{} · {}", window.clock.moment(version.modified), format::size(version.size_bytes));
    if side == 1 {
        let before = comparison.versions[0].size_bytes;
        match version.size_bytes.cmp(&before) {
            std::cmp::Ordering::Equal => {}
            std::cmp::Ordering::Greater => {
                facts = format!("{facts} (+{})", format::size(version.size_bytes - before));
            }
            std::cmp::Ordering::Less => {
                facts = format!("{facts} (−{})", format::size(before - version.size_bytes));
            }
        }
    }
    if let Difference::Pictures(pictures) = &comparison.difference
        && let PreviewBody::Picture { width, height, .. } = pictures.previews[side].body
    {
        facts = format!("{facts} · {width} × {height}");
    }
    facts
}

fn exact(window: &WindowContext<'_>, version: &ComparedVersion) -> String {
    let (time, size) = (window.clock.exact(version.modified), format::exact_size(version.size_bytes));
    format!("{}\n{time}\n{size}", version.name)
}

/// "9 lines removed", "12 lines added": what is in this text alone.
fn own_lines(comparison: &Comparison, side: usize) -> Option<String> {
    let Difference::Lines(lines) = &comparison.difference else { return None };
    let count = lines.own_lines[side];
    (count > 0).then(|| match side {
        0 => tr!("compare-lines-removed", count = count),
        _ => tr!("compare-lines-added", count = count),
    })
}
