//! Documents and projects: where they are and how old.

use super::{DAYS, HOURS, Item, first_lines};

/// The plan and what became of it: versions of one file.
pub(super) fn expedition_plan() -> [Item; 7] {
    const PATH: &str = "/Documents/Expedition plan.md";
    [
        asset!(PATH, 240 * DAYS, "documents/plan/1.md"),
        asset!(PATH, 231 * DAYS, "documents/plan/2.md"),
        asset!(PATH, 180 * DAYS, "documents/plan/3.md"),
        asset!(PATH, 140 * DAYS, "documents/plan/4.md"),
        asset!(PATH, 96 * DAYS, "documents/plan/5.md"),
        asset!(PATH, 51 * DAYS, "documents/plan/6.md"),
        asset!(PATH, 18 * DAYS, "documents/plan/7.md"),
    ]
}

pub(super) fn documents() -> Vec<Item> {
    vec![
        Item(
            "/Documents/Budget 2026.csv",
            72 * DAYS,
            first_lines(include_bytes!("../../../../assets/sample/documents/budget.csv"), 12),
        ),
        Item(
            "/Documents/Field notes.md",
            41 * DAYS,
            first_lines(include_bytes!("../../../../assets/sample/documents/field-notes.md"), 22),
        ),
        asset!("/Documents/Drafts/Interim report, first try.md", 24 * DAYS, "documents/reports/interim.md"),
        asset!("/Documents/Drafts/Letter to the institute.md", 23 * DAYS, "documents/letters/institute.md"),
        asset!("/Documents/Drafts/Ideas.md", 21 * DAYS, "documents/notes/ideas.md"),
        asset!("/Documents/Packing list.txt", 72 * DAYS, "documents/packing-list.txt"),
        asset!("/Documents/Permit application (signed).pdf", 130 * DAYS, "documents/permit.pdf"),
        asset!("/Documents/Archive 2025.zip", 325 * DAYS, "documents/archive.zip"),
        asset!(
            "/Documents/Letters/Brief von der Küste (Latin-1).txt",
            26 * DAYS,
            "documents/letters/kueste-latin1.txt"
        ),
        asset!(
            "/Documents/Letters/To Signe at the lighthouse.txt",
            15 * DAYS,
            "documents/letters/lighthouse.txt"
        ),
        asset!(
            "/Documents/Letters/To the harbour master.txt",
            20 * DAYS,
            "documents/letters/harbour-master.txt"
        ),
        asset!("/Documents/Letters/To the institute.md", 38 * DAYS, "documents/letters/institute.md"),
        asset!("/Documents/Notes/Café de l’été.txt", 33 * DAYS, "documents/notes/cafe.txt"),
        asset!("/Documents/Notes/Books.txt", 41 * DAYS, "documents/notes/books.txt"),
        asset!("/Documents/Notes/Buns with cardamom 🥐.md", 300 * DAYS, "documents/notes/buns.md"),
        asset!("/Documents/Notes/Ideas for next year.md", 8 * DAYS, "documents/notes/ideas.md"),
        asset!("/Documents/Notes/Knots.md", 110 * DAYS, "documents/notes/knots.md"),
        asset!("/Documents/Notes/Radio.txt", 71 * DAYS, "documents/notes/radio.txt"),
        asset!("/Documents/Notes/Tides.md", 88 * DAYS, "documents/notes/tides.md"),
        asset!("/Documents/Notes/Заметки о погоде.txt", 36 * DAYS, "documents/notes/pogoda.txt"),
        asset!("/Documents/Notes/山の覚え書き.txt", 29 * DAYS, "documents/notes/yama.txt"),
        asset!(
            "/Documents/Notes/What we said about the weather in the second week of October, when it rained for nine days and nobody wanted to be the first to say so.txt",
            35 * DAYS,
            "documents/notes/long-name.txt"
        ),
        asset!("/Documents/Reports/Interim report.md", 6 * DAYS, "documents/reports/interim.md"),
        asset!("/Documents/Reports/Stations.json", 7 * DAYS, "documents/reports/stations.json"),
        asset!("/Documents/Reports/Temperature chart.png", 6 * DAYS, "documents/reports/temperature.png"),
        asset!("/Documents/Reports/Wind by station.csv", 6 * DAYS + HOURS, "documents/reports/wind.csv"),
        asset!("/Documents/Scans/scan 0004 (blank).pdf", 146 * DAYS, "documents/permit.pdf"),
        asset!("/Documents/Scans/scan 0001.pdf", 266 * DAYS, "documents/invoices/2026-03.pdf"),
        asset!("/Documents/Scans/scan 0002.pdf", 226 * DAYS, "documents/invoices/2026-04.pdf"),
        asset!("/Documents/Scans/scan 0003.pdf", 146 * DAYS, "documents/invoices/2026-06.pdf"),
        asset!("/Documents/Scans/scan 0005.pdf", 132 * DAYS, "documents/invoices/2026-07.pdf"),
        asset!("/Documents/Scans/scan 0006.pdf", 75 * DAYS, "documents/invoices/2026-09.pdf"),
        asset!("/Documents/Scans/scan 0007.pdf", 20 * DAYS, "documents/invoices/2026-11.pdf"),
    ]
}

/// What lay in the folder that the accident took.
pub(super) fn sketches() -> Vec<Item> {
    vec![
        asset!(
            "/Projects/weather diary/sketches/Anvil cloud.png",
            44 * DAYS,
            "photos/patterns/wind-field.png"
        ),
        asset!(
            "/Projects/weather diary/sketches/Front from the west.png",
            37 * DAYS,
            "photos/posters/tide.png"
        ),
        asset!("/Projects/weather diary/sketches/Halo.webp", 33 * DAYS, "photos/patterns/seed-head.webp"),
        asset!(
            "/Projects/weather diary/sketches/Moon with ring.webp",
            29 * DAYS,
            "photos/planets/ringed-planet.webp"
        ),
    ]
}

pub(super) fn projects() -> Vec<Item> {
    vec![
        asset!("/Projects/ascent/Cargo.toml", 210 * DAYS, "projects/ascent/Cargo.toml"),
        asset!("/Projects/ascent/README.md", 210 * DAYS, "projects/ascent/README.md"),
        asset!("/Projects/ascent/east-ridge.csv", 96 * DAYS, "projects/ascent/east-ridge.csv"),
        asset!("/Projects/ascent/src/main.rs", 97 * DAYS, "projects/ascent/main.rs.txt"),
        asset!("/Projects/ascent/src/route.rs", 96 * DAYS, "projects/ascent/route.rs.txt"),
        asset!("/Projects/buoy/Makefile", 170 * DAYS, "projects/buoy/Makefile"),
        asset!("/Projects/buoy/README.md", 168 * DAYS, "projects/buoy/README.md"),
        asset!("/Projects/buoy/main.c", 38 * DAYS, "projects/buoy/main.c"),
        asset!("/Projects/buoy/sensor.c", 163 * DAYS, "projects/buoy/sensor.c"),
        asset!("/Projects/buoy/sensor.h", 163 * DAYS, "projects/buoy/sensor.h"),
        asset!("/Projects/field-map/index.html", 13 * DAYS, "projects/field-map/index.html"),
        asset!("/Projects/field-map/map.ts", 9 * DAYS, "projects/field-map/map.ts"),
        asset!("/Projects/field-map/package.json", 13 * DAYS, "projects/field-map/package.json"),
        asset!("/Projects/field-map/stations.json", 9 * DAYS, "projects/field-map/stations.json"),
        asset!("/Projects/field-map/style.css", 10 * DAYS, "projects/field-map/style.css"),
        asset!("/Projects/field-map/tsconfig.json", 13 * DAYS, "projects/field-map/tsconfig.json"),
        asset!("/Projects/identity/Badge.png", 220 * DAYS, "projects/identity/badge.png"),
        asset!("/Projects/identity/Mark.svg", 219 * DAYS, "projects/identity/mark.svg"),
        asset!("/Projects/identity/colours.json", 219 * DAYS, "projects/identity/colours.json"),
        asset!("/Projects/tide-table/harmonics.json", 89 * DAYS, "projects/tide-table/harmonics.json"),
        asset!("/Projects/tide-table/print-week.sh", 87 * DAYS, "projects/tide-table/print-week.sh"),
        asset!("/Projects/tide-table/pyproject.toml", 89 * DAYS, "projects/tide-table/pyproject.toml"),
        asset!("/Projects/tide-table/test_tide.py", 88 * DAYS, "projects/tide-table/test_tide.py"),
        asset!("/Projects/tide-table/tide.py", 88 * DAYS, "projects/tide-table/tide.py"),
        asset!("/Projects/tiny fox/notes.txt", 28 * DAYS, "projects/fox/notes.txt"),
        asset!("/Projects/tiny fox/palette.gpl", 28 * DAYS, "projects/fox/palette.gpl"),
        asset!("/Projects/tiny fox/fox.png", 28 * DAYS, "projects/fox/fox.png"),
        asset!("/Projects/tiny fox/fox blinks.gif", 27 * DAYS, "projects/fox/fox-blinks.gif"),
    ]
}
