//! Things that stand in several pictures: trees, birds, ridges.

use crate::paint::canvas::{Canvas, HEIGHT};
use crate::paint::colour::Colour;
use crate::paint::noise::{Random, lerp};
use crate::paint::path::{Path, Point};

/// A spruce with its foot at `foot`: a stem and drooping boughs, wider towards the ground.
pub(super) fn spruce(random: &mut Random, foot: Point, height: f32) -> Path {
    let tiers = ((height / 9.0) as usize).clamp(8, 64);
    let stem = height * 0.011 + 0.3;
    let mut path =
        Path::polygon(&[(foot.0, foot.1 - height), (foot.0 + stem, foot.1), (foot.0 - stem, foot.1)]);
    for tier in 0..tiers {
        let t = (tier as f32 + 0.7) / tiers as f32;
        let top = foot.1 - height * (1.0 - t * 0.92);
        let lower = height * 0.92 / tiers as f32;
        for side in [-1.0, 1.0] {
            let reach = side * height * 0.165 * t.powf(0.8) * random.between(0.7, 1.12);
            let tip = top + lower * random.between(0.9, 1.7) + reach.abs() * 0.22;
            // The under side hangs in tufts.
            path = path.add(vec![
                (foot.0 - side * stem * t, (top - lower * 1.1).max(foot.1 - height)),
                (foot.0 + reach * 0.45, top + lower * 0.05),
                (foot.0 + reach, tip),
                (foot.0 + reach * 0.72, tip - lower * 0.25),
                (foot.0 + reach * 0.55, tip + lower * random.between(0.1, 0.5)),
                (foot.0 + reach * 0.36, tip - lower * 0.3),
                (foot.0 + reach * 0.16, tip + lower * 0.2),
                (foot.0 - side * stem, tip - lower * 0.1),
            ]);
        }
    }
    path
}

/// Spruces side by side along a line of the ground, from left of the picture to right of it.
pub(super) fn forest(seed: u32, width: f32, spacing: f32, height: f32, ground: impl Fn(f32) -> f32) -> Path {
    let mut random = Random::new(seed);
    let mut path = Path::default();
    let mut x = -spacing;
    while x < width + spacing {
        let tall = height * random.between(0.55, 1.15);
        path = path.and(spruce(&mut random, (x, ground(x) + tall * 0.06), tall));
        x += spacing * random.between(0.35, 1.6);
    }
    path.and(silhouette(width, &ground))
}

/// Everything below a line, down to the foot of the picture.
pub(super) fn silhouette(width: f32, line: impl Fn(f32) -> f32) -> Path {
    const PIECES: usize = 700;
    let mut outline = vec![(-20.0, HEIGHT + 20.0)];
    outline.extend((0..=PIECES).map(|piece| {
        let x = lerp(-20.0, width + 20.0, piece as f32 / PIECES as f32);
        (x, line(x))
    }));
    outline.push((width + 20.0, HEIGHT + 20.0));
    Path::polygon(&outline)
}

/// A bird in flight; `lift` from -1 (wings down) to 1 (up), `turn` in degrees.
pub(super) fn bird(place: Point, span: f32, lift: f32, turn: f32) -> Path {
    let (x, y) = place;
    let tip = -lift * span * 0.34;
    let wing = |side: f32| {
        vec![
            (x, y - span * 0.03),
            (x + side * span * 0.2, y - span * 0.1 * lift - span * 0.05),
            (x + side * span * 0.5, y + tip),
            (x + side * span * 0.24, y - span * 0.06 * lift + span * 0.03),
            (x, y + span * 0.05),
        ]
    };
    let body = Path::ellipse(x, y, span * 0.035, span * 0.1).turn(62.0, place);
    Path::default().add(wing(-1.0)).add(wing(1.0)).and(body).turn(turn, place)
}

/// Fills a shape with one colour at its top and another from `depth` below that on.
pub(super) fn fill_fading(canvas: &mut Canvas, path: &Path, top: f32, depth: f32, colours: (Colour, Colour)) {
    canvas.fill_with(path, |_, y| {
        let t = ((y - top) / depth).clamp(0.0, 1.0);
        (crate::paint::colour::mix(colours.0, colours.1, t), 1.0)
    });
}
