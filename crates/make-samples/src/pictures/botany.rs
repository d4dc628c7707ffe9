//! Sheets of a herbarium: line drawings with a little colour on warm paper. For an upright format.

use std::f32::consts::TAU;

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Colour, mix, rgb};
use crate::paint::noise::{Random, fractal, lerp, smoothstep};
use crate::paint::path::{Path, Point, curve};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Plant {
    Fern,
    MountainAvens,
    Poppy,
}

const INK: u32 = 0x2B3A36;

pub(crate) fn sheet(plant: Plant, size: Size) -> Picture {
    let width = width_of(size);
    render(size, Finish::default(), |canvas| {
        paper(canvas, width);
        match plant {
            Plant::Fern => fern(canvas, width),
            Plant::MountainAvens => mountain_avens(canvas, width),
            Plant::Poppy => poppy(canvas, width),
        }
    })
}

fn paper(canvas: &mut Canvas, width: f32) {
    // A few even tones only: noise would make a lossless file large.
    canvas.shade(|_, y| mix(rgb(0xF7F1E3), rgb(0xF1E8D4), y / HEIGHT));
    let frame = |inset: f32, line: f32| {
        Path::rect(inset, inset, width - 2.0 * inset, HEIGHT - 2.0 * inset).cut(Path::rect(
            inset + line,
            inset + line,
            width - 2.0 * (inset + line),
            HEIGHT - 2.0 * (inset + line),
        ))
    };
    canvas.fill(&frame(34.0, 2.2), rgb(0xB9A77E));
    canvas.fill(&frame(43.0, 0.9), rgb(0xCDBE9A));
}

/// A leaf from `foot` to `tip`, as wide as `wide`, with an outline and its middle vein.
fn leaf(canvas: &mut Canvas, foot: Point, tip: Point, wide: f32, tone: Colour) {
    let (dx, dy) = (tip.0 - foot.0, tip.1 - foot.1);
    let side = |t: f32, amount: f32| (foot.0 + dx * t - dy * amount, foot.1 + dy * t + dx * amount);
    let half = wide / dx.hypot(dy).max(1.0);
    let upper = curve(foot, side(0.25, half), side(0.7, half * 0.8), tip);
    let lower = curve(tip, side(0.7, -half * 0.8), side(0.25, -half), foot);
    let outline: Vec<Point> = upper.iter().chain(&lower).copied().collect();
    let length = dx.hypot(dy);
    canvas.fill_with(&Path::polygon(&outline), |x, y| {
        let along = ((x - foot.0) * dx + (y - foot.1) * dy) / (length * length);
        let aside = ((y - foot.1) * dx - (x - foot.0) * dy) / length;
        let light = smoothstep(-wide * 0.5, wide * 0.5, aside);
        (mix(mix(tone, rgb(0x1F3B33), 0.28 * (1.0 - along)), rgb(0xF4F0D0), 0.28 * light), 0.94)
    });
    canvas.fill(&Path::stroke(&outline, 1.0), rgb(INK));
    canvas.fill(&Path::stroke(&[foot, side(0.5, half * 0.06), side(0.92, 0.0)], 0.9), rgb(INK));
}

fn fern(canvas: &mut Canvas, width: f32) {
    for (foot, tip, bend, fronds) in [
        ((0.50, 930.0), (0.56, 110.0), -60.0, 30),
        ((0.49, 930.0), (0.17, 340.0), -90.0, 20),
        ((0.51, 930.0), (0.85, 400.0), 90.0, 19),
    ] {
        let stem = curve(
            (width * foot.0, foot.1),
            (width * foot.0 + bend * 0.2, lerp(foot.1, tip.1, 0.4)),
            (width * tip.0 + bend, lerp(foot.1, tip.1, 0.75)),
            (width * tip.0, tip.1),
        );
        let at = |t: f32| {
            let place = t * 31.999;
            let (from, to) = (stem[place as usize], stem[place as usize + 1]);
            (lerp(from.0, to.0, place.fract()), lerp(from.1, to.1, place.fract()))
        };
        for frond in 0..fronds {
            let t = lerp(0.16, 0.985, (frond as f32 / fronds as f32).powf(0.9));
            let long =
                0.33 * (stem[0].1 - stem[32].1) * (1.0 - t).powf(0.75) * smoothstep(0.08, 0.34, t) + 7.0;
            let (from, ahead) = (at(t), at((t + 0.01).min(1.0)));
            let heading = (ahead.1 - from.1).atan2(ahead.0 - from.0);
            for side in [-1.0, 1.0] {
                pinna(canvas, from, heading + side * 1.15, long, side, frond);
            }
        }
        canvas.fill(&Path::tapered(&stem, |t| 5.0 * (1.0 - t) + 1.2), rgb(0x4A5A34));
    }
    // A young frond, still rolled up.
    let coil: Vec<Point> = (0..90)
        .map(|step| {
            let t = step as f32 / 89.0;
            let (angle, radius) = (1.6 + t * 11.0, 44.0 * (1.0 - t) + 3.0);
            (width * 0.30 + radius * angle.cos(), 700.0 + radius * angle.sin())
        })
        .collect();
    let mut crozier = curve((width * 0.47, 930.0), (width * 0.40, 900.0), (width * 0.28, 830.0), coil[0]);
    crozier.extend(coil);
    canvas.fill(&Path::tapered(&crozier, |t| 7.0 * (1.0 - t) + 2.0), rgb(0x6E8A4A));
}

/// One side branch of a fern with its small leaves.
fn pinna(canvas: &mut Canvas, from: Point, angle: f32, long: f32, side: f32, number: usize) {
    let steps = ((long / 8.5) as usize).clamp(3, 26);
    for step in 0..=steps {
        let t = step as f32 / steps as f32;
        let bow = angle - side * 0.28 * t;
        let place = (from.0 + long * t * bow.cos(), from.1 + long * t * bow.sin());
        let reach = 0.17 * long * (1.0 - t).powf(0.8) + 2.6;
        for leaf_side in [-1.0, 1.0] {
            let turn = bow + leaf_side * 1.05;
            let tip = (place.0 + reach * turn.cos(), place.1 + reach * turn.sin());
            let tone = mix(rgb(0x3F6B45), rgb(0x8DA65A), t * 0.8 + 0.02 * (number % 5) as f32);
            let middle = (f32::midpoint(place.0, tip.0), f32::midpoint(place.1, tip.1));
            canvas.fill(
                &Path::tapered(&[place, middle, tip], |t| 0.4 + (0.34 * reach + 1.0) * (1.0 - t * t)),
                tone,
            );
        }
    }
    let end = angle - side * 0.28;
    let tip = (from.0 + long * end.cos(), from.1 + long * end.sin());
    let middle = (
        from.0 + long * 0.55 * (angle - side * 0.12).cos(),
        from.1 + long * 0.55 * (angle - side * 0.12).sin(),
    );
    canvas.fill(&Path::tapered(&[from, middle, tip], |t| 1.7 * (1.0 - t) + 0.4), rgb(INK));
}

fn mountain_avens(canvas: &mut Canvas, width: f32) {
    let mut random = Random::new(7);
    for index in 0..26 {
        let angle = lerp(-2.95, -0.2, index as f32 / 25.0) + random.between(-0.08, 0.08);
        let (near, long) = (random.between(10.0, 70.0), random.between(70.0, 150.0));
        let centre = (width * 0.5, 905.0);
        let foot = (centre.0 + near * angle.cos() * 1.9, centre.1 + near * angle.sin() * 0.7);
        let tip = (foot.0 + long * angle.cos() * 1.25, foot.1 + long * angle.sin() * 0.62 - 8.0);
        leaf(canvas, foot, tip, random.between(30.0, 44.0), mix(rgb(0x4E7350), rgb(0x7E9460), random.unit()));
    }
    for (x, y, radius, lean) in
        [(0.30, 330.0, 128.0, -50.0), (0.66, 205.0, 142.0, 30.0), (0.76, 540.0, 106.0, 60.0)]
    {
        let head = (width * x, y);
        let stem = curve(
            (width * 0.5 + lean * 0.3, 900.0),
            (width * 0.5 + lean, 700.0),
            (head.0 - lean * 0.4, y + 260.0),
            head,
        );
        canvas.fill(&Path::tapered(&stem, |t| 5.5 - 2.0 * t), rgb(0x6B5A3C));
        flower(canvas, head, radius);
    }
    let bud = (width * 0.20, 640.0);
    let stem = curve((width * 0.47, 900.0), (width * 0.40, 800.0), (width * 0.22, 790.0), bud);
    canvas.fill(&Path::tapered(&stem, |t| 4.6 - 1.6 * t), rgb(0x6B5A3C));
    leaf(canvas, (bud.0 + 4.0, bud.1 + 14.0), (bud.0 - 6.0, bud.1 - 62.0), 40.0, rgb(0xFBF8EC));
    leaf(canvas, (bud.0, bud.1 + 16.0), (bud.0 - 20.0, bud.1 - 26.0), 17.0, rgb(0x5E7A50));
    leaf(canvas, (bud.0, bud.1 + 16.0), (bud.0 + 20.0, bud.1 - 24.0), 17.0, rgb(0x5E7A50));
}

/// A flower of eight white petals.
fn flower(canvas: &mut Canvas, (x0, y0): Point, radius: f32) {
    for petal in [0, 2, 4, 6, 1, 3, 5, 7] {
        let angle = petal as f32 / 8.0 * TAU + 0.2 + 0.05 * (petal as f32 * 2.3).sin();
        let place = |along: f32, aside: f32| {
            let (x, y) = (along * radius, aside * radius);
            (x0 + x * angle.cos() - y * angle.sin(), y0 + (x * angle.sin() + y * angle.cos()) * 0.93)
        };
        let mut outline = curve(place(0.12, 0.02), place(0.34, 0.40), place(0.94, 0.42), place(1.0, 0.03));
        outline.extend(curve(place(1.0, 0.03), place(0.98, -0.40), place(0.36, -0.40), place(0.12, -0.02)));
        canvas.fill_with(&Path::polygon(&outline), |x, y| {
            let out = (x - x0).hypot(y - y0) / radius;
            (mix(rgb(0xDCE2CC), rgb(0xFFFEF8), smoothstep(0.1, 0.62, out)), 1.0)
        });
        canvas.fill(&Path::stroke(&outline, 1.3), rgb(INK));
        for vein in [-0.16, -0.06, 0.05, 0.15] {
            let line = curve(
                place(0.2, vein * 0.3),
                place(0.45, vein),
                place(0.65, vein * 1.3),
                place(0.84, vein * 1.2),
            );
            canvas.fill_with(&Path::stroke(&line, 0.7), |_, _| (rgb(0x8A9A84), 0.8));
        }
    }
    let mut random = Random::new(radius as u32);
    for _ in 0..46 {
        let (angle, long) = (random.unit() * TAU, radius * random.between(0.12, 0.31));
        let tip = (x0 + long * angle.cos(), y0 + long * angle.sin() * 0.93);
        canvas.fill(&Path::stroke(&[(x0, y0), tip], 0.9), rgb(0xB98A1E));
        canvas.fill(&Path::circle(tip.0, tip.1, radius * 0.024), rgb(0xE9B62C));
    }
    canvas.fill(&Path::circle(x0, y0, radius * 0.1), rgb(0xC9A02C));
}

fn poppy(canvas: &mut Canvas, width: f32) {
    let stem = |canvas: &mut Canvas, points: Vec<Point>| {
        canvas.fill(&Path::tapered(&points, |t| 6.0 - 2.2 * t), rgb(0x5B7A4A));
        let mut random = Random::new(points[0].0 as u32);
        for pair in points.windows(2) {
            let reach = random.between(4.0, 9.0) * if random.chance(0.5) { 1.0 } else { -1.0 };
            canvas.fill(&Path::stroke(&[pair[0], (pair[0].0 + reach, pair[0].1 - 2.0)], 0.8), rgb(INK));
        }
    };
    stem(
        canvas,
        curve((width * 0.48, 950.0), (width * 0.42, 760.0), (width * 0.52, 560.0), (width * 0.52, 330.0)),
    );
    stem(
        canvas,
        curve((width * 0.50, 950.0), (width * 0.60, 800.0), (width * 0.80, 760.0), (width * 0.78, 560.0)),
    );
    stem(
        canvas,
        curve((width * 0.46, 950.0), (width * 0.34, 800.0), (width * 0.14, 700.0), (width * 0.22, 560.0)),
    );
    for (from, to, wide) in [
        ((0.48, 900.0), (0.16, 800.0), 44.0),
        ((0.49, 880.0), (0.86, 850.0), 46.0),
        ((0.475, 930.0), (0.28, 925.0), 36.0),
        ((0.49, 935.0), (0.72, 940.0), 34.0),
    ] {
        let (foot, tip) = ((width * from.0, from.1), (width * to.0, to.1));
        let rib: Vec<Point> = (0..=12)
            .map(|step| {
                let t = step as f32 / 12.0;
                (lerp(foot.0, tip.0, t), lerp(foot.1, tip.1, t) - 26.0 * (t * std::f32::consts::PI).sin())
            })
            .collect();
        canvas.fill(&Path::tapered(&rib, |t| 4.2 - 2.8 * t), rgb(0x5B7A4A));
        for (lobe, &place) in rib.iter().enumerate().skip(2).take(9) {
            let t = lobe as f32 / 12.0;
            let reach = wide * (1.25 - t) * 1.3;
            let ahead = (tip.0 - foot.0).signum() * reach * 0.9;
            let tone = mix(rgb(0x56794C), rgb(0x86995C), t);
            leaf(canvas, place, (place.0 + ahead, place.1 - reach * 0.75), reach * 0.2, tone);
            leaf(canvas, place, (place.0 + ahead, place.1 + reach * 0.55), reach * 0.2, tone);
        }
        let ahead = (tip.0 - foot.0).signum() * wide * 0.9;
        leaf(canvas, rib[11], (tip.0 + ahead, tip.1 + 8.0), wide * 0.3, rgb(0x86995C));
    }
    bloom(canvas, (width * 0.52, 290.0), 208.0, 1);
    bloom(canvas, (width * 0.78, 545.0), 118.0, 2);
    capsule(canvas, (width * 0.22, 540.0));
}

/// A poppy in flower: crumpled petals behind and before the dark heart.
fn bloom(canvas: &mut Canvas, (x0, y0): Point, radius: f32, seed: u32) {
    for (index, (turn, reach, tone)) in
        [(-1.57, 1.0, 0xB8281E), (0.1, 0.94, 0xC9352A), (3.05, 0.94, 0xC9352A), (1.57, 0.8, 0xDB4A36)]
            .into_iter()
            .enumerate()
    {
        let outline: Vec<Point> = (0..=60)
            .map(|step| {
                let t = step as f32 / 60.0 * 2.0 - 1.0;
                let frill = 1.0 + 0.07 * fractal(250 + seed, t * 5.0 + index as f32 * 7.0, 0.5, 4);
                let out = radius * reach * (1.0 - t.abs().powi(5)).max(0.0).powf(0.4) * frill;
                let angle = turn + t * 1.12;
                (x0 + out * angle.cos(), y0 + out * angle.sin() * 0.9)
            })
            .collect();
        canvas.fill_with(&Path::polygon(&outline), |x, y| {
            let (out, angle) = ((x - x0).hypot(y - y0) / radius, (y - y0).atan2(x - x0));
            let crease = fractal(260 + index as u32, angle * 7.0, out * 0.9, 3);
            let colour = mix(
                mix(rgb(tone), rgb(0x6E1016), 0.5 * smoothstep(0.62, 0.1, out)),
                rgb(0xF58A62),
                (0.34 * crease + 0.3 * smoothstep(0.5, 1.05, out)).clamp(0.0, 0.6),
            );
            (mix(colour, rgb(0x25101A), smoothstep(0.34, 0.2, out)), 1.0)
        });
        canvas.fill(&Path::stroke(&outline, 1.4), rgb(0x4A1418));
    }
    canvas.fill(&Path::circle(x0, y0, radius * 0.13), rgb(0x8FA56A));
    for ray in 0..10 {
        let angle = ray as f32 / 10.0 * TAU;
        let tip = (x0 + radius * 0.12 * angle.cos(), y0 + radius * 0.12 * angle.sin());
        canvas.fill(&Path::stroke(&[(x0, y0), tip], radius * 0.014), rgb(INK));
    }
    let mut random = Random::new(80 + seed);
    for _ in 0..90 {
        let (angle, out) = (random.unit() * TAU, radius * random.between(0.15, 0.29));
        let place = (x0 + out * angle.cos(), y0 + out * angle.sin() * 0.92);
        canvas.fill(
            &Path::circle(place.0, place.1, radius * 0.016 + 0.5),
            mix(rgb(0x1E1620), rgb(0x5A4A60), random.unit()),
        );
    }
}

/// The capsule with the seeds.
fn capsule(canvas: &mut Canvas, (x0, y0): Point) {
    let body = Path::ellipse(x0, y0, 46.0, 60.0);
    canvas.fill_with(&body, |x, y| {
        let rib = ((x - x0) / 46.0 * 9.0 / (1.02 - ((y - y0) / 60.0).powi(2)).max(0.05).sqrt()).sin().abs();
        let light = smoothstep(46.0, -46.0, x - x0);
        (mix(mix(rgb(0x5C7248), rgb(0xB9BE86), light), rgb(INK), 0.5 * smoothstep(0.22, 0.0, rib)), 1.0)
    });
    let crown: Vec<Point> = (0..=18)
        .map(|step| {
            let t = step as f32 / 18.0 * 2.0 - 1.0;
            (x0 + t * 50.0, y0 - 62.0 - if step % 2 == 0 { 0.0 } else { 11.0 } - 9.0 * (1.0 - t * t))
        })
        .chain([(x0 + 40.0, y0 - 46.0), (x0 - 40.0, y0 - 46.0)])
        .collect();
    canvas.fill(&Path::polygon(&crown), rgb(0x8A9A5E));
    canvas.fill(&Path::stroke(&crown, 1.2), rgb(INK));
}
