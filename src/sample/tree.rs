//! Where everything is and in which order it comes. What it contains is made elsewhere.

use super::documents::{latin1, pdf, zip};
use super::paint::canvas::Picture;
use super::paint::encode::{Format, animate, encode};
use super::pictures::{botany, fjord, layers, moving, night, patterns, posters, sea, sheets, space, wild};
use super::{BATCH_FILES, SampleFile, SampleOptions, SampleStep, sensors};
use botany::Plant;
use fjord::Hour;

const MINUTES: i64 = 60;
const HOURS: i64 = 3_600;
const DAYS: i64 = 86_400;

/// Pixels of a picture: width, height.
type Size = (usize, usize);

/// How the bytes of a file come about.
pub enum Content {
    Text(&'static str),
    Made(fn() -> Vec<u8>),
    /// Painted in full size divided by the options' divisor.
    Painted(Size, Format, fn(Size) -> Picture),
    /// Small pictures that are always painted as they are, or several in one file.
    Drawn(fn(u32) -> Option<Vec<u8>>),
}

/// A file to be made, with its age in seconds.
pub struct Item(pub &'static str, pub i64, pub Content);

/// A step before it is made.
pub enum Plan {
    Folder(&'static str),
    File(Item),
    Files(Vec<Item>),
    SensorLogs { first: usize, count: usize },
    Delete(&'static str),
}

impl Plan {
    /// `None` when a picture cannot be encoded, which is better left out than written broken.
    pub fn make(self, options: SampleOptions) -> Option<SampleStep> {
        Some(match self {
            Self::Folder(path) => SampleStep::Folder { remote_path: path.into() },
            Self::File(item) => SampleStep::File(item.make(options)?),
            Self::Files(items) => {
                SampleStep::Files(items.into_iter().filter_map(|item| item.make(options)).collect())
            }
            Self::SensorLogs { first, count } => {
                SampleStep::Files((first..first + count).map(|number| sensor_log(number, options)).collect())
            }
            Self::Delete(path) => SampleStep::Delete { remote_path: path.into() },
        })
    }
}

impl Item {
    fn make(self, options: SampleOptions) -> Option<SampleFile> {
        let Self(path, age_secs, content) = self;
        let shorter = |side: usize| (side / options.picture_divisor.max(1) as usize).max(16);
        let bytes = match content {
            Content::Text(text) => text.as_bytes().to_vec(),
            Content::Made(make) => make(),
            Content::Painted(size, format, paint) => {
                encode(&paint((shorter(size.0), shorter(size.1))), format).ok()?
            }
            Content::Drawn(draw) => draw(options.picture_divisor.max(1))?,
        };
        let modified_unix_secs = options.now_unix_secs - age_secs;
        Some(SampleFile { remote_path: path.into(), bytes, modified_unix_secs })
    }
}

/// Days outside, stations inside: the first file is the first day of the first station.
fn sensor_log(number: usize, options: SampleOptions) -> SampleFile {
    let (day, station) = (number / sensors::STATIONS.len(), number % sensors::STATIONS.len());
    let remote_path = format!("/Sensor logs/{} {}.csv", sensors::date(day), sensors::STATIONS[station].name);
    let age_secs = (sensors::DAYS - day) as i64 * DAYS + 20 * DAYS + 11 * MINUTES * station as i64;
    let modified_unix_secs = options.now_unix_secs - age_secs;
    SampleFile { remote_path, bytes: sensors::day_log(station, day).into_bytes(), modified_unix_secs }
}

macro_rules! text {
    ($path:expr, $age:expr, $source:literal) => {
        Item($path, $age, Content::Text(include_str!(concat!("../../assets/sample/", $source))))
    };
}

macro_rules! picture {
    ($path:expr, $age:expr, $width:literal x $height:literal, $format:ident, $paint:expr) => {
        Item($path, $age, Content::Painted(($width, $height), Format::$format, $paint))
    };
}

/// Everything, in order.
pub fn plans() -> Vec<Plan> {
    let mut plans = vec![
        Plan::Files(vec![text!("/Read me first.md", 2 * HOURS, "read-me-first.md")]),
        Plan::Folder("/Documents"),
        Plan::Folder("/Photos"),
        Plan::Folder("/Projects"),
        Plan::Folder("/Sensor logs"),
        Plan::Folder("/Photos/2026/Expedition 2026"),
        Plan::Files(documents()),
    ];
    plans.extend(photos_2026());
    plans.extend(expedition_plan().map(Plan::File));
    plans.extend(expedition_photos().into_iter().map(Plan::File));
    plans.push(Plan::Files(projects()));
    plans.extend(albums().into_iter().map(Plan::File));
    plans.extend(discarded());
    let logs = sensors::STATIONS.len() * sensors::DAYS;
    plans.extend(
        (0..logs)
            .step_by(BATCH_FILES)
            .map(|first| Plan::SensorLogs { first, count: BATCH_FILES.min(logs - first) }),
    );
    plans
}

/// The pictures that are seen first: quick ones before the one with many versions.
fn photos_2026() -> Vec<Plan> {
    let fjord_path = "/Photos/2026/Fjord at dawn.jpg";
    [
        picture!("/Photos/2026/Mount Reva.webp", DAYS + 3 * HOURS, 1280 x 960, WebP, wild::mount_reva),
        picture!("/Photos/2026/Kayaks.jpg", 3 * DAYS, 1200 x 1600, Jpeg, sea::kayaks),
        picture!("/Photos/2026/地図 北部.png", 12 * DAYS, 1600 x 1200, Png, sheets::topographic_map),
        picture!(fjord_path, 12 * DAYS + 28 * MINUTES, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Night, size)),
        picture!(fjord_path, 12 * DAYS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::BlueHour, size)),
        picture!(fjord_path, 11 * DAYS + 9 * HOURS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Noon, size)),
        picture!(fjord_path, DAYS + HOURS, 1440 x 1080, Jpeg, |size| fjord::fjord(Hour::Dusk, size)),
        picture!(fjord_path, 2 * HOURS, 2000 x 1500, Jpeg, |size| fjord::fjord(Hour::Dawn, size)),
        picture!(
            "/Photos/2026/Lighthouse panorama, stitched from seven frames on the last clear evening of the season, outer skerries.jpg",
            DAYS + 5 * HOURS, 4800 x 1600, Jpeg, sea::lighthouse_panorama
        ),
    ]
    .map(Plan::File)
    .into()
}

fn expedition_photos() -> Vec<Item> {
    const FOLDER_AGE: i64 = 30 * DAYS;
    vec![
        picture!("/Photos/2026/Expedition 2026/Iceberg off Cape Anna.jpg", FOLDER_AGE + 16 * DAYS, 1800 x 1350, Jpeg, sea::iceberg),
        picture!("/Photos/2026/Expedition 2026/Forest in fog.jpg", FOLDER_AGE + 29 * DAYS, 1500 x 2000, Jpeg, layers::forest_in_fog),
        picture!("/Photos/2026/Expedition 2026/Autumn on the plateau.jpg", FOLDER_AGE + 12 * DAYS, 2100 x 1400, Jpeg, wild::plateau),
        picture!("/Photos/2026/Expedition 2026/Geese before the moon 🌕.jpg", FOLDER_AGE + 25 * DAYS, 1600 x 1600, Jpeg, night::geese_and_moon),
        picture!("/Photos/2026/Expedition 2026/Dunes at the river mouth.jpg", FOLDER_AGE + 3 * DAYS, 2100 x 1400, Jpeg, wild::dunes),
        picture!("/Photos/2026/Expedition 2026/Milky Way and one lamp.jpg", FOLDER_AGE + 9 * DAYS, 1500 x 2000, Jpeg, night::milky_way),
        Item(
            "/Photos/2026/Expedition 2026/Turning light.gif",
            FOLDER_AGE + 38 * DAYS,
            Content::Drawn(|divisor| {
                let side = |side: usize| (side / divisor as usize).max(16);
                animate(moving::turning_light((side(360), side(240)), 20), 90).ok()
            }),
        ),
        picture!("/Photos/2026/Expedition 2026/Seven ridges before sunrise.jpg", FOLDER_AGE, 4032 x 3024, Jpeg, layers::seven_ridges),
        picture!("/Photos/2026/Expedition 2026/Aurora over the camp.jpg", FOLDER_AGE - DAYS, 3000 x 2250, Jpeg, wild::aurora),
    ]
}

fn albums() -> Vec<Item> {
    const LAST_YEAR: i64 = 400 * DAYS;
    vec![
        picture!("/Photos/2025/Balloons over the valley.jpg", LAST_YEAR + 80 * DAYS, 2400 x 1800, Jpeg, layers::balloons),
        picture!("/Photos/2025/Harbour city.jpg", LAST_YEAR, 2100 x 1400, Jpeg, night::harbour_city),
        picture!("/Photos/2025/Lamps on the quay.jpg", LAST_YEAR - 2 * DAYS, 1800 x 1200, Jpeg, night::lamps_out_of_focus),
        picture!("/Photos/2025/Regatta, third race.jpg", LAST_YEAR + 61 * DAYS, 2100 x 1400, Jpeg, sea::regatta),
        picture!("/Photos/Albums/Herbarium/Fougère mâle.png", 200 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::Fern, size)),
        picture!("/Photos/Albums/Herbarium/Klatschmohn (Papaver rhoeas).png", 190 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::Poppy, size)),
        picture!("/Photos/Albums/Herbarium/Mountain avens (Dryas octopetala).png", 54 * DAYS, 1080 x 1440, Png, |size| botany::sheet(Plant::MountainAvens, size)),
        picture!("/Photos/Albums/Patterns/Harmonograph.png", 320 * DAYS, 1200 x 1200, Png, patterns::harmonograph),
        picture!("/Photos/Albums/Patterns/Seed head.webp", 316 * DAYS, 1200 x 1200, WebP, patterns::seed_head),
        picture!("/Photos/Albums/Patterns/Wind field.png", 311 * DAYS, 1600 x 1200, Png, patterns::wind_field),
        picture!("/Photos/Albums/Planets/Blue world.webp", 260 * DAYS, 1000 x 1000, WebP, space::blue_world),
        Item(
            "/Photos/Albums/Planets/Moon.gif",
            255 * DAYS,
            Content::Drawn(|divisor| {
                let side = (200 / divisor as usize).max(16);
                animate(moving::moon_phases((side, side), 24), 90).ok()
            }),
        ),
        picture!("/Photos/Albums/Planets/Ringed planet.webp", 250 * DAYS, 1280 x 960, WebP, space::ringed_planet),
        picture!("/Photos/Albums/Posters/Balance.png", 150 * DAYS, 1050 x 1485, Png, posters::balance),
        picture!("/Photos/Albums/Posters/Tide.png", 149 * DAYS, 1050 x 1485, Png, posters::tide),
        picture!("/Photos/Albums/Posters/Tiles.webp", 148 * DAYS, 1050 x 1400, WebP, posters::tiles),
    ]
}

fn expedition_plan() -> [Item; 7] {
    const PATH: &str = "/Documents/Expedition plan.md";
    [
        text!(PATH, 240 * DAYS, "documents/plan/1.md"),
        text!(PATH, 231 * DAYS, "documents/plan/2.md"),
        text!(PATH, 180 * DAYS, "documents/plan/3.md"),
        text!(PATH, 140 * DAYS, "documents/plan/4.md"),
        text!(PATH, 96 * DAYS, "documents/plan/5.md"),
        text!(PATH, 51 * DAYS, "documents/plan/6.md"),
        text!(PATH, 18 * DAYS, "documents/plan/7.md"),
    ]
}

fn documents() -> Vec<Item> {
    let mut items = vec![
        text!("/Documents/Budget 2026.csv", 20 * DAYS, "documents/budget.csv"),
        text!("/Documents/Field notes.md", 19 * DAYS, "documents/field-notes.md"),
        text!("/Documents/Packing list.txt", 72 * DAYS, "documents/packing-list.txt"),
        Item("/Documents/Permit application (signed).pdf", 130 * DAYS, Content::Made(permit)),
        Item("/Documents/Archive 2025.zip", 325 * DAYS, Content::Made(archive)),
        Item(
            "/Documents/Letters/Brief von der Küste (Latin-1).txt",
            26 * DAYS,
            Content::Made(|| latin1(include_str!("../../assets/sample/documents/letters/kueste.txt"))),
        ),
        text!(
            "/Documents/Letters/To Signe at the lighthouse.txt",
            15 * DAYS,
            "documents/letters/lighthouse.txt"
        ),
        text!(
            "/Documents/Letters/To the harbour master.txt",
            20 * DAYS,
            "documents/letters/harbour-master.txt"
        ),
        text!("/Documents/Letters/To the institute.md", 38 * DAYS, "documents/letters/institute.md"),
        text!("/Documents/Notes/Café de l’été.txt", 33 * DAYS, "documents/notes/cafe.txt"),
        text!("/Documents/Notes/Books.txt", 41 * DAYS, "documents/notes/books.txt"),
        text!("/Documents/Notes/Buns with cardamom 🥐.md", 300 * DAYS, "documents/notes/buns.md"),
        text!("/Documents/Notes/Ideas for next year.md", 8 * DAYS, "documents/notes/ideas.md"),
        text!("/Documents/Notes/Knots.md", 110 * DAYS, "documents/notes/knots.md"),
        text!("/Documents/Notes/Radio.txt", 71 * DAYS, "documents/notes/radio.txt"),
        text!("/Documents/Notes/Tides.md", 88 * DAYS, "documents/notes/tides.md"),
        text!("/Documents/Notes/Заметки о погоде.txt", 36 * DAYS, "documents/notes/pogoda.txt"),
        text!("/Documents/Notes/山の覚え書き.txt", 29 * DAYS, "documents/notes/yama.txt"),
        text!(
            "/Documents/Notes/What we said about the weather in the second week of October, when it rained for nine days and nobody wanted to be the first to say so.txt",
            35 * DAYS,
            "documents/notes/long-name.txt"
        ),
        text!("/Documents/Reports/Interim report.md", 6 * DAYS, "documents/reports/interim.md"),
        text!("/Documents/Reports/Stations.json", 7 * DAYS, "documents/reports/stations.json"),
        picture!("/Documents/Reports/Temperature chart.png", 6 * DAYS, 1600 x 900, Png, sheets::temperature_chart),
        text!("/Documents/Reports/Wind by station.csv", 6 * DAYS + HOURS, "documents/reports/wind.csv"),
    ];
    items.extend(invoices());
    items
}

fn invoices() -> [Item; 6] {
    fn bill(number: u32, from: &str, lines: [(&str, &str); 2], total: &str) -> Vec<u8> {
        let mut rows = vec![format!("{from}\tNo. {number}"), String::new()];
        rows.extend(lines.iter().map(|(what, price)| format!("{what}\t{price}")));
        rows.extend([String::new(), format!("Total, payable within 14 days\tEUR {total}")]);
        pdf("Invoice", &rows)
    }
    [
        Item(
            "/Documents/Invoices/2026-03 Boat, deposit.pdf",
            266 * DAYS,
            Content::Made(|| {
                bill(
                    311,
                    "Quay & Daughters, boats",
                    [("Deposit, Marguerite", "1,200.00"), ("returned when she is", "")],
                    "1,200.00",
                )
            }),
        ),
        Item(
            "/Documents/Invoices/2026-04 Rope and screws.pdf",
            226 * DAYS,
            Content::Made(|| {
                bill(
                    20_417,
                    "Upward Ltd, mountain equipment",
                    [("Rope 60 m, 2 pieces", "379.80"), ("Ice screws, 6 pieces", "375.00")],
                    "754.80",
                )
            }),
        ),
        Item(
            "/Documents/Invoices/2026-06 Weather stations.pdf",
            146 * DAYS,
            Content::Made(|| {
                bill(
                    98,
                    "Small Instruments",
                    [("Weather station, 20 pieces", "8,240.00"), ("Carriage", "free")],
                    "8,240.00",
                )
            }),
        ),
        Item(
            "/Documents/Invoices/2026-07 Batteries.pdf",
            132 * DAYS,
            Content::Made(|| {
                bill(
                    7_718,
                    "Volta Trading",
                    [("Battery, lithium, 12 Ah, 44 pieces", "1,203.40"), ("Deposit on cells", "none")],
                    "1,203.40",
                )
            }),
        ),
        Item(
            "/Documents/Invoices/2026-09 Boat, fifty days.pdf",
            75 * DAYS,
            Content::Made(|| {
                bill(
                    352,
                    "Quay & Daughters, boats",
                    [("Marguerite, 50 days", "3,700.00"), ("Diesel, 180 litres", "309.60")],
                    "4,009.60",
                )
            }),
        ),
        Item(
            "/Documents/Invoices/2026-11 Boat, cleaning.pdf",
            20 * DAYS,
            Content::Made(|| {
                bill(
                    389,
                    "Quay & Daughters, boats",
                    [("Cleaning", "85.00"), ("One pane, wheelhouse", "80.00")],
                    "165.00",
                )
            }),
        ),
    ]
}

fn permit() -> Vec<u8> {
    let lines = [
        "To the county, office for the plateau",
        "",
        "We ask to stay on the plateau for twelve days, from 5 October 2026,",
        "to set up six weather stations, each on a foot of 40 by 40 centimetres.",
        "",
        "People\tfour",
        "Tents\ttwo",
        "Fires\tnone",
        "Distance from Lake Isa\tat least 200 m",
        "",
        "Everything that is not needed after spring will be carried down.",
        "",
        "Signed: I. Lindqvist, T. Nowak, L. Aas, M. Tanabe",
    ];
    pdf("Application for a permit", &lines.map(str::to_owned))
}

fn archive() -> Vec<u8> {
    zip(&[
        ("2025/summary.txt", "2025: one harbour, one regatta, no mountains. Next year will be different.\n"),
        ("2025/regatta.csv", "race,place\n1,7\n2,5\n3,2\n"),
        ("2025/ideas/mount-reva.txt", "Somebody should look at it from close by.\n"),
    ])
}

fn projects() -> Vec<Item> {
    vec![
        text!("/Projects/ascent/Cargo.toml", 210 * DAYS, "projects/ascent/Cargo.toml"),
        text!("/Projects/ascent/README.md", 210 * DAYS, "projects/ascent/README.md"),
        text!("/Projects/ascent/east-ridge.csv", 96 * DAYS, "projects/ascent/east-ridge.csv"),
        text!("/Projects/ascent/src/main.rs", 97 * DAYS, "projects/ascent/main.rs.txt"),
        text!("/Projects/ascent/src/route.rs", 96 * DAYS, "projects/ascent/route.rs.txt"),
        text!("/Projects/buoy/Makefile", 170 * DAYS, "projects/buoy/Makefile"),
        text!("/Projects/buoy/README.md", 168 * DAYS, "projects/buoy/README.md"),
        text!("/Projects/buoy/main.c", 38 * DAYS, "projects/buoy/main.c"),
        text!("/Projects/buoy/sensor.c", 163 * DAYS, "projects/buoy/sensor.c"),
        text!("/Projects/buoy/sensor.h", 163 * DAYS, "projects/buoy/sensor.h"),
        text!("/Projects/field-map/index.html", 13 * DAYS, "projects/field-map/index.html"),
        text!("/Projects/field-map/map.ts", 9 * DAYS, "projects/field-map/map.ts"),
        text!("/Projects/field-map/package.json", 13 * DAYS, "projects/field-map/package.json"),
        text!("/Projects/field-map/stations.json", 9 * DAYS, "projects/field-map/stations.json"),
        text!("/Projects/field-map/style.css", 10 * DAYS, "projects/field-map/style.css"),
        text!("/Projects/field-map/tsconfig.json", 13 * DAYS, "projects/field-map/tsconfig.json"),
        picture!("/Projects/identity/Badge.png", 220 * DAYS, 1024 x 1024, Png, sheets::badge),
        text!("/Projects/identity/Mark.svg", 219 * DAYS, "projects/identity/mark.svg"),
        text!("/Projects/identity/colours.json", 219 * DAYS, "projects/identity/colours.json"),
        text!("/Projects/tide-table/harmonics.json", 89 * DAYS, "projects/tide-table/harmonics.json"),
        text!("/Projects/tide-table/print-week.sh", 87 * DAYS, "projects/tide-table/print-week.sh"),
        text!("/Projects/tide-table/pyproject.toml", 89 * DAYS, "projects/tide-table/pyproject.toml"),
        text!("/Projects/tide-table/test_tide.py", 88 * DAYS, "projects/tide-table/test_tide.py"),
        text!("/Projects/tide-table/tide.py", 88 * DAYS, "projects/tide-table/tide.py"),
        text!("/Projects/tiny fox/notes.txt", 28 * DAYS, "projects/fox/notes.txt"),
        text!("/Projects/tiny fox/palette.gpl", 28 * DAYS, "projects/fox/palette.gpl"),
        Item(
            "/Projects/tiny fox/fox.png",
            28 * DAYS,
            Content::Drawn(|_| encode(&moving::fox(64, false), Format::Png).ok()),
        ),
        Item(
            "/Projects/tiny fox/fox blinks.gif",
            27 * DAYS,
            Content::Drawn(|_| {
                // Eyes open most of the time, as with any fox.
                animate((0..12).map(|frame| moving::fox(160, frame == 9)), 160).ok()
            }),
        ),
    ]
}

/// What was there once, for the place where deleted files are.
fn discarded() -> [Plan; 4] {
    const ROUTE: &str = "/Documents/Old route by the south wall.txt";
    const SHOT: &str = "/Photos/2026/Test shot.jpg";
    [
        Plan::File(text!(ROUTE, 150 * DAYS, "documents/old-route.txt")),
        Plan::File(picture!(SHOT, 60 * DAYS, 900 x 600, Jpeg, night::lamps_out_of_focus)),
        Plan::Delete(ROUTE),
        Plan::Delete(SHOT),
    ]
}
