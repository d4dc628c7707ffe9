//! The scroll area of the content: places that are gone back to, rows that have to be seen, and positions that stay
//! exact in lists too long for 32-bit numbers.

use super::WindowContext;
use super::entries::ContentLines;
use coffer_model::{Listing, RemotePath, Sort};
use coffer_state::{Location, WindowEvent};
use egui::{Rect, ScrollArea, Ui, Vec2};
use std::ops::Range;
use std::sync::{Arc, Weak};

/// What is seen of the content.
#[derive(Clone, Copy, Debug)]
pub struct Viewport {
    /// Where on the screen.
    pub rect: Rect,
    /// How far the content has been scrolled, in points.
    pub offset: f64,
}

impl Viewport {
    /// The screen's y of a place of the content. Counted from the visible edge, not from the begin of the content,
    /// which may be millions of points above the screen.
    pub fn y(&self, content_y: f64) -> f32 {
        (f64::from(self.rect.min.y) + (content_y - self.offset)) as f32
    }

    /// The screen's y of the begin of the content.
    pub fn top(&self) -> f64 {
        f64::from(self.rect.min.y) - self.offset
    }

    /// The lines of one height that can be seen.
    pub fn lines(&self, height: f64, count: usize) -> Range<usize> {
        let first = (self.offset / height).floor().max(0.0) as usize;
        let last = ((self.offset + f64::from(self.rect.height())) / height).ceil().max(0.0) as usize;
        first.min(count)..last.min(count)
    }
}

/// The first row that is seen, and where. Rows that come or go above it do not move it.
pub struct FirstRow {
    location: Location,
    listing: Weak<Listing>,
    sort: Sort,
    path: RemotePath,
    /// From the top of what is seen down to its line, in points.
    below_top: f64,
}

impl FirstRow {
    /// The one among the visible `lines`, of which `line_top` says where they begin.
    pub fn of_lines(
        window: &WindowContext<'_>,
        lines: &ContentLines,
        mut visible: Range<usize>,
        offset: f64,
        line_top: impl Fn(usize) -> f64,
    ) -> Option<Self> {
        let (line, entry) = visible.find_map(|line| Some((line, lines.entry(line)?)))?;
        Some(Self {
            location: window.state.navigation.current().clone(),
            listing: Arc::downgrade(&lines.listing),
            sort: lines.listing.sort,
            path: entry.path.clone(),
            below_top: line_top(line) - offset,
        })
    }

    /// Where to scroll to, once other rows are listed, so that it stays where it is. From the very top nothing is
    /// scrolled: what comes first is to be seen there.
    pub fn hold(window: &mut WindowContext<'_>, lines: &ContentLines, line_top: impl Fn(usize) -> f64) {
        let Some(first) = &window.ui_state.rows.first else { return };
        let is_new = first.listing.as_ptr() != Arc::as_ptr(&lines.listing);
        let is_same_order =
            first.location == *window.state.navigation.current() && first.sort == lines.listing.sort;
        if !is_new || !is_same_order || window.state.browser.scroll_top <= 0.0 {
            return;
        }
        if let Some(row) = lines.listing.row_of(&first.path) {
            let top = line_top(lines.line_of(row)) - first.below_top;
            window.ui_state.rows.wanted_top = Some(top.max(0.0) as f32);
        }
    }
}

/// Shows content of a known height. `reveal` is the part that must be seen; `growing` says that more is on its way.
/// `draw` answers by how much to scroll on its own account (a drag at the edge).
pub fn scroll_ui(
    ui: &mut Ui,
    window: &mut WindowContext<'_>,
    height: f64,
    reveal: Option<&Range<f64>>,
    growing: bool,
    draw: impl FnOnce(&mut Ui, &mut WindowContext<'_>, Viewport) -> f32,
) {
    let rect = ui.available_rect_before_wrap();
    let visible = f64::from(rect.height());
    let limit = (height - visible).max(0.0) as f32;
    let browser = &window.state.browser;
    let (known_top, restore) = (browser.scroll_top, browser.restore_scroll);

    let mut wanted = restore.or(window.ui_state.rows.wanted_top.take());
    if let Some(part) = reveal {
        wanted = Some(top_to_see(part, f64::from(wanted.unwrap_or(known_top)), visible) as f32);
    }
    let mut area = ScrollArea::vertical().id_salt("rows").auto_shrink(false).animated(false);
    if let Some(top) = wanted {
        area = area.vertical_scroll_offset(top.clamp(0.0, limit));
    }
    let output = area.show_viewport(ui, |ui, seen| {
        ui.set_min_size(Vec2::new(rect.width(), height as f32));
        let offset = f64::from(seen.min.y).clamp(0.0, (height - visible).max(0.0));
        draw(ui, window, Viewport { rect, offset })
    });

    let top = output.state.clamped_offset().y;
    let by_person = ui.input(|input| input.smooth_scroll_delta.y != 0.0 || input.pointer.any_down());
    // The position to go back to is kept until enough rows have come, unless the person scrolls meanwhile.
    let waits = growing && !by_person && restore.is_some_and(|restore| restore > limit + 0.5);
    let asked = reveal.is_some() || restore.is_some();
    if !waits && (asked || (top - known_top).abs() > 0.25) {
        window.emit(WindowEvent::Scrolled { top });
    }
    if output.inner != 0.0 {
        window.ui_state.rows.wanted_top = Some((top + output.inner).clamp(0.0, limit));
    }
}

/// The position nearest to `top` from which all of `part` is seen.
fn top_to_see(part: &Range<f64>, top: f64, visible: f64) -> f64 {
    if part.start < top || part.end - part.start > visible { part.start } else { top.max(part.end - visible) }
}

#[cfg(test)]
mod tests {
    use super::{Viewport, top_to_see};
    use egui::{Rect, pos2};

    fn viewport(offset: f64) -> Viewport {
        Viewport { rect: Rect::from_min_max(pos2(0.0, 100.0), pos2(500.0, 460.0)), offset }
    }

    #[test]
    fn rows_far_down_stand_exactly_under_each_other() {
        let row = 36.0;
        // Beyond 2^24 a 32-bit number cannot tell neighbouring points apart.
        let offset = 20_000_000.0 * row;
        let viewport = viewport(offset);
        let lines = viewport.lines(row, 30_000_000);
        assert_eq!(lines, 20_000_000..20_000_010);
        let tops: Vec<f32> = lines.map(|line| viewport.y(line as f64 * row)).collect();
        let expected: Vec<f32> = (0..10_u8).map(|line| 100.0 + 36.0 * f32::from(line)).collect();
        assert_eq!(tops, expected);
    }

    #[test]
    fn half_seen_lines_are_drawn_and_none_beyond_the_end() {
        assert_eq!(viewport(10.0).lines(36.0, 1000), 0..11);
        assert_eq!(viewport(0.0).lines(36.0, 3), 0..3);
        assert_eq!(viewport(0.0).lines(36.0, 0), 0..0);
    }

    #[test]
    fn revealing_scrolls_no_further_than_needed() {
        let check = |part, top, expected: f64| assert_eq!(vec![top_to_see(&part, top, 360.0)], [expected]);
        check(72.0..108.0, 0.0, 0.0);
        check(360.0..396.0, 0.0, 36.0);
        check(0.0..36.0, 100.0, 0.0);
    }
}
