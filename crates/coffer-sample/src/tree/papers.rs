//! Documents and projects: mostly texts, with the pictures that belong to them.

use super::{Content, DAYS, Format, HOURS, Item};
use crate::documents::{latin1, pdf, zip};
use crate::paint::encode::{animate, encode};
use crate::pictures::{moving, sheets};

/// The plan and what became of it: versions of one file.
pub fn expedition_plan() -> [Item; 7] {
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

pub fn documents() -> Vec<Item> {
    let mut items = vec![
        text!("/Documents/Budget 2026.csv", 20 * DAYS, "documents/budget.csv"),
        text!("/Documents/Field notes.md", 19 * DAYS, "documents/field-notes.md"),
        text!("/Documents/Packing list.txt", 72 * DAYS, "documents/packing-list.txt"),
        Item("/Documents/Permit application (signed).pdf", 130 * DAYS, Content::Made(permit)),
        Item("/Documents/Archive 2025.zip", 325 * DAYS, Content::Made(archive)),
        Item(
            "/Documents/Letters/Brief von der Küste (Latin-1).txt",
            26 * DAYS,
            Content::Made(|| latin1(include_str!("../../../../assets/sample/documents/letters/kueste.txt"))),
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
        picture!(
            "/Documents/Reports/Temperature chart.png",
            6 * DAYS, 1600 x 900, Png, sheets::temperature_chart
        ),
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

pub fn projects() -> Vec<Item> {
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
            Content::Drawn(|_| encode(&moving::fox(64, false), Format::Png)),
        ),
        Item(
            "/Projects/tiny fox/fox blinks.gif",
            27 * DAYS,
            Content::Drawn(|_| {
                // Eyes open most of the time, as with any fox.
                animate((0..12).map(|frame| moving::fox(160, frame == 9)), 160)
            }),
        ),
    ]
}
