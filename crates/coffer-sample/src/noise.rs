//! Random numbers and gradient noise that are the same everywhere and every time.
//! The generators of other crates may change their sequence with a version; the sample files must not. The pictures
//! are drawn from the same numbers, by `make-samples`.

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
