//! Letters made of lines, as a draughtsman draws them: capitals, digits and a few signs.

use super::canvas::Canvas;
use super::colour::Colour;
use super::path::{Path, Point};

/// Each line of a letter as pairs of digits, x from 0 to 4 and y from 0 (top) to 6.
fn lines(letter: char) -> &'static [&'static str] {
    match letter {
        'A' => &["062046", "1434"],
        'B' => &["06003041423303", "3344453606"],
        'C' => &["4130100105163645"],
        'D' => &["06003041453606"],
        'E' => &["40000646", "0333"],
        'F' => &["400006", "0333"],
        'G' => &["41301001051636454323"],
        'H' => &["0006", "4046", "0343"],
        'I' => &["2026"],
        'J' => &["4045361605"],
        'K' => &["0006", "400346"],
        'L' => &["000646"],
        'M' => &["0600234046"],
        'N' => &["06004640"],
        'O' | '0' => &["103041453616050110"],
        'P' => &["06003041423303"],
        'Q' => &["103041453616050110", "2446"],
        'R' => &["06003041423303", "2346"],
        'S' => &["413010010213334445361605"],
        'T' => &["0040", "2026"],
        'U' => &["000516364540"],
        'V' => &["002640"],
        'W' => &["0016233640"],
        'X' => &["0046", "4006"],
        'Y' => &["002340", "2326"],
        'Z' => &["00400646"],
        '1' => &["112026"],
        '2' => &["01103041420646"],
        '3' => &["01103041423323", "334445361605"],
        '4' => &["36300444"],
        '5' => &["400003334445361605"],
        '6' => &["30100105163645443303"],
        '7' => &["004016"],
        '8' => &["103041423313020110", "334445361605041333"],
        '9' => &["43130201103041453616"],
        '.' => &["2626"],
        '-' => &["1333"],
        '°' => &["1030321210"],
        '/' => &["0640"],
        _ => &[],
    }
}

/// The width of a letter and the space after it, for letters of height 1.
const ADVANCE: f32 = 0.92;

/// One letter, its lower left corner at `foot`.
pub(crate) fn letter(which: char, foot: Point, height: f32, line: f32) -> Path {
    let unit = height / 6.0;
    lines(which).iter().fold(Path::default(), |path, points| {
        let points: Vec<Point> = points
            .as_bytes()
            .chunks_exact(2)
            .map(|pair| {
                let (x, y) = (f32::from(pair[0] - b'0'), f32::from(pair[1] - b'0'));
                (foot.0 + x * unit, foot.1 - (6.0 - y) * unit)
            })
            .collect();
        path.and(Path::stroke(&points, line))
    })
}

/// How wide a line of text becomes.
pub(crate) fn measure(text: &str, height: f32) -> f32 {
    (text.chars().count() as f32 * ADVANCE - (ADVANCE - 4.0 / 6.0)).max(0.0) * height
}

/// Writes a line; `align` 0 puts its left end at `foot`, 0.5 its middle, 1 its right end.
pub(crate) fn write(
    canvas: &mut Canvas,
    text: &str,
    foot: Point,
    height: f32,
    align: f32,
    line: f32,
    colour: Colour,
) {
    let left = foot.0 - measure(text, height) * align;
    for (index, which) in text.chars().enumerate() {
        let place = (left + index as f32 * ADVANCE * height, foot.1);
        canvas.fill(&letter(which, place, height, line), colour);
    }
}
