//! Two files that are neither texts nor pictures: sizes, times, hashes, and the bytes around the first that differs.

use crate::ui::theme::{self, UiPalette};
use crate::ui::widgets::{elide_middle, paint_icon, paint_text};
use crate::ui::{WindowContext, format};
use coffer_model::comparison::{ByteComparison, Comparison};
use coffer_texts::tr;
use egui::{Align2, Rect, Role, Sense, Ui, WidgetInfo, pos2, vec2};
use egui_material_icons::icons;

const BYTES_IN_LINE: usize = 16;
const FACT_HEIGHT: f32 = 30.0;
const LINE_HEIGHT: f32 = 20.0;
const NAMES_WIDTH: f32 = 116.0;

pub(super) fn bytes_ui(
    ui: &mut Ui,
    window: &WindowContext<'_>,
    comparison: &Comparison,
    bytes: &ByteComparison,
    area: Rect,
) {
    let palette = ui.palette();
    ui.painter().rect_filled(area, theme::CORNER, palette.surface_0);
    let mut y = area.min.y + 30.0;
    let icon = pos2(area.min.x + 30.0, y);
    paint_icon(ui.painter(), icon, icons::ICON_DIFFERENCE, 24.0, palette.dimmed);
    let (title, detail) = (tr!("compare-contents-differ"), detail(bytes));
    let strip = Rect::from_min_max(pos2(area.min.x, y - 20.0), pos2(area.max.x, y + 40.0));
    let response = ui.interact(strip, ui.scope_id().with("difference"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{title}. {detail}")));
    let left = area.min.x + 54.0;
    let width = area.max.x - left - 16.0;
    let font = theme::semibold(theme::BODY_TEXT + 1.5);
    paint_text(ui.painter(), Align2::LEFT_CENTER, pos2(left, y), width, title, font, palette.text);
    y += 22.0;
    let font = theme::regular(theme::BODY_TEXT);
    paint_text(ui.painter(), Align2::LEFT_CENTER, pos2(left, y), width, &detail, font, palette.dimmed);
    y += 34.0;
    for (index, (name, values)) in facts(window, comparison).into_iter().enumerate() {
        let line = Rect::from_min_size(pos2(left, y), vec2(width, FACT_HEIGHT));
        fact_ui(ui, line, index, name, &values);
        y += FACT_HEIGHT;
    }
    if bytes.equal_bytes.is_some() {
        excerpts_ui(ui, bytes, Rect::from_min_max(pos2(left, y + 16.0), area.max - vec2(16.0, 12.0)));
    }
}

fn detail(bytes: &ByteComparison) -> String {
    let first = match bytes.equal_bytes {
        Some(0) => tr!("compare-bytes-from-first").to_owned(),
        Some(count) => tr!("compare-bytes-same", bytes = format::exact_size(count)),
        None => tr!("compare-bytes-too-large").to_owned(),
    };
    if bytes.is_long_text { format!("{} {first}", tr!("compare-text-too-large")) } else { first }
}

fn facts(window: &WindowContext<'_>, comparison: &Comparison) -> Vec<(&'static str, [String; 2])> {
    let of = |fact: &dyn Fn(usize) -> String| [fact(0), fact(1)];
    let versions = &comparison.versions;
    vec![
        (tr!("column-size"), of(&|side| format::exact_size(versions[side].size_bytes))),
        (tr!("bring-back-is-changed"), of(&|side| window.clock.exact(versions[side].modified))),
        (
            tr!("details-hash"),
            of(&|side| {
                versions[side].content_hash.clone().unwrap_or_else(|| tr!("compare-not-known").to_owned())
            }),
        ),
    ]
}

fn fact_ui(ui: &Ui, line: Rect, index: usize, name: &str, values: &[String; 2]) {
    let palette = ui.palette();
    let response = ui.interact(line, ui.scope_id().with(("fact", index)), Sense::hover());
    response.widget_info(|| {
        WidgetInfo::labeled(
            Role::Label,
            true,
            tr!("compare-fact", name = name, one = values[0], other = values[1]),
        )
    });
    let painter = ui.painter();
    painter.hline(line.x_range(), line.min.y, (1.0, palette.line));
    let font = theme::regular(theme::SMALL_TEXT);
    let at = line.left_center();
    paint_text(painter, Align2::LEFT_CENTER, at, NAMES_WIDTH - 8.0, name, font, palette.dimmed);
    let width = (line.width() - NAMES_WIDTH) / 2.0;
    let is_same = values[0] == values[1];
    for (side, value) in values.iter().enumerate() {
        let color = if is_same { palette.dimmed } else { palette.text };
        let font = theme::mono(theme::SMALL_TEXT);
        let galley = elide_middle(painter, value, &font, color, width - 16.0);
        let left = line.min.x + NAMES_WIDTH + side as f32 * width;
        painter.galley(pos2(left, line.center().y - galley.size().y / 2.0), galley, color);
    }
    response.on_hover_text_at_pointer(values.join("\n"));
}

/// Lines of bytes in hexadecimal, those that differ in colour.
fn excerpts_ui(ui: &Ui, bytes: &ByteComparison, area: Rect) {
    let palette = ui.palette();
    let painter = ui.painter_at(area);
    let font = theme::mono(theme::SMALL_TEXT);
    let cell = ui.fonts_mut(|fonts| fonts.glyph_width(&font, '0'));
    let columns = (area.width() - NAMES_WIDTH) / 2.0;
    let longest = bytes.excerpts.iter().map(Vec::len).max().unwrap_or(0);
    for line in 0..longest.div_ceil(BYTES_IN_LINE) {
        let y = area.min.y + (line as f32 + 0.5) * LINE_HEIGHT;
        let offset = bytes.excerpt_start + (line * BYTES_IN_LINE) as u64;
        let at = pos2(area.min.x, y);
        painter.text(at, Align2::LEFT_CENTER, format!("{offset:08x}"), font.clone(), palette.dimmed);
        for side in 0..2 {
            let left = area.min.x + NAMES_WIDTH + side as f32 * columns;
            // A narrow window shows fewer.
            let shown = (((columns - 16.0) / cell) as usize / 3).min(BYTES_IN_LINE);
            for column in 0..shown {
                let index = line * BYTES_IN_LINE + column;
                let Some(byte) = bytes.excerpts[side].get(index) else { continue };
                let is_same = bytes.excerpts[1 - side].get(index) == Some(byte);
                let color = if is_same { palette.text } else { [palette.danger, palette.added][side] };
                let at = pos2(left + column as f32 * 3.0 * cell, y);
                if !is_same {
                    let mark = Rect::from_min_size(at - vec2(2.0, 8.0), vec2(2.0 * cell + 4.0, 16.0));
                    painter.rect_filled(mark, 3.0, color.gamma_multiply(0.16));
                }
                painter.text(at, Align2::LEFT_CENTER, format!("{byte:02x}"), font.clone(), color);
            }
        }
    }
}
