//! Pictures that inform: a topographic map, a chart of temperatures, a badge without a background.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb, scale};
use crate::paint::lettering::{letter, write};
use crate::paint::noise::{Texture, fractal, lerp, ridged, smoothstep};
use crate::paint::path::{Path, Point, curve};
use coffer_sample::sensors;

const INK: u32 = 0x2B3236;

/// The north sheet of the map: contour lines every 50 metres, lakes, the route.
pub(crate) fn topographic_map(size: Size) -> Picture {
    let width = width_of(size);
    let land = Texture::new((520.min(size.0), 390.min(size.1)), |u, v| {
        let (x, y) = (u * width / 1000.0, v);
        let mass =
            0.62 * ridged(420, x * 1.25 + 3.0, y * 1.25 + 1.0, 5) + 0.34 * fractal(421, x * 1.4, y * 1.4, 4);
        let sea =
            smoothstep(0.02, 0.36, x * 0.62 + 0.32 * v + 0.1 * fractal(422, x * 3.0, y * 3.0, 4) - 0.16);
        lerp(-0.08, 0.10 + mass, sea)
    });
    let height = |x: f32, y: f32| land.at(x / width, y / HEIGHT);
    let tints = Gradient::new(&[
        (0.0, 0xC9DDB2),
        (0.25, 0xE4E6BE),
        (0.5, 0xF0DFB4),
        (0.75, 0xE2C7A0),
        (1.0, 0xF6F1EA),
    ]);
    // Marks stand on the tops that the land really has: from near each, uphill until there is no higher ground.
    let mut summits = [(0.87, 560.0), (0.66, 330.0), (0.50, 170.0)].map(|(x, y)| {
        let mut top = (width * x, y);
        loop {
            let around = (0..16).map(|turn| {
                let (sine, cosine) = (turn as f32 / 16.0 * std::f32::consts::TAU).sin_cos();
                (top.0 + 5.0 * cosine, top.1 + 5.0 * sine)
            });
            let best = around.max_by(|a, b| height(a.0, a.1).total_cmp(&height(b.0, b.1)));
            match best {
                Some(next) if height(next.0, next.1) > height(top.0, top.1) => top = next,
                _ => break top,
            }
        }
    });
    summits.sort_by(|a, b| height(b.0, b.1).total_cmp(&height(a.0, a.1)));
    let (start, end) = ((width * 0.20, 760.0), summits[0]);
    let half = (width * 0.47, 660.0);
    let mut route = curve(start, (width * 0.30, 640.0), (width * 0.34, 800.0), half);
    route.extend(curve(half, (width * 0.58, 560.0), (end.0 - 170.0, end.1 - 60.0), end).into_iter().skip(1));
    render(size, Finish::default(), |canvas| {
        canvas.shade(|x, y| {
            let here = height(x, y);
            let (dx, dy) = (
                (height(x + 2.0, y) - height(x - 2.0, y)) / 4.0,
                (height(x, y + 2.0) - height(x, y - 2.0)) / 4.0,
            );
            let slope = dx.hypot(dy).max(1e-5);
            // How many units away the nearest multiple of a step of height is.
            let away = |step: f32| ((here / step) - (here / step).round()).abs() * step / slope;
            if here < 0.0 {
                let shore = mix(rgb(0x9CC7DC), rgb(0xC4DFEA), smoothstep(-0.09, 0.0, here));
                let line = smoothstep(1.4, 0.6, away(0.02));
                return mix(
                    mix(shore, rgb(0x7FB2CC), 0.5 * line),
                    rgb(0x2F6F92),
                    smoothstep(1.6, 0.8, here.abs() / slope),
                );
            }
            let lit = (1.0 - 62.0 * (dx + dy)).clamp(0.78, 1.1);
            let ground = scale(tints.at(here * 1.15), lit);
            let fine = 0.42 * smoothstep(1.1, 0.4, away(0.025));
            let bold = 0.72 * smoothstep(1.7, 0.8, away(0.125));
            let line = mix(ground, rgb(0x9A6A3C), fine.max(bold));
            mix(line, rgb(0x2F6F92), smoothstep(1.8, 0.9, here / slope))
        });
        let grid = 160.0;
        for index in 1..=(width / grid) as usize {
            canvas
                .fill_with(&Path::rect(index as f32 * grid, 0.0, 0.8, HEIGHT), |_, _| (rgb(0x4A6A7A), 0.35));
        }
        for index in 1..=(HEIGHT / grid) as usize {
            canvas.fill_with(&Path::rect(0.0, index as f32 * grid, width, 0.8), |_, _| (rgb(0x4A6A7A), 0.35));
        }
        for pair in route.chunks(3).filter(|piece| piece.len() > 1) {
            canvas.fill(&Path::stroke(&pair[..2], 7.0), rgb(0xFFFFFF));
            canvas.fill(&Path::stroke(&pair[..2], 4.4), rgb(0xC8322B));
        }
        for peak in &summits {
            let metres =
                format!("{:.0}", height(peak.0, peak.1) / height(summits[0].0, summits[0].1) * 1_743.0);
            canvas.fill(
                &Path::polygon(&[
                    (peak.0 - 9.0, peak.1 + 8.0),
                    (peak.0, peak.1 - 9.0),
                    (peak.0 + 9.0, peak.1 + 8.0),
                ]),
                rgb(INK),
            );
            write(canvas, &metres, (peak.0 + 16.0, peak.1 + 8.0), 17.0, 0.0, 5.5, rgb(0xFBF8EE));
            write(canvas, &metres, (peak.0 + 16.0, peak.1 + 8.0), 17.0, 0.0, 2.2, rgb(INK));
        }
        for &(x, y) in &[route[0], route[32]] {
            canvas.fill(&Path::circle(x, y, 11.0), rgb(0xFFFFFF));
            canvas.fill(&Path::circle(x, y, 7.5), rgb(0xC8322B));
        }
        write(canvas, "BASE CAMP", (route[0].0 - 20.0, route[0].1 + 40.0), 17.0, 0.5, 6.0, rgb(0xE6F1F4));
        write(canvas, "BASE CAMP", (route[0].0 - 20.0, route[0].1 + 40.0), 17.0, 0.5, 2.3, rgb(0xA3241F));
        legend(canvas, width);
    })
}

fn legend(canvas: &mut Canvas, width: f32) {
    canvas.fill(&Path::rect(24.0, 24.0, 300.0, 116.0), rgb(0xFBF8EE));
    let frame = Path::rect(24.0, 24.0, 300.0, 116.0).cut(Path::rect(26.0, 26.0, 296.0, 112.0));
    canvas.fill(&frame, rgb(INK));
    write(canvas, "NORTH SHEET", (42.0, 72.0), 24.0, 0.0, 3.4, rgb(INK));
    for piece in 0..4 {
        let tone = if piece % 2 == 0 { rgb(INK) } else { rgb(0xFFFFFF) };
        canvas.fill(&Path::rect(42.0 + piece as f32 * 40.0, 98.0, 40.0, 7.0), tone);
    }
    canvas.fill(&Path::rect(42.0, 98.0, 160.0, 7.0).cut(Path::rect(43.0, 99.0, 158.0, 5.0)), rgb(INK));
    write(canvas, "0", (38.0, 126.0), 12.0, 0.0, 1.8, rgb(INK));
    write(canvas, "2 KM", (214.0, 126.0), 12.0, 1.0, 1.8, rgb(INK));
    let north = (width - 62.0, 88.0);
    canvas.fill(&Path::circle(north.0, north.1, 40.0), rgb(0xFBF8EE));
    canvas.fill(
        &Path::polygon(&[
            (north.0, north.1 - 34.0),
            (north.0 + 13.0, north.1 + 24.0),
            (north.0, north.1 + 14.0),
        ]),
        rgb(INK),
    );
    canvas.fill(
        &Path::polygon(&[
            (north.0, north.1 - 34.0),
            (north.0 - 13.0, north.1 + 24.0),
            (north.0, north.1 + 14.0),
        ]),
        rgb(0x9AA5A8),
    );
}

/// Temperatures at three stations over the whole expedition.
pub(crate) fn temperature_chart(size: Size) -> Picture {
    let width = width_of(size);
    let (left, right, top, bottom) = (130.0, width - 60.0, 190.0, HEIGHT - 120.0);
    let (low, high) = (-15.0, 20.0);
    let y_of = |degrees: f32| lerp(bottom, top, (degrees - low) / (high - low));
    let x_of = |day: f32| lerp(left, right, day / (sensors::DAYS as f32 - 1.0));
    // Means over a day are calm enough to read; the range of the day is drawn as a band.
    let series: Vec<(&str, u32, Vec<[f32; 3]>)> = [(0, 0xD8723C), (13, 0x1B7F70), (17, 0x3E6FA8)]
        .into_iter()
        .map(|(station, tone)| {
            let days = (0..sensors::DAYS)
                .map(|day| {
                    let hours: Vec<f32> =
                        (0..24).map(|hour| sensors::temperature(station, day * 24 + hour)).collect();
                    let mean = hours.iter().sum::<f32>() / 24.0;
                    [
                        mean,
                        hours.iter().copied().fold(f32::MAX, f32::min),
                        hours.iter().copied().fold(f32::MIN, f32::max),
                    ]
                })
                .collect();
            (sensors::STATIONS[station].name, tone, days)
        })
        .collect();
    render(size, Finish::default(), |canvas| {
        canvas.shade(|_, _| rgb(0xFFFFFF));
        let ink = rgb(INK);
        write(canvas, "TEMPERATURE  °C", (left, 84.0), 34.0, 0.0, 4.6, ink);
        write(canvas, "DAILY MEAN AND RANGE", (left, 132.0), 20.0, 0.0, 2.3, rgb(0x6B726E));
        for step in 0..=7 {
            let degrees = low + step as f32 * 5.0;
            let y = y_of(degrees);
            let is_zero = degrees.abs() < 0.01;
            canvas.fill(
                &Path::rect(left, y - 0.8, right - left, if is_zero { 2.4 } else { 1.4 }),
                if is_zero { rgb(0x8C948F) } else { rgb(0xE4E1DA) },
            );
            write(canvas, &format!("{degrees:.0}"), (left - 22.0, y + 9.0), 18.0, 1.0, 2.3, rgb(0x6B726E));
        }
        for (day, month) in [(0.0, "14 SEP"), (17.0, "1 OCT"), (31.0, "15 OCT"), (48.0, "1 NOV")] {
            canvas.fill(&Path::rect(x_of(day) - 0.7, bottom, 1.4, 12.0), rgb(0x8C948F));
            write(canvas, month, (x_of(day), bottom + 46.0), 18.0, 0.5, 2.3, rgb(0x6B726E));
        }
        for (index, (name, tone, days)) in series.iter().enumerate() {
            let line = |part: usize| {
                days.iter().enumerate().map(move |(day, values)| (x_of(day as f32), y_of(values[part])))
            };
            let band: Vec<Point> = line(1).chain(line(2).rev()).collect();
            canvas.fill_with(&Path::polygon(&band), |_, _| (rgb(*tone), 0.16));
            let mean: Vec<Point> = line(0).collect();
            canvas.fill(&Path::stroke(&mean, 4.4), rgb(*tone));
            let place = (right - 960.0 + index as f32 * 340.0, 84.0);
            canvas.fill(
                &Path::stroke(&[(place.0, place.1 - 10.0), (place.0 + 40.0, place.1 - 10.0)], 6.0),
                rgb(*tone),
            );
            write(canvas, &name.to_uppercase(), (place.0 + 58.0, place.1), 20.0, 0.0, 2.6, ink);
        }
    })
}

/// The badge of the expedition; everything around it is transparent.
pub(crate) fn badge(size: Size) -> Picture {
    let centre = (width_of(size) / 2.0, 500.0);
    let disc = |radius: f32| Path::circle(centre.0, centre.1, radius);
    let ridge = |points: &[Point]| Path::polygon(points).shift(centre.0 - 500.0, 0.0);
    render(size, Finish { has_alpha: true, ..Finish::default() }, |canvas| {
        canvas.fill(&disc(470.0), rgb(0x12363B));
        canvas.fill(&disc(452.0).cut(disc(444.0)), rgb(0xE9B44C));
        canvas.fill_with(&disc(330.0), |_, y| {
            (mix(rgb(0x4FC3AF), rgb(0xF6E3B4), smoothstep(180.0, 640.0, y)), 1.0)
        });
        canvas.fill(&Path::circle(centre.0 + 96.0, 360.0, 66.0), rgb(0xF7F3E4));
        let inside = |x: f32, y: f32| if (x - centre.0).hypot(y - centre.1) < 330.0 { 1.0 } else { 0.0 };
        let far = ridge(&[
            (150.0, 640.0),
            (300.0, 440.0),
            (390.0, 540.0),
            (560.0, 330.0),
            (720.0, 520.0),
            (790.0, 460.0),
            (860.0, 640.0),
            (860.0, 840.0),
            (150.0, 840.0),
        ]);
        canvas.fill_with(&far, |x, y| (rgb(0x58A89A), inside(x, y)));
        let near = ridge(&[
            (150.0, 760.0),
            (250.0, 640.0),
            (440.0, 300.0),
            (520.0, 430.0),
            (640.0, 620.0),
            (850.0, 740.0),
            (850.0, 840.0),
            (150.0, 840.0),
        ]);
        canvas.fill_with(&near, |x, y| (rgb(0x1B7F70), inside(x, y)));
        let shade = ridge(&[
            (440.0, 300.0),
            (520.0, 430.0),
            (640.0, 620.0),
            (850.0, 740.0),
            (560.0, 740.0),
            (470.0, 600.0),
            (480.0, 480.0),
        ]);
        canvas.fill_with(&shade, |x, y| (rgb(0x125A56), inside(x, y)));
        let snow = ridge(&[
            (440.0, 300.0),
            (492.0, 384.0),
            (470.0, 402.0),
            (448.0, 380.0),
            (424.0, 420.0),
            (400.0, 404.0),
            (378.0, 412.0),
        ]);
        canvas.fill(&snow, rgb(0xF7F3E4));
        for (row, level) in [690.0, 730.0, 770.0].into_iter().enumerate() {
            let wave: Vec<Point> = (0..=60)
                .map(|step| {
                    let x = centre.0 - 330.0 + 11.0 * step as f32;
                    (x, level + 7.0 * (x / 38.0 + row as f32).sin())
                })
                .collect();
            let mut water = wave.clone();
            water.extend([(centre.0 + 340.0, 860.0), (centre.0 - 340.0, 860.0)]);
            canvas.fill_with(&Path::polygon(&water), |x, y| {
                ([rgb(0x1E5E78), rgb(0x174A66), rgb(0x12363B)][row], inside(x, y))
            });
            canvas.fill_with(&Path::stroke(&wave, 3.6), |x, y| (rgb(0xCFE9E2), inside(x, y)));
        }
        canvas.fill(&disc(338.0).cut(disc(330.0)), rgb(0xE9B44C));
        around(canvas, "EXPEDITION", centre, -90.0, 366.0, false);
        around(canvas, "MOUNT REVA 2026", centre, 90.0, 422.0, true);
        for side in [-1.0, 1.0] {
            canvas.fill(&Path::circle(centre.0 + side * 392.0, centre.1, 11.0), rgb(0xE9B44C));
        }
    })
}

/// Letters along a circle, their middle at an angle in degrees; `below` stands them on its inside.
fn around(canvas: &mut Canvas, text: &str, centre: Point, middle: f32, radius: f32, below: bool) {
    let step = if below { -8.6 } else { 10.4 };
    let count = text.chars().count() as f32;
    for (index, which) in text.chars().enumerate() {
        let angle = middle + (index as f32 - (count - 1.0) / 2.0) * step;
        let (sine, cosine) = angle.to_radians().sin_cos();
        let place = (centre.0 + radius * cosine, centre.1 + radius * sine);
        let path = letter(which, (place.0 - 18.0, place.1), 54.0, 8.0)
            .turn(angle + if below { -90.0 } else { 90.0 }, place);
        canvas.fill(&path, rgb(0xF7F3E4));
    }
}
