//! The measurements of the expedition: weather at a few stations, hour by hour, as small CSV files. Invented, but
//! by a rule that makes days, fronts and places recognisable.

use std::fmt::Write as _;

use super::noise::{Random, fractal};

pub const STATIONS: [Station; 20] = [
    Station::new("Base camp", 12.0),
    Station::new("Cape Anna", 4.0),
    Station::new("Delta", 2.0),
    Station::new("East ridge", 640.0),
    Station::new("Fjord head", 6.0),
    Station::new("Glacier snout", 210.0),
    Station::new("Hut", 380.0),
    Station::new("Inner skerries", 3.0),
    Station::new("Lake Isa", 455.0),
    Station::new("Lighthouse", 18.0),
    Station::new("Moraine", 260.0),
    Station::new("North col", 1_120.0),
    Station::new("Outer skerries", 5.0),
    Station::new("Plateau", 820.0),
    Station::new("Quay", 2.0),
    Station::new("River ford", 95.0),
    Station::new("South wall", 930.0),
    Station::new("Summit", 1_743.0),
    Station::new("Tarn", 610.0),
    Station::new("Valley floor", 60.0),
];

/// Days of measurement; the first was `FIRST_DAY`.
pub const DAYS: usize = 50;
/// 14 September 2026 as month and day; September has 30 days.
const FIRST_DAY: usize = 14;

pub struct Station {
    pub name: &'static str,
    /// Metres above the sea.
    height: f32,
}

impl Station {
    const fn new(name: &'static str, height: f32) -> Self {
        Self { name, height }
    }
}

/// The date of a day of the expedition, as `2026-09-14`.
pub fn date(day: usize) -> String {
    let (month, day) = match FIRST_DAY + day {
        day @ ..=30 => (9, day),
        day @ 31..=61 => (10, day - 30),
        day => (11, day - 61),
    };
    format!("2026-{month:02}-{day:02}")
}

/// Degrees Celsius at an hour counted from the first day's midnight.
pub fn temperature(station: usize, hour: usize) -> f32 {
    let (day, of_day) = (hour as f32 / 24.0, (hour % 24) as f32);
    let autumn = 9.5 - 0.21 * day;
    let sun = 3.1 * ((of_day - 9.0) / 24.0 * std::f32::consts::TAU).sin() * (1.0 - day / 90.0);
    let fronts = 5.0 * fractal(400, day / 5.0, 0.4, 3);
    let place = 1.4 * fractal(401 + station as u32, day / 2.0, 0.7, 2);
    autumn + sun + fronts + place - 0.0062 * STATIONS[station].height
}

/// One day of a station: twenty-four lines and a heading.
pub fn day_log(station: usize, day: usize) -> String {
    let mut random = Random::new((station * 1_000 + day) as u32);
    let mut text = String::from("time,temperature_c,humidity_percent,wind_ms,pressure_hpa,battery_v\n");
    for of_day in 0..24 {
        let hour = day * 24 + of_day;
        let fronts = fractal(400, hour as f32 / 120.0, 0.4, 3);
        let temperature = temperature(station, hour) + random.between(-0.25, 0.25);
        let humidity = (74.0 + 34.0 * fronts + random.between(-4.0, 4.0)).clamp(31.0, 100.0);
        let wind =
            (5.5 - 7.0 * fronts + STATIONS[station].height / 260.0 + random.between(-1.6, 2.2)).max(0.0);
        let pressure = (1_011.0 - 19.0 * fronts) * (-STATIONS[station].height / 8_430.0).exp();
        let battery = 12.7 - 0.012 * day as f32 - if temperature < 0.0 { 0.18 } else { 0.0 }
            + random.between(-0.02, 0.02);
        // Writing to a string cannot fail.
        let _ = writeln!(
            text,
            "{}T{of_day:02}:00Z,{temperature:.1},{humidity:.0},{wind:.1},{pressure:.1},{battery:.2}",
            date(day)
        );
    }
    text
}
