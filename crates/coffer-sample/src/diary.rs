//! The weather diary of the expedition: a note for each day, as it was written and as a script left it one bad evening.

use super::sensors::{STATIONS, date, temperature};
use std::fmt::Write as _;

/// Days with a note; the first is the first day of measurement.
pub(crate) const NOTES: usize = 42;

const NOON: usize = 12;
/// Stations of which a note tells.
const TOLD: [usize; 4] = [0, 6, 13, 17];
const REMARKS: [&str; 7] = [
    "Wind from the west, clouds low over the skerries.",
    "Clear until noon, then a veil from the south.",
    "Drizzle all day. Nothing dries.",
    "Fog in the valley, sun above it.",
    "A front in the night; the tents held.",
    "Still air, smoke rises straight up.",
    "Showers, a rainbow over the fjord.",
];

/// The name of the note of a day.
pub(crate) fn name(day: usize) -> String {
    format!("{}.md", date(day))
}

/// The note as it was written.
pub(crate) fn note(day: usize) -> String {
    let mut text = format!("# {}\n\n{}\n\n| station | noon |\n|---|---:|\n", date(day), REMARKS[day * 5 % 7]);
    for station in TOLD {
        let degrees = temperature(station, day * 24 + NOON);
        // Writing to a string cannot fail.
        let _ = writeln!(text, "| {} | {degrees:.1} °C |", STATIONS[station].name);
    }
    let _ = writeln!(text, "\nTomorrow: {}", REMARKS[(day + 1) * 5 % 7].to_lowercase());
    text
}

/// What the script made of it: its columns were read as numbers.
pub(crate) fn spoilt_note(day: usize) -> String {
    let mut text = format!("# {}\n\nNaN\n\n| station | noon |\n|---|---:|\n", date(day));
    for _ in TOLD {
        text.push_str("| NaN | NaN °C |\n");
    }
    text
}
