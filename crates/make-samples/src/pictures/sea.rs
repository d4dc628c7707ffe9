//! Pictures of the sea: a lighthouse, a regatta, an iceberg.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, width_of};
use crate::paint::colour::{Colour, mix, rgb, scale};
use crate::paint::noise::{fractal, lerp, noise, smoothstep};
use crate::paint::path::{Path, Point, curve};
use crate::paint::vista::{Sky, Water, over_water, reflection, stars};

use super::shapes::{bird, silhouette};

const PHOTO: Finish = Finish { grain: 0.15, vignette: 0.22, has_alpha: false };

/// A wide evening sea with a lighthouse on its rock.
pub(crate) fn lighthouse_panorama(size: Size) -> Picture {
    let (width, horizon) = (width_of(size), 640.0);
    let sky = Sky::new(
        size,
        horizon,
        &[(0.0, 0x2B2A5E), (0.35, 0x7A4380), (0.65, 0xE0607A), (0.88, 0xFFA27A), (1.0, 0xFFD09A)],
    )
    .lamp((width * 0.79, 574.0), 46.0, 0xFFF3D6, 0xFFA070, 620.0)
    .clouds(18, 0.62, 1.1, 2.6, 0xFFB08A, 0x6C3F78);
    let islands: Vec<(Path, Colour)> = (0..3)
        .map(|row| {
            let line = move |x: f32| {
                let mass =
                    fractal(30 + row, x / (520.0 - 90.0 * row as f32), 0.5, 5) - 0.12 + 0.1 * row as f32;
                horizon + 4.0 - (60.0 + 36.0 * row as f32) * mass.max(-0.2)
            };
            (silhouette(width, line), mix(rgb(0xB8587A), rgb(0x4A2C5C), row as f32 / 2.0))
        })
        .collect();
    let foot: Point = (width * 0.3, 628.0);
    let water = Water { deep: rgb(0x2C2050), ripple: 0.7, seed: 44 };
    let upper = |canvas: &mut Canvas| {
        canvas.shade(|x, y| sky.at(x, y.min(horizon)));
        stars(canvas, 6, 160, 300.0);
        for (path, colour) in &islands {
            canvas.fill(path, *colour);
        }
    };
    over_water(size, PHOTO, horizon, &water, upper, |canvas| {
        let rock = rock(foot, 210.0, 70.0);
        reflection(canvas, &rock, 668.0, rgb(0x1A1230), 0.8);
        reflection(canvas, &tower(foot), 668.0, rgb(0xC98A94), 0.4);
        beam(canvas, (foot.0, foot.1 - 297.0), 1300.0, -172.0);
        beam(canvas, (foot.0, foot.1 - 297.0), 1700.0, 4.0);
        canvas.fill_with(&rock, |x, y| {
            let stone = fractal(55, x / 26.0, y / 12.0, 4);
            (mix(rgb(0x150F28), rgb(0x6A3A5A), (0.35 + 0.6 * stone) * smoothstep(700.0, 590.0, y)), 1.0)
        });
        lighthouse(canvas, foot);
        for (x, y, span, lift) in [
            (0.36, 250.0, 44.0, 0.9),
            (0.375, 285.0, 34.0, 0.2),
            (0.345, 300.0, 30.0, 0.6),
            (0.55, 410.0, 24.0, 0.7),
            (0.56, 425.0, 20.0, 0.1),
        ] {
            canvas.fill(&bird((width * x, y), span, lift, -10.0), rgb(0x2A1A40));
        }
        for (x, y, tall) in [(0.62, 700.0, 92.0), (0.68, 668.0, 52.0), (0.90, 690.0, 74.0)] {
            sailing_boat(
                canvas,
                (width * x, y),
                tall,
                rgb(0x2A1734),
                mix(rgb(0xF6B08C), rgb(0x50305C), 0.35),
            );
        }
    })
}

fn rock(foot: Point, half: f32, rise: f32) -> Path {
    let mut outline: Vec<Point> = vec![(foot.0 - half, 668.0)];
    outline.extend((0..=60).map(|step| {
        let t = step as f32 / 30.0 - 1.0;
        let hump = (1.0 - t * t).max(0.0).powf(0.55);
        (foot.0 + t * half, 668.0 - hump * rise * (0.72 + 0.4 * fractal(58, t * 2.4 + 9.0, 0.5, 4)))
    }));
    outline.push((foot.0 + half, 668.0));
    Path::polygon(&outline)
}

fn tower(foot: Point) -> Path {
    Path::polygon(&[
        (foot.0 - 34.0, foot.1),
        (foot.0 - 21.0, foot.1 - 270.0),
        (foot.0 + 21.0, foot.1 - 270.0),
        (foot.0 + 34.0, foot.1),
    ])
}

/// A lighthouse about 330 units high.
pub(crate) fn lighthouse(canvas: &mut Canvas, foot: Point) {
    let (x0, y0) = foot;
    let at = |x: f32, y: f32| (x0 + x, y0 - y);
    let round = |x: f32, half: f32| 0.5 + 0.5 * ((x - x0) / half).clamp(-1.0, 1.0);
    let lit = |tone: Colour, side: f32| {
        mix(scale(tone, 0.42), mix(tone, rgb(0xFFC9A0), 0.25), smoothstep(0.1, 0.95, side))
    };
    canvas.fill_with(&tower(foot), |x, y| {
        let up = (y0 - y) / 270.0;
        let stripe = (up * 5.0).floor() as i32 % 2 == 1;
        let tone = if stripe { rgb(0xC23A34) } else { rgb(0xF4E9E0) };
        (lit(tone, round(x, lerp(34.0, 21.0, up))), 1.0)
    });
    for (x, y) in [(-4.0, 60.0), (3.0, 120.0), (-2.0, 182.0), (2.0, 236.0)] {
        canvas.fill(&Path::rect(x0 + x - 3.5, y0 - y - 12.0, 7.0, 14.0), rgb(0x3A2036));
    }
    let gallery = Path::polygon(&[at(-32.0, 270.0), at(-29.0, 280.0), at(29.0, 280.0), at(32.0, 270.0)]);
    canvas.fill_with(&gallery, |x, _| (lit(rgb(0x54303E), round(x, 30.0)), 1.0));
    for post in -4..=4 {
        let x = post as f32 * 7.0;
        canvas.fill(&Path::stroke(&[at(x, 280.0), at(x, 296.0)], 1.3), rgb(0x3A2036));
    }
    canvas.fill(&Path::stroke(&[at(-29.0, 296.0), at(29.0, 296.0)], 1.8), rgb(0x3A2036));
    canvas.fill(&Path::rect(x0 - 15.0, y0 - 314.0, 30.0, 34.0), rgb(0xFFE6A8));
    for bar in [-15.0, -5.0, 5.0, 15.0] {
        canvas.fill(&Path::stroke(&[at(bar, 280.0), at(bar, 314.0)], 1.6), rgb(0x4A2A3A));
    }
    let roof = Path::polygon(&[at(-20.0, 314.0), at(0.0, 338.0), at(20.0, 314.0)]).and(Path::circle(
        x0,
        y0 - 340.0,
        3.4,
    ));
    canvas.fill_with(&roof, |x, _| (lit(rgb(0xB0342E), round(x, 20.0)), 1.0));
    let house = Path::rect(x0 + 34.0, y0 - 40.0, 64.0, 42.0);
    canvas.fill_with(&house, |x, _| (lit(rgb(0xEADCD4), round(x - 60.0, 60.0)), 1.0));
    canvas.fill(
        &Path::polygon(&[at(29.0, 40.0), at(42.0, 66.0), at(90.0, 66.0), at(103.0, 40.0)]),
        rgb(0x8E3230),
    );
    for x in [46.0, 74.0] {
        canvas.fill(&Path::rect(x0 + x, y0 - 28.0, 11.0, 13.0), rgb(0xFFD98A));
    }
    canvas.glow(at(0.0, 297.0), 60.0, rgb(0xFFE2A0), 0.9);
}

/// A beam of light through hazy air.
pub(crate) fn beam(canvas: &mut Canvas, from: Point, length: f32, degrees: f32) {
    let path = Path::polygon(&[
        (from.0, from.1 - 4.0),
        (from.0 + length, from.1 - length * 0.075),
        (from.0 + length, from.1 + length * 0.075),
        (from.0, from.1 + 4.0),
    ])
    .turn(degrees, from);
    let (sine, cosine) = degrees.to_radians().sin_cos();
    canvas.fill_with(&path, |x, y| {
        let (dx, dy) = (x - from.0, y - from.1);
        let along = (dx * cosine + dy * sine).max(1.0);
        let aside = (dy * cosine - dx * sine).abs() / (4.0 + along * 0.075);
        (rgb(0xFFE9BC), 0.5 * (1.0 - along / length).max(0.0).powf(1.6) * smoothstep(1.0, 0.0, aside))
    });
}

/// A sloop that floats at `foot`, with its image in the water.
fn sailing_boat(canvas: &mut Canvas, foot: Point, tall: f32, hull: Colour, sail: Colour) {
    let at = |x: f32, y: f32| (foot.0 + x * tall, foot.1 - y * tall);
    let sails = Path::polygon(&{
        let mut outline = curve(at(0.02, 1.0), at(0.22, 0.7), at(0.33, 0.35), at(0.34, 0.13));
        outline.push(at(0.02, 0.12));
        outline
    });
    let jib = Path::polygon(&{
        let mut outline = curve(at(-0.02, 0.9), at(-0.1, 0.6), at(-0.2, 0.3), at(-0.32, 0.12));
        outline.push(at(-0.03, 0.14));
        outline
    });
    let body = Path::polygon(&[at(-0.38, 0.09), at(0.36, 0.09), at(0.28, 0.0), at(-0.26, 0.0)]);
    for (path, colour, strength) in [(&sails, sail, 0.5), (&jib, sail, 0.42), (&body, hull, 0.7)] {
        reflection(canvas, path, foot.1, colour, strength);
    }
    canvas.fill_with(&sails, |x, _| (mix(sail, scale(sail, 0.72), (x - foot.0) / tall / 0.34), 1.0));
    canvas.fill_with(&jib, |x, _| (mix(scale(sail, 0.84), sail, (foot.0 - x) / tall / 0.3), 1.0));
    canvas.fill(&Path::stroke(&[at(0.0, 0.05), at(0.0, 1.03)], tall * 0.012), hull);
    canvas.fill(&body, hull);
}

/// Boats of a regatta in a fresh breeze.
pub(crate) fn regatta(size: Size) -> Picture {
    let (width, horizon) = (width_of(size), 470.0);
    let sky = Sky::new(size, horizon, &[(0.0, 0x2E7EC2), (0.6, 0x8EC4E8), (1.0, 0xE4F1F4)])
        .lamp((width * 0.75, -120.0), 10.0, 0xFFFFFF, 0xFFF8E6, 300.0)
        .clouds(63, 0.64, 0.75, 1.0, 0xFFFFFF, 0xB2C4D6);
    let coast: Vec<(Path, Colour)> = [(120, 64.0, 0x9DB9CC), (124, 38.0, 0x6A94A4)]
        .map(|(seed, rise, tone)| {
            let line =
                move |x: f32| horizon + 3.0 - rise * (0.45 + fractal(seed, x / 330.0, 0.5, 5)).max(0.04);
            (silhouette(width, line), rgb(tone))
        })
        .into();
    let water = Water { deep: rgb(0x0B5E84), ripple: 1.1, seed: 71 };
    let upper = |canvas: &mut Canvas| {
        canvas.shade(|x, y| sky.at(x, y.min(horizon)));
        for (path, colour) in &coast {
            canvas.fill(path, *colour);
        }
    };
    let boats = [
        (0.14, 500.0, 120.0, 0xF4F0E6),
        (0.86, 506.0, 132.0, 0xE9C04A),
        (0.36, 520.0, 175.0, 0xF8F6F0),
        (0.66, 548.0, 250.0, 0xD9483A),
        (0.20, 610.0, 330.0, 0xF6F2E8),
        (0.47, 742.0, 560.0, 0xFBF8F2),
    ];
    over_water(size, PHOTO, horizon, &water, upper, |canvas| {
        // Foam on the crests, smaller and denser far away.
        canvas.blend_between(horizon + 8.0, HEIGHT, |x, y| {
            let depth = 700.0 / (y - horizon);
            let crest =
                noise(75, x * depth / 150.0, depth * 8.0) + 0.5 * noise(76, x * depth / 40.0, depth * 20.0);
            (rgb(0xF2FAFC), 0.75 * smoothstep(0.62, 0.8, crest))
        });
        for (x, y, tall, tone) in boats {
            sailing_boat(canvas, (width * x, y), tall, rgb(0x16324A), rgb(tone));
        }
        for (x, y, span, lift) in
            [(0.75, 170.0, 54.0, 0.8), (0.80, 205.0, 40.0, 0.1), (0.30, 120.0, 36.0, 0.5)]
        {
            canvas.fill(&bird((width * x, y), span, lift, 9.0), rgb(0xF6F8FA));
        }
    })
}

/// An iceberg in still water: facets above, a paler shape below.
pub(crate) fn iceberg(size: Size) -> Picture {
    let (width, horizon) = (width_of(size), 520.0);
    let sky = Sky::new(size, horizon, &[(0.0, 0x7FA3BE), (0.55, 0xBCD0D8), (1.0, 0xF3E3D2)])
        .lamp((width * 0.2, 430.0), 16.0, 0xFFFDF4, 0xFFEBD0, 360.0)
        .clouds(141, 0.5, 1.4, 3.0, 0xFFF6EA, 0xA9B9C8);
    let water = Water { deep: rgb(0x0E3F52), ripple: 0.22, seed: 19 };
    let facets = facets(width);
    let upper = |canvas: &mut Canvas| {
        canvas.shade(|x, y| sky.at(x, y.min(horizon)));
        let line = |x: f32| horizon + 2.0 - 46.0 * (0.3 + fractal(150, x / 260.0, 0.5, 5)).max(0.0);
        canvas.fill(&silhouette(width, line), rgb(0xAABDC9));
        for (path, light) in &facets {
            let (_, top, _, bottom) = path.bounds();
            canvas.fill_with(path, |x, y| {
                let vein = fractal(160, x / 90.0 + y / 60.0, y / 26.0, 4);
                let base = mix(rgb(0x5C93B4), rgb(0xFFFFFF), (light + 0.10 * vein).clamp(0.0, 1.0));
                (mix(base, rgb(0x6FC2CE), 0.35 * smoothstep(top, bottom + 60.0, y)), 1.0)
            });
        }
    };
    over_water(size, PHOTO, horizon, &water, upper, |canvas| {
        for (x, y, reach) in [
            (0.16, 600.0, 60.0),
            (0.30, 720.0, 110.0),
            (0.90, 660.0, 90.0),
            (0.82, 850.0, 190.0),
            (0.10, 880.0, 150.0),
        ] {
            floe(canvas, (width * x, y), reach);
        }
    })
}

/// The faces of the iceberg, each with how much light it gets.
fn facets(width: f32) -> Vec<(Path, f32)> {
    let at = |x: f32, y: f32| (width * 0.57 + x, 522.0 - y);
    let face = |points: &[(f32, f32)], light: f32| {
        let outline: Vec<Point> = points.iter().map(|&(x, y)| at(x, y)).collect();
        (Path::polygon(&outline), light)
    };
    vec![
        face(&[(-330.0, 0.0), (-300.0, 70.0), (-215.0, 120.0), (-150.0, 96.0), (-120.0, 0.0)], 0.86),
        face(&[(-215.0, 120.0), (-150.0, 96.0), (-120.0, 0.0), (-60.0, 0.0), (-110.0, 190.0)], 0.62),
        face(&[(-150.0, 0.0), (-135.0, 200.0), (-60.0, 350.0), (-20.0, 210.0), (-40.0, 0.0)], 0.95),
        face(
            &[(-60.0, 350.0), (-20.0, 210.0), (-40.0, 0.0), (60.0, 0.0), (70.0, 230.0), (10.0, 372.0)],
            0.74,
        ),
        face(&[(10.0, 372.0), (70.0, 230.0), (60.0, 0.0), (190.0, 0.0), (150.0, 180.0), (84.0, 300.0)], 0.42),
        face(&[(120.0, 0.0), (150.0, 180.0), (205.0, 226.0), (236.0, 120.0), (220.0, 0.0)], 0.68),
        face(&[(205.0, 226.0), (236.0, 120.0), (220.0, 0.0), (330.0, 0.0), (300.0, 92.0)], 0.34),
    ]
}

fn floe(canvas: &mut Canvas, (x0, y0): Point, reach: f32) {
    let ring = |lift: f32| -> Path {
        let outline: Vec<Point> = (0..44)
            .map(|step| {
                let angle = step as f32 / 44.0 * std::f32::consts::TAU;
                let wide = reach * (0.82 + 0.3 * noise(170, angle.cos() * 2.0 + x0, angle.sin() * 2.0));
                (x0 + wide * angle.cos(), y0 - lift + wide * 0.2 * angle.sin())
            })
            .collect();
        Path::polygon(&outline)
    };
    reflection(canvas, &ring(0.0), y0 + reach * 0.16, rgb(0x9CC4D2), 0.35);
    canvas.fill(&ring(0.0), rgb(0x74AEC2));
    canvas.fill_with(&ring(reach * 0.075), |x, y| {
        (mix(rgb(0xFDFEFF), rgb(0xC9DFE8), 0.5 + fractal(171, x / 40.0, y / 12.0, 3)), 1.0)
    });
}
