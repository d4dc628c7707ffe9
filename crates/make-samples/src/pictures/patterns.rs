//! Pictures that a rule draws: lines in the wind, the swing of a pendulum, the seeds of a sunflower.

use crate::paint::canvas::{Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb};
use crate::paint::noise::{Random, fractal, smoothstep};
use crate::paint::path::{Path, Point};

/// The side of the squares in which it is noted where lines have been, in units.
const CELL: f32 = 7.0;
/// How many colours the pendulums' line goes through.
const PIECES: usize = 240;

/// Lines that follow a field of wind and keep clear of each other.
pub(crate) fn wind_field(size: Size) -> Picture {
    let width = width_of(size);
    let tones = Gradient::new(&[
        (0.0, 0x12363B),
        (0.3, 0x1B7F70),
        (0.55, 0x4FC3AF),
        (0.75, 0xF0C46A),
        (1.0, 0xE2603C),
    ]);
    let heading = |x: f32, y: f32| 3.4 * fractal(300, x / 620.0, y / 620.0, 3) + 0.35;
    // Where a line has been: others stop before it.
    let columns = (width / CELL) as usize + 2;
    let mut taken = vec![0u16; columns * ((HEIGHT / CELL) as usize + 2)];
    let mut random = Random::new(301);
    let mut lines: Vec<(Path, f32)> = Vec::new();
    for number in 1..2600_u16 {
        let start = (random.unit() * width, random.unit() * HEIGHT);
        let mut points: Vec<Point> = Vec::new();
        let (mut x, mut y) = start;
        for _ in 0..90 {
            if !(0.0..width).contains(&x) || !(0.0..HEIGHT).contains(&y) {
                break;
            }
            let cell = &mut taken[(y / CELL) as usize * columns + (x / CELL) as usize];
            if *cell != 0 && *cell != number {
                break;
            }
            *cell = number;
            points.push((x, y));
            let angle = heading(x, y);
            (x, y) = (x + 5.0 * angle.cos(), y + 5.0 * angle.sin());
        }
        if points.len() > 9 {
            let bold = if random.chance(0.12) { 6.6 } else { random.between(1.8, 4.8) };
            let tone =
                (fractal(303, start.0 / 500.0, start.1 / 500.0, 2) * 0.9 + 0.5 + random.between(-0.12, 0.12))
                    .clamp(0.0, 1.0);
            lines.push((Path::tapered(&points, |t| bold * (1.0 - t) + 0.7), tone));
        }
    }
    render(size, Finish::default(), |canvas| {
        canvas.shade(|_, _| rgb(0xF6F1E6));
        for (path, tone) in &lines {
            canvas.fill(path, tones.at(*tone));
        }
    })
}

/// What a pen draws that two pendulums move, slowly coming to rest.
pub(crate) fn harmonograph(size: Size) -> Picture {
    let width = width_of(size);
    let at = |t: f32| {
        let rest = (-t * 0.0042).exp();
        let x = (2.004 * t + 0.4).sin() * 0.62 + (3.0 * t + 1.1).sin() * 0.38;
        let y = (3.002 * t + 0.2).sin() * 0.6 + (1.998 * t + 2.6).sin() * 0.4;
        (width / 2.0 + x * rest * 440.0, HEIGHT / 2.0 + y * rest * 440.0)
    };
    let tones = Gradient::new(&[
        (0.0, 0x2A4B8D),
        (0.35, 0x4FC3AF),
        (0.6, 0xF3E9C6),
        (0.8, 0xF2A65A),
        (1.0, 0xD8455A),
    ]);
    let pieces: Vec<Path> = (0..PIECES)
        .map(|piece| {
            let points: Vec<Point> = (0..=46).map(|step| at((piece * 46 + step) as f32 * 0.032)).collect();
            Path::stroke(&points, 1.15)
        })
        .collect();
    render(size, Finish::default(), |canvas| {
        canvas.shade(|_, _| rgb(0x10161F));
        for (index, path) in pieces.iter().enumerate() {
            let tone = tones.at(index as f32 / PIECES as f32);
            canvas.fill_with(path, |_, _| (tone, 0.72));
        }
    })
}

/// Seeds set at the golden angle, as a sunflower does it.
pub(crate) fn seed_head(size: Size) -> Picture {
    let centre = (width_of(size) / 2.0, HEIGHT / 2.0);
    let core = Gradient::new(&[
        (0.0, 0xC9D27A),
        (0.22, 0x8A7A2E),
        (0.5, 0x5A3A1E),
        (0.85, 0x2E1C18),
        (1.0, 0x6E4A1E),
    ]);
    let spiral = |index: f32, spread: f32| {
        let (angle, radius) = (index * 2.399_963, spread * index.sqrt());
        (centre.0 + radius * angle.cos(), centre.1 + radius * angle.sin(), angle, radius)
    };
    render(size, Finish::default(), |canvas| {
        canvas.shade(|_, _| rgb(0x1D4E63));
        for ring in 0..3 {
            for petal in 0..34 {
                let angle = (petal as f32 + ring as f32 * 0.36) / 34.0 * std::f32::consts::TAU;
                let (from, long) = (250.0, [218.0, 200.0, 168.0][ring]);
                let place = |along: f32, aside: f32| {
                    (
                        centre.0 + along * angle.cos() - aside * angle.sin(),
                        centre.1 + along * angle.sin() + aside * angle.cos(),
                    )
                };
                let outline = [
                    place(from, -14.0),
                    place(from + long * 0.35, -27.0),
                    place(from + long * 0.7, -20.0),
                    place(from + long, 0.0),
                    place(from + long * 0.7, 20.0),
                    place(from + long * 0.35, 27.0),
                    place(from, 14.0),
                ];
                let path = Path::polygon(&outline);
                canvas.fill_with(&path, |x, y| {
                    let out = ((x - centre.0).hypot(y - centre.1) - from) / long;
                    let tone = mix(rgb(0xE08A1E), rgb(0xFFD24A), smoothstep(0.0, 0.8, out));
                    (mix(tone, rgb(0xB9601A), 0.16 * (2 - ring) as f32), 1.0)
                });
                canvas.fill_with(
                    &Path::stroke(&[place(from, 0.0), place(from + long * 0.85, 0.0)], 1.2),
                    |_, _| (rgb(0xA85A14), 0.5),
                );
            }
        }
        canvas.fill(&Path::circle(centre.0, centre.1, 282.0), rgb(0x24161A));
        for index in 0..900 {
            let (x, y, angle, radius) = spiral(index as f32 + 0.5, 9.25);
            let t = radius / 278.0;
            let size = 3.4 + 5.2 * t;
            let seed = Path::ellipse(x, y, size * 1.15, size * 0.72).turn(angle.to_degrees(), (x, y));
            canvas.fill_with(&seed, |px, py| {
                let light = smoothstep(size, -size, (px - x) + (py - y));
                (mix(core.at(t), rgb(0xF6E2A0), 0.42 * light), 1.0)
            });
        }
    })
}
