//! Rectangles that show sizes by their areas, as near to squares as they can be: the squarified treemap of Bruls, Huizing and
//! van Wijk (2000).

use egui::{Rect, pos2};

/// One rectangle for each size, in their order, which together fill the frame. The largest size comes first.
pub(super) fn squarified(sizes: &[u64], frame: Rect) -> Vec<Rect> {
    let total: f64 = sizes.iter().map(|size| *size as f64).sum();
    let mut rects = Vec::with_capacity(sizes.len());
    if total <= 0.0 || !frame.is_positive() {
        rects.resize(sizes.len(), Rect::from_min_size(frame.min, egui::Vec2::ZERO));
        return rects;
    }
    let mut free = Free::new(frame);
    let scale = free.area() / total;
    let areas: Vec<f64> = sizes.iter().map(|size| *size as f64 * scale).collect();
    let mut rest = areas.as_slice();
    while !rest.is_empty() {
        let count = row_length(rest, free.short_side());
        let (row, behind) = rest.split_at(count);
        free.place(row, behind.is_empty(), &mut rects);
        rest = behind;
    }
    rects
}

/// How many areas stand beside each other along a side, so that the worst of them is as near to a square as possible.
fn row_length(areas: &[f64], side: f64) -> usize {
    let largest = areas.first().copied().unwrap_or(0.0);
    let (mut sum, mut worst) = (0.0, f64::INFINITY);
    for (count, &area) in areas.iter().enumerate() {
        sum += area;
        let thickness = sum / side;
        let aspect = |area: f64| (area / (thickness * thickness)).max(thickness * thickness / area.max(1e-9));
        let with_it = aspect(largest).max(aspect(area));
        if with_it > worst {
            return count;
        }
        worst = with_it;
    }
    areas.len()
}

/// What of the frame is not filled yet.
struct Free {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Free {
    fn new(frame: Rect) -> Self {
        let [left, top, right, bottom] = [frame.min.x, frame.min.y, frame.max.x, frame.max.y].map(f64::from);
        Self { left, top, right, bottom }
    }

    fn area(&self) -> f64 {
        (self.right - self.left) * (self.bottom - self.top)
    }

    fn short_side(&self) -> f64 {
        (self.right - self.left).min(self.bottom - self.top).max(f64::MIN_POSITIVE)
    }

    /// Fills a strip along the shorter side; the last one is all that is left.
    fn place(&mut self, row: &[f64], is_last: bool, rects: &mut Vec<Rect>) {
        let sum: f64 = row.iter().sum();
        let (width, height) = (self.right - self.left, self.bottom - self.top);
        let stands = height <= width;
        let side = if stands { height } else { width };
        let thickness = if is_last { width.max(height) } else { sum / side.max(f64::MIN_POSITIVE) };
        let share = if sum > 0.0 { side / sum } else { 0.0 };
        let mut done = 0.0;
        for (index, area) in row.iter().enumerate() {
            let from = done * share;
            done += area;
            // The last one ends exactly at the edge.
            let to = if index + 1 == row.len() { side } else { done * share };
            let rect = if stands {
                [self.left, self.top + from, self.left + thickness, self.top + to]
            } else {
                [self.left + from, self.top, self.left + to, self.top + thickness]
            };
            let [left, top, right, bottom] = rect.map(|edge| edge as f32);
            rects.push(Rect::from_min_max(pos2(left, top), pos2(right, bottom)));
        }
        if stands {
            self.left += thickness;
        } else {
            self.top += thickness;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Free, squarified};
    use egui::{Rect, Vec2, pos2, vec2};

    fn random_sizes(rng: &mut fastrand::Rng) -> Vec<u64> {
        let mut sizes: Vec<u64> = (0..rng.usize(1..200))
            .map(|_| if rng.usize(0..5) == 0 { rng.u64(1..5_000_000) } else { rng.u64(1..5_000) })
            .collect();
        sizes.sort_unstable_by_key(|size| std::cmp::Reverse(*size));
        sizes
    }

    #[test]
    fn areas_are_as_sizes_inside_the_frame_and_never_overlap() {
        for seed in 0..300 {
            let mut rng = fastrand::Rng::with_seed(seed);
            let sizes = random_sizes(&mut rng);
            let size = vec2(rng.f32() * 900.0 + 1.0, rng.f32() * 900.0 + 1.0);
            let frame = Rect::from_min_size(pos2(rng.f32() * 500.0, 17.0), size);
            let rects = squarified(&sizes, frame);
            assert_eq!(rects.len(), sizes.len());
            let total: u64 = sizes.iter().sum();
            for (rect, size) in rects.iter().zip(&sizes) {
                assert!(frame.expand(0.01).contains_rect(*rect), "{seed}: {rect:?} in {frame:?}");
                let expected = *size as f64 / total as f64 * Free::new(frame).area();
                // Edges are rounded to the precision of the screen's numbers.
                let error = f64::from(rect.width() + rect.height()) * 2e-4 + 1e-3;
                assert!((Free::new(*rect).area() - expected).abs() <= error, "{seed}: {rect:?}, {expected}");
            }
            for (index, one) in rects.iter().enumerate() {
                for other in &rects[index + 1..] {
                    let common = one.intersect(*other);
                    assert!(common.width() < 1e-3 || common.height() < 1e-3, "{seed}: {one:?} {other:?}");
                }
            }
        }
    }

    #[test]
    fn equal_sizes_are_at_most_three_times_as_long_as_wide() {
        // Of three, two stand beside each other, and the third has the strip that is left.
        for count in 1..60 {
            let frame = Rect::from_min_size(pos2(0.0, 0.0), Vec2::splat(600.0));
            for rect in squarified(&vec![5; count], frame) {
                let aspect = rect.aspect_ratio().max(1.0 / rect.aspect_ratio());
                assert!(aspect <= 3.01, "{count}: {rect:?}");
            }
        }
    }

    #[test]
    fn without_room_or_sizes_nothing_has_an_area() {
        let frame = Rect::from_min_size(pos2(1.0, 2.0), vec2(10.0, 10.0));
        assert!(squarified(&[], frame).is_empty());
        assert!(squarified(&[0, 0], frame).iter().all(|rect| rect.area() == 0.0));
        assert!(squarified(&[4, 2], Rect::NOTHING).iter().all(|rect| rect.area() == 0.0));
        let rects = squarified(&[8, 0], frame);
        assert!((rects[0].area() - 100.0).abs() < 0.01 && rects[1].area() < 0.01, "{rects:?}");
    }
}
