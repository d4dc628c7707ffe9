//! The speed of the last two minutes as two filled lines, with the highest of them in words. A line has a point for
//! each second, whatever happened in it.

use crate::ui::WindowContext;
use crate::ui::format;
use crate::ui::theme::{self, Palette, UiPalette};
use crate::ui::widgets::paint_text;
use coffer_texts::tr;
use egui::epaint::{Mesh, PathShape, PathStroke, Vertex, WHITE_UV};
use egui::{Align2, Color32, Painter, Pos2, Rect, Role, Sense, Shape, Ui, WidgetInfo, pos2, vec2};

pub(super) const HEIGHT: f32 = 74.0;

/// The words stand above the highest point.
const WORDS: f32 = 20.0;

/// At both ends, as beside all words of the panel.
const SIDE: f32 = 18.0;

/// So many samples make a line.
pub(super) const LEAST_LINE: usize = 4;

/// A line that never rises above this is not made to fill the graph.
const LEAST_PEAK: u64 = 10_000;

pub(super) fn graph_ui(ui: &mut Ui, window: &WindowContext<'_>, rect: Rect) {
    let palette = ui.palette();
    let history = &window.state.transfers.history;
    let summary = window.state.transfers.summary();
    let response = ui.interact(rect, ui.scope_id().with("speed"), Sense::hover());
    // The speed of this moment is not among the samples yet.
    let peak = history.peak().max(summary.up_per_second).max(summary.down_per_second);
    let peak_in_words = tr!("graph-peak", speed = format::speed(peak));
    response.widget_info(|| {
        let (up, down) = (format::speed(summary.up_per_second), format::speed(summary.down_per_second));
        let label = tr!("graph-speed", up = up, down = down, peak_in_words = peak_in_words);
        WidgetInfo::labeled(Role::Image, true, label)
    });

    let line = rect.min.y + 10.0;
    let (has_up, has_down) = history
        .samples()
        .fold((false, false), |(up, down), speeds| (up || speeds.up > 0, down || speeds.down > 0));
    let mut left = rect.min.x + SIDE;
    let known = [
        (has_up, "↑", summary.up_per_second, palette.accent),
        (has_down, "↓", summary.down_per_second, palette.incoming),
    ];
    // What went is still drawn when all has ended or waits; how fast it goes now is no news then.
    let moves = summary.running > 0 && summary.up_per_second + summary.down_per_second > 0;
    for (_, arrow, bytes, color) in known.into_iter().filter(|(has, ..)| *has && moves) {
        let words = format!("{arrow} {}", format::speed(bytes));
        let font = theme::tabular(theme::SMALL_TEXT);
        let at = pos2(left, line);
        left = paint_text(ui.painter(), Align2::LEFT_CENTER, at, 120.0, &words, font, color).max.x + 14.0;
    }
    if peak > 0 {
        let at = pos2(rect.max.x - SIDE, line);
        let font = theme::tabular(theme::SMALL_TEXT);
        paint_text(ui.painter(), Align2::RIGHT_CENTER, at, 160.0, &peak_in_words, font, palette.dimmed);
    }

    let plot = rect.with_min_y(rect.min.y + WORDS).shrink2(vec2(SIDE, 0.0));
    ui.painter().hline(plot.x_range(), plot.max.y - 0.5, (1.0, palette.line));
    // A line of less would be a spike.
    if history.samples().len() < LEAST_LINE {
        return;
    }
    let scale = GraphScale { plot, peak: peak.max(LEAST_PEAK), count: history.samples().len() };
    // What comes lies behind what goes: it is the higher one more often.
    if has_down {
        let points = scale.points(history.samples().map(|speeds| speeds.down));
        paint_line(ui.painter(), plot, points, palette.incoming, palette);
    }
    if has_up {
        let points = scale.points(history.samples().map(|speeds| speeds.up));
        paint_line(ui.painter(), plot, points, palette.accent, palette);
    }
}

/// Where samples stand: the oldest at the left edge, the newest at the right.
struct GraphScale {
    plot: Rect,
    peak: u64,
    count: usize,
}

impl GraphScale {
    fn points(&self, speeds: impl Iterator<Item = u64>) -> Vec<Pos2> {
        // The time axis grows with what there is to show: the line always goes from edge to edge.
        let step = self.plot.width() / (self.count.max(2) - 1) as f32;
        let height = self.plot.height() - 3.0;
        let place = |(index, speed): (usize, u64)| {
            let share = (speed as f64 / self.peak as f64).min(1.0) as f32;
            let back = (self.count - 1 - index) as f32;
            pos2(self.plot.max.x - back * step, self.plot.max.y - 1.0 - height * share)
        };
        speeds.enumerate().map(place).collect()
    }
}

/// One mesh of two corners for each point, and the line on top of it.
fn paint_line(painter: &Painter, plot: Rect, points: Vec<Pos2>, color: Color32, palette: &Palette) {
    let strong = color.gamma_multiply(if palette.dark { 0.30 } else { 0.22 });
    let weak = color.gamma_multiply(0.04);
    let mut mesh = Mesh::default();
    for point in &points {
        let share = (plot.max.y - point.y) / plot.height();
        let top = strong.gamma_multiply(0.4 + 0.6 * share.clamp(0.0, 1.0));
        mesh.vertices.push(Vertex { pos: *point, uv: WHITE_UV, color: top });
        mesh.vertices.push(Vertex { pos: pos2(point.x, plot.max.y), uv: WHITE_UV, color: weak });
    }
    for index in 1..points.len() as u32 {
        let (left, right) = (2 * (index - 1), 2 * index);
        mesh.add_triangle(left, left + 1, right);
        mesh.add_triangle(right, left + 1, right + 1);
    }
    painter.add(Shape::mesh(mesh));
    painter.add(PathShape::line(points, PathStroke::new(1.5, color)));
}
