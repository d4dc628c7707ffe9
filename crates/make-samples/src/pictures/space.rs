//! Planets.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Gradient, mix, rgb, scale};
use crate::paint::noise::{fractal, smoothstep};
use crate::paint::path::{Path, Point};
use crate::paint::vista::stars;

/// A ball lit from the upper left; `colour` is asked with the position on it, each from -1 to 1, and the depth.
fn ball(
    canvas: &mut Canvas,
    (x0, y0): Point,
    radius: f32,
    tilt: f32,
    colour: impl Fn(f32, f32, f32) -> [f32; 3],
    air: u32,
) {
    canvas.glow((x0 - radius * 0.12, y0 - radius * 0.12), radius * 0.9, rgb(air), 0.34);
    let (sine, cosine) = tilt.to_radians().sin_cos();
    canvas.fill_with(&Path::circle(x0, y0, radius), |x, y| {
        let (dx, dy) = ((x - x0) / radius, (y - y0) / radius);
        let depth = (1.0 - dx * dx - dy * dy).max(0.0).sqrt();
        let (u, v) = (dx * cosine + dy * sine, dy * cosine - dx * sine);
        let light = -0.62 * dx - 0.5 * dy + 0.6 * depth;
        let lit = smoothstep(-0.12, 0.75, light);
        let rim = (1.0 - depth).powi(3) * smoothstep(-0.2, 0.6, light);
        let ground = scale(colour(u, v, depth), 0.035 + 1.05 * lit);
        (mix(ground, rgb(air), (0.7 * rim).clamp(0.0, 1.0)), 1.0)
    });
}

/// A planet with a ring and two moons.
pub(crate) fn ringed_planet(size: Size) -> Picture {
    let width = width_of(size);
    let centre = (width * 0.5, 510.0);
    let radius = 235.0;
    let bands = Gradient::new(&[
        (0.0, 0x8A6A4A),
        (0.16, 0xD9B88A),
        (0.3, 0xF2DDB4),
        (0.42, 0xC9986A),
        (0.5, 0xEBCB98),
        (0.62, 0xB4825C),
        (0.75, 0xE6C79A),
        (1.0, 0x7A5A44),
    ]);
    let rings = Gradient::new(&[
        (0.0, 0x3A3028),
        (0.12, 0x9A8260),
        (0.35, 0xE2CBA0),
        (0.55, 0xC2A67A),
        (0.6, 0x1A1614),
        (0.64, 0xB49A72),
        (0.9, 0x8A7658),
        (1.0, 0x2A2420),
    ]);
    // The ring lies tilted: seen from its plane it is a flat ellipse.
    let tilt = -17.0_f32;
    let (sine, cosine) = tilt.to_radians().sin_cos();
    let ring = move |canvas: &mut Canvas, front: bool| {
        let outer = Path::ellipse(centre.0, centre.1, radius * 2.06, radius * 0.56).turn(tilt, centre);
        canvas.fill_with(&outer, |x, y| {
            let (dx, dy) = (x - centre.0, y - centre.1);
            let (u, v) = ((dx * cosine + dy * sine) / radius, (dy * cosine - dx * sine) / (radius * 0.272));
            let out = u.hypot(v);
            let t = (out - 1.22) / (2.06 - 1.22);
            if !(0.0..=1.0).contains(&t) || (v > 0.0) != front {
                return (rgb(0), 0.0);
            }
            let groove = 0.86 + 0.2 * fractal(310, t * 34.0, 0.3, 3);
            let shade = if !front && u > -0.2 && u < 1.15 {
                smoothstep(1.15, 1.0, (u - 0.2).abs() + 0.35)
            } else {
                0.0
            };
            let soft = smoothstep(0.0, 0.03, t) * smoothstep(1.0, 0.96, t);
            (scale(rings.at(t), groove * (1.0 - 0.8 * shade)), soft * (0.62 + 0.3 * rings.at(t)[0]))
        });
    };
    render(size, Finish::default(), |canvas| {
        canvas.shade(|x, y| {
            mix(rgb(0x070A14), rgb(0x16203A), smoothstep(900.0, 100.0, (x - width * 0.2).hypot(y - 160.0)))
        });
        stars(canvas, 311, 520, 2000.0);
        ring(canvas, false);
        ball(
            canvas,
            centre,
            radius,
            tilt,
            |u, v, depth| {
                let swirl = 0.05 * fractal(312, u * 2.2 / (0.4 + depth), v * 7.0, 4);
                bands.at(0.5 + 0.5 * v + swirl)
            },
            0xF2D8A8,
        );
        ring(canvas, true);
        for (x, y, size, tone) in [(0.83, 235.0, 34.0, 0xB9B4AA), (0.15, 770.0, 20.0, 0xC48A6A)] {
            ball(
                canvas,
                (width * x, y),
                size,
                0.0,
                |u, v, depth| {
                    mix(
                        rgb(tone),
                        rgb(0x4A4440),
                        0.5 + 0.9 * fractal(313, u * 2.0 / (0.5 + depth), v * 2.5, 4),
                    )
                },
                0x8A8A92,
            );
        }
    })
}

/// A blue world with clouds, rising over the edge of its moon.
pub(crate) fn blue_world(size: Size) -> Picture {
    let width = width_of(size);
    render(size, Finish::default(), |canvas| {
        canvas.shade(|_, y| mix(rgb(0x03050C), rgb(0x0A1020), y / HEIGHT));
        stars(canvas, 320, 420, 1400.0);
        ball(
            canvas,
            (width * 0.56, 370.0),
            225.0,
            22.0,
            |u, v, depth| {
                let (x, y) = (u / (0.55 + 0.45 * depth), v / (0.55 + 0.45 * depth));
                let land = smoothstep(0.02, 0.1, fractal(321, x * 1.5 + 4.0, y * 1.5, 6));
                let dry = smoothstep(-0.3, 0.3, fractal(322, x * 2.0, y * 3.0, 3) + 0.3 * (0.5 - y.abs()));
                let ground = mix(rgb(0x2F6A3E), rgb(0xB99A62), dry);
                let ice = smoothstep(0.78, 0.92, v.abs() + 0.1 * fractal(323, x * 4.0, y * 4.0, 3));
                let cloud = smoothstep(0.02, 0.5, fractal(324, x * 2.2 + 0.7 * y, y * 4.2, 6));
                let sea = mix(
                    rgb(0x0B3C7A),
                    rgb(0x1F7FB0),
                    smoothstep(-0.4, 0.05, fractal(321, x * 1.5 + 4.0, y * 1.5, 4)),
                );
                mix(mix(mix(sea, ground, land), rgb(0xF4F8FB), ice), rgb(0xFFFFFF), 0.9 * cloud)
            },
            0x6FB4F0,
        );
        let edge =
            |x: f32| 800.0 + 0.00016 * (x - width * 0.4).powi(2) - 9.0 * fractal(325, x / 70.0, 0.4, 5);
        canvas.fill_with(&super::shapes::silhouette(width, edge), |x, y| {
            let below = y - edge(x);
            let depth = 60.0 / (below + 60.0);
            let pit = fractal(326, x * depth / 60.0, depth * 16.0, 5);
            let light =
                0.42 + 0.9 * (pit - fractal(326, (x - 5.0) * depth / 60.0, depth * 16.0 + 0.06, 5)) * 2.2;
            (
                mix(
                    rgb(0x1E1D20),
                    rgb(0xC9C4BA),
                    light.clamp(0.0, 1.0) * (0.95 - 0.4 * smoothstep(0.0, 230.0, below)),
                ),
                1.0,
            )
        });
    })
}
