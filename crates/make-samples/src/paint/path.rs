//! Outlines made of straight pieces, and how much of each pixel they cover.

use std::f32::consts::TAU;

pub(crate) type Point = (f32, f32);

/// A set of closed outlines. Those that are added join; those that are cut make holes.
#[derive(Clone, Default)]
pub(crate) struct Path {
    outlines: Vec<Vec<Point>>,
}

/// Twice the area, positive for one direction of turning.
fn doubled_area(points: &[Point]) -> f32 {
    let next = points.iter().cycle().skip(1);
    points.iter().zip(next).map(|(a, b)| a.0 * b.1 - b.0 * a.1).sum()
}

impl Path {
    pub(crate) fn polygon(points: &[Point]) -> Self {
        Self::default().add(points.to_vec())
    }

    pub(crate) fn circle(x: f32, y: f32, radius: f32) -> Self {
        Self::ellipse(x, y, radius, radius)
    }

    pub(crate) fn ellipse(x: f32, y: f32, radius_x: f32, radius_y: f32) -> Self {
        let pieces = ((radius_x.max(radius_y) * 2.0) as usize).clamp(16, 256);
        let at = |index: usize| {
            let (sine, cosine) = (index as f32 / pieces as f32 * TAU).sin_cos();
            (x + radius_x * cosine, y + radius_y * sine)
        };
        Self::default().add((0..pieces).map(at).collect())
    }

    pub(crate) fn rect(left: f32, top: f32, width: f32, height: f32) -> Self {
        let (right, bottom) = (left + width, top + height);
        Self::polygon(&[(left, top), (right, top), (right, bottom), (left, bottom)])
    }

    /// A line of round ends and joints.
    pub(crate) fn stroke(points: &[Point], width: f32) -> Self {
        Self::tapered(points, |_| width)
    }

    /// A line whose width is asked at each part of its way, from 0 to 1.
    pub(crate) fn tapered(points: &[Point], width: impl Fn(f32) -> f32) -> Self {
        let mut path = Self::default();
        let last = points.len().saturating_sub(1).max(1) as f32;
        for (index, pair) in points.windows(2).enumerate() {
            let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
            let (dx, dy) = (x1 - x0, y1 - y0);
            let length = dx.hypot(dy).max(1e-6);
            let side = |part: f32| {
                let half = width(part / last) / 2.0;
                (-dy / length * half, dx / length * half)
            };
            let (start, end) = (side(index as f32), side((index + 1) as f32));
            path = path.add(vec![
                (x0 + start.0, y0 + start.1),
                (x1 + end.0, y1 + end.1),
                (x1 - end.0, y1 - end.1),
                (x0 - start.0, y0 - start.1),
            ]);
        }
        for (index, &(x, y)) in points.iter().enumerate() {
            path = path.and(Self::circle(x, y, width(index as f32 / last) / 2.0));
        }
        path
    }

    /// Adds an outline; which way round it is given does not matter.
    pub(crate) fn add(mut self, mut points: Vec<Point>) -> Self {
        if doubled_area(&points) < 0.0 {
            points.reverse();
        }
        self.outlines.push(points);
        self
    }

    pub(crate) fn and(mut self, other: Self) -> Self {
        self.outlines.extend(other.outlines);
        self
    }

    /// Takes the area of `other`, which lies inside, away.
    pub(crate) fn cut(mut self, other: Self) -> Self {
        self.outlines.extend(other.outlines.into_iter().map(|mut points| {
            points.reverse();
            points
        }));
        self
    }

    /// Moves every point, for instance to turn or to mirror.
    pub(crate) fn map(mut self, place: impl Fn(Point) -> Point) -> Self {
        for outline in &mut self.outlines {
            let before = doubled_area(outline);
            for point in outline.iter_mut() {
                *point = place(*point);
            }
            // A mirror turns outlines round, which must not make holes of them.
            if doubled_area(outline) * before < 0.0 {
                outline.reverse();
            }
        }
        self
    }

    pub(crate) fn shift(self, dx: f32, dy: f32) -> Self {
        self.map(|(x, y)| (x + dx, y + dy))
    }

    pub(crate) fn turn(self, degrees: f32, (x0, y0): Point) -> Self {
        let (sine, cosine) = degrees.to_radians().sin_cos();
        self.map(|(x, y)| {
            let (dx, dy) = (x - x0, y - y0);
            (x0 + dx * cosine - dy * sine, y0 + dx * sine + dy * cosine)
        })
    }

    /// Left, top, right, bottom.
    pub(crate) fn bounds(&self) -> (f32, f32, f32, f32) {
        let start = (f32::MAX, f32::MAX, f32::MIN, f32::MIN);
        self.outlines.iter().flatten().fold(start, |bounds, &(x, y)| {
            (bounds.0.min(x), bounds.1.min(y), bounds.2.max(x), bounds.3.max(y))
        })
    }

    /// How much of each pixel of a window is covered, 0 to 1, row by row into `coverage`.
    ///
    /// `scale` is pixels per unit; the window starts at pixel (`left`, `top`).
    pub(crate) fn rasterize(
        &self,
        coverage: &mut Vec<f32>,
        scale: f32,
        left: usize,
        top: usize,
        width: usize,
        rows: usize,
    ) {
        // One more column takes what an edge leaves to the pixel right of it.
        let stride = width + 1;
        coverage.clear();
        coverage.resize(stride * rows, 0.0);
        let place = |point: Point| (point.0 * scale - left as f32, point.1 * scale - top as f32);
        for outline in &self.outlines {
            let next = outline.iter().cycle().skip(1);
            for (&from, &to) in outline.iter().zip(next) {
                edge(coverage, width, rows, place(from), place(to));
            }
        }
        for row in coverage.chunks_exact_mut(stride) {
            let mut sum = 0.0;
            for value in row {
                sum += *value;
                *value = sum.abs().min(1.0);
            }
        }
    }

    /// The distance between rows in what [`Path::rasterize`] fills.
    pub(crate) fn stride(width: usize) -> usize {
        width + 1
    }
}

/// Adds the change of coverage along one edge: summed up from the left, each row becomes the covered area.
fn edge(coverage: &mut [f32], width: usize, rows: usize, from: Point, to: Point) {
    let (direction, start, end) = if from.1 <= to.1 { (1.0, from, to) } else { (-1.0, to, from) };
    let (first, last) = (start.1.max(0.0), end.1.min(rows as f32));
    if first >= last {
        return;
    }
    let slope = (end.0 - start.0) / (end.1 - start.1);
    let at = |y: f32| (start.0 + (y - start.1) * slope).clamp(0.0, width as f32);
    let mut y = first;
    while y < last {
        let row = y as usize;
        let next = ((row + 1) as f32).min(last);
        let (xa, xb) = (at(y), at(next));
        let (x0, x1) = if xa < xb { (xa, xb) } else { (xb, xa) };
        let height = (next - y) * direction;
        let line = &mut coverage[row * (width + 1)..];
        let mut column = (x0 as usize).min(width - 1);
        loop {
            let (from, to) = (x0.max(column as f32), x1.min((column + 1) as f32));
            let part = if x1 - x0 > 1e-6 { (to - from).max(0.0) / (x1 - x0) } else { 1.0 };
            let inside = (f32::midpoint(from, to) - column as f32).clamp(0.0, 1.0);
            line[column] += height * part * (1.0 - inside);
            line[column + 1] += height * part * inside;
            column += 1;
            if column >= width || column as f32 >= x1 {
                break;
            }
        }
        y = next;
    }
}

/// A smooth curve from one point to another, drawn towards two more, as points.
pub(crate) fn curve(from: Point, towards: Point, coming: Point, to: Point) -> Vec<Point> {
    const PIECES: usize = 32;
    (0..=PIECES)
        .map(|index| {
            let t = index as f32 / PIECES as f32;
            let rest = 1.0 - t;
            let shares = [rest * rest * rest, 3.0 * rest * rest * t, 3.0 * rest * t * t, t * t * t];
            let points = [from, towards, coming, to];
            points
                .iter()
                .zip(shares)
                .fold((0.0, 0.0), |sum, (point, share)| (sum.0 + point.0 * share, sum.1 + point.1 * share))
        })
        .collect()
}
