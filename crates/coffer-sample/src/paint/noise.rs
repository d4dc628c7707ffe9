//! Randomness that is the same everywhere and every time: hashes, gradient noise and its sums.
//! The generators of other crates may change their sequence with a version; these pictures must not.

/// A well mixed 32-bit hash of two numbers.
pub const fn hash(seed: u32, value: u32) -> u32 {
    let mut bits = seed.wrapping_mul(0x9E37_79B1) ^ value.wrapping_mul(0x85EB_CA77);
    bits = (bits ^ (bits >> 15)).wrapping_mul(0x2C1B_3C6D);
    bits = (bits ^ (bits >> 12)).wrapping_mul(0x297A_2D39);
    bits ^ (bits >> 15)
}

/// A sequence of random numbers.
pub struct Random {
    seed: u32,
    count: u32,
}

impl Random {
    pub fn new(seed: u32) -> Self {
        Self { seed, count: 0 }
    }

    pub fn bits(&mut self) -> u32 {
        self.count = self.count.wrapping_add(1);
        hash(self.seed, self.count)
    }

    /// In `0.0..1.0`.
    pub fn unit(&mut self) -> f32 {
        (self.bits() >> 8) as f32 / 16_777_216.0
    }

    pub fn between(&mut self, low: f32, high: f32) -> f32 {
        low + (high - low) * self.unit()
    }

    /// In `0..count`.
    pub fn below(&mut self, count: usize) -> usize {
        self.bits() as usize % count
    }

    pub fn chance(&mut self, probability: f32) -> bool {
        self.unit() < probability
    }
}

/// Eases 0 to 1 with level ends; outside of the edges it stays there.
pub fn smoothstep(edge0: f32, edge1: f32, x: f32) -> f32 {
    let t = ((x - edge0) / (edge1 - edge0)).clamp(0.0, 1.0);
    t * t * (3.0 - 2.0 * t)
}

pub fn lerp(a: f32, b: f32, t: f32) -> f32 {
    a + (b - a) * t
}

const GRADIENTS: [(f32, f32); 8] = [
    (1.0, 0.0),
    (0.707, 0.707),
    (0.0, 1.0),
    (-0.707, 0.707),
    (-1.0, 0.0),
    (-0.707, -0.707),
    (0.0, -1.0),
    (0.707, -0.707),
];

/// The numbers from 0 to 255 in an order without pattern.
const SHUFFLED: [u8; 256] = {
    let mut table = [0; 256];
    let mut filled = 0;
    while filled < 256 {
        // Each number goes to a random place among those before it; the one that was there goes to the end.
        let other = hash(1, filled as u32) as usize % (filled + 1);
        table[filled] = table[other];
        table[other] = filled as u8;
        filled += 1;
    }
    table
};

/// The whole number below, without the call that a plain `floor` costs on older processors.
fn floor(x: f32) -> i32 {
    let cut = x as i32;
    cut - i32::from(x < cut as f32)
}

/// Smooth noise over the plane with features one unit wide, about -0.7 to 0.7.
pub fn noise(seed: u32, x: f32, y: f32) -> f32 {
    let (column, row) = (floor(x), floor(y));
    let (dx, dy) = (x - column as f32, y - row as f32);
    let (column, row) = (column as u32, row as u32);
    let line = |right: u32| SHUFFLED[(column.wrapping_add(right).wrapping_add(seed * 57) & 255) as usize];
    let (left, right) = (u32::from(line(0)), u32::from(line(1)));
    let corner = |line: u32, right: f32, down: u32| {
        let index =
            SHUFFLED[((line ^ seed.wrapping_mul(31)).wrapping_add(row).wrapping_add(down) & 255) as usize];
        let (gx, gy) = GRADIENTS[usize::from(index >> 5)];
        gx * (dx - right) + gy * (dy - down as f32)
    };
    let ease = |t: f32| t * t * t * (t * (t * 6.0 - 15.0) + 10.0);
    let (u, v) = (ease(dx), ease(dy));
    lerp(
        lerp(corner(left, 0.0, 0), corner(right, 1.0, 0), u),
        lerp(corner(left, 0.0, 1), corner(right, 1.0, 1), u),
        v,
    )
}

/// A sum of ever finer and weaker noises: clouds, hills, fog. About -1 to 1.
pub fn fractal(seed: u32, mut x: f32, mut y: f32, octaves: u32) -> f32 {
    let (mut sum, mut weight) = (0.0, 0.85);
    for octave in 0..octaves {
        sum += weight * noise(seed.wrapping_add(octave), x, y);
        weight *= 0.5;
        // Turning each octave hides the grid that noise is made on.
        (x, y) = (1.6 * x + 1.2 * y + 7.3, 1.6 * y - 1.2 * x + 3.1);
    }
    sum
}

/// Like [`fractal`], folded so that sharp crests appear, as on worn mountains. 0 to about 1.
pub fn ridged(seed: u32, mut x: f32, mut y: f32, octaves: u32) -> f32 {
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
pub struct Texture {
    columns: usize,
    rows: usize,
    values: Vec<f32>,
}

impl Texture {
    /// `value` is asked at the grid's points, both coordinates in 0 to 1.
    pub fn new((columns, rows): (usize, usize), value: impl Fn(f32, f32) -> f32) -> Self {
        let mut values = Vec::with_capacity((columns + 1) * (rows + 1));
        for row in 0..=rows {
            for column in 0..=columns {
                values.push(value(column as f32 / columns as f32, row as f32 / rows as f32));
            }
        }
        Self { columns, rows, values }
    }

    /// `u` and `v` in 0 to 1; beyond that the edge goes on.
    pub fn at(&self, u: f32, v: f32) -> f32 {
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
