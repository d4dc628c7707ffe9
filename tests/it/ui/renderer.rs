//! Draws frames of egui on the CPU, so that pictures of the window need no display and are the same everywhere.
//! Paint callbacks are not drawn; the window has none.

use eframe::egui::epaint::{Mesh, Primitive, TextureId, Vertex};
use eframe::egui::{
    Color32, ColorImage, Context, FullOutput, ImageData, Pos2, TextureFilter, TextureOptions, TexturesDelta,
};
use egui_kittest::TestRenderer;
use std::collections::HashMap;

#[derive(Default)]
pub struct CpuRenderer {
    textures: HashMap<TextureId, (ColorImage, TextureOptions)>,
}

impl TestRenderer for CpuRenderer {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, changes) in delta.set.drain() {
            for change in changes {
                let ImageData::Color(image) = &change.image;
                match change.pos {
                    None => {
                        self.textures.insert(id, (ColorImage::clone(image), change.options));
                    }
                    Some([left, top]) => {
                        let (texture, _) = self.textures.get_mut(&id).unwrap();
                        copy_into(texture, image, left, top);
                    }
                }
            }
        }
        for id in delta.free.drain() {
            self.textures.remove(&id);
        }
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<image::RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas::new(size.x.round() as usize, size.y.round() as usize, scale);
        for clipped in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = &clipped.primitive else { continue };
            let Some((texture, options)) = self.textures.get(&mesh.texture_id) else { continue };
            canvas.clip(clipped.clip_rect.min, clipped.clip_rect.max);
            canvas.mesh(mesh, texture, options.magnification == TextureFilter::Nearest);
        }
        canvas.into_image().ok_or_else(|| "the picture has no size".to_owned())
    }
}

fn copy_into(texture: &mut ColorImage, part: &ColorImage, left: usize, top: usize) {
    let width = texture.size[0];
    for (row, pixels) in part.pixels.chunks_exact(part.size[0]).enumerate() {
        let at = (top + row) * width + left;
        texture.pixels[at..at + pixels.len()].copy_from_slice(pixels);
    }
}

struct Canvas {
    width: usize,
    height: usize,
    scale: f32,
    /// In pixels: left, top, right, bottom.
    clip: [usize; 4],
    pixels: Vec<[f32; 4]>,
}

impl Canvas {
    fn new(width: usize, height: usize, scale: f32) -> Self {
        Self { width, height, scale, clip: [0; 4], pixels: vec![[0.0; 4]; width * height] }
    }

    fn clip(&mut self, min: Pos2, max: Pos2) {
        let pixel = |points: f32, most: usize| ((points * self.scale).round().max(0.0) as usize).min(most);
        self.clip = [
            pixel(min.x, self.width),
            pixel(min.y, self.height),
            pixel(max.x, self.width),
            pixel(max.y, self.height),
        ];
    }

    fn mesh(&mut self, mesh: &Mesh, texture: &ColorImage, nearest: bool) {
        for corners in mesh.indices.chunks_exact(3) {
            let corner = |index: usize| mesh.vertices[corners[index] as usize];
            self.triangle([corner(0), corner(1), corner(2)], texture, nearest);
        }
    }

    fn triangle(&mut self, corners: [Vertex; 3], texture: &ColorImage, nearest: bool) {
        if corners.iter().all(|corner| corner.color == Color32::TRANSPARENT) {
            return;
        }
        let at = corners.map(|corner| [corner.pos.x * self.scale, corner.pos.y * self.scale]);
        let area =
            (at[1][0] - at[0][0]) * (at[2][1] - at[0][1]) - (at[2][0] - at[0][0]) * (at[1][1] - at[0][1]);
        if area == 0.0 {
            return;
        }
        let shade = Shade::new(corners, texture, nearest);
        let [clip_left, clip_top, clip_right, clip_bottom] = self.clip;
        let lowest = at.iter().map(|point| point[1]).fold(f32::MAX, f32::min);
        let highest = at.iter().map(|point| point[1]).fold(f32::MIN, f32::max);
        let first = ((lowest - 0.5).ceil().max(0.0) as usize).max(clip_top);
        let last = ((highest - 0.5).ceil().max(0.0) as usize).min(clip_bottom);
        for row in first..last {
            let y = row as f32 + 0.5;
            let Some((left, right)) = span(&at, y) else { continue };
            let from = ((left - 0.5).ceil().max(0.0) as usize).max(clip_left);
            let to = ((right - 0.5).ceil().max(0.0) as usize).min(clip_right);
            for column in from..to {
                let x = column as f32 + 0.5;
                let second =
                    ((x - at[0][0]) * (at[2][1] - at[0][1]) - (y - at[0][1]) * (at[2][0] - at[0][0])) / area;
                let third =
                    ((at[1][0] - at[0][0]) * (y - at[0][1]) - (at[1][1] - at[0][1]) * (x - at[0][0])) / area;
                let color = shade.color([1.0 - second - third, second, third]);
                blend(&mut self.pixels[row * self.width + column], color);
            }
        }
    }

    fn into_image(self) -> Option<image::RgbaImage> {
        let bytes = self
            .pixels
            .iter()
            .flat_map(|pixel| pixel.map(|part| (part * 255.0).round().clamp(0.0, 255.0) as u8))
            .collect();
        image::RgbaImage::from_raw(self.width as u32, self.height as u32, bytes)
    }
}

/// Where a line of pixels crosses a triangle.
fn span(at: &[[f32; 2]; 3], y: f32) -> Option<(f32, f32)> {
    let (mut left, mut right) = (f32::MAX, f32::MIN);
    for index in 0..3 {
        let (from, to) = (at[index], at[(index + 1) % 3]);
        if (from[1] <= y) != (to[1] <= y) {
            let x = from[0] + (y - from[1]) / (to[1] - from[1]) * (to[0] - from[0]);
            left = left.min(x);
            right = right.max(x);
        }
    }
    (left < right).then_some((left, right))
}

/// Colours and texture of a triangle. What is the same all over is looked up once.
struct Shade<'a> {
    corners: [Vertex; 3],
    colors: [[f32; 4]; 3],
    texture: &'a ColorImage,
    nearest: bool,
    flat_color: bool,
    flat_texel: Option<[f32; 4]>,
}

impl<'a> Shade<'a> {
    fn new(corners: [Vertex; 3], texture: &'a ColorImage, nearest: bool) -> Self {
        let colors = corners.map(|corner| parts(corner.color));
        let flat_color = corners[0].color == corners[1].color && corners[1].color == corners[2].color;
        let flat = corners[0].uv == corners[1].uv && corners[1].uv == corners[2].uv;
        let mut shade = Self { corners, colors, texture, nearest, flat_color, flat_texel: None };
        if flat {
            shade.flat_texel = Some(shade.sample(corners[0].uv.x, corners[0].uv.y));
        }
        shade
    }

    /// `weights` of the three corners.
    fn color(&self, weights: [f32; 3]) -> [f32; 4] {
        let mix = |values: [f32; 3]| values[0] * weights[0] + values[1] * weights[1] + values[2] * weights[2];
        let color = if self.flat_color {
            self.colors[0]
        } else {
            std::array::from_fn(|part| mix(self.colors.map(|color| color[part])))
        };
        let texel = self.flat_texel.unwrap_or_else(|| {
            let u = mix(self.corners.map(|corner| corner.uv.x));
            let v = mix(self.corners.map(|corner| corner.uv.y));
            self.sample(u, v)
        });
        std::array::from_fn(|part| color[part] * texel[part])
    }

    fn sample(&self, u: f32, v: f32) -> [f32; 4] {
        let (x, y) = (u * self.texture.size[0] as f32, v * self.texture.size[1] as f32);
        if self.nearest {
            return self.texel(x.floor(), y.floor());
        }
        let (x, y) = (x - 0.5, y - 0.5);
        let (right, below) = (x - x.floor(), y - y.floor());
        let (x, y) = (x.floor(), y.floor());
        let upper = lerp(self.texel(x, y), self.texel(x + 1.0, y), right);
        let lower = lerp(self.texel(x, y + 1.0), self.texel(x + 1.0, y + 1.0), right);
        lerp(upper, lower, below)
    }

    fn texel(&self, x: f32, y: f32) -> [f32; 4] {
        let [width, height] = self.texture.size;
        let column = (x.max(0.0) as usize).min(width - 1);
        let row = (y.max(0.0) as usize).min(height - 1);
        parts(self.texture.pixels[row * width + column])
    }
}

fn parts(color: Color32) -> [f32; 4] {
    color.to_array().map(|part| f32::from(part) / 255.0)
}

fn lerp(from: [f32; 4], to: [f32; 4], amount: f32) -> [f32; 4] {
    std::array::from_fn(|part| from[part] + (to[part] - from[part]) * amount)
}

/// Premultiplied colours over each other.
fn blend(under: &mut [f32; 4], over: [f32; 4]) {
    let keep = 1.0 - over[3];
    for part in 0..4 {
        under[part] = over[part] + under[part] * keep;
    }
}
