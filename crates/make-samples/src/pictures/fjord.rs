//! A fjord between mountains, at five hours of the day.

use crate::paint::canvas::{Finish, Picture, Size, render, width_of};
use crate::paint::colour::{Colour, mix, rgb};
use crate::paint::noise::{fractal, lerp, noise, ridged, smoothstep};
use crate::paint::terrain::{Camera, Ground, Light, Terrain};
use crate::paint::vista::{Sky, Water, landscape, stars};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Hour {
    Night,
    BeforeDawn,
    Noon,
    Dusk,
    Dawn,
}

fn height(x: f32, z: f32, octaves: u32) -> f32 {
    let bend = 0.35 * (z * 0.45).sin() + 0.12 * (z * 1.3).sin();
    let side = (x - bend).abs();
    // The valley is a trough with steep walls; between them lies the sea.
    let wall = smoothstep(0.25 + 0.05 * noise(3, z * 2.0, 0.0), 1.5, side);
    let crest = ridged(11, x * 0.55 + 2.0, z * 0.4 + 1.0, octaves);
    let closing = smoothstep(7.0, 12.0, z);
    lerp(-0.08, 0.12 + 1.25 * crest + 0.25 * wall, wall.max(closing * 0.8)) - 0.02
}

fn ground(place: Ground) -> Colour {
    let patch = fractal(21, place.x * 7.0, place.z * 7.0, 4);
    let rock = mix(rgb(0x6E6A66), rgb(0x8C857C), 0.5 + patch);
    let green = mix(rgb(0x3F5238), rgb(0x6A7044), (0.5 + patch).clamp(0.0, 1.0));
    let meadow = smoothstep(0.75, 0.25, place.height + 0.2 * patch) * smoothstep(2.2, 0.9, place.steepness);
    let snow = smoothstep(0.72, 0.95, place.height + 0.25 * patch) * smoothstep(2.4, 1.1, place.steepness);
    mix(mix(rock, green, meadow), rgb(0xF4F6FA), snow)
}

pub(crate) fn fjord(hour: Hour, size: Size) -> Picture {
    let horizon = 610.0;
    let width = width_of(size);
    let camera = Camera { height: 0.12, horizon, focal: 900.0, near: 0.35, far: 22.0 };
    let clear = |stops: &[(f32, u32)]| Sky::new(size, horizon, stops);
    let (sky, light, deep) = match hour {
        Hour::Night => (
            clear(&[(0.0, 0x0A1226), (0.5, 0x14233F), (0.85, 0x24385A), (1.0, 0x35496B)])
                .lamp((width * 0.36, 170.0), 26.0, 0xF4F0E0, 0x5C78A8, 420.0)
                .clouds(9, 0.4, 1.2, 2.2, 0x6F86AE, 0x1A2740),
            light(0.6, -0.7, 0x5F7AA6, 0x1C2A48, 0x2C4062, 9.0),
            0x07101E,
        ),
        Hour::BeforeDawn => (
            clear(&[(0.0, 0x1F3A6E), (0.5, 0x4A6CA6), (0.82, 0x93A3C8), (1.0, 0xE3B9B0)])
                .lamp((width * 0.56, 640.0), 1.0, 0xF7CDB0, 0xE8A08A, 330.0)
                .clouds(4, 0.42, 1.2, 2.6, 0xE8B7B4, 0x516A9C),
            light(0.5, 0.5, 0x6C7FA8, 0x4A5C88, 0x90A0C4, 6.0),
            0x16294A,
        ),
        Hour::Noon => (
            clear(&[(0.0, 0x2D6CB5), (0.5, 0x6CA6DC), (0.85, 0xB4D5EE), (1.0, 0xDDECF4)])
                .lamp((width * 0.8, -260.0), 30.0, 0xFFFFFF, 0xFFF6E0, 420.0)
                .clouds(14, 0.62, 0.9, 1.1, 0xFFFFFF, 0xB3C4D8),
            light(0.75, 0.75, 0xFFF3DC, 0x6C86AA, 0xBFD8EA, 16.0),
            0x124A5E,
        ),
        Hour::Dusk => (
            clear(&[(0.0, 0x3A3568), (0.4, 0x85528A), (0.72, 0xE07A6E), (1.0, 0xFFC06A)])
                .lamp((width * 0.52, 566.0), 34.0, 0xFFE9B8, 0xFF9A52, 430.0)
                .clouds(4, 0.66, 1.2, 2.2, 0xFFA56E, 0x6A4878),
            light(0.22, -0.9, 0xFF8A52, 0x4E3F66, 0xD98676, 7.0),
            0x2A2344,
        ),
        Hour::Dawn => (
            clear(&[(0.0, 0x5F7FA6), (0.45, 0xB9A9B4), (0.75, 0xF0BE97), (1.0, 0xFBD9A6)])
                .lamp((width * 0.56, 470.0), 30.0, 0xFFF6DC, 0xFFC98A, 520.0)
                .clouds(4, 0.5, 1.1, 2.4, 0xFFE0B8, 0xA88E9E),
            light(0.4, 0.9, 0xFFC088, 0x66668A, 0xF3C6A0, 8.0),
            0x2E4A5C,
        ),
    };
    let land = Terrain::new(size, camera, light, height, ground);
    let water = Water { deep: rgb(deep), ripple: 0.5, seed: 31 };
    render(size, Finish { grain: 0.15, vignette: 0.25, has_alpha: false }, |canvas| {
        sky.paint_behind(canvas, &land);
        if hour == Hour::Night {
            stars(canvas, 8, 700, horizon * 0.85);
        }
        landscape(canvas, &sky, &land, Some(&water));
    })
}

fn light(slope: f32, side: f32, sun: u32, shade: u32, haze: u32, haze_distance: f32) -> Light {
    Light { slope, side, facing: 0.3, sun: rgb(sun), shade: rgb(shade), haze: rgb(haze), haze_distance }
}
