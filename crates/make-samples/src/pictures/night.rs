//! Pictures of the night: a harbour city, lamps out of focus, geese before the moon, the Milky Way.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb, scale, screen};
use crate::paint::noise::{Random, Texture, fractal, lerp, noise, smoothstep};
use crate::paint::path::{Path, Point};
use crate::paint::vista::{Sky, Water, moon, over_water, stars};

use super::shapes::{bird, forest, silhouette};

const PHOTO: Finish = Finish { grain: 0.2, vignette: 0.3, has_alpha: false };

struct Building {
    left: f32,
    top: f32,
    wide: f32,
    row: usize,
    seed: u32,
}

/// The houses of a city in three rows, the farthest first.
fn houses(width: f32, quay: f32) -> Vec<Building> {
    let mut random = Random::new(2026);
    let mut houses = Vec::new();
    for row in 0..3 {
        let mut left = -30.0;
        while left < width {
            let wide = random.between(34.0, 92.0) * (0.8 + 0.25 * row as f32);
            // The centre of the city is high.
            let centre = (-((left - width * 0.56) / (width * 0.22)).powi(2)).exp();
            let high = random.between(60.0, 190.0)
                + centre * random.between(80.0, 330.0) * (1.0 - 0.28 * row as f32);
            houses.push(Building { left, top: quay - high, wide, row, seed: random.bits() });
            left += wide + if random.chance(0.2) { random.between(4.0, 26.0) } else { -2.0 };
        }
    }
    houses
}

fn house(canvas: &mut Canvas, house: &Building, quay: f32) {
    let near = house.row as f32 / 2.0;
    let (left, top, wide) = (house.left, house.top, house.wide);
    let wall = mix(rgb(0x37406E), rgb(0x10142C), near);
    let mut random = Random::new(house.seed);
    canvas.fill_with(&Path::rect(left, top, wide, quay - top + 1.0), |x, y| {
        let side = smoothstep(0.0, 1.0, (x - left) / wide);
        // The street lights the lower floors.
        let street = smoothstep(120.0, 0.0, quay - y) * 0.3;
        (mix(scale(wall, 1.12 - 0.3 * side), rgb(0xE08A4A), street), 1.0)
    });
    match random.below(5) {
        0 => canvas.fill(
            &Path::polygon(&[
                (left + wide * 0.3, top + 1.0),
                (left + wide * 0.5, top - wide * 0.5),
                (left + wide * 0.7, top + 1.0),
            ]),
            wall,
        ),
        1 => canvas.fill(&Path::rect(left + wide * 0.2, top - 16.0, wide * 0.6, 18.0), wall),
        2 => {
            let mast = [(left + wide * 0.5, top), (left + wide * 0.5, top - 46.0)];
            canvas.fill(&Path::stroke(&mast, 2.0), wall);
            canvas.glow(mast[1], 4.0, rgb(0xFF4A3A), 0.9);
        }
        _ => {}
    }
    let (step_x, step_y) = ([9.0, 12.0, 11.0][random.below(3)], [13.0, 16.0, 15.0][random.below(3)]);
    let share = random.between(0.25, 0.62);
    let (columns, rows) = (((wide - 10.0) / step_x) as usize, ((quay - top - 16.0) / step_y) as usize);
    let margin = (wide - columns as f32 * step_x) / 2.0;
    for row in 0..rows {
        for column in 0..columns {
            let (lit, tint, bright) = (random.chance(share), random.unit(), random.between(0.35, 1.0));
            if !lit {
                continue;
            }
            let colour =
                mix(mix(rgb(0xFFB457), rgb(0xFFE7B0), tint), rgb(0xA8D0FF), smoothstep(0.86, 0.9, tint));
            let window = Path::rect(
                left + margin + column as f32 * step_x + step_x * 0.22,
                top + 9.0 + row as f32 * step_y,
                step_x * 0.56,
                step_y * 0.52,
            );
            canvas.fill_with(&window, |_, _| (colour, bright * (0.55 + 0.4 * near)));
        }
    }
}

/// A city on the far side of a harbour.
pub(crate) fn harbour_city(size: Size) -> Picture {
    let (width, quay) = (width_of(size), 640.0);
    let sky = Sky::new(size, quay, &[(0.0, 0x0B1030), (0.45, 0x272A5E), (0.8, 0x6B3F74), (1.0, 0xC9686A)])
        .lamp((width * 0.2, 170.0), 30.0, 0xFFF4DC, 0x7A86C8, 260.0)
        .clouds(200, 0.5, 1.1, 2.4, 0x8A6A9A, 0x1C1C44);
    let houses = houses(width, quay);
    let water = Water { deep: rgb(0x080C22), ripple: 1.0, seed: 201 };
    let upper = |canvas: &mut Canvas| {
        canvas.shade(|x, y| sky.at(x, y.min(quay)));
        stars(canvas, 21, 260, 430.0);
        for row in 0..3 {
            for item in houses.iter().filter(|house| house.row == row) {
                house(canvas, item, quay);
            }
            canvas.blend_between(380.0, quay, |_, y| (rgb(0x8A4E70), smoothstep(380.0, quay, y) * 0.2));
        }
        let mut x = 14.0;
        while x < width {
            canvas.glow((x, quay - 12.0), 15.0, rgb(0xFFC070), 0.85);
            x += 47.0;
        }
    };
    over_water(size, PHOTO, quay, &water, upper, |canvas| {
        canvas.fill(&Path::rect(-5.0, quay - 3.0, width + 10.0, 7.0), rgb(0x0A0C1E));
        // Lamps draw long tracks over the waves.
        canvas.shade_between(quay + 4.0, HEIGHT, |x, y, before| {
            let below = y - quay;
            let place = (x - 14.0 + 9.0 * noise(203, x / 60.0, y / 7.0) * (below / 120.0)) / 47.0;
            let aside = (place - place.round()).abs() * 47.0;
            let broken = smoothstep(-0.25, 0.4, noise(204, x / 30.0, y / 4.5));
            let track = smoothstep(4.0 + below * 0.03, 0.0, aside) * (1.0 - below / 330.0).max(0.0) * broken;
            screen(before, rgb(0xFFB868), 0.55 * track)
        });
    })
}

/// Lamps on a quay after rain, out of focus.
pub(crate) fn lamps_out_of_focus(size: Size) -> Picture {
    let width = width_of(size);
    let ground = Gradient::new(&[(0.0, 0x0B1220), (0.5, 0x1B1C38), (1.0, 0x2A1728)]);
    let mut random = Random::new(31);
    let mut discs: Vec<(Point, f32, u32, f32)> = Vec::new();
    let tones = [0xFFB14E, 0xFF7A3C, 0xFFE0A0, 0xF2545B, 0x58C4C4, 0x7F8CFF, 0xFFC86E, 0xFF9E50];
    for _ in 0..150 {
        let near = random.unit();
        let row = 400.0 + 330.0 * (random.unit() - 0.5) * (0.35 + near) + near * 40.0;
        let tone = tones[random.below(tones.len())];
        discs.push((
            (random.unit() * width, row),
            lerp(12.0, 96.0, near * near),
            tone,
            random.between(0.14, 0.62) * (1.1 - 0.55 * near),
        ));
    }
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| {
            let dusk = 0.14 * fractal(210, x / 420.0, y / 300.0, 4);
            let base = ground.at(y / HEIGHT);
            screen(base, rgb(0xE0703C), (0.2 + dusk) * smoothstep(330.0, 0.0, (y - 470.0).abs()))
        });
        // Their light lies drawn out on the wet stones.
        for &((x, y), radius, tone, strength) in &discs {
            let foot = 620.0 + (y - 380.0) * 0.4;
            let streak = Path::ellipse(x, foot + 150.0, radius * 0.5, 210.0);
            canvas.fill_with(&streak, |px, py| {
                let (dx, dy) = ((px - x) / (radius * 0.5), (py - foot - 150.0) / 210.0);
                let wet = 0.6 + 0.6 * noise(211, px / 50.0, py / 6.0);
                (rgb(tone), strength * 0.75 * smoothstep(1.0, 0.0, dx.hypot(dy)) * wet.clamp(0.0, 1.0))
            });
        }
        for &((x, y), radius, tone, strength) in &discs {
            canvas.fill_with(&Path::circle(x, y, radius), |px, py| {
                // A lens shows a lamp as an even disc with a brighter rim.
                let edge = (px - x).hypot(py - y) / radius;
                let rim = smoothstep(0.78, 0.96, edge);
                (mix(rgb(tone), rgb(0xFFF4E0), 0.25 * rim), strength * (0.72 + 0.5 * rim))
            });
        }
    })
}

/// Geese in a wedge before the rising moon.
pub(crate) fn geese_and_moon(size: Size) -> Picture {
    let width = width_of(size);
    let sky = Gradient::new(&[(0.0, 0x101B36), (0.5, 0x2B4468), (0.8, 0x7A7A94), (1.0, 0xD9A487)]);
    let centre = (width * 0.52, 470.0);
    let haze = Texture::new((300.min(size.0), 200.min(size.1)), |u, v| fractal(220, u * 2.0, v * 9.0, 5));
    let reeds: Vec<Path> = {
        let mut random = Random::new(14);
        (0..130)
            .map(|_| {
                let foot = (random.unit() * width, 1010.0);
                let lean = random.between(-36.0, 60.0);
                let tall = random.between(50.0, 210.0) * (0.5 + ((foot.0 / width - 0.5).abs() * 1.4));
                let tip = (foot.0 + lean, foot.1 - tall);
                let blade = [foot, (foot.0 + lean * 0.3, foot.1 - tall * 0.55), tip];
                let path = Path::tapered(&blade, |t| 4.5 * (1.0 - t) + 0.8);
                if random.chance(0.3) {
                    path.and(Path::ellipse(tip.0, tip.1, 4.0, 16.0).turn(lean * 0.3, tip))
                } else {
                    path
                }
            })
            .collect()
    };
    render(size, PHOTO, |canvas| {
        canvas.shade(|_, y| sky.at(y / HEIGHT));
        stars(canvas, 41, 240, 600.0);
        canvas.glow(centre, 330.0, rgb(0xFFD9A8), 0.5);
        moon(canvas, centre, 290.0, rgb(0xFFF0D2), rgb(0x7A6254));
        canvas.blend_between(0.0, HEIGHT, |x, y| {
            let thick = smoothstep(0.05, 0.6, haze.at(x / width, y / HEIGHT));
            (
                mix(rgb(0x31435F), rgb(0xE7B596), smoothstep(400.0, 900.0, y)),
                0.75 * thick * smoothstep(380.0, 700.0, y),
            )
        });
        for index in 0..13 {
            let rank = usize::div_ceil(index, 2);
            let side = if index % 2 == 0 { 1.0 } else { -1.0 };
            let step = rank as f32;
            let place = (centre.0 - 150.0 + step * 47.0, 400.0 + side * step * 23.0 + step * 9.0);
            let lift = [0.9, -0.5, 0.4, 0.8, -0.2, 0.6, -0.6][index % 7];
            canvas.fill(&bird(place, 62.0 - step * 2.4, lift, -6.0), rgb(0x14182A));
        }
        let hill = |x: f32| 905.0 - 40.0 * fractal(224, x / 300.0, 0.5, 4);
        canvas.fill(&forest(225, width, 17.0, 34.0, hill), rgb(0x17203A));
        canvas.fill(&silhouette(width, |x| 970.0 + 10.0 * noise(226, x / 80.0, 0.5)), rgb(0x0A0F1E));
        for reed in &reeds {
            canvas.fill(reed, rgb(0x070A16));
        }
    })
}

/// The Milky Way over pines, with somebody who looks up. For an upright format.
pub(crate) fn milky_way(size: Size) -> Picture {
    let width = width_of(size);
    let night = Gradient::new(&[(0.0, 0x050818), (0.55, 0x0E1A3C), (0.85, 0x27406A), (1.0, 0x5A6E86)]);
    // Across the band: 0 in its middle.
    let aside = move |x: f32, y: f32| (x - width * 0.5) * 0.88 + (y - 420.0) * 0.47;
    let cloud = Texture::new((360.min(size.0), 480.min(size.1)), |u, v| {
        let (x, y) = (u * width, v * HEIGHT);
        let across = aside(x, y) + 60.0 * fractal(230, x / 210.0, y / 210.0, 4);
        let band = (-(across / 150.0).powi(2)).exp();
        band * (0.62 + 0.55 * fractal(231, x / 120.0, y / 120.0, 6))
    });
    let dust = Texture::new((360.min(size.0), 480.min(size.1)), |u, v| {
        let (x, y) = (u * width, v * HEIGHT);
        let across = aside(x, y) + 90.0 * fractal(233, x / 190.0, y / 190.0, 5);
        let lane = (-(across / 46.0).powi(2)).exp();
        (lane * (0.55 + 0.9 * fractal(234, x / 60.0, y / 60.0, 5))).clamp(0.0, 1.0)
    });
    let mut random = Random::new(99);
    let swarm: Vec<(Point, f32, f32)> = (0..6000)
        .filter_map(|_| {
            let place = (random.unit() * width, random.unit() * 900.0);
            let (keep, size) = (random.unit(), random.unit().powi(8));
            let thick = cloud.at(place.0 / width, place.1 / HEIGHT);
            (keep < 0.12 + 0.88 * thick).then_some((place, size, random.unit()))
        })
        .collect();
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| {
            let (u, v) = (x / width, y / HEIGHT);
            let light = cloud.at(u, v).clamp(0.0, 1.0);
            let base = screen(
                night.at(v),
                mix(rgb(0x5C78C0), rgb(0xE8C2B0), smoothstep(0.25, 0.95, light)),
                0.62 * light,
            );
            let dark = dust.at(u, v);
            let glow = smoothstep(640.0, 960.0, y);
            screen(mix(base, rgb(0x1A1424), 0.72 * dark * light.sqrt()), rgb(0xF0A868), 0.3 * glow * glow)
        });
        for &(place, size, tint) in &swarm {
            let colour = mix(rgb(0xFFD8B0), rgb(0xBFD6FF), tint);
            canvas.glow(place, 0.35 + 1.5 * size, colour, 0.25 + 0.5 * tint + 0.4 * size);
        }
        let hill = |x: f32| 905.0 + 60.0 * noise(236, x / 420.0, 0.5) - 50.0 * smoothstep(0.0, width, x);
        canvas.fill(&forest(237, width, 21.0, 60.0, |x| hill(x) - 20.0), rgb(0x0D1526));
        canvas.fill(
            &forest(238, width, 90.0, 210.0, |x| {
                hill(x) + 50.0 + 60.0 * (-((x - width * 0.5) / 120.0).powi(2)).exp()
            }),
            rgb(0x060A14),
        );
        let knoll = |x: f32| {
            960.0 - 44.0 * (-((x - width * 0.52) / 110.0).powi(2)).exp() + 5.0 * noise(239, x / 30.0, 0.5)
        };
        canvas.fill(&silhouette(width, knoll), rgb(0x03060D));
        walker(canvas, (width * 0.52, 918.0));
    })
}

/// Somebody who stands with a lamp in the hand and looks up.
fn walker(canvas: &mut Canvas, foot: Point) {
    let at = |x: f32, y: f32| (foot.0 + x, foot.1 - y);
    let dark = rgb(0x03060D);
    canvas.glow(at(13.0, 22.0), 34.0, rgb(0xFFC27A), 0.75);
    for leg in [-3.2, 3.0] {
        canvas.fill(
            &Path::tapered(&[at(leg * 0.5, 26.0), at(leg, 12.0), at(leg * 1.3, 0.0)], |t| 5.4 - 1.6 * t),
            dark,
        );
    }
    canvas.fill(&Path::tapered(&[at(0.0, 24.0), at(-0.5, 36.0), at(-0.8, 44.0)], |t| 8.5 + 2.0 * t), dark);
    canvas.fill(&Path::rect(foot.0 - 10.5, foot.1 - 45.0, 7.5, 18.0), dark);
    canvas.fill(&Path::stroke(&[at(2.0, 43.0), at(8.5, 34.0), at(13.0, 26.0)], 3.0), dark);
    canvas.fill(&Path::circle(foot.0 - 1.6, foot.1 - 52.0, 4.6), dark);
    canvas.fill(&Path::circle(foot.0 + 13.0, foot.1 - 22.0, 2.6), rgb(0xFFF0C8));
}
