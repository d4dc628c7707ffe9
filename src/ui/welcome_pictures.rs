//! Small drawings of the first start: the program’s mark, a browser beside a cloud, a computer with pictures.

use super::theme::Palette;
use super::widgets::paint_folder;
use egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, Vec2, pos2, vec2};

/// The colours of the mark in `icons/coffer.svg`.
const MARK: [Color32; 6] = [
    Color32::from_rgb(0xB4, 0xE4, 0xDA),
    Color32::from_rgb(0x58, 0xC7, 0xB3),
    Color32::from_rgb(0x1C, 0x7A, 0x6D),
    Color32::from_rgb(0x16, 0x63, 0x58),
    Color32::from_rgb(0x8F, 0xDC, 0xCD),
    Color32::from_rgb(0xF4, 0xFA, 0xF7),
];

/// The mark of the program, as in `icons/coffer.svg`, whose square has 512 points.
pub(super) fn paint_logo(painter: &Painter, rect: Rect) {
    let scale = rect.width() / 512.0;
    let at = |x: f32, y: f32| rect.min + vec2(x, y) * scale;
    let square = |x: f32, y: f32, edge: Vec2, corner: f32, color| {
        let corner = CornerRadius::same((corner * scale).round() as u8);
        painter.rect_filled(Rect::from_min_size(at(x, y), edge * scale), corner, color);
    };
    square(112.0, 16.0, Vec2::splat(384.0), 84.0, MARK[0]);
    square(64.0, 64.0, Vec2::splat(384.0), 84.0, MARK[1]);
    square(16.0, 112.0, Vec2::splat(384.0), 84.0, MARK[2]);
    square(56.0, 152.0, Vec2::splat(304.0), 52.0, MARK[3]);
    square(40.0, 208.0, vec2(32.0, 64.0), 16.0, MARK[4]);
    square(40.0, 336.0, vec2(32.0, 64.0), 16.0, MARK[4]);
    let line = |from: Pos2, to: Pos2, width: f32| {
        painter.line_segment([from, to], (width * scale, MARK[5]));
        for end in [from, to] {
            painter.circle_filled(end, width * scale / 2.0, MARK[5]);
        }
    };
    for (from, to) in [
        ((289.0, 223.0), (263.0, 249.0)),
        ((151.0, 361.0), (125.0, 387.0)),
        ((125.0, 223.0), (151.0, 249.0)),
        ((263.0, 361.0), (289.0, 387.0)),
    ] {
        line(at(from.0, from.1), at(to.0, to.1), 30.0);
    }
    painter.circle_stroke(at(207.0, 305.0), 76.0 * scale, (30.0 * scale, MARK[5]));
    line(at(207.0, 305.0), at(207.0, 264.0), 26.0);
    line(at(207.0, 305.0), at(237.0, 323.0), 26.0);
}

/// A page in the browser, and the cloud behind it.
pub(super) fn paint_connection(painter: &Painter, rect: Rect) {
    let palette = Palette::in_use(painter.ctx());
    let middle = rect.center();
    let page = Rect::from_center_size(middle - vec2(66.0, 0.0), vec2(84.0, 58.0));
    painter.rect_filled(page, 6.0, palette.surface_1);
    let bar = page.with_max_y(page.min.y + 14.0);
    let corners = CornerRadius { nw: 6, ne: 6, sw: 0, se: 0 };
    painter.rect_filled(bar, corners, palette.accent.gamma_multiply(0.25));
    for (index, color) in [palette.accent, palette.accent.gamma_multiply(0.5)].into_iter().enumerate() {
        painter.circle_filled(bar.min + vec2(9.0 + 8.0 * index as f32, 7.0), 2.5, color);
    }
    let text = |y: f32, width: f32, color| {
        let line = Rect::from_min_size(page.min + vec2(10.0, y), vec2(width, 5.0));
        painter.rect_filled(line, 2.5, color);
    };
    text(22.0, 40.0, palette.text.gamma_multiply(0.2));
    text(31.0, 54.0, palette.text.gamma_multiply(0.12));
    let button = Rect::from_min_size(page.min + vec2(10.0, 42.0), vec2(26.0, 9.0));
    painter.rect_filled(button, 3.0, palette.accent);
    for step in 0..5_u8 {
        painter.circle_filled(middle + vec2(-15.0 + 8.0 * f32::from(step), 0.0), 1.5, palette.accent);
    }
    let cloud = middle + vec2(72.0, 6.0);
    for (offset, radius) in [(vec2(-24.0, 6.0), 15.0), (vec2(0.0, -8.0), 24.0), (vec2(25.0, 5.0), 16.0)] {
        painter.circle_filled(cloud + offset, radius, palette.surface_1);
    }
    let foot = Rect::from_center_size(cloud + vec2(0.5, 12.0), vec2(52.0, 18.0));
    painter.rect_filled(foot, 8.0, palette.surface_1);
    paint_folder(painter, Rect::from_center_size(cloud + vec2(0.0, 2.0), Vec2::splat(34.0)), palette.folder);
}

/// A computer with two pictures on its screen.
pub(super) fn paint_laptop(painter: &Painter, rect: Rect) {
    let palette = Palette::in_use(painter.ctx());
    let screen = Rect::from_center_size(rect.center() - vec2(0.0, 6.0), vec2(106.0, 68.0));
    painter.rect_filled(screen, 6.0, palette.surface_1);
    painter.rect_stroke(screen, 6.0, Stroke::new(1.0, palette.line), StrokeKind::Inside);
    for (side, sky, land) in [
        (0.0, Color32::from_rgb(0xE3, 0xB4, 0x8A), Color32::from_rgb(0x5B, 0x6B, 0x62)),
        (48.0, Color32::from_rgb(0x23, 0x3A, 0x5A), Color32::from_rgb(0x2E, 0x8C, 0x7A)),
    ] {
        let picture = Rect::from_min_size(screen.min + vec2(9.0 + side, 9.0), vec2(40.0, 28.0));
        painter.rect_filled(picture, 2.0, sky);
        let hill = vec![
            picture.left_bottom(),
            picture.left_bottom() - vec2(0.0, 8.0),
            pos2(picture.min.x + 12.0, picture.max.y - 17.0),
            pos2(picture.min.x + 24.0, picture.max.y - 7.0),
            pos2(picture.min.x + 33.0, picture.max.y - 12.0),
            picture.right_bottom() - vec2(0.0, 6.0),
            picture.right_bottom(),
        ];
        painter.add(Shape::Path(egui::epaint::PathShape {
            points: hill,
            closed: true,
            fill: land,
            stroke: egui::epaint::PathStroke::NONE,
        }));
        for (y, width) in [(42.0, 32.0), (50.0, 22.0)] {
            let line = Rect::from_min_size(screen.min + vec2(9.0 + side, y), vec2(width, 4.0));
            painter.rect_filled(line, 2.0, palette.text.gamma_multiply(0.16));
        }
    }
    let foot = Rect::from_center_size(pos2(screen.center().x, screen.max.y + 3.0), vec2(136.0, 6.0));
    painter.rect_filled(foot, 3.0, theme_edge(palette));
}

fn theme_edge(palette: &Palette) -> Color32 {
    super::theme::blend(palette.surface_1, palette.text.gamma_multiply(0.25))
}
