//! The parts of a page, or of a picture that has more pixels than its preview: which ones are in sight, and where they
//! are drawn. The worker makes them; until they are there, the preview of a picture stands in for them.

use super::WindowContext;
use crate::ui::textures::{Sampling, paint_part};
use crate::ui::theme::UiPalette;
use coffer_model::preview::{PAGE_PART_SIDE, PageSize};
use coffer_model::{PagePart, Pixels};
use coffer_state::WindowEvent;
use coffer_state::page_parts::{PageParts, PartState};
use egui::{Rect, Ui, Vec2, vec2};
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The parts that `seen` has something of: a part of a page that is `page_width` wide, all in pixels.
pub(super) fn parts_within(page: u32, page_width: u32, size: PageSize, seen: Rect) -> Vec<PagePart> {
    let height = size.pixel_height(page_width);
    let seen = seen.intersect(Rect::from_min_size(egui::Pos2::ZERO, vec2(page_width as f32, height as f32)));
    if !seen.is_positive() {
        return Vec::new();
    }
    let between = |from: f32, to: f32, pixels: u32| -> RangeInclusive<u32> {
        let last = (pixels - 1) / PAGE_PART_SIDE;
        let part = |at: f32| ((at / PAGE_PART_SIDE as f32).floor().max(0.0) as u32).min(last);
        part(from)..=part(to)
    };
    let columns = between(seen.min.x, seen.max.x, page_width);
    let rows = between(seen.min.y, seen.max.y, height);
    let part = |row, column| PagePart { page, page_width, column, row };
    rows.flat_map(|row| columns.clone().map(move |column| part(row, column))).collect()
}

/// Draws a part in its place; `page` is where all of its page is.
pub(super) fn part_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    (part, pixels): (PagePart, &Arc<Pixels>),
    size: PageSize,
    page: Rect,
    sampling: Sampling,
) {
    let Some(place) = part.place(size) else { return };
    let scale = page.width() / part.page_width as f32;
    let corner = page.min + vec2(place.x as f32, place.y as f32) * scale;
    let rect = Rect::from_min_size(corner, vec2(place.width as f32, place.height as f32) * scale);
    if rect.intersects(ui.clip_rect()) {
        let texture = window.textures.picture(ui.ctx(), pixels, sampling);
        paint_part(ui.painter(), rect, page.min, texture, ui.palette());
    }
}

/// Draws what the preview of a picture does not have at this size over it, and asks for it. `place` is where the whole
/// picture is on the screen, `preview` the pixels that its preview has from side to side.
pub(super) fn picture_parts_ui(
    ui: &Ui,
    window: &mut WindowContext<'_>,
    parts: &PageParts,
    size: Vec2,
    place: Rect,
    preview: usize,
    sampling: Sampling,
) {
    let shown = place.width() * ui.ctx().pixels_per_point();
    let Some(width) = width_in_parts(size.x as u32, preview as u32, shown) else {
        return window.emit(WindowEvent::PartsInSight(Vec::new()));
    };
    let size = PageSize { width: size.x, height: size.y };
    let scale = width as f32 / place.width();
    let seen = Rect::from_min_max(
        ((ui.clip_rect().min - place.min) * scale).to_pos2(),
        ((ui.clip_rect().max - place.min) * scale).to_pos2(),
    );
    let wanted = parts_within(0, width, size, seen);
    let states: Vec<PartState> = wanted.iter().map(|part| parts.state_of(*part)).collect();
    if states.contains(&PartState::Missing) {
        for (part, pixels) in parts.in_other_size(0, width) {
            part_ui(ui, window, (part, &pixels), size, place, sampling);
        }
    }
    for (part, state) in wanted.iter().zip(states) {
        if let PartState::Ready(pixels) = state {
            part_ui(ui, window, (*part, &pixels), size, place, sampling);
        }
    }
    window.emit(WindowEvent::PartsInSight(wanted));
}

/// How many pixels the picture has from side to side in the parts that are shown of it: at least as many as the screen,
/// and half of them as often as that is enough. `None` where the preview has as many.
fn width_in_parts(width: u32, preview: u32, shown: f32) -> Option<u32> {
    if preview >= width || shown <= preview as f32 {
        return None;
    }
    let halved = |times: u32| width.div_ceil(1 << times);
    (0..8).map(halved).take_while(|width| *width > preview && *width as f32 >= shown).last().or(Some(width))
}

#[cfg(test)]
mod tests {
    use super::{parts_within, width_in_parts};
    use coffer_model::preview::PageSize;
    use egui::{Rect, pos2};

    #[test]
    fn a_picture_is_shown_in_parts_where_its_preview_has_too_few_pixels() {
        let check = |shown, expected| assert_eq!(width_in_parts(20_000, 4096, shown), expected, "{shown}");
        check(3000.0, None);
        check(4096.0, None);
        check(4200.0, Some(5000));
        check(5001.0, Some(10_000));
        check(20_000.0, Some(20_000));
        check(600_000.0, Some(20_000));
        assert_eq!(width_in_parts(4000, 4000, 9000.0), None);
        assert_eq!(width_in_parts(6000, 4096, 4100.0), Some(6000));
    }

    #[test]
    fn the_parts_in_sight_are_found() {
        let size = PageSize { width: 600.0, height: 900.0 };
        let check = |min: (f32, f32), max: (f32, f32), expected: &[(u32, u32)]| {
            let seen = Rect::from_min_max(pos2(min.0, min.1), pos2(max.0, max.1));
            let found: Vec<(u32, u32)> =
                parts_within(0, 3000, size, seen).iter().map(|part| (part.column, part.row)).collect();
            assert_eq!(found, expected);
        };
        check((-50.0, -50.0), (900.0, 900.0), &[(0, 0)]);
        check((2000.0, 0.0), (2100.0, 2100.0), &[(0, 0), (1, 0), (0, 1), (1, 1)]);
        check((2900.0, 4400.0), (9000.0, 9000.0), &[(1, 2)]);
        check((3100.0, 0.0), (3200.0, 10.0), &[]);
    }
}
