//! The folders and files of the made-up account.

use super::made_up::{complete, file, folder, linked, many};
use coffer_model::{Entry, Listing, RemotePath};
use std::sync::Arc;

/// Folders that were listed, each with its rows.
pub fn account() -> Vec<(RemotePath, Arc<Listing>)> {
    const HOUR: i64 = 60;
    const DAY: i64 = 24 * HOUR;
    let year = "/Photos/2026";
    let at = |name: &str| format!("{year}/{name}");
    let photos = vec![
        folder(&at("Expedition 2026")),
        folder(&at("Invoices")),
        folder(&at("Sketches")),
        file(&at("Fjord at dawn.jpg"), 4_800_000, 2 * HOUR),
        linked(file(
            &at("Lighthouse panorama, stitched from seventeen pictures taken on the pier at Hanstholm.png"),
            18_200_000,
            DAY + HOUR,
        )),
        file(&at("Mount Reva.webp"), 1_100_000, DAY + 2 * HOUR),
        file(&at("Badge.png"), 96_000, 3 * DAY),
        file(&at("Portrait of Ida.jpg"), 2_300_000, 4 * DAY),
        file(&at("Field notes.md"), 12_000, DAY + 50),
        file(&at("ascent.rs"), 6_400, 5 * DAY),
        file(&at("Budget.csv"), 41_000, 6 * DAY + 30),
        file(&at("Permit application (signed).pdf"), 880_000, 10 * DAY),
        file(&at("Kayaks.jpg"), 2_100_000, 13 * DAY),
        file(&at("Archive 2025.zip"), 312_000_000, 320 * DAY),
        file(&at("Crossing the glacier.mp4"), 96_400_000, 327 * DAY),
        file(&at("Interview.mp3"), 22_000_000, 327 * DAY),
        file(&at("Letter.docx"), 48_000, 328 * DAY),
        file(&at("Read me first.txt"), 2_000, 330 * DAY),
    ];
    let listing = |path: &str, entries: Vec<Entry>| (RemotePath::new(path), Arc::new(complete(entries)));
    vec![
        listing(
            "",
            vec![
                folder("/Documents"),
                folder("/Photos"),
                folder("/Projects"),
                file("/Read me first.txt", 2_000, 5),
            ],
        ),
        listing("/Documents", vec![file("/Documents/Lease.pdf", 300_000, 9 * DAY)]),
        listing("/Photos", vec![folder("/Photos/2026"), folder("/Photos/Albums")]),
        listing("/Photos/Albums", vec![folder("/Photos/Albums/Family")]),
        listing("/Projects", Vec::new()),
        listing("/Photos/2026", photos),
        listing("/Photos/Albums/Moving", vec![file("/Photos/Albums/Moving/Waves.gif", 310_000, 9 * DAY)]),
        listing("/Photos/2026/Expedition 2026", vec![folder("/Photos/2026/Expedition 2026/Day 1")]),
        listing("/Photos/2026/Many", many("/Photos/2026/Many", 5000)),
    ]
}
