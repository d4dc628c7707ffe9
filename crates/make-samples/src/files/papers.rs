//! Letters and invoices as PDF, an archive, and a text from before Unicode.

use super::Make;
use crate::documents::{latin1, pdf, zip};

pub(super) const PAPERS: [(&str, Make); 9] = [
    ("documents/permit.pdf", permit),
    ("documents/archive.zip", archive),
    // The text itself is kept as UTF-8, where it can be edited.
    ("documents/letters/kueste-latin1.txt", || {
        latin1(include_str!("../../../../assets/sample/documents/letters/kueste.txt"))
    }),
    ("documents/invoices/2026-03.pdf", || {
        bill(
            311,
            "Quay & Daughters, boats",
            [("Deposit, Marguerite", "1,200.00"), ("returned when she is", "")],
            "1,200.00",
        )
    }),
    ("documents/invoices/2026-04.pdf", || {
        bill(
            20_417,
            "Upward Ltd, mountain equipment",
            [("Rope 60 m, 2 pieces", "379.80"), ("Ice screws, 6 pieces", "375.00")],
            "754.80",
        )
    }),
    ("documents/invoices/2026-06.pdf", || {
        bill(
            98,
            "Small Instruments",
            [("Weather station, 20 pieces", "8,240.00"), ("Carriage", "free")],
            "8,240.00",
        )
    }),
    ("documents/invoices/2026-07.pdf", || {
        bill(
            7_718,
            "Volta Trading",
            [("Battery, lithium, 12 Ah, 44 pieces", "1,203.40"), ("Deposit on cells", "none")],
            "1,203.40",
        )
    }),
    ("documents/invoices/2026-09.pdf", || {
        bill(
            352,
            "Quay & Daughters, boats",
            [("Marguerite, 50 days", "3,700.00"), ("Diesel, 180 litres", "309.60")],
            "4,009.60",
        )
    }),
    ("documents/invoices/2026-11.pdf", || {
        bill(
            389,
            "Quay & Daughters, boats",
            [("Cleaning", "85.00"), ("One pane, wheelhouse", "80.00")],
            "165.00",
        )
    }),
];

fn bill(number: u32, from: &str, lines: [(&str, &str); 2], total: &str) -> Vec<u8> {
    let mut rows = vec![format!("{from}\tNo. {number}"), String::new()];
    rows.extend(lines.iter().map(|(what, price)| format!("{what}\t{price}")));
    rows.extend([String::new(), format!("Total, payable within 14 days\tEUR {total}")]);
    pdf("Invoice", &rows)
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
