//! Mountains, dunes and a plateau, as a walker with a camera meets them.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render, width_of};
use crate::paint::colour::{Colour, mix, rgb, screen};
use crate::paint::noise::{Texture, fractal, lerp, noise, ridged, smoothstep};
use crate::paint::path::{Path, Point};
use crate::paint::terrain::{Camera, Ground, Light, Terrain};
use crate::paint::vista::{Sky, Water, landscape, stars};

const PHOTO: Finish = Finish { grain: 0.15, vignette: 0.25, has_alpha: false };

/// A snow-covered peak above a tarn, without grain so that it stays small in a lossless file.
pub(crate) fn mount_reva(size: Size) -> Picture {
    let (horizon, width) = (640.0, width_of(size));
    let height = |x: f32, z: f32, octaves: u32| {
        let bent = x + 0.3 * fractal(45, x * 1.3, z * 1.3, 3);
        let from_peak = ((bent - 0.25) * 0.8).hypot(z - 5.6);
        let peak = 1.75 * smoothstep(3.4, 0.0, from_peak).powf(1.25);
        let crest = ridged(43, x * 0.6 + 0.9, z * 0.5, octaves);
        let range = 0.8 * smoothstep(5.0, 9.0, z) * crest;
        let shore = smoothstep(1.5, 2.6, z + 0.35 * noise(7, x * 1.5, 3.0) + 0.12 * x.abs());
        shore * (peak * (0.7 + 0.55 * crest) + range + 0.22 * crest) - 0.035
    };
    let ground = |place: Ground| {
        let patch = fractal(51, place.x * 5.0, place.z * 5.0, 4);
        let rock = mix(rgb(0x4C4F5C), rgb(0x757480), 0.5 + patch);
        let heath = mix(rgb(0x5A4A34), rgb(0x8A6A3A), 0.5 + patch);
        let snow =
            smoothstep(0.18, 0.42, place.height + 0.18 * patch) * smoothstep(2.3, 1.2, place.steepness);
        let low = smoothstep(0.4, 0.12, place.height + 0.1 * patch) * smoothstep(1.6, 0.7, place.steepness);
        mix(mix(rock, heath, low), rgb(0xFBFCFF), snow)
    };
    let sky = Sky::new(size, horizon, &[(0.0, 0x3F2E8C), (0.5, 0x7D5BC0), (0.8, 0xC893D6), (1.0, 0xF2C3CF)])
        .lamp((width * 0.14, 240.0), 17.0, 0xFFFFFF, 0xF6D8F0, 300.0)
        .clouds(23, 0.5, 1.0, 2.0, 0xFFE3EE, 0x9A78C4);
    let light = Light {
        slope: 0.95,
        side: -0.8,
        facing: 0.35,
        sun: rgb(0xE8C0BC),
        shade: rgb(0x645EA4),
        haze: rgb(0xD9AEDC),
        haze_distance: 16.0,
    };
    let camera = Camera { height: 0.09, horizon, focal: 1450.0, near: 0.4, far: 16.0 };
    let land = Terrain::new(size, camera, light, height, ground);
    let water = Water { deep: rgb(0x2E2A62), ripple: 0.16, seed: 3 };
    render(size, Finish::default(), |canvas| {
        sky.paint_behind(canvas, &land);
        landscape(canvas, &sky, &land, Some(&water));
    })
}

/// Dunes in low light, rippled by the wind.
pub(crate) fn dunes(size: Size) -> Picture {
    let (horizon, width) = (360.0, width_of(size));
    let height = |x: f32, z: f32, octaves: u32| {
        let bend = fractal(61, x * 0.45 + 3.37, z * 0.4 + 4.74, 3);
        let along = (z * 0.62 + x * 0.34 + bend * 1.1 + 0.22) * 0.95;
        let number = along.floor();
        // A long slope against the wind, a short one in its lee.
        let phase = along - number;
        let crest = soft_min(phase / 0.72, (1.0 - phase) / 0.28, 0.16);
        let size = 0.24 + 0.12 * noise(62, x * 0.5, number * 3.7);
        let far = smoothstep(5.0, 9.0, z) * ridged(64, x * 0.3, z * 0.3, octaves.min(6)) * 0.55;
        0.05 + crest * size + 0.05 * fractal(63, x * 0.7, z * 0.7, 2) + far
    };
    let ground = |place: Ground| {
        let near = smoothstep(2.2, 0.5, place.z);
        let ripple = (place.z * 190.0 + place.x * 46.0 + 9.0 * noise(66, place.x * 6.0, place.z * 6.0)).sin();
        let patch = noise(65, place.x * 3.0, place.z * 3.0);
        mix(rgb(0xD79A5C), rgb(0xF2C88A), 0.5 + 0.5 * patch + 0.16 * ripple * near)
    };
    let sky = Sky::new(size, horizon, &[(0.0, 0x3F6E96), (0.55, 0xA5B3B8), (1.0, 0xF6D8AE)])
        .lamp((width * 0.9, 180.0), 20.0, 0xFFF8E2, 0xFFDFA8, 380.0)
        .clouds(71, 0.36, 1.3, 3.0, 0xFFF0D8, 0xB09C98);
    let light = Light {
        slope: 0.2,
        side: 0.95,
        facing: -0.35,
        sun: rgb(0xFFD8A4),
        shade: rgb(0x664A62),
        haze: rgb(0xE9C6A4),
        haze_distance: 9.0,
    };
    let camera = Camera { height: 0.46, horizon, focal: 1050.0, near: 0.2, far: 14.0 };
    let land = Terrain::new(size, camera, light, height, ground);
    render(size, PHOTO, |canvas| {
        sky.paint_behind(canvas, &land);
        landscape(canvas, &sky, &land, None);
    })
}

/// The smaller of two numbers, without a corner where they are about the same.
fn soft_min(a: f32, b: f32, width: f32) -> f32 {
    let t = (0.5 + 0.5 * (b - a) / width).clamp(0.0, 1.0);
    lerp(b, a, t) - width * t * (1.0 - t)
}

/// Autumn on a plateau, with a river that mirrors big clouds.
pub(crate) fn plateau(size: Size) -> Picture {
    let (horizon, width) = (430.0, width_of(size));
    let height = |x: f32, z: f32, octaves: u32| {
        let bend = 0.5 * (z * 0.9 + 0.4).sin() * (1.0 + 0.25 * z);
        let bank = smoothstep(0.06, 0.75 + 0.1 * z, (x - bend - 0.25).abs());
        let hills = 0.5 + 0.7 * fractal(81, x * 0.5, z * 0.5, octaves);
        let far = smoothstep(4.0, 11.0, z) * (0.25 + ridged(82, x * 0.24 + 3.0, z * 0.24, octaves.min(7)));
        bank * (0.03 + 0.13 * hills + 1.1 * far) - 0.012
    };
    let ground = |place: Ground| {
        let patch = fractal(85, place.x * 6.0, place.z * 6.0, 4);
        let fine = noise(86, place.x * 60.0, place.z * 60.0) * smoothstep(3.0, 0.6, place.z);
        let birch = mix(rgb(0xB08A3E), rgb(0xA85432), smoothstep(-0.3, 0.4, patch));
        let moss = mix(rgb(0x5E6640), rgb(0x86854E), 0.5 + patch);
        let cover = mix(moss, birch, smoothstep(-0.25, 0.3, fractal(87, place.x * 1.4, place.z * 1.4, 4)));
        let stone = smoothstep(0.35, 0.7, place.height + 0.15 * patch);
        let snow = smoothstep(0.8, 1.0, place.height + 0.2 * patch) * smoothstep(1.9, 0.8, place.steepness);
        mix(mix(mix(cover, rgb(0x40382A), 0.5 * fine.abs()), rgb(0x807A80), stone), rgb(0xF6F8FC), snow)
    };
    let sky = Sky::new(size, horizon, &[(0.0, 0x2F6FB0), (0.6, 0x8DBAE0), (1.0, 0xDCEAF0)])
        .lamp((width * 0.1, -60.0), 20.0, 0xFFFFFF, 0xFFF3D8, 360.0)
        .clouds(94, 0.6, 1.3, 1.3, 0xFFFFFF, 0xA3B3C8);
    let light = Light {
        slope: 0.5,
        side: -0.8,
        facing: 0.1,
        sun: rgb(0xFFE8C4),
        shade: rgb(0x61708E),
        haze: rgb(0xBFD2E4),
        haze_distance: 13.0,
    };
    let camera = Camera { height: 0.24, horizon, focal: 1000.0, near: 0.12, far: 18.0 };
    let land = Terrain::new(size, camera, light, height, ground);
    let water = Water { deep: rgb(0x1E4A6A), ripple: 0.2, seed: 12 };
    render(size, PHOTO, |canvas| {
        sky.paint_behind(canvas, &land);
        landscape(canvas, &sky, &land, Some(&water));
    })
}

/// Northern lights above two tents in the snow.
pub(crate) fn aurora(size: Size) -> Picture {
    let (horizon, width) = (700.0, width_of(size));
    let height = |x: f32, z: f32, octaves: u32| {
        let rise = smoothstep(1.6, 7.5, z + 0.4 * x.abs());
        let crest = ridged(101, x * 0.42 + 5.0, z * 0.42 + 2.0, octaves);
        (0.03 + 0.05 * fractal(102, x * 1.6, z * 1.6, octaves.min(5))).max(0.004)
            + rise * (0.15 + 1.25 * crest)
    };
    let ground = |place: Ground| {
        let patch = fractal(105, place.x * 5.0, place.z * 5.0, 4);
        let bare = smoothstep(1.1, 2.2, place.steepness + 0.4 * patch);
        mix(rgb(0xE9F0F6), rgb(0x3C4450), bare)
    };
    let sky = Sky::new(size, horizon, &[(0.0, 0x050B1E), (0.5, 0x0B1C36), (0.85, 0x123648), (1.0, 0x1E5058)]);
    let light = Light {
        slope: 0.6,
        side: 0.5,
        facing: 0.5,
        sun: rgb(0x285A5C),
        shade: rgb(0x17263E),
        haze: rgb(0x123442),
        haze_distance: 9.0,
    };
    let camera = Camera { height: 0.1, horizon, focal: 950.0, near: 0.18, far: 18.0 };
    let land = Terrain::new(size, camera, light, height, ground);
    let curtains: Vec<Texture> =
        [(111, 470.0, 330.0, 0.0), (117, 330.0, 240.0, 0.3), (123, 590.0, 200.0, 0.7)]
            .map(|(seed, foot, reach, phase)| curtain(size, seed, foot, reach, phase))
            .into();
    render(size, PHOTO, |canvas| {
        sky.paint_behind(canvas, &land);
        stars(canvas, 13, 1600, horizon);
        canvas.shade_between(0.0, horizon, |x, y, before| {
            let (u, v) = (x / width, y / HEIGHT);
            curtains.iter().fold(before, |colour, curtain| {
                let light = curtain.at(u, v);
                // Where the light is strong it is green; where it fades, high up, violet.
                screen(colour, mix(rgb(0x8A48D8), rgb(0x4CFFA6), smoothstep(0.05, 0.42, light)), light)
            })
        });
        landscape(canvas, &sky, &land, None);
        tent(canvas, (width * 0.30, 868.0), 1.0);
        tent(canvas, (width * 0.43, 838.0), 0.72);
    })
}

/// One curtain of light: bright along its lower edge, in rays that fade upwards.
fn curtain(size: Size, seed: u32, foot: f32, reach: f32, phase: f32) -> Texture {
    Texture::new((900.min(size.0), 300.min(size.1)), |u, v| {
        let y = v * HEIGHT;
        let fold = 0.16 * noise(seed, u * 2.3 + phase, 0.5) + 0.05 * noise(seed + 1, u * 6.0, 0.5);
        let along = u + 0.1 * noise(seed + 3, u * 3.0, y * 0.002);
        let edge = foot - 90.0 * (u * 3.1 + phase * 6.0).sin() + fold * 900.0;
        let rays = 0.5 + 0.5 * noise(seed + 4, along * 46.0, 0.2) + 0.4 * noise(seed + 5, along * 130.0, 0.2);
        let patch = smoothstep(-0.3, 0.35, noise(seed + 6, u * 2.6 + phase * 5.0, 0.8));
        let above = (edge - y) / reach;
        let shape = if above < 0.0 { (above * 9.0).exp() } else { (-above * lerp(2.4, 1.1, rays)).exp() };
        (shape * rays.clamp(0.0, 1.2) * patch * 0.85).clamp(0.0, 0.92)
    })
}

/// A lit tent, its foot in the middle at `foot`.
fn tent(canvas: &mut Canvas, foot: Point, size: f32) {
    let at = |x: f32, y: f32| (foot.0 + x * size, foot.1 + y * size);
    canvas.glow(at(0.0, -30.0), 80.0 * size, rgb(0xFFB060), 0.42);
    // Its light lies on the snow.
    canvas.fill_with(&Path::ellipse(foot.0, foot.1 + 6.0 * size, 150.0 * size, 24.0 * size), |x, y| {
        let (dx, dy) = ((x - foot.0) / (150.0 * size), (y - foot.1 - 6.0 * size) / (24.0 * size));
        (rgb(0xFFC27A), 0.5 * smoothstep(1.0, 0.1, dx.hypot(dy)))
    });
    let shell = |x: f32, y: f32| -> (Colour, f32) {
        let distance = ((x - foot.0) / (80.0 * size)).hypot((y - foot.1 + 18.0 * size) / (70.0 * size));
        (mix(rgb(0xFFE2A0), rgb(0xC4561E), smoothstep(0.0, 1.05, distance)), 1.0)
    };
    let dome: Vec<Point> = (0..=24)
        .map(|step| {
            let t = step as f32 / 24.0;
            let x = lerp(-78.0, 78.0, t);
            at(x, -74.0 * (1.0 - (x / 78.0).abs().powf(2.1)))
        })
        .collect();
    canvas.fill_with(&Path::polygon(&dome), shell);
    let door = [at(-20.0, 0.0), at(0.0, -56.0), at(24.0, 0.0)];
    canvas.fill_with(&Path::polygon(&door), |_, y| {
        (mix(rgb(0xFFF6D8), rgb(0xFFD890), (foot.1 - y) / 60.0), 0.85)
    });
    for (from, to) in
        [((-78.0, 0.0), (0.0, -74.0)), ((78.0, 0.0), (0.0, -74.0)), ((-20.0, 0.0), (0.0, -74.0))]
    {
        let pole = Path::stroke(
            &[at(from.0, from.1), at((from.0 + to.0) * 0.62, (from.1 + to.1) * 0.62), at(to.0, to.1)],
            2.0 * size,
        );
        canvas.fill_with(&pole, |_, _| (rgb(0x6E2A12), 0.55));
    }
}
