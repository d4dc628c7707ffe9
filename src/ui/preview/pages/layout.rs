//! Where the pages of a document are when they stand under each other. Pure: nothing is drawn here.

use coffer_model::preview::PageSize;
use egui::{Pos2, Rect, Vec2, pos2, vec2};
use std::ops::Range;
use std::sync::Arc;

/// Between two pages, and around all of them, in points.
pub(super) const GAP: f32 = 12.0;

/// What does not change with the zoom.
pub(crate) struct PageStack {
    pages: Arc<[PageSize]>,
    /// Where each page begins at 100 % without gaps, and where the last one ends.
    tops: Vec<f32>,
    /// The largest sides.
    largest: Vec2,
}

impl PageStack {
    pub(crate) fn new(pages: &Arc<[PageSize]>) -> Self {
        let mut tops = Vec::with_capacity(pages.len() + 1);
        let mut end = 0.0;
        tops.push(end);
        for page in pages.iter() {
            end += page.height;
            tops.push(end);
        }
        let larger = |largest: Vec2, page: &PageSize| largest.max(vec2(page.width, page.height));
        let largest = pages.iter().fold(Vec2::splat(1.0), larger);
        Self { pages: Arc::clone(pages), tops, largest }
    }

    pub(super) fn count(&self) -> usize {
        self.pages.len()
    }

    /// The zoom at which each page is as wide as the place, or fits into it as a whole.
    pub(super) fn fit_zoom(&self, place: Vec2, by_width: bool) -> f32 {
        let room = (place - Vec2::splat(2.0 * GAP)).max(Vec2::splat(1.0));
        let zoom = room / self.largest;
        if by_width { zoom.x } else { zoom.min_elem() }
    }
}

/// The pages at one zoom, in a place of this width.
pub(super) struct PageLayout<'a> {
    pub stack: &'a PageStack,
    /// Points for each point at 100 %.
    pub zoom: f32,
    pub place_width: f32,
}

impl PageLayout<'_> {
    pub(super) fn count(&self) -> usize {
        self.stack.count()
    }

    pub(super) fn size(&self) -> Vec2 {
        let width = self.stack.largest.x * self.zoom + 2.0 * GAP;
        vec2(width.max(self.place_width), self.top(self.count()))
    }

    fn top(&self, page: usize) -> f32 {
        self.stack.tops[page] * self.zoom + GAP * (page + 1) as f32
    }

    /// Where a page is, from the top left corner of all of them.
    pub(super) fn page_rect(&self, page: usize) -> Rect {
        let PageSize { width, height } = self.stack.pages[page];
        let size = vec2(width, height) * self.zoom;
        Rect::from_min_size(pos2((self.size().x - size.x) / 2.0, self.top(page)), size)
    }

    /// The page at a height; the gap below a page belongs to it.
    pub(super) fn page_at(&self, y: f32) -> usize {
        let (mut low, mut high) = (0, self.count().saturating_sub(1));
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.top(middle) <= y { low = middle } else { high = middle - 1 }
        }
        low
    }

    pub(super) fn pages_between(&self, from: f32, to: f32) -> Range<usize> {
        self.page_at(from)..(self.page_at(to) + 1).min(self.count())
    }

    /// The page that most of a view is about: the one at its upper third.
    pub(super) fn page_in_view(&self, top: f32, view_height: f32) -> usize {
        let is_at_end = top + view_height >= self.size().y - 1.0 && top > 0.0;
        if is_at_end { self.count().saturating_sub(1) } else { self.page_at(top + view_height / 3.0) }
    }

    /// The place in another layout of what is at `point` here.
    pub(super) fn moved_to(&self, other: &Self, point: Pos2) -> Pos2 {
        let page = self.page_at(point.y);
        let (here, there) = (self.page_rect(page), other.page_rect(page));
        let down = (point.y - here.min.y).min(here.height()) / here.height();
        let aside = (point.x - self.size().x / 2.0) * other.zoom / self.zoom;
        pos2(other.size().x / 2.0 + aside, there.min.y + down * there.height())
    }

    /// How far `PageDown` or `PageUp` goes: to the next page where a whole page is in view, a view otherwise.
    pub(super) fn step(&self, top: f32, view_height: f32, forward: bool) -> f32 {
        let page = self.page_in_view(top, view_height);
        if self.page_rect(page).height() + 2.0 * GAP <= view_height + 1.0 {
            let next = if forward { (page + 1).min(self.count() - 1) } else { page.saturating_sub(1) };
            let rect = self.page_rect(next);
            return rect.center().y - view_height / 2.0;
        }
        let by = view_height * 0.9;
        if forward { top + by } else { top - by }
    }
}

#[cfg(test)]
mod tests {
    use super::{GAP, PageLayout, PageStack};
    use coffer_model::preview::PageSize;
    use egui::{pos2, vec2};

    /// Three pages of 600 by 800, and one that lies on its side.
    fn stack() -> PageStack {
        let upright = PageSize { width: 600.0, height: 800.0 };
        PageStack::new(&[upright, upright, upright, PageSize { width: 800.0, height: 600.0 }].into())
    }

    fn layout(stack: &PageStack, zoom: f32) -> PageLayout<'_> {
        PageLayout { stack, zoom, place_width: 1000.0 }
    }

    #[test]
    fn pages_stand_under_each_other_in_the_middle() {
        let stack = stack();
        let layout = layout(&stack, 0.5);
        assert_eq!(layout.size(), vec2(1000.0, 1500.0 + 5.0 * GAP));
        assert_eq!(layout.page_rect(1).min, pos2(350.0, 400.0 + 2.0 * GAP));
        assert_eq!(layout.page_rect(3).size(), vec2(400.0, 300.0));
    }

    #[test]
    fn the_page_at_a_height_is_found() {
        let stack = stack();
        let layout = layout(&stack, 0.5);
        let check = |y, expected| assert_eq!(layout.page_at(y), expected, "{y}");
        check(-50.0, 0);
        check(0.0, 0);
        check(GAP + 399.0, 0);
        check(2.0 * GAP + 400.0, 1);
        check(1e9, 3);
        assert_eq!(layout.pages_between(300.0, 900.0), 0..3);
        assert_eq!(layout.page_in_view(0.0, 600.0), 0);
        assert_eq!(layout.page_in_view(layout.size().y - 600.0, 600.0), 3, "the last one counts at the end");
    }

    #[test]
    fn pages_fit_by_their_width_or_as_a_whole() {
        let stack = stack();
        let place = vec2(400.0 + 2.0 * GAP, 400.0 + 2.0 * GAP);
        assert!((stack.fit_zoom(place, true) - 0.5).abs() < 1e-6);
        assert!((stack.fit_zoom(place, false) - 0.5).abs() < 1e-6);
        let low = vec2(400.0 + 2.0 * GAP, 200.0 + 2.0 * GAP);
        assert!((stack.fit_zoom(low, false) - 0.25).abs() < 1e-6);
    }

    #[test]
    fn what_is_under_the_pointer_stays_there_when_the_zoom_changes() {
        let stack = stack();
        let (small, large) = (layout(&stack, 0.5), layout(&stack, 2.0));
        let corner = small.page_rect(2).max;
        let moved = small.moved_to(&large, corner);
        assert!((moved - large.page_rect(2).max).length() < 0.1, "{moved}");
        let back = large.moved_to(&small, moved);
        assert!((back - corner).length() < 0.1, "{back}");
    }

    #[test]
    fn a_step_goes_to_the_next_page_where_all_of_it_is_in_view() {
        let stack = stack();
        let fitted = layout(&stack, 0.5);
        let view = 400.0 + 2.0 * GAP;
        let second = fitted.step(0.0, view, true);
        assert!((second - (400.0 + GAP)).abs() < 0.1, "{second}");
        assert!(fitted.step(second, view, false).abs() < 0.1);
        // A part of a page in view: most of a view further.
        let wide = layout(&stack, 2.0);
        assert!((wide.step(100.0, 500.0, true) - 550.0).abs() < 0.1);
    }
}
