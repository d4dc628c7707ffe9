//! Pictures built of layers, each paler than the one before it: ridges, a forest in fog, balloons.

use std::f32::consts::FRAC_PI_2;

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb, screen};
use crate::paint::noise::{Random, Texture, fractal, lerp, noise, smoothstep};
use crate::paint::path::{Path, Point};
use crate::paint::vista::Sky;

use super::shapes::{bird, fill_fading, forest, silhouette};

const PHOTO: Finish = Finish { grain: 0.15, vignette: 0.3, has_alpha: false };

/// Ridge behind ridge before sunrise, mist in every valley.
pub(crate) fn seven_ridges(size: Size) -> Picture {
    let width = width_of(size);
    let sky = Sky::new(
        size,
        640.0,
        &[(0.0, 0x28406E), (0.35, 0x6F7FA6), (0.65, 0xE2A48C), (0.85, 0xFFC98E), (1.0, 0xFFE2B0)],
    )
    .lamp((width * 0.63, 452.0), 36.0, 0xFFFBE8, 0xFFC07A, 430.0)
    .clouds(33, 0.4, 1.3, 3.2, 0xFFD8B0, 0x8A7FA0);
    let tones = Gradient::new(&[(0.0, 0xE8A98A), (0.3, 0xB57C86), (0.6, 0x6A5578), (1.0, 0x1C1B34)]);
    let layers: Vec<(Path, f32, f32)> = (0..7)
        .map(|layer| {
            let t = layer as f32 / 6.0;
            let (top, rough) = (lerp(470.0, 900.0, t.powf(1.1)), lerp(60.0, 150.0, t));
            let seed = 40 + layer;
            let line = move |x: f32| {
                let u = x / lerp(170.0, 420.0, t);
                let crest = fractal(seed, u, 3.0, 6);
                top - rough * (crest + 0.25 * (1.0 - crest.abs() * 2.0))
            };
            let path = if layer < 5 {
                silhouette(width, line)
            } else {
                forest(seed, width, 15.0 + 7.0 * t, 34.0 + 44.0 * (t - 0.8) * 5.0, line)
            };
            (path, top - rough, t)
        })
        .collect();
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| sky.at(x, y));
        for (path, top, t) in &layers {
            let colour = tones.at(*t);
            let mist = mix(colour, mix(rgb(0xFFD9B0), rgb(0x8C7C98), *t), 0.62 - 0.3 * t);
            fill_fading(canvas, path, *top, 250.0, (colour, mist));
        }
        for (index, &(x, y, span)) in
            [(0.30, 300.0, 26.0), (0.325, 318.0, 22.0), (0.35, 304.0, 18.0), (0.285, 330.0, 19.0)]
                .iter()
                .enumerate()
        {
            canvas.fill(&bird((x * width, y), span, 0.8 - 0.45 * index as f32, -8.0), rgb(0x39395A));
        }
    })
}

/// Spruces in morning fog, a shaft of light between them. For an upright format.
pub(crate) fn forest_in_fog(size: Size) -> Picture {
    let width = width_of(size);
    let air = Gradient::new(&[(0.0, 0x9FB6B4), (0.35, 0xD5DCCB), (0.62, 0xF0E8CC), (1.0, 0xB9C7BC)]);
    let fog =
        Texture::new((200.min(size.0), 260.min(size.1)), |u, v| 0.5 + 0.7 * fractal(7, u * 3.2, v * 6.0, 5));
    let rows: Vec<(Path, f32)> = (0..6)
        .map(|row| {
            let t = row as f32 / 5.0;
            let level = lerp(600.0, 1020.0, t);
            // The nearer the trees, the wider they leave the view open.
            let gap = move |x: f32| (-((x / width - 0.56) / (0.1 + 0.16 * t)).powi(2)).exp();
            let line = move |x: f32| level + 30.0 * noise(60 + row, x / 260.0, 0.5) + 330.0 * t * t * gap(x);
            (forest(70 + row, width, lerp(15.0, 74.0, t), lerp(130.0, 760.0, t.powf(1.5)), line), t)
        })
        .collect();
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| {
            let sun = 1.0 / (1.0 + ((x - width * 0.64) / 190.0).powi(2) + ((y - 300.0) / 230.0).powi(2));
            let disc = smoothstep(47.0, 44.0, (x - width * 0.64).hypot(y - 300.0));
            mix(screen(air.at(y / HEIGHT), rgb(0xFFF0C4), 0.75 * sun), rgb(0xFFFDF0), 0.85 * disc)
        });
        for (path, t) in &rows {
            let tone = mix(rgb(0xA9BAB0), rgb(0x12292A), t.powf(1.1));
            canvas.fill_with(path, |x, y| {
                let thick = fog.at(x / width, y / HEIGHT).clamp(0.0, 1.0);
                let veil =
                    smoothstep(lerp(300.0, 420.0, *t), lerp(800.0, 1000.0, *t), y) * (0.45 + 0.5 * thick);
                (mix(tone, rgb(0xE3E4CF), veil), 1.0)
            });
            // Fog lies between this row of trees and the next.
            canvas.blend_between(430.0, HEIGHT, |x, y| {
                let thick = fog.at(swing(x / width + t * 0.37), y / HEIGHT).clamp(0.0, 1.0);
                (rgb(0xEDE8D0), (0.12 + 0.42 * thick) * smoothstep(430.0, 820.0, y) * (1.0 - 0.8 * t))
            });
        }
        canvas.blend_between(640.0, HEIGHT, |x, y| {
            let thick = fog.at(swing(x / width + 0.21), (y - 120.0) / HEIGHT).clamp(0.0, 1.0);
            (
                mix(rgb(0xF4EBCB), rgb(0xB7C6BC), x / width),
                (0.45 + 0.65 * thick).min(1.0) * smoothstep(600.0, 900.0, y),
            )
        });
        for shaft in 0..5 {
            let lean = shaft as f32 * 42.0;
            let path = Path::polygon(&[
                (width * 0.62 + lean * 0.4, 180.0),
                (width * 0.65 + lean * 0.4, 180.0),
                (width * 0.36 + lean * 2.3, 1010.0),
                (width * 0.26 + lean * 2.1, 1010.0),
            ]);
            canvas.fill_with(&path, |_, y| {
                (rgb(0xFFF4D0), 0.1 * smoothstep(180.0, 330.0, y) * smoothstep(1000.0, 500.0, y))
            });
        }
    })
}

/// Goes to 1 and back again, so that a texture can be read beyond its edge.
fn swing(place: f32) -> f32 {
    1.0 - (1.0 - place.rem_euclid(2.0)).abs()
}

/// Balloons over a valley in the first light.
pub(crate) fn balloons(size: Size) -> Picture {
    let width = width_of(size);
    let sky = Sky::new(size, 800.0, &[(0.0, 0x3D79B8), (0.4, 0x8FC0DF), (0.75, 0xFBE3C0), (1.0, 0xFFD3A0)])
        .lamp((width * 0.2, 640.0), 26.0, 0xFFFFF2, 0xFFE0A8, 420.0)
        .clouds(57, 0.5, 1.0, 1.7, 0xFFFFFF, 0xC9BFC8);
    let hills: Vec<(Path, f32, f32)> = (0..4)
        .map(|layer| {
            let t = layer as f32 / 3.0;
            let top = lerp(700.0, 925.0, t);
            let line = move |x: f32| {
                top - lerp(70.0, 40.0, t) * fractal(90 + layer, x / lerp(240.0, 520.0, t), 1.0, 5)
            };
            let path = if layer < 2 {
                silhouette(width, line)
            } else {
                forest(95 + layer, width, 26.0, 26.0 + 16.0 * t, line)
            };
            (path, top - 50.0, t)
        })
        .collect();
    let far_to_near: [(f32, f32, f32, [u32; 3]); 7] = [
        (0.56, 420.0, 34.0, [0xE08A4A, 0xF6D58A, 0xB4483A]),
        (0.33, 330.0, 46.0, [0x5C8AB0, 0xF4F0E4, 0x2F5F8A]),
        (0.90, 250.0, 52.0, [0xD8684E, 0xF2C27A, 0xD8684E]),
        (0.12, 215.0, 66.0, [0x7A5A96, 0xE9B44C, 0x513A72]),
        (0.74, 500.0, 60.0, [0x4E8F7A, 0xF1E9D0, 0x2E6B58]),
        (0.45, 165.0, 92.0, [0xE7B53C, 0xF7EBD0, 0xC8502E]),
        (0.68, 300.0, 168.0, [0xC23B32, 0xF8E9CC, 0x1F5A78]),
    ];
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| sky.at(x, y));
        for (path, top, t) in &hills {
            let colour = mix(rgb(0xB9A9A8), rgb(0x22403A), t.powf(0.8));
            fill_fading(canvas, path, *top, 190.0, (colour, mix(colour, rgb(0xFFE3BC), 0.6 - 0.35 * t)));
        }
        for &(x, y, radius, colours) in &far_to_near {
            balloon(canvas, (x * width, y), radius, colours);
        }
    })
}

fn balloon(canvas: &mut Canvas, (x0, y0): Point, radius: f32, colours: [u32; 3]) {
    // The outline: a ball that narrows to the mouth.
    let half_width = |t: f32| {
        if t < 0.55 {
            (1.0 - (1.0 - t / 0.55).powi(2)).sqrt()
        } else {
            lerp(1.0, 0.2, ((t - 0.55) / 0.45).powf(1.5))
        }
    };
    let height = radius * 2.35;
    let top = y0 - radius;
    let mut outline: Vec<Point> = Vec::new();
    for (side, reverse) in [(1.0, false), (-1.0, true)] {
        let steps = (0..=40).map(|step| step as f32 / 40.0);
        let point = |t: f32| (x0 + side * radius * half_width(t), top + t * height);
        if reverse { outline.extend(steps.rev().map(point)) } else { outline.extend(steps.map(point)) }
    }
    let far = smoothstep(140.0, 20.0, radius) * 0.35;
    canvas.fill_with(&Path::polygon(&outline), |x, y| {
        let t = ((y - top) / height).clamp(0.0, 1.0);
        let across = ((x - x0) / (radius * half_width(t).max(0.05))).clamp(-1.0, 1.0);
        // Gores follow the curve of the ball.
        let angle = across.asin() / FRAC_PI_2;
        let gore = (angle * 5.0 + 20.5).floor() as i32;
        let band = smoothstep(0.30, 0.31, t) * smoothstep(0.47, 0.46, t);
        let base =
            mix(if gore % 2 == 0 { rgb(colours[0]) } else { rgb(colours[1]) }, rgb(colours[2]), band * 0.9);
        let lit = 0.62 + 0.5 * smoothstep(0.95, -0.6, across + (t - 0.4) * 0.5);
        let seam = 1.0
            - 0.22
                * smoothstep(0.12, 0.0, (angle * 5.0 + 20.5).fract().min(1.0 - (angle * 5.0 + 20.5).fract()));
        let colour = [0, 1, 2].map(|part| (base[part] * lit * seam).min(1.0));
        (mix(colour, rgb(0xE4E2DE), far), 1.0)
    });
    let mouth = top + height;
    let basket = (x0 - radius * 0.13, mouth + radius * 0.3);
    for side in [-1.0, 1.0] {
        let rope = [(x0 + side * radius * 0.19, mouth), (x0 + side * radius * 0.12, basket.1)];
        canvas.fill(&Path::stroke(&rope, radius * 0.018 + 0.4), mix(rgb(0x4A3A30), rgb(0xE4E2DE), far));
    }
    let wicker = Path::rect(basket.0, basket.1, radius * 0.26, radius * 0.2);
    canvas.fill(&wicker, mix(rgb(0x6E4526), rgb(0xE4E2DE), far));
    let flame = Path::ellipse(x0, mouth + radius * 0.06, radius * 0.03, radius * 0.11);
    canvas.fill(&flame, rgb(0xFFE9A0));
    let mut random = Random::new(radius as u32);
    for person in 0..2 {
        let x = x0 + (person as f32 - 0.5) * radius * 0.12 + random.between(-0.02, 0.02) * radius;
        canvas.fill(
            &Path::circle(x, basket.1 - radius * 0.04, radius * 0.035),
            mix(rgb(0x3A2A26), rgb(0xE4E2DE), far),
        );
    }
}
