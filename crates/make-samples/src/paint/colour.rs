//! Colours as three numbers from 0 to 1, and rows of colours to blend along.

use super::noise::lerp;

pub(crate) type Colour = [f32; 3];

/// From the usual six digits.
pub(crate) const fn rgb(hex: u32) -> Colour {
    [(hex >> 16 & 255) as f32 / 255.0, (hex >> 8 & 255) as f32 / 255.0, (hex & 255) as f32 / 255.0]
}

pub(crate) fn mix(a: Colour, b: Colour, t: f32) -> Colour {
    [lerp(a[0], b[0], t), lerp(a[1], b[1], t), lerp(a[2], b[2], t)]
}

pub(crate) fn scale(a: Colour, factor: f32) -> Colour {
    [a[0] * factor, a[1] * factor, a[2] * factor]
}

pub(crate) fn multiply(a: Colour, b: Colour) -> Colour {
    [a[0] * b[0], a[1] * b[1], a[2] * b[2]]
}

/// Light added to light: never beyond white, and without a hard edge where it gets there.
pub(crate) fn screen(a: Colour, b: Colour, amount: f32) -> Colour {
    let one = |a: f32, b: f32| 1.0 - (1.0 - a) * (1.0 - (b * amount).clamp(0.0, 1.0));
    [one(a[0], b[0]), one(a[1], b[1]), one(a[2], b[2])]
}

/// Colours at places from 0 to 1, read from a table fine enough to show no steps.
pub(crate) struct Gradient {
    table: Vec<Colour>,
}

impl Gradient {
    /// `stops` are `(place, colour)` in rising order.
    pub(crate) fn new(stops: &[(f32, u32)]) -> Self {
        const STEPS: usize = 1024;
        let table = (0..=STEPS)
            .map(|step| {
                let place = step as f32 / STEPS as f32;
                let next = stops.iter().position(|stop| stop.0 >= place).unwrap_or(stops.len() - 1);
                let (before, after) = (stops[next.saturating_sub(1)], stops[next]);
                let width = (after.0 - before.0).max(1e-6);
                let t = ((place - before.0) / width).clamp(0.0, 1.0);
                mix(rgb(before.1), rgb(after.1), t)
            })
            .collect();
        Self { table }
    }

    pub(crate) fn at(&self, place: f32) -> Colour {
        let x = place.clamp(0.0, 1.0) * (self.table.len() - 1) as f32;
        let index = (x as usize).min(self.table.len() - 2);
        mix(self.table[index], self.table[index + 1], x - index as f32)
    }
}
