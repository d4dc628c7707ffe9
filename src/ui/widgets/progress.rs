//! How far something is: a bar, and a ring for the header.

use crate::ui::theme::{Palette, UiPalette};
use egui::{Color32, Painter, Pos2, Response, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};
use std::f32::consts::TAU;

/// A thin bar of `width` points. Without a fraction the amount is unknown and the bar is empty.
pub fn progress_bar_ui(ui: &mut Ui, name: &str, fraction: Option<f32>, width: f32) -> Response {
    progress_bar_in_color_ui(ui, name, fraction, width, ui.palette().accent)
}

/// The same in a colour that says that it does not go on.
pub fn progress_bar_in_color_ui(
    ui: &mut Ui,
    name: &str,
    fraction: Option<f32>,
    width: f32,
    color: Color32,
) -> Response {
    let palette = ui.palette();
    let (rect, response) = ui.allocate_exact_size(vec2(width, 4.0), Sense::hover());
    response.widget_info(|| WidgetInfo {
        value: fraction.map(f64::from),
        ..WidgetInfo::labeled(Role::ProgressIndicator, true, name)
    });
    ui.painter().rect_filled(rect, 2.0, track(palette));
    if let Some(fraction) = fraction {
        let mut done = rect;
        // A start that is too small to see would look like no start at all.
        done.set_width((rect.width() * fraction.clamp(0.0, 1.0)).max(if fraction > 0.0 { 4.0 } else { 0.0 }));
        ui.painter().rect_filled(done, 2.0, color);
    }
    response
}

/// A ring that fills clockwise from the top.
pub fn paint_ring(painter: &Painter, center: Pos2, radius: f32, fraction: f32, palette: &Palette) {
    paint_ring_in_color(painter, center, radius, fraction, palette.accent, palette);
}

pub fn paint_ring_in_color(
    painter: &Painter,
    center: Pos2,
    radius: f32,
    fraction: f32,
    color: Color32,
    palette: &Palette,
) {
    painter.circle_stroke(center, radius, Stroke::new(2.5, track(palette)));
    let fraction = fraction.clamp(0.0, 1.0);
    let steps = ((48.0 * fraction).ceil() as usize).max(1);
    let points = (0..=steps)
        .map(|step| {
            let angle = TAU * (fraction * step as f32 / steps as f32 - 0.25);
            pos2(center.x + radius * angle.cos(), center.y + radius * angle.sin())
        })
        .collect();
    painter.line(points, Stroke::new(2.5, color));
}

fn track(palette: &Palette) -> Color32 {
    palette.text.gamma_multiply(if palette.dark { 0.12 } else { 0.09 })
}
