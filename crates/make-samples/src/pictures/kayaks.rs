//! Two kayaks on clear water, seen from above.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb, scale};
use crate::paint::noise::{Random, fractal, noise, smoothstep};
use crate::paint::path::{Path, Point, curve};

const PHOTO: Finish = Finish { grain: 0.15, vignette: 0.22, has_alpha: false };

/// For an upright format.
pub(crate) fn kayaks(size: Size) -> Picture {
    let width = width_of(size);
    let depth = Gradient::new(&[
        (0.0, 0xE9D9A6),
        (0.16, 0x9FD8C2),
        (0.4, 0x2FA6A8),
        (0.7, 0x127A92),
        (1.0, 0x0A4E70),
    ]);
    let mut random = Random::new(5);
    let stones: Vec<(Path, f32)> = (0..150)
        .map(|_| {
            let t = random.unit().powf(1.6);
            let place = (random.unit() * width * (1.0 - t) * 0.8, HEIGHT - t * 420.0);
            let size = random.between(5.0, 26.0);
            (
                Path::ellipse(place.0, place.1, size, size * 0.75).turn(random.between(0.0, 180.0), place),
                random.unit(),
            )
        })
        .collect();
    render(size, PHOTO, |canvas| {
        canvas.shade(|x, y| {
            let shore =
                (x * 0.55 + (HEIGHT - y)) / (HEIGHT * 1.25) + 0.12 * fractal(180, x / 260.0, y / 260.0, 5);
            let net = |scale: f32, seed: u32| {
                let bend = 14.0 * noise(seed, x / 60.0, y / 60.0);
                1.0 - (2.2 * noise(seed + 1, (x + bend) / scale, (y - bend) / scale)).abs()
            };
            // Light bundled by the waves dances on the ground.
            let light = net(46.0, 182).max(0.0).powi(7) * 0.7 + net(27.0, 186).max(0.0).powi(7) * 0.4;
            let clear = smoothstep(0.95, 0.15, shore);
            let colour = depth.at(shore.max(0.0));
            mix(colour, rgb(0xF4FFF4), (light * (0.08 + 0.4 * clear)).clamp(0.0, 0.8))
        });
        for (path, tone) in &stones {
            canvas.fill_with(path, |_, y| {
                (mix(rgb(0x5E7F78), rgb(0xB9B394), *tone), 0.5 * smoothstep(560.0, 900.0, y))
            });
        }
        kayak(canvas, (width * 0.42, 400.0), 330.0, -24.0, [0xE4572E, 0xFFF1D6, 0x2B3A42]);
        kayak(canvas, (width * 0.70, 640.0), 330.0, -32.0, [0xF2B134, 0xFFF8E4, 0x3A2E3E]);
    })
}

fn kayak(canvas: &mut Canvas, place: Point, long: f32, turn: f32, colours: [u32; 3]) {
    let (x0, y0) = place;
    let lens = |half: f32, wide: f32| -> Path {
        let mut outline = curve(
            (x0, y0 - half),
            (x0 + wide, y0 - half * 0.45),
            (x0 + wide, y0 + half * 0.45),
            (x0, y0 + half),
        );
        outline.extend(curve(
            (x0, y0 + half),
            (x0 - wide, y0 + half * 0.45),
            (x0 - wide, y0 - half * 0.45),
            (x0, y0 - half),
        ));
        Path::polygon(&outline)
    };
    let half = long / 2.0;
    // Wake, shadow on the ground, hull, deck, crew.
    for arm in [-1.0, 1.0] {
        for ring in 0..5 {
            let start = half * (0.2 + 0.36 * ring as f32);
            let wave = curve(
                (x0 + arm * 26.0, y0 + start - half * 0.6),
                (x0 + arm * 50.0, y0 + start),
                (x0 + arm * 80.0, y0 + start + 60.0),
                (x0 + arm * (104.0 + 16.0 * ring as f32), y0 + start + 150.0),
            );
            let path = Path::tapered(&wave, |t| 3.4 * (1.0 - t) + 0.4).turn(turn, place);
            canvas.fill_with(&path, |_, _| (rgb(0xF2FFFC), 0.34 - 0.05 * ring as f32));
        }
    }
    canvas.fill_with(&lens(half, 46.0).turn(turn, place).shift(34.0, 46.0), |_, _| (rgb(0x06384A), 0.34));
    let hull = lens(half, 46.0).turn(turn, place);
    let (sine, cosine) = turn.to_radians().sin_cos();
    canvas.fill_with(&hull, |x, y| {
        let aside = ((x - x0) * cosine + (y - y0) * sine) / 36.0;
        let tone = rgb(colours[0]);
        (mix(mix(tone, rgb(0xFFFFFF), 0.35), scale(tone, 0.6), smoothstep(-0.8, 0.9, aside)), 1.0)
    });
    canvas.fill(
        &Path::stroke(&[(x0, y0 - half * 0.94), (x0, y0 + half * 0.94)], 3.0).turn(turn, place),
        rgb(colours[1]),
    );
    canvas.fill(&Path::ellipse(x0, y0 + 6.0, 22.0, 40.0).turn(turn, place), rgb(colours[2]));
    let paddle = Path::stroke(&[(x0 - 104.0, y0 - 34.0), (x0 + 104.0, y0 + 20.0)], 4.4);
    let blades = Path::ellipse(x0 - 116.0, y0 - 37.0, 24.0, 9.0)
        .turn(14.0, (x0 - 116.0, y0 - 37.0))
        .and(Path::ellipse(x0 + 116.0, y0 + 23.0, 24.0, 9.0).turn(14.0, (x0 + 116.0, y0 + 23.0)));
    canvas.fill(&Path::ellipse(x0, y0 + 4.0, 19.0, 15.0).turn(turn, place), rgb(colours[0]));
    for side in [-1.0, 1.0] {
        let arm = [
            (x0 + side * 15.0, y0 + 2.0),
            (x0 + side * 30.0, y0 - 16.0 + side * 6.0),
            (x0 + side * 36.0, y0 - 7.0 + side * 9.0),
        ];
        canvas.fill(&Path::stroke(&arm, 9.0).turn(turn, place), rgb(0xE9B48C));
    }
    canvas.fill(&paddle.turn(turn, place), rgb(0x22292E));
    canvas.fill(&blades.turn(turn, place), rgb(colours[1]));
    canvas.fill_with(&Path::circle(x0, y0, 12.5), |x, y| {
        (mix(rgb(colours[1]), rgb(0x9A8A78), smoothstep(-8.0, 22.0, (x - x0) + (y - y0))), 1.0)
    });
}
