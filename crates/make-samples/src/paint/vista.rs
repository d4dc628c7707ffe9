//! Skies and water: the sun or moon with its light, clouds in perspective, stars, and a surface that mirrors.

use super::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use super::colour::{Colour, Gradient, mix, rgb, scale, screen};
use super::noise::{Random, Texture, fractal, lerp, noise, smoothstep};
use super::path::{Path, Point};
use super::terrain::{Seen, Terrain};

/// A sky by its colours; everything else is added with the methods.
pub(crate) struct Sky {
    /// From the zenith (0) to the horizon (1).
    gradient: Gradient,
    pub horizon: f32,
    width: f32,
    /// Points of the tables that clouds are read from: no more than there are pixels.
    detail: (usize, usize),
    lamp: Option<Lamp>,
    clouds: Option<Clouds>,
}

/// A sun or a moon.
struct Lamp {
    place: Point,
    radius: f32,
    disc: Colour,
    glow: Colour,
    /// How far its light goes, in units.
    reach: f32,
}

struct Clouds {
    density: Texture,
    /// Where clouds face the light.
    lit: Texture,
    bright: Colour,
    dark: Colour,
}

impl Sky {
    /// For a picture of `size` pixels; `stops` are places from the zenith (0) to the horizon (1).
    pub(crate) fn new(size: Size, horizon: f32, stops: &[(f32, u32)]) -> Self {
        let detail = (640.min(size.0), 320.min(size.1));
        Self {
            gradient: Gradient::new(stops),
            horizon,
            width: width_of(size),
            detail,
            lamp: None,
            clouds: None,
        }
    }

    #[must_use]
    pub(crate) fn lamp(mut self, place: Point, radius: f32, disc: u32, glow: u32, reach: f32) -> Self {
        self.lamp = Some(Lamp { place, radius, disc: rgb(disc), glow: rgb(glow), reach });
        self
    }

    /// Clouds on a plane overhead. `cover` from 0 (clear) to 1 (closed), `size` of a cloud, 1 is usual;
    /// `stretch` above 1 draws them out into streaks.
    #[must_use]
    pub(crate) fn clouds(
        mut self,
        seed: u32,
        cover: f32,
        size: f32,
        stretch: f32,
        bright: u32,
        dark: u32,
    ) -> Self {
        let (width, horizon) = (self.width, self.horizon);
        let thickness = |u: f32, v: f32| {
            let rise = (1.0 - v) * horizon / HEIGHT;
            let depth = 1.0 / (rise + 0.12);
            let x = (u - 0.5) * width / HEIGHT * depth * 1.3 / (size * stretch);
            let value = fractal(seed, x + 40.0, depth * 1.9 / size, 6) * 0.9 + 0.5;
            smoothstep(1.0 - cover, 1.0 - cover + 0.45, value)
        };
        let place = self.lamp.as_ref().map_or((width / 2.0, 0.0), |lamp| lamp.place);
        let density = Texture::new(self.detail, thickness);
        let lit = Texture::new(self.detail, |u, v| {
            let (dx, dy) = (place.0 / width - u, place.1 / horizon - v);
            let length = dx.hypot(dy).max(0.02);
            let towards = density.at(u + dx / length * 0.012, v + dy / length * 0.024);
            smoothstep(-0.25, 0.3, density.at(u, v) - towards)
        });
        self.clouds = Some(Clouds { density, lit, bright: rgb(bright), dark: rgb(dark) });
        self
    }

    /// The colour at a place above the horizon.
    pub(crate) fn at(&self, x: f32, y: f32) -> Colour {
        let mut colour = self.gradient.at(y / self.horizon);
        let mut near = 0.0;
        if let Some(lamp) = &self.lamp {
            let (dx, dy) = (x - lamp.place.0, y - lamp.place.1);
            let distance = (dx * dx * 0.6 + dy * dy) / (lamp.reach * lamp.reach);
            near = 1.0 / (1.0 + 6.0 * distance);
            let tight = 1.0 / (1.0 + 90.0 * distance);
            colour = screen(colour, lamp.glow, 0.55 * near * near + 0.45 * tight);
        }
        if let Some(clouds) = &self.clouds {
            let (u, v) = (x / self.width, y / self.horizon);
            let density = clouds.density.at(u, v);
            if density > 0.003 {
                let lit = clouds.lit.at(u, v) * (0.35 + 0.65 * near.sqrt());
                let cloud = mix(clouds.dark, clouds.bright, lit);
                // Far away the air takes the clouds' colour.
                let far = smoothstep(1.0, 0.55, v);
                colour = mix(colour, cloud, density * lerp(0.25, 0.92, far));
            }
        }
        if let Some(lamp) = &self.lamp {
            let (dx, dy) = (x - lamp.place.0, y - lamp.place.1);
            let (edge, squared) = (lamp.radius * 0.06 + 0.6, dx * dx + dy * dy);
            if squared < (lamp.radius + edge) * (lamp.radius + edge) {
                let inside = smoothstep(lamp.radius + edge, lamp.radius - edge, squared.sqrt());
                colour = mix(colour, lamp.disc, inside);
            }
        }
        colour
    }

    /// Paints what `land` leaves free of the sky.
    pub(crate) fn paint_behind(&self, canvas: &mut Canvas, land: &Terrain) {
        canvas.shade_between(0.0, self.horizon + 1.0, |x, y, before| match land.at(x, y) {
            Seen::Land(_, part) if part >= 1.0 => before,
            _ => self.at(x, y),
        });
    }
}

/// Stars, most of them faint, on what has been painted. `bottom` is where the haze swallows them.
pub(crate) fn stars(canvas: &mut Canvas, seed: u32, count: usize, bottom: f32) {
    let mut random = Random::new(seed);
    for _ in 0..count {
        let place = (random.unit() * canvas.width, random.unit() * bottom);
        let size = random.unit().powi(10);
        let fade = smoothstep(bottom, bottom * 0.5, place.1);
        let tint = mix(rgb(0xFFE3C4), rgb(0xCFE0FF), random.unit());
        canvas.glow(place, 0.4 + 1.3 * size, tint, (0.2 + 0.4 * random.unit() + 0.4 * size) * fade);
    }
}

/// A full moon with its seas. `phase` from -1 (new, from the left) over 0 (full) to 1.
pub(crate) fn moon(canvas: &mut Canvas, (x0, y0): Point, radius: f32, bright: Colour, dark: Colour) {
    let craters: Vec<(f32, f32, f32)> = {
        let mut random = Random::new(77);
        (0..70)
            .map(|_| {
                let (angle, distance) = (random.unit() * 6.3, random.unit().sqrt() * 0.95);
                (angle.cos() * distance, angle.sin() * distance, 0.015 + 0.075 * random.unit().powi(3))
            })
            .collect()
    };
    canvas.fill_with(&Path::circle(x0, y0, radius), |x, y| {
        let (dx, dy) = ((x - x0) / radius, (y - y0) / radius);
        let height = (1.0 - dx * dx - dy * dy).max(0.0).sqrt();
        let (u, v) = (dx / (0.6 + 0.4 * height), dy / (0.6 + 0.4 * height));
        let sea = smoothstep(-0.05, 0.3, fractal(5, u * 1.5 + 3.1, v * 1.5 + 1.7, 4));
        let mut light = 1.0 - 0.34 * sea + 0.1 * fractal(9, u * 9.0, v * 9.0, 3);
        for &(cx, cy, size) in &craters {
            let distance = (dx - cx).hypot(dy - cy) / size;
            if distance < 1.5 {
                let side = ((dx - cx) * 0.7 + (dy - cy) * 0.7) / size;
                light += side * 0.14 * smoothstep(1.5, 0.9, distance);
            }
        }
        (mix(dark, bright, (light * (0.45 + 0.55 * height)).clamp(0.0, 1.0)), 1.0)
    });
}

/// A surface of water that begins at the sky's horizon and mirrors what is above.
pub(crate) struct Water {
    pub deep: Colour,
    /// 0 is a mirror, 1 an ordinary breeze.
    pub ripple: f32,
    pub seed: u32,
}

impl Water {
    /// The colour of the water at a place below the horizon; `above` tells what is seen at places above it.
    pub(crate) fn at(&self, x: f32, y: f32, horizon: f32, above: impl Fn(f32, f32) -> Colour) -> Colour {
        let below = (y - horizon).max(0.5);
        let depth = 900.0 / below;
        let (u, v) = (x * depth / 260.0, depth * 9.0);
        let long = noise(self.seed, u * 0.6, v) + 0.6 * noise(self.seed + 1, u * 2.3 + 4.0, v * 2.7);
        let fine = noise(self.seed + 2, u * 5.0, v * 7.0);
        let wave = (long + 0.35 * fine) * self.ripple;
        let lift = wave * below.powf(0.75) * 2.4;
        let mirrored = above(
            x + wave * below * 0.05,
            (horizon - below * 0.97 - lift.abs()).clamp(-200.0, horizon - 1.0),
        );
        // Looking down one sees into the water, looking far only what it mirrors.
        let clear = smoothstep(0.0, HEIGHT - horizon, below);
        let depth_share = lerp(0.06, 0.58, clear) + wave * 0.16;
        mix(scale(mirrored, 0.94), self.deep, depth_share.clamp(0.0, 0.9))
    }
}

/// Land and water over a painted sky, both mirrored in the water.
pub(crate) fn landscape(canvas: &mut Canvas, sky: &Sky, land: &Terrain, water: Option<&Water>) {
    let above = |x: f32, y: f32| match land.at(x, y) {
        Seen::Land(colour, part) if part >= 0.5 => colour,
        _ => sky.at(x, y),
    };
    canvas.shade_between(0.0, HEIGHT, |x, y, before| match land.at(x, y) {
        Seen::Sky => before,
        Seen::Water => water.map_or(before, |water| water.at(x, y, sky.horizon, above)),
        Seen::Land(colour, part) if part >= 1.0 => colour,
        Seen::Land(colour, part) => mix(before, colour, part),
    });
}

/// Paints what is above a horizon with `upper`, and lets it be mirrored in water below.
///
/// The mirror image is read from a small copy, which moving water never shows sharply anyway.
pub(crate) fn over_water(
    size: Size,
    finish: Finish,
    horizon: f32,
    water: &Water,
    upper: impl Fn(&mut Canvas),
    rest: impl Fn(&mut Canvas),
) -> Picture {
    let copy = render((size.0.div_ceil(2), size.1.div_ceil(2)), Finish::default(), &upper);
    let pixel = HEIGHT / copy.height as f32;
    let above = |x: f32, y: f32| {
        let column = ((x / pixel).max(0.0) as usize).min(copy.width - 1);
        let row = ((y / pixel).max(0.0) as usize).min(copy.height - 1);
        let start = (row * copy.width + column) * 3;
        [0, 1, 2].map(|part| f32::from(copy.bytes[start + part]) / 255.0)
    };
    render(size, finish, |canvas| {
        upper(canvas);
        canvas.shade_between(horizon, HEIGHT + 1.0, |x, y, _| water.at(x, y, horizon, above));
        rest(canvas);
    })
}

/// The mirror image of something that stands in the water at `waterline`, broken by the waves.
pub(crate) fn reflection(canvas: &mut Canvas, path: &Path, waterline: f32, colour: Colour, strength: f32) {
    let mirrored = path.clone().map(|(x, y)| (x, 2.0 * waterline - y));
    canvas.fill_with(&mirrored, |x, y| {
        let below = (y - waterline).max(0.0);
        let ripple = noise(91, x / 70.0, y / 5.0) + 0.5 * noise(92, x / 25.0, y / 2.2);
        (
            colour,
            strength * (1.0 - 0.75 * smoothstep(0.0, 260.0, below)) * smoothstep(-0.75, 0.35, ripple + 0.3),
        )
    });
}
