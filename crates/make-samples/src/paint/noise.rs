//! What painting needs of noise besides the numbers that the measurements are made of as well.

pub(crate) use coffer_sample::noise::{Random, fractal, hash, lerp, noise};

/// Eases 0 to 1 with level ends; outside of the edges it stays there.
pub(crate) fn smoothstep(edge0: f32, edge1: f32, x: f32) -> f32 {
    let t = ((x - edge0) / (edge1 - edge0)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

/// Like [`fractal`], folded so that sharp crests appear, as on worn mountains. 0 to about 1.
pub(crate) fn ridged(seed: u32, mut x: f32, mut y: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight, mut carry) = (0.0, 0.5, 1.0);
    for octave in 0..octaves {
        let crest = 1.0 - 1.6 * noise(seed.wrapping_add(octave), x, y).abs();
        let crest = crest * crest;
        sum += weight * crest * carry;
        // Detail gathers on the crests; the valleys stay smooth.
        carry = crest.clamp(0.0, 1.0);
        weight *= 0.48;
        (x, y) = (1.6 * x + 1.2 * y + 5.7, 1.6 * y - 1.2 * x + 9.2);
    }
    sum
}

/// Noise computed once on a coarse grid and read smoothly in between: for clouds over millions of pixels.
pub(crate) struct Texture {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Texture {
    /// `value` is asked at the grid's points, both coordinates in 0 to 1.
    pub(crate) fn new((columns, rows): (usize, usize), value: impl Fn(f32, f32) -> f32) -> Self {
        let mut values = Vec::with_capacity((columns + 1) * (rows + 1));
        for row in 0..=rows {
            for column in 0..=columns {
                values.push(value(column as f32 / columns as f32, row as f32 / rows as f32));
            }
        }
        Self { columns, rows, values }
    }

    /// `u` and `v` in 0 to 1; beyond that the edge goes on.
    pub(crate) fn at(&self, u: f32, v: f32) -> f32 {
        let x = u.clamp(0.0, 1.0) * self.columns as f32;
        let y = v.clamp(0.0, 1.0) * self.rows as f32;
        let (column, row) = ((x as usize).min(self.columns - 1), (y as usize).min(self.rows - 1));
        let (dx, dy) = (x - column as f32, y - row as f32);
        let here = row * (self.columns + 1) + column;
        let below = here + self.columns + 1;
        lerp(
            lerp(self.values[here], self.values[here + 1], dx),
            lerp(self.values[below], self.values[below + 1], dx),
            dy,
        )
    }
}
