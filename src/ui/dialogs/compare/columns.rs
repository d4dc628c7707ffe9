//! The two columns of a comparison, and what stands at the top of each.

use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{elide_middle, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::Comparison;
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};

const LINE: f32 = 18.0;

/// The columns of a place, left and right.
pub(super) fn halves(area: Rect, gap: f32) -> [Rect; 2] {
    let (left, right) = area.split_left_right_at_x(area.center().x);
    [
        Rect::from_min_max(left.min, pos2(left.max.x - gap / 2.0, left.max.y)),
        Rect::from_min_max(pos2(right.min.x + gap / 2.0, right.min.y), right.max),
    ]
}

/// Where each version is, what it is called if that differs, when it was changed and its size.
pub(super) fn heads_ui(
    ui: &mut Ui,
    window: &WindowContext<'_>,
    comparison: &Comparison,
    titles: &[&str; 2],
    gap: f32,
) {
    let [left, right] = &comparison.versions;
    let has_names = left.name != right.name;
    let height = if has_names { 3.0 * LINE } else { 2.0 * LINE };
    let (area, _) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    for (index, place) in halves(area, gap).into_iter().enumerate() {
        let (version, title) = (&comparison.versions[index], titles[index]);
        let facts =
            format!("{} · {}", window.clock.moment(version.modified), format::size(version.size_bytes));
        let response = ui.interact(place, ui.scope_id().with(("head", index)), Sense::hover());
        response.widget_info(|| {
            WidgetInfo::labeled(Role::Label, true, format!("{title}: {}, {facts}", version.name))
        });
        let palette = ui.palette();
        let painter = ui.painter();
        let at = |line: f32| pos2(place.min.x, place.min.y + LINE * (line + 0.5));
        let font = theme::medium(theme::BODY_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, at(0.0), place.width(), title, font, palette.text);
        let mut line = 1.0;
        if has_names {
            let font = theme::regular(theme::SMALL_TEXT);
            let name = elide_middle(painter, &version.name, &font, palette.dimmed, place.width());
            let corner = at(line) - vec2(0.0, name.size().y / 2.0);
            painter.galley(corner, name, palette.dimmed);
            line += 1.0;
        }
        let font = theme::tabular(theme::SMALL_TEXT);
        paint_text(painter, Align2::LEFT_CENTER, at(line), place.width(), &facts, font, palette.dimmed);
        let exact =
            format!("{}\n{}", window.clock.exact(version.modified), format::exact_size(version.size_bytes));
        response.on_hover_text_at_pointer(format!("{}\n{exact}", version.name));
    }
}
