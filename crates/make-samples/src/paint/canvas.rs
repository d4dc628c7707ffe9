//! The canvas on which a picture is painted, one band of rows after the other.
//!
//! Bands keep the memory small and the work in the processor's cache. A painter is called once a band, paints
//! all it has, and what falls outside is dropped. Units: every picture is 1000 high, whatever its pixels.

use super::colour::{Colour, mix, screen};
use super::noise::hash;
use super::path::{Path, Point};

/// The height of every picture in units.
pub(crate) const HEIGHT: f32 = 1000.0;
const BAND_ROWS: usize = 48;

/// Columns and rows of pixels.
pub(crate) type Size = (usize, usize);

/// The width in units of a picture of so many columns and rows.
pub(crate) fn width_of((columns, rows): Size) -> f32 {
    columns as f32 * HEIGHT / rows as f32
}

/// A finished picture, three or four bytes a pixel.
pub(crate) struct Picture {
    pub width: usize,
    pub height: usize,
    pub has_alpha: bool,
    pub bytes: Vec<u8>,
}

/// What happens to all pixels in the end.
#[derive(Clone, Copy, Default)]
pub(crate) struct Finish {
    /// Strength of the film grain. 1 is that of a sensitive film; 0.15 hides the steps between the tones of a sky and
    /// costs little in a file; 0 keeps flat areas flat, which a lossless file needs to be small.
    pub grain: f32,
    /// How much darker the corners are, 0 to 1.
    pub vignette: f32,
    /// Keeps what was not painted transparent.
    pub has_alpha: bool,
}

pub(crate) struct Canvas {
    /// Width in units.
    pub width: f32,
    /// Units per pixel.
    pub pixel: f32,
    columns: usize,
    top: usize,
    rows: usize,
    /// Colours already multiplied by their opacity.
    pixels: Vec<[f32; 4]>,
    coverage: Vec<f32>,
}

/// Paints a picture of `columns` × `rows` pixels.
pub(crate) fn render((columns, rows): Size, finish: Finish, paint: impl Fn(&mut Canvas)) -> Picture {
    let channels = if finish.has_alpha { 4 } else { 3 };
    let mut bytes = Vec::with_capacity(columns * rows * channels);
    let pixel = HEIGHT / rows as f32;
    let mut canvas = Canvas {
        width: columns as f32 * pixel,
        pixel,
        columns,
        top: 0,
        rows: 0,
        pixels: Vec::new(),
        coverage: Vec::new(),
    };
    while canvas.top < rows {
        canvas.rows = BAND_ROWS.min(rows - canvas.top);
        canvas.pixels.clear();
        canvas.pixels.resize(columns * canvas.rows, [0.0; 4]);
        paint(&mut canvas);
        canvas.finish(finish, rows, &mut bytes);
        canvas.top += canvas.rows;
    }
    Picture { width: columns, height: rows, has_alpha: finish.has_alpha, bytes }
}

impl Canvas {
    /// Gives each pixel the colour of its centre.
    pub(crate) fn shade(&mut self, colour: impl Fn(f32, f32) -> Colour) {
        self.shade_between(0.0, HEIGHT, |x, y, _| colour(x, y));
    }

    /// Changes the pixels of the rows from `top` to `bottom`; a row that is only half in is blended.
    pub(crate) fn shade_between(
        &mut self,
        top: f32,
        bottom: f32,
        colour: impl Fn(f32, f32, Colour) -> Colour,
    ) {
        for row in 0..self.rows {
            let y = ((self.top + row) as f32 + 0.5) * self.pixel;
            let part = ((y - top) / self.pixel + 0.5).min((bottom - y) / self.pixel + 0.5).min(1.0);
            if part <= 0.0 {
                continue;
            }
            for (column, pixel) in self.pixels[row * self.columns..][..self.columns].iter_mut().enumerate() {
                let x = (column as f32 + 0.5) * self.pixel;
                let before = [pixel[0], pixel[1], pixel[2]];
                let after = mix(before, colour(x, y, before), part);
                *pixel = [after[0], after[1], after[2], 1.0];
            }
        }
    }

    /// Blends `paint` (colour and opacity) over what is there.
    pub(crate) fn blend_between(&mut self, top: f32, bottom: f32, paint: impl Fn(f32, f32) -> (Colour, f32)) {
        for row in 0..self.rows {
            let y = ((self.top + row) as f32 + 0.5) * self.pixel;
            if y < top || y > bottom {
                continue;
            }
            for (column, pixel) in self.pixels[row * self.columns..][..self.columns].iter_mut().enumerate() {
                let (colour, opacity) = paint((column as f32 + 0.5) * self.pixel, y);
                over(pixel, colour, opacity);
            }
        }
    }

    pub(crate) fn fill(&mut self, path: &Path, colour: Colour) {
        self.fill_with(path, |_, _| (colour, 1.0));
    }

    /// Fills with a colour and an opacity that depend on the place.
    pub(crate) fn fill_with(&mut self, path: &Path, paint: impl Fn(f32, f32) -> (Colour, f32)) {
        let Some((left, top, right, bottom)) = self.window(path.bounds()) else { return };
        let mut coverage = std::mem::take(&mut self.coverage);
        path.rasterize(&mut coverage, 1.0 / self.pixel, left, self.top + top, right - left, bottom - top);
        let stride = Path::stride(right - left);
        for row in top..bottom {
            let y = ((self.top + row) as f32 + 0.5) * self.pixel;
            for column in left..right {
                let part = coverage[(row - top) * stride + column - left];
                if part > 0.002 {
                    let (colour, opacity) = paint((column as f32 + 0.5) * self.pixel, y);
                    over(&mut self.pixels[row * self.columns + column], colour, opacity * part);
                }
            }
        }
        self.coverage = coverage;
    }

    /// Adds light that fades out with the distance; `radius` is where half of it is left.
    pub(crate) fn glow(&mut self, (x0, y0): Point, radius: f32, colour: Colour, strength: f32) {
        let reach = radius * 3.2;
        let Some((left, top, right, bottom)) = self.window((x0 - reach, y0 - reach, x0 + reach, y0 + reach))
        else {
            return;
        };
        for row in top..bottom {
            let dy = ((self.top + row) as f32 + 0.5) * self.pixel - y0;
            for column in left..right {
                let dx = (column as f32 + 0.5) * self.pixel - x0;
                let near = 1.0 - (dx * dx + dy * dy) / (reach * reach);
                if near > 0.0 {
                    let pixel = &mut self.pixels[row * self.columns + column];
                    let light = near.powi(6) * strength;
                    let lit = screen([pixel[0], pixel[1], pixel[2]], colour, light);
                    *pixel = [lit[0], lit[1], lit[2], pixel[3].max(light.min(1.0))];
                }
            }
        }
    }

    /// The pixels of this band that touch an area given in units: left, top, right, bottom.
    fn window(
        &self,
        (left, top, right, bottom): (f32, f32, f32, f32),
    ) -> Option<(usize, usize, usize, usize)> {
        let columns = |units: f32| (units / self.pixel).clamp(0.0, self.columns as f32);
        let rows = |units: f32| (units / self.pixel - self.top as f32).clamp(0.0, self.rows as f32);
        let (left, right) = (columns(left).floor() as usize, columns(right).ceil() as usize);
        let (top, bottom) = (rows(top).floor() as usize, rows(bottom).ceil() as usize);
        (left < right && top < bottom).then_some((left, top, right, bottom))
    }

    fn finish(&self, finish: Finish, all_rows: usize, bytes: &mut Vec<u8>) {
        let (half_width, half_height) = (self.columns as f32 / 2.0, all_rows as f32 / 2.0);
        for (row, pixels) in self.pixels.chunks_exact(self.columns).enumerate() {
            let dy = ((self.top + row) as f32 - half_height) / half_height;
            let mut bits = hash(1, (self.top + row) as u32);
            for (column, pixel) in pixels.iter().enumerate() {
                let dx = (column as f32 - half_width) / half_width;
                let corner = (dx * dx + dy * dy) * 0.5;
                let dark = 1.0 - finish.vignette * corner * corner;
                // Two random halves added: most grains are small, as on film.
                bits = bits.wrapping_mul(0x0019_660D).wrapping_add(0x3C6E_F35F);
                let random = (bits >> 8 & 0xFFF) as f32 + (bits >> 20) as f32 - 4_095.0;
                let luma = 0.3 * pixel[0] + 0.6 * pixel[1] + 0.1 * pixel[2];
                let grain = random * finish.grain * (0.034 - 0.020 * luma.min(1.0)) / 4_095.0;
                let light = if finish.has_alpha { dark / pixel[3].max(1e-4) } else { dark };
                let byte = |value: f32| (value * 255.0 + 0.5) as u8;
                bytes.extend([0, 1, 2].map(|channel| byte(pixel[channel] * light + grain)));
                if finish.has_alpha {
                    bytes.push(byte(pixel[3]));
                }
            }
        }
    }
}

fn over(pixel: &mut [f32; 4], colour: Colour, opacity: f32) {
    let keep = 1.0 - opacity;
    *pixel = [
        colour[0] * opacity + pixel[0] * keep,
        colour[1] * opacity + pixel[1] * keep,
        colour[2] * opacity + pixel[2] * keep,
        opacity + pixel[3] * keep,
    ];
}
