//! Landscapes for made-up thumbnails: a sky, a sun, three ranges of hills, different for every name.

use coffer_model::Pixels;

/// `width` by `height` pixels; the same name always gives the same landscape.
pub fn landscape(name: &str, width: usize, height: usize) -> Pixels {
    let seed =
        name.bytes().fold(2_166_136_261_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(16_777_619));
    let part = |shift: u32| (seed.rotate_left(shift) % 1000) as f32 / 1000.0;
    let hue = part(3);
    let top = hsv(hue, 0.55, 0.86);
    let bottom = hsv(hue + 0.08, 0.38, 0.95);
    let (sun_x, sun_y, sun_size) = (0.2 + 0.6 * part(7), 0.2 + 0.25 * part(11), 0.09 + 0.04 * part(13));
    let aspect = width as f32 / height as f32;
    let mut rgba = Vec::with_capacity(width * height);
    for row in 0..height {
        for column in 0..width {
            let (x, y) = (column as f32 / width as f32, row as f32 / height as f32);
            let mut color = mix(top, bottom, y * 1.4);
            let distance = ((x - sun_x) * aspect).hypot(y - sun_y);
            if distance < sun_size {
                color = hsv(hue + 0.2, 0.12, 0.98);
            }
            for range in 0..3_u8 {
                let depth = f32::from(range);
                let ridge =
                    0.48 + 0.16 * depth + hills(x, part(17 + u32::from(range)) * 9.0, 0.13 - 0.03 * depth);
                if y > ridge {
                    color = hsv(hue + 0.03, 0.5 + 0.1 * depth, 0.62 - 0.2 * depth);
                }
            }
            rgba.push([to_byte(color[0]), to_byte(color[1]), to_byte(color[2]), 255]);
        }
    }
    Pixels { width, height, rgba }
}

/// A round badge on nothing: a picture with transparent parts.
pub fn badge(edge: usize) -> Pixels {
    let middle = edge as f32 / 2.0;
    let pixel = |index: usize| {
        let (x, y) = ((index % edge) as f32 + 0.5 - middle, (index / edge) as f32 + 0.5 - middle);
        if x.hypot(y) < middle * 0.8 { [27, 127, 112, 255] } else { [0, 0, 0, 0] }
    };
    Pixels { width: edge, height: edge, rgba: (0..edge * edge).map(pixel).collect() }
}

fn hills(x: f32, phase: f32, height: f32) -> f32 {
    let zigzag = |x: f32| 2.0 * (x - (x + 0.5).floor()).abs();
    height * (zigzag(x * 2.3 + phase) + 0.5 * zigzag(x * 5.1 + phase * 2.0) - 0.7)
}

fn mix(from: [f32; 3], to: [f32; 3], amount: f32) -> [f32; 3] {
    let amount = amount.clamp(0.0, 1.0);
    std::array::from_fn(|part| from[part] + (to[part] - from[part]) * amount)
}

fn hsv(hue: f32, saturation: f32, value: f32) -> [f32; 3] {
    let channel = |offset: f32| {
        let place = (offset + hue * 6.0).rem_euclid(6.0);
        value - value * saturation * place.min(4.0 - place).clamp(0.0, 1.0)
    };
    [channel(5.0), channel(3.0), channel(1.0)]
}

fn to_byte(part: f32) -> u8 {
    (part * 255.0).round().clamp(0.0, 255.0) as u8
}
