//! Posters of plain shapes and a few colours.

use crate::paint::canvas::{Canvas, Finish, HEIGHT, Picture, Size, render};
use crate::paint::colour::{Colour, rgb};
use crate::paint::noise::Random;
use crate::paint::path::{Path, Point};

const PAPER: Colour = rgb(0xF2E9D8);
const INK: Colour = rgb(0x1F2328);
const RED: Colour = rgb(0xD2402E);
const BLUE: Colour = rgb(0x1E4E8C);
const YELLOW: Colour = rgb(0xEDB428);
const TEAL: Colour = rgb(0x1B7F70);

fn poster(size: Size, paint: impl Fn(&mut Canvas, f32)) -> Picture {
    render(size, Finish::default(), |canvas| {
        let width = canvas.width;
        canvas.shade(|_, _| PAPER);
        paint(canvas, width);
    })
}

/// A piece of a ring between two radii; angles in degrees, clockwise from the right.
fn arc((x0, y0): Point, inner: f32, outer: f32, from: f32, to: f32) -> Path {
    let at = |radius: f32, step: usize| {
        let (sine, cosine) = (from + (to - from) * step as f32 / 96.0).to_radians().sin_cos();
        (x0 + radius * cosine, y0 + radius * sine)
    };
    let outline: Vec<Point> =
        (0..=96).map(|step| at(outer, step)).chain((0..=96).rev().map(|step| at(inner, step))).collect();
    Path::polygon(&outline)
}

/// Discs, arcs and bars in balance. For an upright format.
pub(crate) fn balance(size: Size) -> Picture {
    poster(size, |canvas, width| {
        let centre = (width * 0.44, 400.0);
        canvas.fill(&Path::circle(centre.0, centre.1, 250.0), RED);
        canvas.fill(&arc(centre, 0.0, 250.0, 90.0, 270.0), INK);
        canvas.fill(&arc(centre, 120.0, 180.0, -90.0, 90.0), PAPER);
        canvas.fill(&arc(centre, 0.0, 70.0, -90.0, 90.0), YELLOW);
        canvas.fill(&arc(centre, 120.0, 180.0, 90.0, 270.0), BLUE);
        canvas.fill(&arc(centre, 0.0, 70.0, 90.0, 270.0), PAPER);
        let beam = Path::rect(-50.0, 0.0, width + 300.0, 16.0).turn(-33.0, (0.0, 0.0)).shift(-20.0, 985.0);
        canvas.fill(&beam, INK);
        canvas.fill(
            &Path::polygon(&[(width * 0.10, 930.0), (width * 0.10, 735.0), (width * 0.36, 930.0)]),
            YELLOW,
        );
        canvas.fill(&Path::circle(width * 0.79, 726.0, 92.0), BLUE);
        canvas.fill(&Path::circle(width * 0.79, 726.0, 40.0), PAPER);
        for bar in 0..6 {
            canvas.fill(
                &Path::rect(width * 0.5 + bar as f32 * 36.0, 872.0, 15.0, 58.0),
                if bar == 2 { RED } else { INK },
            );
        }
        for (bar, (long, tone)) in [(360.0, INK), (270.0, RED), (180.0, INK)].into_iter().enumerate() {
            canvas.fill(&Path::rect(width * 0.83 + bar as f32 * 34.0, 78.0, 16.0, long), tone);
        }
        for dot in 0..4 {
            canvas.fill(
                &Path::circle(width * 0.10 + dot as f32 * 34.0, 88.0, 10.0),
                if dot == 3 { RED } else { INK },
            );
        }
    })
}

/// A square of tiles, each a quarter turn of a few patterns.
pub(crate) fn tiles(size: Size) -> Picture {
    poster(size, |canvas, width| {
        let (columns, rows) = (6, (HEIGHT / width * 6.0).round() as usize);
        let side = width / columns as f32;
        let mut random = Random::new(1919);
        for index in 0..columns * rows {
            let (left, top) = ((index % columns) as f32 * side, (index / columns) as f32 * side);
            let mut tones = [PAPER, INK, RED, BLUE, YELLOW, TEAL];
            for place in (1..6).rev() {
                tones.swap(place, random.below(place + 1));
            }
            let [ground, one, two, ..] = tones;
            let turn = random.below(4) as f32 * 90.0;
            let (middle, corner) = ((left + side / 2.0, top + side / 2.0), (left, top));
            // A little more than the tile, so that no seam shines through.
            canvas.fill(&Path::rect(left - 0.5, top - 0.5, side + 1.0, side + 1.0), ground);
            let shapes: Vec<(Path, Colour)> = match random.below(7) {
                0 => vec![
                    (arc(corner, 0.0, side, 0.0, 90.0), one),
                    (arc(corner, 0.0, side * 0.5, 0.0, 90.0), two),
                ],
                1 => vec![
                    (arc(corner, side / 3.0, side * 2.0 / 3.0, 0.0, 90.0), one),
                    (arc((left + side, top + side), side / 3.0, side * 2.0 / 3.0, 180.0, 270.0), one),
                ],
                2 => vec![
                    (Path::polygon(&[corner, (left + side, top), (left, top + side)]), one),
                    (Path::circle(middle.0, middle.1, side * 0.22), two),
                ],
                3 => (0..4)
                    .map(|bar| {
                        (Path::rect(left + side * (0.06 + 0.25 * bar as f32), top, side * 0.12, side), one)
                    })
                    .collect(),
                4 => vec![
                    (arc((left, middle.1), 0.0, side / 2.0, -90.0, 90.0), one),
                    (arc((left + side, middle.1), 0.0, side / 2.0, 90.0, 270.0), two),
                ],
                5 => vec![
                    (Path::circle(middle.0, middle.1, side * 0.44), one),
                    (Path::circle(middle.0, middle.1, side * 0.28), ground),
                    (Path::circle(middle.0, middle.1, side * 0.13), two),
                ],
                _ => vec![
                    (Path::polygon(&[(left, top), (middle.0, middle.1), (left, top + side)]), one),
                    (Path::polygon(&[(left + side, top), middle, (left + side, top + side)]), one),
                ],
            };
            for (path, colour) in shapes {
                canvas.fill(&path.turn(turn, middle), colour);
            }
        }
    })
}

/// Sun and waves out of nothing but stripes.
pub(crate) fn tide(size: Size) -> Picture {
    poster(size, |canvas, width| {
        let sun = (width * 0.5, 430.0);
        for (ring, tone) in
            [(300.0, rgb(0xF6D9A0)), (240.0, rgb(0xF2B65A)), (180.0, rgb(0xE88A3C)), (120.0, RED)]
        {
            canvas.fill(&Path::circle(sun.0, sun.1, ring), tone);
        }
        let tones = [rgb(0x9CC9BE), rgb(0x58A89A), TEAL, rgb(0x125A66), BLUE, rgb(0x16305E), INK];
        for (row, tone) in tones.into_iter().enumerate() {
            let level = 500.0 + row as f32 * 76.0;
            let mut outline: Vec<Point> = vec![(-10.0, HEIGHT + 10.0)];
            outline.extend((0..=220).map(|step| {
                let x = -10.0 + (width + 20.0) * step as f32 / 220.0;
                let swell = (x / width * 9.42 + row as f32 * 1.35).sin() * 30.0
                    + (x / width * 22.0 + row as f32).sin() * 7.0;
                (x, level + swell)
            }));
            outline.push((width + 10.0, HEIGHT + 10.0));
            let crest: Vec<Point> =
                outline[1..outline.len() - 1].iter().map(|&(x, y)| (x, y + 16.0)).collect();
            canvas.fill(&Path::polygon(&outline), tone);
            canvas.fill_with(&Path::stroke(&crest, 3.4), |_, _| (PAPER, 0.85));
        }
        let boat = (width * 0.66, 505.0);
        canvas.fill(
            &Path::polygon(&[
                (boat.0 + 4.0, boat.1),
                (boat.0 + 4.0, boat.1 - 150.0),
                (boat.0 + 86.0, boat.1),
            ]),
            INK,
        );
        canvas.fill(
            &Path::polygon(&[
                (boat.0 - 4.0, boat.1),
                (boat.0 - 4.0, boat.1 - 120.0),
                (boat.0 - 62.0, boat.1),
            ]),
            PAPER,
        );
        canvas.fill(
            &Path::polygon(&[
                (boat.0 - 80.0, boat.1 + 8.0),
                (boat.0 + 96.0, boat.1 + 8.0),
                (boat.0 + 62.0, boat.1 + 40.0),
                (boat.0 - 52.0, boat.1 + 40.0),
            ]),
            INK,
        );
    })
}
