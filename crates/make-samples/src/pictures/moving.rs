//! Small moving pictures, and a fox of few pixels.

use crate::paint::canvas::{Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{mix, rgb};
use crate::paint::noise::{fractal, smoothstep};
use crate::paint::vista::{Sky, Water, moon, over_water, stars};

use super::sea::{beam, lighthouse};
use super::shapes::silhouette;

/// Moving pictures need an alpha channel to become a GIF.
const FRAME: Finish = Finish { grain: 0.0, vignette: 0.0, has_alpha: true };

/// Its light goes round once in `count` frames.
pub(crate) fn turning_light(size: Size, count: usize) -> impl Iterator<Item = Picture> {
    (0..count).map(move |number| {
        let width = width_of(size);
        let angle = number as f32 / count as f32 * std::f32::consts::TAU;
        let horizon = 720.0;
        let foot = (width * 0.34, 690.0);
        let lamp = (foot.0, foot.1 - 297.0);
        let sky = Sky::new(size, horizon, &[(0.0, 0x10183A), (0.6, 0x27356A), (1.0, 0x5A5584)]);
        let water = Water { deep: rgb(0x0A1228), ripple: 0.8, seed: 500 };
        let upper = |canvas: &mut crate::paint::canvas::Canvas| {
            canvas.shade(|x, y| sky.at(x, y.min(horizon)));
            stars(canvas, 501, 130, 620.0);
            let coast = |x: f32| horizon + 2.0 - 60.0 * (0.2 + fractal(502, x / 300.0, 0.5, 4)).max(0.0);
            canvas.fill(&silhouette(width, coast), rgb(0x1C2450));
        };
        over_water(size, FRAME, horizon, &water, upper, |canvas| {
            let rock = silhouette(width, |x| {
                let from = (x - foot.0) / 250.0;
                let flank = if from < 0.0 { 60.0 } else { 26.0 };
                700.0
                    + flank * from * from
                    + 16.0 * fractal(503, x / 60.0, 0.5, 3).abs() * from.abs().min(1.0)
            });
            canvas.fill(&rock, rgb(0x0B0E22));
            // The beam points along the angle: seen from the side it is long, seen from the front it blinds.
            let (toward, aside) = angle.sin_cos();
            beam(canvas, lamp, 1500.0 * aside.abs().max(0.12), if aside < 0.0 { 180.0 } else { 0.0 });
            beam(canvas, lamp, 900.0 * aside.abs().max(0.12), if aside < 0.0 { 0.0 } else { 180.0 });
            lighthouse(canvas, foot);
            canvas.glow(
                lamp,
                60.0 + 150.0 * toward.max(0.0).powi(6),
                rgb(0xFFF0C8),
                0.5 + 0.5 * toward.max(0.0).powi(4),
            );
        })
    })
}

/// The moon once round, from half over full and new to half: the first frame is what a small preview shows.
pub(crate) fn moon_phases(size: Size, count: usize) -> impl Iterator<Item = Picture> {
    (0..count).map(move |number| {
        let centre = (width_of(size) / 2.0, 500.0);
        let phase = (number as f32 / count as f32 + 0.32) * std::f32::consts::TAU;
        render(size, FRAME, |canvas| {
            canvas.shade(|_, _| rgb(0x0A1020));
            moon(canvas, centre, 400.0, rgb(0xFFF6E0), rgb(0x8A8078));
            canvas.blend_between(0.0, HEIGHT, |x, y| {
                let (dx, dy) = ((x - centre.0) / 402.0, (y - centre.1) / 402.0);
                let depth = 1.0 - dx * dx - dy * dy;
                if depth < 0.0 {
                    return (rgb(0), 0.0);
                }
                let light = dx * phase.sin() - depth.sqrt() * phase.cos();
                (rgb(0x0B1122), 0.965 * smoothstep(0.08, -0.06, light))
            });
        })
    })
}

/// The left half of a fox's face: outline, fur, white, and the inside of the ears.
const FOX: [&str; 16] = [
    ".k......", ".kk.....", ".kok....", ".kpok...", ".kpookkk", ".koooooo", "kooooooo", "kooooooo",
    "koooeooo", "koowewoo", "kwwwwwwo", ".kwwwwww", "..kwwwwn", "...kkwww", ".....kkw", ".......k",
];

/// A fox of 16 × 16 dots, each dot `size / 16` pixels; `blink` closes its eyes.
pub(crate) fn fox(size: usize, blink: bool) -> Picture {
    let dot = size / 16;
    let mut bytes = Vec::with_capacity(size * size * 4);
    for y in 0..dot * 16 {
        for x in 0..dot * 16 {
            let (column, row) = (x / dot, y / dot);
            let mark = FOX[row].as_bytes()[if column < 8 { column } else { 15 - column }];
            let colour = match mark {
                b'.' => None,
                b'k' | b'n' => Some(rgb(0x3A2230)),
                b'w' => Some(rgb(0xFFF4E6)),
                b'p' => Some(rgb(0xF2A6A0)),
                b'e' if !blink || row == 9 => Some(rgb(0x2A1A28)),
                _ => Some(mix(rgb(0xF08A3C), rgb(0xD9622B), row as f32 / 15.0)),
            };
            let [red, green, blue] = colour.unwrap_or_default().map(|part| (part * 255.0) as u8);
            bytes.extend([red, green, blue, if colour.is_some() { 255 } else { 0 }]);
        }
    }
    Picture { width: dot * 16, height: dot * 16, has_alpha: true, bytes }
}
