//! Hills and mountains seen from a place: a field of heights, lit by a sun, as spans of colour in every column
//! of the picture. What is above (the sky) and between (water) belongs to whoever paints.

use super::canvas::HEIGHT;
use super::colour::{Colour, mix, multiply};
use super::noise::smoothstep;

/// Where the painter stands. The ground is measured in kilometres: x to the right, z ahead.
#[derive(Clone, Copy)]
pub(crate) struct Camera {
    /// Height above the water.
    pub height: f32,
    /// Where the horizon lies, in units from the top of the picture.
    pub horizon: f32,
    /// Units on the picture for one kilometre at one kilometre's distance.
    pub focal: f32,
    pub near: f32,
    pub far: f32,
}

/// The light of an hour.
#[derive(Clone, Copy)]
pub(crate) struct Light {
    /// How steeply the sun stands (rise per run) and from which side (-1 left, 1 right).
    pub slope: f32,
    pub side: f32,
    /// Towards the painter (-1) or with him (1): how much slopes that face him are lit.
    pub facing: f32,
    pub sun: Colour,
    pub shade: Colour,
    pub haze: Colour,
    /// Kilometres after which two thirds of a colour have become haze.
    pub haze_distance: f32,
}

/// What the ground is asked for its colour.
#[derive(Clone, Copy)]
pub(crate) struct Ground {
    pub x: f32,
    pub z: f32,
    pub height: f32,
    /// Rise per run; 0 is level.
    pub steepness: f32,
}

/// What is seen at a place of the picture.
#[derive(Clone, Copy)]
pub(crate) enum Seen {
    Sky,
    Water,
    /// Land, and how much of the pixel it covers.
    Land(Colour, f32),
}

/// Marks in the fourth byte of a pixel; what is above them is land that covers as much of the pixel.
const SKY: u8 = 0;
const WATER: u8 = 1;

pub(crate) struct Terrain {
    columns: usize,
    rows: usize,
    pixel: f32,
    pixels: Vec<[u8; 4]>,
}

/// The most rows of ground that are looked at, one behind the other; a small picture needs fewer.
const MOST_STEPS: usize = 600;
/// About how many heights are asked for across the picture.
const MOST_ASKED: usize = 800;

impl Terrain {
    /// `size` in pixels; `height` is asked for the height above the water at (x, z), with as many octaves of
    /// detail as can be seen from the camera; `albedo` for the colour of the ground.
    pub(crate) fn new(
        (columns, rows): (usize, usize),
        camera: Camera,
        light: Light,
        height: impl Fn(f32, f32, u32) -> f32,
        albedo: impl Fn(Ground) -> Colour,
    ) -> Self {
        let pixel = HEIGHT / rows as f32;
        let mut terrain = Self { columns, rows, pixel, pixels: vec![[0, 0, 0, SKY]; columns * rows] };
        let steps = MOST_STEPS.min(rows);
        let growth = (camera.far / camera.near).powf(1.0 / steps as f32);
        let distances: Vec<f32> = (0..=steps).map(|step| camera.near * growth.powi(step as i32)).collect();
        let middle = columns as f32 * pixel / 2.0;
        let across = |column: f32, z: f32| ((column + 0.5) * pixel - middle) / camera.focal * z;
        // Heights are asked for at every so many columns; the land between is even.
        let every = (columns / MOST_ASKED).max(2);
        let field = |z: f32| {
            // One octave halves the size of what is seen; finer than three units is lost in the picture.
            let octaves = ((camera.focal / (3.0 * z)).log2() + 3.0).clamp(3.0, 9.0) as u32;
            let asked: Vec<f32> = (0..columns / every + 2)
                .map(|index| height(across((index * every) as f32, z), z, octaves))
                .collect();
            let between = |column: usize| {
                let t = (column % every) as f32 / every as f32;
                asked[column / every] * (1.0 - t) + asked[column / every + 1] * t
            };
            (0..columns).map(between).collect::<Vec<f32>>()
        };
        let mut skylines =
            vec![Skyline { y: f32::MAX, colour: [0.0; 3], is_water: false, hidden: false }; columns];
        let (mut before, mut here) = (field(distances[0]), field(distances[1]));
        for step in 1..steps {
            let z = distances[step];
            let after = field(distances[step + 1]);
            let shadows = shadows(&here, z * pixel / camera.focal, light);
            let depth = distances[step + 1] - distances[step - 1];
            let run = 2.0 * every as f32 * z * pixel / camera.focal;
            let haze = 1.0 - (-z / light.haze_distance).exp();
            let mut shared = None;
            for column in 0..columns {
                let is_water = here[column] <= 0.0;
                let level = here[column].max(0.0);
                let y = camera.horizon - camera.focal * (level - camera.height) / z;
                let skyline = &mut skylines[column];
                if y >= skyline.y {
                    skyline.hidden = true;
                    shared = None;
                    continue;
                }
                let colour = if is_water {
                    light.haze
                } else {
                    let (left, right) =
                        (here[column.saturating_sub(every)], here[(column + every).min(columns - 1)]);
                    let (dx, dz) = ((right - left) / run, (after[column] - before[column]) / depth);
                    let length = (1.0 + dx * dx + dz * dz).sqrt();
                    let towards = (-dx * light.side + light.slope - dz * light.facing) / length;
                    let lit = towards.clamp(0.0, 1.0) * (1.0 - shadows[column]);
                    let open = 0.55 + 0.45 / length;
                    let steepness = (dx * dx + dz * dz).sqrt();
                    // Neighbours share the colour of their ground; only the light on it differs.
                    let ground = match shared.take() {
                        Some(ground) if column % 2 == 1 => ground,
                        _ => albedo(Ground { x: across(column as f32, z), z, height: level, steepness }),
                    };
                    shared = Some(ground);
                    let bright = [0, 1, 2].map(|part| light.shade[part] * open + light.sun[part] * lit);
                    // Mist lies low: what is high stands out of it.
                    let veil = haze * (1.0 - 0.35 * smoothstep(0.1, 1.2, level));
                    mix(multiply(ground, bright), light.haze, veil)
                };
                terrain.span(column, skyline, y, colour, is_water);
            }
            (before, here) = (here, after);
        }
        terrain.smooth_skyline(&skylines);
        terrain
    }

    /// Fills a column from its skyline up to `y`.
    fn span(&mut self, column: usize, skyline: &mut Skyline, y: f32, colour: Colour, is_water: bool) {
        let row = |y: f32| (y / self.pixel - 0.5).ceil().clamp(0.0, self.rows as f32) as usize;
        let (top, bottom) = (row(y), row(skyline.y));
        let goes_on = !skyline.hidden && skyline.is_water == is_water && skyline.y < f32::MAX;
        let from = if goes_on { skyline.colour } else { colour };
        if skyline.hidden && bottom > 0 && bottom < self.rows && !is_water {
            // The crest in front covers a part of its topmost pixel only.
            let part = (bottom as f32 + 1.0 - skyline.y / self.pixel).clamp(0.0, 1.0);
            let crest = &mut self.pixels[bottom * self.columns + column];
            let front = [0, 1, 2].map(|part| f32::from(crest[part]) / 255.0);
            *crest = bytes(mix(colour, front, part), crest[3]);
        }
        let rise = (skyline.y.min(HEIGHT * 2.0) - y).max(1e-4);
        for row in top..bottom {
            let t = ((row as f32 + 0.5) * self.pixel - y) / rise;
            let mark = if is_water { WATER } else { 255 };
            self.pixels[row * self.columns + column] = bytes(mix(colour, from, t.clamp(0.0, 1.0)), mark);
        }
        *skyline = Skyline { y, colour, is_water, hidden: false };
    }

    /// Lets the topmost pixel of each column be covered by as much as it is.
    fn smooth_skyline(&mut self, skylines: &[Skyline]) {
        for (column, skyline) in skylines.iter().enumerate() {
            let row = (skyline.y / self.pixel).max(0.0) as usize;
            if skyline.y <= 0.0 || row >= self.rows {
                continue;
            }
            let pixel = &mut self.pixels[row * self.columns + column];
            if pixel[3] != WATER {
                let part = (row as f32 + 1.0 - skyline.y / self.pixel).clamp(0.0, 1.0);
                *pixel = bytes(skyline.colour, ((part * 255.0) as u8).max(WATER + 1));
            }
        }
    }

    /// `y` may be beyond the picture, as reflections need.
    pub(crate) fn at(&self, x: f32, y: f32) -> Seen {
        let column = ((x / self.pixel).max(0.0) as usize).min(self.columns - 1);
        let row = ((y / self.pixel).max(0.0) as usize).min(self.rows - 1);
        let [red, green, blue, mark] = self.pixels[row * self.columns + column];
        match mark {
            SKY => Seen::Sky,
            WATER => Seen::Water,
            _ => {
                let colour = [red, green, blue].map(|part| f32::from(part) / 255.0);
                Seen::Land(colour, f32::from(mark) / 255.0)
            }
        }
    }
}

/// How high a column is filled.
#[derive(Clone, Copy)]
struct Skyline {
    y: f32,
    colour: Colour,
    is_water: bool,
    /// Ground behind it was too low to be seen.
    hidden: bool,
}

fn bytes(colour: Colour, mark: u8) -> [u8; 4] {
    let [red, green, blue] = colour.map(|part| (part.clamp(0.0, 1.0) * 255.0 + 0.5) as u8);
    [red, green, blue, mark]
}

/// How much of the sun a row of the field misses, for a sun that stands aside: what is high throws its shadow
/// along the row, lower with every step.
fn shadows(heights: &[f32], run: f32, light: Light) -> Vec<f32> {
    let mut shadows = vec![0.0; heights.len()];
    let fall = run * light.slope / light.side.abs().max(0.05);
    let mut edge = f32::MIN;
    let mut cast = |index: usize| {
        edge = (edge - fall).max(heights[index]);
        shadows[index] = smoothstep(0.0, 0.16, edge - heights[index]);
    };
    if light.side < 0.0 {
        (0..heights.len()).for_each(&mut cast);
    } else {
        (0..heights.len()).rev().for_each(&mut cast);
    }
    shadows
}
